"""Every claim of every page, made false in one place, is found: no check is blind."""

from collections.abc import Callable, Iterator

import pytest

from tests.adapter import SOURCES, SUITE, items_of
from verified_docs import equations, examples, mutants
from verified_docs.blocks import Block, Formula
from verified_docs.examples import Falsehood
from verified_docs.statements import Context

pytestmark = pytest.mark.slow

# What is changed and yet true, with the reason why nothing could find it.
EQUIVALENT = {
    r"o'=11, k=3, s=2, p=0 \Rightarrow i'=5 -> o'=12, k=3, s=2, p=0 \Rightarrow i'=5": (
        "12 shares its output with 11"
    ),
    r"o'=10, k=3, s=2, p=0 \Rightarrow i'=4 -> o'=10, k=4, s=2, p=0 \Rightarrow i'=4": (
        "both kernels turn 10 into 4"
    ),
    r"o'=15, k=3, s=2, d=3 \Rightarrow i'=5 -> o'=16, k=3, s=2, d=3 \Rightarrow i'=5": (
        "16 shares its output with 15"
    ),
    r"o' = si', \qquad p = \left\lfloor \frac{k - s + 1}{2} \right\rfloor, p' = (k - s) "
    r"\bmod 2 -> o' = si', \qquad p = \left\lfloor \frac{k - s + 1}{2} \right\rfloor, "
    r"p' = (k + s) \bmod 2": "the sum and the difference are both even or both odd",
    r"i=6, k=3, s=2, p=0 \Rightarrow o=2 -> i=6, k=4, s=2, p=0 \Rightarrow o=2": (
        "a kernel of 4 reads the last input too, and the output size stays"
    ),
    r"i=6, k=3, s=2, p=0 \Rightarrow o=2 -> i=6, k=3, s=3, p=0 \Rightarrow o=2": (
        "two windows of 3 fit into 6 without overlap too"
    ),
    r"2p \le d(k - 1) \Rightarrow o \le i -> 3p \le d(k - 1) \Rightarrow o \le i": (
        "the condition became stronger, so the conclusion still holds"
    ),
    r"\begin{aligned} o &= \left\lfloor \frac{i - 1}{s} \right\rfloor + 1 \\ &\qquad "
    r"2p = s \left\lfloor \frac{i - 1}{s} \right\rfloor + d(k - 1) + 1 - i "
    r"\end{aligned} -> \begin{aligned} o &= \left\lfloor \frac{i - 1}{s} "
    r"\right\rfloor + 1 \\ &\qquad 2p = s \left\lfloor \frac{i - 1}{s} \right\rfloor "
    r"- d(k - 1) + 1 - i \end{aligned}": (
        "only kernels of one element meet the condition then, and for them it is the same"
    ),
}


def faults(name: str) -> Iterator[tuple[str, int, Callable[[], None]]]:
    """Each fault of a file: what it is, its line, and the check that must find it."""
    items = items_of(name)
    formulas = [item for item in items if isinstance(item, Formula)]
    page = Context.of(formulas)
    for item in items:
        if isinstance(item, Block):
            for what, block in mutants.of_block(item):
                yield what, item.line, _block_check(block)
        elif ":=" in item.tex:
            # A definition shows only in the formulas that use it.
            for what, changed in mutants.of_formula(item):
                again = [
                    changed if formula is item else formula for formula in formulas
                ]
                yield what, item.line, _page_check(again)
        else:
            for what, changed in mutants.of_formula(item):
                yield what, item.line, _formula_check(changed, page)


def _block_check(block: Block) -> Callable[[], None]:
    return lambda: examples.check(block, SUITE.run_command)


def _formula_check(formula: Formula, page: Context) -> Callable[[], None]:
    return lambda: equations.check(formula, SUITE.measured, page)


def _page_check(formulas: list[Formula]) -> Callable[[], None]:
    def check() -> None:
        for falsehood in SUITE.falsehoods(formulas):
            raise falsehood

    return check


def test_every_fault_is_found(record_count: Callable[[str, int], None]) -> None:
    made, unfound, equivalent = 0, [], set()
    for name in SOURCES:
        for what, line, check in faults(name):
            made += 1
            what = " ".join(what.split())
            try:
                check()
            except Falsehood:
                continue
            if what in EQUIVALENT:
                equivalent.add(what)
                made -= 1
            else:
                unfound.append(f"{name}:{line}: {what}")

    record_count("faults made and found", made - len(unfound))
    assert unfound == []
    assert equivalent == set(EQUIVALENT), "a fault listed as equivalent is none"
    assert made > 1000
