"""The input sizes at which two positions of a trace have the same size: all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import count, islice
from math import lcm
from typing import TypeAlias

from convarith._errors import SizeError, SizeTypeError
from convarith._legal_values import at_least, whole
from convarith._rare_records import Multiples, Only, Rounded
from convarith._record import Record, smallest_input, steps
from convarith._say import say
from convarith._value import Value

# Pairs of places in a trace that must have the same size.
Skips: TypeAlias = Iterable[tuple[int, int]]

# So many sizes of single layers are asked, which takes seconds; networks repeat after
# the product of their strides.
ASKED_AT_MOST = 1_000_000


class FittingSizes(Value):
    """All sizes that fit: the members of one period, and how often they repeat.

    Attributes:
        first: The smallest sizes that fit, ascending: all of one period, or all
            there are.
        period: After how many elements they repeat; zero where they do not.

    Examples:
        >>> from convarith import Conv, ConvTranspose, Stack
        >>> fitting = Stack([Conv(3, stride=2, padding=1), ConvTranspose(4, stride=2, padding=1)]).fitting_sizes()
        >>> fitting.first, fitting.period
        ((2,), 2)
        >>> 64 in fitting, 65 in fitting, fitting.up_to(9)
        (True, False, [2, 4, 6, 8])
    """

    __slots__ = __match_args__ = ("first", "period")
    first: tuple[int, ...]
    period: int

    def __init__(self, first: tuple[int, ...], period: int) -> None:
        self._set(first=first, period=period)

    def __contains__(self, size: object) -> bool:
        try:
            number = whole("size", size)
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
        limit = whole("limit", limit)
        if self.period and len(self.first) * limit > ASKED_AT_MOST * self.period:
            raise SizeError.of("fitting-many", {"limit": limit}, most=ASKED_AT_MOST)
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

    def text(self, *, language: str = "en") -> str:
        """The rule in words, in a language."""
        if not self.first:
            return say(language, "fits-none")
        if not self.period:
            together = say(language, "and").join(map(str, self.first))
            return say(language, "fits-only", some=together)
        (first, *others), own = self.first, {"period": self.period}
        if not others and self.period == 1:
            return say(language, "fits-every", first=first)
        if not others and first % self.period == 0:
            return say(language, "fits-multiples", first=first, **own)
        some = ", ".join(str(size) for size in islice(self, max(3, len(self.first))))
        if others:
            return say(language, "fits-some", some=some, **own)
        nth = _ordinal(self.period) if language == "en" else self.period
        return say(language, "fits-nth", nth=nth, first=first, some=some)

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        return f"FittingSizes({self.first}, {self.period})"


def _ordinal(number: int) -> str:
    ends = {1: "st", 2: "nd", 3: "rd"}
    teen = number // 10 % 10 == 1
    return f"{number}{'th' if teen else ends.get(number % 10, 'th')}"


def checked(skips: Skips, layers: int) -> list[tuple[int, int]]:
    """The pairs of places, each counted from the start of the trace."""
    try:
        pairs = [(one, other) for one, other in skips]
    except (TypeError, ValueError):
        raise SizeTypeError.of("skip-pairs", {"skips": skips}) from None
    found = []
    for pair in pairs:
        places = [whole("skip", place) for place in pair]
        if not all(-layers - 1 <= place <= layers for place in places):
            got = {"skip": pair}
            raise SizeError.of("skip-places", got, layers=layers, least=-layers - 1)
        one, other = sorted(place % (layers + 1) for place in places)
        found.append((one, other))
    return found


def fitting_sizes(
    records: Sequence[Record], skips: list[tuple[int, int]]
) -> FittingSizes:
    """Every input whose trace has the same size at both positions of each skip.

    Sizes move in step with the input, so one period decides: where two places move
    equally they meet again and again, and where one moves faster they meet at most
    once for each start.
    """
    smallest = smallest_input(records)
    if smallest is None:
        return FittingSizes((), 0)
    once = _passing(records)
    if once is not None:
        return FittingSizes(tuple(s for s in once if _meets(records, skips, s)), 0)
    if any(type(record) is Rounded for record in records):
        raise SizeError.of("fitting-rounded", {"skips": skips})
    moving = steps(records)
    places = {place for skip in skips for place in skip}
    # Which sizes a PixelUnshuffle takes repeats, too.
    places |= {n for n, one in enumerate(records, 1) if type(one) is Multiples}
    period = lcm(*(moving[place][0] for place in places))
    if period * len(records) > ASKED_AT_MOST:
        most = ASKED_AT_MOST // len(records)
        raise SizeError.of("fitting-period", {"period": period}, most=most)
    moves = {
        skip: [moving[place][1] * (period // moving[place][0]) for place in skip]
        for skip in skips
    }
    starts = range(smallest, smallest + period)
    unequal = next((skip for skip in skips if len(set(moves[skip])) == 2), None)
    if unequal is None:
        return _shortest([s for s in starts if _meets(records, skips, s)], starts)
    slow, fast = moves[unequal]
    found = []
    for start in starts:
        trace = _trace(records, start)
        times, rest = divmod(trace[unequal[0]] - trace[unequal[1]], fast - slow)
        size = start + times * period
        if not rest and times >= 0 and _meets(records, skips, size):
            found.append(size)
    return FittingSizes(tuple(sorted(found)), 0)


def _passing(records: Sequence[Record]) -> range | None:
    """The inputs that may pass a layer that takes one size; None without any."""
    sizes: range | None = None
    for record in reversed(records):
        if sizes and record.up:
            sizes = record.inputs(sizes[0], sizes[-1])
        elif sizes:
            sizes = None
        if type(record) is Only:
            sizes = range(record.least, record.least + 1)
    return sizes


def _trace(records: Sequence[Record], in_size: int) -> list[int]:
    found = [in_size]
    for record in records:
        found.append(record.size(found[-1]))
    return found


def _meets(
    records: Sequence[Record], skips: list[tuple[int, int]], in_size: int
) -> bool:
    trace = _trace(records, in_size)
    # A size is below 1 where a layer refuses the one before.
    return min(trace) > 0 and all(trace[one] == trace[other] for one, other in skips)


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
