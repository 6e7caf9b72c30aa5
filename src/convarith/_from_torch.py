"""A torch module in, a layer or a stack of layers out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convarith._errors import SizeTypeError
from convarith._layers import Layer
from convarith._stack import Stack
from convarith._torch_modules import layers_of

if TYPE_CHECKING:
    from torch import nn


def from_torch(module: nn.Module) -> Layer | Stack:
    r"""Return the layer, or the stack of layers, that a torch module is.

    Convolutions and transposed convolutions, pooling of every kind, padding,
    `Upsample`, `PixelShuffle`, `Fold`, `Unfold`, and `Sequential`s of these are read.
    Activation, dropout and `BatchNorm` keep every size: in a `Sequential` they are
    passed over. `InstanceNorm` and `GroupNorm` keep it, too, and read everything: they
    are a [Norm][convarith.Norm].

    A module with a forward or a hook of its own may do anything, and is not read.

    Args:
        module: A module of `torch.nn`; a lazy one too.

    Returns:
        A [Layer][convarith.Layer], such as [Conv][convarith.Conv], and for a
        `Sequential` a [Stack][convarith.Stack].

    Raises:
        SizeError: The module's parameters are ones that no call accepts.
        TypeError: It is none of these modules, or holds others; the message names
            each, with its path and the reason.

    Examples:
        >>> from torch import nn
        >>> from convarith import from_torch
        >>> from_torch(nn.ConvTranspose2d(64, 32, 4, stride=2, padding=1))
        ConvTranspose(4, stride=2, padding=1)
        >>> net = nn.Sequential(nn.Conv1d(1, 8, 3, stride=2), nn.ReLU(), nn.MaxPool1d(2))
        >>> from_torch(net).trace(64)
        (64, 31, 15)

    Sources:
        The constructors of `torch.nn` in PyTorch 2.13.0.
    """
    layers = layers_of(module)
    if hasattr(module, "__iter__"):
        return Stack(layers)
    if layers:
        return layers[0]
    kind = type(module).__name__
    raise SizeTypeError.of("torch-alone", {"module": module}, kind=kind)
