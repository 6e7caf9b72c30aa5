"""A Python-Markdown extension: the copy button of a block gives code that runs.

Material's button copies the `data-copy` attribute of the nearest ancestor that
has one, and otherwise everything it sees, prompts and output included.

A block may go on where another one on the page stopped: the first is
```` ```{.python #first} ````, the second ```` ```{.python continues="first"} ````.
The second says so, and its button gives the code of both.
"""

from __future__ import annotations

import html
import re
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor

from verified_docs.keys import code_in
from verified_docs.payload import PayloadError, payload

FENCE = re.compile(r"^([\s>]*(?:`{3,}|~{3,})[ ]*\{[^}]*?)\b(continues=)", re.MULTILINE)
BLOCK = re.compile(
    r'<div (?:id="(?P<id>[\w-]+)" )?'
    r'class="language-(?P<language>[\w+-]+) (?P<rest>[^"]*\bhighlight\b[^"]*)"'
    r'(?: data-continues="(?P<continues>[\w-]+)")?'
    r"(?P<attributes>[^>]*)>(?P<body>(?:(?!<div\b).)*?<pre\b.*?</pre>)",
    re.DOTALL,
)


class CopyExtension(Extension):
    """Put on each block what its copy button gives."""

    def __init__(self, **options: Any) -> None:
        self.config = {"continues": ["Continues the block above", "Said over a block"]}
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:
        # Before the fences are read: the theme passes on only data attributes.
        md.preprocessors.register(_Continues(md), "continues", 30)
        copies = _CopyPayloads(md, self.getConfig("continues"))
        md.postprocessors.register(copies, "copy_payloads", -20)


class _Continues(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        return FENCE.sub(r"\1data-\2", "\n".join(lines)).split("\n")


class _CopyPayloads(Postprocessor):
    def __init__(self, md: Markdown, continues: str) -> None:
        super().__init__(md)
        self.continues = continues

    def run(self, text: str) -> str:
        copied_by_id: dict[str, str] = {}
        return BLOCK.sub(lambda match: self._with_payload(match, copied_by_id), text)

    def _with_payload(self, match: re.Match[str], copied_by_id: dict[str, str]) -> str:
        code = code_in(match["body"])
        already_done = "data-copy=" in match["attributes"]
        if code is None or already_done or "doc-signature" in match["rest"]:
            return match[0]
        before = match["continues"]
        if before and before not in copied_by_id:
            raise PayloadError(f"no block above has the id {before!r} to continue from")
        copied = payload(match["language"], code)
        copied = (copied_by_id[before] if before else "") + copied
        if match["id"]:
            copied_by_id[match["id"]] = copied
        # A line break inside an attribute survives only as a character reference.
        attribute = html.escape(copied, quote=True).replace("\n", "&#10;")
        opening = match[0][: match.start("body") - match.start() - 1]
        return f'{self._said(before)}{opening} data-copy="{attribute}">{match["body"]}'

    def _said(self, before: str | None) -> str:
        if not before:
            return ""
        return f'<p class="continues"><a href="#{before}">{self.continues}</a></p>'


def makeExtension(**options: Any) -> CopyExtension:
    """What Python-Markdown calls to load the extension."""
    return CopyExtension(**options)
