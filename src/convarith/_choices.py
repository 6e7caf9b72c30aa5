"""Which values a search may use: one, a range or a list of them, for each axis."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import prod
from typing import Any, NamedTuple, TypeAlias

from convarith._errors import SizeError, SizeTypeError
from convarith._legal_values import at_least, plain
from convarith._record import len_of

# One value, a range or a list of values that may be used, or one of these for each
# axis in a tuple.
Choice: TypeAlias = int | Collection[int]
Choices: TypeAlias = Choice | tuple[Choice, ...] | None

LARGEST_KERNEL = 16
# Each setting takes some microseconds to be ranked.
LOOKED_AT_MOST = 250_000


class Bounds(NamedTuple):
    """The values that may be used; None leaves padding or output_padding to the rule.

    Without bounds of their own, padding is at most dilation * (kernel_size - 1), so
    that it crops no input's centre away, and output_padding is legal.
    """

    kernel_size: Sequence[int]
    stride: Sequence[int]
    padding: Sequence[int] | None
    output_padding: Sequence[int] | None
    dilation: Sequence[int]

    def paddings(self, reach: int) -> Sequence[int]:
        """What padding may be with a kernel whose last element is so far from the first."""
        return range(reach + 1) if self.padding is None else self.padding

    @property
    def windows(self) -> int:
        """How many kernels, strides, dilations and crops there are together."""
        crops = self.output_padding or self.padding or range(1)
        some = (self.kernel_size, self.stride, self.dilation, crops)
        return prod(length(values) for values in some)


def bounds_of(smaller: int, larger: int, own: dict[str, Choice | None]) -> Bounds:
    """What may be used on one axis to come from one size to a larger one."""
    allowed = {name: _allowed(name, choice) for name, choice in own.items()}
    scale = larger if smaller == 1 else -(-larger // smaller)
    largest = max(LARGEST_KERNEL, scale if smaller == 1 else 2 * scale)
    nearby = range(max(1, larger // smaller - 1), -(-larger // smaller) + 2)
    return Bounds(
        kernel_size=allowed["kernel_size"] or range(1, largest + 1),
        stride=allowed["stride"] or (nearby if smaller > 1 else range(1, 2)),
        padding=allowed["padding"],
        output_padding=allowed["output_padding"],
        dilation=allowed["dilation"] or range(1, 2),
    )


def on_axis(axis: int, axes: int, given: dict[str, Choices]) -> dict[str, Any]:
    """What is given for one axis of so many; 0 where sizes are single."""
    own: dict[str, Any] = {}
    for name, choice in given.items():
        own[name] = choice
        if isinstance(choice, tuple):
            if len(choice) != axes or not axes:
                got = {name: choice}
                raise SizeTypeError.of("search-entries", got, name=name, axes=axes or 1)
            own[name] = choice[axis]
    return own


def _allowed(name: str, choice: Choice | None) -> Sequence[int] | None:
    """The values that may be used, each legal by itself."""
    if choice is None:
        return None
    if type(plain(choice)) is int or not isinstance(choice, Collection):
        return (at_least(name, choice),)
    if not length(choice):
        raise SizeError.of("search-nothing", {name: choice}, name=name)
    if isinstance(choice, range):
        ascending = choice if choice.step > 0 else choice[::-1]
        at_least(name, ascending[0])
        return ascending
    return sorted({at_least(name, value) for value in choice})


def in_seconds(settings: int) -> None:
    """More settings than this would take longer than anybody waits."""
    if settings > LOOKED_AT_MOST:
        raise SizeError.of("search-many", {"settings": settings}, most=LOOKED_AT_MOST)


def length(values: Collection[int]) -> int:
    """How many there are, however many."""
    return len_of(values) if isinstance(values, range) else len(values)
