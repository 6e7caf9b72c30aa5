"""What tells one block or formula from another, wherever it is met."""

import html
import re

CODE = re.compile(r"<code\b[^>]*>(.*?)</code>", re.DOTALL)
TAG = re.compile(r"<[^>]+>")


def code_in(block: str) -> str | None:
    """The code in the HTML of a block, as a reader sees it."""
    code = CODE.search(block)
    return html.unescape(TAG.sub("", code[1])) if code else None


def formula_key(tex: str) -> str:
    """A formula, however its lines are broken."""
    return " ".join(tex.split())


def code_key(text: str) -> str:
    """A block, without the blanks around it."""
    return "\n".join(line.rstrip() for line in text.strip().splitlines())
