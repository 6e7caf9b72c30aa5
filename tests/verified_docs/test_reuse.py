"""What the page on reuse says to write into a conftest.py does what the page says."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from docs.copies import Page

from tests.adapter import PAGES
from verified_docs import source
from verified_docs.copies import imported

pytestmark = pytest.mark.slow
pytest_plugins = ["pytester"]

TEXT = (PAGES["en"] / "project" / "reuse.md").read_text("utf-8")
INSTALL = {"en": "install (.+?), and write", "zh": "安装 (.+?)，"}
LOADED = """
import sys, verified_docs.plugin
for name, module in sys.modules.items():
    if name.startswith("verified_docs."):
        print(module.__file__)
"""
OWN = "# A page\n\n```python\nprint(1 + 1)\n#> 2\n```\n\n[A link](page.md)\n"
QUIET = "-p", "no:cacheprovider", "-p", "no:hypothesispytest"


def conftest(section: str) -> str:
    """The block of a section."""
    (text,) = [
        item.text
        for part in source.page(TEXT)
        for item in part.items
        if part.name == section and item.kind == "python"
    ]
    return text


def test_plain_sybil_runs_the_pages_that_are_taken_along(
    pytester: pytest.Pytester,
) -> None:
    pytester.makeconftest(conftest("sybil"))
    for name in ("index", "getting-started", "recipes/restore-the-encoder"):
        text = Page("en", f"{name}.md", "https://example.org").markdown
        path = pytester.path / f"{name.replace('/', '-')}.md"
        path.write_text(text, "utf-8")
    result = pytester.runpytest_subprocess(*QUIET)

    assert result.parseoutcomes().keys() == {"passed"}
    assert result.parseoutcomes()["passed"] > 10


def test_three_lines_are_enough_to_verify_pages_of_ones_own(
    pytester: pytest.Pytester,
) -> None:
    pytester.makeconftest(conftest("your-own"))
    page = pytester.mkdir("docs") / "page.md"
    page.write_text(OWN + "\n$x$ is read by nobody.\n", "utf-8")
    pytester.runpytest_subprocess(*QUIET).assert_outcomes(passed=2)
    page.write_text(OWN.replace("#> 2", "#> 3").replace("(page", "(other"), "utf-8")
    result = pytester.runpytest_subprocess(*QUIET)

    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(["*docs/page.md:5: the page shows '3', but*"])


def test_the_page_names_each_package_that_the_checks_import() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED], capture_output=True, text=True, check=True
    )
    texts = [Path(name).read_text("utf-8") for name in done.stdout.split()]
    needed = {name.casefold() for text in texts for name in imported(text)}

    for language, clause in INSTALL.items():
        text = (PAGES[language] / "project" / "reuse.md").read_text("utf-8")
        (names,) = re.findall(clause, text.partition("{ #your-own }")[2])
        named = set(re.findall("[a-z]+", names.casefold())) - {"and"}
        assert named == needed - {"verified_docs"}
