"""TensorFlow's functions, and Keras on TensorFlow, agree with what is said of them."""

import random
from collections.abc import Iterator
from typing import Any

import pytest

from convarith import SizeError, conv_input_sizes
from convarith.porting import on_each_axis, tensorflow_crop
from convarith.porting.tensorflow import TENSORFLOW
from tests.porting import layers_of_keras
from tests.porting.agreement import There, check_back, check_there
from tests.porting.frameworks import Runtime, needs
from tests.porting.windows import drawn, laid_out, pairs

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _installed() -> None:
    needs("tensorflow")


def test_keras_on_tensorflow_crops_what_is_said(tensorflow: Runtime) -> None:
    tally = check_there(tensorflow, "keras", layers_of_keras.there("tensorflow"), 600)

    assert len(tally.count) == 6
    assert tally.refused > 10


def test_a_layer_of_torch_is_taken_to_keras_on_tensorflow(tensorflow: Runtime) -> None:
    tally = check_back(tensorflow, "keras", layers_of_keras.back(), 300)

    assert len(tally.count) > 5


def _functions() -> Iterator[There]:
    """Random calls; some that TensorFlow refuses."""
    rnd = random.Random(3)
    while True:
        case = drawn(rnd, stride_or_dilation=True)
        modes = ("SAME", "VALID", "EXPLICIT") if case.dims == 2 else ("SAME", "VALID")
        mode, ends = rnd.choice(modes), pairs(rnd, case, 0, 2)
        padding: Any = ends if mode == "EXPLICIT" else mode
        sizes = []
        for axis, (size, stride) in enumerate(
            zip(case.in_size, case.stride, strict=True)
        ):
            own = {name: values[axis] for name, values in case.window.items()}
            if mode == "SAME":
                own |= {"kernel_size": 1, "dilation": 1}
            own["padding"] = ends[axis] if mode == "EXPLICIT" else (0, 0)
            last = conv_input_sizes(size, **own).stop - 1
            off = rnd.randrange(stride)
            if rnd.random() < 0.05:
                # Where the kernel does not fit at all, oneDNN rounds -1/3 to 0.
                off = rnd.choice((-1, stride)) if size > 1 else -1
            sizes.append(max(last - off, 1))
        own = {"output_shape": tuple(sizes), **case.words(TENSORFLOW)}
        try:
            crops = on_each_axis(
                tensorflow_crop, in_size=case.in_size, padding=padding, **own
            )
        except SizeError:
            crops = None
        arguments: dict[str, Any] = {
            "output_shape": tuple(sizes),
            "strides": list(case.stride),
            "dilations": list(case.dilation),
            "padding": mode
            if mode != "EXPLICIT"
            else [[0, 0], *map(list, ends), [0, 0]],
        }
        kernel = laid_out(case.weight, TENSORFLOW.layout)
        yield There(mode, case, crops, case.request(kernel, arguments))


def test_the_functions_of_tensorflow_crop_what_is_said(tensorflow: Runtime) -> None:
    tally = check_there(tensorflow, "tensorflow", _functions(), 600)

    assert tally.refused > 10
