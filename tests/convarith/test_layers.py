"""Layers answer on every axis what the functions answer on one."""

import copy
import pickle
from typing import Any

import pytest

from convarith import Conv, ConvTranspose, conv_size


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
