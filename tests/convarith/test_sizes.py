"""The closed forms, counted by hand; their laws are in test_laws_at_random.py."""

from typing import Any

from convarith import conv_input_sizes, conv_size, conv_transpose_size

# in_size, parameters, out_size; the first two of each are those of the derivation.
CONVS: list[tuple[int, dict[str, Any], int]] = [
    (11, {"kernel_size": 3, "stride": 2}, 5),
    (10, {"kernel_size": 3, "stride": 2}, 4),
    (28, {"kernel_size": 4, "stride": 2, "padding": 1}, 14),
    (7, {"kernel_size": 3, "dilation": 3}, 1),
    (8, {"kernel_size": 3, "stride": 2, "padding": (0, 1)}, 4),
]
TRANSPOSED: list[tuple[int, dict[str, Any], int]] = [
    (5, {"kernel_size": 3, "stride": 2}, 11),
    (4, {"kernel_size": 3, "stride": 2, "output_padding": 1}, 10),
    (14, {"kernel_size": 4, "stride": 2, "padding": 1}, 28),
    (4, {"kernel_size": 3, "stride": 2, "dilation": 3, "output_padding": 2}, 15),
    (5, {"kernel_size": 3, "padding": (0, 2)}, 5),
]


def test_conv_size_is_what_a_hand_counts() -> None:
    for in_size, parameters, out_size in CONVS:
        assert conv_size(in_size, **parameters) == out_size, (in_size, parameters)


def test_conv_transpose_size_is_what_a_hand_counts() -> None:
    for in_size, parameters, out_size in TRANSPOSED:
        found = conv_transpose_size(in_size, **parameters)
        assert found == out_size, (in_size, parameters)


def test_an_output_that_no_input_has_gives_an_empty_range() -> None:
    assert len(conv_input_sizes(1, kernel_size=1, padding=1)) == 0


def test_sizes_beyond_64_bits_are_exact() -> None:
    size = conv_transpose_size(2**70, kernel_size=3, stride=2**70)
    assert size == (2**70 - 1) * 2**70 + 3
