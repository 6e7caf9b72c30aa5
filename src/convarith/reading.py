"""Layers and sizes read from text; what is pasted is parsed, never evaluated."""

from __future__ import annotations

import ast

from convarith.axes import Layer, PerAxis
from convarith.errors import SizeError
from convarith.layers import Conv, ConvTranspose
from convarith.pooling import Pool
from convarith.resize import Resize

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

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
    "Upsample": "size factor mode",
}
# The modules whose names do not say how many axes they are for.
ANY_AXES = ("PixelShuffle", "Upsample")
SYNONYMS = {"upscale_factor": "factor", "scale_factor": "factor"}
EXAMPLES = '"ConvTranspose(3, stride=2)" or "nn.ConvTranspose2d(64, 32, 3, stride=2)"'


def layer(text: str) -> Layer:
    """The layer that a line of the library or of torch describes."""
    call = call_of(text)
    function = call.func
    name = function.attr if isinstance(function, ast.Attribute) else function.id  # type: ignore[attr-defined]
    if name in KINDS:
        kind, slots = KINDS[name], KINDS[name].__slots__
        values = _arguments(text, call, slots[:1])
        unknown = [word for word in values if word not in slots]
    else:
        kind, order = _of_torch(text, name)
        values = _arguments(text, call, order, kind.__slots__)
        unknown = []
    needed = kind.__slots__[0]
    if unknown or needed not in values:
        because = f"{unknown[0]} is no parameter" if unknown else f"{needed} is missing"
        raise unreadable(text, because)
    return kind(**values)


def _of_torch(text: str, name: str) -> tuple[type[Layer], tuple[str, ...]]:
    """What a module of torch is here, and the order of its arguments."""
    family = name.rstrip("d").rstrip("123") if name[-2:-1] in tuple("123") else name
    if family not in TORCH_ORDER or (family == name) != (family in ANY_AXES):
        raise unreadable(text, f"{name} is not a layer that is known here")
    order = tuple(TORCH_ORDER[family].split())
    if family in ANY_AXES:
        return Resize, order
    kind = Pool if family.endswith("Pool") else KINDS[family.removeprefix("Lazy")]
    return kind, order


def call_of(text: str) -> ast.Call:
    try:
        parsed = ast.parse(text.strip().rstrip(","), mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise unreadable(text, "it is not a line of Python") from None
    named = isinstance(parsed, ast.Call) and isinstance(
        parsed.func, (ast.Name, ast.Attribute)
    )
    if not named:
        raise unreadable(text, "it is not the call of a layer")
    return parsed  # type: ignore[return-value]


def _arguments(
    text: str, call: ast.Call, order: tuple[str, ...], wanted: tuple[str, ...] = ()
) -> dict[str, Any]:
    """The arguments by name; of torch's, those that decide sizes."""
    nodes = nodes_of(text, call, order)
    return values_of(text, nodes, wanted or tuple(nodes))


def nodes_of(text: str, call: ast.Call, order: tuple[str, ...]) -> dict[str, ast.expr]:
    """The arguments by name, as they are written."""
    if len(call.args) > len(order):
        raise unreadable(text, f"it has more than {len(order)} positional values")
    given = dict(zip(order, call.args, strict=False))
    for word in call.keywords:
        name = SYNONYMS.get(word.arg or "**", word.arg or "**")
        if name in given:
            raise unreadable(text, f"{name} is given twice")
        given[name] = word.value
    return given


def values_of(
    text: str, nodes: dict[str, ast.expr], wanted: tuple[str, ...]
) -> dict[str, Any]:
    """The values of those that are wanted, where they stand there."""
    values = {}
    for name, node in nodes.items():
        if name not in wanted:
            continue
        try:
            values[name] = ast.literal_eval(node)
        except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
            raise unreadable(
                text, f"{name} is not a number that stands there"
            ) from None
    return values


def unreadable(text: str, because: str) -> SizeError:
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
        {"value": text if len(text) < 80 else "a long text"},
        valid="5, or 5x7",
    )
