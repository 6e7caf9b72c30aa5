"""Sums written out in a sentence: `(5 - 1) * 2 + 3 = 11`, `floor(7 / 2)`."""

from __future__ import annotations

import re
from fractions import Fraction

from verified_docs import tex

SUM = re.compile(r"(?:\d|\.|[-+*/%(),= ]|floor|ceil|max|min)+$")
ELLIPSIS = re.compile(r"(\d+) \+ (\d+) \+ \.\.\. \+ (\d+)")
AS_TEX = (("**", "^"), ("//", r"\div "), ("%", r"\bmod "))
FUNCTION = re.compile(r"(floor|ceil|max|min)\(")


def sides(text: str) -> list[Fraction]:
    """The value of each side of a chain of equal sums; empty where it is no sum."""
    text = ELLIPSIS.sub(_written_out, text)
    if not SUM.match(text) or not re.search(r"\d.*[-+*/%(]|[-+*/%(].*\d", text):
        return []
    for sign, other in AS_TEX:
        text = text.replace(sign, other)
    text = FUNCTION.sub(r"\\\1(", text)
    try:
        return [Fraction(*map(int, tex.value(one, {}))) for one in text.split(" = ")]
    except (ValueError, ArithmeticError):
        return []


def _written_out(match: re.Match[str]) -> str:
    """The terms that an ellipsis stands for, each twice the one before."""
    terms = [int(match[1]), int(match[2])]
    while terms[-1] < int(match[3]) and terms[1] == 2 * terms[0]:
        terms.append(2 * terms[-1])
    return " + ".join(map(str, terms)) if terms[-1] == int(match[3]) else "?"
