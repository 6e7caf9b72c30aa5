"""What a program has written into the pages is what it writes today."""

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from docs import conformance, draw_figures, tables, versions

from tests.adapter import ROOT

pytestmark = pytest.mark.slow


def stale(files: Iterable[tuple[Path, str]]) -> list[str]:
    """The files that are not what they should be."""
    return [
        str(path.relative_to(ROOT))
        for path, text in files
        if not path.exists() or path.read_text("utf-8") != text
    ]


@pytest.fixture(scope="module")
def written() -> list[tuple[Path, str]]:
    return list(tables.generated())


def test_every_table_figure_and_shared_part_is_up_to_date(
    written: list[tuple[Path, str]],
) -> None:
    assert stale(written) == [], "make tables writes them"


def test_what_each_version_of_torch_says_is_kept_and_compared() -> None:
    """Another version writes its own answers: make versions."""
    known = versions.recorded()
    ours = known[versions.pinned()]
    other = {**ours, "counts": ours["counts"] | {"native": "0, 1, 0"}}

    assert versions.pinned() != versions.installed() or versions.asked() == ours
    assert versions.differing(other, ours) == ["native: 0, 1, 0, was 0, 0, 0"]


def test_a_file_that_is_out_of_date_is_found(written: list[tuple[Path, str]]) -> None:
    path, text = written[0]

    assert len(written) > 10
    assert stale([(path, text + " "), (ROOT / "nowhere.svg", "")]) == [
        str(path.relative_to(ROOT)),
        "nowhere.svg",
    ]


def test_no_figure_is_left_over() -> None:
    drawn = {path.name for path in draw_figures.FIGURES.iterdir()}

    assert drawn == draw_figures.figures().keys()


def test_every_figure_stands_on_a_page_of_its_language() -> None:
    for name in draw_figures.figures():
        language = "zh" if name.endswith(".zh.svg") else "en"
        pages = [*(ROOT / "docs" / language).rglob("*.md"), *ROOT.glob("README*.md")]
        shown = [page for page in pages if f"/{name}" in page.read_text("utf-8")]
        assert shown, name


def test_a_figure_says_in_chinese_what_it_says_in_english() -> None:
    files = draw_figures.figures()
    for name in (*draw_figures.LAYERS, *draw_figures.OTHERS):
        twins = (files[f"{name}.svg"], files[f"{name}.zh.svg"])
        texts = [re.findall(r"<(?:text|desc)[^>]*>([^<]*)<", one) for one in twins]
        english, chinese = (re.findall(r"\d+", " ".join(text)) for text in texts)

        assert Counter(english) == Counter(chinese), name
        assert ElementTree.fromstring(twins[1]).get("lang") == "zh", name


def test_a_changed_cell_is_found() -> None:
    path = ROOT / "docs" / "en" / "reference" / "conformance.md"
    text = path.read_text("utf-8")
    changed = text.replace("| 8 | 8 |", "| 8 | 9 |", 1)
    today = tables.conformance.tables("en")

    assert changed != text
    assert tables.part(changed, "cases").strip() != tables.part(text, "cases").strip()
    assert today["cases"].strip() in tables.part(text, "cases")


def test_a_part_that_has_lost_its_place_is_found() -> None:
    with pytest.raises(ValueError, match="0 places for cases, not 1"):
        tables.part("<!-- case: begin -->", "cases")


def test_no_path_gives_another_size_to_a_legal_call() -> None:
    found = conformance.disagreements()

    assert [another for another, _, _ in found.values()] == [0] * 5
    assert found["native"] == (0, 0, 0)
