"""Which pages have an element of a kind that stands on no other page.

What keeps somebody from using a page lies in what its elements are, not in what they say:
of all pages that have the same kinds of elements, one is asked.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

Kind = tuple[str, ...]

TAG = re.compile(
    r"<(/?)([a-z][\w-]*)((?:\s+[\w:@-]+(?:=(?:\"[^\"]*\"|'[^']*'|[^\s>]*))?)*)\s*/?>"
)
ATTRIBUTE = re.compile(r"([\w:@-]+)(?:=(?:\"([^\"]*)\"|'([^']*)'|([^\s>]*)))?")
HEADING = re.compile(r"<(h[1-6])\b")
# Nobody is told what is drawn within these, or it is the same in all of them.
DRAWN = re.compile(r"(<(svg|math)\b[^>]*>).*?</\2>", re.DOTALL)
SILENT = re.compile(r"<(a|button|th|summary|label|h[1-6])\b[^>]*>\s*</\1>")
# Nothing stands within these.
VOID = {"br", "hr", "img", "input", "link", "meta", "source", "svg", "math", "wbr"}
# Of these it matters what they say; of the others, that they are there and not empty.
SPOKEN = ("class", "role", "type", "tabindex", "scope", "aria-hidden")
NAMING = ("alt", "title", "for", "style", "href")


def kinds(html: str) -> set[Kind]:
    """The kinds of elements of an article, its order of headings, and what says nothing."""
    article = html[html.index("<article") : html.rindex("</article>")]
    article = DRAWN.sub(r"\1", article)
    headings = HEADING.findall(article)
    return {
        *nested(article),
        *pairwise(headings),
        *(("silent", tag) for tag in SILENT.findall(article)),
    }


def nested(article: str) -> Iterator[Kind]:
    """Each element with the one around it, on whose ground it stands."""
    around = [("",)]
    for closing, tag, attributes in TAG.findall(article):
        own = described(tag, attributes)
        if closing:
            while len(around) > 1 and around.pop()[0] != tag:
                pass
        else:
            yield (*around[-1], "has", *own)
            if tag not in VOID:
                around.append(own)


def described(tag: str, attributes: str) -> Kind:
    said = []
    for name, *values in ATTRIBUTE.findall(attributes):
        value = "".join(values)
        if name in SPOKEN:
            said.append(f"{name}={value}")
        elif name in NAMING or name.startswith("aria-"):
            said.append(f"{name}={bool(value)}")
    return (tag, *sorted(said))


def telling(site: Path, language: str) -> set[str]:
    """The addresses of a few pages that have every kind of element among them."""
    left = {
        f"{page.parent.relative_to(site).as_posix()}/": kinds(page.read_text("utf-8"))
        for page in sorted((site / language).rglob("index.html"))
    }
    chosen: set[str] = set()
    while any(left.values()):
        most = max(left, key=lambda name: len(left[name]))
        chosen.add(most)
        known = left.pop(most)
        left = {name: own - known for name, own in left.items()}
    return chosen
