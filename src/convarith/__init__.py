"""Convolution arithmetic: which size comes out, and which parameters give it."""

from convarith.errors import SizeError
from convarith.layers import Conv, ConvTranspose
from convarith.sizes import (
    conv_input_sizes,
    conv_size,
    conv_transpose_size,
    kernel_extent,
    output_padding_for,
)

__all__ = [
    "Conv",
    "ConvTranspose",
    "SizeError",
    "conv_input_sizes",
    "conv_size",
    "conv_transpose_size",
    "kernel_extent",
    "output_padding_for",
]
