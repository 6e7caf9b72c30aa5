"""Layers and stacks on one to three axes, asked of torch one by one.

The settings are drawn with a fixed seed; a failure prints the layer that failed.
"""

import random
from typing import Any

import pytest
import torch
from torch import nn
from torch.nn import functional as F

from convarith import Conv, ConvTranspose, Pool, SizeError, Stack, from_torch
from tests.measurements import onednn

pytestmark = pytest.mark.slow

SEED = 20261124
CONVS = (F.conv1d, F.conv2d, F.conv3d)
TRANSPOSED = (F.conv_transpose1d, F.conv_transpose2d, F.conv_transpose3d)
POOLS = (F.max_pool1d, F.max_pool2d, F.max_pool3d)
MODULES = {
    "conv": (nn.Conv1d, nn.Conv2d, nn.Conv3d),
    "transposed": (nn.ConvTranspose1d, nn.ConvTranspose2d, nn.ConvTranspose3d),
    "max": (nn.MaxPool1d, nn.MaxPool2d, nn.MaxPool3d),
    "average": (nn.AvgPool1d, nn.AvgPool2d, nn.AvgPool3d),
}


class Dice(random.Random):
    """Drawn values: one int for all axes, or one for each."""

    axes = 1

    def draw(self, least: int, most: int) -> Any:
        if self.random() < 0.4:
            return self.randint(least, most)
        return self.size(most, least)

    def size(self, most: int, least: int = 1) -> tuple[int, ...]:
        return tuple(self.randint(least, most) for _ in range(self.axes))


def _asked_of_torch(
    function: Any, *inputs: Any, **options: Any
) -> tuple[int, ...] | None:
    with onednn(enabled=False), torch.no_grad():
        try:
            return tuple(function(*inputs, **options).shape[2:])
        except RuntimeError:
            return None


def _agrees(
    kind: Any, kernel: Any, in_size: tuple[int, ...], options: Any, theirs: Any
) -> bool:
    """Whether both have a size, which must then be the same; and leads back."""
    ours: Any = None
    try:
        layer = kind(kernel, **options)
        ours = layer.out_size(in_size)
    except SizeError:
        pass
    assert ours == theirs, (kind, kernel, options, in_size)
    if ours is None:
        return False
    for size, found in zip(in_size, layer.in_sizes(ours), strict=True):
        assert size in found, (layer, in_size)
    return True


def test_layers_have_torchs_sizes_on_every_axis() -> None:
    dice, accepted = Dice(SEED), 0
    for turn in range(30_000):
        dice.axes = axes = 1 + turn % 3
        in_size, kernel = dice.size((12, 8, 5)[axes - 1]), dice.draw(1, 4)
        options = {"stride": dice.draw(1, 3), "padding": dice.draw(0, 2)}
        options["dilation"] = dice.draw(1, 3)
        kind, functions = (Conv, CONVS)
        if dice.random() < 0.6:
            options["output_padding"] = dice.draw(0, 2)
            kind, functions = (ConvTranspose, TRANSPOSED)
        sizes = kernel if isinstance(kernel, tuple) else (kernel,) * axes
        x, weight = torch.ones(1, 1, *in_size), torch.ones(1, 1, *sizes)
        theirs = _asked_of_torch(functions[axes - 1], x, weight, **options)

        accepted += _agrees(kind, kernel, in_size, options, theirs)
    assert accepted > 9_000


def test_pooling_has_torchs_sizes_rounded_up_and_down() -> None:
    dice, accepted = Dice(SEED), 0
    for turn in range(9_000):
        dice.axes = axes = 1 + turn % 3
        in_size, kernel = dice.size(9), dice.draw(1, 5)
        options = {"stride": dice.draw(1, 4), "padding": dice.draw(0, 2)}
        options |= {"dilation": dice.draw(1, 3), "ceil_mode": dice.random() < 0.5}
        x = torch.ones(1, 1, *in_size)
        theirs = _asked_of_torch(POOLS[axes - 1], x, kernel, **options)

        accepted += _agrees(Pool, kernel, in_size, options, theirs)
    assert accepted > 2_000


def _module(dice: Dice) -> nn.Module:
    # AvgPool3d alone also refuses an unpadded input below the kernel, see below.
    pools = ["max", "average" if dice.axes < 3 else "max"]
    name = dice.choice(["conv", "conv", "transposed", "transposed", *pools])
    kind = MODULES[name][dice.axes - 1]
    kernel, stride = dice.draw(1, 4), dice.draw(1, 3)
    if name in ("max", "average"):
        padding = dice.choice([0, 0, 1]) if kernel != 1 else 0
        return kind(kernel, stride, padding, ceil_mode=dice.random() < 0.5)
    options = {
        "stride": stride,
        "padding": dice.draw(0, 1),
        "dilation": dice.draw(1, 2),
    }
    if name == "transposed":
        options["output_padding"] = dice.draw(0, 1)
    return kind(1, 1, kernel, **options)


def test_average_pooling_on_three_axes_refuses_what_max_pooling_pads() -> None:
    x, pool = torch.ones(1, 1, 2, 2, 2), Pool(3, stride=2, padding=1)

    assert nn.MaxPool3d(3, 2, 1)(x).shape[2:] == pool.out_size((2, 2, 2))
    with pytest.raises(RuntimeError, match="smaller than kernel size"):
        nn.AvgPool3d(3, 2, 1)(x)


def _trace_of_torch(
    net: nn.Sequential, in_size: tuple[int, ...]
) -> list[tuple[int, ...]] | None:
    """The sizes on the way; none where torch refuses, None where it grows too large."""
    trace, x = [in_size], torch.ones(1, 1, *in_size)
    with onednn(enabled=False), torch.no_grad():
        for module in net:
            if x.numel() > 20_000:
                return None
            try:
                x = module(x)
            except RuntimeError:
                return []
            if not isinstance(module, nn.ReLU):
                trace.append(tuple(x.shape[2:]))
    return trace


def test_stacks_have_the_sizes_of_the_real_module_layer_by_layer() -> None:
    dice, asked, accepted = Dice(SEED), 0, 0
    while asked < 1_500:
        dice.axes = dice.choice([1, 1, 2, 2, 3])
        layers: list[nn.Module] = []
        for _ in range(dice.randint(1, 8)):
            layers += [_module(dice), nn.ReLU()][: dice.randint(1, 2)]
        net = nn.Sequential(*layers)
        in_size = dice.size((64, 24, 10)[dice.axes - 1])
        theirs = _trace_of_torch(net, in_size)
        if theirs is None:
            continue
        asked += 1
        try:
            ours = list(from_torch(net).trace(in_size))
        except SizeError:
            ours = []

        assert ours == theirs, (net, in_size)
        if ours:
            accepted += 1
            back = Stack(net).in_sizes(ours[-1])
            assert all(n in found for n, found in zip(in_size, back, strict=True))
    assert accepted > 600
