"""Every line of an explanation has the value of the last one."""

import re
from itertools import product
from typing import Any

from convarith import Conv, ConvTranspose, Pool, Resize, Stack, explain

UNEVEN = Conv(2, padding=((1, 0),))
LAYERS: list[Any] = [
    *(Conv(k, stride=s, dilation=d) for k, s, d in product((1, 3), (1, 2), (1, 2))),
    *(
        ConvTranspose(k, stride=s, dilation=d)
        for k, s, d in product((1, 3), (1, 2), (1, 2))
    ),
    Conv(4, stride=3, padding=2, dilation=2),
    UNEVEN,
    ConvTranspose(3, stride=2, padding=1, output_padding=1),
    ConvTranspose(4, stride=3, output_padding=2, dilation=2),
    ConvTranspose((4,), stride=2, padding=((0, 2),)),
    Pool(3, stride=2, padding=1),
    *(Pool(k, stride=s, padding=1, ceil_mode=True) for k, s in product((2, 4), (2, 3))),
]


def _value(line: str) -> int:
    """What a line of the text or of the TeX comes to."""
    line = re.sub(
        r"\\left\\lfloor \\frac\{(.*)\}\{(\d+)\} \\right\\rfloor", r"((\1) // \2)", line
    )
    line = re.sub(r"floor\((.*) / (\d+)\)", r"(\1 // \2)", line)
    line = re.sub(r"\\?min\((.*), (\d+)\)", r"(\1 if \1 < \2 else \2)", line)
    line = line.replace(r"\cdot", "*").replace("\\\\", "")
    line = re.sub(r"(\d)\(", r"\1 * (", line)
    assert re.fullmatch(r"(?:[\d\s()+*/<-]| if | else )+", line), line
    return int(eval(line))


def test_every_line_with_numbers_has_the_size_as_its_value() -> None:
    for layer, markup, in_size in product(LAYERS, ("text", "tex"), (5, 8, 13)):
        text = explain(layer, in_size, markup=markup)  # type: ignore[call-overload]
        lines = re.findall(r"= (.*)$", text, re.MULTILINE)

        values = [_value(line) for line in lines[1:]]
        assert values == [layer.out_size(in_size)] * 3, text
        assert lines[-1] == str(layer.out_size(in_size))


def test_the_first_line_is_the_formula_with_names_or_letters() -> None:
    layer = ConvTranspose(3, stride=2)
    tex = explain(layer, 5, markup="tex")

    assert explain(layer, 5).startswith("out_size = (in_size - 1) * stride + ")
    assert r"o' &= (i' - 1)s + d(k - 1) + 1 - 2p + p' \\" in tex
    assert "(before + after)" in explain(UNEVEN, 5)
    assert "p_{0} + p_{1}" in explain(UNEVEN, 5, markup="tex")


ENDS: list[tuple[Any, int, Any, str]] = [
    (Conv(3, stride=2), 10, "en", "Every input size from 9 to 10 gives 4."),
    (Conv(3, stride=2), 10, "zh", "输入尺寸从 9 到 10，输出都是 4。"),
    (Conv(3), 10, "en", "Only the input size 10 gives 8."),
    (ConvTranspose(3, stride=2, padding=1, output_padding=1), 4, "en", "padding crops 1 at the start and 1 at the end; output_padding adds 1 at the end."),
]  # fmt: skip


def test_the_sentence_tells_what_shares_the_output_and_what_is_cropped() -> None:
    for layer, in_size, language, sentence in ENDS:
        assert explain(layer, in_size, language=language).endswith(sentence)
    past = ConvTranspose(3, stride=2, output_padding=1)
    assert "偏置" in explain(past, 4, language="zh")


def test_axes_are_explained_one_by_one() -> None:
    text = explain(ConvTranspose((3, 4), stride=2), (5, 5))

    assert text.count("axis ") == 2
    assert "= 11" in text
    assert "= 12" in text
    assert explain(Conv(3), (5, 6), language="zh").startswith("维度 0：\n")
    assert explain(Conv(3), (5, 6), markup="tex").count("aligned") == 4


def test_every_layer_of_a_stack_is_explained_in_turn() -> None:
    stack = Stack([Conv(3), Pool(2, ceil_mode=True), Resize((2, 3))])
    text = explain(stack, (9, 9))

    assert re.findall(r"^layer \d.*", text, re.M) == [
        "layer 0: Conv(3)",
        "layer 1: Pool(2, ceil_mode=True)",
        "layer 2: Resize((2, 3))",
    ]
    assert re.findall(r"= (\d+)$", text, re.M) == ["7", "7", "4", "4", "8", "12"]
    assert explain(stack, (9, 9), markup="tex").count(r"\begin{aligned}") == 6
    assert "每个元素变成 2 个" in explain(Resize(2), 3, language="zh")
