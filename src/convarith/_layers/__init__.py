"""The layers, a family in each file; each is a record of integers on every axis."""

from convarith._layers.convolution import Conv, ConvTranspose
from convarith._layers.folding import Fold, Unfold
from convarith._layers.layer import Layer
from convarith._layers.normalization import Norm
from convarith._layers.padding import Pad
from convarith._layers.pooling import AdaptivePool, Pool, Unpool
from convarith._layers.resizing import PixelUnshuffle, Resize

# By their names, as they are shown and read.
KINDS: dict[str, type[Layer]] = {
    kind.__name__: kind
    for kind in (
        *(Conv, ConvTranspose, Pool, AdaptivePool, Unpool, Resize, PixelUnshuffle),
        *(Pad, Unfold, Fold, Norm),
    )
}

__all__ = [
    "KINDS",
    "AdaptivePool",
    "Conv",
    "ConvTranspose",
    "Fold",
    "Layer",
    "Norm",
    "Pad",
    "PixelUnshuffle",
    "Pool",
    "Resize",
    "Unfold",
    "Unpool",
]
