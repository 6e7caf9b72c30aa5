"""Every page of the site in a browser, in both languages, at two widths."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route

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


# What the theme says around it and on its buttons, shown or read aloud.
AROUND = """() => [...document.querySelectorAll('body *')]
    .filter(e => !e.closest('article'))
    .flatMap(e => [e.title, e.getAttribute('aria-label'), e.placeholder,
        ...[...e.childNodes].filter(n => n.nodeType === 3).map(n => n.data)])
    .concat([...document.querySelectorAll('article .md-code__button, .headerlink')]
        .map(e => e.title))
    .filter(Boolean).join('\\n')"""


GATHER = (Path(__file__).parent / "gather.js").read_text("utf-8")


def read(page: Page, language: str, names: list[str]) -> list[object]:
    """What is wrong on the pages; one block of each kind is left in the window."""
    page.goto(f"{language}/derivation/")
    machine.settled(page)
    page.add_script_tag(content=GATHER)
    addresses = [f"/{name}" for name in names]
    found: list[object] = []
    for width in machine.LOOKED_AT[language]:
        page.set_viewport_size({"width": width, "height": 844})
        asked = [addresses, FITTING[width], TEX]
        found += page.evaluate("asked => wrong(...asked)", asked)
    page.evaluate("showKept()")
    return found


def kept_out(page: Page, palette: str) -> machine.Barriers:
    """Of all pages together; the order of their headings is looked at page by page."""
    found = machine.barriers(page, palette)
    return [one for one in found if one[0] != "heading-order"]


@pytest.mark.parametrize("language", PAGES)
def test_every_page_fits_its_window_asks_no_other_host_and_can_be_used_by_everyone(
    page: Page, traffic: Traffic, address: str, language: str
) -> None:
    names = [name for name in ADDRESSES if name.startswith(language)]
    assert read(page, language, names) == []
    for palette in (machine.LIGHT, machine.DARK):
        assert kept_out(page, palette) == []
    assert hosts(traffic) == {urlsplit(address).netloc}
    assert traffic.failed == []


def test_what_is_wrong_on_any_page_is_found(page: Page) -> None:
    planted = {
        "learn/matrix": '<img src="/en/assets/favicon.svg">',
        "recipes/u-net": "<p><a href='/'></a>$x$</p>",
        "errors/silent": "<input><ul><p>no item</p></ul>",
        "project/sources": '<p style="width: 2000px">wide</p>',
        "learn/overlap": '<p style="color: #444">dim in the dark</p>',
        "porting": '<p style="color: #bbb">dim in the light</p>',
    }
    for name, html in planted.items():
        add(page, f"**/en/{name}/", html)
    wrong = read(page, "en", ["en/", *(f"en/{name}/" for name in planted)])

    assert {what[0] for what in wrong} == {"/en/recipes/u-net/", "/en/project/sources/"}
    light, dark = (
        sorted(what for what, _ in kept_out(page, palette))
        for palette in (machine.LIGHT, machine.DARK)
    )
    assert light == ["color-contrast", "image-alt", "label", "link-name", "list"]
    assert dark == light


def add(page: Page, address: str, html: str) -> None:
    """Let a page say something more."""

    def answer(route: Route) -> None:
        answered = route.fetch()
        body = answered.text().replace("</article>", f"{html}</article>")
        route.fulfill(response=answered, body=body)

    page.route(address, answer)


def test_a_chinese_page_has_no_english_words_around_it(page: Page) -> None:
    page.goto("zh/derivation/")
    machine.settled(page)
    around = page.evaluate(AROUND)

    assert page.evaluate("document.documentElement.lang") == "zh"
    assert [word for word in ENGLISH if word in around] == []
    assert "复制" in around


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
