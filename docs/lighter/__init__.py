"""A finished site, made lighter: it stays what it was, in fewer and smaller files."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import rjsmin
from docs.lighter import modules, styles

# What asks for modules by their addresses; pages ask for widgets, by their names.
WORKER = "javascripts/workers/search.js"
WIDGET = 'customElements.define("'
# What the theme writes and HTML does not know; site.mjs does what the second is for.
WRONG = re.compile(
    r' tabindex=""|(?<=type="checkbox" id="__drawer") autocomplete="off"'
    r'|(?<=type="checkbox" id="__search") autocomplete="off"'
)
DRAWING = re.compile(r'<img (?=[^>]*src="(?P<src>[^"#]+\.svg)[^>]*>)(?![^>]* width=)')
TEMPLATE_WITHIN_A_TEMPLATE = re.compile(r"\$\{[^}`\n]*`.*")
VIEW = re.compile(r'viewBox="[\d.-]+ [\d.-]+ (?P<width>[\d.]+) (?P<height>[\d.]+)"')


def lighten(site: Path) -> None:
    """One language, whichever engine has built it."""
    assets = site / "assets"
    widgets = [
        path
        for path in sorted(assets.glob("widgets/*.mjs"))
        if WIDGET in path.read_text("utf-8")
    ]
    modules.join(assets, [*widgets, *modules.Module(assets / WORKER).later])
    shrink(assets)
    styles.gather(site)
    for path in site.rglob("*.html"):
        html = WRONG.sub("", path.read_text("utf-8"))
        path.write_text(DRAWING.sub(partial(_sized, path.parent), html), "utf-8")


def shrink(assets: Path) -> None:
    """Leave comments and space out of our scripts; the theme's are small already."""
    for path in assets.rglob("*.mjs"):
        source = path.read_text("utf-8")
        if within := TEMPLATE_WITHIN_A_TEMPLATE.search(source):
            raise ValueError(
                f"{path.name}: a template within a template would lose its spaces: "
                f"{within[0]}; give the inner one a name"
            )
        path.write_text(rjsmin.jsmin(source), "utf-8")


def _sized(folder: Path, image: re.Match[str]) -> str:
    """A drawing keeps its place before it comes."""
    view = VIEW.search((folder / image["src"]).read_text("utf-8"))
    assert view is not None, f"{image['src']} says no size"
    width, height = (round(float(view[name])) for name in ("width", "height"))
    return f'{image[0]}width="{width}" height="{height}" '
