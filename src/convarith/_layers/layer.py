"""What every layer is and answers, on any number of axes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, SupportsIndex, overload

from convarith._axes import Given, OneAxis, as_given, lift, take_apart
from convarith._errors import Refusal, SizeError
from convarith._legal_values import at_least, ends, whole
from convarith._receptive_field import ReadsInputs
from convarith._to_torch import to_torch
from convarith._value import as_written

if TYPE_CHECKING:
    from torch import nn


class Layer(ReadsInputs):
    """What every layer is: parameters that never change, on any number of axes.

    An int serves every axis, a tuple or a list names each.
    [ConvTranspose][convarith.ConvTranspose] is a layer, and so is what else stands on
    this page; two of a kind are equal where their parameters are.

    Examples:
        >>> from convarith import Conv, Layer
        >>> layer = Conv((3, 5), stride=2)
        >>> isinstance(layer, Layer), layer.axes, layer.on_axis(1)["kernel_size"]
        (True, 2, 5)
        >>> layer == Conv((3, 5), stride=2)
        True
    """

    __slots__ = ()

    def __init__(self) -> None:
        raise TypeError(
            "a Layer is a Conv, ConvTranspose, Pool or another kind; make one"
        )

    def _keep(self, make: Callable[..., OneAxis], *given: Any) -> None:
        named = zip(self.__match_args__, given, strict=True)
        kept = {name: as_given(name, value) for name, value in named}
        try:
            axes, on_axis = take_apart(make, kept)
        except Refusal as refusal:
            raise refusal.told(received=as_written(type(self), kept)) from None
        # Not by way of _set: layers are made by the thousand.
        for name, value in (*kept.items(), ("_axes", axes), ("_on_axis", on_axis)):
            object.__setattr__(self, name, value)

    def on_axis(self, axis: int) -> dict[str, Any]:
        """The parameters on one axis, by name; the first axis is 0."""
        axis = at_least("axis", axis)
        if self._axes and axis >= self._axes:
            got = {"axis": axis}
            raise SizeError.of("axis-number", got, axes=self._axes, most=self._axes - 1)
        return dict(self._on_axis[axis if self._axes else 0].parameters)


class Windowed(Layer):
    """What has windows, and elements around its input that they read."""

    __slots__ = ()

    @overload
    def pads(self, in_size: SupportsIndex) -> tuple[int, int]: ...
    @overload
    def pads(self, in_size: Sequence[SupportsIndex]) -> tuple[tuple[int, int], ...]: ...
    def pads(self, in_size: Given) -> tuple[Any, ...]:
        """Return what is added at the start and at the end of an input.

        With `"SAME_UPPER"` and `"SAME_LOWER"` it depends on the size.

        Args:
            in_size: Input elements, on one axis or on each.

        Returns:
            The elements `(before, after)`, or a pair for each axis.

        Raises:
            SizeError: The layer refuses the size.
            TypeError: A size is not a whole number, or their number is not that
                of the axes that the parameters are given for.

        Examples:
            >>> from convarith import Conv, Pool
            >>> same = Conv(3, stride=2, padding="SAME_UPPER")
            >>> same.pads(15), same.pads(16), same.out_size((15, 16))
            ((1, 1), (0, 1), (8, 8))
            >>> Pool(2, padding="SAME_LOWER").pads((15, 16))
            ((1, 0), (0, 0))

        Sources:
            `jax.lax.padtype_to_pads`, and the attribute `auto_pad` of ONNX.
        """
        return lift(self, "pads", _pads, in_size)  # type: ignore[no-any-return]


def _pads(on_axis: OneAxis, in_size: Any) -> tuple[int, int]:
    on_axis.out_size(in_size)
    at_size = on_axis.reading(whole("in_size", in_size))
    return ends(at_size.parameters["padding"])


class WithChannels(Layer):
    """What has a kernel of weights, and so can be made in torch."""

    __slots__ = ()
    # Its name in torch.nn, without the number of axes.
    _family: str

    def to_torch(
        self,
        in_channels: int,
        out_channels: int,
        *,
        dims: int | None = None,
        **others: Any,
    ) -> nn.Module:
        """Return the torch module with these parameters.

        Args:
            in_channels: Channels of its input.
            out_channels: Channels of its output.
            dims: The number of axes, where all parameters are ints.
            others: What else its constructor takes, such as `bias`.

        Returns:
            A `Conv1d` or `ConvTranspose1d`, or one for 2 or 3 axes.

        Raises:
            SizeError: torch has no such module: too many axes, or other padding at
                the ends than one module can have.
            TypeError: `dims` is missing, or is not what the tuples say.

        Examples:
            >>> from convarith import Conv, ConvTranspose
            >>> Conv(3, stride=2).to_torch(16, 32, dims=2)
            Conv2d(16, 32, kernel_size=(3, 3), stride=(2, 2))
            >>> ConvTranspose((4, 4), stride=2, padding=1).to_torch(64, 32, bias=False)
            ConvTranspose2d(64, 32, kernel_size=(4, 4), stride=(2, 2), padding=(1, 1), bias=False)

        Sources:
            The constructors of `torch.nn` in PyTorch 2.13.0.
        """
        return to_torch(self, self._family, dims, in_channels, out_channels, **others)
