"""Keras: a mode, and an output_padding that counts from another size than torch's."""

from __future__ import annotations

from convarith._errors import SizeError, in_the_words_of_its_call
from convarith.porting.arguments import below_strides, one_of, window
from convarith.porting.crop import Call, Crop, both_ends, split
from convarith.porting.framework import Framework, Line, WeightLayout

MEANS = {"strides": "stride", "dilation_rate": "dilation"}
MODES = ("valid", "same")


@in_the_words_of_its_call
def keras_crop(
    *,
    kernel_size: int,
    strides: int = 1,
    padding: str = "valid",
    output_padding: int | None = None,
    dilation_rate: int = 1,
) -> Crop:
    """Return what `keras.layers.Conv2DTranspose` and its siblings crop on one axis.

    `output_padding=None` is not 0: with "same" the output is `strides` times the
    input, with "valid" at least that. With a number, the crop of "same" depends on
    the kernel extent, rounded down to an even number, and no longer on `strides`.

    Args:
        kernel_size: Elements in the kernel, at least 1.
        strides: Distance between two input elements in the output, at least 1.
        padding: "valid" or "same".
        output_padding: None, or a number from 0 on and below `strides`.
        dilation_rate: Distance between neighbouring kernel elements, at least 1;
            Keras accepts only 1 where `strides` is larger than 1 on any axis.

    Returns:
        The crop; "same" crops an odd element at the end.

    Raises:
        SizeError: A value is below its minimum, `output_padding` is not below
            `strides`, the mode is unknown, or both `strides` and `dilation_rate` are
            larger than 1.
        TypeError: A value is not a whole number.

    Examples:
        >>> from convarith.porting import keras_crop
        >>> keras_crop(kernel_size=3, strides=2, padding="same")
        Crop(begin=0, end=1)
        >>> keras_crop(kernel_size=4, strides=2, padding="same")
        Crop(begin=1, end=1)
        >>> keras_crop(kernel_size=4, strides=2, padding="same", output_padding=0)
        Crop(begin=2, end=2)
        >>> keras_crop(kernel_size=2, strides=3)
        Crop(begin=0, end=-1)

    Sources:
        `keras/src/layers/convolutional/base_conv_transpose.py` and
        `keras/src/backend/common/backend_utils.py`.
    """
    own = window(MEANS, kernel_size, strides, dilation_rate)
    if own.stride > 1 and own.dilation > 1:
        got = {"strides": own.stride, "dilation_rate": own.dilation}
        raise SizeError.of("porting-keras-strides-or-dilation", got)
    lowered = padding.lower() if isinstance(padding, str) else padding
    same = one_of("padding", lowered, MODES) == "same"
    if output_padding is None:
        total = own.extent - own.stride
        return Crop(*split(total, "end")) if same else Crop(0, min(total, 0))
    output_padding = below_strides("Keras", output_padding, own.stride)
    if not same:
        return Crop(0, -output_padding)
    return Crop(*split(own.extent - own.extent % 2 - output_padding, "end"))


@in_the_words_of_its_call
def keras_call(
    crop: Crop,
    *,
    kernel_size: int,
    strides: int = 1,
    padding: str = "same",
    dilation_rate: int = 1,
) -> Call:
    """Return the arguments of a Keras layer for a crop on one axis.

    Where "same" makes this very crop, the answer is "same"; elsewhere it is "valid",
    and the rest is for a `Cropping` layer. A Keras layer has one `padding` for all
    axes: where the answers for two axes differ, ask for "valid" on both.

    Args:
        crop: What a framework crops from the full result.
        kernel_size: Elements in the kernel, at least 1.
        strides: Distance between two input elements in the output, at least 1.
        padding: "same" to have "same" where it fits, or "valid" for every crop.
        dilation_rate: Distance between neighbouring kernel elements, at least 1.

    Returns:
        `padding` and `output_padding`, and the rest.

    Raises:
        SizeError: A value is below 1, the mode is unknown, or both `strides` and
            `dilation_rate` are larger than 1.
        TypeError: A value is not a whole number.

    Examples:
        >>> from convarith.porting import keras_call, torch_crop
        >>> crop = torch_crop(stride=2, padding=1)
        >>> keras_call(crop, kernel_size=4, strides=2)
        Call(arguments={'padding': 'same', 'output_padding': None}, rest=Crop(begin=0, end=0))
        >>> crop = torch_crop(stride=2, padding=1, output_padding=1)
        >>> keras_call(crop, kernel_size=3, strides=2)
        Call(arguments={'padding': 'valid', 'output_padding': 0}, rest=Crop(begin=1, end=0))

    Sources:
        `keras/src/layers/convolutional/base_conv_transpose.py`.
    """
    begin, end = both_ends(crop)
    padding = one_of("padding", padding, MODES)
    own = {"kernel_size": kernel_size, "strides": strides}
    made = keras_crop(padding=padding, dilation_rate=dilation_rate, **own)
    if padding == "same" and made == (begin, end):
        return Call({"padding": "same", "output_padding": None}, Crop(0, 0))
    output_padding = min(max(-end, 0), strides - 1)
    arguments = {"padding": "valid", "output_padding": output_padding}
    return Call(arguments, Crop(begin, end + output_padding))


KERAS = Framework(
    "keras",
    keras_crop,
    keras_call,
    MEANS,
    layout=WeightLayout(("*", "out", "in")),
    lines=(
        Line(
            r"Conv([123])DTranspose",
            order="filters kernel_size strides padding output_padding data_format "
            "dilation_rate activation use_bias",
            others="padding output_padding",
            channels=("in_channels", "filters"),
            bias="use_bias",
            groups="",
            example="Conv2DTranspose(8, 3, strides=2, padding='same')",
        ),
    ),
)
