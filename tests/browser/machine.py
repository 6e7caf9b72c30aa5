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
from urllib.parse import urlsplit

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

    def send_error(self, code: int, *rest: object, **more: object) -> None:
        """What is missing is answered by the site's own page."""
        body = Path(self.directory, f"{code}.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
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


# What fades or slides ends where it would without; waiting for it is a third of a visit.
WITHOUT_TRANSITIONS = """{
    const still = new CSSStyleSheet();
    still.replaceSync('*, ::before, ::after { transition: none !important }');
    document.adoptedStyleSheets = [still];
}"""


def settled(page: Page) -> None:
    """Wait until the site's own script has run, and what it changed is drawn."""
    page.wait_for_function(
        "document.querySelector('[data-md-component=search]').ariaLabel"
    )
    at_rest(page)


def visit(page: Page, path: str) -> None:
    """Go to a page: from one of the same language as a link on it does, else anew.

    To load a page takes five times as long as to put another one into its place. Where
    only what is asked is another, the page stays and takes it as on the way back.
    """
    here = urlsplit(page.url)
    there = urlsplit(f"{here.scheme}://{here.netloc}/{path}")
    if there.path == here.path:
        page.evaluate(ASKED, there.geturl())
    elif here.path[:4] == there.path[:4]:
        follow(page, there.geturl())
    else:
        page.goto(path)


# The widgets hear of it first; the theme would put the same page into its place once more.
ASKED = """(address) => {
    history.pushState(null, '', address);
    addEventListener('popstate', (event) => event.stopImmediatePropagation(), { capture: true, once: true });
    dispatchEvent(new PopStateEvent('popstate'));
}"""


def follow(page: Page, address: str) -> None:
    """Open a page as a link on another one does: in its place, the scripts stay."""
    page.evaluate(
        """(address) => {
            document.querySelector('article').dataset.left = '';
            const link = Object.assign(document.createElement('a'), { href: address });
            document.body.append(link);
            link.click();
            link.remove();
        }""",
        address,
    )
    page.wait_for_function(
        "document.querySelector('article') && !document.querySelector('[data-left]')"
    )


def at_rest(page: Page) -> None:
    """Wait for two frames."""
    page.evaluate(
        """async () => {
            for (const _ of [1, 2]) await new Promise(requestAnimationFrame);
        }"""
    )


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


LIGHT, DARK = "default", "slate"
SMALL, PHONE, DESKTOP = 360, 390, 1280
# No formula and no colour depends on the language, and both are looked at on a phone.
LOOKED_AT = {"en": (SMALL, DESKTOP), "zh": (DESKTOP, PHONE)}


def barriers(page: Page, palette: str, within: str = "html") -> Barriers:
    """What keeps somebody from using a page."""
    _choose(page, palette)
    if not page.evaluate("'axe' in globalThis"):
        page.evaluate(f"{AXE_SCRIPT}; axe.configure({json.dumps(ONE_OF_EACH_LOOK)})")
    page.evaluate(MARK_LOOKS)
    # What has passed is not reported; telling it takes longer than finding it. Axe reads all
    # of a page whatever it is asked: what nobody is told of, the glyphs of formulas, steps
    # aside meanwhile, and so do the paragraphs around what is asked about.
    found: Barriers = page.evaluate(
        """async (within) => {
            const drawn = [...document.querySelectorAll('svg[aria-hidden="true"]')]
                .map(svg => [svg, [...svg.childNodes]]);
            const around = within === 'html' ? [] : [...document.querySelector('article').children]
                .filter(part => !part.matches(within) && !part.querySelector(within))
                .map(part => [part, document.createComment('')]);
            drawn.forEach(([svg]) => svg.replaceChildren());
            around.forEach(([part, place]) => part.replaceWith(place));
            const said = await axe.run(within, { resultTypes: ['violations'], preload: false });
            around.forEach(([part, place]) => place.replaceWith(part));
            drawn.forEach(([svg, glyphs]) => svg.replaceChildren(...glyphs));
            return said.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => [id, html]));
        }""",
        within,
    )
    return found


def _choose(page: Page, palette: str) -> None:
    """Take a palette as the button in the header does."""
    shown = "document.body.dataset.mdColorScheme"
    if page.evaluate(shown) != palette:
        button = f".site-palette[data-scheme={palette}]"
        page.locator(button).evaluate("button => button.click()")
        at_rest(page)
    assert page.evaluate(shown) == palette
