"""Windows cut out of a map, and put together again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from convarith._axes import Given, OneAxis, PerAxis
from convarith._errors import SizeError
from convarith._layers.convolution import conv_axis, conv_transpose_axis
from convarith._layers.layer import Layer
from convarith._legal_values import at_least
from convarith._no_output import other_windows
from convarith._rare_records import Only
from convarith._to_torch import on_two_axes

if TYPE_CHECKING:
    from torch import nn


def unfold_axis(kernel_size: Any, stride: Any, padding: Any, dilation: Any) -> OneAxis:
    """As many windows as a convolution has outputs."""
    windows = conv_axis(kernel_size, stride, at_least("padding", padding), dilation)
    own = {name: windows.parameters[name] for name in Unfold.__match_args__}
    return windows._replace(parameters=own)


def fold_axis(
    output_size: Any, kernel_size: Any, stride: Any, padding: Any, dilation: Any
) -> OneAxis:
    """The transposed convolution whose output_padding leads to this size."""
    output_size = at_least("output_size", output_size)
    windows = unfold_axis(kernel_size, stride, padding, dilation)
    own = {"output_size": output_size, **windows.parameters}
    count = windows.record.size(output_size)
    if count < 1:
        raise SizeError.of("fold-fits", own, least=windows.record.smallest)
    rest = (output_size - 1 + windows.record.slack) % own["stride"]
    spread = conv_transpose_axis(
        own["kernel_size"], own["stride"], own["padding"], 0, own["dilation"]
    )
    record = spread.record
    only = Only(*record[:2], record.slack + rest, record.reads, least=count)
    return OneAxis(own, only, other_windows, "fold")


class Unfold(Layer):
    """The windows of a map, one after the other: `torch.nn.Unfold`.

    The size on an axis is the number of windows along it. PyTorch puts the windows of
    all axes on one axis, whose size is the product.

    Args:
        kernel_size: Elements in the window, at least 1.
        stride: Steps between two windows, at least 1.
        padding: Elements added at each end, at least 0.
        dilation: Distance between neighbouring window elements, at least 1.

    Raises:
        SizeError: A value is below its minimum.
        TypeError: A value is not a whole number, or two tuples differ in length.

    Examples:
        >>> from convarith import Unfold
        >>> Unfold(3).out_size((28, 28))
        (26, 26)

    Sources:
        `torch.nn.Unfold`.
    """

    __match_args__ = __slots__ = ("kernel_size", "stride", "padding", "dilation")
    kernel_size: PerAxis
    stride: PerAxis
    padding: PerAxis
    dilation: PerAxis

    def __init__(
        self,
        kernel_size: Given,
        *,
        stride: Given = 1,
        padding: Given = 0,
        dilation: Given = 1,
    ) -> None:
        self._keep(unfold_axis, kernel_size, stride, padding, dilation)

    def to_torch(self) -> nn.Module:
        """Return the torch module with these parameters.

        Returns:
            An `Unfold`.

        Raises:
            SizeError: PyTorch has none for so many axes.

        Examples:
            >>> from convarith import Unfold
            >>> Unfold(3, stride=2).to_torch()
            Unfold(kernel_size=(3, 3), dilation=(1, 1), padding=(0, 0), stride=(2, 2))

        Sources:
            The constructors of `torch.nn` in PyTorch 2.13.0.
        """
        return on_two_axes(self, "Unfold")


class Fold(Layer):
    """Windows added up in their places: `torch.nn.Fold`, the way back from `Unfold`.

    The size on an axis is the number of windows along it, and only the number that
    `output_size` has is taken.

    Args:
        output_size: Output elements, at least 1.
        kernel_size: Elements in the window, at least 1.
        stride: Steps between two windows, at least 1.
        padding: Elements cropped at each end, at least 0.
        dilation: Distance between neighbouring window elements, at least 1.

    Raises:
        SizeError: A value is below its minimum, or no window fits `output_size`.
        TypeError: A value is not a whole number, or two tuples differ in length.

    Examples:
        >>> from convarith import Fold, Stack, Unfold
        >>> Fold((9, 10), 3, stride=2, padding=1).in_sizes((9, 10))
        (range(5, 6), range(5, 6))
        >>> Stack([Unfold(3), Fold(8, 3)]).trace(8)
        (8, 6, 8)

    Sources:
        `torch.nn.Fold`.
    """

    __match_args__ = __slots__ = (
        *("output_size", "kernel_size"),
        *("stride", "padding", "dilation"),
    )
    output_size: PerAxis
    kernel_size: PerAxis
    stride: PerAxis
    padding: PerAxis
    dilation: PerAxis

    def __init__(
        self,
        output_size: Given,
        kernel_size: Given,
        *,
        stride: Given = 1,
        padding: Given = 0,
        dilation: Given = 1,
    ) -> None:
        self._keep(fold_axis, output_size, kernel_size, stride, padding, dilation)

    def to_torch(self) -> nn.Module:
        """Return the torch module with these parameters.

        Returns:
            A `Fold`.

        Raises:
            SizeError: PyTorch has none for so many axes.

        Examples:
            >>> from convarith import Fold
            >>> Fold(8, 3).to_torch()
            Fold(output_size=(8, 8), kernel_size=(3, 3), dilation=(1, 1), padding=(0, 0), stride=(1, 1))

        Sources:
            The constructors of `torch.nn` in PyTorch 2.13.0.
        """
        return on_two_axes(self, "Fold")
