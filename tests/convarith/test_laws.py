"""The laws of the reference, each on every setting of a grid."""

from itertools import product
from math import gcd

import pytest
import torch
from torch.nn import functional as F

from convarith import conv_size, conv_transpose_size, kernel_extent
from tests import measurements

GRID = [
    {"kernel_size": k, "stride": s, "padding": p, "dilation": d}
    for k, s, p, d in product(range(1, 6), range(1, 5), range(4), range(1, 5))
]


def extent(setting: dict[str, int]) -> int:
    return kernel_extent(setting["kernel_size"], dilation=setting["dilation"])


def full_size(in_size: int, setting: dict[str, int]) -> int:
    return (in_size - 1) * setting["stride"] + extent(setting)


def output_paddings(setting: dict[str, int]) -> range:
    return range(max(setting["stride"], setting["dilation"]))


@pytest.mark.parametrize("padding", range(4))
def test_positions_past_the_full_result_are_bias_alone(padding: int) -> None:
    for k, s, d in product((1, 2, 3), (1, 2, 3), (1, 2, 3)):
        for a in range(max(s, d)):
            full = (4 - 1) * s + d * (k - 1) + 1
            if full - 2 * padding + a < 1:
                continue
            x, weight = torch.ones(1, 1, 4), torch.ones(1, 1, k)
            bias = torch.tensor([7.0])
            y = F.conv_transpose1d(x, weight, bias, s, padding, a, 1, d)[0, 0]
            past = max(0, a - padding)

            assert torch.all(y[len(y) - past :] == 7.0)
            if a <= padding and d == 1 and k >= s:
                assert y[-1] > 7.0


@pytest.mark.parametrize("setting", GRID, ids=str)
def test_a_convolution_leads_back_exactly_below_the_stride(
    setting: dict[str, int],
) -> None:
    for a in output_paddings(setting):
        for size in range(1, 8):
            out_size = full_size(size, setting) - 2 * setting["padding"] + a
            if out_size < 1:
                continue
            back = conv_size(
                conv_transpose_size(size, output_padding=a, **setting), **setting
            )

            assert (back == size) == (a < setting["stride"])


@pytest.mark.parametrize("setting", GRID, ids=str)
def test_the_same_parameters_restore_the_size_exactly_without_a_remainder(
    setting: dict[str, int],
) -> None:
    for size in range(1, 20):
        rest = size + 2 * setting["padding"] - extent(setting)
        if rest < 0:
            continue
        small = conv_size(size, **setting)
        remainder = rest % setting["stride"]
        if size - remainder >= 1:
            assert conv_transpose_size(small, **setting) == size - remainder
        assert conv_transpose_size(small, output_padding=remainder, **setting) == size


@pytest.mark.parametrize("setting", GRID, ids=str)
def test_exact_scaling_is_one_equation_between_the_parameters(
    setting: dict[str, int],
) -> None:
    for a in output_paddings(setting):
        exact = 2 * setting["padding"] - a == extent(setting) - setting["stride"]
        for size in range(1, 8):
            if full_size(size, setting) - 2 * setting["padding"] + a < 1:
                continue
            out_size = conv_transpose_size(size, output_padding=a, **setting)

            assert (out_size == setting["stride"] * size) == exact


@pytest.mark.parametrize("stride", range(1, 5))
def test_same_padding_gives_the_size_divided_by_the_stride_and_rounded_up(
    stride: int,
) -> None:
    for k, d, size in product(range(1, 6), range(1, 4), range(1, 20)):
        rounded_up = -(-size // stride)
        needed = max((rounded_up - 1) * stride + kernel_extent(k, dilation=d) - size, 0)
        padding = (needed // 2, needed - needed // 2)
        x = F.pad(torch.zeros(1, 1, size), padding)

        assert (
            F.conv1d(x, torch.zeros(1, 1, k), None, stride, 0, d).shape[2] == rounded_up
        )
        assert (
            conv_size(size, kernel_size=k, stride=stride, padding=padding, dilation=d)
            == rounded_up
        )


@pytest.mark.parametrize("stride", range(1, 5))
def test_a_transposed_convolution_is_a_direct_one_over_inserted_zeros(
    stride: int,
) -> None:
    torch.manual_seed(stride)
    for k, d, p in product(range(1, 5), range(1, 4), range(4)):
        reach = d * (k - 1)
        for a in range(max(stride, d)):
            if measurements.transposed(5, k=k, s=stride, p=p, a=a, d=d) is None:
                continue
            x, weight = torch.randn(1, 1, 5), torch.randn(1, 1, k)
            zeros = torch.zeros(1, 1, 4 * stride + 1)
            zeros[..., ::stride] = x
            start, end = reach - p, reach - p + a
            # Pad first and crop second: torch crops no more than there is.
            padded = F.pad(zeros, (max(start, 0), max(end, 0)))
            cropped = F.pad(padded, (min(start, 0), min(end, 0)))
            direct = F.conv1d(cropped, weight.flip(-1), dilation=d)
            transposed = F.conv_transpose1d(x, weight, None, stride, p, a, 1, d)

            assert direct.shape == transposed.shape
            assert torch.allclose(direct, transposed, atol=1e-5)


@pytest.mark.parametrize("stride", range(1, 7))
def test_overlap_is_even_exactly_without_a_common_factor_and_with_a_dividing_stride(
    stride: int,
) -> None:
    for k, d in product(range(1, 9), range(1, 7)):
        x, weight = torch.ones(1, 1, 60), torch.ones(1, 1, k)
        counts = F.conv_transpose1d(x, weight, stride=stride, dilation=d)[0, 0]
        edge = d * (k - 1) + stride
        inside = counts[edge : len(counts) - edge]
        rule = gcd(stride, d) == 1 and k % stride == 0

        assert bool((inside == inside[0]).all()) == rule
        assert not rule or inside[0] == k // stride
