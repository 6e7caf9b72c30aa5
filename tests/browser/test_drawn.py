"""The size range, used as a person would."""

import pytest
from playwright.sync_api import Locator, Page, expect

from convarith import Conv, ConvTranspose

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def widget(
    page: Page, tag: str, name: str, query: str = "", language: str = "en"
) -> Locator:
    pages = {
        "size-range": "output-padding",
    }
    page.goto(f"{language}/learn/{pages[tag]}/" + (f"?{name}={query}" if query else ""))
    found = page.locator(tag).first
    found.scroll_into_view_if_needed()
    expect(found.locator(".cw-answer")).not_to_be_empty()
    return found


REFUSED = {
    "en": "output_padding must be below max(stride, dilation)",
    "zh": "output_padding 必须小于 max(stride, dilation)",
}


@pytest.mark.parametrize("language", REFUSED)
def test_an_impossible_setting_is_refused_in_words(page: Page, language: str) -> None:
    for tag, name, query in (
        ("size-range", "range", "o4,k3,s2,op2"),
    ):
        found = widget(page, tag, name, query, language)
        expect(found.locator(".cw-answer")).to_contain_text(REFUSED[language])
        assert not found.locator(".cw-stage svg").count()


def test_a_size_is_chosen_among_those_that_share_an_output(page: Page) -> None:
    found = widget(page, "size-range", "range")
    expect(found.get_by_role("radio")).to_have_count(2)
    found.get_by_role("radio").nth(1).focus()
    page.keyboard.press("ArrowLeft")

    expect(found.locator(".cw-answer")).to_contain_text(
        "ConvTranspose(3, stride=2) makes 9 of 4, and Conv(3, stride=2) makes 4 of 9."
    )
    assert page.evaluate("document.activeElement.type") == "radio"


def test_an_output_that_no_size_gives_is_refused(page: Page) -> None:
    found = widget(page, "size-range", "range", "o1,k1,p1")

    expect(found.locator(".cw-answer")).to_contain_text("padding crops 1 + 1 of the 1")


@pytest.mark.parametrize(
    ("query", "conv", "out"),
    [
        ("o4,k3,s3,p1", Conv(3, stride=3, padding=1), 4),
        ("o1,k3,s4,p2", Conv(3, stride=4, padding=2), 1),
        ("o2,k3,s2,d3", Conv(3, stride=2, dilation=3), 2),
    ],
)
def test_the_sizes_are_those_of_the_library(
    page: Page, query: str, conv: Conv, out: int
) -> None:
    found = widget(page, "size-range", "range", query)
    values = found.get_by_role("radio").evaluate_all("all => all.map(e => +e.value)")
    labels = found.locator("fieldset label").all_inner_texts()

    assert [int(text.split()[0]) for text in labels] == list(conv.in_sizes(out))
    for size, output_padding in zip(conv.in_sizes(out), values, strict=True):
        layer = ConvTranspose(
            conv.kernel_size, stride=conv.stride, padding=conv.padding,
            output_padding=output_padding, dilation=conv.dilation,
        )  # fmt: skip
        assert layer.out_size(out) == size
