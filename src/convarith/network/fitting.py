"""Sizes that fit, as a rule, and the formula of what comes out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import chain

from convarith._fitting_sizes import FittingSizes, _shortest
from convarith._say import say
from convarith._value import Value
from convarith.network.paths import Map


class Fitting(Value):
    """The sizes that fit: some small ones, then a rule; or those that were tried.

    Attributes:
        early: Sizes that fit below those of the rule.
        later: The rule; None where sizes were only tried.
        tried: Up to which size it was tried; zero where the rule is derived.

    Examples:
        >>> import torch
        >>> from convarith.network import Network
        >>> fitting = Network(torch.nn.MaxPool1d(4), torch.zeros(1, 1, 32)).fitting_sizes()
        >>> print(fitting, fitting.derived, 3 in fitting, fitting.at_least(3), fitting.up_to(6))
        every size from 4 True False 4 [4, 5, 6]
    """

    __slots__ = __match_args__ = ("early", "later", "tried")
    early: tuple[int, ...]
    later: FittingSizes | None
    tried: int

    def __init__(
        self, early: tuple[int, ...], later: FittingSizes | None, tried: int = 0
    ) -> None:
        self._set(early=early, later=later, tried=tried)

    @classmethod
    def of(cls, sizes: Sequence[int], start: int, period: int) -> Fitting:
        """From all that fit below start + 2 * period, where they repeat from start on."""
        rule = _shortest(
            [n for n in sizes if start <= n < start + period],
            range(start, start + period),
        )
        if not rule.first:
            return cls(tuple(sizes), rule)
        members = set(sizes)
        # The rule may hold from further down than it was sure to.
        first = rule.first
        while first[0] - 1 > 0:
            lower = tuple(n - rule.period for n in first)
            below = [n for n in lower if n > 0]
            window = range(max(1, lower[0]), first[0])
            if (
                [n for n in window if n in members] != below
                or not below
                or len(below) < len(lower)
            ):
                break
            first = lower
        rule = FittingSizes(first, rule.period)
        return cls(tuple(n for n in sizes if n < first[0]), rule)

    @property
    def derived(self) -> bool:
        return self.later is not None

    def __contains__(self, size: object) -> bool:
        return size in self.early or (self.later is not None and size in self.later)

    def __iter__(self) -> Iterator[int]:
        return iter(self.early) if self.later is None else chain(self.early, self.later)

    def up_to(self, limit: int) -> list[int]:
        """The sizes that fit and are not above the limit, ascending."""
        early = [size for size in self.early if size <= limit]
        return early + (self.later.up_to(limit) if self.later else [])

    def at_least(self, size: int) -> int | None:
        """The smallest size that fits and is not below this one; None if there is none."""
        early = next((one for one in self.early if one >= size), None)
        if early is not None or self.later is None:
            return early
        return self.later.at_least(size)

    def text(self, *, language: str = "en") -> str:
        """The rule in words, or what was tried, in a language."""
        early = ", ".join(map(str, self.early[:8])) + (
            ", ..." if len(self.early) > 8 else ""
        )
        none = say(language, "fits-none")
        if self.later is None:
            return say(language, "fits-tried", some=early or none, tried=self.tried)
        if not self.later.first:
            return say(language, "fits-only", some=early) if early else none
        later = self.later.text(language=language)
        return say(language, "fits-early", early=early, later=later) if early else later

    def __str__(self) -> str:
        return self.text()


def formula_of(found: Map) -> str:
    """One line that is true at each size that runs; empty where there is none."""
    runs = found.runs()
    sizes, outs = found.sizes[runs], found.out_sizes()[runs]
    if not len(sizes):
        return ""
    slope = _slope(found)
    if slope is None:
        return str(int(outs[0])) if bool((outs == outs[0]).all()) else ""
    up, down = slope.numerator, slope.denominator
    if bool(((outs * down - sizes * up) == (outs[0] * down - sizes[0] * up)).all()):
        more = Fraction(int(outs[0])) - slope * int(sizes[0])
        return _line(up, down, more)
    for added in range(down):
        if bool((outs == (sizes * up + added) // down).all()):
            inside = _line(up, 1, Fraction(added))
            return f"({inside}) // {down}" if up > 1 or added else f"{inside} // {down}"
    for scale in (
        d for d in range(1, found.period + 1) if found.period % d == 0 or d == 1
    ):
        # up * scale * floor((n + b) / (down * scale)) + c
        step, by = up * scale, down * scale
        for b in range(by) if by <= 4096 else (0,):
            apart = outs - (sizes + b) // by * step
            if bool((apart == apart[0]).all()):
                return _floored(step, by, b, int(apart[0]))
    return ""


def _slope(found: Map) -> Fraction | None:
    outs = found.out_sizes()
    last = len(outs) - 1
    here = [
        n
        for n in range(found.start - 1, found.start - 1 + found.period)
        if found.runs()[n]
    ]
    if not here:
        return None
    n = here[0]
    if n + found.period > last:
        return None
    grown = int(outs[n + found.period] - outs[n])
    return Fraction(grown, found.period) if grown else None


def _line(up: int, down: int, more: Fraction) -> str:
    text = "in_size" if up == 1 else f"{up} * in_size"
    if down == 1 or more.denominator == 1:
        text += f" // {down}" if down > 1 else ""
        number = int(more)
        return text + (f" {'+' if number > 0 else '-'} {abs(number)}" if number else "")
    number = int(more * down)
    return f"({text} {'+' if number > 0 else '-'} {abs(number)}) // {down}"


def _floored(step: int, by: int, b: int, c: int) -> str:
    inside = "in_size" if not b else f"(in_size + {b})"
    text = f"{inside} // {by}"
    if step > 1:
        text = f"{step} * ({text})"
    return text + (f" {'+' if c > 0 else '-'} {abs(c)}" if c else "")
