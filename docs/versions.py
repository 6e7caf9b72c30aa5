"""What other versions of torch say where its paths disagree: python -m docs.versions.

docs/versions.json keeps the answers of each version that was asked, and docs.tables
writes them into a page. The version that is installed is asked again; if it says
something else than the one that this site is checked with, what differs is printed,
and the exit code is 1.
"""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path
from typing import TypeAlias

import torch
from docs import conformance

ROOT = Path(__file__).parent.parent
RECORD = ROOT / "docs" / "versions.json"
# The answers to the single settings and the counts over many, by their names.
Answers: TypeAlias = dict[str, dict[str, str]]
WORDS = {
    "en": {"version": "PyTorch", "cases": "rows above that differ"},
    "zh": {"version": "PyTorch", "cases": "上表中不同的行数"},
}


def installed() -> str:
    """The version of torch here, without the kind of its build."""
    return str(torch.__version__).partition("+")[0]


def pinned() -> str:
    """The version that this site is checked with."""
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    named = groups["dependency-groups"]["test"]
    (one,) = (str(line) for line in named if str(line).startswith("torch=="))
    return one.removeprefix("torch==")


def asked() -> Answers:
    """What the torch that is installed says."""
    cases = {setting: " ".join(said) for setting, said in conformance.answers()}
    counts = {
        path: ", ".join(map(str, count))
        for path, count in conformance.disagreements().items()
    }
    return {"cases": cases, "counts": counts}


def recorded() -> dict[str, Answers]:
    """What each version said, the newest first."""
    known: dict[str, Answers] = json.loads(RECORD.read_text("utf-8"))
    return dict(sorted(known.items(), key=lambda one: _order(one[0]), reverse=True))


def _order(version: str) -> list[int]:
    return [int(part) if part.isdecimal() else 0 for part in version.split(".")]


def differing(one: Answers, other: Answers) -> list[str]:
    """The settings and the paths on which two versions do not say the same."""
    return [
        f"{name}: {one[part].get(name)}, was {other[part].get(name)}"
        for part in ("cases", "counts")
        for name in one[part] | other[part]
        if one[part].get(name) != other[part].get(name)
    ]


def table(language: str) -> str:
    """Which version says what, beside the one that this site is checked with."""
    words, known = WORDS[language], recorded()
    paths = [conformance.WORDS[language][path] for path in conformance.PATHS]
    rows = [[words["version"], *paths, words["cases"]]]
    rows.append(["---"] * len(rows[0]))
    for version, answers in known.items():
        ours = known[pinned()] | {"counts": answers["counts"]}
        cells = [answers["counts"][path] for path in conformance.PATHS]
        rows.append([version, *cells, str(len(differing(answers, ours)))])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows) + "\n"


def main() -> None:
    """Ask the version that is here, and keep what it says."""
    known = recorded()
    known[installed()] = asked()
    RECORD.write_text(json.dumps(known, indent=1, ensure_ascii=False) + "\n", "utf-8")
    found = differing(known[installed()], known[pinned()])
    if found:
        sys.exit("\n  ".join([f"PyTorch {installed()} and {pinned()} differ:", *found]))
    print(f"PyTorch {installed()} says what {pinned()} says")


if __name__ == "__main__":
    main()
