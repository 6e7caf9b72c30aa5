"""A Markdown page as its author wrote it: sections, and in them what can be checked."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate

from sybil import Document
from sybil.parsers.markdown.lexers import RawFencedCodeBlockLexer

INFO = re.compile(
    r"[ ]*\{?[ ]*\.?(?P<language>\w*)(?:\s+#(?P<id>[\w-]+))?"
    r"(?:\s+continues=\"(?P<continues>[\w-]+)\")?[^\n]*\n"
)
FENCES = RawFencedCodeBlockLexer(INFO)
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
# What of the front matter is read by people.
SAID = re.compile(r"^(?P<key>[a-z]+):(?P<text>.*)$", re.M)
CODE = re.compile(r"(`+)(?!`)(?P<code>.+?)(?<!`)\1(?!`)", re.DOTALL)
MATHS = re.compile(
    r"\$\$(?P<display>.+?)\$\$"
    r"|(?<![\\$])\$(?!\s)(?P<inline>(?:\\.|[^\\$])+?)(?<!\s)\$",
    re.DOTALL,
)
HEADING = re.compile(
    r"^(?P<level>#{1,6}) (?P<title>.*?)(?:\s*\{ ?#(?P<id>[\w-]+) ?\})?$", re.M
)
SYMBOLS = re.compile(r"^\|(?P<cells>(?:\s*\$[^$|]+\$\s*\|)+)$")
NUMBERS = re.compile(r"^\|(?P<cells>(?:\s*\d+\s*\|)+)$")
SESSION = re.compile(
    r"^(?P<margin>[ ]*)>>> .*\n(?:(?P=margin)\S.*\n|(?P=margin)  .*\n)*", re.M
)
FORMULAS = ("display", "inline", "row")


class Falsehood(AssertionError):
    """The page says what is not so; `line` is counted in the file."""

    def __init__(self, line: int, cause: str, advice: str, details: str = "") -> None:
        super().__init__(line, cause, advice, details)
        self.line, self.cause, self.advice, self.details = line, cause, advice, details

    def told(self, path: object) -> str:
        """File, line and cause; then what to do; then what was compared."""
        said = f"{path}:{self.line}: {self.cause}\n  {self.advice}\n{self.details}"
        return said.rstrip()

    def __str__(self) -> str:
        return f"line {self.line}: {self.cause}; {self.advice}"


@dataclass(frozen=True)
class Item:
    """A block (its kind is its language) or a formula (display, inline or row)."""

    kind: str
    text: str
    line: int
    span: tuple[int, int]
    id: str = ""
    before: Item | None = None

    @property
    def is_formula(self) -> bool:
        """Whether it is TeX; a row of numbers under symbols is read as TeX, too."""
        return self.kind in FORMULAS

    @property
    def key(self) -> str:
        """What tells it from another, wherever it is met."""
        return " ".join(self.text.split()) if self.is_formula else bare(self.text)


@dataclass(frozen=True)
class Section:
    """What stands between two headings; in `prose`, its blocks are blanks."""

    name: str
    line: int
    start: int
    prose: str
    items: tuple[Item, ...]


def page(text: str, deepest: int = 2) -> list[Section]:
    """The sections of a page, which headings down to level `deepest` begin."""
    rest, blocks = without_blocks(text)
    plain = blanked(CODE, rest)
    items = sorted([*blocks, *_formulas(plain), *_rows(plain)], key=lambda i: i.span)
    headings = [m for m in HEADING.finditer(rest) if len(m["level"]) <= deepest]
    starts = [0, *(match.start() for match in headings), len(rest)]
    names = ["top", *(match["id"] or match["title"] for match in headings)]
    found = []
    for name, start, end in zip(names, starts, starts[1:], strict=False):
        own = tuple(item for item in items if start <= item.span[0] < end)
        if own or rest[start:end].strip():
            line = line_of(rest, start)
            found.append(Section(name, line, start, rest[start:end], own))
    return found


def docstrings(source: str) -> list[Section]:
    """The docstrings of a module: each is a section with its sessions and formulas."""
    starts = _line_starts(source)
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)):
            continue
        if text := ast.get_docstring(node, clean=False):
            name, line = getattr(node, "name", "module"), node.body[0].lineno
            text = inspect.cleandoc(text)
            items = tuple(_of_docstring(text, line, starts))
            # What has no example is told to those who read the code.
            prose = blanked(SESSION, text + "\n") if items else ""
            found.append(Section(name, line, starts[line - 1], prose, items))
    return found


def without_blocks(text: str) -> tuple[str, list[Item]]:
    """A page in which blocks, comments and front matter are blanks; and the blocks."""
    rest = blanked(COMMENT, FRONT_MATTER.sub(_but_what_is_said, text))
    blocks = list(_blocks(rest))
    for block in blocks:
        rest = _blank(rest, *block.span)
    return rest, blocks


def bare(code: str) -> str:
    """The text of a block, without the blanks around it."""
    return "\n".join(line.rstrip() for line in code.strip().splitlines())


def line_of(text: str, position: int) -> int:
    """The line of a position, counted from 1."""
    return text.count("\n", 0, position) + 1


def blanked(pattern: re.Pattern[str], text: str) -> str:
    """The text with blanks in place of what matches: lines and places stay."""
    return pattern.sub(lambda match: _spaces(match[0]), text)


def _spaces(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + _spaces(text[start:end]) + text[end:]


def _but_what_is_said(match: re.Match[str]) -> str:
    text = _spaces(match[0])
    for said in SAID.finditer(match[0]):
        start, end = said.span("text")
        text = text[:start] + said["text"] + text[end:]
    return text


def _blocks(text: str) -> Iterator[Item]:
    """Every fenced block; a fence inside a longer one is text."""
    end, by_id = 0, dict[str, Item]()
    for region in sorted(FENCES(Document(text, "")), key=lambda region: region.start):
        if region.start < end:
            continue
        end, own = region.end, region.lexemes
        line = line_of(text, region.start) + 1
        wanted = own["continues"]
        if wanted and wanted not in by_id:
            why = f"no block above has the id {wanted!r} to continue from"
            raise Falsehood(
                line - 1, why, f"begin that block with {{.python #{wanted}}}"
            )
        item = Item(
            own["language"],
            str(own["source"]),
            line,
            (region.start, region.end),
            own["id"] or "",
            by_id.get(wanted),
        )
        if item.id:
            by_id[item.id] = item
        yield item


def _formulas(text: str) -> Iterator[Item]:
    for match in MATHS.finditer(text):
        kind = match.lastgroup or ""
        tex = re.sub(r"\n[ >]*", "\n", match[kind]).strip()
        begin = match.start(kind) + len(match[kind]) - len(match[kind].lstrip())
        yield Item(kind, tex, line_of(text, begin), match.span())


def _rows(text: str) -> Iterator[Item]:
    """A row of numbers under symbols says: these values, and therefore the last one."""
    symbols, position = list[str](), 0
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        if head := SYMBOLS.match(line):
            symbols = [cell.strip(" $") for cell in head["cells"].strip("|").split("|")]
        elif (row := NUMBERS.match(line)) and symbols:
            cells = [cell.strip() for cell in row["cells"].strip("|").split("|")]
            tex = row_claim(symbols, cells)
            yield Item("row", tex, number, (position, position + len(line) - 1))
        elif not line.startswith("|"):
            symbols = []
        position += len(line)


def row_claim(symbols: list[str], cells: list[str]) -> str:
    """What a row of a table says, as TeX."""
    pairs = [f"{name}={cell}" for name, cell in zip(symbols, cells, strict=True)]
    return ", ".join(pairs[:-1]) + r" \Rightarrow " + pairs[-1]


def _of_docstring(text: str, first: int, starts: list[int]) -> Iterator[Item]:
    for match in SESSION.finditer(text + "\n"):
        line = first + line_of(text, match.start()) - 1
        here = starts[line - 1]
        code = inspect.cleandoc(match[0]) + "\n"
        yield Item("pycon", code, line, (here + 1, here + 2))
    plain = blanked(CODE, blanked(SESSION, text + "\n"))
    for item in _formulas(plain):
        line = first + item.line - 1
        column = item.span[0] - plain.rfind("\n", 0, item.span[0])
        here = starts[line - 1] + column
        yield replace(item, line=line, span=(here, here + 1))


def _line_starts(text: str) -> list[int]:
    return [0, *accumulate(map(len, text.splitlines(keepends=True)))]
