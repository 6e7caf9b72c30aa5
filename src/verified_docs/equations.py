r"""Whether what a formula says is what was measured.

A statement whose condition fixes every letter (`i'=4, k=3 \Rightarrow o'=9`) is a
claim about one case, and that case is measured; any other statement has to hold on
every measured row that meets its condition. A bound has to be reached, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Protocol

import numpy as np

from verified_docs.blocks import Formula
from verified_docs.examples import Falsehood
from verified_docs.relations import Relation
from verified_docs.statements import HAS_CONTENT, Context, Statement, statements
from verified_docs.tex import UnreadableTeX

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
