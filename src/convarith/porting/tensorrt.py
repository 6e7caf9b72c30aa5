"""TensorRT's IDeconvolutionLayer, from its documentation: it was not run."""

from __future__ import annotations

from convarith._errors import in_the_words_of_its_call
from convarith.porting.arguments import counts, one_of, split
from convarith.porting.canonical import Crop
from convarith.sizes import kernel_extent

MODES = ("EXPLICIT_ROUND_DOWN", "EXPLICIT_ROUND_UP", "SAME_UPPER", "SAME_LOWER")


@in_the_words_of_its_call
def tensorrt_crop(
    *,
    kernel_size: int,
    stride: int = 1,
    padding_mode: str = "EXPLICIT_ROUND_DOWN",
    pre_padding: int = 0,
    post_padding: int = 0,
    dilation: int = 1,
) -> Crop:
    """Return what a deconvolution layer of TensorRT crops on one axis, as documented.

    It has no `output_padding`; a smaller `post_padding` says the same.

    Args:
        kernel_size: Elements in the kernel, at least 1.
        stride: Distance between the places of two input elements, at least 1.
        padding_mode: A member of `tensorrt.PaddingMode` by name; both explicit ones
            mean the same here.
        pre_padding: Elements cropped at the start, at least 0.
        post_padding: Elements cropped at the end, at least 0.
        dilation: Distance between neighbouring kernel elements, at least 1.

    Returns:
        The crop.

    Raises:
        SizeError: A value is below its minimum, or the mode is unknown.
        TypeError: A value is not a whole number.

    Examples:
        >>> from convarith.porting import tensorrt_crop
        >>> tensorrt_crop(kernel_size=4, stride=2, pre_padding=1, post_padding=1)
        Crop(begin=1, end=1)
        >>> tensorrt_crop(kernel_size=3, stride=2, padding_mode="SAME_UPPER")
        Crop(begin=0, end=1)
        >>> tensorrt_crop(kernel_size=3, stride=2, padding_mode="SAME_LOWER")
        Crop(begin=1, end=0)

    Sources:
        The operator page of `Deconvolution` in NVIDIA's documentation.
    """
    stride = counts("stride", stride)
    extent = kernel_extent(
        counts("kernel_size", kernel_size), dilation=counts("dilation", dilation)
    )
    explicit = (
        counts("pre_padding", pre_padding),
        counts("post_padding", post_padding),
    )
    mode = one_of("padding_mode", padding_mode, MODES)
    if mode.startswith("EXPLICIT"):
        return Crop(*explicit)
    larger = "end" if mode == "SAME_UPPER" else "begin"
    return Crop(*split(max(extent - stride, 0), larger))
