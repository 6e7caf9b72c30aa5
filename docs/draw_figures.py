"""The figures, drawn from the library's numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from xml.sax.saxutils import escape

from docs import draw_tracing
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


# The colours of the lab's overlap map, in its light palette.
HEAT = dict(
    re.findall(
        r"--heat-(\d): ([^;]+);",
        (ASSETS / "widgets" / "lab.css").read_text("utf-8").partition("}")[0],
    )
)
OUTPUT = 22


def overlap_figure(layers: list[ConvTranspose], in_size: int) -> str:
    """How many products each output sums on two axes, layer beside layer."""
    side = layers[0].out_size(in_size) * OUTPUT
    rows = []
    for index, layer in enumerate(layers):
        left = 20 + index * (side + 40)
        name = f"kernel_size={layer.kernel_size}, stride={layer.stride}"
        rows.append(
            f'<text x="{left}" y="30" font-family="monospace" '
            f'font-size="14">{name}</text>'
        )
        rows += _counts(taps(layer, in_size).counts, left, 44)
    return _picture(len(layers) * (side + 40), side + 64, rows)


def _counts(counts: tuple[int, ...], left: int, top: int) -> Iterator[str]:
    """One cell for each output: the counts of the axes are multiplied."""
    for (row, above), (column, beside) in product(enumerate(counts), repeat=2):
        x, y = left + column * OUTPUT, top + row * OUTPUT
        yield (
            f'<rect x="{x}" y="{y}" width="{OUTPUT}" height="{OUTPUT}" '
            f'fill="{HEAT[str(above * beside)]}" stroke="#fff"/>'
            f'<text x="{x + OUTPUT / 2:g}" y="{y + 15.5:g}" text-anchor="middle" '
            f'font-size="12">{above * beside}</text>'
        )


# In a script: no cell is pointed out.
NOTHING = "{ step: -1, pin: -1 }"


def scenes() -> dict[str, str]:
    """What the widgets show before they are touched, drawn by their own code."""
    engine = Engine(ASSETS / "widgets" / "scenes.mjs")
    up, down = ConvTranspose(3, stride=2, output_padding=1), Conv(3, stride=2)
    bands = [[sizes[0], sizes[-1]] for sizes in map(down.in_sizes, (3, 4, 5))]
    plain = ConvTranspose(4, stride=2, padding=1)
    asked = {
        "answer.svg": (f"scatterOnAxis(...given, {NOTHING})", [14, plain]),
        "sizes.svg": ("sizesOnLine(...given)", [bands, [3, 4, 5], up.out_size(4)]),
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


def figures() -> dict[str, str]:
    """Every figure by its file name."""
    layer = ConvTranspose(4, stride=2, padding=2, output_padding=1)
    uneven = ConvTranspose(3, stride=2, padding=1, output_padding=1)
    even = ConvTranspose(4, stride=2, padding=1)
    return {
        "crop.svg": crop_figure(layer, 4),
        "overlap.svg": overlap_figure([uneven, even], 6),
        **scenes(),
        **draw_tracing.figures(),
    }
