"""One browser for each process, and a fresh page for each test, on which nothing fails."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser import machine

WITHOUT_SEARCH = """globalThis.Worker = class extends EventTarget {
    postMessage() {}
}"""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The one browser of all tests: two would not live in one process."""
    with machine.chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def address(chromium: Browser, site: Path) -> Iterator[str]:
    """Where the built site is served; without a browser nothing is built."""
    with machine.served(site) as address:
        yield address


@pytest.fixture(scope="session")
def visitor(chromium: Browser, address: str) -> Iterator[BrowserContext]:
    """Somebody who has the site's scripts already, and chooses nothing for long."""
    context = chromium.new_context(
        base_url=f"{address}/", viewport={"width": 1280, "height": 900}
    )
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    # Reading the index of the search is most of a visit, and nobody searches here.
    context.add_init_script(WITHOUT_SEARCH)
    yield context
    context.close()


@pytest.fixture
def page(visitor: BrowserContext) -> Iterator[Page]:
    page = visitor.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    page.evaluate("location.protocol.startsWith('http') && localStorage.clear()")
    page.close()
    assert faults == []
