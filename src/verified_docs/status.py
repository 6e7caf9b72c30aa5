"""A Python-Markdown extension: under each block, what the last full run said of it.

Without a report of exactly these files it says that nothing was verified: a green
word that nobody earned would be the worst of all.
"""

from __future__ import annotations

import html
import re
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor

from verified_docs import report
from verified_docs.keys import code_in, code_key, formula_key

BLOCK = re.compile(
    r'<div [^>]*\bhighlight\b[^>]* data-copy="[^"]*">(?:(?!<div\b).)*?</pre>\s*</div>',
    re.DOTALL,
)
FORMULA = re.compile(
    r'(class="maths maths--(?:inline|display)" data-tex="([^"]*)")(?! title)'
)
CENSUS = re.compile(r'<div class="census">\s*</div>')
DONE = "<!-- checked -->"

WORDS = {
    "run": "Run with torch {torch} and Python {python}.",
    "known": "Known to make; not run from this page.",
    "rows": "Checked against torch {torch} on {rows} measured rows.",
    "case": "Asked of torch {torch}.",
    "unverified": "Not verified in this build.",
    "census": "Result of the last full run",
    "number": "Number",
    "seconds": "seconds it took",
}


class StatusExtension(Extension):
    """Say of each block and formula whether it was checked."""

    def __init__(self, **options: Any) -> None:
        self.config = {name: [words, "What it says"] for name, words in WORDS.items()}
        self.config["counts"] = [{}, "The words for what is counted"]
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:
        md.postprocessors.register(_Status(md, self.getConfigs()), "status", -30)


class _Status(Postprocessor):
    def __init__(self, md: Markdown, words: dict[str, Any]) -> None:
        super().__init__(md)
        self.words = words

    def run(self, text: str) -> str:
        known = report.current()
        # Docstrings are rendered by themselves and then again inside their page.
        text = BLOCK.sub(lambda match: match[0] + self._of_block(match[0], known), text)
        text = re.sub(rf"({re.escape(DONE)}<p[^>]*>[^<]*</p>)+", r"\1", text)
        text = FORMULA.sub(
            lambda match: match[1] + self._of_formula(match[2], known), text
        )
        return CENSUS.sub(lambda _: self._census(known), text)

    def _of_block(self, block: str, known: report.Report | None) -> str:
        rows = known.rows(code_key(code_in(block) or "")) if known else None
        if known is None or rows is None:
            return self._line("")
        return self._line(
            self.words["run" if rows else "known"].format(**known.versions)
        )

    def _line(self, words: str) -> str:
        state, words = ("yes", words) if words else ("no", self.words["unverified"])
        return (
            f'{DONE}<p class="status" data-verified="{state}" '
            f"data-search-exclude>{words}</p>"
        )

    def _of_formula(self, tex: str, known: report.Report | None) -> str:
        rows = known.rows(formula_key(html.unescape(tex))) if known else None
        if known is None or rows is None:
            return f' title="{self.words["unverified"]}" data-verified="no"'
        kind = "rows" if rows > 1 else "case"
        words = self.words[kind].format(rows=f"{rows:,}", **known.versions)
        # A letter that is only mentioned was not checked, and needs no word.
        return f' title="{words}" data-verified="yes"' if rows else ' title=""'

    def _census(self, known: report.Report | None) -> str:
        if known is None:
            return f'<div class="census">{self._line("")}</div>'
        words = self.words
        rows = [
            (words["counts"].get(name, name), n) for name, n in known.counts.items()
        ]
        rows.append((words["seconds"], known.seconds))
        cells = "".join(f"<tr><td>{what}</td><td>{n:,}</td></tr>" for what, n in rows)
        versions = "".join(
            f"<tr><td>{name}</td><td>{version}</td></tr>"
            for name, version in known.versions.items()
        )
        head = f"<tr><th>{words['census']}</th><th>{words['number']}</th></tr>"
        return (
            f'<div class="census"><table><thead>{head}</thead>'
            f"<tbody>{cells}{versions}</tbody></table></div>"
        )


def makeExtension(**options: Any) -> StatusExtension:
    """What Python-Markdown calls to load the extension."""
    return StatusExtension(**options)
