"""What joins the checks of the pages with convolutions: torch, and this site."""

import os
import subprocess
from pathlib import Path

import torch

from tests.measurements import Torch
from verified_docs import examples
from verified_docs.blocks import site_markdown
from verified_docs.suite import Item, Suite

ROOT = Path(__file__).parent.parent
PAGES = {language: ROOT / "docs" / language for language in ("en", "zh")}


def run_command(command: str) -> str | None:
    """A command of the pages; make's own targets are run by the suite around this one.

    `make test` is what is running, and the browser tests start `make serve`: here
    it is enough that make knows how.
    """
    if not command.startswith("make "):
        return examples.in_a_shell(command)
    done = subprocess.run(
        ["make", "--dry-run", *command.split()[1:]],
        cwd=ROOT,
        # Not as a part of the make that may be running this.
        env={k: v for k, v in os.environ.items() if not k.startswith("MAKE")},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stderr or None


def page_names(language: str) -> list[str]:
    """The pages of a language, by their path below its folder."""
    folder = PAGES[language]
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*.md"))


def items_of(name: str) -> list[Item]:
    """The blocks and formulas of a page or of a module's docstrings."""
    text = (ROOT / name).read_text("utf-8")
    return SUITE.of_docstrings(text) if name.endswith(".py") else SUITE.of_page(text)


# What an earlier run has said of these files must not change what this one sees.
os.environ["VERIFIED_DOCS_PROJECT"] = str(ROOT / "tests")
torch.manual_seed(0)
MARKDOWN = site_markdown(ROOT / "mkdocs.yml")
SUITE = Suite(MARKDOWN, Torch(), run_command)

# Every file in which a reader may meet a block or a formula.
SOURCES = [
    f"docs/{language}/{name}" for language in PAGES for name in page_names(language)
]
SOURCES += sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("*.md"))
SOURCES += sorted(
    str(path.relative_to(ROOT)) for path in (ROOT / "src" / "convarith").rglob("*.py")
)
