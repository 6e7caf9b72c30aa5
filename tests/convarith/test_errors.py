"""Every refusal names the rule, the values, the reason and the nearest valid value."""

import pickle
import re
from typing import Any

import numpy as np
import pytest

from convarith import (
    Conv,
    ConvTranspose,
    SizeError,
    conv_input_sizes,
    conv_size,
    conv_transpose_size,
    kernel_extent,
    output_padding_for,
)

REFUSED = [
    pytest.param(
        lambda: conv_transpose_size(5, kernel_size=0),
        "kernel_size must be at least 1, got kernel_size=0.\n"
        "Because: a kernel needs at least one element.\n"
        "Received: conv_transpose_size(5, kernel_size=0).\n"
        "Valid: kernel_size=1 or more.",
        id="kernel_size-0",
    ),
    pytest.param(
        lambda: conv_transpose_size(5, kernel_size=3, stride=0),
        "stride must be at least 1, got stride=0.\n"
        "Because: with a smaller step the kernel would never move on.\n"
        "Received: conv_transpose_size(5, kernel_size=3, stride=0).\n"
        "Valid: stride=1 or more.",
        id="stride-0",
    ),
    pytest.param(
        lambda: conv_size(5, kernel_size=3, padding=-1),
        "padding must be at least 0, got padding=-1.\n"
        "Because: padding counts elements.\n"
        "Received: conv_size(5, kernel_size=3, padding=-1).\n"
        "Valid: padding=0 or more.",
        id="padding-negative",
    ),
    pytest.param(
        lambda: conv_size(5, kernel_size=3, padding=(0, -2)),
        "padding must be at least 0, got padding=-2.\n"
        "Because: padding counts elements.\n"
        "Received: conv_size(5, kernel_size=3, padding=(0, -2)).\n"
        "Valid: padding=0 or more.",
        id="padding-pair-negative",
    ),
    pytest.param(
        lambda: conv_transpose_size(5, kernel_size=3, output_padding=-1),
        "output_padding must be at least 0, got output_padding=-1.\n"
        "Because: output_padding counts elements.\n"
        "Received: conv_transpose_size(5, kernel_size=3, output_padding=-1).\n"
        "Valid: output_padding=0 or more.",
        id="output_padding-negative",
    ),
    pytest.param(
        lambda: conv_transpose_size(5, kernel_size=3, stride=2, output_padding=2),
        "output_padding must be below max(stride, dilation), got output_padding=2, "
        "stride=2, dilation=1.\n"
        "Because: max(2, 1) = 2, and 2 is not below it.\n"
        "Received: conv_transpose_size(5, kernel_size=3, stride=2, output_padding=2).\n"
        "Valid: output_padding from 0 to 1.",
        id="output_padding-too-large",
    ),
    pytest.param(
        lambda: conv_transpose_size(5, kernel_size=3, output_padding=1),
        "output_padding must be below max(stride, dilation), got output_padding=1, "
        "stride=1, dilation=1.\n"
        "Because: max(1, 1) = 1, and 1 is not below it.\n"
        "Received: conv_transpose_size(5, kernel_size=3, output_padding=1).\n"
        "Valid: output_padding=0.",
        id="output_padding-with-stride-1",
    ),
    pytest.param(
        lambda: kernel_extent(3, dilation=0),
        "dilation must be at least 1, got dilation=0.\n"
        "Because: with a smaller step the kernel's elements would coincide.\n"
        "Received: kernel_extent(3, dilation=0).\n"
        "Valid: dilation=1 or more.",
        id="dilation-0",
    ),
    pytest.param(
        lambda: conv_transpose_size(0, kernel_size=3),
        "in_size must be at least 1, got in_size=0.\n"
        "Because: an axis without elements holds nothing to convolve.\n"
        "Received: conv_transpose_size(0, kernel_size=3).\n"
        "Valid: in_size=1 or more.",
        id="in_size-0",
    ),
    pytest.param(
        lambda: conv_input_sizes(0, kernel_size=3),
        "out_size must be at least 1, got out_size=0.\n"
        "Because: an axis without elements is no output.\n"
        "Received: conv_input_sizes(0, kernel_size=3).\n"
        "Valid: out_size=1 or more.",
        id="out_size-0",
    ),
    pytest.param(
        lambda: conv_size(2, kernel_size=5, padding=1),
        "the kernel must fit into the padded input, got in_size=2, padding=1, "
        "kernel_size=5.\n"
        "Because: the padded input has 2 + 1 + 1 = 4 elements and the kernel reaches "
        "over 5.\n"
        "Received: conv_size(2, kernel_size=5, padding=1).\n"
        "Valid: in_size=3 or more with this padding.",
        id="kernel-does-not-fit",
    ),
    pytest.param(
        lambda: conv_transpose_size(1, kernel_size=2, padding=1),
        "the output size must be at least 1, got padding=1.\n"
        "Because: padding crops 1 + 1 of the 2 elements there are, which leaves 0.\n"
        "Received: conv_transpose_size(1, kernel_size=2, padding=1).\n"
        "Valid: padding=0.",
        id="nothing-left",
    ),
    pytest.param(
        lambda: conv_transpose_size(1, kernel_size=2, padding=(0, 3)),
        "the output size must be at least 1, got padding=(0, 3).\n"
        "Because: padding crops 0 + 3 of the 2 elements there are, which leaves -1.\n"
        "Received: conv_transpose_size(1, kernel_size=2, padding=(0, 3)).\n"
        "Valid: (before, after) that crop 1 in all or less.",
        id="nothing-left-of-a-pair",
    ),
    pytest.param(
        lambda: output_padding_for(4, 13, kernel_size=3, stride=2),
        "the output size must be one that output_padding can reach, got out_size=13, "
        "in_size=4.\n"
        "Because: output_padding from 0 to 1 gives 9 to 10.\n"
        "Received: output_padding_for(4, 13, kernel_size=3, stride=2).\n"
        "Valid: out_size=10.",
        id="out-of-reach",
    ),
    pytest.param(
        lambda: output_padding_for(4, 2, kernel_size=3),
        "the output size must be one that output_padding can reach, got out_size=2, "
        "in_size=4.\n"
        "Because: output_padding can only be 0, which gives 6.\n"
        "Received: output_padding_for(4, 2, kernel_size=3).\n"
        "Valid: out_size=6.",
        id="one-in-reach",
    ),
    pytest.param(
        lambda: output_padding_for(1, 1, kernel_size=1, padding=2),
        "the output size must be one that output_padding can reach, got out_size=1, "
        "in_size=1.\n"
        "Because: output_padding can only be 0, which gives -3.\n"
        "Received: output_padding_for(1, 1, kernel_size=1, padding=2).\n"
        "Valid: out_size=1 with padding=0.",
        id="nothing-in-reach",
    ),
    pytest.param(
        lambda: ConvTranspose((3, 0)),
        "axis 1: kernel_size must be at least 1, got kernel_size=0.\n"
        "Because: a kernel needs at least one element.\n"
        "Received: ConvTranspose((3, 0)).\n"
        "Valid: kernel_size=1 or more.",
        id="layer-axis",
    ),
    pytest.param(
        lambda: Conv((3, 9)).out_size((5, 5)),
        "axis 1: the kernel must fit into the padded input, got in_size=5, padding=0, "
        "kernel_size=9.\n"
        "Because: the padded input has 5 + 0 + 0 = 5 elements and the kernel reaches "
        "over 9.\n"
        "Received: Conv((3, 9)).out_size((5, 5)).\n"
        "Valid: in_size=9 or more with this padding.",
        id="layer-call-axis",
    ),
]

EXAMPLE = "an int, for example kernel_size=1"
WRONG_TYPES = [
    pytest.param(2.0, "2.0", "float", "an int, for example kernel_size=2", id="float"),
    pytest.param(0.5, "0.5", "float", EXAMPLE, id="small-float"),
    pytest.param(float("nan"), "nan", "float", EXAMPLE, id="nan"),
    pytest.param(float("inf"), "inf", "float", EXAMPLE, id="infinite"),
    pytest.param(True, "True", "bool", EXAMPLE, id="bool"),
    pytest.param("3", "'3'", "str", "an int, for example kernel_size=3", id="str"),
    pytest.param(
        "9" * 20,
        repr("9" * 20),
        "str",
        "an int, for example kernel_size=" + "9" * 20,
        id="long-str",
    ),
    pytest.param("same", "'same'", "str", EXAMPLE, id="word"),
    pytest.param(None, "None", "NoneType", EXAMPLE, id="none"),
    pytest.param(
        (3, 3),
        "(3, 3)",
        "tuple",
        "one int for this axis; for several axes a layer takes a tuple, one value for each",
        id="tuple",
    ),
]


@pytest.mark.parametrize(("call", "message"), REFUSED)
def test_a_refusal_says_all_there_is_to_know(call: Any, message: str) -> None:
    with pytest.raises(SizeError) as caught:
        call()

    assert str(caught.value) == message
    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize(("value", "got", "kind", "valid"), WRONG_TYPES)
def test_what_is_no_whole_number_is_a_type_error(
    value: Any, got: str, kind: str, valid: str
) -> None:
    with pytest.raises(TypeError) as caught:
        conv_transpose_size(5, kernel_size=value)

    assert str(caught.value) == (
        f"kernel_size must be a whole number, got kernel_size={got}.\n"
        f"Because: kernel_size counts elements on one axis, and this is of type {kind}.\n"
        f"Received: conv_transpose_size(5, kernel_size={got}).\n"
        f"Valid: {valid}."
    )


@pytest.mark.parametrize("padding", [(1, 2, 3), (), (1,)], ids=str)
def test_padding_on_one_axis_is_an_int_or_a_pair(padding: Any) -> None:
    with pytest.raises(TypeError, match="an int or a \\(before, after\\) pair"):
        conv_size(5, kernel_size=3, padding=padding)


def test_every_parameter_of_every_function_is_checked() -> None:
    calls = [conv_size, conv_transpose_size, conv_input_sizes]
    for call in calls:
        for name in ("kernel_size", "stride", "padding", "dilation"):
            for bad in (-1, 1.0, True, "2", None, [1]):
                with pytest.raises((SizeError, TypeError), match=name):
                    call(9, **{"kernel_size": 3, name: bad})  # type: ignore[operator]


def test_a_refusal_shows_only_the_callers_own_call() -> None:
    with pytest.raises(SizeError) as caught:
        conv_size(1, kernel_size=3)

    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_a_refusal_survives_pickling() -> None:
    with pytest.raises(SizeError) as caught:
        Conv((3, 9)).out_size((5, 5))
    again = pickle.loads(pickle.dumps(caught.value))

    assert str(again) == str(caught.value)
    assert again.axis == 1
    assert again.got == {"in_size": 5, "padding": 0, "kernel_size": 9}


@pytest.mark.parametrize(
    ("call", "mended"),
    [
        (lambda: conv_size(0, kernel_size=3), lambda: conv_size(3, kernel_size=3)),
        (
            lambda: conv_size(0, kernel_size=3, padding=2),
            lambda: conv_size(1, kernel_size=3, padding=2),
        ),
        (
            lambda: conv_transpose_size(0, kernel_size=2, stride=2, padding=3),
            lambda: conv_transpose_size(4, kernel_size=2, stride=2, padding=3),
        ),
        (
            lambda: conv_transpose_size(1, kernel_size=4, padding=3),
            lambda: conv_transpose_size(1, kernel_size=4, padding=1),
        ),
        (
            lambda: output_padding_for(4, 2, kernel_size=3, stride=2),
            lambda: output_padding_for(4, 9, kernel_size=3, stride=2),
        ),
        (
            lambda: output_padding_for(1, 1, kernel_size=1, padding=2),
            lambda: output_padding_for(1, 1, kernel_size=1, padding=0),
        ),
    ],
)
def test_the_value_that_a_refusal_offers_is_accepted(call: Any, mended: Any) -> None:
    with pytest.raises(SizeError) as caught:
        call()

    offered = re.findall(r"=(\d+)", caught.value.valid)
    assert offered
    mended()


def test_the_nearest_value_takes_the_other_parameters_into_account() -> None:
    with pytest.raises(SizeError, match="Valid: in_size=3 or more"):
        conv_size(0, kernel_size=3)
    with pytest.raises(SizeError, match="Valid: in_size=4 or more"):
        conv_transpose_size(0, kernel_size=2, stride=2, padding=3)
    with pytest.raises(TypeError, match="Valid: an int, for example output_padding=0"):
        conv_transpose_size(4, kernel_size=3, stride=2, output_padding=5.0)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="or a \\(before, after\\) tuple"):
        conv_size(4, kernel_size=3, padding=[1, 2])  # type: ignore[arg-type]


def test_numbers_too_long_to_write_are_refused_all_the_same() -> None:
    huge = 10**5000
    with pytest.raises(SizeError, match="<an int of 16610 bits>"):
        conv_size(5, kernel_size=huge)
    with pytest.raises(SizeError, match="must be one that output_padding can reach"):
        output_padding_for(4, 10, kernel_size=3, stride=2**70)
    assert output_padding_for(2, 2**70 + 3, kernel_size=3, stride=2**70) == 0


def test_what_a_layer_received_is_shown_even_where_it_equals_a_default() -> None:
    with pytest.raises(TypeError, match=r"Received: Conv\(3, stride=True\)"):
        Conv(3, stride=True)
    with pytest.raises(TypeError, match=r"Received: Conv\(3, dilation=1.0\)"):
        Conv(3, dilation=1.0)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="kernel_size must be an int or a tuple"):
        Conv(np.array([3, 3]))  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="Valid: a tuple of 2 sizes"):
        Conv((30, 31)).out_size(7)
