"""Each kind of module of torch.nn: the layers that it is, or why it is uncertain."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeAlias

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
from convarith._legal_values import shortest

# The layers, or the name of the sentence that says why there is no certain answer.
Read: TypeAlias = list[Layer] | str

# The families of torch.nn whose members leave every spatial size as it is.
KEEP_SIZES = ("activation", "batchnorm", "dropout", "instancenorm", "normalization")
NOT_OF_THEM = ("MultiheadAttention",)
# What the padding layers put there, in the words of a convolution's padding_mode.
PADS = {
    "ZeroPad": "zeros",
    "ConstantPad": "zeros",
    "ReflectionPad": "reflect",
    "ReplicationPad": "replicate",
    "CircularPad": "circular",
}


def family_of(name: str) -> str:
    """A class's name without the number of axes, and built, not lazy."""
    counted = name[-1:] == "d" and name[-2:-1] in ("1", "2", "3")
    return (name[:-2] if counted else name).removeprefix("Lazy")


def is_passed_over(place: str, name: str) -> bool:
    """Whether torch's own module of this name works element by element."""
    family = place.removeprefix("torch.nn.modules.")
    return name == "Identity" or (family in KEEP_SIZES and name not in NOT_OF_THEM)


def _alike(values: Any) -> Any:
    """One value for all axes where they agree, so that the layer serves any number."""
    values = tuple(values) if isinstance(values, list) else values
    several = isinstance(values, tuple) and len(set(values)) == 1
    return values[0] if several and not isinstance(values[0], tuple) else values


def on_any_axes(layer: Conv) -> Conv:
    """The same layer for any number of axes, where its parameters agree on each."""
    return layer.replace(
        **{name: _alike(getattr(layer, name)) for name in layer.__match_args__}
    )


def _conv(module: Any) -> Read:
    # The tuples say on how many axes padding="same" is.
    own = {name: getattr(module, name) for name in Conv.__match_args__}
    return [on_any_axes(Conv(**own))]


def _as_it_is(kind: type[Layer], module: Any) -> Read:
    """A module whose attributes have the names of the layer's parameters."""
    own = {name: _alike(getattr(module, name)) for name in kind.__match_args__}
    return [kind(**own)]


def _pool(module: Any) -> Read:
    pool = Pool(
        _alike(module.kernel_size),
        stride=_alike(module.stride),
        padding=_alike(getattr(module, "padding", 0)),
        dilation=_alike(getattr(module, "dilation", 1)),
        ceil_mode=module.ceil_mode,
    )
    return [pool]


def _upsample(module: Any) -> Read:
    factor, size = _alike(module.scale_factor), _alike(module.size)
    return [Resize(factor, size=size, mode=module.mode)]


def _pixel_shuffle(module: Any) -> Read:
    return [Resize(module.upscale_factor)]


def _pad(mode: str, module: Any) -> Read:
    return [padded_by(module.padding, mode)]


def padded_by(ends: tuple[int, ...], mode: str) -> Pad:
    """The padding of a module of torch, which names the last axis first."""
    pairs = [*zip(ends[::2], ends[1::2], strict=True)][::-1]
    return Pad(_alike(tuple(map(shortest, pairs))), mode=mode)


def _channels(module: Any) -> Read:
    """Axis 1 are the channels of a batch; without dim, torch takes it or the batch."""
    return [] if getattr(module, "dim", 1) in (None, 1) else "unread:dim"


def _instance_norm(module: Any) -> Read:
    running = module.track_running_stats and not module.training
    return [] if running else [Norm()]


def _batch_norm(module: Any) -> Read:
    return [] if module.track_running_stats else [Norm()]


READERS: dict[str, Callable[[Any], Read]] = {
    "Conv": _conv,
    "ConvTranspose": partial(_as_it_is, ConvTranspose),
    **dict.fromkeys(("MaxPool", "AvgPool", "LPPool"), _pool),
    **dict.fromkeys(
        ("AdaptiveAvgPool", "AdaptiveMaxPool"), partial(_as_it_is, AdaptivePool)
    ),
    "MaxUnpool": partial(_as_it_is, Unpool),
    **dict.fromkeys(("Upsample", "UpsamplingNearest", "UpsamplingBilinear"), _upsample),
    "PixelShuffle": _pixel_shuffle,
    "PixelUnshuffle": partial(_as_it_is, PixelUnshuffle),
    "Unfold": partial(_as_it_is, Unfold),
    "Fold": partial(_as_it_is, Fold),
    **{name: partial(_pad, mode) for name, mode in PADS.items()},
    **dict.fromkeys(("GLU", "Softmax", "Softmin", "LogSoftmax"), _channels),
    "InstanceNorm": _instance_norm,
    **dict.fromkeys(("BatchNorm", "SyncBatchNorm"), _batch_norm),
    "GroupNorm": lambda module: [Norm()],
    **dict.fromkeys(("LayerNorm", "RMSNorm"), lambda module: "unread:shape"),
}
