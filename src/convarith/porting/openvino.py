"""OpenVINO: torch's arguments, and modes that crop nothing without an output size."""

from __future__ import annotations

from convarith._errors import in_the_words_of_its_call
from convarith.porting.arguments import counts, one_of, window, with_output_shape
from convarith.porting.crop import Call, Crop, split, two_pads
from convarith.porting.framework import TORCH_AXES, Framework, WeightLayout

MEANS = {
    "strides": "stride",
    "dilations": "dilation",
    "output_shape": "out_size",
    "pads_begin": "padding",
    "pads_end": "padding",
}
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

    Without `output_shape` the mode "same_upper" or "same_lower" crops nothing. With
    it, the odd element is cropped at the other end than in ONNX.

    Args:
        kernel_size: Elements in the kernel, at least 1.
        strides: Distance between two input elements in the output, at least 1.
        auto_pad: "explicit", "same_upper", "same_lower" or "valid".
        pads_begin: Elements cropped at the start, at least 0; read only with
            "explicit".
        pads_end: Elements cropped at the end, at least 0; read only with "explicit"
            and without `output_shape`.
        output_padding: Elements by which less is cropped at the end, at least 0.
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
    own = window(MEANS, kernel_size, strides, dilations)
    begin, end = counts(MEANS, pads_begin=pads_begin, pads_end=pads_end)
    [output_padding] = counts(MEANS, output_padding=output_padding)
    auto_pad = one_of("auto_pad", auto_pad, MODES)
    if auto_pad != "explicit":
        begin, end = 0, 0
    if output_shape is None:
        return Crop(begin, end - output_padding)
    [size] = counts(MEANS, output_shape=output_shape)
    full = own.full_size(with_output_shape(in_size))
    begin = 0 if grouped else begin
    if auto_pad.startswith("same"):
        larger = "begin" if auto_pad == "same_upper" else "end"
        begin, _ = split(max(full + output_padding - size, 0), larger)
    return Crop(begin, full - size - begin)


@in_the_words_of_its_call
def openvino_call(crop: Crop, *, strides: int = 1) -> Call:
    """Return the arguments of OpenVINO's operator for a crop on one axis.

    Args:
        crop: What a framework crops from the full result.
        strides: Distance between two input elements in the output, at least 1.

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
    [strides] = counts(MEANS, strides=strides)
    (begin, end), output_padding, rest = two_pads(crop, strides)
    own = {"pads_begin": begin, "pads_end": end, "output_padding": output_padding}
    return Call(own, rest)


OPENVINO = Framework(
    "openvino",
    openvino_crop,
    openvino_call,
    MEANS,
    # The grouped operator has its groups on an axis in front.
    layout=WeightLayout(TORCH_AXES, groups="first"),
)
