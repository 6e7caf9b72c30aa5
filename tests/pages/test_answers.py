"""The page and the section that answer a question are there, with its sizes.

tests/data/answers.json says which page and which section that is.
"""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from docs.javascript import DEFAULTS, Engine

from tests.adapter import PAGES, ROOT
from tests.widgets.engine import WIDGETS

ANSWERS = json.loads((ROOT / "tests/data/answers.json").read_text("utf-8"))
SIZES = {
    question["id"]: question["settings"]
    for question in json.loads((ROOT / "tests/data/questions.json").read_text("utf-8"))
}
PARAMETERS = ("kernel_size", "stride", "padding", "output_padding", "dilation")


def articles(site: Path, language: str) -> dict[str, str]:
    """What each page that answers something shows between header and footer."""
    names = {answer["page"] for answer in ANSWERS}
    files = {name: site / language / name / "index.html" for name in names}
    whole = {name: file.read_text("utf-8") for name, file in files.items()}
    return {
        name: html[html.index("<article") : html.index("</article>")]
        for name, html in whole.items()
    }


@pytest.mark.parametrize("language", PAGES)
def test_the_answer_to_a_question_has_its_place(site: Path, language: str) -> None:
    pages = articles(site, language)

    assert not [
        answer
        for answer in ANSWERS
        if f' id="{answer["anchor"]}"' not in pages[answer["page"]]
    ]


def test_the_sizes_of_an_answer_stand_there_or_come_out_of_the_calculator(
    site: Path,
) -> None:
    pages = articles(site, "en").items()
    texts = {name: re.sub(r"<[^>]*>", " ", html) for name, html in pages}
    engine = Engine(WIDGETS / "sizes.mjs")

    for answer in ANSWERS:
        for setting in SIZES.get(answer["id"], []):
            size, shown = setting["out_size"], texts[answer["page"]]
            assert stands_in(shown, size) or size == calculated(engine, setting), (
                setting
            )


def stands_in(text: str, size: int) -> bool:
    return re.search(rf"(?<!\d){size}(?!\d)", text) is not None


def test_a_size_is_not_a_part_of_a_number() -> None:
    found = [stands_in(text, 28) for text in ("is 28.", "(28, 1)", "128", "280", "")]

    assert found == [True, True, False, False, False]


def calculated(engine: Engine, setting: dict[str, Any]) -> Any:
    name = "convSize" if setting["layer"] == "Conv" else "convTransposeSize"
    given = {**DEFAULTS, **{key: setting[key] for key in PARAMETERS if key in setting}}
    return engine.ask(f"{name}({setting['in_size']}, given)", given)
