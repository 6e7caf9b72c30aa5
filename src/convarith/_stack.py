"""Layers in sequence: the sizes on the way, and back again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, overload

from convarith import _broken_skip as repair
from convarith import _fitting_sizes as fitting
from convarith import _receptive_field as receptive_field
from convarith import _torch_modules as modules
from convarith._axes import Layer, PerAxis, one_for_each_axis, sizes_given
from convarith._chain import Chain
from convarith._errors import Refusal, SizeTypeError, call_text
from convarith._rules import at_least
from convarith._value import Frozen

if TYPE_CHECKING:
    from typing import SupportsIndex

    from torch import nn

    from convarith._axes import Given
    from convarith._broken_skip import BrokenSkip
    from convarith._fitting_sizes import FittingSizes
    from convarith._receptive_field import ReceptiveField


class Stack(Frozen, Sequence[Layer]):
    r"""Layers that are applied one after the other.

    Args:
        layers: Layers, stacks or torch modules; a `Sequential` is taken apart.

    Raises:
        TypeError: A member is not a layer, or two layers speak of different
            numbers of axes.

    Examples:
        >>> from convarith import Conv, ConvTranspose, Stack
        >>> there_and_back = Stack([Conv(3, stride=2), ConvTranspose(3, stride=2)])
        >>> there_and_back.trace(12)
        (12, 5, 11)
        >>> print(there_and_back.round_trip_sizes())
        every 2nd size from 3: 3, 5, 7, ...

    Sources:
        [conv_size][convarith.conv_size] and
        [conv_transpose_size][convarith.conv_transpose_size], layer by layer.
    """

    __slots__ = ("_axes", "_layers")
    _layers: tuple[Layer, ...]
    _axes: int

    def __init__(self, layers: Iterable[Layer | Stack | nn.Module] | nn.Module) -> None:
        self._set(_layers=tuple(_flat(layers)))
        counts = {layer.axes for layer in self._layers if layer.axes}
        if len(counts) > 1:
            raise SizeTypeError(
                "all layers of a stack must speak of the same axes",
                {"layers": self._layers},
                because="some are given for "
                + " and some for ".join(f"{count} axes" for count in sorted(counts)),
                valid="an int for every axis alike, or tuples of one length",
            )
        self._set(_axes=max(counts, default=0))

    @property
    def axes(self) -> int:
        """How many axes the layers' tuples speak of; zero where any is served."""
        return self._axes

    @property
    def alike(self) -> bool:
        """Whether one size can stand for every axis."""
        return all(layer.alike for layer in self._layers)

    @overload
    def trace(self, in_size: SupportsIndex) -> tuple[int, ...]: ...
    @overload
    def trace(
        self, in_size: Sequence[SupportsIndex]
    ) -> tuple[tuple[int, ...], ...]: ...
    def trace(self, in_size: Given) -> tuple[PerAxis, ...]:
        """Return the size before the first layer and after each.

        Args:
            in_size: Input elements, on one axis or on each.

        Returns:
            One size more than there are layers, each of the same kind as `in_size`.

        Raises:
            SizeError: A layer refuses its input; the message names the layer.
            TypeError: A size is not a whole number, or their number is not that
                of the layers' axes.

        Examples:
            >>> from convarith import ConvTranspose, Stack
            >>> up = ConvTranspose(4, stride=2, padding=1)
            >>> Stack([ConvTranspose(4), up, up, up, up]).trace(1)
            (1, 4, 8, 16, 32, 64)

        Sources:
            [Layer.out_size][convarith.Layer.out_size], layer by layer.
        """
        in_size = sizes_given(in_size)
        if isinstance(in_size, tuple) or not self.alike:
            one_for_each_axis(in_size, self._axes)
        if not self._layers:
            sizes = in_size if isinstance(in_size, tuple) else (in_size,)
            for size in sizes:
                at_least("in_size", size)
        trace = [in_size]
        for number, layer in enumerate(self._layers):
            try:
                trace.append(layer.out_size(trace[-1]))
            except Refusal as refusal:
                where = f"{refusal.received}, layer {number} of the stack"
                raise refusal.told(received=where) from None
        return tuple(trace)

    @overload
    def out_size(self, in_size: SupportsIndex) -> int: ...
    @overload
    def out_size(self, in_size: Sequence[SupportsIndex]) -> tuple[int, ...]: ...
    def out_size(self, in_size: Given) -> PerAxis:
        """Return the size that comes out of the last layer.

        Args:
            in_size: Input elements, on one axis or on each.

        Returns:
            Output elements, of the same kind as `in_size`.

        Raises:
            SizeError: A layer refuses its input; the message names the layer.
            TypeError: A size is not a whole number, or their number is not that
                of the layers' axes.

        Examples:
            >>> from convarith import Conv, Pool, Stack
            >>> Stack([Conv(3), Conv(3), Pool(2)]).out_size((572, 572))
            (284, 284)

        Sources:
            [Stack.trace][convarith.Stack.trace], its last size.
        """
        return self.trace(in_size)[-1]

    @overload
    def in_sizes(self, out_size: SupportsIndex) -> range: ...
    @overload
    def in_sizes(self, out_size: Sequence[SupportsIndex]) -> tuple[range, ...]: ...
    def in_sizes(self, out_size: Given) -> range | tuple[range, ...]:
        """Return every input size that the stack turns into `out_size`.

        Args:
            out_size: Output elements, on one axis or on each.

        Returns:
            A range for each axis, empty where no input has that output. Every layer
            gives a larger input no smaller an output, so there are no gaps.

        Raises:
            SizeError: A size is below 1.
            TypeError: A size is not a whole number, or their number is not that
                of the layers' axes.

        Examples:
            >>> from convarith import Conv, Stack
            >>> Stack([Conv(10, stride=5), Conv(3, stride=2)]).in_sizes(4)
            range(50, 60)

        Sources:
            [conv_input_sizes][convarith.conv_input_sizes], layer by layer from the
            end.
        """
        out_size = sizes_given(out_size)
        if not isinstance(out_size, tuple) and self.alike:
            return self._in_sizes_on(0, at_least("out_size", out_size))
        wanted = one_for_each_axis(out_size, self._axes)
        return tuple(
            self._in_sizes_on(axis, at_least("out_size", size))
            for axis, size in enumerate(wanted)
        )

    def _in_sizes_on(self, axis: int, out_size: int) -> range:
        sizes = range(out_size, out_size + 1)
        for layer in reversed(self._layers):
            inputs_between = type(layer).inputs_on_axis
            sizes = inputs_between(sizes[0], sizes[-1], **layer.on_axis(axis))
            if not sizes:
                return range(0)
        return sizes

    def round_trip_sizes(
        self, skips: Iterable[tuple[int, int]] = ((0, -1),)
    ) -> FittingSizes | tuple[FittingSizes, ...]:
        """Return every input size at which sizes that must meet do meet.

        Args:
            skips: Pairs of places in the trace that must have the same size, as the
                trace is indexed: the first place is the input, the last the output.
                By default the output must be as large as the input.

        Returns:
            All sizes that fit, as a rule where there is one; one for each axis
            where the layers' parameters differ between axes.

        Raises:
            SizeError: A place is not in the trace, or the sizes repeat only after
                more steps than are tried.
            TypeError: A place is not a whole number.

        Examples:
            >>> from convarith import ConvTranspose, Pool, Stack
            >>> down, up = Pool(2), ConvTranspose(2, stride=2)
            >>> unet = Stack([down, down, up, up])
            >>> fitting = unet.round_trip_sizes(skips=[(0, 4), (1, 3)])
            >>> print(fitting)
            multiples of 4, from 4
            >>> 570 in fitting, fitting.at_least(570)
            (False, 572)

        Sources:
            An input moved by the product of the strides moves every size in the
            trace by a fixed step, so that one period decides for all.
        """
        pairs = fitting.checked(skips, len(self._layers))
        found = tuple(
            fitting.fitting_sizes(self._chain(axis), pairs)
            for axis in range(1 if self.alike else self._axes)
        )
        return found[0] if self.alike else found

    def broken_skip(
        self, in_size: Given, skips: Iterable[tuple[int, int]] = ((0, -1),)
    ) -> BrokenSkip | None:
        """Return the first pair of places whose sizes differ, and what mends it.

        Args:
            in_size: Input elements, on one axis or on each.
            skips: Pairs of places in the trace that must have the same size, as in
                [round_trip_sizes][convarith.Stack.round_trip_sizes].

        Returns:
            The pair that the data reaches first, or None where all pairs meet.

        Raises:
            SizeError: A layer refuses its input, or a place is not in the trace.
            TypeError: A size or a place is not a whole number.

        Examples:
            >>> from convarith import ConvTranspose, Pool, Stack
            >>> unet = Stack([Pool(2), Pool(2), ConvTranspose(2, stride=2), ConvTranspose(2, stride=2)])
            >>> broken = unet.broken_skip(222, skips=[(0, 4), (1, 3)])
            >>> print(broken)
            layer 2 gives 110 where the skip from place 1 has 111.
            Mend: output_padding=1 on layer 2, or output_size=111 in its call.
            >>> broken.mended.trace(222)
            (222, 111, 55, 111, 222)

        Sources:
            [output_padding_for][convarith.output_padding_for].
        """
        pairs = fitting.checked(skips, len(self._layers))
        return repair.broken_skip(self, in_size, pairs)

    def receptive_field(self) -> ReceptiveField | tuple[ReceptiveField, ...]:
        """Return which inputs an output reads, far from both ends.

        Through a transposed layer this differs from output to output and repeats
        after some: see [ReceptiveField][convarith.ReceptiveField].

        Returns:
            The field; one for each axis where the layers' parameters are given
            axis by axis.

        Raises:
            SizeError: A layer interpolates, or the fields repeat only after more
                outputs than are looked at.

        Examples:
            >>> from convarith import Conv, ConvTranspose, Stack
            >>> Stack([Conv(10, stride=5), Conv(3, stride=2)]).receptive_field().size
            20
            >>> Stack([Conv(3), ConvTranspose(3, stride=2)]).receptive_field().sizes
            (4, 3)

        Sources:
            Dumoulin and Visin, arXiv 1603.07285, sections 2 and 4, position by
            position.
        """
        found = tuple(
            receptive_field.receptive_field(self._chain(axis))
            for axis in range(1 if self.alike else self._axes)
        )
        return found[0] if self.alike else found

    def inputs_of(self, position: Given, in_size: Given) -> tuple[Any, ...]:
        """Return the inputs that one output reads, the ends included.

        Args:
            position: The output's place, the first being zero, on one axis or on each.
            in_size: Input elements, on one axis or on each.

        Returns:
            The input positions, ascending; a tuple of them for each axis where
            `position` is a tuple. Empty where the output holds the bias alone.

        Raises:
            SizeError: A layer refuses its input or interpolates, or there is no
                such position.
            TypeError: A value is not a whole number, or they differ in length.

        Examples:
            >>> from convarith import ConvTranspose, Stack
            >>> up = Stack([ConvTranspose(3, stride=2)])
            >>> [up.inputs_of(position, 4) for position in range(4)]
            [(0,), (0,), (0, 1), (1,)]

        Sources:
            As [receptive_field][convarith.Stack.receptive_field], without what
            lies in the padding.
        """
        position, in_size = sizes_given(position), sizes_given(in_size)
        if not isinstance(position, tuple) and not isinstance(in_size, tuple):
            sizes = self.trace(in_size)
            return receptive_field.inputs_of(self._chain(0), position, sizes)
        places = one_for_each_axis(position, self._axes)
        trace = self.trace(one_for_each_axis(in_size, len(places)))
        return tuple(
            receptive_field.inputs_of(
                self._chain(axis), place, tuple(size[axis] for size in trace)
            )
            for axis, place in enumerate(places)
        )

    def _chain(self, axis: int) -> Chain:
        return [(type(layer), layer.on_axis(axis)) for layer in self._layers]

    @overload
    def __getitem__(self, index: int) -> Layer: ...
    @overload
    def __getitem__(self, index: slice) -> Stack: ...
    def __getitem__(self, index: int | slice) -> Layer | Stack:
        if isinstance(index, slice):
            return Stack(self._layers[index])
        return self._layers[index]

    def __len__(self) -> int:
        return len(self._layers)

    def __iter__(self) -> Iterator[Layer]:
        return iter(self._layers)

    def __repr__(self) -> str:
        return call_text("Stack", (list(self._layers),), {})

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Stack):
            return NotImplemented
        return self._layers == other._layers

    def __hash__(self) -> int:
        return hash(self._layers)


def _flat(layers: Any) -> Iterator[Layer]:
    """Every layer, in the order of the data."""
    if isinstance(layers, Layer):
        yield layers
    elif isinstance(layers, (Stack, list, tuple)):
        for member in layers:
            yield from _flat(member)
    elif hasattr(layers, "named_modules"):
        yield from modules.layers_of(layers)
    else:
        raise SizeTypeError(
            "a stack consists of layers and torch modules",
            {"layers": layers},
            because=f"one is of type {type(layers).__name__}",
            valid="a list of Conv, ConvTranspose, Pool, Resize, Stack or torch.nn.Module",
        )
