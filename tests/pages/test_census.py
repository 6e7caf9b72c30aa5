"""Everything checkable that a reader sees has passed, and nothing was skipped.

This module is run last: conftest.py puts it there.
"""

from collections import Counter
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from sybil.integration.pytest import SybilItem

from tests.adapter import PAGES, ROOT, SUITE, page_names
from verified_docs.suite import seen

pytestmark = pytest.mark.census


def article(site: Path, language: str, name: str) -> BeautifulSoup:
    stem = name.removesuffix(".md").removesuffix("index")
    html = (site / language / stem / "index.html").read_text("utf-8")
    found = BeautifulSoup(html, "html.parser").select_one("article")
    assert found is not None
    return BeautifulSoup(str(found), "html.parser")


def docstrings() -> Counter[str]:
    folder = ROOT / "src" / "convarith"
    total: Counter[str] = Counter()
    for path, passed in SUITE.passed.items():
        if folder in path.parents:
            total += passed
    return total


@pytest.mark.parametrize("language", PAGES)
def test_what_a_reader_sees_is_what_has_passed(language: str, site: Path) -> None:
    total: Counter[str] = Counter()
    for name in page_names(language):
        passed = SUITE.passed.get(PAGES[language] / name, Counter())
        if name == "reference/api.md":
            passed = passed + docstrings()
        shown = seen(article(site, language, name))

        where = f"docs/{language}/{name}"
        assert not shown - passed, (
            f"{where}: seen, but not passed: {dict(shown - passed)}"
        )
        assert not passed - shown, (
            f"{where}: passed, but not seen: {dict(passed - shown)}"
        )
        total += shown
    print(
        f"{language}: {total.total()} blocks, equations and claims seen, as many passed"
    )
    assert total.total() > 100


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_the_readme_has_passed(name: str) -> None:
    assert SUITE.passed[ROOT / name].total() == 4


def test_every_page_of_the_site_is_in_the_census(site: Path) -> None:
    for language in PAGES:
        built = {
            str(path.parent.relative_to(site / language)).removeprefix(".")
            for path in (site / language).rglob("index.html")
        }
        named = {
            name.removesuffix(".md").removesuffix("index").rstrip("/")
            for name in page_names(language)
        }
        assert built == named


def test_nothing_was_skipped(request: pytest.FixtureRequest) -> None:
    items = [item for item in request.session.items if isinstance(item, SybilItem)]
    total = sum(passed.total() for passed in SUITE.passed.values())

    assert len(items) == total, "run the whole suite: the census counts what has passed"
