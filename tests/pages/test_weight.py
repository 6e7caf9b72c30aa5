"""What each page may weigh, ask for and hold: read from its files, without a browser."""

import gzip
import re
from functools import cache
from pathlib import Path

import pytest

from tests.adapter import PAGES

LINKED = re.compile(r'<link rel="(?:stylesheet|icon|modulepreload)" href="([^"]+)"')
SCRIPT = re.compile(r'<script src="([^"]+)"')
# Two of these stand on each page, and one of them is shown.
PICTURE = re.compile(r'<img [^>]*src="([^"#]+)#only-light"')
# What the theme's script asks for: its worker, its index, and the map of the site.
ASKED = (
    "assets/javascripts/workers/search.js",
    "search/search_index.json",
    "sitemap.xml",
)
TAG = re.compile(r"<[a-z][^>]*>")

KILOBYTES, REQUESTS, ELEMENTS = 130, 9, 9_000


@cache
def weight(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 6))


def needed(page: Path, html: str, language: Path) -> set[Path]:
    """What a first visit fetches; pictures come one by one as they come into sight."""
    links = [*LINKED.findall(html), *SCRIPT.findall(html)]
    return {(page.parent / link).resolve() for link in links} | {
        language / name for name in ASKED
    }


@pytest.mark.parametrize("language", PAGES)
def test_every_page_is_light(language: str, site: Path) -> None:
    heavy = []
    for page in (site / language).rglob("index.html"):
        html = page.read_text("utf-8")
        files = needed(page, html, (site / language).resolve())
        kilobytes = sum(map(weight, {page, *files})) / 1000
        requests, elements = 1 + len(files), len(TAG.findall(html))
        if (
            kilobytes > KILOBYTES
            or requests > REQUESTS
            or elements > ELEMENTS
            or len(re.findall('rel="stylesheet"', html)) != 1
        ):
            heavy.append((page.parent.name, round(kilobytes), requests, elements))

    assert heavy == []


@pytest.mark.parametrize("language", PAGES)
def test_a_picture_keeps_its_place_before_it_comes(language: str, site: Path) -> None:
    for page in (site / language).rglob("index.html"):
        for image in re.findall(r"<img [^>]*>", page.read_text("utf-8")):
            assert re.search('width="\\d+" height="\\d+"', image), (page, image)


def test_each_page_names_its_twin_and_the_twin_names_it(site: Path) -> None:
    for page in (site / "en").rglob("index.html"):
        twin = site / "zh" / page.relative_to(site / "en")
        named = [
            re.findall(
                r'<link rel="alternate " hreflang="([^"]+)" href="([^"]+)"',
                path.read_text("utf-8"),
            )
            for path in (page, twin)
        ]
        assert named[0] == named[1], page
        assert [language for language, _ in named[0]] == [*PAGES, "x-default"]
