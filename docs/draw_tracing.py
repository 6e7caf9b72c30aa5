"""The figures with numbers as files: what each is before anybody touches it.

Where everything stands is what the page's own modules say; a page names the layer, its
numbers and the file, and this module asks and draws.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape

from docs.javascript import ASSETS, DEFAULTS, DOCS, PARAMETERS, Engine, words

ELEMENT = re.compile(
    r"<conv-tracing (?P<attributes>[^>]+)>.*?assets/figures/(?P<file>[\w.-]+\.svg)",
    re.DOTALL,
)
SVG = "http://www.w3.org/2000/svg"
WIDTH = 620
MARGIN = 14
MODULES = ("tracing-scene", "tracing-pointing")
SCENE = """((given) => {
    const kernel = given.given.map((own) => own.kernel_size);
    const inputs = numbers("inputs", given.inputs, given.ins);
    const weights = numbers("weights", given.weights, kernel);
    const traced = trace({ ...given, inputs, weights, bias: 0 });
    const rest = resting(traced);
    const pointed = pointedOf(given.at) ?? rest;
    const links = linksOfPointed(traced, pointed);
    const frame = { ...given.frame, values: traced.values };
    const chosen = pointed.end === "out" ? pointed.at : rest.at;
    const scene = sceneOf(traced, frame, given.scatters, pointed, chosen);
    const lit = links.flatMap(({ input, tap, out }) =>
        [`input ${input}`, `tap ${tap}`, `out ${out}`, `p${input}-${tap}`]);
    return {
        ...scene,
        threads: scene.threads(links, pointed.end),
        cells: scene.cells.map((cell) => {
            const key = cell.end ? `${cell.end} ${cell.at}` : cell.key;
            return { ...cell, lit: lit.includes(key) };
        }),
    };
})(given)"""


def figures(language: str) -> dict[str, str]:
    """Every figure of the pages in a language by its file name."""
    engine = Engine(*(ASSETS / "widgets" / f"{name}.mjs" for name in MODULES))
    return {
        name: drawn(engine.ask(SCENE, asked(attributes, language)))
        for name, attributes in named(language)
    }


def named(language: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The figures of the pages: a file, and the attributes of what it stands in for."""
    for path in sorted((DOCS / language).rglob("*.md")):
        for found in ELEMENT.finditer(path.read_text("utf-8")):
            pairs = re.findall(r'([\w-]+)="([^"]*)"', found["attributes"])
            yield found["file"], dict(pairs)


def asked(attributes: dict[str, str], language: str) -> dict[str, Any]:
    """The layer of an element, as its modules ask for it."""
    values = {**(DEFAULTS or {}), **attributes}
    given = {name: int(values[name]) for name in PARAMETERS}
    layer = attributes["layer"]
    axes = int(layer[-2])
    transposed = "Transpose" in layer
    return {
        "transposed": transposed,
        "scatters": transposed and attributes.get("view") != "zeros",
        "ins": [int(attributes["in_size"])] * axes,
        "given": [given] * axes,
        "inputs": attributes.get("inputs", ""),
        "weights": attributes.get("weights", ""),
        "at": attributes.get("at", ""),
        "frame": {"room": WIDTH, "narrow": False, "words": words(language)["tracing"]},
    }


def drawn(scene: dict[str, Any]) -> str:
    """A scene as a file that stands alone."""
    width, height = scene["width"] + 2 * MARGIN, scene["height"] + 2 * MARGIN
    plate = scene.get("plate")
    rows = [
        *([_box(plate, "plate", 11)] if plate else []),
        *(f'<path class="{own["look"]}" d="{own["d"]}"/>' for own in scene["threads"]),
        *(row for cell in scene["cells"] for row in _cell(cell)),
        *(row for name in scene["names"] for row in _name(name)),
    ]
    size = f'width="{width:g}" height="{height:g}"'
    return "\n".join(
        [
            f'<svg xmlns="{SVG}" viewBox="0 0 {width:g} {height:g}" {size}>',
            f"<style>{_style()}</style>",
            MARKS,
            HATCH,
            f'<rect class="card" {size} rx="14"/>',
            f'<g transform="translate({MARGIN} {MARGIN})">',
            *rows,
            "</g>",
            "</svg>\n",
        ]
    )


def _cell(cell: dict[str, Any]) -> Iterator[str]:
    kind = cell["look"].removesuffix(" output").split()[-1]
    look = f"{kind} {'lit' if cell['lit'] else 'dim'}"
    round_corner = 15 if kind in ("kept", "bias") else 7
    yield _box(cell, look, round_corner)
    x, y = cell["x"] + cell["w"] / 2, cell["y"] + cell["h"] / 2 + 5
    yield f'<text class="n {look}" x="{x:g}" y="{y:g}">{escape(cell["text"])}</text>'


def _box(place: dict[str, float], look: str, corner: int) -> str:
    x, y, w, h = (place[name] for name in "xywh")
    return (
        f'<rect class="{look}" x="{x:g}" y="{y:g}" width="{w:g}" height="{h:g}" '
        f'rx="{corner}"/>'
    )


def _name(name: dict[str, Any]) -> Iterator[str]:
    for row, text in enumerate(filter(None, (name["text"], name.get("note")))):
        top = name["y"] + 14 + 19 * row
        yield f'<text x="{name["x"]:g}" y="{top:g}">{escape(text)}</text>'


# What the end of the file's address names.
MARKS = '<g id="only-light"/><g id="only-dark"/>'
HATCH = (
    '<defs><pattern id="h" width="5" height="5" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><path class="hatch" d="M0 0V5"/></pattern></defs>'
)
RULES = """
text { font: 12.5px system-ui, sans-serif; fill: var(--ink-2) }
.n { text-anchor: middle; font: 600 15px ui-monospace, Menlo, Consolas, monospace }
.card { fill: var(--card); stroke: var(--line) }
path { fill: none; stroke-width: 2 }
path.in { stroke: var(--in-edge) } path.ker { stroke: var(--ker-edge) }
.hatch { stroke: var(--crop-hatch); stroke-width: 1.6 }
.plate { fill: var(--ker); fill-opacity: .26 }
.plate { stroke: var(--ker-edge); stroke-width: 2.5 }
rect.in { fill: var(--in) } text.in { fill: var(--in-on) }
rect.ker, rect.prod { fill: var(--ker) } text.ker, text.prod { fill: var(--ker-on) }
rect.out { fill: var(--out) } text.out { fill: var(--out-on) }
rect.kept { fill: var(--op) } text.kept { fill: var(--op-on) }
rect.in.dim { fill: var(--in-soft) } text.in.dim { fill: var(--in-text) }
rect.ker.dim, rect.prod.dim { fill: var(--ker-soft) }
text.ker.dim, text.prod.dim { fill: var(--ker-text) }
rect.out.dim { fill: var(--out-soft) } text.out.dim { fill: var(--out-text) }
rect.kept.dim { fill: var(--op-soft) } text.kept.dim { fill: var(--op-text) }
rect.zero, rect.hole { fill: none; stroke: var(--crop-edge); stroke-dasharray: 4 3 }
rect.bias { fill: none; stroke: var(--op-edge); stroke-dasharray: 4 3 }
text.bias { fill: var(--op-text) }
rect.cropped, rect.unread { fill: url(#h); stroke: var(--crop-edge) }
rect.unread { stroke-dasharray: 4 3 }
text.zero, text.cropped, text.unread { fill: var(--crop-text) }
text.cropped, text.unread { paint-order: stroke; stroke: var(--card); stroke-width: 5 }
"""


def _style() -> str:
    """Both palettes: a file follows its reader's system, or the end of its address."""
    sheet = (ASSETS / "figures.css").read_text("utf-8")
    light, dark = (_used(block) for block in re.findall(r"\{([^}]*)\}", sheet)[:2])
    return (
        f":root {{ {light} }}\n"
        f"@media (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}\n"
        f"#only-light:target ~ * {{ {light} }}\n"
        f"#only-dark:target ~ * {{ {dark} }}{RULES}"
    )


def _used(block: str) -> str:
    found = re.findall(r"(--[\w-]+): ([^;]+);", block)
    return " ".join(f"{name}: {own};" for name, own in found if f"var({name})" in RULES)
