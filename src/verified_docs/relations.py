"""Relations between expressions: what a formula compares, and whether it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from verified_docs.tex import evaluate, expression, names, split

RELATIONS = {
    r"\leq": "<=",
    r"\le": "<=",
    r"\geq": ">=",
    r"\ge": ">=",
    r"\neq": "!=",
    r"\ne": "!=",
    "=": "==",
    "<": "<",
    ">": ">",
}
RELATION = re.compile(r"(\\(?:leq|le|geq|ge|neq|ne)(?![a-zA-Z])|(?<!:)=|<|>)")
ATOM = re.compile(r"[a-zA-Z]'?$")


@dataclass(frozen=True)
class Relation:
    """A chain such as a = b = c or 0 <= a < b, side by side."""

    sides: tuple[str, ...]
    signs: tuple[str, ...]

    @property
    def of_atoms(self) -> bool:
        """Whether it only compares letters: a condition, not a computation."""
        return all(ATOM.match(side) for side in self.sides)

    @cached_property
    def symbols(self) -> frozenset[str]:
        """The letters in it, primes and all."""
        return frozenset(
            name for side in self.sides for name in names(expression(side))
        )

    def assignment(self) -> tuple[str, int] | None:
        """Its letter and number, where it only gives a letter a value."""
        if self.signs != ("==",) or not ATOM.match(self.sides[0]):
            return None
        return (self.sides[0], int(self.sides[1])) if self.sides[1].isdigit() else None

    def holds(self, values: Mapping[str, Any], definitions: Mapping[str, str]) -> Any:
        """True or False; elementwise where the values are arrays."""
        sides = [evaluate(side, values, definitions) for side in self.sides]
        result: Any = True
        for sign, left, right in zip(self.signs, sides, sides[1:], strict=False):
            result = result & _compare(sign, left.minus(right))
        return result

    def is_tight(
        self, rows: Mapping[str, Any], met: Any, defined: Mapping[str, str]
    ) -> bool:
        """Whether each bound in it is reached, for every value of each of its letters.

        A bound that is never reached is true and yet not the bound.
        """
        sides = [evaluate(side, rows, defined) for side in self.sides]
        for number, sign in enumerate(self.signs):
            if sign in ("==", "!="):
                continue
            gap = abs(sides[number + 1].minus(sides[number]))
            reached = met & (gap == (0 if sign in ("<=", ">=") else 1))
            pair = self.sides[number : number + 2]
            bounds = [side for side in pair if not ATOM.match(side)]
            if not reached.any():
                return False
            for letter in names(expression(bounds[0])) if len(bounds) == 1 else ():
                column = rows[letter]
                if set(column[met].tolist()) - set(column[reached].tolist()):
                    return False
        return True


def _compare(sign: str, difference: Any) -> Any:
    """Compare by the difference of the sides, which is exact."""
    match sign:
        case "==":
            return difference == 0
        case "!=":
            return difference != 0
        case "<":
            return difference < 0
        case "<=":
            return difference <= 0
        case ">":
            return difference > 0
        case _:
            return difference >= 0


def relations(tex: str) -> Iterator[Relation]:
    """The relations in a formula, which commas at the top level separate."""
    for part in split(tex, ","):
        pieces = [piece.strip() for piece in RELATION.split(part)]
        if len(pieces) > 1:
            yield Relation(
                tuple(pieces[::2]), tuple(RELATIONS[p] for p in pieces[1::2])
            )
        else:
            expression(pieces[0])


def joined_rows(tex: str) -> str:
    """Aligned rows as one line; a row that starts with a sign goes on with the last."""
    inner = re.sub(r"\\(?:begin|end)\{aligned\}", "", tex)
    text = ""
    for row in (row.replace("&", " ").strip() for row in inner.split(r"\\")):
        text += (" " if not text or RELATION.match(row) else ", ") + row
    return text.strip()
