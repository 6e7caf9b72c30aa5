"""From one axis to several: parameters taken apart, answers put together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import inf
from typing import Any, NamedTuple, SupportsIndex, TypeAlias, overload

from convarith._errors import Refusal, SizeError, SizeTypeError, call_text
from convarith._legal_values import Padding, at_least, plain, whole
from convarith._record import Record
from convarith._say import Sentence
from convarith._value import Value

# What may be given; it is kept as ints and tuples of ints.
Given: TypeAlias = SupportsIndex | Sequence[SupportsIndex]
GivenPadding: TypeAlias = (
    SupportsIndex | Sequence[SupportsIndex | tuple[SupportsIndex, SupportsIndex]]
)
PerAxis: TypeAlias = int | tuple[int, ...]
PaddingPerAxis: TypeAlias = int | tuple[Padding, ...]


class OneAxis(NamedTuple):
    """A layer on one axis: its parameters, its record, and why a size has no output."""

    parameters: dict[str, Any]
    record: Record
    refusal: Callable[..., SizeError]
    # Which formula explains its sizes.
    kind: str = "window"
    # Which sentence says why what is read is not known for all sizes; empty where it is.
    unread: str = ""
    # What is read at a size, where that decides: the same with a record for it.
    at: Callable[[int], OneAxis] | None = None

    @property
    def layers(self) -> tuple[OneAxis, ...]:
        return (self,)

    @property
    def records(self) -> tuple[Record, ...]:
        return (self.record,)

    def out_size(self, in_size: Any) -> int:
        if type(in_size) is not int:
            in_size = whole("in_size", in_size)
        size = self.record.size(in_size)
        if size >= 1 and in_size >= self.record.least:
            return size
        at_least("in_size", in_size, nearest=self.record.smallest)
        raise self.refusal(in_size, self.record, **self.parameters)

    def in_sizes(self, out_size: Any) -> range:
        out_size = at_least("out_size", out_size)
        return self.record.inputs(out_size, out_size)

    def reading(self, in_size: int) -> OneAxis:
        """The same with a record that says what is read at this size."""
        if self.at:
            return self.at(in_size)
        self.is_read()
        return self

    def is_read(self) -> None:
        if self.unread:
            got = self.parameters or {"receptive_field": inf}
            raise SizeError.of(self.unread, got)

    def trace(self, in_size: Any) -> list[int]:
        return [whole("in_size", in_size), self.out_size(in_size)]


class OnAxes(Value):
    """A layer or a stack: what it is on each axis, or once where it serves any."""

    __slots__ = ("_axes", "_on_axis")
    # How many axes the tuples are given for; 0 where every parameter is an int.
    _axes: int
    _on_axis: tuple[Any, ...]

    @property
    def axes(self) -> int:
        """How many axes the tuples are given for; 0 where any number is served."""
        return self._axes

    @property
    def alike(self) -> bool:
        """Whether one size can stand for every axis, for the parameters are equal."""
        return all(axis == self._on_axis[0] for axis in self._on_axis[1:])

    @overload
    def out_size(self, in_size: SupportsIndex) -> int: ...
    @overload
    def out_size(self, in_size: Sequence[SupportsIndex]) -> tuple[int, ...]: ...
    def out_size(self, in_size: Given) -> PerAxis:
        """Return the output size; one size gives one, a tuple gives a tuple.

        Args:
            in_size: Input elements, on one axis or on each: `x.shape[2:]`, without
                batch and channels.

        Returns:
            Output elements: an int for one axis, a tuple for each.

        Raises:
            SizeError: A size is below 1, or a layer has no output for it.
            TypeError: A size is not a whole number, or their number is not that
                of the axes that the parameters are given for.

        Examples:
            >>> from convarith import Conv, ConvTranspose, Pool, Stack
            >>> Conv(4, stride=2, padding=1).out_size(28)
            14
            >>> ConvTranspose(4, stride=(1, 2), padding=1).out_size((14, 14))
            (15, 28)
            >>> Stack([Conv(3), Conv(3), Pool(2)]).out_size((572, 572))
            (284, 284)

        Sources:
            [conv_size][convarith.conv_size] and
            [conv_transpose_size][convarith.conv_transpose_size] on each axis.
        """
        return lift(self, "out_size", _out_size, in_size)  # type: ignore[no-any-return]

    @overload
    def in_sizes(self, out_size: SupportsIndex) -> range: ...
    @overload
    def in_sizes(self, out_size: Sequence[SupportsIndex]) -> tuple[range, ...]: ...
    def in_sizes(self, out_size: Given) -> range | tuple[range, ...]:
        """Return every input size that comes out as `out_size`.

        Args:
            out_size: Output elements, on one axis or on each.

        Returns:
            A range for each axis, empty where no input has that output. No layer
            gives a larger input a smaller output, so there are no gaps, but those of
            a `PixelUnshuffle`. Where every size has that output, the range ends where
            PyTorch's sizes end.

        Raises:
            SizeError: A size is below 1, or the gaps of a `PixelUnshuffle` come
                behind other layers, so that no range says the sizes.
            TypeError: A size is not a whole number, or their number is not that
                of the axes that the parameters are given for.

        Examples:
            >>> from convarith import AdaptivePool, Conv, ConvTranspose, Stack
            >>> Conv(3, stride=2).in_sizes(4)
            range(9, 11)
            >>> up = ConvTranspose(3, stride=2)
            >>> list(up.in_sizes(11)), list(up.in_sizes(10))
            ([5], [])
            >>> Stack([Conv(10, stride=5), Conv(3, stride=2)]).in_sizes(4)
            range(50, 60)
            >>> AdaptivePool(7).in_sizes(7)
            range(1, 9223372036854775808)

        Sources:
            [conv_input_sizes][convarith.conv_input_sizes] on each axis, and
            [conv_transpose_size][convarith.conv_transpose_size] solved for the
            input.
        """
        return lift(self, "in_sizes", _in_sizes, out_size)  # type: ignore[no-any-return]


def _out_size(on_axis: Any, in_size: Any) -> int:
    return on_axis.out_size(in_size)  # type: ignore[no-any-return]


def _in_sizes(on_axis: Any, out_size: Any) -> range:
    return on_axis.in_sizes(out_size)  # type: ignore[no-any-return]


def lift(asked: OnAxes, verb: str, ask: Callable[..., Any], *given: Any) -> Any:
    """Ask each axis: single values give one answer, tuples of them a tuple."""
    axis = None
    try:
        single = not isinstance(given[0], (tuple, list))
        if single and (not asked._axes or asked.alike):
            return ask(asked._on_axis[0], *given)
        columns = [one_for_each_axis(one, asked._axes) for one in given]
        answers = []
        for axis, values in enumerate(zip(*columns, strict=True)):
            answers.append(ask(asked._on_axis[axis if asked._axes else 0], *values))
        return tuple(answers)
    except Refusal as refusal:
        call = call_text(verb, tuple(map(plain, given)), {})
        # A stack has said already which of its layers refuses.
        received = None if refusal.received else f"{asked!r}.{call}"
        raise refusal.told(received=received, axis=axis) from None


def one_for_each_axis(size: Any, axes: int) -> Sequence[Any]:
    """The sizes axis by axis; there must be as many as the parameters are given for."""
    if (
        not isinstance(size, (tuple, list))
        or len(size) != (axes or len(size))
        or not size
    ):
        wanted = Sentence("sizes:number" if axes else "sizes:some", {"axes": axes})
        because = Sentence("sizes:by-axis" if axes else "sizes:none", {})
        raise SizeTypeError.of(
            "sizes", {"size": plain(size)}, because=because, wanted=wanted
        )
    if type(size).__module__ == "torch" and len(size) > 3:
        raise SizeTypeError.of("spatial", {"size": size}, count=len(size))
    return size


def take_apart(
    make: Callable[..., OneAxis], parameters: dict[str, Any]
) -> tuple[int, tuple[OneAxis, ...]]:
    """How many axes the tuples are given for (0: any), and the layer on each."""
    tuples = {n: value for n, value in parameters.items() if isinstance(value, tuple)}
    if not tuples:
        return 0, (make(**parameters),)
    made = []
    for axis in range(_length(tuples)):
        own = {name: values[axis] for name, values in tuples.items()}
        try:
            made.append(make(**{**parameters, **own}))
        except Refusal as refusal:
            raise refusal.told(axis=axis) from None
    return len(made), tuple(made)


def _length(tuples: dict[str, tuple[Any, ...]]) -> int:
    lengths = {len(value) for value in tuples.values()}
    if len(lengths) == 1 and 0 not in lengths:
        return lengths.pop()
    counts = [
        Sentence("tuples:has", {"name": name, "count": len(value)})
        for name, value in tuples.items()
    ]
    because = Sentence("tuples:have", {"counts": counts})
    raise SizeTypeError.of("tuples", tuples, because=because)


def as_given(name: str, value: Any) -> Any:
    """A parameter as ints and tuples of ints; an array of them is none."""
    if type(value) is int:
        return value
    kept = plain(value)
    if hasattr(kept, "__len__") and not isinstance(kept, (tuple, str)):
        kind = type(value).__name__
        raise SizeTypeError.of("int-or-tuple", {name: value}, name=name, kind=kind)
    return kept
