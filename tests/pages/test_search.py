"""Who types a question or pastes a message finds the page that answers it.

tests/data/answers.json says which page and which section that is.
"""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from docs.javascript import Engine
from playwright.sync_api import Browser, Page

from convarith.messages import MESSAGES
from tests.adapter import MARKDOWN, PAGES, ROOT
from tests.convarith.test_diagnose import LIVE, SAID, SIZE, raised
from tests.widgets.engine import WIDGETS
from verified_docs import blocks

ANSWERS = json.loads((ROOT / "tests/data/answers.json").read_text("utf-8"))
SIZES = {
    question["id"]: question["settings"]
    for question in json.loads((ROOT / "tests/data/questions.json").read_text("utf-8"))
}
# Of all questions, in percent; the answering page is among the first three.
FOUND_AT_LEAST = 90
OTHER_WORDS = {
    "deconvolution": "learn/matrix",
    "反卷积": "learn/matrix",
    "尺寸不匹配": "recipes/u-net",
    "少一个像素": "recipes/restore-the-encoder",
}
PARAMETERS = ("kernel_size", "stride", "padding", "output_padding", "dilation")


def source(language: str, page: str) -> str:
    file = PAGES[language] / f"{page}.md"
    file = file if file.exists() else PAGES[language] / page / "index.md"
    return file.read_text("utf-8")


@pytest.mark.parametrize("language", PAGES)
@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer["id"])
def test_the_answer_to_a_question_has_its_place(
    language: str, answer: dict[str, Any]
) -> None:
    shown = blocks.render(source(language, answer["page"]), MARKDOWN)

    assert shown.find(id=answer["anchor"]) is not None


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(WIDGETS / "sizes.mjs")


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer["id"])
def test_the_sizes_of_an_answer_stand_there_or_come_out_of_the_calculator(
    engine: Engine, answer: dict[str, Any]
) -> None:
    text = BeautifulSoup(
        str(blocks.render(source("en", answer["page"]), MARKDOWN)), "html.parser"
    ).get_text(" ")
    for setting in SIZES.get(answer["id"], []):
        name = "convSize" if setting["layer"] == "Conv" else "convTransposeSize"
        given = {key: setting[key] for key in PARAMETERS if key in setting}
        size = engine.ask(f"{name}({setting['in_size']}, given)", given)

        stands_there = re.search(rf"(?<!\d){setting['out_size']}(?!\d)", text)
        assert stands_there or size == setting["out_size"], setting


@pytest.fixture
def search(
    chromium: Browser, address: str, request: pytest.FixtureRequest
) -> Iterator[Callable[[str], list[str]]]:
    """What is found first, page by page and with the place on the first of them."""
    language = request.param
    page = chromium.new_context().new_page()
    page.goto(f"{address}/{language}/")
    page.locator(".md-search__input").click()
    yield lambda words: found(page, words, f"/{language}/")
    page.context.close()


def found(page: Page, words: str, root: str) -> list[str]:
    field = page.locator(".md-search__input")
    links = page.locator(".md-search-result__item a.md-search-result__link")
    field.fill("")
    page.keyboard.press("End")
    links.first.wait_for(state="detached", timeout=20_000)
    field.fill(words)
    # A filled field is no key press, and the search waits for one.
    page.keyboard.press("End")
    links.first.wait_for(timeout=20_000)
    hrefs = links.evaluate_all("all => all.map(e => e.getAttribute('href'))")
    places = [urlsplit(str(href)) for href in hrefs]
    return [
        f"{place.path.removeprefix(root)}#{place.fragment}".replace("/#", "#")
        for place in places
    ]


def pages(places: list[str]) -> list[str]:
    return list(dict.fromkeys(place.partition("#")[0] for place in places))


def share_found(
    search: Callable[[str], list[str]], asked: list[tuple[str, str]]
) -> float:
    misses = [
        f"{page}: {words}"
        for words, page in asked
        if page not in pages(search(words))[:3]
    ]
    share = 100 * (len(asked) - len(misses)) / len(asked)
    print(f"{len(asked) - len(misses)} of {len(asked)}, {share:.0f} %; not found:")
    print(*misses, sep="\n")
    return share


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("search", ["en"], indirect=True)
def test_a_question_leads_to_the_page_that_answers_it(
    search: Callable[[str], list[str]],
) -> None:
    asked = [(answer["asked"], answer["page"]) for answer in ANSWERS]

    assert share_found(search, asked) >= FOUND_AT_LEAST


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("search", ["zh"], indirect=True)
def test_a_chinese_question_leads_to_the_page_that_answers_it(
    search: Callable[[str], list[str]],
) -> None:
    asked = [(answer["zh"], answer["page"]) for answer in ANSWERS if "zh" in answer]

    assert len(asked) >= 20
    assert share_found(search, asked) >= FOUND_AT_LEAST


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("search", ["zh"], indirect=True)
def test_other_words_for_a_thing_lead_to_it_too(
    search: Callable[[str], list[str]],
) -> None:
    for words, page in OTHER_WORDS.items():
        assert page in pages(search(words))[:3], words


def messages() -> dict[str, set[str]]:
    """Messages with other numbers, and the entries that may explain each."""
    pages_of: dict[str, set[str]] = {}
    for known in MESSAGES:
        pages_of.setdefault(known.kind, set()).add(known.page.replace("/#", "#"))
    texts = [(kind, raised(call)) for kind, call in LIVE] + SAID
    return {re.sub(SIZE, "7", text): pages_of[kind] for kind, text in texts}


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("search", PAGES, indirect=True)
def test_a_pasted_message_leads_to_its_entry_whatever_its_numbers(
    search: Callable[[str], list[str]],
) -> None:
    asked = messages()
    misses = []
    for message, entries in asked.items():
        # The page is named before the sections of it that say the words.
        page, *sections = search(message)
        wanted = {entry for entry in entries if entry.startswith(f"{page}")}
        if not wanted & set(sections[:1]):
            misses.append(
                f"{sorted(entries)}: {message[:120]} -> {[page, *sections][:4]}"
            )

    print(f"{len(asked) - len(misses)} of {len(asked)} messages")
    assert misses == []
