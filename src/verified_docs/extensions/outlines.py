"""A formula's picture as one outline: a browser styles and paints each element.

MathJax draws a glyph as an element in groups in groups. Their moves are put into the
numbers here; a glyph that comes again has the same words, so it costs few bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

HREF = "{http://www.w3.org/1999/xlink}href"
UPRIGHT = "scale(1,-1)"
MOVE = re.compile(r"(translate|scale)\(([^)]*)\)")
COMMAND = re.compile(r"([MLHVQTCSZ])([^MLHVQTCSZ]*)")
NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")


class At(NamedTuple):
    """Where something is drawn, and how large."""

    x: float = 0
    y: float = 0
    scale: float = 1

    def inside(self, moves: str) -> At:
        at = self
        for kind, given in MOVE.findall(moves):
            numbers = [float(number) for number in NUMBER.findall(given)]
            if kind == "scale":
                at = at._replace(scale=at.scale * numbers[0])
            else:
                x, y = [*numbers, 0][:2]
                at = at._replace(x=at.x + x * at.scale, y=at.y + y * at.scale)
        return at


def joined(svg: str) -> str:
    """The picture of a formula, with one path for all that is drawn."""
    root = ElementTree.fromstring(svg)
    glyphs = {path.get("id"): path.get("d", "") for path in root.iter("path")}
    for definitions in root.findall("defs"):
        root.remove(definitions)
    given = " ".join(
        f'{name}="{root.attrib[name]}"' for name in ("style", "width", "viewBox")
    )
    if {part.tag for part in root.iter()} <= {"svg", "g", "use", "rect"} and not any(
        part.tag == "svg" for part in root.iterfind(".//*")
    ):
        outline = "".join(_drawn(root, At(), glyphs))
        inside = f'<path fill="currentColor" transform="{UPRIGHT}" d="{outline}"/>'
    else:
        # Words and stretched brackets stay as they are, but for what glyphs refer to.
        for use in root.iter("use"):
            use.tag = "path"
            use.set("d", glyphs[use.attrib.pop(HREF)[1:]])
        inside = "".join(ElementTree.tostring(part, "unicode") for part in root)
    return f'<svg aria-hidden="true" {given}>{inside}</svg>'


def _drawn(group: Element, at: At, glyphs: dict[str | None, str]) -> Iterator[str]:
    for part in group:
        # The outermost turns everything upside down, as the path does.
        here = (
            at
            if part.get("transform") == UPRIGHT
            else at.inside(part.get("transform", ""))
        )
        if part.tag == "g":
            yield from _drawn(part, here, glyphs)
        elif part.tag == "use":
            yield _glyph(glyphs[part.attrib[HREF][1:]], here)
        else:
            x, y, width, height = (
                float(part.get(name, 0)) for name in ("x", "y", "width", "height")
            )
            yield _glyph(f"M{x} {y}H{x + width}V{y + height}H{x}Z", here)


def _glyph(path: str, at: At) -> str:
    first, rest = _relative(path, at.scale)
    return f"M{_number(at.x + first[0])} {_number(at.y + first[1])}{rest}"


@cache
def _relative(path: str, scale: float) -> tuple[tuple[int, int], str]:
    """Where a glyph begins, and its outline from there, wherever it stands."""
    x, y, words = 0, 0, []
    begun: tuple[int, int] | None = None
    first = (0, 0)
    for command, given in COMMAND.findall(path):
        numbers = [round(float(number) * scale) for number in NUMBER.findall(given)]
        if command == "Z":
            x, y = begun or first
            words.append("z")
            continue
        if command in "HV":
            (number,) = numbers
            words.append(
                command.lower() + _number(number - (x if command == "H" else y))
            )
            x, y = (number, y) if command == "H" else (x, number)
            continue
        moved = [n - (y if at % 2 else x) for at, n in enumerate(numbers)]
        if command == "M" and begun is None:
            first = (numbers[0], numbers[1])
        else:
            words.append(command.lower() + _listed(moved))
        x, y = numbers[-2:]
        if command == "M":
            begun = (x, y)
    return first, "".join(words)


def _listed(numbers: list[int]) -> str:
    """Numbers one after the other; a minus parts them, too."""
    text = " ".join(_number(number) for number in numbers)
    return text.replace(" -", "-")


def _number(number: float) -> str:
    return str(round(number))
