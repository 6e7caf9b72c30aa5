"""The widgets' arithmetic gives what the library gives, sentences included."""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
import torch
from docs.javascript import REFUSALS, WORDS, Engine, sentences

from convarith._say import LANGUAGES, say
from tests.widgets import vectors
from tests.widgets.engine import loaded, plant

# Sentences of what is typed into a box, where a layer has its numbers already.
OF_THE_PAGE = {"axis", "whole", "line:missing", "line:axes"}


@pytest.fixture(scope="session")
def shared() -> list[Any]:
    return vectors.drawn()


@pytest.fixture(scope="module")
def engine() -> Engine:
    return loaded()


def differences(engine: Engine, shared: list[Any]) -> Iterator[tuple[Any, Any]]:
    """Some at a time, for whoever needs only the first difference."""
    asked = "given.map((vector) => answer(globalThis, vector))"
    for start in range(0, len(shared), 500):
        some = shared[start : start + 500]
        for vector, answer in zip(some, engine.ask(asked, some), strict=True):
            if answer != vector[3]:
                yield vector, answer


def test_there_are_enough_vectors_of_every_kind(
    engine: Engine, shared: list[Any]
) -> None:
    assert len(shared) >= 20_000
    kinds = {(name, isinstance(found, str)) for name, _, _, found in shared}
    assert kinds >= {(name, False) for name in vectors.CALLS}
    assert kinds >= {(name, True) for name in vectors.CALLS if name != "solve"}
    assert any(name == "solve" and not found[0] for name, _, _, found in shared)
    refusals = "\n".join(found for *_, found in shared if isinstance(found, str))
    said = sentences(REFUSALS, "en")
    unsaid = {key for key, text in said.items() if not found_in(refusals, text)}
    assert unsaid == OF_THE_PAGE


def found_in(refusals: str, text: str) -> bool:
    """Whether a sentence stands there, with any values."""
    parts = map(re.escape, re.split(r"\{\w+\}", text))
    return re.search(".*?".join(parts), refusals) is not None


def test_the_sizes_in_the_vectors_are_those_of_torch(shared: list[Any]) -> None:
    """A tenth of them; the rules themselves are swept elsewhere."""
    calls = {
        "convSize": torch.nn.functional.conv1d,
        "convTransposeSize": torch.nn.functional.conv_transpose1d,
    }
    asked = 0
    for name, sizes, given, found in shared[::10]:
        if name not in calls or sizes[0] < 1:
            continue
        asked += 1
        own = {key: value for key, value in given.items() if key != "kernel_size"}
        weight = torch.zeros(1, 1, max(given["kernel_size"], 0))
        try:
            size = calls[name](torch.zeros(1, 1, sizes[0]), weight, **own).shape[-1]
        except (RuntimeError, ValueError):
            size = None
        assert size == (None if isinstance(found, str) else found), (name, sizes, given)
    assert asked > 500


def test_the_twin_gives_what_python_gives(engine: Engine, shared: list[Any]) -> None:
    assert list(differences(engine, shared)) == []


# What is broken, and whose answer shows it.
FAULTS = [
    ("convSize", "record.mjs", "slack: 2 * padding - reach", "slack: padding - reach"),
    ("convSize", "record.mjs", "dilation * (kernel_size - 1)", "dilation * kernel_size"),
    ("convInputSizes", "record.mjs", "down * out_size - slack - 1", "down * out_size - slack"),
    ("convInputSizes", "record.mjs", ") / up), 0) + 1", ") / up), 1)"),
    ("convTransposeSize", "record.mjs", "2 * padding + output_padding", "2 * padding"),
    ("convTransposeSize", "sizes.mjs", "Math.floor((uncropped - 1) / 2)", "Math.floor(uncropped / 2)"),
    ("convTransposeSize", "sizes.mjs", "output_padding < limit) return", "output_padding <= limit) return"),
    ("poolSize", "sizes.mjs", "2 * padding <= kernel_size", "2 * padding < kernel_size"),
    ("taps", "record.mjs", "step: -dilation", "step: dilation"),
    ("taps", "reads.mjs", "input < in_size", "input <= in_size"),
    ("taps", "ranking.mjs", "kernel_size % stride", "stride % kernel_size"),
    ("taps", "ranking.mjs", "1 - 2 * first", "2 - 2 * first"),
    ("solve", "ranking.mjs", "output_padding > 0 ? 1 : 0", "output_padding"),
    ("solve", "solver.mjs", "padding > reach(kernel_size, dilation)", "padding > kernel_size"),
    ("solve", "solver.mjs", "full + most - out_size) / 2) + 1", "full + most - out_size) / 2)"),
    ("solve", "solver.mjs", "less >= first", "less > first"),
    ("convSize", "errors.mjs", "parts.map", "parts.slice(1).map"),
]  # fmt: skip


@pytest.mark.parametrize(("call", "module", "before", "after"), FAULTS)
def test_a_fault_in_the_twin_is_found(
    monkeypatch: pytest.MonkeyPatch,
    shared: list[Any],
    call: str,
    module: str,
    before: str,
    after: str,
) -> None:
    plant(monkeypatch, module, before, after)
    asked = [vector for vector in shared if vector[0] == call]
    assert next(differences(loaded(), asked), None) is not None


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_says_the_sentences_of_its_language(language: str) -> None:
    said = loaded(language).ask("say('small', given)", {"k": 2, "s": 3})

    assert said == say(language, "small", k=2, s=3)


# What stands between sentences and behind numbers; Chinese has nothing there.
ONLY_ENGLISH = ("space", "ordinals")


def test_both_languages_say_the_same_things_of_the_same_values() -> None:
    for table in tomllib.loads(WORDS.read_text("utf-8")).values():
        for key, (english, chinese) in table.items():
            holes = [set(re.findall(r"\{\w+\}", text)) for text in (english, chinese)]
            assert holes[0] == holes[1], key
            if key in ONLY_ENGLISH:
                assert (bool(english), chinese) == (True, ""), key
            else:
                assert re.search(r"[\u3001-\u9fff]", chinese), key
