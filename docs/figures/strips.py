"""A network as a strip of blocks, as notebooks show it."""

from __future__ import annotations

import torch
from torch import nn

from convarith.network import Network, page

SIZE, WIDTH = 222, 640


class Skips(nn.Module):
    """The U-Net of the page: two levels, joined by torch.cat."""

    def __init__(self) -> None:
        super().__init__()
        self.pool = nn.MaxPool2d(2)
        self.down = nn.MaxPool2d(2)
        self.up1 = nn.ConvTranspose2d(3, 3, 2, stride=2)
        self.up2 = nn.ConvTranspose2d(6, 3, 2, stride=2)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        first = self.pool(x)
        second = torch.cat([first, self.up1(self.down(first))], dim=1)
        return torch.cat([x, self.up2(second)], dim=1)


def strip(language: str) -> str:
    """The blocks at a size that breaks."""
    net = Network(Skips(), torch.zeros(1, 3, 64, 64))
    known = page.shown(net, SIZE, language)
    return page.svg(net, known, language, WIDTH)
