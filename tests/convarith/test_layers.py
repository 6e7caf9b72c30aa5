"""Layers answer on every axis what the functions answer on one."""

import copy
import pickle
from itertools import product
from typing import Any

import numpy as np
import pytest
import torch

from convarith import (
    Conv,
    ConvTranspose,
    Pool,
    Resize,
    SizeError,
    Stack,
    conv_size,
    explain,
    taps,
)


def test_a_size_is_answered_with_a_size_and_a_tuple_with_a_tuple() -> None:
    layer = ConvTranspose(3, stride=2)

    assert layer.out_size(5) == 11
    assert layer.out_size((5,)) == (11,)
    assert layer.out_size((5, 7, 9)) == (11, 15, 19)


def test_a_tuple_gives_each_axis_its_own_value() -> None:
    layer = Conv((3, 5), stride=(1, 2), padding=(1, 2), dilation=(2, 1))

    assert layer.out_size((20, 30)) == (
        conv_size(20, kernel_size=3, padding=1, dilation=2),
        conv_size(30, kernel_size=5, stride=2, padding=2),
    )


def test_in_a_tuple_an_axis_may_have_different_padding_at_its_ends() -> None:
    layer = ConvTranspose(4, stride=2, padding=((0, 2), 1))

    assert layer.out_size((6, 6)) == (12, 12)


def test_in_sizes_of_a_tuple_are_a_range_for_each_axis() -> None:
    assert Conv(3, stride=(1, 2)).in_sizes((4, 4)) == (range(6, 7), range(9, 11))
    assert ConvTranspose(3, stride=2).in_sizes((11, 10)) == (range(5, 6), range(0))


def test_direct_and_transposed_lead_to_each_other() -> None:
    own: Any = {"stride": 2, "padding": 1, "dilation": (1, 2)}
    layer = ConvTranspose((3, 5), output_padding=1, **own)

    assert layer.direct == Conv((3, 5), **own)
    assert layer.direct.transposed == ConvTranspose((3, 5), **own)
    assert layer.direct.out_size(layer.out_size((6, 8))) == (6, 8)


def test_a_layer_reads_as_it_was_written() -> None:
    text = "ConvTranspose((3, 5), stride=2, padding=(1, 2), output_padding=1)"

    assert repr(Conv(3)) == "Conv(3)"
    assert repr(eval(text, {"ConvTranspose": ConvTranspose})) == text


EVERY_KIND: list[Any] = [
    *(Pool(k, stride=s, padding=k // 2, ceil_mode=c) for k, s, c in product((2, 3), (None, 1, 2, 3), (False, True))),
    *(ConvTranspose(k, stride=3, padding=p, output_padding=a) for k, p, a in product((1, (2, 5)), (0, 1, (1, (0, 2))), (0, 2, (0, 1)))),
    *(Conv(k, stride=2, padding=p, dilation=d) for k, p, d in product((1, [2, 5]), (0, ((1, 0), 1)), (1, (1, 3)))),
    *(Resize(f, mode=mode) for f, mode in product((1, (2, 3)), ("nearest", "bicubic"))),
]  # fmt: skip


def test_what_is_shown_of_a_layer_makes_it_again() -> None:
    names = {kind.__name__: kind for kind in (Conv, ConvTranspose, Pool, Resize, Stack)}
    stacks = [Stack([layer, layer]) for layer in EVERY_KIND]
    for layer in [*EVERY_KIND, *stacks]:
        assert eval(repr(layer), names) == layer, layer
    assert (repr(Pool(2)), repr(Pool(3, stride=1))) == ("Pool(2)", "Pool(3, stride=1)")


def test_a_list_is_as_good_as_a_tuple() -> None:
    layer = Conv([3, 5], padding=[[0, 1], 2])

    assert layer == Conv((3, 5), padding=((0, 1), 2))
    assert layer.kernel_size == (3, 5)
    assert layer.out_size([5, 7]) == (4, 7)
    assert layer.in_sizes([4, 7]) == (range(5, 6), range(7, 8))
    assert Stack([layer]).trace([5, 7]) == ((5, 7), (4, 7))
    assert conv_size(4, kernel_size=3, padding=[1, 0]) == 3
    assert explain(layer, [5, 7]) == explain(layer, (5, 7))
    assert [at.counts for at in taps(ConvTranspose(1), [1, 2])] == [(1,), (1, 1)]


class Index:
    """What counts like an int, as NumPy's and torch's whole numbers do."""

    def __init__(self, number: int) -> None:
        self.number = number

    def __index__(self) -> int:
        return self.number


@pytest.mark.parametrize("kind", [np.int8, np.uint16, np.uint64, torch.tensor, Index])
def test_whole_numbers_of_another_type_are_answered_as_ints_are(kind: Any) -> None:
    one, two, three, forty = map(kind, (1, 2, 3, 40))
    conv = Conv(three, stride=two, padding=(one, (one, two)), dilation=two)
    up = ConvTranspose(three, stride=two, output_padding=one)
    layers: list[tuple[Any, Any]] = [
        (conv, Conv(3, stride=2, padding=(1, (1, 2)), dilation=2)),
        (up, ConvTranspose(3, stride=2, output_padding=1)),
        (Pool(three, stride=two, ceil_mode=True), Pool(3, stride=2, ceil_mode=True)),
        (Resize(forty), Resize(40)),
    ]
    for layer, same in layers:
        size, plain = ((forty, forty), (40, 40)) if layer.axes else (forty, 40)
        assert repr(layer) == repr(same)
        assert repr(layer.out_size(size)) == repr(same.out_size(plain))
        assert repr(layer.in_sizes(size)) == repr(same.in_sizes(plain))
        assert Stack([layer]).receptive_field() == Stack([same]).receptive_field()
    assert repr(Stack([]).trace(forty)) == "(40,)"
    assert explain(up, forty) == explain(up, 40)
    assert taps(up, three).counts == taps(up, 3).counts
    assert repr(Stack([up]).inputs_of(three, forty)) == "(1,)"


def test_padding_in_words_is_that_of_torch() -> None:
    assert Conv(3, padding="same") == Conv(3, padding=1)
    assert Conv(4, padding="valid") == Conv(4)
    assert Conv((4, 3), padding="same", dilation=3) == Conv((4, 3), padding=((4, 5), 3), dilation=3)  # fmt: skip


def test_what_a_layer_says_of_an_axis_does_not_change_it() -> None:
    layer = Conv(3)
    layer.on_axis(0)["stride"] = 5

    assert (layer, layer.out_size(9)) == (Conv(3), 7)


def test_a_layer_with_other_parameters_is_another_layer() -> None:
    layer = Conv((3, 5), stride=2)

    assert layer.replace(stride=1, padding=((1, 0), 2)) == Conv((3, 5), padding=((1, 0), 2))  # fmt: skip
    assert layer == Conv((3, 5), stride=2)
    with pytest.raises(TypeError):
        layer.replace(strides=3)


def test_only_the_axes_there_are_can_be_asked() -> None:
    for axis in (2, -1):
        with pytest.raises(SizeError, match="axis"):
            Conv((3, 5)).on_axis(axis)
    assert Conv(3).on_axis(7)["kernel_size"] == 3


def test_a_layer_can_be_taken_apart_by_a_pattern() -> None:
    match ConvTranspose(3, stride=2):
        case ConvTranspose(kernel_size, stride):
            assert (kernel_size, stride) == (3, 2)


class Named(Conv):
    """A convolution that somebody derived from."""

    __slots__ = ("name",)


def test_a_layer_of_a_derived_class_does_what_the_layer_does() -> None:
    layer = Named(3, stride=2)

    assert explain(layer, 9) == explain(Conv(3, stride=2), 9)
    assert repr(layer.to_torch(1, 1, dims=1)) == repr(Conv(3, stride=2).to_torch(1, 1, dims=1))  # fmt: skip
    assert pickle.loads(pickle.dumps(layer)) == layer
    assert repr(layer) == "Named(3, stride=2)"


def test_layers_are_values() -> None:
    layer = ConvTranspose(3, stride=2)

    assert layer == ConvTranspose(3, stride=2)
    assert layer != ConvTranspose(3, stride=3)
    assert layer != Conv(3, stride=2)
    assert len({layer, ConvTranspose(3, stride=2), Conv(3, stride=2)}) == 2
    assert pickle.loads(pickle.dumps(layer)) == copy.deepcopy(layer) == layer
    for change in (
        lambda: setattr(layer, "stride", 3),
        lambda: delattr(layer, "stride"),
    ):
        with pytest.raises(AttributeError, match="cannot be changed"):
            change()
    with pytest.raises(AttributeError):
        layer.strides = 3  # type: ignore[attr-defined]
