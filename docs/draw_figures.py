"""The figures, drawn from the library's numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from docs.javascript import Engine

from convarith import Conv, ConvTranspose, Layer, taps

ASSETS = Path(__file__).parent / "theme" / "assets"
FIGURES = ASSETS / "figures"
CELL = 44
LEFT = 100
# A file stands alone: it takes the light palette, which comes first.
LIGHT = dict(
    re.findall(
        r"--conv-(\w+): ([^;]+);",
        (ASSETS / "figures.css").read_text("utf-8").partition("}")[0],
    )
)
INK = LIGHT["ink"]
COLOURS = {
    "input": LIGHT["input"],
    "kernel": LIGHT["kernel"],
    "output": LIGHT["output"],
    "cropped": "url(#cropped)",
    "uncropped": "url(#uncropped)",
}
PATTERNS = f"""<defs>
<pattern id="cropped" width="8" height="8" patternUnits="userSpaceOnUse">
<rect width="8" height="8" fill="{LIGHT["dull"]}"/>
<path d="M0 8L8 0" stroke="{LIGHT["hatch"]}"/></pattern>
<pattern id="uncropped" width="8" height="8" patternUnits="userSpaceOnUse">
<rect width="8" height="8" fill="{LIGHT["back"]}"/>
<circle cx="1" cy="1" r="1" fill="{LIGHT["dots"]}"/></pattern>
</defs>"""


def crop_figure(layer: ConvTranspose, in_size: int) -> str:
    """The full result of a transposed convolution, and what is cropped from it."""
    kernel_size, stride = int(layer.kernel_size), int(layer.stride)  # type: ignore[arg-type]
    padding, given_back = int(layer.padding), int(layer.output_padding)  # type: ignore[arg-type]
    full_size = ConvTranspose(kernel_size, stride=stride).out_size(in_size)
    end = padding + layer.out_size(in_size)
    width = LEFT + full_size * CELL + 30
    rows = list(_scattered(in_size, kernel_size, stride))
    top = 40 + 30 * in_size
    rows += _label(top + 28, "full")
    for position in range(full_size):
        kind = _kind(position, padding, end, given_back)
        rows.append(_cell(position, top, 44, kind, str(position)))
    below = top + 62
    rows += _span(0, padding, below, "padding")
    rows += _span(padding, end, below, "out_size")
    rows += _span(end - given_back, end, below + 40, "")
    rows += _words(LEFT + end * CELL, below + 60, "output_padding")
    rows += _span(end, full_size, below, "")
    rows += _words(LEFT + full_size * CELL, below + 84, "padding − output_padding")
    rows.append(_leader(end, full_size, below, below + 70))
    return _picture(width, below + 100, rows)


def _scattered(in_size: int, kernel_size: int, stride: int) -> Iterator[str]:
    for index in range(in_size):
        top = 20 + 30 * index
        yield from _label(top + 19, f"input[{index}]")
        for tap in range(kernel_size):
            yield _cell(index * stride + tap, top, 26, "kernel" if tap else "input", "")


def _kind(position: int, padding: int, end: int, given_back: int) -> str:
    if not padding <= position < end:
        return "cropped"
    return "uncropped" if position >= end - given_back else "output"


def _cell(position: int, top: int, height: int, kind: str, text: str) -> str:
    left = LEFT + position * CELL
    return (
        f'<rect x="{left + 1}" y="{top}" width="{CELL - 2}" height="{height}" rx="4" '
        f'fill="{COLOURS[kind]}" stroke="{INK}" stroke-width="1"/>'
        + (
            f'<text x="{left + CELL / 2:g}" y="{top + height / 2 + 6:g}" '
            f'text-anchor="middle">{text}</text>'
            if text
            else ""
        )
    )


def _label(baseline: int, text: str) -> Iterator[str]:
    right = LEFT - 12
    yield f'<text x="{right}" y="{baseline}" text-anchor="end">{escape(text)}</text>'


def _span(start: int, end: int, top: int, text: str) -> Iterator[str]:
    left, right = LEFT + start * CELL + 3, LEFT + end * CELL - 3
    yield f'<path d="M{left} {top - 8}v8H{right}v-8" fill="none" stroke="{INK}"/>'
    middle = len(text) * 8.4 / 2 + (left + right) / 2
    yield from _words(middle, top + 20, text)


def _words(right: float, baseline: int, text: str) -> Iterator[str]:
    yield (
        f'<text x="{right:g}" y="{baseline}" text-anchor="end" '
        f'font-family="monospace" font-size="14">{escape(text)}</text>'
    )


def _leader(start: int, end: int, top: int, bottom: int) -> str:
    middle = LEFT + (start + end) * CELL / 2
    return f'<path d="M{middle:g} {top}V{bottom}" fill="none" stroke="{INK}"/>'


def _picture(width: int, height: int, rows: list[str]) -> str:
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
            f'width="{width}" height="{height}" font-family="system-ui, sans-serif" '
            f'font-size="15" fill="{INK}">',
            PATTERNS,
            f'<rect width="{width}" height="{height}" rx="10" fill="#fff"/>',
            *rows,
            "</svg>\n",
        ]
    )


# In a script: no cell is pointed out.
NOTHING = "{ step: -1, pin: -1 }"


def scenes() -> dict[str, str]:
    """What the widgets show before they are touched, drawn by their own code."""
    engine = Engine(ASSETS / "widgets" / "scenes.mjs")
    up, down = ConvTranspose(3, stride=2, output_padding=1), Conv(3, stride=2)
    cropped = ConvTranspose(4, stride=2, padding=2, output_padding=1)
    covered = taps(up, 6)
    stretched = ConvTranspose(3, stride=2, padding=1, output_padding=1)
    plain = plane = ConvTranspose(4, stride=2, padding=1)
    dilated = ConvTranspose(3, dilation=2)
    asked = {
        "scatter.svg": (f"scatterOnAxis(...given, {NOTHING})", [4, cropped]),
        "answer.svg": (f"scatterOnAxis(...given, {NOTHING})", [14, plain]),
        "dilated.svg": (f"scatterOnAxis(...given, {NOTHING})", [3, dilated]),
        "zeros.svg": (
            "gatherOnAxis(convTranspose(given[1]), given[0], 2)",
            [3, stretched],
        ),
        "forward.svg": ("gatherOnAxis(conv(given[1]), given[0], 1)", [6, down]),
        "plane.svg": (
            "scatterOnPlane(...given, { step: [1, 1], pin: [] })",
            [[4, 4], [plane, plane]],
        ),
        "taps.svg": (
            "countsOnAxis(...given)",
            [list(covered.counts), covered.bias_only.start],
        ),
    }
    return {
        name: _coloured(engine.ask(f'fileOf(picture({scene}, ""))', _plain(given)))
        + "\n"
        for name, (scene, given) in asked.items()
    }


def _coloured(picture: str) -> str:
    return re.sub(r"var\(--conv-(\w+)\)", lambda found: LIGHT[found[1]], picture)


def _plain(value: object) -> object:
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value.on_axis(0) if isinstance(value, Layer) else value


def staircase_figure(layer: ConvTranspose, out_size: int) -> str:
    """The staircase before it is touched, in the palette of its reader's system."""
    names = ("stair-picture", "svg")
    engine = Engine(*(ASSETS / "widgets" / f"{name}.mjs" for name in names))
    width, height = 560, 330
    words = {"input": "in_size", "output": "out_size", "hidden": ""}
    given = [{**_plain(layer), "out_size": out_size}, width, height, words]  # type: ignore[dict-item]
    drawn = engine.ask(
        """((stairs) => textOf(pictureOf(
            stairs, layoutOf(stairs, given[1], given[2]), "choose", given[3]
        )))(stairsOf(given[0]))""",
        given,
    )
    colours = (ASSETS / "figures.css").read_text("utf-8")
    light, dark = re.findall(r"\{([^}]*)\}", colours)[:2]
    looks = (ASSETS / "widgets" / "staircase.css").read_text("utf-8").splitlines()
    rules = "\n".join(line for line in looks if line.startswith(".stairs"))
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    return f"""<svg xmlns="http://www.w3.org/2000/svg" {size}>
<style>
:root {{{_tokens(light)}}}
@media (prefers-color-scheme: dark) {{ :root {{{_tokens(dark)}}} }}
{rules}
</style>
<rect width="100%" height="100%" rx="14" fill="var(--card)"/>
{drawn}</svg>
"""


def _tokens(palette: str) -> str:
    """Those colours of a palette that a staircase has."""
    wanted = ("in", "op", "card", "ink", "line", "edge")
    found = re.findall(r"--((\w+)[\w-]*: #\w+;)", palette)
    return " ".join(f"--{token}" for token, name in found if name in wanted)


def figures() -> dict[str, str]:
    """Every figure by its file name."""
    layer = ConvTranspose(4, stride=2, padding=2, output_padding=1)
    up = ConvTranspose(3, stride=2, output_padding=1)
    return {
        "crop.svg": crop_figure(layer, 4),
        "staircase.svg": staircase_figure(up, 4),
        **scenes(),
    }
