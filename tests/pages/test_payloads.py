"""What the copy buttons give runs alone, against the built package, and prints what is shown."""

import random
import re
from collections.abc import Callable

import pytest

from tests.adapter import ROOT, SOURCES, SUITE, items_of
from verified_docs.alone import Outcome, Reader
from verified_docs.blocks import Block
from verified_docs.examples import all_output

SEED = 20261123
SAMPLE = 24
IMPORT = re.compile(r"(from \S+ )?import ")


def copied_blocks() -> dict[str, tuple[str, Block]]:
    """Every different payload, with one of the places it is copied from."""
    found: dict[str, tuple[str, Block]] = {}
    for name in SOURCES:
        for item in items_of(name):
            if isinstance(item, Block):
                found.setdefault(item.copied, (f"{name}:{item.line}", item))
    return found


ALL = copied_blocks()
SCRIPTS = {code: where for code, where in ALL.items() if where[1].language != "console"}
# `make test` is what is running, and the browser tests start `make serve`.
COMMANDS = {
    code: where
    for code, where in ALL.items()
    if where[1].language == "console" and not code.startswith("make ")
}


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    return Reader.with_wheel(ROOT, tmp_path_factory.mktemp("wheel"))


def check(blocks: dict[str, tuple[str, Block]], outcomes: list[Outcome]) -> None:
    for (where, block), outcome in zip(blocks.values(), outcomes, strict=True):
        assert outcome.code == 0, f"{where}: copied and run alone\n{outcome.errors}"
        assert outcome.output == all_output(block), f"{where}: copied and run alone"


def test_every_payload_runs_alone_and_prints_what_is_shown(
    reader: Reader, record_count: Callable[[str, int], None]
) -> None:
    check(SCRIPTS, reader.forked(list(SCRIPTS), imports=["torch"]))
    check(COMMANDS, [reader.in_shell(code) for code in COMMANDS])

    record_count("payloads run alone", len(SCRIPTS) + len(COMMANDS))
    assert len(SCRIPTS) > 20


@pytest.mark.slow
def test_payloads_run_in_a_fresh_interpreter(reader: Reader, exhaustive: bool) -> None:
    chosen = SCRIPTS
    if not exhaustive:
        names = random.Random(SEED).sample(sorted(SCRIPTS), min(SAMPLE, len(SCRIPTS)))
        chosen = {code: SCRIPTS[code] for code in names}

    check(chosen, reader.fresh(list(chosen)))
    assert len(chosen) >= 20


def test_the_reader_has_the_built_package_and_nothing_of_the_source(
    reader: Reader,
) -> None:
    built, source = reader.forked(
        ["import convarith\nprint(convarith.__file__)\n", "import verified_docs\n"], []
    )

    assert built.code == 0
    assert str(ROOT / "src") not in built.output
    assert source.code == 1
    assert "No module named 'verified_docs'" in source.errors


def test_payloads_share_nothing_with_each_other(reader: Reader) -> None:
    first, second = reader.forked(
        [
            "kept = 1\nopen('kept', 'w').close()\n",
            "import os\nprint(os.listdir(), kept)\n",
        ],
        [],
    )

    assert first.code == 0
    assert second.code == 1


def test_a_payload_without_its_imports_is_found(reader: Reader) -> None:
    lacking = {
        "".join(line for line in code.splitlines(True) if not IMPORT.match(line)): where
        for code, where in SCRIPTS.items()
        if any(map(IMPORT.match, code.splitlines()))
    }

    outcomes = reader.forked(list(lacking), ["torch"])
    # Plain arithmetic needs none.
    assert len(SCRIPTS) - len(lacking) < 5
    for (code, where), outcome in zip(lacking.items(), outcomes, strict=True):
        with pytest.raises(AssertionError, match="copied and run alone"):
            check({code: where}, [outcome])


def test_a_block_that_continues_another_carries_what_it_needs() -> None:
    source = (
        "```{.python #one}\nx = 1\nprint(x)\n#> 1\n```\n\n"
        '```{.python continues="one"}\nprint(x + 1)\n#> 2\n```\n'
    )
    _, second = SUITE.of_page(source)

    assert isinstance(second, Block)
    assert second.copied == "x = 1\nprint(x)\nprint(x + 1)\n"
    assert all_output(second) == "1\n2\n"
    assert list(SUITE.falsehoods([second])) == []
