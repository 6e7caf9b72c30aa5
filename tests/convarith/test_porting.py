"""What one framework calls a crop is said in numbers, and refused in its own words.

That the numbers are those of the frameworks is for tests/porting.
"""

import re
from itertools import product
from typing import Any

import pytest

from convarith import ConvTranspose, SizeError, porting
from convarith.porting import (
    WEIGHTS,
    Crop,
    flax_crop,
    jax_call,
    jax_crop,
    keras_call,
    keras_crop,
    on_each_axis,
    onnx_call,
    onnx_crop,
    onnx_inferred_size,
    openvino_call,
    openvino_crop,
    paddle_call,
    paddle_crop,
    port,
    tensorflow_crop,
    torch_call,
    torch_crop,
)
from convarith.porting.frameworks import FRAMEWORKS
from tests.porting.frameworks import RUNS

CROPS: list[tuple[Any, ...]] = [
    (torch_crop, {"stride": 2, "padding": 1, "output_padding": 1}, (1, 0)),
    (keras_crop, {"kernel_size": 3, "strides": 2, "padding": "same"}, (0, 1)),
    (keras_crop, {"kernel_size": 2, "strides": 4, "padding": "SAME"}, (0, -2)),
    (keras_crop, {"kernel_size": 2, "strides": 4}, (0, -2)),
    (keras_crop, {"kernel_size": 5, "strides": 4}, (0, 0)),
    (keras_crop, {"kernel_size": 5, "strides": 4, "output_padding": 3}, (0, -3)),
    (keras_crop, {"kernel_size": 4, "strides": 2, "padding": "same", "output_padding": 1}, (1, 2)),
    (tensorflow_crop, {"in_size": 4, "kernel_size": 3, "output_shape": 8, "strides": 2}, (0, 1)),
    (tensorflow_crop, {"in_size": 4, "kernel_size": 3, "output_shape": 10, "strides": 2, "padding": "VALID"}, (0, -1)),
    (tensorflow_crop, {"in_size": 4, "kernel_size": 3, "output_shape": 8, "strides": 2, "padding": (1, 0)}, (1, 0)),
    (jax_crop, {"kernel_size": 3, "strides": 2, "padding": "SAME"}, (0, 1)),
    (jax_crop, {"kernel_size": 2, "strides": 3, "padding": "VALID"}, (0, -1)),
    (jax_crop, {"kernel_size": 4, "strides": 2, "padding": (1, -1)}, (2, 4)),
    (jax_crop, {"kernel_size": 4, "padding": (1, 2), "use_consistent_padding": True}, (1, 2)),
    (flax_crop, {"kernel_size": 3, "strides": 2}, (0, 1)),
    (flax_crop, {"kernel_size": 4, "padding": 1}, (2, 2)),
    (flax_crop, {"kernel_size": 4, "padding": (1, 0)}, (2, 3)),
    (onnx_crop, {"kernel_shape": 3, "strides": 2, "pads": (1, 2), "output_padding": 1}, (1, 1)),
    (onnx_crop, {"kernel_shape": 3, "strides": 2, "auto_pad": "VALID", "output_padding": 1}, (0, -1)),
    (onnx_crop, {"kernel_shape": 3, "strides": 2, "auto_pad": "SAME_LOWER"}, (1, 0)),
    (onnx_crop, {"kernel_shape": 4, "strides": 2, "auto_pad": "SAME_UPPER", "output_padding": 1}, (1, 1)),
    (onnx_crop, {"kernel_shape": 3, "strides": 2, "output_shape": 8, "in_size": 4}, (1, 0)),
    (onnx_crop, {"kernel_shape": 3, "strides": 2, "output_shape": 10, "in_size": 4}, (0, -1)),
    (paddle_crop, {"kernel_size": 3, "stride": 2, "padding": "SAME", "in_size": 5}, (1, 1)),
    (paddle_crop, {"kernel_size": 3, "stride": 2, "padding": "SAME", "in_size": 4}, (0, 1)),
    (paddle_crop, {"kernel_size": 3, "stride": 2, "padding": "VALID", "output_padding": 1}, (0, -1)),
    (paddle_crop, {"kernel_size": 3, "stride": 2, "padding": 1, "output_size": 6, "in_size": 3}, (1, 0)),
    (openvino_crop, {"kernel_size": 3, "pads_begin": 1, "pads_end": 2}, (1, 2)),
    (openvino_crop, {"kernel_size": 3, "strides": 2, "auto_pad": "same_lower", "output_padding": 1}, (0, -1)),
    (openvino_crop, {"kernel_size": 3, "strides": 2, "auto_pad": "same_lower", "output_shape": 8, "in_size": 4}, (0, 1)),
    (openvino_crop, {"kernel_size": 3, "strides": 2, "auto_pad": "same_upper", "output_shape": 8, "in_size": 4}, (1, 0)),
    (openvino_crop, {"kernel_size": 3, "strides": 2, "pads_begin": 2, "output_shape": 8, "in_size": 4}, (2, -1)),
    (openvino_crop, {"kernel_size": 3, "strides": 2, "pads_begin": 2, "output_shape": 8, "in_size": 4, "grouped": True}, (0, 1)),
]  # fmt: skip


def test_arguments_say_what_is_cropped() -> None:
    for function, arguments, crop in CROPS:
        assert function(**arguments) == crop
        assert isinstance(function(**arguments), Crop)


RESTS: list[tuple[Any, ...]] = [
    ((1, 0), 1, 1, (0, 0)),
    ((1, 1), 1, 0, (0, 0)),
    ((0, -1), 0, 1, (0, 0)),
    ((0, 1), 0, 0, (0, 1)),
    ((3, 1), 1, 0, (2, 0)),
    ((0, -3), 0, 1, (0, -2)),
    ((-2, 1), 0, 0, (-2, 1)),
    ((5, -3), 0, 1, (5, -2)),
]  # fmt: skip


def test_one_call_of_torch_does_it_or_leaves_a_rest() -> None:
    for crop, padding, output_padding, rest in RESTS:
        call = torch_call(Crop(*crop), stride=2)

        assert call == ({"padding": padding, "output_padding": output_padding}, rest)
        assert call.exact == (rest == (0, 0))
        # What is left after the call is what the crop wants.
        assert padding + rest[0] == crop[0]
        assert padding - output_padding + rest[1] == crop[1]


def test_dilation_lets_one_call_give_more() -> None:
    assert not torch_call(Crop(0, -2), stride=2).exact
    assert torch_call(Crop(0, -2), stride=2, dilation=3).exact


CALLS: list[tuple[Any, ...]] = [
    (keras_call(Crop(1, 1), kernel_size=4, strides=2), {"padding": "same", "output_padding": None}, (0, 0)),
    (keras_call(Crop(1, 1), kernel_size=4, strides=2, padding="valid"), {"padding": "valid", "output_padding": 0}, (1, 1)),
    (keras_call(Crop(0, 0), kernel_size=4, strides=2, padding="valid"), {"padding": "valid", "output_padding": 0}, (0, 0)),
    (keras_call(Crop(1, -3), kernel_size=4, strides=2), {"padding": "valid", "output_padding": 1}, (1, -2)),
    (jax_call(Crop(1, 0), kernel_size=3, rhs_dilation=2), {"padding": (3, 4)}, (0, 0)),
    (jax_call(Crop(1, 0), kernel_size=3, use_consistent_padding=True), {"padding": (1, 0), "use_consistent_padding": True}, (0, 0)),
    (onnx_call(Crop(1, 0), strides=2), {"pads": (1, 0), "output_padding": 0}, (0, 0)),
    (onnx_call(Crop(1, -1), strides=2), {"pads": (1, 0), "output_padding": 1}, (0, 0)),
    (onnx_call(Crop(3, -2), strides=2), {"pads": (0, 0), "output_padding": 1}, (3, -1)),
    (onnx_call(Crop(-1, 3), strides=2), {"pads": (0, 0), "output_padding": 0}, (-1, 3)),
    (paddle_call(Crop(1, -1), stride=2), {"padding": (1, 0), "output_padding": 1}, (0, 0)),
    (openvino_call(Crop(1, 2), strides=2), {"pads_begin": 1, "pads_end": 2, "output_padding": 0}, (0, 0)),
]  # fmt: skip


def test_a_crop_becomes_arguments() -> None:
    for call, arguments, rest in CALLS:
        assert call == (arguments, rest)


def test_torch_and_back_is_where_it_started() -> None:
    for stride, dilation, padding in [(1, 1, 0), (2, 1, 1), (3, 2, 4), (2, 3, 0)]:
        for output_padding in range(max(stride, dilation)):
            own = {"padding": padding, "output_padding": output_padding}
            crop = torch_crop(stride=stride, dilation=dilation, **own)
            call = torch_call(crop, stride=stride, dilation=dilation)
            layer = ConvTranspose(5, stride=stride, dilation=dilation, **own)

            assert call == (own, (0, 0))
            assert crop.out_size(
                9, kernel_size=5, stride=stride, dilation=dilation
            ) == layer.out_size(9)


def test_what_is_left_of_the_full_result_is_the_output() -> None:
    assert Crop(1, -1).out_size(5, kernel_size=3, stride=2) == 11
    with pytest.raises(SizeError, match="has 3 elements, and 0 are left"):
        Crop(1, 2).out_size(1, kernel_size=3)


INFERRED: list[tuple[Any, ...]] = [
    ({"kernel_shape": 3, "strides": 2, "pads": (1, 2), "output_padding": 1}, 7),
    ({"kernel_shape": 4, "strides": 2, "auto_pad": "SAME_UPPER", "output_padding": 1}, 9),
    ({"kernel_shape": 2, "strides": 3, "auto_pad": "SAME_LOWER"}, 11),
    ({"kernel_shape": 3, "strides": 2, "auto_pad": "VALID"}, 9),
    ({"kernel_shape": 3, "output_shape": 4}, 4),
    ({"kernel_shape": 3, "output_shape": 3}, None),
]  # fmt: skip


def test_shape_inference_has_its_own_answer() -> None:
    for attributes, size in INFERRED:
        assert onnx_inferred_size(4, **attributes) == size


REFUSED: list[tuple[Any, ...]] = [
    (keras_crop, {"kernel_size": 3, "strides": 0}, "strides must be at least 1", "strides=1 or more"),
    (keras_crop, {"kernel_size": 3, "strides": 2, "output_padding": 2}, "output_padding must be below strides", "output_padding from 0 to 1"),
    (keras_crop, {"kernel_size": 3, "output_padding": 1}, "output_padding must be below strides", "output_padding=0"),
    (keras_crop, {"kernel_size": 3, "strides": 2, "dilation_rate": 2}, "strides and dilation_rate must not both be larger than 1", "strides=1 or dilation_rate=1"),
    (keras_crop, {"kernel_size": 3, "padding": "full"}, "padding must be one of 'valid', 'same'", "padding='valid'"),
    (keras_crop, {"kernel_size": 3, "padding": 1}, "padding must be one of 'valid', 'same'", "padding='valid'"),
    (keras_crop, {"kernel_size": (3, 3)}, "kernel_size must be one whole number", "on_each_axis"),
    (keras_call, {"crop": Crop(0, 0), "kernel_size": 3, "padding": "full"}, "padding must be one of 'valid', 'same'", "padding='valid'"),
    (keras_crop, {"kernel_size": 3.0}, "kernel_size must be a whole number", "kernel_size=3"),
    (tensorflow_crop, {"in_size": 4, "kernel_size": 3, "output_shape": 9, "strides": 2}, "output_shape must be a size", "output_shape from 7 to 8"),
    (tensorflow_crop, {"in_size": 1, "kernel_size": 1, "output_shape": 1, "strides": 1, "padding": (1, 1)}, "output_shape must be a size", "another padding or in_size"),
    (jax_crop, {"kernel_size": 3, "padding": "same"}, "padding must be one of 'SAME', 'VALID'", "padding='SAME'"),
    (jax_crop, {"kernel_size": 3, "padding": (1, 1, 1)}, r"padding on one axis must be a \(begin, end\) pair", "for example"),
    (flax_crop, {"kernel_size": 3, "padding": "CIRCULAR"}, "padding must not be 'CIRCULAR'", "padding='SAME'"),
    (flax_crop, {"kernel_size": 3, "kernel_dilation": 0}, "kernel_dilation must be at least 1", "kernel_dilation=1"),
    (onnx_crop, {"kernel_shape": 3, "pads": (0, -1)}, "pads must be at least 0", "pads=0 or more"),
    (onnx_crop, {"kernel_shape": 3, "pads": 1}, r"pads on one axis must be a \(begin, end\) pair", "pads="),
    (onnx_crop, {"kernel_shape": 3, "output_shape": 4}, "in_size must be given with output_shape", "in_size"),
    (onnx_crop, {"kernel_shape": 3, "output_shape": 9, "in_size": 4}, "output_shape must be at most 6", "output_shape from 1 to 6"),
    (onnx_crop, {"kernel_shape": 3, "auto_pad": "VALID", "pads": (0, 0)}, "pads must not be given with auto_pad", "no pads"),
    (onnx_crop, {"kernel_shape": 3, "output_padding": 1}, "output_padding must be below strides", "output_padding=0"),
    (paddle_crop, {"kernel_size": 3, "stride": 2, "padding": "SAME", "dilation": 2, "in_size": 5}, 'dilation must be 1 with "SAME"', "padding as a pair"),
    (paddle_crop, {"kernel_size": 3, "stride": 2, "padding": "same"}, "padding must be one of 'VALID', 'SAME'", "padding='VALID'"),
    (paddle_crop, {"kernel_size": 3, "stride": 2, "output_size": 9, "in_size": 3}, "output_size must be one that Paddle reaches", "output_size from 7 to 8"),
    (paddle_crop, {"kernel_size": 3, "stride": 2, "output_size": 8, "output_padding": 1, "in_size": 3}, "output_padding must not come with output_size", "output_padding=0"),
    (paddle_crop, {"kernel_size": 1, "padding": 2, "output_size": 1, "in_size": 2}, "output_size must be one that Paddle reaches", "begin + end of 1 or less"),
    (port, {"framework": "caffe", "layer": "", "in_size": 4}, "framework must be one of 'keras', 'flax', 'onnx'", "framework='keras'"),
    (port, {"framework": "keras", "layer": "Conv2D(8, 3)", "in_size": 4}, "given as a line", "Conv2DTranspose(8, 3"),
    (port, {"framework": "flax", "layer": "jax.lax.conv_transpose(x, k, (2,))", "in_size": 4}, "jax_crop takes their size", "nn.ConvTranspose(8"),
    (port, {"framework": "onnx", "layer": "ConvTranspose(strides=[2])", "in_size": 4}, "kernel_shape is missing", "kernel_shape=[3, 3]"),
    (port, {"framework": "onnx", "layer": "ConvTranspose(kernel_shape=[3, 3, 3, 3])", "in_size": 4}, "for 1 to 3 axes, and this one has 4", "kernel_shape=[3, 3]"),
    (port, {"framework": "onnx", "layer": "ConvTranspose(kernel_shape=[])", "in_size": 4}, "for 1 to 3 axes, and this one has 0", "kernel_shape=[3, 3]"),
    (port, {"framework": "flax", "layer": "nn.ConvTranspose(8, (3,), stride=(2,))", "in_size": 4}, "stride is not one of kernel_size, strides, kernel_dilation, padding", "strides=(2, 2)"),
    (port, {"framework": "flax", "layer": "nn.ConvTranspose(8, (3, 3))", "in_size": (4,)}, "one value for each axis", "tuples of one length"),
    (torch_crop, {"output_padding": 1}, r"output_padding must be below max\(stride, dilation\)", "output_padding=0"),
    (torch_call, {"crop": Crop(0, 0), "stride": 0}, "stride must be at least 1", "stride=1 or more"),
]  # fmt: skip


def test_what_a_framework_refuses_is_refused_in_its_words() -> None:
    for function, arguments, rule, valid in REFUSED:
        with pytest.raises((SizeError, TypeError), match=rule) as refused:
            function(**arguments)

        assert valid in refused.value.valid  # type: ignore[union-attr]
        assert refused.value.received.startswith(f"{function.__name__}(")  # type: ignore[union-attr]


def test_what_is_refused_in_english_is_refused_in_chinese() -> None:
    for function, arguments, _, _ in REFUSED:
        with pytest.raises((SizeError, TypeError)) as refused:
            function(**arguments)
        english, chinese = str(refused.value), refused.value.text("zh")  # type: ignore[union-attr]

        rule, _, values = english.partition("\n")[0].partition(", got ")
        assert rule not in chinese
        assert f"，得到的是 {values[:-1]}。" in chinese


def test_several_axes_have_an_answer_each_or_a_refusal_with_its_number() -> None:
    own = {"kernel_size": (3, 4), "strides": 2, "padding": "same"}
    crops = on_each_axis(keras_crop, **own)

    assert crops == ((0, 1), (1, 1))
    assert on_each_axis(torch_call, Crop(1, 1), stride=(1, 2))[1].exact
    with pytest.raises(SizeError, match="axis 1: kernel_size must be at least 1"):
        on_each_axis(keras_crop, kernel_size=(3, 0))
    for lengths in (
        {},
        {"kernel_size": ()},
        {"kernel_size": (3, 3), "strides": (1, 1, 1)},
    ):
        with pytest.raises(TypeError, match="one value for each axis"):
            on_each_axis(keras_crop, **lengths)


def test_a_line_that_does_not_suffice_is_said_in_both_languages() -> None:
    line = "nnx.ConvTranspose(3, 8, 3, 2, padding=[(4, 0)], rngs=rngs)"

    assert (
        port("flax", line, 14).then
        == "add 2 before axis 0 that hold only the bias, then y[..., :-2]"
    )
    assert (
        port("flax", line, [14], language="zh").then
        == "在维度 0 的开头添 2 个只有偏置的位置，然后 y[..., :-2]"
    )
    assert port("flax", line, 14).in_size == port("flax", line, (14,)).in_size == (14,)


def test_each_framework_is_public_and_run_besides_torch() -> None:
    names = {framework.name for framework in FRAMEWORKS}
    called = {
        function.__name__
        for framework in FRAMEWORKS
        for function in (framework.crop, framework.call)
        if function
    }
    crops_and_calls = {
        name for name in porting.__all__ if re.search("_(crop|call)$", name)
    }

    assert called == crops_and_calls, "name each in porting/__init__.py"
    ran = {name.split("-")[0] for name in RUNS}
    assert ran == names - {"torch"}, "say in tests/porting/frameworks.py how to call it"
    assert {name.split("-")[0] for name in WEIGHTS} == names


def test_the_order_of_the_weights_goes_there_and_back() -> None:
    for name, dims in product(WEIGHTS, (1, 2, 3)):
        there, back = WEIGHTS[name].to_torch(dims), WEIGHTS[name].from_torch(dims)

        assert [there[axis] for axis in back] == list(range(dims + 2)), name
        assert sorted(there) == list(range(dims + 2)), name
