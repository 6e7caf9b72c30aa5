"""Layers in sequence: traces, ways back, sizes that fit, and what is read."""

import copy
import pickle
import random
import time
from contextlib import suppress
from fractions import Fraction
from itertools import islice
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from convarith import (
    Conv,
    ConvTranspose,
    FittingSizes,
    Pool,
    Resize,
    SizeError,
    Stack,
    taps,
)
from tests.measurements import onednn

DOWN, UP = Conv(3, stride=2, padding=1), ConvTranspose(3, stride=2, padding=1)


def _drawn_layer(dice: random.Random) -> Any:
    kind = dice.choice([Conv, Conv, ConvTranspose, ConvTranspose, Pool, Resize])
    if kind is Resize:
        return Resize(dice.randint(1, 3))
    kernel, stride = dice.randint(1, 4), dice.randint(1, 3)
    if kind is Pool:
        return Pool(kernel, stride=stride, ceil_mode=dice.random() < 0.5)
    padding, dilation = dice.randint(0, 2), dice.randint(1, 2)
    own = {"stride": stride, "padding": padding, "dilation": dilation}
    if kind is ConvTranspose:
        own["output_padding"] = dice.randint(0, max(stride, dilation) - 1)
    return kind(kernel, **own)


def _drawn_stack(dice: random.Random, least: int, most: int) -> Stack:
    return Stack([_drawn_layer(dice) for _ in range(dice.randint(least, most))])


def _out_size(stack: Stack, in_size: int) -> int | None:
    try:
        return stack.out_size(in_size)
    except SizeError:
        return None


def test_a_stack_takes_nested_stacks_lists_and_torch_modules_apart() -> None:
    net = nn.Sequential(nn.Conv2d(1, 4, 3, stride=2, padding=1), nn.ReLU())
    stack = Stack([net, [Stack([UP])], Pool(2)])

    assert list(stack) == [DOWN, UP, Pool(2)]
    assert Stack(net) == Stack([DOWN])
    assert stack[0] == DOWN
    assert stack[1:] == Stack([UP, Pool(2)])
    assert len(stack) == 3


def test_a_stack_is_a_value() -> None:
    stack = Stack([DOWN, UP])

    assert stack == Stack([DOWN, UP])
    assert stack != Stack([UP, DOWN])
    assert stack != [DOWN, UP]
    assert len({stack, Stack([DOWN, UP])}) == 1
    assert pickle.loads(pickle.dumps(stack)) == copy.deepcopy(stack) == stack
    assert repr(Stack([Conv(3)])) == "Stack([Conv(3)])"
    with pytest.raises(AttributeError, match="make a new one"):
        stack._axes = 2


def test_a_refused_size_names_the_layer_that_refuses() -> None:
    with pytest.raises(SizeError, match=r"Conv\(5\)\.out_size\(3\), layer 1") as caught:
        Stack([DOWN, Conv(5)]).trace(6)
    assert caught.value.valid == "in_size=5 or more with this padding"


def test_an_empty_stack_leaves_a_size_as_it_is_and_still_checks_it() -> None:
    assert Stack([]).trace((3, 4)) == ((3, 4),)
    assert list(Stack([]).in_sizes(3)) == [3]
    with pytest.raises(SizeError, match="in_size must be at least 1"):
        Stack([]).trace(0)


def test_tuples_are_answered_axis_by_axis() -> None:
    stack = Stack([Conv((3, 5), stride=(1, 2)), ConvTranspose(2, stride=2)])

    assert stack.trace((8, 9)) == ((8, 9), (6, 3), (12, 6))
    assert stack.in_sizes((12, 6)) == (range(8, 9), range(9, 11))
    for ask in (stack.trace, stack.in_sizes):
        with pytest.raises(TypeError, match="a tuple of 2 sizes"):
            ask(8)


def test_in_sizes_are_all_sizes_that_lead_to_the_output() -> None:
    dice = random.Random(1)
    for _ in range(60):
        stack = _drawn_stack(dice, 1, 5)
        outputs = {size: _out_size(stack, size) for size in range(1, 120)}
        for wanted in range(1, 12):
            found = [size for size in stack.in_sizes(wanted) if size < 120]

            expected = [size for size, output in outputs.items() if output == wanted]
            assert found == expected, (stack, wanted)


def test_fitting_sizes_are_all_there_are() -> None:
    dice = random.Random(2)
    for _ in range(100):
        half = dice.randint(1, 3)
        stack = _drawn_stack(dice, 2 * half, 2 * half)
        skips = [(0, -1)] if dice.random() < 0.6 else [(1, -2), (0, -1)]
        fitting: Any = stack.fitting_sizes(skips)
        expected = [size for size in range(1, 250) if _meet(stack, size, skips)]

        assert fitting.up_to(249) == expected, (stack, skips)
        assert [size for size in range(250) if size in fitting] == expected, stack
        for size in range(1, 200):
            following = next((s for s in expected if s >= size), None)
            assert fitting.at_least(size) == following or following is None, stack


def _meet(stack: Stack, size: int, skips: list[tuple[int, int]]) -> bool:
    try:
        trace = stack.trace(size)
    except SizeError:
        return False
    return all(trace[one] == trace[other] for one, other in skips)


def test_a_rule_is_said_in_the_shortest_way() -> None:
    for layers, told in (
        ([Pool(2)] * 4 + [ConvTranspose(2, stride=2)] * 4, "multiples of 16, from 16"),
        ([Conv(3, padding=1)], "every size from 1"),
        ([DOWN, UP], "every 2nd size from 1: 1, 3, 5, ..."),
        ([Conv(3)], "no size"),
        ([Conv(3, stride=2), Resize(3)], "only 3 and 6"),
    ):
        assert str(Stack(layers).fitting_sizes()) == told
    for period, word in {1: "every size", 3: "3rd", 11: "11th", 4: "4th"}.items():
        assert word in str(FittingSizes((1,), period))


def test_fitting_sizes_are_a_value_that_is_asked_like_a_set() -> None:
    two = FittingSizes((4, 5), 8)

    assert str(two) == "4, 5, 12, and so on every 8"
    assert repr(two) == "FittingSizes((4, 5), 8)"
    assert list(islice(two, 4)) == [4, 5, 12, 13]
    assert two == FittingSizes((4, 5), 8) != FittingSizes((4, 5), 9)
    assert two != (4, 5)
    assert len({two, FittingSizes((4, 5), 8)}) == 1
    for value in (two, Stack([Conv(3)]).receptive_field()):
        assert pickle.loads(pickle.dumps(value)) == copy.deepcopy(value) == value
        with pytest.raises(AttributeError, match="cannot be changed"):
            value.period = 9  # type: ignore[misc, union-attr]
    assert all(number in two for number in (5, np.int64(13)))
    assert not any(number in two for number in (14, 3, "5", 5.0))
    assert (two.at_least(6), two.at_least(1)) == (12, 4)
    assert FittingSizes((), 0).up_to(9) == []
    assert FittingSizes((), 0).at_least(3) is None
    assert FittingSizes((7,), 0).at_least(8) is None


def test_axes_that_differ_have_sizes_of_their_own() -> None:
    rules: Any = Stack([Pool((2, 4)), Resize((2, 4))]).fitting_sizes()

    assert list(map(str, rules)) == ["multiples of 2, from 2", "multiples of 4, from 4"]


def test_the_first_broken_skip_is_mended_by_output_padding() -> None:
    unet = Stack([Pool(2), Pool(2), *[ConvTranspose(2, stride=2)] * 2])
    skips = [(0, 4), (1, 3)]

    broken: Any = unet.broken_skip((223, 222), skips)
    assert (broken.skip, broken.wanted, broken.got) == ((1, 3), (111, 111), (110, 110))
    assert (broken.layer, broken.output_padding) == (2, 1)
    assert broken.output_size == (111, 111)
    again = broken.fixed.broken_skip((223, 222), skips)
    assert again.output_padding == (1, 0)
    assert again.fixed.broken_skip((223, 222), skips) is None
    assert "got=(222, 222)" in repr(again)


def test_a_mended_skip_meets_and_an_unmended_one_cannot() -> None:
    dice, mended, lost = random.Random(3), 0, 0
    for _ in range(150):
        stack = _drawn_stack(dice, 2, 5)
        for in_size in range(1, 40):
            try:
                broken = stack.broken_skip(in_size)
            except SizeError:
                continue
            if broken is None:
                assert stack.out_size(in_size) == in_size, (stack, in_size)
            elif broken.fixed is not None:
                mended += 1
                assert broken.fixed.out_size(in_size) == in_size, (stack, in_size)
            else:
                lost += 1
                assert broken.layer is None, (stack, in_size)
                assert "no output_padding makes them equal" in str(broken)
    assert min(mended, lost) > 100


def test_a_size_that_output_size_does_not_offer_is_not_said_to_be_had_by_it() -> None:
    stack = Stack([Conv(2, dilation=3), ConvTranspose(1, dilation=3), Conv(1)])
    broken: Any = stack.broken_skip(5)
    wide: Any = Stack([Conv(3), ConvTranspose(1, dilation=3)]).broken_skip(5)

    assert broken.output_padding is None
    assert (wide.output_padding, wide.output_size) == (2, None)
    assert "output_size" not in str(wide)


def test_one_axis_that_cannot_be_mended_leaves_the_layer_as_it_is() -> None:
    up = ConvTranspose((2, 2), stride=2, padding=(0, 1))
    broken: Any = Stack([Pool(2), up]).broken_skip((8, 8))

    assert broken.fixed is None


def _module(layer: Any) -> nn.Module:
    if isinstance(layer, Resize):
        return nn.Upsample(scale_factor=layer.factor)
    if isinstance(layer, Pool):
        return nn.AvgPool1d(layer.kernel_size, layer.stride, 0, layer.ceil_mode)
    module = layer.to_torch(1, 1, dims=1, bias=False)
    nn.init.constant_(module.weight, 1.0)
    return module.double()


def _read(net: nn.Module, in_size: int, position: int) -> tuple[int, ...]:
    """The inputs that torch's autograd gives a gradient."""
    x = torch.ones(1, 1, in_size, dtype=torch.double, requires_grad=True)
    net(x)[0, 0, position].backward()
    assert x.grad is not None
    return tuple(x.grad[0, 0].nonzero()[:, 0].tolist())


@pytest.mark.slow
def test_the_receptive_field_is_that_of_autograd_at_every_position() -> None:
    dice, through = random.Random(7), 0
    while through < 100:
        stack, in_size = _drawn_stack(dice, 1, 5), dice.randint(1, 24)
        out_size = _out_size(stack, in_size)
        if out_size is None or out_size > 60:
            continue
        through += any(isinstance(layer, ConvTranspose) for layer in stack)
        net = nn.Sequential(*map(_module, stack))
        with onednn(enabled=False):
            for position in range(out_size):
                read = _read(net, in_size, position)
                assert stack.inputs_of(position, in_size) == read, (stack, position)


@pytest.mark.slow
def test_the_field_away_from_the_ends_is_the_same_without_them() -> None:
    dice, stacks, in_size = random.Random(11), 0, 90
    while stacks < 150:
        stack = _drawn_stack(dice, 1, 4)
        out_size = _out_size(stack, in_size)
        through = any(isinstance(layer, ConvTranspose) for layer in stack)
        if not through or out_size is None or out_size > 400:
            continue
        stacks += 1
        field: Any = stack.receptive_field()
        middle = out_size // 2
        for position in range(middle, min(middle + field.period, out_size)):
            inside = field.at(position)
            if inside and (inside[0] < 0 or inside[-1] >= in_size):
                continue
            assert stack.inputs_of(position, in_size) == inside, (stack, position)


def test_a_receptive_field_says_its_size_stride_and_start() -> None:
    last = [*[Conv(3, stride=2)] * 4, *[Conv(2, stride=2)] * 2]
    wav2vec = Stack([Conv(10, stride=5), *last])
    field: Any = wav2vec.receptive_field()

    assert (field.size, field.stride, field.starts) == (400, Fraction(320), (0,))
    assert field.at(2)[::399] == (640, 1039)
    assert "period=1" in repr(field)
    assert field == wav2vec.receptive_field()
    assert field != (400,)
    assert len({field, wav2vec.receptive_field()}) == 1


def test_filled_padding_is_of_no_matter_away_from_the_ends() -> None:
    filled = Stack([Conv(3, padding=1, padding_mode="circular")])

    assert filled.inputs_of(1, 4) == (0, 1, 2)
    assert Stack([Conv(3, padding=1)]).inputs_of(0, 4) == (0, 1)


def test_what_is_read_is_known_in_a_moment_or_refused() -> None:
    codec = [
        layer
        for scale in (8, 5, 4, 3, 2)
        for layer in (ConvTranspose(2 * scale, stride=scale), Conv(7, dilation=9))
    ]
    asked = [
        lambda: Stack(codec).receptive_field(),
        lambda: Stack([Conv(3)] * 2000).receptive_field(),
        lambda: Stack([Conv(10**8)]).inputs_of(5, 10**9),
        lambda: Stack([Conv(1, stride=10**8), Conv(2)]).receptive_field(),
        lambda: Stack([DOWN] * 17 + [UP] * 17).fitting_sizes(),
        lambda: taps(UP, 10**7),
    ]
    for question in asked:
        started = time.process_time()
        with suppress(SizeError):
            question()
        assert time.process_time() - started < 2


def test_an_output_that_reads_nothing_has_no_start() -> None:
    field: Any = Stack([ConvTranspose(1, stride=2)]).receptive_field()

    assert field.phases == ((0,), ())
    assert (field.sizes, field.starts) == ((1, 0), (0, None))


def test_axes_that_differ_have_fields_of_their_own() -> None:
    stack = Stack([Conv((3, 5))])
    fields: Any = stack.receptive_field()

    assert [field.size for field in fields] == [3, 5]
    assert stack.inputs_of((0, 1), (5, 8)) == ((0, 1, 2), (1, 2, 3, 4, 5))


def test_interpolation_has_sizes_but_no_receptive_field() -> None:
    stack = Stack([nn.Upsample(scale_factor=2, mode="bilinear")])

    assert stack.out_size((3, 4)) == (6, 8)
    with pytest.raises(SizeError, match="interpolation mixes neighbours"):
        stack.receptive_field()


def test_what_is_copied_reads_one_input() -> None:
    field: Any = Stack([Resize(3)]).receptive_field()

    assert field.phases == ((0,), (0,), (0,))
    assert Stack([Conv(3), Resize(2)]).inputs_of(3, 6) == (1, 2, 3)


def test_a_layer_alone_is_a_stack_of_one() -> None:
    assert Stack(Conv(3)) == Stack([Conv(3)])
    assert (Stack([Conv(3)]).axes, Stack([Conv((3, 5))]).axes) == (0, 2)
