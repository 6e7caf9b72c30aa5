"""The site as it is published: run after the suite has left its report."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.adapter import PAGES, PINS, ROOT
from tests.browser import machine
from tests.pages.test_pins import lax
from verified_docs import report

SITE = ROOT / "site"


def page(site: Path, language: str, name: str) -> BeautifulSoup:
    stem = name.removesuffix(".md").removesuffix("index")
    html = (site / language / stem / "index.html").read_text("utf-8")
    return BeautifulSoup(html, "html.parser")


def said(site: Path) -> list[str]:
    """What the pages say of each block and each formula that claims something."""
    return [
        mark
        for path in site.rglob("index.html")
        for mark in re.findall(r'data-verified="?(\w+)', path.read_text("utf-8"))
    ]


def test_every_block_and_formula_says_that_it_was_checked() -> None:
    assert report.current(ROOT) is not None
    marks = said(SITE)
    assert set(marks) == {"yes"}
    assert len(marks) > 200


def test_no_pin_is_far_below_what_was_counted() -> None:
    known = report.current(ROOT)
    assert known is not None

    assert not lax(PINS["at_least"], known.counts), "raise what is pinned"


@pytest.mark.parametrize("language", PAGES)
def test_the_counts_on_the_page_are_those_of_the_run(language: str) -> None:
    known = report.current(ROOT)
    assert known is not None
    cells = page(SITE, language, "reference/verification.md").select(".census td")

    numbers = [
        cell.get_text() for cell in cells if re.fullmatch(r"[\d,]+", cell.get_text())
    ]
    wanted = [*known.counts.values(), known.seconds]
    assert [int(number.replace(",", "")) for number in numbers] == wanted
    assert {cell.get_text() for cell in cells} >= set(known.versions.values())


def test_the_report_is_published_with_the_site() -> None:
    published = (SITE / "verified-examples.json").read_text("utf-8")

    assert published == (ROOT / report.REPORT).read_text("utf-8")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with machine.served(SITE) as address:
        yield address


@pytest.mark.parametrize("palette", [machine.LIGHT, machine.DARK])
def test_what_is_said_can_be_read_by_everyone(address: str, palette: str) -> None:
    with machine.chromium() as browser:
        context = browser.new_context()
        context.add_init_script(machine.WITHOUT_TRANSITIONS)
        shown = context.new_page()
        for name in (
            "en/derivation/",
            "zh/reference/laws/",
            "zh/reference/verification/",
        ):
            shown.goto(f"{address}/{name}")
            machine.settled(shown)
            assert machine.barriers(shown, palette) == [], name
