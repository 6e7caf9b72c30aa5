"""A page that is taken along has the blocks that were checked, and links that lead on."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from docs.copies import NOTEBOOKS, Page

from tests.adapter import PAGES, ROOT, items_of, page_names
from verified_docs import copies
from verified_docs.source import CODE, blanked, without_blocks

API = "reference/api/"
URL = "https://example.org/sub/path"
LINK = re.compile(r"\]\((?P<url>[^)\s]+)")
ID = re.compile(r'\sid="?([^"\s>]+)')


@cache
def cells(language: str, name: str) -> list[dict[str, Any]]:
    """The cells that are run, behind the one that installs."""
    notebook = Page(language, name, URL).notebook
    found = [
        c for c in (notebook or {"cells": []})["cells"] if c["cell_type"] == "code"
    ]
    return found[1:]


def examples(name: str) -> Iterator[tuple[str, str]]:
    """What a file's blocks give and print, in their order."""
    for item in items_of(name):
        if item.kind in copies.RUNS:
            yield copies.own_code(item).rstrip("\n"), copies.printed(item)


def shown(cell: dict[str, Any]) -> tuple[str, str]:
    return cell["source"], "".join(output["text"] for output in cell["outputs"])


@pytest.mark.parametrize("language", PAGES)
def test_the_cells_of_a_page_are_its_blocks_in_their_order(language: str) -> None:
    total = 0
    for name in page_names(language):
        if not name.startswith(API):
            wanted = list(examples(f"docs/{language}/{name}"))
            assert [shown(cell) for cell in cells(language, name)] == wanted, name
            total += len(wanted)

    assert total > 300


def test_the_cells_of_the_reference_are_the_examples_of_the_library() -> None:
    sources = (ROOT / "src" / "convarith").rglob("*.py")
    known = {one for path in sources for one in examples(str(path.relative_to(ROOT)))}
    names = [name for name in page_names("en") if name.startswith(API)]

    for language in PAGES:
        assert {shown(c) for name in names for c in cells(language, name)} == known


@pytest.mark.parametrize("language", PAGES)
def test_a_notebook_says_what_it_needs_and_where_it_comes_from(language: str) -> None:
    for name in page_names(language):
        page = Page(language, name, URL)
        if notebook := page.notebook:
            first, *others = notebook["cells"]
            names = [cell["id"] for cell in notebook["cells"]]
            from_page, install = first["source"].splitlines()

            assert from_page == f"# {page.url}"
            assert install.startswith("%pip install --quiet ")
            assert len(set(names)) == len(names), name
            assert all(re.fullmatch(r"[\w-]{1,64}", one) for one in names), name
            assert all(cell["source"].strip() for cell in others), name


@cache
def places(path: Path) -> set[str]:
    return set(ID.findall(path.read_text("utf-8")))


def dead(site: Path, url: str) -> bool:
    """Whether an address of the site leads nowhere."""
    to = urlsplit(url)
    path = site / unquote(to.path).lstrip("/")
    path = path / "index.html" if path.is_dir() else path
    return not path.is_file() or bool(
        to.fragment and unquote(to.fragment) not in places(path)
    )


def test_what_is_taken_along_is_complete_and_leads_back_to_the_site(site: Path) -> None:
    seen = 0
    for language in PAGES:
        listed = (site / language / "llms.txt").read_text("utf-8")
        for name in page_names(language):
            page = Page(language, name, "http://localhost:8000")
            text = (site / language / name).read_text("utf-8")
            html = site / urlsplit(page.url).path.lstrip("/") / "index.html"
            stem = name.removesuffix(".md")
            code = cells(language, name)

            assert f"/{language}/{name})" in listed, name
            assert (site / language / f"{stem}.ipynb").exists() == bool(code), name
            asked = f"{NOTEBOOKS}{language}/{stem}.ipynb" in html.read_text("utf-8")
            assert asked == bool(code), name
            for cell in code:
                same = {
                    place
                    for place in places(html)
                    if copies.cell_id(place) == cell["id"]
                }
                assert same, f"{name}: no place {cell['id']}"
            for url in LINK.findall(blanked(CODE, without_blocks(text)[0])):
                assert not url.startswith("http://localhost:8000") or not dead(
                    site, url
                ), f"{name}: {url}"
                assert "://" in url or url.startswith("mailto:"), f"{name}: {url}"
                seen += 1

    assert seen > 1000


def test_a_link_that_leads_nowhere_is_found(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "index.html").write_text("<h1 id=one>One</h1>", "utf-8")

    assert not dead(tmp_path, "http://localhost:8000/en/#one")
    assert dead(tmp_path, "http://localhost:8000/en/#two")
    assert dead(tmp_path, "http://localhost:8000/zh/")
