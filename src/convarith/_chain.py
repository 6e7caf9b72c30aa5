"""Layers in sequence on one axis: how a moved input moves every size on the way."""

from __future__ import annotations

from collections.abc import Sequence
from math import gcd
from typing import Any, TypeAlias

from convarith._axes import Layer

# The layers on one axis: what kind each is, and its parameters there.
Chain: TypeAlias = Sequence[tuple[type[Layer], dict[str, Any]]]


def steps(chain: Chain) -> list[tuple[int, int]]:
    """For each place in the trace, the step of the input and the step it causes.

    Each pair is the smallest: an input moved by the first moves what stands at that
    place by the second, sizes and positions alike.
    """
    in_step, out_step = 1, 1
    found = [(1, 1)]
    for kind, own in chain:
        needed, caused = kind.steps_on_axis(**own)
        shared = gcd(out_step, needed)
        in_step, out_step = in_step * (needed // shared), out_step // shared * caused
        found.append((in_step, out_step))
    return found


def sizes(chain: Chain, in_size: int) -> list[int]:
    """The size before the first layer and after each."""
    found = [in_size]
    for kind, own in chain:
        found.append(kind.size_on_axis(found[-1], **own))
    return found


def smallest_input(chain: Chain) -> int:
    """The smallest input that every layer accepts; each larger one is accepted too."""
    smallest = 1
    for kind, own in reversed(chain):
        smallest = kind.inputs_on_axis(smallest, smallest, **own).start
    return smallest
