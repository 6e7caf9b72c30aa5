"""Who types a question or pastes a message finds the page that answers it."""

import json
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from convarith import diagnose
from convarith.diagnosis import KINDS
from tests.adapter import PAGES, ROOT
from tests.convarith.test_diagnose import SIZE, every_message

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ANSWERS = json.loads((ROOT / "tests/data/answers.json").read_text("utf-8"))
# Of all questions, in percent; the answering page is among the first three.
FOUND_AT_LEAST = 90
FIRST = {
    "en": {
        "output_padding": "learn/output-padding",
        "transposed convolution": "derivation",
        "deconvolution": "learn/matrix",
        "off by one": "recipes/restore-the-encoder",
        "checkerboard": "learn/overlap",
    },
    "zh": {
        "转置卷积": "derivation",
        "输出大小": "derivation",
        "output_padding": "learn/output-padding",
        "棋盘效应": "learn/overlap",
    },
}
OTHER_WORDS = {
    "deconvolution": "learn/matrix",
    "反卷积": "derivation",
    "尺寸不匹配": "recipes/u-net",
    "少一个像素": "recipes/restore-the-encoder",
}


class Search:
    """The field in the header of a language's first page."""

    def __init__(self, page: Page, language: str) -> None:
        self.page = page
        self.root = f"/{language}/"
        page.goto(f"{language}/")
        self.field = page.locator(".md-search__input")
        self.field.click()

    def __call__(self, words: str) -> list[str]:
        """What is found first, page by page and with the place on the first of them."""
        links = self.page.locator("a.md-search-result__link:not([data-old])")
        links.evaluate_all("all => all.forEach(link => { link.dataset.old = '' })")
        self.field.fill(words)
        # A filled field is no key press, and the search waits for one.
        self.page.keyboard.press("End")
        links.first.wait_for(timeout=20_000)
        hrefs = links.evaluate_all("all => all.map(e => e.getAttribute('href'))")
        places = [urlsplit(str(href)) for href in hrefs]
        return [
            f"{place.path.removeprefix(self.root)}#{place.fragment}".replace("/#", "#")
            for place in places
        ]


@pytest.fixture(scope="module")
def searcher(chromium: Browser, address: str) -> Iterator[Page]:
    """A window whose pages have their search."""
    context = chromium.new_context(base_url=f"{address}/")
    yield context.new_page()
    context.close()


@pytest.fixture
def search(searcher: Page, request: pytest.FixtureRequest) -> Search:
    return Search(searcher, request.param)


def pages(places: list[str]) -> list[str]:
    return list(dict.fromkeys(place.partition("#")[0] for place in places))


def share_found(search: Search, asked: list[tuple[str, str]]) -> float:
    found = [(page, pages(search(words))[:3], words) for words, page in asked]
    misses = [
        f"{page}, but {', '.join(first)}: {words}"
        for page, first, words in found
        if page not in first
    ]
    share = 100 * (len(asked) - len(misses)) / len(asked)
    print(f"{len(asked) - len(misses)} of {len(asked)}, {share:.0f} %; not found:")
    print(*misses, sep="\n")
    return share


@pytest.mark.parametrize("search", PAGES, indirect=True)
def test_a_search_finds_the_right_page_first(search: Search) -> None:
    for words, page in FIRST[search.root.strip("/")].items():
        assert pages(search(words))[0] == page, words


@pytest.mark.parametrize("search", ["en"], indirect=True)
def test_a_question_leads_to_the_page_that_answers_it(
    search: Search,
) -> None:
    asked = [(answer["asked"], answer["page"]) for answer in ANSWERS]

    assert share_found(search, asked) >= FOUND_AT_LEAST


@pytest.mark.parametrize("search", ["zh"], indirect=True)
def test_a_chinese_question_leads_to_the_page_that_answers_it(
    search: Search,
) -> None:
    asked = [(answer["zh"], answer["page"]) for answer in ANSWERS if "zh" in answer]

    assert len(asked) >= 20
    assert share_found(search, asked) >= FOUND_AT_LEAST


@pytest.mark.parametrize("search", ["zh"], indirect=True)
def test_other_words_for_a_thing_lead_to_it_too(
    search: Search,
) -> None:
    for words, page in OTHER_WORDS.items():
        assert page in pages(search(words))[:3], words


def messages() -> dict[str, set[str]]:
    """Messages with other numbers that are known, and the entries that explain each."""
    pages_of: dict[str, set[str]] = {}
    for kind, entry in KINDS.items():
        pages_of.setdefault(kind.name, set()).add(entry)
    texts = {re.sub(SIZE, "7", text) for _, text in every_message()}
    kinds = {text: diagnose(text).kind for text in sorted(texts)}
    return {text: pages_of[kind] for text, kind in kinds.items() if kind in pages_of}


@pytest.mark.parametrize("search", PAGES, indirect=True)
def test_a_pasted_message_leads_to_its_entry_whatever_its_numbers(
    search: Search,
) -> None:
    asked = messages()
    assert len(asked) > 900
    found = search.page.evaluate(
        """async (all) => {
            const field = document.querySelector('.md-search__input');
            const found = {};
            for (const text of all) {
                field.value = text;
                field.dispatchEvent(new InputEvent('input', { bubbles: true }));
                await new Promise((done) => setTimeout(done));
                for (let wait = 0; wait < 50 && !document.querySelector('.known'); wait++)
                    await new Promise((done) => setTimeout(done, 20));
                const link = document.querySelector('.known');
                found[text] = link && link.textContent ? link.href : '';
                link?.remove();
            }
            return found;
        }""",
        list(asked),
    )
    misses = [
        f"{sorted(entries)}: {text[:120]} -> {found[text]}"
        for text, entries in asked.items()
        if urlsplit(found[text]).path.removeprefix(search.root)
        + f"#{urlsplit(found[text]).fragment}"
        not in entries
    ]

    print(f"{len(asked) - len(misses)} of {len(asked)} messages")
    assert misses == []
