"""ONNX: what ONNX Runtime computes, and what shape inference says of it."""

from __future__ import annotations

from typing import Any

from convarith._errors import SizeError, in_the_words_of_its_call
from convarith.porting.arguments import (
    below_strides,
    counts,
    one_of,
    pad_pair,
    span,
    window,
    with_output_shape,
)
from convarith.porting.crop import Call, Crop, split, two_pads
from convarith.porting.framework import TORCH_AXES, Framework, Line, WeightLayout

MEANS = {
    "kernel_shape": "kernel_size",
    "strides": "stride",
    "dilations": "dilation",
    "output_shape": "out_size",
}
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

    With `output_shape` the pads are not read: they follow from that size, and
    `auto_pad` says only which end gets the odd one.

    Args:
        kernel_shape: Elements in the kernel, at least 1.
        strides: Distance between two input elements in the output, at least 1.
        auto_pad: "NOTSET", "VALID", "SAME_UPPER" or "SAME_LOWER".
        pads: Elements cropped at the start and at the end, each at least 0; (0, 0)
            if not given, and given only with "NOTSET".
        output_padding: Elements by which less is cropped at the end, at least 0 and
            below `strides`.
        dilations: Distance between neighbouring kernel elements, at least 1.
        output_shape: The output size on this axis, or None.
        in_size: Input elements; needed with `output_shape`.

    Returns:
        The crop; an odd element is cropped at the end with "SAME_UPPER", else at the
        start.

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
    own = window(MEANS, kernel_shape, strides, dilations)
    output_padding = below_strides("ONNX Runtime", output_padding, own.stride)
    auto_pad = one_of("auto_pad", auto_pad, MODES)
    if auto_pad != "NOTSET" and pads is not None:
        got = {"pads": pads, "auto_pad": auto_pad}
        raise SizeError.of("porting-onnx-pads-or-auto-pad", got)
    begin, end = pad_pair("pads", (0, 0) if pads is None else pads)
    larger = "end" if auto_pad == "SAME_UPPER" else "begin"
    if output_shape is not None:
        in_size = with_output_shape(in_size)
        full = own.full_size(in_size)
        size = _within_reach(output_shape, in_size, full + own.stride - 1)
        begin, _ = split(max(full + output_padding - size, 0), larger)
        return Crop(begin, full - size - begin)
    if auto_pad.startswith("SAME"):
        total = own.extent + output_padding - own.stride
        begin, end = split(max(total, 0), larger)
    return Crop(begin, end - output_padding)


def _within_reach(output_shape: int, in_size: int, most: int) -> int:
    [size] = counts(MEANS, output_shape=output_shape)
    if size <= most:
        return size
    got = {"output_shape": size, "in_size": in_size}
    valid = span("output_shape", range(1, most + 1))
    raise SizeError.of("porting-onnx-output-shape", got, most=most, valid=valid)


@in_the_words_of_its_call
def onnx_call(crop: Crop, *, strides: int = 1) -> Call:
    """Return the attributes of a ConvTranspose node for a crop on one axis.

    ONNX has a pad for each end, so `output_padding` is needed only for positions
    past the full result. All starts come before all ends in its `pads`.

    Args:
        crop: What a framework crops from the full result.
        strides: Distance between two input elements in the output, at least 1.

    Returns:
        `pads` of this axis as a pair, `output_padding`, and the rest: positions with
        only the bias that the node cannot give.

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
    [strides] = counts(MEANS, strides=strides)
    pads, output_padding, rest = two_pads(crop, strides)
    return Call({"pads": pads, "output_padding": output_padding}, rest)


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
        strides: Distance between two input elements in the output, at least 1.
        auto_pad: "NOTSET", "VALID", "SAME_UPPER" or "SAME_LOWER".
        pads: Elements cropped at the start and at the end, each at least 0; read
            only with "NOTSET".
        output_padding: Elements by which less is cropped at the end, at least 0.
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
    own = window(MEANS, kernel_shape, strides, dilations)
    in_size, more = counts(MEANS, in_size=in_size, output_padding=output_padding)
    auto_pad, cropped = one_of("auto_pad", auto_pad, MODES), sum(pad_pair("pads", pads))
    if output_shape is not None:
        [size] = counts(MEANS, output_shape=output_shape)
        return size if size >= in_size else None
    if auto_pad != "NOTSET":
        cropped = max(own.extent - own.stride, 0) if auto_pad.startswith("SAME") else 0
    return own.full_size(in_size) + more - cropped


def _begins_before_ends(values: Any, axes: int) -> tuple[Any, ...]:
    """The pads axis by axis; a node lists all begins, then all ends."""
    return tuple(zip(values[:axes], values[axes:], strict=False))


ONNX = Framework(
    "onnx",
    onnx_crop,
    onnx_call,
    MEANS,
    layout=WeightLayout(TORCH_AXES, groups="out"),
    lines=(
        Line(
            "ConvTranspose",
            order="",
            others="auto_pad pads output_padding output_shape",
            channels=("in_channels", "out_channels"),
            bias="",
            groups="group",
            example="ConvTranspose(kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1])",
            by_axis={"pads": _begins_before_ends},
            needs_in_size=True,
        ),
    ),
)
