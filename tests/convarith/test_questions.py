"""Questions that people have asked in public, with numbers, answered by the library.

tests/data/questions.json lists where each was asked and the sizes it is about.
"""

import json
from typing import Any

from convarith import (
    Conv,
    ConvTranspose,
    Pool,
    Stack,
    conv_input_sizes,
    conv_size,
    conv_transpose_size,
    output_padding_for,
    scale_by,
    solve,
    taps,
)
from tests import measurements
from tests.adapter import ROOT

QUESTIONS = json.loads((ROOT / "tests/data/questions.json").read_text("utf-8"))
NAMES = ("kernel_size", "stride", "padding", "output_padding", "dilation")
LETTERS = dict(zip(NAMES, "kspad", strict=True))


def test_every_size_of_a_question_is_found_from_each_side() -> None:
    for question in QUESTIONS:
        for setting in question["settings"]:
            check = _is_direct if setting["layer"] == "Conv" else _is_transposed
            sizes = setting["in_size"], setting["out_size"]
            own = {name: setting[name] for name in setting if name in LETTERS}
            assert check(*sizes, own), (question["id"], setting)


def _is_direct(in_size: int, out_size: int, own: dict[str, int]) -> bool:
    asked = measurements.conv(in_size, **_letters(own))
    found = conv_size(in_size, **own), Conv(**own).out_size(in_size)
    way_back = conv_input_sizes(out_size, **own)
    return {asked, *found} == {out_size} and in_size in way_back


def _is_transposed(in_size: int, out_size: int, own: dict[str, int]) -> bool:
    asked = measurements.transposed(in_size, **_letters(own))
    layer = ConvTranspose(**own)
    found = conv_transpose_size(in_size, **own), layer.out_size(in_size)
    given_back = own.pop("output_padding")
    bounds = {**own, "padding": range(own["padding"] + 1)}
    return (
        {asked, *found} == {out_size}
        and list(layer.in_sizes(out_size)) == [in_size]
        and output_padding_for(in_size, out_size, **own) == given_back
        and layer.direct.out_size(out_size) == in_size + given_back // own["stride"]
        and layer in solve(in_size, out_size, **bounds)
    )


def _letters(own: dict[str, int]) -> dict[str, int]:
    return {LETTERS[name]: value for name, value in own.items()}


def test_q002_the_lost_pixel_is_found_by_the_encoders_own_layer() -> None:
    down = Conv(3, stride=2, padding=1)
    broken: Any = Stack([down, down.transposed]).broken_skip(24)

    assert (broken.got, broken.output_padding) == (23, 1)


def test_q006_no_rounding_rule_can_tell_20_from_21() -> None:
    assert list(conv_input_sizes(11, kernel_size=4, stride=2, padding=2)) == [20, 21]


def test_q032_fifteen_times_twenty_is_three_hundred() -> None:
    first, second = scale_by(15, kernel_size=30)[0], scale_by(20, kernel_size=40)[0]

    assert Stack([first, second]).out_size(7) == 2100


def test_q047_stride_one_leaves_output_padding_nothing_to_choose() -> None:
    found = solve(3, 6, stride=1, kernel_size=3)

    assert not found
    assert found.nearest == (5,)


def test_q053_and_q054_an_odd_size_is_lost_by_pooling() -> None:
    assert Stack([Pool(2)] * 3).trace(540) == (540, 270, 135, 67)
    assert list(Pool(2).in_sizes(49)) == [98, 99]


def test_q059_sixteen_from_seven() -> None:
    first, *_ = solve(7, 16)

    assert first == ConvTranspose(4, stride=2)
    assert ConvTranspose(3, stride=2, output_padding=1) in solve(7, 16, padding=0)


def test_q070_the_last_row_lies_past_every_kernel() -> None:
    at = taps(ConvTranspose(3, stride=2, output_padding=1), 1)
    assert (at.counts, at.bias_only) == ((1, 1, 1, 0), range(3, 4))


def test_q085_stride_and_dilation_that_share_a_factor_leave_holes() -> None:
    at = taps(ConvTranspose(3, stride=2, padding=1, output_padding=1, dilation=2), 6)
    assert at.counts == (0, 2, 0, 3, 0, 3, 0, 3, 0, 3, 0, 2, 0, 1)[: len(at.counts)]


def test_q130_q132_and_q133_the_next_size_that_a_unet_takes() -> None:
    asked = [(5, 670, 672), (5, 460, 480), (5, 240, 256), (2, 222, 224)]
    for levels, size, fits in asked:
        unet = Stack([Pool(2)] * levels + [ConvTranspose(2, stride=2)] * levels)
        fitting: Any = unet.fitting_sizes()

        assert size not in fitting
        assert fitting.at_least(size) == fits


def test_q137_a_transposed_convolution_does_not_cope_with_odd_sizes_alone() -> None:
    down, up = Conv(3, stride=2, padding=1), ConvTranspose(4, stride=2, padding=1)
    broken: Any = Stack([down, down, down, up, up]).broken_skip(221, [(1, 5), (2, 4)])

    assert (broken.wanted, broken.got, broken.layer) == (111, 112, None)


def test_q138_an_audio_codec_needs_multiples_of_320_and_one_output_padding() -> None:
    pairs = ((4, 2), (8, 4), (10, 5), (16, 8))
    down = [Conv(k, stride=s, padding=-(-s // 2)) for k, s in pairs]
    up = [layer.transposed for layer in reversed(down)]
    mended = [
        ConvTranspose(k, stride=s, padding=-(-s // 2), output_padding=s % 2)
        for k, s in reversed(pairs)
    ]

    assert Stack(down + up).out_size(10_000) == 9_912
    assert Stack(down + mended).out_size(32_000) == 32_000
    assert str(Stack(down + mended).fitting_sizes()) == "multiples of 320, from 320"


def test_q141_a_vocoder_answers_whole_hops() -> None:
    up = [scale_by(s, kernel_size=2 * s)[0] for s in (8, 8, 2, 2)]

    assert Stack(up).out_size(278) == 278 * 256
