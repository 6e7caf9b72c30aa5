"""Every page of the site in a browser, at two widths, in both palettes."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.adapter import PAGES, page_names
from tests.browser import kinds, machine
from tests.browser.conftest import Traffic, heard, opened, unfailing

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


def too_wide(page: Page, *boxes: str) -> list[str]:
    """What is cut of these, and the page itself where it is wider than its window."""
    found: list[str] = page.evaluate(
        """(boxes) => [...document.querySelectorAll(['html', ...boxes].join())]
            .filter(box => box.scrollWidth > box.clientWidth)
            .map(box => `${box.scrollWidth} of ${box.clientWidth}: `
                + (box.matches('html') ? 'the page' : box.textContent.trim()))""",
        boxes,
    )
    return found


# What scrolls by itself, but only where a window is too narrow for it: code on a phone.
FORMULAS, TABLES, CODE = (
    ".maths__scroll",
    ".md-typeset__scrollwrap",
    ".highlight pre > code",
)
FITTING = {
    machine.SMALL: (TABLES,),
    machine.PHONE: (TABLES, FORMULAS),
    machine.DESKTOP: (TABLES, FORMULAS, CODE),
}


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


@pytest.fixture(scope="module")
def readers(chromium: Browser, address: str) -> dict[str, Page]:
    """Who reads one page after the other, in each language.

    To load a page anew takes as long as to look at it.
    """
    return {language: opened(chromium, address) for language in PAGES}


@pytest.fixture(scope="module")
def asked(site: Path) -> dict[str, set[str]]:
    """Whom axe asks: it takes longer than all else, and knows kinds of elements only."""
    return {language: kinds.telling(site, language) for language in PAGES}


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_page_fits_its_window_asks_no_other_host_and_can_be_used_by_everyone(
    readers: dict[str, Page], asked: dict[str, set[str]], address: str, name: str
) -> None:
    language = name[:2]
    page = readers[language]
    with unfailing(page), heard(page) as traffic:
        machine.visit(page, name)
        machine.settled(page)
        look_at(page, language)
        if name in asked[language]:
            assert machine.barriers(page, machine.LOOKED_AT[language][1]) == []
    assert urlsplit(page.url).path == f"/{name}"
    assert hosts(traffic) <= {urlsplit(address).netloc}
    assert traffic.failed == []


def look_at(page: Page, language: str) -> None:
    for width in machine.LOOKED_AT[language][0]:
        page.set_viewport_size({"width": width, "height": 844})
        machine.at_rest(page)
        assert too_wide(page, *FITTING[width]) == [], width

    said, around = page.evaluate(SAID), page.evaluate(AROUND)
    assert not [mark for mark in TEX if mark in said]
    assert page.evaluate("document.documentElement.lang") == language
    if language == "zh":
        assert [word for word in ENGLISH if word in around] == []


@pytest.mark.parametrize(("path", "language"), [("en/no/page/", "en"), ("zh/", "zh")])
def test_a_page_that_is_not_there_is_answered_in_the_language_of_its_address(
    page: Page, path: str, language: str
) -> None:
    page.goto(f"{path}nothing/")
    page.locator(f"html[lang={language}] h1").wait_for()
    machine.settled(page)
    page.set_viewport_size({"width": machine.SMALL, "height": 844})

    pages = page.locator(".site-pages a")
    assert pages.count() > 30
    assert {f"/{language}/"} == {
        str(href)[:4] for href in pages.evaluate_all("all => all.map(a => a.pathname)")
    }
    assert too_wide(page) == []
    assert machine.barriers(page, machine.DARK) == []
    page.locator("article label", has_text="").first.click()
    page.locator(".md-search__input:focus").wait_for()


def covered(page: Page) -> list[str]:
    """The code under a button."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('article .md-code__nav, article .maths__copy')]
            .flatMap(button => {
                const mine = button.getBoundingClientRect();
                return [...button.parentElement.querySelectorAll(':scope > code, :scope > .maths__scroll')]
                    .filter(code => code.getBoundingClientRect().right > mine.left + 1
                        && code.getBoundingClientRect().bottom > mine.top + 1)
                    .map(code => code.textContent);
            })"""
    )
    return found


def test_fingers_find_what_they_press_and_it_covers_nothing(
    chromium: Browser, address: str
) -> None:
    phone = chromium.new_context(
        base_url=address, has_touch=True, is_mobile=True,
        viewport={"width": machine.PHONE, "height": 844},
    )  # fmt: skip
    page = phone.new_page()
    page.goto("/en/derivation/")
    machine.settled(page)
    page.locator(".md-code__button").first.wait_for()
    small = page.evaluate(
        """() => [...document.querySelectorAll(
                '.md-header :is(a, label, button), .md-code__button, .md-nav--primary a')]
            .filter(e => e.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
            .filter(e => Math.min(e.offsetWidth, e.offsetHeight) < 44)
            .map(e => `${e.offsetWidth} x ${e.offsetHeight}: ${e.outerHTML}`)"""
    )
    assert small == []
    assert covered(page) == []
    phone.close()


def test_on_a_desktop_no_button_covers_code(page: Page) -> None:
    page.goto("en/recipes/u-net/")
    machine.settled(page)
    page.locator(".md-code__button").first.wait_for()

    assert page.locator(".md-code__nav").count() > 5
    assert [code for code in covered(page) if "def " in code] == []


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
