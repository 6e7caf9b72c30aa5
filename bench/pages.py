"""What five pages weigh, beside the same pages of stock Material."""

from __future__ import annotations

import gzip
import logging
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from threading import Thread

from docs import publish
from playwright.sync_api import Browser
from tests.browser import machine

from bench import stock

PAGES = (
    *("en/derivation/", "en/", "en/reference/api/", "en/errors/output-size/"),
    "zh/derivation/",
)
ROUNDS = 5
SIZE = {"width": 1280, "height": 800}
SMALL_ALREADY = {".png", ".woff", ".woff2"}
# The theme's search begins when a page has nothing else to do; it is counted by itself.
SEARCH = ("/search/sections.json", "/assets/search/")
# A phone on slow 4G, as Lighthouse imagines one.
SLOW = {
    **{"offline": False, "latency": 150},
    **{"downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8},
}
SLOWER = 4
# What moved, what was painted, and the frame in which the last formula came.
SEEN = """globalThis.seen = { moved: 0, painted: 0, typeset: 0, formulas: 0 };
new PerformanceObserver((list) => {
    const moved = list.getEntries().filter((one) => !one.hadRecentInput);
    for (const one of moved) seen.moved += one.value;
}).observe({ type: 'layout-shift', buffered: true });
new PerformanceObserver((list) => {
    seen.painted = list.getEntries().at(-1).startTime;
}).observe({ type: 'largest-contentful-paint', buffered: true });"""
TYPESET = """const look = () => {
    const drawn = 'mjx-container, .maths > svg, .maths__scroll > svg';
    const formulas = document.querySelectorAll(drawn).length;
    const typeset = performance.now();
    if (formulas !== seen.formulas) Object.assign(seen, { formulas, typeset });
    requestAnimationFrame(look);
};
requestAnimationFrame(look);"""

Asked = list[tuple[str, int]]


@cache
def compressed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), 6)


class Host(SimpleHTTPRequestHandler):
    """Files of a folder as a host sends them: compressed, over one connection."""

    protocol_version = "HTTP/1.1"

    def __init__(self, asked: Asked, *args: object, directory: str) -> None:
        self.asked = asked
        super().__init__(*args, directory=directory)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        plain = path.suffix in SMALL_ALREADY
        body = b""
        if path.is_file():
            body = path.read_bytes() if plain else compressed(path)
        self.asked.append((self.path, len(body)))
        self.send_response(200 if path.is_file() else 404)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Length", str(len(body)))
        if body and not plain:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, Asked]]:
    """The address of a site, and what is asked of it."""
    asked: Asked = []
    handler = partial(Host, asked, directory=str(folder))
    with ThreadingHTTPServer(("localhost", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}", asked
        server.shutdown()


def visited(browser: Browser, address: str, *, slow: bool) -> dict[str, float]:
    """What a first visit costs; where it is slow, a phone's."""
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
    counts = devtools.send("Performance.getMetrics")["metrics"]
    (busy,) = (one["value"] for one in counts if one["name"] == "TaskDuration")
    elements = page.evaluate("document.querySelectorAll('*').length")
    seen: dict[str, float] = page.evaluate("seen")
    context.close()
    return {**seen, "busy": busy * 1000, "elements": elements}


def measured(sites: list[Path], rounds: int) -> dict[str, list[dict[str, float]]]:
    """Of each page, what is ours and what is the other site's: all in turn."""
    found: dict[tuple[str, int], list[dict[str, float]]] = defaultdict(list)
    ours, other = map(served, sites)
    with machine.chromium() as browser, ours as first, other as second:
        for _ in range(rounds):
            for name in PAGES:
                for at, (host, asked) in enumerate((first, second)):
                    asked.clear()
                    quick = visited(browser, f"{host}/{name}", slow=False)
                    now = [size for path, size in asked if not _later(path)]
                    later = sum(size for path, size in asked if _later(path))
                    slow = visited(browser, f"{host}/{name}", slow=True)
                    found[name, at].append(
                        {
                            **{"kB": sum(now) / 1000, "later": later / 1000},
                            **{"requests": len(now), "elements": quick["elements"]},
                            **{"busy": quick["busy"], "maths": slow["typeset"]},
                            **{"painted": slow["painted"], "moved": slow["moved"]},
                        }
                    )
    return {name: [_middle(found[name, at]) for at in (0, 1)] for name in PAGES}


def _later(path: str) -> bool:
    return any(part in path for part in SEARCH)


def _middle(visits: list[dict[str, float]]) -> dict[str, float]:
    """Of counts and times the median; of what a processor did, the least."""
    middle = {name: median(one[name] for one in visits) for name in visits[0]}
    return {**middle, "busy": min(one["busy"] for one in visits)}


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    logging.disable(logging.WARNING)
    with TemporaryDirectory() as folder:
        ours, other, work = (Path(folder, name) for name in ("ours", "stock", "work"))
        publish.build_site(Path.cwd(), ours, url="http://localhost:8000/")
        stock.write(Path.cwd(), publish.CONFIGS, other, work)
        found = measured([ours, other], rounds)
    print("| page | kB | and search | requests | elements | main thread, ms "
          "| maths, ms | largest paint, ms | moved |")  # fmt: skip
    print("| --- " * 9 + "|")
    for name, (mine, stocks) in found.items():
        cells = [
            _beside(mine, stocks, "kB"),
            f"{mine['later']:.0f}",
            f"{mine['requests']:.0f} / {stocks['requests']:.0f}",
            f"{mine['elements']:.0f} / {stocks['elements']:.0f}",
            *(_beside(mine, stocks, key) for key in ("busy", "maths", "painted")),
            f"{mine['moved']:.4f} / {stocks['moved']:.4f}",
        ]  # fmt: skip
        print(f"| {name} | {' | '.join(cells)} |")


def _beside(mine: dict[str, float], stocks: dict[str, float], key: str) -> str:
    ratio = f" = {mine[key] / stocks[key]:.2f}" if stocks[key] else ""
    return f"{mine[key]:.0f} / {stocks[key]:.0f}{ratio}"


if __name__ == "__main__":
    main()
