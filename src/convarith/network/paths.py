"""Which sizes go which way through a model, and where each way ends: exactly.

Every size in a model grows by a fixed step when the input grows by a period; so every
branch and every check, from some size on, comes back after a period too. What holds
for the sizes up to there and one period more, holds for all.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import gcd, lcm
from typing import NamedTuple

import torch

from convarith._say import Sentence
from convarith.network.conditions import HOLDS, Asked, Condition
from convarith.network.evaluating import at
from convarith.network.lengths import Atom, Length, Size
from convarith.network.traced import Check, Run, Step

# So many sizes are looked at; models repeat after the product of their strides.
SIZES_AT_MOST = 400_000
# A product of sizes settles within so many periods, or is not followed.
PERIODS_AT_MOST = 64
# A branch that flips only beyond this is not looked at.
FAR = 1_000_000


class NoRule(Exception):
    """A size that does not repeat, or only after too many; its reason is a Sentence."""


def _late(period: int) -> Sentence:
    return Sentence("observed-late", {"period": period})


class Repeats(NamedTuple):
    """From some input on, `period` more of it are `step` more here.

    Where degree is above 1, it is a polynomial along each period, and has no step.
    """

    period: int
    step: int
    start: int
    degree: int = 1


def repeats(size: Size, known: dict[Length, Repeats]) -> Repeats:
    """After how many inputs a length repeats, and by how much it then has grown."""
    if isinstance(size, int) or not size.terms:
        return Repeats(1, 0, 1, 0)
    if size in known:
        return known[size]
    found = [(_atom(atom, known), times) for atom, times in size.terms]
    period = lcm(*(own.period for own, _ in found))
    if period > SIZES_AT_MOST:
        raise NoRule(_late(period))
    degree = max(own.degree for own, _ in found)
    step = sum(times * own.step * (period // own.period) for own, times in found)
    start = max(own.start for own, _ in found)
    known[size] = Repeats(period, step if degree <= 1 else 0, start, degree)
    return known[size]


def _atom(atom: Atom, known: dict[Length, Repeats]) -> Repeats:
    if atom.kind == "input":
        return Repeats(1, 1, 1)
    inside = [repeats(length, known) for length in atom.of]
    period = lcm(*(own.period for own in inside))
    start = max(own.start for own in inside)
    if atom.kind == "floor":
        more = (
            atom.number // gcd(atom.number, inside[0].step)
            if inside[0].degree <= 1
            else atom.number
        )
        return Repeats(
            period * more, inside[0].step * more // atom.number, start, inside[0].degree
        )
    if atom.kind == "product":
        return Repeats(period, 0, start, sum(own.degree for own in inside))
    if atom.kind == "quotient" or max(own.degree for own in inside) > 1:
        raise NoRule(Sentence("observed-divided", {}))
    steps = [own.step * (period // own.period) for own in inside]
    if steps[0] != steps[1]:
        start = max(start, settled(atom.of[0] - atom.of[1], known))
    return Repeats(period, max(steps) if atom.kind == "max" else min(steps), start)


def settled(size: Size, known: dict[Length, Repeats]) -> int:
    """The input from which on the sign changes only with the place in the period."""
    own = repeats(size, known)
    if own.degree == 0 or (own.degree == 1 and not own.step):
        return own.start
    if own.period + own.start > SIZES_AT_MOST:
        raise NoRule(_late(own.period))
    window = torch.arange(own.start, own.start + own.period)
    if own.degree == 1:
        values = at(size, (window, window))
        furthest = int((-values if own.step > 0 else values).max())
        return own.start + own.period * max(0, -(-(furthest + 1) // abs(own.step)))
    return _polynomial_settled(size, own, window)


def _polynomial_settled(size: Size, own: Repeats, window: torch.Tensor) -> int:
    """Where a polynomial and all its differences have one sign, it keeps it."""
    for times in range(PERIODS_AT_MOST):
        here = window + times * own.period
        rows = [
            at(size, (n, n))
            for n in (here + k * own.period for k in range(own.degree + 1))
        ]
        differences = []
        while rows:
            differences.append(rows[0])
            rows = [after - before for before, after in pairwise(rows)]
        all_of = torch.stack(
            [torch.as_tensor(one).expand(window.shape) for one in differences]
        )
        up = (all_of >= 0).all(0) & (all_of[0] > 0)
        down = (all_of <= 0).all(0) & (all_of[0] < 0)
        if bool((up | down | (all_of == 0).all(0)).all()):
            return own.start + times * own.period
    raise NoRule(Sentence("observed-settles", {}))


class End(NamedTuple):
    """Where a size leaves a path."""

    path: Path
    # The check that refuses it; None where the path's own end is reached.
    check: Check | None


class Path:
    """One way through a model: what was asked and checked on it, and its end."""

    def __init__(self, run: Run, out: tuple[Size, ...] | None) -> None:
        self.run, self.out, self.error = run, out, run.error
        self.events: list[Asked | Check] = []
        seen = set()
        self.broken = self._not_as_said()
        for event in run.events:
            key = event.condition if isinstance(event, Asked) else (event.any_of,)
            if key not in seen:
                seen.add(key)
                self.events.append(event)

    def _not_as_said(self) -> Step | None:
        """An operator that refuses what its rule allows, or the other way round."""
        failing = [
            event
            for event in self.run.events
            if isinstance(event, Check) and not passes(event, self.run.hints)
        ]
        if self.run.error is None:
            return failing[0].step if failing else None
        refused = self.run.refused
        if refused is None or any(check.step is refused for check in failing):
            return None
        return refused

    @property
    def refused(self) -> bool:
        """Whether it ends at an operator's check, which others may pass."""
        return self.error is not None and self.run.refused is not None

    def conditions(self) -> list[Condition]:
        found: list[Condition] = []
        for event in self.events:
            found += [event.condition] if isinstance(event, Asked) else event.any_of
        return found

    def follow(self, sizes: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """For each size the number of the event where it leaves, and whether it is known there.

        A size that leaves at a question goes another way: nothing is known of it. One
        that fails a check is refused; one that passes all reaches the end.
        """
        left = torch.full_like(sizes, len(self.events))
        known = torch.full(sizes.shape, not self.refused)
        alive = torch.ones(sizes.shape, dtype=torch.bool)
        memo: dict[Length, torch.Tensor] = {}
        for number, event in enumerate(self.events):
            if isinstance(event, Asked):
                holds = _holds(event.condition, sizes, memo)
            else:
                holds = torch.zeros(sizes.shape, dtype=torch.bool)
                for condition in event.any_of:
                    holds |= _holds(condition, sizes, memo)
            leaves = alive & ~holds
            left[leaves] = number
            known[leaves] = isinstance(event, Check)
            alive &= holds
        return left, known


def _holds(
    condition: Condition, sizes: torch.Tensor, memo: dict[Length, torch.Tensor]
) -> torch.Tensor:
    values = at(condition.length, (sizes, sizes), memo)
    return torch.as_tensor(HOLDS[condition.relation](values)).expand(sizes.shape)


def passes(check: Check, inputs: tuple[int, ...]) -> bool:
    return any(HOLDS[one.relation](at(one.length, inputs)) for one in check.any_of)


class Map:
    """All sizes up to where everything repeats: where each ends."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self.paths = list(paths)
        known: dict[Length, Repeats] = {}
        self.period, self.start = 1, 1
        for path in self.paths:
            for condition in path.conditions():
                self._include(condition, known)
            if path.out is not None:
                own = repeats(path.out[-1], known)
                if own.degree > 1:
                    raise NoRule(Sentence("observed-product", {}))
                self.period, self.start = (
                    lcm(self.period, own.period),
                    max(self.start, own.start),
                )
        if self.start + 2 * self.period > SIZES_AT_MOST:
            late = {"period": self.period, "start": self.start}
            raise NoRule(Sentence("observed-late-from", late))
        self.sizes = torch.arange(1, self.start + 2 * self.period)
        self.path = torch.full_like(self.sizes, -1)
        self.left = torch.zeros_like(self.sizes)
        for number, path in enumerate(self.paths):
            left, sure = path.follow(self.sizes)
            mine = sure & (self.path < 0)
            self.path[mine] = number
            self.left[mine] = left[mine]

    def _include(self, condition: Condition, known: dict[Length, Repeats]) -> None:
        if isinstance(condition.length, int):
            return
        own = repeats(condition.length, known)
        start = settled(condition.length, known)
        if start < FAR:
            self.period, self.start = (
                lcm(self.period, own.period),
                max(self.start, start),
            )
        if self.period > SIZES_AT_MOST:
            raise NoRule(_late(self.period))

    @property
    def uncovered(self) -> torch.Tensor:
        return self.sizes[self.path < 0]

    def runs(self) -> torch.Tensor:
        """For each size, whether the model runs."""
        found = torch.zeros(self.sizes.shape, dtype=torch.bool)
        for number, path in enumerate(self.paths):
            if path.error is None:
                found |= (self.path == number) & (self.left == len(path.events))
        return found

    def out_sizes(self) -> torch.Tensor:
        """For each size, the output's; 0 where it does not run."""
        found = torch.zeros_like(self.sizes)
        runs = self.runs()
        for number, path in enumerate(self.paths):
            if path.out is not None:
                mine = runs & (self.path == number)
                out = torch.as_tensor(
                    at(path.out[-1], (self.sizes, self.sizes))
                ).expand(self.sizes.shape)
                found[mine] = out[mine]
        return found
