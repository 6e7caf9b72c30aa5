"""Who types a question or pastes a message is led to the page that answers it."""

import gzip
import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from docs.javascript import ASSETS, Engine
from docs.search import things

from convarith import diagnose
from convarith.diagnosis import KINDS
from tests.adapter import PAGES, ROOT
from tests.convarith.test_diagnose import SIZE, every_message

DATA = ROOT / "tests" / "data"
SEARCHES = json.loads((DATA / "searches.json").read_text("utf-8"))
ANSWERS = json.loads((DATA / "answers.json").read_text("utf-8"))
# An answering page is among the first three, or the first, in percent.
THREE_AT_LEAST = 95
FIRST_AT_LEAST = 82
# Whole situations, as people describe them in a forum.
TOLD_AT_LEAST = 75
# What a reader fetches who searches: the sections and the scripts, in kB.
AT_MOST = {"en": 95, "zh": 150}


@dataclass(frozen=True)
class Asked:
    """What somebody types, and the pages that answer it."""

    text: str
    pages: list[str]


def asked(language: str) -> list[Asked]:
    return [
        Asked(search["asked"], search["pages"])
        for search in SEARCHES
        if search["language"] == language
    ]


def told(language: str) -> list[Asked]:
    key = "asked" if language == "en" else language
    return [
        Asked(answer[key], [f"{answer['page']}/".replace("index/", "")])
        for answer in ANSWERS
        if key in answer
    ]


def sections(site: Path, language: str) -> str:
    return (site / language / "search" / "sections.json").read_text("utf-8")


@cache
def ranking(site: Path, language: str) -> Engine:
    """The search as a reader's browser has it, and what it knows of the pages."""
    engine = Engine(ASSETS / "search" / "ranking.mjs")
    engine.context.eval(
        f"globalThis.find = ranking({sections(site, language)}).find; 0"
    )
    return engine


def places(site: Path, language: str, searches: list[Asked]) -> list[int]:
    """Where an answering page stands for each search; far behind if nowhere."""
    call = "given.map((text) => find(text).pages.map(([best]) => best.section.page))"
    found = ranking(site, language).ask(call, [search.text for search in searches])
    places = [
        next((n for n, page in enumerate(pages) if page in search.pages), 99)
        for search, pages in zip(searches, found, strict=True)
    ]
    for search, place, pages in zip(searches, places, found, strict=True):
        if place > 2:
            print(f"{search.text}: {', '.join(pages[:3])}, not {search.pages}")
    return places


def share(places: list[int], first: int) -> float:
    return 100 * sum(place < first for place in places) / len(places)


@pytest.mark.parametrize("language", PAGES)
def test_a_question_leads_to_a_page_that_answers_it(site: Path, language: str) -> None:
    found = places(site, language, asked(language))
    print(f"{share(found, 1):.0f} % first, {share(found, 3):.0f} % in the first three")

    assert share(found, 3) >= THREE_AT_LEAST
    assert share(found, 1) >= FIRST_AT_LEAST


@pytest.mark.parametrize("language", PAGES)
def test_a_situation_leads_to_the_page_that_is_about_it(
    site: Path, language: str
) -> None:
    assert share(places(site, language, told(language)), 3) >= TOLD_AT_LEAST


def test_every_form_of_a_thing_names_it() -> None:
    engine = Engine(ASSETS / "search" / "tokens.mjs")
    engine.context.eval(f"globalThis.read = reader({json.dumps(things())}, []); 0")
    forms = [(thing, form) for thing, forms in things().items() for form in forms]
    named = engine.ask(
        "given.map(([thing, form]) => read(form, true).some(([token]) => token === `~${thing}`))",
        forms,
    )

    assert [form for form, found in zip(forms, named, strict=True) if not found] == []


LINE = "nn.ConvTranspose2d(64, 32, 4, stride=2, padding=1)"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("k4s2p1", LINE),
        ("k=4, s=2, p=1", LINE),
        ("kernel_size=4, stride=2, padding=1", LINE),
        ("kernel_size=(4, 4), stride=(2, 2), padding=(1, 1)", LINE),
        ("ConvTranspose(4, stride=2, padding=1)", LINE),
        ("Conv2DTranspose(32, 4, 2, padding=1)", LINE),
        ("nn.ConvTranspose2d(64, 32, 4, 2, 1, 0)", LINE),
    ],
)
def test_a_layer_is_the_same_however_it_is_written(typed: str, meant: str) -> None:
    engine = Engine(ASSETS / "search" / "code.mjs")
    one, other = engine.ask("given.map((text) => coded(text))", [typed, meant])

    assert sorted(one) == sorted(other)
    assert ["k=4,s=2,p=1", 1] in one


@pytest.mark.parametrize("language", PAGES)
def test_a_pasted_layer_leads_to_the_calculator(site: Path, language: str) -> None:
    lines = [
        LINE,
        "nn.Conv2d(3, 64, 3, 2, 1)",
        "layers.Conv2DTranspose(64, 5, strides=2)",
    ]

    assert set(places(site, language, [Asked(line, [""]) for line in lines])) <= {0, 1}


@pytest.mark.parametrize(
    ("language", "slip", "right"),
    [
        ("en", "iphnoe", "iphone"),
        ("en", "andriod", "android"),
        ("zh", "空动率", "空洞率"),
        ("zh", "转至卷积", "转置卷积"),
    ],
)
def test_a_slip_finds_what_the_word_finds(
    site: Path, language: str, slip: str, right: str
) -> None:
    call = "given.map((text) => find(text).pages[0][0].section.page)"
    one, other = ranking(site, language).ask(call, [slip, right])

    assert one == other


def messages() -> dict[str, set[str]]:
    """Messages with other numbers that are known, and the entries that explain each."""
    pages_of: dict[str, set[str]] = {}
    for kind, entry in KINDS.items():
        pages_of.setdefault(kind.name, set()).add(entry)
    texts = {re.sub(SIZE, "7", text) for _, text in every_message()}
    kinds = {text: diagnose(text).kind for text in sorted(texts)}
    return {text: pages_of[kind] for text, kind in kinds.items() if kind in pages_of}


def test_a_pasted_message_leads_to_its_entry_whatever_its_numbers() -> None:
    known = messages()
    assert len(known) > 900
    found = Engine(ASSETS / "known.mjs").ask(
        "given.map((text) => known(text)?.page ?? '')", list(known)
    )

    assert [
        f"{sorted(entries)}: {text[:120]} -> {page}"
        for (text, entries), page in zip(known.items(), found, strict=True)
        if page not in entries
    ] == []


@pytest.mark.parametrize("language", PAGES)
def test_a_known_message_is_answered_before_all_else(site: Path, language: str) -> None:
    entry = "errors/output-size/#output-size-length"
    engine = Engine(ASSETS / "search" / "answer.mjs")
    engine.context.eval(f"globalThis.say = answering({sections(site, language)}); 0")
    shown: Any = engine.ask(
        "say(given.text, { page: given.page, fix: given.fix })[0]",
        {
            "text": "output_size must have 2 elements <b>",
            "page": entry,
            "fix": "a < `b`",
        },
    )

    assert shown[0]["location"] == entry
    assert shown[0]["text"] == "a &#60; <code>b</code>"
    # The box wants the page itself, and Enter opens what has the highest score.
    assert shown[-1]["location"] == "errors/output-size/"
    assert shown[0]["score"] > shown[-1]["score"]


@pytest.mark.parametrize("language", PAGES)
def test_what_a_search_fetches_is_light(site: Path, language: str) -> None:
    assets = site / language / "assets"
    # One module brings those that it needs.
    scripts = [
        (assets / name).read_text("utf-8")
        for name in ("search/answer.mjs", "javascripts/workers/search.js")
    ]
    texts = [sections(site, language), *scripts]
    weight = sum(len(gzip.compress(text.encode())) for text in texts) / 1000
    print(f"{weight:.1f} kB")

    assert not any('from"' in script for script in scripts)
    assert weight < AT_MOST[language]
    theirs = json.loads(
        (site / language / "search/search_index.json").read_text("utf-8")
    )
    assert theirs["docs"] == []
