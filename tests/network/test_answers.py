"""What a Network says beside its sizes: fixes, traces, fields, and that it left no trace."""

import random
import subprocess
import sys
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional as F

from convarith import ConvTranspose, SizeError, Stack, from_torch
from convarith.network import Network
from tests.network import small_models


def test_the_library_itself_imports_no_torch() -> None:
    code = "import sys, convarith; print({'torch', 'convarith.network'} & set(sys.modules))"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)

    assert said.stdout == "set()\n", said.stderr


def test_a_fix_that_is_offered_lets_the_model_pass() -> None:
    model = small_models.CatUNet()
    net = Network(model, torch.zeros(1, 2, 16, 64))
    for size in (9, 30, 62, 63):
        broken = net.broken_skip(size)
        mended = small_models.CatUNet()
        for fix in broken.fixes:
            setattr(mended.get_submodule(fix.module), fix.argument, fix.value)

        assert mended(torch.zeros(1, 2, 16, size)).shape[-1] == broken.out_size == size
        assert "(tried)" in str(broken)
        assert "已试过" in broken.text(language="zh")
    assert net.broken_skip(64) is None


class ByFactor(nn.Module):
    """Its decoder enlarges by a factor, and cannot know how large the skip is."""

    def forward(self, x: torch.Tensor, size: int | None = None) -> torch.Tensor:
        y = F.max_pool2d(x, 2)
        y = (
            F.interpolate(y, scale_factor=2)
            if size is None
            else F.interpolate(y, size=(8, size))
        )
        return torch.cat([x, y], 1)


def test_a_resize_by_a_factor_is_given_the_size_that_was_tried() -> None:
    broken = Network(ByFactor(), torch.zeros(1, 2, 8, 8)).broken_skip(7)
    (fix,) = broken.fixes

    assert (fix.argument, fix.value, broken.out_size) == ("size", 7, 7)
    assert ByFactor()(torch.zeros(1, 2, 8, 7), size=fix.value).shape[-1] == 7


def test_a_refusal_names_the_sizes_the_module_and_what_fits() -> None:
    net = Network(nn.Sequential(small_models.CatUNet()), torch.zeros(1, 2, 16, 64))
    with pytest.raises(SizeError) as caught:
        net.out_size(30)

    text = str(caught.value)
    for part in ("in_size=30", "0: cat gets 7 and 6", "in_size=32", "on 0.up.0"):
        assert part in text, text
    assert "Sizes of tensors must match" in str(caught.value.__cause__)


def test_an_error_of_the_model_is_shown_as_it_is() -> None:
    net = Network(small_models.Square(), torch.zeros(1, 2, 16, 16))
    with pytest.raises(SizeError, match="a square, please, not 16 x 20") as caught:
        net.out_size(20)

    assert isinstance(caught.value.__cause__, ValueError)
    assert str(net.fitting_sizes()) == "only 16"


def test_two_axes_that_are_tied_change_together() -> None:
    net = Network(small_models.Square(), torch.zeros(1, 2, 16, 16), axis=(-2, -1))

    assert net.out_size(20) == 20
    assert net.out_size((22, 22)) == (22, 22)
    with pytest.raises(SizeError, match="not 20 x 22"):
        net.out_size((20, 22))
    assert str(net.fitting_sizes(same=True)) == "multiples of 2, from 2"


def test_padding_restores_the_size() -> None:
    model = small_models.CatUNet()
    padding: Any = Network(model, torch.zeros(1, 2, 16, 64)).padding_for(30)
    padded = F.pad(torch.zeros(1, 2, 16, 30), (padding.before, padding.after))

    assert padding.size == padded.shape[-1] == 32
    assert model(padded)[..., padding.keep].shape[-1] == 30


def test_a_trace_names_modules_and_sizes() -> None:
    trace = Network(small_models.CatUNet(1), torch.zeros(1, 2, 16, 64)).trace(20)
    rows = [(row.module, row.operator, row.before[-1], row.after[-1]) for row in trace]

    assert rows[:2] == [
        ("", "max_pool2d_with_indices", 20, 10),
        ("up.0", "convolution", 10, 20),
    ]
    assert str(trace).startswith("module")


CHAINS = [
    nn.Sequential(nn.Conv1d(1, 1, 3, stride=2), nn.ConvTranspose1d(1, 1, 4, stride=2)),
    nn.Sequential(
        nn.Conv1d(1, 1, 5, dilation=2), nn.MaxPool1d(3, 2), nn.Upsample(scale_factor=2)
    ),
    nn.Sequential(
        nn.ConvTranspose1d(1, 1, 3, stride=3), nn.Conv1d(1, 1, 3, stride=2, padding=1)
    ),
]


@pytest.mark.parametrize("chain", CHAINS)
def test_the_field_of_a_chain_is_that_of_its_stack(chain: nn.Sequential) -> None:
    stack: Any = from_torch(chain)
    found = Network(chain, torch.zeros(1, 1, 60)).receptive_field()
    own = Stack([stack]).receptive_field()

    assert (found.period * own.step, found.size) == (own.period * found.step, own.size)
    assert [found.at(n) for n in range(12)] == [own.at(n) for n in range(12)]


def test_a_norm_over_the_map_reads_everything() -> None:
    whole = nn.Sequential(nn.Conv1d(1, 2, 3), nn.GroupNorm(1, 2))
    alone = nn.Sequential(nn.Conv1d(1, 2, 3), nn.BatchNorm1d(2)).eval()

    assert Network(whole, torch.zeros(1, 1, 30)).receptive_field() == "everything"
    assert Network(alone, torch.zeros(1, 1, 30)).receptive_field().size == 3


def test_frames_and_samples() -> None:
    up = ConvTranspose(8, stride=4, padding=2).to_torch(1, 1, dims=1)
    codec = Network(small_models.Codec(), torch.zeros(1, 1, 120))

    assert Network(up, torch.zeros(1, 1, 10)).hop == 4
    assert codec.hop == small_models.Codec.hop
    assert isinstance(codec.delay, int)


class Keeps(nn.Module):
    """A forward() that leaves much behind."""

    def __init__(self) -> None:
        super().__init__()
        self.conv, self.norm = nn.Conv1d(1, 2, 3), nn.BatchNorm1d(2)
        self.seen: list[torch.Tensor] = []
        self.calls = 0

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        self.calls += 1
        self.last = x
        y = self.norm(self.conv(x))
        self.seen.append(y)
        random.random()
        return F.dropout(y) + torch.rand(2, 1)


def test_a_model_is_left_as_it_was() -> None:
    model = Keeps().train()
    hook = model.conv.register_forward_hook(lambda *_: None)
    before = {name: one.clone() for name, one in model.state_dict().items()}
    chance, python = torch.get_rng_state(), random.getstate()
    Network(model, torch.zeros(2, 1, 30)).fitting_sizes()

    assert model.training
    assert (model.calls, model.seen, hasattr(model, "last")) == (0, [], False)
    assert list(model.conv._forward_hooks) == [hook.id]
    assert all(
        torch.equal(one, before[name]) for name, one in model.state_dict().items()
    )
    assert torch.equal(torch.get_rng_state(), chance)
    assert random.getstate() == python


class Odd(nn.Module):
    """It looks at a value, which nobody can follow by sizes."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x[..., 1:] if x.sum().item() >= 0 else x


class Fixed(nn.Module):
    """It takes one size, and no padding makes a larger one fit."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return F.linear(x, torch.ones(2, 64))


def test_what_cannot_be_derived_is_observed_and_said_so() -> None:
    net = Network(Odd(), torch.zeros(1, 1, 8))

    assert not net.derived
    assert "values" in net.why_observed
    assert net.out_size(9) == 8
    assert "tried up to" in str(net.fitting_sizes())
    assert net.formula == ""


@pytest.mark.parametrize(
    "half",
    [
        lambda x: torch.from_numpy(x.numpy()[..., ::2]),
        lambda x: torch.tensor(x.tolist())[..., ::2],
        lambda x: torch.from_numpy(np.asarray(torch.relu(x))[..., ::2].copy()),
    ],
)
def test_values_that_leave_torch_are_values_that_a_model_looks_at(half: Any) -> None:
    class Left(nn.Module):
        def forward(self, x: torch.Tensor) -> Any:
            return half(x)

    net = Network(Left(), torch.zeros(1, 1, 8))

    assert (net.derived, net.why_observed) == (False, "the model looks at values")
    assert [net.out_size(size) for size in (7, 8, 9)] == [4, 4, 5]
    assert len(list(net.fitting_sizes())) == 64


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"model": 3}, "must be a torch.nn.Module"),
        ({"example": "x"}, "must hold a tensor"),
        ({"axis": 5}, "must be a dimension of the first tensor"),
        ({"make": lambda size: torch.zeros(3)}, "must give inputs that grow"),
    ],
)
def test_what_cannot_be_asked_is_refused(given: Any, words: str) -> None:
    call = {"model": nn.Identity(), "example": torch.zeros(1, 1, 4)} | given
    with pytest.raises((SizeError, TypeError), match=words):
        Network(call.pop("model"), **call)
