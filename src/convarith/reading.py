"""Layers and sizes read from text; what is pasted is parsed, never evaluated."""

from __future__ import annotations

import ast
from typing import Any

from convarith.axes import Layer, PerAxis
from convarith.errors import SizeError, shown
from convarith.layers import Conv, ConvTranspose
from convarith.pooling import Pool
from convarith.resize import Resize
from convarith.solver import Choice, Choices

KINDS: dict[str, type[Layer]] = {
    kind.__name__: kind for kind in (Conv, ConvTranspose, Pool, Resize)
}
# The order in which torch's constructors take what they take.
TORCH_ORDER = {
    "Conv": "in_channels out_channels kernel_size stride padding dilation",
    "ConvTranspose": "in_channels out_channels kernel_size stride padding "
    "output_padding groups bias dilation",
    "LazyConv": "out_channels kernel_size stride padding dilation",
    "LazyConvTranspose": "out_channels kernel_size stride padding output_padding "
    "groups bias dilation",
    "MaxPool": "kernel_size stride padding dilation return_indices ceil_mode",
    "AvgPool": "kernel_size stride padding ceil_mode",
    "PixelShuffle": "factor",
}
EXAMPLES = '"ConvTranspose(3, stride=2)" or "nn.ConvTranspose2d(64, 32, 3, stride=2)"'


def layer(text: str) -> Layer:
    """The layer that a line of the library or of torch describes."""
    call = _call(text)
    function = call.func
    name = function.attr if isinstance(function, ast.Attribute) else function.id  # type: ignore[attr-defined]
    keywords = {word.arg or "**": word.value for word in call.keywords}
    if name in KINDS:
        slots = KINDS[name].__slots__[:1]
        return KINDS[name](**_arguments(text, slots, call.args, keywords))
    family = name.removesuffix("1d").removesuffix("2d").removesuffix("3d")
    if family not in TORCH_ORDER or (family == name) != (name == "PixelShuffle"):
        raise _unreadable(text, f"{name} is not a layer that is known here")
    order = tuple(TORCH_ORDER[family].split())
    keywords = {
        "factor" if name == "upscale_factor" else name: value
        for name, value in keywords.items()
    }
    kind = _kind(family)
    return kind(**_arguments(text, order, call.args, keywords, kind.__slots__))


def _kind(family: str) -> type[Layer]:
    if family == "PixelShuffle":
        return Resize
    return Pool if family.endswith("Pool") else KINDS[family.removeprefix("Lazy")]


def _call(text: str) -> ast.Call:
    try:
        parsed = ast.parse(text.strip().rstrip(","), mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise _unreadable(text, "it is not a line of Python") from None
    named = isinstance(parsed, ast.Call) and isinstance(
        parsed.func, (ast.Name, ast.Attribute)
    )
    if not named:
        raise _unreadable(text, "it is not the call of a layer")
    return parsed  # type: ignore[return-value]


def _arguments(
    text: str,
    order: tuple[str, ...],
    positional: list[ast.expr],
    keywords: dict[str, ast.expr],
    wanted: tuple[str, ...] = (),
) -> dict[str, Any]:
    """The arguments by name; of torch's, those that decide sizes."""
    if len(positional) > len(order):
        raise _unreadable(text, f"it has more than {len(order)} positional values")
    given = dict(zip(order, positional, strict=False)) | keywords
    values = {}
    for name, node in given.items():
        if wanted and name not in wanted:
            continue
        try:
            values[name] = ast.literal_eval(node)
        except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
            raise _unreadable(
                text, f"{name} is not a number that stands there"
            ) from None
    return values


def _unreadable(text: str, because: str) -> SizeError:
    return SizeError(
        "a layer is given as a line of Python",
        {"layer": text},
        because=because,
        valid=EXAMPLES,
    )


def size(text: str) -> PerAxis:
    """One size, or one for each axis: 5, or 5x7."""
    values = tuple(_whole(text, part) for part in text.split("x"))
    return values[0] if len(values) == 1 else values


def choices(text: str) -> Choices:
    """A value, a range such as 2-5, or one of these for each axis: 1x2x2."""
    values = tuple(_choice(text, part) for part in text.split("x"))
    return values[0] if len(values) == 1 else values


def _choice(text: str, part: str) -> Choice:
    first, dash, last = part.partition("-")
    if not dash:
        return _whole(text, part)
    return range(_whole(text, first), _whole(text, last) + 1)


def _whole(text: str, part: str) -> int:
    # Python reads more than this as a number, and refuses to read very long ones.
    if part.isascii() and part.isdigit() and len(part) <= 4000:
        return int(part)
    raise SizeError(
        "a value is a whole number, or several joined by x, one for each axis",
        {"value": shown(text) if len(text) < 80 else "a long text"},
        valid="5, or 5x7",
    )
