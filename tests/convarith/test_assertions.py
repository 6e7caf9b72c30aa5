"""Sizes that are asserted hold or not, and a message's fix is one that works."""

import random
import re

import pytest
import torch
from torch import nn

import convarith
from convarith import (
    Conv,
    ConvTranspose,
    Layer,
    Pool,
    Resize,
    SizeError,
    Stack,
    assert_fits,
    assert_out_size,
)
from convarith._axes import PerAxis

DOWN, UP = Conv(3, stride=2, padding=1), ConvTranspose(3, stride=2, padding=1)
UNET = Stack([Pool(2), Pool(2), *[ConvTranspose(2, stride=2)] * 2])
SKIPS = [(0, 4), (1, 3)]
SEED = 20261128

# What is asserted, and the lines of the message before the layers.
FAILED = [
    ([DOWN, UP], 28, 28, ["28 becomes 27, not 28.", "Fix: output_padding=1 on layer 1, or output_size=28 in its call."]),
    (ConvTranspose(3, stride=2, dilation=3), 4, 15, ["4 becomes 13, not 15.", "Fix: output_padding=2 on layer 0."]),
    (Conv(3), (28, 30), (28, 28), ["(28, 30) becomes (26, 28), not (28, 28).", "axis 0: 26, not 28", "Fix: Conv(3, padding=(1, 0)) as layer 0.", "An input of (30, 30) gives (28, 28)."]),
    ([Conv(3), Conv(3, stride=2)], 32, 16, ["32 becomes 14, not 16.", "Fix: Conv(3, stride=2, padding=2) as layer 1.", "An input of 35 to 36 gives 16."]),
    (Conv(5, padding_mode="reflect"), 2, 2, None),
    (Conv(9, padding=4, padding_mode="circular"), 4, 12, ["4 becomes 4, not 12.", "Fix: an input of 12 gives 12."]),
    (Pool(2), 27, 14, ["27 becomes 13, not 14.", "Fix: an input of 28 to 29 gives 14."]),
    (Resize(2), 27, 53, ["27 becomes 54, not 53.", "Fix: pad or crop the output; no other input gives 53, and no padding of one layer was found that does."]),
    (Conv(3, stride=2), 5, 1, ["5 becomes 2, not 1.", "Fix: an input of 3 to 4 gives 1."]),
    ([Conv(3), Pool(2)], 9, 4, ["9 becomes 3, not 4.", "Fix: Conv(3, padding=1) as layer 0.", "An input of 10 to 11 gives 4."]),
]  # fmt: skip


@pytest.mark.parametrize(("layers", "in_size", "out_size", "lines"), FAILED)
def test_an_assertion_says_both_sizes_the_axis_and_the_fix(
    layers: Layer | list[Layer],
    in_size: PerAxis,
    out_size: PerAxis,
    lines: list[str] | None,
) -> None:
    if lines is None:
        with pytest.raises(SizeError, match="layer 0 of the stack"):
            assert_out_size(layers, in_size, out_size)
        return
    with pytest.raises(AssertionError) as failed:
        assert_out_size(layers, in_size, out_size)
    said = str(failed.value).splitlines()
    number = len(Stack(layers))

    assert said[:-number] == lines
    assert all("->" in line for line in said[-number:])


def test_every_fix_that_a_message_names_gives_the_size_that_was_asserted() -> None:
    chance, seen = random.Random(SEED), set()
    for _ in range(400):
        layers = [drawn(chance) for _ in range(chance.randint(1, 3))]
        in_size, wanted = chance.randint(9, 40), chance.randint(2, 60)
        try:
            assert_out_size(layers, in_size, wanted)
        except AssertionError as error:
            for line in str(error).splitlines()[1 : -len(layers)]:
                seen.add(kept(line, layers, in_size, wanted))
        except SizeError:
            continue
        else:
            assert Stack(layers).out_size(in_size) == wanted

    assert seen == {"output_padding", "layer", "input", "none"}


def drawn(chance: random.Random) -> Layer:
    kernel_size, stride = chance.randint(1, 5), chance.randint(1, 3)
    kind = chance.choice((Conv, ConvTranspose))
    padding = chance.randint(0, kernel_size // 2)
    return kind(kernel_size, stride=stride, padding=padding)


def kept(line: str, layers: list[Layer], in_size: int, wanted: int) -> str:
    """What kind of fix a line names; it is put in and has to give the size."""
    fixed = list(layers)
    if found := re.match(r"Fix: output_padding=(\d+) on layer (\d+)", line):
        number = int(found[2])
        fixed[number] = layers[number].replace(output_padding=int(found[1]))
        assert Stack(fixed).out_size(in_size) == wanted, line
        return "output_padding"
    if found := re.fullmatch(r"Fix: (.+) as layer (\d+)\.", line):
        fixed[int(found[2])] = eval(found[1], vars(convarith))
        assert Stack(fixed).out_size(in_size) == wanted, line
        return "layer"
    if found := re.fullmatch(
        r"(?:Fix: an|An) input of (\d+)(?: to (\d+))? gives \d+\.", line
    ):
        ends = int(found[1]), int(found[2] or found[1])
        assert {Stack(layers).out_size(size) for size in ends} == {wanted}, line
        return "input"
    assert line.startswith("Fix: pad or crop the output"), line
    assert not Stack(layers).in_sizes(wanted)
    return "none"


def test_a_skip_that_does_not_meet_is_named_with_the_next_input_that_fits() -> None:
    assert_fits(UNET, (224, 228), SKIPS)
    with pytest.raises(AssertionError) as failed:
        assert_fits(UNET, (222, 224), iter(SKIPS))

    assert str(failed.value).splitlines()[:4] == [
        "layer 2 gives (110, 112), but the skip from position 1 has (111, 112).",
        "axis 0: 110, not 111",
        "Fix: output_padding=(1, 0) on layer 2, or output_size=(111, 112) in its call.",
        "Or an input of (224, 224), the next that fits.",
    ]


@pytest.mark.parametrize(
    "layers",
    [Conv(3), [Conv(1, stride=1_009), Conv(1, stride=1_013)]],
    ids=["none fits", "too many to try"],
)
def test_no_input_is_named_where_none_is_known_to_fit(
    layers: Layer | list[Layer],
) -> None:
    with pytest.raises(AssertionError) as failed:
        assert_fits(layers, 3_000)

    assert "the next that fits" not in str(failed.value)


def test_the_assertions_speak_chinese() -> None:
    with pytest.raises(AssertionError, match="28 变成了 27，不是 28。"):
        assert_out_size([DOWN, UP], 28, 28, language="zh")
    with pytest.raises(AssertionError, match="或者把输入改成 224，"):
        assert_fits(UNET, 222, SKIPS, language="zh")
    with pytest.raises(ValueError, match="language"):
        assert_out_size(DOWN, 28, 14, language="fr")


def test_sizes_for_other_axes_are_no_failed_assertion() -> None:
    for in_size, out_size in ((28, (14, 14)), ((28, 28), 14), ((28, 28), (14,))):
        with pytest.raises(TypeError, match="must be given for the same axes"):
            assert_out_size(DOWN, in_size, out_size)


def test_a_torch_module_is_asserted_on_the_sizes_that_torch_gives() -> None:
    net = nn.Sequential(
        nn.Conv2d(1, 1, 4, 2), nn.ReLU(), nn.ConvTranspose2d(1, 1, 4, 2)
    )
    x = torch.zeros(1, 1, 12, 13)
    y = net(x)

    assert_out_size(net, x.shape[2:], y.shape[2:])
    with pytest.raises(AssertionError, match=r"axis 1: 12, not 13"):
        assert_fits(net, x.shape[2:])
