"""What is checked may only grow, and what is exempt may only shrink: tests/pins.toml."""

import ast
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace

import pytest
import torch

from tests.adapter import (
    PINS,
    PROJECT,
    ROOT,
    SOURCES,
    WORDS,
    items_of,
    results,
    run_command,
)
from tests.conftest import refused
from tests.pages.test_faults import EQUIVALENT
from verified_docs import prose, source
from verified_docs.formulas import FEWEST_ROWS, RefusedError

PAGES = [name for name in SOURCES if name.endswith(".md")]
# What asserts something by itself; the last three are those of tests/porting.
SAYING = {
    "raises",
    "fnmatch_lines",
    "expect",
    "assert_outcomes",
    "wait_for_url",
    "told",
    "check_there",
    "check_back",
}
TESTS = sorted((ROOT / "tests").rglob("*.py"))


def kinds() -> Counter[str]:
    """How many items of each kind the pages and docstrings have."""
    return Counter(item.kind for name in SOURCES for item in items_of(name))


def exemptions() -> dict[str, int]:
    """How much of the pages and tests is exempt from a check."""
    texts = [(ROOT / name).read_text("utf-8") for name in PAGES]
    code = [path.read_text("utf-8") for path in TESTS]
    make = [item for name in PAGES for item in items_of(name) if item.kind == "console"]
    return {
        "generated parts": sum(len(prose.GENERATED.findall(text)) for text in texts),
        "commands that are not run": sum("$ make" in item.text for item in make),
        "true faults": len(EQUIVALENT),
        "reasons to skip": len(PINS["skips"]),
        "marks that skip": sum(
            len(re.findall(r"mark\.(?:skip|xfail)", text)) for text in code
        ),
    }


def names() -> set[str]:
    """What of the sentences is exempt, because its number only names something."""
    found = set()
    for name in SOURCES:
        read = source.docstrings if name.endswith(".py") else source.page
        for section in read(text(ROOT / name)):
            for line in prose.lines(section, WORDS):
                found |= {match[0].strip() for match in WORDS.named.finditer(line.text)}
    return {name for name in found if not re.fullmatch(r"\d+[.)]", name)}


def test_no_name_with_a_number_has_been_added() -> None:
    new = sorted(names() - set(PINS["names"]))

    assert new == [], "if they are names, list them in tests/pins.toml"


def test_a_papers_address_has_the_number_that_a_page_names() -> None:
    for name in SOURCES:
        for number in re.findall(r"arxiv\.org/abs/([\d.]+\d)", text(ROOT / name)):
            assert f"arXiv {number}" in PINS["names"], name


def test_a_command_that_make_does_not_know_is_found() -> None:
    assert "nonsense" in str(run_command("make nonsense"))
    assert run_command("make serve") is None


def test_the_port_that_a_reader_opens_is_the_one_that_is_served() -> None:
    port = re.search(r"^PORT \?= (\d+)$", text(ROOT / "Makefile"), re.M)
    assert port is not None
    for name in ("README.md", "README.zh.md"):
        found = re.findall(r"localhost:(\d+)", text(ROOT / name))
        assert set(found) == {port[1]}, name


def test_nothing_is_measured_that_torch_does_not_say() -> None:
    given = {"kernel_size": 3, "stride": 2}

    assert results(given, 5) == {11, 2}
    assert results({**given, "output_padding": 1}, 5) == {12}
    rows = {
        letter: len(PROJECT.measured.rows(frozenset(letter))[letter]) for letter in "os"
    }
    assert rows == {"o": 908, "s": 1268}
    with pytest.raises(RefusedError, match="p'=None"):
        PROJECT.measured.ask({"i": 5, "k": 3, "s": 2, "p'": 1})
    assert (prose.NEAR, prose.LARGEST) == (3, 4096)


def test_every_page_and_module_is_collected_and_its_counts_are_pinned() -> None:
    patterns = (*PROJECT.patterns, *PROJECT.docstrings)
    collected = {path for pattern in patterns for path in ROOT.glob(pattern)}

    assert {ROOT / name for name in SOURCES} <= collected
    assert PROJECT.at_least == PINS["at_least"]
    assert PROJECT.words is WORDS
    assert len(PROJECT.languages) == 2


@pytest.mark.parametrize("when", ["setup", "call", "collect"])
@pytest.mark.parametrize(
    ("why", "outcome"),
    [("Skipped: today", "failed"), ("Skipped: needs a browser, one of x", "skipped")],
)
def test_a_skip_for_a_reason_that_is_not_listed_is_a_failure(
    why: str, outcome: str, when: str
) -> None:
    report = SimpleNamespace(outcome="skipped", longrepr=("file", 1, why), when=when)

    assert refused(report).outcome == outcome


def test_no_item_has_left_the_checks() -> None:
    found = kinds()
    fewer = {
        kind: (number, found[kind])
        for kind, number in PINS["items"].items()
        if found[kind] < number
    }

    assert fewer == {}, "pinned, and found"
    assert not lax(PINS["items"], found), "raise what is pinned"


def lax(pinned: dict[str, int], found: Mapping[str, int]) -> list[str]:
    """The pins that what is counted has outgrown, so that it could shrink unseen."""
    return [name for name, least in pinned.items() if found[name] > 1.1 * least + 1]


def test_a_pin_that_holds_little_is_found() -> None:
    assert lax({"one": 10, "two": 10}, {"one": 12, "two": 13}) == ["two"]


def test_no_exemption_has_been_added() -> None:
    found = exemptions()

    assert found.keys() == PINS["at_most"].keys()
    more = {name: n for name, n in found.items() if n > PINS["at_most"][name]}
    assert more == {}, PINS["at_most"]


def test_every_test_says_what_must_be() -> None:
    """An emptied test is green: each asserts, expects, or calls what does."""
    empty = [
        f"{path.name}: {node.name}"
        for path in TESTS
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
        and node.name.startswith("test_")
        and not says_something(node)
    ]

    assert empty == []
    count = {"assertions": sum(text(path).count("assert ") for path in TESTS)}
    assert count["assertions"] >= PINS["assertions"]
    assert not lax({"assertions": PINS["assertions"]}, count), "raise what is pinned"


def says_something(test: ast.FunctionDef) -> bool:
    called = {
        getattr(node.func, "attr", getattr(node.func, "id", ""))
        for node in ast.walk(test)
        if isinstance(node, ast.Call)
    }
    asserts = any(isinstance(node, ast.Assert) for node in ast.walk(test))
    return asserts or bool(called & SAYING)


def test_an_empty_test_is_told_from_one_that_says_something() -> None:
    tests = "assert x", "expect(x)", "x.told()", "print(x)", "x = 1"
    said = [ast.parse(f"def test():\n    {one}").body[0] for one in tests]

    assert [says_something(one) for one in said if isinstance(one, ast.FunctionDef)] == [
        True, True, True, False, False,
    ]  # fmt: skip


def test_what_is_exempt_and_what_is_counted_is_found() -> None:
    assert {"VGG-16", "opset 11", "at least 1", "第 4.1 节"} <= names()
    assert kinds().keys() == PINS["items"].keys()
    found = exemptions()
    assert min(found[name] for name in found if name != "marks that skip") > 0


def text(path: Path) -> str:
    return path.read_text("utf-8")


def test_a_statement_must_be_about_more_than_a_few_rows() -> None:
    assert FEWEST_ROWS >= 20


def test_the_versions_the_pages_name_are_those_that_run() -> None:
    pins = dict(
        line.split("==")
        for line in text(ROOT / "constraints.txt").split()
        if "==" in line
    )
    packages = {
        "PyTorch": "torch", "Keras": "keras", "TensorFlow": "tensorflow", "JAX": "jax",
        "Flax": "flax", "ONNX": "onnx", "ONNX Runtime": "onnxruntime",
        "OpenVINO": "openvino",
    }  # fmt: skip
    named = re.compile(rf"\b({'|'.join(packages)}) (\d+\.\d+\.\d+)")

    assert torch.__version__.partition("+")[0] == pins["torch"]
    for name in [*PAGES, *(name for name in SOURCES if name.endswith(".py"))]:
        for number, line in enumerate(text(ROOT / name).splitlines(), 1):
            for package, version in named.findall(line):
                assert pins[packages[package]] == version, f"{name}:{number}: {line}"
    floor = re.search(r'requires-python = ">=(.*)"', text(ROOT / "pyproject.toml"))
    assert floor is not None
    assert f"Python {floor[1]}" in text(ROOT / "README.md")
