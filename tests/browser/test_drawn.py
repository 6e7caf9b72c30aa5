"""The figure and the tap map, used as a person would."""

import re
import xml.etree.ElementTree as ET
from itertools import product
from urllib.parse import urlsplit

import pytest
import torch
from playwright.sync_api import Locator, Page, expect

from convarith import Conv, ConvTranspose, taps

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def widget(
    page: Page, tag: str, name: str, query: str = "", language: str = "en"
) -> Locator:
    pages = {
        "conv-figure": "picture",
        "tap-map": "overlap",
    }
    page.goto(f"{language}/learn/{pages[tag]}/" + (f"?{name}={query}" if query else ""))
    found = page.locator(tag).first
    found.scroll_into_view_if_needed()
    expect(found.locator(".cw-answer")).not_to_be_empty()
    return found


def figure(page: Page, query: str = "", language: str = "en") -> Locator:
    return widget(page, "conv-figure", "figure", query, language)


def strong(found: Locator) -> int:
    """How many cells are pointed out."""
    return found.locator(".cw-stage rect[stroke-width='3']").count()


@pytest.mark.parametrize(
    ("query", "layer", "size"),
    [
        ("convtranspose1d,i4,k4,s2,p2,op1", ConvTranspose(4, stride=2, padding=2, output_padding=1), 4),
        ("convtranspose1d,i3,k2,s3,op2,d2", ConvTranspose(2, stride=3, output_padding=2, dilation=2), 3),
        ("convtranspose1d,i5,k1,s1", ConvTranspose(1), 5),
    ],
)  # fmt: skip
def test_the_scattered_figure_has_a_cell_for_every_output(
    page: Page, query: str, layer: ConvTranspose, size: int
) -> None:
    found = figure(page, query)
    outs = found.locator("[data-at^=pin]").evaluate_all(
        "all => all.map(e => e.dataset.at)"
    )

    assert outs == [f"pin {out}" for out in range(layer.out_size(size))]
    expect(found.locator(".cw-answer strong")).to_have_text(
        f"{size} becomes {len(outs)}"
    )


def test_the_gathering_figures_have_a_cell_for_every_output(page: Page) -> None:
    cells = {
        "conv1d,i10,k3,s2": Conv(3, stride=2).out_size(10),
        "conv2d,i5,k3,s2,p1": Conv(3, stride=2, padding=1).out_size(5) ** 2,
        "convtranspose1d,zeros,i3,k3,s2,p1,op1": 6,
        "convtranspose2d,zeros,i3,k3,s2,p1": 25,
    }
    for query, wanted in cells.items():
        assert figure(page, query).locator("[data-at^=step]").count() == wanted, query


def test_both_pictures_stand_side_by_side_and_show_the_same_output(page: Page) -> None:
    found = figure(page, "convtranspose1d,both,i4,k3,s2,at3")

    expect(found.locator("svg[role=img] > g")).to_have_count(2)
    expect(found.locator(".cw-answer")).to_contain_text(
        "Output 2 = input[0]·weight[2] + input[1]·weight[0] + bias"
    )


def test_the_slider_steps_by_keyboard_and_says_what_the_step_does(page: Page) -> None:
    found = figure(page)
    found.locator("input[type=range]").focus()
    before = strong(found)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")

    expect(found.locator(".cw-answer")).to_contain_text(
        "Input 1 is spread over the full result"
    )
    assert before == 0
    assert strong(found) == 1 + 4 + 4
    assert urlsplit(page.url).query.endswith("at2")
    page.keyboard.press("Home")
    expect(found.locator(".cw-answer")).not_to_contain_text("Input")


def test_it_plays_on_request_and_pauses(clocked: Page) -> None:
    found = figure(clocked)
    found.get_by_role("button", name="Play").click()
    clocked.clock.run_for(2000)
    expect(found.locator("input[type=range]")).to_have_value("2")
    found.get_by_role("button", name="Pause").click()
    value = found.locator("input[type=range]").input_value()
    clocked.clock.run_for(2000)

    assert found.locator("input[type=range]").input_value() == value
    expect(found.get_by_role("button", name="Play")).to_be_visible()


def test_it_stops_at_the_last_step(clocked: Page) -> None:
    found = figure(clocked, "convtranspose1d,i2,k2,s2")
    found.get_by_role("button", name="Play").click()
    clocked.clock.run_for(5000)

    expect(found.locator("input[type=range]")).to_have_value("2")
    expect(found.get_by_role("button", name="Play")).to_be_visible()


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_nothing_moves_by_itself(clocked: Page, motion: str) -> None:
    clocked.emulate_media(reduced_motion=motion)  # type: ignore[arg-type]
    found = figure(clocked)
    before = clocked.locator("article").inner_html()
    clocked.clock.run_for(5000)

    assert clocked.locator("article").inner_html() == before
    assert found.evaluate("e => e.getAnimations({ subtree: true }).length") == 0


def test_a_clicked_output_shows_its_inputs_and_weights(page: Page) -> None:
    found = figure(page)
    found.locator("[data-at='pin 2']").click()

    # Position 4 of the full result: input 0 does not reach it, inputs 1 and 2 do.
    expect(found.locator(".cw-answer")).to_contain_text(
        "Output 2 = input[1]·weight[2] + input[2]·weight[0] + bias"
    )
    assert strong(found) == 3
    expect(found.get_by_label("output", exact=True)).to_have_value("2")


def test_an_output_is_pinned_by_keyboard_on_two_axes_too(page: Page) -> None:
    found = figure(page, "convtranspose2d,i3,k2,s2")
    found.get_by_label("output", exact=True).focus()
    page.keyboard.type("1x4")

    expect(found.locator(".cw-answer")).to_contain_text(
        "Output 1,4 = input[0,2]·weight[1,0] + bias"
    )


def test_the_sum_of_an_output_is_the_one_that_torch_computes(page: Page) -> None:
    x, weight = torch.randn(1, 1, 4, 4), torch.randn(1, 1, 3, 3)
    given = {"stride": 2, "padding": 1, "output_padding": 1}
    out = torch.nn.functional.conv_transpose2d(x, weight, **given)
    for row, column in product((0, 3), (2, 6)):
        found = figure(page, f"convtranspose2d,i4,k3,s2,p1,op1,pin{row}x{column}")
        expect(found.locator(".cw-answer")).to_contain_text("Output")
        terms = re.findall(
            r"input\[(\d),(\d)\]·weight\[(\d),(\d)\]", found.inner_text()
        )
        total = 0.0
        for a, b, c, d in (map(int, term) for term in terms):
            total += float(x[0, 0, a, b] * weight[0, 0, c, d])
        assert terms
        assert total == pytest.approx(float(out[0, 0, row, column]), abs=1e-5)


def test_cells_of_every_kind_differ_without_colour(page: Page) -> None:
    """The shapes in a cell, without any fill, are another set for each kind."""
    found = figure(page, "convtranspose1d,both,i3,k2,s3,p1,op2")
    shapes = found.locator(".cw-legend svg").evaluate_all(
        """all => all.map(svg => [...svg.querySelectorAll('*')]
            .map(e => [e.tagName, e.getAttribute('d'), e.getAttribute('stroke-dasharray'), e.getAttribute('width'), e.textContent].join()).join(';'))"""
    )
    kinds = [
        text.strip() for text in found.locator(".cw-legend > span").all_inner_texts()
    ]

    marked = [
        shape
        for shape, kind in zip(shapes, kinds, strict=True)
        if not kind.endswith(("input", "kernel", "output"))
    ]
    assert len(marked) == len(set(marked)) >= 4
    plain = [shape for shape in shapes if shape not in marked]
    assert not set(plain) & set(marked)


def test_the_picture_is_saved_as_a_file_that_stands_alone(page: Page) -> None:
    found = figure(page, "convtranspose1d,i4,k4,s2,p2,op1,at2")
    with page.expect_download() as caught:
        found.get_by_role("button", name="Save as SVG").click()
    text = caught.value.path().read_text("utf-8")
    tree = ET.fromstring(text)

    assert tree.tag == "{http://www.w3.org/2000/svg}svg"
    assert "var(" not in text
    on_page = found.locator(".cw-stage rect").count()
    assert text.count("<rect") == on_page + 1


def test_a_picture_that_is_too_large_is_not_drawn_but_said(page: Page) -> None:
    found = figure(page, "convtranspose2d,i64,k4,s2,p1")

    expect(found.locator(".cw-stage")).to_contain_text("cells are too many to draw")
    expect(found.locator(".cw-answer strong")).to_have_text("64 × 64 becomes 128 × 128")


REFUSED = {
    "en": "output_padding must be below max(stride, dilation)",
    "zh": "output_padding 必须小于 max(stride, dilation)",
}


@pytest.mark.parametrize("language", REFUSED)
def test_an_impossible_setting_is_refused_in_words(page: Page, language: str) -> None:
    for tag, name, query in (
        ("conv-figure", "figure", "convtranspose1d,i4,k3,s2,op2"),
        ("tap-map", "taps", "convtranspose1d,i4,k3,s2,op2"),
    ):
        found = widget(page, tag, name, query, language)
        expect(found.locator(".cw-answer")).to_contain_text(REFUSED[language])
        assert not found.locator(".cw-stage svg").count()


@pytest.mark.parametrize(
    ("query", "layer", "size"),
    [
        ("convtranspose1d,i6,k3,s2,op1", ConvTranspose(3, stride=2, output_padding=1), 6),
        ("convtranspose1d,i3,k2,s3", ConvTranspose(2, stride=3), 3),
        ("convtranspose1d,i4,k4,s2,p1", ConvTranspose(4, stride=2, padding=1), 4),
    ],
)  # fmt: skip
def test_the_tap_map_counts_what_the_library_counts(
    page: Page, query: str, layer: ConvTranspose, size: int
) -> None:
    found = widget(page, "tap-map", "taps", query)
    shown = found.locator(".cw-stage text").all_text_contents()
    at = taps(layer, size)

    assert shown == [
        "b" if place in at.bias_only else str(count)
        for place, count in enumerate(at.counts)
    ]


def test_on_two_axes_the_counts_multiply(page: Page) -> None:
    found = widget(page, "tap-map", "taps", "convtranspose2d,i3,k3,s2")
    counts = taps(ConvTranspose(3, stride=2), 3).counts

    shown = [int(text) for text in found.locator(".cw-stage text").all_text_contents()]
    assert shown == [row * column for row in counts for column in counts]
