"""Core ML's conv_transpose, from its documentation: it was not run."""

from __future__ import annotations

from convarith._errors import SizeError, in_the_words_of_its_call
from convarith.porting.arguments import counts, one_of, pair
from convarith.porting.canonical import Crop
from convarith.sizes import kernel_extent

MODES = ("valid", "custom", "same")


@in_the_words_of_its_call
def coreml_crop(
    *,
    kernel_size: int,
    strides: int = 1,
    pad_type: str = "valid",
    pad: tuple[int, int] = (0, 0),
    dilations: int = 1,
) -> Crop:
    """Return what Core ML's `conv_transpose` crops on one axis, as documented.

    It has no `output_padding`. Its `pad` names both ends of one axis, then both ends
    of the next.

    Args:
        kernel_size: Elements in the kernel, at least 1.
        strides: Distance between the places of two input elements, at least 1.
        pad_type: "valid", "custom" or "same".
        pad: Elements cropped at the start and at the end, each at least 0; read with
            "custom" alone.
        dilations: Distance between neighbouring kernel elements, at least 1.

    Returns:
        The crop.

    Raises:
        SizeError: A value is below its minimum, the mode is unknown, or "same" has
            to crop unevenly or to add, which the documentation leaves open.
        TypeError: A value is not a whole number, or `pad` is not a pair.

    Examples:
        >>> from convarith.porting import coreml_crop
        >>> coreml_crop(kernel_size=4, strides=2, pad_type="custom", pad=(1, 1))
        Crop(begin=1, end=1)

    Sources:
        `coremltools/converters/mil/mil/ops/defs/iOS15/conv.py`, conv_transpose.
    """
    strides = counts("strides", strides)
    extent = kernel_extent(
        counts("kernel_size", kernel_size), dilation=counts("dilations", dilations)
    )
    begin, end = pair("pad", pad)
    mode = one_of("pad_type", pad_type, MODES)
    if mode != "same":
        return Crop(begin, end) if mode == "custom" else Crop(0, 0)
    total = extent - strides
    if total >= 0 and total % 2 == 0:
        return Crop(total // 2, total // 2)
    raise SizeError(
        "with pad_type='same' the crop must be even",
        {"kernel_size": kernel_size, "strides": strides, "dilations": dilations},
        because=f"the kernel reaches over {extent}, and where the difference to "
        "strides goes is documented nowhere",
        valid="pad_type='custom' and a pad",
    )
