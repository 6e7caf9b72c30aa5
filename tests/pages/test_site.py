"""What a reader sees on the finished site is what the checks have read in its source."""

import re
from collections import Counter
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest
from docs import lighter

from tests.adapter import PAGES, ROOT, items_of, page_names
from verified_docs import built

API = "reference/api/"
MODULES = sorted((ROOT / "src" / "convarith").rglob("*.py"))


def finished(site: Path, language: str, name: str) -> Path:
    stem = name.removesuffix(".md").removesuffix("index")
    return site / language / stem / "index.html"


def read(language: str, name: str) -> Counter[built.Key]:
    """What the checks know of a page."""
    text = (PAGES[language] / name).read_text("utf-8")
    return built.keys(items_of(f"docs/{language}/{name}")) + built.headings(text)


def docstrings() -> Counter[built.Key]:
    """What the checks know of the library, which the pages of the reference show."""
    keys = (built.keys(items_of(str(path.relative_to(ROOT)))) for path in MODULES)
    return sum(keys, Counter())


@pytest.mark.parametrize("language", PAGES)
def test_what_a_reader_sees_is_what_the_checks_have_read(
    language: str, site: Path
) -> None:
    total, where = 0, f"docs/{language}/"
    # Of the reference, together: what a class inherits is shown with each of those that
    # inherit it, and each name that it documents is a heading, too.
    library = docstrings()
    of_library: Counter[built.Key] = Counter()
    for name in page_names(language):
        wanted, seen = read(language, name), built.seen(finished(site, language, name))
        total += seen.total()
        if name.startswith(API):
            of_library += seen
            library += wanted
            continue
        assert not seen - wanted, f"{where}{name}: not checked: {seen - wanted}"
        assert not wanted - seen, f"{where}{name}: not seen: {wanted - seen}"
    shown, known = (
        Counter({key for key in keys if key[0] != "heading"})
        for keys in (of_library, library)
    )
    assert not shown - known, f"{where}{API}: not checked: {shown - known}"
    assert not known - shown, f"{where}{API}: not seen: {known - shown}"
    assert total > 800


def test_headings_lead_down_one_by_one(site: Path) -> None:
    for page in site.glob("??/**/index.html"):
        article = page.read_text("utf-8").partition("<article")[2]
        levels = [int(level) for level in re.findall(r"<h([1-6])\b", article)]
        assert levels.count(1) == 1, page
        assert all(b <= a + 1 for a, b in pairwise([0, *levels])), page


def test_every_page_of_the_site_has_been_read(site: Path) -> None:
    for language in PAGES:
        there = {str(path) for path in (site / language).rglob("index.html")}
        assert there == {
            str(finished(site, language, name)) for name in page_names(language)
        }


def test_a_block_that_nobody_has_read_is_found(tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    page.write_text(
        "<article><h2 id='x'>X</h2><pre><code>1 + 1</code></pre>"
        "<div class='language-python highlight' data-copy='x = 1&#10;'>"
        "<pre><code>x = 1</code></pre></div>"
        "<span class='maths' data-tex='k  = 3'></span></article>",
        "utf-8",
    )

    assert built.seen(page) == {
        ("heading", "x"): 1,
        ("", "1 + 1", ""): 1,
        ("python", "x = 1", "x = 1"): 1,
        ("formula", "k = 3"): 1,
    }


def test_without_a_report_nothing_says_that_it_was_checked(site: Path) -> None:
    text = finished(site, "en", "derivation.md").read_text("utf-8")

    assert 'data-verified="no"' in text
    assert 'data-verified="yes"' not in text


@pytest.mark.parametrize("language", PAGES)
def test_a_link_to_a_page_is_shown_with_its_heading_and_a_picture(
    language: str, site: Path
) -> None:
    headings = set()
    for name in page_names(language):
        html = finished(site, language, name).read_text("utf-8")
        said = dict(
            re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]+)"', html)
        )
        base, _, picture = said["og:image"].partition(f"/{language}/")

        assert base == "http://localhost:8000"
        assert (site / language / picture).read_bytes().startswith(b"\x89PNG")
        assert unescape(said["og:description"]) == said["description"]
        assert f"<title>{said['og:title']} · convarith</title>" in html
        headings.add(said["og:title"])
    assert len(headings) == len(page_names(language))


def test_a_script_that_would_lose_spaces_is_not_published(tmp_path: Path) -> None:
    script = tmp_path / "path.mjs"
    script.write_text("const path = `${first ? `M${x} ${y}` : ''}`;", "utf-8")

    with pytest.raises(ValueError, match=r"^path\.mjs: a template within a template"):
        lighter.shrink(tmp_path)
