"""The README as a package index shows it: there, only whole addresses lead anywhere."""

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

# An image or a link to a file of this repository, in Markdown or in HTML.
RELATIVE = re.compile(
    r"""(?P<before>!?\[[^\]]*\]\(|(?:src|srcset|href)=")(?!\w+:|\#|/)(?P<path>[^)"\s]+)"""
)


class LongDescription(MetadataHookInterface):
    def update(self, metadata: dict[str, Any]) -> None:
        readme = Path(self.root, "README.md").read_text("utf-8")
        repository, version = metadata["urls"]["Repository"], metadata["version"]
        text = absolute(readme, repository, f"v{version}")
        metadata["readme"] = {"content-type": "text/markdown", "text": text}


def absolute(markdown: str, repository: str, tag: str) -> str:
    """The same text, with the files of a release in place of those beside it."""

    def whole(found: re.Match[str]) -> str:
        before, path = found["before"], found["path"]
        shown = before.startswith(("!", "src"))
        return f"{before}{repository}/{'raw' if shown else 'blob'}/{tag}/{path}"

    return RELATIVE.sub(whole, markdown)
