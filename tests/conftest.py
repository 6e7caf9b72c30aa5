"""The finished site, built once, and the census at the end."""

import platform
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from tests import sweep
from tests.adapter import ROOT, SUITE
from tests.measurements import measured_rows
from verified_docs import report

COUNTS = pytest.StashKey[dict[str, int]]()
STARTED = time.monotonic()
# Taken before anything is read: what is edited during the run was not checked.
SOURCES = report.sources_digest(ROOT)
# A run that did not count all of these was not a full one.
COUNTED = {
    "payloads run alone",
    "settings asked of torch",
    "theorems proved",
    "faults made and found",
}


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


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter,
    exitstatus: int,
    config: pytest.Config,
) -> None:
    """A full and green run leaves its report, and says what it counted."""
    counted = config.stash.get(COUNTS, {})
    if exitstatus != 0 or counted.keys() != COUNTED:
        return
    if report.sources_digest(ROOT) != SOURCES:
        terminalreporter.write_line("files changed during the run: no report is left")
        return
    stats = terminalreporter.stats
    done = report.Report(
        sources=SOURCES,
        versions={
            "torch": torch.__version__.partition("+")[0],
            "python": platform.python_version(),
        },
        seconds=round(time.monotonic() - STARTED),
        counts={
            **SUITE.counts,
            **counted,
            "sizes measured for the equations": measured_rows(),
            "tests passed": len(stats.get("passed", [])),
            "tests skipped": len(stats.get("skipped", [])),
        },
        passed={report.digest(text): rows for text, rows in SUITE.rows.items()},
    )
    path = done.write(ROOT)
    terminalreporter.section("verified")
    for name, number in sorted(done.counts.items()):
        terminalreporter.write_line(f"{number:>12,} {name}")
    terminalreporter.write_line(f"sweep and samples drawn with the seed {sweep.SEED}")
    terminalreporter.write_line(f"report: {path.relative_to(ROOT)}")
