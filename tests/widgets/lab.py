"""What the lab shows of each layer, and what torch computes with the same weights."""

from functools import cache
from typing import Any, NamedTuple

import numpy as np
import torch
from docs.javascript import Engine
from torch.nn import functional

from tests.widgets.engine import WIDGETS

SIDE, BORDER = 84, 12
# What is asked for each layer, as plain values.
ASKED = """layersOf(given).slice(0, given.layers).map((layer) => {
    const kernels = kernelsOf(layer, given);
    const { outputs, counts, contrast } = resultOf(layer, given);
    return {
        layer, kernels, counts, contrast,
        outputs: outputs.map((output) => Array.from(output)),
        sentence: sentence(layer, given.equal),
    };
})"""


class State(NamedTuple):
    kernel_size: int
    stride: int
    seed: int = 2
    equal: bool = False

    @property
    def layers(self) -> int:
        """The last 4 are the same whatever is chosen."""
        return 5 if self[:2] == (3, 2) else 1


def engine() -> Engine:
    return Engine(WIDGETS / "lab-values.mjs", WIDGETS / "lab-picture.mjs")


def results(asked: Engine, state: State) -> list[dict[str, Any]]:
    given = {**state._asdict(), "layers": state.layers}
    found: list[dict[str, Any]] = asked.ask(ASKED, given)
    return found


@cache
def images(size: int) -> list[list[float]]:
    """The constant image and the picture."""
    asked = "[constant(given), picture(given)].map((image) => Array.from(image))"
    both: list[list[float]] = engine().ask(asked, size)
    return both


def of_torch(found: dict[str, Any], image: list[float]) -> torch.Tensor:
    """The same layer with the same weights."""
    layer, size = found["layer"], found["layer"]["in_size"]
    x = torch.tensor(image, dtype=torch.float64).reshape(1, 1, size, size)
    k = layer["kernel_size"]
    w = torch.tensor(found["kernels"], dtype=torch.float64).reshape(-1, 1, k, k)
    if layer["kind"] == "transposed":
        own = {name: layer[name] for name in ("stride", "padding", "output_padding")}
        return functional.conv_transpose2d(x, w, **own)[0, 0]
    if layer["kind"] == "resized":
        return functional.conv2d(
            functional.interpolate(x, scale_factor=2), w, padding=1
        )[0, 0]
    four = w.expand(4, 1, k, k) if len(w) == 1 else w
    return functional.pixel_shuffle(functional.conv2d(x, four, padding=1), 2)[0, 0]


def grid(output: torch.Tensor, stride: int) -> float:
    """The energy at 1 / stride and its multiples, by the mean."""
    inside = output.numpy()[BORDER:-BORDER, BORDER:-BORDER]
    energy = np.abs(np.fft.fft2(inside) / inside.size) ** 2
    period = len(inside) // stride
    peaks = energy[::period, ::period]
    return float(np.sqrt((peaks.sum() - peaks[0, 0]) / peaks[0, 0]))
