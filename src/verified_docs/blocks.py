"""What a reader will see of a page: its blocks and formulas, each with its line.

The page is rendered with the site's own Markdown settings and the answer is read
off the result, so no spelling of a fence can hide a block from the checks, and
what stands in a comment or inside another block is not taken for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bs4 import BeautifulSoup, Tag
from markdown import Markdown
from mkdocs.config import load_config
from mkdocs.utils.meta import get_data

FENCE = re.compile(r"(?P<mark>`{3,}|~{3,})(?P<info>[^`]*)$")
# What may stand before a fence or a line of code: quotes, list marks, blanks.
MARGIN = re.compile(r"^[\s>]*(?:(?:[-*+]|\d+[.)])\s+)?")


# Every block that a page shows, whatever it was written as.
SHOWN = "div.highlight, pre:not(div.highlight pre)"


@dataclass(frozen=True)
class Block:
    """A block of code as the page shows it."""

    language: str
    text: str
    copied: str
    line: int
    before: Block | None = None


@dataclass(frozen=True)
class Formula:
    """A formula as the page shows it; a row of a table of symbols is one too."""

    tex: str
    display: bool
    line: int


class UnknownSource(ValueError):
    """Something that the page shows and that was not found in its source."""


@cache
def site_markdown(config_file: Path) -> Markdown:
    """Markdown as the site renders it."""
    config = load_config(str(config_file))
    return Markdown(
        extensions=config.markdown_extensions, extension_configs=config.mdx_configs
    )


def render(source: str, markdown: Markdown) -> BeautifulSoup:
    """The page's content, without the theme around it."""
    body, _ = get_data(source)
    return BeautifulSoup(markdown.reset().convert(body), "html.parser")


def blocks(source: str, page: BeautifulSoup) -> list[Block]:
    """Every code block, in the order of the page."""
    fences = list(_fences(source))
    found: list[Block] = []
    by_id: dict[str, Block] = {}
    for shown in page.select(SHOWN):
        text = text_of(shown)
        line = _first_match(text, fences)
        copied = str(shown.get("data-copy", ""))
        before = by_id.get(str(shown.get("data-continues", "")))
        found.append(Block(_language(shown), text, copied, line, before))
        by_id[str(shown.get("id"))] = found[-1]
    return found


def formulas(source: str, page: BeautifulSoup) -> list[Formula]:
    """Every formula, and every row of a table whose head is made of formulas."""
    position = 0
    found = []
    for shown in page.select(".maths, tbody tr"):
        if shown.name == "tr":
            tex, pattern = row_claim(shown)
            if not tex:
                continue
        else:
            tex = str(shown["data-tex"])
            # With its dollars: a letter alone would be found in any formula.
            spaced = r"[\s>]+".join(map(re.escape, tex.split()))
            pattern = rf"(?<=\$)[\s>]*(?P<tex>{spaced})[\s>]*\$"
        wanted = re.compile(pattern)
        # A footnote is shown at the end, wherever it is written.
        match = wanted.search(source, position) or wanted.search(source)
        if match is None:
            raise UnknownSource(f"the formula {tex} is not in the source")
        position = max(position, match.end())
        line = source.count("\n", 0, match.start("tex")) + 1
        found.append(
            Formula(tex, "maths--display" in shown.get_attribute_list("class"), line)
        )
    return found


def row_claim(row: Tag) -> tuple[str, str]:
    """A row under symbols says: these values, and therefore the last one."""
    table = row.find_parent("table")
    heads = table.select("thead th") if table else []
    symbols = [head.select_one(".maths") for head in heads]
    cells = [cell.get_text(strip=True) for cell in row.select("td")]
    if not all(symbols) or not all(re.fullmatch(r"\d+", cell) for cell in cells):
        return "", ""
    pairs = [
        f"{symbol['data-tex']}={cell}"
        for symbol, cell in zip(symbols, cells, strict=True)
        if symbol
    ]
    tex = ", ".join(pairs[:-1]) + r" \Rightarrow " + pairs[-1]
    spaced = r"\s*\|\s*".join(map(re.escape, cells))
    return tex, rf"(?P<tex>{spaced})"


def _language(shown: Tag) -> str:
    for name in shown.get_attribute_list("class"):
        if name and name.startswith("language-"):
            return name.removeprefix("language-")
    return ""


def text_of(shown: Tag) -> str:
    """The code of a block, as a reader sees it."""
    code = shown.find("code")
    return (code or shown).get_text()


@dataclass
class _Fence:
    lines: list[str]
    line: int


def _fences(source: str) -> Iterator[_Fence]:
    """Every run of lines that could be a block, fenced or indented."""
    lines = source.splitlines()
    for number, line in enumerate(lines):
        opening = FENCE.search(MARGIN.sub("", line))
        if opening is None or not MARGIN.sub("", line).startswith(opening["mark"]):
            continue
        content = []
        for inner in lines[number + 1 :]:
            if MARGIN.sub("", inner).rstrip() == opening["mark"]:
                break
            content.append(inner)
        yield _Fence(content, number + 2)


def _first_match(text: str, fences: list[_Fence]) -> int:
    """The line of the next fence that holds this text; earlier ones are used up."""
    wanted = _bare(text.splitlines())
    for number, fence in enumerate(fences):
        if _bare(fence.lines) == wanted:
            end = fence.line + len(fence.lines)
            del fences[: number + 1]
            while fences and fences[0].line <= end:
                del fences[0]
            return fence.line
    excerpt = text.strip().splitlines()[0] if text.strip() else "(empty)"
    raise UnknownSource(
        f"the block that starts with {excerpt!r} is not in the source as a fence"
    )


def _bare(lines: list[str]) -> list[str]:
    return [re.sub(r"^[\s>]+", "", line).rstrip() for line in lines if line.strip(" >")]
