"""SVG: marks, colours, and a picture that stands by itself or in a page."""

from __future__ import annotations

from zlib import crc32

# The colours of docs/theme/assets/figures.css: light, then dark. A test in
# tests/convarith/test_draw.py compares them.
COLOURS = {
    **{"card": "#FFFFFF #182020", "line": "#E2DFD5 #2B3634", "edge": "#868C88 #74807D"},
    **{"ink": "#18211E #E6ECE9", "ink-2": "#505A56 #A9B4B0"},
    **{"in": "#2F72D4 #86ABFA", "in-edge": "#1D5FC2 #9DBEFF", "in-text": "#1D5FC2 #9DBEFF"},
    **{"in-on": "#FFFFFF #0B1B38", "in-soft": "#E4EEFC #1B2A45"},
    **{"ker": "#EBA63A #EBA62A", "ker-2": "#F5CF8E #9C6E1C", "ker-edge": "#8A5200 #F2BC5C"},
    **{"ker-text": "#8A5200 #F2BC5C", "ker-on": "#2A1900 #231500", "ker-soft": "#FCF1DC #33270F"},
    **{"out": "#0B4F3C #43D6B6", "out-edge": "#0B4F3C #43D6B6", "out-text": "#0B5A45 #5CDCC0"},
    **{"out-on": "#FFFFFF #06231C", "out-soft": "#DCEBE5 #163430"},
    **{"crop": "#CFD0CB #333D3B", "crop-hatch": "#9AA09C #5B6664"},
    **{"crop-edge": "#7F8683 #74807D", "crop-text": "#5F6568 #A0AAA7"},
    **{"op": "#D03D74 #C4609F", "op-edge": "#B0285F #F09ACB", "op-text": "#B0285F #F09ACB"},
    **{"op-on": "#FFFFFF #1E0616"},
}  # fmt: skip
LIGHT, DARK = (
    "".join(f"--{name}:{both.split()[way]};" for name, both in COLOURS.items())
    for way in (0, 1)
)
RULES = """
.cv text{font:12px system-ui,-apple-system,"Segoe UI",Roboto,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;fill:var(--ink-2);font-variant-numeric:tabular-nums}
.cv .mono{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono","Noto Sans Mono CJK SC",monospace}
.cv .b{font-weight:700}.cv .mid{text-anchor:middle}.cv .end{text-anchor:end}.cv .n{text-anchor:middle;font-size:11px;font-weight:700}
.cv .h{font-size:14px;font-weight:650;fill:var(--ink)}.cv .big{font-size:25px;font-weight:700}.cv .i{font-style:italic}
.cv .t-in{fill:var(--in-text)}.cv .t-ker{fill:var(--ker-text)}.cv .t-out{fill:var(--out-text)}.cv .t-crop{fill:var(--crop-text)}.cv .t-op{fill:var(--op-text)}
.cv .on-in{fill:var(--in-on)}.cv .on-ker{fill:var(--ker-on)}.cv .on-out{fill:var(--out-on)}.cv .on-op{fill:var(--op-on)}
.cv .ground{fill:var(--card);stroke:var(--line)}.cv .hair{stroke:var(--line)}.cv .gap{fill:none;stroke:var(--edge);stroke-width:1.3}
.cv .in{fill:var(--in);stroke:var(--in-edge)}.cv .in-soft{fill:var(--in-soft);stroke:var(--in-edge)}.cv .funnel{fill:var(--ker);opacity:.16}
.cv .ker{fill:var(--ker);stroke:var(--ker-edge);stroke-width:.9}.cv .ker-2{fill:var(--ker-2);stroke:var(--ker-edge);stroke-width:.9}.cv .ker-soft{fill:var(--ker-soft);stroke:var(--ker-edge)}
.cv .out{fill:var(--out);stroke:var(--out-edge)}.cv .out-soft{fill:var(--out-soft);stroke:var(--out-edge)}.cv .hole{fill:var(--out-soft);stroke:var(--out-edge);stroke-dasharray:2 2}
.cv .op{fill:var(--op);stroke:var(--op-edge)}.cv .bias{fill:var(--card);stroke:var(--op-edge);stroke-width:1.6;stroke-dasharray:3 2.4}
.cv .crop,.cv .unread{fill:url(#HATCH);stroke:var(--crop-edge)}.cv .pad{fill:none;stroke:var(--crop-edge);stroke-dasharray:3 2.4}
.cv .blade{stroke:var(--ink);stroke-width:2}.cv .head{fill:var(--ink)}.cv .b-in,.cv .b-out,.cv .go,.cv .was{fill:none;stroke:var(--op-edge);stroke-width:2}
.cv .b-in{stroke:var(--in-edge)}.cv .b-out{stroke:var(--out-edge)}.cv .was{stroke-dasharray:2 5}.cv .plus{stroke:var(--op-edge);stroke-width:5}
"""


def palettes(light: str, dark: str) -> str:
    """Colours by the reader's system, or by the end of the file's address.

    Inside a page, by the scheme that Material for MkDocs writes on its body.
    """
    return f""".cv{{{light}}}
@media(prefers-color-scheme:dark){{.cv{{{dark}}}}}
[data-md-color-scheme=default] .cv,#only-light:target~*{{{light}}}
[data-md-color-scheme=slate] .cv,#only-dark:target~*{{{dark}}}"""


def rect(
    kind: str, x: float, y: float, width: float, height: float, radius: float = 4
) -> str:
    place = f'x="{x:.6g}" y="{y:.6g}" width="{width:.6g}" height="{height:.6g}"'
    return f'<rect class="{kind}" {place} rx="{radius:g}"/>'


def text(kind: str, x: float, y: float, words: object) -> str:
    return f'<text class="{kind}" x="{x:.6g}" y="{y:.6g}">{escaped(words)}</text>'


def path(kind: str, line: str) -> str:
    return f'<path class="{kind}" d="{line}"/>'


def funnel(x: float, y: float, width: float, far: tuple[float, float, float]) -> str:
    """From the edge of a cell to the columns that it meets: their x, width and y."""
    left, wide, end = far
    middle = f"{(y + end) / 2:.6g}"
    start, stop = f"{x + 2:.6g}", f"{x + width - 2:.6g}"
    first, last = f"{left + 1:.6g}", f"{left + wide - 1:.6g}"
    return path(
        "funnel",
        f"M{start} {y:.6g}C{start} {middle} {first} {middle} {first} {end:.6g}"
        f"H{last}C{last} {middle} {stop} {middle} {stop} {y:.6g}Z",
    )


def escaped(words: object) -> str:
    return str(words).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def picture(
    size: tuple[float, float],
    title: str,
    description: str,
    marks: list[str],
    *,
    language: str,
    rules: str = "",
) -> str:
    """The marks on a card of their own, named and described for who cannot see them."""
    width, height = (f"{round(length)}" for length in size)
    body = "\n".join(marks)
    # Several pictures may stand in one page.
    hatch = f"hatch-{crc32((title + body).encode()):08x}"
    style = palettes(LIGHT, DARK) + (RULES + rules).replace("HATCH", hatch)
    return f"""<svg xmlns="http://www.w3.org/2000/svg" class="cv" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" lang="{language}">
<title>{escaped(title)}</title>
<desc>{escaped(description)}</desc>
<style>
{style}</style>
<g id="only-light"/><g id="only-dark"/>
<g>
<pattern id="{hatch}" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="5" height="5" style="fill:var(--crop)"/><rect width="1.6" height="5" style="fill:var(--crop-hatch)"/></pattern>
{rect("ground", 0.5, 0.5, round(size[0]) - 1, round(size[1]) - 1, 14)}
{body}
</g>
</svg>
"""
