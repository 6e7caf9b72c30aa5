"""Build both languages, or serve them and rebuild when something is edited."""

from __future__ import annotations

import argparse
import logging
import os
import shutil
import socket
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

# Material announces its successor on every run; CONTRIBUTING.md says it once.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

from docs import copies, findable, javascript, lighter, search
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer

from verified_docs import report

CONFIGS = {"en": "mkdocs.yml", "zh": "mkdocs.zh.yml"}
# Files one by one where Python leaves its caches beside them.
WATCHED = ("docs", "mkdocs.yml", "mkdocs.zh.yml", "src/*/*.py")


def build_site(root: Path, site: Path, *, url: str, strict: bool = True) -> None:
    """Build the languages side by side, and the page that offers them."""
    # New processes: each build reads our own extensions again as they are now.
    new = get_context("spawn")
    with ProcessPoolExecutor(len(CONFIGS), new, initializer=_speak_little) as languages:
        one = partial(_build_language, root, site, url, strict)
        list(languages.map(one, CONFIGS))
    copies.write(site, url)
    findable.write(site, list(CONFIGS), url)
    page = (root / "docs" / "languages.html").read_text("utf-8")
    page = page.replace("{url}", f"{url.rstrip('/')}/")
    (site / "index.html").write_text(page, "utf-8")
    # A host of plain files has one page for all that is missing.
    shutil.copy(site / "en" / "404.html", site)
    known = report.current(root)
    if known is not None:
        published = site / report.REPORT.name
        published.write_text((root / report.REPORT).read_text("utf-8"), "utf-8")


def _build_language(root: Path, site: Path, url: str, strict: bool, name: str) -> None:
    config = load_config(
        str(root / CONFIGS[name]),
        site_dir=str(site / name),
        site_url=f"{url.rstrip('/')}/{name}/",
        strict=strict,
    )
    config.extra["notebooks"] = copies.NOTEBOOKS
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build(config)
    finally:
        config.plugins.on_shutdown()
    finish(site / name, name)


def finish(site: Path, language: str) -> None:
    """What is ours of a built language, whichever engine has built it."""
    javascript.write(site, language)
    search.write(site, language)
    lighter.lighten(site)


def _speak_little() -> None:
    logging.basicConfig(format="%(levelname)-7s %(message)s", level=logging.INFO)


def serve(root: Path, port: int) -> None:
    """Serve the whole site and rebuild it on every edit, until interrupted."""
    address = f"http://localhost:{port}/"
    _must_be_free(port)
    with tempfile.TemporaryDirectory() as folder:
        site, draft = Path(folder, "site"), Path(folder, "draft")
        build_site(root, site, url=address, strict=False)

        def rebuild() -> None:
            _replace(root, site, draft, address)

        server = LiveReloadServer(
            builder=rebuild, host="localhost", port=port, root=str(site)
        )
        server.error_handler = lambda code: _error_page(site, code)
        for pattern in WATCHED:
            for path in root.glob(pattern):
                server.watch(str(path))
        print(f"\n  {address}  (Ctrl+C stops)\n", flush=True)
        try:
            server.serve()  # type: ignore[no-untyped-call]
        except KeyboardInterrupt:
            server.shutdown()


def _replace(root: Path, site: Path, draft: Path, address: str) -> None:
    """Put a new site in the place of the old one, which stays if there is a mistake."""
    try:
        build_site(root, draft, url=address, strict=False)
    # Whatever goes wrong in a page that is being written must not end the server.
    except BaseException as mistake:
        if isinstance(mistake, KeyboardInterrupt):
            raise
        logging.error("The last site stays, because of a mistake: %s", mistake)
    else:
        shutil.rmtree(site)
        draft.rename(site)
    shutil.rmtree(draft, ignore_errors=True)


def _error_page(site: Path, code: int) -> bytes | None:
    page = site / f"{code}.html"
    return page.read_bytes() if page.exists() else None


def _must_be_free(port: int) -> None:
    with socket.socket() as asked:
        asked.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            asked.bind(("localhost", port))
        except OSError:
            sys.exit(f"port {port} is in use; say another one: make serve PORT=8001")


def main(arguments: list[str] | None = None) -> None:
    """What `make build` and `make serve` call."""
    parser = argparse.ArgumentParser(prog="python -m docs.publish")
    parser.add_argument("what", choices=["build", "serve"])
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--url", default="http://localhost:8000/")
    parser.add_argument("--into", type=Path, default=Path("site"))
    options = parser.parse_args(arguments)
    root = Path.cwd()
    try:
        if options.what == "serve":
            serve(root, options.port)
        else:
            build_site(root, options.into.resolve(), url=options.url)
    except Abort as abort:
        sys.exit(str(abort))


if __name__ == "__main__":
    main()
