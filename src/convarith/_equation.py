"""2 * padding - output_padding = T on one axis: every setting that solves it.

T is (in_size - 1) * stride + dilation * (kernel_size - 1) + 1 - out_size: what a
transposed convolution has too much before it is cropped.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Collection, Iterator, Sequence
from itertools import product
from math import prod
from typing import NamedTuple

# Each setting takes some microseconds to be ranked.
LOOKED_AT_MOST = 250_000


class Setting(NamedTuple):
    """The parameters of a transposed convolution on one axis."""

    kernel_size: int
    stride: int
    padding: int
    output_padding: int
    dilation: int


class Bounds(NamedTuple):
    """The values that may be used; None leaves padding or output_padding to the rule.

    Without bounds of their own, padding is at most dilation * (kernel_size - 1), so
    that it crops no input's centre away, and output_padding is legal.
    """

    kernel_size: Sequence[int]
    stride: Sequence[int]
    padding: Sequence[int] | None
    output_padding: Sequence[int] | None
    dilation: Sequence[int]


def settings(in_size: int, out_size: int, bounds: Bounds) -> Iterator[Setting]:
    """Every setting within the bounds that makes out_size of in_size."""
    for dilation, stride, kernels in _windows(in_size, out_size, bounds):
        limit = max(stride, dilation)
        for kernel_size in kernels:
            reach = dilation * (kernel_size - 1)
            surplus = (in_size - 1) * stride + reach + 1 - out_size
            # output_padding has the parity of the surplus; padding is not negative.
            first = surplus % 2 if surplus >= 0 else -surplus
            for output_padding in range(first, limit, 2):
                padding = (surplus + output_padding) // 2
                if _allowed(padding, output_padding, reach, bounds):
                    yield Setting(
                        kernel_size, stride, padding, output_padding, dilation
                    )


def candidates(in_size: int, out_size: int, bounds: Bounds) -> int:
    """How many settings there are to look at, at most."""
    rows = length(bounds.dilation) * length(bounds.stride)
    if rows > LOOKED_AT_MOST:
        # To count what is in them would take too long already.
        return rows
    return sum(
        length(kernels) * (max(stride, dilation) // 2 + 1)
        for dilation, stride, kernels in _windows(in_size, out_size, bounds)
    )


def windows(bounds: Bounds) -> int:
    """How many kernels, strides, dilations and crops there are together."""
    crops = bounds.output_padding or bounds.padding or range(1)
    return prod(
        length(values)
        for values in (bounds.kernel_size, bounds.stride, bounds.dilation, crops)
    )


def length(values: Collection[int]) -> int:
    # len() itself does not count beyond what fits a machine word.
    if isinstance(values, range):
        return max(0, -(-(values.stop - values.start) // values.step))
    return len(values)


def _windows(
    in_size: int, out_size: int, bounds: Bounds
) -> Iterator[tuple[int, int, Collection[int]]]:
    for dilation in bounds.dilation:
        for stride in bounds.stride:
            base = (in_size - 1) * stride + 1 - out_size
            yield dilation, stride, _kernels(base, stride, dilation, bounds)


def _kernels(base: int, stride: int, dilation: int, bounds: Bounds) -> Collection[int]:
    """Those of the kernels whose surplus, base + reach, can be solved at all.

    It is above -max(stride, dilation), or output_padding could not make up for it,
    and at most twice the largest padding.
    """
    kernels = bounds.kernel_size
    if not isinstance(kernels, range) or kernels.step != 1:
        return kernels
    least, most = 1 - max(stride, dilation) - base, kernels[-1] * dilation
    if bounds.padding is None:
        least = max(least, base)
    else:
        most = 2 * max(bounds.padding[0], bounds.padding[-1]) - base
    first = max(kernels.start, -(-least // dilation) + 1)
    return range(first, min(kernels.stop, most // dilation + 2))


def _allowed(padding: int, output_padding: int, reach: int, bounds: Bounds) -> bool:
    if (
        bounds.output_padding is not None
        and output_padding not in bounds.output_padding
    ):
        return False
    if bounds.padding is None:
        return padding <= reach
    return padding in bounds.padding


def nearest(in_size: int, out_size: int, bounds: Bounds) -> tuple[int, ...]:
    """The largest size below out_size that can be had, and the smallest above it."""
    below, above = 0, 0
    every = product(bounds.dilation, bounds.stride, bounds.kernel_size)
    for dilation, stride, kernel_size in every:
        reach = dilation * (kernel_size - 1)
        full_size = (in_size - 1) * stride + reach + 1
        surplus, limit = full_size - out_size, max(stride, dilation)
        for padding, output_padding in _crops_near(surplus, reach, limit, bounds):
            size = full_size + output_padding - 2 * padding
            if max(below, 0) < size < out_size:
                below = size
            if size > out_size and (size < above or not above):
                above = size
    return tuple(size for size in (below, above) if size)


def _crops_near(
    surplus: int, reach: int, limit: int, bounds: Bounds
) -> Iterator[tuple[int, int]]:
    """padding and output_padding of the sizes next to the wanted one, on either side."""
    paddings = range(reach + 1) if bounds.padding is None else bounds.padding
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
