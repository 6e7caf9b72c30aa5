"""The layers beside windows, asked of torch: sizes, what is refused, what is read."""

import random
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pytest
import torch
from jax import lax
from torch import nn
from torch.nn import functional as F

from convarith import (
    AdaptivePool,
    Conv,
    ConvTranspose,
    Fold,
    Layer,
    Norm,
    Pad,
    PixelUnshuffle,
    Pool,
    Resize,
    SizeError,
    Stack,
    Unfold,
    Unpool,
    explain,
)

SEED = 20261128


def _theirs(call: Callable[[], torch.Tensor]) -> int | None:
    """torch's size; none where it refuses, or leaves nothing."""
    try:
        return call().shape[-1] or None
    except (RuntimeError, ValueError):
        return None


def _ours(layer: Any, in_size: int) -> int | None:
    try:
        return layer.out_size(in_size)  # type: ignore[no-any-return]
    except SizeError:
        return None


def _axis(in_size: int) -> torch.Tensor:
    return torch.zeros(1, 1, in_size)


def test_resizing_multiplies_and_rounds_as_torch_does() -> None:
    dice = random.Random(SEED)
    # Products that come out as whole numbers, or just do not.
    asked = [(300, 0.29), (100, 0.29), (10, 0.7), (3, 0.1), (49, 1 / 49), (3, 4.35)]
    asked += [(dice.randint(1, 4), 1.5 ** dice.randint(-6, 6)) for _ in range(100)]
    asked += [(dice.randint(1, 2000), dice.randint(1, 300) / 100) for _ in range(3000)]
    for in_size, factor in asked:
        layer = Resize(factor)
        theirs = _theirs(lambda: F.interpolate(_axis(in_size), scale_factor=factor))  # noqa: B023

        assert _ours(layer, in_size) == theirs, (in_size, factor)
        if theirs:
            found = layer.in_sizes(theirs)
            assert in_size in found
            for edge in (found[0], found[-1]):
                assert layer.out_size(edge) == theirs, (edge, factor)
            for beyond in (found.start - 1, found.stop):
                assert _ours(layer, beyond) != theirs if beyond else True
    again: dict[str, Any] = {
        "scale_factor": 1.7,
        "recompute_scale_factor": True,
        "mode": "linear",
    }
    assert F.interpolate(_axis(9), **again).shape[-1] == Resize(1.7).out_size(9)


def test_a_factor_is_rounded_at_sizes_that_no_tensor_has_without_a_hang() -> None:
    for factor in (0.1, 1e-300, 1.7e300, 0.29, 5e-324):
        layer = Resize(factor)
        for out_size in (1, 10**6, 2**80 + 1, 10**40):
            found = layer.in_sizes(out_size)
            assert found.start >= 1
            if found:
                assert layer.out_size(found[0]) == layer.out_size(found[-1]) == out_size
    assert Resize(0.5).out_size(10**30) * 2 == 10**30


def test_a_size_comes_out_whatever_comes_in() -> None:
    for in_size, size in product((1, 5, 40), (1, 4, 7)):
        resized = F.interpolate(_axis(in_size), size=size)
        pooled = F.adaptive_avg_pool1d(_axis(in_size), size)
        for layer in (Resize(size=size), AdaptivePool(size)):
            assert layer.out_size(in_size) == size == resized.shape[-1]
            assert pooled.shape[-1] == size
            assert in_size in layer.in_sizes(size)
            assert not layer.in_sizes(size + 1)
    for before, least in ((Resize(4), 1), (Conv(3, stride=2), 3)):
        assert Stack([before, AdaptivePool(3)]).in_sizes(3) == range(least, 2**63)
    assert AdaptivePool((None, 3)).out_size((5, 7)) == (5, 3)


def test_padding_adds_and_crops_as_torch_does() -> None:
    names = {"constant": "zeros", "reflect": "reflect", "replicate": "replicate"}
    names["circular"] = "circular"
    for mode, before, after in product(names, range(-2, 3), range(-2, 3)):
        if mode == "circular" and min(before, after) < 0 < max(before, after):
            continue
        layer = Pad(((before, after),), mode=names[mode])
        for in_size in range(1, 6):
            theirs = _theirs(lambda: F.pad(_axis(in_size), (before, after), mode))  # noqa: B023
            ours = _ours(Stack([layer]), (in_size,))  # type: ignore[arg-type]
            assert (ours and ours[0]) == theirs, (mode, before, after, in_size)  # type: ignore[index]
            if theirs:
                assert in_size in layer.in_sizes((theirs,))[0]


def test_unpooling_takes_the_sizes_that_torch_takes() -> None:
    for k, s, p, in_size in product((1, 2, 3), (1, 2, 3), (0, 1, 2), (1, 3)):
        layer, indices = Unpool(k, stride=s, padding=p), _axis(in_size).long()

        def unpooled(*size: int) -> torch.Tensor:
            asked = size or None
            return F.max_unpool1d(_axis(in_size), indices, k, s, p, asked)  # type: ignore[arg-type]  # noqa: B023

        assert _ours(layer, in_size) == _theirs(unpooled)
        if _ours(layer, in_size):
            taken = [n for n in range(1, 16) if _theirs(lambda: unpooled(n)) == n]  # noqa: B023
            assert list(layer.out_sizes(in_size)) == taken, (layer, in_size)


def test_blocks_and_windows_are_counted_as_torch_counts_them() -> None:
    for factor, size in product((1, 2, 3), range(1, 10)):
        x = torch.zeros(1, 1, size, size)
        theirs = _theirs(lambda: F.pixel_unshuffle(x, factor))  # noqa: B023
        assert _ours(PixelUnshuffle(factor), size) == theirs
    for k, s, p, d, size in product((1, 2, 3), (1, 2), (0, 1), (1, 2), (1, 3, 4, 7)):
        own = {"stride": s, "padding": p, "dilation": d}
        x = torch.zeros(1, 1, size, 9)
        unfold = Unfold(k, **own)
        windows = _theirs(lambda: F.unfold(x, k, d, p, s))  # noqa: B023
        ours = unfold.out_size((size, 9)) if _ours(unfold, size) else (0, 0)
        assert (ours[0] * ours[1] or None) == windows, (unfold, size)
        if windows:
            fold = Fold((size, 9), k, **own)
            assert fold.out_size(ours) == (size, 9)
            assert fold.in_sizes((size, 9)) == tuple(range(n, n + 1) for n in ours)
            folded = F.fold(torch.zeros(1, k * k, windows), (size, 9), k, d, p, s)
            assert tuple(folded.shape[2:]) == (size, 9)


def test_same_pads_as_jax_does_and_torch_then_has_that_size() -> None:
    for name, k, s, d in product(("SAME_UPPER", "SAME_LOWER"), (1, 2, 5), (1, 2, 3), (1, 2)):  # fmt: skip
        conv = Conv(k, stride=s, dilation=d, padding=name)
        pool: Any = Pool(k, stride=s, dilation=d, padding=name)
        for size in (1, 2, 4, 7, 8, 9):
            extent = d * (k - 1) + 1
            theirs = lax.padtype_to_pads((size,), (extent,), (s,), name.removesuffix("_UPPER"))  # fmt: skip
            assert [conv.pads(size)] == [pool.pads(size)] == theirs, (conv, size)
            x = F.pad(_axis(size), conv.pads(size))
            convolved = F.conv1d(x, torch.zeros(1, 1, k), None, s, 0, d).shape[-1]
            assert conv.out_size(size) == pool.out_size(size) == convolved
            assert size in conv.in_sizes(convolved)


READING: list[tuple[Any, Any]] = [
    *((AdaptivePool(n), nn.AdaptiveAvgPool1d(n)) for n in (1, 3, 4, 7)),
    (Norm(), nn.InstanceNorm1d(1)), (Norm(), nn.GroupNorm(1, 1)),
    (Pad(((2, -1),)), nn.ZeroPad1d((2, -1))),
]  # fmt: skip


def _read(module: nn.Module, in_size: int, position: int) -> tuple[int, ...]:
    """The inputs on which an output depends, by the gradient."""
    x = torch.arange(float(in_size)).sin().view(1, 1, -1).requires_grad_()
    module(x)[0, 0, position].backward()
    assert x.grad is not None
    return tuple(x.grad[0, 0].nonzero().flatten().tolist())


def test_what_is_read_is_what_has_a_gradient() -> None:
    for layer, module in READING:
        for in_size in (5, 7):
            size = (in_size,) if layer.axes else in_size
            for position in range(module(_axis(in_size)).shape[-1]):
                at = (position,) if layer.axes else position
                read = layer.inputs_of(at, size)
                theirs = _read(module, in_size, position)
                assert (read[0] if layer.axes else read) == theirs, (layer, position)
    for size in (8, 9):
        same: Any = Conv(3, stride=2, padding="SAME_UPPER")
        padded = nn.Sequential(nn.ZeroPad1d(same.pads(size)), nn.Conv1d(1, 1, 3, 2))
        for position in range(same.out_size(size)):
            assert same.inputs_of(position, size) == _read(padded, size, position)
    fold = Stack([Unfold(2), Fold(6, 2)])
    assert [fold.inputs_of(n, 6) for n in (0, 3)] == [(0, 1), (2, 3, 4)]


def _drawn(dice: random.Random) -> Iterator[Layer]:
    """Small layers of every kind, the picky ones among them."""
    n, k = dice.randint(1, 3), dice.randint(2, 4)
    kinds: list[Callable[[], Layer]] = [
        lambda: Conv(k, stride=n, padding=dice.randint(0, 2)),
        lambda: Conv(k, stride=n, padding="SAME_UPPER"),
        lambda: ConvTranspose(k, stride=n, padding=dice.randint(0, 1)),
        lambda: Pool(k, ceil_mode=dice.random() < 0.5),
        lambda: Unpool(2, stride=n),
        lambda: Resize(dice.choice([2, 0.5, 1.5, 0.7])),
        lambda: Resize(size=dice.randint(1, 9)),
        lambda: AdaptivePool(dice.randint(1, 9)),
        lambda: PixelUnshuffle(n),
        lambda: Pad(dice.randint(-2, 2)),
        lambda: Fold(dice.randint(3, 9), 2),
        Norm,
    ]
    for _ in range(dice.randint(1, 5)):
        yield dice.choice(kinds)()


def test_a_stack_of_any_layers_answers_what_its_layers_answer_one_by_one() -> None:
    dice, passing, told = random.Random(SEED), 0, 0
    for _ in range(160):
        stack = Stack(list(_drawn(dice)))
        skip = sorted(dice.choices(range(len(stack) + 1), k=2))
        ours: dict[int, Any] = {}
        for size in range(1, 60):
            at: Any = size
            for layer in stack:
                at = at and _ours(layer, at)
            ours[size] = at
            assert _ours(stack, size) == at, (stack, size)
        passing += any(ours.values())
        for out_size in {size for size in ours.values() if size}:
            try:
                found = stack.in_sizes(out_size)
            except SizeError:
                continue
            assert [n for n in ours if n in found] == [n for n in ours if ours[n] == out_size], stack  # fmt: skip
        try:
            fitting = stack.fitting_sizes([(skip[0], skip[1])])
        except SizeError:
            continue
        told += bool(fitting.first)  # type: ignore[union-attr]
        for size in ours:
            trace = stack.trace(size) if ours[size] else None
            meets = trace is not None and trace[skip[0]] == trace[skip[1]]
            assert (size in fitting) == meets, (stack, skip, size)
    assert passing > 90
    assert told > 50


EVERY: list[tuple[Any, Any]] = [
    (Resize(1.5), 7), (Resize(0.29), 100), (Resize(size=3), 8), (AdaptivePool(3), 8),
    (AdaptivePool(None), 8), (Unpool(3, stride=2, padding=1), 5), (PixelUnshuffle(2), 8),
    (Pad(2), 5), (Pad(((3, -2),)), (5,)), (Norm(), 5), (Unfold(3, padding=1), 5),
    (Fold(8, 3), 6), (Conv(3, stride=2, padding="SAME_UPPER"), 8),
    (Pool(3, stride=2, padding="SAME_LOWER"), 8), (Pool((3,), padding=((0, 2),)), (8,)),
]  # fmt: skip


def test_every_layer_is_explained_in_both_languages_and_shown_as_it_is_made() -> None:
    kinds = (AdaptivePool, Conv, Fold, Norm, Pad, PixelUnshuffle, Pool, Resize, Unfold, Unpool)  # fmt: skip
    names = {kind.__name__: kind for kind in kinds}
    for layer, size in EVERY:
        out_size = layer.out_size(size)
        last = out_size[0] if isinstance(out_size, tuple) else out_size
        assert eval(repr(layer), names) == layer
        for language in ("en", "zh"):
            *_, size_line, sentence = explain(
                layer, size, language=language
            ).splitlines()
            assert size_line.endswith(f"= {last}"), layer
            assert sentence[-1] in ".。"
        assert f"&= {last}\n" in explain(layer, size, markup="tex")
    told = {language: explain(EVERY[-3][0], 8, language=language) for language in ("en", "zh")}  # fmt: skip
    assert "SAME_UPPER adds 0 at the start and 1 at the end." in told["en"]
    assert "SAME_UPPER 在开头增加 0 个，在末尾增加 1 个。" in told["zh"]


def test_an_input_that_fits_only_now_and_then_is_refused_with_its_neighbours() -> None:
    with pytest.raises(SizeError) as refused:
        PixelUnshuffle(4).out_size(10)
    assert refused.value.valid == "in_size=8 and in_size=12"
