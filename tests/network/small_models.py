"""Six models as people write them, small."""

import torch
from torch import Tensor, nn
from torch.nn import functional as F


class CatUNet(nn.Module):
    """Its skips are joined by torch.cat, whatever their sizes."""

    def __init__(self, levels: int = 3) -> None:
        super().__init__()
        self.down = nn.ModuleList(nn.Conv2d(2, 2, 3, padding=1) for _ in range(levels))
        self.up = nn.ModuleList(
            nn.ConvTranspose2d(2, 2, 2, stride=2) for _ in range(levels)
        )
        self.join = nn.ModuleList(nn.Conv2d(4, 2, 1) for _ in range(levels))

    def forward(self, x: Tensor) -> Tensor:
        skips = []
        for conv in self.down:
            skips.append(conv(x))
            x = F.max_pool2d(skips[-1], 2)
        for up, join in zip(self.up, self.join, strict=True):
            x = join(torch.cat([skips.pop(), up(x)], dim=1))
        return x


class ResizingUNet(nn.Module):
    """Its decoder resizes to the size of the skip."""

    def __init__(self) -> None:
        super().__init__()
        self.down = nn.Conv2d(2, 2, 3, stride=2, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        inner = self.down(self.down(x))
        return F.interpolate(inner, size=x.shape[-2:], mode="nearest") + x


class PaddingUNet(nn.Module):
    """Its decoder pads to the size of the skip, if it has to."""

    def __init__(self) -> None:
        super().__init__()
        self.up = nn.ConvTranspose2d(2, 2, 2, stride=2)

    def forward(self, x: Tensor) -> Tensor:
        y = self.up(F.max_pool2d(x, 2))
        missing = x.size(3) - y.size(3)
        if missing:
            y = F.pad(y, (missing // 2, missing - missing // 2, 0, 0))
        return torch.cat([x, y], dim=1)


class Codec(nn.Module):
    """It pads to its hop, and trims what it gives back."""

    hop = 12

    def __init__(self) -> None:
        super().__init__()
        self.encoder = nn.Sequential(
            nn.Conv1d(1, 2, 7, stride=3, padding=2),
            nn.Conv1d(2, 2, 8, stride=4, padding=2),
        )
        self.decoder = nn.Sequential(
            nn.ConvTranspose1d(2, 2, 8, stride=4, padding=2),
            nn.ConvTranspose1d(2, 1, 3, stride=3),
        )

    def forward(self, audio: Tensor) -> Tensor:
        length = audio.shape[-1]
        padded = F.pad(audio, (0, -length % self.hop))
        return self.decoder(self.encoder(padded))[..., :length]


class TwoInputs(nn.Module):
    """An image and a mask of half its size."""

    def forward(self, image: Tensor, mask: Tensor) -> dict[str, Tensor]:
        small = F.avg_pool2d(image, 3, stride=2, padding=1)
        return {"masked": small * mask}


class Square(nn.Module):
    """It takes only images that are as high as wide."""

    def forward(self, x: Tensor) -> Tensor:
        height, width = x.shape[-2:]
        if height != width:
            raise ValueError(f"a square, please, not {height} x {width}")
        return F.pixel_shuffle(F.conv2d(x, torch.zeros(4, 2, 2, 2), stride=2), 2)
