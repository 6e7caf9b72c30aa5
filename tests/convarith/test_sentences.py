"""Every sentence stands in one table, in both languages, and is said somewhere."""

import ast
import re
from collections.abc import Iterator

from convarith._say import shown
from convarith._sentences import SENTENCES
from tests.adapter import ROOT

SOURCES = sorted((ROOT / "src" / "convarith").rglob("*.py"))
# Names that are put together from one of these and another word.
FAMILIES = ("at-least:", "line:")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def _calls() -> Iterator[tuple[str, ast.Call]]:
    for source in SOURCES:
        if source.name != "_sentences.py":
            for node in ast.walk(ast.parse(source.read_text("utf-8"))):
                if isinstance(node, ast.Call):
                    yield str(source), node


def _words() -> set[str]:
    """All strings of the code."""
    return {
        node.value
        for source in SOURCES
        if source.name != "_sentences.py"
        for node in ast.walk(ast.parse(source.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_sentence_has_a_twin_with_the_same_values() -> None:
    for key, pair in SENTENCES.items():
        english, chinese = (set(re.findall(r"\{\w+(?:!r)?\}", text)) for text in pair)
        assert english == chinese, key


def test_what_is_said_is_in_the_table() -> None:
    said: dict[str, str] = {}
    for source, call in _calls():
        name = ast.unparse(call.func).rpartition(".")[2]
        place = {"of": 0, "Sentence": 0, "say": 1}.get(name)
        if place is not None and len(call.args) > place:
            said |= dict.fromkeys(_keys(call.args[place]), source)

    assert len(said) > 80
    assert not {key: source for key, source in said.items() if key not in SENTENCES}


def _keys(node: ast.expr) -> list[str]:
    if isinstance(node, ast.IfExp):
        return [*_keys(node.body), *_keys(node.orelse)]
    return [str(node.value)] if isinstance(node, ast.Constant) else []


def test_what_is_in_the_table_is_said() -> None:
    words = _words()
    for key in SENTENCES:
        base = re.sub(":(because|valid)$", "", key)
        family = next((f for f in FAMILIES if key.startswith(f)), "")
        assert {key, base, key.removeprefix(family)} & words, key


def test_no_refusal_is_worded_where_it_is_raised() -> None:
    for source, call in _calls():
        name = ast.unparse(call.func)
        assert name not in ("SizeError", "SizeTypeError"), f"{source}:{call.lineno}"


def test_a_number_too_long_to_write_is_counted_in_bits() -> None:
    assert shown(10**5000) == "<an int of 16610 bits>"
    assert shown(5) == "5"
