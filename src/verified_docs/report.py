"""What the last full run said, and whether it still speaks of these files."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

# Where the suite leaves its report, relative to the project.
REPORT = Path(".report", "verified-examples.json")
# What a result depends on: the pages, the code, the checks, and the pinned versions.
SOURCES = ("docs", "src", "tests", "bench")
FILES = ("*.toml", "*.txt", "*.yml", "*.py", "README*.md", "Makefile")
LEFT_OUT = ("__pycache__", "node_modules")


@dataclass(frozen=True)
class Report:
    """One full run: of which files, with which versions, and with what result."""

    sources: str
    versions: Mapping[str, str]
    seconds: int
    counts: Mapping[str, int]
    # What passed, by its digest; the number of measured rows it was held against.
    passed: Mapping[str, int]

    def rows(self, text: str) -> int | None:
        """The rows that a block or formula was checked on; None where it was not."""
        return self.passed.get(digest(text))

    def write(self, project: Path) -> Path:
        """Leave it where the next build of the site finds it."""
        path = project / REPORT
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(asdict(self), indent=1, sort_keys=True), "utf-8")
        return path


def current(project: Path | None = None) -> Report | None:
    """The report of exactly these files; one of other files is not believed."""
    project = project or Path(os.environ.get("VERIFIED_DOCS_PROJECT", "."))
    try:
        report = Report(**json.loads((project / REPORT).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return report if report.sources == sources_digest(project) else None


def digest(text: str) -> str:
    """What stands for a block or formula in the report."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def sources_digest(project: Path) -> str:
    """What stands for all files that a result depends on."""
    total = hashlib.sha256()
    for path in sorted(_sources(project)):
        total.update(str(path.relative_to(project)).encode("utf-8"))
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _sources(project: Path) -> Iterable[Path]:
    for pattern in FILES:
        yield from project.glob(pattern)
    for folder in SOURCES:
        for path in (project / folder).rglob("*"):
            if path.is_file() and not set(LEFT_OUT) & set(path.parts):
                yield path
