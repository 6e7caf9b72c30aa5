"""Layers and sizes read from text; what is pasted is parsed, never evaluated."""

from __future__ import annotations

import ast
import inspect
import re
from typing import Any

from convarith._axes import PerAxis
from convarith._choices import Choice, Choices
from convarith._errors import SizeError
from convarith._layers import KINDS, Conv, Layer, Norm
from convarith._legal_values import PADDING_MODES
from convarith._say import Sentence
from convarith._torch_readers import PADS, family_of, on_any_axes, padded_by

# The order in which torch's constructors take what they take.
CONV = "kernel_size stride padding dilation groups bias padding_mode device dtype"
TRANSPOSED = (
    "kernel_size stride padding output_padding groups bias dilation padding_mode "
    "device dtype"
)
TORCH_ORDER = {
    "Conv": "in_channels out_channels " + CONV,
    "ConvTranspose": "in_channels out_channels " + TRANSPOSED,
    "LazyConv": "out_channels " + CONV,
    "LazyConvTranspose": "out_channels " + TRANSPOSED,
    "MaxPool": "kernel_size stride padding dilation return_indices ceil_mode",
    "AvgPool": "kernel_size stride padding ceil_mode count_include_pad "
    "divisor_override",
    "LPPool": "norm_type kernel_size stride ceil_mode",
    "AdaptiveAvgPool": "output_size",
    "AdaptiveMaxPool": "output_size return_indices",
    "MaxUnpool": "kernel_size stride padding",
    "PixelShuffle": "factor",
    "PixelUnshuffle": "downscale_factor",
    "Upsample": "size factor mode align_corners recompute_scale_factor",
    "UpsamplingNearest": "size factor",
    "UpsamplingBilinear": "size factor",
    "Unfold": "kernel_size dilation padding stride",
    "Fold": "output_size kernel_size dilation padding stride",
    **dict.fromkeys(PADS, "padding value"),
}
# The modules whose names do not say how many axes they are for.
ANY_AXES = ("PixelShuffle", "PixelUnshuffle", "Upsample", "Unfold", "Fold")
# What they are here, where the library's name is another.
NAMED = {
    **{"MaxUnpool": "Unpool", "PixelShuffle": "Resize"},
    **dict.fromkeys(("MaxPool", "AvgPool", "LPPool"), "Pool"),
    **dict.fromkeys(("AdaptiveAvgPool", "AdaptiveMaxPool"), "AdaptivePool"),
    **dict.fromkeys(("Upsample", "UpsamplingNearest", "UpsamplingBilinear"), "Resize"),
}
SYNONYMS = {"upscale_factor": "factor", "scale_factor": "factor"}
KEEP_SIZES = re.compile(
    r"\w*(?:Norm|Dropout|LRN)(?:[123]d)?|\w*(?:ReLU6?|ELU|GLU|[Ss]igmoid|[Tt]anh)"
    r"|(?:Log)?Softm(?:ax|in)(?:2d)?|\w*[Ss]hrink|Softplus|Softsign|Hardswish|SiLU|Mish"
    r"|Threshold|Identity"
)
# What stands before a call in a model's code, and in what print(model) shows.
BEFORE = re.compile(r"(?:\(\w+\):|[\w.]+\s*=(?!=))\s*")
LONG = re.compile(r"\d{101}")


def layer(text: str, axes: int = 0) -> Layer:
    """The layer of a line, asked on so many axes; 0 where one size is for any."""
    found = layers(text, axes)
    if found:
        return found[0]
    raise unreadable(text, "keeps")


def layers(text: str, axes: int = 0) -> list[Layer]:
    """The layer that a line of the library or of torch describes, if it has sizes."""
    call = call_of(text)
    function = call.func
    name = function.attr if isinstance(function, ast.Attribute) else function.id  # type: ignore[attr-defined]
    # Three names are torch's, too, with the same parameters.
    if name in KINDS and name not in ANY_AXES:
        kind, names = KINDS[name], KINDS[name].__match_args__
        values = _arguments(text, call, names[:1])
        return [
            _made(text, kind, values, [word for word in values if word not in names])
        ]
    family, own_axes = _family(name)
    if family not in TORCH_ORDER or (own_axes == 0) != (family in ANY_AXES):
        if KEEP_SIZES.fullmatch(name):
            return _that_keeps_sizes(text, call, name)
        raise unreadable(text, "no-layer", name=name)
    nodes = nodes_of(text, call, tuple(TORCH_ORDER[family].split()))
    made = _of_torch(text, family, own_axes, nodes)
    for several in (axes, made.axes) if own_axes else ():
        if several not in (0, own_axes):
            raise unreadable(text, "axes", name=name, own=own_axes, several=several)
    return [made]


def _family(name: str) -> tuple[str, int]:
    """The name without the number of axes, and the number; 0 where it has none."""
    if name[-1:] == "d" and name[-2:-1] in ("1", "2", "3"):
        return name[:-2], int(name[-2])
    return name, 0


def _of_torch(text: str, family: str, axes: int, nodes: dict[str, ast.expr]) -> Layer:
    """What a module of torch is here."""
    if family in PADS:
        return padded_by(_ends(text, axes, nodes), PADS[family])
    kind = KINDS[NAMED.get(family, family_of(family))]
    values = values_of(text, nodes, kind.__match_args__)
    _groups_divide(text, nodes)
    if values.get("padding") == "same" and isinstance(values.get("kernel_size"), int):
        values["kernel_size"] = (values["kernel_size"],) * axes
        return on_any_axes(Conv(**values))
    return _made(text, kind, values, [])


def _ends(text: str, axes: int, nodes: dict[str, ast.expr]) -> tuple[int, ...]:
    """What a padding layer adds at each end of each axis, the last axis first."""
    ends = values_of(text, nodes, ("padding",)).get("padding")
    ends = (ends,) * 2 * axes if isinstance(ends, int) else ends
    if isinstance(ends, (tuple, list)) and len(ends) == 2 * axes:
        return tuple(ends)
    raise unreadable(text, "pads", count=2 * axes)


def _that_keeps_sizes(text: str, call: ast.Call, name: str) -> list[Layer]:
    """Nothing, unless the sizes or what is read depend on the arguments."""
    family = family_of(name)
    if family in ("LayerNorm", "RMSNorm"):
        raise unreadable(text, "shape", name=name)
    if family in ("GLU", "Softmax", "Softmin", "LogSoftmax") and name != "Softmax2d":
        default = {"GLU": -1}.get(family)
        nodes = nodes_of(text, call, ("dim",))
        if values_of(text, nodes, ("dim",)).get("dim", default) not in (None, 1):
            raise unreadable(text, "dim", name=name)
    constant = any(
        word.arg == "track_running_stats" and ast.unparse(word.value) == "False"
        for word in call.keywords
    )
    everything = family in ("InstanceNorm", "GroupNorm")
    return [Norm()] if everything or ("BatchNorm" in family and constant) else []


def _groups_divide(text: str, nodes: dict[str, ast.expr]) -> None:
    """torch: torch/nn/modules/conv.py, "in_channels must be divisible by groups"."""
    groups = nodes.get("groups")
    for name in ("in_channels", "out_channels"):
        channels = nodes.get(name)
        match groups, channels:
            case ast.Constant(value=int(of)), ast.Constant(value=int(many)):
                if of < 1 or many % of:
                    raise unreadable(text, "groups", name=name)


def _made(
    text: str, kind: type[Layer], values: dict[str, Any], unknown: list[str]
) -> Layer:
    if unknown:
        raise unreadable(text, "no-parameter", name=unknown[0])
    taken = inspect.signature(kind.__init__).parameters.items()
    for name, parameter in [*taken][1:]:
        if parameter.default is parameter.empty and name not in values:
            raise unreadable(text, "missing", name=name)
    return kind(**values)


def call_of(text: str) -> ast.Call:
    line = text.strip().rstrip(",")
    line = line[match.end() :] if (match := BEFORE.match(line)) else line
    if LONG.search(line):
        raise unreadable(text, "digits")
    try:
        parsed = ast.parse(line, mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise unreadable(text, "no-python") from None
    named = isinstance(parsed, ast.Call) and isinstance(
        parsed.func, (ast.Name, ast.Attribute)
    )
    if not named:
        raise unreadable(text, "no-call")
    return parsed  # type: ignore[return-value]


def _arguments(text: str, call: ast.Call, order: tuple[str, ...]) -> dict[str, Any]:
    nodes = nodes_of(text, call, order)
    return values_of(text, nodes, tuple(nodes))


def nodes_of(text: str, call: ast.Call, order: tuple[str, ...]) -> dict[str, ast.expr]:
    """The arguments by name, as they are written."""
    if len(call.args) > len(order):
        raise unreadable(text, "positional", count=len(order))
    given = dict(zip(order, call.args, strict=False))
    for word in call.keywords:
        name = SYNONYMS.get(word.arg or "**", word.arg or "**")
        if name in given:
            raise unreadable(text, "twice", name=name)
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
        if isinstance(node, ast.Name) and node.id in ("same", "valid", *PADDING_MODES):
            # print(model) shows these words without quotes.
            node = ast.Constant(node.id)
        try:
            values[name] = ast.literal_eval(node)
        except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
            raise unreadable(text, "no-number", name=name) from None
    return values


def unreadable(text: str, why: str, **values: object) -> SizeError:
    """The refusal of a line, with one of the reasons in the table of sentences."""
    because = Sentence(f"line:{why}", values)
    return SizeError.of("line", {"layer": _short(text)}, because=because)


def _short(text: str) -> str:
    return text if len(text) < 200 else f"{text[:80]}..."


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
    # Python reads more than this as a number.
    if part.isascii() and part.isdigit() and len(part) <= 100:
        return int(part)
    raise SizeError.of("typed", {"value": _short(text)})
