"""What stands in for parts of torch while a model runs with lengths."""

from __future__ import annotations

import functools
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch.nn.modules.module import (
    register_module_forward_hook,
    register_module_forward_pre_hook,
)

from convarith.network.traced import Run, Traced

# torch itself declares no types here.
_whole: Any = torch.sym_int


@contextmanager
def resizing_by_lengths() -> Iterator[None]:
    """torch's own resizing takes no SymInt; the operator behind it does."""
    there: Any = vars(torch._C)["_nn"]
    before = {
        name: getattr(there, name)
        for name in dir(there)
        if "upsample_" in name and "backward" not in name
    }
    for name, function in before.items():
        setattr(there, name, functools.partial(_maybe_resized, name, function))
    try:
        yield
    finally:
        for name, function in before.items():
            setattr(there, name, function)


def _maybe_resized(name: str, function: Any, *args: Any, **kwargs: Any) -> Any:
    return (
        _resized(name, *args, **kwargs)
        if isinstance(args[0], Traced)
        else function(*args, **kwargs)
    )


def _resized(name: str, x: Any, output_size: Any = None, *others: Any) -> Any:
    *align, scales = others
    spatial = x.dim() - 2
    if output_size is None:
        sizes = [_whole(n * s) for n, s in zip(x.shape[2:], scales, strict=True)]
    else:
        sizes, scales = list(output_size), [None] * spatial
    resize = getattr(torch.ops.aten, name).default
    return resize(x, sizes, *align, *scales)


@contextmanager
def pools_of_lengths() -> Iterator[None]:
    """torch.max_pool1d looks at the length itself; in two dimensions it does not."""
    there: Any = torch
    function = there.max_pool1d
    there.max_pool1d = functools.partial(_pooled, function)
    try:
        yield
    finally:
        there.max_pool1d = function


def _pooled(
    function: Any,
    x: Any,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
) -> Any:
    given = (kernel_size, stride or kernel_size, padding, dilation)
    if not isinstance(x, Traced):
        return function(x, *given, ceil_mode)
    last = [one[0] if isinstance(one, (tuple, list)) else one for one in given]
    pairs = [(first, one) for first, one in zip((1, 1, 0, 1), last, strict=True)]
    there: Any = torch
    return there.max_pool2d(x.unsqueeze(-2), *pairs, ceil_mode).squeeze(-2)


@contextmanager
def recurrences_whole() -> Iterator[None]:
    """A recurrent layer is one operator, not a loop over its sequence."""
    there: Any = torch._VF
    names = ("lstm", "gru", "rnn_tanh", "rnn_relu")
    before = {name: getattr(there, name) for name in names}
    for name, function in before.items():
        setattr(there, name, functools.partial(_recurrent, function))
    try:
        yield
    finally:
        for name in names:
            delattr(there, name)


def _recurrent(function: Any, x: Any, hx: Any, *others: Any) -> Any:
    states = hx if isinstance(hx, (tuple, list)) else (hx,)
    # With packed sequences the second argument is their lengths.
    if not isinstance(x, Traced) or states[0].dim() != x.dim():
        return function(x, hx, *others)
    ways = 2 if others[5] else 1
    return x.new_empty([*x.shape[:-1], states[0].shape[-1] * ways]), *states


@contextmanager
def scripts_inlined() -> Iterator[None]:
    """A scripted function is run as the Python that it was made from."""
    kind: Any = torch._C.ScriptFunction
    compiled = kind.__call__

    @functools.wraps(compiled)
    def call(self: Any, *args: Any, **kwargs: Any) -> Any:
        original = getattr(self, "_torchdynamo_inline", None)
        return (original or functools.partial(compiled, self))(*args, **kwargs)

    kind.__call__ = call
    try:
        yield
    finally:
        kind.__call__ = compiled


class _Whole(type):
    """What int is to a model that writes int(size / 2) or isinstance(size, int)."""

    def __instancecheck__(cls, one: object) -> bool:
        return isinstance(one, (int, torch.SymInt))

    def __call__(cls, *given: Any, **named: Any) -> Any:
        if given and isinstance(given[0], (torch.SymInt, torch.SymFloat)):
            return _whole(given[0])
        return int(*given, **named)


class WholeNumber(int, metaclass=_Whole):
    """int, for the time that a model runs with lengths."""


# Packages that know lengths as torch has them.
OWN_INT = {"torch", "convarith", "builtins", "einops"}


@contextmanager
def int_of_lengths(model: torch.nn.Module, run: Run) -> Iterator[None]:
    """In the model's own files, and in their packages, int() keeps a length."""
    roots = {
        type(module).__module__.partition(".")[0] for module in model.modules()
    } - OWN_INT
    files = [
        vars(there)
        for name, there in list(sys.modules.items())
        if run.lengths
        and there
        and name.partition(".")[0] in roots
        and "int" not in vars(there)
    ]
    for names in files:
        names["int"] = WholeNumber
    try:
        yield
    finally:
        for names in files:
            names.pop("int", None)


@contextmanager
def named(model: torch.nn.Module, run: Run) -> Iterator[None]:
    """Know at each moment which module runs, without a hook on any of the user's."""
    names = {id(module): name for name, module in model.named_modules()}

    def enter(module: Any, _: Any) -> None:
        run.stopped_in = names.get(id(module), run.stopped_in)
        run.modules.append(
            names.get(id(module), run.modules[-1] if run.modules else "")
        )

    def leave(*_: Any) -> None:
        run.modules.pop()

    handles = [
        register_module_forward_pre_hook(enter),
        register_module_forward_hook(leave, always_call=True),
    ]
    try:
        yield
    finally:
        for handle in handles:
            handle.remove()
