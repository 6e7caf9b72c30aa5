"""The conformance page is what torch does today; only legality depends on the path."""

import pytest

from tests import conformance
from tests.adapter import PAGES


@pytest.mark.parametrize("language", PAGES)
def test_the_tables_are_those_of_a_run_today(language: str) -> None:
    text = (PAGES[language] / conformance.PAGE).read_text("utf-8")

    assert conformance.with_tables(text, language) == text, (
        "python -m tests.conformance"
    )


def test_no_path_gives_another_size_to_a_legal_call() -> None:
    assert [another for another, _, _ in conformance.disagreements().values()] == [
        0
    ] * 5


def test_the_native_kernel_and_the_library_never_disagree() -> None:
    assert conformance.disagreements()["native"] == (0, 0, 0)


def test_a_changed_cell_is_found() -> None:
    text = (PAGES["en"] / conformance.PAGE).read_text("utf-8")
    changed = text.replace("| 8 | 8 |", "| 8 | 9 |", 1)

    assert changed != text
    assert conformance.with_tables(changed, "en") == text
