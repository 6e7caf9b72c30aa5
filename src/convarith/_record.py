"""One axis as arithmetic: who reads whom, and how many there are.

    up * i = down * o + r, for r in reads          who reads whom
    last_out = (up * last_in + slack) // down      how many there are (last = size - 1)

Every kind of layer is such a record on each axis, and so are most stacks. A position
counts from 0 at the first element; a negative one lies in the padding. No number here
is anything but a plain int, and nothing is checked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import gcd
from typing import NamedTuple, TypeAlias

from convarith._errors import SizeError

# A set of positions: the first, and an int whose bit n says whether first + n belongs
# to it, so that all are moved at once.
Places: TypeAlias = tuple[int, int]

# Sets that reach further would take seconds to move, and gigabytes to list.
REACH_AT_MOST = 10_000_000


class Record(NamedTuple):
    """Output position o reads the inputs i with up * i = down * o + r."""

    up: int
    down: int
    slack: int
    reads: range
    # The smallest input that is taken, where the padding is filled from it.
    least: int = 1

    def size(self, in_size: int) -> int:
        """The output size; below 1 where there is no output."""
        return (self.up * (in_size - 1) + self.slack) // self.down + 1

    def inputs(self, lowest: int, highest: int) -> range:
        """The inputs whose outputs lie between two sizes, both included."""
        first = -((self.slack - self.down * (lowest - 1)) // self.up) + 1
        last = (self.down * highest - self.slack - 1) // self.up + 1
        first = max(first, self.least)
        return range(first, max(last + 1, first))

    def first(self, out_size: int) -> int | None:
        """The smallest input with at least so many outputs; None where there is none."""
        return self.inputs(out_size, out_size).start

    @property
    def smallest(self) -> int:
        """The smallest input that has an output; nearly always larger ones have, too."""
        return self.first(1) or 1

    def sources_of(self, position: int) -> range:
        """The inputs that one output reads, ascending, as if the axis had no ends."""
        start = self.down * position + self.reads.start
        step, times = self.reads.step, len_of(self.reads)
        shared = gcd(step, self.up)
        if start % shared:
            return range(0)
        # step * t = -start (mod up) has one solution t in every `every`.
        every = self.up // shared
        t = -start // shared * pow(step // shared, -1, every) % every
        hits = -(-(times - t) // every)
        first = (start + step * t) // self.up
        return range(first, first + max(hits, 0) * (step // shared), step // shared)

    def sources(self, outputs: Places) -> Places:
        """The inputs that a set of outputs reads, as if the axis had no ends."""
        first, bits = outputs
        start = self.down * first + self.reads.start
        hits = _moved(_spread(bits, self.down), len_of(self.reads), self.reads.step)
        skipped = -start % self.up
        every = f"{hits >> skipped:b}"[::-1][:: self.up][::-1]
        return (start + skipped) // self.up, int(every, 2)

    def then(self, after: Record) -> Record | None:
        """Both as one record; None where one record cannot say what they do.

        Sizes need one division, not two: the first must not divide (down = 1), or the
        second must not multiply (up = 1). What is read must have no uneven gaps.
        """
        if self.down > 1 and after.up > 1:
            return None
        if type(self) is not Record or type(after) is not Record:
            # Sizes of the kinds in _rare_records need more than one division.
            return None
        reads = _sums(_times(after.reads, self.down), _times(self.reads, after.up))
        if reads is None:
            return None
        return Record(
            up=self.up * after.up,
            down=self.down * after.down,
            slack=after.up * self.slack + self.down * after.slack,
            reads=reads,
        )


def composed(records: Iterable[Record]) -> tuple[Record, ...]:
    """Layers in sequence, in few records: a U-Net of 20 layers is two.

    Sizes below what a layer takes are not refused here, and the ends of the sizes on
    the way are not seen.
    """
    chain: list[Record] = []
    for record in records:
        if chain and (both := chain[-1].then(record)):
            chain[-1] = both
        else:
            chain.append(record)
    return tuple(chain)


def smallest_input(records: Sequence[Record]) -> int | None:
    """No input below this one is taken by every layer; None where none is.

    Each larger one is taken, too, but for the kinds in _rare_records.
    """
    smallest = 1
    for record in reversed(records):
        first = record.first(smallest)
        if first is None:
            return None
        smallest = first
    return smallest


def steps(records: Iterable[Record]) -> list[tuple[int, int]]:
    """For each place of a trace, the step of the input and the step it causes.

    Each pair is the smallest: an input moved by the first moves what stands at that
    place by the second, sizes and positions alike.
    """
    in_step, out_step = 1, 1
    found = [(1, 1)]
    for record in records:
        own = gcd(record.up, record.down)
        needed, caused = record.down // own, record.up // own
        shared = gcd(out_step, needed)
        in_step, out_step = in_step * (needed // shared), out_step // shared * caused
        found.append((in_step, out_step))
    return found


def inside(places: Places, size: int) -> Places:
    """The members that are positions of an axis with so many elements."""
    first, bits = places
    bits, first = bits >> max(-first, 0), max(first, 0)
    beyond = max(first + bits.bit_length() - size, 0)
    return first, bits & ((1 << max(bits.bit_length() - beyond, 0)) - 1)


def members(places: Places) -> tuple[int, ...]:
    """The positions of a set, ascending."""
    first, bits = places
    digits = enumerate(reversed(f"{bits:b}"), first)
    return tuple(position for position, digit in digits if digit == "1")


def len_of(values: range) -> int:
    """How many there are; len() itself does not count beyond a machine word."""
    return max(0, -(-(values.stop - values.start) // values.step))


def _spread(bits: int, times: int) -> int:
    """Every member so many times as far from the first."""
    _is_near(bits.bit_length() * times)
    return int(("0" * (times - 1)).join(f"{bits:b}"), 2)


def _moved(bits: int, times: int, step: int) -> int:
    """The union of the set with itself moved by 0, 1, ... steps, doubled each time."""
    _is_near(bits.bit_length() + times * step)
    done = 1
    while done < times:
        more = min(done, times - done)
        bits |= bits << more * step
        done += more
    return bits


def _is_near(reach: int) -> None:
    if reach > REACH_AT_MOST:
        raise SizeError.of("near", {"elements": reach}, most=REACH_AT_MOST)


def _times(numbers: range, factor: int) -> range:
    return range(numbers.start * factor, numbers.stop * factor, numbers.step * factor)


def _sums(one: range, other: range) -> range | None:
    """All sums of a member of each, where they form a range."""
    # A single number fits anywhere, whatever its step: it comes last.
    fine, coarse = sorted((one, other), key=lambda n: (n[0] == n[-1], n.step))
    gapless = coarse.step <= fine[-1] - fine[0] + fine.step
    if coarse[0] != coarse[-1] and (coarse.step % fine.step or not gapless):
        return None
    return range(fine[0] + coarse[0], fine[-1] + coarse[-1] + 1, fine.step)
