"""The finished site, built once, and the census at the end."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.adapter import ROOT

COUNTS = pytest.StashKey[dict[str, int]]()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both languages, built as they are published; a warning is an error."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "verified_docs.publish", "build", "--into", folder]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr, done.stderr
    return folder


@pytest.fixture
def record_count(request: pytest.FixtureRequest) -> Callable[[str, int], None]:
    """Keep a number for the report: what was asked, run or proved."""
    counts = request.config.stash.setdefault(COUNTS, {})
    return counts.__setitem__


@pytest.fixture(scope="session")
def exhaustive(request: pytest.FixtureRequest) -> bool:
    """Whether everything is to be tried, where a sample is the rule."""
    return bool(request.config.getoption("exhaustive"))
