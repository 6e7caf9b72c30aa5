"""Both of Flax's layers give the values that their crop says."""

import random
from collections.abc import Iterator
from typing import Any

import pytest

from convarith.porting import WEIGHTS, flax_crop, jax_call, on_each_axis
from convarith.porting.flax import FLAX
from tests.porting.agreement import Back, There, check_back, check_there
from tests.porting.frameworks import Runtime, needs
from tests.porting.windows import drawn, laid_out, pairs, torch_layers

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _installed() -> None:
    needs("flax")


def _there() -> Iterator[There]:
    rnd = random.Random(6)
    while True:
        case = drawn(rnd, dims=(1, 1, 2))
        padding: Any = rnd.choice(("SAME", "VALID", rnd.randrange(4), "pairs"))
        mode = "a whole number" if isinstance(padding, int) else padding
        own: dict[str, Any] = case.words(FLAX)
        own["padding"] = pairs(rnd, case, 0, 4) if mode == "pairs" else padding
        crops = on_each_axis(flax_crop, **own)
        own["transpose_kernel"] = rnd.random() < 0.5
        layout = "flax-transpose-kernel" if own["transpose_kernel"] else "flax"
        request = case.request(laid_out(case.weight, WEIGHTS[layout]), own)
        yield There(mode, case, crops, request)


@pytest.mark.parametrize("kind", ["flax-linen", "flax-nnx"])
def test_flax_crops_what_is_said(xla: Runtime, kind: str) -> None:
    tally = check_there(xla, kind, _there(), 80)

    assert tally.modes == {"SAME", "VALID", "a whole number", "pairs"}


def _back() -> Iterator[Back]:
    for case, crops, truth in torch_layers(random.Random(7), dims=(1, 1, 2)):
        own: dict[str, Any] = case.words(FLAX)
        steps = {"kernel_size": case.kernel_size, "rhs_dilation": case.dilation}
        calls = on_each_axis(jax_call, crops, **steps)
        own["padding"] = [call.arguments["padding"] for call in calls]
        yield Back("pairs", case, calls, truth, case.by_group(FLAX.layout, own))


@pytest.mark.parametrize("kind", ["flax-linen", "flax-nnx"])
def test_a_layer_of_torch_is_taken_to_flax(xla: Runtime, kind: str) -> None:
    assert len(check_back(xla, kind, _back(), 30).count) == 1
