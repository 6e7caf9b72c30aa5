"""The site as it is published: run after the suite has left its report."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup

from tests.adapter import PAGES, ROOT, page_names
from tests.browser import machine
from verified_docs import report

SITE = ROOT / "site"


def page(site: Path, language: str, name: str) -> BeautifulSoup:
    stem = name.removesuffix(".md").removesuffix("index")
    html = (site / language / stem / "index.html").read_text("utf-8")
    return BeautifulSoup(html, "html.parser")


def said(site: Path) -> list[str]:
    """What the pages say of each block and each formula that claims something."""
    return [
        str(shown["data-verified"])
        for language in PAGES
        for name in page_names(language)
        for shown in page(site, language, name).select("[data-verified]")
    ]


def test_every_block_and_formula_says_that_it_was_checked() -> None:
    assert report.current(ROOT) is not None
    assert set(said(SITE)) == {"yes"}
    assert len(said(SITE)) > 200


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


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_said_can_be_read_by_everyone(address: str, scheme: str) -> None:
    with machine.chromium() as browser:
        context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]
        shown = context.new_page()
        for name in (
            "en/derivation/",
            "zh/reference/laws/",
            "zh/reference/verification/",
        ):
            shown.goto(f"{address}/{name}")
            shown.wait_for_timeout(300)
            report_of_axe = Axe().run(shown).response

            assert [found["id"] for found in report_of_axe["violations"]] == [], name
