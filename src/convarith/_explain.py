"""The formula with the user's numbers put in, line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from convarith._axes import Layer, one_for_each_axis, sizes_given
from convarith._errors import SizeTypeError
from convarith._layers import Conv, ConvTranspose
from convarith._rules import before_and_after
from convarith._sentences import say, spoken

if TYPE_CHECKING:
    from convarith._axes import Given

# The formula with names or letters, then with numbers, in text and in TeX.
FORMULAS = {
    ("Conv", "text"): (
        "out_size",
        "floor((in_size + {two_p} - dilation * (kernel_size - 1) - 1) / stride) + 1",
        "floor(({i} + {two_n} - {d} * ({k} - 1) - 1) / {s}) + 1",
        "floor({rest} / {s}) + 1",
    ),
    ("Conv", "tex"): (
        "o",
        r"\left\lfloor \frac{{i + {two_p} - d(k - 1) - 1}}{{s}} \right\rfloor + 1",
        r"\left\lfloor \frac{{{i} + {two_n} - {d}({k} - 1) - 1}}{{{s}}} "
        r"\right\rfloor + 1",
        r"\left\lfloor \frac{{{rest}}}{{{s}}} \right\rfloor + 1",
    ),
    ("ConvTranspose", "text"): (
        "out_size",
        "(in_size - 1) * stride + dilation * (kernel_size - 1) + 1 - {two_p} "
        "+ output_padding",
        "({i} - 1) * {s} + {d} * ({k} - 1) + 1 - {two_n} + {a}",
        "{full} - {crop} + {a}",
    ),
    ("ConvTranspose", "tex"): (
        "o'",
        "(i' - 1)s + d(k - 1) + 1 - {two_p} + p'",
        r"({i} - 1) \cdot {s} + {d}({k} - 1) + 1 - {two_n} + {a}",
        "{full} - {crop} + {a}",
    ),
}
# Padding in the formula: alike at both ends, or with an end each.
PADDING = {
    "text": ("2 * padding", "2 * {b}", "(before + after)", "({b} + {e})"),
    "tex": ("2p", r"2 \cdot {b}", r"(p_{0} + p_{1})", "({b} + {e})"),
}


def explain(
    layer: Conv | ConvTranspose,
    in_size: Given,
    *,
    language: str = "en",
    markup: str = "text",
) -> str:
    r"""Return the formula of a layer with its numbers put in, step by step.

    Args:
        layer: A convolution or a transposed convolution.
        in_size: Input elements, on one axis or on each.
        language: `"en"` or `"zh"`, for the sentence at the end.
        markup: `"text"`, or `"tex"` for the formula alone, aligned.

    Returns:
        The lines; on several axes one block for each, under its number.

    Raises:
        SizeError: The layer refuses the size.
        ValueError: There is no such language or markup.
        TypeError: `layer` is of another kind, or a size is not a whole number.

    Examples:
        >>> from convarith import Conv, ConvTranspose, explain
        >>> print(explain(ConvTranspose(3, stride=2, output_padding=1), 4))
        out_size = (in_size - 1) * stride + dilation * (kernel_size - 1) + 1 - 2 * padding + output_padding
                 = (4 - 1) * 2 + 1 * (3 - 1) + 1 - 2 * 0 + 1
                 = 9 - 0 + 1
                 = 10
        The kernels reach over 9 elements. padding crops 0 at the start and 0 at the end; output_padding gives 1 back at the end, and 1 of it lies past the reach and holds the bias alone.
        >>> print(explain(Conv(3, stride=2), 10, markup="tex"))
        \begin{aligned}
        o &= \left\lfloor \frac{i + 2p - d(k - 1) - 1}{s} \right\rfloor + 1 \\
        &= \left\lfloor \frac{10 + 2 \cdot 0 - 1(3 - 1) - 1}{2} \right\rfloor + 1 \\
        &= \left\lfloor \frac{7}{2} \right\rfloor + 1 \\
        &= 4
        \end{aligned}

    Sources:
        [conv_size][convarith.conv_size] and
        [conv_transpose_size][convarith.conv_transpose_size], whose value is the
        last line.
    """
    spoken(language)
    if markup not in PADDING:
        raise ValueError(f'markup must be "text" or "tex", got {markup!r}')
    if not isinstance(layer, (Conv, ConvTranspose)):
        raise SizeTypeError(
            "a Conv or a ConvTranspose is explained",
            {"layer": layer},
            because=f"this is of type {type(layer).__name__}",
            valid="a Conv or a ConvTranspose",
        )
    in_size = sizes_given(in_size)
    layer.out_size(in_size)
    if not isinstance(in_size, tuple):
        return _on_axis(layer, 0, in_size, language, markup)
    blocks = []
    for axis, size in enumerate(one_for_each_axis(in_size, layer.axes)):
        block = _on_axis(layer, axis, size, language, markup)
        heading = say(language, "axis", axis=axis) + "\n" if markup == "text" else ""
        blocks.append(heading + block)
    return "\n".join(blocks)


def _on_axis(layer: Layer, axis: int, in_size: int, language: str, markup: str) -> str:
    numbers = _numbers(layer, axis, in_size)
    name, *formulas = FORMULAS[_kind_of(layer).__name__, markup]
    alike = numbers["b"] == numbers["e"]
    two_p, two_n = PADDING[markup][:2] if alike else PADDING[markup][2:]
    two_n = two_n.format(**numbers)
    steps = [step.format(**numbers, two_p=two_p, two_n=two_n) for step in formulas]
    steps.append(str(numbers["o"]))
    if markup == "tex":
        lines = " \\\\\n".join(f"&= {step}" for step in steps)
        return f"\\begin{{aligned}}\n{name} {lines}\n\\end{{aligned}}"
    first = f"{name} = {steps[0]}"
    others = [" " * len(name) + f" = {step}" for step in steps[1:]]
    return "\n".join([first, *others, _sentence(layer, axis, numbers, language)])


def _kind_of(layer: Layer) -> type[Layer]:
    return Conv if isinstance(layer, Conv) else ConvTranspose


def _numbers(layer: Layer, axis: int, in_size: int) -> dict[str, int]:
    own = layer.on_axis(axis)
    before, after = before_and_after(own["padding"])
    extent = own["dilation"] * (own["kernel_size"] - 1) + 1
    return {
        "i": in_size,
        "o": type(layer).size_on_axis(in_size, **own),
        "k": own["kernel_size"],
        "s": own["stride"],
        "b": before,
        "e": after,
        "a": own.get("output_padding", 0),
        "d": own["dilation"],
        "rest": in_size + before + after - extent,
        "full": (in_size - 1) * own["stride"] + extent,
        "crop": before + after,
    }


def _sentence(layer: Layer, axis: int, numbers: dict[str, int], language: str) -> str:
    if isinstance(layer, ConvTranspose):
        past = max(numbers["a"] - numbers["e"], 0)
        ends: dict[str, Any] = {**numbers, "past": past}
        return (
            say(language, "cropped", **ends)
            + (say(language, "un-cropped", **ends) if numbers["a"] else "")
            + (say(language, "past", **ends) if past else "")
            + say(language, "stop")
        )
    sizes = layer._inputs_of(numbers["o"], **layer.on_axis(axis))
    key = "shared" if len(sizes) > 1 else "alone"
    return say(language, key, first=sizes[0], last=sizes[-1], **numbers)
