"""Keras layers at random, there and back, for every backend that is asked."""

import random
from typing import Any

import torch

from convarith.porting import WEIGHTS, Call, Crop, keras_call, keras_crop
from tests.porting.frameworks import Framework, Request
from tests.porting.windows import (
    Case,
    Tally,
    brought_back,
    called,
    drawn,
    finished,
    joined,
    laid_out,
    rests,
    torch_layer,
    window,
)

KERAS = WEIGHTS["keras"]
Given = tuple[int, ...] | None


def own(case: Case) -> dict[str, Any]:
    return {
        "kernel_size": tuple(case.kernel_size),
        "strides": tuple(case.stride),
        "dilation_rate": tuple(case.dilation),
    }


def crops_of(case: Case, padding: str, output_padding: Given) -> list[Crop]:
    return [
        keras_crop(
            kernel_size=axis["kernel_size"],
            strides=axis["stride"],
            padding=padding,
            output_padding=output_padding and output_padding[number],
            dilation_rate=axis["dilation"],
        )
        for number, axis in enumerate(case.axes())
    ]


def tensorflow_refuses(case: Case, padding: str, output_padding: Given) -> bool:
    """An even reach with "same" and 0: no convolution of TensorFlow leads back."""
    return (
        padding == "same"
        and output_padding is not None
        and any(
            (axis["dilation"] * (axis["kernel_size"] - 1) + 1) % 2 + given == 0
            for axis, given in zip(case.axes(), output_padding, strict=True)
        )
    )


def check_there(framework: Framework, count: int, title: str) -> None:
    """Random layers give the window of the full result that their crop says."""
    rnd, tally, refused = random.Random(1), Tally(), 0
    asked: list[Request] = []
    expected: list[tuple[str, Case, list[Crop], bool]] = []
    while len(asked) < count:
        case = drawn(rnd, stride_or_dilation=True)
        padding = rnd.choice(("valid", "same"))
        given = rnd.choice((None, tuple(rnd.randrange(s) for s in case.stride)))
        crops = crops_of(case, padding, given)
        if not case.fits(crops):
            continue
        kernel = laid_out(case.weight, KERAS)
        assert brought_back(kernel, KERAS).equal(case.weight)
        arguments = {**own(case), "padding": padding, "output_padding": given}
        asked.append(Request(arguments, case.x.numpy(), kernel, case.bias.numpy()))
        mode = f"{padding}, output_padding {'None' if given is None else 'given'}"
        refusal = tensorflow_refuses(case, padding, given)
        expected.append((mode, case, crops, refusal))

    answers = framework.answers("keras", asked)
    for found, ask, (mode, case, crops, refusal) in zip(
        answers, asked, expected, strict=True
    ):
        if refusal and title.endswith("tensorflow"):
            assert isinstance(found, str), ask.arguments
            refused += 1
            continue
        values, exact = called(case, crops)
        mode += ", one torch call" if exact else ", a torch call and a crop"
        tally.agrees(mode, found, window(case, crops), ask.arguments)
        tally.agrees(
            mode, values.numpy(), window(case, crops), ask.arguments, new=False
        )
    tally.told(title)
    if refused:
        print(f"  {refused:5} refused: same, output_padding 0 and an even reach")
    assert len(tally.count) == 6


def calls_of(case: Case, crops: list[Crop]) -> list[Call]:
    """The answers for all axes; a Keras layer has one mode for them."""
    calls: list[Call] = []
    for mode in ("same", "valid"):
        calls = [
            keras_call(
                crop,
                kernel_size=axis["kernel_size"],
                strides=axis["stride"],
                padding=mode,
                dilation_rate=axis["dilation"],
            )
            for crop, axis in zip(crops, case.axes(), strict=True)
        ]
        if len({call.arguments["padding"] for call in calls}) == 1:
            break
    return calls


def check_back(framework: Framework, count: int, title: str) -> None:
    """Random layers of torch are Keras layers, a crop and rows of bias."""
    rnd, tally = random.Random(2), Tally()
    asked: list[Request] = []
    expected: list[tuple[str, Case, list[Call], torch.Tensor]] = []
    while len(expected) < count:
        case = drawn(rnd, groups=(1, 1, 2), stride_or_dilation=True)
        drawn_layer = torch_layer(rnd, case)
        if drawn_layer is None:
            continue
        crops, truth = drawn_layer
        calls = calls_of(case, crops)
        outputs = [call.arguments["output_padding"] for call in calls]
        arguments = {
            **own(case),
            "padding": calls[0].arguments["padding"],
            "output_padding": None if None in outputs else tuple(outputs),
        }
        for x, weight, bias in case.by_group():
            kernel = laid_out(weight, KERAS)
            asked.append(Request(arguments, x.numpy(), kernel, bias.numpy()))
        mode = f"{arguments['padding']}{tally.done(calls)}, {case.groups} groups"
        expected.append((mode, case, calls, truth))

    found = iter(framework.answers("keras", asked))
    for mode, case, calls, truth in expected:
        values = joined([next(found) for _ in range(case.groups)])
        values = finished(values, rests(calls), case.bias)
        tally.agrees(mode, values.numpy(), truth, calls)
    tally.told(title)
    assert len(tally.count) > 5
