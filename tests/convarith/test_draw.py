"""A drawing shows what the library counts, in a moment and in few marks, for any layer."""

import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from convarith import (
    Conv,
    ConvTranspose,
    Drawing,
    Layer,
    Pool,
    Resize,
    SizeError,
    Stack,
    draw,
    taps,
)
from convarith._strip import Bar, Join, Strip, drawn, ruler_of, scene_of
from convarith._svg import COLOURS
from tests.adapter import ROOT

SVG = "{http://www.w3.org/2000/svg}"
GIVEN = ("out", "op", "bias", "hole")
AMBER = ("ker", "ker-2", "crop", "pad")


def _rects(drawing: Drawing) -> list[tuple[str, float, float, float, float]]:
    """Each rectangle on the card: its kind, its place and its size."""
    tree = ElementTree.fromstring(drawing.svg)
    body = next(one for one in tree.findall(f"{SVG}g") if len(one))
    return [
        (one.get("class", ""), *(float(one.get(name, "")) for name in ("x", "y", "width", "height")))
        for one in body.findall(f"{SVG}rect")
    ]  # fmt: skip


def _rows(drawing: Drawing, which: Callable[..., float]) -> tuple[list[str], list[int]]:
    """The kinds of the columns in the highest or lowest row, and the products of each."""
    found = _rects(drawing)
    # A product is half a pixel narrower at either side than the column it belongs to.
    row = which(y for _, _, y, _, height in found if height == 30)
    cells = sorted(
        (x, kind) for kind, x, y, _, height in found if (y, height) == (row, 30)
    )
    bricks = [
        x - 0.5 for kind, x, _, _, height in found if height < 18 and kind in AMBER
    ]
    products = [sum(abs(x - own) < 0.1 for own in bricks) for x, _ in cells]
    return [kind for _, kind in cells], products


def _any(dice: random.Random, largest: int) -> tuple[Layer, int]:
    stride, dilation = dice.randint(1, largest), dice.randint(1, largest)
    size = dice.randint(1, 4 * largest)
    kernel_size, padding = dice.randint(1, 2 * largest), dice.randint(0, largest)
    kind = dice.randrange(4)
    if kind == 0:
        return Conv(
            kernel_size, stride=stride, padding=padding, dilation=dilation
        ), size
    if kind == 1:
        padding = min(padding, kernel_size // 2)
        return Pool(
            kernel_size,
            stride=stride,
            padding=padding,
            dilation=dilation,
            ceil_mode=dice.random() < 0.5,
        ), size
    if kind == 2:
        return Resize(stride), size
    more = dice.randrange(max(stride, dilation))
    return ConvTranspose(
        kernel_size,
        stride=stride,
        padding=padding,
        dilation=dilation,
        output_padding=more,
    ), size


def _layers(count: int, largest: int) -> Iterator[tuple[Layer, int, int]]:
    """Layers at random that take their size, and the size that comes out."""
    dice = random.Random(7)
    while count:
        layer, size = _any(dice, largest)
        try:
            out_size = layer.out_size(size)
        except SizeError:
            continue
        count -= 1
        yield layer, size, out_size


def test_500_random_layers_are_drawn_in_a_moment() -> None:
    for number, (layer, size, out_size) in enumerate(_layers(500, 9)):
        language = ("en", "zh")[number % 2]
        started = time.process_time()
        drawing = draw(layer, size, language=language)
        took = time.process_time() - started
        words = "".join(ElementTree.fromstring(drawing.svg).itertext())

        assert took < 0.05, layer
        assert drawing.svg.count("<") < 2500, layer
        kept = size if isinstance(layer, (Conv, Pool)) else out_size
        names = ("output", "input") if language == "en" else ("输出", "输入")
        assert f"{names[isinstance(layer, (Conv, Pool))]} {kept}" in words, layer


def test_columns_and_products_are_those_that_the_library_counts() -> None:
    seen = Counter[str]()
    for layer, size, out_size in _layers(500, 3):
        full = (size - 1) * getattr(layer, "stride", 1) + 8
        if not isinstance(layer, ConvTranspose) or max(full, out_size) > 16:
            continue
        kinds, products = _rows(draw(layer, size), max)
        kept = [number for number, kind in enumerate(kinds) if kind in GIVEN]
        own = taps(layer, size)

        assert len(kept) == out_size, layer
        assert tuple(products[number] for number in kept) == own.counts, layer
        assert [kinds[number] for number in kept].count("bias") == len(own.bias_only)
        assert kinds.index(kinds[kept[0]]) == layer.padding, layer
        holes = [place for place, number in enumerate(kept) if kinds[number] == "hole"]
        back = layer.output_padding
        assert isinstance(back, int)
        assert holes == [place for place in own.holes if place < out_size - back], layer
        seen.update(kinds)
    assert min(seen[kind] for kind in (*GIVEN, "crop")) > 10


def test_windows_are_those_that_the_outputs_read() -> None:
    drawn = Counter[str]()
    for layer, size, out_size in _layers(400, 3):
        if not isinstance(layer, (Conv, Pool)) or size > 8:
            continue
        kinds, products = _rows(draw(layer, size), min)
        inputs = [
            products[n] for n, kind in enumerate(kinds) if kind in ("in", "unread")
        ]
        read = [layer.inputs_of(position, size) for position in range(out_size)]

        assert inputs == [sum(n in one for one in read) for n in range(size)], layer
        unread = [kind == "unread" for kind in kinds if kind in ("in", "unread")]
        assert unread == [count == 0 for count in inputs], layer
        drawn.update(kinds)
    assert min(drawn[kind] for kind in ("in", "unread", "pad")) > 10


HUGE = {
    "in_size": (ConvTranspose(4, stride=2, padding=1), 10**12),
    "kernel_size": (ConvTranspose(10**6, stride=10**5), 10**6),
    "one input": (ConvTranspose(10**6), 1),
    "stride 1": (ConvTranspose(10**6), 1000),
    "stride": (ConvTranspose(3, stride=10**6, output_padding=10**5), 10**7),
    "overlap": (ConvTranspose(25), 30),
    "padding": (Conv(10**6, stride=3, padding=10**6), 10**12),
    "window": (Pool(10**6, ceil_mode=True), 10**12 + 1),
    "factor": (Resize(10**6), 10**6),
}


@pytest.mark.parametrize("name", HUGE)
def test_a_huge_layer_has_few_marks(name: str) -> None:
    layer, size = HUGE[name]
    started = time.process_time()
    drawing = draw(layer, size)

    assert time.process_time() - started < 0.05
    assert drawing.svg.count("<") < 300
    out_size = f"{layer.out_size(size):,}".replace(",", "\u202f")
    shown = size if isinstance(layer, (Conv, Pool)) else layer.out_size(size)
    assert out_size in drawing.svg or isinstance(layer, (Conv, Pool))
    assert (
        f"{shown:,}".replace(",", "\u202f") if shown > 9999 else str(shown)
    ) in drawing.svg


def test_both_ends_are_drawn_and_the_rest_is_counted() -> None:
    drawing = draw(ConvTranspose(4, stride=2, padding=1), 100)
    cells = re.findall(r'<rect class="in" ', drawing.svg)
    (hidden,) = re.findall(r">(\d+) more<", drawing.svg)

    # One is the sample in the sum.
    assert len(cells) - 1 + int(hidden) == 100
    assert "还有" in draw(ConvTranspose(4, stride=2), 100, language="zh").svg


def test_a_cut_and_its_end_are_numbers_and_so_is_the_sum() -> None:
    svg = draw(ConvTranspose(4, stride=2, padding=2, output_padding=1), 4).svg

    for text in ("−2", "−1", "+1", "(4 − 1) × 2 = 6", "output 7", "length 10"):
        assert f">{text}<" in svg, text
    assert re.findall(r'class="big t-\w+"[^>]*>(\d+)<', svg) == [
        "6",
        "4",
        "4",
        "1",
        "7",
    ]
    assert ">padding<" in draw(ConvTranspose(3, padding=((1, 2),)), (4,)).svg
    assert (
        ">dilation × (kernel_size − 1) + 1<"
        in draw(ConvTranspose(3, dilation=2), 4).svg
    )
    assert ">2 × padding<" not in draw(Resize(2), 4).svg


def test_a_drawing_is_a_file_and_shows_itself(tmp_path: Path) -> None:
    drawing = draw(Conv(3, padding=1), 7, language="zh")
    drawing.save(tmp_path / "one.svg")

    assert (
        (tmp_path / "one.svg").read_text("utf-8")
        == str(drawing)
        == drawing._repr_svg_()
    )
    assert repr(drawing) == "<Drawing of Conv(3, padding=1)：7 变成 7>"
    tree = ElementTree.fromstring(drawing.svg)
    assert tree.findtext(f"{SVG}title") == drawing.title
    assert "窗口共 7 个" in str(tree.findtext(f"{SVG}desc"))
    assert drawing == Drawing(drawing.title, svg=drawing.svg)


def test_an_axis_is_chosen_where_axes_differ() -> None:
    layer = ConvTranspose((3, 4), stride=2)

    assert draw(layer, (5, 7), axis=1).svg == draw(layer, 7, axis=1).svg
    assert draw(ConvTranspose((3, 3)), (5, 5)).title.endswith("5 becomes 7")
    assert draw(Conv(3), [5, 6], axis=1).title == "Conv(3): 6 becomes 4"
    for sizes in ((5, 5), 5):
        with pytest.raises(TypeError, match="which axis is drawn"):
            draw(layer, sizes)
    with pytest.raises(TypeError, match="which axis is drawn"):
        draw(Conv(3), (5, 6))


REFUSED: list[tuple[Any, Any, dict[str, Any], str]] = [
    (Stack([Conv(3)]), 5, {}, "only a layer can be drawn"),
    (Conv(3), 2, {}, "the kernel must fit"),
    (Conv(3), 10**15, {}, "fewer than 1000000000000000 positions"),
    (Conv((3, 3)), 5, {"axis": 2}, "the axis must be one of the layer's"),
    (Conv(3), (5, 6), {"axis": 2}, "the axis must be one of the layer's"),
    (Conv(3), 5, {"axis": -1}, "axis must be at least 0"),
    (Resize(2, mode="bilinear"), 5, {}, "elements are copied"),
    (Conv(3), 5, {"language": "fr"}, "language must be"),
]


@pytest.mark.parametrize(("layer", "size", "others", "words"), REFUSED)
def test_what_cannot_be_drawn_is_refused(
    layer: Any, size: Any, others: dict[str, Any], words: str
) -> None:
    with pytest.raises((SizeError, TypeError, ValueError), match=words):
        draw(layer, size, **others)


def test_the_colours_are_those_of_the_site() -> None:
    css = (ROOT / "docs/theme/assets/figures.css").read_text("utf-8")
    light, dark = (
        dict(re.findall(r"--([\w-]+): (#\w+)", block)) for block in css.split("}")[:2]
    )

    assert {name: f"{light[name]} {dark[name]}" for name in COLOURS} == COLOURS


WORDS = {"hidden": "{count} more", "log": "log"}


def _strips() -> Iterator[tuple[Strip, int, bool]]:
    dice = random.Random(2026)
    for _ in range(40):
        count, most = dice.choice((1, 2, 9, 400)), dice.choice((9, 999, 10**12))
        bars = [
            Bar(dice.randint(1, most), f"a.layer{n}", "k2 s2") for n in range(count)
        ]
        ends = [sorted(dice.choices(range(count), k=2)) for _ in range(9)]
        joins = [Join(one, other, 7, 8) for one, other in ends]
        strip = Strip(bars, joins, dice.randint(-1, len(joins) - 1))
        yield strip, dice.choice((240, 356, 900)), dice.random() < 0.5


def test_every_mark_of_a_strip_and_of_its_ruler_lies_in_the_picture() -> None:
    for strip, width, narrow in _strips():
        scene = scene_of(strip, width, narrow, WORDS)
        rulers = [ruler_of(9, fits, width, narrow) for fits in (None, (4).__eq__)]
        pictures = [(scene.marks, scene.height), *((one, 60) for one in rulers)]
        for marks, high in pictures:
            tree = ElementTree.fromstring(f"<svg>{drawn(marks)}</svg>")
            for mark in (*tree.iter("rect"), *tree.iter("text")):
                left, top, wide, tall = (
                    float(mark.get(name, 0)) for name in ("x", "y", "width", "height")
                )
                if mark.get("class", "").startswith("size"):
                    # A number stands around its place, and a small one is 12 high.
                    wide = len(mark.text or "") * 12 * 0.6
                    left -= wide / 2
                assert -1 <= left <= left + wide <= width + 1
                assert -1 <= top <= top + tall <= high + 1
