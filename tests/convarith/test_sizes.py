"""The closed forms: by hand, by counting, and by their laws."""

from itertools import product

import numpy as np
import pytest

from convarith import (
    SizeError,
    conv_input_sizes,
    conv_size,
    conv_transpose_size,
    kernel_extent,
    output_padding_for,
)

SETTINGS = [
    {"kernel_size": k, "stride": s, "padding": p, "dilation": d}
    for k, s, p, d in product((1, 2, 3, 4), (1, 2, 3), (0, 1, 2), (1, 2, 3))
]


@pytest.mark.parametrize(
    ("in_size", "parameters", "out_size"),
    [
        pytest.param(11, {"kernel_size": 3, "stride": 2}, 5, id="seed-divisible"),
        pytest.param(10, {"kernel_size": 3, "stride": 2}, 4, id="seed-floor"),
        pytest.param(28, {"kernel_size": 4, "stride": 2, "padding": 1}, 14, id="halve"),
        pytest.param(7, {"kernel_size": 3, "dilation": 3}, 1, id="just-fits"),
        pytest.param(
            8, {"kernel_size": 3, "stride": 2, "padding": (0, 1)}, 4, id="pair"
        ),
    ],
)
def test_conv_size_is_what_a_hand_counts(
    in_size: int, parameters: dict[str, int], out_size: int
) -> None:
    assert conv_size(in_size, **parameters) == out_size


@pytest.mark.parametrize(
    ("in_size", "parameters", "out_size"),
    [
        pytest.param(5, {"kernel_size": 3, "stride": 2}, 11, id="seed-divisible"),
        pytest.param(
            4, {"kernel_size": 3, "stride": 2, "output_padding": 1}, 10, id="seed-floor"
        ),
        pytest.param(
            14, {"kernel_size": 4, "stride": 2, "padding": 1}, 28, id="double"
        ),
        pytest.param(
            4,
            {"kernel_size": 3, "stride": 2, "dilation": 3, "output_padding": 2},
            15,
            id="output-padding-between-stride-and-dilation",
        ),
        pytest.param(5, {"kernel_size": 3, "padding": (0, 2)}, 5, id="pair"),
    ],
)
def test_conv_transpose_size_is_what_a_hand_counts(
    in_size: int, parameters: dict[str, int], out_size: int
) -> None:
    assert conv_transpose_size(in_size, **parameters) == out_size


@pytest.mark.parametrize("setting", SETTINGS, ids=str)
def test_conv_size_counts_the_places_of_a_sliding_kernel(
    setting: dict[str, int],
) -> None:
    taps = [setting["dilation"] * t for t in range(setting["kernel_size"])]
    for in_size in range(1, 15):
        padded = range(in_size + 2 * setting["padding"])
        places = sum(
            all(start + tap in padded for tap in taps)
            for start in padded[:: setting["stride"]]
        )

        if places:
            assert conv_size(in_size, **setting) == places
        else:
            with pytest.raises(SizeError):
                conv_size(in_size, **setting)


@pytest.mark.parametrize("setting", SETTINGS, ids=str)
def test_conv_transpose_size_counts_what_scattered_kernels_reach(
    setting: dict[str, int],
) -> None:
    for in_size in range(1, 8):
        reached = {
            place * setting["stride"] + tap * setting["dilation"]
            for place in range(in_size)
            for tap in range(setting["kernel_size"])
        }
        left = max(reached) + 1 - 2 * setting["padding"]

        if left >= 1:
            assert conv_transpose_size(in_size, **setting) == left


@pytest.mark.parametrize("setting", SETTINGS, ids=str)
def test_output_padding_is_the_index_into_the_inputs_that_share_an_output(
    setting: dict[str, int],
) -> None:
    for out_size in range(1, 8):
        sizes = conv_input_sizes(out_size, **setting)
        for size in sizes:
            assert conv_size(size, **setting) == out_size
            index = output_padding_for(out_size, size, **setting)
            assert (
                conv_transpose_size(out_size, output_padding=index, **setting) == size
            )
        if len(sizes) == setting["stride"]:
            assert [
                output_padding_for(out_size, size, **setting) for size in sizes
            ] == [*range(setting["stride"])]


@pytest.mark.parametrize("setting", SETTINGS, ids=str)
def test_an_input_is_among_the_inputs_of_its_output_and_its_neighbours_are_not(
    setting: dict[str, int],
) -> None:
    for in_size in range(
        kernel_extent(setting["kernel_size"], dilation=setting["dilation"]), 20
    ):
        sizes = conv_input_sizes(conv_size(in_size, **setting), **setting)

        assert in_size in sizes
        assert conv_size(sizes[-1] + 1, **setting) == conv_size(in_size, **setting) + 1


def test_an_output_that_no_input_has_gives_an_empty_range() -> None:
    assert len(conv_input_sizes(1, kernel_size=1, padding=1)) == 0


def test_numpy_integers_are_whole_numbers() -> None:
    size = conv_transpose_size(np.int64(5), kernel_size=np.int32(3), stride=np.uint8(2))

    assert size == 11
    assert type(size) is int


def test_sizes_beyond_64_bits_are_exact() -> None:
    assert (
        conv_transpose_size(2**70, kernel_size=3, stride=2**70)
        == (2**70 - 1) * 2**70 + 3
    )
