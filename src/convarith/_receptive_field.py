"""Which inputs an output reads, through any sequence of layers."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, SupportsIndex, overload

from convarith._axes import Given, OnAxes, OneAxis, lift
from convarith._errors import SizeError, SizeTypeError
from convarith._legal_values import at_least, padding_is_empty, whole
from convarith._record import Places, inside, members, steps
from convarith._value import Value

# One field for each output until they repeat; more would take minutes.
PHASES_AT_MOST = 100_000


class ReceptiveField(Value):
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
        >>> from convarith import ConvTranspose
        >>> field = ConvTranspose(3, stride=2).receptive_field()
        >>> field.phases, field.period, field.step
        (((-1, 0), (0,)), 2, 1)
        >>> field.sizes, field.size, field.stride, field.starts
        ((2, 1), 2, Fraction(1, 2), (-1, 0))
        >>> field.at(5)
        (2,)

    Sources:
        Dumoulin and Visin, arXiv 1603.07285, sections 2 and 4.
    """

    __slots__ = __match_args__ = ("phases", "period", "step")
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
        """For each phase, how many elements lie from its first input to its last."""
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


class ReadsInputs(OnAxes):
    """A layer or a stack, whose outputs read inputs."""

    __slots__ = ()

    def receptive_field(self) -> Any:
        """Return which inputs an output reads, far from both ends.

        Through a transposed layer this differs from output to output and repeats
        after some: see [ReceptiveField][convarith.ReceptiveField].

        Returns:
            The field; one for each axis where the parameters are given axis by axis
            and differ.

        Raises:
            SizeError: A layer interpolates, or reads other inputs at another size, or
                the fields repeat only after more outputs than are looked at.

        Examples:
            >>> from convarith import Conv, ConvTranspose, Stack
            >>> Conv(3, dilation=2).receptive_field().size
            5
            >>> Stack([Conv(10, stride=5), Conv(3, stride=2)]).receptive_field().size
            20
            >>> Stack([Conv(3), ConvTranspose(3, stride=2)]).receptive_field().sizes
            (4, 3)

        Sources:
            Dumoulin and Visin, arXiv 1603.07285, sections 2 and 4, position by
            position.
        """
        if self.alike:
            return _field(self._on_axis[0])
        return tuple(map(_field, self._on_axis))

    @overload
    def inputs_of(
        self, position: SupportsIndex, in_size: SupportsIndex
    ) -> tuple[int, ...]: ...
    @overload
    def inputs_of(
        self, position: Sequence[SupportsIndex], in_size: Sequence[SupportsIndex]
    ) -> tuple[tuple[int, ...], ...]: ...
    def inputs_of(self, position: Given, in_size: Given) -> tuple[Any, ...]:
        """Return the inputs that one output reads, the ends included.

        Args:
            position: The output's place, the first being zero, on one axis or on each.
            in_size: Input elements, on one axis or on each.

        Returns:
            The input positions, ascending; a tuple of them for each axis where
            `position` is a tuple. Empty where the output holds only the bias.

        Raises:
            SizeError: A layer refuses its input or interpolates, or there is no
                such position.
            TypeError: A value is not a whole number, or they differ in length.

        Examples:
            >>> from convarith import ConvTranspose
            >>> up = ConvTranspose(3, stride=2)
            >>> [up.inputs_of(position, 4) for position in range(4)]
            [(0,), (0,), (0, 1), (1,)]

        Sources:
            As [receptive_field][convarith.Layer.receptive_field], without what
            lies in the padding.
        """
        return lift(self, "inputs_of", _inputs_of, position, in_size)  # type: ignore[no-any-return]

    def needed(
        self, outputs: slice | tuple[slice, ...], in_size: Given
    ) -> slice | tuple[slice, ...]:
        """Return the smallest slice of the input that a slice of the output reads.

        Feed it alone to compute a tile of a large output; what lies between its ends
        and is read by none of the outputs is in it, too.

        Args:
            outputs: Output positions as Python slices them, without a step, on one
                axis or on each.
            in_size: Input elements, on one axis or on each.

        Returns:
            The slice of the input, or one for each axis; empty where the outputs hold
            only the bias.

        Raises:
            SizeError: A layer refuses its input or interpolates, or the slice holds
                no output.
            TypeError: `outputs` is not a slice without step, a size is not a whole
                number, or they differ in length.

        Examples:
            >>> from convarith import Conv, ConvTranspose, Stack
            >>> Stack([Conv(3, padding=1), ConvTranspose(4, stride=2, padding=1)]).needed(slice(8, 12), 16)
            slice(2, 8, None)

        Sources:
            As [inputs_of][convarith.Layer.inputs_of], for several outputs at once.
        """
        return lift(self, "needed", _needed, outputs, in_size)  # type: ignore[no-any-return]


def _field(on_axis: Any) -> ReceptiveField:
    """The field of each output position until they repeat."""
    for layer in on_axis.layers:
        layer.is_read()
    records = on_axis.records
    step, period = steps(records)[-1]
    if period > PHASES_AT_MOST:
        raise SizeError.of("phases", {"period": period}, most=PHASES_AT_MOST)
    phases = []
    for position in range(period):
        places: Places = (position, 1)
        for record in reversed(records):
            places = record.sources(places)
        phases.append(members(places))
    return ReceptiveField(tuple(phases), period, step)


def _inputs_of(on_axis: Any, position: Any, in_size: Any) -> tuple[int, ...]:
    sizes = on_axis.trace(in_size)
    position, size = at_least("position", position), sizes[-1]
    if position >= size:
        got = {"position": position, "out_size": size}
        raise SizeError.of("position", got, most=size - 1)
    return members(_read(on_axis.layers, (position, 1), sizes))


def _needed(on_axis: Any, outputs: Any, in_size: Any) -> slice:
    if not isinstance(outputs, slice) or outputs.step not in (None, 1):
        raise SizeTypeError.of("slice-of-outputs", {"outputs": outputs})
    sizes = on_axis.trace(in_size)
    start, stop, _ = outputs.indices(sizes[-1])
    if start >= stop:
        got = {"outputs": outputs, "out_size": sizes[-1]}
        raise SizeError.of("no-outputs", got, most=sizes[-1])
    places = start, (1 << (stop - start)) - 1
    first, bits = _read(on_axis.layers, places, sizes)
    lowest = (bits & -bits).bit_length() - 1
    return slice(first + lowest, first + bits.bit_length()) if bits else slice(0, 0)


def _read(layers: tuple[OneAxis, ...], places: Places, sizes: list[int]) -> Places:
    """The inputs of outputs; on the way, whatever lies in padding is zero."""
    for layer, size in zip(reversed(layers), reversed(sizes[:-1]), strict=True):
        read = layer.reading(size).record.sources(places)
        places = inside(read, size)
        if places[1].bit_count() < read[1].bit_count() and layer.at is None:
            padding_is_empty(layer.parameters)
    return places
