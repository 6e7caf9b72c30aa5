"""Layers that make every element into a block of a fixed size."""

from __future__ import annotations

from convarith import _positions as positions
from convarith._axes import Layer, PerAxis
from convarith._errors import SizeError
from convarith._rules import at_least

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from convarith._axes import Given
    from convarith._positions import Places

# The modes of torch.nn.Upsample and interpolate.
MODES = (
    "nearest",
    "nearest-exact",
    "linear",
    "bilinear",
    "trilinear",
    "bicubic",
    "area",
)


def resized(in_size: int, *, factor: int, mode: str) -> int:
    """The size on one axis: every element becomes factor elements."""
    return at_least("in_size", in_size) * factor


def resize_inputs_between(
    lowest: int, highest: int, *, factor: int, mode: str
) -> range:
    """The inputs whose resized size lies between two sizes, both included."""
    first = -(-lowest // factor)
    return range(first, max(highest // factor + 1, first))


def resize_sources(places: Places, *, factor: int, mode: str) -> Places:
    """The inputs that are copied; interpolation mixes several, and torch says how."""
    if mode.startswith("nearest"):
        return positions.copied_sources(places, factor=factor)
    raise SizeError(
        "what an output reads is known where elements are copied",
        {"mode": mode},
        because="interpolation mixes neighbours, and other ones at the border",
        valid='mode="nearest"',
    )


class Resize(Layer):
    r"""Upsampling by a whole factor: `torch.nn.Upsample` and `torch.nn.PixelShuffle`.

    Args:
        factor: Output elements for each input element, at least 1.
        mode: How values are found; `"nearest"` copies them, as `PixelShuffle` does.
            The size is the same for each mode, a receptive field needs the copy.

    Raises:
        SizeError: `factor` is below 1, or PyTorch has no such mode.
        TypeError: `factor` is not a whole number.

    Examples:
        >>> from convarith import Resize
        >>> Resize(2).out_size(7), Resize((1, 2)).out_size((7, 7))
        (14, (7, 14))
        >>> Resize(2).in_sizes(13)
        range(7, 7)

    Sources:
        `torch.nn.Upsample` with a whole `scale_factor`, `torch.nn.PixelShuffle`.
    """

    __match_args__ = ("factor", "mode")
    __slots__ = __match_args__
    size_on_axis = staticmethod(resized)
    inputs_on_axis = staticmethod(resize_inputs_between)
    sources_on_axis = staticmethod(resize_sources)
    steps_on_axis = staticmethod(positions.copied_steps)
    factor: PerAxis
    mode: str

    def __init__(self, factor: Given, *, mode: str = "nearest") -> None:
        self._keep(factor=factor, mode=mode)

    def _check(self, **parameters: Any) -> None:
        at_least("factor", parameters["factor"])
        if parameters["mode"] not in MODES:
            raise SizeError(
                "mode must be one that PyTorch has",
                {"mode": parameters["mode"]},
                valid=", ".join(map(repr, MODES)),
            )
