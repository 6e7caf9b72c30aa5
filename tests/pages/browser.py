"""A real browser, and the site as `make serve` serves it."""

import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from tests.adapter import ROOT

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
)
# As root in a container there is no sandbox; and nothing but the pages may ask for anything.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 600


@contextmanager
def chromium() -> Iterator[Browser]:
    """Chromium as it is installed; without one the test is skipped, but never in CI."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        reason = f"needs a browser, one of {', '.join(NAMES)} (Debian: apt-get install chromium)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def served() -> Iterator[str]:
    """The address of the whole site while the README's first command is running."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    command = ["make", "serve", f"PORT={port}"]
    with subprocess.Popen(command, cwd=ROOT, start_new_session=True) as server:
        try:
            address = f"http://localhost:{port}"
            _wait_for(f"{address}/zh/", server)
            yield address
        finally:
            os.killpg(server.pid, signal.SIGINT)
            # A shell lets what it runs in the background ignore interrupts.
            try:
                server.wait(timeout=20)
            except subprocess.TimeoutExpired:
                os.killpg(server.pid, signal.SIGKILL)


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(PATIENCE):
        assert server.poll() is None, "make serve has ended"
        try:
            with urllib.request.urlopen(address):
                return
        except urllib.error.URLError:
            time.sleep(1)
    pytest.fail(f"nothing is served on {address}")


Where = dict[str, list[list[str]]] | None
# What has passed is not reported; telling it takes longer than finding it.
FOUND = {"resultTypes": ["violations"]}
# What depends on the colours; the rest is the same in both palettes.
OF_COLOUR = {
    **FOUND,
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
}

# Code has the same colours on every page, and most of the elements.
BUT_CODE = {"exclude": [[".highlight code"]]}
BUT_COLOURS = {**FOUND, "rules": {"color-contrast": {"enabled": False}}}


def barriers(page: Page, within: Where = None) -> list[tuple[str, str]]:
    """What keeps somebody from using a page, in its light palette."""
    _choose(page, "default")
    return list(_violations(page, FOUND, within))


def barriers_but_colours(page: Page) -> list[tuple[str, str]]:
    """The same, where the colours are looked at elsewhere: most of the time is theirs."""
    return list(_violations(page, BUT_COLOURS))


def barriers_in_the_dark(page: Page, within: Where = None) -> list[tuple[str, str]]:
    """What the dark palette adds to that."""
    _choose(page, "slate")
    return list(_violations(page, OF_COLOUR, within))


def _choose(page: Page, scheme: str) -> None:
    """Take a palette as the button in the header does."""
    if page.evaluate("document.body.dataset.mdColorScheme") == scheme:
        return
    page.evaluate(
        """scheme => document.querySelector(
            `[data-md-component=palette] input[data-md-color-scheme=${scheme}]`).click()""",
        scheme,
    )
    # Colours fade into each other.
    page.wait_for_timeout(300)
    assert page.evaluate("document.body.dataset.mdColorScheme") == scheme


def _violations(
    page: Page, options: dict[str, object], within: Where = None
) -> Iterator[tuple[str, str]]:
    found = Axe().run(page, context=within, options=options)
    for rule in found.response["violations"]:
        for node in rule["nodes"]:
            yield rule["id"], node["html"]
