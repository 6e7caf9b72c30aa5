"""A Python-Markdown extension: under each block its mark, and code that runs to copy.

Material's button copies the `data-copy` attribute of the nearest ancestor that
has one, and otherwise everything it sees, prompts and output included. The mark says
what the last full run said of the block, or of the formula; without a report of
exactly these files the page says at its end that nothing was verified.

A block may go on where another one on the page stopped: the first is
```` ```{.python #first} ````, the second ```` ```{.python continues="first"} ````.
The second says so, and its button gives the code of both.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from functools import cache
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor

from verified_docs import payload, report
from verified_docs.copies import permalink
from verified_docs.source import Falsehood, Item

FENCE = re.compile(r"^([\s>]*(?:`{3,}|~{3,})[ ]*\{[^}]*?)\b(continues=)", re.MULTILINE)
BLOCK = re.compile(
    r'<div (?:id="(?P<id>[\w-]+)" )?'
    r'class="language-(?P<language>[\w+-]+) (?P<rest>[^"]*\bhighlight\b[^"]*)"'
    r'(?: data-continues="(?P<continues>[\w-]+)")?'
    r"(?P<attributes>[^>]*)>(?P<body>(?:(?!<div\b).)*?<pre\b.*?</pre>\s*</div>)",
    re.DOTALL,
)
# What a link to an example counts: headings, and the blocks below each.
PLACE = re.compile(
    r'<h[1-6]\b[^>]*? id="(?P<heading>[^"]+)"'
    r'|<div (?:id="(?P<id>[\w-]+)" )?(?P<block>class="language-(?:python|pycon|console)'
    r' (?![^"]*doc-signature)[^"]*\bhighlight\b[^>]*>)'
)
CODE = re.compile(r"<code\b[^>]*>(.*?)</code>", re.DOTALL)
TAG = re.compile(r"<[^>]+>")
FORMULA = re.compile(
    r'(class="maths maths--(?:inline|display)" data-tex="([^"]*)")(?! title)'
)
CENSUS = re.compile(r'<div class="census">\s*</div>')
NOTE = re.compile(r'<p class="status status--page".*?</p>')

WORDS = {
    "continues": "Continues the block above",
    "link": "Link to this example",
    "run": "Run with torch {torch} and Python {python}.",
    "known": "Known to make; not run from this page.",
    "rows": "Checked against torch {torch} on {rows} measured rows.",
    "case": "Asked of torch {torch}.",
    "unverified": "Not verified in this build.",
    "local": "A local build: nothing on this page was verified.",
    "census": "Result of the last full run",
    "number": "Number",
    "seconds": "seconds it took",
}


class CodeExtension(Extension):
    """Put on each block what its copy button gives, and under it what a run said."""

    def __init__(self, **options: Any) -> None:
        self.config = {name: [words, "What it says"] for name, words in WORDS.items()}
        self.config["counts"] = [{}, "The words for what is counted"]
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:
        # Before the fences are read: the theme passes on only data attributes.
        md.preprocessors.register(_Continues(md), "continues", 30)
        marks = _Marks(md, self.getConfigs())
        # After the formulas are typeset.
        md.postprocessors.register(marks, "code", -20)


class _Continues(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        return FENCE.sub(r"\1data-\2", "\n".join(lines)).split("\n")


@cache
def _known() -> report.Report | None:
    """Asked once, not by every page: it reads every file."""
    return report.current()


class _Marks(Postprocessor):
    def __init__(self, md: Markdown, words: dict[str, Any]) -> None:
        super().__init__(md)
        self.words = words
        self.known = _known()

    def run(self, text: str) -> str:
        by_id: dict[str, Item] = {}
        text = BLOCK.sub(lambda match: self._block(match, by_id), text)
        text = FORMULA.sub(lambda match: match[1] + self._formula(match[2]), text)
        text = CENSUS.sub(lambda _: self._census(), text)
        if "<h1" in text:
            text = self._linked(text)
        return text if self.known else self._noted(text)

    def _linked(self, text: str) -> str:
        """Each block with a place of its own; docstrings get theirs from their page."""
        count: Counter[str] = Counter()
        heading, words = "", self.words["link"]

        def placed(match: re.Match[str]) -> str:
            nonlocal heading
            if match["heading"]:
                heading = match["heading"]
                return match[0]
            count[heading] += 1
            place = match["id"] or permalink(heading, count[heading])
            link = f'<a class="permalink" href="#{place}" aria-label="{words}"></a>'
            return f'<div id="{place}" {match["block"]}{link}'

        return PLACE.sub(placed, text)

    def _noted(self, text: str) -> str:
        """One note at the end; docstrings that were rendered before bring their own."""
        if not re.search("data-copy=|data-verified=", text):
            return text
        return NOTE.sub("", text) + _line("no", self.words["local"], " status--page")

    def _block(self, match: re.Match[str], by_id: dict[str, Item]) -> str:
        code = CODE.search(match["body"])
        # Docstrings are rendered by themselves and then again inside their page.
        done = "data-copy=" in match["attributes"]
        if code is None or done or "doc-signature" in match["rest"]:
            return match[0]
        before = match["continues"]
        if before and before not in by_id:
            why = f"no block above has the id {before!r} to continue from"
            raise Falsehood(1, why, f"begin that block with {{.python #{before}}}")
        text = html.unescape(TAG.sub("", code[1]))
        block = Item(match["language"], text, 1, (0, 0), before=by_id.get(before or ""))
        if match["id"]:
            by_id[match["id"]] = block
        # A line break inside an attribute survives only as a character reference.
        copied = html.escape(payload.copied(block), quote=True).replace("\n", "&#10;")
        opening = match[0][: match.start("body") - match.start() - 1]
        said = f'<a href="#{before}">{self.words["continues"]}</a>'
        above = f'<p class="continues">{said}</p>' if before else ""
        return (
            f'{above}{opening} data-copy="{copied}">{match["body"]}{self._mark(block)}'
        )

    def _mark(self, block: Item) -> str:
        if self.known is None:
            return ""
        rows = self.known.rows(block.key)
        if rows is None:
            return _line("no", self.words["unverified"])
        words = self.words["run" if rows else "known"]
        return _line("yes", words.format(**self.known.versions))

    def _formula(self, tex: str) -> str:
        key = " ".join(html.unescape(tex).split())
        rows = self.known.rows(key) if self.known else None
        if self.known is None or rows is None:
            return f' title="{self.words["unverified"]}" data-verified="no"'
        words = self.words["rows" if rows > 1 else "case"]
        words = words.format(rows=f"{rows:,}", **self.known.versions)
        # A letter that is only mentioned was not checked, and needs no word.
        return f' title="{words}" data-verified="yes"' if rows else ' title=""'

    def _census(self) -> str:
        if self.known is None:
            return f'<div class="census">{_line("no", self.words["unverified"])}</div>'
        names, known = self.words["counts"], self.known
        rows = [(names.get(name, name), f"{n:,}") for name, n in known.counts.items()]
        rows.append((self.words["seconds"], f"{known.seconds:,}"))
        rows += known.versions.items()
        cells = "".join(f"<tr><td>{what}</td><td>{n}</td></tr>" for what, n in rows)
        head = (
            f"<tr><th>{self.words['census']}</th><th>{self.words['number']}</th></tr>"
        )
        return (
            f'<div class="census"><table><thead>{head}</thead>'
            f"<tbody>{cells}</tbody></table></div>"
        )


def _line(state: str, words: str, more: str = "") -> str:
    return (
        f'<p class="status{more}" data-verified="{state}" data-search-exclude>'
        f"{words}</p>"
    )


def makeExtension(**options: Any) -> CodeExtension:
    """What Python-Markdown calls to load the extension."""
    return CodeExtension(**options)
