"""What operators do to sizes that must be equal, and what they read from end to end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import torch

from convarith.network.conditions import (
    Condition,
)
from convarith.network.lengths import Length, Size, largest
from convarith.network.rule import (
    EVERYTHING,
    SAME,
    UNKNOWN,
    Moved,
    Rule,
    kept,
    length,
    sizes,
)
from convarith.network.traced import Part, Source


# Joins and crops.
def pointwise(rule: Rule) -> tuple[Part, ...]:
    return broadcast(rule, rule.tensors)


def broadcast(
    rule: Rule, tensors: Sequence[torch.Tensor], kind: str = "join"
) -> tuple[Part, ...]:
    """Sizes are equal, or one of them is 1."""
    count = max(tensor.dim() for tensor in tensors)
    parts = []
    for place in range(-count, 0):
        here = [tensor for tensor in tensors if tensor.dim() >= -place]
        size: Any = 1
        for tensor in here:
            size = _met(rule, size, sizes(tensor)[place], kind)
        sources = tuple(Source(t, place % t.dim(), SAME) for t in here)
        parts.append(Part(size if isinstance(size, Length) else None, sources))
    return tuple(parts)


def _met(rule: Rule, one: Size, other: Size, kind: str) -> Size:
    if one is other or (isinstance(one, int) and isinstance(other, int)):
        return largest(one, other)
    if isinstance(one, int) and one == 1:
        return other
    if isinstance(other, int) and other == 1:
        return one
    alone = [Condition("==", size - 1) for size in (one, other)]
    rule.must(kind, (one, other), Condition("==", one - other), *alone)
    return largest(one, other)


def cat(rule: Rule) -> tuple[Part, ...]:
    tensors = [
        t for t in rule["tensors"] if t.dim() > 1 or rule["tensors"][0].dim() == 1
    ]
    first = tensors[0]
    along = int(length(rule["dim"])) % first.dim()
    parts = []
    for n in range(first.dim()):
        if n == along:
            total: Any = 0
            sources = []
            for tensor in tensors:
                sources.append(Source(tensor, n, Moved(0 - total)))
                total = total + sizes(tensor)[n]
            parts.append(
                Part(total if isinstance(total, Length) else None, tuple(sources))
            )
        else:
            for tensor in tensors[1:]:
                rule.equal("join", sizes(first)[n], sizes(tensor)[n])
            parts.append(
                Part(sizes(first)[n], tuple(Source(t, n, SAME) for t in tensors))
            )
    return tuple(parts)


def stack(rule: Rule) -> tuple[Part, ...]:
    tensors = rule["tensors"]
    for tensor in tensors[1:]:
        for one, other in zip(sizes(tensors[0]), sizes(tensor), strict=True):
            rule.equal("join", one, other)
    parts = [
        Part(sizes(tensors[0])[n], tuple(Source(t, n, SAME) for t in tensors))
        for n in range(tensors[0].dim())
    ]
    parts.insert(int(length(rule["dim"])) % (len(parts) + 1), Part(None))
    return tuple(parts)


def product_of(rule: Rule) -> tuple[Part, ...]:
    """mm, bmm, addmm, baddbmm: rows of one, columns of the other."""
    one, other = rule.tensors[-2:]
    rule.equal("join", sizes(one)[-1], sizes(other)[-2])
    inside = (
        Source(one, one.dim() - 1, EVERYTHING),
        Source(other, other.dim() - 2, EVERYTHING),
    )
    batch: tuple[Part, ...] = ()
    if one.dim() > 2:
        rule.equal("join", sizes(one)[0], sizes(other)[0])
        batch = (Part(sizes(one)[0], (Source(one, 0, SAME), Source(other, 0, SAME))),)
    rows = Part(sizes(one)[-2], (Source(one, one.dim() - 2, SAME), *inside))
    columns = Part(sizes(other)[-1], (Source(other, other.dim() - 1, SAME), *inside))
    return (*batch, rows, columns)


def distances(rule: Rule) -> tuple[Part, ...]:
    one, other = rule.tensors
    parts = [kept(one, n) for n in range(one.dim() - 1)]
    return (*parts, kept(other, -2))


def keeps(*everything: int) -> Callable[[Rule], list[tuple[Part, ...]]]:
    """The first tensor's sizes; some dimensions are read from end to end."""

    def rule_(rule: Rule) -> list[tuple[Part, ...]]:
        x = rule.tensors[0]
        all_of = {n % x.dim() for n in everything} if x.dim() else set()
        out = tuple(
            kept(x, n, EVERYTHING if n in all_of else SAME) for n in range(x.dim())
        )
        return [out]

    return rule_


def along(name: str) -> Callable[[Rule], list[tuple[Part, ...]]]:
    """Keeps sizes, and reads one dimension from end to end: softmax, cumsum, sort."""

    def rule_(rule: Rule) -> list[tuple[Part, ...]]:
        x = rule["self"]
        found = rule[name]
        which = [
            int(length(d)) % x.dim()
            for d in (found if isinstance(found, (list, tuple)) else [found])
        ]
        out = tuple(
            kept(x, n, EVERYTHING if n in which else SAME) for n in range(x.dim())
        )
        return [out, out]

    return rule_


def group_norm(rule: Rule) -> list[tuple[Part, ...]]:
    """It averages over the whole map."""
    x = rule["input"]
    out = tuple(kept(x, n, SAME if n == 0 else EVERYTHING) for n in range(x.dim()))
    return [out, (Part(None), Part(None)), (Part(None), Part(None))]


def layer_norm(rule: Rule) -> list[Any]:
    x = rule["input"]
    count = len(rule["normalized_shape"])
    for own, wanted in zip(sizes(x)[-count:], rule["normalized_shape"], strict=True):
        rule.equal("fixed", own, length(wanted))
    out = tuple(
        kept(x, n, EVERYTHING if n >= x.dim() - count else SAME) for n in range(x.dim())
    )
    kept_ = tuple(
        part if n < x.dim() - count else Part(1) for n, part in enumerate(out)
    )
    return [out, kept_, kept_]


def batch_norm(rule: Rule) -> list[Any]:
    x = rule["input"]
    own = rule["training"]
    out = tuple(
        kept(x, n, EVERYTHING if own and n != 1 else SAME) for n in range(x.dim())
    )
    return [out, (Part(None),), (Part(None),)]


def reduced(rule: Rule) -> list[tuple[Part, ...]]:
    """sum, mean, amax: some dimensions go, or become 1."""
    x = rule["self"]
    given = rule["dim"]
    which = (
        list(range(x.dim()))
        if given in (None, [])
        else given
        if isinstance(given, (list, tuple))
        else [given]
    )
    gone = {int(length(n)) % x.dim() for n in which} if x.dim() else set()
    out = []
    for n in range(x.dim()):
        if n not in gone:
            out.append(kept(x, n))
        elif rule["keepdim"]:
            out.append(Part(1, (Source(x, n, EVERYTHING),)))
    return [tuple(out), tuple(out)]


def attention(rule: Rule) -> list[Any]:
    query, key, value = rule["query"], rule["key"], rule["value"]
    rule.equal("join", sizes(key)[-2], sizes(value)[-2])
    out = [kept(query, n) for n in range(query.dim() - 1)]
    out[-1] = Part(
        out[-1].size, (Source(key, key.dim() - 2, EVERYTHING), *out[-1].sources)
    )
    return [(*out, kept(value, -1)), tuple(out)]


def multi_head(rule: Rule) -> list[tuple[Part, ...]]:
    """The layer of torch.nn as one operator: batch, sequence, features."""
    query, key = rule["query"], rule["key"]
    out = [kept(query, n) for n in range(3)]
    out[1] = Part(out[1].size, (Source(key, 1, EVERYTHING), *out[1].sources))
    return [tuple(out), (kept(query, 0), out[1], Part(sizes(key)[1]))]


def glu(rule: Rule) -> tuple[Part, ...]:
    """Half of a dimension is gated by the other half."""
    x = rule["self"]
    along_ = int(length(rule["dim"])) % x.dim()
    parts = [kept(x, n) for n in range(x.dim())]
    own = sizes(x)[along_]
    rule.must("view", (own, 2), Condition("==", own % 2))
    half = own // 2
    parts[along_] = Part(
        half if isinstance(half, Length) else None, (Source(x, along_, UNKNOWN),)
    )
    return tuple(parts)
