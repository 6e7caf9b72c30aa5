"""The README's first command: it serves the site, and ends without a trace."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.adapter import ROOT

pytestmark = pytest.mark.slow

PATIENCE = 600


def interruptible() -> None:
    """What a shell runs in the background ignores interrupts, and so would its children."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def read(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(PATIENCE):
        assert server.poll() is None, "make serve has ended"
        try:
            read(address)
            return
        except urllib.error.URLError:
            time.sleep(1)
    pytest.fail(f"nothing is served on {address}")


def ended(group: int) -> bool:
    """Whether no process is left of it; the last take a moment to see the first is gone."""
    for _ in range(50):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


# The site itself is built for other tests: here it is a page that says when it was made.
SERVE = """
import sys
from pathlib import Path
from docs import publish

def build_site(root, site, *, url, strict):
    edited = (root / "docs" / "page.md").read_text("utf-8")
    for place in ("index.html", "zh/index.html", "404.html"):
        path = site / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"<body>{place} of {url}: {edited}</body>", "utf-8")

publish.build_site = build_site
publish.main(sys.argv[1:])
"""


def test_make_knows_how_to_serve() -> None:
    asked = ["make", "--dry-run", "--old-file=.venv/docs.done", "serve", "PORT=8123"]
    # Not as a part of the make that may be running this.
    given = {k: v for k, v in os.environ.items() if not k.startswith("MAKE")}
    said = subprocess.run(
        asked, cwd=ROOT, env=given, capture_output=True, text=True, check=True
    )

    assert said.stdout == ".venv/bin/python -m docs.publish serve --port 8123\n"


def test_the_site_is_served_and_built_again_after_an_edit_until_it_is_interrupted(
    tmp_path: Path,
) -> None:
    (tmp_path / "left").mkdir()
    edited = tmp_path / "docs" / "page.md"
    edited.parent.mkdir()
    edited.write_text("one", "utf-8")
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    address = f"http://localhost:{port}"
    command = [sys.executable, "-c", SERVE, "serve", "--port", str(port)]
    given = {
        **os.environ, "TMPDIR": str(tmp_path / "left"), "PYTHONPATH": str(ROOT)
    }  # fmt: skip
    with subprocess.Popen(
        command, cwd=tmp_path, env=given, start_new_session=True,
        preexec_fn=interruptible,
    ) as server:  # fmt: skip
        try:
            wait_for(f"{address}/zh/", server)
            first = read(f"{address}/zh/")
            missing = read(f"{address}/en/no-such-page/")
            edited.write_text("two", "utf-8")
            for _ in range(PATIENCE):
                if "two" in (second := read(f"{address}/"))[1]:
                    break
                time.sleep(0.1)
        finally:
            os.killpg(server.pid, signal.SIGINT)
            try:
                server.wait(timeout=60)
            except subprocess.TimeoutExpired:
                os.killpg(server.pid, signal.SIGKILL)
                raise

    assert first[0] == second[0] == 200
    assert f"zh/index.html of {address}/: one" in first[1]
    assert f"index.html of {address}/: two" in second[1]
    # A page that is not there is the site's own.
    assert missing[0] == 404
    assert "404.html of" in missing[1]
    assert ended(server.pid)
    assert list((tmp_path / "left").iterdir()) == []
