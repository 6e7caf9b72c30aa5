"""Both languages built with Zensical, and compared with the site that MkDocs has built.

    python -m tests.zensical ZENSICAL SITE

builds the two configs with that command, finishes them as `make build` does, and fails
with each page whose headings, formulas, blocks and payloads are not those of SITE.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from docs import publish

from tests.adapter import ROOT
from verified_docs import built

# What an engine reads: the pages and the theme, and the library that they document.
SOURCES = ("docs", "src", *publish.CONFIGS.values())


def build(command: str, work: Path) -> Path:
    """The site in a folder that holds nothing but its sources."""
    for name in SOURCES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, work / name)
        else:
            shutil.copy(source, work)
    for language, config in publish.CONFIGS.items():
        call = [command, "build", "--clean", "--config-file", config]
        subprocess.run(call, cwd=work, check=True, env={"PYTHONPATH": "src"})
        publish.finish(work / "site" / language, language)
    return work / "site"


def differences(ours: Path, theirs: Path) -> list[str]:
    """What a reader of one of them would not see on the other."""
    found = []
    for path in sorted({p.relative_to(s) for s in (ours, theirs) for p in pages(s)}):
        if not (ours / path).exists() or not (theirs / path).exists():
            found.append(f"{path}: is in one of them only")
            continue
        here, there = built.seen(ours / path), built.seen(theirs / path)
        found += [f"{path}: only MkDocs: {key}" for key in here - there]
        found += [f"{path}: only Zensical: {key}" for key in there - here]
    for language in publish.CONFIGS:
        name = Path(language, "search", "sections.json")
        here, there = (searched(site / name) for site in (ours, theirs))
        if here != there:
            found.append(f"{name}: something else is searched")
    return found


def searched(path: Path) -> dict[str, object]:
    """What is known of each page; their order is the engine's."""
    return {url: rest for url, *rest in json.loads(path.read_text("utf-8"))["pages"]}


def pages(site: Path) -> list[Path]:
    return [
        *(site / "en").rglob("index.html"),
        *(site / "zh").rglob("index.html"),
    ]


def main() -> None:
    command, site = sys.argv[1:]
    with tempfile.TemporaryDirectory() as work:
        theirs = build(str(Path(command).resolve()), Path(work))
        found = differences(Path(site), theirs)
    print("\n".join(found) or "Zensical builds the same pages.")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
