"""A finished site, made lighter: it stays what it was, in fewer and smaller files."""

from __future__ import annotations

from pathlib import Path

import rjsmin

from docs.lighter import modules, styles

# What the pages ask for, and the worker of the search.
ENTRIES = (
    *("widgets/hero", "widgets/lab", "widgets/staircase", "widgets/tracing"),
    *("search/answer", "known", "convarith/pasted"),
)
# What the theme writes and HTML does not know; site.mjs does what the second was for.
WRONG = {' tabindex=""': "", 'type="checkbox" id="__drawer" autocomplete="off"': 'type="checkbox" id="__drawer"', 'type="checkbox" id="__search" autocomplete="off"': 'type="checkbox" id="__search"'}


def lighten(site: Path) -> None:
    """One language, whichever engine has built it."""
    assets = site / "assets"
    modules.join(assets, [assets / f"{name}.mjs" for name in ENTRIES])
    for path in assets.rglob("*.mjs"):
        path.write_text(rjsmin.jsmin(path.read_text("utf-8")), "utf-8")
    styles.gather(site)
    for path in site.rglob("*.html"):
        html = path.read_text("utf-8")
        for wrong, right in WRONG.items():
            html = html.replace(wrong, right)
        path.write_text(html, "utf-8")
