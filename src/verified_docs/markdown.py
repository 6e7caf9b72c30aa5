"""A Python-Markdown extension: the copy button of a block gives code that runs.

Material's button copies the `data-copy` attribute of the nearest ancestor that
has one, and otherwise everything it sees, prompts and output included.
"""

from __future__ import annotations

import html
import re

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor

from verified_docs.payload import payload

BLOCK = re.compile(
    r'<div class="language-(?P<language>[\w+-]+) (?P<rest>[^"]*\bhighlight\b[^"]*)"'
    r"(?P<attributes>[^>]*)>(?P<body>(?:(?!<div\b).)*?<pre\b.*?</pre>)",
    re.DOTALL,
)
CODE = re.compile(r"<code\b[^>]*>(.*?)</code>", re.DOTALL)
TAG = re.compile(r"<[^>]+>")


class CopyExtension(Extension):
    """Put on each block what its copy button gives."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.postprocessors.register(_CopyPayloads(md), "copy_payloads", -20)


class _CopyPayloads(Postprocessor):
    def run(self, text: str) -> str:
        return BLOCK.sub(_with_payload, text)


def _with_payload(match: re.Match[str]) -> str:
    code = CODE.search(match["body"])
    already_done = "data-copy=" in match["attributes"]
    if code is None or already_done or "doc-signature" in match["rest"]:
        return match[0]
    text = html.unescape(TAG.sub("", code[1]))
    copied = html.escape(payload(match["language"], text), quote=True)
    # A line break inside an attribute survives only as a character reference.
    copied = copied.replace("\n", "&#10;")
    return (
        f'<div class="language-{match["language"]} {match["rest"]}"'
        f'{match["attributes"]} data-copy="{copied}">{match["body"]}'
    )


def makeExtension(**options: object) -> CopyExtension:
    """What Python-Markdown calls to load the extension."""
    return CopyExtension(**options)
