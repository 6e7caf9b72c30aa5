"""A Python-Markdown extension: a line break inside Chinese text is not a space.

Pages are written one sentence a line. Between Latin words a browser shows the
break as the space it stands for; between Chinese characters there is none.
"""

from __future__ import annotations

import re

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor

WIDE = r"\u3000-\u303f\u3400-\u9fff\uff00-\uffef\u201c\u201d"
BREAK = re.compile(rf"(?<=[{WIDE}])\n(?=[{WIDE}])|(?<=[，。：；！？、）”])\n(?=\S)")
VERBATIM = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL)


class ChineseExtension(Extension):
    """Join the lines of Chinese paragraphs."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.postprocessors.register(_JoinLines(md), "chinese", -5)


class _JoinLines(Postprocessor):
    def run(self, text: str) -> str:
        parts = VERBATIM.split(text)
        parts[::2] = [BREAK.sub("", part) for part in parts[::2]]
        return "".join(parts)


def makeExtension(**options: object) -> ChineseExtension:
    """What Python-Markdown calls to load the extension."""
    return ChineseExtension(**options)
