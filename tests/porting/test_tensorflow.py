"""TensorFlow's functions, and Keras on TensorFlow, agree with what is said of them."""

import random
from typing import Any

import pytest

from convarith import SizeError
from convarith.porting import WEIGHTS, Crop, tensorflow_crop
from tests.porting import layers_of_keras
from tests.porting.frameworks import Framework, Request, needs
from tests.porting.windows import Case, Tally, called, drawn, laid_out, window

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _installed() -> None:
    needs("tensorflow")


def test_keras_on_tensorflow_crops_what_is_said(tensorflow: Framework) -> None:
    layers_of_keras.check_there(tensorflow, 600, "keras on tensorflow")


def test_a_layer_of_torch_is_taken_to_keras_on_tensorflow(
    tensorflow: Framework,
) -> None:
    layers_of_keras.check_back(tensorflow, 300, "torch to keras on tensorflow")


def _crops(
    case: Case, sizes: list[int], padding: str, pads: list[tuple[int, int]]
) -> list[Crop] | None:
    """The crops on all axes; None where one is refused."""
    try:
        return [
            tensorflow_crop(
                in_size=axis["in_size"],
                kernel_size=axis["kernel_size"],
                output_shape=size,
                strides=axis["stride"],
                padding=padding if padding != "EXPLICIT" else pair,
                dilations=axis["dilation"],
            )
            for axis, size, pair in zip(case.axes(), sizes, pads, strict=True)
        ]
    except SizeError:
        return None


def test_the_functions_of_tensorflow_crop_what_is_said(tensorflow: Framework) -> None:
    rnd, tally = random.Random(3), Tally()
    asked: list[Request] = []
    expected: list[tuple[str, Case, list[Crop] | None]] = []
    while len(asked) < 600:
        case = drawn(rnd, stride_or_dilation=True)
        padding = rnd.choice(
            ("SAME", "VALID", "EXPLICIT") if case.dims == 2 else ("SAME", "VALID")
        )
        pads = [(rnd.randrange(3), rnd.randrange(3)) for _ in case.stride]
        sizes = []
        for axis, (begin, end) in zip(case.axes(), pads, strict=True):
            least = (axis["in_size"] - 1) * axis["stride"] + 1
            if padding != "SAME":
                least += axis["dilation"] * (axis["kernel_size"] - 1)
            if padding == "EXPLICIT":
                least -= begin + end
            off = rnd.randrange(axis["stride"])
            if rnd.random() < 0.05:
                # Where the kernel does not fit at all, oneDNN rounds -1/3 to 0.
                off = (
                    rnd.choice((-1, axis["stride"]))
                    if axis["in_size"] > 1
                    else axis["stride"]
                )
            sizes.append(max(least + off, 1))
        arguments: dict[str, Any] = {
            "output_shape": tuple(sizes),
            "strides": case.stride,
            "dilations": case.dilation,
            "padding": padding
            if padding != "EXPLICIT"
            else [[0, 0], *map(list, pads), [0, 0]],
        }
        kernel = laid_out(case.weight, WEIGHTS["tensorflow"])
        asked.append(Request(arguments, case.x.numpy(), kernel, case.bias.numpy()))
        expected.append((padding, case, _crops(case, sizes, padding, pads)))

    refused = 0
    for found, ask, (mode, case, crops) in zip(
        tensorflow.answers("tensorflow", asked), asked, expected, strict=True
    ):
        if crops is None:
            assert isinstance(found, str), (ask.arguments, list(case.axes()))
            refused += 1
            continue
        values, exact = called(case, crops)
        mode += ", one torch call" if exact else ", a torch call and a crop"
        tally.agrees(mode, found, values, (ask.arguments, list(case.axes())))
        tally.agrees(mode, found, window(case, crops), ask.arguments, new=False)
    tally.told("tf.nn.conv_transpose")
    print(f"  {refused:5} refused by both")
    assert refused > 10
