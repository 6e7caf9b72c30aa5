"""What of the provoked sentences is known, counted for the page of the errors."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from convarith import diagnose

WITNESSES = Path(__file__).parents[1] / "data" / "provoked.json"
CURES = Path(__file__).parent / "cures.txt"
# The frames that a reader knows by a name, and that name.
OURS = {
    "torch": "PyTorch",
    "keras": "Keras",
    "onnx-inference": "ONNX",
    "onnxruntime": "ONNX Runtime",
    "jax": "JAX",
}
CONVOLUTION = re.compile(
    r"\bconv|Conv|torch\.cat|torch\.stack|torch\.add|added_to|expand_as"
)


def known(witnesses: dict[str, Any]) -> tuple[int, int]:
    """How many sentences are a framework's own, and how many of them are known."""
    own = [row for row in witnesses.values() if row["family"] == "own"]
    return len(own), sum(diagnose(row["text"]).kind != "unknown" for row in own)


def torch_about_sizes(witnesses: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Its own sentences about convolutions, and about maps that do not meet."""
    for row in witnesses.values():
        if row["family"] == "own" and CONVOLUTION.search(row["line"]):
            yield row


def rows() -> Iterator[tuple[str, str, int, int, int, int]]:
    """For each framework: version, calls, own sentences, those known, cures."""
    swept = json.loads(WITNESSES.read_text("utf-8"))
    cures = [line.split(" | ")[0] for line in CURES.read_text("utf-8").splitlines()]
    for frame, name in OURS.items():
        one = swept[frame]
        version = next(iter(one["versions"].values()))
        own, count = known(one["witnesses"])
        run = sum(cure == frame for cure in cures)
        yield name, version, one["counts"]["calls"], own, count, run
