"""Small faults, one at a time: what a page claims, made false.

Of a formula, every digit, sign and inequality is changed; of a block, every digit
of what it shows as output, and every import is dropped. The code of a block is no
claim: another number there may well print the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from verified_docs.blocks import Block, Formula
from verified_docs.payload import OUTPUT, PROMPT, payload
from verified_docs.statements import HAS_CONTENT

SIGNS = {"+": "-", "-": "+"}
INEQUALITIES = {r"\le ": "< ", r"\ge ": "> ", "<": r"\le ", ">": r"\ge "}
ONLY_LETTERS = re.compile(r"[A-Za-z']+(?:\s*(?:\\[a-z]+|[=<>])\s*[A-Za-z']+)?$")
DIGIT = re.compile(r"\d")
IMPORT = re.compile(r"(?:>>> )?(?:from \S+ )?import ")
WORD = re.compile(r"[A-Za-z_][A-Za-z_\d]*")


def of_formula(formula: Formula) -> Iterator[tuple[str, Formula]]:
    """Each formula that differs by one digit, sign or relation, and what differs."""
    if ONLY_LETTERS.match(formula.tex) or not HAS_CONTENT.search(formula.tex):
        return
    for start, end, other in (*_digits(formula.tex), *_marks(formula.tex)):
        tex = formula.tex[:start] + other + formula.tex[end:]
        yield f"{formula.tex} -> {tex}", replace(formula, tex=tex)


def of_block(block: Block) -> Iterator[tuple[str, Block]]:
    """Each block that differs by one digit of its output, or lacks one import."""
    position = 0
    for line in block.text.splitlines(keepends=True):
        if _is_output(block.language, line):
            for start, end, other in _digits(line):
                yield _changed(block, position + start, position + end, other)
        elif IMPORT.match(line):
            yield _changed(block, position, position + len(line), "")
        position += len(line)


def _is_output(language: str, line: str) -> bool:
    if language == "python":
        return line.startswith(OUTPUT)
    prompts = (">>>", "...") if language == "pycon" else (PROMPT,)
    return not line.startswith(prompts)


def _changed(block: Block, start: int, end: int, other: str) -> tuple[str, Block]:
    text = block.text[:start] + other + block.text[end:]
    before = block.before.copied if block.before else ""
    line = block.text.count("\n", 0, start)
    old, new = block.text.splitlines()[line], (text.splitlines() or [""])[line]
    what = f"{old} -> {new if other else '(gone)'}"
    try:
        copied = before + payload(block.language, text)
    except (ValueError, SyntaxError):
        # No such block can be published: the build stops.
        copied = ""
    return what, replace(block, text=text, copied=copied)


def _digits(text: str) -> Iterator[tuple[int, int, str]]:
    names = [match.span() for match in WORD.finditer(text)]
    for match in DIGIT.finditer(text):
        inside_name = any(start <= match.start() < end for start, end in names)
        if not inside_name:
            yield match.start(), match.end(), str((int(match[0]) + 1) % 10)


def _marks(tex: str) -> Iterator[tuple[int, int, str]]:
    for match in re.finditer(r"[+-]", tex):
        yield match.start(), match.end(), SIGNS[match[0]]
    for mark, other in INEQUALITIES.items():
        for match in re.finditer(re.escape(mark), tex):
            yield match.start(), match.end(), other
