"""What the pages of the reference take from docstrings, as Markdown.

The site renders it by mkdocstrings; a page that is taken along has it in plain words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import griffe

SOURCES = Path(__file__).parent.parent / "src"
DIRECTIVE = re.compile(r"^::: (?P<name>[\w.]+)\n(?P<options>(?:    .*\n)*)", re.M)
INHERITED = re.compile(r"inherited_members: (?:(?P<all>true)|\[(?P<some>.*)\])")
LISTED = ("parameters", "attributes", "raises", "returns")


def expanded(text: str) -> str:
    """A page with what each name in it documents."""
    return DIRECTIVE.sub(_documented, text)


@cache
def _package() -> Any:
    loaded = griffe.load(
        "convarith", search_paths=[str(SOURCES)], docstring_parser="google"
    )
    return loaded


def _documented(match: re.Match[str]) -> str:
    name, options = match["name"], INHERITED.search(match["options"])
    found = _package()[name.removeprefix("convarith.")]
    lines = [*_entry(name, found, 2)]
    for member, inside in _members(found, options):
        lines += _entry(f"{name}.{member}", inside, 3)
    return "\n\n".join(lines) + "\n"


def _members(found: Any, options: re.Match[str] | None) -> Iterator[tuple[str, Any]]:
    """Its own, and of those that it inherits what the page asks for."""
    if not found.is_class:
        return
    wanted = re.findall(r"\w+", (options and options["some"]) or "")
    every = bool(options and options["all"])
    inherited = found.inherited_members
    asked = {n: o for n, o in inherited.items() if every or n in wanted}
    for name, member in {**found.members, **asked}.items():
        if not name.startswith("_") and member.has_docstring:
            yield name, member


def _entry(name: str, found: Any, level: int) -> Iterator[str]:
    yield f"{'#' * level} {name}"
    if found.is_function:
        yield f"`{found.signature()}`"
    elif found.is_class and "__init__" in found.all_members:
        init = str(found.all_members["__init__"].signature())
        yield f"`{found.name}({init.removeprefix('__init__(self, ')}`"
    for section in found.docstring.parsed if found.docstring else ():
        yield from _section(section.kind.value, section.value, section.title)


def _section(kind: str, value: Any, title: str | None) -> Iterator[str]:
    if kind == "text":
        yield value
    elif kind == "examples":
        for part, text in value:
            yield text if part.value == "text" else f"```pycon\n{text}\n```"
    elif kind in LISTED:
        yield f"**{title or kind.capitalize()}**"
        yield "\n".join(_line(one) for one in value)
    else:
        yield f"**{title or kind.capitalize()}**\n\n{value.description}"


def _line(one: Any) -> str:
    name = getattr(one, "name", "") or one.annotation
    said = " ".join(one.description.split())
    return f"- `{name}`: {said}" if name else f"- {said}"
