"""Collect every example, formula and number of the pages and docstrings."""

import pytest
from sybil import Document, Sybil
from tests.adapter import SUITE

pages = Sybil([SUITE.page], patterns=["*.md"], name="page")
docstrings = Sybil(
    [SUITE.docstrings],
    patterns=["src/convarith/*.py", "src/convarith/porting/*.py"],
    document_types={".py": Document},
    name="docstring",
)

pytest_collect_file = (pages + docstrings).pytest()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Samples are drawn by seed; this tries everything instead."""
    parser.addoption("--exhaustive", action="store_true", help="no samples: all of it")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The census counts what has passed, so it comes last."""
    items.sort(key=lambda item: item.get_closest_marker("census") is not None)
