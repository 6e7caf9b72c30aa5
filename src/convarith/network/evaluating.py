"""What a length is at given inputs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch

from convarith.network.lengths import Length, Size


def at(
    size: Size, inputs: tuple[Any, ...], known: dict[Length, Any] | None = None
) -> Any:
    """The size at some inputs: ints, or tensors of many of them at once."""
    if isinstance(size, int):
        return size
    known = {} if known is None else known
    if size in known:
        return known[size]
    total: Any = size.const
    for atom, times in size.terms:
        if atom.kind == "input":
            value = inputs[atom.number]
        else:
            value = FUNCTIONS[atom.kind](
                atom.number, *(at(one, inputs, known) for one in atom.of)
            )
        total = total + times * value
    known[size] = total
    return total


def _max(_: int, one: Any, other: Any) -> Any:
    if isinstance(one, torch.Tensor) or isinstance(other, torch.Tensor):
        return torch.maximum(torch.as_tensor(one), torch.as_tensor(other))
    return max(one, other)


def _quotient(_: int, one: Any, other: Any) -> Any:
    if isinstance(other, torch.Tensor):
        return one // torch.where(other == 0, 1, other)
    return one // (other or 1)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "floor": lambda by, one: one // by,
    "max": _max,
    "min": lambda by, one, other: -_max(by, -one, -other),
    "product": lambda _, one, other: one * other,
    "quotient": _quotient,
}
