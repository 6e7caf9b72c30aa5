"""What a reader sees of a finished page: its blocks, formulas and headings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from bs4 import BeautifulSoup, Tag

from verified_docs import payload
from verified_docs.source import HEADING, Item, bare, row_claim, without_blocks

# A signature is the source itself, not an example of its use.
BLOCKS = "div.highlight:not(.doc-signature), pre:not(div.highlight pre)"

# What stands around an article is as long again, and pictures are most of one:
# nothing of either is read here.
ARTICLE = re.compile(r"<article.*</article>", re.DOTALL)
PICTURE = re.compile(r"<svg.*?</svg>", re.DOTALL)

Key = tuple[str, ...]


def keys(items: Iterable[Item]) -> Counter[Key]:
    """What must be seen of these items: a block by what it shows and what it copies."""
    return Counter(
        ("formula", item.key)
        if item.is_formula
        else (item.kind, item.key, bare(payload.copied(item)))
        for item in items
    )


def headings(text: str) -> Counter[Key]:
    """The headings that must be seen of a page's source, by their ids."""
    rest, _ = without_blocks(text)
    return Counter(("heading", match["id"] or "") for match in HEADING.finditer(rest))


def seen(path: Path) -> Counter[Key]:
    """What a reader sees of a finished page, by the same keys."""
    article = ARTICLE.search(path.read_text("utf-8"))
    text = PICTURE.sub("", article[0]) if article else ""
    return Counter(_seen(BeautifulSoup(text, "html.parser")))


def _seen(article: Tag) -> Iterator[Key]:
    for block in article.select(BLOCKS):
        code = (block.find("code") or block).get_text()
        yield _language(block), bare(code), bare(str(block.get("data-copy", "")))
    for formula in article.select(".maths"):
        yield "formula", " ".join(str(formula["data-tex"]).split())
    for table in article.select("table"):
        symbols = [head.select_one(".maths") for head in table.select("thead th")]
        names = [str(symbol["data-tex"]) for symbol in symbols if symbol]
        for row in table.select("tbody tr") if all(symbols) else ():
            cells = [cell.get_text(strip=True) for cell in row.select("td")]
            if all(re.fullmatch(r"\d+", cell) for cell in cells):
                yield "formula", " ".join(row_claim(names, cells).split())
    for heading in article.select("h1, h2, h3, h4, h5, h6"):
        yield "heading", str(heading.get("id", ""))


def _language(block: Tag) -> str:
    names = block.get_attribute_list("class")
    languages = [n for n in names if n and n.startswith("language-")]
    return languages[0].removeprefix("language-") if languages else ""
