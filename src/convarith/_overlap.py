"""How many inputs land on one output of a transposed convolution, on one axis."""

from __future__ import annotations

from fractions import Fraction
from math import gcd

EVEN, UNEVEN, HOLES = "even", "uneven", "holes"


def evenness(kernel_size: int, stride: int, dilation: int) -> str:
    """Whether every output away from the ends is reached equally often.

    The places of the kernel elements, modulo stride, are the multiples of
    gcd(stride, dilation), each equally often where they come round a whole number
    of times. It is kernel_size that stride must divide, not the dilated reach.
    """
    if gcd(stride, dilation) > 1 or kernel_size < stride:
        return HOLES
    return UNEVEN if kernel_size % stride else EVEN


def shift(
    in_size: int,
    out_size: int,
    kernel_size: int,
    stride: int,
    before: int,
    dilation: int,
) -> Fraction:
    """How far the first input lands from where plain resizing puts it.

    Input element a is spread around a * stride + dilation * (kernel_size - 1) / 2 -
    padding; resizing to the same sizes puts its centre at (a + 1/2) * scale - 1/2.
    """
    centre = Fraction(dilation * (kernel_size - 1), 2) - before
    return centre - (Fraction(out_size, in_size) - 1) / 2


def count(
    place: int, in_size: int, kernel_size: int, stride: int, dilation: int
) -> int:
    """How many kernel elements of all inputs land on a place of the full result.

    Element t of input a lands on a * stride + t * dilation. With g = gcd(stride,
    dilation) there is none unless g divides the place; else t is fixed modulo
    stride / g, and a must be one of the inputs there are.
    """
    shared = gcd(stride, dilation)
    if place % shared:
        return 0
    period = stride // shared
    # pow finds the inverse, which is 0 where everything is congruent.
    first = place // shared * pow(dilation // shared, -1, period) % period
    lowest = max(0, -(((in_size - 1) * stride - place) // dilation))
    highest = min(kernel_size - 1, place // dilation)
    lowest += (first - lowest) % period
    return max(0, (highest - lowest) // period + 1)
