"""JAX gives the values that its crop says, and takes torch's layers back."""

import random
from typing import Any

import pytest

from convarith.porting import WEIGHTS, Call, Crop, jax_call, jax_crop
from tests.porting.frameworks import Framework, Request
from tests.porting.windows import (
    Case,
    Tally,
    brought_back,
    called,
    drawn,
    finished,
    joined,
    laid_out,
    rests,
    torch_layer,
    window,
)

pytestmark = pytest.mark.slow

# XLA compiles each of them anew.
THERE, BACK = 120, 60


def test_jax_crops_what_is_said(xla: Framework) -> None:
    rnd, tally = random.Random(4), Tally()
    asked: list[Request] = []
    expected: list[tuple[str, Case, list[Crop]]] = []
    while len(asked) < THERE:
        case = drawn(rnd)
        mode = rnd.choice(("SAME", "VALID", "pairs", "pairs"))
        consistent = rnd.random() < 0.5
        pads = [(rnd.randint(-1, 4), rnd.randint(-1, 4)) for _ in case.stride]
        crops = [
            jax_crop(
                kernel_size=axis["kernel_size"],
                strides=axis["stride"],
                padding=mode if mode != "pairs" else own,
                rhs_dilation=axis["dilation"],
                use_consistent_padding=consistent,
            )
            for axis, own in zip(case.axes(), pads, strict=True)
        ]
        if not case.fits(crops):
            continue
        transposed = rnd.random() < 0.5
        layout = WEIGHTS["jax-transpose-kernel" if transposed else "jax"]
        kernel = laid_out(case.weight, layout)
        assert brought_back(kernel, layout).equal(case.weight)
        arguments: dict[str, Any] = {
            "strides": case.stride,
            "padding": mode if mode != "pairs" else pads,
            "rhs_dilation": case.dilation,
            "transpose_kernel": transposed,
            "use_consistent_padding": consistent,
        }
        asked.append(Request(arguments, case.x.numpy(), kernel, case.bias.numpy()))
        if mode == "pairs":
            mode = "consistent pairs" if consistent else "pairs"
        expected.append((mode, case, crops))

    for found, ask, (mode, case, crops) in zip(
        xla.answers("jax", asked), asked, expected, strict=True
    ):
        values, exact = called(case, crops)
        mode += ", one torch call" if exact else ", a torch call and a crop"
        tally.agrees(mode, found, window(case, crops), ask.arguments)
        tally.agrees(
            mode, values.numpy(), window(case, crops), ask.arguments, new=False
        )
    tally.told("jax.lax.conv_transpose")
    assert len(tally.count) >= 6


def test_a_layer_of_torch_is_taken_to_jax(xla: Framework) -> None:
    rnd, tally = random.Random(5), Tally()
    asked: list[Request] = []
    expected: list[tuple[str, Case, list[Call], Any]] = []
    while len(expected) < BACK:
        case = drawn(rnd, dims=(1, 1, 2, 3), groups=(1, 1, 2))
        layer = torch_layer(rnd, case)
        if layer is None:
            continue
        crops, truth = layer
        consistent = rnd.random() < 0.5
        calls = [
            jax_call(
                crop,
                kernel_size=axis["kernel_size"],
                rhs_dilation=axis["dilation"],
                use_consistent_padding=consistent,
            )
            for crop, axis in zip(crops, case.axes(), strict=True)
        ]
        arguments = {
            "strides": case.stride,
            "rhs_dilation": case.dilation,
            "transpose_kernel": True,
            "use_consistent_padding": consistent,
            "padding": [call.arguments["padding"] for call in calls],
        }
        for x, weight, bias in case.by_group():
            kernel = laid_out(weight, WEIGHTS["jax-transpose-kernel"])
            asked.append(Request(arguments, x.numpy(), kernel, bias.numpy()))
        mode = f"{'consistent pairs' if consistent else 'pairs'}{tally.done(calls)}, {case.groups} groups"
        expected.append((mode, case, calls, truth))

    found = iter(xla.answers("jax", asked))
    for mode, case, calls, truth in expected:
        values = joined([next(found) for _ in range(case.groups)])
        values = finished(values, rests(calls), case.bias)
        tally.agrees(mode, values.numpy(), truth, calls)
    tally.told("torch to jax.lax.conv_transpose")
    assert all(call.exact for _, _, calls, _ in expected for call in calls)
