r"""What a formula claims.

`A \qquad B` says A wherever B holds, which is how a displayed equation states its
condition; `B \Rightarrow A` says the same in a sentence; `A \iff B` says it both ways;
`L := A` gives a letter its meaning.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from verified_docs.blocks import Formula
from verified_docs.relations import Relation, joined_rows, relations
from verified_docs.tex import UnreadableTeX, split

# A digit or a relation: more than the name of something.
HAS_CONTENT = re.compile(r"[\d=<>]|\\(?:le|ge|ne)\b")
SAYS_SOMETHING = re.compile(r"[=<>]|\\(?:le|ge|ne|iff)\b")
# Letters compared with letters, in passing.
MENTION = re.compile(r"\s*[a-zA-Z]'?\s*(?:[=<>]|\\(?:le|ge|ne))\s*[a-zA-Z]'?\s*$")


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
