"""The library and torch agree on every setting of a grid, accepted or refused.

torch is asked by real forward passes of its native CPU kernel. Sizes, parameters
and illegal values are all part of the grid: where torch refuses, so must we.
"""

from collections.abc import Iterator
from itertools import product

import pytest

from convarith import SizeError, conv_input_sizes, conv_size, conv_transpose_size
from tests import measurements

pytestmark = pytest.mark.slow

SIZES = range(20)
KERNELS, STRIDES, PADDINGS, DILATIONS = range(6), range(5), range(-1, 4), range(5)
OUTPUT_PADDINGS = range(-1, 6)


def _ours(size_of, size, **parameters):  # type: ignore[no-untyped-def]
    try:
        return size_of(size, **parameters)
    except SizeError:
        return None


def _settings() -> Iterator[tuple[int, int, int, int]]:
    return product(KERNELS, STRIDES, PADDINGS, DILATIONS)


def test_every_convolution_of_the_grid_has_torchs_size_or_none() -> None:
    asked = accepted = 0
    for (k, s, p, d), i in product(_settings(), SIZES):
        ours = _ours(conv_size, i, kernel_size=k, stride=s, padding=p, dilation=d)
        theirs = measurements.conv(i, k=k, s=s, p=p, d=d)

        assert ours == theirs, f"in_size={i}, k={k}, s={s}, p={p}, d={d}"
        asked += 1
        accepted += theirs is not None
    print(f"{asked} convolutions asked of torch, {accepted} accepted")
    assert asked == 15_000


def test_every_transposed_convolution_of_the_grid_has_torchs_size_or_none() -> None:
    asked = accepted = 0
    for (k, s, p, d), a, i in product(_settings(), OUTPUT_PADDINGS, SIZES):
        ours = _ours(
            conv_transpose_size,
            i,
            kernel_size=k,
            stride=s,
            padding=p,
            output_padding=a,
            dilation=d,
        )
        theirs = measurements.transposed(i, k=k, s=s, p=p, a=a, d=d)

        assert ours == theirs, f"in_size={i}, k={k}, s={s}, p={p}, p'={a}, d={d}"
        asked += 1
        accepted += theirs is not None
    print(f"{asked} transposed convolutions asked of torch, {accepted} accepted")
    assert asked == 105_000


def test_the_input_sizes_of_an_output_are_all_that_torch_turns_into_it() -> None:
    for k, s, p, d in product(range(1, 5), range(1, 5), range(4), range(1, 4)):
        outputs = {i: measurements.conv(i, k=k, s=s, p=p, d=d) for i in range(1, 25)}
        for o in range(1, 4):
            wanted = [i for i, result in outputs.items() if result == o]

            got = conv_input_sizes(o, kernel_size=k, stride=s, padding=p, dilation=d)
            assert list(got) == wanted, f"out_size={o}, k={k}, s={s}, p={p}, d={d}"
