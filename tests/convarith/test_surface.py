"""What is public is documented, and the library stands on nothing but Python."""

import ast
import inspect
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import convarith
from convarith import rules
from tests.adapter import PAGES, ROOT

SOURCES = sorted((ROOT / "src" / "convarith").rglob("*.py"))
FUNCTIONS = [
    name
    for name in convarith.__all__
    if callable(getattr(convarith, name)) and name.islower()
]
# What is a formula shows it; the others put formulas together.
FORMULAS = ("convarith.sizes", "convarith.solver")
CLASSES = sorted(set(convarith.__all__) - set(FUNCTIONS))
METHODS = [
    f"{kind}.{name}"
    for kind in ("Layer", "Conv", "ConvTranspose", "Stack")
    for name, member in vars(getattr(convarith, kind)).items()
    if not name.startswith("_")
    and inspect.isfunction(member)
    and name not in ("on_axis",)
]
ONE_AXIS = [
    name for name in FUNCTIONS if getattr(convarith, name).__module__ == FORMULAS[0]
]
LAYERS = ["Conv", "ConvTranspose", "Pool", "Resize"]


@pytest.mark.parametrize("language", PAGES)
def test_the_reference_documents_every_public_name_and_no_other(language: str) -> None:
    page = (PAGES[language] / "reference" / "api.md").read_text("utf-8")

    documented = re.findall(r"^::: convarith\.(\w+)$", page, re.MULTILINE)
    assert sorted(documented) == sorted(convarith.__all__)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_says_what_it_takes_gives_and_refuses_and_where_it_is_from(
    name: str,
) -> None:
    function = getattr(convarith, name)

    for section in ("Args:", "Returns:", "Raises:", "Examples:", "Sources:"):
        assert section in function.__doc__, f"{name} lacks {section}"
    if function.__module__ in FORMULAS:
        assert "$$" in function.__doc__


@pytest.mark.parametrize("name", METHODS)
def test_every_method_says_what_it_gives_and_refuses_and_where_it_is_from(
    name: str,
) -> None:
    kind, _, method = name.partition(".")
    text = getattr(getattr(convarith, kind), method).__doc__

    for section in ("Returns:", "Raises:", "Examples:", "Sources:"):
        assert section in text, f"{name} lacks {section}"
    assert ("Args:" in text) == (method != "receptive_field")


@pytest.mark.parametrize("name", CLASSES)
def test_every_class_has_an_example_and_names_what_it_holds(name: str) -> None:
    text = getattr(convarith, name).__doc__

    assert "Examples:" in text
    if name != "Layer":
        assert "Args:" in text or "Attributes:" in text


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_the_library_imports_the_standard_library_only(source: Path) -> None:
    for node in _nodes(ast.parse(source.read_text("utf-8"))):
        names = (
            [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        )
        if isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        for name in names:
            top = name.split(".")[0]
            assert top in sys.stdlib_module_names | {"convarith"}, f"{source}:{name}"


def _nodes(tree: ast.AST) -> Iterator[ast.AST]:
    """What runs when the module is imported: no function's body, no types."""
    for node in ast.iter_child_nodes(tree):
        typing = isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
        if not typing and not isinstance(node, ast.FunctionDef):
            yield node
            yield from _nodes(node)


def test_torch_is_imported_only_where_a_module_is_handed_over_or_made() -> None:
    users = {
        source.name
        for source in SOURCES
        if re.search(r"^    (import torch|from torch)", source.read_text("utf-8"), re.M)
        and "    from torch import nn\n\n    " in source.read_text("utf-8")
    }

    assert {"modules.py", "to_torch.py"} <= users


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


@pytest.mark.parametrize("name", [*ONE_AXIS, *LAYERS])
def test_the_limits_in_a_docstring_are_the_rules(name: str) -> None:
    text = " ".join(getattr(convarith, name).__doc__.split())
    arguments = (
        text.partition("Args: ")[2].partition(" Returns: ")[0].partition(" Raises: ")[0]
    )
    described = re.split(r"(?:^| )(\w+): ", arguments)[1:]
    parameters = dict(zip(described[::2], described[1::2], strict=True))

    assert parameters
    for parameter, words in parameters.items():
        if parameter in ("mode", "ceil_mode"):
            continue
        least, _ = rules.LEAST[parameter]
        if parameter == "output_padding":
            assert "from 0 to `max(stride, dilation) - 1`" in words
        else:
            assert re.findall(r"at least (\d+)", words) in ([str(least)], [])
            assert f"at least {least}" in words or parameter == "out_size"


def test_the_package_offers_its_public_names_and_no_other() -> None:
    assert dir(convarith) == sorted(convarith.__all__)
    for name in convarith.__all__:
        assert getattr(convarith, name).__name__ == name
    with pytest.raises(AttributeError, match="has no attribute 'deconv_size'"):
        convarith.deconv_size  # noqa: B018


def test_a_size_is_had_without_loading_the_rest() -> None:
    script = (
        "import sys; from convarith import conv_size; "
        "print({'typing', 'argparse', 'fractions', 'convarith.solver'} & set(sys.modules))"
    )
    done = subprocess.run(
        [
            sys.executable,
            "-S",
            "-c",
            f"import sys; sys.path.insert(0, 'src'); {script}",
        ],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )

    assert done.stdout == "set()\n"
