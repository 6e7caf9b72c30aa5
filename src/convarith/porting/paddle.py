"""Paddle: the names of torch, a pad for each end, and a "SAME" that asks for the size."""

from __future__ import annotations

from convarith._errors import SizeError, in_the_words_of_its_call
from convarith._legal_values import same_pads
from convarith._say import Sentence
from convarith.porting.arguments import (
    below_strides,
    counts,
    one_of,
    pad_pair,
    span,
    window,
    with_output_shape,
)
from convarith.porting.crop import Call, Crop, two_pads
from convarith.porting.framework import TORCH_AXES, Framework, WeightLayout

MEANS = {"output_size": "out_size"}
MODES = ("VALID", "SAME")


@in_the_words_of_its_call
def paddle_crop(
    *,
    kernel_size: int,
    stride: int = 1,
    padding: int | tuple[int, int] | str = 0,
    output_padding: int = 0,
    dilation: int = 1,
    output_size: int | None = None,
    in_size: int | None = None,
) -> Crop:
    """Return what Paddle's transposed convolutions crop on one axis.

    "SAME" crops as much as a convolution would pad an input of the same size, so the
    crop depends on the size; Paddle then treats any `dilation` as 1.

    Args:
        kernel_size: Elements in the kernel, at least 1.
        stride: Distance between two input elements in the output, at least 1.
        padding: Elements cropped at each end, at least 0, a `(begin, end)` pair,
            "SAME" or "VALID".
        output_padding: Elements by which less is cropped at the end, below `stride`.
        dilation: Distance between neighbouring kernel elements, at least 1.
        output_size: The output size on this axis, or None.
        in_size: Input elements; needed with "SAME" and with `output_size`.

    Returns:
        The crop.

    Raises:
        SizeError: A value is below its minimum, `output_padding` is not below `stride`,
            Paddle does not reach `output_size` or it comes with `output_padding`, the
            mode is unknown, or "SAME" comes with a `dilation` above 1.
        TypeError: A value is not a whole number, or `in_size` is missing.

    Examples:
        >>> from convarith.porting import paddle_crop
        >>> paddle_crop(kernel_size=3, stride=2, padding=(1, 0), output_padding=1)
        Crop(begin=1, end=-1)
        >>> paddle_crop(kernel_size=3, stride=2, padding="SAME", in_size=5)
        Crop(begin=1, end=1)

    Sources:
        paddle/phi/infermeta/binary.cc, ConvTransposeInferMeta; and
        paddle/phi/kernels/cpu/conv_util.h, UpdatePaddingAndDilation.
    """
    own = window(MEANS, kernel_size, stride, dilation)
    output_padding = below_strides("Paddle", output_padding, own.stride)
    if padding == "SAME":
        if own.dilation > 1:
            raise SizeError.of("porting-paddle-same", {"dilation": own.dilation})
        size = with_output_shape(in_size)
        begin, end = same_pads(size, "SAME_UPPER", **own._asdict())
    elif isinstance(padding, str):
        one_of("padding", padding, MODES)
        begin, end = 0, 0
    else:
        pads = (padding, padding) if not isinstance(padding, (tuple, list)) else padding
        begin, end = pad_pair("padding", pads)
    if output_size is None:
        return Crop(begin, end - output_padding)
    if output_padding:
        both = {"output_padding": output_padding, "output_size": output_size}
        raise SizeError.of("porting-paddle-both", both)
    [size] = counts(MEANS, output_size=output_size)
    full = own.full_size(with_output_shape(in_size))
    smallest = full - begin - end
    legal = range(max(smallest, 1), smallest + own.stride)
    if size in legal:
        return Crop(begin, end - (size - smallest))
    got = {"output_size": size, "in_size": in_size}
    less = Sentence("nothing-left:crop", {"most": full - 1})
    valid = span("output_size", legal) if legal else less
    raise SizeError.of("porting-paddle-size", got, valid=valid)


@in_the_words_of_its_call
def paddle_call(crop: Crop, *, stride: int = 1) -> Call:
    """Return the arguments of Paddle's layer for a crop on one axis.

    Args:
        crop: What a framework crops from the full result.
        stride: Distance between two input elements in the output, at least 1.

    Returns:
        `padding` as a pair, `output_padding`, and the rest. Paddle takes the pairs of
        all axes in one list.

    Raises:
        SizeError: `stride` is below 1.
        TypeError: A value is not a whole number.

    Examples:
        >>> from convarith.porting import Crop, paddle_call
        >>> paddle_call(Crop(0, 1), stride=2).arguments
        {'padding': (0, 1), 'output_padding': 0}

    Sources:
        paddle/phi/infermeta/binary.cc, ConvTransposeInferMeta.
    """
    [stride] = counts(MEANS, stride=stride)
    pads, output_padding, rest = two_pads(crop, stride)
    return Call({"padding": pads, "output_padding": output_padding}, rest)


PADDLE = Framework(
    "paddle",
    paddle_crop,
    paddle_call,
    MEANS,
    layout=WeightLayout(TORCH_AXES, groups="out"),
)
