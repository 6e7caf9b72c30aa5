"""The pages as a test suite: one Sybil region for each block and each formula."""

from __future__ import annotations

import ast
import inspect
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import griffe
from bs4 import BeautifulSoup, Tag
from markdown import Markdown
from sybil import Document, Example, Region

from verified_docs import blocks, equations, examples
from verified_docs.blocks import Block, Formula
from verified_docs.examples import Command, Falsehood
from verified_docs.keys import code_key, formula_key
from verified_docs.payload import payload
from verified_docs.statements import Context

Item = Block | Formula


@dataclass
class Suite:
    """Parsers for Sybil, and the record of what passed."""

    markdown: Markdown
    measured: equations.Measurements
    run_command: Command = examples.in_a_shell
    passed: dict[Path, Counter[str]] = field(default_factory=dict)
    # On how many measured rows each of them was held.
    rows: dict[str, int] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)

    def page(self, document: Document) -> Iterator[Region]:
        """Everything checkable that a reader of this Markdown file will see."""
        return self._regions(document, self.of_page(document.text))

    def docstrings(self, document: Document) -> Iterator[Region]:
        """The same of the docstrings in a Python file."""
        return self._regions(document, self.of_docstrings(document.text))

    def of_page(self, text: str) -> list[Item]:
        """The blocks and formulas of a page, with their lines."""
        shown = blocks.render(text, self.markdown)
        return [*blocks.blocks(text, shown), *blocks.formulas(text, shown)]

    def of_docstrings(self, text: str) -> list[Item]:
        """The examples and formulas of every docstring, with their lines."""
        found: list[Item] = []
        for docstring, first_line in _docstrings(text):
            found += _sessions(docstring, first_line)
            shown = blocks.render(docstring, self.markdown)
            found += (
                replace(formula, line=formula.line + first_line - 1)
                for formula in blocks.formulas(docstring, shown)
            )
        return found

    def checks(self, items: Iterable[Item]) -> Iterator[tuple[Item, Callable[[], int]]]:
        """What to call for each of them; it raises Falsehood where the item lies."""
        items = sorted(items, key=lambda item: item.line)
        page = Context.of(i for i in items if isinstance(i, Formula))
        for item in items:
            if isinstance(item, Block):
                yield item, partial(examples.check, item, self.run_command)
            else:
                yield item, partial(equations.check, item, self.measured, page)

    def falsehoods(self, items: Iterable[Item]) -> Iterator[Falsehood]:
        """Everything among them that is not so."""
        for _, check in self.checks(items):
            try:
                check()
            except Falsehood as falsehood:
                yield falsehood

    def _regions(self, document: Document, items: Iterable[Item]) -> Iterator[Region]:
        starts = _line_starts(document.text)
        used: Counter[int] = Counter()
        for item, check in self.checks(items):
            # Several formulas may share a line; each has a place of its own.
            start = starts[item.line - 1] + used[item.line]
            used[item.line] += 1
            yield Region(start, start + 1, (item, check), self._evaluate)

    def _evaluate(self, example: Example) -> str | None:
        item, check = example.parsed
        path = Path(example.path)
        try:
            rows = check()
        except Falsehood as falsehood:
            return f"{path}:{falsehood.line}: {falsehood.message}"
        self.rows[key(item)] = max(rows, self.rows.get(key(item), 0))
        self.counts[kind(item, rows)] += 1
        self.passed.setdefault(path, Counter())[key(item)] += 1
        return None


def kind(item: Item, rows: int) -> str:
    """What one more of them is counted as."""
    if isinstance(item, Block):
        return "blocks run" if rows else "blocks of commands known to make"
    if rows == 0:
        return "formulas mentioned"
    return "equations held" if item.display else "claims asked"


def key(item: Item) -> str:
    """What tells one block or formula from another."""
    return formula_key(item.tex) if isinstance(item, Formula) else code_key(item.text)


def seen(article: BeautifulSoup | Tag) -> Counter[str]:
    """What a reader sees of a finished page, by the same keys."""
    found: Counter[str] = Counter()
    for shown in article.select(blocks.SHOWN):
        # A signature is the source itself, not an example of its use.
        if "doc-signature" not in shown.get_attribute_list("class"):
            found[code_key(blocks.text_of(shown))] += 1
    for shown in article.select(".maths"):
        found[formula_key(str(shown["data-tex"]))] += 1
    for row in article.select("tbody tr"):
        tex, _ = blocks.row_claim(row)
        if tex:
            found[formula_key(tex)] += 1
    return found


def _line_starts(text: str) -> list[int]:
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    return starts


def _docstrings(source: str) -> Iterator[tuple[str, int]]:
    """Each docstring, cleaned, with the line it starts on."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and (
            text := ast.get_docstring(node, clean=False)
        ):
            yield inspect.cleandoc(text), node.body[0].lineno


def _sessions(text: str, first_line: int) -> Iterator[Block]:
    """The examples of a docstring, as the reference shows them."""
    position = 0
    for section in griffe.Docstring(text).parse("google"):
        if section.kind is not griffe.DocstringSectionKind.examples:
            continue
        for kind, content in section.value:
            if kind is not griffe.DocstringSectionKind.examples:
                continue
            opening = content.strip().splitlines()[0]
            position = text.index(opening, position) + 1
            line = first_line + text.count("\n", 0, position)
            yield Block("pycon", content, payload("pycon", content), line)
