"""A page to take along: as plain Markdown, and as a notebook of the same blocks.

Both are made from the text that is checked, with its own reading of blocks: a cell is
what a copy button gives, and under it stands what the page says that it prints.
"""

from __future__ import annotations

import ast
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from inspect import cleandoc
from typing import Any

from verified_docs import payload
from verified_docs.source import (
    CODE,
    COMMENT,
    FRONT_MATTER,
    HEADING,
    Item,
    without_blocks,
)

RUNS = ("python", "pycon")
ATTRIBUTES = re.compile(r"[ ]*\{ ?(?:#[\w.-]+|loading=lazy) ?\}")
TAG = re.compile(r"</?(?:div|[a-z]+-[a-z]+)\b[^>]*>")
LINK = re.compile(r"(?<=\]\()(?!https?:)(?P<to>[^)\s]+)")
REFERENCE = re.compile(r"\[(?P<words>[^\[\]]+)\]\[(?P<name>[\w.]+)\]")
NOTE = re.compile(
    r"^(?P<margin> *)(?:!!!|\?\?\?\+?|===) *(?:[a-z]+)?"
    r"(?: *\"(?P<title>[^\"]*)\")?[ ]*\n"
    r"(?P<body>(?:(?P=margin)    .*\n|[ ]*\n)*)",
    re.M,
)
BLANKS = re.compile(r"\n{3,}")
UNFIT = re.compile(r"[^\w-]")
NBFORMAT = {"nbformat": 4, "nbformat_minor": 5}
KERNEL = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


@dataclass(frozen=True)
class Part:
    """Words, or a block with its place on the page."""

    words: str
    block: Item | None = None
    place: str = ""


def permalink(heading: str, number: int) -> str:
    """The place of a block: which one it is below its heading, counted from 1.

    Without the dots of dotted names: scripts take a place for a selector.
    """
    return f"{UNFIT.sub('-', heading)}-code-{number}"


def parts(text: str, address: Callable[[str], str]) -> Iterator[Part]:
    """Words and blocks in turn; `address` says where a link of this page leads."""
    text = _flat(text)
    rest, blocks = without_blocks(text)
    headings = [(m.start(), m["id"] or m["title"]) for m in HEADING.finditer(rest)]
    count: Counter[str] = Counter()
    done = 0
    for block in sorted(blocks, key=lambda block: block.span):
        start, end = block.span
        yield Part(_plain(text[done:start], address))
        heading = next((id for at, id in reversed(headings) if at < start), "")
        count[heading] += 1
        place = block.id or permalink(heading, count[heading])
        yield Part("", block, place)
        done = end
    yield Part(_plain(text[done:], address))


def _flat(text: str) -> str:
    """The page without front matter and comments, and with notes as bold words.

    Code that stands in a note moves to the left with it, so this comes first.
    """
    text = COMMENT.sub("", FRONT_MATTER.sub("", text))
    while NOTE.search(text):
        text = NOTE.sub(_note, text)
    return text


def _note(match: re.Match[str]) -> str:
    title = f"**{match['title']}**\n\n" if match["title"] else ""
    return f"{title}{cleandoc(match['body'])}\n\n"


def _plain(text: str, address: Callable[[str], str]) -> str:
    """Markdown that any reader shows: no attributes, no tags, and whole addresses."""

    def reference(match: re.Match[str]) -> str:
        return f"[{match['words']}]({address(match['name'])})"

    pieces, done = [], 0
    for code in [*CODE.finditer(text), None]:
        words = text[done : code.start() if code else None]
        for pattern in (ATTRIBUTES, TAG):
            words = pattern.sub("", words)
        words = REFERENCE.sub(reference, words)
        words = LINK.sub(lambda match: address(match["to"]), words)
        pieces += [words, code[0] if code else ""]
        done = code.end() if code else done
    return BLANKS.sub("\n\n", "".join(pieces)).strip()


def markdown(text: str, address: Callable[[str], str]) -> str:
    """The page as plain Markdown."""
    pieces = []
    for part in parts(text, address):
        block = part.block
        fenced = f"```{block.kind}\n{block.text.rstrip()}\n```" if block else ""
        pieces.append(fenced or part.words)
    return "\n\n".join(filter(None, pieces)) + "\n"


def notebook(
    text: str, address: Callable[[str], str], install: Callable[[set[str]], str]
) -> dict[str, Any] | None:
    """The page as a notebook; None where it has no code to run.

    `install` says the first cell, given what the blocks import.
    """
    cells: list[dict[str, Any]] = []
    codes = []
    for part in parts(text, address):
        if part.block and part.block.kind in RUNS:
            code = own_code(part.block)
            codes.append(code)
            cells.append(_code(part.place, code, printed(part.block)))
        elif part.block or part.words:
            words = part.words
            if part.block:
                words = f"```{part.block.kind}\n{part.block.text.rstrip()}\n```"
            if cells and cells[-1]["cell_type"] == "markdown":
                cells[-1]["source"] += f"\n\n{words}"
            else:
                cells.append(_words(f"words-{len(cells)}", words))
    if not codes:
        return None
    first = _code("install", install(imported("".join(codes))), "")
    return {"cells": [first, *cells], "metadata": KERNEL, **NBFORMAT}


def own_code(block: Item) -> str:
    """What the copy button gives, without what an earlier cell has run already."""
    return payload.copied(replace(block, before=None))


def printed(block: Item) -> str:
    """What the page says that the block prints."""
    return payload.shown("python", payload.script(block))


def imported(code: str) -> set[str]:
    """The packages that code imports, besides Python's own."""
    nodes = list(ast.walk(ast.parse(code)))
    plain = {a.name for n in nodes if isinstance(n, ast.Import) for a in n.names}
    named = {n.module for n in nodes if isinstance(n, ast.ImportFrom) and n.module}
    roots = {name.partition(".")[0] for name in plain | named}
    return roots - set(sys.stdlib_module_names)


def written(notebook: Mapping[str, Any]) -> str:
    """The notebook as a file."""
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def _code(place: str, code: str, output: str) -> dict[str, Any]:
    said = {"name": "stdout", "output_type": "stream", "text": output}
    return {
        "cell_type": "code",
        "id": cell_id(place),
        "metadata": {},
        "execution_count": None,
        "source": code.rstrip("\n"),
        "outputs": [said] if output else [],
    }


def _words(place: str, words: str) -> dict[str, Any]:
    return {
        "cell_type": "markdown",
        "id": cell_id(place),
        "metadata": {},
        "source": words,
    }


def cell_id(place: str) -> str:
    """A place as the format of notebooks takes it for the name of a cell."""
    return UNFIT.sub("-", place)[-64:]
