"""The pages as a test suite: one Sybil region for each block and each formula."""

from __future__ import annotations

import ast
import inspect
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import griffe
from markdown import Markdown
from sybil import Document, Example, Region

from verified_docs import blocks, equations, examples
from verified_docs.blocks import Block, Formula
from verified_docs.examples import Command, Falsehood
from verified_docs.payload import payload


@dataclass
class Suite:
    """Parsers for Sybil, and the record of what passed."""

    markdown: Markdown
    measured: equations.Measurements
    run_command: Command = examples.in_a_shell
    passed: dict[Path, Counter[str]] = field(default_factory=dict)

    def page(self, document: Document) -> Iterator[Region]:
        """Everything checkable that a reader of this Markdown file will see."""
        shown = blocks.render(document.text, self.markdown)
        found_blocks = blocks.blocks(document.text, shown)
        found_formulas = blocks.formulas(document.text, shown)
        return self._regions(document, found_blocks, found_formulas)

    def docstrings(self, document: Document) -> Iterator[Region]:
        """The same of the docstrings in a Python file."""
        found_blocks: list[Block] = []
        found_formulas: list[Formula] = []
        for text, first_line in _docstrings(document.text):
            found_blocks += _sessions(text, first_line)
            shown = blocks.render(text, self.markdown)
            found_formulas += (
                replace(formula, line=formula.line + first_line - 1)
                for formula in blocks.formulas(text, shown)
            )
        return self._regions(document, found_blocks, found_formulas)

    def _regions(
        self,
        document: Document,
        found_blocks: Iterable[Block],
        found_formulas: Iterable[Formula],
    ) -> Iterator[Region]:
        formulas = list(found_formulas)
        defined = equations.definitions(formulas)
        starts = _line_starts(document.text)
        used: Counter[int] = Counter()
        found: list[Block | Formula] = [*found_blocks, *formulas]
        for item in sorted(found, key=lambda item: item.line):
            check = (
                partial(examples.check, item, self.run_command)
                if isinstance(item, Block)
                else partial(equations.check, item, self.measured, defined)
            )
            # Several formulas may share a line; each has a place of its own.
            start = starts[item.line - 1] + used[item.line]
            used[item.line] += 1
            yield Region(start, start + 1, (item, check), self._evaluate)

    def _evaluate(self, example: Example) -> str | None:
        item, check = example.parsed
        path = Path(example.path)
        try:
            check()
        except Falsehood as falsehood:
            return f"{path}:{falsehood.line}: {falsehood.message}"
        self.passed.setdefault(path, Counter())[key(item)] += 1
        return None


def key(item: Block | Formula) -> str:
    """What tells one block or formula from another."""
    if isinstance(item, Formula):
        return " ".join(item.tex.split())
    return "\n".join(line.rstrip() for line in item.text.strip().splitlines())


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
