"""Small faults in formulas, one at a time: each digit, sign and inequality."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from verified_docs.claims import HAS_CONTENT
from verified_docs.source import Item

SIGNS = {"+": "-", "-": "+"}
INEQUALITIES = {r"\le ": "< ", r"\ge ": "> ", "<": r"\le ", ">": r"\ge "}
ONLY_LETTERS = re.compile(r"[A-Za-z']+(?:\s*(?:\\[a-z]+|[=<>])\s*[A-Za-z']+)?$")
DIGIT = re.compile(r"(?<![A-Za-z_])\d")


def of_formula(formula: Item) -> Iterator[Item]:
    """Each formula that differs by one digit, sign or relation."""
    text = formula.text
    if ONLY_LETTERS.match(text) or not HAS_CONTENT.search(text):
        return
    for start, end, other in (*_digits(text), *_marks(text)):
        yield replace(formula, text=text[:start] + other + text[end:])


def _digits(text: str) -> Iterator[tuple[int, int, str]]:
    for match in DIGIT.finditer(text):
        yield match.start(), match.end(), str((int(match[0]) + 1) % 10)


def _marks(text: str) -> Iterator[tuple[int, int, str]]:
    for match in re.finditer(r"[+-]", text):
        yield match.start(), match.end(), SIGNS[match[0]]
    for mark, other in INEQUALITIES.items():
        for match in re.finditer(re.escape(mark), text):
            yield match.start(), match.end(), other
