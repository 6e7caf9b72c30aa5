"""What joins the checks of the pages with convolutions: torch, and this site."""

import atexit
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from tests import measurements
from verified_docs import blocks, source
from verified_docs.plugin import Project
from verified_docs.prose import Words
from verified_docs.source import Item

ROOT = Path(__file__).parent.parent
PINS = tomllib.loads((ROOT / "tests" / "pins.toml").read_text("utf-8"))
PAGES = {language: ROOT / "docs" / language for language in ("en", "zh")}


def run_command(command: str) -> str | None:
    """A command of the pages; make's own targets are run by the suite around this one.

    `make test` is what is running, and the browser tests start `make serve`: here
    it is enough that make knows how.
    """
    if command.startswith("python -m pip "):
        return in_a_clone(command)
    if command.startswith("python -m pytest "):
        return with_what_is_installed(command)
    if not command.startswith("make "):
        return blocks.in_a_shell(command)
    done = subprocess.run(
        ["make", "--dry-run", *command.split()[1:]],
        cwd=ROOT,
        # Not as a part of the make that may be running this.
        env={k: v for k, v in os.environ.items() if not k.startswith("MAKE")},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stderr or None


@cache
def a_clone() -> Path:
    """What pip needs of a clone; later commands find what earlier ones made there."""
    folder = tempfile.mkdtemp(prefix="clone-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    clone = Path(folder, "clone")
    shutil.copytree(ROOT / "src", clone / "src")
    for name in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, clone / name)
    return clone


def in_a_clone(command: str) -> str:
    """Run pip as a reader would, in a clone; it installs beside it, and downloads nothing.

    What pip says while it works is not compared; what went wrong is returned.
    """
    clone, there = a_clone(), a_clone().parent / "installed"
    shutil.rmtree(there, ignore_errors=True)
    done = subprocess.run(
        ["bash", "-e", "-c", command],
        cwd=clone,
        env={
            "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
            "PIP_TARGET": str(there),
            "PIP_NO_INDEX": "1",
            # Isolated, it would download what builds the wheel, which is here; 0 is "no".
            "PIP_NO_BUILD_ISOLATION": "0",
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        return f"exit code {done.returncode}\n{done.stderr}"
    if " install " in command and not (there / "bin" / "convarith").exists():
        return "convarith was not installed\n"
    return ""


def with_what_is_installed(command: str) -> str:
    """Run pytest beside the library as pip installs it; how long it took is not compared."""
    there = a_clone().parent / "installed"
    failed = "" if there.exists() else in_a_clone("python -m pip install .")
    done = subprocess.run(
        ["bash", "-e", "-c", command],
        cwd=there.parent,
        env={
            "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
            "PYTHONPATH": str(there),
            "OMP_NUM_THREADS": "1",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    return failed or (done.stdout if done.returncode else "")


def page_names(language: str) -> list[str]:
    """The pages of a language, by their path below its folder."""
    folder = PAGES[language]
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*.md"))


def items_of(name: str) -> list[Item]:
    """The blocks and formulas of a page or of a module's docstrings."""
    text = (ROOT / name).read_text("utf-8")
    read = source.docstrings if name.endswith(".py") else source.page
    return [item for section in read(text) for item in section.items]


def code() -> Iterator[Item]:
    """What pages may speak of: their blocks, the library, and what makes this project."""
    for name in SOURCES:
        yield from (item for item in items_of(name) if not item.is_formula)
    library = [ROOT / name for name in SOURCES if name.endswith(".py")]
    for path in (*library, *(ROOT / "docs").glob("*.py")):
        yield Item("python", path.read_text("utf-8"), 1, (0, 0))
    targets = TARGET.findall((ROOT / "Makefile").read_text("utf-8"))
    yield Item("console", "".join(f"$ make {one}\n" for one in targets), 1, (0, 0))
    # A test of its own asks whether a law names one of these tests.
    tests = (ROOT / "tests" / "convarith").glob("test_*.py")
    names = [
        name for path in tests for name in DEFINED.findall(path.read_text("utf-8"))
    ]
    for there in ("*", "docs/*", "src/*", "tests/*", "tests/*/*", "docs/en/**/*.md"):
        names += [path.name for path in ROOT.glob(there)]
    yield Item("text", " ".join(names), 1, (0, 0))


TARGET = re.compile(r"^([a-z-]+):.* ## ", re.M)
DEFINED = re.compile(r"def (test_\w+)")
LETTERS = {"kernel_size": "k", "stride": "s", "padding": "p", "dilation": "d"}


def results(arguments: Mapping[str, int], size: int) -> set[int]:
    """What torch makes of a size with these arguments, either way."""
    given = {LETTERS[name]: arguments[name] for name in LETTERS if name in arguments}
    more = arguments.get("output_padding", 0)
    sizes = {measurements.transposed(size, a=more, **given)}
    sizes |= set() if more else {measurements.conv(size, **given)}
    return {size for size in sizes if size is not None}


WORDS = Words(
    results,
    first="kernel_size",
    defaults={"stride": 1, "padding": 0, "dilation": 1, "output_padding": 0},
    places=(
        r"\bConv(?:Transpose)?[123]d\(\s*[^,()]+,\s*[^,()]+,\s*(\d+)",
        r"\b(?:Conv|ConvTranspose|(?:Max|Avg)?Pool(?:[123]d)?)\(\s*(\d+)",
    ),
    names=(
        r"\b(?:PyTorch|TensorFlow|Keras|JAX|Flax|NumPy|ONNX|ONNX Runtime|OpenVINO|Resize)"
        r" \d[\d.]*",
        r"\b(?:(?:Conv(?:Transpose)?|(?:Max|Avg)(?:Unp|P)ool)[123]d|L\d+|V1|Z3)\b",
        r"\b(?:StyleGAN2|onnx2tf|pix2pix|wav2vec(?: 2\.0)?)\b",
        # What docstrings say of limits is held against the rules by a test of its own.
        r"(?:at least|below|cut off at|counted from|from) [01]\b",
    ),
    told=PINS["told"],
    code=code,
)
PROJECT = Project(
    measurements.Torch(),
    patterns=["docs/*/**/*.md", "docs/*/*.md", "*.md"],
    docstrings=["src/convarith/*.py", "src/convarith/*/*.py"],
    imports=["torch", "convarith", "sympy"],
    command=run_command,
    words=WORDS,
    languages=(("docs/en/", "docs/zh/"), ("README.md", "README.zh.md")),
    at_least=PINS["at_least"],
)
# What an earlier run has said of these files must not change what this one sees.
os.environ["VERIFIED_DOCS_PROJECT"] = str(ROOT / "tests")

# Every file in which a reader may meet a block or a formula.
SOURCES = [
    f"docs/{language}/{name}" for language in PAGES for name in page_names(language)
]
SOURCES += sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("*.md"))
SOURCES += sorted(
    str(path.relative_to(ROOT)) for path in (ROOT / "src" / "convarith").rglob("*.py")
)
