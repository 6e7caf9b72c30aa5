"""Which inputs an output reads, through any sequence of layers on one axis."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from convarith import _chain as chains
from convarith._chain import Chain
from convarith._errors import SizeError, shown
from convarith._rules import at_least, whole
from convarith._value import Frozen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from convarith._positions import Places

# One field for each output until they repeat; more would take minutes.
PHASES_AT_MOST = 100_000


class ReceptiveField(Frozen):
    r"""Which inputs each output reads, far from both ends of an axis.

    One output further does not always mean the same inputs further: after a
    transposed convolution the field differs from phase to phase, and comes back
    after `period` outputs, moved on by `step` inputs.

    Attributes:
        phases: For each of the first `period` output positions, the input positions
            it reads, ascending. Those before the first element are negative.
        period: After how many outputs the fields repeat.
        step: How many inputs further they then are.

    Examples:
        >>> from convarith import ConvTranspose, Stack
        >>> field = Stack([ConvTranspose(3, stride=2)]).receptive_field()
        >>> field.phases, field.period, field.step
        (((-1, 0), (0,)), 2, 1)
        >>> field.sizes, field.size, field.stride, field.starts
        ((2, 1), 2, Fraction(1, 2), (-1, 0))
        >>> field.at(5)
        (2,)

    Sources:
        Dumoulin and Visin, arXiv 1603.07285, sections 2 and 4.
    """

    __slots__ = ("period", "phases", "step")
    phases: tuple[tuple[int, ...], ...]
    period: int
    step: int

    def __init__(
        self, phases: tuple[tuple[int, ...], ...], period: int, step: int
    ) -> None:
        self._set(phases=phases, period=period, step=step)

    @property
    def stride(self) -> Fraction:
        """Inputs from one output to the next, on average."""
        return Fraction(self.step, self.period)

    @property
    def sizes(self) -> tuple[int, ...]:
        """For each phase, how far its inputs reach, from the first to the last."""
        return tuple(p[-1] - p[0] + 1 if p else 0 for p in self.phases)

    @property
    def size(self) -> int:
        """The largest of the sizes."""
        return max(self.sizes)

    @property
    def starts(self) -> tuple[int | None, ...]:
        """For each phase, the first input; None where an output reads nothing."""
        return tuple(p[0] if p else None for p in self.phases)

    def at(self, position: int) -> tuple[int, ...]:
        """The input positions of any output position."""
        times, phase = divmod(whole("position", position), self.period)
        return tuple(first + times * self.step for first in self.phases[phase])

    def __repr__(self) -> str:
        return (
            f"ReceptiveField(phases={self.phases}, period={self.period}, "
            f"step={self.step})"
        )

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ReceptiveField):
            return NotImplemented
        return (self.phases, self.step) == (other.phases, other.step)

    def __hash__(self) -> int:
        return hash((self.phases, self.step))


def receptive_field(chain: Chain) -> ReceptiveField:
    """The field of each output position until they repeat."""
    step, period = chains.steps(chain)[-1]
    if period > PHASES_AT_MOST:
        raise SizeError(
            f"a receptive field has at most {PHASES_AT_MOST} phases here",
            {"period": period},
            because=f"the strides multiply up to {shown(period)}",
            valid="inputs_of for the positions in question",
        )
    phases = tuple(_members(_sources(chain, position)) for position in range(period))
    return ReceptiveField(phases, period, step)


def _sources(chain: Chain, position: int) -> Places:
    places = position, 1
    for kind, own in reversed(chain):
        places = kind.sources_on_axis(places, **own)
    return places


def _members(places: Places) -> tuple[int, ...]:
    first, bits = places
    digits = enumerate(reversed(f"{bits:b}"), first)
    return tuple(position for position, digit in digits if digit == "1")


def inputs_of(chain: Chain, position: int, sizes: Sequence[int]) -> tuple[int, ...]:
    """The inputs of one output; on the way, whatever lies in padding is zero."""
    position = at_least("position", position)
    if position >= sizes[-1]:
        raise SizeError(
            "the position must lie in the output",
            {"position": position, "out_size": sizes[-1]},
            because="positions count from 0",
            valid=f"position from 0 to {sizes[-1] - 1}",
        )
    places = position, 1
    for (kind, own), size in zip(reversed(chain), reversed(sizes[:-1]), strict=True):
        read = kind.sources_on_axis(places, **own)
        places = _inside(read, size)
        if places[1].bit_count() < read[1].bit_count():
            _padding_is_empty(**own)
    return _members(places)


def _padding_is_empty(*, padding_mode: str = "zeros", **_: object) -> None:
    if padding_mode != "zeros":
        raise SizeError(
            'what an output reads at the ends is known for padding_mode="zeros"',
            {"padding_mode": padding_mode},
            because="other padding repeats inputs from elsewhere",
            valid="a position farther from the ends",
        )


def _inside(places: Places, size: int) -> Places:
    first, bits = places
    bits, first = bits >> max(-first, 0), max(first, 0)
    beyond = max(first + bits.bit_length() - size, 0)
    return first, bits & ((1 << max(bits.bit_length() - beyond, 0)) - 1)
