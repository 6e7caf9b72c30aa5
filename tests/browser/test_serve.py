"""The README's first command: it serves both languages, and ends without a trace."""

import os
import signal
import socket
import subprocess
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


def test_make_serve_serves_both_languages_and_ends_when_interrupted(
    tmp_path: Path,
) -> None:
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    address = f"http://localhost:{port}"
    command = ["make", "serve", f"PORT={port}"]
    given = {**os.environ, "TMPDIR": str(tmp_path)}
    with subprocess.Popen(
        command, cwd=ROOT, env=given, start_new_session=True, preexec_fn=interruptible
    ) as server:
        try:
            wait_for(f"{address}/zh/", server)
            served = {path: read(f"{address}/{path}") for path in ("", "en/", "zh/")}
            missing = read(f"{address}/en/no-such-page/")
        finally:
            os.killpg(server.pid, signal.SIGINT)
            try:
                server.wait(timeout=60)
            except subprocess.TimeoutExpired:
                os.killpg(server.pid, signal.SIGKILL)
                raise

    assert {status for status, _ in served.values()} == {200}
    assert 'hreflang="zh"' in served[""][1]
    for language in ("en", "zh"):
        assert f'<html lang="{language}"' in served[f"{language}/"][1]
    # A page that is not there is the site's own.
    assert missing[0] == 404
    assert "md-header" in missing[1]
    assert ended(server.pid)
    assert list(tmp_path.iterdir()) == []
