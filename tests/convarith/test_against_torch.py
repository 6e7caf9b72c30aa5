"""What torch computes on one axis: values, uneven ends and ways back.

How much it computes is asked by tests/sweep.py, of more than a million settings.
"""

from itertools import product

import pytest
import torch
from torch.nn import functional as F

from convarith import conv_input_sizes, conv_size
from tests import measurements

pytestmark = pytest.mark.slow


def test_the_input_sizes_of_an_output_are_all_that_torch_turns_into_it() -> None:
    for k, s, p, d in product(range(1, 5), range(1, 5), range(4), range(1, 4)):
        outputs = {i: measurements.conv(i, k=k, s=s, p=p, d=d) for i in range(1, 25)}
        for o in range(1, 4):
            wanted = [i for i, result in outputs.items() if result == o]

            got = conv_input_sizes(o, kernel_size=k, stride=s, padding=p, dilation=d)
            assert list(got) == wanted, f"out_size={o}, k={k}, s={s}, p={p}, d={d}"


def test_padding_that_differs_at_the_ends_is_a_padded_input_of_torch() -> None:
    for k, s, d, i in product(range(1, 5), range(1, 4), (1, 2), range(1, 9)):
        for padding in ((0, 1), (3, 1), (2, 5)):
            x = F.pad(torch.zeros(1, 1, i), padding)
            theirs = measurements.conv(x.shape[2], k=k, s=s, d=d)
            if theirs is not None:
                own = {"kernel_size": k, "stride": s, "dilation": d}
                assert conv_size(i, padding=padding, **own) == theirs, (i, own, padding)


def test_positions_past_the_full_result_are_bias_alone() -> None:
    bias = torch.tensor([7.0])
    for k, s, d, p in product((1, 2, 3), (1, 2, 3), (1, 2, 3), range(4)):
        for a in range(max(s, d)):
            if measurements.transposed(4, k=k, s=s, p=p, a=a, d=d) is None:
                continue
            x, weight = torch.ones(1, 1, 4), torch.ones(1, 1, k)
            y = F.conv_transpose1d(x, weight, bias, s, p, a, 1, d)[0, 0]
            past = max(0, a - p)

            assert torch.all(y[len(y) - past :] == 7.0), (k, s, p, a, d)
            if a <= p and d == 1 and k >= s:
                assert y[-1] > 7.0, (k, s, p, a, d)


def test_a_transposed_convolution_is_a_direct_one_over_inserted_zeros() -> None:
    torch.manual_seed(0)
    for k, s, d, p in product(range(1, 5), range(1, 5), range(1, 4), range(4)):
        for a in range(max(s, d)):
            if measurements.transposed(5, k=k, s=s, p=p, a=a, d=d) is None:
                continue
            x, weight = torch.randn(1, 1, 5), torch.randn(1, 1, k)
            zeros = torch.zeros(1, 1, 4 * s + 1)
            zeros[..., ::s] = x
            start, end = d * (k - 1) - p, d * (k - 1) - p + a
            # Pad first and crop second: torch crops no more than there is.
            padded = F.pad(zeros, (max(start, 0), max(end, 0)))
            cropped = F.pad(padded, (min(start, 0), min(end, 0)))
            direct = F.conv1d(cropped, weight.flip(-1), dilation=d)
            transposed = F.conv_transpose1d(x, weight, None, s, p, a, 1, d)

            assert direct.shape == transposed.shape, (k, s, p, a, d)
            assert torch.allclose(direct, transposed, atol=1e-5), (k, s, p, a, d)
