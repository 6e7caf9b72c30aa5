"""Copied code, run as a reader runs it: alone, against the built package.

The Python that runs it sees this environment's packages and the wheel, and nothing
of the source tree: paths that come in through a .pth file are not searched for
further .pth files, so an editable installation stays out of sight.
"""

from __future__ import annotations

import configparser
import json
import subprocess
import sys
import sysconfig
import tempfile
import venv
import zipfile
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

FORKED = Path(__file__).with_name("forked.py")


@dataclass(frozen=True)
class Outcome:
    """How a script ended, and what it printed."""

    code: int
    output: str
    errors: str


def _write_commands(packages: Path, python: Path) -> None:
    """The commands that a wheel brings, as an installer would write them."""
    declared = configparser.ConfigParser()
    declared.read(packages.glob("*.dist-info/entry_points.txt"), "utf-8")
    section = "console_scripts"
    for name, place in declared.items(section) if declared.has_section(section) else ():
        module, _, function = place.partition(":")
        command = python.parent / name
        command.write_text(
            f"#!{python}\nfrom {module} import {function}\n"
            f"raise SystemExit({function}())\n",
            "utf-8",
        )
        command.chmod(0o755)


@dataclass(frozen=True)
class Reader:
    """A Python with the built package, and nothing of its source."""

    python: Path

    @classmethod
    def with_wheel(cls, project: Path, folder: Path) -> Reader:
        """Build the wheel of a project and make a Python that has it."""
        build = [
            sys.executable,
            "-m",
            "hatchling",
            "build",
            "-t",
            "wheel",
            "-d",
            str(folder),
        ]
        subprocess.run(build, cwd=project, check=True, capture_output=True)
        (wheel,) = folder.glob("*.whl")
        venv.create(folder / "reader", symlinks=True)
        python = folder / "reader" / "bin" / "python"
        (own,) = (folder / "reader" / "lib").glob("python*/site-packages")
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(own)
        _write_commands(own, python)
        (own / "environment.pth").write_text(
            sysconfig.get_path("purelib") + "\n", "utf-8"
        )
        return cls(python)

    def forked(self, scripts: Sequence[str], imports: Iterable[str]) -> list[Outcome]:
        """Run scripts that share nothing but what was imported before them."""
        asked = json.dumps({"imports": list(imports), "scripts": list(scripts)})
        done = subprocess.run(
            [self.python, "-I", FORKED],
            input=asked,
            capture_output=True,
            text=True,
            check=True,
            env=self._environment(),
        )
        return [Outcome(*outcome) for outcome in json.loads(done.stdout)]

    def fresh(self, scripts: Sequence[str], at_once: int = 2) -> list[Outcome]:
        """Run each script by an interpreter of its own."""
        with ThreadPoolExecutor(at_once) as pool:
            return list(pool.map(self._fresh, scripts))

    def _fresh(self, script: str) -> Outcome:
        return self._run([str(self.python), "-I", "-c", script])

    def in_shell(self, script: str) -> Outcome:
        """Run the lines that were copied from a console block."""
        return self._run(["bash", "-e", "-c", script])

    def _run(self, command: list[str]) -> Outcome:
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run(
                command,
                cwd=folder,
                env=self._environment(),
                capture_output=True,
                text=True,
                check=False,
            )
        return Outcome(done.returncode, done.stdout, done.stderr)

    def _environment(self) -> dict[str, str]:
        return {"PATH": f"{self.python.parent}:/usr/bin:/bin", "OMP_NUM_THREADS": "1"}
