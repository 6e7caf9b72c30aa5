"""Pooling: by windows, to a size, and back again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, SupportsIndex, TypeAlias, overload

from convarith import _legal_values as legal
from convarith._axes import Given, GivenPadding, OneAxis, PaddingPerAxis, PerAxis, lift
from convarith._errors import SizeError
from convarith._layers.convolution import conv_axis, conv_transpose_axis
from convarith._layers.layer import Layer, Windowed
from convarith._legal_values import at_least, ends
from convarith._no_output import first_window_sticks_out, nothing_is_left
from convarith._rare_records import Fixed
from convarith._record import Record
from convarith._to_torch import to_torch

if TYPE_CHECKING:
    from torch import nn

FAMILIES = {"max": "MaxPool", "avg": "AvgPool", "lp": "LPPool"}
# None keeps the size of an axis.
GivenSize: TypeAlias = SupportsIndex | Sequence[SupportsIndex | None] | None


def pool_axis(
    kernel_size: Any, stride: Any, padding: Any, dilation: Any, ceil_mode: Any
) -> OneAxis:
    """The windows of a convolution; rounding up adds one that sticks out.

    Not if it would start in the padding at the end: torch,
    aten/src/ATen/native/Pool.h, pooling_output_shape_pad_lr.
    """
    if isinstance(padding, str) and padding in legal.SAME:
        return _same_pool(kernel_size, stride, padding, dilation, ceil_mode)
    padding = legal.padding_is_legal(padding)
    windows = conv_axis(kernel_size, stride, padding, dilation)
    ceil_mode = legal.true_or_false("ceil_mode", ceil_mode)
    own, floor = _of_pool(windows, ceil_mode), windows.record
    legal.pool_padding_is_legal(padding, own["kernel_size"])
    if not ceil_mode:
        return OneAxis(own, floor, windows.refusal)
    slack = min(floor.slack + floor.down - 1, ends(padding)[0])
    record = floor._replace(slack=slack)
    return OneAxis(own, record, first_window_sticks_out, "ceil")


def _same_pool(
    kernel_size: int, stride: Any, padding: str, dilation: Any, ceil_mode: Any
) -> OneAxis:
    """As of a convolution; the size is rounded up already."""
    if legal.true_or_false("ceil_mode", ceil_mode):
        got = {"padding": padding, "ceil_mode": ceil_mode}
        raise SizeError.of("same-is-up", got)
    windows = conv_axis(kernel_size, stride, padding, dilation)

    def at(in_size: int) -> OneAxis:
        padded = windows.reading(in_size)
        return padded._replace(parameters=_of_pool(padded, False))

    return windows._replace(parameters=_of_pool(windows, False), at=at)


def _of_pool(windows: OneAxis, ceil_mode: bool) -> dict[str, Any]:
    own = {**windows.parameters, "ceil_mode": ceil_mode}
    del own["padding_mode"]
    return own


def unpool_axis(kernel_size: Any, stride: Any, padding: Any) -> OneAxis:
    """Every element back into one of the places of its window."""
    spread = conv_transpose_axis(
        kernel_size, stride, at_least("padding", padding), 0, 1
    )
    own = {name: spread.parameters[name] for name in Unpool.__match_args__}
    return spread._replace(parameters=own, kind="unpool")


def adaptive_axis(output_size: Any) -> OneAxis:
    """So many windows, as long as the input asks; none is the same size."""
    if output_size is None:
        return OneAxis(
            {"output_size": None}, Record(1, 1, 0, range(1)), nothing_is_left, "kept"
        )
    out_size = at_least("output_size", output_size)

    def at(in_size: int) -> OneAxis:
        # Output o reads from floor(o * in / out) to before ceil((o + 1) * in / out).
        reads = range(1 - out_size, in_size)
        return fixed._replace(
            record=Record(out_size, in_size, out_size - in_size, reads)
        )

    record = Fixed(0, 1, out_size - 1, range(1))
    own, why = {"output_size": out_size}, "reads-by-size"
    fixed = OneAxis(own, record, nothing_is_left, "fixed", why, at)
    return fixed


class Pool(Windowed):
    r"""The parameters of max or average pooling, on any number of axes.

    An int holds for every axis; a tuple has one value for each. `torch.nn.AvgPool3d`
    alone refuses, in addition, an input that is smaller than its kernel before it is
    padded.

    Args:
        kernel_size: Elements in the window, at least 1.
        stride: Steps between two windows, at least 1; `kernel_size` if not given.
        padding: Elements added at each end, at least 0, and at most half of
            `kernel_size`. In a tuple, an axis may have a `(before, after)` pair of
            numbers below `kernel_size`, as in ONNX. `"SAME_UPPER"` and `"SAME_LOWER"`
            are those of [Conv][convarith.Conv].
        dilation: Distance between neighbouring window elements, at least 1.
        ceil_mode: Whether a last window may stick out at the end.

    Raises:
        SizeError: A value is below its minimum, `padding` is more than half of
            `kernel_size`, or `ceil_mode` is given with `"SAME_UPPER"`.
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
    kernel_size: PerAxis
    stride: PerAxis
    padding: PaddingPerAxis
    dilation: PerAxis
    ceil_mode: bool

    def __init__(
        self,
        kernel_size: Given,
        *,
        stride: Given | None = None,
        padding: GivenPadding | str = 0,
        dilation: Given = 1,
        ceil_mode: bool = False,
    ) -> None:
        own_stride = kernel_size if stride is None else stride
        self._keep(pool_axis, kernel_size, own_stride, padding, dilation, ceil_mode)

    def to_torch(
        self, kind: str = "max", *, dims: int | None = None, **others: Any
    ) -> nn.Module:
        """Return the torch module with these parameters.

        Args:
            kind: `"max"`, `"avg"` or `"lp"`; only the first has a `dilation`, and
                the last no `padding`.
            dims: The number of axes, where all parameters are ints.
            others: What else its constructor takes, such as `return_indices`, or the
                `norm_type` of `"lp"`.

        Returns:
            A `MaxPool1d` or `AvgPool1d`, one for LPPool, or one for 2 or 3 axes.

        Raises:
            SizeError: `kind` is another word, torch has no module for so many axes,
                or none of that kind with this `dilation` or `padding`.
            TypeError: `dims` is missing, or is not what the tuples say.

        Examples:
            >>> from convarith import Pool
            >>> Pool(2).to_torch(dims=1)
            MaxPool1d(kernel_size=(2,), stride=(2,), padding=(0,), dilation=(1,), ceil_mode=False)
            >>> Pool(3, stride=2, padding=1).to_torch("avg", dims=1)
            AvgPool1d(kernel_size=(3,), stride=(2,), padding=(1,))

        Sources:
            The constructors of `torch.nn` in PyTorch 2.13.0.
        """
        word = legal.one_of("kind", kind, tuple(FAMILIES))
        return to_torch(self, FAMILIES[word], dims, **others)


class AdaptivePool(Layer):
    """Pooling to a size: AdaptiveAvgPool and AdaptiveMaxPool of `torch.nn`.

    The windows are as long as the input asks, and overlap where it is no multiple of
    the output.

    Args:
        output_size: Output elements, at least 1; None keeps the size of an axis.

    Raises:
        SizeError: `output_size` is below 1.
        TypeError: `output_size` is neither a whole number nor None.

    Examples:
        >>> from convarith import AdaptivePool
        >>> AdaptivePool(7).out_size(224), AdaptivePool((7, None)).out_size((10, 10))
        (7, (7, 10))
        >>> [AdaptivePool(3).inputs_of(position, 7) for position in range(3)]
        [(0, 1, 2), (2, 3, 4), (4, 5, 6)]

    Sources:
        aten/src/ATen/native/AdaptivePooling.h.
    """

    __match_args__ = __slots__ = ("output_size",)
    output_size: int | tuple[int | None, ...] | None

    def __init__(self, output_size: GivenSize) -> None:
        self._keep(adaptive_axis, output_size)

    def to_torch(
        self, kind: str = "avg", *, dims: int | None = None, **others: Any
    ) -> nn.Module:
        """Return the torch module with this size.

        Args:
            kind: `"avg"` or `"max"`.
            dims: The number of axes, where the size is no tuple.
            others: What else its constructor takes, such as `return_indices`.

        Returns:
            A module of adaptive pooling for as many axes.

        Raises:
            SizeError: `kind` is another word, or torch has no module for so many axes.
            TypeError: `dims` is missing, or is not what the tuple says.

        Examples:
            >>> from convarith import AdaptivePool
            >>> AdaptivePool(7).to_torch(dims=2)
            AdaptiveAvgPool2d(output_size=(7, 7))

        Sources:
            The constructors of `torch.nn` in PyTorch 2.13.0.
        """
        word = legal.one_of("kind", kind, ("avg", "max"))
        return to_torch(self, f"Adaptive{FAMILIES[word]}", dims, **others)


class Unpool(Layer):
    """The way back from max pooling: MaxUnpool of `torch.nn`.

    Args:
        kernel_size: Elements in the window, at least 1.
        stride: Steps between two windows, at least 1; `kernel_size` if not given.
        padding: Elements cropped at each end, at least 0.

    Raises:
        SizeError: A value is below its minimum.
        TypeError: A value is not a whole number, or two tuples differ in length.

    Examples:
        >>> from convarith import Unpool
        >>> Unpool(3, stride=2).out_size(2), Unpool(3, stride=2).out_sizes(2)
        (5, range(4, 7))

    Sources:
        torch/nn/functional.py, max_unpool2d.
    """

    __match_args__ = __slots__ = ("kernel_size", "stride", "padding")
    kernel_size: PerAxis
    stride: PerAxis
    padding: PerAxis

    def __init__(
        self, kernel_size: Given, *, stride: Given | None = None, padding: Given = 0
    ) -> None:
        own_stride = kernel_size if stride is None else stride
        self._keep(unpool_axis, kernel_size, own_stride, padding)

    @overload
    def out_sizes(self, in_size: SupportsIndex) -> range: ...
    @overload
    def out_sizes(self, in_size: Sequence[SupportsIndex]) -> tuple[range, ...]: ...
    def out_sizes(self, in_size: Given) -> range | tuple[range, ...]:
        """Return every size that `output_size` may ask for in its call.

        Args:
            in_size: Input elements, on one axis or on each.

        Returns:
            A range for each axis: less than a stride away from `out_size`.

        Raises:
            SizeError: The layer refuses the size.
            TypeError: A size is not a whole number, or their number is not that
                of the axes that the parameters are given for.

        Examples:
            >>> from convarith import Unpool
            >>> Unpool(3).out_sizes(4), Unpool(2).out_sizes((3, 3))
            (range(10, 15), (range(5, 8), range(5, 8)))

        Sources:
            torch/nn/functional.py, _unpool_output_size.
        """
        return lift(self, "out_sizes", unpool_sizes, in_size)  # type: ignore[no-any-return]

    def to_torch(self, *, dims: int | None = None) -> nn.Module:
        """Return the torch module with these parameters.

        Args:
            dims: The number of axes, where all parameters are ints.

        Returns:
            A module of max unpooling for as many axes.

        Raises:
            SizeError: torch has no module for so many axes.
            TypeError: `dims` is missing, or is not what the tuples say.

        Examples:
            >>> from convarith import Unpool
            >>> Unpool(3, stride=2).to_torch(dims=2)
            MaxUnpool2d(kernel_size=(3, 3), stride=(2, 2), padding=(0, 0))

        Sources:
            The constructors of `torch.nn` in PyTorch 2.13.0.
        """
        return to_torch(self, "MaxUnpool", dims)


def unpool_sizes(on_axis: OneAxis, in_size: Any) -> range:
    """torch/nn/functional.py, _unpool_output_size: both bounds are excluded."""
    size, stride = on_axis.out_size(in_size), on_axis.parameters["stride"]
    return range(max(size - stride + 1, 1), size + stride)
