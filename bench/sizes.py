"""One size: the library, a plain function, and the modules a user would ask instead."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Callable
from typing import Any

import torch
from torch import nn

from bench.timing import side_by_side
from convarith import ConvTranspose, conv_transpose_size

PLAIN, ONE_SHOT, BUILT, INTS, TUPLES, META = (
    "plain function, unchecked",
    "conv_transpose_size",
    "built ConvTranspose, out_size((h, w))",
    "ConvTranspose(4, stride=2, padding=1).out_size((14, 20))",
    "ConvTranspose((4, 5), ...).out_size((h, w))",
    "nn.ConvTranspose2d on the meta device, made and called",
)


def plain(i: int, k: int, s: int, p: int, a: int, d: int) -> int:
    """What someone writes into a notebook."""
    return (i - 1) * s - 2 * p + d * (k - 1) + a + 1


def measured() -> dict[str, float]:
    """Seconds for one answer of each way, all asked for the same layer."""
    layer = ConvTranspose(4, stride=2, padding=1)
    calls: dict[str, Callable[[], Any]] = {
        PLAIN: lambda: plain(14, 4, 2, 1, 0, 1),
        ONE_SHOT: lambda: conv_transpose_size(14, kernel_size=4, stride=2, padding=1),
        BUILT: lambda: layer.out_size((14, 20)),
        INTS: lambda: ConvTranspose(4, stride=2, padding=1).out_size((14, 20)),
        TUPLES: lambda: ConvTranspose(
            (4, 5), stride=(2, 1), padding=(1, 2), output_padding=(0, 0)
        ).out_size((14, 20)),
        META: _on_meta,
        **_others(),
    }
    return side_by_side(calls)


def _on_meta() -> torch.Size:
    with torch.device("meta"), torch.no_grad():
        module = nn.ConvTranspose2d(1, 1, 4, stride=2, padding=1)
        return module(torch.empty(1, 1, 14, 14)).shape


def _others() -> dict[str, Callable[[], Any]]:
    """Other libraries, where they are installed."""
    found: dict[str, Callable[[], Any]] = {}
    if importlib.util.find_spec("torchinfo"):
        import torchinfo

        net = nn.ConvTranspose2d(1, 1, 4, stride=2, padding=1)
        found["torchinfo.summary"] = lambda: torchinfo.summary(
            net, (1, 1, 14, 14), verbose=0
        )
    if importlib.util.find_spec("keras"):
        os.environ.setdefault("KERAS_BACKEND", "torch")
        import keras

        up = keras.layers.Conv2DTranspose(1, 4, strides=2, padding="same")
        found["keras compute_output_shape"] = lambda: up.compute_output_shape(
            (1, 14, 14, 1)
        )
    if importlib.util.find_spec("jax"):
        import jax

        x, kernel = jax.ShapeDtypeStruct((1, 14, 14, 1), "float32"), (4, 4, 1, 1)
        w = jax.ShapeDtypeStruct(kernel, "float32")
        found["jax.eval_shape"] = lambda: jax.eval_shape(
            lambda x, w: jax.lax.conv_transpose(x, w, (2, 2), "SAME"), x, w
        )
    return found
