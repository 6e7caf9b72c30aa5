"""ONNX Runtime computes, and shape inference says, what is said of them here."""

import random
from collections.abc import Iterator
from itertools import islice, takewhile
from typing import Any

import numpy as np
import pytest

from convarith import SizeError
from convarith.porting import (
    Crop,
    on_each_axis,
    onnx_call,
    onnx_crop,
    onnx_inferred_size,
)
from convarith.porting.onnx import MODES, ONNX
from tests.porting.agreement import Back, There, check_back, check_there
from tests.porting.frameworks import Request, Runtime
from tests.porting.windows import Case, drawn, pairs, torch_layers

pytestmark = pytest.mark.slow

Node = dict[str, Any]


def _nodes(rnd: random.Random) -> Iterator[tuple[str, Case, Node]]:
    """Random nodes, with a tuple for what each axis has; some are refused."""
    while True:
        case = drawn(rnd, dims=(1, 1, 2, 2, 3), groups=(1, 1, 2))
        auto_pad, shaped = rnd.choice(MODES), rnd.random() < 0.4
        own: Node = {**case.words(ONNX), "auto_pad": auto_pad}
        limits = list(map(max, case.stride, case.dilation))
        own["output_padding"] = tuple(
            rnd.choice((0, 0, rnd.randrange(n))) for n in limits
        )
        if auto_pad == "NOTSET" and not shaped:
            own["pads"] = pairs(rnd, case, 0, 3)
        if shaped:
            full = case.full_size()
            own["output_shape"] = tuple(max(n + rnd.randint(-4, 4), 1) for n in full)
        yield f"{auto_pad}{', output_shape' if shaped else ''}", case, own


def _request(case: Case, own: Node) -> Request:
    """The node's attributes: all begins before all ends, and groups."""
    node = {n: list(v) if isinstance(v, tuple) else v for n, v in own.items()}
    if "pads" in node:
        node["pads"] = [pad[end] for end in (0, 1) for pad in node["pads"]]
    return case.request(case.weight.numpy(), {**node, "group": case.groups})


def _crops(case: Case, own: Node) -> tuple[Crop, ...] | None:
    """The crops on all axes; None where one is refused or leaves nothing."""
    try:
        crops = on_each_axis(onnx_crop, in_size=case.in_size, **own)
    except SizeError:
        return None
    return crops if case.fits(crops) else None


def test_onnx_runtime_crops_what_is_said(runtime: Runtime) -> None:
    layers = (
        There(mode, case, _crops(case, own), _request(case, own))
        for mode, case, own in _nodes(random.Random(8))
    )
    tally = check_there(runtime, "onnx-runtime", layers, 1000)

    assert len(tally.modes) == 2 * len(MODES)
    assert tally.refused > 10


def test_shape_inference_says_what_is_said(runtime: Runtime) -> None:
    nodes, other = list(islice(_nodes(random.Random(9)), 800)), 0
    asked = [_request(case, own) for _, case, own in nodes]

    for found, (_, case, own) in zip(
        runtime.answers("onnx-inference", asked), nodes, strict=True
    ):
        sizes = on_each_axis(onnx_inferred_size, case.in_size, **own)
        kept = tuple(takewhile(lambda size: size is not None, sizes))
        assert not isinstance(found, str), (found, own)
        assert tuple(found) == kept, (case.in_size, own)
        crops = _crops(case, own)
        if crops is not None:
            other += kept != on_each_axis(
                Crop.out_size, crops, case.in_size, **case.window
            )
    print(f"onnx shape inference: {other} of {len(nodes)} are not what is computed")
    assert other > 10


def _back() -> Iterator[Back]:
    for case, crops, truth in torch_layers(random.Random(10), groups=(1, 1, 2)):
        calls = on_each_axis(onnx_call, crops, strides=case.stride)
        own: Node = {"strides": case.stride, "dilations": case.dilation}
        for name in ("pads", "output_padding"):
            own[name] = tuple(call.arguments[name] for call in calls)
        yield Back("node", case, calls, truth, [_request(case, own)])


def test_a_layer_of_torch_is_taken_to_onnx(runtime: Runtime) -> None:
    assert len(check_back(runtime, "onnx-runtime", _back(), 300).count) == 4


# Where the three of ONNX's own answers differ, on one axis: the size that ONNX Runtime
# computes, the one that shape inference writes, and the one of the reference evaluator.
# None: it refuses the node.
DISAGREE = [
    pytest.param(
        3, {"kernel_shape": 2, "strides": 3, "auto_pad": "SAME_UPPER"}, (8, 8, 9),
        id="same-and-a-kernel-below-stride",
    ),
    pytest.param(
        5, {"kernel_shape": 4, "strides": 2, "auto_pad": "SAME_UPPER", "output_padding": 1}, (10, 11, 10),
        id="same-and-output-padding",
    ),
    pytest.param(
        4, {"kernel_shape": 3, "strides": 2, "dilations": 3, "output_padding": 2}, (None, 15, None),
        id="output-padding-from-stride-on",
    ),
    pytest.param(
        5, {"kernel_shape": 3, "strides": 1, "output_shape": 3}, (3, None, None),
        id="output-shape-below-the-input",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("in_size", "attributes", "sizes"), DISAGREE)
def test_runtime_inference_and_reference_evaluator_differ_here(
    runtime: Runtime,
    in_size: int,
    attributes: dict[str, Any],
    sizes: tuple[int | None, ...],
) -> None:
    x = np.ones((1, 1, in_size), np.float32)
    kernel = np.ones((1, 1, attributes["kernel_shape"]), np.float32)
    node = {
        name: value if name == "auto_pad" else [value]
        for name, value in attributes.items()
    }
    ask = Request(node, x, kernel, np.zeros(1, np.float32))
    found = []
    for name in ("onnx-runtime", "onnx-inference", "onnx-reference"):
        answer = runtime.answers(name, [ask])[0]
        if name == "onnx-inference":
            found.append(int(answer[0]) if len(answer) else None)
        else:
            found.append(None if isinstance(answer, str) else answer.shape[2])

    print(f"runtime, inference, reference evaluator: {found}")
    assert tuple(found) == sizes
    assert onnx_inferred_size(in_size, **attributes) == sizes[1]
