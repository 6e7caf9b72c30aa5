"""Numbers that stand in plain prose, where nothing could ask whether they are true."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator

from bs4 import BeautifulSoup, Comment, Tag

from verified_docs import blocks

CHECKED = (
    ".maths, .maths__glyphs, pre, code, .status, .census, .generated, "
    "a.headerlink, a.footnote-ref, a.footnote-backref, button"
)
NUMBER = re.compile(r"(?<![A-Za-z\d.])\d+(?:\.\d+)*")
LINES = "p, li, td, th, dd, dt, h1, h2, h3, h4, h5, h6, summary, figcaption, label"
SPOKEN = ("alt", "title", "aria-label")


def loose_numbers(
    page: BeautifulSoup | Tag, known: Iterable[str]
) -> Iterator[tuple[str, str]]:
    """Each number of the prose that is in no known phrase, and the text around it."""
    prose = copy.copy(page)
    for row in prose.select("tbody tr"):
        if blocks.row_claim(row)[0]:
            row.decompose()
    for checked in prose.select(CHECKED):
        checked.replace_with(" ")
    known = list(known)
    for text in _texts(prose):
        bare = text
        for phrase in known:
            bare = bare.replace(phrase, " ")
        for number in NUMBER.findall(bare):
            yield number, " ".join(text.split())


def _texts(prose: BeautifulSoup | Tag) -> Iterator[str]:
    """Each line of prose, and all that is said in no line."""
    for spoken in prose.select("*"):
        for name in SPOKEN:
            if spoken.has_attr(name):
                yield str(spoken[name])
    lines = prose.select(LINES)
    for line in lines:
        if not line.select(LINES):
            yield line.get_text()
    for text in prose.find_all(string=True):
        inside = text.find_parent(LINES.split(", "))
        if not isinstance(text, Comment) and (inside is None or inside.select(LINES)):
            yield str(text)


def unexecuted_code(page: BeautifulSoup) -> Iterator[str]:
    """Code in a sentence that has a number which no block of the page runs with."""
    executed = "\n".join(shown.get_text() for shown in page.select("div.highlight"))
    for code in page.select("code"):
        text = code.get_text()
        elsewhere = code.find_parent("pre") or code.find_parent(class_="generated")
        if elsewhere or not re.search(r"(?<![a-zA-Z])\d", text):
            continue
        whole = re.compile(rf"(?<![\w.]){re.escape(text)}(?![\w.])")
        if re.fullmatch(r"[\d.\s]+", text) or not whole.search(executed):
            yield text
