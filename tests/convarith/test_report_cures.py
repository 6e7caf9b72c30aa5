"""A broken call raises its message; what diagnose() offers is put in, and it passes."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
import torch
from torch import nn
from torch.nn import functional as F
from torch.utils.data import DataLoader

from convarith import diagnose

FREE = {"torch": torch, "nn": nn, "F": F, "ones": torch.ones, "DataLoader": DataLoader}


class Broken(NamedTuple):
    """A call in some names, of which the cure replaces one; and which cure it is."""

    call: str
    name: str
    names: dict[str, Any]
    which: int = 0


def maps(**shapes: tuple[int, ...]) -> dict[str, Any]:
    """Tensors of these shapes; a target of classes holds zeros."""
    return {name: torch.ones(shape) for name, shape in shapes.items()}


CROSS = "F.cross_entropy(x, target.long() * 0)"
BCE = "F.binary_cross_entropy(x / 2, target / 2)"
SUM = "x + y"
BROKEN = [
    # Joined and added.
    Broken("torch.cat([x, skip], 1)", "x", maps(x=(1, 4, 30, 40), skip=(1, 4, 31, 41)), 1),
    Broken("torch.cat([x, skip], 1)", "skip", maps(x=(1, 4, 30, 40), skip=(1, 4, 31, 41)), 2),
    Broken("torch.cat([skip, x], 1)", "x", maps(x=(1, 4, 8, 8), skip=(1, 2, 16, 16))),
    Broken("torch.cat([skip, x], 1)", "x", maps(x=(1, 4, 64, 64), skip=(1, 2, 96, 96))),
    Broken("torch.cat([x, y], 2)", "y", maps(x=(2, 137, 1), y=(2, 150, 80))),
    Broken("torch.cat([x, y], 1)", "x", maps(x=(3, 5, 5), y=(1, 3, 5, 5))),
    Broken("torch.cat([x, x], 1)", "x", maps(x=(5,))),
    Broken("torch.stack([x, y])", "y", maps(x=(3, 20, 30), y=(3, 25, 30))),
    Broken("torch.stack([x, y])", "y", maps(x=(3, 20, 30), y=(1, 20, 30))),
    Broken(SUM, "x", maps(x=(4, 8, 8), y=(3, 1, 1))),
    Broken(SUM, "y", maps(x=(2, 197, 9), y=(2, 230, 9))),
    Broken(SUM, "x", maps(x=(2, 3000), y=(2, 6000))),
    Broken(SUM, "y", maps(x=(2, 3, 9, 9), y=(2, 4, 9, 9))),
    Broken(SUM, "y", maps(x=(2, 16, 9, 9), y=(2, 8, 9, 9))),
    Broken("x.sub_(y)", "x", maps(x=(1, 8, 8), y=(3, 1, 1))),
    # Channels and axes of the input.
    Broken("nn.Conv2d(3, 4, 3)(x)", "x", maps(x=(2, 16, 16, 3))),
    Broken("nn.Conv2d(3, 4, 3)(x)", "x", maps(x=(16, 16, 3))),
    Broken("nn.Conv1d(80, 4, 3)(x)", "x", maps(x=(2, 300, 80))),
    Broken("nn.Conv2d(3, 4, 3)(x)", "x", maps(x=(2, 1, 16, 16))),
    Broken("nn.Conv2d(3, 4, 3)(x)", "x", maps(x=(2, 4, 16, 16))),
    Broken("nn.Conv2d(1, 4, 3)(x)", "x", maps(x=(2, 3, 16, 16))),
    Broken("nn.Conv2d(1, 4, 3)(x)", "x", maps(x=(64, 28, 28))),
    Broken("nn.Conv2d(1, 4, 3)(x)", "x", maps(x=(1, 64, 28, 28))),
    Broken("nn.Conv2d(64, 4, 3)(x)", "x", maps(x=(5, 17, 64, 17))),
    Broken("layer(x)", "x", {**maps(x=(2, 36, 64)), "layer": nn.BatchNorm1d(64)}),
    Broken("nn.Conv2d(1, 4, 3)(x)", "x", maps(x=(2, 1, 1, 28, 28))),
    Broken("nn.Conv2d(3, 4, 3)(x)", "x", maps(x=(1, 1, 3, 28, 28))),
    Broken("nn.Conv2d(3, 4, 3)(x)", "x", maps(x=(2, 5, 3, 28, 28))),
    Broken("nn.Conv2d(1, 4, 3)(x)", "x", maps(x=(64, 784))),
    Broken("nn.Conv2d(1, 4, 3)(x)", "x", maps(x=(28, 30))),
    Broken("layer(x)", "layer", {**maps(x=(2, 6, 8, 8)), "layer": nn.BatchNorm2d(3)}),
    Broken("layer(x)", "layer", {**maps(x=(2, 6)), "layer": nn.BatchNorm2d(6), "num_features": 6}),
    Broken("layer(x)", "layer", {**maps(x=(2, 6, 8, 8)), "layer": nn.BatchNorm1d(6), "num_features": 6}),
    Broken("nn.GroupNorm(4, 6)(x)", "", {"num_channels": 6}),
    Broken("layer(x)", "layer", {**maps(x=(2, 6, 8, 9)), "layer": nn.LayerNorm(6), "num_channels": 6}),
    Broken("F.conv2d(ones(1, 3, 8, 8), ones(128, 1, 2, 2), groups=3)", "", {}),
    Broken("F.max_pool2d(ones(1, 1, 8, 8), 3, padding=2)", "", {}),
    # The linear layer after the map.
    Broken("nn.Linear(576, 4)(x)", "x", maps(x=(5, 16, 6, 6))),
    Broken("nn.Linear(160, 4)(x)", "x", maps(x=(2, 16, 10)), 1),
    Broken("nn.Linear(490, 4)(x.flatten(1))", "x", maps(x=(10, 7, 7))),
    Broken("nn.Linear(64, 4)(x)", "x", maps(x=(2, 64, 30, 31))),
    Broken("nn.Linear(64, 4)(x.view(1, -1))", "", maps(x=(4, 4, 4, 4)), 1),
    Broken("layer(x)", "layer", {**maps(x=(4, 100)), "layer": nn.Linear(25, 4), "out_features": 4}),
    Broken("x.view(64, 1, 7, 7)", "", maps(x=(32, 1, 7, 7))),
    # Losses.
    Broken(BCE, "x", maps(x=(4, 1, 8, 8), target=(4, 8, 8))),
    Broken(BCE, "target", maps(x=(4,), target=(4, 1))),
    Broken(BCE, "", maps(x=(1, 2, 8, 8), target=(1, 8, 8)) | {"target": torch.zeros(1, 8, 8)}),
    Broken(BCE, "", maps(x=(4, 2, 8, 8)) | {"target": torch.zeros(4, 1, 8, 8)}),
    Broken(BCE, "target", maps(x=(4, 1, 8, 8), target=(4, 3, 8, 8))),
    Broken(BCE, "target", maps(x=(4, 3, 8, 8), target=(4, 8, 8, 3))),
    Broken(BCE, "x", maps(x=(4, 1, 7, 7), target=(4, 1, 8, 8))),
    Broken(BCE, "x", maps(x=(4, 7, 7), target=(4, 8, 8))),
    Broken(BCE, "x", maps(x=(4, 1, 16, 16), target=(4, 1, 8, 8)), 1),
    Broken(BCE, "target", maps(x=(4, 1, 4, 6), target=(4, 1, 8, 10)), 1),
    Broken(BCE, "x", maps(x=(4, 1, 9, 9), target=(4, 1, 8, 8)), 1),
    Broken(BCE, "x", maps(x=(4, 1, 10, 10), target=(4, 1, 8, 8)), 1),
    Broken(CROSS, "x", maps(x=(2, 5, 6, 6), target=(2, 8, 8))),
    Broken(CROSS, "target", maps(x=(2, 5, 6, 6), target=(2, 8, 8)), 1),
    Broken(CROSS, "x", maps(x=(2, 7, 5), target=(2, 7))),
    Broken(CROSS, "target", maps(x=(2, 5, 6, 6), target=(2, 1, 6, 6))),
    Broken(CROSS, "target", maps(x=(2, 5, 6, 6), target=(2, 5, 6, 6)) | {"target": torch.zeros(2, 7, 6, 6)}, 1),
    Broken(CROSS, "target", maps(x=(1, 5, 6, 6), target=(6, 6))),
]  # fmt: skip


def said(broken: Broken) -> str:
    """What the call raises."""
    with pytest.raises((RuntimeError, ValueError, IndexError)) as caught:
        eval(broken.call, FREE | _copied(broken.names))
    return str(caught.value)


def _copied(names: dict[str, Any]) -> dict[str, Any]:
    """Tensors that a call in place may change."""
    return {n: v.clone() if hasattr(v, "clone") else v for n, v in names.items()}


def named(broken: Broken) -> str:
    return f"{broken.call} {[tuple(v.shape) for v in broken.names.values() if hasattr(v, 'shape')]}"


@pytest.mark.parametrize("broken", BROKEN, ids=named)
def test_the_line_that_is_offered_cures_the_call(broken: Broken) -> None:
    diagnosis = diagnose(said(broken))
    line = diagnosis.cures[broken.which]

    names = FREE | _copied(broken.names)
    if line.startswith(("padding=", "output_padding=")):
        assert eval(f"dict({line})")["padding"] <= 1
        return
    got = eval(line, names)
    if broken.name:
        old = names[broken.name]
        new = got(old) if isinstance(got, nn.Module) and broken.name != "layer" else got
        eval(broken.call, {**names, broken.name: new})


def offered() -> Iterator[str]:
    for broken in BROKEN:
        yield diagnose(said(broken)).kind


def test_each_kind_of_pair_is_broken_and_cured() -> None:
    kinds = {
        *("skip-does-not-fit", "sizes-differ", "channels", "input-axes", "loss-shape"),
        *("linear-features", "batchnorm-channels", "groups-do-not-divide"),
    }

    assert kinds <= set(offered())
