"""A number in plain prose cannot be asked of anyone, so it has to be a known one."""

import re
from pathlib import Path

import pytest
import torch
from bs4 import BeautifulSoup
from mkdocs.utils.meta import get_data

from tests.adapter import MARKDOWN, PAGES, ROOT, page_names
from verified_docs import blocks, prose

VERSION = "PyTorch 2.13.0"
REFERENCES = {
    "arXiv 1603.07285": 2,
    "https://www.cnblogs.com/kk17/p/10111768.html": 1,
    "https://www.zhihu.com/question/48279880": 1,
}
PAPERS = {
    f"arXiv {number}": 1
    for number in (
        "1411.4038",
        "1505.04597",
        "1511.06434",
        "1603.07285",
        "1609.05158",
        "1609.07009",
        "1611.07004",
        "1703.10593",
        "1707.02937",
        "1912.04958",
        "2006.11477",
        "2010.05646",
        "2304.02643",
    )
}
FRAMEWORKS = {
    "Keras": "keras",
    "TensorFlow": "tensorflow",
    "JAX": "jax",
    "Flax": "flax",
    "ONNX": "onnx",
    "ONNX Runtime": "onnxruntime",
    "OpenVINO": "openvino",
}
PINS = dict(
    line.split("==")
    for line in (ROOT / "constraints.txt").read_text("utf-8").split()
    if "==" in line
)
PORTED = {f"{name} {PINS[package]}": 1 for name, package in FRAMEWORKS.items()}
README = {VERSION: 1, "http://localhost:8000/": 1, "Python 3.11": 1}
# Numbers that name something, by file, and how often: one that moves is found.
KNOWN: dict[str, dict[str, int]] = {
    "docs/en/derivation.md": {
        **REFERENCES,
        "relationship 6,": 1,
        "relationship 14 ": 1,
        "relationship 15.": 1,
        "version 1.4.0": 1,
    },
    "docs/zh/derivation.md": {
        **REFERENCES,
        "关系式 6，": 1,
        "关系式 14（": 1,
        "关系式 15。": 1,
        "1.4.0 版": 1,
    },
    "docs/en/project/verification.md": {VERSION: 1},
    "docs/zh/project/verification.md": {VERSION: 1},
    "docs/en/project/sources.md": {
        **PAPERS,
        "Relationship 6, in section 2.4": 1,
        "Relationship 12, in section 4.5": 1,
        "Relationship 13, in section 4.6": 1,
        "Relationship 14, in section 4.6": 1,
        "Relationship 15, in section 5.1": 1,
        "Sections 4.1 and 4.2": 1,
        "Distill, 2016": 1,
    },
    "docs/zh/project/sources.md": {
        **PAPERS,
        "关系式 6，第 2.4 节": 1,
        "关系式 12，第 4.5 节": 1,
        "关系式 13，第 4.6 节": 1,
        "关系式 14，第 4.6 节": 1,
        "关系式 15，第 5.1 节": 1,
        "第 4.1 节和第 4.2 节": 1,
        "Distill，2016 年": 1,
    },
    "docs/en/porting/index.md": PORTED,
    "docs/zh/porting/index.md": PORTED,
    "docs/en/reference/conformance.md": {VERSION: 1},
    "docs/zh/reference/conformance.md": {VERSION: 1},
    "README.md": README,
    "README.zh.md": README,
    "CHANGELOG.md": {VERSION: 1},
    "CONTRIBUTING.md": {"May 2027": 1},
}
# What the docstrings say of limits is held against the rules: see test_surface.
DOCSTRINGS = [
    VERSION,
    "at least 1",
    "at least 0",
    "below 1",
    "from 0 to",
    "counted from 0",
    "cut off at 1",
    "arXiv 1603.07285",
    "relationship 14",
    "relationships 6 and 15",
    "section 5.1",
    "section 4.6",
    "section 4.1",
    "sections 2 and 4",
    "Distill, 2016",
    "is 0, so",
]
SOURCES = [
    f"docs/{language}/{name}" for language in PAGES for name in page_names(language)
]
SOURCES += sorted(path.name for path in ROOT.glob("*.md"))


@pytest.mark.parametrize("name", SOURCES)
def test_no_number_in_prose_escapes_the_checks(name: str) -> None:
    source = (ROOT / name).read_text("utf-8")
    page = blocks.render(source, MARKDOWN)

    known = KNOWN.get(name, {})
    _, front_matter = get_data(source)
    described = BeautifulSoup(
        f"<p>{front_matter.get('description', '')}</p>", "html.parser"
    )
    for shown in (page, described):
        for number, text in prose.loose_numbers(shown, known):
            line = line_of(source, number, text)
            pytest.fail(
                f"{name}:{line}: the number {number} is asked of nobody: {text}"
            )
    text = " ".join(page.get_text(" ").split())
    assert {phrase: text.count(phrase.strip()) for phrase in known} == known


@pytest.mark.parametrize("language", PAGES)
def test_no_number_in_the_prose_of_a_docstring_escapes_the_checks(
    language: str, site: Path
) -> None:
    html = (site / language / "reference" / "api" / "index.html").read_text("utf-8")
    article = BeautifulSoup(html, "html.parser").select_one("article")
    assert article is not None

    assert list(prose.loose_numbers(article, DOCSTRINGS)) == []


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

    assert [number for number, _ in prose.loose_numbers(page, [VERSION])] == ["3"]


def test_code_in_a_sentence_that_no_block_runs_is_found() -> None:
    page = blocks.render(
        "Use `stride=2`, `Conv2d` and `x=1`.\n\n```python\nx=1\n```\n", MARKDOWN
    )

    assert list(prose.unexecuted_code(page)) == ["stride=2"]


def test_the_version_the_pages_name_is_the_one_that_runs() -> None:
    version = torch.__version__.partition("+")[0]

    assert f"PyTorch {version}" == VERSION
    assert f'"torch=={version}"' in (ROOT / "pyproject.toml").read_text("utf-8")
    assert f"torch=={version}\n" in (ROOT / "constraints.txt").read_text("utf-8")
    floor = re.search(
        r'requires-python = ">=(.*)"', (ROOT / "pyproject.toml").read_text("utf-8")
    )
    assert floor is not None
    assert f"Python {floor[1]}" in README


def test_the_versions_of_the_other_frameworks_are_those_that_are_pinned() -> None:
    settings = (ROOT / "pyproject.toml").read_text("utf-8")

    for package in FRAMEWORKS.values():
        assert f'"{package}=={PINS[package]}' in settings


def line_of(source: str, number: str, text: str) -> int:
    """The first line with the number and the word before or behind it."""
    around = re.search(rf"(\S*)\s*(?<!\d){re.escape(number)}\s*(\S*)", text)
    words = [word for word in (around.groups() if around else ()) if word]
    for count, line in enumerate(source.splitlines(), 1):
        if number in line and all(word[:6] in line for word in words):
            return count
    return 0


def test_every_place_of_a_number_is_looked_at() -> None:
    source = (
        '# Title 1 { title="2" }\n\n![3](x.svg "4")\n\n=== "Tab 5"\n\n    Text.\n\n'
        '!!! note "Note 6"\n\n    Text.\n\n<div>7</div>\n\nText.[^1]\n\n[^1]: 8.\n\n'
        "| 9 |\n| --- |\n| 10 |\n"
    )
    page = blocks.render(source, MARKDOWN)

    found = {number for number, _ in prose.loose_numbers(page, [])}
    assert found == {str(number) for number in range(1, 11)}


def test_code_in_a_sentence_is_run_as_a_whole() -> None:
    page = blocks.render(
        "Use `5`, `k=1` and `k=12`.\n\n```python\nk=12\n```\n", MARKDOWN
    )

    assert list(prose.unexecuted_code(page)) == ["5", "k=1"]
