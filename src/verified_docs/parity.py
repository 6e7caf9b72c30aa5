"""Two pages that must say the same in two languages, compared by their bones."""

from __future__ import annotations

import io
import re
import tokenize
from collections import Counter
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

from verified_docs.payload import OUTPUT
from verified_docs.source import (
    CODE,
    FRONT_MATTER,
    SAID,
    Falsehood,
    Item,
    blanked,
    line_of,
    page,
    without_blocks,
)

# What a translation keeps of the text between blocks: everything but its words.
PARTS = {
    "heading": re.compile(r"^(#{1,6}) .*?(\{ ?#[\w-]+ ?\})?$", re.M),
    "note": re.compile(r"^[ ]*(!!!|\?\?\?\+?|===) ([a-z-]*)", re.M),
    "image": re.compile(r"!\[[^\]]*\]\(([^)\s]+)"),
    "table row": re.compile(r"^(\|)(?:[^|\n]*(\|))+$", re.M),
    "element": re.compile(r"<([a-z]+(?:-[a-z]+)+[^>]*|div[^>]*)>"),
}
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)[^)]*\)|<(https?:[^>]+)>")
# Languages may order the links and formulas of a sentence differently.
UNORDERED = ("link", "inline formula")
Bone = tuple[int, str]


def bones(text: str) -> dict[str, list[Bone]]:
    """The parts of a page that do not depend on its language, each with its line."""
    rest, _ = without_blocks(text)
    plain = blanked(CODE, rest)
    found: dict[str, list[Bone]] = {
        name: [(line_of(plain, m.start()), _bone(name, m)) for m in p.finditer(plain)]
        for name, p in PARTS.items()
    }
    front = FRONT_MATTER.match(text)
    found["front matter"] = [
        (line_of(text, match.start()), match["key"])
        for match in SAID.finditer(front[0] if front else "")
    ]
    found["link"] = [
        (line_of(plain, match.start()), _in_one_language(match[1] or match[2]))
        for match in LINK.finditer(rest)
    ]
    for item in (item for section in page(text) for item in section.items):
        name = f"{item.kind} formula" if item.is_formula else "block"
        found.setdefault(name, []).append((item.line, _without_comments(item)))
    return found


def check(path: Path, twin: Path) -> int:
    """How many bones two pages share; Falsehood for one that either lacks."""
    if not twin.exists():
        raise Falsehood(1, f"this page has no translation {twin.name}", f"write {twin}")
    mine, theirs = bones(path.read_text("utf-8")), bones(twin.read_text("utf-8"))
    found = sorted(_differences(mine, theirs, twin))
    if found:
        raise Falsehood(*found[0], "write the same into both languages")
    return sum(map(len, mine.values()))


def _differences(
    mine: dict[str, list[Bone]], theirs: dict[str, list[Bone]], twin: Path
) -> Iterator[tuple[int, str]]:
    for name in mine.keys() | theirs.keys():
        one, other = mine.get(name, []), theirs.get(name, [])
        if name in UNORDERED:
            more, lacking = _only(one, other), _only(other, one)
        else:
            pairs = zip(one, other, strict=False)
            same = sum(
                1 for _ in takewhile(lambda pair: pair[0][1] == pair[1][1], pairs)
            )
            more, lacking = one[same:], other[same:]
        if more and not lacking:
            yield more[0][0], f"{twin} has no such {name}: {_short(more[0])}"
        elif lacking:
            line, value = lacking[0]
            here = more[0][0] if more else (one[-1][0] if one else 1)
            said = f", not {_short(more[0])}" if more else ""
            yield here, f"{twin}:{line} has the {name} {_short((line, value))}{said}"


def _only(one: list[Bone], other: list[Bone]) -> list[Bone]:
    left = Counter(value for _, value in other)
    left.subtract(value for _, value in one)
    return [bone for bone in one if left[bone[1]] < 0]


def _bone(name: str, match: re.Match[str]) -> str:
    if name == "table row":
        return f"of {match[0].count('|') - 1} cells"
    if name == "image":
        return match[1].replace(".zh.", ".")
    return " ".join(part for part in match.groups() if part)


def _in_one_language(link: str) -> str:
    """A link to a page, or to its twin: both are the same link."""
    return link.replace(".zh.md", ".md").replace("/zh/", "/en/")


def _short(bone: Bone) -> str:
    text = " ".join(bone[1].split())
    return repr(text if len(text) < 60 else text[:57] + "...")


def _without_comments(item: Item) -> str:
    """The code with its output; comments may be in any language."""
    if item.kind != "python":
        return item.key
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(item.text).readline))
    except (tokenize.TokenError, IndentationError):
        return item.text
    kept = (
        t for t in tokens if t.type != tokenize.COMMENT or t.string.startswith(OUTPUT)
    )
    return " ".join(token.string for token in kept)
