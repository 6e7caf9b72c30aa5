"""A network as a picture, and as a page that needs nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

from convarith._say import say
from convarith._sheet import grouped, width_of
from convarith._strip import Strip, drawn, ruler_of, scene_of
from convarith._svg import DARK, LIGHT, escaped, palettes, picture
from convarith.network.strip import strip_of

if TYPE_CHECKING:
    from convarith.network.network import Network

WIDE, PHONE, NARROW, MARGIN = 900, 354, 520, 18
ERROR = "--error:#B3261E;--error-soft:#FBE9E7;", "--error:#FF9384;--error-soft:#3A1D1A;"
RULES = """
.cv .floor{stroke:var(--line);stroke-width:1.5}.cv .arrow{stroke:var(--edge);stroke-width:1.6;fill:none;stroke-linecap:round}
.cv .bad{stroke:var(--error);stroke-width:2}.cv .off{fill:none;stroke:var(--edge);stroke-dasharray:4 3}
.cv .skip{fill:none;stroke:var(--out-edge);stroke-width:2}.cv .skip.is-bad{stroke:var(--error);stroke-width:2.5;stroke-dasharray:7 5}.cv .skip.is-off{stroke:var(--edge);stroke-dasharray:2 5}
.cv .under{fill:var(--card)}.cv .middle,.cv .led,.cv .size,.cv .meet,.cv .fits,.cv .number{text-anchor:middle}.cv text.led{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono","Noto Sans Mono CJK SC",monospace}
.cv text.size{font-size:15px;font-weight:700}.cv text.small{font-size:12px}.cv text.meet{font-size:13px;font-weight:700}.cv text.t-bad{fill:var(--error);font-size:15px}.cv text.size.small.t-bad{font-size:12px}.cv text.t-good{fill:var(--out-text)}.cv text.size.t-off{font-weight:500}
.cv .line,.cv .tick{stroke:var(--edge);stroke-width:1.2}.cv .fit{stroke:var(--out-edge);stroke-width:3;stroke-linecap:round}.cv text.fits{fill:var(--out-text);font-weight:700}
.cv .stem{stroke:var(--in-edge);stroke-width:2.5}.cv text.handle{text-anchor:middle;fill:var(--in-on);font-size:14px;font-weight:700}
.cv text.first{font-size:34px;font-weight:700;fill:var(--in-text)}.cv text.verdict{font-size:15px;font-weight:600}.cv .sign{fill:none;stroke:var(--out-text);stroke-width:2.6;stroke-linecap:round;stroke-linejoin:round}.cv .sign.is-bad{stroke:var(--error)}
"""
PATTERN = '<pattern id="BAD" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="7" height="7" style="fill:var(--error-soft)"/><rect width="2.4" height="7" style="fill:var(--error)"/></pattern>'
YES, NO = "m5 13 4 4L19 7", "M6 6l12 12M18 6 6 18"
STYLE = """
body{margin:0;padding:24px 16px 48px;background:#FCFBF8;color:#18211E;font:16px/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
main{max-width:936px;margin:auto}h1{margin:0 0 16px;font-size:27px;line-height:1.2}svg{display:block;max-width:100%;height:auto}.phone{display:none}
pre{overflow-x:auto;padding:12px 16px;border-radius:10px;background:#F3F1EA;font:13px/1.6 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono","Noto Sans Mono CJK SC",monospace}
ul{padding:0;list-style:none}.fix{padding:12px 16px;border-radius:11px;background:#FBE9E7}
@media(max-width:620px){.wide{display:none}.phone{display:block}}
@media(prefers-color-scheme:dark){body{background:#111716;color:#E6ECE9}pre{background:#0D1211}.fix{background:#3A1D1A}}
"""


class Shown(NamedTuple):
    """What is said of a model at a size."""

    strip: Strip
    size: int
    verdict: str
    runs: bool
    # The sizes that fit, where they are derived.
    fitting: Any
    fix: str


def shown(net: Network, in_size: Any, language: str) -> Shown:
    """Ask the model everything that a picture of it says."""
    derived = net.derived
    sizes, path, failed = net._run_at(in_size)
    size = sizes[0] if len(set(sizes)) == 1 else in_size
    strip = strip_of(path, sizes, failed)
    fitting = net.fitting_sizes() if derived else None
    if failed is None and path.out is not None:
        out = say(language, "strip-becomes", out_size=net.out_size(size))
        return Shown(strip, sizes[-1], out, True, fitting, "")
    broken = net.broken_skip(size)
    first, _, fix = broken.text(language=language).partition("\n")
    padding = net.padding_for(size)
    if padding is not None and padding.size != size:
        keep = say(language, "strip-all")
        keep = f"[..., :{padding.keep.stop}]" if padding.keep else keep
        own = {"after": (padding.before, padding.after), "size": padding.size}
        fix += " " + say(language, "strip-pad", keep=keep, **own)
    return Shown(strip, sizes[-1], first, False, fitting, fix)


def svg(net: Network, known: Shown, language: str, width: int = WIDE) -> str:
    """The picture: the verdict, the blocks and the ruler."""
    narrow = width < NARROW
    room = width - 2 * MARGIN
    words = {
        "hidden": say(language, "hidden", count="{count}"),
        "log": say(language, "strip-log"),
    }
    scene = scene_of(known.strip, room, narrow, words)
    number = grouped(known.size)
    start = MARGIN + width_of(number, 34) + 10
    kind = "" if known.runs else " is-bad"
    marks = [
        PATTERN,
        f'<text class="first" x="{MARGIN}" y="50">{number}</text>',
        f'<path class="sign{kind}" transform="translate({start:.0f} 27)" d="{YES if known.runs else NO}"/>',
    ]
    place, y = (start + 30, 46) if not narrow else (MARGIN, 78)
    tone = "t-good" if known.runs else "t-bad"
    for line in _lines(known.verdict, width - place - MARGIN):
        marks.append(
            f'<text class="verdict {tone}" x="{place:.0f}" y="{y}">{escaped(line)}</text>'
        )
        y += 20
    top = y + 4
    # Written on the block itself: the styles of several pictures in one page are one.
    blocks = drawn(scene.marks).replace(' bad"', ' bad" style="fill:url(#BAD)"')
    marks.append(f'<g transform="translate({MARGIN} {top})">{blocks}</g>')
    top += scene.height + 14
    if known.fitting is not None:
        said = say(language, "strip-fit", sizes=known.fitting.text(language=language))
        for line in _lines(said, room):
            marks.append(
                f'<text class="verdict t-good" x="{MARGIN}" y="{top + 12}">{escaped(line)}</text>'
            )
            top += 20
        top += 12
        marks.append(
            f'<g transform="translate({MARGIN} {top})">{_ruler(known, room, narrow)}</g>'
        )
        top += 66
    sizes = ", ".join(str(bar.size) for bar in known.strip.bars)
    title = say(language, "strip-title", name=type(net.model).__name__, size=known.size)
    about = say(language, "strip-alt", sizes=sizes)
    own = f"bad-{crc32((title + about).encode()) + width:08x}"
    rules = palettes(LIGHT + ERROR[0], DARK + ERROR[1]) + RULES
    made = picture(
        (width, top + 8), title, about, marks, language=language, rules=rules
    )
    return made.replace("BAD", own)


def _lines(said: str, room: float) -> list[str]:
    """A sentence in lines that fit; Chinese breaks anywhere."""
    lines, own = [], ""
    for part in said.split(" ") if " " in said else [said]:
        longer = f"{own} {part}".lstrip()
        if own and width_of(longer, 15) > room * 1.05:
            lines.append(own)
            longer = part
        own = longer
    return [*lines, own]


def _ruler(known: Shown, room: float, narrow: bool) -> str:
    marks = ruler_of(known.size, known.fitting.__contains__, room, narrow)
    number, middle = grouped(known.size), room / 2
    half = max(46, width_of(number, 15) + 22) / 2
    return drawn(marks) + (
        f'<path class="stem" d="M{middle:g} 24V42"/><rect class="in" x="{middle - half:g}" y="-2" width="{2 * half:g}" height="28" rx="9"/>'
        f'<text class="handle" x="{middle:g}" y="17">{number}</text>'
    )


def html(net: Network, size: Any, language: str = "en") -> str:
    """One file: the picture, what is said of it, and every operator on the way."""
    known = shown(net, size, language)
    name = escaped(type(net.model).__name__)
    observed = say(language, "strip-observed", why=net._why)
    facts = [say(language, "strip-derived") if net.derived else observed]
    if net.formula:
        facts.append(say(language, "strip-formula", formula=net.formula))
    same = net.fitting_sizes(same=True).text(language=language)
    facts.append(say(language, "strip-same", sizes=same))
    fix = f'<p class="fix">{escaped(known.fix)}</p>' if known.fix else ""
    table = escaped(net.trace(size))
    wide, phone = (svg(net, known, language, width) for width in (WIDE, PHONE))
    about = say(language, "strip-table")
    return f"""<!doctype html>
<html lang="{language}">
<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>{escaped(say(language, "strip-title", name=type(net.model).__name__, size=known.size))}</title>
<style>{STYLE}</style>
<main>
<h1>{name}</h1>
<div class="wide">{wide}</div>
<div class="phone">{phone}</div>
{fix}
<ul>{"".join(f"<li>{escaped(fact)}</li>" for fact in facts)}</ul>
<pre tabindex="0" aria-label="{escaped(about)}">{table}</pre>
</main>
</html>
"""
