"""A model is left as it was: attributes, buffers, hooks, and the state of chance."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch


@contextmanager
def left_alone(model: torch.nn.Module) -> Iterator[None]:
    """Whatever the model's forward() keeps for later is forgotten again."""
    modules = list(model.modules())
    before = [(module.__dict__, dict(module.__dict__)) for module in modules]
    inside = [
        (held, held.copy())
        for _, own in before
        for held in own.values()
        if type(held) in (dict, list, set)
    ]
    with torch.random.fork_rng(devices=[]), _python_chance():
        try:
            yield
        finally:
            for there, own in before:
                there.clear()
                there.update(own)
            for held, own in inside:
                _put_back(held, own)


def _put_back(held: Any, own: Any) -> None:
    if isinstance(held, list):
        held[:] = own
    else:
        held.clear()
        held.update(own)


@contextmanager
def _python_chance() -> Iterator[None]:
    numpy: Any = sys.modules.get("numpy")
    ours, theirs = random.getstate(), numpy and numpy.random.get_state()
    try:
        yield
    finally:
        random.setstate(ours)
        if numpy:
            numpy.random.set_state(theirs)
