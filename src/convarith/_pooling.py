"""Pooling: the windows of a convolution, and one more where torch rounds up."""

from __future__ import annotations

from convarith import _positions as positions
from convarith import _rules as rules
from convarith import sizes
from convarith._axes import Layer, PerAxis
from convarith._errors import SizeError, SizeTypeError, shown
from convarith._rules import at_least, window

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from convarith._axes import Given


def pool_size(
    in_size: int,
    *,
    kernel_size: int,
    stride: int,
    padding: int,
    dilation: int,
    ceil_mode: bool,
) -> int:
    """How many windows there are on one axis.

    torch: aten/src/ATen/native/Pool.h, pooling_output_shape_pad_lr. Rounding up
    adds a window that sticks out, unless it would start in the padding at the end.
    """
    if not ceil_mode:
        return sizes.conv_size(
            in_size,
            kernel_size=kernel_size,
            stride=stride,
            padding=padding,
            dilation=dilation,
        )
    in_size = at_least("in_size", in_size)
    missing = dilation * (kernel_size - 1) + 1 - in_size - 2 * padding
    out_size = min(1 - missing // stride, -(-(in_size + padding) // stride))
    if out_size >= 1:
        return out_size
    raise SizeError(
        "the first window must reach less than a stride past the padded input",
        {"in_size": in_size, "kernel_size": kernel_size, "stride": stride},
        because=f"it reaches {shown(missing)} elements past it",
        valid=f"in_size={shown(in_size + missing - stride + 1)} or more",
    )


def pool_inputs_between(
    lowest: int,
    highest: int,
    *,
    kernel_size: int,
    stride: int,
    padding: int,
    dilation: int,
    ceil_mode: bool,
) -> range:
    """The inputs whose number of windows lies between two, both included."""
    extent = dilation * (kernel_size - 1) + 1

    def smallest(windows: int) -> int:
        start = (windows - 1) * stride - padding
        if not ceil_mode:
            return max(start - padding + extent, 1)
        return max(start - padding + extent - stride + 1, start + 1, 1)

    return range(smallest(lowest), max(smallest(highest + 1), smallest(lowest)))


class Pool(Layer):
    r"""The parameters of max or average pooling, on any number of axes.

    An int holds for every axis; a tuple has one value for each. `torch.nn.AvgPool3d`
    alone refuses, in addition, an input that is smaller than its kernel before it is
    padded.

    Args:
        kernel_size: Elements in the window, at least 1.
        stride: Steps between two windows, at least 1; `kernel_size` if not given.
        padding: Elements added at each end, at least 0, and at most half of
            `kernel_size`.
        dilation: Distance between neighbouring window elements, at least 1.
        ceil_mode: Whether a last window may stick out at the end.

    Raises:
        SizeError: A value is below its minimum, or `padding` is more than half of
            `kernel_size`.
        TypeError: A value is not a whole number, two tuples differ in length, or
            `ceil_mode` is not a bool.

    Examples:
        >>> from convarith import Pool
        >>> Pool(2).out_size(7), Pool(2, ceil_mode=True).out_size(7)
        (3, 4)
        >>> Pool(3, stride=2, padding=1).out_size((112, 112))
        (56, 56)

    Sources:
        `torch.nn.MaxPool2d`, `torch.nn.AvgPool2d`.
    """

    __match_args__ = ("kernel_size", "stride", "padding", "dilation", "ceil_mode")
    __slots__ = __match_args__
    size_on_axis = staticmethod(pool_size)
    inputs_on_axis = staticmethod(pool_inputs_between)
    sources_on_axis = staticmethod(positions.window_sources)
    steps_on_axis = staticmethod(positions.window_steps)
    kernel_size: PerAxis
    stride: PerAxis
    padding: PerAxis
    dilation: PerAxis
    ceil_mode: bool

    def __init__(
        self,
        kernel_size: Given,
        *,
        stride: Given | None = None,
        padding: Given = 0,
        dilation: Given = 1,
        ceil_mode: bool = False,
    ) -> None:
        self._keep(
            kernel_size=kernel_size,
            stride=kernel_size if stride is None else stride,
            padding=padding,
            dilation=dilation,
            ceil_mode=ceil_mode,
        )

    def _default(self, name: str) -> Any:
        return self.kernel_size if name == "stride" else super()._default(name)

    def _check(
        self,
        kernel_size: int,
        stride: int,
        padding: int,
        dilation: int,
        ceil_mode: bool,
    ) -> None:
        window(kernel_size, stride, at_least("padding", padding), dilation)
        rules.pool_padding_is_legal(padding, kernel_size)
        if not isinstance(ceil_mode, bool):
            raise SizeTypeError(
                "ceil_mode must be True or False",
                {"ceil_mode": ceil_mode},
                valid="ceil_mode=True",
            )
