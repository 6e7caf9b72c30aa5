"""Numbers that stand in plain prose, where nothing could ask whether they are true."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator

from bs4 import BeautifulSoup

from verified_docs import blocks

CHECKED = (
    ".maths, pre, .highlight, code, .status, .census, .generated, "
    ".headerlink, .footnote-ref, .footnote-backref"
)
NUMBER = re.compile(r"(?<![A-Za-z\d.])\d+(?:\.\d+)*")
LINES = "p, li, td, th, dd, dt, h1, h2, h3, h4, h5, h6, summary, figcaption"


def loose_numbers(
    page: BeautifulSoup, known: Iterable[str]
) -> Iterator[tuple[str, str]]:
    """Each number of the prose that is in no known phrase, and the text around it."""
    prose = copy.copy(page)
    for row in prose.select("tbody tr"):
        if blocks.row_claim(row)[0]:
            row.decompose()
    for checked in prose.select(CHECKED):
        checked.replace_with(" ")
    for line in prose.select(LINES):
        text = line.get_text()
        bare = text
        for phrase in known:
            bare = bare.replace(phrase, " ")
        for number in NUMBER.findall(bare):
            yield number, " ".join(text.split())


def unexecuted_code(page: BeautifulSoup) -> Iterator[str]:
    """Code in a sentence that has a number which no block of the page runs with."""
    executed = "\n".join(shown.get_text() for shown in page.select("div.highlight"))
    for code in page.select("code"):
        text = code.get_text()
        elsewhere = code.find_parent("pre") or code.find_parent(class_="generated")
        if elsewhere or not re.search(r"(?<![a-zA-Z])\d", text):
            continue
        if text not in executed:
            yield text
