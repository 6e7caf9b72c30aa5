"""The search box, used as a person would: with keys, and with what is pasted."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.adapter import PAGES

pytestmark = [pytest.mark.browser, pytest.mark.slow]

QUESTION = {
    "en": ("checkerbord", "learn/overlap/", "overlap"),
    "zh": ("棋盘", "learn/overlap/", "棋盘"),
}
MESSAGE = "ValueError: output_size must have 2 elements, or 4 elements (got 3)"
ENTRY = "errors/output-size/#output-size-length"
NEVER_IDLE = "globalThis.requestIdleCallback = () => 0;"
RESULT = "a.md-search-result__link"


@pytest.fixture(scope="module")
def searcher(chromium: Browser, address: str) -> Iterator[Page]:
    """A window whose pages have their search, and never a moment to spare."""
    context = chromium.new_context(base_url=f"{address}/")
    context.add_init_script(NEVER_IDLE)
    yield context.new_page()
    context.close()


def place(page: Page) -> str:
    """What is found first, without the words that are marked there."""
    page.locator(RESULT).first.wait_for(timeout=20_000)
    found = urlsplit(str(page.locator(RESULT).first.get_attribute("href")))
    path = found.path.split("/", 2)[2]
    return f"{path}#{found.fragment}" if found.fragment else path


@pytest.mark.parametrize("language", PAGES)
def test_the_box_leads_to_what_is_asked_and_fetches_it_when_it_is_asked(
    searcher: Page, language: str
) -> None:
    fetched: list[str] = []
    searcher.on("request", lambda request: fetched.append(request.url))
    searcher.goto(f"{language}/", wait_until="networkidle")
    assert not [
        url for url in fetched if "/sections.json" in url or "minisearch" in url
    ]

    words, page, heading = QUESTION[language]
    with searcher.expect_event(
        "requestfinished", lambda request: request.url.endswith("sections.json")
    ):
        searcher.locator(".md-search__input").focus()
    searcher.keyboard.type(words)
    assert place(searcher).startswith(page)
    first = searcher.locator(".md-search-result__item").first
    assert heading in first.inner_text().lower()
    assert first.locator("mark").count()

    # What the mouse pastes comes without a key.
    searcher.evaluate(
        """(text) => {
            const field = document.querySelector(".md-search__input");
            document.querySelector(".md-search-result__list").textContent = "";
            field.value = text;
            field.dispatchEvent(new InputEvent("input", { bubbles: true }));
        }""",
        MESSAGE,
    )
    searcher.locator(f"{RESULT}[href*='errors/output-size']").first.wait_for()
    links = searcher.locator(".md-search-result__item").first.locator(RESULT)
    assert (
        urlsplit(str(links.nth(1).get_attribute("href"))).fragment
        == ENTRY.split("#")[1]
    )
    searcher.keyboard.press("Enter")
    searcher.wait_for_url(f"**/{ENTRY.split('#')[0]}*#{ENTRY.split('#')[1]}")
