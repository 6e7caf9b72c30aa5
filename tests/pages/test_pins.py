"""What is checked may only grow, and what is exempt may only shrink: tests/pins.toml."""

import ast
import re
from collections import Counter
from pathlib import Path

import torch

from tests.adapter import PINS, ROOT, SOURCES, WORDS, items_of
from tests.pages.test_faults import EQUIVALENT
from verified_docs import prose, source
from verified_docs.claims import FEWEST_ROWS

PAGES = [name for name in SOURCES if name.endswith(".md")]
# What asserts something by itself; the last three are those of tests/porting.
SAYING = {
    "raises",
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
    named = sum(
        len(WORDS.named.findall(line.text))
        for text in texts
        for section in source.page(text)
        for line in prose.lines(section, WORDS)
    )
    make = [item for name in PAGES for item in items_of(name) if item.kind == "console"]
    return {
        "numbers that name something": named,
        "generated parts": sum(len(prose.GENERATED.findall(text)) for text in texts),
        "commands that are not run": sum("$ make" in item.text for item in make),
        "true faults": len(EQUIVALENT),
        "reasons to skip": len(PINS["skips"]),
        "marks that skip": sum(
            len(re.findall(r"mark\.(?:skip|xfail)", text)) for text in code
        ),
    }


def test_no_item_has_left_the_checks() -> None:
    fewer = {
        kind: (number, kinds()[kind])
        for kind, number in PINS["items"].items()
        if kinds()[kind] < number
    }

    assert fewer == {}, "pinned, and found"


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
    assert sum(text(path).count("assert ") for path in TESTS) >= PINS["assertions"]


def says_something(test: ast.FunctionDef) -> bool:
    called = {
        getattr(node.func, "attr", getattr(node.func, "id", ""))
        for node in ast.walk(test)
        if isinstance(node, ast.Call)
    }
    asserts = any(isinstance(node, ast.Assert) for node in ast.walk(test))
    return asserts or bool(called & SAYING)


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
        for package, version in named.findall(text(ROOT / name)):
            assert pins[packages[package]] == version, f"{name}: {package} {version}"
    floor = re.search(r'requires-python = ">=(.*)"', text(ROOT / "pyproject.toml"))
    assert floor is not None
    assert f"Python {floor[1]}" in text(ROOT / "README.md")
