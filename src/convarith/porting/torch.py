"""PyTorch: one padding for both ends, and output_padding."""

from __future__ import annotations

from convarith._errors import in_the_words_of_its_call
from convarith._legal_values import (
    at_least,
    output_padding_is_legal,
    output_padding_limit,
)
from convarith.porting.arguments import counts
from convarith.porting.crop import Call, Crop, both_ends
from convarith.porting.framework import TORCH_AXES, Framework, WeightLayout


@in_the_words_of_its_call
def torch_crop(
    *, stride: int = 1, padding: int = 0, output_padding: int = 0, dilation: int = 1
) -> Crop:
    """Return what `torch.nn.ConvTranspose2d` and its siblings crop on one axis.

    Args:
        stride: Distance between two input elements in the output, at least 1.
        padding: Elements cropped at each end, at least 0.
        output_padding: Elements by which less is cropped at the end, from 0 to
            `max(stride, dilation) - 1`.
        dilation: Distance between neighbouring kernel elements, at least 1.

    Returns:
        The crop; its end is `padding - output_padding`.

    Raises:
        SizeError: A value is below its minimum, or `output_padding` is not below
            `max(stride, dilation)`.
        TypeError: A value is not a whole number.

    Examples:
        >>> from convarith.porting import torch_crop
        >>> torch_crop(stride=2, padding=1, output_padding=1)
        Crop(begin=1, end=0)

    Sources:
        `torch.nn.functional.conv_transpose1d` in PyTorch 2.13.0.
    """
    padding = at_least("padding", padding)
    stride, dilation = at_least("stride", stride), at_least("dilation", dilation)
    output_padding = output_padding_is_legal(output_padding, stride, dilation)
    return Crop(padding, padding - output_padding)


@in_the_words_of_its_call
def torch_call(crop: Crop, *, stride: int = 1, dilation: int = 1) -> Call:
    """Return torch's arguments for a crop on one axis.

    One call is enough where the begin of the crop is not negative, not below its end,
    and above its end by less than `max(stride, dilation)`. Elsewhere torch keeps more,
    or as much as it can give, and the rest is cut off or added.

    Args:
        crop: What a framework crops from the full result.
        stride: Distance between two input elements in the output, at least 1.
        dilation: Distance between neighbouring kernel elements, at least 1.

    Returns:
        `padding` and `output_padding`, and the rest.

    Raises:
        SizeError: `stride` or `dilation` is below 1.
        TypeError: A value is not a whole number.

    Examples:
        >>> from convarith.porting import keras_crop, torch_call
        >>> torch_call(keras_crop(kernel_size=4, strides=2, padding="same"), stride=2)
        Call(arguments={'padding': 1, 'output_padding': 0}, rest=Crop(begin=0, end=0))
        >>> torch_call(keras_crop(kernel_size=3, strides=2, padding="same"), stride=2)
        Call(arguments={'padding': 0, 'output_padding': 0}, rest=Crop(begin=0, end=1))

    Sources:
        `torch.nn.functional.conv_transpose1d` in PyTorch 2.13.0.
    """
    begin, end = both_ends(crop)
    limit = output_padding_limit(*counts({}, stride=stride, dilation=dilation))
    if begin >= 0 and 0 <= begin - end < limit:
        padding, output_padding = begin, begin - end
    else:
        padding = max(min(begin, end), 0)
        output_padding = min(max(-end, 0), limit - 1)
    rest = Crop(begin - padding, end - padding + output_padding)
    return Call({"padding": padding, "output_padding": output_padding}, rest)


TORCH = Framework(
    "torch",
    torch_crop,
    torch_call,
    means={},
    layout=WeightLayout(TORCH_AXES, groups="out"),
)
