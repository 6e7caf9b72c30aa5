"""What a reader copies works with what a reader installs."""

import ast
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import hatch_build
import pytest

import convarith
from tests import packaging
from tests.adapter import ROOT, SOURCES, items_of, run_command
from verified_docs import payload

# What a page may ask its reader to have, beside the standard library.
KNOWN = {"convarith", "torch", "numpy", "z3", "jax", "keras", "onnx", "onnxruntime"} | {
    "sybil",
    "verified_docs",
}


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The sdist and the wheel."""
    return packaging.built(ROOT, tmp_path_factory.mktemp("packages"))


@pytest.fixture(scope="module")
def wheel(packages: list[Path]) -> zipfile.ZipFile:
    return zipfile.ZipFile(packages[1])


def test_the_sdist_builds_the_same_files_again_byte_for_byte(
    packages: list[Path], tmp_path: Path
) -> None:
    with tarfile.open(packages[0]) as archive:
        archive.extractall(tmp_path, filter="data")
    (source,) = tmp_path.iterdir()
    again = packaging.built(source, tmp_path / "again")

    assert packaging.digests(again) == packaging.digests(packages)
    assert [path.name for path in (source / "src").iterdir()] == ["convarith"]


def test_an_index_shows_the_readme_with_whole_addresses(wheel: zipfile.ZipFile) -> None:
    (name,) = (n for n in wheel.namelist() if n.endswith("/METADATA"))
    shown = wheel.read(name).decode()
    urls = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"][
        "urls"
    ]
    ours = rf"{urls['Repository']}/(?:raw|blob)/v{convarith.__version__}/"
    files = re.findall(rf"{ours}([^)#\s\"]+)", shown)

    assert re.findall(r"""(?:\]\(|src="|href=")(?!https://|#)[^)"]*""", shown) == []
    assert len(files) > 3
    assert [path for path in files if not (ROOT / path).exists()] == []


def test_addresses_in_html_are_made_whole_too() -> None:
    text = '<img src="a/b.svg"> <source srcset="c.png"> <a href="#d"> [e](https://f)'

    assert hatch_build.absolute(text, "https://host/x", "v1") == (
        '<img src="https://host/x/raw/v1/a/b.svg"> '
        '<source srcset="https://host/x/raw/v1/c.png"> <a href="#d"> [e](https://f)'
    )


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
