"""TensorFlow's function: the output size is given, and the crop follows from it."""

from __future__ import annotations

from convarith._errors import in_the_words_of_its_call, shown
from convarith.porting.arguments import counts, one_of, pair, split, within
from convarith.porting.canonical import Crop, full_size

MODES = ("SAME", "VALID")


@in_the_words_of_its_call
def tensorflow_crop(
    *,
    in_size: int,
    kernel_size: int,
    output_shape: int,
    strides: int,
    padding: str | tuple[int, int] = "SAME",
    dilations: int = 1,
) -> Crop:
    """Return what `tf.nn.conv2d_transpose` and its siblings crop on one axis.

    `output_shape` is one of the sizes that the convolution with these arguments turns
    back into `in_size`. Its layer is `tf.keras.layers.Conv2DTranspose`: see
    [keras_crop][convarith.porting.keras_crop].

    Args:
        in_size: Input elements, at least 1.
        kernel_size: Elements in the kernel, at least 1.
        output_shape: Output elements, at least 1.
        strides: Distance between the places of two input elements, at least 1.
        padding: "SAME", "VALID", or the `(begin, end)` pads of that convolution.
        dilations: Distance between neighbouring kernel elements, at least 1.

    Returns:
        The crop; "SAME" gives an odd element to the end.

    Raises:
        SizeError: A value is below its minimum, the mode is unknown, or the
            convolution does not turn `output_shape` back into `in_size`.
        TypeError: A value is not a whole number, or the pads are not a pair.

    Examples:
        >>> from convarith.porting import tensorflow_crop
        >>> tensorflow_crop(in_size=14, kernel_size=3, output_shape=28, strides=2)
        Crop(begin=0, end=1)
        >>> tensorflow_crop(in_size=14, kernel_size=3, output_shape=27, strides=2)
        Crop(begin=1, end=1)

    Sources:
        `tensorflow/core/framework/common_shape_fns.cc`, GetWindowedOutputSize.
    """
    in_size, strides = counts("in_size", in_size), counts("strides", strides)
    one = isinstance(padding, str) and one_of("padding", padding, MODES)
    full = full_size(
        in_size,
        kernel_size=counts("kernel_size", kernel_size),
        stride=strides,
        dilation=counts("dilations", dilations),
    )
    output_shape = counts("output_shape", output_shape)
    total = full - output_shape
    if padding == "SAME":
        # One size for each remainder, whatever the kernel reaches.
        _turned_back(output_shape, in_size, in_size * strides, strides)
        return Crop(*split(total, "end"))
    begin, end = (0, 0) if one else pair("padding", padding)
    _turned_back(output_shape, in_size, full - begin - end + strides - 1, strides)
    return Crop(begin, total - begin)


def _turned_back(output_shape: int, in_size: int, last: int, strides: int) -> None:
    legal = range(max(last - strides + 1, 1), last + 1)
    because = (
        f"the convolution turns {shown(legal[0])} to {shown(last)} into {shown(in_size)}"
        if legal
        else f"no size is turned into {shown(in_size)}"
    )
    within("output_shape", output_shape, legal, because)
