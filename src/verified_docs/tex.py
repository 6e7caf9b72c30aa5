r"""Exact values of TeX: letters, numbers, + - * / ^ \frac \lfloor \max \bmod.

A value is a pair of columns, numerators over positive denominators; nothing is rounded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np

Value = tuple[Any, Any]

TOKEN = re.compile(
    r"\s*(\\[a-zA-Z]+|\\\\|[a-zA-Z]'?|\d+(?:\.\d+)?|:=|[-+*(){}\[\],=<>&|_^./])"
)
LETTER = re.compile(r"[a-zA-Z]'?$")
SPACES = re.compile(r"\\left(?![a-z])|\\right(?![a-z])|\\[,;!]")
CLOSING = {"(": ")", "{": "}", r"\lfloor": r"\rfloor", r"\lceil": r"\rceil"}
ENDS = {"", "+", "-", ",", *CLOSING.values()}


class UnreadableTeX(ValueError):
    """A formula that cannot be read as a statement about numbers, or is not true."""

    advice = (
        "write it with letters, whole numbers, + - * / ^ < > = and "
        "\\frac \\lfloor \\lceil \\max \\min \\bmod \\le \\ge \\ne; "
        "that s divides i is i \\bmod s = 0"
    )

    def __init__(self, why: str, advice: str = "") -> None:
        super().__init__(why)
        self.advice = advice or self.advice


@cache
def tokens(tex: str) -> tuple[str, ...]:
    """The signs of a formula, without what only sets their size or distance."""
    tex, at, found = SPACES.sub("", tex).strip(), 0, []
    while at < len(tex):
        match = TOKEN.match(tex, at)
        if match is None:
            raise UnreadableTeX(f"cannot read {tex[at:]} in {tex}")
        found.append(match[1])
        at = match.end()
    return tuple(found)


def letters(tex: str) -> frozenset[str]:
    """The letters of an expression, primes and all."""
    return frozenset(token for token in tokens(tex) if LETTER.match(token))


def value(tex: str, known: Mapping[str, Any]) -> Value:
    """The value of an expression, where letters are columns or values themselves."""
    reader = _Reader(tex, known)
    result = reader.sum()
    if reader.next:
        raise UnreadableTeX(f"{reader.next} is not expected in {tex}")
    return result


def difference(left: Value, right: Value) -> Any:
    """The sign of the difference, as a number to compare with 0."""
    return left[0] * right[1] - right[0] * left[1]


def split(tex: str, mark: str) -> list[str]:
    """Split where no bracket is open."""
    parts, depth, start, position = [], 0, 0, 0
    while position < len(tex):
        if depth == 0 and tex.startswith(mark, position):
            parts.append(tex[start:position].strip())
            start = position = position + len(mark)
            continue
        depth += (tex[position] in "([{") - (tex[position] in ")]}")
        position += 1
    return [*parts, tex[start:].strip()]


class _Reader:
    """Recursive descent: a sum is made of products, a product of factors."""

    def __init__(self, tex: str, known: Mapping[str, Any]) -> None:
        self.tex, self.known = tex, known
        self.tokens, self.at = tokens(tex), 0

    @property
    def next(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self, wanted: str = "") -> str:
        token = self.next
        if not token or (wanted and token != wanted):
            raise UnreadableTeX(f"{wanted or 'something'} is missing in {self.tex}")
        self.at += 1
        return token

    def sum(self) -> Value:
        total = self.product()
        while self.next in ("+", "-"):
            sign = self.take()
            over, under = self.product()
            over = -over if sign == "-" else over
            total = total[0] * under + over * total[1], total[1] * under
        return total

    def product(self) -> Value:
        total = self.power()
        while self.next not in ENDS:
            operation = PRODUCTS.get(self.next)
            if operation:
                self.take()
            total = (operation or _times)(total, self.power())
        return total

    def power(self) -> Value:
        base = result = self.factor()
        if self.next == "^":
            self.take()
            over, under = self.factor()
            if under != 1 or over not in range(1, 65):
                raise UnreadableTeX(
                    f"an exponent is no number from 1 to 64: {self.tex}"
                )
            for _ in range(over - 1):
                result = _times(result, base)
        return result

    def factor(self) -> Value:
        token = self.take()
        if token == "-":
            over, under = self.power()
            return -over, under
        if token[0].isdigit():
            return Fraction(token).as_integer_ratio()
        if token in self.known:
            known = self.known[token]
            return known if isinstance(known, tuple) else (known, 1)
        if token in ("(", "{"):
            return self.inside(token)
        if token in (r"\lfloor", r"\floor"):
            return _floor(self.inside(token))
        if token in (r"\lceil", r"\ceil"):
            over, under = self.inside(token)
            return -(-over // under), 1
        if token == r"\frac":
            return _fraction(self.digit_or_group(), self.digit_or_group())
        if token in (r"\max", r"\min"):
            return self.extreme(token)
        raise UnreadableTeX(f"nothing is known of {token} in {self.tex}")

    def inside(self, opening: str) -> Value:
        if opening not in CLOSING:
            opening = self.take("(")
        result = self.sum()
        self.take(CLOSING[opening])
        return result

    def digit_or_group(self) -> Value:
        if self.next.isdigit() and len(self.next) == 2:
            # \frac12: each digit is a group.
            both = self.take()
            self.tokens = (*self.tokens[: self.at], both[1], *self.tokens[self.at :])
            return int(both[0]), 1
        return self.factor()

    def extreme(self, which: str) -> Value:
        self.take("(")
        best = self.sum()
        while self.next == ",":
            self.take()
            other = self.sum()
            more = difference(best, other) >= 0
            mine = more if which == r"\max" else ~more
            best = tuple(np.where(mine, a, b) for a, b in zip(best, other, strict=True))
        self.take(")")
        return best


def _times(left: Value, right: Value) -> Value:
    return left[0] * right[0], left[1] * right[1]


def _fraction(over: Value, under: Value) -> Value:
    if np.any(under[0] == 0):
        raise ZeroDivisionError("divides by 0 on a measured row")
    return over[0] * under[1] * np.sign(under[0]), over[1] * abs(under[0])


def _floor(of: Value) -> Value:
    return of[0] // of[1], 1


def _remainder(left: Value, right: Value) -> Value:
    r"""a \bmod b = a - b floor(a / b), which is never negative for a positive b."""
    over, under = _times(right, _floor(_fraction(left, right)))
    return left[0] * under - over * left[1], left[1] * under


PRODUCTS = {
    "*": _times,
    r"\cdot": _times,
    r"\times": _times,
    "/": _fraction,
    r"\div": lambda over, under: _floor(_fraction(over, under)),
    r"\bmod": _remainder,
}
