"""What the last full run said, and whether it still speaks of these files."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import subprocess
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

# Where a run leaves its report, relative to the project.
REPORT = Path(".report", "verified-examples.json")


@dataclass(frozen=True)
class Report:
    """One full run: of which files, with which versions, and with what result."""

    sources: str
    versions: Mapping[str, str]
    seconds: int
    counts: Mapping[str, int]
    # What passed, by its digest; the number of measured rows it was held against.
    passed: Mapping[str, int]

    def rows(self, key: str) -> int | None:
        """The rows that a block or formula was checked on; None where it was not."""
        return self.passed.get(digest(key))


def current(project: Path | None = None) -> Report | None:
    """The report of exactly these files; one of other files is not believed."""
    project = project or Path(os.environ.get("VERIFIED_DOCS_PROJECT", "."))
    try:
        report = Report(**json.loads((project / REPORT).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return report if report.sources == sources_digest(project) else None


def digest(key: str) -> str:
    """What stands for a block or formula in the report."""
    return hashlib.sha256(key.encode("utf-8")).hexdigest()[:16]


def sources_digest(project: Path) -> str:
    """What stands for every file of the project that git does not ignore."""
    total = hashlib.sha256()
    for path in _sources(project):
        total.update(str(path.relative_to(project)).encode("utf-8"))
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _sources(project: Path) -> Iterator[Path]:
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=project, capture_output=True, check=True)
    for name in sorted(set(filter(None, listed.stdout.decode("utf-8").split("\0")))):
        path = project / name
        if path.is_file():
            yield path


class Recorder:
    """Writes the report of a run from pytest's own results, if all of them are good.

    It knows nothing but what pytest reports, so the order of the tests and the number
    of workers make no difference. A test adds a number of its own to the counts with
    `record_property("count", [name, number])`.
    """

    def __init__(
        self, project: Path, packages: Sequence[str], at_least: Mapping[str, int]
    ) -> None:
        self.project, self.packages, self.at_least = project, packages, at_least
        self.started, self.sources = time.monotonic(), sources_digest(project)
        self.passed: dict[str, int] = {}
        self.counts: Counter[str] = Counter()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take in one result."""
        self.counts["tests skipped"] += report.skipped
        if report.when != "call" or not report.passed:
            return
        self.counts["tests passed"] += 1
        properties: list[tuple[str, Any]] = report.user_properties
        for name, value in properties:
            if name == "count":
                self.counts[value[0]] += value[1]
            elif name == "verified":
                kind, key, rows = value
                self.counts[kind] += 1
                self.passed[digest(key)] = max(rows, self.passed.get(digest(key), 0))

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Too few of anything is a failure: a check may have been switched off."""
        self.fewer = [
            f"only {self.counts[name]:,} {name}; at least {least:,} are expected"
            for name, least in self.at_least.items()
            if self.counts[name] < least
        ]
        if self.fewer and session.exitstatus == 0:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(
        self, terminalreporter: pytest.TerminalReporter, exitstatus: int
    ) -> None:
        """Leave the report, and say what was counted."""
        say = terminalreporter.write_line
        for line in self.fewer:
            say(line, red=True)
        if exitstatus != 0 or self.fewer:
            return
        if sources_digest(self.project) != self.sources:
            say("files changed during the run: no report is left")
            return
        versions = {name: version(name).partition("+")[0] for name in self.packages}
        versions["python"] = platform.python_version()
        seconds = round(time.monotonic() - self.started)
        done = Report(self.sources, versions, seconds, dict(self.counts), self.passed)
        path = self.project / REPORT
        path.parent.mkdir(exist_ok=True)
        text = json.dumps(asdict(done), indent=1, sort_keys=True, ensure_ascii=False)
        path.write_text(text, "utf-8")
        for name, number in sorted(self.counts.items()):
            say(f"{number:>12,} {name}")
        say(f"report: {REPORT}")
