"""The types of both packages are what they say, to two checkers."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.adapter import ROOT

BIN = Path(sys.executable).parent


@pytest.mark.slow
@pytest.mark.parametrize(
    "checker",
    [["mypy"], ["basedpyright", "--pythonpath", sys.executable]],
    ids=lambda checker: checker[0],
)
def test_a_checker_of_types_finds_nothing(checker: list[str]) -> None:
    done = subprocess.run(
        [BIN / checker[0], *checker[1:]],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stdout
