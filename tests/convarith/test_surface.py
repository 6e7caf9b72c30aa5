"""What is public is documented, and the library stands on nothing but Python."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import convarith
from convarith import rules
from tests.adapter import PAGES, ROOT

SOURCES = sorted((ROOT / "src" / "convarith").glob("*.py"))
FUNCTIONS = [
    name
    for name in convarith.__all__
    if callable(getattr(convarith, name)) and name.islower()
]


@pytest.mark.parametrize("language", PAGES)
def test_the_reference_documents_every_public_name_and_no_other(language: str) -> None:
    page = (PAGES[language] / "reference" / "api.md").read_text("utf-8")

    documented = re.findall(r"^::: convarith\.(\w+)$", page, re.MULTILINE)
    assert sorted(documented) == sorted(convarith.__all__)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_says_what_it_takes_gives_and_refuses_and_where_it_is_from(
    name: str,
) -> None:
    text = getattr(convarith, name).__doc__

    for section in ("$$", "Args:", "Returns:", "Raises:", "Examples:", "Sources:"):
        assert section in text, f"{name} lacks {section}"


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_the_library_imports_the_standard_library_only(source: Path) -> None:
    for node in ast.walk(ast.parse(source.read_text("utf-8"))):
        names = (
            [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        )
        if isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        for name in names:
            top = name.split(".")[0]
            assert top in sys.stdlib_module_names | {"convarith"}, f"{source}:{name}"


def test_importing_the_library_imports_neither_torch_nor_dataclasses() -> None:
    script = (
        "import sys, convarith; print({'torch', 'dataclasses'} & sys.modules.keys())"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    assert done.stdout == "set()\n"


def test_the_verification_knows_nothing_of_convolutions() -> None:
    for source in (ROOT / "src" / "verified_docs").glob("*.py"):
        assert "convarith" not in source.read_text("utf-8"), source


@pytest.mark.parametrize("name", [*FUNCTIONS, "Conv", "ConvTranspose"])
def test_the_limits_in_a_docstring_are_the_rules(name: str) -> None:
    text = " ".join(getattr(convarith, name).__doc__.split())
    arguments = (
        text.partition("Args: ")[2].partition(" Returns: ")[0].partition(" Raises: ")[0]
    )
    described = re.split(r"(?:^| )(\w+): ", arguments)[1:]
    parameters = dict(zip(described[::2], described[1::2], strict=True))

    assert parameters
    for parameter, words in parameters.items():
        least, _ = rules.LEAST[parameter]
        if parameter == "output_padding":
            assert "from 0 to `max(stride, dilation) - 1`" in words
        else:
            assert re.findall(r"at least (\d+)", words) in ([str(least)], [])
            assert f"at least {least}" in words or parameter == "out_size"
