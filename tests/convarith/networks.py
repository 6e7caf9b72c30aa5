"""Networks as they were published: kernels, strides and paddings, with few channels.

Each is a plain Sequential of its main path, so that the sizes on the way can be
compared layer by layer.
"""

from __future__ import annotations

from torch import nn


def dcgan_generator() -> nn.Sequential:
    """Radford, Metz and Chintala, arXiv 1511.06434, figure 1, as pytorch/examples has it."""
    layers: list[nn.Module] = [nn.ConvTranspose2d(2, 2, 4, 1, 0), nn.ReLU()]
    for _ in range(4):
        layers += [nn.ConvTranspose2d(2, 2, 4, 2, 1), nn.BatchNorm2d(2), nn.ReLU()]
    return nn.Sequential(*layers[:-2], nn.Tanh())


def unet(*, padding: int) -> nn.Sequential:
    """Ronneberger, Fischer and Brox, arXiv 1505.04597, figure 1; padding 0 is theirs."""

    def double() -> list[nn.Module]:
        conv = [nn.Conv2d(1, 1, 3, padding=padding), nn.ReLU()]
        return [*conv, nn.Conv2d(1, 1, 3, padding=padding), nn.ReLU()]

    down = [layer for _ in range(4) for layer in (*double(), nn.MaxPool2d(2))]
    up = [
        layer for _ in range(4) for layer in (nn.ConvTranspose2d(1, 1, 2, 2), *double())
    ]
    return nn.Sequential(*down, *double(), *up, nn.Conv2d(1, 1, 1))


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
    down = [
        layer
        for _ in range(8)
        for layer in (nn.LeakyReLU(0.2), nn.Conv2d(1, 1, 4, 2, 1))
    ]
    up = [
        layer
        for _ in range(8)
        for layer in (nn.ReLU(), nn.ConvTranspose2d(1, 1, 4, 2, 1))
    ]
    return nn.Sequential(*down[1:], *up, nn.Tanh())


def sam_mask_upscaler() -> nn.Sequential:
    """Kirillov and others, arXiv 2304.02643, appendix A: twice a kernel of 2."""
    up = nn.ConvTranspose2d
    return nn.Sequential(up(4, 2, 2, 2), nn.GroupNorm(1, 2), nn.GELU(), up(2, 1, 2, 2))


def cyclegan_generator() -> nn.Sequential:
    """Zhu, Park, Isola and Efros, arXiv 1703.10593, section 7.2, without the blocks."""
    down, up = nn.Conv2d(1, 1, 3, 2, 1), nn.ConvTranspose2d(1, 1, 3, 2, 1, 1)
    ends = nn.ReflectionPad2d(3), nn.Conv2d(1, 1, 7)
    return nn.Sequential(
        *ends, nn.InstanceNorm2d(1), nn.ReLU(), down, down, up, up, *ends
    )


def espcn() -> nn.Sequential:
    """Shi and others, arXiv 1609.05158, section 3.1: sub-pixel convolution, thrice as large."""
    return nn.Sequential(
        nn.Conv2d(1, 2, 5, padding=2),
        nn.Tanh(),
        nn.Conv2d(2, 2, 3, padding=1),
        nn.Tanh(),
        nn.Conv2d(2, 9, 3, padding=1),
        nn.PixelShuffle(3),
    )
