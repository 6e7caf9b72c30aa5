"""The formula with the user's numbers put in, line by line."""

from __future__ import annotations

from typing import Any

from convarith._axes import Given, OneAxis, lift
from convarith._errors import SizeTypeError
from convarith._layers import ConvTranspose, Layer, Resize
from convarith._legal_values import ends
from convarith._say import say, spoken
from convarith._stack import Stack

# The formula with names or letters, then with numbers, in text and in TeX.
FORMULAS = {
    ("window", "text"): (
        "floor((in_size + {two_p} - dilation * (kernel_size - 1) - 1) / stride) + 1",
        "floor(({i} + {two_n} - {d} * ({k} - 1) - 1) / {s}) + 1",
        "floor({rest} / {s}) + 1",
    ),
    ("window", "tex"): (
        r"\left\lfloor \frac{{i + {two_p} - d(k - 1) - 1}}{{s}} \right\rfloor + 1",
        r"\left\lfloor \frac{{{i} + {two_n} - {d}({k} - 1) - 1}}{{{s}}} "
        r"\right\rfloor + 1",
        r"\left\lfloor \frac{{{rest}}}{{{s}}} \right\rfloor + 1",
    ),
    ("ceil", "text"): (
        "floor((in_size - 1 + min({two_p} - dilation * (kernel_size - 1) + stride - 1, "
        "padding)) / stride) + 1",
        "floor(({i} - 1 + min({two_n} - {d} * ({k} - 1) + {s} - 1, {b})) / {s}) + 1",
        "floor({rest} / {s}) + 1",
    ),
    ("ceil", "tex"): (
        r"\left\lfloor \frac{{i - 1 + \min({two_p} - d(k - 1) + s - 1, p)}}{{s}} "
        r"\right\rfloor + 1",
        r"\left\lfloor \frac{{{i} - 1 + \min({two_n} - {d}({k} - 1) + {s} - 1, {b})}}"
        r"{{{s}}} \right\rfloor + 1",
        r"\left\lfloor \frac{{{rest}}}{{{s}}} \right\rfloor + 1",
    ),
    ("transposed", "text"): (
        "(in_size - 1) * stride + dilation * (kernel_size - 1) + 1 - {two_p} "
        "+ output_padding",
        "({i} - 1) * {s} + {d} * ({k} - 1) + 1 - {two_n} + {a}",
        "{full} - {crop} + {a}",
    ),
    ("transposed", "tex"): (
        "(i' - 1)s + d(k - 1) + 1 - {two_p} + p'",
        r"({i} - 1) \cdot {s} + {d}({k} - 1) + 1 - {two_n} + {a}",
        "{full} - {crop} + {a}",
    ),
    ("resize", "text"): ("in_size * factor", "{i} * {f}"),
    ("resize", "tex"): ("i' s", r"{i} \cdot {f}"),
}
# What comes out: a name, or the letter of a convolution or of its transpose.
NAMES = {"text": ("out_size", "out_size"), "tex": ("o", "o'")}
# Padding in the formula: alike at both ends, or with an end each.
PADDING = {
    "text": ("2 * padding", "2 * {b}", "(before + after)", "({b} + {e})"),
    "tex": ("2p", r"2 \cdot {b}", r"(p_{0} + p_{1})", "({b} + {e})"),
}


def explain(
    layer: Layer | Stack,
    in_size: Given,
    *,
    language: str = "en",
    markup: str = "text",
) -> str:
    r"""Return the formula of a layer with its numbers put in, step by step.

    Args:
        layer: A layer, or a stack of them.
        in_size: Input elements, on one axis or on each.
        language: `"en"` or `"zh"`, for the sentence at the end.
        markup: `"text"`, or `"tex"` for the formula alone, aligned.

    Returns:
        The lines; one block for each axis and each layer of a stack, under its number.

    Raises:
        SizeError: The layer refuses the size.
        ValueError: There is no such language or markup.
        TypeError: `layer` is neither, or a size is not a whole number.

    Examples:
        >>> from convarith import Conv, ConvTranspose, Pool, Resize, Stack, explain
        >>> print(explain(ConvTranspose(3, stride=2, output_padding=1), 4))
        out_size = (in_size - 1) * stride + dilation * (kernel_size - 1) + 1 - 2 * padding + output_padding
                 = (4 - 1) * 2 + 1 * (3 - 1) + 1 - 2 * 0 + 1
                 = 9 - 0 + 1
                 = 10
        The full result has 9 elements. padding crops 0 at the start and 0 at the end; output_padding adds 1 at the end, and 1 of it lies past the full result and holds only the bias.
        >>> print(explain(Conv(3, stride=2), 10, markup="tex"))
        \begin{aligned}
        o &= \left\lfloor \frac{i + 2p - d(k - 1) - 1}{s} \right\rfloor + 1 \\
        &= \left\lfloor \frac{10 + 2 \cdot 0 - 1(3 - 1) - 1}{2} \right\rfloor + 1 \\
        &= \left\lfloor \frac{7}{2} \right\rfloor + 1 \\
        &= 4
        \end{aligned}
        >>> print(explain(Stack([Pool(2), Resize(2)]), 7))
        layer 0: Pool(2)
        out_size = floor((in_size + 2 * padding - dilation * (kernel_size - 1) - 1) / stride) + 1
                 = floor((7 + 2 * 0 - 1 * (2 - 1) - 1) / 2) + 1
                 = floor(5 / 2) + 1
                 = 3
        Every input size from 6 to 7 gives 3.
        layer 1: Resize(2)
        out_size = in_size * factor
                 = 3 * 2
                 = 6
        Every element becomes 2.

    Sources:
        [conv_size][convarith.conv_size] and
        [conv_transpose_size][convarith.conv_transpose_size], whose value is the
        last line.
    """
    spoken(language)
    if markup not in PADDING:
        raise ValueError(f'markup must be "text" or "tex", got {markup!r}')
    if isinstance(layer, Stack):
        sizes: Any = layer.trace(in_size)
        blocks = []
        for number, one in enumerate(layer):
            own = explain(one, sizes[number], language=language, markup=markup)
            head = say(language, "layer", number=number, layer=repr(one))
            blocks.append(_headed(head, own, markup))
        return "\n".join(blocks)
    if not isinstance(layer, Layer):
        kind = type(layer).__name__
        raise SizeTypeError.of("explain", {"layer": layer}, kind=kind)

    def block(on_axis: OneAxis, size: Any) -> str:
        return _block(kind_of(layer, on_axis), on_axis, size, language, markup)

    found = lift(layer, "out_size", block, in_size)
    if isinstance(found, str):
        return found
    heads = [say(language, "axis", axis=axis) for axis in range(len(found))]
    return "\n".join(map(_headed, heads, found, [markup] * len(found)))


def _headed(head: str, block: str, markup: str) -> str:
    """A block under its number; TeX has no place for one."""
    return block if markup == "tex" else f"{head}\n{block}"


def kind_of(layer: Layer, on_axis: OneAxis) -> str:
    """Which formula a layer has on an axis."""
    if isinstance(layer, ConvTranspose):
        return "transposed"
    if isinstance(layer, Resize):
        return "resize"
    return "ceil" if on_axis.parameters.get("ceil_mode") else "window"


def _block(kind: str, on_axis: OneAxis, size: Any, language: str, markup: str) -> str:
    numbers = _numbers(on_axis, size)
    alike = numbers["b"] == numbers["e"]
    two_p, two_n = PADDING[markup][:2] if alike else PADDING[markup][2:]
    numbers |= {"two_p": two_p, "two_n": two_n.format(**numbers)}
    steps = [step.format(**numbers) for step in FORMULAS[kind, markup]]
    steps.append(str(numbers["o"]))
    name = NAMES[markup][kind in ("transposed", "resize")]
    if markup == "tex":
        lines = " \\\\\n".join(f"&= {step}" for step in steps)
        return f"\\begin{{aligned}}\n{name} {lines}\n\\end{{aligned}}"
    first = f"{name} = {steps[0]}"
    others = [" " * len(name) + f" = {step}" for step in steps[1:]]
    return "\n".join([first, *others, sentence_of(kind, on_axis, size, language)])


def _numbers(on_axis: OneAxis, size: Any) -> dict[str, Any]:
    own, record = on_axis.parameters, on_axis.record
    out_size = on_axis.out_size(size)
    in_size = on_axis.trace(size)[0]
    before, after = ends(own.get("padding", 0))
    output_padding = own.get("output_padding", 0)
    return {
        "i": in_size,
        "o": out_size,
        "k": own.get("kernel_size"),
        "s": own.get("stride"),
        "b": before,
        "e": after,
        "a": output_padding,
        "d": own.get("dilation"),
        "f": own.get("factor"),
        # The last position that is reached, before it is divided.
        "rest": in_size - 1 + record.slack,
        "full": out_size + before + after - output_padding,
        "crop": before + after,
    }


def sentence_of(kind: str, on_axis: OneAxis, size: Any, language: str) -> str:
    """What the numbers mean: what is cropped, or which sizes share an output."""
    numbers = _numbers(on_axis, size)
    if kind == "resize":
        return say(language, "resized", **numbers)
    if kind == "transposed":
        past = max(numbers["a"] - numbers["e"], 0)
        parts = [
            "cropped",
            "un-cropped" if numbers["a"] else "",
            "past" if past else "",
        ]
        said = [say(language, part, past=past, **numbers) for part in parts if part]
        return "".join(said) + say(language, "stop")
    sizes = on_axis.in_sizes(numbers["o"])
    key = "shared" if sizes[-1] > sizes[0] else "alone"
    return say(language, key, first=sizes[0], last=sizes[-1], **numbers)
