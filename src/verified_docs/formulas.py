r"""What a formula claims, and whether that is what was measured.

`A \qquad B` says A wherever B holds, which is how a displayed equation states its
condition; `B \Rightarrow A` says the same in a sentence; `A \iff B` says it both ways;
`L := A` gives a letter its meaning. Where the condition fixes every letter, the claim
is about one case, and that case is measured; any other claim has to hold on every
measured row that meets its condition, and a bound in it has to be reached. What claims
nothing by itself has to be a whole term of a formula of the page that does.
"""

from __future__ import annotations

import operator
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any, Protocol

import numpy as np

from verified_docs import tex
from verified_docs.source import Falsehood, Item
from verified_docs.tex import UnreadableTeX, split

Rows = Mapping[str, Any]

COMPARE = {
    r"\leq": operator.le,
    r"\le": operator.le,
    r"\geq": operator.ge,
    r"\ge": operator.ge,
    r"\neq": operator.ne,
    r"\ne": operator.ne,
    "=": operator.eq,
    "<": operator.lt,
    ">": operator.gt,
}
REACHED = {operator.le: 0, operator.ge: 0, operator.lt: 1, operator.gt: 1}
RELATION = re.compile(r"(\\(?:leq|le|geq|ge|neq|ne)(?![a-zA-Z])|(?<!:)=|<|>)")
ATOM = re.compile(r"[a-zA-Z]'?$")
# A digit, an operator or a relation: more than the name of something.
HAS_CONTENT = re.compile(r"[\d=<>+/-]|\\(?:le|ge|ne|cdot|times)\b")
SAYS_SOMETHING = re.compile(r"[=<>]|\\(?:le|ge|ne|iff)\b")
# Letters compared with letters, in passing.
IN_PASSING = re.compile(r"\s*[a-zA-Z]'?\s*(?:[=<>]|\\(?:le|ge|ne))\s*[a-zA-Z]'?\s*$")
# What a sum must not stand beside: it would be a part of a product or of a difference.
BINDS_BEFORE = re.compile(r"[-/^\w)}]|\\(?:cdot|times|bmod)$")
BINDS_AFTER = re.compile(r"[/^\w(]|\\(?:cdot|times|bmod|frac|lfloor|lceil)$")
# A statement that hardly any row meets would be true of nothing.
FEWEST_ROWS = 20


CORRECT = "correct the formula, or write its condition behind \\qquad"
WIDEN = (
    f"let at least {FEWEST_ROWS} rows meet the condition, "
    r"or write one case: k=4, s=2, i=5 \Rightarrow o=12"
)
DEFINE = "define each letter once a page, by letters that are measured"
STATE = "write it as a part of a formula of this page that is displayed or concluded"


class RefusedError(ValueError):
    """A case that the thing measured does not accept."""


class Measurements(Protocol):
    """What the letters of the pages mean, asked of the thing itself."""

    def rows(self, letters: frozenset[str]) -> Rows:
        """Measured columns, by letter, that a statement with these letters is about."""

    def ask(self, values: Mapping[str, int]) -> Mapping[str, int] | None:
        """The measured row of one case; None where these values leave it open."""


@dataclass(frozen=True)
class Relation:
    """A chain such as a = b = c or 0 <= a < b, side by side."""

    sides: tuple[str, ...]
    signs: tuple[str, ...]

    @property
    def of_atoms(self) -> bool:
        """Whether it only compares letters: a condition, not a computation."""
        return all(ATOM.match(side) for side in self.sides)

    @cached_property
    def letters(self) -> frozenset[str]:
        """The letters in it."""
        return frozenset().union(*map(tex.letters, self.sides))

    def assignment(self) -> tuple[str, int] | None:
        """Its letter and number, where it only gives a letter a value."""
        if self.signs != ("=",) or not ATOM.match(self.sides[0]):
            return None
        return (self.sides[0], int(self.sides[1])) if self.sides[1].isdigit() else None

    def holds(self, rows: Rows) -> Any:
        """True or False, for each row."""
        result: Any = True
        for sign, gap in zip(self.signs, self._gaps(rows), strict=True):
            result = result & COMPARE[sign](gap, 0)
        return result

    def is_tight(self, rows: Rows, met: Any) -> bool:
        """Whether each bound in it is reached, for every value of each of its letters.

        A bound that is never reached is true and yet not the bound.
        """
        pairs = pairwise(self.sides)
        for sign, gap, pair in zip(self.signs, self._gaps(rows), pairs, strict=True):
            distance = REACHED.get(COMPARE[sign])
            if distance is None:
                continue
            reached = met & (abs(gap) == distance)
            bounds = [side for side in pair if not ATOM.match(side)]
            alone = tex.letters(bounds[0]) & rows.keys() if len(bounds) == 1 else ()
            columns = [rows[letter] for letter in alone]
            columns = [column for column in columns if not isinstance(column, tuple)]
            if not reached.any() or any(
                set(column[met].tolist()) - set(column[reached].tolist())
                for column in columns
            ):
                return False
        return True

    def _gaps(self, rows: Rows) -> list[Any]:
        values = [tex.value(side, rows) for side in self.sides]
        return [tex.difference(a, b) for a, b in pairwise(values)]


@dataclass(frozen=True)
class Statement:
    """These relations hold wherever the conditions do."""

    conditions: tuple[Relation, ...]
    conclusions: tuple[Relation, ...]
    # One half of an equivalence: nothing could be said more exactly.
    exact: bool = False

    @property
    def letters(self) -> frozenset[str]:
        """Every letter in it."""
        every = (*self.conditions, *self.conclusions)
        return frozenset().union(*(relation.letters for relation in every))

    @property
    def in_passing(self) -> bool:
        """Whether it compares letters without a condition."""
        return not self.conditions and all(c.of_atoms for c in self.conclusions)

    def case(self) -> dict[str, int] | None:
        """The one case it is about, where its condition is nothing but values."""
        values = [relation.assignment() for relation in self.conditions]
        given = dict(value for value in values if value)
        return given if given and len(given) == len(values) else None


@dataclass(frozen=True)
class Context:
    """What the formulas of a page contribute to the meaning of one of them."""

    defined: Mapping[str, str]
    twice: frozenset[str]
    stated: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, items: Iterable[Item]) -> Context:
        """The letters that a page defines, and the formulas that say something."""
        formulas = [item.text for item in items if item.is_formula]
        pairs = [pair for text in formulas for pair in definitions(text)]
        counted = Counter(letter for letter, _ in pairs)
        twice = frozenset(letter for letter, count in counted.items() if count > 1)
        stated = []
        for text in formulas:
            if SAYS_SOMETHING.search(text) and not IN_PASSING.match(text):
                # One that cannot be read says so itself.
                with suppress(UnreadableTeX):
                    stated.append(tex.tokens(text))
        return cls(dict(pairs), twice, tuple(stated))

    def has(self, expression: str) -> bool:
        """Whether some statement of the page has this expression as a whole term."""
        wanted = tex.tokens(expression)
        for said in ((*one, "") for one in self.stated):
            for at in range(len(said) - len(wanted)):
                end = at + len(wanted)
                bound = BINDS_BEFORE.match(said[at - 1]) or BINDS_AFTER.match(said[end])
                if said[at:end] == wanted and not (_is_sum(wanted) and bound):
                    return True
        return False

    def extended(self, rows: Rows) -> dict[str, Any]:
        """The rows, with the values of the defined letters beside the measured ones."""
        known = dict(rows)
        for letter, meaning in self.defined.items():
            if tex.letters(meaning) <= known.keys():
                known[letter] = tex.value(meaning, known)
        return known

    def measured(self, letters: frozenset[str]) -> frozenset[str]:
        """The measured letters behind the defined ones."""
        # As often as there are letters: a circle of definitions has no meaning.
        for _ in self.defined:
            behind = letters & self.defined.keys()
            meanings = (tex.letters(self.defined[letter]) - behind for letter in behind)
            letters = (letters - behind).union(*meanings)
        return letters


def check(formula: Item, measured: Measurements, page: Context) -> int:
    """The number of rows that the formula holds on; Falsehood where it does not.

    A formula that claims nothing by itself holds on no row.
    """
    try:
        if pairs := definitions(formula.text):
            _check_definitions(pairs, measured, page)
            return 0
        said = list(statements(formula.text))
        _must_say_something(formula, said, page)
        return sum(_check(one, formula, measured, page) for one in said)
    except (ValueError, TypeError, ZeroDivisionError) as error:
        why = f"{' '.join(formula.text.split())} {error}"
        advice = getattr(error, "advice", "correct the numbers of this case")
        raise Falsehood(formula.line, why, advice) from None


def statements(text: str) -> Iterator[Statement]:
    """What the formula says; nothing where it only names an expression."""
    equation, *conditions = split(joined_rows(text), r"\qquad")
    where = tuple(relation for one in conditions for relation in _relations(one))
    equation = equation.rstrip(",")
    for arrow in (r"\iff", r"\Rightarrow"):
        if arrow in equation:
            left, right = (tuple(_relations(side)) for side in _two(equation, arrow))
            both = arrow == r"\iff"
            yield Statement((*where, *left), right, exact=both)
            if both:
                yield Statement((*where, *right), left, exact=True)
            return
    if conclusions := tuple(_relations(equation)):
        yield Statement(where, conclusions)


def definitions(text: str) -> list[tuple[str, str]]:
    """The letters that a formula defines, each with its meaning."""
    if ":=" not in text:
        return []
    parts = [part.strip().rstrip(",") for part in split(joined_rows(text), r"\qquad")]
    pairs = [part.partition(":=") for part in parts]
    return [(letter.strip(), meaning.strip()) for letter, _, meaning in pairs]


def joined_rows(text: str) -> str:
    """Aligned rows as one line; a row that starts with a sign goes on with the last."""
    inner = re.sub(r"\\(?:begin|end)\{aligned\}", "", text)
    joined = ""
    for row in (row.replace("&", " ").strip() for row in inner.split(r"\\")):
        goes_on = not joined or RELATION.match(row)
        joined += (" " if goes_on else ", ") + row
    return joined.strip()


def _relations(text: str) -> Iterator[Relation]:
    """The relations in a formula, which commas at the top level separate."""
    for part in split(text, ","):
        pieces = [piece.strip() for piece in RELATION.split(part)]
        if not all(pieces[::2]):
            raise UnreadableTeX(f"a side is missing in {text}")
        if len(pieces) > 1:
            yield Relation(tuple(pieces[::2]), tuple(pieces[1::2]))
        else:
            # Is it an expression at all? Any number does for its letters.
            tex.value(pieces[0], dict.fromkeys(tex.letters(pieces[0]), _SEVENS))


_SEVENS = np.array([7])


def _two(text: str, arrow: str) -> list[str]:
    sides = split(text, arrow)
    if len(sides) != 2:
        raise UnreadableTeX(f"write {arrow} once, not {len(sides) - 1} times")
    return sides


def _is_sum(signs: tuple[str, ...]) -> bool:
    """Whether it falls apart where something is multiplied with it."""
    depth = 0
    for sign in signs:
        depth += (sign in tex.CLOSING) - (sign in tex.CLOSING.values())
        if depth == 0 and sign in ("+", "-"):
            return True
    return False


def _check_definitions(
    pairs: list[tuple[str, str]], measured: Measurements, page: Context
) -> None:
    for letter, meaning in pairs:
        if not ATOM.match(letter):
            raise UnreadableTeX(f"defines {letter}, which is no letter", DEFINE)
        if letter in page.twice:
            raise UnreadableTeX(f"defines {letter} a second time", DEFINE)
        letters = page.measured(tex.letters(meaning))
        rows = measured.rows(letters)
        if letter in rows:
            raise UnreadableTeX(f"defines {letter}, which is measured", DEFINE)
        tex.value(meaning, page.extended(rows))
        if not any(letter in said for said in page.stated if ":=" not in said):
            why = f"defines {letter}, but no formula claims anything of it"
            raise UnreadableTeX(why, "delete the definition")


def _must_say_something(formula: Item, said: list[Statement], page: Context) -> None:
    """What claims nothing by itself has to be part of a formula that does."""
    text, display = formula.text, formula.kind == "display"
    only_mentions = not display and all(one.in_passing for one in said)
    if display and not said:
        raise UnreadableTeX("is displayed, but says nothing", CORRECT)
    if re.fullmatch(r"\d+", text.strip()):
        raise UnreadableTeX("is a number alone", "write it without dollars")
    if only_mentions and HAS_CONTENT.search(text) and not page.has(text):
        raise UnreadableTeX("is part of no formula of the page that is checked", STATE)


def _check(
    said: Statement, formula: Item, measured: Measurements, page: Context
) -> int:
    case = said.case()
    row = measured.ask(case) if case else None
    if row is not None:
        if not all(one.holds(page.extended(row)) for one in said.conclusions):
            raise UnreadableTeX(f"is false; measured: {_listed(row)}", "correct it")
        return 1
    if said.in_passing and formula.kind != "display":
        return 0
    return _check_everywhere(said, measured.rows(page.measured(said.letters)), page)


def _check_everywhere(said: Statement, rows: Rows, page: Context) -> int:
    known = page.extended(rows)
    met = _all(said.conditions, known, rows)
    false = met & ~_all(said.conclusions, known, rows)
    if met.sum() < FEWEST_ROWS:
        raise UnreadableTeX(f"is about {met.sum()} rows only", WIDEN)
    if false.any():
        first = int(np.argmax(false))
        values = _listed({name: column[first] for name, column in rows.items()})
        many = f"{false.sum()} of {met.sum()} measured rows"
        raise UnreadableTeX(f"is false on {many}; the first is {values}", CORRECT)
    for relation in said.conclusions:
        if not said.exact and not relation.is_tight(known, met):
            raise UnreadableTeX("is true, but says less than could be said", CORRECT)
    return int(met.sum())


def _listed(row: Rows) -> str:
    return ", ".join(f"{name}={value}" for name, value in row.items())


def _all(relations: Iterable[Relation], known: Rows, rows: Rows) -> Any:
    result = np.ones(len(next(iter(rows.values()))), dtype=bool)
    for relation in relations:
        result &= relation.holds(known)
    return result
