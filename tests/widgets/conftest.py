"""One browser and one served site for all tests of the widgets."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.pages import browser as machine


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with machine.chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def address(chromium: Browser) -> Iterator[str]:
    with machine.served() as address:
        yield address


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    context = chromium.new_context(
        base_url=f"{address}/", viewport={"width": 1280, "height": 900}
    )
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    assert faults == []
