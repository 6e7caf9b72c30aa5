"""What a reader copies works with what a reader installs."""

import ast
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.adapter import ROOT, SOURCES, items_of, run_command
from verified_docs import payload

# What a page may ask its reader to have, beside the standard library.
KNOWN = {"convarith", "torch", "numpy", "z3", "jax", "keras", "onnx", "onnxruntime"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    return zipfile.ZipFile(path)


def test_the_files_of_the_wheel_are_those_that_are_tested(
    wheel: zipfile.ZipFile,
) -> None:
    folder = ROOT / "src"
    tested = {
        str(path.relative_to(folder)): path.read_bytes()
        for path in (folder / "convarith").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    inside = {n: wheel.read(n) for n in wheel.namelist() if ".dist-info/" not in n}

    assert inside == tested


def test_the_command_of_the_wheel_answers(
    wheel: zipfile.ZipFile, tmp_path: Path
) -> None:
    wheel.extractall(tmp_path)
    (entry,) = tmp_path.glob("*.dist-info/entry_points.txt")
    said = subprocess.run(
        [sys.executable, "-I", "-c",
         f"import sys; sys.path.insert(0, {str(tmp_path)!r}); "
         "import convarith.cli; print(convarith.__file__); "
         "convarith.cli.main(['size', 'ConvTranspose(4, stride=2, padding=1)', '14'])"],
        capture_output=True, text=True, check=False,
    ).stdout.splitlines()  # fmt: skip

    assert "convarith = convarith.cli:main" in entry.read_text("utf-8")
    assert said == [str(tmp_path / "convarith" / "__init__.py"), "28"]


def test_an_install_command_that_installs_nothing_is_found() -> None:
    assert "exit code 1" in str(run_command("python -m pip install ./nowhere"))
    assert "was not installed" in str(run_command("python -m pip install --dry-run ."))
    assert run_command("python -m pip install .") == ""


def test_no_block_imports_what_its_reader_does_not_have() -> None:
    strange = {
        f"{name}:{item.line}: {module}"
        for name in SOURCES
        for item in items_of(name)
        if item.kind in ("python", "pycon")
        for module in imported(payload.copied(item))
        if module not in KNOWN | set(sys.stdlib_module_names)
    }

    assert strange == set()


def imported(code: str) -> set[str]:
    nodes = list(ast.walk(ast.parse(code)))
    plain = {
        a.name for node in nodes if isinstance(node, ast.Import) for a in node.names
    }
    named = {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}
    return {name.partition(".")[0] for name in plain | named}


def test_an_import_is_found_wherever_it_stands() -> None:
    assert imported("def f():\n    from a.b import c\nimport d.e, g\n") == {
        "a",
        "d",
        "g",
    }
