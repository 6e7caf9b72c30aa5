"""The laws of the reference on settings that Hypothesis looks for, large ones too."""

from math import gcd, prod
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from convarith import (
    Conv,
    ConvTranspose,
    Stack,
    conv_input_sizes,
    conv_size,
    conv_transpose_size,
    kernel_extent,
    output_padding_for,
    scale_by,
    solve,
    taps,
)
from convarith.errors import SizeError

SIZES = st.integers(1, 10**6)
# Derandomized, so that every run is the same one.
settings.register_profile("same", derandomize=True, deadline=None, max_examples=300)
settings.load_profile("same")


@st.composite
def windows(draw: Any) -> dict[str, int]:
    """The parameters that a convolution and its transpose share."""
    return {
        "kernel_size": draw(st.integers(1, 50)),
        "stride": draw(st.integers(1, 40)),
        "padding": draw(st.integers(0, 60)),
        "dilation": draw(st.integers(1, 30)),
    }


def _full(in_size: int, own: dict[str, int]) -> int:
    extent = kernel_extent(own["kernel_size"], dilation=own["dilation"])
    return (in_size - 1) * own["stride"] + extent


@given(SIZES, windows())
def test_an_input_is_among_the_inputs_of_its_output(
    in_size: int, own: dict[str, int]
) -> None:
    assume(in_size + 2 * own["padding"] >= _full(1, own))
    out_size = conv_size(in_size, **own)

    assert in_size in conv_input_sizes(out_size, **own)
    for other in conv_input_sizes(out_size, **own):
        assert conv_size(other, **own) == out_size


@given(SIZES, windows())
def test_output_padding_is_the_index_into_the_inputs(
    size: int, own: dict[str, int]
) -> None:
    assume(_full(size, own) > 2 * own["padding"])
    found = conv_input_sizes(size, **own)

    assert len(found) == own["stride"]
    for index in {0, own["stride"] // 2, own["stride"] - 1}:
        made = conv_transpose_size(size, output_padding=index, **own)
        assert made == found[index]
        assert output_padding_for(size, made, **own) == index


@given(SIZES, windows(), st.data())
def test_the_way_back_is_longer_by_the_strides_in_output_padding(
    size: int, own: dict[str, int], data: Any
) -> None:
    limit = max(own["stride"], own["dilation"])
    given_back = data.draw(st.integers(0, limit - 1))
    assume(_full(size, own) + given_back > 2 * own["padding"])
    made = conv_transpose_size(size, output_padding=given_back, **own)
    assume(made + 2 * own["padding"] >= _full(1, own))

    assert conv_size(made, **own) == size + given_back // own["stride"]


@given(SIZES, windows())
def test_there_and_back_is_exact_where_nothing_is_left_over(
    in_size: int, own: dict[str, int]
) -> None:
    assume(in_size + 2 * own["padding"] >= _full(1, own))
    left_over = (in_size + 2 * own["padding"] - _full(1, own)) % own["stride"]
    out_size = conv_size(in_size, **own)

    assert conv_transpose_size(out_size, output_padding=left_over, **own) == in_size


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(1, 5)), max_size=5), SIZES)
def test_transposed_convolutions_in_sequence_are_one_straight_line(
    layers: list[tuple[int, int]], in_size: int
) -> None:
    stack = Stack([ConvTranspose(k, stride=s) for k, s in layers])
    steepness = prod(s for _, s in layers)

    assert stack.out_size(in_size) - stack.out_size(1) == steepness * (in_size - 1)


@given(st.lists(windows(), min_size=1, max_size=4), st.integers(1, 3000))
def test_a_stack_leads_back_to_every_input_and_no_other(
    many: list[dict[str, int]], in_size: int
) -> None:
    stack = Stack([Conv(**own) for own in many])
    try:
        out_size = stack.out_size(in_size)
    except SizeError:
        return
    found = stack.in_sizes(out_size)

    assert in_size in found
    assert stack.out_size(found[0]) == stack.out_size(found[-1]) == out_size
    assert stack.out_size(found[-1] + 1) == out_size + 1


@given(st.integers(1, 400), st.integers(1, 900))
@settings(max_examples=60)
def test_every_solution_solves(in_size: int, out_size: int) -> None:
    found = solve(in_size, out_size)

    for layer in found:
        assert layer.out_size(in_size) == out_size
    if not found:
        assert all(solve(in_size, size) for size in found.nearest)


@given(st.integers(1, 12), SIZES)
def test_a_scale_is_exact(factor: int, in_size: int) -> None:
    for layer in scale_by(factor)[:8]:
        assert layer.out_size(in_size) == factor * in_size


@given(st.integers(1, 12), st.integers(1, 8), st.integers(1, 8), st.integers(1, 30))
def test_the_overlap_is_even_if_stride_divides_the_kernel_and_shares_no_factor(
    kernel_size: int, stride: int, dilation: int, in_size: int
) -> None:
    at = taps(ConvTranspose(kernel_size, stride=stride, dilation=dilation), in_size)

    assert sum(at.counts) == in_size * kernel_size
    even = gcd(stride, dilation) == 1 and kernel_size % stride == 0
    assert (at.overlap == "even") == even
