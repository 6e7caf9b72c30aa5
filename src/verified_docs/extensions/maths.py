"""A Python-Markdown extension: formulas arrive typeset, with no script to run.

It replaces what pymdownx.arithmatex marks (generic mode) by an SVG for the eye,
MathML for screen readers, and the TeX for whoever copies it. It works on the
finished HTML, so formulas in docstrings and in nested blocks are reached too.
"""

from __future__ import annotations

import html
import re

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor

from verified_docs.extensions.typesetting import TeXError, typeset

# The marks that may follow a formula belong to its last word.
FORMULA = re.compile(
    r'<(span|div) class="arithmatex">(.*?)</\1>([,.;:!?)\]，。；：！？、）」”]*)',
    re.DOTALL,
)
DELIMITERS = re.compile(r"^\\[(\[]|\\[)\]]$")
HEAD = re.compile(
    r'<th[^>]*>(?=<span class="maths__line"><span [^>]* data-tex="(?P<tex>[^"]*)")'
    r"(?P<formula>.*?)</th>",
    re.DOTALL,
)


class MathematicsExtension(Extension):
    """Typeset every formula of a page while it is rendered."""

    def extendMarkdown(self, md: Markdown) -> None:
        source = _Source(md)
        md.preprocessors.register(source, "mathematics_source", 200)
        # After everything else has put its HTML back.
        md.postprocessors.register(_Typesetter(md, source), "mathematics", -10)


class _Source(Preprocessor):
    """Keep the page as it was written, to say where a bad formula stands."""

    lines: list[str]

    def run(self, lines: list[str]) -> list[str]:
        self.lines = list(lines)
        return lines

    def line_of(self, tex: str) -> int:
        first = tex.strip().splitlines()[0].strip()
        return next((n for n, line in enumerate(self.lines, 1) if first in line), 0)


class _Typesetter(Postprocessor):
    def __init__(self, md: Markdown, source: _Source) -> None:
        super().__init__(md)
        self.source = source

    def run(self, text: str) -> str:
        text = FORMULA.sub(self._formula, text)
        return HEAD.sub(_with_name, text)

    def _formula(self, match: re.Match[str]) -> str:
        display = match[1] == "div"
        tex = DELIMITERS.sub("", html.unescape(match[2]).strip())
        tex = DELIMITERS.sub("", tex).strip()
        try:
            svg, mathml = typeset(tex, display)
        except TeXError as error:
            line = self.source.line_of(tex)
            raise TeXError(f"line {line} (front matter not counted): {error}") from None
        if display:
            return _display(tex, svg, mathml) + match[3]
        # A line must not begin with the mark that ends a sentence.
        formula = _inline(tex, svg, mathml)
        return f'<span class="maths__line">{formula}{match[3]}</span>'


def _with_name(head: re.Match[str]) -> str:
    """The name of a column must be text; not every checker counts MathML as such."""
    start, end = head[0][: head.start("formula") - head.start()], "</th>"
    name = f'<span class="maths__mathml">{head["tex"]}</span>'
    unspoken = 'class="maths__mathml" aria-hidden="true"'
    formula = head["formula"].replace('class="maths__mathml"', unspoken)
    return start + name + formula + end


def _display(tex: str, picture: str, mathml: str) -> str:
    source = html.escape(tex)
    return (
        f'<div class="maths maths--display" data-tex="{source}">'
        f'<div class="maths__scroll">{picture}</div>{_spoken(mathml)}'
        f'<button class="maths__copy" title="TeX" data-clipboard-text="{source}" '
        "data-search-exclude>TeX</button></div>"
    )


def _inline(tex: str, picture: str, mathml: str) -> str:
    source = html.escape(tex)
    return (
        f'<span class="maths maths--inline" data-tex="{source}">{picture}'
        f'{_spoken(mathml)}<span class="maths__tex" aria-hidden="true">'
        f"${source}$</span></span>"
    )


def _spoken(mathml: str) -> str:
    return f'<span class="maths__mathml" data-search-exclude>{mathml}</span>'


def makeExtension(**options: object) -> MathematicsExtension:
    """What Python-Markdown calls to load the extension."""
    return MathematicsExtension(**options)
