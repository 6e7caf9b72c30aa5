"""JAX gives the values that its crop says, and takes torch's layers back."""

import random
from collections.abc import Iterator
from typing import Any

import pytest

from convarith.porting import WEIGHTS, jax_call, jax_crop, on_each_axis
from convarith.porting.jax import JAX
from tests.porting.agreement import Back, There, check_back, check_there
from tests.porting.frameworks import Runtime
from tests.porting.windows import drawn, laid_out, pairs, torch_layers

pytestmark = pytest.mark.slow

# XLA compiles each of them anew.
THERE, BACK = 120, 60


def _there() -> Iterator[There]:
    rnd = random.Random(4)
    while True:
        case = drawn(rnd)
        mode = rnd.choice(("SAME", "VALID", "pairs", "pairs"))
        own: dict[str, Any] = {"use_consistent_padding": rnd.random() < 0.5}
        own["padding"] = pairs(rnd, case, -1, 4) if mode == "pairs" else mode
        crops = on_each_axis(jax_crop, **case.words(JAX), **own)
        transposed = rnd.random() < 0.5
        layout = WEIGHTS["jax-transpose-kernel" if transposed else "jax"]
        own |= {"strides": case.stride, "rhs_dilation": case.dilation}
        own["transpose_kernel"] = transposed
        if mode == "pairs" and own["use_consistent_padding"]:
            mode = "consistent pairs"
        request = case.request(laid_out(case.weight, layout), own)
        yield There(mode, case, crops, request)


def test_jax_crops_what_is_said(xla: Runtime) -> None:
    assert len(check_there(xla, "jax", _there(), THERE).count) >= 6


def _back() -> Iterator[Back]:
    rnd = random.Random(5)
    for case, crops, truth in torch_layers(rnd, dims=(1, 1, 2, 3), groups=(1, 1, 2)):
        consistent = rnd.random() < 0.5
        own: dict[str, Any] = {"rhs_dilation": case.dilation}
        own["use_consistent_padding"] = consistent
        calls = on_each_axis(jax_call, crops, kernel_size=case.kernel_size, **own)
        assert all(call.exact for call in calls)
        own |= {"strides": case.stride, "transpose_kernel": True}
        own["padding"] = [call.arguments["padding"] for call in calls]
        requests = case.by_group(WEIGHTS["jax-transpose-kernel"], own)
        mode = "consistent pairs" if consistent else "pairs"
        yield Back(mode, case, calls, truth, requests)


def test_a_layer_of_torch_is_taken_to_jax(xla: Runtime) -> None:
    assert len(check_back(xla, "jax", _back(), BACK).count) == 4
