"""OpenVINO gives the values that its crop says, and takes torch's layers back."""

import random
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from convarith.porting import on_each_axis, openvino_call, openvino_crop
from convarith.porting.openvino import MODES, OPENVINO
from tests.porting.agreement import Back, There, check_back, check_there
from tests.porting.frameworks import Request, Runtime, needs
from tests.porting.windows import Case, drawn, torch_layers

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _installed() -> None:
    needs("openvino")


def _request(case: Case, own: dict[str, Any]) -> Request:
    """The weight is torch's, with several groups on an axis in front."""
    kernel: np.ndarray = case.weight.numpy()
    if case.groups > 1:
        kernel = kernel.reshape(case.groups, -1, *kernel.shape[1:])
    own = {**own, "strides": case.stride, "dilations": case.dilation}
    lists = {n: list(v) if isinstance(v, tuple) else v for n, v in own.items()}
    return case.request(kernel, lists)


def _there() -> Iterator[There]:
    rnd = random.Random(11)
    while True:
        case = drawn(rnd, dims=(1, 1, 2), groups=(1, 2))
        auto_pad, shaped = rnd.choice(MODES), rnd.random() < 0.4
        if (
            shaped
            and auto_pad == "explicit"
            and (1, 1) in zip(case.kernel_size, case.stride, strict=True)
        ):
            # The plain operator does not read its pads in some of these.
            continue
        own: dict[str, Any] = {
            "pads_begin": tuple(rnd.randrange(4) for _ in case.stride),
            "pads_end": tuple(rnd.randrange(4) for _ in case.stride),
            "output_padding": tuple(
                rnd.choice((0, rnd.randrange(s))) for s in case.stride
            ),
            "auto_pad": auto_pad,
        }
        if shaped:
            full = case.full_size()
            own["output_shape"] = tuple(max(n + rnd.randint(-4, 4), 1) for n in full)
        shared = {"in_size": case.in_size, "grouped": case.groups > 1}
        crops = on_each_axis(openvino_crop, **case.words(OPENVINO), **shared, **own)
        mode = f"{auto_pad}{', output_shape' if shaped else ''}"
        mode += ", grouped" if case.groups > 1 else ""
        yield There(mode, case, crops, _request(case, own))


def test_openvino_crops_what_is_said(runtime: Runtime) -> None:
    tally = check_there(runtime, "openvino", _there(), 300)

    assert len(tally.modes) == 4 * len(MODES)


def _back() -> Iterator[Back]:
    for case, crops, truth in torch_layers(
        random.Random(12), dims=(1, 1, 2), groups=(1, 2)
    ):
        calls = on_each_axis(openvino_call, crops, strides=case.stride)
        own = {
            name: tuple(call.arguments[name] for call in calls)
            for name in calls[0].arguments
        }
        yield Back("explicit", case, calls, truth, [_request(case, own)])


def test_a_layer_of_torch_is_taken_to_openvino(runtime: Runtime) -> None:
    assert len(check_back(runtime, "openvino", _back(), 150).count) >= 3
