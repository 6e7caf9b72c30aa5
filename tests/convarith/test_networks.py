"""The sizes in real networks are those of the real modules, layer by layer."""

from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import nn

from convarith import Conv, ConvTranspose, Pool, Stack, from_torch
from tests.convarith import networks

pytestmark = pytest.mark.slow

KEPT = (nn.Conv1d, nn.Conv2d, nn.ConvTranspose1d, nn.ConvTranspose2d, nn.MaxPool2d)
KEPT += (nn.PixelShuffle, nn.ReflectionPad2d)  # type: ignore[assignment]


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


@pytest.mark.parametrize(
    ("build", "in_size", "out_size"),
    [
        (networks.dcgan_generator, (1, 1), (64, 64)),
        (networks.dcgan_generator, (2, 3), (80, 96)),
        (lambda: networks.unet(padding=0), (572, 572), (388, 388)),
        (lambda: networks.unet(padding=0), (188, 204), (4, 20)),
        (lambda: networks.unet(padding=1), (256, 192), (256, 192)),
        (lambda: networks.unet(padding=1), (250, 30), (240, 16)),
        (networks.hifi_gan_v1_upsampler, (32,), (8192,)),
        (networks.hifi_gan_v1_upsampler, (278,), (278 * 256,)),
        (networks.wav2vec2_encoder, (16_000,), (49,)),
        (networks.wav2vec2_encoder, (400,), (1,)),
        (networks.fcn_32s, (500, 375), (544, 416)),
        (networks.fcn_32s, (224, 64), (288, 128)),
        (networks.pix2pix_generator, (256, 256), (256, 256)),
        (networks.pix2pix_generator, (512, 256), (512, 256)),
        (networks.sam_mask_upscaler, (64, 64), (256, 256)),
        (networks.cyclegan_generator, (256, 256), (256, 256)),
        (networks.cyclegan_generator, (101, 130), (104, 132)),
        (networks.espcn, (17, 30), (51, 90)),
    ],
    ids=str,
)
def test_the_trace_of_a_network_is_that_of_the_real_module(
    build: Callable[[], nn.Sequential],
    in_size: tuple[int, ...],
    out_size: tuple[int, ...],
) -> None:
    net = build()
    trace = from_torch(net).trace(in_size)  # type: ignore[union-attr]

    assert trace[-1] == out_size
    assert list(trace) == _shapes(net, in_size)


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


def _runs(net: nn.Module, size: int) -> bool:
    try:
        net(torch.zeros(1, 1, size, size))
    except RuntimeError:
        return False
    return True


def test_the_sizes_that_fit_a_unet_are_those_at_which_it_runs() -> None:
    net = UNet()
    path = Stack([Pool(2)] * 4 + [ConvTranspose(2, stride=2)] * 4)
    fitting: Any = path.round_trip_sizes([(0, 8), (1, 7), (2, 6), (3, 5)])

    assert str(fitting) == "multiples of 16, from 16"
    with torch.no_grad():
        for size in range(1, 130):
            assert (size in fitting) == _runs(net, size), size


def test_mending_the_skips_one_by_one_lets_any_size_through() -> None:
    path = Stack([Pool(2)] * 4 + [ConvTranspose(2, stride=2)] * 4)
    skips = [(0, 8), (1, 7), (2, 6), (3, 5)]
    for size in range(16, 200):
        mended = path
        while broken := mended.broken_skip(size, skips):
            assert broken.mended is not None
            mended = broken.mended
        assert mended.out_size(size) == size


def test_the_skips_of_pix2pix_all_meet_at_multiples_of_256() -> None:
    stack: Any = from_torch(networks.pix2pix_generator())
    fitting = stack.round_trip_sizes([(n, 16 - n) for n in range(8)])

    assert str(fitting) == "multiples of 256, from 256"


def test_the_field_of_wav2vec2_is_25_milliseconds_every_20() -> None:
    field: Any = from_torch(networks.wav2vec2_encoder()).receptive_field()  # type: ignore[union-attr]

    assert (field.size, field.stride) == (400, 320)
    assert isinstance(from_torch(nn.Conv1d(1, 1, 10, 5)), Conv)
