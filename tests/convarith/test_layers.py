"""Layers answer on every axis what the functions answer on one."""

import copy
import pickle

import pytest

from convarith import Conv, ConvTranspose, SizeError, conv_size, conv_transpose_size


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


@pytest.mark.parametrize("size", [1, 4, 9])
def test_in_sizes_are_all_that_lead_to_the_size(size: int) -> None:
    for layer in (Conv(3, stride=2, padding=1), ConvTranspose(3, stride=2, padding=1)):
        wanted = []
        for candidate in range(1, 40):
            try:
                if layer.out_size(candidate) == size:
                    wanted.append(candidate)
            except SizeError:
                continue

        assert list(layer.in_sizes(size)) == wanted


def test_in_sizes_of_a_tuple_are_a_range_for_each_axis() -> None:
    assert Conv(3, stride=(1, 2)).in_sizes((4, 4)) == (range(6, 7), range(9, 11))
    assert ConvTranspose(3, stride=2).in_sizes((11, 10)) == (range(5, 6), range(0))


def test_direct_and_transposed_lead_to_each_other() -> None:
    layer = ConvTranspose(
        (3, 5), stride=2, padding=1, output_padding=1, dilation=(1, 2)
    )

    assert layer.direct == Conv((3, 5), stride=2, padding=1, dilation=(1, 2))
    assert layer.direct.transposed == ConvTranspose(
        (3, 5), stride=2, padding=1, dilation=(1, 2)
    )
    assert layer.direct.out_size(layer.out_size((6, 8))) == (6, 8)


def test_a_layer_reads_as_it_was_written() -> None:
    assert repr(Conv(3)) == "Conv(3)"
    assert (
        repr(ConvTranspose((3, 5), stride=2, padding=(1, 2), output_padding=1))
        == "ConvTranspose((3, 5), stride=2, padding=(1, 2), output_padding=1)"
    )


def test_layers_are_values() -> None:
    layer = ConvTranspose(3, stride=2)

    assert layer == ConvTranspose(3, stride=2)
    assert layer != ConvTranspose(3, stride=3)
    assert layer != Conv(3, stride=2)
    assert len({layer, ConvTranspose(3, stride=2), Conv(3, stride=2)}) == 2
    assert pickle.loads(pickle.dumps(layer)) == copy.deepcopy(layer) == layer
    with pytest.raises(AttributeError, match="cannot be changed"):
        layer.stride = 3  # type: ignore[misc]
    with pytest.raises(AttributeError, match="cannot be changed"):
        del layer.stride
    with pytest.raises(AttributeError):
        layer.strides = 3  # type: ignore[attr-defined]


def test_a_layer_agrees_with_the_function_on_its_axis() -> None:
    for stride in (1, 2, 3):
        layer = ConvTranspose(4, stride=stride, padding=1)
        assert layer.out_size(7) == conv_transpose_size(
            7, kernel_size=4, stride=stride, padding=1
        )
