"""Two pages that must say the same in two languages, compared by their bones."""

from __future__ import annotations

import io
import re
import tokenize
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields

from bs4 import BeautifulSoup

from verified_docs import blocks
from verified_docs.payload import OUTPUT


@dataclass(frozen=True)
class Bones:
    """What a translation keeps: everything but its words."""

    headings: list[tuple[str, str]]
    code: list[str]
    equations: list[str]
    formulas: Counter[str]
    notes: list[str]
    links: Counter[str]
    images: list[str]
    tables: list[tuple[int, int]]
    elements: list[tuple[str, list[tuple[str, str]]]]


def bones(source: str, page: BeautifulSoup) -> Bones:
    """The parts of a page that do not depend on its language."""
    formulas = blocks.formulas(source, page)
    return Bones(
        headings=[
            (heading.name, str(heading.get("id", "")))
            for heading in page.select("h1, h2, h3, h4, h5, h6")
        ],
        code=[_without_comments(block) for block in blocks.blocks(source, page)],
        equations=[formula.tex for formula in formulas if formula.display],
        formulas=Counter(formula.tex for formula in formulas if not formula.display),
        notes=[
            " ".join(note.get_attribute_list("class"))
            for note in page.select(".admonition, details")
        ],
        links=Counter(
            str(link["href"]) for link in page.select("a[href]:not(.headerlink)")
        ),
        images=[str(image["src"]) for image in page.select("img")],
        tables=[
            (len(table.select("tr")), len(table.select("th")))
            for table in page.select("table")
        ],
        elements=[
            (
                found.name,
                sorted((name, str(value)) for name, value in found.attrs.items()),
            )
            for found in page.find_all(re.compile("-"))
        ],
    )


def differences(one: Bones, other: Bones) -> Iterator[str]:
    """Each part in which the two pages are out of step."""
    for part in fields(Bones):
        mine, theirs = getattr(one, part.name), getattr(other, part.name)
        if mine == theirs:
            continue
        if isinstance(mine, Counter):
            yield f"{part.name}: {dict(mine - theirs)} against {dict(theirs - mine)}"
            continue
        for number, (left, right) in enumerate(zip(mine, theirs, strict=False), 1):
            if left != right:
                yield f"{part.name}, number {number}: {left!r} against {right!r}"
                break
        else:
            yield f"{part.name}: {len(mine)} against {len(theirs)}"


def _without_comments(block: blocks.Block) -> str:
    """The code with its output; comments may be in any language."""
    if block.language != "python":
        return block.text
    kept = []
    for token in tokenize.generate_tokens(io.StringIO(block.text).readline):
        if token.type != tokenize.COMMENT or token.string.startswith(OUTPUT):
            kept.append(token.string)
    return " ".join(kept)
