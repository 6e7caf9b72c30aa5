"""The sizes in real networks are those of the real modules, layer by layer.

Each network has the kernels, strides and paddings that were published, few channels,
and is a plain Sequential of its main path.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
import torch
from torch import nn

from convarith import ConvTranspose, Pool, Stack, from_torch

pytestmark = pytest.mark.slow

KEPT = (nn.Conv1d, nn.Conv2d, nn.ConvTranspose1d, nn.ConvTranspose2d, nn.MaxPool2d)
KEPT += (nn.PixelShuffle, nn.ReflectionPad2d, nn.GroupNorm, nn.InstanceNorm2d)  # type: ignore[assignment]


def dcgan_generator() -> nn.Sequential:
    """Radford, Metz and Chintala, arXiv 1511.06434, figure 1, as pytorch/examples has it."""
    layers: list[nn.Module] = [nn.ConvTranspose2d(2, 2, 4, 1, 0), nn.ReLU()]
    for _ in range(4):
        layers += [nn.ConvTranspose2d(2, 2, 4, 2, 1), nn.BatchNorm2d(2), nn.ReLU()]
    return nn.Sequential(*layers[:-2], nn.Tanh())


def unet(padding: int = 1) -> nn.Sequential:
    """Ronneberger, Fischer and Brox, arXiv 1505.04597, figure 1; padding 0 is theirs."""

    def double() -> list[nn.Module]:
        conv = [nn.Conv2d(1, 1, 3, padding=padding), nn.ReLU()]
        return [*conv, nn.Conv2d(1, 1, 3, padding=padding), nn.ReLU()]

    down = [layer for _ in range(4) for layer in (*double(), nn.MaxPool2d(2))]
    up = [nn.ConvTranspose2d(1, 1, 2, 2), *double()]
    return nn.Sequential(*down, *double(), *up * 4, nn.Conv2d(1, 1, 1))


def unet_without_padding() -> nn.Sequential:
    return unet(padding=0)


def hifi_gan_v1_upsampler() -> nn.Sequential:
    """Kong, Kim and Bae, arXiv 2010.05646, appendix A, table 5: V1."""
    layers: list[nn.Module] = [nn.Conv1d(1, 1, 7, padding=3)]
    for rate, kernel in zip((8, 8, 2, 2), (16, 16, 4, 4), strict=True):
        up = nn.ConvTranspose1d(1, 1, kernel, rate, padding=(kernel - rate) // 2)
        layers += [nn.LeakyReLU(0.1), up]
    return nn.Sequential(*layers, nn.Conv1d(1, 1, 7, padding=3), nn.Tanh())


def wav2vec2_encoder() -> nn.Sequential:
    """Baevski and others, arXiv 2006.11477, section 4.2."""
    kernels, strides = (10, 3, 3, 3, 3, 2, 2), (5, 2, 2, 2, 2, 2, 2)
    pairs = zip(kernels, strides, strict=True)
    return nn.Sequential(
        *(layer for k, s in pairs for layer in (nn.Conv1d(1, 1, k, s), nn.GELU()))
    )


def fcn_32s() -> nn.Sequential:
    """Long, Shelhamer and Darrell, arXiv 1411.4038, as shelhamer/fcn.berkeleyvision.org has it.

    Its first convolution pads by 100, its pooling rounds up as Caffe's does, and the
    result is cropped by 19 at the start, which is not a layer.
    """
    layers: list[nn.Module] = []
    for block, convs in enumerate((2, 2, 3, 3, 3)):
        for number in range(convs):
            padding = 100 if block == number == 0 else 1
            layers += [nn.Conv2d(1, 1, 3, padding=padding), nn.ReLU()]
        layers.append(nn.MaxPool2d(2, 2, ceil_mode=True))
    layers += [nn.Conv2d(1, 1, 7), nn.ReLU(), nn.Dropout(), nn.Conv2d(1, 1, 1)]
    return nn.Sequential(*layers, nn.ConvTranspose2d(1, 1, 64, stride=32, bias=False))


def pix2pix_generator() -> nn.Sequential:
    """Isola, Zhu, Zhou and Efros, arXiv 1611.07004, section 6.1.1: eight down, eight up."""
    down = [nn.LeakyReLU(0.2), nn.Conv2d(1, 1, 4, 2, 1)] * 8
    up = [nn.ReLU(), nn.ConvTranspose2d(1, 1, 4, 2, 1)] * 8
    return nn.Sequential(*down[1:], *up, nn.Tanh())


def sam_mask_upscaler() -> nn.Sequential:
    """Kirillov and others, arXiv 2304.02643, appendix A: twice a kernel of 2."""
    up = nn.ConvTranspose2d
    return nn.Sequential(up(4, 2, 2, 2), nn.GroupNorm(1, 2), nn.GELU(), up(2, 1, 2, 2))


def cyclegan_generator() -> nn.Sequential:
    """Zhu, Park, Isola and Efros, arXiv 1703.10593, section 7.2, without the blocks."""
    down, up = nn.Conv2d(1, 1, 3, 2, 1), nn.ConvTranspose2d(1, 1, 3, 2, 1, 1)
    ends = nn.ReflectionPad2d(3), nn.Conv2d(1, 1, 7)
    norm = nn.InstanceNorm2d(1), nn.ReLU()
    return nn.Sequential(*ends, *norm, down, down, up, up, *ends)


def espcn() -> nn.Sequential:
    """Shi and others, arXiv 1609.05158, section 3.1: sub-pixel convolution, thrice as large."""
    first, second = nn.Conv2d(1, 2, 5, padding=2), nn.Conv2d(2, 2, 3, padding=1)
    last = nn.Conv2d(2, 9, 3, padding=1), nn.PixelShuffle(3)
    return nn.Sequential(first, nn.Tanh(), second, nn.Tanh(), *last)


def _shapes(net: nn.Sequential, in_size: tuple[int, ...]) -> list[tuple[int, ...]]:
    """What torch has after each layer that can change a size."""
    first = next(layer for layer in net if hasattr(layer, "in_channels"))
    x, found = torch.zeros(1, first.in_channels, *in_size), [in_size]  # type: ignore[arg-type]
    net.eval()
    with torch.no_grad():
        for layer in net:
            x = layer(x)
            if isinstance(layer, KEPT):
                found.append(tuple(x.shape[2:]))
    return found


NETWORKS: list[tuple[Callable[[], nn.Sequential], list[tuple[Any, Any]]]] = [
    (dcgan_generator, [((1, 1), (64, 64)), ((2, 3), (80, 96))]),
    (unet_without_padding, [((572, 572), (388, 388)), ((188, 204), (4, 20))]),
    (unet, [((256, 192), (256, 192)), ((250, 30), (240, 16))]),
    (hifi_gan_v1_upsampler, [((32,), (8192,)), ((278,), (278 * 256,))]),
    (wav2vec2_encoder, [((16_000,), (49,)), ((400,), (1,))]),
    (fcn_32s, [((500, 375), (544, 416)), ((224, 64), (288, 128))]),
    (pix2pix_generator, [((256, 256), (256, 256)), ((512, 256), (512, 256))]),
    (sam_mask_upscaler, [((64, 64), (256, 256))]),
    (cyclegan_generator, [((256, 256), (256, 256)), ((101, 130), (104, 132))]),
    (espcn, [((17, 30), (51, 90))]),
]


def test_the_trace_of_a_network_is_that_of_the_real_module() -> None:
    for build, sizes in NETWORKS:
        stack: Any = from_torch(build())
        for in_size, out_size in sizes:
            trace = stack.trace(in_size)

            assert trace[-1] == out_size, (build, in_size)
            assert list(trace) == _shapes(build(), in_size), (build, in_size)


class UNet(nn.Module):
    """Four levels whose maps are joined; torch refuses what does not fit."""

    def __init__(self) -> None:
        super().__init__()
        self.pool, self.up = nn.MaxPool2d(2), nn.ConvTranspose2d(1, 1, 2, 2)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        skips = []
        for _ in range(4):
            skips.append(x)
            x = self.pool(x)
        for skip in reversed(skips):
            x = torch.cat([self.up(x), skip], dim=1)[:, :1]
        return x


PATH = Stack([Pool(2)] * 4 + [ConvTranspose(2, stride=2)] * 4)
SKIPS = [(0, 8), (1, 7), (2, 6), (3, 5)]


def test_the_sizes_that_fit_a_unet_are_those_at_which_it_runs() -> None:
    net, fitting = UNet(), PATH.fitting_sizes(SKIPS)
    runs = []
    for size in range(1, 130):
        with torch.no_grad(), suppress(RuntimeError):
            net(torch.zeros(1, 1, size, size))
            runs.append(size)

    assert str(fitting) == "multiples of 16, from 16"
    assert [size for size in range(1, 130) if size in fitting] == runs


def test_mending_the_skips_one_by_one_lets_any_size_through() -> None:
    for size in range(16, 120):
        mended = PATH
        while broken := mended.broken_skip(size, SKIPS):
            assert broken.fixed is not None
            mended = broken.fixed
        assert mended.out_size(size) == size


def test_the_skips_of_pix2pix_all_meet_at_multiples_of_256() -> None:
    stack: Any = from_torch(pix2pix_generator())
    fitting = stack.fitting_sizes([(n, 16 - n) for n in range(8)])

    assert str(fitting) == "multiples of 256, from 256"


def test_the_field_of_wav2vec2_is_25_milliseconds_every_20() -> None:
    stack: Any = from_torch(wav2vec2_encoder())
    field = stack.receptive_field()

    assert (field.size, field.stride) == (400, 320)
