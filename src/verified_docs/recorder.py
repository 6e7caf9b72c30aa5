"""Writes the report of a run from pytest's own results."""

from __future__ import annotations

import platform
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from verified_docs.report import REPORT, Report, digest, sources_digest


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
        counts = dict(self.counts)
        done = Report(self.sources, versions, seconds, counts, self.passed)
        done.write(self.project)
        for name, number in sorted(self.counts.items()):
            say(f"{number:>12,} {name}")
        say(f"report: {REPORT}")
