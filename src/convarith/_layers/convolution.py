"""Convolutions and transposed ones: the size rule of each, and its record."""

from __future__ import annotations

from typing import Any

from convarith import _legal_values as legal
from convarith._axes import Given, GivenPadding, OneAxis, PaddingPerAxis, PerAxis
from convarith._errors import SizeError
from convarith._layers.layer import Windowed, WithChannels
from convarith._legal_values import at_least, ends
from convarith._no_output import nothing_is_left, window_does_not_fit
from convarith._record import Record


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
    if isinstance(padding, str) and padding in legal.SAME:
        return _same_axis(own, padding, padding_mode)
    if isinstance(padding, str):
        padding = legal.padding_named(padding, **own)
    padding = legal.padding_is_legal(padding)
    least = legal.smallest_filled(padding, padding_mode)
    before, after = ends(padding)
    reach = dilation * (kernel_size - 1)
    reads = range(-before, reach - before + 1, dilation)
    record = Record(1, stride, before + after - reach, reads, least)
    own |= {"padding": padding, "padding_mode": padding_mode}
    return OneAxis(own, record, window_does_not_fit)


def _same_axis(own: dict[str, Any], padding: str, padding_mode: str) -> OneAxis:
    """The size of a kernel of one element, for which the pads are made."""
    legal.same_is_of_zeros(padding, padding_mode)

    def at(in_size: int) -> OneAxis:
        return conv_axis(**own, padding=legal.same_pads(in_size, padding, **own))

    record = Record(1, own["stride"], 0, at(1).record.reads)
    unread = "reads-by-size" if own["stride"] > 1 else ""
    own_words = {**own, "padding": padding, "padding_mode": padding_mode}
    return OneAxis(own_words, record, window_does_not_fit, unread=unread, at=at)


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
    return OneAxis(own, record, nothing_is_left, "transposed")


class Conv(Windowed, WithChannels):
    r"""The parameters of a convolution, on any number of axes.

    An int holds for every axis; a tuple has one value for each. A layer whose
    parameters are all ints serves any number of axes.

    Args:
        kernel_size: Elements in the kernel, at least 1.
        stride: Steps between two positions of the kernel, at least 1.
        padding: Elements added at each end, at least 0. In a tuple, an axis may
            have a `(before, after)` pair. `"same"` and `"valid"` are what they are
            in PyTorch, and kept as numbers. `"SAME_UPPER"` is what TensorFlow, Keras
            and JAX call SAME, and divides the size by `stride`, rounded up; an odd
            element more is added at the end, with `"SAME_LOWER"` at the start.
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
        if isinstance(padding, str) and padding not in legal.SAME:
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


class ConvTranspose(WithChannels):
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
