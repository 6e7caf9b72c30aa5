"""Flax: layers on JAX's function, with names of their own."""

from __future__ import annotations

from convarith._errors import SizeError, in_the_words_of_its_call
from convarith.porting.arguments import counts
from convarith.porting.crop import Crop
from convarith.porting.framework import Framework, Line
from convarith.porting.jax import JAX, jax_crop

MEANS = {"strides": "stride", "kernel_dilation": "dilation"}


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
        strides: Distance between two input elements in the output, at least 1.
        padding: "SAME", "VALID", a whole number, or a pair for the two ends.
        kernel_dilation: Distance between neighbouring kernel elements, at least 1.

    Returns:
        The crop on one axis.

    Raises:
        SizeError: A value is below its minimum, the mode is unknown, or it is
            "CIRCULAR", which no crop gives.
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
    [kernel_dilation] = counts(MEANS, kernel_dilation=kernel_dilation)
    if padding == "CIRCULAR":
        got, valid = {"padding": padding}, "padding='SAME'"
        raise SizeError.of("porting-flax-circular", got, valid=valid)
    return jax_crop(
        kernel_size=kernel_size,
        strides=strides,
        padding=padding
        if isinstance(padding, (str, tuple, list))
        else (padding, padding),
        rhs_dilation=kernel_dilation,
    )


LINEN = Line(
    "ConvTranspose",
    order="features kernel_size strides padding kernel_dilation use_bias",
    others="padding",
    channels=("in_features", "features"),
    bias="use_bias",
    groups="",
    example="nn.ConvTranspose(8, (3, 3), strides=(2, 2), padding='SAME')",
)
NNX = LINEN._replace(
    layer=r"nnx\.ConvTranspose",
    order="in_features out_features kernel_size strides",
    channels=("in_features", "out_features"),
)
FLAX = Framework(
    "flax",
    flax_crop,
    None,
    MEANS,
    layout=JAX.layout,
    layout_with=JAX.layout_with,
    lines=(NNX, LINEN),
)
