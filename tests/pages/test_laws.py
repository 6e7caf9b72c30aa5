"""Each law is proved, is about something, and is checked by the test it names."""

import re
from collections.abc import Callable
from typing import Any

import pytest
import z3

from tests.adapter import PAGES, ROOT, items_of
from verified_docs.blocks import Block

LAWS = "reference/laws.md"
PROOFS = [
    item
    for item in items_of(f"docs/en/{LAWS}")
    if isinstance(item, Block) and "prove(" in item.text
]


def claims(block: Block, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What a block asks Z3 to prove."""
    asked: list[Any] = []
    monkeypatch.setattr(z3, "prove", asked.append)
    exec(compile(block.copied, "<law>", "exec"), {"__name__": "__main__"})
    return asked


@pytest.mark.parametrize("block", PROOFS, ids=lambda block: str(block.line))
def test_a_negated_law_has_a_counter_model(
    block: Block,
    monkeypatch: pytest.MonkeyPatch,
    record_count: Callable[[str, int], None],
) -> None:
    asked = claims(block, monkeypatch)
    assert asked
    for claim in asked:
        condition, conclusion = claim.children()
        # The law itself has none ...
        assert z3.Solver().check(z3.And(condition, z3.Not(conclusion))) == z3.unsat
        # ... its negation has, so the condition can be met and the proof says something.
        assert z3.Solver().check(z3.And(condition, conclusion)) == z3.sat


def test_the_laws_proved_are_counted(
    monkeypatch: pytest.MonkeyPatch, record_count: Callable[[str, int], None]
) -> None:
    proved = sum(len(claims(block, monkeypatch)) for block in PROOFS)

    record_count("theorems proved", proved)
    assert proved >= 14


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

    assert len(named) == len(re.findall(r"^## L\d+\.", text, re.MULTILINE))
    assert [name for name in named if f"def {name}(" not in tests] == []
