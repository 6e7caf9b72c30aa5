"""What the search knows of the pages: each section's heading and what it says.

The theme keeps its box; its own index stays empty, and the worker that the pages name
reads `search/sections.json` instead.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

TERMS = Path(__file__).parent / "terms.toml"

LOCATION = re.compile("<loc>([^<]+)</loc>")
DESCRIPTION = re.compile('<meta name="description" content="([^"]*)">')
ARTICLE = re.compile("<article.*</article>", re.DOTALL)
# What parts the words that are marked on the page that a reader comes to.
SEPARATOR = r"""[\s\u200b\-,:!=\[\]()"/.，。、：；！？（）「」]+"""

# What is no sentence: pictures, the marks of headings, and what was checked and how.
LEFT_OUT = {
    *(
        "headerlink",
        "maths__mathml",
        "maths__tex",
        "maths__copy",
        "status",
        "site-copies",
    ),
    *("sources", "doc-labels", "doc-section-title", "doc-section-item"),
}
BLOCKS = {"p", "li", "tr", "dt", "dd", "figcaption", "div", "blockquote", "summary"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
EMPTY = {"br", "hr", "img", "input", "wbr", "col"}
# Neither is a block of code.
PICTURE = re.compile(r"<(svg|script|style|pre)\b.*?</\1>", re.DOTALL)
WORDS = re.compile(r"[^\W\d_]{2}|[\u4e00-\u9fff]")

# Of blocks of code the layers, the divisions and the names.
BLOCK = re.compile(r"<pre\b.*?</pre>", re.DOTALL)
PASTED = re.compile(
    r"\w*Conv\w*\((?:[^()]|\([^()]*\))*\)|\w+\)* ?(?://|%) ?\w+|[A-Za-z_][\w.]+"
)
# The letters of a page's code that are read.
ENOUGH_CODE = 250
# A name that more pages have tells none from another.
FEW_PAGES = 3

# Sections that say nothing of their own.
ONLY_LINKS = {"next", "where", "references"}
# The letters of a section that are read: what it is about stands at its beginning.
ENOUGH = 400

SIGNS = {
    r"\cdot": "·",
    r"\times": "×",
    r"\le": "≤",
    r"\ge": "≥",
    r"\ne": "≠",
    r"\lfloor": "⌊",
    r"\rfloor": "⌋",
    r"\lceil": "⌈",
    r"\rceil": "⌉",
    r"\Rightarrow": "⇒",
    r"\to": "→",
    r"\dots": "…",
    r"\bmod": "mod",
    r"\mid": "|",
}


class Sections(HTMLParser):
    """A page taken apart at its headings, as it is read."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[dict[str, str]] = [{"anchor": "", "heading": "", "text": ""}]
        self.open: list[tuple[str, bool]] = []
        self.where = "text"
        self.feed(PICTURE.sub("", html))
        self.close()

    @property
    def hidden(self) -> bool:
        return bool(self.open) and self.open[-1][1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in EMPTY:
            self.say(" ")
            return
        given = dict(attrs)
        names = set((given.get("class") or "").split())
        self.open.append((tag, self.hidden or bool(names & LEFT_OUT)))
        if self.hidden:
            return
        if tag in HEADINGS and given.get("id"):
            self.found.append({"anchor": str(given["id"]), "heading": "", "text": ""})
            self.where = "heading"
        elif tag == "code" and self.where == "text":
            self.say("`")
        elif tag in BLOCKS:
            self.say("\n")
        elif tag in {"td", "th"}:
            self.say(" | ")
        if "maths" in names:
            self.say(plain(given.get("data-tex") or ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in EMPTY:
            return
        while self.open:
            name, hidden = self.open.pop()
            if name == tag:
                break
        else:
            return
        if hidden:
            return
        if tag in HEADINGS:
            self.where = "text"
        elif tag == "code" and self.where == "text":
            self.say("`")
        elif tag in BLOCKS:
            self.say("\n")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.say(data.replace("\n", " "))

    def say(self, text: str) -> None:
        self.found[-1][self.where] += text


def plain(tex: str) -> str:
    """A formula as a line of text; one with fractions says too little in a line."""
    if re.search(r"\\(frac|begin|sum|left)", tex):
        return "…"
    text = re.sub(r"\\(?:text|mathrm|operatorname|mathtt)\{([^}]*)\}", r"\1", tex)
    text = re.sub(r"\\[a-zA-Z]+", lambda m: SIGNS.get(m[0], m[0][1:]), text)
    return re.sub(r"\\.|[{}]", " ", text).replace("  ", " ")


def sections(html: str) -> list[list[str]]:
    """Of each section its anchor, its heading and its first lines."""
    return [
        [section["anchor"], " ".join(section["heading"].split()), said(section["text"])]
        for section in Sections(html).found
        if section["heading"] and section["anchor"] not in ONLY_LINKS
    ]


def said(text: str) -> str:
    """The first lines in which something is said; a row of numbers is none."""
    found: list[str] = []
    for line in text.splitlines():
        words = " ".join(line.split()).strip("| ")
        if WORDS.search(words):
            found.append(words)
        if sum(map(len, found)) > ENOUGH:
            break
    return "\n".join(found)


def code(html: str) -> list[str]:
    """What a page's blocks of code have of which somebody may paste the like."""
    blocks = [unescape(re.sub(r"<[^>]+>", "", block)) for block in BLOCK.findall(html)]
    lines = [line for block in blocks for line in block.splitlines()]
    run = " ".join(line for line in lines if not line.lstrip().startswith("#"))
    return list(dict.fromkeys(PASTED.findall(re.sub(r"\s+", " ", run))))


def things() -> dict[str, list[str]]:
    """What readers ask for, each thing with all words for it in both languages."""
    terms = tomllib.loads(TERMS.read_text("utf-8"))
    return {
        thing: sorted(
            {
                thing.replace("-", " "),
                *forms(terms["terms"].get(thing, {})),
                *terms["asked"].get(thing, []),
            }
        )
        for thing in {**terms["asked"], **terms["terms"]}
    }


def forms(term: dict[str, Any]) -> list[str]:
    """The forms of a term, those that prose avoids too: readers do not."""
    names = [term[key] for key in ("en", "zh", "parameter") if key in term]
    return [*names, *term.get("also", []), *term.get("avoid", [])]


def write(site: Path, language: str) -> None:
    """Read the finished pages of a language, in the order of its map."""
    names = LOCATION.findall((site / "sitemap.xml").read_text("utf-8"))
    home = min(names, key=len)
    pages = {}
    for name in names:
        url = name.removeprefix(home)
        html = (site / url / "index.html").read_text("utf-8")
        about, article = DESCRIPTION.search(html), ARTICLE.search(html)
        said = unescape(about[1]) if about else ""
        text = article[0] if article else ""
        pages[url] = [said, sections(text), code(text)]
    folder = site / "search"
    folder.mkdir(exist_ok=True)
    (folder / "sections.json").write_text(written(pages, language), "utf-8")
    empty = {"config": {"lang": ["en"], "separator": SEPARATOR}, "docs": []}
    (folder / "search_index.json").write_text(json.dumps(empty), "utf-8")


def written(pages: dict[str, list[Any]], language: str) -> str:
    """What the worker reads; who reads English types no Chinese."""
    known_to = (
        re.compile(r".") if language == "zh" else re.compile(r"[^\u4e00-\u9fff]+$")
    )
    terms = tomllib.loads(TERMS.read_text("utf-8"))
    often = Counter(name for *_, names in pages.values() for name in names)
    known = {
        "pages": [
            [url, description, parts, rare(names, often, parts)]
            for url, (description, parts, names) in pages.items()
        ],
        "things": {
            thing: [form for form in forms if known_to.match(form)]
            for thing, forms in things().items()
        },
        "silent": [word for word in terms["silent"] if known_to.match(word)],
        "slips": {
            slip: right
            for slip, right in terms["slips"].items()
            if known_to.match(slip)
        },
    }
    return json.dumps(known, ensure_ascii=False, separators=(",", ":"))


def rare(names: list[str], often: Counter[str], parts: list[list[str]]) -> str:
    """Those of the names by which the page is told apart, and which it says nowhere."""
    said = " ".join(text for part in parts for text in part)
    told = (n for n in names if often[n] <= FEW_PAGES and n not in said)
    # A name alone says less than a layer with its numbers.
    row = " ".join(sorted(told, key=str.isidentifier))
    return row[:ENOUGH_CODE].rpartition(" ")[0] if len(row) > ENOUGH_CODE else row
