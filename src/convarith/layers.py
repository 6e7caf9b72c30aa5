"""A layer's parameters as one record, over any number of axes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias, overload

from convarith import rules, sizes
from convarith.errors import Refusal, SizeTypeError, call_text
from convarith.rules import Padding

PerAxis: TypeAlias = int | tuple[int, ...]
PaddingPerAxis: TypeAlias = int | tuple[Padding, ...]

DEFAULTS = {"stride": 1, "padding": 0, "output_padding": 0, "dilation": 1}


class _Layer:
    """A frozen record of parameters: an int serves every axis, a tuple names each."""

    __slots__: tuple[str, ...] = ("_axes", "_by_axis")
    # How many axes the tuples speak of; 0 where every parameter is an int.
    _axes: int
    # The parameters on each axis, or the ones that serve any.
    _by_axis: list[dict[str, Any]]

    def _keep(self, **parameters: PaddingPerAxis) -> None:
        for name, value in parameters.items():
            object.__setattr__(self, name, value)
        axis, by_axis = None, []
        try:
            axes = _number_of_axes(parameters)
            for number in range(axes or 1):
                axis = number if axes else None
                own = _on(number, parameters)
                self._check(**own)
                by_axis.append(own)
        except Refusal as refusal:
            raise refusal.told(received=repr(self), axis=axis) from None
        object.__setattr__(self, "_axes", axes)
        object.__setattr__(self, "_by_axis", by_axis)

    def _check(self, **parameters: Any) -> None:
        """Refuse what would be refused for every size."""
        rules.window(**parameters)

    @property
    def _parameters(self) -> dict[str, PaddingPerAxis]:
        return {name: getattr(self, name) for name in type(self).__slots__}

    def _lift(self, verb: str, on_one_axis: Callable[..., Any], size: PerAxis) -> Any:
        """Answer one size with one answer, and a tuple with a tuple."""
        axis = None
        try:
            if not isinstance(size, tuple) and not self._axes:
                return on_one_axis(size, **self._by_axis[0])
            answers = []
            for axis, one in enumerate(self._one_for_each_axis(size)):
                own = self._by_axis[axis if self._axes else 0]
                answers.append(on_one_axis(one, **own))
            return tuple(answers)
        except Refusal as refusal:
            received = f"{self!r}.{call_text(verb, (size,), {})}"
            raise refusal.told(received=received, axis=axis) from None

    def _one_for_each_axis(self, size: PerAxis) -> tuple[int, ...]:
        if isinstance(size, tuple) and len(size) == (self._axes or len(size)) > 0:
            return size
        wanted = f"{self._axes} sizes" if self._axes else "at least one size"
        raise SizeTypeError(
            f"this layer takes a tuple of {wanted}, one for each axis",
            {"size": size},
            because="the layer's own parameters are given axis by axis"
            if self._axes
            else "a tuple without sizes has no axis",
            valid=f"a tuple of {wanted}",
        )

    def __repr__(self) -> str:
        keywords = {
            name: value
            for name, value in self._parameters.items()
            if type(value) is not int or value != DEFAULTS.get(name)
        }
        kernel_size = keywords.pop("kernel_size")
        return call_text(type(self).__name__, (kernel_size,), keywords)

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self._parameters == other._parameters

    def __hash__(self) -> int:
        return hash((type(self), *self._parameters.values()))

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(
            f"a {type(self).__name__} cannot be changed; make a new one"
        )

    def __delattr__(self, name: str) -> None:
        raise AttributeError(
            f"a {type(self).__name__} cannot be changed; make a new one"
        )

    def __reduce__(self) -> tuple[object, ...]:
        return _make, (type(self), self._parameters)


def _make(kind: type[_Layer], parameters: dict[str, Any]) -> _Layer:
    return kind(**parameters)


def _on(axis: int, parameters: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value[axis] if isinstance(value, tuple) else value
        for name, value in parameters.items()
    }


def _number_of_axes(parameters: dict[str, Any]) -> int:
    for name, value in parameters.items():
        if hasattr(value, "__len__") and not isinstance(value, (tuple, str)):
            kind = type(value).__name__
            raise SizeTypeError(
                f"{name} must be an int or a tuple",
                {name: value},
                because=f"a layer never changes, and this is of type {kind}",
                valid=f"a tuple, one value for each axis, for example {name}=(3, 3)",
            )
    tuples = {n: value for n, value in parameters.items() if isinstance(value, tuple)}
    lengths = {len(value) for value in tuples.values()}
    if len(lengths) > 1 or 0 in lengths:
        raise SizeTypeError(
            "every tuple must have one value for each axis",
            tuples,
            because=" and ".join(f"{n} has {len(v)}" for n, v in tuples.items()),
            valid="an int for every axis alike, or tuples of one length",
        )
    return max(lengths, default=0)


class Conv(_Layer):
    r"""The parameters of a convolution, on any number of axes.

    An int holds for every axis; a tuple has one value for each. A layer whose
    parameters are all ints serves any number of axes.

    Args:
        kernel_size: Elements in the kernel, at least 1.
        stride: Steps between two places of the kernel, at least 1.
        padding: Elements added at each end, at least 0. In a tuple, an axis may
            have a `(before, after)` pair.
        dilation: Distance between neighbouring kernel elements, at least 1.

    Raises:
        SizeError: A value is below its minimum.
        TypeError: A value is not a whole number, or two tuples differ in length.

    Examples:
        >>> from convarith import Conv
        >>> layer = Conv(3, stride=2)
        >>> layer.out_size(11), layer.out_size((11, 15))
        (5, (5, 7))
        >>> Conv((3, 5), padding=(1, 2)).out_size((32, 64))
        (32, 64)

    Sources:
        `torch.nn.Conv2d`.
    """

    __slots__ = ("kernel_size", "stride", "padding", "dilation")
    kernel_size: PerAxis
    stride: PerAxis
    padding: PaddingPerAxis
    dilation: PerAxis

    def __init__(
        self,
        kernel_size: PerAxis,
        *,
        stride: PerAxis = 1,
        padding: PaddingPerAxis = 0,
        dilation: PerAxis = 1,
    ) -> None:
        self._keep(
            kernel_size=kernel_size, stride=stride, padding=padding, dilation=dilation
        )

    @overload
    def out_size(self, in_size: int) -> int: ...
    @overload
    def out_size(self, in_size: tuple[int, ...]) -> tuple[int, ...]: ...
    def out_size(self, in_size: PerAxis) -> PerAxis:
        """Return the output size; one size gives one, a tuple gives a tuple.

        Args:
            in_size: Input elements, on one axis or on each.

        Returns:
            Output elements, of the same kind as `in_size`.

        Raises:
            SizeError: The kernel does not fit on some axis.
            TypeError: A size is not a whole number, or their number is not that
                of the layer's axes.

        Examples:
            >>> from convarith import Conv
            >>> Conv(4, stride=2, padding=1).out_size(28)
            14

        Sources:
            [conv_size][convarith.conv_size] on each axis.
        """
        return self._lift("out_size", sizes.conv_size, in_size)  # type: ignore[no-any-return]

    @overload
    def in_sizes(self, out_size: int) -> range: ...
    @overload
    def in_sizes(self, out_size: tuple[int, ...]) -> tuple[range, ...]: ...
    def in_sizes(self, out_size: PerAxis) -> range | tuple[range, ...]:
        """Return every input size that this layer turns into `out_size`.

        Args:
            out_size: Output elements, on one axis or on each.

        Returns:
            A range for each axis, empty where no input has that output.

        Raises:
            SizeError: A size is below 1.
            TypeError: A size is not a whole number, or their number is not that
                of the layer's axes.

        Examples:
            >>> from convarith import Conv
            >>> Conv(3, stride=2).in_sizes(4)
            range(9, 11)

        Sources:
            [conv_input_sizes][convarith.conv_input_sizes] on each axis.
        """
        return self._lift("in_sizes", sizes.conv_input_sizes, out_size)  # type: ignore[no-any-return]

    @property
    def transposed(self) -> ConvTranspose:
        """The transposed convolution with the same parameters.

        Its `output_padding` is 0, so it gives back the smallest of the input
        sizes that share an output, unless that one was cut off at 1.

        Examples:
            >>> from convarith import Conv
            >>> Conv(3, stride=2).transposed
            ConvTranspose(3, stride=2)
        """
        return ConvTranspose(
            self.kernel_size,
            stride=self.stride,
            padding=self.padding,
            dilation=self.dilation,
        )


class ConvTranspose(_Layer):
    r"""The parameters of a transposed convolution, on any number of axes.

    An int holds for every axis; a tuple has one value for each. A layer whose
    parameters are all ints serves any number of axes.

    Args:
        kernel_size: Elements in the kernel, at least 1.
        stride: Distance between the places of two input elements, at least 1.
        padding: Elements cropped at each end, at least 0. In a tuple, an axis may
            have a `(before, after)` pair.
        output_padding: Elements given back at the end, from 0 to
            `max(stride, dilation) - 1`.
        dilation: Distance between neighbouring kernel elements, at least 1.

    Raises:
        SizeError: A value is below its minimum, or `output_padding` is not below
            `max(stride, dilation)`.
        TypeError: A value is not a whole number, or two tuples differ in length.

    Examples:
        >>> from convarith import ConvTranspose
        >>> layer = ConvTranspose(3, stride=2)
        >>> layer.out_size(5), layer.out_size((5, 7))
        (11, (11, 15))
        >>> ConvTranspose(4, stride=2, padding=1).out_size(14)
        28

    Sources:
        `torch.nn.ConvTranspose2d`.
    """

    __slots__ = ("kernel_size", "stride", "padding", "output_padding", "dilation")
    kernel_size: PerAxis
    stride: PerAxis
    padding: PaddingPerAxis
    output_padding: PerAxis
    dilation: PerAxis

    def __init__(
        self,
        kernel_size: PerAxis,
        *,
        stride: PerAxis = 1,
        padding: PaddingPerAxis = 0,
        output_padding: PerAxis = 0,
        dilation: PerAxis = 1,
    ) -> None:
        self._keep(
            kernel_size=kernel_size,
            stride=stride,
            padding=padding,
            output_padding=output_padding,
            dilation=dilation,
        )

    def _check(self, **parameters: Any) -> None:
        output_padding = parameters.pop("output_padding")
        _, stride, _, _, dilation = rules.window(**parameters)
        rules.output_padding_is_legal(output_padding, stride, dilation)

    @overload
    def out_size(self, in_size: int) -> int: ...
    @overload
    def out_size(self, in_size: tuple[int, ...]) -> tuple[int, ...]: ...
    def out_size(self, in_size: PerAxis) -> PerAxis:
        """Return the output size; one size gives one, a tuple gives a tuple.

        Args:
            in_size: Input elements, on one axis or on each.

        Returns:
            Output elements, of the same kind as `in_size`.

        Raises:
            SizeError: A size is below 1, or nothing is left after the crop.
            TypeError: A size is not a whole number, or their number is not that
                of the layer's axes.

        Examples:
            >>> from convarith import ConvTranspose
            >>> ConvTranspose(3, stride=2, output_padding=1).out_size(4)
            10

        Sources:
            [conv_transpose_size][convarith.conv_transpose_size] on each axis.
        """
        return self._lift("out_size", sizes.conv_transpose_size, in_size)  # type: ignore[no-any-return]

    @overload
    def in_sizes(self, out_size: int) -> range: ...
    @overload
    def in_sizes(self, out_size: tuple[int, ...]) -> tuple[range, ...]: ...
    def in_sizes(self, out_size: PerAxis) -> range | tuple[range, ...]:
        """Return the input size that this layer turns into `out_size`, if any.

        Args:
            out_size: Output elements, on one axis or on each.

        Returns:
            A range for each axis, with one member or none.

        Raises:
            SizeError: A size is below 1.
            TypeError: A size is not a whole number, or their number is not that
                of the layer's axes.

        Examples:
            >>> from convarith import ConvTranspose
            >>> layer = ConvTranspose(3, stride=2)
            >>> list(layer.in_sizes(11)), list(layer.in_sizes(10))
            ([5], [])

        Sources:
            [conv_transpose_size][convarith.conv_transpose_size], solved for
            `in_size` on each axis.
        """
        return self._lift("in_sizes", sizes.transpose_input_sizes, out_size)  # type: ignore[no-any-return]

    @property
    def direct(self) -> Conv:
        """The convolution that this layer is the transpose of.

        Examples:
            >>> from convarith import ConvTranspose
            >>> ConvTranspose(3, stride=2, output_padding=1).direct
            Conv(3, stride=2)
        """
        return Conv(
            self.kernel_size,
            stride=self.stride,
            padding=self.padding,
            dilation=self.dilation,
        )
