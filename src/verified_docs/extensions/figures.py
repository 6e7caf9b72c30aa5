"""A Python-Markdown extension: a drawing stands in both palettes, above its caption.

Material for MkDocs shows an image whose address ends in #only-light or #only-dark in
that palette only; a drawing that answers to both is written once. The title of an image
that is a paragraph by itself becomes its caption.
"""

from __future__ import annotations

from copy import deepcopy
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor


class FiguresExtension(Extension):
    """Show each drawing in the palette of the page."""

    def extendMarkdown(self, md: Markdown) -> None:
        # After the attributes of the images, before MkDocs resolves their addresses.
        md.treeprocessors.register(_Figures(md), "figures", 5)


class _Figures(Treeprocessor):
    def run(self, root: Element) -> None:
        for parent in root.iter():
            images = [one for one in parent if one.get("src", "").endswith(".svg")]
            for image in images:
                _caption(parent, image)
                dark = deepcopy(image)
                image.tail = None
                dark.set("src", dark.get("src", "") + "#only-dark")
                image.set("src", image.get("src", "") + "#only-light")
                parent.insert(list(parent).index(image) + 1, dark)


def _caption(parent: Element, image: Element) -> None:
    words = image.attrib.pop("title", None)
    if words and parent.tag == "p" and len(parent) == 1:
        parent.tag = "figure"
        SubElement(parent, "figcaption").text = words


def makeExtension(**options: object) -> FiguresExtension:
    """What Python-Markdown calls to load the extension."""
    return FiguresExtension(**options)
