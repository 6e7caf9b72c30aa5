"""Reading TeX as mathematics: expressions made of letters and whole numbers."""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping
from functools import cache
from typing import Any

import sympy
from sympy.parsing.latex import parse_latex_lark

from verified_docs import exact

PRIME = "_{1}"


class UnreadableTeX(ValueError):
    """A formula that cannot be read as a statement about numbers."""


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
