"""What the model is called with, at any size."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import torch
from torch.utils._pytree import TreeSpec, tree_flatten, tree_unflatten

from convarith._errors import SizeError, SizeTypeError
from convarith.network.evaluating import at
from convarith.network.lengths import Size, of_input
from convarith.network.symbols import symbol
from convarith.network.traced import Part, Run, Traced

# Where `make` is asked how its sizes grow.
ASKED_AT = (0, 1, 3)


class Inputs(NamedTuple):
    """Positional arguments and keywords, and which of their sizes change."""

    leaves: tuple[Any, ...]
    tree: TreeSpec
    # For each leaf that changes: the dimension and its size; None: the number itself.
    changing: tuple[tuple[int, int | None, Size], ...]
    sizes: tuple[int, ...]

    @classmethod
    def of_example(cls, example: Any, axes: tuple[int, ...]) -> Inputs:
        leaves, tree = tree_flatten(_call(example))
        tensors = [one for one in leaves if isinstance(one, torch.Tensor)]
        if not tensors:
            raise SizeTypeError.of(
                "network-example", {"example": type(example).__name__}
            )
        if any(not -tensors[0].dim() <= axis < tensors[0].dim() for axis in axes):
            got = {"axis": axes[0] if len(axes) == 1 else axes}
            raise SizeError.of("network-axis", got, dims=tensors[0].dim())
        sizes = tuple(tensors[0].shape[axis] for axis in axes)
        changing = []
        for number, leaf in enumerate(leaves):
            for place, axis in enumerate(axes):
                if isinstance(leaf, torch.Tensor) and _has(leaf, axis, sizes[place]):
                    changing.append((number, axis % leaf.dim(), of_input(place)))
        return cls(tuple(leaves), tree, tuple(changing), sizes)

    @classmethod
    def of_maker(cls, make: Callable[[int], Any], size: int) -> Inputs:
        calls = [tree_flatten(_call(make(size + more))) for more in ASKED_AT]
        (leaves, tree), *others = calls
        changing: list[tuple[int, int | None, Size]] = []
        for number, leaf in enumerate(leaves):
            same = [other[number] for other, _ in others]
            if isinstance(leaf, torch.Tensor):
                for dim, sizes in enumerate(
                    zip(leaf.shape, *(one.shape for one in same), strict=True)
                ):
                    if len(set(sizes)) > 1:
                        changing.append((number, dim, _grows(sizes, size)))
            elif type(leaf) is int and len({leaf, *same}) > 1:
                changing.append((number, None, _grows((leaf, *same), size)))
        if not changing:
            raise SizeError.of("network-make", {"size": size})
        return cls(tuple(leaves), tree, tuple(changing), (size,))

    def recorded(self, run: Run) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """The call with traced tensors of the run's sizes."""
        leaves = list(self.leaves)
        for number in {number for number, *_ in self.changing}:
            own = {dim: size for n, dim, size in self.changing if n == number}
            leaf = leaves[number]
            if None in own:
                plain = at(own[None], run.hints)
                leaves[number] = (
                    symbol(own[None], plain, run.asked) if run.lengths else plain
                )
                continue
            shape = [
                at(own[d], run.hints) if d in own else n
                for d, n in enumerate(leaf.shape)
            ]
            inner = torch.zeros(
                shape, dtype=leaf.dtype, device=leaf.device if run.values else "meta"
            )
            parts = tuple(
                Part(own.get(d, n) if run.lengths else n) for d, n in enumerate(shape)
            )
            leaves[number] = Traced(inner, parts, None, run)
        call: tuple[tuple[Any, ...], dict[str, Any]] = tree_unflatten(leaves, self.tree)
        return call

    def real(self, *sizes: int) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """The call with plain tensors of these sizes."""
        leaves = list(self.leaves)
        for number, dim, size in self.changing:
            leaf = leaves[number]
            if dim is None:
                leaves[number] = at(size, sizes)
            else:
                shape = list(leaf.shape)
                shape[dim] = at(size, sizes)
                leaves[number] = torch.zeros(
                    shape, dtype=leaf.dtype, device=leaf.device
                )
        call: tuple[tuple[Any, ...], dict[str, Any]] = tree_unflatten(leaves, self.tree)
        return call


def _has(leaf: torch.Tensor, axis: int, size: int) -> bool:
    return -leaf.dim() <= axis < leaf.dim() and leaf.shape[axis] == size


def _call(example: Any) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """A tuple holds positional arguments, a dict keywords."""
    if isinstance(example, dict):
        return (), example
    return (example if isinstance(example, tuple) else (example,)), {}


def _grows(sizes: tuple[int, ...], size: int) -> Size:
    """The size as so many times the input's, plus a number."""
    times = sizes[1] - sizes[0]
    if sizes[2] - sizes[0] != ASKED_AT[2] * times:
        raise SizeError.of("network-make-grows", {"sizes": sizes})
    return of_input(0) * times + (sizes[0] - times * size)
