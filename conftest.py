"""What the pages of this project are, for pytest: `make page` and `make test`."""

import pytest
from tests.adapter import PROJECT

from verified_docs.plugin import Project


def pytest_verified_docs_project() -> Project:
    return PROJECT


def pytest_addoption(parser: pytest.Parser) -> None:
    """Samples are drawn by seed; this tries everything instead."""
    parser.addoption("--exhaustive", action="store_true", help="no samples: all of it")
