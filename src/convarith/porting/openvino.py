"""OpenVINO's ConvolutionBackpropData and GroupConvolutionBackpropData."""

from __future__ import annotations

from convarith._errors import in_the_words_of_its_call
from convarith.porting.arguments import counts, needed_with, one_of, split
from convarith.porting.canonical import Call, Crop, full_size, padded

MODES = ("explicit", "same_upper", "same_lower", "valid")


@in_the_words_of_its_call
def openvino_crop(
    *,
    kernel_size: int,
    strides: int = 1,
    auto_pad: str = "explicit",
    pads_begin: int = 0,
    pads_end: int = 0,
    output_padding: int = 0,
    dilations: int = 1,
    output_shape: int | None = None,
    in_size: int | None = None,
    grouped: bool = False,
) -> Crop:
    """Return what OpenVINO crops on one axis for a transposed convolution.

    Without `output_shape` the mode "same_upper" or "same_lower" crops nothing at
    all. With it, the odd element goes to the other end than in ONNX.

    Args:
        kernel_size: Elements in the kernel, at least 1.
        strides: Distance between the places of two input elements, at least 1.
        auto_pad: "explicit", "same_upper", "same_lower" or "valid".
        pads_begin: Elements cropped at the start, at least 0; read with "explicit"
            alone.
        pads_end: Elements cropped at the end, at least 0; read with "explicit" and
            without `output_shape` alone.
        output_padding: Elements given back at the end, at least 0.
        dilations: Distance between neighbouring kernel elements, at least 1.
        output_shape: The output size on this axis, or None.
        in_size: Input elements; needed with `output_shape`.
        grouped: Whether it is the grouped operator, which does not read
            `pads_begin` where `output_shape` is given.

    Returns:
        The crop.

    Raises:
        SizeError: A value is below its minimum, or the mode is unknown.
        TypeError: A value is not a whole number, or `in_size` is missing.

    Examples:
        >>> from convarith.porting import openvino_crop
        >>> openvino_crop(kernel_size=3, strides=2, pads_begin=1, pads_end=1)
        Crop(begin=1, end=1)
        >>> openvino_crop(kernel_size=3, strides=2, auto_pad="same_upper")
        Crop(begin=0, end=0)
        >>> openvino_crop(
        ...     kernel_size=3, strides=2, auto_pad="same_upper", output_shape=28, in_size=14
        ... )
        Crop(begin=1, end=0)

    Sources:
        The values of its CPU plugin.
    """
    kernel_size = counts("kernel_size", kernel_size)
    strides, dilations = counts("strides", strides), counts("dilations", dilations)
    before, after = counts("pads_begin", pads_begin), counts("pads_end", pads_end)
    output_padding = counts("output_padding", output_padding)
    auto_pad = one_of("auto_pad", auto_pad, MODES)
    explicit = auto_pad == "explicit"
    if output_shape is None:
        begin, end = (before, after) if explicit else (0, 0)
        return Crop(begin, end - output_padding)
    full = full_size(
        needed_with("in_size", in_size, "output_shape"),
        kernel_size=kernel_size,
        stride=strides,
        dilation=dilations,
    )
    output_shape = counts("output_shape", output_shape)
    begin = before if explicit and not grouped else 0
    if auto_pad.startswith("same"):
        larger = "begin" if auto_pad == "same_upper" else "end"
        begin, _ = split(max(full + output_padding - output_shape, 0), larger)
    return Crop(begin, full - output_shape - begin)


@in_the_words_of_its_call
def openvino_call(crop: Crop, *, strides: int = 1) -> Call:
    """Return the arguments of OpenVINO's operator for a crop on one axis.

    Args:
        crop: What a framework keeps of the full result.
        strides: Distance between the places of two input elements, at least 1.

    Returns:
        `pads_begin`, `pads_end`, `output_padding`, and the rest.

    Raises:
        SizeError: `strides` is below 1.
        TypeError: A value is not a whole number.

    Examples:
        >>> from convarith.porting import openvino_call, torch_crop
        >>> openvino_call(torch_crop(stride=2, padding=1), strides=2).arguments
        {'pads_begin': 1, 'pads_end': 1, 'output_padding': 0}

    Sources:
        The values of its CPU plugin.
    """
    pads, output_padding, rest = padded(crop, counts("strides", strides))
    arguments = {
        "pads_begin": pads[0],
        "pads_end": pads[1],
        "output_padding": output_padding,
    }
    return Call(arguments, rest)
