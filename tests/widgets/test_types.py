"""The types that the widgets' comments promise are the ones their code has."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.adapter import ROOT

HERE = ROOT / "tests" / "widgets"
COMPILER = HERE / "node_modules" / ".bin" / "tsc"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def compiler() -> Path:
    if COMPILER.exists():
        return COMPILER
    if shutil.which("npm") is None and "CI" not in os.environ:
        pytest.skip("npm is not installed, so nothing checks the widgets' types here")
    command = ["npm", "ci", "--no-audit", "--no-fund", "--silent"]
    subprocess.run(command, cwd=HERE, check=True)
    return COMPILER


def checked(compiler: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [compiler, *arguments], cwd=HERE, capture_output=True, text=True, check=False
    )


def test_the_widgets_have_the_types_they_say(compiler: Path) -> None:
    done = checked(compiler, "--project", ".")

    assert done.stdout == ""
    assert done.returncode == 0


def test_a_wrong_type_is_found(compiler: Path, tmp_path: Path) -> None:
    source = ROOT / "docs" / "theme" / "assets" / "widgets"
    shutil.copytree(source, tmp_path / "docs/theme/assets/widgets")
    (tmp_path / "tests/widgets").mkdir(parents=True)
    settings = tmp_path / "tests/widgets/tsconfig.json"
    shutil.copy(HERE / "tsconfig.json", settings)
    sizes = tmp_path / "docs/theme/assets/widgets/sizes.mjs"
    text = sizes.read_text("utf-8")
    sizes.write_text(text.replace("(in_size - 1) * stride", "`${in_size}`"), "utf-8")

    assert "error TS" in checked(compiler, "--project", str(settings)).stdout
