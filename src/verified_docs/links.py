"""Links from page to page: the page and the place in it must be there."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from verified_docs.source import CODE, Falsehood, blanked, line_of, without_blocks

LINK = re.compile(r"\]\((?P<page>[^)#\s:]*)(?:#(?P<id>[\w.-]+))?\)")
PLACE = re.compile(
    r"\{[^{}\n]*#(?P<id>[\w-]+)[^{}\n]*\}|<[^>]+ id=\"(?P<html>[\w-]+)\""
)
# Places that a tool makes from code, not from the text of the page.
GENERATED = re.compile(r"^::: ", re.M)


def check(path: Path) -> int:
    """How many links of a page lead somewhere; Falsehood for one that does not."""
    rest, _ = without_blocks(path.read_text("utf-8"))
    count = 0
    for link in LINK.finditer(blanked(CODE, rest)):
        target = (path.parent / link["page"]).resolve() if link["page"] else path
        line = line_of(rest, link.start())
        if link["page"] and not _is_there(path, link["page"]):
            why = f"the link leads to {link['page']}, which is not there"
            raise Falsehood(line, why, "correct the path, counted from this page")
        if link["id"] and target.suffix == ".md":
            places = _places(target)
            if places is not None and link["id"] not in places:
                why = f"{link['page'] or path.name} has no place called {link['id']}"
                raise Falsehood(line, why, f"one of {', '.join(sorted(places)) or '-'}")
        count += 1
    return count


def _is_there(path: Path, name: str) -> bool:
    """A file of the theme is seen by every page as if it stood beside it."""
    of_theme = (parent / "theme" / name.lstrip("./") for parent in path.parents)
    return (path.parent / name).exists() or any(map(Path.exists, of_theme))


@cache
def _places(path: Path) -> frozenset[str] | None:
    text = path.read_text("utf-8")
    if GENERATED.search(text):
        return None
    found = {m["id"] or m["html"] for m in PLACE.finditer(text)}
    return frozenset(found | set(re.findall(r"^\[\^([\w-]+)\]", text, re.M)))
