"""What of the provoked sentences is known, counted for the page of the errors."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from convarith import diagnose
from tests.provoke.blamed import blames

WITNESSES = Path(__file__).parents[1] / "data" / "provoked.json"
CURES = Path(__file__).parent / "cures.txt"
# What a reader knows by a name, the frames it has, and the frame of its cures.
OURS = {
    "PyTorch": (("torch", "torch-meta"), "torch"),
    "Keras": (("keras", "keras-symbolic"), "keras"),
    "ONNX, ONNX Runtime": (
        ("onnx-checker", "onnx-inference", "onnxruntime"),
        "onnxruntime",
    ),
    "JAX": (("jax-abstract", "jax", "jax-compiled"), "jax"),
    "Flax": (("flax-abstract",), "flax"),
}
CONVOLUTION = re.compile(
    r"\bconv|Conv|torch\.cat|torch\.stack|torch\.add|added_to|expand_as"
)


def _version(versions: dict[str, str]) -> str:
    """Of the framework itself, without what it was built for."""
    return next(iter(versions.values())).partition("+")[0]


def known(witnesses: dict[str, Any]) -> tuple[int, int, int]:
    """How many sentences are a framework's own, are known, and are blamed rightly."""
    own = [row for row in witnesses.values() if row["family"] == "own"]
    kinds = [diagnose(row["text"]).kind for row in own]
    told = [pair for pair in zip(kinds, own, strict=True) if pair[0] != "unknown"]
    return len(own), len(told), sum(blames(kind, row["broken"]) for kind, row in told)


def torch_about_sizes(witnesses: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Its own sentences about convolutions, and about maps that do not meet."""
    for row in witnesses.values():
        if row["family"] == "own" and CONVOLUTION.search(row["line"]):
            yield row


def rows() -> Iterator[tuple[str, str, int, int, int, int, int]]:
    """For each framework: version, calls, own sentences, known, rightly, cures."""
    swept = json.loads(WITNESSES.read_text("utf-8"))
    cures = [line.split(" | ")[0] for line in CURES.read_text("utf-8").splitlines()]
    for name, (frames, cured) in OURS.items():
        if not set(frames) <= swept.keys():
            continue
        told = {k: v for one in frames for k, v in swept[one]["witnesses"].items()}
        versions = dict.fromkeys(_version(swept[one]["versions"]) for one in frames)
        calls = sum(swept[one]["counts"]["calls"] for one in frames)
        yield name, ", ".join(versions), calls, *known(told), cures.count(cured)
