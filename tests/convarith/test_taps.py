"""What lands where, counted by torch: ones in, a kernel of ones."""

from fractions import Fraction
from itertools import product

import pytest
import torch
from torch.nn import functional as F

from convarith import ConvTranspose, SizeError, Taps, taps
from convarith._taps import evenness
from tests.measurements import onednn


def _counted(layer: ConvTranspose, in_size: int) -> tuple[int, ...]:
    own = layer.on_axis(0)
    x = torch.ones(1, 1, in_size, dtype=torch.double)
    weight = torch.ones(1, 1, own.pop("kernel_size"), dtype=torch.double)
    with onednn(enabled=False):
        return tuple(F.conv_transpose1d(x, weight, **own)[0, 0].int().tolist())


@pytest.mark.slow
def test_the_counts_are_those_of_torch() -> None:
    asked = 0
    for k, s, p, d in product(range(1, 6), range(1, 5), range(3), range(1, 5)):
        for a, in_size in product(range(max(s, d)), (1, 2, 5)):
            layer = ConvTranspose(k, stride=s, padding=p, output_padding=a, dilation=d)
            try:
                layer.out_size(in_size)
            except SizeError:
                continue
            asked += 1
            at = taps(layer, in_size)

            counted = _counted(layer, in_size)
            assert at.counts == counted, (layer, in_size)
            tail = max(0, a - p) if counted else 0
            assert len(at.bias_only) == min(tail, len(counted))
            unreached = {n for n, count in enumerate(counted) if not count}
            assert set(at.holes) == unreached - set(at.bias_only)
    assert asked > 1_500


@pytest.mark.slow
def test_evenness_is_what_the_middle_shows() -> None:
    for k, s, d in product(range(1, 8), range(1, 6), range(1, 6)):
        at = taps(ConvTranspose(k, stride=s, dilation=d), 90)
        # What lies farther in than the kernel reaches is away from the ends.
        inside = at.counts[d * k : len(at.counts) - d * k]
        even = "even" if len(set(inside)) == 1 else "uneven"
        expected = "holes" if 0 in inside else even

        assert at.overlap == evenness(k, s, d) == expected, (k, s, d)


def test_only_blocks_side_by_side_are_flat_to_the_edges() -> None:
    for k, s in product(range(1, 7), range(1, 5)):
        for p, a in product(range(k), range(s)):
            if k - s == 2 * p - a:
                layer = ConvTranspose(k, stride=s, padding=p, output_padding=a)
                assert taps(layer, 9).flat == ((k, p, a) == (s, 0, 0)), layer


def test_an_even_overlap_may_thin_out_at_the_edges() -> None:
    at = taps(ConvTranspose(4, stride=2, padding=1), 4)

    assert (at.overlap, at.flat) == ("even", False)
    assert at.counts == (1, 2, 2, 2, 2, 2, 2, 1)


def test_output_padding_shifts_an_exact_scale_by_half_of_itself() -> None:
    for layer, shift in (
        (ConvTranspose(2, stride=2), Fraction(0)),
        (ConvTranspose(4, stride=2, padding=1), Fraction(0)),
        (ConvTranspose(3, stride=2, padding=1, output_padding=1), Fraction(-1, 2)),
    ):
        for in_size in (1, 4, 9):
            assert taps(layer, in_size).shift == shift, (layer, in_size)


def test_the_shift_is_what_a_symmetric_kernel_does_to_the_centre_of_mass() -> None:
    for k, s, p, d in product(range(1, 5), range(1, 4), range(2), range(1, 3)):
        if d * (k - 1) < p or d * (k - 1) + 1 - 2 * p < 1:
            continue
        layer, in_size = ConvTranspose(k, stride=s, padding=p, dilation=d), 6
        landed = Fraction(sum(d * t - p for t in range(k)), k)
        scale = Fraction(layer.out_size(in_size), in_size)

        assert taps(layer, in_size).shift == landed - (scale / 2 - Fraction(1, 2))


def test_axes_are_counted_one_by_one() -> None:
    first, second = taps(ConvTranspose((3, 2), stride=2), (4, 3))

    assert first.counts == taps(ConvTranspose(3, stride=2), 4).counts
    assert isinstance(second, Taps)
    assert second.flat
    assert repr(second).startswith("Taps((1, 1, 1, 1, 1, 1), overlap='even'")
