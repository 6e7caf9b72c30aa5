"""The laws of the reference on settings that Hypothesis looks for, large ones too.

Numbers are drawn in proportion to their length in bits, so 3 is as likely as a size
beyond 2**31. What is expected is read off a range of places, not off the formula.
"""

from fractions import Fraction
from math import gcd
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
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
from convarith._errors import SizeError

pytestmark = pytest.mark.slow

Window = dict[str, Any]
# Derandomized, so that every run is the same one.
settings.register_profile("same", derandomize=True, deadline=None, max_examples=200)
settings.load_profile("same")


def numbers(least: int, bits: int = 32) -> st.SearchStrategy[int]:
    """Whole numbers from the least one on, each length in bits as likely as another."""
    lengths, rest = st.integers(0, bits - 1), st.integers(0, 2**bits - 1)
    return st.builds(lambda n, r: least + 2**n - 1 + r % 2**n, lengths, rest)


SIZES = numbers(1)
ENDS = numbers(0) | st.tuples(numbers(0), numbers(0))


@st.composite
def windows(draw: st.DrawFn, padding: st.SearchStrategy[Any] = ENDS) -> Window:
    """The parameters that a convolution and its transpose share."""
    return {
        "kernel_size": draw(numbers(1)),
        "stride": draw(numbers(1)),
        "padding": draw(padding),
        "dilation": draw(numbers(1)),
    }


@st.composite
def small_windows(draw: st.DrawFn) -> Window:
    """Parameters that can meet: the ones of a layer somebody might write."""
    names = {"kernel_size": 1, "stride": 1, "padding": 0, "dilation": 1}
    return {name: draw(st.integers(least, 9)) for name, least in names.items()}


def cropped(own: Window) -> int:
    """What padding is at both ends together."""
    return (
        sum(own["padding"]) if isinstance(own["padding"], tuple) else 2 * own["padding"]
    )


def last_tap(own: Window) -> int:
    """The place of the kernel's last element, where its first is at 0."""
    return range(0, own["kernel_size"] * own["dilation"], own["dilation"])[-1]


def fitting(size: int, own: Window) -> int:
    """The size, or the smallest input that the kernel fits into."""
    return max(size, last_tap(own) + 1 - cropped(own))


@given(SIZES, windows() | small_windows())
def test_conv_size_counts_the_places_of_a_sliding_kernel(
    in_size: int, own: Window
) -> None:
    places = range(0, in_size + cropped(own) - last_tap(own), own["stride"])
    try:
        assert conv_size(in_size, **own) == len(places)
    except SizeError:
        assert not places


@given(SIZES, windows() | small_windows(), st.data())
def test_conv_transpose_size_counts_what_scattered_kernels_reach(
    in_size: int, own: Window, data: st.DataObject
) -> None:
    given_back = data.draw(st.integers(0, max(own["stride"], own["dilation"]) - 1))
    last = range(0, in_size * own["stride"], own["stride"])[-1] + last_tap(own)
    left = last + 1 - cropped(own) + given_back
    try:
        assert conv_transpose_size(in_size, output_padding=given_back, **own) == left
    except SizeError:
        assert left < 1


@given(SIZES, windows() | small_windows(), st.data())
def test_a_convolution_leads_back_exactly_below_the_stride(
    size: int, own: Window, data: st.DataObject
) -> None:
    """Otherwise it leads to a size that is larger by the strides in output_padding."""
    given_back = data.draw(st.integers(0, max(own["stride"], own["dilation"]) - 1))
    try:
        made = conv_transpose_size(size, output_padding=given_back, **own)
    except SizeError:
        return

    assert conv_size(made, **own) == size + given_back // own["stride"]
    assert output_padding_for(size, made, **own) == given_back


@given(SIZES, windows() | small_windows())
def test_an_input_is_among_the_inputs_of_its_output_and_its_neighbours_are_not(
    in_size: int, own: Window
) -> None:
    in_size = fitting(in_size, own)
    out_size = conv_size(in_size, **own)
    found = conv_input_sizes(out_size, **own)

    assert in_size in found
    assert len(found) <= own["stride"]
    for other in (found[0], found[-1]):
        assert conv_size(other, **own) == out_size
    assert conv_size(found[-1] + 1, **own) == out_size + 1
    if found[0] > 1 and out_size > 1:
        assert conv_size(found[0] - 1, **own) == out_size - 1


@given(SIZES, windows() | small_windows())
def test_output_padding_is_the_index_into_the_inputs_that_share_an_output(
    size: int, own: Window
) -> None:
    # Of a smaller size, some of the inputs would be cut off at 1.
    size = max(size, 1 - (last_tap(own) - cropped(own)) // own["stride"])
    found = conv_input_sizes(size, **own)

    assert len(found) == own["stride"]
    for index in {0, own["stride"] // 2, own["stride"] - 1}:
        made = conv_transpose_size(size, output_padding=index, **own)
        assert made == found[index]
        assert output_padding_for(size, made, **own) == index


@given(SIZES, windows() | small_windows())
def test_the_same_parameters_restore_the_size_exactly_without_a_remainder(
    in_size: int, own: Window
) -> None:
    in_size = fitting(in_size, own)
    remainder = (in_size + cropped(own) - last_tap(own) - 1) % own["stride"]
    small = conv_size(in_size, **own)

    assert conv_transpose_size(small, output_padding=remainder, **own) == in_size
    if in_size > remainder:
        assert conv_transpose_size(small, **own) == in_size - remainder


@given(SIZES, windows() | small_windows(), st.data())
def test_exact_scaling_is_one_equation_between_the_parameters(
    size: int, own: Window, data: st.DataObject
) -> None:
    given_back = data.draw(st.integers(0, max(own["stride"], own["dilation"]) - 1))
    in_all = last_tap(own) + 1 - own["stride"] + given_back
    # By chance alone it would hardly ever hold.
    if in_all >= 0 and in_all % 2 == 0 and data.draw(st.booleans()):
        own["padding"] = in_all // 2
    exact = cropped(own) == in_all
    try:
        made = conv_transpose_size(size, output_padding=given_back, **own)
    except SizeError:
        assert not exact
        return

    assert (made == own["stride"] * size) == exact


@given(SIZES, windows() | small_windows())
def test_same_padding_gives_the_size_divided_by_the_stride_and_rounded_up(
    size: int, own: Window
) -> None:
    rounded_up = len(range(0, size, own["stride"]))
    needed = max((rounded_up - 1) * own["stride"] + last_tap(own) + 1 - size, 0)
    own["padding"] = (needed // 2, needed - needed // 2)

    assert conv_size(size, **own) == rounded_up


@given(st.integers(1, 12), st.integers(1, 12), st.integers(1, 8), st.integers(1, 30))
def test_overlap_is_even_exactly_without_a_common_factor_and_with_a_dividing_stride(
    kernel_size: int, stride: int, dilation: int, in_size: int
) -> None:
    at = taps(ConvTranspose(kernel_size, stride=stride, dilation=dilation), in_size)

    assert sum(at.counts) == in_size * kernel_size
    even = gcd(stride, dilation) == 1 and kernel_size % stride == 0
    assert (at.overlap == "even") == even


class Whole(Fraction):
    """A number that says itself that it is whole."""

    __index__ = Fraction.__int__


ODD = (Whole, np.int8, np.uint8, np.int16, np.uint32, np.int64)


@given(st.integers(1, 60), small_windows(), st.data())
def test_a_whole_number_of_another_type_is_answered_as_an_int_is(
    size: int, own: Window, data: st.DataObject
) -> None:
    def odd(number: int) -> Any:
        return data.draw(st.sampled_from(ODD))(number)

    asked: tuple[Any, ...] = (conv_size, conv_transpose_size, conv_input_sizes)
    for function in asked:
        strange = {name: odd(value) for name, value in own.items()}
        try:
            expected = function(size, **own)
        except SizeError:
            continue
        found = function(odd(size), **strange)
        assert (found, type(found)) == (expected, type(expected))
    for layer in (Conv(**own), ConvTranspose(**own)):
        assert layer.in_sizes(odd(size)) == layer.in_sizes(size)
    assert kernel_extent(odd(3), dilation=odd(2)) == 5


@given(st.lists(windows(numbers(0)) | small_windows(), min_size=1, max_size=4), SIZES)
def test_a_stack_leads_back_to_every_input_and_no_other(
    many: list[Window], in_size: int
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
