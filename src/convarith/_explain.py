"""The formula with the user's numbers put in, line by line."""

from __future__ import annotations

from typing import Any

from convarith._axes import Given, OneAxis, lift
from convarith._errors import SizeTypeError
from convarith._layers import Layer
from convarith._layers.pooling import unpool_sizes
from convarith._legal_values import ends
from convarith._rare_records import DIGITS
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
    ("part", "text"): ("floor(in_size * factor)", "floor({i} * {f})", "floor({if})"),
    ("part", "tex"): (
        r"\lfloor i' s \rfloor",
        r"\lfloor {i} \cdot {f} \rfloor",
        r"\lfloor {if} \rfloor",
    ),
    ("unshuffle", "text"): ("in_size / downscale_factor", "{i} / {u}"),
    ("unshuffle", "tex"): (r"\frac{{i}}{{r}}", r"\frac{{{i}}}{{{u}}}"),
    ("unpool", "text"): (
        "(in_size - 1) * stride + kernel_size - {two_p}",
        "({i} - 1) * {s} + {k} - {two_n}",
        "{full} - {crop}",
    ),
    ("unpool", "tex"): (
        "(i' - 1)s + k - {two_p}",
        r"({i} - 1) \cdot {s} + {k} - {two_n}",
        "{full} - {crop}",
    ),
    ("pad", "text"): ("in_size + {two_p}", "{i} + {two_n}"),
    ("pad", "tex"): ("i + {two_p}", "{i} + {two_n}"),
    ("kept", "text"): ("in_size",),
    ("kept", "tex"): ("i",),
    ("fixed", "text"): ("{name}",),
    ("fixed", "tex"): ("o",),
    ("fold", "text"): ("output_size",),
    ("fold", "tex"): ("o'",),
}
# What is said of each kind in one sentence.
TOLD = {
    "resize": "resized",
    "unshuffle": "unshuffled",
    "pad": "padded",
    "kept": "kept",
    "fixed": "fixed",
    "fold": "folded",
}
# Layers that make a map larger, as a transposed convolution does.
BACK = ("transposed", "resize", "part", "unpool", "fold")
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
        return _block(on_axis, size, language, markup)

    found = lift(layer, "out_size", block, in_size)
    if isinstance(found, str):
        return found
    heads = [say(language, "axis", axis=axis) for axis in range(len(found))]
    return "\n".join(map(_headed, heads, found, [markup] * len(found)))


def _headed(head: str, block: str, markup: str) -> str:
    """A block under its number; TeX has no place for one."""
    return block if markup == "tex" else f"{head}\n{block}"


def _block(on_axis: OneAxis, size: Any, language: str, markup: str) -> str:
    kind, numbers = on_axis.kind, _numbers(on_axis, size)
    alike = numbers["b"] == numbers["e"]
    two_p, two_n = PADDING[markup][:2] if alike else PADDING[markup][2:]
    numbers |= {"two_p": two_p, "two_n": two_n.format(**numbers)}
    steps = [step.format(**numbers) for step in FORMULAS[kind, markup]]
    steps.append(str(numbers["o"]))
    name = NAMES[markup][kind in BACK]
    if markup == "tex":
        lines = " \\\\\n".join(f"&= {step}" for step in steps)
        return f"\\begin{{aligned}}\n{name} {lines}\n\\end{{aligned}}"
    first = f"{name} = {steps[0]}"
    others = [" " * len(name) + f" = {step}" for step in steps[1:]]
    return "\n".join([first, *others, sentence_of(on_axis, size, language)])


def _numbers(on_axis: OneAxis, size: Any) -> dict[str, Any]:
    out_size = on_axis.out_size(size)
    in_size = on_axis.trace(size)[0]
    if isinstance(on_axis.parameters.get("padding"), str):
        on_axis = on_axis.reading(in_size)
    own, record = on_axis.parameters, on_axis.record
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
        "u": own.get("downscale_factor"),
        "if": _product(in_size, own.get("factor"), out_size),
        "name": next(iter(own), None) if "size" not in own else "size",
        # The last position that is reached, before it is divided.
        "rest": in_size - 1 + record.slack,
        "full": out_size + before + after - output_padding,
        "crop": before + after,
    }


def _product(in_size: int, factor: float | None, out_size: int) -> float:
    """As torch multiplies; no double holds what is longer."""
    return out_size if factor is None or in_size >> DIGITS else in_size * factor


def sentence_of(on_axis: OneAxis, size: Any, language: str) -> str:
    """What the numbers mean: what is cropped, or which sizes share an output."""
    kind, numbers = on_axis.kind, _numbers(on_axis, size)
    if kind in TOLD:
        return say(language, TOLD[kind], **numbers)
    if kind == "unpool":
        sizes = unpool_sizes(on_axis, size)
        return say(language, "asked-for", first=sizes[0], last=sizes[-1])
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
    inputs = say(language, key, first=sizes[0], last=sizes[-1], **numbers)
    named = on_axis.parameters.get("padding")
    if isinstance(named, str):
        return say(language, "padded-at", named=named, **numbers) + inputs
    return inputs
