"""The parameters of a convolution and of a transposed convolution."""

from __future__ import annotations

from convarith import _positions as positions
from convarith import _rules as rules
from convarith import sizes
from convarith._axes import Layer, PaddingPerAxis, PerAxis
from convarith._errors import Refusal
from convarith._to_torch import to_torch

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from torch import nn

    from convarith._axes import Given, GivenPadding


def filled_size(in_size: int, *, padding_mode: str, **own: Any) -> int:
    """The size on one axis, if the input is enough to fill its padding."""
    out_size = sizes.conv_size(in_size, **own)
    rules.enough_to_fill(in_size, own["padding"], padding_mode)
    return out_size


def filled_inputs_between(
    lowest: int, highest: int, *, padding_mode: str, **own: Any
) -> range:
    """The inputs with outputs between two sizes that are enough to fill their padding."""
    found = sizes.conv_inputs_between(lowest, highest, **own)
    least = rules.smallest_filled(own["padding"], padding_mode)
    return range(max(found.start, least), max(found.stop, least))


class Conv(Layer):
    r"""The parameters of a convolution, on any number of axes.

    An int holds for every axis; a tuple has one value for each. A layer whose
    parameters are all ints serves any number of axes.

    Args:
        kernel_size: Elements in the kernel, at least 1.
        stride: Steps between two places of the kernel, at least 1.
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
    size_on_axis = staticmethod(filled_size)
    inputs_on_axis = staticmethod(filled_inputs_between)
    sources_on_axis = staticmethod(positions.window_sources)
    steps_on_axis = staticmethod(positions.window_steps)
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
        own: dict[str, Any] = {"kernel_size": kernel_size, "stride": stride}
        own |= {"dilation": dilation, "padding_mode": padding_mode}
        self._keep(**own, padding=0 if isinstance(padding, str) else padding)
        if isinstance(padding, str):
            # A refusal shows the word.
            self._set(padding=padding)
            self._keep(**own, padding=self._numbers_of(padding))

    def _check(self, **parameters: Any) -> None:
        rules.padding_mode_is_known(parameters.pop("padding_mode"))
        rules.window(**parameters)

    def _numbers_of(self, padding: str) -> PaddingPerAxis:
        """What torch adds for a word, on each axis or on any."""
        try:
            ends = tuple(rules.padding_named(padding, **own) for own in self._by_axis)
            return ends if self._axes else rules.alike_at_both_ends(padding, ends[0])
        except Refusal as refusal:
            raise refusal.told(received=repr(self)) from None

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
            A `Conv1d`, `Conv2d` or `Conv3d`.

        Raises:
            SizeError: torch has no such module: too many axes, or other padding at
                the ends than one module can have.
            TypeError: `dims` is missing, or is not what the tuples say.

        Examples:
            >>> from convarith import Conv
            >>> Conv(3, stride=2).to_torch(16, 32, dims=2)
            Conv2d(16, 32, kernel_size=(3, 3), stride=(2, 2))

        Sources:
            The constructors of `torch.nn` in PyTorch 2.13.0.
        """
        others = {"padding_mode": self.padding_mode} | others
        return to_torch(self, "Conv", in_channels, out_channels, dims, **others)

    @property
    def transposed(self) -> ConvTranspose:
        """The transposed convolution with the same parameters.

        It has `output_padding=0`, so it gives back the smallest of the input
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


class ConvTranspose(Layer):
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

    __match_args__ = (
        "kernel_size",
        "stride",
        "padding",
        "output_padding",
        "dilation",
    )
    __slots__ = __match_args__
    size_on_axis = staticmethod(sizes.conv_transpose_size)
    inputs_on_axis = staticmethod(sizes.transpose_inputs_between)
    sources_on_axis = staticmethod(positions.transpose_sources)
    steps_on_axis = staticmethod(positions.transpose_steps)
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
            A `ConvTranspose1d`, `ConvTranspose2d` or `ConvTranspose3d`.

        Raises:
            SizeError: torch has no such module: too many axes, or other padding at
                the ends than one module can have.
            TypeError: `dims` is missing, or is not what the tuples say.

        Examples:
            >>> from convarith import ConvTranspose
            >>> ConvTranspose((4, 4), stride=2, padding=1).to_torch(64, 32, bias=False)
            ConvTranspose2d(64, 32, kernel_size=(4, 4), stride=(2, 2), padding=(1, 1), bias=False)

        Sources:
            The constructors of `torch.nn` in PyTorch 2.13.0.
        """
        return to_torch(
            self, "ConvTranspose", in_channels, out_channels, dims, **others
        )

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
