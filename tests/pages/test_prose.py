"""A number in plain prose cannot be asked of anyone, so it has to be a known one."""

import re

import pytest
import torch

from tests.adapter import MARKDOWN, PAGES, ROOT, page_names
from verified_docs import blocks, prose

# Numbers that name something. The version is the one that runs: see below.
KNOWN = [
    "PyTorch 2.13.0",
    "Python 3.11",
    "arXiv 1603.07285",
    "relationship 6,",
    "relationship 14 ",
    "relationship 15.",
    "关系式 6，",
    "关系式 14（",
    "关系式 15。",
    "version 1.4.0",
    "1.4.0 版",
    "https://www.cnblogs.com/kk17/p/10111768.html",
    "https://www.zhihu.com/question/48279880",
    "http://localhost:8000/",
]
SOURCES = [
    f"docs/{language}/{name}" for language in PAGES for name in page_names(language)
]
SOURCES += ["README.md", "README.zh.md"]


@pytest.mark.parametrize("name", SOURCES)
def test_no_number_in_prose_escapes_the_checks(name: str) -> None:
    source = (ROOT / name).read_text("utf-8")
    page = blocks.render(source, MARKDOWN)

    for number, text in prose.loose_numbers(page, KNOWN):
        line = _line(source, number, text)
        pytest.fail(f"{name}:{line}: the number {number} is asked of nobody: {text}")


@pytest.mark.parametrize("name", SOURCES)
def test_code_in_a_sentence_that_has_a_number_is_run_by_a_block_of_its_page(
    name: str,
) -> None:
    page = blocks.render((ROOT / name).read_text("utf-8"), MARKDOWN)

    assert list(prose.unexecuted_code(page)) == [], name


def test_a_number_in_prose_is_found() -> None:
    page = blocks.render(
        "A kernel of 3, in PyTorch 2.13.0, $k = 3$ and `x3`.", MARKDOWN
    )

    assert [number for number, _ in prose.loose_numbers(page, KNOWN)] == ["3"]


def test_code_in_a_sentence_that_no_block_runs_is_found() -> None:
    page = blocks.render(
        "Use `stride=2`, `Conv2d` and `x=1`.\n\n```python\nx=1\n```\n", MARKDOWN
    )

    assert list(prose.unexecuted_code(page)) == ["stride=2"]


def test_the_version_the_pages_name_is_the_one_that_runs() -> None:
    version = torch.__version__.partition("+")[0]

    assert f"PyTorch {version}" in KNOWN
    assert f'"torch=={version}"' in (ROOT / "pyproject.toml").read_text("utf-8")
    assert f"torch=={version}\n" in (ROOT / "constraints.txt").read_text("utf-8")
    floor = re.search(
        r'requires-python = ">=(.*)"', (ROOT / "pyproject.toml").read_text("utf-8")
    )
    assert floor is not None
    assert f"Python {floor[1]}" in KNOWN


def _line(source: str, number: str, text: str) -> int:
    start = text[:8]
    for count, line in enumerate(source.splitlines(), 1):
        if number in line and (start in line or number in text):
            return count
    return 0
