"""The site in a browser: what people see, click, copy and search for."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.adapter import PAGES, page_names
from tests.pages import browser as machine
from verified_docs.payload import shown_output

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ADDRESSES = [
    f"{language}/{name.removesuffix('index.md').removesuffix('.md')}".rstrip("/") + "/"
    for language in PAGES
    for name in page_names(language)
]
# Between them they show every kind of block.
WITH_ALL_CODE = {"en/", "en/derivation/", "en/reference/cli/"}
# Words of the theme that would stand on a Chinese page if it were not translated.
ENGLISH = (
    "Search",
    "Next",
    "Previous",
    "Table of contents",
    "Back to top",
    "Copy to clipboard",
    "Permanent link",
    "Skip to content",
    "Made with",
    "dark mode",
    "Footnotes",
)


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    context = chromium.new_context(
        base_url=f"{address}/", viewport={"width": 1280, "height": 900}
    )
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield context.new_page()
    context.close()


def clipboard(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def watched(page: Page) -> tuple[list[str], list[str]]:
    """What a page asks for from now on, and what of it fails."""
    asked: list[str] = []
    faults: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on(
        "response",
        lambda response: (
            faults.append(response.url) if response.status >= 400 else None
        ),
    )
    page.on("pageerror", lambda error: faults.append(str(error)))
    return asked, faults


def hosts(asked: list[str]) -> set[str]:
    return {
        urlsplit(url).netloc for url in asked if not url.startswith(("data:", "blob:"))
    }


def test_the_page_of_languages_asks_no_other_host(page: Page, address: str) -> None:
    asked, faults = watched(page)
    page.goto("")
    page.wait_for_timeout(200)

    assert hosts(asked) == {urlsplit(address).netloc}
    assert faults == []


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", ADDRESSES)
def test_a_page_fits_its_window_asks_no_other_host_and_can_be_used_by_everyone(
    page: Page, address: str, name: str, width: int
) -> None:
    asked, faults = watched(page)
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(name)
    page.wait_for_timeout(200)
    overflow = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    text = page.evaluate(
        """() => {
            const copy = document.querySelector('article').cloneNode(true);
            copy.querySelectorAll('.maths__tex, .maths__mathml, pre').forEach(e => e.remove());
            return copy.textContent;
        }"""
    )
    cut = page.evaluate(
        """() => [...document.querySelectorAll('.maths__scroll')]
            .filter(box => box.scrollWidth > box.clientWidth)
            .map(box => box.parentElement.dataset.tex)"""
    )

    assert overflow == 0
    assert cut == []
    assert not [mark for mark in ("$", "\\(", "\\[", "\\frac") if mark in text]
    assert hosts(asked) == {urlsplit(address).netloc}
    assert faults == []
    # No colour depends on the width of the window, nor on the language.
    if width == 1280 and name.startswith("en/"):
        within = None if name in WITH_ALL_CODE else machine.BUT_CODE
        assert machine.barriers(page, within) == []
        assert machine.barriers_in_the_dark(page, within) == []
    else:
        assert machine.barriers_but_colours(page) == []


def test_a_barrier_in_either_palette_is_found(page: Page) -> None:
    page.goto("en/")
    page.evaluate(
        """document.querySelector('article').insertAdjacentHTML('beforeend',
            '<p style="color: #444">dim in the dark</p><p style="color: #bbb">dim in the light</p><input>')"""
    )

    light = [what for what, _ in machine.barriers(page)]
    dark = [what for what, _ in machine.barriers_in_the_dark(page)]
    assert light.count("color-contrast") == dark.count("color-contrast") == 1
    assert "label" in light


@pytest.mark.parametrize("name", [name for name in ADDRESSES if name.startswith("zh/")])
def test_a_chinese_page_has_no_english_words_of_the_theme(
    page: Page, name: str
) -> None:
    page.goto(name)
    page.wait_for_timeout(200)
    around = page.evaluate(
        """() => [...document.querySelectorAll('body *')]
            .filter(e => !e.closest('article'))
            .flatMap(e => [e.title, e.getAttribute('aria-label'), e.placeholder,
                ...[...e.childNodes].filter(n => n.nodeType === 3).map(n => n.data)])
            .concat([...document.querySelectorAll('article .md-code__button, .headerlink')]
                .map(e => e.title))
            .filter(Boolean).join('\\n')"""
    )

    assert page.evaluate("document.documentElement.lang") == "zh"
    assert [word for word in ENGLISH if word in around] == []


@pytest.mark.parametrize(
    ("name", "selector", "language"),
    [
        ("en/derivation/", ".language-python", "python"),
        ("zh/learn/output-padding/", ".language-python", "python"),
        ("en/", ".language-pycon", "pycon"),
        ("zh/", ".language-console", "console"),
        ("en/reference/api/", ".language-pycon", "pycon"),
        ("zh/reference/api/", ".language-pycon", "pycon"),
    ],
)
def test_what_the_copy_button_gives_runs_and_prints_what_the_page_shows(
    page: Page, tmp_path: Path, name: str, selector: str, language: str
) -> None:
    page.goto(name)
    block = page.locator(f"article .highlight{selector}").first
    shown = block.locator("code").first.inner_text()
    block.hover()
    block.locator(".md-code__button[data-md-type=copy]").click()
    copied = clipboard(page)

    assert not any(mark in copied for mark in (">>>", "#>", "$ "))
    command = (
        ["bash", "-c", copied]
        if language == "console"
        else [sys.executable, "-I", "-c", copied]
    )
    # What a reader has: this Python is the one that `python` starts.
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    done = subprocess.run(
        command,
        cwd=tmp_path,
        env={"PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == shown_output(language, shown)


def test_a_formula_can_be_copied_as_tex(page: Page) -> None:
    page.goto("en/derivation/")
    formula = page.locator(".maths--display").first
    formula.hover()
    formula.locator(".maths__copy").click()

    assert clipboard(page) == "o' = (i' - 1)s + k - 2p + p'"


def test_a_sentence_is_copied_with_its_formulas_as_tex(page: Page) -> None:
    page.goto("en/derivation/")
    page.locator("p", has_text="In letters:").first.evaluate(
        "sentence => getSelection().selectAllChildren(sentence)"
    )
    page.keyboard.press("Control+c")

    assert clipboard(page).startswith(
        "In letters: $i'=5, k=3, s=2, p=0 \\Rightarrow o'=11$."
    )


def test_the_language_switch_stays_on_the_page_and_its_formulas_are_drawn(
    page: Page,
) -> None:
    asked: list[str] = []
    page.goto("en/learn/output-padding/")
    page.on("request", lambda request: asked.append(request.url))
    page.locator(".md-header .md-select").hover()
    page.locator(".md-select__link[hreflang=zh]").click()
    page.wait_for_url("**/zh/learn/output-padding/")

    formula = page.locator(".maths--display svg").first
    box = formula.bounding_box()
    assert box is not None
    assert box["width"] > 100
    assert {urlsplit(url).hostname for url in asked} <= {"localhost"}


def test_the_palette_stays_when_the_language_changes(page: Page) -> None:
    page.emulate_media(color_scheme="light")
    page.goto("en/")
    page.locator(".md-header label[title='Switch to dark mode']").click()
    page.goto("zh/")
    page.locator("h1").wait_for()

    scheme = page.locator("body").get_attribute("data-md-color-scheme")
    assert scheme == "slate"


def test_a_missing_page_is_the_sites_own(page: Page) -> None:
    response = page.goto("en/no-such-page/")

    assert response is not None
    assert response.status == 404
    assert page.locator(".md-header").count() == 1


def test_instant_navigation_draws_formulas_and_fills_buttons(page: Page) -> None:
    asked: list[str] = []
    page.goto("en/")
    page.on("request", lambda request: asked.append(request.url))
    page.evaluate("window.kept = true")
    page.locator("article a", has_text="The derivation").click()
    page.wait_for_url("**/en/derivation/")
    page.locator("h1#derivation").wait_for()

    assert page.evaluate("window.kept") is True
    assert {urlsplit(url).hostname for url in asked} <= {"localhost"}
    drawn = page.evaluate(
        """() => [...document.querySelectorAll('.maths > svg, .maths__scroll > svg')].every(
            svg => [...svg.querySelectorAll('use')].every(
                use => document.querySelector(use.getAttribute('xlink:href'))))"""
    )
    assert drawn
    block = page.locator("article .highlight.language-python").first
    block.hover()
    block.locator(".md-code__button[data-md-type=copy]").click()
    assert clipboard(page).startswith("import inspect\nimport torch\n")
    assert "#>" not in clipboard(page)


@pytest.mark.parametrize(
    ("language", "words", "found"),
    [
        ("zh", "转置卷积", "zh/derivation/"),
        ("zh", "输出大小", "zh/derivation/"),
        ("zh", "output_padding", "zh/learn/output-padding/"),
        ("en", "output_padding", "en/learn/output-padding/"),
        ("en", "transposed convolution", "en/derivation/"),
        ("en", "deconvolution", "en/learn/matrix/"),
        ("en", "off by one", "en/recipes/restore-the-encoder/"),
        ("en", "checkerboard", "en/learn/overlap/"),
        ("zh", "棋盘效应", "zh/learn/overlap/"),
    ],
)
def test_a_search_finds_the_right_page_first(
    page: Page, language: str, words: str, found: str
) -> None:
    page.goto(f"{language}/")
    page.locator(".md-search__input").click()
    page.locator(".md-search__input").fill(words)
    # A filled field is no key press, and the search waits for one.
    page.keyboard.press("End")
    first = page.locator(".md-search-result__link").first
    first.wait_for(timeout=10_000)

    assert urlsplit(str(first.get_attribute("href"))).path == f"/{found}"
