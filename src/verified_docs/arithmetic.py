"""Sums written out in a sentence: `(5 - 1) * 2 + 3 = 11`, `floor(7 / 2)`."""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable
from fractions import Fraction
from typing import Any

SUM = re.compile(r"(?:\d|\.|[-+*/%(),= ]|floor|ceil|max|min)+$")
OPERATORS: dict[type, Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: operator.pow,
}
FUNCTIONS: dict[str, Callable[..., Any]] = {
    "floor": math.floor,
    "ceil": math.ceil,
    "max": max,
    "min": min,
}
ELLIPSIS = re.compile(r"(\d+) \+ (\d+) \+ \.\.\. \+ (\d+)")
LARGEST = 10**6


def sides(text: str) -> list[Fraction]:
    """The value of each side of a chain of equal sums; empty where it is no sum."""
    text = ELLIPSIS.sub(_written_out, text)
    if not SUM.match(text) or not re.search(r"\d.*[-+*/(]|[-+*/(].*\d", text):
        return []
    try:
        parsed = [ast.parse(side.strip(), mode="eval") for side in text.split(" = ")]
        return [_value(side.body) for side in parsed]
    except (SyntaxError, TypeError, ValueError, KeyError, ArithmeticError):
        return []


def _written_out(match: re.Match[str]) -> str:
    """The terms that an ellipsis stands for, each twice the one before."""
    terms = [int(match[1]), int(match[2])]
    while terms[-1] < int(match[3]) and terms[1] == 2 * terms[0]:
        terms.append(2 * terms[-1])
    return " + ".join(map(str, terms)) if terms[-1] == int(match[3]) else "?"


def _value(node: ast.expr) -> Fraction:
    if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)):
        return Fraction(str(node.value))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_value(node.operand)
    if isinstance(node, ast.BinOp):
        left, right = _value(node.left), _value(node.right)
        if isinstance(node.op, ast.Pow) and max(abs(left), abs(right)) > LARGEST**0.5:
            raise ValueError("too large to be written out")
        return Fraction(OPERATORS[type(node.op)](left, right))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return Fraction(FUNCTIONS[node.func.id](*map(_value, node.args)))
    raise ValueError(ast.dump(node))
