"""A whole process: the library and its command, beside Python and torch."""

from __future__ import annotations

import sys

from bench.timing import starts

NOTHING, IMPORT, COMMAND, TORCH = (
    "python -c pass",
    "from convarith import conv_size, ConvTranspose",
    "convarith size",
    "import torch",
)


def measured() -> dict[str, float]:
    """Seconds from start to end of each process."""
    python = [sys.executable]
    size = ["size", "ConvTranspose(3, stride=2)", "5"]
    return starts(
        {
            NOTHING: [*python, "-c", "pass"],
            IMPORT: [*python, "-c", IMPORT],
            COMMAND: [*python, "-m", "convarith", *size],
            TORCH: [*python, "-c", "import torch"],
        }
    )
