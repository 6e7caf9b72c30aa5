"""Each kind of torch module, read as a layer."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from convarith._errors import SizeError, SizeTypeError
from convarith._layers import Conv, ConvTranspose, Layer, Pool, Resize
from convarith._legal_values import shortest

if TYPE_CHECKING:
    from torch import nn

# The families of torch.nn whose members leave every spatial size as it is.
KEEP_SIZES = ("activation", "batchnorm", "dropout", "instancenorm", "normalization")
NOT_OF_THEM = ("MultiheadAttention",)


def layers_of(module: nn.Module) -> list[Layer]:
    """The layers that a module consists of; torch is there, or there were no module."""
    try:
        from torch import nn
    except ModuleNotFoundError:
        raise ModuleNotFoundError(
            "a module of PyTorch is read where PyTorch is, and it is not installed here"
        ) from None
    if not isinstance(module, nn.Module):
        kind = type(module).__name__
        raise SizeTypeError.of("torch-module", {"module": module}, kind=kind)
    return _layers_of(module, nn)


def _layers_of(module: Any, nn: Any) -> list[Layer]:
    if isinstance(module, nn.Sequential):
        return [layer for inner in module for layer in _layers_of(inner, nn)]
    for name, read in READERS.items():
        kinds = tuple(getattr(nn, name + end, ()) for end in ("", "1d", "2d", "3d"))
        if any(kind and isinstance(module, kind) for kind in kinds):
            _has_its_kernel(module, nn)
            return [read(module)]
    if _keeps_sizes(module, nn):
        return []
    kind = type(module)
    raise SizeTypeError.of("torch-unknown", {"module": kind}, kind=kind.__name__)


def _has_its_kernel(module: Any, nn: Any) -> None:
    """torch convolves with the weight there is, whatever kernel_size says."""
    weight = getattr(module, "weight", None)
    if weight is None or nn.parameter.is_lazy(weight):
        return
    shape = tuple(weight.shape[2:])
    if shape != module.kernel_size:
        got = {"kernel_size": module.kernel_size, "weight.shape[2:]": shape}
        raise SizeError.of("torch-weight", got, shape=shape)


def _keeps_sizes(module: Any, nn: Any) -> bool:
    """Whether it is one of torch's own modules that work element by element."""
    for kind in type(module).__mro__:
        if kind is nn.Identity:
            return True
        family = kind.__module__.removeprefix("torch.nn.modules.")
        if family in KEEP_SIZES and kind.__name__ not in NOT_OF_THEM:
            return True
    return False


def _alike(values: Any) -> Any:
    """One value for all axes where they agree, so that the layer serves any number."""
    several = isinstance(values, tuple) and len(set(values)) == 1
    return values[0] if several and isinstance(values[0], int) else values


def on_any_axes(layer: Conv) -> Conv:
    """The same layer for any number of axes, where its parameters agree on each."""
    return layer.replace(
        **{name: _alike(getattr(layer, name)) for name in layer.__match_args__}
    )


def _conv(module: Any) -> Conv:
    # The tuples say on how many axes padding="same" is.
    return on_any_axes(Conv(**{n: getattr(module, n) for n in Conv.__match_args__}))


def _conv_transpose(module: Any) -> ConvTranspose:
    return ConvTranspose(
        _alike(module.kernel_size),
        stride=_alike(module.stride),
        padding=_alike(module.padding),
        output_padding=_alike(module.output_padding),
        dilation=_alike(module.dilation),
    )


def _pool(module: Any) -> Pool:
    return Pool(
        _alike(module.kernel_size),
        stride=_alike(module.stride),
        padding=_alike(getattr(module, "padding", 0)),
        dilation=_alike(getattr(module, "dilation", 1)),
        ceil_mode=module.ceil_mode,
    )


def _upsample(module: Any) -> Resize:
    factors = module.scale_factor
    several = isinstance(factors, tuple)
    for factor in factors if several else (factors,):
        if factor is None or not float(factor).is_integer():
            got = {"scale_factor": factors, "size": module.size}
            raise SizeError.of("torch-factor", got)
    whole = tuple(int(factor) for factor in factors) if several else int(factors)
    return Resize(whole, mode=module.mode)


def _pixel_shuffle(module: Any) -> Resize:
    return Resize(module.upscale_factor)


# What the padding layers put there, in the words of a convolution's padding_mode.
PADS = {
    "ZeroPad": "zeros",
    "ConstantPad": "zeros",
    "ReflectionPad": "reflect",
    "ReplicationPad": "replicate",
    "CircularPad": "circular",
}


def _pad(padding_mode: str, module: Any) -> Conv:
    return padded_by(module.padding, padding_mode)


def padded_by(ends: tuple[int, ...], padding_mode: str) -> Conv:
    """A padding layer reads like a kernel of one element with that padding."""
    # torch names the last axis first.
    pairs = [*zip(ends[::2], ends[1::2], strict=True)][::-1]
    padding = tuple(map(shortest, pairs))
    return Conv(1, padding=_alike(padding), padding_mode=padding_mode)


READERS: dict[str, Callable[[Any], Layer]] = {
    "Conv": _conv,
    "ConvTranspose": _conv_transpose,
    "MaxPool": _pool,
    "AvgPool": _pool,
    "LPPool": _pool,
    "Upsample": _upsample,
    "PixelShuffle": _pixel_shuffle,
    **{name: partial(_pad, mode) for name, mode in PADS.items()},
}
