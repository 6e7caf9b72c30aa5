"""One stylesheet of what the pages use, and a widget's style inside of its pages."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

LINK = re.compile(r'<link rel="stylesheet" href="(?P<href>[^"]+)">\s*')
TOKEN = re.compile(
    r"""/\*.*?\*/|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[{};]""", re.DOTALL
)
# What holds rules, and not declarations.
GROUPS = ("@media", "@supports", "@container", "@layer")
# What stands in brackets may be one of several, or what must not be.
BRACKETS = re.compile(r":(?:not|is|where|has)\((?:[^()]|\([^()]*\))*\)")
ATTRIBUTE = re.compile(r"\[[^\]]*\]")
NAMED = re.compile(r"[.#]((?:\\.|[\w-])+)")
SCHEME = re.compile(r"\[data-md-color-(\w+)=[\"']?([\w-]+)")
PROPERTY = re.compile(r"(?:^|;)\s*(--[\w-]+)\s*:")
USED = re.compile(r"var\(\s*(--[\w-]+)")
SPOKEN = re.compile(r"[\"'\x60](--[\w-]+)")
# Of our own styles nothing is left out.
THEIRS = re.compile("stylesheets/|_mkdocstrings")
WORD = re.compile(r"[\w-]+")


class Used:
    """What the pages and scripts of a site name."""

    def __init__(self, pages: list[str], scripts: list[str]) -> None:
        text = "\n".join(pages)
        self.names = set(WORD.findall("\n".join(scripts)))
        for kind in ("class", "id"):
            for names in set(re.findall(f' {kind}="([^"]*)"', text)):
                self.names.update(names.split())
        self.schemes = set(re.findall(r'data-md-color-(\w+)="([\w-]+)"', text))
        # The one that a button brings.
        self.schemes |= {
            ("scheme", name) for name in re.findall(r'data-scheme="(\w+)"', text)
        }
        self.read = {*USED.findall(text), *SPOKEN.findall("\n".join(scripts))}

    def meets(self, selector: str) -> bool:
        """Whether a selector may find something."""
        plain = BRACKETS.sub("", selector)
        if "[dir=rtl]" in plain:
            return False
        outside = ATTRIBUTE.sub("", plain)
        names = {name.replace("\\", "") for name in NAMED.findall(outside)}
        return names <= self.names and set(SCHEME.findall(plain)) <= self.schemes


def gather(site: Path) -> None:
    """Give every page of a language one stylesheet."""
    pages = {path: path.read_text("utf-8") for path in site.rglob("*.html")}
    scripts = [
        path.read_text("utf-8")
        for pattern in ("*.mjs", "*.js")
        for path in (site / "assets").rglob(pattern)
        if "lunr" not in path.parts
    ]
    used = Used(list(pages.values()), scripts)
    sheets = {
        href.rpartition("assets/")[2]
        for html in pages.values()
        for href in LINK.findall(html)
    }
    shared = [
        name
        for name in _named(next(iter(pages.values())))
        if all(name in _named(html) for html in pages.values())
    ]
    plain = {name: _plain(site / "assets" / name) for name in sheets}
    elsewhere = [text for one, text in plain.items() if one not in shared]
    used.read.update(USED.findall("".join(elsewhere)))
    kept = (
        "".join(_rules(plain[one], used)) if THEIRS.match(one) else plain[one]
        for one in shared
    )
    whole = _needed("".join(kept), used.read)
    name = f"stylesheets/{hashlib.sha256(whole.encode()).hexdigest()[:8]}.css"
    (site / "assets" / name).write_text(whole, "utf-8")
    for path, html in pages.items():
        path.write_text(_linked(html, site, shared, name), "utf-8")


def _named(html: str) -> list[str]:
    return [href.rpartition("assets/")[2] for href in LINK.findall(html)]


def _linked(html: str, site: Path, shared: list[str], name: str) -> str:
    """A page with the stylesheet of all, and its own styles behind it."""
    own = [one for one in _named(html) if one not in shared]
    first = LINK.search(html)
    assert first is not None, "a page without a style"
    base = first["href"].rpartition("assets/")[0] + "assets/"
    styles = "".join(_plain(site / "assets" / one) for one in own)
    style = f"<style>{styles}</style>" if styles else ""
    link = f'<link rel="stylesheet" href="{base}{name}">{style}\n'
    return html[: first.start()] + link + LINK.sub("", html[first.end() :])


def _plain(path: Path) -> str:
    """A stylesheet without comments, and without space that means nothing."""
    text = path.read_text("utf-8").removeprefix('@charset "UTF-8";')

    def kept(found: re.Match[str]) -> str:
        return "" if found[0].startswith("/*") else found[0]

    return re.sub(r"\s+", " ", TOKEN.sub(kept, text)).strip()


def rules(text: str) -> Iterator[tuple[str, str | None]]:
    """What stands before each pair of braces, and what inside; None for a statement."""
    depth, start, opened = 0, 0, 0
    for found in TOKEN.finditer(text):
        sign = found[0]
        if sign == "{":
            depth += 1
            opened = found.start() if depth == 1 else opened
        elif sign == "}":
            depth -= 1
            if depth == 0:
                yield text[start:opened].strip(), text[opened + 1 : found.start()]
                start = found.end()
        elif sign == ";" and depth == 0:
            yield text[start : found.start()].strip(), None
            start = found.end()


def _needed(text: str, elsewhere: set[str]) -> str:
    """A style without the properties that nothing reads."""
    while True:
        read = elsewhere.union(USED.findall(text))
        unread = set(PROPERTY.findall(_bodies(text))) - read
        if not unread:
            return text
        text = "".join(_without(text, unread))


def _rules(text: str, used: Used) -> Iterator[str]:
    for before, body in rules(text):
        if body is None:
            yield f"{before};"
        elif before.startswith(GROUPS):
            inside = "".join(_rules(body, used))
            if inside:
                yield f"{before}{{{inside}}}"
        elif before.startswith("@"):
            yield f"{before}{{{body}}}"
        else:
            met = [one for one in split(before, ",") if used.meets(one)]
            if met:
                yield f"{','.join(met)}{{{body.strip()}}}"


def split(text: str, sign: str) -> list[str]:
    """The parts between commas that stand in no brackets and no string."""
    parts, depth, start = [], 0, 0
    for found in re.finditer(
        rf""""(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[()\[\]]|{sign}""", text
    ):
        if found[0] in "([":
            depth += 1
        elif found[0] in ")]":
            depth -= 1
        elif found[0] == sign and depth == 0:
            parts.append(text[start : found.start()].strip())
            start = found.end()
    return [*parts, text[start:].strip()]


def _bodies(text: str) -> str:
    return ";".join(
        _bodies(body) if before.startswith(GROUPS) else body
        for before, body in rules(text)
        if body is not None
    )


def _without(text: str, unread: set[str]) -> Iterator[str]:
    for before, body in rules(text):
        if body is None:
            yield f"{before};"
        elif before.startswith(GROUPS):
            yield f"{before}{{{''.join(_without(body, unread))}}}"
        else:
            kept = [
                one
                for one in split(body, ";")
                if one and one.partition(":")[0].strip() not in unread
            ]
            if kept:
                yield f"{before}{{{';'.join(kept)}}}"
