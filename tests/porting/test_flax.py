"""Both of Flax's layers give the values that their crop says."""

import random
from typing import Any

import pytest

from convarith.porting import WEIGHTS, Crop, flax_crop, jax_call
from tests.porting.frameworks import Framework, Request, needs
from tests.porting.windows import (
    Case,
    Tally,
    called,
    drawn,
    laid_out,
    torch_layer,
    window,
)

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _installed() -> None:
    needs("flax")


@pytest.mark.parametrize("kind", ["flax-linen", "flax-nnx"])
def test_flax_crops_what_is_said(xla: Framework, kind: str) -> None:
    rnd, tally = random.Random(6), Tally()
    asked: list[Request] = []
    expected: list[tuple[str, Case, list[Crop]]] = []
    while len(asked) < 80:
        case = drawn(rnd, dims=(1, 1, 2))
        padding = rnd.choice(("SAME", "VALID", rnd.randrange(4), "pairs"))
        pads = [(rnd.randint(0, 4), rnd.randint(0, 4)) for _ in case.stride]
        crops = [
            flax_crop(
                kernel_size=axis["kernel_size"],
                strides=axis["stride"],
                padding=padding if padding != "pairs" else own,
                kernel_dilation=axis["dilation"],
            )
            for axis, own in zip(case.axes(), pads, strict=True)
        ]
        if not case.fits(crops):
            continue
        transposed = rnd.random() < 0.5
        arguments: dict[str, Any] = {
            "kernel_size": tuple(case.kernel_size),
            "strides": tuple(case.stride),
            "padding": padding if padding != "pairs" else pads,
            "kernel_dilation": tuple(case.dilation),
            "transpose_kernel": transposed,
        }
        layout = WEIGHTS["flax-transpose-kernel" if transposed else "flax"]
        kernel = laid_out(case.weight, layout)
        asked.append(Request(arguments, case.x.numpy(), kernel, case.bias.numpy()))
        mode = "a whole number" if isinstance(padding, int) else padding
        expected.append((mode, case, crops))

    for found, ask, (mode, case, crops) in zip(
        xla.answers(kind, asked), asked, expected, strict=True
    ):
        values, _ = called(case, crops)
        tally.agrees(mode, found, values, ask.arguments)
        tally.agrees(mode, found, window(case, crops), ask.arguments, new=False)
    tally.told(kind)
    assert len(tally.count) == 4


@pytest.mark.parametrize("kind", ["flax-linen", "flax-nnx"])
def test_a_layer_of_torch_is_taken_to_flax(xla: Framework, kind: str) -> None:
    rnd, tally = random.Random(7), Tally()
    asked, expected = [], []
    while len(asked) < 30:
        case = drawn(rnd, dims=(1, 1, 2))
        layer = torch_layer(rnd, case)
        if layer is None:
            continue
        crops, truth = layer
        pads = [
            jax_call(
                crop, kernel_size=axis["kernel_size"], rhs_dilation=axis["dilation"]
            ).arguments["padding"]
            for crop, axis in zip(crops, case.axes(), strict=True)
        ]
        arguments = {
            "kernel_size": tuple(case.kernel_size),
            "strides": tuple(case.stride),
            "padding": pads,
            "kernel_dilation": tuple(case.dilation),
        }
        kernel = laid_out(case.weight, WEIGHTS["flax"])
        asked.append(Request(arguments, case.x.numpy(), kernel, case.bias.numpy()))
        expected.append(truth)

    for found, ask, truth in zip(
        xla.answers(kind, asked), asked, expected, strict=True
    ):
        tally.agrees("pairs", found, truth, ask.arguments)
    tally.told(f"torch to {kind}")
