"""What lands where: overlap, holes and the tail that holds only the bias."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import gcd
from typing import SupportsIndex, overload

from convarith._axes import Given, OneAxis, lift
from convarith._errors import SizeError, SizeTypeError
from convarith._layers import ConvTranspose
from convarith._legal_values import ends, whole
from convarith._record import len_of
from convarith._value import Value

EVEN, UNEVEN, HOLES = "even", "uneven", "holes"

# Each output takes about a microsecond.
COUNTED_AT_MOST = 1_000_000


def evenness(kernel_size: int, stride: int, dilation: int) -> str:
    """Whether every output away from the ends is reached equally often.

    The positions of the kernel elements, modulo stride, are the multiples of
    gcd(stride, dilation), each equally often where they come round a whole number
    of times. It is kernel_size that stride must divide, not the dilated reach.
    """
    if gcd(stride, dilation) > 1 or kernel_size < stride:
        return HOLES
    return UNEVEN if kernel_size % stride else EVEN


def shift_times(in_size: int, out_size: int, extent: int, before: int) -> int:
    """How far the first input lands from where plain resizing puts it, times 2 in_size.

    Input element a is spread around a * stride + (extent - 1) / 2 - before; resizing
    to the same sizes puts its centre at (a + 1/2) * scale - 1/2.
    """
    return (extent - 2 * before) * in_size - out_size


class Taps(Value):
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

    __slots__ = __match_args__ = ("counts", "overlap", "holes", "bias_only", "shift")
    counts: tuple[int, ...]
    overlap: str
    holes: tuple[int, ...]
    bias_only: range
    shift: Fraction

    def __init__(
        self,
        counts: tuple[int, ...],
        *,
        overlap: str,
        holes: tuple[int, ...],
        bias_only: range,
        shift: Fraction,
    ) -> None:
        self._set(counts=counts, overlap=overlap, holes=holes)
        self._set(bias_only=bias_only, shift=shift)

    @property
    def flat(self) -> bool:
        """Whether every output is reached equally often, the ends included."""
        return len(set(self.counts)) == 1


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
        raise SizeTypeError.of("taps", {"layer": layer})
    return lift(layer, "out_size", _taps, in_size)  # type: ignore[no-any-return]


def _taps(on_axis: OneAxis, given: SupportsIndex) -> Taps:
    in_size, out_size = whole("in_size", given), on_axis.out_size(given)
    if out_size > COUNTED_AT_MOST:
        raise SizeError.of("taps-many", {"out_size": out_size}, most=COUNTED_AT_MOST)
    own, record = on_axis.parameters, on_axis.record
    # One phase further on, an output reads the same as its phase, moved on by one input.
    phases = [record.sources_of(phase) for phase in range(min(record.up, out_size))]
    counts = tuple(
        _count(phases[position % record.up], position // record.up, in_size)
        for position in range(out_size)
    )
    past = max(own["output_padding"] - ends(own["padding"])[1], 0)
    bias_only = range(max(out_size - past, 0), out_size)
    extent = record.reads[-1] - record.reads[0] + 1
    times = shift_times(in_size, out_size, extent, ends(own["padding"])[0])
    return Taps(
        counts,
        overlap=evenness(own["kernel_size"], own["stride"], own["dilation"]),
        holes=tuple(place for place in range(bias_only.start) if not counts[place]),
        bias_only=bias_only,
        shift=Fraction(times, 2 * in_size),
    )


def _count(reads: range, further: int, in_size: int) -> int:
    """How many of the inputs there are among those that are read."""
    start = reads.start + further
    first = max(0, -(start // reads.step))
    last = min(len_of(reads) - 1, (in_size - 1 - start) // reads.step)
    return max(0, last - first + 1)
