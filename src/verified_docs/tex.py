"""Reading TeX as mathematics: relations between whole-number expressions."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import sympy
from sympy.parsing.latex import parse_latex_lark

from verified_docs import exact

PRIME = "_{1}"
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


class UnreadableTeX(ValueError):
    """A formula that cannot be read as a statement about numbers."""


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
    for part in split(joined_rows(tex), ","):
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


def split(tex: str, mark: str) -> list[str]:
    """Split where no bracket is open."""
    parts, depth, start, position = [], 0, 0, 0
    while position < len(tex):
        if depth == 0 and tex.startswith(mark, position):
            parts.append(tex[start:position].strip())
            position += len(mark)
            start = position
            continue
        depth += (tex[position] in "([{") - (tex[position] in ")]}")
        position += 1
    return [*parts, tex[start:].strip()]


def evaluate(
    side: str, values: Mapping[str, Any], definitions: Mapping[str, str]
) -> exact.Fractions:
    """The value of an expression, with defined letters put in."""
    formula = expression(side)
    for letter, meaning in definitions.items():
        formula = formula.subs(_symbol(letter), expression(meaning))
    unknown = [letter for letter in sorted(names(formula)) if letter not in values]
    if unknown:
        raise UnreadableTeX(f"nothing is known of {', '.join(unknown)} in {side}")
    return exact.value(
        formula, {_symbol(name): column for name, column in values.items()}
    )


@cache
def expression(side: str) -> Any:
    """One side of a relation, as SymPy reads it."""
    text = _products(_remainders(side.replace("'", PRIME)))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            formula = parse_latex_lark(text)
    except Exception as error:
        raise UnreadableTeX(f"cannot read {side}: {type(error).__name__}") from None
    if not isinstance(formula, sympy.Expr):
        raise UnreadableTeX(f"cannot read {side} as one expression")
    return formula


def names(formula: Any) -> set[str]:
    """The letters of an expression, with primes as the page writes them."""
    return {symbol.name.replace(PRIME, "'") for symbol in formula.free_symbols}


def _symbol(letter: str) -> Any:
    return sympy.Symbol(letter.replace("'", PRIME))


def _products(text: str) -> str:
    """A letter before a bracket is a factor, never a function."""
    tokens = re.findall(r"\\[a-zA-Z]+|_\{1\}|.", text, re.DOTALL)
    result = ""
    for token in tokens:
        last = result.rstrip()
        if token in ("(", r"\left") and (
            last.endswith(PRIME) or re.search(r"(?<![\\a-zA-Z])[a-zA-Z]$", last)
        ):
            result = last + r" \cdot "
        result += token + (" " if token.startswith("\\") else "")
    return result


def _remainders(text: str) -> str:
    r"""a \bmod b means a - b floor(a / b): the remainder that is never negative."""
    while r"\bmod" in text:
        left, right = text.split(r"\bmod", 1)
        start = _start_of_last_factor(left.rstrip())
        number = re.match(r"\s*([a-zA-Z](?:_\{1\})?|\d+)", right)
        if number is None:
            raise UnreadableTeX(rf"write a letter or a number behind \bmod: {text}")
        a, b = left.rstrip()[start:], number[1]
        whole = rf"({a} - {b} \left\lfloor \frac{{{a}}}{{{b}}} \right\rfloor)"
        text = left[:start] + whole + right[number.end() :]
    return text


def _start_of_last_factor(text: str) -> int:
    if not text.endswith(")"):
        match = re.search(r"(?:[a-zA-Z](?:_\{1\})?|\d+)$", text)
        return match.start() if match else len(text)
    depth = 0
    for position in range(len(text) - 1, -1, -1):
        depth += (text[position] == ")") - (text[position] == "(")
        if depth == 0:
            return position
    raise UnreadableTeX(f"a bracket is missing in {text}")
