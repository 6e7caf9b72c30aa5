r"""What a formula claims, and whether measurements agree.

A formula is read as a statement. `A \qquad B` says A wherever B holds, which is
how a displayed equation states its condition; `B \Rightarrow A` says the same in
a sentence; `A \iff B` says it both ways; `L := A` gives a letter its meaning. A
statement whose condition fixes every letter (`i'=4, k=3 \Rightarrow o'=9`) is a
claim about one case, and that case is measured; any other statement has to hold
on every measured row that meets its condition.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from verified_docs.blocks import Formula
from verified_docs.examples import Falsehood
from verified_docs.tex import Relation, UnreadableTeX, joined_rows, relations, split

# A digit or a relation: more than the name of something.
HAS_CONTENT = re.compile(r"[\d=<>]|\\(?:le|ge|ne)\b")
SAYS_SOMETHING = re.compile(r"[=<>]|\\(?:le|ge|ne|iff)\b")
# Letters compared with letters, in passing.
MENTION = re.compile(r"\s*[a-zA-Z]'?\s*(?:[=<>]|\\(?:le|ge|ne))\s*[a-zA-Z]'?\s*$")
# A statement that hardly any row meets would be true of nothing.
FEWEST_ROWS = 20


class RefusedError(ValueError):
    """A case that the thing measured does not accept."""


class Measurements(Protocol):
    """What the pages' letters mean, asked of the thing itself."""

    def rows(self, letters: frozenset[str]) -> Mapping[str, Any]:
        """Measured columns, by letter, that a statement with these letters is about."""

    def ask(self, values: Mapping[str, int]) -> Mapping[str, int] | None:
        """The measured row of one case; None where these values leave it open.

        A case that is not accepted raises RefusedError.
        """


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
        return frozenset().union(*(relation.symbols for relation in every))

    def case(self) -> dict[str, int] | None:
        """The one case it is about, where its condition is nothing but values."""
        values = [relation.assignment() for relation in self.conditions]
        given = dict(value for value in values if value)
        return given if given and len(given) == len(values) else None


@dataclass(frozen=True)
class Context:
    """What the other formulas of a page contribute to the meaning of one."""

    defined: Mapping[str, str]
    stated: frozenset[str]

    @classmethod
    def of(cls, formulas: Iterable[Formula]) -> Context:
        """The letters that a page defines, and the formulas that say something."""
        defined, stated = {}, set()
        for formula in formulas:
            letter, sign, meaning = formula.tex.partition(":=")
            if sign:
                defined[letter.strip()] = meaning.strip()
            if sign or (
                SAYS_SOMETHING.search(formula.tex) and not MENTION.match(formula.tex)
            ):
                stated.add(" ".join(formula.tex.split()))
        return cls(defined, frozenset(stated))

    def has(self, expression: str) -> bool:
        """Whether some statement of the page has this expression in it, as a whole."""
        wanted = re.escape(" ".join(expression.split()))
        whole = re.compile(rf"(?<![\w'\\]){wanted}(?![\w'])")
        return any(whole.search(tex) for tex in self.stated)


def statements(tex: str) -> Iterator[Statement]:
    """What the formula says; nothing where it only names an expression."""
    equation, *conditions = split(joined_rows(tex), r"\qquad")
    equation = equation.rstrip(",")
    where = tuple(relation for text in conditions for relation in relations(text))
    if r"\iff" in equation:
        one, other = (tuple(relations(side)) for side in _two(equation, r"\iff"))
        yield Statement((*where, *one), other, exact=True)
        yield Statement((*where, *other), one, exact=True)
    elif r"\Rightarrow" in equation:
        given, follows = (
            tuple(relations(side)) for side in _two(equation, r"\Rightarrow")
        )
        yield Statement((*where, *given), follows)
    elif conclusions := tuple(relations(equation)):
        yield Statement(where, conclusions)


def _two(tex: str, arrow: str) -> list[str]:
    sides = split(tex, arrow)
    if len(sides) != 2:
        raise UnreadableTeX(f"write {arrow} once, not {len(sides) - 1} times")
    return sides


def check(formula: Formula, measured: Measurements, page: Context) -> int:
    """The number of rows that the formula holds on; Falsehood where it does not.

    A formula that claims nothing by itself holds on no row.
    """
    if ":=" in formula.tex:
        return 0
    try:
        said = list(statements(formula.tex))
        _must_say_something(formula, said, page)
        return sum(
            _check(statement, formula, measured, page.defined) for statement in said
        )
    except (UnreadableTeX, RefusedError, TypeError, ZeroDivisionError) as error:
        raise Falsehood(formula.line, f"{formula.tex}\n{error}") from None


def _must_say_something(formula: Formula, said: list[Statement], page: Context) -> None:
    """What claims nothing by itself has to be part of a formula that does."""
    mentioned = not formula.display and all(
        _only_names(statement) and not statement.conditions for statement in said
    )
    if formula.display and not said:
        why = "is displayed, but says nothing"
    elif re.fullmatch(r"\d+", formula.tex.strip()):
        why = "is a number that says nothing"
    elif mentioned and HAS_CONTENT.search(formula.tex) and not page.has(formula.tex):
        why = "is part of no formula of the page that is checked"
    else:
        return
    raise Falsehood(formula.line, f"{formula.tex}\n{why}")


def _check(
    statement: Statement,
    formula: Formula,
    measured: Measurements,
    defined: Mapping[str, str],
) -> int:
    case = statement.case()
    row = measured.ask(case) if case else None
    if row is not None:
        _check_case(statement, row, formula, defined)
        return 1
    if formula.display or statement.conditions or not _only_names(statement):
        return _check_everywhere(statement, formula, measured, defined)
    _check_possible(statement, formula, measured, defined)
    return 0


def _check_everywhere(
    statement: Statement,
    formula: Formula,
    measured: Measurements,
    defined: Mapping[str, str],
) -> int:
    rows = measured.rows(_meant(statement.letters, defined))
    met = _all(statement.conditions, rows, defined)
    false = met & ~_all(statement.conclusions, rows, defined)
    if met.sum() < FEWEST_ROWS:
        raise Falsehood(formula.line, f"{formula.tex}\nis about {met.sum()} rows only")
    if false.any():
        first = int(np.argmax(false))
        values = ", ".join(f"{name}={column[first]}" for name, column in rows.items())
        raise Falsehood(
            formula.line,
            f"{formula.tex}\nis false on {false.sum()} of {met.sum()} measured rows; "
            f"the first is {values}",
        )
    for relation in statement.conclusions:
        if not statement.exact and not relation.is_tight(rows, met, defined):
            raise Falsehood(
                formula.line,
                f"{formula.tex}\nis true, but says less than could be said",
            )
    return int(met.sum())


def _check_possible(
    statement: Statement,
    formula: Formula,
    measured: Measurements,
    defined: Mapping[str, str],
) -> None:
    """ "Where p' < s" claims nothing by itself, but there must be such a row."""
    rows = measured.rows(_meant(statement.letters, defined) | {"d"})
    if not _all(statement.conclusions, rows, defined).any():
        raise Falsehood(formula.line, f"{formula.tex}\nis met by no measured row")


def _meant(letters: frozenset[str], defined: Mapping[str, str]) -> frozenset[str]:
    """The measured letters behind the defined ones."""
    for letter in letters & defined.keys():
        meaning = Relation((defined[letter],), ()).symbols
        letters = letters - {letter} | meaning
    return letters


def _check_case(
    statement: Statement,
    row: Mapping[str, int],
    formula: Formula,
    defined: Mapping[str, str],
) -> None:
    for relation in statement.conclusions:
        if not relation.holds(row, defined):
            values = ", ".join(f"{name}={value}" for name, value in row.items())
            raise Falsehood(formula.line, f"{formula.tex}\nbut measured: {values}")


def _only_names(statement: Statement) -> bool:
    return all(relation.of_atoms for relation in statement.conclusions)


def _all(
    conditions: Iterable[Relation], rows: Mapping[str, Any], defined: Mapping[str, str]
) -> Any:
    size = len(next(iter(rows.values())))
    result = np.ones(size, dtype=bool)
    for relation in conditions:
        result &= relation.holds(rows, defined)
    return result
