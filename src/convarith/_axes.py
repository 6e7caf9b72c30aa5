"""A record of parameters over any number of axes, and how an answer is had on each."""

from __future__ import annotations

from convarith._errors import Refusal, SizeTypeError, call_text, shown
from convarith._rules import Padding, at_least, plain
from convarith._value import Frozen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any, SupportsIndex, TypeAlias, overload

    # What may be given; it is kept as ints and tuples of ints.
    Given: TypeAlias = SupportsIndex | Sequence[SupportsIndex]
    GivenPadding: TypeAlias = (
        SupportsIndex | Sequence[SupportsIndex | tuple[SupportsIndex, SupportsIndex]]
    )

    from convarith._positions import Places

PerAxis = int | tuple[int, ...]
PaddingPerAxis = int | tuple[Padding, ...]

DEFAULTS = {
    "stride": 1,
    "padding": 0,
    "output_padding": 0,
    "dilation": 1,
    "ceil_mode": False,
    "mode": "nearest",
    "padding_mode": "zeros",
}


class Layer(Frozen):
    """What every layer is: parameters that never change, on any number of axes.

    An int serves every axis, a tuple or a list names each. [Conv][convarith.Conv],
    [ConvTranspose][convarith.ConvTranspose], [Pool][convarith.Pool] and
    [Resize][convarith.Resize] are layers; two of them are equal where their
    parameters are.

    Examples:
        >>> from convarith import Conv, Layer
        >>> layer = Conv((3, 5), stride=2)
        >>> isinstance(layer, Layer), layer.axes, layer.on_axis(1)["kernel_size"]
        (True, 2, 5)
        >>> layer == Conv((3, 5), stride=2)
        True
    """

    __slots__ = ("_axes", "_by_axis")
    __match_args__: tuple[str, ...] = ()
    # How many axes the tuples speak of; 0 where every parameter is an int.
    _axes: int
    # The parameters on each axis, or the ones that serve any.
    _by_axis: list[dict[str, Any]]

    # What a kind of layer does on one axis, for those who put layers together.
    size_on_axis: Callable[..., int]
    inputs_on_axis: Callable[..., range]
    sources_on_axis: Callable[..., Places]
    steps_on_axis: Callable[..., tuple[int, int]]

    def __init__(self) -> None:
        raise TypeError("a Layer is a Conv, ConvTranspose, Pool or Resize; make one")

    def _keep(self, **given: object) -> None:
        parameters = {name: plain(value) for name, value in given.items()}
        self._set(**parameters)
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
        self._set(_axes=axes, _by_axis=by_axis)

    # Refuses what would be refused for every size.
    _check: Callable[..., None]

    @property
    def _parameters(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__match_args__}

    @property
    def axes(self) -> int:
        """How many axes the tuples speak of; zero where any number is served."""
        return self._axes

    @property
    def alike(self) -> bool:
        """Whether one size can stand for every axis, for the parameters are equal."""
        return all(own == self._by_axis[0] for own in self._by_axis)

    def on_axis(self, axis: int) -> dict[str, Any]:
        """The parameters on one axis, by name."""
        return dict(self._by_axis[axis if self._axes else 0])

    if TYPE_CHECKING:

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
            SizeError: A size is below 1, or the layer has no output for it.
            TypeError: A size is not a whole number, or their number is not that
                of the layer's axes.

        Examples:
            >>> from convarith import Conv, ConvTranspose
            >>> Conv(4, stride=2, padding=1).out_size(28)
            14
            >>> ConvTranspose(4, stride=(1, 2), padding=1).out_size((14, 14))
            (15, 28)

        Sources:
            [conv_size][convarith.conv_size] and
            [conv_transpose_size][convarith.conv_transpose_size] on each axis.
        """
        return self._lift("out_size", type(self).size_on_axis, in_size)  # type: ignore[no-any-return]

    if TYPE_CHECKING:

        @overload
        def in_sizes(self, out_size: SupportsIndex) -> range: ...
        @overload
        def in_sizes(self, out_size: Sequence[SupportsIndex]) -> tuple[range, ...]: ...

    def in_sizes(self, out_size: Given) -> range | tuple[range, ...]:
        """Return every input size that this layer turns into `out_size`.

        Args:
            out_size: Output elements, on one axis or on each.

        Returns:
            A range for each axis, empty where no input has that output. A layer
            that makes sizes larger has one input for an output, or none.

        Raises:
            SizeError: A size is below 1.
            TypeError: A size is not a whole number, or their number is not that
                of the layer's axes.

        Examples:
            >>> from convarith import Conv, ConvTranspose
            >>> Conv(3, stride=2).in_sizes(4)
            range(9, 11)
            >>> up = ConvTranspose(3, stride=2)
            >>> list(up.in_sizes(11)), list(up.in_sizes(10))
            ([5], [])

        Sources:
            [conv_input_sizes][convarith.conv_input_sizes] on each axis, and
            [conv_transpose_size][convarith.conv_transpose_size] solved for the
            input.
        """
        return self._lift("in_sizes", self._inputs_of, out_size)  # type: ignore[no-any-return]

    def _lift(self, verb: str, on_one_axis: Callable[..., Any], size: Given) -> Any:
        """Answer one size with one answer, and a tuple with a tuple."""
        axis = None
        try:
            size = sizes_given(size)
            if not isinstance(size, tuple) and (not self._axes or self.alike):
                return on_one_axis(size, **self._by_axis[0])
            answers = []
            for axis, one in enumerate(one_for_each_axis(size, self._axes)):
                answers.append(on_one_axis(one, **self.on_axis(axis)))
            return tuple(answers)
        except Refusal as refusal:
            received = f"{self!r}.{call_text(verb, (size,), {})}"
            raise refusal.told(received=received, axis=axis) from None

    def _inputs_of(self, out_size: int, **own: Any) -> range:
        out_size = at_least("out_size", out_size)
        return type(self).inputs_on_axis(out_size, out_size, **own)

    def __repr__(self) -> str:
        first, *others = self._parameters.items()
        keywords = {
            name: value
            for name, value in others
            # What is refused is shown, and True equals 1.
            if shown(value) != shown(self._default(name))
        }
        return call_text(type(self).__name__, (first[1],), keywords)

    def _default(self, name: str) -> Any:
        return DEFAULTS[name]

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self._parameters == other._parameters

    def __hash__(self) -> int:
        return hash((type(self), *self._parameters.values()))


def sizes_given(size: Given) -> PerAxis:
    """One int, or a tuple of them; a shape with batch and channels is refused."""
    sizes: PerAxis = plain(size)
    if type(size).__module__ == "torch" and isinstance(sizes, tuple) and sizes[3:]:
        raise SizeTypeError(
            "sizes are those of the spatial axes",
            {"size": size},
            because=f"torch has layers for up to 3 axes, and this shape has {len(sizes)}",
            valid="x.shape[2:], without batch and channels",
        )
    return sizes


def one_for_each_axis(size: PerAxis, axes: int) -> tuple[int, ...]:
    """The sizes axis by axis; there must be as many as the parameters speak of."""
    if isinstance(size, tuple) and len(size) == (axes or len(size)) > 0:
        return size
    wanted = f"{axes} sizes" if axes else "at least one size"
    raise SizeTypeError(
        f"this layer takes a tuple of {wanted}, one for each axis",
        {"size": size},
        because="the layer's own parameters are given axis by axis"
        if axes
        else "a tuple without sizes has no axis",
        valid=f"a tuple of {wanted}",
    )


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
                f"{name} must be an int, a tuple or a list",
                {name: value},
                because=f"this is of type {kind}",
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
