"""The crop, in which every framework's arguments end and from which its call begins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from convarith._errors import Refusal, SizeError, SizeTypeError
from convarith._say import Sentence
from convarith.porting.arguments import single, window

Answer = TypeVar("Answer")


class Crop(NamedTuple):
    """What a transposed convolution cuts off its full result, on one axis.

    The values are `full[begin : L - end] + bias`, where `full` is the result without
    any padding, and L its size.
    A negative number adds positions, and these hold only the bias.
    Unless an output size is asked for, the crop is the same for every input size.

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
            stride: Distance between two input elements in the output, at least 1.
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
        full = window({}, kernel_size, stride, dilation).full_size(in_size)
        left = full - self.begin - self.end
        if left >= 1:
            return left
        counted = {"full": full, "left": left, "most": full - 1}
        because = Sentence("nothing-left:of-full", counted)
        valid = Sentence("nothing-left:crop", counted)
        got = self._asdict()
        raise SizeError.of("nothing-left", got, because=because, valid=valid)


class Call(NamedTuple):
    """The arguments that make a crop in one framework, and what is left to do.

    Attributes:
        arguments: That framework's own arguments by name, for `**call.arguments`.
        rest: What to do with the result: cut off as many positions as a positive
            number says, add as many as a negative one says, which hold only the
            bias. First add, then cut.

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
        """Whether nothing is left to do after the call."""
        return self.rest == (0, 0)


def both_ends(crop: Crop) -> tuple[int, int]:
    """A crop's two numbers, which anybody may have made, checked."""
    begin, end = crop
    return single("begin", begin), single("end", end)


def split(total: int, larger: str) -> tuple[int, int]:
    """A crop shared between the ends; an odd one gives the larger part to one end.

    What is negative is to be added, and every framework adds it at the end.
    """
    if total < 0:
        return 0, total
    smaller = total // 2
    begin = smaller if larger == "end" else total - smaller
    return begin, total - begin


def two_pads(crop: Crop, limit: int) -> tuple[tuple[int, int], int, Crop]:
    """A pad for each end, an output_padding below the limit, and the rest.

    With two pads, output_padding is needed only for what lies past the full result.
    Where not even that is enough, nothing is cropped in the call, as its result might
    be empty.
    """
    begin, end = both_ends(crop)
    output_padding = min(max(-end, 0), limit - 1)
    end += output_padding
    if begin < 0 or end < 0:
        return (0, 0), output_padding, Crop(begin, end)
    return (begin, end), output_padding, Crop(0, 0)


def on_each_axis(
    function: Callable[..., Answer], *values: Any, **arguments: Any
) -> tuple[Answer, ...]:
    """Return a function's answers, one for each axis.

    Args:
        function: A function of this package that works on one axis.
        values: Its positional arguments.
        arguments: Its other arguments. A tuple has one value for each axis; anything
            else, a [Crop][convarith.porting.Crop] too, serves all of them.

    Returns:
        As many answers as the tuples have values.

    Raises:
        SizeError: What the function refuses, with the axis.
        TypeError: There is no tuple, one is empty, or two of them differ in length.

    Examples:
        >>> from convarith.porting import keras_crop, on_each_axis, torch_call
        >>> crops = on_each_axis(keras_crop, kernel_size=(3, 4), strides=2, padding="same")
        >>> crops
        (Crop(begin=0, end=1), Crop(begin=1, end=1))
        >>> [call.exact for call in on_each_axis(torch_call, crops, stride=2)]
        [False, True]
    """
    given = (*values, *arguments.values())
    lengths = {len(value) for value in given if type(value) is tuple}
    if len(lengths) != 1 or 0 in lengths:
        raise SizeTypeError.of("porting-lengths", {"lengths": sorted(lengths)})
    answers = []
    for axis in range(lengths.pop()):
        own = [_on(axis, value) for value in values]
        named = {name: _on(axis, value) for name, value in arguments.items()}
        try:
            answers.append(function(*own, **named))
        except Refusal as refusal:
            raise refusal.told(axis=axis) from None
    return tuple(answers)


def _on(axis: int, value: Any) -> Any:
    return value[axis] if type(value) is tuple else value
