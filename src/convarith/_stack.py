"""Layers in sequence: the sizes on the way, and back again."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, SupportsIndex, overload

from convarith import _broken_skip, _fitting_sizes
from convarith._axes import Given, OneAxis, PerAxis, lift
from convarith._broken_skip import BrokenSkip
from convarith._errors import Refusal, SizeError, SizeTypeError, call_text
from convarith._fitting_sizes import FittingSizes, Skips
from convarith._layers import Layer
from convarith._legal_values import at_least
from convarith._rare_records import ENDLESS, Only
from convarith._receptive_field import ReadsInputs
from convarith._record import Record, composed, len_of, smallest_input
from convarith._say import Sentence
from convarith._torch_modules import layers_of

if TYPE_CHECKING:
    from torch import nn


class Chain(NamedTuple):
    """A stack on one axis: its layers, the same in few records, the smallest input."""

    given: tuple[Layer, ...]
    layers: tuple[OneAxis, ...]
    records: tuple[Record, ...]
    # None where no input passes all layers.
    smallest: int | None
    # Whether each larger one passes, too.
    steady: bool

    @classmethod
    def of(cls, axis: int, given: tuple[Layer, ...]) -> Chain:
        layers = tuple(one._on_axis[axis if one.axes else 0] for one in given)
        records = [layer.record for layer in layers]
        steady = all(type(record) is Record for record in records)
        chain = given, layers, composed(records)
        return cls(*chain, smallest_input(records), steady)

    def out_size(self, in_size: Any) -> int:
        size = at_least("in_size", in_size)
        if not self.steady or self.smallest is None or size < self.smallest:
            # Where it is too small, one of the layers refuses, and says why.
            return self.trace(size)[-1]
        for record in self.records:
            size = record.size(size)
        return size

    def in_sizes(self, out_size: Any) -> range:
        size = at_least("out_size", out_size)
        sizes, endless = range(size, size + 1), False
        for record in reversed(self.records):
            if not sizes or self.smallest is None:
                return range(0)
            if sizes.step > 1 and len_of(sizes) > 1:
                got = {"out_size": size}
                raise SizeError.of("gaps", got, step=sizes.step, some=sizes[0])
            sizes = record.inputs(sizes[0], sizes[-1])
            endless = type(record) is not Only and (endless or sizes.stop == ENDLESS)
        first = max(sizes.start, self.smallest or 1)
        stop = ENDLESS if endless else sizes.stop
        return range(first, max(stop, first), sizes.step)

    def trace(self, in_size: Any) -> list[int]:
        sizes = [at_least("in_size", in_size)]
        for number, layer in enumerate(self.layers):
            try:
                sizes.append(layer.out_size(sizes[-1]))
            except Refusal as refusal:
                call = f"{self.given[number]!r}.out_size({sizes[-1]})"
                where = Sentence("received-layer", {"call": call, "number": number})
                raise refusal.told(received=where) from None
        return sizes


class Stack(ReadsInputs, Sequence[Layer]):
    r"""Layers that are applied one after the other.

    Args:
        layers: Layers, stacks or torch modules; a `Sequential` is taken apart.

    Raises:
        TypeError: A member is not a layer, or two layers are given for different
            numbers of axes.

    Examples:
        >>> from convarith import Conv, ConvTranspose, Stack
        >>> there_and_back = Stack([Conv(3, stride=2), ConvTranspose(3, stride=2)])
        >>> there_and_back.trace(12)
        (12, 5, 11)
        >>> print(there_and_back.fitting_sizes())
        every 2nd size from 3: 3, 5, 7, ...
        >>> Stack([Conv(3)]) + there_and_back
        Stack([Conv(3), Conv(3, stride=2), ConvTranspose(3, stride=2)])

    Sources:
        [conv_size][convarith.conv_size] and
        [conv_transpose_size][convarith.conv_transpose_size], layer by layer.
    """

    __slots__ = ("_layers",)
    __match_args__ = ("layers",)
    _layers: tuple[Layer, ...]
    _on_axis: tuple[Chain, ...]

    def __init__(self, layers: Iterable[Layer | Stack | nn.Module] | nn.Module) -> None:
        flat = tuple(_flat(layers))
        counts = sorted({layer.axes for layer in flat if layer.axes})
        if len(counts) > 1:
            some = [Sentence("same-axes:some", {"count": count}) for count in counts]
            because = Sentence("same-axes:because", {"some": some})
            raise SizeTypeError.of("same-axes", {"layers": flat}, because=because)
        axes = counts[0] if counts else 0
        on_axis = tuple(Chain.of(axis, flat) for axis in range(axes or 1))
        self._set(_layers=flat, _axes=axes, _on_axis=on_axis)

    @property
    def layers(self) -> tuple[Layer, ...]:
        """The layers, in the order of the data."""
        return self._layers

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
        traces = lift(self, "trace", Chain.trace, in_size)
        return tuple(zip(*traces, strict=True) if isinstance(traces, tuple) else traces)

    def fitting_sizes(
        self, skips: Skips = ((0, -1),)
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
            >>> fitting = unet.fitting_sizes(skips=[(0, 4), (1, 3)])
            >>> print(fitting)
            multiples of 4, from 4
            >>> 570 in fitting, fitting.at_least(570)
            (False, 572)

        Sources:
            An input moved by the product of the strides moves every size in the
            trace by a fixed step, so that one period decides for all.
        """
        pairs = _fitting_sizes.checked(skips, len(self._layers))
        found = tuple(
            _fitting_sizes.fitting_sizes(
                [layer.record for layer in chain.layers], pairs
            )
            for chain in (self._on_axis[:1] if self.alike else self._on_axis)
        )
        return found[0] if self.alike else found

    def round_trip_sizes(
        self, skips: Skips = ((0, -1),)
    ) -> FittingSizes | tuple[FittingSizes, ...]:
        """The old name of [fitting_sizes][convarith.Stack.fitting_sizes]."""
        warnings.warn(
            "round_trip_sizes is called fitting_sizes now",
            DeprecationWarning,
            stacklevel=2,
        )
        return self.fitting_sizes(skips)

    def broken_skip(
        self, in_size: Given, skips: Skips = ((0, -1),)
    ) -> BrokenSkip | None:
        """Return the first pair of places whose sizes differ, and how to fix it.

        Args:
            in_size: Input elements, on one axis or on each.
            skips: Pairs of places in the trace that must have the same size, as in
                [fitting_sizes][convarith.Stack.fitting_sizes].

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
            layer 2 gives 110, but the skip from position 1 has 111.
            Fix: output_padding=1 on layer 2, or output_size=111 in its call.
            >>> broken.fixed.trace(222)
            (222, 111, 55, 111, 222)

        Sources:
            [output_padding_for][convarith.output_padding_for].
        """
        pairs = _fitting_sizes.checked(skips, len(self._layers))
        trace = self.trace(in_size)
        for skip in sorted(pairs, key=lambda pair: pair[1]):
            wanted, got = (trace[place] for place in skip)
            if wanted != got:
                broken = BrokenSkip(skip, wanted=wanted, got=got)
                return self._with_its_cure(broken, trace)
        return None

    def _with_its_cure(
        self, broken: BrokenSkip, trace: tuple[PerAxis, ...]
    ) -> BrokenSkip:
        early, late = broken.skip
        layers, sizes = self._layers[early:late], trace[early : late + 1]
        cure = _broken_skip.cure(layers, sizes, broken.wanted)
        if cure is None:
            return broken
        fixed = list(self._layers)
        fixed[early + cure.number] = cure.layer
        return broken.replace(
            layer=early + cure.number,
            output_padding=cure.layer.output_padding,
            output_size=cure.output_size,
            fixed=Stack(fixed),
        )

    def __add__(self, other: Stack) -> Stack:
        return Stack([self, other]) if isinstance(other, Stack) else NotImplemented

    @overload
    def __getitem__(self, index: int) -> Layer: ...
    @overload
    def __getitem__(self, index: slice) -> Stack: ...
    def __getitem__(self, index: int | slice) -> Layer | Stack:
        found = self._layers[index]
        return Stack(found) if isinstance(found, tuple) else found

    def __len__(self) -> int:
        return len(self._layers)

    def __iter__(self) -> Iterator[Layer]:
        return iter(self._layers)

    def __repr__(self) -> str:
        return call_text("Stack", (list(self._layers),), {})


def _flat(layers: Any) -> Iterator[Layer]:
    """Every layer, in the order of the data."""
    if isinstance(layers, Layer):
        yield layers
    elif isinstance(layers, (Stack, list, tuple)):
        for member in layers:
            yield from _flat(member)
    elif hasattr(layers, "named_modules"):
        yield from layers_of(layers)
    else:
        kind = type(layers).__name__
        raise SizeTypeError.of("stack-member", {"layers": layers}, kind=kind)
