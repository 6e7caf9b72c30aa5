"""Keras: a mode, and an output_padding that counts from another size than torch's."""

from __future__ import annotations

from convarith._errors import SizeError, in_the_words_of_its_call
from convarith.porting.arguments import below, counts, one_of, split
from convarith.porting.canonical import Call, Crop, both_ends
from convarith.sizes import kernel_extent

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

    `output_padding=None` is not zero: with "same" the output is `strides` times the
    input, with "valid" at least that. A number makes "same" count from the input
    alone, so that the kernel's reach matters only in being odd or even.

    Args:
        kernel_size: Elements in the kernel, at least 1.
        strides: Distance between the places of two input elements, at least 1.
        padding: "valid" or "same".
        output_padding: None, or a number below `strides`.
        dilation_rate: Distance between neighbouring kernel elements, at least 1;
            Keras takes no other with larger `strides`, on whichever axis.

    Returns:
        The crop; "same" gives an odd element to the end.

    Raises:
        SizeError: A value is below its minimum or at its limit, the mode is
            unknown, or both `strides` and `dilation_rate` are larger.
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
    strides, dilation_rate = _together(strides, dilation_rate)
    extent = kernel_extent(counts("kernel_size", kernel_size), dilation=dilation_rate)
    lowered = padding.lower() if isinstance(padding, str) else padding
    same = one_of("padding", lowered, MODES) == "same"
    if output_padding is None:
        total = extent - strides
        return Crop(*split(total, "end")) if same else Crop(0, min(total, 0))
    output_padding = below(
        "output_padding",
        counts("output_padding", output_padding),
        "strides",
        strides,
        "Keras refuses what no convolution would turn back",
    )
    if not same:
        return Crop(0, -output_padding)
    return Crop(*split(extent - extent % 2 - output_padding, "end"))


def _together(strides: int, dilation_rate: int) -> tuple[int, int]:
    strides = counts("strides", strides)
    dilation_rate = counts("dilation_rate", dilation_rate)
    if strides == 1 or dilation_rate == 1:
        return strides, dilation_rate
    raise SizeError(
        "strides and dilation_rate must not both be larger than 1",
        {"strides": strides, "dilation_rate": dilation_rate},
        because="the layers of Keras take one of them at a time",
        valid="strides=1 or dilation_rate=1",
    )


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

    Where "same" crops just so, it is taken; elsewhere "valid" keeps everything, and
    the rest is for a `Cropping` layer. A Keras layer has one `padding` for all of its
    axes: where the answers for two axes differ, ask for "valid" on both.

    Args:
        crop: What a framework keeps of the full result.
        kernel_size: Elements in the kernel, at least 1.
        strides: Distance between the places of two input elements, at least 1.
        padding: "same" to have it where it fits, or "valid" for every crop.
        dilation_rate: Distance between neighbouring kernel elements, at least 1.

    Returns:
        `padding` and `output_padding`, and the rest.

    Raises:
        SizeError: A value is below 1, the mode is unknown, or both `strides` and
            `dilation_rate` are larger.
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
    own = {
        "kernel_size": kernel_size,
        "strides": strides,
        "dilation_rate": dilation_rate,
    }
    matched = keras_crop(padding=padding, **own) == (begin, end)
    if matched and padding == "same":
        return Call({"padding": "same", "output_padding": None}, Crop(0, 0))
    output_padding = min(max(-end, 0), strides - 1)
    arguments = {"padding": "valid", "output_padding": output_padding}
    return Call(arguments, Crop(begin, end + output_padding))
