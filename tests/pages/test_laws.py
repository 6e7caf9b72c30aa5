"""Each law of docs/*/reference/laws.md is proved, is about something, and names a test."""

import re
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
import z3

from tests import measurements
from tests.adapter import PAGES, ROOT, items_of
from verified_docs import payload
from verified_docs.source import Item

LAWS = "reference/laws.md"
PROOFS = [item for item in items_of(f"docs/en/{LAWS}") if "prove(" in item.text]


def claims(block: Item, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What a block asks Z3 to prove."""
    asked: list[Any] = []
    monkeypatch.setattr(z3, "prove", asked.append)
    exec(compile(payload.copied(block), "<law>", "exec"), {"__name__": "__main__"})
    return asked


@pytest.mark.parametrize("block", PROOFS, ids=lambda block: str(block.line))
def test_a_negated_law_has_a_counter_model(
    block: Item,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
) -> None:
    asked = claims(block, monkeypatch)
    assert asked
    for claim in asked:
        condition, conclusion = claim.children()
        # The law itself has none ...
        assert z3.Solver().check(z3.And(condition, z3.Not(conclusion))) == z3.unsat
        # ... its negation has, so the condition can be met and the proof says something.
        assert z3.Solver().check(z3.And(condition, conclusion)) == z3.sat
    record_property("count", ["theorems proved", len(asked)])


def test_a_law_with_a_wrong_constant_is_refuted() -> None:
    i, s, k, a = z3.Ints("i s k a")
    legal = z3.And(i >= 1, s >= 1, k >= 1, a >= 0)
    wrong = ((i - 1) * s + a) / s + 1 == i

    assert z3.Solver().check(z3.And(legal, z3.Not(wrong))) == z3.sat


@pytest.mark.parametrize("language", PAGES)
def test_every_law_names_a_test_that_exists(language: str) -> None:
    text = (PAGES[language] / LAWS).read_text("utf-8")
    tests = "\n".join(
        path.read_text("utf-8") for path in (ROOT / "tests" / "convarith").glob("*.py")
    )
    named = re.findall(r"`(test_\w+)`", text)
    numbers = [int(number) for number in re.findall(r"^## L(\d+)\. ", text, re.M)]

    assert numbers == [*range(1, len(numbers) + 1)]

    assert len(named) == len(re.findall(r"^## L\d+\.", text, re.MULTILINE))
    assert [name for name in named if f"def {name}(" not in tests] == []


def test_what_the_proofs_speak_of_is_what_torch_does() -> None:
    """A proof about another formula would be worth nothing."""
    letters = next(
        item for item in items_of(f"docs/en/{LAWS}") if "transposed =" in item.text
    )
    names: dict[str, Any] = {"__name__": "__main__"}
    exec(compile(letters.text, "<letters>", "exec"), names)

    def value(expression: Any, row: dict[str, int]) -> int:
        given = [(names[name], z3.IntVal(number)) for name, number in row.items()]
        return int(z3.simplify(z3.substitute(expression, *given)).as_long())

    legal, checked = names["legal"], 0
    for k, s, p, d, i in product((1, 2, 4), (1, 2, 3), (0, 1, 3), (1, 2), (1, 2, 5)):
        for a in range(max(s, d)):
            row = {"i": i, "o": 1, "k": k, "s": s, "p": p, "d": d, "a": a}
            theirs = measurements.transposed(i, k=k, s=s, p=p, d=d, a=a)
            given = [(names[name], z3.IntVal(number)) for name, number in row.items()]
            assert z3.is_true(z3.simplify(z3.substitute(legal, *given)))
            if theirs is not None:
                assert value(names["transposed"], row) == theirs
                checked += 1
            theirs = measurements.conv(i, k=k, s=s, p=p, d=d)
            if theirs is not None:
                assert value(names["conv"](names["i"]), row) == theirs
                checked += 1
    for name in ("i", "k", "s", "p", "d", "a"):
        least = 0 if name in "pa" else 1
        row = {**dict.fromkeys("iokspda", 1), name: least - 1}
        given = [(names[letter], z3.IntVal(number)) for letter, number in row.items()]
        assert z3.is_false(z3.simplify(z3.substitute(legal, *given)))
    assert checked > 500
