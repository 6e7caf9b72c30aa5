"""What is asked of a length: whether it is 0, or below it, or which number it is."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from fractions import Fraction
from typing import Any, NamedTuple

from convarith.network.lengths import Size

# Floats are exact here as long as they are halves of halves; others are not followed.
EXACT = 2**20


class Condition(NamedTuple):
    """length <relation> 0, or that it is not so."""

    relation: str
    length: Size

    def opposite(self) -> Condition:
        return Condition(OPPOSITE[self.relation], self.length)


OPPOSITE = {"==": "!=", "!=": "==", ">=": "<", "<": ">="}

HOLDS: dict[str, Callable[[Any], Any]] = {
    "==": lambda value: value == 0,
    "!=": lambda value: value != 0,
    ">=": lambda value: value >= 0,
    "<": lambda value: value < 0,
}


class Ratio(NamedTuple):
    """A float that is length / by."""

    length: Size
    by: int = 1

    @classmethod
    def of(cls, number: float) -> Ratio | None:
        if not math.isfinite(number):
            return None
        exact = Fraction(number)
        fits = exact.denominator <= EXACT
        return cls(exact.numerator, exact.denominator) if fits else None

    def plus(self, other: Ratio, sign: int) -> Ratio:
        up = self.length * other.by + sign * other.length * self.by
        return Ratio(up, self.by * other.by)

    def times(self, other: Ratio) -> Ratio:
        return Ratio(self.length * other.length, self.by * other.by)


class Asked(NamedTuple):
    """What somebody had to know of a size: what was true, or which number it was."""

    condition: Condition
    fixed: bool = False
    # Where in the model's own code a size was turned into a number.
    line: str = ""


# What is asked is told to the run at hand, and whether a length is known to be 0.
Log = Callable[[Any], Any]


def line_of_model() -> str:
    """The line of the model that is running."""
    frame: Any = sys._getframe(2)
    while frame is not None:
        name = frame.f_globals.get("__name__", "")
        if name.partition(".")[0] not in ("torch", "convarith", "math"):
            return f"{frame.f_code.co_filename}:{frame.f_lineno}"
        frame = frame.f_back
    return ""
