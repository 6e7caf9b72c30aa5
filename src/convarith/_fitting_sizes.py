"""The input sizes at which two places of a trace have the same size: all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count, islice
from math import lcm

from convarith import _chain as chains
from convarith._chain import Chain
from convarith._errors import SizeError, SizeTypeError, shown
from convarith._rules import at_least, whole
from convarith._value import Frozen

# So many sizes of single layers are asked, which takes seconds; networks repeat after
# the product of their strides.
ASKED_AT_MOST = 1_000_000


class FittingSizes(Frozen):
    """All sizes that fit: the members of one period, and how often they repeat.

    Attributes:
        first: The smallest sizes that fit, ascending: all of one period, or all
            there are.
        period: After how many elements they repeat; zero where they do not.

    Examples:
        >>> from convarith import Conv, ConvTranspose, Stack
        >>> fitting = Stack([Conv(3, stride=2, padding=1), ConvTranspose(4, stride=2, padding=1)]).round_trip_sizes()
        >>> fitting.first, fitting.period
        ((2,), 2)
        >>> 64 in fitting, 65 in fitting, fitting.up_to(9)
        (True, False, [2, 4, 6, 8])
    """

    __slots__ = ("first", "period")
    first: tuple[int, ...]
    period: int

    def __init__(self, first: tuple[int, ...], period: int) -> None:
        self._set(first=first, period=period)

    def __contains__(self, size: object) -> bool:
        try:
            number = whole("size", size)  # type: ignore[arg-type]
        except SizeTypeError:
            return False
        if not self.first or number < self.first[0]:
            return False
        if not self.period:
            return number in self.first
        return self.first[0] + (number - self.first[0]) % self.period in self.first

    def __iter__(self) -> Iterator[int]:
        """Every size that fits, ascending; without end where they repeat."""
        for start in count(0, self.period) if self.period else (0,):
            for size in self.first:
                yield start + size

    def up_to(self, limit: int) -> list[int]:
        """The sizes that fit and are not above the limit, ascending."""
        found = []
        for size in self if self.first else ():
            if size > limit:
                break
            found.append(size)
        return found

    def at_least(self, size: int) -> int | None:
        """The smallest size that fits and is not below this one; None if there is none."""
        size = at_least("in_size", size)
        if self.period and self.first and size > self.first[0]:
            start = (size - self.first[0]) // self.period * self.period
            return next(
                s + start
                for s in (*self.first, self.first[0] + self.period)
                if s + start >= size
            )
        return next((s for s in self.first if s >= size), None)

    def __str__(self) -> str:
        if not self.first:
            return "no size"
        if not self.period:
            return "only " + " and ".join(map(str, self.first))
        (first, *others), period = self.first, self.period
        if not others and period == 1:
            return f"every size from {first}"
        if not others and first % period == 0:
            return f"multiples of {period}, from {first}"
        some = ", ".join(str(size) for size in islice(self, max(3, len(self.first))))
        if others:
            return f"{some}, and so on every {period}"
        return f"every {_ordinal(period)} size from {first}: {some}, ..."

    def __repr__(self) -> str:
        return f"FittingSizes({self.first}, {self.period})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, FittingSizes):
            return NotImplemented
        return (self.first, self.period) == (other.first, other.period)

    def __hash__(self) -> int:
        return hash((self.first, self.period))


def _ordinal(number: int) -> str:
    ends = {1: "st", 2: "nd", 3: "rd"}
    teen = number // 10 % 10 == 1
    return f"{number}{'th' if teen else ends.get(number % 10, 'th')}"


def _in_pairs(skips: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    try:
        return [(one, other) for one, other in skips]
    except (TypeError, ValueError):
        raise SizeTypeError(
            "skips are pairs of places in the trace",
            {"skips": skips},
            because="one is no pair",
            valid="skips=[(0, -1)], for example",
        ) from None


def checked(skips: Iterable[tuple[int, int]], layers: int) -> list[tuple[int, int]]:
    """The pairs of places, each counted from the start of the trace."""
    pairs = []
    for one, other in _in_pairs(skips):
        places = []
        for place in (whole("skip", one), whole("skip", other)):
            if not -layers - 1 <= place <= layers:
                raise SizeError(
                    "a skip joins two places of the trace",
                    {"skip": (one, other)},
                    because=f"after {layers} layers the places are 0 to {layers}",
                    valid=f"a place from {-layers - 1} to {layers}",
                )
            places.append(place % (layers + 1))
        pairs.append((min(places), max(places)))
    return pairs


def fitting_sizes(chain: Chain, skips: list[tuple[int, int]]) -> FittingSizes:
    """Every input whose trace has the same size at both places of each skip.

    Sizes move in step with the input (`chain.steps`), so one period decides: where
    two places move equally they meet again and again, and where one moves faster
    they meet at most once for each start.
    """
    steps = chains.steps(chain)
    period = lcm(*(steps[place][0] for skip in skips for place in skip))
    if period * len(chain) > ASKED_AT_MOST:
        raise SizeError(
            f"the sizes must repeat after {ASKED_AT_MOST // len(chain)} or fewer",
            {"period": period},
            because=f"the strides multiply up to {shown(period)}",
            valid="fewer layers, or trace for the sizes in question",
        )
    moves = {
        skip: [steps[place][1] * (period // steps[place][0]) for place in skip]
        for skip in skips
    }
    smallest = chains.smallest_input(chain)
    starts = range(smallest, smallest + period)
    unequal = next((skip for skip in skips if len(set(moves[skip])) == 2), None)
    if unequal is None:
        return _shortest([s for s in starts if _meets(chain, skips, s)], starts)
    slow, fast = moves[unequal]
    found = []
    for start in starts:
        trace = chains.sizes(chain, start)
        times, rest = divmod(trace[unequal[0]] - trace[unequal[1]], fast - slow)
        size = start + times * period
        if not rest and times >= 0 and _meets(chain, skips, size):
            found.append(size)
    return FittingSizes(tuple(sorted(found)), 0)


def _meets(chain: Chain, skips: list[tuple[int, int]], in_size: int) -> bool:
    trace = chains.sizes(chain, in_size)
    return all(trace[one] == trace[other] for one, other in skips)


def _shortest(members: list[int], starts: range) -> FittingSizes:
    """The same sizes with the shortest period that says them."""
    residues = {size - starts.start for size in members}
    whole_period = len(starts)
    period = next(
        divisor
        for divisor in range(1, whole_period + 1)
        if whole_period % divisor == 0
        and all((residue + divisor) % whole_period in residues for residue in residues)
    )
    first = tuple(size for size in members if size < starts.start + period)
    return FittingSizes(first, period if first else 0)
