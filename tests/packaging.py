"""What is uploaded, built and tried as its users will: python -m tests.packaging.

It needs hatchling and twine, and not one of the tools that test the library: every
Python that is supported runs it by itself.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shlex
import subprocess
import sys
import tarfile
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).parent.parent
DIST = ROOT / "dist"
EXAMPLE = re.compile(r"<!-- example: begin -->\n+```python\n(.*?)```", re.DOTALL)
# As it is, with assertions left out, and with every warning an error.
INTERPRETERS = ((), ("-O",), ("-W", "error"))
# The library is that of the wheel, and there is nothing beside it.
ALONE = """
import convarith, importlib.util
assert importlib.util.find_spec("torch") is None, "torch is installed here"
assert convarith.__file__.startswith({place!r}), convarith.__file__
"""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.packaging")
    parser.add_argument("--tag", help="the tag of a release, which names its version")
    tag = parser.parse_args().tag
    with tempfile.TemporaryDirectory() as folder:
        packages = built(ROOT, DIST)
        again = built(ROOT, Path(folder, "again"))
        said("the same bytes when built again", digests(packages) == digests(again))
        sdist, wheel = packages
        with tarfile.open(sdist) as archive:
            archive.extractall(folder, filter="data")
        source = Path(folder, sdist.name.removesuffix(".tar.gz"))
        from_sdist = built(source, Path(folder, "from-sdist"))
        said("the same bytes from the sdist", digests(packages) == digests(from_sdist))
        version = wheel.name.split("-")[1]
        said(f"version {version}", tag in (None, f"v{version}"))
        run(sys.executable, "-m", "twine", "check", "--strict", *packages)
        said("metadata and long description", True)
        try_alone(wheel, Path(folder, "venv"))
    print(f"Python {sys.version.split()[0]}: built, installed and run")
    for name, digest in digests(packages).items():
        print(f"  {digest}  {name}")


def built(source: Path, into: Path) -> list[Path]:
    """The sdist and the wheel of a folder, in this order."""
    for old in into.glob("convarith-*"):
        old.unlink()
    run(sys.executable, "-m", "hatchling", "build", "-d", into, cwd=source)
    return sorted(into.glob("convarith-*"), key=lambda path: path.suffix != ".gz")


def digests(packages: list[Path]) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in packages
    }


def try_alone(wheel: Path, folder: Path) -> None:
    """Install the wheel where there is nothing else, and use it."""
    venv.create(folder)
    binaries = folder / ("Scripts" if os.name == "nt" else "bin")
    python = binaries / "python"
    pip = sys.executable, "-m", "pip", "--python", python
    run(*pip, "install", "--quiet", "--no-index", wheel)
    run(*pip, "check")
    said("pip check", True)
    code, output = example()
    installed = ALONE.format(place=str(folder.resolve())) + code
    for flags in INTERPRETERS:
        done = run(python, "-I", *flags, "-c", installed, cwd=folder)
        said(" ".join(("the README's example", *flags)), done == output)
    zipped = f"import sys; sys.path.insert(0, {str(wheel)!r})\n"
    zipped += ALONE.format(place=str(wheel)) + code
    # Another environment: there the library is not installed.
    venv.create(folder / "empty")
    empty = folder / "empty" / binaries.name / "python"
    said("imported from the zip", run(empty, "-I", "-c", zipped) == output)
    examples = "from convarith.cli import VERBS; [print(v.example) for v in VERBS]"
    for line in run(python, "-I", "-c", examples).splitlines():
        command, *arguments = shlex.split(line)
        said(line, bool(run(binaries / command, *arguments, cwd=folder)))


def example() -> tuple[str, str]:
    """The README's first block, and what it says that it prints."""
    found = EXAMPLE.search((ROOT / "README.md").read_text("utf-8"))
    assert found is not None
    lines = found[1].splitlines(keepends=True)
    printed = [line.removeprefix("#> ") for line in lines if line.startswith("#>")]
    return found[1], "".join(printed)


def run(*command: str | Path, cwd: Path = ROOT) -> str:
    """What a command prints; it ends all of this if it fails."""
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{shlex.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return done.stdout


def said(what: str, good: bool) -> None:
    print(f"  {'ok' if good else 'NOT SO'}: {what}", flush=True)
    if not good:
        sys.exit(1)


if __name__ == "__main__":
    main()
