"""Layers and stacks on one to three axes, asked of torch one by one.

The settings are drawn with a fixed seed; a failure prints the layer that failed.
"""

import random
from collections.abc import Callable
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
Draw = Callable[[int, int], Any]


def _drawn(dice: random.Random, axes: int) -> Draw:
    """One int for all axes, or one for each."""

    def draw(least: int, most: int) -> Any:
        if dice.random() < 0.4:
            return dice.randint(least, most)
        return tuple(dice.randint(least, most) for _ in range(axes))

    return draw


def _asked_of_torch(
    function: Callable[..., torch.Tensor], *inputs: Any, **options: Any
) -> tuple[int, ...] | None:
    with onednn(enabled=False), torch.no_grad():
        try:
            return tuple(function(*inputs, **options).shape[2:])
        except RuntimeError:
            return None


def _ours(
    kind: Any, kernel: Any, in_size: tuple[int, ...], options: dict[str, Any]
) -> tuple[Any, Any]:
    layer = None
    try:
        layer = kind(kernel, **options)
        return layer, layer.out_size(in_size)
    except SizeError:
        return layer, None


@pytest.mark.parametrize("axes", [1, 2, 3])
def test_layers_have_torchs_sizes_on_every_axis(axes: int) -> None:
    dice = random.Random(SEED + axes)
    draw, largest = _drawn(dice, axes), (12, 8, 5)[axes - 1]
    accepted = 0
    for _ in range(70_000):
        in_size = tuple(dice.randint(1, largest) for _ in range(axes))
        kernel = draw(1, 4)
        options = {"stride": draw(1, 3), "padding": draw(0, 2), "dilation": draw(1, 3)}
        kind, functions = (Conv, CONVS)
        if dice.random() < 0.6:
            options["output_padding"] = draw(0, 2)
            kind, functions = (ConvTranspose, TRANSPOSED)
        sizes = kernel if isinstance(kernel, tuple) else (kernel,) * axes
        x, weight = torch.ones(1, 1, *in_size), torch.ones(1, 1, *sizes)

        theirs = _asked_of_torch(functions[axes - 1], x, weight, **options)
        layer, ours = _ours(kind, kernel, in_size, options)

        assert ours == theirs, (kind, kernel, options, in_size)
        if ours is None:
            continue
        accepted += 1
        for size, found in zip(in_size, layer.in_sizes(ours), strict=True):
            assert size in found, (layer, in_size)
    assert accepted > 20_000


@pytest.mark.parametrize("axes", [1, 2, 3])
@pytest.mark.parametrize("ceil_mode", [False, True])
def test_pooling_has_torchs_sizes_rounded_up_and_down(
    axes: int, ceil_mode: bool
) -> None:
    dice = random.Random(SEED - axes)
    draw = _drawn(dice, axes)
    for _ in range(4_000):
        in_size = tuple(dice.randint(1, 9) for _ in range(axes))
        kernel, options = draw(1, 5), {"stride": draw(1, 4), "padding": draw(0, 2)}
        options |= {"dilation": draw(1, 3), "ceil_mode": ceil_mode}
        x = torch.ones(1, 1, *in_size)

        theirs = _asked_of_torch(POOLS[axes - 1], x, kernel, **options)
        layer, ours = _ours(Pool, kernel, in_size, options)

        assert ours == theirs, (kernel, options, in_size)
        if ours is not None:
            for size, found in zip(in_size, layer.in_sizes(ours), strict=True):
                assert size in found, (layer, in_size)


def _module(dice: random.Random, axes: int) -> nn.Module:
    draw = _drawn(dice, axes)
    name = dice.choice(["conv", "conv", "transposed", "transposed", "max", "average"])
    kind = MODULES[name][axes - 1]
    kernel, stride = draw(1, 4), draw(1, 3)
    if name in ("max", "average"):
        padding = dice.choice([0, 0, 1]) if kernel not in (1,) else 0
        return kind(kernel, stride, padding, ceil_mode=dice.random() < 0.5)
    options = {"stride": stride, "padding": draw(0, 1), "dilation": draw(1, 2)}
    if name == "transposed":
        options["output_padding"] = draw(0, 1)
    return kind(1, 1, kernel, **options)


def _only_avg_pool3d_refuses(module: nn.Module, x: torch.Tensor) -> bool:
    """AvgPool3d alone also wants the input itself, unpadded, as large as the kernel."""
    if not isinstance(module, nn.AvgPool3d):
        return False
    kernel = module.kernel_size
    sizes = kernel if isinstance(kernel, tuple) else (kernel,) * 3
    return any(size < least for size, least in zip(x.shape[2:], sizes, strict=True))


def test_average_pooling_on_three_axes_refuses_what_max_pooling_pads() -> None:
    x = torch.ones(1, 1, 2, 2, 2)

    assert nn.MaxPool3d(3, 2, 1)(x).shape[2:] == Pool(3, stride=2, padding=1).out_size(
        (2, 2, 2)
    )
    with pytest.raises(RuntimeError, match="smaller than kernel size"):
        nn.AvgPool3d(3, 2, 1)(x)


def _trace_of_torch(
    net: nn.Sequential, in_size: tuple[int, ...]
) -> list[tuple[int, ...]] | None:
    """The sizes on the way; none where torch refuses, None where it is no fair case."""
    trace, x = [in_size], torch.ones(1, 1, *in_size)
    with onednn(enabled=False), torch.no_grad():
        for module in net:
            if x.numel() > 200_000 or _only_avg_pool3d_refuses(module, x):
                return None
            try:
                x = module(x)
            except RuntimeError:
                return []
            if not isinstance(module, nn.ReLU):
                trace.append(tuple(x.shape[2:]))
    return trace


def test_stacks_have_the_sizes_of_the_real_module_layer_by_layer() -> None:
    dice = random.Random(SEED)
    asked = accepted = 0
    while asked < 5_000:
        axes = dice.choice([1, 1, 2, 2, 3])
        most = (64, 24, 10)[axes - 1]
        layers: list[nn.Module] = []
        for _ in range(dice.randint(1, 8)):
            layers += [_module(dice, axes), nn.ReLU()][: dice.randint(1, 2)]
        net = nn.Sequential(*layers)
        in_size = tuple(dice.randint(1, most) for _ in range(axes))
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
    assert accepted > 2_000
