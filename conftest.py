"""What the pages of this project are, for pytest: `make page` and `make test`."""

from tests.adapter import PROJECT

from verified_docs.plugin import Project


def pytest_verified_docs_project() -> Project:
    return PROJECT
