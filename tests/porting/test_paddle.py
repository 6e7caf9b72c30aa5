"""Paddle gives the values that its crop says, and takes torch's layers back."""

import random
from collections.abc import Iterator
from typing import Any

import pytest

from convarith import SizeError
from convarith.porting import on_each_axis, paddle_call, paddle_crop
from convarith.porting.paddle import PADDLE
from tests.porting.agreement import Back, There, check_back, check_there
from tests.porting.frameworks import Request, Runtime, needs
from tests.porting.windows import Case, drawn, pairs, torch_layers

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _installed() -> None:
    needs("paddle")


def _request(case: Case, own: dict[str, Any]) -> Request:
    """The weight is torch's; the pads of all axes stand in one list."""
    own = {**own, "stride": case.stride, "dilation": case.dilation}
    if not isinstance(own["padding"], str):
        own["padding"] = [end for ends in own["padding"] for end in ends]
    lists = {n: list(v) if isinstance(v, tuple) else v for n, v in own.items()}
    return case.request(case.weight.numpy(), {**lists, "groups": case.groups})


def _there() -> Iterator[There]:
    rnd = random.Random(13)
    while True:
        case = drawn(rnd, dims=(1, 1, 2, 3), groups=(1, 1, 2))
        mode, shaped = rnd.choice(("SAME", "VALID", "pairs")), rnd.random() < 0.4
        own: dict[str, Any] = {"padding": mode}
        if mode == "pairs":
            own["padding"] = pairs(rnd, case, 0, 3)
        own["output_padding"] = tuple(map(rnd.randrange, case.stride))
        if shaped:
            del own["output_padding"]
            full = case.full_size()
            own["output_size"] = tuple(max(n - rnd.randint(-2, 4), 1) for n in full)
        try:
            crops = on_each_axis(
                paddle_crop, **case.words(PADDLE), **own, in_size=case.in_size
            )
        except SizeError:
            if mode == "SAME" and max(case.dilation) > 1:
                # It is taken for 1, so that there is a result, but no crop of it.
                continue
            crops = None
        mode += ", output_size" if shaped else ""
        yield There(mode, case, crops, _request(case, own))


def test_paddle_crops_what_is_said(paddle: Runtime) -> None:
    tally = check_there(paddle, "paddle", _there(), 300)

    assert len(tally.modes) == 6
    assert tally.refused > 20


def _back() -> Iterator[Back]:
    for case, crops, truth in torch_layers(
        random.Random(14), dims=(1, 1, 2), groups=(1, 2)
    ):
        calls = on_each_axis(paddle_call, crops, stride=case.stride)
        own = {
            name: tuple(call.arguments[name] for call in calls)
            for name in calls[0].arguments
        }
        yield Back("pairs", case, calls, truth, [_request(case, own)])


def test_a_layer_of_torch_is_taken_to_paddle(paddle: Runtime) -> None:
    assert len(check_back(paddle, "paddle", _back(), 150).count) >= 2
