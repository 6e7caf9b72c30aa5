"""Every page of the site in a browser, at two widths, in both palettes."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.adapter import PAGES, page_names
from tests.browser import machine
from tests.browser.conftest import Traffic

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ADDRESSES = [
    f"{language}/{name.removesuffix('index.md').removesuffix('.md')}".rstrip("/") + "/"
    for language in PAGES
    for name in page_names(language)
]
TEX = ("$", "\\(", "\\[", "\\frac")
# Words of the theme that would stand on a Chinese page if it were not translated.
ENGLISH = (
    "Search", "Next", "Previous", "Table of contents", "Back to top", "Copy to clipboard",
    "Permanent link", "Skip to content", "Made with", "dark mode", "Footnotes",
)  # fmt: skip


def hosts(traffic: Traffic) -> set[str]:
    return {
        urlsplit(url).netloc
        for url in traffic.asked
        if not url.startswith(("data:", "blob:", "about:"))
    }


def too_wide(page: Page) -> list[str]:
    """The formulas that are cut, and the page itself where it is wider than its window."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('.maths__scroll')]
            .filter(box => box.scrollWidth > box.clientWidth)
            .map(box => box.parentElement.dataset.tex)
            .concat([document.documentElement]
                .filter(all => all.scrollWidth !== all.clientWidth)
                .map(all => `${all.scrollWidth} of ${all.clientWidth}`))"""
    )
    return found


# What an article says beside its code and the sources of its formulas.
SAID = """() => {
    const copy = document.querySelector('article').cloneNode(true);
    copy.querySelectorAll('.maths__tex, .maths__mathml, pre').forEach(e => e.remove());
    return copy.textContent;
}"""
# What the theme says around it and on its buttons, shown or read aloud.
AROUND = """() => [...document.querySelectorAll('body *')]
    .filter(e => !e.closest('article'))
    .flatMap(e => [e.title, e.getAttribute('aria-label'), e.placeholder,
        ...[...e.childNodes].filter(n => n.nodeType === 3).map(n => n.data)])
    .concat([...document.querySelectorAll('article .md-code__button, .headerlink')]
        .map(e => e.title))
    .filter(Boolean).join('\\n')"""


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_page_fits_its_window_asks_no_other_host_and_can_be_used_by_everyone(
    page: Page, traffic: Traffic, address: str, name: str
) -> None:
    language = name[:2]
    widths, palette = machine.LOOKED_AT[language]
    page.set_viewport_size({"width": widths[0], "height": 844})
    page.goto(name)
    machine.settled(page)
    for width in widths:
        page.set_viewport_size({"width": width, "height": 844})
        machine.at_rest(page)
        assert too_wide(page) == [], width

    said, around = page.evaluate(SAID), page.evaluate(AROUND)
    assert not [mark for mark in TEX if mark in said]
    assert page.evaluate("document.documentElement.lang") == language
    if language == "zh":
        assert [word for word in ENGLISH if word in around] == []
    assert machine.barriers(page, palette) == []
    assert hosts(traffic) == {urlsplit(address).netloc}
    assert traffic.failed == []


def test_the_page_of_languages_asks_no_other_host(
    page: Page, traffic: Traffic, address: str
) -> None:
    page.goto("", wait_until="networkidle")

    assert hosts(traffic) == {urlsplit(address).netloc}
    assert traffic.failed == []


def test_a_barrier_in_either_palette_is_found(page: Page) -> None:
    page.goto("en/derivation/")
    page.evaluate(
        """document.querySelector('article').insertAdjacentHTML('beforeend',
            '<p style="color: #444">dim in the dark</p><input>')"""
    )
    code = page.locator("article .highlight code span").last
    code.evaluate("token => { token.style.color = '#bbb' }")

    light = sorted(machine.barriers(page, machine.LIGHT))
    dark = sorted(machine.barriers(page, machine.DARK))
    assert [what for what, _ in light] == ["color-contrast", "label"]
    assert "187, 187, 187" in light[0][1]
    assert [what for what, _ in dark] == ["color-contrast", "label"]
    assert "dim in the dark" in dark[0][1]
