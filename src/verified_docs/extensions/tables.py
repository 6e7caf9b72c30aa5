"""A Python-Markdown extension: on a phone, a table that is too wide becomes cards.

Its cells then stand below each other, and a style sheet writes before each the head of
its column. A table is too wide if its columns, as narrow as their longest words and yet
wide enough to be read, are more than a phone has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

# In letters: what a phone of 360 pixels has, what a cell's margins take, and how narrow
# a column may become before its text stands one word a line.
PHONE, MARGINS, READABLE = 43, 3, 12
CHINESE = re.compile(r"[\u2e80-\uffff]+")
TEX = re.compile(r"\\(?:[()\[\]]|\w+)|[{}]")


class TablesExtension(Extension):
    """Mark the tables that are too wide for a phone."""

    def extendMarkdown(self, md: Markdown) -> None:
        # After the text inside the cells has become elements.
        md.treeprocessors.register(_Cards(md), "cards", 5)


class _Cards(Treeprocessor):
    def run(self, root: Element) -> None:
        for table in root.iter("table"):
            rows = [[_text(cell) for cell in row] for row in table.iter("tr")]
            if _width(rows) > PHONE:
                table.set("data-cards", "")
                _label(table, rows[0])


def _width(rows: list[list[str]]) -> int:
    columns = zip(*rows, strict=True)
    return sum(max(map(_narrowest, column)) + MARGINS for column in columns)


def _narrowest(text: str) -> int:
    """How few letters wide a cell can be: Chinese may break anywhere, and is wider."""
    length = len(text) + sum(map(len, CHINESE.findall(text)))
    return max(min(length, READABLE), *map(len, CHINESE.sub(" ", text).split()), 0)


def _label(table: Element, heads: list[str]) -> None:
    for row in table.iterfind("tbody/tr"):
        for cell, head in zip(row, heads, strict=True):
            cell.set("data-head", head)


def _text(cell: Element) -> str:
    return " ".join("".join(_words(cell)).split())


def _words(element: Element) -> Iterator[str]:
    """The text of an element; of a formula its letters, without the commands of TeX."""
    formula = "arithmatex" in element.get("class", "")
    yield TEX.sub("", element.text or "") if formula else element.text or ""
    for child in element:
        yield from _words(child)
        yield child.tail or ""


def makeExtension(**options: Any) -> TablesExtension:
    """What Python-Markdown calls to load the extension."""
    return TablesExtension(**options)
