"""Padding that stands alone, and cropping, which is padding below 0."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from convarith import _legal_values as legal
from convarith._axes import GivenPadding, OneAxis, PaddingPerAxis
from convarith._layers.layer import Layer
from convarith._legal_values import ends
from convarith._no_output import too_short_to_pad
from convarith._record import Record
from convarith._to_torch import pad_to_torch

if TYPE_CHECKING:
    from torch import nn


def pad_axis(padding: Any, mode: str) -> OneAxis:
    """Every output is an input, moved; how many there are says the padding."""
    padding = legal.padding_or_crop(padding)
    before, after = ends(padding)
    least = legal.smallest_padded(padding, mode)
    record = Record(1, 1, before + after, range(-before, 1 - before), least)
    own = {"padding": padding, "mode": mode}
    return OneAxis(own, record, too_short_to_pad, "pad")


class Pad(Layer):
    """Padding or cropping alone: ZeroPad of `torch.nn` and its siblings.

    Args:
        padding: Elements added at each end; a number below 0 crops them. In a tuple,
            an axis may have a `(before, after)` pair; the first axis comes first,
            where PyTorch names the last axis first.
        mode: What stands in the padding, `"zeros"` or another constant, `"reflect"`,
            `"replicate"` or `"circular"`.

    Raises:
        SizeError: PyTorch has no such mode, or `"circular"` would add at one end and
            crop at the other.
        TypeError: A value is not a whole number.

    Examples:
        >>> from convarith import Pad
        >>> Pad(1).out_size(4), Pad(((0, -1),)).out_size((4,))
        (6, (3,))
        >>> Pad(2, mode="reflect").out_size(3)
        7

    Sources:
        `torch.nn.functional.pad`.
    """

    __match_args__ = __slots__ = ("padding", "mode")
    padding: PaddingPerAxis
    mode: str

    def __init__(self, padding: GivenPadding, *, mode: str = "zeros") -> None:
        self._keep(pad_axis, padding, mode)

    def to_torch(self, *, dims: int | None = None) -> nn.Module:
        """Return the torch module with this padding.

        Args:
            dims: The number of axes, where the padding is an int.

        Returns:
            A module for constant, reflection, replication or circular padding.

        Raises:
            SizeError: torch has no module for so many axes.
            TypeError: `dims` is missing, or is not what the tuple says.

        Examples:
            >>> from convarith import Pad
            >>> Pad(((0, -1), 2)).to_torch()
            ZeroPad2d((2, 2, 0, -1))

        Sources:
            The constructors of `torch.nn` in PyTorch 2.13.0.
        """
        return pad_to_torch(self, self.mode, dims)
