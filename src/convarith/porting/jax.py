"""JAX: a pair that pads the input with zeros between its elements, unless told not to."""

from __future__ import annotations

from convarith._errors import in_the_words_of_its_call
from convarith.porting.arguments import one_of, pair, window
from convarith.porting.crop import Call, Crop, both_ends, split
from convarith.porting.framework import Framework, WeightLayout

MEANS = {"strides": "stride", "rhs_dilation": "dilation"}
MODES = ("SAME", "VALID")


@in_the_words_of_its_call
def jax_crop(
    *,
    kernel_size: int,
    strides: int = 1,
    padding: str | tuple[int, int],
    rhs_dilation: int = 1,
    use_consistent_padding: bool = False,
) -> Crop:
    """Return what `jax.lax.conv_transpose` crops on one axis.

    A pair pads the input after zeros were put between its elements: more of it
    makes the output larger. Only with `use_consistent_padding` does it crop.

    Args:
        kernel_size: Elements of the kernel `rhs`, at least 1.
        strides: Distance between two input elements in the output, at least 1.
        padding: "SAME", "VALID", or a pair of whole numbers for the two ends.
        rhs_dilation: Distance between neighbouring kernel elements, at least 1.
        use_consistent_padding: Whether a pair means what it means to the
            convolution, and so crops.

    Returns:
        The crop; "SAME" crops an odd element at the end.

    Raises:
        SizeError: A value is below its minimum, or the mode is unknown.
        TypeError: A value is not a whole number, or the pads are not a pair.

    Examples:
        >>> from convarith.porting import jax_crop
        >>> jax_crop(kernel_size=4, strides=2, padding=(1, 1))
        Crop(begin=2, end=2)
        >>> jax_crop(kernel_size=4, strides=2, padding=(1, 1), use_consistent_padding=True)
        Crop(begin=1, end=1)
        >>> jax_crop(kernel_size=3, strides=2, padding=(1, 1))  # hides the difference
        Crop(begin=1, end=1)
        >>> jax_crop(kernel_size=3, strides=2, padding="SAME")
        Crop(begin=0, end=1)

    Sources:
        `jax/_src/lax/convolution.py`, conv_transpose.
    """
    own = window(MEANS, kernel_size, strides, rhs_dilation)
    if not isinstance(padding, str):
        begin, end = pair("padding", padding)
        if use_consistent_padding:
            return Crop(begin, end)
        return Crop(*_pads(begin, end, own.extent))
    total = own.extent - own.stride
    if one_of("padding", padding, MODES) == "SAME":
        return Crop(*split(total, "end"))
    return Crop(0, min(total, 0))


def _pads(begin: int, end: int, extent: int) -> tuple[int, int]:
    """The crop of JAX's pads, and as well the pads of a crop."""
    return extent - 1 - begin, extent - 1 - end


@in_the_words_of_its_call
def jax_call(
    crop: Crop,
    *,
    kernel_size: int,
    rhs_dilation: int = 1,
    use_consistent_padding: bool = False,
) -> Call:
    """Return the padding of `jax.lax.conv_transpose` for a crop on one axis.

    One call is always enough. The `ConvTranspose` of Flax accepts the same pair.

    Args:
        crop: What a framework crops from the full result.
        kernel_size: Elements of the kernel `rhs`, at least 1.
        rhs_dilation: Distance between neighbouring kernel elements, at least 1.
        use_consistent_padding: Whether the pair is to crop.

    Returns:
        `padding` as a pair, one member of the sequence that JAX accepts.

    Raises:
        SizeError: `kernel_size` or `rhs_dilation` is below 1.
        TypeError: A value is not a whole number.

    Examples:
        >>> from convarith.porting import jax_call, torch_crop
        >>> crop = torch_crop(stride=2, padding=1)
        >>> jax_call(crop, kernel_size=4).arguments
        {'padding': (2, 2)}
        >>> jax_call(crop, kernel_size=4, use_consistent_padding=True).arguments
        {'padding': (1, 1), 'use_consistent_padding': True}

    Sources:
        `jax/_src/lax/convolution.py`, conv_transpose.
    """
    begin, end = both_ends(crop)
    own = window(MEANS, kernel_size, 1, rhs_dilation)
    if use_consistent_padding:
        arguments = {"padding": (begin, end), "use_consistent_padding": True}
        return Call(arguments, Crop(0, 0))
    return Call({"padding": _pads(begin, end, own.extent)}, Crop(0, 0))


JAX = Framework(
    "jax",
    jax_crop,
    jax_call,
    MEANS,
    layout=WeightLayout(("*", "in", "out"), flip=True),
    layout_with={"transpose_kernel": WeightLayout(("*", "out", "in"))},
    function="conv_transpose",
)
