"""Convolution arithmetic: which size comes out, and which parameters give it."""

from convarith._assertions import assert_fits, assert_out_size
from convarith._broken_skip import BrokenSkip
from convarith._draw import Drawing, draw
from convarith._errors import SizeError
from convarith._explain import explain
from convarith._fitting_sizes import FittingSizes
from convarith._from_torch import from_torch
from convarith._layers import (
    AdaptivePool,
    Conv,
    ConvTranspose,
    Fold,
    Layer,
    Norm,
    Pad,
    PixelUnshuffle,
    Pool,
    Resize,
    Unfold,
    Unpool,
)
from convarith._receptive_field import ReceptiveField
from convarith._solutions import Solutions
from convarith._solve import scale_by, solve
from convarith._stack import Stack
from convarith._taps import Taps, taps
from convarith.diagnosis import Diagnosis, diagnose
from convarith.sizes import (
    conv_input_sizes,
    conv_size,
    conv_transpose_size,
    kernel_extent,
    output_padding_for,
)

__version__ = "0.1.0"

__all__ = [
    "AdaptivePool",
    "BrokenSkip",
    "Conv",
    "ConvTranspose",
    "Diagnosis",
    "Drawing",
    "FittingSizes",
    "Fold",
    "Layer",
    "Norm",
    "Pad",
    "PixelUnshuffle",
    "Pool",
    "ReceptiveField",
    "Resize",
    "SizeError",
    "Solutions",
    "Stack",
    "Taps",
    "Unfold",
    "Unpool",
    "assert_fits",
    "assert_out_size",
    "conv_input_sizes",
    "conv_size",
    "conv_transpose_size",
    "diagnose",
    "draw",
    "explain",
    "from_torch",
    "kernel_extent",
    "output_padding_for",
    "scale_by",
    "solve",
    "taps",
]
