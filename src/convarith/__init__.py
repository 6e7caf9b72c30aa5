"""Convolution arithmetic: which size comes out, and which parameters give it."""

from convarith.axes import Layer
from convarith.diagnose import Diagnosis, diagnose
from convarith.errors import SizeError
from convarith.explain import explain
from convarith.fitting import FittingSizes
from convarith.from_torch import from_torch
from convarith.layers import Conv, ConvTranspose
from convarith.pooling import Pool
from convarith.receptive_field import ReceptiveField
from convarith.repair import BrokenSkip
from convarith.resize import Resize
from convarith.sizes import (
    conv_input_sizes,
    conv_size,
    conv_transpose_size,
    kernel_extent,
    output_padding_for,
)
from convarith.solutions import Solutions
from convarith.solver import scale_by, solve
from convarith.stack import Stack
from convarith.taps import Taps, taps

__all__ = [
    "BrokenSkip",
    "Conv",
    "ConvTranspose",
    "Diagnosis",
    "FittingSizes",
    "Layer",
    "Pool",
    "ReceptiveField",
    "Resize",
    "SizeError",
    "Solutions",
    "Stack",
    "Taps",
    "conv_input_sizes",
    "conv_size",
    "conv_transpose_size",
    "diagnose",
    "explain",
    "from_torch",
    "kernel_extent",
    "output_padding_for",
    "scale_by",
    "solve",
    "taps",
]
