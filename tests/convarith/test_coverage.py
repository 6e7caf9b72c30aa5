"""Every line and branch of the library is run by its quick tests."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.adapter import ROOT


@pytest.mark.slow
def test_every_branch_of_the_library_is_run_by_its_quick_tests(tmp_path: Path) -> None:
    coverage = [sys.executable, "-m", "coverage"]
    data = f"--data-file={tmp_path / 'coverage'}"
    quick = "-m", "pytest", "-q", "-m", "not slow", "-p", "no:cacheprovider"
    subprocess.run(
        [*coverage, "run", data, *quick, "tests/convarith"],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    report = subprocess.run(
        [*coverage, "report", data],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert report.returncode == 0, report.stdout
