"""Numbers in sentences: each is vouched for by what was checked in the same section.

A number is vouched for by an argument or an output of a block, by a formula, by a sum
written out in the section that is right, or by a line whose arguments and sizes agree
with what was measured. Code in a sentence is vouched for where a block of the page has
it, or has each of its arguments. What only names something is listed in NAMES. A line
with a link may take its numbers from the section that it links to.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache, cached_property, reduce
from itertools import pairwise, permutations
from operator import or_
from pathlib import Path

from verified_docs import arithmetic, payload
from verified_docs.source import (
    CODE,
    HEADING,
    MATHS,
    Falsehood,
    Item,
    Section,
    blanked,
    page,
)

# A digit in a name is none, but 9th, 4D and 20ms have one.
NUMBER = re.compile(
    r"(?:(?<![A-Za-z\d._])|(?<=\dx))(?<!\d[eE][-+])\d+(?:\.\d+)*(?![\d_])"
)
ARGUMENT = re.compile(r"(?P<name>[a-z_]+)\s*=\s*(?P<value>-?[\d.]+|\([\d., -]+\))")
VARIES = re.compile(r"(?P<name>[a-z_]+)=(?=[a-z_]+\s*[,)])")
VARIABLE = "?"
# Digits of other scripts, and letters with digits: ways to write an unread number.
ODD = re.compile(r"(?<![A-Za-z\d_.])[A-Za-z]+\d\w*|[¼-¾⅐-⅞¹²³⁰-⁹₀-₉０-９]", re.ASCII)
# A name of code with a digit in it.
NUMBERED = re.compile(r"[A-Za-z_]\d")
# Names with an operator between them.
TERM = re.compile(r"[\w)\]] (?:[-+*/%@]|//|\*\*) [\w(\[]")
# What a widget or a figure is given.
ELEMENT = re.compile(r"<[a-z]+-[a-z-]+ [^>]*>")
GIVEN = re.compile(r"(?P<name>[a-z_]+)=[\"'](?P<value>[^\"']*)")
MODULE = "python -m "
CALLED = re.compile(r"--[a-z][a-z-]*|[A-Za-z_]\w*")
TOKEN = re.compile(r"[A-Za-z_]\w*|\d+(?:\.\d+)*|[^\s\w]")
# A link, an image's address, an attribute list, a tag: none of it is a sentence.
SILENT = re.compile(
    r"\]\([^)\"]*\)?|\]\[[^\]]*\]|<https?:[^>]*>|\{[^{}\n]*\}"
    r"|</?[a-z][^>]*>|https?://\S+"
)
ANYTHING = re.compile(r".+")
GENERATED = re.compile(r'<div class="generated".*?</div>', re.DOTALL)
LINK = re.compile(r"\]\((?P<page>[^)#\s]*?\.md)?(?:#(?P<id>[\w-]+))?\)")
# Where a sentence goes on to say something else, and what says that a size becomes one.
CLAUSE = re.compile(r"[.;:](?=\s|$)|, and\b|[；。：]")
BECOMES = re.compile(
    r"\b(?:in)?to\b|\bbecom|\bturn|\bgives?\b|\breturns?\b|\bfrom\b|→|变|得到|还原|回到"
)
PAIR = re.compile(
    r"(\d+)(?: x \1)? "
    r"(?:(?:both )?(?:into|becomes?)|(?:个(?:输入|元素)?|都)?变[成回]) (\d+)"
)
# How far apart two sizes of a line may stand, and how large they may be, to be asked.
NEAR, LARGEST = 3, 4096
PRINT_IT = (
    "print it in a block of this section, name the arguments in `code`, "
    "write the sum out in `code`, or link the section that has it"
)
RUN_IT = "run a block of this page with it, or correct it"
# Numbers that are a part of a name: nothing is claimed of them.
NAMES = (
    r"^\s*\d+[.)] ",  # of a list
    r"(?i:version|opset|Python|CUDA|section|relationship|issue|pull|equation|figure)s? "
    r"\d[\d.]*(?:,? (?:and|to) \d[\d.]*)?",
    r"(?:关系式|版本|算子集) ?\d[\d.]*|第 ?\d[\d.]* ?[节版章]|\d[\d.]+ ?版",
    r"\barXiv \d{4}\.\d{4,5}|\b(?:19|20)\d\d(?!\d)",
    r"\b[A-Z][A-Za-z]*-\d+\b|\bv\d+\b",  # VGG-16, v3
    r"\d+(?:\.\d+)? kHz",
)


@dataclass(frozen=True, eq=False)
class Words:
    """How pages call what was measured."""

    # The sizes that come out, of these arguments and this size.
    results: Callable[[Mapping[str, int], int], set[int]]
    # The argument that every layer names, and those with a value nobody has to say.
    first: str
    defaults: Mapping[str, int]
    # Calls that give the first argument by its place, which is the group of the match.
    places: Sequence[str] = ()
    # What names something in this project, beside NAMES.
    names: Sequence[str] = ()
    # Code that is only told of, word by word, and that no block of its page runs.
    told: Sequence[str] = ()
    # The blocks of all pages, and the code that they are about.
    code: Callable[[], Iterable[Item]] = tuple

    @cached_property
    def known(self) -> frozenset[str]:
        """Every name that stands in some code."""
        texts = (item.text for item in self.code())
        return frozenset(name for text in texts for name in CALLED.findall(text))

    @cached_property
    def commands(self) -> list[str]:
        """Every command that a page gives."""
        return list(_commands(self.code()))

    @cached_property
    def named(self) -> re.Pattern[str]:
        """Every name that has a number in it."""
        return re.compile("|".join((*self.names, *NAMES)), re.MULTILINE)


@dataclass(frozen=True)
class Evidence:
    """What was checked in a section."""

    numbers: frozenset[str] = frozenset()
    arguments: frozenset[tuple[str, str]] = frozenset()
    code: tuple[tuple[str, ...], ...] = ()

    @classmethod
    def of(cls, section: Section, words: Words) -> Evidence:
        """Of its blocks, with what they continue, and of its formulas."""
        blocks = [item for item in section.items if not item.is_formula]
        code = [text for one in blocks for text in (one.text, payload.copied(one))]
        texts = [item.text for item in section.items if item.is_formula] + code
        numbers = frozenset(number for text in texts for number in numerals(text))
        arguments = {pair for text in code for pair in named(text)}
        for place in words.places:
            arguments |= {
                (words.first, value)
                for text in code
                for value in re.findall(place, text)
            }
        tokens = tuple(tuple(TOKEN.findall(text)) for text in code)
        return cls(numbers, frozenset(arguments), tokens)

    def __or__(self, other: Evidence) -> Evidence:
        return Evidence(
            self.numbers | other.numbers,
            self.arguments | other.arguments,
            self.code + other.code,
        )

    def has(self, name: str, value: str) -> bool:
        """Whether it is run with this argument; `stride=s` is run with any number."""
        variable = (name, VARIABLE) in self.arguments and value in self.numbers
        return variable or (name, value) in self.arguments

    def runs(self, code: str) -> bool:
        """Whether a block has this code in it, token by token."""
        wanted = tuple(TOKEN.findall(code))
        size = len(wanted)
        return size > 0 and any(
            said[at : at + size] == wanted
            for said in self.code
            for at in range(len(said))
        )


@dataclass(frozen=True)
class Line:
    """A line of a section: a sentence, or a row of a table with its head."""

    text: str
    number: int
    words: Words
    heads: tuple[str, ...] = ()

    @cached_property
    def codes(self) -> list[str]:
        """The code in it, and arguments that stand in no code."""
        text = MATHS.sub(" ", self.text)
        plain = (match[0] for match in ARGUMENT.finditer(CODE.sub(" ", text)))
        return [*(match["code"] for match in CODE.finditer(text)), *plain]

    @cached_property
    def untold(self) -> list[str]:
        """The code that must be run somewhere."""
        return [code for code in self.codes if code not in self.words.told]

    @cached_property
    def bare(self) -> str:
        """The line without code, formulas, links and names."""
        text = html.unescape(self.text)
        bare = SILENT.sub("]", CODE.sub(" ` ", MATHS.sub(" ` ", text)))
        return ARGUMENT.sub(" ", self.words.named.sub(" ", bare))

    @cached_property
    def clauses(self) -> list[Line]:
        """What it says, one by one; a row of a table says one thing."""
        if self.heads:
            return [self]
        plain = blanked(CODE, blanked(MATHS, self.text))
        ends = (match.end() for match in CLAUSE.finditer(plain))
        parts = pairwise([0, *ends, len(plain)])
        return [replace(self, text=self.text[start:end]) for start, end in parts]

    @cached_property
    def numbers(self) -> list[str]:
        """The numbers in it."""
        return list(numerals(self.bare))

    @cached_property
    def sums(self) -> dict[str, list[Fraction]]:
        """Each sum in it, with the values of its sides."""
        return {code: found for code in self.codes if (found := arithmetic.sides(code))}

    @cached_property
    def said(self) -> str:
        """The line without code, but with the value of each sum."""
        text = self.text
        for code, values in self.sums.items():
            text = text.replace(f"`{code}`", _written(values[-1]))
        return replace(self, text=text).bare

    @cached_property
    def right(self) -> set[str]:
        """The numbers in those sums of the line that are equations, and right."""
        return {
            number
            for code, values in self.sums.items()
            if len(values) > 1 and len(set(values)) == 1
            for number in (*numerals(code), _written(values[0]))
        }


@cache
def evidence(text: str, words: Words) -> dict[str, Evidence]:
    """What was checked in each section of a page; under "", in the whole of it."""
    found = {"": Evidence()}
    for section in page(text):
        own = Evidence.of(section, words)
        found[section.name] = found.get(section.name, Evidence()) | own
        found[""] = found[""] | own
    return found


@dataclass(frozen=True)
class Pages:
    """What stands in the sections of a page, and of those that it links to."""

    path: Path
    sections: Sequence[Section]
    words: Words

    @cached_property
    def whole(self) -> Evidence:
        """What was checked on the page."""
        every = (Evidence.of(section, self.words) for section in self.sections)
        return reduce(or_, every, Evidence())

    def own(self, section: Section) -> Evidence:
        """What was checked in a section, with the code of the page around it."""
        # What describes a page may have its numbers from anywhere on it.
        one = self.whole if section.name == "top" else Evidence.of(section, self.words)
        return replace(self.whole, numbers=one.numbers)

    def linked(self, name: str, section: str) -> Evidence:
        """What was checked in a section of another page, or in the whole of it."""
        path = (self.path.parent / name).resolve() if name else self.path
        if path.suffix != ".md" or not path.is_file():
            return Evidence()
        known = evidence(path.read_text("utf-8"), self.words)
        return known.get(section, Evidence())


def check(section: Section, pages: Pages) -> int:
    """How many numbers and pieces of code were vouched for; Falsehood for another."""
    found = list(unvouched(section, pages))
    if found:
        line, why, advice = found[0]
        others = "".join(f"    also line {line}: {why}\n" for line, why, _ in found[1:])
        raise Falsehood(line, why, advice, others)
    every = lines(section, pages.words)
    return sum(len(line.numbers) + len(line.codes) for line in every)


def unvouched(section: Section, pages: Pages) -> Iterator[tuple[int, str, str]]:
    """Each number or code that nothing vouches for: its line, why, and what to do."""
    own, words = pages.own(section), pages.words
    commands = list(_commands(section.items))
    every = list(lines(section, words))
    asked, arguments = _asked(every, words)
    unsaid = {(name, str(value)) for name, value in words.defaults.items()}
    right = own.numbers.union(*(line.right for line in every))
    own = replace(own, numbers=right, arguments=own.arguments | arguments | unsaid)
    for line, numbers in zip(every, asked, strict=True):
        here = replace(own, numbers=own.numbers | numbers)
        for link in LINK.finditer(line.text):
            if link["id"]:
                here = here | pages.linked(link["page"] or "", link["id"])
        for why, advice in (*_of_line(line, here), *_unheard(line, commands)):
            yield line.number, why, advice


def _of_line(line: Line, here: Evidence) -> Iterator[tuple[str, str]]:
    values = {_written(value) for sides in line.sums.values() for value in sides}
    for number in line.numbers:
        if number not in here.numbers | values:
            yield f"nothing in this section has the number {number}", PRINT_IT
    for name, number in _given_to_elements(line):
        if number not in here.numbers:
            yield f"nothing in this section has {name}={number}", PRINT_IT
    for pair in _false_pairs(line):
        yield f"{pair}: this is not what was measured", "correct it, or the arguments"
    for word in ODD.findall(line.bare):
        if not here.runs(word):
            yield f"{word} is not read as a number", "write it with plain digits"
    for code in line.untold:
        named_so = TERM.search(code) or NUMBERED.search(code)
        if not (named_so or NUMBER.search(code)):
            continue
        if here.runs(code):
            continue
        pairs = {(name, value) for name, value in named(code) if value != VARIABLE}
        if sides := line.sums.get(code):
            if len(set(sides)) > 1:
                told = " and ".join(map(_written, sides))
                yield f"`{code}` is not so", f"its sides are {told}"
            elif len(sides) == 1 and _written(sides[0]) not in line.numbers:
                told = _written(sides[0])
                yield f"the value of `{code}` does not stand here", f"it is {told}"
        elif pairs:
            rest = set(numerals(ARGUMENT.sub(" ", code)))
            if not all(here.has(*pair) for pair in pairs) or not rest <= here.numbers:
                yield f"no block of this page is run with `{code}`", RUN_IT
        elif named_so or not set(numerals(code)) <= here.numbers:
            yield f"no block of this page has `{code}`", RUN_IT


def _unheard(line: Line, own: list[str]) -> Iterator[tuple[str, str]]:
    """Each name that no code has, and each command that its section does not give.

    In a section that gives none of its program, any command of the pages does.
    """
    for code in line.untold:
        for name in set(CALLED.findall(code)) - line.words.known:
            yield f"no code has the name {name} of `{code}`", RUN_IT
        command = f"{code.removeprefix(MODULE)} "
        program, _, more = command.partition(" ")
        every = (
            [one for one in known if one.startswith(f"{program} ")]
            for known in (own, line.words.commands)
        )
        like = next(filter(None, every), ())
        if more and like and not any(command in f"{one} " for one in like):
            yield f"no block gives the command `{code}`", RUN_IT


def _commands(items: Iterable[Item]) -> Iterator[str]:
    for item in items:
        for line in item.text.splitlines() if item.kind == "console" else ():
            if line.startswith(payload.PROMPT):
                yield line.removeprefix(payload.PROMPT).removeprefix(MODULE)


def _false_pairs(line: Line) -> Iterator[str]:
    """What becomes another size, with the arguments of the line, than it says."""
    words, given = line.words, dict[str, int]()
    for clause in line.clauses:
        mine = _given(clause.codes, words)
        given = mine if words.first in mine else given | mine
        for pair in PAIR.finditer(clause.said) if words.first in given else ():
            size, result = map(int, pair.groups())
            if result not in words.results(given, size) and pair[0] not in words.told:
                yield pair[0]


def _given_to_elements(line: Line) -> Iterator[tuple[str, str]]:
    known = {line.words.first, *line.words.defaults}
    for element in ELEMENT.findall(line.text):
        for match in GIVEN.finditer(element):
            if match["name"] in known or match["name"].endswith("_size"):
                yield match["name"], match["value"]


def _asked(
    every: list[Line], words: Words
) -> tuple[list[set[str]], set[tuple[str, str]]]:
    """Line by line, the numbers that were measured; and the arguments they are for."""
    asked: list[set[str]] = []
    arguments: set[tuple[str, str]] = set()
    given = [_given(line.codes, words) for line in every]
    latest = next((one for one in given if words.first in one), {})
    for line, own in zip(every, given, strict=True):
        latest = own if words.first in own else latest | own
        asked.append(set())
        for head in line.heads or ("",):
            codes = [match["code"] for match in CODE.finditer(head)]
            known = latest | _given(codes, words)
            for clause in line.clauses:
                mine = _given(clause.codes, words)
                known = mine if words.first in mine else known | mine
                found = set(_measured(clause, known, words))
                asked[-1] |= found
                if found:
                    every_code = (*line.codes, *codes)
                    arguments |= {pair for code in every_code for pair in named(code)}
    return asked, arguments


def _measured(line: Line, given: Mapping[str, int], words: Words) -> Iterator[str]:
    """The numbers of a clause that were measured with these arguments."""
    if words.first not in given or not (line.heads or BECOMES.search(line.bare)):
        return
    written = [*line.numbers, *(_written(sides[-1]) for sides in line.sums.values())]
    sizes = [int(size) for size in written if size.isdigit() and int(size) <= LARGEST]
    for at in range(max(len(sizes) - NEAR, 0) + 1):
        for size, result in permutations(sizes[at : at + NEAR], 2):
            if result in words.results(given, size):
                yield from (str(size), str(result))


def _given(codes: Sequence[str], words: Words) -> dict[str, int]:
    known = {words.first, *words.defaults}
    pairs = (pair for code in codes for pair in named(code))
    return {name: int(v) for name, v in pairs if name in known and v.isdigit()}


def named(code: str) -> Iterator[tuple[str, str]]:
    """Each argument with its value, as in stride=2; of one that varies, its name."""
    for match in ARGUMENT.finditer(code):
        yield match["name"], match["value"].replace(" ", "").rstrip(".")
    for match in VARIES.finditer(code):
        yield match["name"], VARIABLE


def numerals(text: str) -> Iterator[str]:
    """Each number in a text, without its sign; a digit in a name is none."""
    for match in NUMBER.finditer(text):
        yield match[0] if match[0].count(".") > 1 else f"{float(match[0]):.12g}"


def _written(value: Fraction) -> str:
    return f"{float(value):.12g}"


def lines(section: Section, words: Words) -> Iterator[Line]:
    """The lines of a section that are not formulas alone, without its table rules."""
    prose = blanked(GENERATED, section.prose)
    tall = (match[0] for match in MATHS.finditer(prose) if "\n" in match[0])
    for formula in tall:
        prose = prose.replace(formula, blanked(ANYTHING, formula))
    heads: tuple[str, ...] = ()
    rows = {item.line for item in section.items if item.kind == "row"}
    for number, line in enumerate(prose.splitlines(), section.line):
        if not line.startswith("|"):
            heads = ()
        if not line.strip() or number in rows or re.fullmatch(r"[|\s:-]+", line):
            continue
        if match := HEADING.match(line):
            line = match["title"]
        yield Line(line, number, words, heads)
        if line.startswith("|") and not heads:
            heads = tuple(line.strip("|").split("|"))
