"""A formula says what it says, and a wrong one is found on some measured row."""

import pytest

from tests.measurements import Torch
from verified_docs import equations
from verified_docs.blocks import Formula
from verified_docs.examples import Falsehood
from verified_docs.statements import Context

TORCH = Torch()


def check(
    tex: str, *, display: bool = True, defined: dict[str, str] | None = None
) -> None:
    page = Context(defined or {}, frozenset())
    equations.check(Formula(tex, display, 7), TORCH, page)


TRUE = [
    r"(i' - 1)s + k - 2p \le o' < i's + k - 2p",
    r"o' = (i' - 1)s + k - 2p + p'",
    r"o' = \left(i' - 1\right) s + d(k - 1) + 1 - 2p + p'",
    r"o = \left\lfloor \frac{i - k + 2p}{s} \right\rfloor + 1",
    r"o' = (i' - 1)s + k - 2p, \qquad (o' - k + 2p) \bmod s = 0",
    r"\begin{aligned} i' &= \frac{o' - k + 2p - p'}{s} + 1 \\ &= \left\lfloor \frac{o' - k + 2p}{s} \right\rfloor + 1 \end{aligned}",
    r"0 \le p' < \max(s, d)",
    r"p' = 0 \iff (o' - k + 2p) \bmod s = 0",
    r"2p \le d(k - 1) \Rightarrow o \le i",
    r"p' = (i + 2p - d(k - 1) - 1) \bmod s, \qquad i' = o, o' = i",
    r"p' = 0 \iff (i + 2p - d(k - 1) - 1) \bmod s = 0, \qquad i' = o, o' = i",
    r"i'=4, o'=10, k=3, s=2 \Rightarrow p'=1",
    r"i'=5, k=3, s=2, p=0 \Rightarrow o'=11",
    r"i=10, k=3, s=2 \Rightarrow o=4",
    r"o'=10, k=3, s=2 \Rightarrow i'=4",
]

FALSE = [
    r"0 \le o'",
    r"(i' - 1)s + k - 3p \le o'",
    r"o' < i's + k - 2p + 1",
    r"p' \le \max(s, d)",
    r"o' = (i' - 1)s + k - 2p - p'",
    r"o' = (i' + 1)s + k - 2p + p'",
    r"o' = (i' - 1)s + k - 3p + p'",
    r"o = \frac{i - k + 2p}{s} + 1",
    r"o' = (i' - 1)s + k - 2p",
    r"p' < \max(s, d) - 1",
    r"p' = 1 \iff (o' - k + 2p) \bmod s = 0",
    r"2p \le d(k + 1) \Rightarrow o \le i",
    r"i'=5, k=3, s=2, p=0 \Rightarrow o'=12",
    r"i'=5, k=3, s=3, p=0 \Rightarrow o'=11",
    r"i'=5, k=3, s=2, p'=2 \Rightarrow o'=13",
    r"i'=4, o'=10, k=3, s=2 \Rightarrow p'=0",
    r"o'=9, p'=1, k=3, s=2 \Rightarrow i'=4",
    r"i=5, o=99, k=3, s=1 \Rightarrow p=0",
    r"i'=5, k=3, s=2, x=12 \Rightarrow o'=11",
    r"i' = o",
    r"o' = i",
    r"i'=5 \Rightarrow k=3 \Rightarrow o'=11",
    r"|o'| = 3",
    r"99",
    r"d(k - 1) + 5",
    r"o' = 11",
    r"x = 11",
    r"o' = \mystery(i')",
    r"o' = (i' - 1",
]


@pytest.mark.parametrize("tex", TRUE)
def test_a_true_formula_holds(tex: str) -> None:
    check(tex)
    check(tex, display=False)


@pytest.mark.parametrize("tex", FALSE)
def test_a_false_formula_is_found_with_its_line(tex: str) -> None:
    for display in (True, False):
        with pytest.raises(Falsehood) as caught:
            check(tex, display=display)

        assert caught.value.line == 7


def test_what_only_mentions_has_to_be_part_of_a_checked_formula() -> None:
    page = Context.of([Formula(r"o' = i' - 1, \qquad p' < s", True, 1)])

    for tex in ("p' < s", "i' - 1", "s", "p'"):
        assert equations.check(Formula(tex, False, 7), TORCH, page) == 0
    for tex in ("p' > s", "i' - 2", "i' - 12", "o' < i'", "p' = s"):
        with pytest.raises(Falsehood, match="part of no formula"):
            equations.check(Formula(tex, False, 7), TORCH, page)


def test_a_condition_with_a_number_is_a_claim() -> None:
    with pytest.raises(Falsehood):
        check("p' = 1", display=False)


def test_a_defined_letter_stands_for_its_meaning() -> None:
    formulas = [Formula(r"L := (i' - 1)s + d(k - 1) + 1", True, 1)]
    defined = Context.of(formulas).defined

    check("o' = L - 2p + p'", defined=defined)
    with pytest.raises(Falsehood):
        check("o' = L - 2p - p'", defined=defined)
    with pytest.raises(Falsehood, match="nothing is known of L"):
        check("o' = L - 2p + p'")


def test_a_statement_that_no_row_meets_is_not_believed() -> None:
    with pytest.raises(Falsehood, match="is about 0 rows only"):
        check(r"o' = 0, \qquad s = 99")


def test_a_wrong_definition_is_found_where_it_is_used() -> None:
    wrong = Context.of([Formula(r"L := (i' - 1)s + d(k - 1) + 2", True, 1)]).defined

    with pytest.raises(Falsehood):
        check("o' = L - 2p + p'", defined=wrong)
