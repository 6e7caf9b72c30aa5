"""Sizes in, parameters out: all of them, the best first, or the reason why none."""

import pickle
import time
from collections import defaultdict
from contextlib import suppress
from itertools import product
from typing import Any

import numpy as np
import pytest

from convarith import Conv, ConvTranspose, SizeError, scale_by, solve
from convarith._solutions import Solutions

KERNELS, STRIDES, DILATIONS = range(1, 7), range(1, 5), range(1, 4)


@pytest.mark.slow
@pytest.mark.parametrize("most", [None, 4], ids=["its own bounds", "up to four"])
def test_the_answers_are_those_of_brute_force_no_more_no_fewer(
    most: int | None,
) -> None:
    expected: defaultdict[tuple[int, int], set[ConvTranspose]] = defaultdict(set)
    for k, s, d in product(KERNELS, STRIDES, DILATIONS):
        paddings = range((d * (k - 1) if most is None else most) + 1)
        for p, a, in_size in product(paddings, range(max(s, d)), range(1, 7)):
            layer = ConvTranspose(k, stride=s, padding=p, output_padding=a, dilation=d)
            with suppress(SizeError):
                expected[in_size, layer.out_size(in_size)].add(layer)
    asked = 0
    bounds: Any = {"kernel_size": KERNELS, "stride": STRIDES, "dilation": DILATIONS}
    bounds["padding"] = None if most is None else range(most + 1)
    for sizes in product(range(1, 7), range(1, 40)):
        found = solve(*sizes, **bounds)
        asked += len(found)

        assert set(found) == expected[sizes], sizes
        assert len(set(found)) == len(found), sizes
        assert bool(found.reason) == (not found), sizes
    assert asked > 5_000


@pytest.mark.parametrize("most", [None, 2], ids=["its own bounds", "up to two"])
def test_the_convolutions_found_are_those_of_brute_force(most: int | None) -> None:
    expected: defaultdict[int, defaultdict[int, set[Conv]]]
    expected = defaultdict(lambda: defaultdict(set))
    for k, s, d in product(range(1, 5), range(1, 4), range(1, 3)):
        paddings = range((d * (k - 1) if most is None else most) + 1)
        for p, in_size in product(paddings, range(1, 14)):
            layer = Conv(k, stride=s, padding=p, dilation=d)
            with suppress(SizeError):
                expected[in_size][layer.out_size(in_size)].add(layer)
    bounds: Any = {"kernel_size": range(1, 5), "stride": range(1, 4)}
    bounds |= {"dilation": range(1, 3), "padding": most and range(most + 1)}
    for in_size, out_size in product(range(1, 14), range(1, 18)):
        found = solve(in_size, out_size, kind=Conv, **bounds)
        assert set(found) == expected[in_size][out_size], (in_size, out_size)
        if not found:
            sizes = {size for size, layers in expected[in_size].items() if layers}
            below = max((size for size in sizes if size < out_size), default=0)
            above = min((size for size in sizes if size > out_size), default=0)
            near = tuple(size for size in (below, above) if size)
            assert found.nearest == near, (in_size, out_size)


def test_a_convolution_that_was_found_says_what_it_does() -> None:
    reasons = {
        reason
        for sizes in ((56, 28), (57, 28), (9, 4), (10, 3))
        for n, _ in enumerate(solve(*sizes, kind=Conv, stride=range(1, 5)))
        for reason in solve(*sizes, kind=Conv, stride=range(1, 5)).reasons(n)
    }

    for words in (
        "the input divided by 2, rounded down",
        "the input divided by 2, rounded up",
        "the input plus 1, divided by 3, rounded down",
        "no input between two outputs is skipped",
        "holes: kernel_size 1 is below stride 2",
        "nothing left over at the end",
        "1 of the padded input left over at the end",
    ):
        assert words in reasons
    two = solve((56, 9), (28, 4), kind=Conv, kernel_size=3, padding=[0, 1])
    assert two[0].out_size((56, 9)) == (28, 4)


FIRST: dict[tuple[int, int], list[ConvTranspose]] = {
    (64, 128): [ConvTranspose(2, stride=2), ConvTranspose(4, stride=2, padding=1)],
    (7, 14): [ConvTranspose(2, stride=2), ConvTranspose(4, stride=2, padding=1)],
    (25, 50): [ConvTranspose(2, stride=2), ConvTranspose(4, stride=2, padding=1)],
    (28, 55): [ConvTranspose(3, stride=2, padding=1)],
    (224, 447): [ConvTranspose(3, stride=2, padding=1)],
    (1, 4): [ConvTranspose(4)],
    (5, 11): [ConvTranspose(3, stride=2)],
    (7, 7): [ConvTranspose(1), ConvTranspose(3, padding=1)],
    (7, 224): [ConvTranspose(32, stride=32), ConvTranspose(64, stride=32, padding=16)],
    (7, 16): [ConvTranspose(4, stride=2)],
}


def test_the_first_answers_are_an_experts() -> None:
    for sizes, first in FIRST.items():
        assert list(solve(*sizes)[: len(first)]) == first, sizes


def test_what_is_given_is_kept() -> None:
    one = solve(14, 28, kernel_size=5, output_padding={1})

    for layer in solve(14, 28, kernel_size=3, stride=2):
        assert (layer.kernel_size, layer.stride) == (3, 2)
    assert {layer.padding for layer in solve(14, 28, padding=[1, 2])} == {1, 2}
    assert [layer.output_padding for layer in one] == [1]
    assert {layer.dilation for layer in solve(9, 20, dilation=range(1, 4))} == {1, 2, 3}


# factor and kernel_size, padding and output_padding; q039, q043, q046 and others asked.
SCALES = {
    (2, 2): (0, 0), (2, 3): (1, 1), (2, 4): (1, 0), (2, 5): (2, 1), (2, 8): (3, 0),
    (2, 16): (7, 0), (3, 4): (1, 1), (3, 5): (1, 0), (4, 4): (0, 0), (4, 5): (1, 1),
    (4, 8): (2, 0), (5, 15): (5, 0), (15, 30): (8, 1), (16, 32): (8, 0), (20, 40): (10, 0),
}  # fmt: skip


def test_a_scale_has_the_padding_of_the_rule() -> None:
    for (factor, kernel_size), paddings in SCALES.items():
        first = scale_by(factor, kernel_size=kernel_size)[0]

        assert (first.padding, first.output_padding) == paddings, first


def test_axes_are_solved_for_one_layer() -> None:
    found = solve((46, 62), (368, 489), kernel_size=16, stride=8)

    first = ConvTranspose(16, stride=8, padding=(4, 8), output_padding=(0, 1))
    assert found[0] == first
    for layer in found:
        assert layer.out_size((46, 62)) == (368, 489)
    assert solve((7, 9), (14, 18))[0] == ConvTranspose(2, stride=2)
    assert scale_by((2, 4), kernel_size=4)[0].out_size((5, 5)) == (10, 20)


def test_the_answers_for_several_axes_are_all_that_share_a_kernel_and_a_stride() -> (
    None
):
    found = solve((3, 4), (6, 9), kernel_size=range(1, 6), stride=range(1, 4))
    expected = set()
    for k, s in product(range(1, 6), range(1, 4)):
        pairs = product(product(range(k), repeat=2), product(range(s), repeat=2))
        for p, a in pairs:
            layer = ConvTranspose((k, k), stride=(s, s), padding=p, output_padding=a)
            with suppress(SizeError):
                if layer.out_size((3, 4)) == (6, 9):
                    expected.add((k, s, p, a))

    assert {_on_both_axes(layer) for layer in found} == expected
    assert len(found) == len(expected)


def _on_both_axes(layer: ConvTranspose) -> tuple[Any, ...]:
    pairs = [
        value if isinstance(value, tuple) else (value, value)
        for value in (layer.padding, layer.output_padding)
    ]
    return layer.kernel_size, layer.stride, *pairs


def test_axes_that_no_layer_serves_are_told_how() -> None:
    found = solve((32, 16), (32, 32))
    served = ConvTranspose(3, stride=(1, 2), padding=1, output_padding=(0, 1))

    assert not found
    assert found.reason == (
        "no kernel_size, stride, dilation serves every axis; give one as a tuple"
    )
    assert solve((32, 16), (32, 32), stride=(1, 2))[0] == served


def test_where_nothing_fits_the_reason_and_the_nearest_sizes_are_told() -> None:
    found = solve(7, 13, kernel_size=4, stride=2, output_padding=0)

    assert list(found) == []
    assert found.nearest == (12, 14)
    assert found.reason == (
        "within the bounds, no setting turns 7 into 13; the nearest sizes are 12 and 14: "
        "2 * padding - output_padding would have to be 3"
    )
    assert str(found) == f"Nothing fits: {found.reason}."
    assert repr(found).startswith("Solutions([], reason='within")


@pytest.mark.slow
def test_the_nearest_sizes_are_the_nearest() -> None:
    for k, s, in_size in product(range(1, 5), range(1, 4), range(2, 6)):
        own: Any = {"kernel_size": k, "stride": [s, s + 3], "output_padding": 0}
        full = [(in_size - 1) * stride + k for stride in own["stride"]]
        reachable = {
            size - 2 * p for size, p in product(full, range(k)) if size > 2 * p
        }
        for out_size in range(1, 30):
            nearest = [max((n for n in reachable if n < out_size), default=None)]
            nearest += [min((n for n in reachable if n > out_size), default=None)]
            found = solve(in_size, out_size, **own)

            if out_size in reachable:
                assert found, (in_size, out_size, own)
            else:
                expected = tuple(size for size in nearest if size is not None)
                assert found.nearest == expected, (in_size, out_size, own)


def test_no_size_near_it_is_said_where_there_is_none() -> None:
    found = solve(3, 9, stride=1, kernel_size=1, output_padding=5)

    assert found.nearest == ()
    assert "into a size near it" in found.reason


def test_the_nearest_sizes_with_a_padding_of_ones_own() -> None:
    own: dict[str, Any] = {"kernel_size": 3, "stride": 2, "output_padding": 0}
    on_axes = solve((5, 5), (11, 12), **own)

    assert solve(5, 12, padding=[0, 1], **own).nearest == (11,)
    assert on_axes.reason.startswith("axis 1: ")
    assert on_axes.nearest == ((), (11,))


def test_each_answer_says_what_speaks_for_it() -> None:
    found = solve(14, 28, kernel_size=range(1, 6), stride=2)

    assert found.reasons(0) == (
        "exactly 2 times every input size",
        "even overlap: stride 2 divides kernel_size 2",
        "no output_padding",
        "no shift against plain resizing",
    )
    every = {why for n in range(len(found)) for why in found.reasons(n)}
    assert "holes: kernel_size 1 is below stride 2" in every
    assert "output_padding 1, and the last 1 of the output holds only the bias" in every
    sparse = solve(5, 13, kernel_size=3, stride=2, dilation=2)
    assert (
        "holes: stride 2 and dilation 2 share a factor greater than 1"
        in sparse.reasons(0)
    )
    assert solve((7, 5), (14, 11), stride=2).reasons(0)[0].startswith("axis 0: ")
    assert "至" not in found.reasons(0, language="zh")[0]
    assert found.reasons(0, language="zh")[2] == "不需要 output_padding"


def test_answers_are_a_sequence() -> None:
    found = solve(64, 128)

    assert isinstance(found, Solutions)
    assert found[0] in found
    assert ConvTranspose(9) not in found
    assert list(reversed(found))[-1] == found[0]
    assert repr(found).endswith(f"and {len(found) - 3} more)")
    one = solve(64, 128, kernel_size=2)
    assert repr(one) == "Solutions([ConvTranspose(2, stride=2)])"
    assert found.text(limit=1).endswith(f"\nand {len(found) - 1} more")
    assert str(found).count("\n") + 1 == 5 * len(found)


def test_a_part_of_the_answers_keeps_its_reasons_and_so_does_a_copy() -> None:
    found, none = solve(64, 128), solve((5, 5), (11, 12), kernel_size=3, stride=2, output_padding=0)  # fmt: skip

    assert found[1:3].reasons(0, language="zh") == found.reasons(1, language="zh")
    assert (found[:0].reason, found[:0].nearest) == ("", ())
    for answers in (found, found[:2], none, solve((32, 16), (32, 32))):
        again = pickle.loads(pickle.dumps(answers))
        assert list(again) == list(answers)
        assert again.text(language="zh") == answers.text(language="zh")


def test_choices_may_be_an_array_or_a_range_of_any_direction() -> None:
    expected = list(solve((7, 8), (14, 16), kernel_size=[3, 4], stride=2))

    for kernels in (np.array([4, 3]), range(4, 2, -1), {np.int8(3), 4}):
        same = solve([7, 8], [14, 16], kernel_size=kernels, stride=np.int64(2))
        assert list(same) == expected
    assert list(scale_by([2, 3])) == list(scale_by((2, 3)))


@pytest.mark.parametrize(
    "own",
    [
        {"padding": [0, 3, 4]},
        {"output_padding": [0, 3]},
        {"padding": range(0, 9, 4), "output_padding": range(0, 5, 2)},
        {"padding": 2, "dilation": 5},
        {},
    ],
)
def test_the_nearest_sizes_are_those_of_brute_force(own: dict[str, Any]) -> None:
    for kernel_size, stride, out_size in product((1, 3), (1, 4), range(1, 40)):
        given = {"kernel_size": kernel_size, "stride": stride, **own}
        found = solve(3, out_size, **given)
        if not found:
            sizes = _every_size(**given)
            nearest = [max((n for n in sizes if n < out_size), default=None)]
            nearest += [min((n for n in sizes if n > out_size), default=None)]
            expected = tuple(size for size in nearest if size is not None)
            assert found.nearest == expected, (given, out_size)


def _every_size(
    kernel_size: int,
    stride: int,
    dilation: int = 1,
    padding: Any = None,
    output_padding: Any = None,
) -> set[int]:
    reach = dilation * (kernel_size - 1)
    paddings = range(reach + 1) if padding is None else padding
    both = output_padding or range(max(stride, dilation))
    crops = product([paddings] if isinstance(paddings, int) else paddings, both)
    sizes = {2 * stride + reach + 1 + a - 2 * p for p, a in crops if a < max(stride, dilation)}  # fmt: skip
    return {size for size in sizes if size > 0}


# Calls that went on for minutes, or ended in an error that says nothing.
ENDLESS: list[tuple[Any, Any, dict[str, Any]]] = [
    (5, 10, {"stride": range(1, 10**9)}),
    (5, 10, {"dilation": range(1, 10**8)}),
    (2, 900, {}),
    (5, 10, {"kernel_size": range(1, 10**30, 2)}),
    (3, 8, {"kernel_size": 4, "stride": 5, "padding": range(10**9)}),
    ((2, 2, 2), (64, 64, 64), {}),
]


def test_a_search_ends_in_a_moment_or_says_that_it_would_not() -> None:
    for in_size, out_size, own in ENDLESS:
        started = time.process_time()
        with suppress(SizeError):
            solve(in_size, out_size, **own)
        assert time.process_time() - started < 4, (in_size, out_size, own)
    assert solve(5, 10, stride=10**9).nearest == (4 * 10**9 + 16 - 2 * 15,)


def test_sizes_far_apart_are_answered_at_once() -> None:
    assert solve(1, 10**9)[0] == ConvTranspose(10**9)
    assert solve(4, 1024, output_padding=0)[0] == ConvTranspose(256, stride=256)
    assert solve(16, 16_000, kernel_size=1000)[0] == ConvTranspose(1000, stride=1000)


@pytest.mark.slow
def test_the_default_bounds_are_those_that_are_stated() -> None:
    for in_size, out_size in product(range(1, 7), range(1, 31)):
        scale = out_size if in_size == 1 else -(-out_size // in_size)
        kernels = range(1, max(16, scale if in_size == 1 else 2 * scale) + 1)
        near = range(max(1, out_size // in_size - 1), -(-out_size // in_size) + 2)
        expected = {
            ConvTranspose(k, stride=s, padding=p, output_padding=a)
            for k, s in product(kernels, near if in_size > 1 else [1])
            for a in range(s)
            for p, odd in [divmod((in_size - 1) * s + k - out_size + a, 2)]
            if not odd and 0 <= p <= k - 1
        }

        assert set(solve(in_size, out_size)) == expected, (in_size, out_size)
