"""The layers: each on one axis first, then on any number of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from convarith import _legal_values as legal
from convarith._axes import (
    Given,
    GivenPadding,
    OneAxis,
    PaddingPerAxis,
    PerAxis,
    as_given,
    take_apart,
)
from convarith._errors import Refusal, SizeError
from convarith._legal_values import at_least, ends
from convarith._receptive_field import ReadsInputs
from convarith._record import Record
from convarith._to_torch import to_torch
from convarith._value import as_written

if TYPE_CHECKING:
    from torch import nn

# The modes of torch.nn.Upsample and interpolate.
RESIZE_MODES = ("nearest", "nearest-exact", "linear", "bilinear", "trilinear", "bicubic", "area")  # fmt: skip


def conv_axis(
    kernel_size: Any,
    stride: Any,
    padding: Any,
    dilation: Any,
    padding_mode: str = "zeros",
) -> OneAxis:
    """A window that moves on by stride: Dumoulin and Visin, relationship 15."""
    kernel_size = at_least("kernel_size", kernel_size)
    stride = at_least("stride", stride)
    dilation = at_least("dilation", dilation)
    own = {"kernel_size": kernel_size, "stride": stride, "dilation": dilation}
    if isinstance(padding, str):
        padding = legal.padding_named(padding, **own)
    padding = legal.padding_is_legal(padding)
    least = legal.smallest_filled(padding, padding_mode)
    before, after = ends(padding)
    reach = dilation * (kernel_size - 1)
    reads = range(-before, reach - before + 1, dilation)
    record = Record(1, stride, before + after - reach, reads, least)
    own |= {"padding": padding, "padding_mode": padding_mode}
    return OneAxis(own, record, legal.window_does_not_fit)


def conv_transpose_axis(
    kernel_size: Any, stride: Any, padding: Any, output_padding: Any, dilation: Any
) -> OneAxis:
    """A kernel scattered every stride: Dumoulin and Visin, relationship 14."""
    kernel_size = at_least("kernel_size", kernel_size)
    stride = at_least("stride", stride)
    padding = legal.padding_is_legal(padding)
    dilation = at_least("dilation", dilation)
    output_padding = legal.output_padding_is_legal(output_padding, stride, dilation)
    before, after = ends(padding)
    reach = dilation * (kernel_size - 1)
    reads = range(before - reach, before + 1, dilation)
    record = Record(stride, 1, reach - before - after + output_padding, reads)
    own = {"kernel_size": kernel_size, "stride": stride, "padding": padding}
    own |= {"output_padding": output_padding, "dilation": dilation}
    return OneAxis(own, record, legal.nothing_is_left)


def pool_axis(
    kernel_size: Any, stride: Any, padding: Any, dilation: Any, ceil_mode: Any
) -> OneAxis:
    """The windows of a convolution; rounding up adds one that sticks out.

    Not if it would start in the padding at the end: torch,
    aten/src/ATen/native/Pool.h, pooling_output_shape_pad_lr.
    """
    windows = conv_axis(kernel_size, stride, at_least("padding", padding), dilation)
    own, floor = dict(windows.parameters), windows.record
    own["ceil_mode"] = legal.true_or_false("ceil_mode", ceil_mode)
    del own["padding_mode"]
    padding = legal.pool_padding_is_legal(own["padding"], own["kernel_size"])
    if not ceil_mode:
        return OneAxis(own, floor, windows.refusal)
    slack = min(floor.slack + floor.down - 1, padding)
    record = floor._replace(slack=slack)
    return OneAxis(own, record, legal.first_window_sticks_out)


def resize_axis(factor: Any, mode: str) -> OneAxis:
    """Every element becomes `factor`: kernels side by side that copy it."""
    copies = conv_transpose_axis(at_least("factor", factor), factor, 0, 0, 1)
    own = {
        "factor": copies.record.up,
        "mode": legal.one_of("mode", mode, RESIZE_MODES),
    }
    return OneAxis(own, copies.record, copies.refusal)


class Layer(ReadsInputs):
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

    __slots__ = ()

    def __init__(self) -> None:
        raise TypeError("a Layer is a Conv, ConvTranspose, Pool or Resize; make one")

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


class _WithChannels(Layer):
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


class Conv(_WithChannels):
    r"""The parameters of a convolution, on any number of axes.

    An int holds for every axis; a tuple has one value for each. A layer whose
    parameters are all ints serves any number of axes.

    Args:
        kernel_size: Elements in the kernel, at least 1.
        stride: Steps between two positions of the kernel, at least 1.
        padding: Elements added at each end, at least 0. In a tuple, an axis may
            have a `(before, after)` pair. `"same"` and `"valid"` are what they are
            in PyTorch, and kept as numbers.
        dilation: Distance between neighbouring kernel elements, at least 1.
        padding_mode: What stands in the padding, in PyTorch's words; `"reflect"`
            needs an input longer than the padding, `"circular"` one as long.

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

    __match_args__ = ("kernel_size", "stride", "padding", "dilation", "padding_mode")
    __slots__ = __match_args__
    _family = "Conv"
    kernel_size: PerAxis
    stride: PerAxis
    padding: PaddingPerAxis
    dilation: PerAxis
    padding_mode: str

    def __init__(
        self,
        kernel_size: Given,
        *,
        stride: Given = 1,
        padding: GivenPadding | str = 0,
        dilation: Given = 1,
        padding_mode: str = "zeros",
    ) -> None:
        self._keep(conv_axis, kernel_size, stride, padding, dilation, padding_mode)
        if isinstance(padding, str):
            self._set(padding=self._numbers_of(padding))

    def _numbers_of(self, padding: str) -> PaddingPerAxis:
        """What torch adds for a word, on each axis or on any."""
        numbers = tuple(axis.parameters["padding"] for axis in self._on_axis)
        if self._axes or isinstance(numbers[0], int):
            return numbers if self._axes else numbers[0]
        (ends,) = numbers
        refusal = SizeError.of("ends-differ", {"padding": padding}, ends=ends)
        raise refusal.told(received=repr(self))

    @property
    def transposed(self) -> ConvTranspose:
        """The transposed convolution with the same parameters.

        It has `output_padding=0`, so it returns the smallest of the input
        sizes that share an output, unless that one was cut off at 1.

        Examples:
            >>> from convarith import Conv
            >>> Conv(3, stride=2).transposed
            ConvTranspose(3, stride=2)
        """
        own = self._made_from()
        del own["padding_mode"]
        return ConvTranspose(**own)


class ConvTranspose(_WithChannels):
    r"""The parameters of a transposed convolution, on any number of axes.

    An int holds for every axis; a tuple has one value for each. A layer whose
    parameters are all ints serves any number of axes.

    Args:
        kernel_size: Elements in the kernel, at least 1.
        stride: Distance between the kernels of two input elements, at least 1.
        padding: Elements cropped at each end, at least 0. In a tuple, an axis may
            have a `(before, after)` pair.
        output_padding: Elements added at the end after the crop, from 0 to
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

    __match_args__ = ("kernel_size", "stride", "padding", "output_padding", "dilation")
    __slots__ = __match_args__
    _family = "ConvTranspose"
    kernel_size: PerAxis
    stride: PerAxis
    padding: PaddingPerAxis
    output_padding: PerAxis
    dilation: PerAxis

    def __init__(
        self,
        kernel_size: Given,
        *,
        stride: Given = 1,
        padding: GivenPadding = 0,
        output_padding: Given = 0,
        dilation: Given = 1,
    ) -> None:
        given = kernel_size, stride, padding, output_padding, dilation
        self._keep(conv_transpose_axis, *given)

    @property
    def direct(self) -> Conv:
        """The convolution that this layer is the transpose of.

        Examples:
            >>> from convarith import ConvTranspose
            >>> ConvTranspose(3, stride=2, output_padding=1).direct
            Conv(3, stride=2)
        """
        own = self._made_from()
        del own["output_padding"]
        return Conv(**own)


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
        own_stride = kernel_size if stride is None else stride
        self._keep(pool_axis, kernel_size, own_stride, padding, dilation, ceil_mode)

    def to_torch(
        self, kind: str = "max", *, dims: int | None = None, **others: Any
    ) -> nn.Module:
        """Return the torch module with these parameters.

        Args:
            kind: `"max"` or `"avg"`; only the first has a `dilation`.
            dims: The number of axes, where all parameters are ints.
            others: What else its constructor takes, such as `return_indices`.

        Returns:
            A `MaxPool1d` or `AvgPool1d`, or one for 2 or 3 axes.

        Raises:
            SizeError: `kind` is another word, torch has no module for so many axes,
                or average pooling has a `dilation` above 1.
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
        word = legal.one_of("kind", kind, ("max", "avg"))
        return to_torch(self, f"{word.title()}Pool", dims, **others)


class Resize(Layer):
    r"""Upsampling by a whole factor: `torch.nn.Upsample` and `torch.nn.PixelShuffle`.

    Args:
        factor: Output elements for each input element, at least 1.
        mode: How values are found; `"nearest"` copies them, as `PixelShuffle` does.
            The size is the same for each mode, a receptive field needs the copy.

    Raises:
        SizeError: `factor` is below 1, or PyTorch has no such mode.
        TypeError: `factor` is not a whole number.

    Examples:
        >>> from convarith import Resize
        >>> Resize(2).out_size(7), Resize((1, 2)).out_size((7, 7))
        (14, (7, 14))
        >>> Resize(2).in_sizes(13)
        range(7, 7)

    Sources:
        `torch.nn.Upsample` with a whole `scale_factor`, `torch.nn.PixelShuffle`.
    """

    __match_args__ = ("factor", "mode")
    __slots__ = __match_args__
    factor: PerAxis
    mode: str

    def __init__(self, factor: Given, *, mode: str = "nearest") -> None:
        self._keep(resize_axis, factor, mode)
