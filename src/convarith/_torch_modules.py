"""Modules of torch, read as layers; whatever is not certain is named instead."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from convarith._errors import SizeError, SizeTypeError
from convarith._layers import Fold, Layer, Unfold
from convarith._say import Sentence
from convarith._torch_readers import READERS, family_of, is_passed_over

if TYPE_CHECKING:
    from torch import nn

# Why a module cannot be read, and for each reason its path and class.
Unread = defaultdict[str, list[str]]
# What a subclass may have changed, without which no size is certain.
OWN = ("forward", "_conv_forward", "__call__")


def layers_of(module: nn.Module) -> list[Layer]:
    """The layers that a module consists of; torch is there, or there were no module."""
    try:
        from torch import nn
    except ModuleNotFoundError:
        raise ModuleNotFoundError(
            "a module of PyTorch is read where PyTorch is, and it is not installed here"
        ) from None
    kind = type(module).__name__
    if not isinstance(module, nn.Module):
        raise SizeTypeError.of("torch-module", {"module": module}, kind=kind)
    unread: Unread = defaultdict(list)
    layers = _layers_of(module, "", nn, unread)
    if unread:
        reasons = [Sentence(key, {"names": ", ".join(n)}) for key, n in unread.items()]
        raise SizeTypeError.of("torch-unread", {"module": kind}, reasons=reasons)
    return layers


def _layers_of(module: Any, path: str, nn: Any, unread: Unread) -> list[Layer]:
    kind = _kind_of_torch(module)
    why = _uncertain(module, kind, nn)
    layers: list[Layer] = []
    if not why and kind is nn.Sequential:
        for name, inner in module._modules.items():
            found = _layers_of(inner, f"{path}.{name}".lstrip("."), nn, unread)
            if found and layers and _is_on_one_axis(layers, found):
                _named(unread, "unread:axes", inner, f"{path}.{name}".lstrip("."))
            layers += found
        return layers
    if not why:
        read = READERS.get(family_of(kind.__name__))
        if read is None:
            why = (
                "" if is_passed_over(kind.__module__, kind.__name__) else "unread:kind"
            )
        else:
            _has_its_kernel(module, nn)
            found_or_why = read(module)
            if isinstance(found_or_why, list):
                return found_or_why
            why = found_or_why
    if why:
        _named(unread, why, module, path)
    return layers


def _named(unread: Unread, why: str, module: Any, path: str) -> None:
    name = type(module).__name__
    unread[why].append(f"{path} ({name})" if path else name)


def _kind_of_torch(module: Any) -> Any:
    """The first of its classes that is torch's own."""
    return next(
        kind
        for kind in type(module).__mro__
        if kind.__module__.startswith("torch.nn.modules.")
    )


def _uncertain(module: Any, kind: Any, nn: Any) -> str:
    """Why a module may do something else than torch's own; empty if it does not."""
    if kind in (nn.ModuleList, nn.ModuleDict):
        return "unread:list"
    theirs = [getattr(type(module), n, None) is getattr(kind, n, None) for n in OWN]
    if kind is nn.Module or not all(theirs) or set(OWN) & set(vars(module)):
        return "unread:forward"
    hooks = (*module._forward_pre_hooks.values(), *module._forward_hooks.values())
    return "" if all(map(_is_of_torch, hooks)) else "unread:hook"


def _is_of_torch(hook: Any) -> bool:
    """Lazy modules, weight_norm and the like change weights, and no size."""
    owner = getattr(hook, "__self__", hook)
    place = owner if hasattr(owner, "__name__") else type(owner)
    return str(place.__module__).startswith("torch.nn.")


def _is_on_one_axis(layers: list[Layer], found: list[Layer]) -> bool:
    """Whether an Unfold has put all windows on one axis, and no Fold taken them off."""
    last = layers[-1]
    return isinstance(last, Unfold) and not isinstance(found[0], Fold)


def _has_its_kernel(module: Any, nn: Any) -> None:
    """torch convolves with the weight there is, whatever kernel_size says."""
    weight = getattr(module, "weight", None)
    if weight is None or nn.parameter.is_lazy(weight):
        return
    shape = tuple(weight.shape[2:])
    if hasattr(module, "kernel_size") and shape != module.kernel_size:
        got = {"kernel_size": module.kernel_size, "weight.shape[2:]": shape}
        raise SizeError.of("torch-weight", got, shape=shape)
