"""ONNX's ConvTranspose, as ONNX Runtime computes it."""

from __future__ import annotations

from convarith._errors import SizeError, in_the_words_of_its_call, shown
from convarith.porting.arguments import (
    below,
    counts,
    needed_with,
    one_of,
    pair,
    split,
    within,
)
from convarith.porting.canonical import Call, Crop, padded
from convarith.sizes import kernel_extent

MODES = ("NOTSET", "VALID", "SAME_UPPER", "SAME_LOWER")


@in_the_words_of_its_call
def onnx_crop(
    *,
    kernel_shape: int,
    strides: int = 1,
    auto_pad: str = "NOTSET",
    pads: tuple[int, int] | None = None,
    output_padding: int = 0,
    dilations: int = 1,
    output_shape: int | None = None,
    in_size: int | None = None,
) -> Crop:
    """Return what ONNX Runtime crops on one axis for a ConvTranspose node.

    With `output_shape` the pads are not read: they follow from the size asked for,
    and `auto_pad` says only which end gets the odd one.

    Args:
        kernel_shape: Elements in the kernel, at least 1.
        strides: Distance between the places of two input elements, at least 1.
        auto_pad: "NOTSET", "VALID", "SAME_UPPER" or "SAME_LOWER".
        pads: Elements cropped at the start and at the end, each at least 0; (0, 0)
            if not given, and given with "NOTSET" alone.
        output_padding: Elements given back at the end; ONNX Runtime takes what is
            below `strides`.
        dilations: Distance between neighbouring kernel elements, at least 1.
        output_shape: The output size on this axis, or None.
        in_size: Input elements; needed with `output_shape`.

    Returns:
        The crop; only "SAME_UPPER" gives an odd element to the end.

    Raises:
        SizeError: A value is below its minimum or past its limit, the mode is
            unknown, or it is given together with `pads`.
        TypeError: A value is not a whole number, or `in_size` is missing.

    Examples:
        >>> from convarith.porting import onnx_crop
        >>> onnx_crop(kernel_shape=3, strides=2, pads=(1, 1), output_padding=1)
        Crop(begin=1, end=0)
        >>> onnx_crop(kernel_shape=3, strides=2, auto_pad="SAME_UPPER")
        Crop(begin=0, end=1)
        >>> onnx_crop(kernel_shape=2, strides=3, auto_pad="SAME_UPPER")  # adds nothing
        Crop(begin=0, end=0)
        >>> onnx_crop(kernel_shape=3, strides=2, output_shape=28, in_size=14)
        Crop(begin=1, end=0)

    Sources:
        `onnxruntime/core/providers/cpu/nn/conv_transpose_attributes.h`.
    """
    strides = counts("strides", strides)
    extent = kernel_extent(
        counts("kernel_shape", kernel_shape), dilation=counts("dilations", dilations)
    )
    output_padding = below(
        "output_padding",
        counts("output_padding", output_padding),
        "strides",
        strides,
        "ONNX Runtime refuses what no convolution would turn back",
    )
    auto_pad = one_of("auto_pad", auto_pad, MODES)
    if auto_pad != "NOTSET" and pads is not None:
        raise SizeError(
            "pads must not be given with auto_pad",
            {"pads": pads, "auto_pad": auto_pad},
            because="ONNX allows one of the two",
            valid='auto_pad="NOTSET", or no pads',
        )
    begin, end = (0, 0) if pads is None else pair("pads", pads)
    larger = "end" if auto_pad == "SAME_UPPER" else "begin"
    if output_shape is not None:
        in_size = needed_with("in_size", in_size, "output_shape")
        full = (in_size - 1) * strides + extent
        size = _asked(counts("output_shape", output_shape), full + strides - 1)
        begin, _ = split(max(full + output_padding - size, 0), larger)
        return Crop(begin, full - size - begin)
    if auto_pad.startswith("SAME"):
        begin, end = split(max(extent + output_padding - strides, 0), larger)
    elif auto_pad == "VALID":
        begin, end = 0, 0
    return Crop(begin, end - output_padding)


def _asked(output_shape: int, limit: int) -> int:
    because = f"ONNX Runtime refuses more than {shown(limit)} with this in_size"
    return within("output_shape", output_shape, range(1, limit + 1), because)


@in_the_words_of_its_call
def onnx_call(crop: Crop, *, strides: int = 1) -> Call:
    """Return the attributes of a ConvTranspose node for a crop on one axis.

    ONNX has a pad for each end, so `output_padding` is needed only for positions
    past the full result. All starts come before all ends in its `pads`.

    Args:
        crop: What a framework keeps of the full result.
        strides: Distance between the places of two input elements, at least 1.

    Returns:
        `pads` of this axis as a pair, `output_padding`, and the rest: positions of
        bias alone that the node cannot give.

    Raises:
        SizeError: `strides` is below 1.
        TypeError: A value is not a whole number.

    Examples:
        >>> from convarith.porting import onnx_call, torch_crop
        >>> crop = torch_crop(stride=2, padding=1, output_padding=1)
        >>> onnx_call(crop, strides=2)
        Call(arguments={'pads': (1, 0), 'output_padding': 0}, rest=Crop(begin=0, end=0))
        >>> crop = torch_crop(stride=2, output_padding=2, dilation=3)
        >>> onnx_call(crop, strides=2)
        Call(arguments={'pads': (0, 0), 'output_padding': 1}, rest=Crop(begin=0, end=-1))

    Sources:
        `onnxruntime/core/providers/cpu/nn/conv_transpose_attributes.h`.
    """
    pads, output_padding, rest = padded(crop, counts("strides", strides))
    return Call({"pads": pads, "output_padding": output_padding}, rest)
