"""TeX to SVG and MathML, by MathJax inside an embedded JavaScript engine.

MathJax 3 comes from the PyPI package django-static-mathjax, which is nothing but
its files, and runs in quickjs-ng: no Node, no browser, no request. Its files are
checked against the digest below before they are run.
"""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from verified_docs.extensions.outlines import joined

PARTS = (
    "startup.js",
    "core.js",
    "adaptors/liteDOM.js",
    "input/tex-full.js",
    "output/svg.js",
    "output/svg/fonts/tex.js",
)
DIGEST = "19c7cd10b54fdee92eb0816263773e47a01e1a0f1477c3d53e2df4e155db10c5"

# What MathJax expects of a browser, and finds nothing to do with.
SURROUNDINGS = """
var global = globalThis;
globalThis.console = {log() {}, warn() {}, error() {}, info() {}};
globalThis.setTimeout = (run) => { Promise.resolve().then(run); return 0; };
globalThis.clearTimeout = () => {};
globalThis.MathJax = {loader: {load: []}, startup: {typeset: false}};
"""


class TeXError(ValueError):
    """A formula that MathJax cannot read."""


@cache
def typeset(tex: str, display: bool) -> tuple[str, str]:
    """One formula as SVG and as MathML."""
    try:
        svg, mathml = json.loads(_engine().get("typeset")(tex, display))
    except Exception as error:
        reason = str(error).splitlines()[0]
        raise TeXError(f"{reason} in the formula {tex}") from None
    mathml = re.sub(r">\s+<", "><", mathml)
    # MathJax's own bookkeeping; a reader's browser has no use for it.
    mathml = re.sub(r' (?:id|data-[a-z-]+)="[^"]*"', "", mathml)
    # The style of a page may say that pictures are as high as they like to be.
    svg = re.sub(
        r'style="([^"]*?);?" (width="[^"]*") height="([^"]*)"',
        r'style="\1;height:\3" \2',
        re.sub(r' xmlns="[^"]*"', "", svg),
        count=1,
    )
    return joined(svg), mathml


@cache
def _engine() -> Any:
    import quickjs

    engine = quickjs.Context()
    engine.set_max_stack_size(8 << 20)
    engine.eval(SURROUNDINGS)
    for source in _sources():
        engine.eval(source)
    while engine.execute_pending_job():
        pass
    engine.eval(Path(__file__).with_name("mathjax.js").read_text("utf-8"))
    return engine


def _sources() -> list[str]:
    package = find_spec("mathjax")
    if package is None or not package.submodule_search_locations:
        raise ImportError("MathJax is missing: pip install django-static-mathjax")
    folder = Path(package.submodule_search_locations[0], "static", "mathjax", "es5")
    contents = [(folder / part).read_bytes() for part in PARTS]
    digest = hashlib.sha256(b"".join(contents)).hexdigest()
    if digest != DIGEST:
        raise ImportError(f"MathJax's files are not the ones expected: {digest}")
    return [content.decode("utf-8") for content in contents]
