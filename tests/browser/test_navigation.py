"""From page to page: languages, palettes, and pages swapped in without a reload."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Traffic

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_the_language_switch_stays_on_the_page_and_its_formulas_are_drawn(
    page: Page, traffic: Traffic
) -> None:
    page.goto("en/learn/output-padding/")
    page.locator(".md-header .md-select").hover()
    page.locator(".md-select__link[hreflang=zh]").click()
    page.wait_for_url("**/zh/learn/output-padding/")

    formula = page.locator(".maths--display svg").first
    box = formula.bounding_box()
    assert box is not None
    assert box["width"] > 100
    assert {urlsplit(url).hostname for url in traffic.asked} <= {"localhost"}


def test_the_palette_stays_when_the_language_changes(page: Page) -> None:
    page.emulate_media(color_scheme="light")
    page.goto("en/")
    page.locator(".md-header button[title='Switch to dark mode']").click()
    page.goto("zh/")
    page.locator("h1").wait_for()

    scheme = page.locator("body").get_attribute("data-md-color-scheme")
    assert scheme == "slate"


def test_instant_navigation_draws_formulas_and_fills_buttons(
    page: Page, traffic: Traffic
) -> None:
    page.goto("en/")
    page.evaluate("window.kept = true")
    page.locator("article a", has_text="The derivation").click()
    page.wait_for_url("**/en/derivation/")
    page.locator("h1#derivation").wait_for()

    assert page.evaluate("window.kept") is True
    assert {urlsplit(url).hostname for url in traffic.asked} <= {"localhost"}
    block = page.locator("article .highlight.language-python").first
    block.hover()
    block.locator(".md-code__button[data-md-type=copy]").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("import torch\n\nx = torch.ones(1, 10, 5, 5)\n")
    assert "#>" not in copied


@pytest.mark.parametrize(("locale", "language"), [("zh-TW", "zh"), ("fr", "en")])
def test_the_first_page_leads_to_the_language_of_the_reader(
    chromium: Browser, address: str, locale: str, language: str
) -> None:
    context = chromium.new_context(base_url=f"{address}/", locale=locale)
    page = context.new_page()
    page.goto("#where")
    page.wait_for_url(f"**/{language}/#where")
    # Whoever chooses the other language has chosen.
    other = page.locator(".md-select__link")
    chosen = other.get_attribute("hreflang")
    other.click()
    page.wait_for_url(f"**/{chosen}/#where")
    page.goto("")
    page.wait_for_url(f"**/{chosen}/")
    context.close()


def test_without_scripts_the_first_page_is_a_choice_of_languages(
    chromium: Browser, address: str
) -> None:
    context = chromium.new_context(base_url=f"{address}/", java_script_enabled=False)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("")

    languages = page.get_by_role("link")
    assert languages.all_inner_texts() == ["English", "简体中文"]
    assert {urlsplit(url).hostname for url in asked} == {"localhost"}
    languages.last.click()
    page.wait_for_url("**/zh/")
    context.close()
