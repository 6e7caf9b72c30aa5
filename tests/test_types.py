"""The types of both packages are what they say."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.adapter import ROOT

BIN = Path(sys.executable).parent


@pytest.mark.slow
def test_a_checker_of_types_finds_nothing() -> None:
    done = subprocess.run(
        [BIN / "mypy"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stdout
