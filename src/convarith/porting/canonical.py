"""The form that every framework's transposed convolution has, and calls that make it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from convarith._errors import SizeError, in_the_words_of_its_call, shown
from convarith.porting.arguments import single
from convarith.sizes import conv_transpose_size

if TYPE_CHECKING:
    from typing import Any


@in_the_words_of_its_call
def full_size(
    in_size: int, *, kernel_size: int, stride: int = 1, dilation: int = 1
) -> int:
    """Return the size of the full result, from which every framework crops.

    It is the size of a transposed convolution without any padding.

    Args:
        in_size: Input elements, at least 1.
        kernel_size: Elements in the kernel, at least 1.
        stride: Distance between the places of two input elements, at least 1.
        dilation: Distance between neighbouring kernel elements, at least 1.

    Returns:
        The size in elements, at least 1.

    Raises:
        SizeError: A value is below 1.
        TypeError: A value is not a whole number.

    Examples:
        >>> from convarith.porting import full_size
        >>> full_size(5, kernel_size=3, stride=2)
        11

    Sources:
        [conv_transpose_size][convarith.conv_transpose_size].
    """
    return conv_transpose_size(
        in_size, kernel_size=kernel_size, stride=stride, dilation=dilation
    )


class Crop(NamedTuple):
    """What a transposed convolution keeps of its full result, on one axis.

    The values are `full[begin : L - end] + bias`, where L is
    [full_size][convarith.porting.full_size].
    A negative end counts positions past the full result: they hold the bias alone.
    The crop belongs to the layer; it is the same for every size of the input.

    Attributes:
        begin: Positions cropped at the start; negative ones are added.
        end: Positions cropped at the end; negative ones are added.

    Examples:
        >>> from convarith.porting import Crop, keras_crop, torch_crop
        >>> torch_crop(stride=2, padding=1, output_padding=1)
        Crop(begin=1, end=0)
        >>> keras_crop(kernel_size=3, strides=2, padding="same")
        Crop(begin=0, end=1)
        >>> Crop(0, 1).out_size(14, kernel_size=3, stride=2)
        28
    """

    begin: int
    end: int

    def out_size(
        self, in_size: int, *, kernel_size: int, stride: int = 1, dilation: int = 1
    ) -> int:
        """Return the size that is left of the full result.

        Args:
            in_size: Input elements, at least 1.
            kernel_size: Elements in the kernel, at least 1.
            stride: Distance between the places of two input elements, at least 1.
            dilation: Distance between neighbouring kernel elements, at least 1.

        Returns:
            The output size in elements, at least 1.

        Raises:
            SizeError: A value is below 1, or nothing is left after the crop.
            TypeError: A value is not a whole number.

        Examples:
            >>> from convarith.porting import Crop
            >>> Crop(1, 1).out_size(14, kernel_size=4, stride=2)
            28
        """
        full = full_size(
            in_size, kernel_size=kernel_size, stride=stride, dilation=dilation
        )
        left = full - self.begin - self.end
        if left >= 1:
            return left
        raise SizeError(
            "the output size must be at least 1",
            self._asdict(),
            because=f"of the {shown(full)} elements there are, {shown(left)} are left",
            valid=f"begin + end of {shown(full - 1)} or less",
        )


class Call(NamedTuple):
    """The arguments that make a crop in one framework, and what is left to do.

    Attributes:
        arguments: That framework's own arguments by name, for `**call.arguments`.
        rest: What to do with its result: cut positive numbers of positions off,
            add negative ones that hold the bias alone; first add, then cut.

    Examples:
        >>> from convarith.porting import Crop, torch_call
        >>> call = torch_call(Crop(1, 0), stride=2)
        >>> call.arguments, call.exact
        ({'padding': 1, 'output_padding': 1}, True)
        >>> torch_call(Crop(0, 1), stride=2).rest
        Crop(begin=0, end=1)
    """

    arguments: dict[str, Any]
    rest: Crop

    @property
    def exact(self) -> bool:
        """Whether the call alone does it."""
        return self.rest == (0, 0)


def both_ends(crop: Crop) -> tuple[int, int]:
    """A crop's two numbers, checked."""
    begin, end = crop
    return single("begin", begin), single("end", end)


def padded(crop: Crop, limit: int) -> tuple[tuple[int, int], int, Crop]:
    """Pads, an output_padding below the limit, and the rest.

    It is for frameworks with two pads: only what lies past the full result needs
    output_padding. Where not even that is enough, nothing is cropped in the call:
    its result might be empty.
    """
    begin, end = both_ends(crop)
    output_padding = min(max(-end, 0), limit - 1)
    end += output_padding
    if begin < 0 or end < 0:
        return (0, 0), output_padding, Crop(begin, end)
    return (begin, end), output_padding, Crop(0, 0)
