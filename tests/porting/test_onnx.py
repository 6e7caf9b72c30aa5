"""ONNX Runtime computes, and shape inference says, what is said of them here."""

import random
from collections.abc import Iterator
from itertools import takewhile
from typing import Any

import numpy as np
import pytest

from convarith import SizeError
from convarith.porting import Call, Crop, onnx_call, onnx_crop, onnx_inferred_size
from tests.porting.frameworks import Framework, Request
from tests.porting.windows import (
    Case,
    Tally,
    called,
    drawn,
    finished,
    joined,
    rests,
    torch_layer,
    window,
)

pytestmark = pytest.mark.slow

MODES = ("NOTSET", "VALID", "SAME_UPPER", "SAME_LOWER")


def _nodes(rnd: random.Random) -> Iterator[tuple[str, Case, list[dict[str, Any]]]]:
    """Random nodes, axis by axis; some that ONNX Runtime refuses."""
    while True:
        case = drawn(rnd, dims=(1, 1, 2, 2, 3), groups=(1, 1, 2))
        auto_pad, shaped = rnd.choice(MODES), rnd.random() < 0.4
        axes = []
        for axis in case.axes():
            own: dict[str, Any] = {
                "kernel_shape": axis["kernel_size"],
                "strides": axis["stride"],
                "dilations": axis["dilation"],
                "auto_pad": auto_pad,
            }
            limit = max(axis["stride"], axis["dilation"])
            own["output_padding"] = rnd.choice((0, 0, rnd.randrange(limit)))
            if auto_pad == "NOTSET" and not shaped:
                own["pads"] = (rnd.randrange(4), rnd.randrange(4))
            if shaped:
                full = (axis["in_size"] - 1) * axis["stride"] + axis["kernel_size"]
                own["output_shape"] = max(full + rnd.randint(-4, 4), 1)
            axes.append(own)
        yield f"{auto_pad}{', output_shape' if shaped else ''}", case, axes


def _attributes(case: Case, axes: list[dict[str, Any]]) -> dict[str, Any]:
    """The node's attributes: all begins before all ends, and groups."""
    merged: dict[str, Any] = {name: [own[name] for own in axes] for name in axes[0]}
    if "auto_pad" in merged:
        merged["auto_pad"] = merged["auto_pad"][0]
    if "pads" in merged:
        merged["pads"] = [own["pads"][end] for end in (0, 1) for own in axes]
    return {**merged, "group": case.groups}


def _crops(case: Case, axes: list[dict[str, Any]]) -> list[Crop] | None:
    """The crops on all axes; None where one is refused or leaves nothing."""
    try:
        crops = [
            onnx_crop(in_size=size, **own)
            for size, own in zip(case.in_size, axes, strict=True)
        ]
    except SizeError:
        return None
    return crops if case.fits(crops) else None


def _request(case: Case, attributes: dict[str, Any]) -> Request:
    weight, bias = case.weight.numpy(), case.bias.numpy()
    return Request(attributes, case.x.numpy(), weight, bias)


def test_onnx_runtime_crops_what_is_said(runtime: Framework) -> None:
    rnd, tally, refused = random.Random(8), Tally(), 0
    nodes = [next(_nodes(rnd)) for _ in range(1000)]
    asked = [_request(case, _attributes(case, axes)) for _, case, axes in nodes]

    for found, ask, (mode, case, axes) in zip(
        runtime.answers("onnx-runtime", asked), asked, nodes, strict=True
    ):
        crops = _crops(case, axes)
        if crops is None:
            assert isinstance(found, str), (ask.arguments, case.in_size)
            refused += 1
            continue
        values, _ = called(case, crops)
        tally.agrees(mode, found, values, (ask.arguments, case.in_size))
        tally.agrees(mode, found, window(case, crops), ask.arguments, new=False)
    tally.told("onnxruntime")
    print(f"  {refused:5} refused by both")
    assert len(tally.count) == 2 * len(MODES)


def test_shape_inference_says_what_is_said(runtime: Framework) -> None:
    rnd, other = random.Random(9), 0
    nodes = [next(_nodes(rnd)) for _ in range(800)]
    asked = [_request(case, _attributes(case, axes)) for _, case, axes in nodes]

    for found, (_, case, axes) in zip(
        runtime.answers("onnx-inference", asked), nodes, strict=True
    ):
        sizes = [
            onnx_inferred_size(size, **own)
            for size, own in zip(case.in_size, axes, strict=True)
        ]
        kept = list(takewhile(lambda size: size is not None, sizes))
        assert not isinstance(found, str), (found, axes)
        assert list(found) == kept, (case.in_size, axes)
        crops = _crops(case, axes)
        if crops is not None:
            computed = [
                crop.out_size(**axis)
                for crop, axis in zip(crops, case.axes(), strict=True)
            ]
            other += computed != kept
    print(
        f"onnx shape inference: {len(nodes)} nodes; ONNX Runtime computes another shape for {other}"
    )
    assert other > 10


def test_a_layer_of_torch_is_taken_to_onnx(runtime: Framework) -> None:
    rnd, tally = random.Random(10), Tally()
    asked: list[Request] = []
    expected: list[tuple[str, Case, list[Call], Any]] = []
    while len(asked) < 300:
        case = drawn(rnd, groups=(1, 1, 2))
        layer = torch_layer(rnd, case)
        if layer is None:
            continue
        crops, truth = layer
        calls = [
            onnx_call(crop, strides=stride)
            for crop, stride in zip(crops, case.stride, strict=True)
        ]
        own = [
            {**call.arguments, "strides": stride, "dilations": dilation}
            for call, stride, dilation in zip(
                calls, case.stride, case.dilation, strict=True
            )
        ]
        asked.append(_request(case, _attributes(case, own)))
        mode = f"node{tally.done(calls)}, {case.groups} groups"
        expected.append((mode, case, calls, truth))

    for found, (mode, case, calls, truth) in zip(
        runtime.answers("onnx-runtime", asked), expected, strict=True
    ):
        values = finished(joined([found]), rests(calls), case.bias)
        tally.agrees(mode, values.numpy(), truth, calls)
    tally.told("torch to onnxruntime")
    assert len(tally.count) == 4


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
    runtime: Framework,
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
