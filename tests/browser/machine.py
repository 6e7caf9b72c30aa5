"""A real browser, a folder served to it, and the barriers that axe finds on a page."""

import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, sync_playwright

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
)
# As root in a container there is no sandbox; and nothing but the pages may ask for anything.
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
]  # fmt: skip


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


class Quiet(SimpleHTTPRequestHandler):
    """Files of a folder, several over one connection."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """The map of a site names the host that it was built for: here it is this one."""
        if not self.path.endswith("/sitemap.xml"):
            return super().do_GET()
        host = f"<loc>http://{self.headers['Host']}/"
        known = Path(self.translate_path(self.path)).read_text("utf-8")
        body = re.sub("<loc>https?://[^/]+/", host, known).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a built site, as a host of plain files would serve it."""
    handler = partial(Quiet, directory=str(folder))
    with ThreadingHTTPServer(("localhost", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}"
        server.shutdown()


def settled(page: Page) -> None:
    """Wait until the site's own script has run, and nothing fades or slides any more."""
    page.wait_for_function(
        "document.querySelector('[data-md-component=search]').ariaLabel"
    )
    at_rest(page)


def at_rest(page: Page) -> None:
    """Wait for two frames, and for every transition that began in them."""
    page.evaluate(
        """async () => {
            for (const _ of [1, 2]) await new Promise(requestAnimationFrame);
            const all = document.getAnimations()
                .filter(one => one.effect.getComputedTiming().endTime < Infinity);
            await Promise.allSettled(all.map(one => one.finished));
        }"""
    )


# The rest is the same in both palettes, and takes a fraction of the time.
COLOUR = ["color-contrast", "link-in-text-block"]
OF_COLOUR = {"runOnly": {"type": "rule", "values": COLOUR}}
BUT_COLOUR = {"rules": {rule: {"enabled": False} for rule in COLOUR}}
# A page has thousands of elements and some dozens of looks: what has the same colours,
# size and weight on the same ground is legible or is not. Of each look three are asked
# about, since one may be covered or cut.
ONE_OF_EACH_LOOK = {
    "rules": [
        {"id": "color-contrast", "selector": "[data-look]"},
        {"id": "link-in-text-block", "selector": "a[data-look]"},
    ]
}
MARK_LOOKS = """() => {
    const known = new Map();
    const mark = (element, ground, around) => {
        const style = getComputedStyle(element);
        delete element.dataset.look;
        if (!element.checkVisibility({ visibilityProperty: true })) return;
        const { backgroundColor, backgroundImage, opacity, clip, clipPath, filter } = style;
        const own = [backgroundColor, backgroundImage, opacity, clip, clipPath, filter].join();
        if (own !== plain) ground += own;
        const text = [...element.childNodes].filter(node => node.nodeType === 3).map(node => node.data).join('').trim();
        if (text || element.matches('input, select, textarea')) {
            const { color, fontSize, fontWeight, textDecorationLine } = style;
            const look = [ground, around, color, fontSize, fontWeight, textDecorationLine, element.localName, text.length > 1].join('|');
            known.set(look, (known.get(look) ?? 0) + 1);
            if (known.get(look) <= 3) element.dataset.look = '';
        }
        for (const child of element.localName === 'svg' ? [] : element.children) mark(child, ground, style.color);
    };
    const plain = 'rgba(0, 0, 0, 0),none,1,auto,none,none';
    mark(document.body, '', '');
}"""
Barriers = list[list[str]]


def barriers(page: Page, within: str = "html") -> Barriers:
    """What keeps somebody from using a page, in its light palette."""
    _choose(page, "default")
    return _violations(page, {}, within)


def barriers_in_the_dark(page: Page, within: str = "html") -> Barriers:
    """What the dark palette adds to that."""
    _choose(page, "slate")
    return _violations(page, OF_COLOUR, within)


def barriers_but_colours(page: Page, within: str = "html") -> Barriers:
    """The same, where the colours are looked at elsewhere: most of the time is theirs."""
    return _violations(page, BUT_COLOUR, within)


def _choose(page: Page, scheme: str) -> None:
    """Take a palette as the button in the header does."""
    shown = "document.body.dataset.mdColorScheme"
    if page.evaluate(shown) != scheme:
        button = f"[data-md-component=palette] [data-md-color-scheme={scheme}]"
        page.locator(button).evaluate("button => button.click()")
        at_rest(page)
    assert page.evaluate(shown) == scheme


def _violations(page: Page, options: dict[str, Any], within: str) -> Barriers:
    if not page.evaluate("'axe' in globalThis"):
        page.evaluate(f"{AXE_SCRIPT}; axe.configure({json.dumps(ONE_OF_EACH_LOOK)})")
    if options is not BUT_COLOUR:
        page.evaluate(MARK_LOOKS)
    # What has passed is not reported; telling it takes longer than finding it.
    found: Barriers = page.evaluate(
        """async ([within, options]) => (await axe.run(within, options))
            .violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => [id, html]))""",
        [within, {**options, "resultTypes": ["violations"], "preload": False}],
    )
    return found
