"""The functions for one axis, asked for several axes at once."""

from __future__ import annotations

from convarith._errors import Refusal, SizeTypeError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar

    Answer = TypeVar("Answer")


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
        TypeError: There is no tuple, or two of them differ in length.

    Examples:
        >>> from convarith.porting import keras_crop, on_each_axis, torch_call
        >>> crops = on_each_axis(keras_crop, kernel_size=(3, 4), strides=2, padding="same")
        >>> crops
        (Crop(begin=0, end=1), Crop(begin=1, end=1))
        >>> [call.exact for call in on_each_axis(torch_call, crops, stride=2)]
        [False, True]
    """
    lengths = {
        len(value) for value in (*values, *arguments.values()) if type(value) is tuple
    }
    if len(lengths) != 1:
        raise SizeTypeError(
            "the tuples must have one value for each axis",
            {"lengths": sorted(lengths)},
            because="they say how many axes there are",
            valid="tuples of one length, and values that serve every axis",
        )
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
