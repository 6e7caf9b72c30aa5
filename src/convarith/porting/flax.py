"""Flax's layers: JAX's function with arguments of their own."""

from __future__ import annotations

from convarith._errors import SizeError, in_the_words_of_its_call
from convarith.porting.arguments import counts
from convarith.porting.canonical import Crop
from convarith.porting.jax import jax_crop


@in_the_words_of_its_call
def flax_crop(
    *,
    kernel_size: int,
    strides: int = 1,
    padding: str | int | tuple[int, int] = "SAME",
    kernel_dilation: int = 1,
) -> Crop:
    """Return what `flax.linen.ConvTranspose` and `flax.nnx.ConvTranspose` crop.

    An int pads both ends of the input after zeros were put between its elements;
    it is not torch's `padding`.

    Args:
        kernel_size: Elements in the kernel, at least 1.
        strides: Distance between the places of two input elements, at least 1.
        padding: "SAME", "VALID", a whole number, or a pair for the two ends.
        kernel_dilation: Distance between neighbouring kernel elements, at least 1.

    Returns:
        The crop on one axis.

    Raises:
        SizeError: A value is below its minimum, or the mode is unknown or
            "CIRCULAR", which wraps around and crops nothing.
        TypeError: A value is not a whole number, or the pads are not a pair.

    Examples:
        >>> from convarith.porting import flax_crop
        >>> flax_crop(kernel_size=4, strides=2, padding=1)
        Crop(begin=2, end=2)
        >>> flax_crop(kernel_size=4, strides=2)
        Crop(begin=1, end=1)

    Sources:
        `flax/linen/linear.py`, ConvTranspose.
    """
    kernel_dilation = counts("kernel_dilation", kernel_dilation)
    if padding == "CIRCULAR":
        raise SizeError(
            "padding must not be 'CIRCULAR'",
            {"padding": padding},
            because="what passes one end comes back at the other, and torch has no such "
            "transposed convolution",
            valid="padding='SAME'",
        )
    if not isinstance(padding, (str, tuple, list)):
        padding = (padding, padding)
    return jax_crop(
        kernel_size=kernel_size,
        strides=strides,
        padding=padding,
        rhs_dilation=kernel_dilation,
    )
