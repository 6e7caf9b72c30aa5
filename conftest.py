"""What the pages of this project are, for pytest: `make page` and `make test`."""

import re
from typing import Any

import pytest
from tests.adapter import PROJECT
from xdist.scheduler import LoadScopeScheduling

from verified_docs.plugin import Project


def pytest_verified_docs_project() -> Project:
    return PROJECT


class _Together(LoadScopeScheduling):
    """A module goes to one worker, and so do both languages of a page.

    What a module makes once, and what a block of both pages prints, is not made twice.
    """

    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.partition("::")[0]
        return re.sub(r"^docs/(en|zh)/", "docs/", path)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> _Together:
    """How the tests are shared out; in the order in which they were collected."""
    config.option.loadscopereorder = False
    return _Together(config, log)
