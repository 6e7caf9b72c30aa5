"""Every refusal names the rule, the values, the reason and the nearest valid value."""

import pickle
import re
from itertools import product
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

import convarith
from convarith import (
    Conv,
    SizeError,
    conv_input_sizes,
    conv_size,
    conv_transpose_size,
    explain,
    kernel_extent,
    output_padding_for,
)


class Doubling(nn.Module):
    """A module that someone wrote."""


# What the calls below are made of.
NAMES = {name: getattr(convarith, name) for name in convarith.__all__}
NAMES |= {"nn": nn, "np": np, "zeros": torch.zeros, "Doubling": Doubling}

# Each call with its rule and what was got, the reason, and what would be accepted.
REFUSED = [
    ("conv_transpose_size(5, kernel_size=0)", "kernel_size must be at least 1, got kernel_size=0", "a kernel needs at least one element", "kernel_size=1 or more"),
    ("conv_transpose_size(5, kernel_size=3, stride=0)", "stride must be at least 1, got stride=0", "with a smaller step the kernel would never move on", "stride=1 or more"),
    ("conv_size(5, kernel_size=3, padding=-1)", "padding must be at least 0, got padding=-1", "padding counts elements", "padding=0 or more"),
    ("conv_size(5, kernel_size=3, padding=(0, -2))", "padding must be at least 0, got padding=-2", "padding counts elements", "padding=0 or more"),
    ("conv_transpose_size(5, kernel_size=3, output_padding=-1)", "output_padding must be at least 0, got output_padding=-1", "output_padding counts elements", "output_padding=0 or more"),
    ("conv_transpose_size(5, kernel_size=3, stride=2, output_padding=2)", "output_padding must be below max(stride, dilation), got output_padding=2, stride=2, dilation=1", "max(2, 1) = 2, and 2 is not below it", "output_padding from 0 to 1"),
    ("conv_transpose_size(5, kernel_size=3, output_padding=1)", "output_padding must be below max(stride, dilation), got output_padding=1, stride=1, dilation=1", "max(1, 1) = 1, and 1 is not below it", "output_padding=0"),
    ("kernel_extent(3, dilation=0)", "dilation must be at least 1, got dilation=0", "with a smaller step the kernel's elements would coincide", "dilation=1 or more"),
    ("conv_transpose_size(0, kernel_size=3)", "in_size must be at least 1, got in_size=0", "an axis without elements holds nothing to convolve", "in_size=1 or more"),
    ("conv_input_sizes(0, kernel_size=3)", "out_size must be at least 1, got out_size=0", "an axis without elements is no output", "out_size=1 or more"),
    ("conv_size(2, kernel_size=5, padding=1)", "the kernel must fit into the padded input, got in_size=2, padding=1, kernel_size=5", "the padded input has 2 + 1 + 1 = 4 elements and the kernel extends over 5", "in_size=3 or more with this padding"),
    ("conv_transpose_size(1, kernel_size=2, padding=1)", "the output size must be at least 1, got padding=1", "padding crops 1 + 1 of the 2 elements there are, which leaves 0", "padding=0"),
    ("conv_transpose_size(1, kernel_size=2, padding=(0, 3))", "the output size must be at least 1, got padding=(0, 3)", "padding crops 0 + 3 of the 2 elements there are, which leaves -1", "(before, after) that crop 1 in all or less"),
    ("output_padding_for(4, 13, kernel_size=3, stride=2)", "the output size must be one that output_padding can reach, got out_size=13, in_size=4", "output_padding from 0 to 1 gives 9 to 10", "out_size=10"),
    ("output_padding_for(4, 2, kernel_size=3)", "the output size must be one that output_padding can reach, got out_size=2, in_size=4", "output_padding can only be 0, which gives 6", "out_size=6"),
    ("output_padding_for(1, 1, kernel_size=1, padding=2)", "the output size must be one that output_padding can reach, got out_size=1, in_size=1", "output_padding can only be 0, which gives -3", "out_size=1 with padding=0"),
    ("ConvTranspose((3, 0))", "axis 1: kernel_size must be at least 1, got kernel_size=0", "a kernel needs at least one element", "kernel_size=1 or more"),
    ("Conv((3, 9)).out_size((5, 5))", "axis 1: the kernel must fit into the padded input, got in_size=5, padding=0, kernel_size=9", "the padded input has 5 + 0 + 0 = 5 elements and the kernel extends over 9", "in_size=9 or more with this padding"),
]  # fmt: skip

EXAMPLE = "an int, for example kernel_size=1"
AXES = (
    "one int for this axis; for several axes a layer takes a tuple, one value for each"
)
# Each value, and what is offered in its place.
WRONG_TYPES: list[tuple[Any, str]] = [
    (2.0, "an int, for example kernel_size=2"),
    (0.5, EXAMPLE),
    (float("nan"), EXAMPLE),
    (float("inf"), EXAMPLE),
    (True, EXAMPLE),
    ("3", "an int, for example kernel_size=3"),
    ("9" * 20, "an int, for example kernel_size=" + "9" * 20),
    ("same", EXAMPLE),
    (None, EXAMPLE),
    ((3, 3), AXES),
]
# Other calls that are refused, and words of the message.
NO_PAIRS = ("3", "[3]", "[(0,)]", "[(0, 1, 2)]", "'ab'", "None")
SIZES_REFUSED = [
    ("conv_size(0, kernel_size=3)", "Valid: in_size=3 or more"),
    ("conv_transpose_size(0, kernel_size=2, stride=2, padding=3)", "Valid: in_size=4 or more"),
    ("ConvTranspose(3, stride=(1, 2), output_padding=1)", "axis 0: output_padding must be below"),
    ("solve(0, 4)", "Received: solve"),
    ("solve(4, 0)", "Received: solve"),
    ("solve(4, 8, stride=0)", "Received: solve"),
    ("solve(4, 8, kernel_size=range(0, 3))", "Received: solve"),
    ("solve(4, 8, kernel_size=[])", "Received: solve"),
    ("solve(16, 16_000)", "settings to look at"),
    ("solve(9, 10**20)", "settings to look at"),
    ("solve(1, 10**9, padding=5)", "settings to look at"),
    ("scale_by(10**20)", "settings to look at"),
    ("scale_by(0)", "Received: scale_by"),
    ("scale_by((2, 0))", "Received: scale_by"),
    ("explain(Conv(3), 2)", "the kernel must fit"),
    ("taps(ConvTranspose(3), 0)", "in_size must be at least 1"),
    ("Pool(2, padding=2)", "at most half of kernel_size"),
    ("Pool(3, padding=-1)", "padding must be at least 0"),
    ("Pool(3, stride=0)", "stride must be at least 1"),
    ("Pool(1, padding=1)", "at most half"),
    ("Pool(5, ceil_mode=True, stride=2).out_size(1)", "the first window"),
    ("Pool(5).out_size(4)", "the kernel must fit"),
    ("Resize(0)", "factor must be above 0"),
    *((f"Resize({factor})", "factor must be above 0") for factor in ("-1.5", "0.0", "float('inf')", "float('nan')")),
    ("Resize(0.3).out_size(3)", "Valid: in_size=4 or more"),
    ("Resize(size=0)", "size must be at least 1"),
    *((f"Resize({both})", "either factor or size") for both in ("", "2, size=3")),
    ("PixelUnshuffle(2).out_size(7)", "Valid: in_size=6 and in_size=8"),
    ("PixelUnshuffle(3).out_size(2)", "Valid: in_size=3"),
    ("PixelUnshuffle(0)", "downscale_factor must be at least 1"),
    ("Stack([PixelUnshuffle(2)]).out_size(7)", "layer 0 of the stack"),
    ("Stack([Conv(3), PixelUnshuffle(2), AdaptivePool(1)]).in_sizes(1)", "takes multiples of 2 only"),
    ("AdaptivePool(0)", "output_size must be at least 1"),
    ("AdaptivePool(7).receptive_field()", "the windows lie elsewhere at another size"),
    ("Conv(3, stride=2, padding='SAME_UPPER').receptive_field()", "the windows lie elsewhere"),
    ("Stack([Conv(3), Norm()]).receptive_field()", "every output reads every input"),
    ("Resize(1.5).receptive_field()", "only for a whole factor"),
    ("Resize(size=7).inputs_of(0, 5)", "only for a whole factor"),
    ("Resize(size=7).out_size(0)", "in_size must be at least 1"),
    ("Norm().out_size(0)", "in_size must be at least 1"),
    ("Fold(8, 3).out_size(5)", "Valid: in_size=6"),
    ("Fold(2, 3)", "Valid: output_size=3 or more"),
    ("Unpool(1, stride=1, padding=1).out_size(2)", "the output size must be at least 1"),
    ("Pad(-1).out_size(2)", "Valid: in_size=3 or more"),
    ("Pad(((2, -2),)).out_size((1,))", "Valid: in_size=2 or more"),
    ("Pad(2, mode='reflect').out_size(2)", "Valid: in_size=3 or more"),
    ("Pad(((1, -1),), mode='circular')", "must not be cropped at the other end"),
    ("Pad(1, mode='mirror')", "padding_mode must be one"),
    ("Conv(3, padding='SAME_UPPER', padding_mode='reflect')", "must come with padding_mode='zeros'"),
    ("Pool(3, padding='SAME_LOWER', ceil_mode=True)", "must come without ceil_mode"),
    ("Pool((3,), padding=((0, 3),))", "padding of 2 or less at each end"),
    ("Conv(3, stride=2, padding='SAME_UPPER').to_torch(1, 1, dims=1)", "pads as the size asks"),
    ("Pool(2, padding=1).to_torch('lp', dims=1)", "has no padding in torch"),
    ("Unfold((3,)).to_torch()", "torch has Unfold for 2 axes"),
    ("PixelUnshuffle((2, 3)).to_torch()", "one downscale_factor for 2 axes"),
    ("Stack([Resize(0.3)]).fitting_sizes()", "rounded differently at each size"),
    ("Stack([Resize(size=2), Conv(5)]).out_size(9)", "layer 1 of the stack"),
    ("draw(AdaptivePool(7), 20)", "neither a kernel nor a whole factor"),
    *((f"Resize(2, mode={mode})", "mode must be one") for mode in ("3", "'bogus'", "[1]")),
    ("Conv(4, padding='same')", r"Valid: padding=\(\(1, 2\),\) for one axis, padding=\(\(1, 2\), \(1, 2\)\) for two"),
    ("Conv(3, stride=2, padding='same')", r"Received: Conv\(3, stride=2, padding='same'\)"),
    ("Conv(3, padding_mode='same')", "padding_mode must be one"),
    ("Conv((3, 4), padding='SAME')", "PyTorch accepts no other word"),
    ("Resize(2).out_size(0)", "in_size must be at least 1"),
    ("Conv(3).to_torch(1, 1, dims=4)", "at most 3"),
    ("Conv(3).to_torch(1, 1, dims=0)", "at least 1"),
    ("Conv((2,), padding=((0, 1),)).to_torch(1, 1)", "alike"),
    ("ConvTranspose((2, 2), padding=((0, 1), 0)).to_torch(1, 1)", "axis 0: the two ends"),
    ("ConvTranspose((4,), padding=((0, 1),)).to_torch(1, 1)", "^the two ends"),
    ("from_torch(nn.ConvTranspose2d(1, 1, 3, stride=2, output_padding=2))", "output_padding must be below"),
    ("Stack([Conv(3), Resize(2)]).fitting_sizes([(0, 3)])", "joins two positions"),
    ("Stack([Conv(3), Resize(2)]).fitting_sizes([(-4, 0)])", "joins two positions"),
    ("Stack([Pool(100)] * 3).fitting_sizes()", "the strides multiply up to 1000000"),
    ("Stack([ConvTranspose(100, stride=100)] * 3).receptive_field()", "the strides multiply up to 1000000"),
    ("Stack([Conv(10**8)]).receptive_field()", "within 10000000 elements"),
    ("taps(ConvTranspose(3), 10**7)", "at most 1000000 outputs"),
    ("Stack([Conv(3, padding=1, padding_mode='reflect')]).inputs_of(0, 4)", "farther from the ends"),
    ("Stack([Conv(3)]).inputs_of(2, 4)", "position from 0 to 1"),
    ("Stack([Conv(3)]).inputs_of(-1, 4)", "position must be at least 0"),
    ("Conv(3).needed(slice(9, 12), 4)", "the slice must hold an output"),
    ("Resize(2, mode='linear').needed(slice(1, 2), 4)", "interpolation mixes"),
    ("solve(8, 4, kind=Conv, output_padding=0)", "belongs to transposed convolutions"),
    ("solve(8, 4, kind=Pool)", "kind must be Conv or ConvTranspose"),
    ("Pool(2).to_torch('min', dims=1)", "kind must be one that PyTorch has"),
    ("Pool(2, dilation=2).to_torch('avg', dims=1)", "this kind of pooling has no dilation in torch"),
]  # fmt: skip
TYPES_REFUSED = [
    ("conv_size(5, kernel_size=3, padding=(1, 2, 3))", r"an int or a \(before, after\) pair"),
    ("conv_size(5, kernel_size=3, padding=())", r"an int or a \(before, after\) pair"),
    ("conv_size(5, kernel_size=3, padding=(1,))", r"an int or a \(before, after\) pair"),
    ("conv_transpose_size(4, kernel_size=3, stride=2, output_padding=5.0)", "Valid: an int, for example output_padding=0"),
    ("Conv((3, 5), stride=(1, 2, 3))", "Received: Conv"),
    ("Conv(())", "Received: Conv"),
    ("Conv((3, 5)).out_size(5)", "Received: Conv"),
    ("Conv((3, 5)).out_size((5, 6, 7))", "Received: Conv"),
    ("Conv((30, 31)).out_size(7)", "Valid: a tuple of 2 sizes"),
    ("Conv(3).out_size(())", "Received: Conv"),
    ("Conv(3).out_size(zeros(1, 2, 5, 7).shape)", r"Valid: x\.shape\[2:\]"),
    ("Stack([Conv(3)]).in_sizes(zeros(1, 2, 5, 7).shape)", r"Valid: x\.shape\[2:\]"),
    ("Conv([3, 5.0])", "Received: Conv"),
    ("Layer()", "a Layer is a Conv"),
    ("Conv(3.0)", "Received: Conv"),
    ("Conv(None)", "Received: Conv"),
    ("Conv(np.array([3, 3]))", "kernel_size must be an int, a tuple or a list"),
    # What was received is shown even where it equals a default.
    ("Conv(3, stride=True)", r"Received: Conv\(3, stride=True\)"),
    ("Conv(3, dilation=1.0)", r"Received: Conv\(3, dilation=1.0\)"),
    ("ConvTranspose((3, True))", "Received: Conv"),
    ("Pool(2, ceil_mode=1)", "ceil_mode must be True or False"),
    ("solve(4.0, 8)", "Received: solve"),
    ("solve(4, (8, 8))", "Received: solve"),
    ("solve((4, 4), (8, 8, 8))", "Received: solve"),
    ("solve(4, 8, stride='2')", "Received: solve"),
    ("solve(4, 8, stride=[1, 2.5])", "Received: solve"),
    ("solve((4, 4), (8, 8), stride=(1, 2, 3))", "Received: solve"),
    ("solve(4, 8, stride=(1, 2))", "Received: solve"),
    ("solve((), ())", "Received: solve"),
    ("solve(4, 8, stride=())", "Received: solve"),
    ("scale_by(())", "Received: scale_by"),
    ("explain(nn.Conv2d(1, 1, 3), 5)", "only a layer or a stack can be explained"),
    ("Conv(3).needed(3, 9)", "a slice without a step"),
    ("Conv(3).needed(slice(0, 4, 2), 9)", "a slice without a step"),
    ("Conv(3).replace(strides=2)", "unexpected keyword"),
    ("taps(Conv(3), 3)", "taps are counted for a ConvTranspose"),
    ("taps(3, 3)", "taps are counted for a ConvTranspose"),
    ("taps('ConvTranspose(3)', 3)", "taps are counted for a ConvTranspose"),
    ("Conv(3).to_torch(1, 1)", "dims must say"),
    ("Conv((3, 3)).to_torch(1, 1, dims=3)", "number of axes"),
    ("from_torch(nn.Sequential(nn.Linear(2, 2)))", r"here of 0 \(Linear\)"),
    ("from_torch(nn.MultiheadAttention(4, 2))", "no sizes are known here of MultiheadAttention"),
    ("from_torch(Doubling())", "a forward of its own makes the sizes of Doubling uncertain"),
    ("from_torch(nn.ReLU())", "a ReLU alone"),
    ("from_torch('nn.Conv2d(1, 1, 3)')", "a layer or a torch module"),
    ("from_torch(nn.ConvTranspose1d(1, 1, 3, padding='same'))", "padding"),
    ("Resize('2')", "factor must be a number"),
    ("Pad(((1, 2, 3),))", r"an int or a \(before, after\) pair"),
    ("Resize(True)", "factor must be a number"),
    ("Resize(size=2.0)", "size must be a whole number"),
    ("Stack([3])", "stack"),
    ("Stack('conv')", "stack"),
    ("Stack([Conv(3), None])", "stack"),
    ("Stack(7)", "stack"),
    ("Stack([Conv((3, 3)), Conv((3, 3, 3))])", "stack"),
    ("Stack([Conv(3), Resize(2)]).fitting_sizes([(0, 1.5)])", "whole number"),
    *((f"Stack([Conv(3)]).fitting_sizes({skips})", "skips are pairs") for skips in NO_PAIRS),
    *((f"Stack([Conv(3)]).broken_skip(5, {skips})", "skips are pairs") for skips in NO_PAIRS),
    ("Stack([Conv(3)]).receptive_field().at('3')", "position must be a whole number"),
]  # fmt: skip


def test_what_is_refused_is_refused_with_its_reason() -> None:
    for error, refused in ((SizeError, SIZES_REFUSED), (TypeError, TYPES_REFUSED)):
        for call, words in refused:
            with pytest.raises(error, match=words) as caught:
                print(call, "gives", eval(call, NAMES))
            if isinstance(caught.value, SizeError):
                *sentences, _ = caught.value.text("zh").split("。")
                assert any(map(re.compile("[\u4e00-\u9fff]").search, sentences)), call


@pytest.mark.parametrize(("call", "rule", "because", "valid"), REFUSED)
def test_a_refusal_says_all_there_is_to_know(
    call: str, rule: str, because: str, valid: str
) -> None:
    with pytest.raises(SizeError) as caught:
        eval(call, NAMES)

    assert isinstance(caught.value, ValueError)
    assert str(caught.value) == (
        f"{rule}.\nBecause: {because}.\nReceived: {call}.\nValid: {valid}."
    )


def test_a_whole_number_of_another_type_is_answered_as_an_int_is() -> None:
    size = conv_transpose_size(np.int16(5), kernel_size=np.uint8(4), stride=2)

    assert (size, type(size)) == (12, int)
    assert kernel_extent(np.int8(3), dilation=2) == 5


def test_a_language_or_a_markup_that_is_not_known_is_a_value_error() -> None:
    for wrong in ({"language": "fr"}, {"language": []}, {"markup": "html"}):
        with pytest.raises(ValueError, match=f"{next(iter(wrong))} must be") as caught:
            explain(Conv(3), 5, **wrong)  # type: ignore[arg-type]
        assert not isinstance(caught.value, SizeError)


def test_what_is_no_whole_number_is_a_type_error() -> None:
    for value, valid in WRONG_TYPES:
        with pytest.raises(TypeError) as caught:
            conv_transpose_size(5, kernel_size=value)

        assert str(caught.value) == (
            f"kernel_size must be a whole number, got kernel_size={value!r}.\n"
            "Because: kernel_size counts elements on one axis, and this is of type "
            f"{type(value).__name__}.\n"
            f"Received: conv_transpose_size(5, kernel_size={value!r}).\n"
            f"Valid: {valid}."
        )


def test_every_parameter_of_every_function_is_checked() -> None:
    calls: Any = (conv_size, conv_transpose_size, conv_input_sizes)
    names = ("kernel_size", "stride", "padding", "dilation")
    for call, name, bad in product(calls, names, (-1, 1.0, True, "2", None, [1])):
        with pytest.raises((SizeError, TypeError), match=name):
            call(9, **{"kernel_size": 3, name: bad})


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


# What is refused, and the same with the value that the refusal offers.
MENDED = {
    "conv_size(0, kernel_size=3)": "conv_size(3, kernel_size=3)",
    "conv_size(0, kernel_size=9, padding=2)": "conv_size(5, kernel_size=9, padding=2)",
    "conv_transpose_size(0, kernel_size=2, stride=2, padding=3)": "conv_transpose_size(4, kernel_size=2, stride=2, padding=3)",
    "conv_transpose_size(1, kernel_size=4, padding=3)": "conv_transpose_size(1, kernel_size=4, padding=1)",
    "output_padding_for(4, 2, kernel_size=3, stride=2)": "output_padding_for(4, 9, kernel_size=3, stride=2)",
    "output_padding_for(1, 1, kernel_size=1, padding=2)": "output_padding_for(1, 1, kernel_size=1, padding=0)",
}


def test_the_value_that_a_refusal_offers_is_accepted() -> None:
    for call, mended in MENDED.items():
        with pytest.raises(SizeError) as caught:
            eval(call, NAMES)

        offered = re.findall(r"=(\d+)", caught.value.valid)
        assert offered, call
        assert set(offered) <= set(re.findall(r"\d+", mended)), call
        eval(mended, NAMES)


def test_numbers_too_long_to_write_are_refused_all_the_same() -> None:
    huge = 10**5000
    with pytest.raises(SizeError, match="<an int of 16610 bits>"):
        conv_size(5, kernel_size=huge)
    with pytest.raises(SizeError, match="must be one that output_padding can reach"):
        output_padding_for(4, 10, kernel_size=3, stride=2**70)
    assert output_padding_for(2, 2**70 + 3, kernel_size=3, stride=2**70) == 0
