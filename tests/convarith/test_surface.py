"""What is public is documented, and the library stands on nothing but Python."""

import ast
import inspect
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

import convarith
from convarith import _layers, network, porting
from convarith import _legal_values as rules
from tests.adapter import PAGES, ROOT

SOURCES = sorted((ROOT / "src" / "convarith").rglob("*.py"))
PUBLIC = {name: getattr(convarith, name) for name in convarith.__all__}
FUNCTIONS = {name: thing for name, thing in PUBLIC.items() if name.islower()}
CLASSES = {name: thing for name, thing in PUBLIC.items() if not name.islower()}
# What is a formula shows it; the others put formulas together.
FORMULAS = ("convarith.sizes", "convarith.solver")
# The old name of fitting_sizes says where it went.
ELSEWHERE = ("on_axis", "round_trip_sizes")
# What may be any number, or any number above 0.
NOT_AT_LEAST = (("Pad", "padding"), ("Resize", "factor"))
METHODS = {
    f"{kind}.{name}": member
    for kind in (*_layers.KINDS, "Stack")
    for name, member in inspect.getmembers(CLASSES[kind], inspect.isfunction)
    if not name.startswith("_") and name not in (*ELSEWHERE, "index", "count")
}


@pytest.mark.parametrize("language", PAGES)
def test_the_reference_documents_every_public_name_and_no_other(language: str) -> None:
    pages = sorted((PAGES[language] / "reference" / "api").glob("*.md"))
    text = "\n".join(page.read_text("utf-8") for page in pages)
    documented = re.findall(r"^::: ((?:\w+\.)+)(\w+)$", text, re.MULTILINE)

    # The table of weights is data; its layout and the functions are documented.
    expected = [("convarith.", name) for name in convarith.__all__]
    expected += [("convarith.porting.", name) for name in porting.__all__]
    expected += [("convarith.network.", name) for name in network.__all__]
    expected.remove(("convarith.porting.", "WEIGHTS"))
    assert sorted(documented) == sorted(expected)


@pytest.mark.parametrize("language", PAGES)
def test_the_index_of_the_reference_leads_on_from_every_name(language: str) -> None:
    index = (PAGES[language] / "reference" / "api.md").read_text("utf-8")
    led = re.findall(r"\]\[([\w.]+)\]\{ #([\w.]+) \}", index)

    expected = [f"convarith.{name}" for name in convarith.__all__]
    expected += [f"convarith.porting.{n}" for n in porting.__all__ if n != "WEIGHTS"]
    expected += [f"convarith.network.{name}" for name in network.__all__]
    unlisted = sorted(set(expected) - {name for name, _ in led})
    assert unlisted == [], "list each name in docs/en and docs/zh, reference/api.md"
    assert sorted(led) == sorted((name, name) for name in expected)


def _lacks(thing: Any, *sections: str) -> list[str]:
    return [name for name in sections if f"{name}:" not in str(thing.__doc__)]


def test_every_function_says_what_it_takes_gives_and_refuses_and_where_it_is_from() -> (
    None
):
    called = {
        name: getattr(porting, name) for name in porting.__all__ if name.islower()
    }
    for name, function in {**FUNCTIONS, **called}.items():
        missing = _lacks(function, "Args", "Returns", "Raises", "Examples", "Sources")
        described = re.findall(r"^ {4,8}(\w+): ", inspect.getdoc(function) or "", re.M)

        assert missing == (["Sources"] if name == "on_each_axis" else []), name
        assert "$$" in function.__doc__ or function.__module__ not in FORMULAS, name
        parameters = set(inspect.signature(function).parameters)
        assert parameters <= set(described) or function.__module__ in FORMULAS, name


def test_every_method_says_what_it_gives_and_refuses_and_where_it_is_from() -> None:
    for name, method in METHODS.items():
        missing = _lacks(method, "Args", "Returns", "Raises", "Examples", "Sources")
        takes_nothing = len(inspect.signature(method).parameters) == 1
        assert missing == (["Args"] if takes_nothing else []), name


def test_every_class_has_an_example_and_names_what_it_holds() -> None:
    for name, kind in CLASSES.items():
        assert _lacks(kind, "Examples") == [], name
        assert len(_lacks(kind, "Args", "Attributes")) < 2 or name == "Layer", name


def test_the_library_imports_the_standard_library_only() -> None:
    for source in SOURCES:
        for node in _nodes(ast.parse(source.read_text("utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            tops = {name.split(".")[0] for name in names}
            torch = {"torch"} if source.parent.name == "network" else set()
            assert tops <= sys.stdlib_module_names | {"convarith"} | torch, source


def _nodes(tree: ast.AST) -> Iterator[ast.AST]:
    """What runs when the module is imported: no function's body, no types."""
    for node in ast.iter_child_nodes(tree):
        typing = isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
        if not typing and not isinstance(node, ast.FunctionDef):
            yield node
            yield from _nodes(node)


def test_torch_is_imported_only_where_a_module_is_handed_over_or_made() -> None:
    users = set()
    for source in SOURCES:
        tree = ast.parse(source.read_text("utf-8"))
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef):
                found = [n for n in ast.walk(function) if isinstance(n, ast.ImportFrom)]
                users |= {source.name for n in found if n.module == "torch"}

    assert users == {"_torch_modules.py", "_to_torch.py"}


def test_the_import_loads_no_torch_and_no_parser_of_commands() -> None:
    script = "import sys, convarith; print({'torch', 'dataclasses', 'argparse', 'json'} & set(sys.modules))"
    # Without what is installed, which may load anything when Python starts.
    line = [sys.executable, "-S", "-c", f"import sys; sys.path[0] = 'src'; {script}"]
    done = subprocess.run(line, capture_output=True, text=True, check=True, cwd=ROOT)

    assert done.stdout == "set()\n"


def test_the_verification_knows_nothing_of_convolutions() -> None:
    for source in (ROOT / "src" / "verified_docs").glob("*.py"):
        assert "convarith" not in source.read_text("utf-8"), source


def test_the_limits_in_a_docstring_are_the_rules() -> None:
    named = [n for n, f in FUNCTIONS.items() if f.__module__ == FORMULAS[0]]
    for name in [*named, *sorted({*_layers.KINDS} - {"Norm"})]:
        text = " ".join(PUBLIC[name].__doc__.split()).partition("Args: ")[2]
        arguments = text.partition(" Returns: ")[0].partition(" Raises: ")[0]
        described = re.split(r"(?:^| )(\w+): ", arguments)[1:]
        parameters = dict(zip(described[::2], described[1::2], strict=True))

        assert parameters, name
        for parameter, words in parameters.items():
            if parameter == "output_padding":
                assert "from 0 to `max(stride, dilation) - 1`" in words, name
            elif (name, parameter) in NOT_AT_LEAST:
                assert "below 0" in words or "positive" in words, (name, words)
            elif parameter not in ("mode", "ceil_mode", "padding_mode"):
                least = str(rules.LEAST[parameter])
                told = re.findall(r"at least (\d+)", words)
                assert told == [least] or (told, parameter) == ([], "out_size"), name


def test_the_package_offers_its_public_names_and_no_other() -> None:
    offered = {name: thing for name, thing in vars(convarith).items() if name[0] != "_"}
    for name, thing in offered.items():
        assert inspect.ismodule(thing) or name in convarith.__all__, name
    for name in convarith.__all__:
        assert offered[name].__name__ == name
