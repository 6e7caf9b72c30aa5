"""Every answer about a small model is what the model itself does."""

from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import nn

from convarith import SizeError
from convarith.network import Network
from tests.network import small_models

UP_TO = 70


def wide(size: int) -> torch.Tensor:
    return torch.zeros(1, 2, 16, size)


def square(size: int) -> torch.Tensor:
    return torch.zeros(1, 2, size, size)


def halves(frames: int) -> tuple[torch.Tensor, torch.Tensor]:
    return torch.zeros(1, 2, 16, 2 * frames), torch.zeros(1, 1, 1, frames)


Case = tuple[nn.Module, Callable[[int], Any], str, str, str]
CASES: dict[str, Case] = {
    "cat": (small_models.CatUNet(), wide, "in_size", "multiples of 8, from 8", "multiples of 8, from 8"),
    "resize": (small_models.ResizingUNet(), wide, "in_size", "every size from 1", "every size from 1"),
    "pad": (small_models.PaddingUNet(), wide, "in_size", "every size from 2", "every size from 2"),
    "codec": (small_models.Codec(), lambda n: torch.zeros(1, 1, n), "in_size", "every size from 1", "every size from 1"),
    "two": (small_models.TwoInputs(), halves, "in_size", "every size from 1", "every size from 1"),
    "square": (small_models.Square(), square, "2 * (in_size // 2)", "every size from 2", "multiples of 2, from 2"),
}  # fmt: skip


def network(name: str) -> Network:
    model, make, *_ = CASES[name]
    return Network(model, make=make, size=24)


def really(name: str, size: int) -> int | None:
    """What the model itself does, on plain tensors."""
    model, make, *_ = CASES[name]
    given = make(size)
    try:
        with torch.no_grad():
            found = model(*given) if isinstance(given, tuple) else model(given)
    except (RuntimeError, ValueError):
        return None
    first = next(iter(found.values())) if isinstance(found, dict) else found
    return int(first.shape[-1])


@pytest.mark.parametrize("name", CASES)
def test_a_rule_is_derived_and_true_of_every_size(name: str) -> None:
    net = network(name)
    *_, formula, fitting, same = CASES[name]
    outs = {size: really(name, size) for size in range(1, UP_TO)}

    assert net.derived, net.why_observed
    assert (net.formula, str(net.fitting_sizes())) == (formula, fitting)
    assert str(net.fitting_sizes(same=True)) == same
    assert net.fitting_sizes().up_to(UP_TO - 1) == [
        n for n, out in outs.items() if out is not None
    ]
    assert net.fitting_sizes(same=True).up_to(UP_TO - 1) == [
        n for n, out in outs.items() if out == n
    ]
    assert {n: net.out_size(n) for n, out in outs.items() if out} == {
        n: out for n, out in outs.items() if out
    }
    # A refusal tries fixes, which takes a moment: one is enough.
    for size in [n for n, out in outs.items() if out is None][:1]:
        with pytest.raises(SizeError):
            net.out_size(size)
