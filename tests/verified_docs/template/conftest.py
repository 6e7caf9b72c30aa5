"""What these pages are about: adding. Yours say here what your letters mean."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from verified_docs import source
from verified_docs.formulas import RefusedError
from verified_docs.plugin import Project
from verified_docs.prose import Words
from verified_docs.source import Item

A, B = (column.ravel() for column in np.mgrid[0:20, 0:20])
ROWS = {"a": A, "b": B, "c": A + B}


class Adding:
    """c is the sum of a and b."""

    def rows(self, letters: frozenset[str]) -> Mapping[str, Any]:
        return ROWS

    def ask(self, values: Mapping[str, int]) -> Mapping[str, int] | None:
        if not {"a", "b"} <= values.keys():
            return None
        row = {**values, "c": values["a"] + values["b"]}
        if values["b"] > 19 or values.get("c", row["c"]) != row["c"]:
            raise RefusedError(f"is refused: {dict(values)}")
        return row


def code() -> list[Item]:
    """What the pages may speak of."""
    text = Path(__file__).with_name("docs").joinpath("en", "page.md").read_text("utf-8")
    return [item for section in source.page(text) for item in section.items]


WORDS = Words(
    results=lambda arguments, size: {size + arguments["add"]},
    first="add",
    defaults={"twice": 0},
    code=code,
)
PROJECT = Project(
    Adding(),
    patterns=["docs/*/*.md", "README.md"],
    docstrings=["adding.py"],
    words=WORDS,
    languages=[("docs/en/", "docs/zh/")],
)


def pytest_verified_docs_project() -> Project:
    return PROJECT
