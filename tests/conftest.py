"""The finished site, built once for all workers, and the skips that are allowed."""

import fnmatch
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from tests.adapter import PINS, ROOT


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--whole", action="store_true", help="ask all of what is otherwise a third"
    )


@pytest.fixture(scope="session")
def every(pytestconfig: pytest.Config) -> int:
    """Of large samples every third is asked, unless the whole is wanted."""
    return 1 if pytestconfig.getoption("whole") else 3


@pytest.fixture(autouse=True)
def seeded() -> None:
    """Every test finds the same chance, whichever ran before it."""
    if "torch" in sys.modules:
        sys.modules["torch"].manual_seed(0)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Both languages, built as they are published; a warning is an error."""
    own = tmp_path_factory.getbasetemp()
    shared = own if worker_id == "master" else own.parent
    folder = shared / "site"
    with FileLock(shared / "site.lock"):
        if not (folder / "index.html").exists():
            build(folder)
    return folder


def build(folder: Path) -> None:
    command = [sys.executable, "-m", "docs.publish", "build", "--into", folder]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr, done.stderr


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Iterator[None]:
    """A test that is skipped for a reason that is not listed has failed."""
    report = yield
    return refused(report)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Iterator[None]:
    """So has a module."""
    report = yield
    return refused(report)


def refused(report):  # type: ignore[no-untyped-def]
    """The report, failed if it says skipped and nobody has allowed that."""
    if report.outcome == "skipped":
        why = str(getattr(report, "wasxfail", "")) or str(report.longrepr[2])
        why = why.removeprefix("Skipped: ")
        if not any(fnmatch.fnmatch(why, allowed) for allowed in PINS["skips"]):
            report.outcome = "failed"
            report.longrepr = (
                f"skipped, and the reason is not in tests/pins.toml: {why}"
            )
    return report


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long begins; while one worker has the site built, others need none."""
    of_site = [item for item in items if "site" in getattr(item, "fixturenames", ())]
    for item in of_site:
        item.add_marker(pytest.mark.slow)
    waiting = {item.nodeid for item in of_site if item.path != of_site[0].path}

    def turn(item: pytest.Item) -> tuple[bool, bool]:
        return item.get_closest_marker("slow") is None, item.nodeid in waiting

    items.sort(key=turn)
