"""Every page as plain Markdown and as a notebook, beside the finished site.

Only the sources are read, so it does not matter what has built the site.
"""

from __future__ import annotations

import posixpath
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml
from docs import documented

from verified_docs import copies, source

ROOT = Path(__file__).parent.parent
NAVIGATION = {"en": "mkdocs.yml", "zh": "mkdocs.zh.yml"}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
REPOSITORY = PROJECT["urls"]["Repository"]
# The version that the pages were made with.
REQUIREMENT = f"{PROJECT['name']} @ git+{REPOSITORY}"
# Colab opens what stands in a branch; the deployment leaves the notebooks in this one.
NOTEBOOKS = (
    f"https://colab.research.google.com/github/{urlsplit(REPOSITORY).path.strip('/')}"
    "/blob/notebooks/"
)
# Where a package has another name than what is imported.
PACKAGES = {"z3": "z3-solver"}
FRONT = re.compile(r'^description: "?(?P<words>.*?)"?$', re.M)


@dataclass(frozen=True)
class Page:
    """One page of one language, and where the site has it."""

    language: str
    name: str
    site: str

    @cached_property
    def text(self) -> str:
        """Its source, with what the library says in it."""
        path = ROOT / "docs" / self.language / self.name
        return documented.expanded(path.read_text("utf-8"))

    @property
    def title(self) -> str:
        """Its first heading."""
        rest, _ = source.without_blocks(self.text)
        heading = source.HEADING.search(rest)
        return heading["title"].replace("`", "") if heading else self.name

    @property
    def description(self) -> str:
        """What its front matter says of it."""
        said = FRONT.search(self.text)
        return said["words"] if said else ""

    def address(self, link: str) -> str:
        """Where a link of this page leads, from anywhere."""
        name = link.removeprefix("convarith.")
        if name != link:
            return f"{Page(self.language, _home(link), self.site).url}#{link}"
        to, sign, place = link.partition("#")
        if not to:
            return f"{self.url}{sign}{place}"
        path = posixpath.normpath(posixpath.join(posixpath.dirname(self.name), to))
        return f"{Page(self.language, path, self.site).url}{sign}{place}"

    @property
    def url(self) -> str:
        """Its address; that of any other file stays as it is."""
        path = self.name.removesuffix("index.md")
        path = path.removesuffix(".md") + "/" if path.endswith(".md") else path
        return f"{self.site}/{self.language}/{path}"

    @property
    def markdown(self) -> str:
        """The page, below its address."""
        return f"<{self.url}>\n\n{copies.markdown(self.text, self.address)}"

    @property
    def notebook(self) -> dict[str, Any] | None:
        """The page as cells; None where nothing on it can be run."""
        return copies.notebook(self.text, self.address, self._install)

    def _install(self, imported: set[str]) -> str:
        """The first cell: every layer may ask for torch, whatever a block imports."""
        others = {PACKAGES.get(name, name) for name in imported} - {"convarith"}
        packages = " ".join(sorted(others | {"torch"}))
        return f'# {self.url}\n%pip install --quiet "{REQUIREMENT}" {packages}\n'


@cache
def _home(name: str) -> str:
    """The page that documents a name."""
    folder = ROOT / "docs" / "en"
    for path in sorted(folder.rglob("*.md")):
        for found in documented.DIRECTIVE.finditer(path.read_text("utf-8")):
            if f"{name}.".startswith(f"{found['name']}."):
                return path.relative_to(folder).as_posix()
    raise LookupError(f"no page documents {name}")


def sections(navigation: list[dict[str, Any]]) -> dict[str, list[str]]:
    """The pages of each part of the navigation; those that are none come first."""
    found: dict[str, list[str]] = {PROJECT["name"]: []}
    for entry in navigation:
        ((title, inside),) = entry.items()
        part = PROJECT["name"] if isinstance(inside, str) else title
        found.setdefault(part, []).extend(_pages(inside))
    return found


def _pages(inside: Any) -> Iterator[str]:
    if isinstance(inside, str):
        yield inside
    else:
        for entry in inside:
            yield from _pages(next(iter(entry.values())))


def write(site: Path, url: str) -> None:
    """Leave the copies where their pages are, and the lists of them."""
    for language in NAVIGATION:
        _write_language(site / language, language, url.rstrip("/"))
    for name in ("llms.txt", "llms-full.txt"):
        (site / name).write_text((site / "en" / name).read_text("utf-8"), "utf-8")


def _write_language(folder: Path, language: str, url: str) -> None:
    said = yaml.safe_load((ROOT / NAVIGATION[language]).read_text("utf-8"))
    index, whole = [f"# {PROJECT['name']}\n\n> {said['site_description']}\n"], []
    for title, names in sections(said["nav"]).items():
        index.append(f"\n## {title}\n\n")
        for name in names:
            page = Page(language, name, url)
            text = page.markdown
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, "utf-8")
            if cells := page.notebook:
                path = (folder / name).with_suffix(".ipynb")
                path.write_text(copies.written(cells), "utf-8")
            link = f"{url}/{language}/{name}"
            index.append(f"- [{page.title}]({link}): {page.description}\n")
            whole.append(text)
    (folder / "llms.txt").write_text("".join(index), "utf-8")
    (folder / "llms-full.txt").write_text("\n".join(whole), "utf-8")
