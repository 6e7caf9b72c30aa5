"""What two messages have in common: the sentence, without values and wrappings."""

from __future__ import annotations

import re

# What Keras, ONNX and ONNX Runtime put around a message, and what is added behind it.
WRAPPED = [
    re.compile(pattern, re.DOTALL)
    for pattern in (
        r"^Exception encountered when calling \S+\s+",
        r"^.*\[(?:Shape|Type)InferenceError\]:? ",
        r"^.*\[ONNXRuntimeError\] : \d+ : \w+ : ",
        r"^(?:Non-zero status code.*?Status Message: |Exception during \w+: |This is an invalid model\. )",
        r"^In Node, .*?, Error ",
        r"^/?\S+\.(?:h|cc):\d+ .*? was false\. ",
        r"^/?\S+\.(?:h|cc):\d+ (?:(?:const |static |virtual )*\S+ ?\S*\(.*?\)(?: const)?(?: \[with .*?\])? |\w+ )",
        r"\s*==> Context: .*",
        r"^Cannot lower jaxpr with verifier errors:\s+",
        r"\s*at loc\(.*",
        r"\s*Exception raised from .*",
        r"(?<=Inputs received: ).*",
        r"Arguments received by.*",
        r"\n-{20}\nFor simplicity, JAX has removed.*",
        r"(?<=invalid combination of arguments).*",
        r"This could be because the operator doesn't exist.*",
        r" Alternatively.*",
    )
]
COLOURS = re.compile(r"\x1b\[[\d;]*m")
# What differs between two calls that say the same sentence, and what stands for it.
VALUES = [
    (re.compile(pattern), new)
    for pattern, new in (
        (r"(?:Op(?:Type)?: ?\w+|node with name '[^']*'|Name:'[^']*'|Node ?\([^()]*\)|\(op_type:[^)]*\))", "NODE"),
        (r"np\.\w+\((-?\d+)\)", r"\1"),
        (r"<function (\w+) at 0x[0-9a-f]+>", r"\1"),
        (r"(?<=\(low, high\) pairs, got ).*|(?<=values of integer type, got ).*", "V"),
        (r"(?<=`'same'`\. Received ).*", "V"),
        (r"(?<=Invalid padding format: ).*?(?=, should be)", "V"),
        (r" at 0x[0-9a-f]+>", ">"),
        (r"([Rr]eceived:? (?:unknown )?[\w.`]+)=.*?(?=,? ?including|, input\.shape|, kernel input|$)", r"\1=V"),
        (r"including element .*", "including element V"),
        (r"^.* is not a valid value for reduction", "V is not a valid value for reduction"),
        (r"ShapedArray\([^)]*\)|[fiub]?(?:float|int|uint|bool|complex)\d*\[[\d,]*\]|<\w+Array.*?>|Traced<[^>]*>", "S"),
        (r"(?<![\w.])[\w.]+(?=\(\))", "FN"),
        (r"(?:torch\.Size\(|TensorShape\()?[\[({](?:\s*(?:-?[\d.]+|None|True|False)\s*[,x]?)*[\])}]\)?", "S"),
        (r"torch\.\w*Tensor\b|\b(?:CPU|Meta|Sparse)\w*Type\b|(?:c10::)?\b(?:complex<float>|BFloat16|Half|ComplexFloat|Float|Double|Long|Int|Byte|Bool|torch\.\w+)\b|\b(?:unsigned char|long int)\b|\b(?:tensor\()?(?:bfloat|float|u?int|complex|bool|double|str|tuple|list|dict|NoneType|Tensor)\d*\b\)?", "T"),
        (r"(?<=\w)[123]d\b", "#d"),
        (r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?|\binf\b|\bnan\b", "#"),
        (r"(?:[SVT#])(?:\s*[x,]\s*[SVT#])+", "S"),
        (r"(?<!\w)(?:[a-z_A-Z]+: ?#[,; ]*)+", "K "),
        (r"'[^' ]{0,60}'|\"[^\" ]{0,60}\"", "'Q'"),
        (r"\(?(?:'Q'|S|#)(?:, ?(?:'Q'|S|#|None))+\)?", "L"),
    )
]  # fmt: skip
RESOURCES = re.compile(
    r"can't allocate memory|cannot fit 'int'|[Oo]verflow|bad_alloc|bad allocation|Unable to allocate"
    r"|too large to convert|too big to convert|out of memory|RESOURCE_EXHAUSTED"
    r"|Maximum allowed (?:size|dimension)|exceeds|array is too big|padding to be at most",
    re.IGNORECASE,
)
PARSER = re.compile(
    r"received an invalid combination of arguments|argument '.*' (?:\(position \d+\) )?must be"
    r"|unexpected keyword argument|missing \d+ required|takes (?:from )?\d+ .*positional"
    r"|got multiple values for|missing required arguments|positional argument"
    r"|incompatible function arguments"
)
PYTHON = re.compile(
    r"object has no attribute|index out of range|object is not (?:iterable|callable|subscriptable|reversible)"
    r"|division (?:or modulo )?by zero|cannot convert float|unsupported operand|not supported between"
    r"|values to unpack|can't multiply|indices must be|truth value of an array|ufunc|has no len"
    r"|not all arguments converted|multiply strings|cannot unpack non|can only concatenate"
    r"|only .*arrays can be converted|cannot be interpreted as an integer|must be real number"
    r"|bad operand type|could not convert string|invalid literal|is not defined"
    r"|operands could not be broadcast|setting an array element|inhomogeneous|invalid value: "
    r"|not iterable|ambiguous|No loop matching|unhashable|must be an iterable|must be str\b"
    r"|bytes-like|must not be zero|iteration over a 0-d|range\(\) arg|is not in list|recursion|out of bounds for an array"
    r"|cannot reshape array|slice indices|could not broadcast|all the input array|keyword argument repeated"
)
NOT_OURS = ("KeyError", "ZeroDivisionError", "UFuncTypeError", "AssertionError")


# Where on this machine it was raised, as JAX and PyTorch say it.
FROM = re.compile(r"\s*(?:at loc\(|Exception raised from ).*", re.DOTALL)


def sentence(text: str) -> str:
    """The sentence that a text is, whatever its values are."""
    text = COLOURS.sub("", text)
    for pattern in WRAPPED:
        text = pattern.sub("", text)
    text = " ".join(text.split())
    for pattern, new in VALUES:
        text = pattern.sub(new, text)
    return " ".join(text.split())[:200]


def family(raised: str, text: str) -> str:
    """Whose sentence it is: the framework's own, or one of three others."""
    if RESOURCES.search(text) and "valid sizes" not in text:
        return "memory"
    if raised in NOT_OURS or PYTHON.search(text):
        return "python"
    return "parser" if PARSER.search(text) else "own"
