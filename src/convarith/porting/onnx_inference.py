"""What the shape inference of ONNX says, which is not always what is computed."""

from __future__ import annotations

from convarith._errors import in_the_words_of_its_call
from convarith.porting.arguments import counts, one_of, pair
from convarith.porting.canonical import full_size
from convarith.porting.onnx import MODES
from convarith.sizes import kernel_extent


@in_the_words_of_its_call
def onnx_inferred_size(
    in_size: int,
    *,
    kernel_shape: int,
    strides: int = 1,
    auto_pad: str = "NOTSET",
    pads: tuple[int, int] = (0, 0),
    output_padding: int = 0,
    dilations: int = 1,
    output_shape: int | None = None,
) -> int | None:
    """Return the size that ONNX shape inference writes beside a ConvTranspose node.

    ONNX Runtime computes another size in some cases: with "SAME_UPPER" and
    "SAME_LOWER" where `output_padding` is given, and with what it refuses.

    Args:
        in_size: Input elements, at least 1.
        kernel_shape: Elements in the kernel, at least 1.
        strides: Distance between the places of two input elements, at least 1.
        auto_pad: "NOTSET", "VALID", "SAME_UPPER" or "SAME_LOWER".
        pads: Elements cropped at the start and at the end, each at least 0.
        output_padding: Elements given back at the end, at least 0.
        dilations: Distance between neighbouring kernel elements, at least 1.
        output_shape: The output size on this axis, or None.

    Returns:
        The size; None where `output_shape` is below `in_size`, for then this axis and
        the ones behind it are missing from the shape.

    Raises:
        SizeError: A value is below its minimum, or the mode is unknown.
        TypeError: A value is not a whole number.

    Examples:
        >>> from convarith.porting import onnx_crop, onnx_inferred_size
        >>> node = {"kernel_shape": 4, "strides": 2, "auto_pad": "SAME_UPPER", "output_padding": 1}
        >>> onnx_inferred_size(5, **node)
        11
        >>> onnx_crop(**node).out_size(5, kernel_size=4, stride=2)
        10

    Sources:
        `onnx/defs/nn/defs.cc`, convTransposeShapeInference.
    """
    kernel_shape = counts("kernel_shape", kernel_shape)
    strides, dilations = counts("strides", strides), counts("dilations", dilations)
    in_size = counts("in_size", in_size)
    if output_shape is not None:
        output_shape = counts("output_shape", output_shape)
        return output_shape if output_shape >= in_size else None
    extent = kernel_extent(kernel_shape, dilation=dilations)
    cropped = sum(pair("pads", pads))
    if one_of("auto_pad", auto_pad, MODES) != "NOTSET":
        cropped = max(extent - strides, 0) if auto_pad.startswith("SAME") else 0
    full = full_size(
        in_size, kernel_size=kernel_shape, stride=strides, dilation=dilations
    )
    return full + counts("output_padding", output_padding) - cropped
