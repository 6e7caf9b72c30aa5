"""Exact values of expressions: fractions of whole numbers, a whole column at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
import sympy


@dataclass(frozen=True)
class Fractions:
    """Columns of numerators and of positive denominators; nothing is rounded."""

    over: Any
    under: Any

    def __add__(self, other: Fractions) -> Fractions:
        return Fractions(
            self.over * other.under + other.over * self.under, self.under * other.under
        )

    def __mul__(self, other: Fractions) -> Fractions:
        return Fractions(self.over * other.over, self.under * other.under)

    def inverse(self) -> Fractions:
        """One over it."""
        if np.any(self.over == 0):
            raise ZeroDivisionError("a denominator is 0 on a measured row")
        return Fractions(self.under * np.sign(self.over), abs(self.over))

    def minus(self, other: Fractions) -> Any:
        """The sign of the difference, as a number to compare with 0."""
        return self.over * other.under - other.over * self.under

    def floor(self) -> Fractions:
        """The largest whole numbers that are not above."""
        return Fractions(self.over // self.under, self.under * 0 + 1)

    def larger(self, other: Fractions) -> Fractions:
        """The larger of both, row by row."""
        mine = self.minus(other) >= 0
        return Fractions(
            np.where(mine, self.over, other.over),
            np.where(mine, self.under, other.under),
        )


def value(formula: Any, letters: Mapping[Any, Any]) -> Fractions:
    """The value of a SymPy expression made of whole numbers."""
    if formula.is_Symbol:
        return Fractions(letters[formula], 1)
    if formula.is_Rational:
        return Fractions(int(formula.p), int(formula.q))
    parts = [value(part, letters) for part in formula.args]
    if formula.is_Add:
        return reduce(Fractions.__add__, parts)
    if formula.is_Mul:
        return reduce(Fractions.__mul__, parts)
    if isinstance(formula, sympy.floor):
        return parts[0].floor()
    if isinstance(formula, sympy.Max):
        return reduce(Fractions.larger, parts)
    if formula.is_Pow and formula.exp.is_Integer:
        base = parts[0] if formula.exp > 0 else parts[0].inverse()
        return reduce(Fractions.__mul__, [base] * abs(int(formula.exp)))
    raise TypeError(f"no exact value is known for {formula.func}")
