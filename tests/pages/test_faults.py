"""Every formula, made false in one place, is found false: no check of it is blind."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from tests.adapter import PROJECT, SOURCES, items_of
from verified_docs.formulas import Context, check
from verified_docs.source import Falsehood, Item

SIGNS = {"+": "-", "-": "+"}
INEQUALITIES = {r"\le ": "< ", r"\ge ": "> ", "<": r"\le ", ">": r"\ge "}
ONLY_LETTERS = re.compile(r"[A-Za-z']+(?:\s*(?:\\[a-z]+|[=<>])\s*[A-Za-z']+)?$")
# More than a name: said here again, as what is tested may be wrong.
HAS_CONTENT = re.compile(r"[\d=<>+/-]|\\(?:le|ge|ne|cdot|times)\b")
DIGIT = re.compile(r"(?<![A-Za-z_])\d")
# What is changed and yet true, with the reason why nothing could find it.
EQUIVALENT = {
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


def of_formula(formula: Item) -> Iterator[Item]:
    """Each formula that differs by one digit, sign or relation."""
    text = formula.text
    if ONLY_LETTERS.match(text) or not HAS_CONTENT.search(text):
        return
    for start, end, other in (*_digits(text), *_marks(text)):
        yield replace(formula, text=text[:start] + other + text[end:])


def _digits(text: str) -> Iterator[tuple[int, int, str]]:
    for match in DIGIT.finditer(text):
        yield match.start(), match.end(), str((int(match[0]) + 1) % 10)


def _marks(text: str) -> Iterator[tuple[int, int, str]]:
    for match in re.finditer(r"[+-]", text):
        yield match.start(), match.end(), SIGNS[match[0]]
    for mark, other in INEQUALITIES.items():
        for match in re.finditer(re.escape(mark), text):
            yield match.start(), match.end(), other


def verdict(formula: Item, page: Context) -> bool:
    """Whether the page's own check finds it true."""
    try:
        check(formula, PROJECT.measured, page)
    except Falsehood:
        return False
    return True


def survivors(formulas: list[Item]) -> Iterator[tuple[str, bool]]:
    """Each fault that can be made in these formulas, and whether it was not found."""
    page = Context.of(formulas)
    for formula in formulas:
        for changed in of_formula(formula):
            what = f"{formula.key} -> {changed.key}"
            if ":=" in formula.text:
                # A definition shows only in the formulas that use it.
                again = [changed if one is formula else one for one in formulas]
                other = Context.of(again)
                yield what, all(verdict(one, other) for one in again)
            else:
                yield what, verdict(changed, page)


@pytest.mark.slow
def test_every_fault_is_found(record_property: Callable[[str, object], None]) -> None:
    made, unfound, equivalent = set(), [], set()
    for name in SOURCES:
        # Both languages have the same formulas, as their comparison says.
        if name.startswith("docs/zh/"):
            continue
        formulas = [item for item in items_of(name) if item.is_formula]
        for what, survived in survivors(formulas):
            made.add(what)
            if survived and what in EQUIVALENT:
                equivalent.add(what)
            elif survived:
                unfound.append(f"{name}: {what}")

    assert unfound == []
    assert equivalent == set(EQUIVALENT), "a fault listed as equivalent is none"
    record_property(
        "count", ["different faults made and found", len(made - equivalent)]
    )


def test_a_formula_that_is_changed_in_every_place_is_changed() -> None:
    formula = Item("inline", r"i'=5, k=3, s=2 \Rightarrow o' \le 11", 1, (0, 0))
    changed = [one.text for one in of_formula(formula)]

    assert r"i'=6, k=3, s=2 \Rightarrow o' \le 11" in changed
    assert r"i'=5, k=3, s=2 \Rightarrow o' < 11" in changed
    assert len(set(changed)) == len(changed) == 6
    assert list(of_formula(replace(formula, text="k"))) == []
