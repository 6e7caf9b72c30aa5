"""The frameworks: a new one is a file and a name in this list."""

from __future__ import annotations

from collections.abc import Iterator

from convarith.porting.flax import FLAX
from convarith.porting.framework import WeightLayout
from convarith.porting.jax import JAX
from convarith.porting.keras import KERAS
from convarith.porting.onnx import ONNX
from convarith.porting.openvino import OPENVINO
from convarith.porting.paddle import PADDLE
from convarith.porting.tensorflow import TENSORFLOW
from convarith.porting.torch import TORCH

FRAMEWORKS = (TORCH, KERAS, TENSORFLOW, JAX, FLAX, ONNX, OPENVINO, PADDLE)
# The ones with a layer whose line says everything that the crop depends on.
PORTED = {framework.name: framework for framework in FRAMEWORKS if framework.lines}


def _layouts() -> Iterator[tuple[str, WeightLayout]]:
    for framework in FRAMEWORKS:
        yield framework.name, framework.layout
        for argument, layout in framework.layout_with.items():
            yield f"{framework.name}-{argument.replace('_', '-')}", layout


WEIGHTS = dict(_layouts())
