"""OpenVINO gives the values that its crop says, and takes torch's layers back."""

import random
from typing import Any

import pytest

from convarith.porting import Call, Crop, openvino_call, openvino_crop
from tests.porting.frameworks import Framework, Request, needs
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

MODES = ("explicit", "same_upper", "same_lower", "valid")


@pytest.fixture(autouse=True)
def _installed() -> None:
    needs("openvino")


def _kernel(case: Case) -> Any:
    """torch's weight, with the groups on an axis in front where there are several."""
    weight = case.weight.numpy()
    if case.groups == 1:
        return weight
    return weight.reshape(case.groups, -1, *weight.shape[1:])


def _merged(case: Case, axes: list[dict[str, Any]]) -> dict[str, Any]:
    merged: dict[str, Any] = {name: [own[name] for own in axes] for name in axes[0]}
    return {**merged, "strides": case.stride, "dilations": case.dilation}


def test_openvino_crops_what_is_said(runtime: Framework) -> None:
    rnd, tally = random.Random(11), Tally()
    asked: list[Request] = []
    expected: list[tuple[str, Case, list[Crop]]] = []
    while len(asked) < 300:
        case = drawn(rnd, dims=(1, 1, 2), groups=(1, 2))
        auto_pad, shaped = rnd.choice(MODES), rnd.random() < 0.4
        grouped = case.groups > 1
        pointwise = any(
            k == 1 == s for k, s in zip(case.kernel_size, case.stride, strict=True)
        )
        if shaped and auto_pad == "explicit" and pointwise:
            # The plain operator does not read its pads in some of these.
            continue
        axes, crops = [], []
        for axis in case.axes():
            own: dict[str, Any] = {
                "pads_begin": rnd.randrange(4),
                "pads_end": rnd.randrange(4),
                "output_padding": rnd.choice((0, rnd.randrange(axis["stride"]))),
            }
            if shaped:
                full = (axis["in_size"] - 1) * axis["stride"] + axis["kernel_size"]
                own["output_shape"] = max(full + rnd.randint(-4, 4), 1)
            crops.append(
                openvino_crop(
                    kernel_size=axis["kernel_size"],
                    strides=axis["stride"],
                    dilations=axis["dilation"],
                    in_size=axis["in_size"],
                    auto_pad=auto_pad,
                    grouped=grouped,
                    **own,
                )
            )
            axes.append(own)
        if not case.fits(crops):
            continue
        arguments = {**_merged(case, axes), "auto_pad": auto_pad}
        asked.append(
            Request(arguments, case.x.numpy(), _kernel(case), case.bias.numpy())
        )
        mode = f"{auto_pad}{', output_shape' if shaped else ''}{', grouped' if grouped else ''}"
        expected.append((mode, case, crops))

    for found, ask, (mode, case, crops) in zip(
        runtime.answers("openvino", asked), asked, expected, strict=True
    ):
        values, _ = called(case, crops)
        tally.agrees(mode, found, values, (ask.arguments, list(case.axes())))
        tally.agrees(mode, found, window(case, crops), ask.arguments, new=False)
    tally.told("openvino")
    assert len(tally.count) == 4 * len(MODES)


def test_a_layer_of_torch_is_taken_to_openvino(runtime: Framework) -> None:
    rnd, tally = random.Random(12), Tally()
    asked: list[Request] = []
    expected: list[tuple[Case, list[Call], Any]] = []
    while len(asked) < 150:
        case = drawn(rnd, dims=(1, 1, 2), groups=(1, 2))
        layer = torch_layer(rnd, case)
        if layer is None:
            continue
        crops, truth = layer
        calls = [
            openvino_call(crop, strides=stride)
            for crop, stride in zip(crops, case.stride, strict=True)
        ]
        arguments = _merged(case, [call.arguments for call in calls])
        asked.append(
            Request(arguments, case.x.numpy(), _kernel(case), case.bias.numpy())
        )
        expected.append((case, calls, truth))

    for found, (case, calls, truth) in zip(
        runtime.answers("openvino", asked), expected, strict=True
    ):
        values = finished(joined([found]), rests(calls), case.bias)
        mode = f"explicit{tally.done(calls)}, {case.groups} groups"
        tally.agrees(mode, values.numpy(), truth, calls)
    tally.told("torch to openvino")
