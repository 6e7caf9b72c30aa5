"""One browser and one window for each process; each test finds the window as if new.

To open a window costs Chromium more than to visit a page in one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response

from tests.browser import machine

SIZE = {"width": 1280, "height": 900}
# Reading the index of the search is most of a visit, and few tests search.
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
def window(chromium: Browser, address: str) -> Page:
    return opened(chromium, address)


def opened(chromium: Browser, address: str) -> Page:
    context = chromium.new_context(base_url=f"{address}/", viewport=SIZE)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    context.add_init_script(WITHOUT_SEARCH)
    context.add_init_script(machine.WITHOUT_TRANSITIONS)
    return context.new_page()


@pytest.fixture
def page(window: Page) -> Iterator[Page]:
    """The window on any page, and in the end no script may have failed in it."""
    with unfailing(window):
        yield window
    if window.url.startswith("http"):
        window.evaluate("localStorage.clear(), sessionStorage.clear()")
    window.unroute_all()
    window.emulate_media(media="null", color_scheme="null", reduced_motion="null")
    window.set_viewport_size(SIZE)


@contextmanager
def unfailing(window: Page) -> Iterator[None]:
    """No script may fail in it meanwhile, and the browser finds nothing to say."""
    faults: list[str] = []

    def fault(error: object) -> None:
        faults.append(str(error))

    def said(message: ConsoleMessage) -> None:
        # What could not be fetched is another question, and some tests see to it.
        if message.type == "error" and "Failed to load" not in message.text:
            faults.append(message.text)

    window.on("pageerror", fault)
    window.on("console", said)
    yield
    window.remove_listener("pageerror", fault)
    window.remove_listener("console", said)
    assert faults == []


class Traffic(NamedTuple):
    """What was asked for, and what of it was not to be had."""

    asked: list[str]
    failed: list[str]


@pytest.fixture
def traffic(page: Page) -> Iterator[Traffic]:
    with heard(page) as seen:
        yield seen


@contextmanager
def heard(page: Page) -> Iterator[Traffic]:
    """What a page asks for meanwhile."""
    seen = Traffic([], [])

    def request(request: Request) -> None:
        seen.asked.append(request.url)

    def response(response: Response) -> None:
        if response.status >= 400:
            seen.failed.append(response.url)

    page.on("request", request)
    page.on("response", response)
    yield seen
    page.remove_listener("request", request)
    page.remove_listener("response", response)


@pytest.fixture
def clocked(chromium: Browser, address: str) -> Iterator[Page]:
    """A window of its own, whose time the test lets pass."""
    context = chromium.new_context(base_url=f"{address}/", viewport=SIZE)
    page = context.new_page()
    page.clock.install()
    yield page
    context.close()
