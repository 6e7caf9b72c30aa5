"""What lands where: overlap, holes and the tail that holds the bias alone."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, overload

from convarith import _overlap as overlap
from convarith._axes import one_for_each_axis, sizes_given
from convarith._errors import SizeError, SizeTypeError
from convarith._layers import ConvTranspose
from convarith._rules import before_and_after
from convarith.sizes import kernel_extent

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import SupportsIndex

    from convarith._axes import Given


# Each output takes about a microsecond.
COUNTED_AT_MOST = 1_000_000


class Taps:
    r"""How the outputs of a transposed convolution are covered, on one axis.

    Attributes:
        counts: For each output, how many kernel elements land on it.
        holes: The outputs on which none lands, though they lie within the reach.
        bias_only: The outputs past the reach of every kernel, at the end.
        overlap: `"even"`, `"uneven"` or `"holes"`: how it is away from the ends.
        flat: Whether every output is reached equally often, the ends included.
        shift: How far the first input lands from where plain resizing puts it; with
            `padding` alike at both ends and no `output_padding`, the same at the
            last input, the other way round.

    Examples:
        >>> from convarith import ConvTranspose, taps
        >>> at = taps(ConvTranspose(3, stride=2), 4)
        >>> at.counts, at.overlap
        ((1, 1, 2, 1, 2, 1, 2, 1, 1), 'uneven')
        >>> at = taps(ConvTranspose(3, stride=2, output_padding=1), 4)
        >>> at.counts[-1], at.bias_only
        (0, range(9, 10))
    """

    __slots__ = ("bias_only", "counts", "holes", "overlap", "shift")

    def __init__(self, layer: ConvTranspose, axis: int, in_size: int) -> None:
        own = layer.on_axis(axis)
        kernel_size, stride, dilation = (
            own[name] for name in ("kernel_size", "stride", "dilation")
        )
        before, _ = before_and_after(own["padding"])
        out_size = ConvTranspose.size_on_axis(in_size, **own)
        reach = (in_size - 1) * stride + kernel_extent(kernel_size, dilation=dilation)
        if out_size > COUNTED_AT_MOST:
            raise SizeError(
                f"taps are counted on at most {COUNTED_AT_MOST} outputs",
                {"out_size": out_size},
                because="there is a number for each of them",
                valid="a smaller in_size: away from both ends the counts repeat",
            )
        self.counts = tuple(
            overlap.count(place, in_size, kernel_size, stride, dilation)
            for place in range(before, before + out_size)
        )
        self.bias_only = range(max(min(reach - before, out_size), 0), out_size)
        self.holes = tuple(
            position
            for position, count in enumerate(self.counts[: self.bias_only.start])
            if not count
        )
        self.overlap = overlap.evenness(kernel_size, stride, dilation)
        self.shift: Fraction = overlap.shift(
            in_size, out_size, kernel_size, stride, before, dilation
        )

    @property
    def flat(self) -> bool:
        """Whether every output is reached equally often, the ends included."""
        return len(set(self.counts)) == 1

    def __repr__(self) -> str:
        return (
            f"Taps(counts={self.counts}, overlap={self.overlap!r}, "
            f"holes={self.holes}, bias_only={self.bias_only}, shift={self.shift})"
        )


@overload
def taps(layer: ConvTranspose, in_size: SupportsIndex) -> Taps: ...
@overload
def taps(
    layer: ConvTranspose, in_size: Sequence[SupportsIndex]
) -> tuple[Taps, ...]: ...
def taps(layer: ConvTranspose, in_size: Given) -> Taps | tuple[Taps, ...]:
    r"""Return how often each output of a transposed convolution is reached.

    Kernel element t of input a lands on output `a * stride + t * dilation - padding`.
    On several axes the counts of the axes multiply.

    Args:
        layer: The transposed convolution.
        in_size: Input elements, on one axis or on each.

    Returns:
        The coverage; a tuple with one for each axis where `in_size` is a tuple.

    Raises:
        SizeError: The layer refuses the size.
        TypeError: `layer` is not a ConvTranspose, or a size is not a whole number.

    Examples:
        >>> from convarith import ConvTranspose, taps
        >>> taps(ConvTranspose(4, stride=2, padding=1), 4).counts
        (1, 2, 2, 2, 2, 2, 2, 1)
        >>> taps(ConvTranspose(3, stride=2, dilation=2), 3).holes
        (1, 3, 5, 7)
        >>> taps(ConvTranspose(2, stride=2), (3, 3))[1].flat
        True

    Sources:
        Dumoulin and Visin, arXiv 1603.07285, section 4.1, counted place by place;
        Odena, Dumoulin and Olah, "Deconvolution and Checkerboard Artifacts",
        Distill, 2016.
    """
    if not isinstance(layer, ConvTranspose):
        raise SizeTypeError(
            "taps are counted for a ConvTranspose",
            {"layer": layer},
            because="the outputs of a convolution are all reached by the whole kernel",
            valid="a ConvTranspose, or layer.transposed of a Conv",
        )
    in_size = sizes_given(in_size)
    layer.out_size(in_size)
    if isinstance(in_size, tuple):
        sizes = one_for_each_axis(in_size, layer.axes)
        return tuple(Taps(layer, axis, size) for axis, size in enumerate(sizes))
    return Taps(layer, 0, in_size)
