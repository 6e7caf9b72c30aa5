"""What the last full run said, and whether it still speaks of these files."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

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

    def write(self, project: Path) -> None:
        """Leave it where the next build of the site finds it."""
        path = project / REPORT
        path.parent.mkdir(exist_ok=True)
        text = json.dumps(asdict(self), indent=1, sort_keys=True, ensure_ascii=False)
        path.write_text(text, "utf-8")


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
