"""What five pages weigh, beside the same pages of stock Material: python -m bench.pages SITE STOCK."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from threading import Thread
from typing import Any

from playwright.sync_api import Browser

from tests.browser import machine

PAGES = ("en/derivation/", "en/", "en/reference/api/", "en/errors/output-size/", "zh/derivation/")
SIZE = {"width": 1280, "height": 800}
SMALL = {".png", ".woff", ".woff2"}
# A phone on slow 4G, as Lighthouse imagines one.
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
SLOWER = 4
SEEN = """globalThis.seen = { moved: 0, painted: 0, typeset: 0, formulas: 0 };
new PerformanceObserver((list) => {
    for (const one of list.getEntries()) if (!one.hadRecentInput) seen.moved += one.value;
}).observe({ type: 'layout-shift', buffered: true });
new PerformanceObserver((list) => {
    seen.painted = list.getEntries().at(-1).startTime;
}).observe({ type: 'largest-contentful-paint', buffered: true });"""
# Of each frame: whether there are more formulas in it than in the one before.
TYPESET = """const look = () => {
    const formulas = document.querySelectorAll('mjx-container, .maths > svg, .maths__scroll > svg').length;
    if (formulas !== seen.formulas) Object.assign(seen, { formulas, typeset: performance.now() });
    requestAnimationFrame(look);
};
requestAnimationFrame(look);"""


@dataclass
class Host:
    """Files of a folder, compressed, and what was asked for."""

    folder: Path
    asked: list[tuple[str, int]] = field(default_factory=list)


@cache
def compressed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), 6)


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, list[tuple[str, int]]]]:
    asked: list[tuple[str, int]] = []

    class Handler(SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = Path(self.translate_path(self.path))
            path = path / "index.html" if path.is_dir() else path
            if not path.is_file():
                asked.append((self.path, 0))
                self.send_response(404)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            small = path.suffix in SMALL
            body = path.read_bytes() if small else compressed(path)
            asked.append((self.path, len(body)))
            self.send_response(200)
            self.send_header("Content-Type", self.guess_type(str(path)))
            self.send_header("Content-Length", str(len(body)))
            if not small:
                self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("localhost", 0), lambda *a: Handler(*a, directory=str(folder))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}", asked
        server.shutdown()


def visited(browser: Browser, address: str, *, slow: bool) -> dict[str, float]:
    """What a first visit costs."""
    context = browser.new_context(viewport=SIZE)
    page = context.new_page()
    page.add_init_script(SEEN + (TYPESET if slow else ""))
    devtools = context.new_cdp_session(page)
    devtools.send("Performance.enable", {"timeDomain": "threadTicks"})
    if slow:
        devtools.send("Network.enable")
        devtools.send("Network.emulateNetworkConditions", SLOW)
        devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(address, wait_until="load")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(3000 if slow else 1500)
    counts: Any = devtools.send("Performance.getMetrics")["metrics"]
    named = {one["name"]: one["value"] for one in counts}
    seen: dict[str, float] = page.evaluate("seen")
    elements = page.evaluate("document.querySelectorAll('*').length")
    context.close()
    return {
        "main thread": named["TaskDuration"] * 1000,
        "elements": elements,
        "moved": seen["moved"],
        "painted": seen["painted"],
        "typeset": seen["typeset"],
    }

def measured(sites, rounds, pages=PAGES):
    found = {}
    with machine.chromium() as browser:
        for folder in sites:
            pass
        with served(sites[0]) as ours, served(sites[1]) as stock:
            for r in range(rounds):
                for name in pages:
                    for who, (host, asked) in (("ours", ours), ("stock", stock)):
                        asked.clear()
                        one = visited(browser, f"{host}/{name}", slow=False)
                        later = [a for a in asked if "/search/" in a[0] ]
                        if who == "stock": later = []
                        now = [a for a in asked if a not in later]
                        found.setdefault((name, who), {}).setdefault('req', len(now))
                        found[name, who]['kB'] = sum(s for _, s in now) / 1000
                        found[name, who]['later'] = sum(s for _, s in later) / 1000
                        found[name, who]['asked'] = [a for a in asked]
                        two = visited(browser, f"{host}/{name}", slow=True)
                        d = found[name, who]
                        d.setdefault('main', []).append(one['main thread'])
                        d.setdefault('lcp1', []).append(one['painted'])
                        d.setdefault('cls', []).extend([one['moved'], two['moved']])
                        d.setdefault('lcp', []).append(two['painted'])
                        d.setdefault('maths', []).append(two['typeset'])
                        d['el'] = one['elements']
    return found

if __name__ == "__main__":
    rounds = int(sys.argv[3])
    f = measured([Path(sys.argv[1]), Path(sys.argv[2])], rounds)
    for name in PAGES:
        o, s = f[name, 'ours'], f[name, 'stock']
        r = lambda k, agg: f"{agg(o[k]):.0f}/{agg(s[k]):.0f}={agg(o[k])/max(agg(s[k]),1e-9):.2f}"
        print(f"{name:24} kB {o['kB']:.1f}/{s['kB']:.1f}={o['kB']/s['kB']:.3f} +{o['later']:.0f} later; req {o['req']}/{s['req']}; el {o['el']}/{s['el']}; main(min) {r('main',min)} (med) {r('main',median)}; maths {r('maths',median)}; LCP slow {r('lcp',median)} fast {r('lcp1',median)}; CLS {max(o['cls']):.4f}/{max(s['cls']):.4f}")
    if len(sys.argv) > 4:
        for name in PAGES:
            print(name)
            for a in f[name, 'ours']['asked']: print('   ', a)
        for a in f[PAGES[0], 'stock']['asked']: print(' stock  ', a)
