"""The types that the widgets' comments promise are the ones their code has."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from docs.javascript import written

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


def test_the_only_wrong_type_is_the_one_that_is_planted(
    compiler: Path, tmp_path: Path
) -> None:
    """One run says both: that nothing else is wrong, and that what is wrong is found."""
    assets = "docs/theme/assets"
    shutil.copytree(ROOT / assets, tmp_path / assets)
    for path, text in written("en").items():
        place = tmp_path / path.relative_to(ROOT)
        place.parent.mkdir(exist_ok=True)
        place.write_text(text, "utf-8")
    settings = tmp_path / "tests/widgets/tsconfig.json"
    settings.parent.mkdir(parents=True)
    shutil.copy(HERE / settings.name, settings)
    sizes = tmp_path / assets / "widgets" / "sizes.mjs"
    text = sizes.read_text("utf-8") + '/** @type {number} */ export const one = "1";\n'
    sizes.write_text(text, "utf-8")
    command = [compiler, "--pretty", "false", "--project", settings]
    done = subprocess.run(command, cwd=HERE, capture_output=True, text=True)

    (error,) = done.stdout.splitlines()
    assert f"sizes.mjs({text.count(chr(10))}," in error
