"""The sizes in a network as a strip of blocks, its joins as brackets, and a ruler.

What stands where is the twin of docs/theme/assets/widgets/strip-scene.mjs: plain marks,
a tag and its attributes, which a test compares.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import floor, log
from typing import Any, NamedTuple

from convarith._sheet import grouped
from convarith._svg import escaped

# A tag, its attributes, and its text.
Mark = tuple[str, dict[str, Any], str]

# Sizes that lie further apart are drawn on a logarithmic scale.
LINEAR_UP_TO = 40
# How wide a block is at most, how far apart blocks are at least, and the gap in a cut.
WIDEST, NEAREST, CUT = 64, 8, 64
# Brackets lie in so many rows.
ROWS_AT_MOST = 6


class Bar(NamedTuple):
    """A size, and what has made it."""

    size: int
    name: str = ""
    detail: str = ""


class Join(NamedTuple):
    """Two blocks that meet in one operator, and the sizes that should be equal."""

    start: int
    end: int
    one: int
    other: int


class Strip(NamedTuple):
    """The blocks, and which of the joins breaks: only the first one speaks."""

    bars: Sequence[Bar]
    joins: Sequence[Join] = ()
    broken: int = -1


class Scene(NamedTuple):
    """Marks, from back to front, and how high they are."""

    marks: list[Mark]
    height: int


def scene_of(strip: Strip, width: float, narrow: bool, words: dict[str, str]) -> Scene:
    """What stands where; words are what is said of what is hidden, and of a scale."""
    place = _Place(strip, width, narrow)
    marks = [
        _mark(
            "path", d=f"M0 {_px(place.base + 0.5)}H{_px(width)}", **{"class": "floor"}
        ),
        *_blocks(strip, place),
        *_names(strip, place),
        *_brackets(strip, place),
    ]
    if place.cut:
        hidden = len(strip.bars) - len(place.shown)
        said = words["hidden"].replace("{count}", grouped(hidden))
        marks.append(_text("middle", place.cut, place.base - 8, said))
    if place.curved:
        marks.append(_text("scale", 0, 12, words["log"]))
    return Scene(marks, place.base + (34 if narrow else 44))


class _Place:
    """Where blocks and rows stand."""

    def __init__(self, strip: Strip, width: float, narrow: bool) -> None:
        self.narrow, self.width = narrow, width
        count = len(strip.bars)
        self.shown, half = list(range(count)), count
        gap = 0.0
        if count > floor(width / NEAREST):
            half, gap = floor((width - CUT) / 2 / NEAREST), CUT
            self.shown = [*range(half), *range(count - half, count)]
        self.pitch = (width - gap) / len(self.shown)
        self.wide = min(WIDEST, self.pitch / 1.75)
        self.middle = {
            bar: n * self.pitch + self.pitch / 2 + (gap if n >= half else 0)
            for n, bar in enumerate(self.shown)
        }
        self.cut = half * self.pitch + gap / 2 if gap else 0.0
        self.rows = _rows(strip, self.middle)
        many = max(self.rows.values(), default=-1) + 1
        self.row, self.high = (20, 118) if narrow else (24, 150)
        self.top = 56 + (many - 1) * self.row if many else 28
        self.base = self.top + self.high
        sizes = [bar.size for bar in strip.bars]
        self.most, self.least = max(sizes), min(sizes)
        self.curved = self.most > LINEAR_UP_TO * self.least
        # Down to the smallest size it goes down, and up behind it.
        self.turn = count - 1 - sizes[::-1].index(self.least)
        self.stop = strip.joins[strip.broken].end if strip.broken >= 0 else count

    def kind(self, bar: int) -> str:
        if bar >= self.stop:
            return "bad" if bar == self.stop else "off"
        return "in" if bar <= self.turn else "out"

    def tall(self, size: int) -> float:
        part = size / self.most
        if self.curved:
            part = log(size / self.least * 1.6) / log(self.most / self.least * 1.6)
        return max(5.0, part * self.high)


def _rows(strip: Strip, middle: dict[int, float]) -> dict[int, int]:
    """The row of each bracket, the shortest ones below; what finds none is not drawn."""
    seen = [
        n
        for n, join in enumerate(strip.joins)
        if join.start in middle and join.end in middle and join.start < join.end
    ]
    found: dict[int, int] = {}
    for n in sorted(seen, key=lambda n: (strip.joins[n].end - strip.joins[n].start, n)):
        own = strip.joins[n]
        below = [
            row
            for other, row in found.items()
            if strip.joins[other].start < own.end and own.start < strip.joins[other].end
        ]
        row = max(below, default=-1) + 1
        if row < ROWS_AT_MOST or n == strip.broken:
            found[n] = min(row, ROWS_AT_MOST)
    return found


def _blocks(strip: Strip, place: _Place) -> list[Mark]:
    marks: list[Mark] = []
    for bar in place.shown:
        tall = place.tall(strip.bars[bar].size)
        marks.append(
            _mark(
                "rect",
                x=_px(place.middle[bar] - place.wide / 2),
                y=_px(place.base - tall),
                width=_px(place.wide),
                height=_px(tall),
                rx=5 if place.wide > 16 else 2,
                **{"class": f"bar {place.kind(bar)}", "data-key": f"bar {bar}"},
            )
        )
    for bar in _numbered(strip, place):
        y = place.base - place.tall(strip.bars[bar].size) - 7
        small, at, _ = _number(strip, place, bar)
        kind = f"size t-{place.kind(bar)}{small}"
        marks.append(_text(kind, at, y, grouped(strip.bars[bar].size)))
    return marks


def _number(strip: Strip, place: _Place, bar: int) -> tuple[str, float, float]:
    """How a block's number is written, where its middle is, and how wide it is."""
    said = grouped(strip.bars[bar].size)
    small = " small" if _wide(said, 15) > place.pitch - 4 else ""
    wide = _wide(said, 12 if small else 15)
    return small, _inside(place, place.middle[bar], wide), wide


def _numbered(strip: Strip, place: _Place) -> list[int]:
    """The blocks whose numbers find room, those that matter most before the others."""
    ends = {0, len(strip.bars) - 1, place.turn}
    if strip.broken >= 0:
        ends |= {strip.joins[strip.broken].start, place.stop}

    def before(bar: int) -> tuple[int, int]:
        return (0 if bar == place.stop else 1 if bar in ends else 2), bar

    kept: list[int] = []
    taken: list[tuple[float, float]] = []
    for bar in sorted(place.shown, key=before):
        _, at, wide = _number(strip, place, bar)
        start, end = at - wide / 2 - 3, at + wide / 2 + 3
        if all(end <= one or other <= start for one, other in taken):
            taken.append((start, end))
            kept.append(bar)
    return sorted(kept)


def _inside(place: _Place, middle: float, wide: float) -> float:
    """The middle of something so wide, moved until it is in sight."""
    return max(wide / 2, min(middle, place.width - wide / 2))


def _names(strip: Strip, place: _Place) -> list[Mark]:
    """What leads from one block to the next, where there is room to read it."""
    marks: list[Mark] = []
    gap, room = place.pitch - place.wide, floor((place.pitch - 8) / 7.3)
    for bar in place.shown[1:]:
        if bar - 1 not in place.middle:
            continue
        at = (place.middle[bar - 1] + place.middle[bar]) / 2
        if gap > 14:
            start = _px(at - gap * 0.28)
            line = f"M{start} {place.base - 14}h{_px(gap * 0.5)}m-4 -4l4 4l-4 4"
            marks.append(_mark("path", d=line, **{"class": "arrow"}))
        lines = [strip.bars[bar].name, "" if place.narrow else strip.bars[bar].detail]
        for n, said in enumerate(lines):
            short = said if len(said) <= room else f"…{said[len(said) - room + 1 :]}"
            if said and (room >= len(said) or (room > 4 and not n)):
                marks.append(_text("led", at, place.base + 19 + 18 * n, short))
    return marks


def _brackets(strip: Strip, place: _Place) -> list[Mark]:
    marks: list[Mark] = []
    for n in sorted(place.rows, key=lambda n: (n == strip.broken, n)):
        join = strip.joins[n]
        left, right = place.middle[join.start], place.middle[join.end]
        y = place.top - 42 - place.rows[n] * place.row
        one, other = (
            place.base - place.tall(strip.bars[bar].size) - 24
            for bar in (join.start, join.end)
        )
        bad, off = n == strip.broken, join.end > place.stop
        kind = "bad" if bad else "off" if off else "good"
        turn = min(8, (right - left) / 2)
        line = (
            f"M{_px(left)} {_px(one)}V{_px(y + turn)}Q{_px(left)} {y} {_px(left + turn)} {y}"
            f"H{_px(right - turn)}Q{_px(right)} {y} {_px(right)} {_px(y + turn)}V{_px(other)}"
        )
        marks.append(_mark("path", d=line, **{"class": f"skip is-{kind}"}))
        sign = "≠" if bad else "="
        said = f"{grouped(join.one)} {sign} {grouped(join.other)}"
        wide = len(said) * (9 if bad else 7.6) + 12
        if bad or (not off and wide < right - left - 16):
            at = _inside(place, (left + right) / 2, wide)
            ground = {
                "x": _px(at - wide / 2),
                "y": y - 10,
                "width": _px(wide),
                "height": 20,
            }
            marks.append(_mark("rect", **ground, **{"class": "under"}))
            marks.append(_text(f"meet t-{kind}", at, y + 5, said))
    return marks


def ruler_of(
    size: int, fits: Callable[[int], bool] | None, width: float, narrow: bool
) -> list[Mark]:
    """The sizes around one: those that fit are thick, and the handle stays in the middle."""
    span = 24 if narrow else 48
    step, start = width / span, size - span // 2
    ruled = range(max(start, 1), start + span + 1)
    members = [one for one in ruled if fits is not None and fits(one)]
    named = members if fits is not None else [one for one in ruled if one % 4 == 0]
    marks = [_mark("path", d=f"M0 40H{_px(width)}", **{"class": "line"})]
    last, room = -width, _wide(grouped(size + span), 12) + 12
    for one in ruled:
        x = (one - start) * step
        kind, top = ("fit", 26) if one in members else ("tick", 34)
        marks.append(_mark("path", d=f"M{_px(x)} {top}V40", **{"class": kind}))
        if one in named and x - last >= room and room <= 2 * x <= 2 * width - room:
            last = x
            said = grouped(one)
            marks.append(_text("fits" if kind == "fit" else "number", x, 57, said))
    return marks


def drawn(marks: Sequence[Mark]) -> str:
    """The marks as SVG."""
    return "\n".join(
        f"<{tag} "
        + " ".join(f'{name}="{escaped(value)}"' for name, value in own.items())
        + (f">{escaped(said)}</{tag}>" if said else "/>")
        for tag, own, said in marks
    )


def _mark(tag: str, **own: Any) -> Mark:
    return tag, own, ""


def _text(kind: str, x: float, y: float, said: str) -> Mark:
    return "text", {"class": kind, "x": _px(x), "y": _px(y)}, said


def _wide(said: str, size: int) -> float:
    """About as wide as a number is, in pixels."""
    return len(said) * size * 0.6


def _px(value: float) -> float | int:
    """To a tenth of a pixel."""
    found = floor(value * 10 + 0.5) / 10
    return int(found) if found == int(found) else found
