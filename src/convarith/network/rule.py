"""One call of an operator, as the rules see it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import torch
from torch.utils._pytree import tree_flatten

from convarith.network.conditions import (
    Condition,
)
from convarith.network.lengths import Length, Size
from convarith.network.traced import Check, Part, Run, Source, Step, Traced


class Moved(NamedTuple):
    """Output o reads input o + by: a crop, a pad, or a place in a concatenation."""

    by: Size


EVERYTHING = "everything"

UNKNOWN = "unknown"

SAME = Moved(0)

NEVER = Condition("!=", 0)


class Rule:
    """What is known of one call: its outputs' sizes, and what must hold."""

    def __init__(self, func: Any, step: Step, args: Any, kwargs: Any, run: Run) -> None:
        names = [argument.name for argument in func._schema.arguments]
        self.args = dict(zip(names, args, strict=False)) | kwargs
        defaults = {
            a.name: a.default_value
            for a in func._schema.arguments
            if a.has_default_value()
        }
        self.args = defaults | self.args
        self.step, self.func, self.run = step, func, run
        self.outputs: list[tuple[Part, ...] | None] = []
        self.checks: list[Check] = []
        self.static = False
        self.tensors = [
            one for one in flat(args, kwargs) if isinstance(one, torch.Tensor)
        ]

    def __getitem__(self, name: str) -> Any:
        return self.args.get(name)

    def must(self, kind: str, sizes: Sequence[Size], *any_of: Condition) -> None:
        if any(isinstance(one.length, Length) for one in any_of):
            self.checks.append(Check(self.step, any_of, kind, tuple(sizes)))

    def equal(self, kind: str, one: Size, other: Size) -> None:
        self.must(kind, (one, other), Condition("==", one - other))


def flat(args: Any, kwargs: Any) -> list[Any]:
    return tree_flatten((args, kwargs))[0]


def length(value: Any) -> Any:
    """A number as the rules take it: an int, or a Length; None where it is neither."""
    if isinstance(value, torch.SymInt):
        return value.node.value
    return value


def dims(tensor: torch.Tensor) -> tuple[Part, ...]:
    if isinstance(tensor, Traced):
        return tensor.parts
    return tuple(Part(size) for size in tensor.shape)


def sizes(tensor: torch.Tensor) -> list[Any]:
    return [part.size for part in dims(tensor)]


def kept(tensor: torch.Tensor, dim: int, how: Any = SAME) -> Part:
    return Part(sizes(tensor)[dim], (Source(tensor, dim % tensor.dim(), how),))
