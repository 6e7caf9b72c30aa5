"""A Python-Markdown extension: custom elements stand on their own, like a `div`.

Markdown takes an unknown tag for a word in a sentence and wraps it in a paragraph,
which may not hold what the element holds.
"""

from __future__ import annotations

from typing import Any

from markdown import Markdown
from markdown.extensions import Extension


class ElementsExtension(Extension):
    """Name the custom elements of a site."""

    def __init__(self, **options: Any) -> None:
        self.config = {"names": [[], "Tags that stand on their own"]}
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:
        md.block_level_elements.extend(self.getConfig("names"))


def makeExtension(**options: Any) -> ElementsExtension:
    """What Python-Markdown calls to load the extension."""
    return ElementsExtension(**options)
