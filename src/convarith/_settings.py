"""Every setting that comes from one size to the other: 2 * padding - output_padding = T.

T is (in_size - 1) * stride + dilation * (kernel_size - 1) + 1 - out_size: what a
transposed convolution has too much before it is cropped. A convolution makes the
smaller size of the larger one where its transpose makes the larger of the smaller,
with an output_padding below the stride: what the convolution leaves over at the end.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import product
from typing import NamedTuple

from convarith._choices import LOOKED_AT_MOST, Bounds, length
from convarith._layers import Conv, ConvTranspose
from convarith._legal_values import output_padding_limit
from convarith._record import Record


class Setting(NamedTuple):
    """The parameters on one axis; a convolution has no output_padding to set."""

    kernel_size: int
    stride: int
    padding: int
    output_padding: int
    dilation: int


# From which output_padding on there is none, for a layer of each kind.
LIMITS: dict[type, Callable[[int, int], int]] = {
    ConvTranspose: output_padding_limit,
    Conv: lambda stride, _: stride,
}


def surplus_of(
    smaller: int, larger: int, kernel_size: int, stride: int, dilation: int
) -> int:
    """T: the full result has so many elements more than are wanted."""
    reach = dilation * (kernel_size - 1)
    scattered = Record(up=stride, down=1, slack=0, reads=range(1))
    return scattered.size(smaller) + reach - larger


def settings(
    kind: type, smaller: int, larger: int, bounds: Bounds
) -> Iterator[Setting]:
    """Every setting within the bounds that comes from one size to the other."""
    for dilation, stride, base, kernels in _windows(kind, smaller, larger, bounds):
        limit = LIMITS[kind](stride, dilation)
        for kernel_size in kernels:
            reach = dilation * (kernel_size - 1)
            surplus = base + reach
            # output_padding has the parity of the surplus; padding is not negative.
            first = surplus % 2 if surplus >= 0 else -surplus
            last = limit if bounds.padding else min(limit, 2 * reach - surplus + 1)
            for output_padding in range(first, last, 2):
                padding = (surplus + output_padding) // 2
                if _may_be(padding, bounds.padding) and _may_be(
                    output_padding, bounds.output_padding
                ):
                    yield Setting(
                        kernel_size, stride, padding, output_padding, dilation
                    )


def _may_be(value: int, allowed: Sequence[int] | None) -> bool:
    return allowed is None or value in allowed


def candidates(kind: type, smaller: int, larger: int, bounds: Bounds) -> int:
    """How many settings there are to look at, at most."""
    rows = length(bounds.dilation) * length(bounds.stride)
    if rows > LOOKED_AT_MOST:
        # To count what is in them would take too long already.
        return rows
    return sum(
        length(kernels) * (LIMITS[kind](stride, dilation) // 2 + 1)
        for dilation, stride, _, kernels in _windows(kind, smaller, larger, bounds)
    )


def _windows(
    kind: type, smaller: int, larger: int, bounds: Bounds
) -> Iterator[tuple[int, int, int, Collection[int]]]:
    for dilation, stride in product(bounds.dilation, bounds.stride):
        base = surplus_of(smaller, larger, 1, stride, dilation)
        limit = LIMITS[kind](stride, dilation)
        yield dilation, stride, base, _kernels(base, limit, dilation, bounds)


def _kernels(base: int, limit: int, dilation: int, bounds: Bounds) -> Collection[int]:
    """Those of the kernels whose surplus, base + reach, can be solved at all.

    It is above -limit, or output_padding could not make up for it, and at most twice
    the largest padding.
    """
    kernels = bounds.kernel_size
    if not isinstance(kernels, range) or kernels.step != 1:
        return kernels
    least, most = 1 - limit - base, kernels[-1] * dilation
    if bounds.padding is None:
        least = max(least, base)
    else:
        most = 2 * max(bounds.padding[0], bounds.padding[-1]) - base
    first = max(kernels.start, -(-least // dilation) + 1)
    return range(first, min(kernels.stop, most // dilation + 2))


def nearest(kind: type, in_size: int, out_size: int, bounds: Bounds) -> tuple[int, ...]:
    """The largest size below out_size that can be had, and the smallest above it."""
    below, above = 0, 0
    sizes = _sizes_of_conv if kind is Conv else _sizes_of_transpose
    every = product(bounds.dilation, bounds.stride, bounds.kernel_size)
    for dilation, stride, kernel_size in every:
        for size in sizes(in_size, out_size, kernel_size, stride, dilation, bounds):
            if max(below, 0) < size < out_size:
                below = size
            if size > out_size and (size < above or not above):
                above = size
    return tuple(size for size in (below, above) if size)


def _sizes_of_transpose(
    in_size: int,
    out_size: int,
    kernel_size: int,
    stride: int,
    dilation: int,
    bounds: Bounds,
) -> Iterator[int]:
    """The sizes next to the wanted one, on either side."""
    reach = dilation * (kernel_size - 1)
    surplus = surplus_of(in_size, out_size, kernel_size, stride, dilation)
    limit = output_padding_limit(stride, dilation)
    for padding, output_padding in _crops_near(surplus, reach, limit, bounds):
        yield surplus + out_size + output_padding - 2 * padding


def _sizes_of_conv(
    in_size: int,
    out_size: int,
    kernel_size: int,
    stride: int,
    dilation: int,
    bounds: Bounds,
) -> Iterator[int]:
    """The sizes next to the wanted one, on either side."""
    layer = Conv(kernel_size, stride=stride, dilation=dilation)
    record = layer._on_axis[0].record
    reach = dilation * (kernel_size - 1)
    paddings = bounds.paddings(reach)
    # Each padding adds two elements, and each output takes a stride of them.
    wanted = surplus_of(out_size, in_size, kernel_size, stride, dilation) // 2
    for place in (wanted, wanted + (stride + 1) // 2):
        for padding in _around(place, paddings):
            yield record.size(in_size + 2 * padding)


def _crops_near(
    surplus: int, reach: int, limit: int, bounds: Bounds
) -> Iterator[tuple[int, int]]:
    """padding and output_padding of the sizes next to the wanted one, on either side."""
    paddings = bounds.paddings(reach)
    if bounds.output_padding is not None:
        for output_padding in bounds.output_padding:
            if output_padding < limit:
                for padding in _around((surplus + output_padding) // 2, paddings):
                    yield padding, output_padding
        return
    if bounds.padding is None:
        # Where the sizes of a padding begin or end at the wanted one.
        ends = surplus // 2, (surplus + limit - 1) // 2
        paddings = [own for end in ends for own in _around(end, paddings)]
    for padding in paddings:
        for output_padding in _around(2 * padding - surplus, range(limit)):
            yield padding, output_padding


def _around(place: int, values: Sequence[int]) -> Sequence[int]:
    """The values next to a place, on either side."""
    if isinstance(values, range):
        index = (place - values.start) // values.step
        index = min(max(index, 0), length(values) - 1)
    else:
        index = bisect(values, place)
    return values[max(index - 2, 0) : index + 3]
