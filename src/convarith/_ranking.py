"""Which setting an expert would take first, and why."""

from __future__ import annotations

from fractions import Fraction
from typing import TypeAlias

from convarith import _overlap as overlap
from convarith._equation import Setting
from convarith._sentences import say

Rank: TypeAlias = tuple[int, ...]
EVENNESS = {overlap.EVEN: 0, overlap.UNEVEN: 1, overlap.HOLES: 2}


def rank(setting: Setting, in_size: int, out_size: int) -> Rank:
    """A smaller rank comes first; the order of its members is the order of wishes.

    No output_padding; a stride that is the scale; even overlap; little
    output_padding; no shift; little padding; a small kernel; no dilation.
    """
    kernel_size, stride, padding, output_padding, dilation = setting
    extent = dilation * (kernel_size - 1) + 1
    return (
        output_padding > 0,
        2 * abs(stride * in_size - out_size) > in_size,
        EVENNESS[overlap.evenness(kernel_size, stride, dilation)],
        output_padding,
        # Twice the shift, times in_size, so that it stays a whole number.
        abs((extent - 2 * padding) * in_size - out_size),
        padding,
        kernel_size,
        dilation,
        stride,
    )


def reasons(
    setting: Setting, in_size: int, out_size: int, language: str = "en"
) -> tuple[str, ...]:
    """What speaks for a setting or against it, one phrase for each wish."""
    kernel_size, stride, padding, output_padding, dilation = setting
    extent = dilation * (kernel_size - 1) + 1
    more = extent - 2 * padding + output_padding - stride
    shift = overlap.shift(in_size, out_size, kernel_size, stride, padding, dilation)
    keys = (
        _of_sign(more, "exactly", "plus", "minus"),
        _overlap(kernel_size, stride, dilation),
        "none"
        if not output_padding
        else "real"
        if output_padding <= padding
        else "empty",
        _of_sign(shift, "unmoved", "right", "left"),
    )
    values = {
        "k": kernel_size,
        "s": stride,
        "d": dilation,
        "a": output_padding,
        "past": output_padding - padding,
        "more": more,
        "less": -more,
        "shift": abs(shift),
    }
    return tuple(say(language, key, **values) for key in keys)


def _of_sign(number: int | Fraction, zero: str, above: str, below: str) -> str:
    if not number:
        return zero
    return above if number > 0 else below


def _overlap(kernel_size: int, stride: int, dilation: int) -> str:
    kind = overlap.evenness(kernel_size, stride, dilation)
    if kind != overlap.HOLES:
        return kind
    return "small" if kernel_size < stride else "sparse"
