"""Whole networks: a U-Net and a deep encoder, their sizes and what an output reads."""

from __future__ import annotations

from bench.timing import side_by_side
from convarith import Conv, ConvTranspose, Pool, Stack

SAME = Conv(3, padding=1)
UNET = Stack(
    [SAME, SAME, Pool(2)] * 4 + [ConvTranspose(2, stride=2), SAME, SAME] * 4 + [Conv(1)]
)
DEEP = Stack([Conv(3, stride=2, padding=1), *[SAME] * 3] * 4)


def measured() -> dict[str, float]:
    """Seconds for one answer of each."""
    return side_by_side(
        {
            f"U-Net of {len(UNET)} layers, out_size": lambda: UNET.out_size(256),
            f"U-Net of {len(UNET)} layers, receptive_field": UNET.receptive_field,
            f"{len(DEEP)} layers, receptive_field": DEEP.receptive_field,
            f"{len(DEEP)} layers, fitting_sizes": DEEP.fitting_sizes,
        }
    )
