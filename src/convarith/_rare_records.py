"""Records whose sizes one division cannot say: fixed, rounded, or not for every input.

A size is below 1 where there is no output, as of any record.
"""

from __future__ import annotations

from convarith._record import Record

# Every size that an axis of a tensor can have is below: torch counts in 64 bits.
ENDLESS = 2**63
# A double keeps so many digits of a product.
DIGITS = 53


class Fixed(Record):
    """One size, whatever comes in: up is 0, and slack is the last output."""

    __slots__ = ()

    def first(self, out_size: int) -> int | None:
        return self.least if out_size <= self.slack + 1 else None

    def inputs(self, lowest: int, highest: int) -> range:
        taken = lowest <= self.slack + 1 <= highest
        return range(self.least, ENDLESS if taken else self.least)


class Rounded(Record):
    """The size times up / down, where the product is kept as a double keeps it."""

    __slots__ = ()

    def size(self, in_size: int) -> int:
        return as_double(self.up * in_size) // self.down

    def first(self, out_size: int) -> int:
        # A product moves by less than 1 part in 2 ** DIGITS; below lies low, above high.
        exact = -(-out_size * self.down // self.up)
        low = max(exact - (exact >> DIGITS - 2) - 2, 0)
        high = exact + (exact >> DIGITS - 2) + 2
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (
                (low, middle) if self.size(middle) >= out_size else (middle, high)
            )
        return max(high, self.least)

    def inputs(self, lowest: int, highest: int) -> range:
        first = self.first(lowest)
        return range(first, max(self.first(highest + 1), first))


class Multiples(Record):
    """Only multiples of down are taken."""

    __slots__ = ()

    def size(self, in_size: int) -> int:
        return 0 if in_size % self.down else in_size // self.down

    def inputs(self, lowest: int, highest: int) -> range:
        lowest, past = max(lowest, 1) * self.down, highest * self.down + 1
        return range(lowest, max(past, lowest), self.down)


class Only(Record):
    """Only one input size is taken: the least."""

    __slots__ = ()

    def size(self, in_size: int) -> int:
        return super().size(in_size) if in_size == self.least else 0

    def first(self, out_size: int) -> int | None:
        return self.least if out_size <= self.size(self.least) else None

    def inputs(self, lowest: int, highest: int) -> range:
        taken = lowest <= self.size(self.least) <= highest
        return range(self.least, self.least + taken)


def as_double(number: int) -> int:
    """A whole number to as many digits as a double has, half to even."""
    dropped = number.bit_length() - DIGITS
    if dropped <= 0:
        return number
    kept, rest = number >> dropped, number & ((1 << dropped) - 1)
    half = 1 << (dropped - 1)
    kept += rest > half or (rest == half and kept & 1)
    return kept << dropped
