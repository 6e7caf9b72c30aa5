"""The page and the section that answer a question are there, with its sizes.

tests/data/answers.json says which page and which section that is.
"""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from tests.adapter import PAGES, ROOT
from tests.widgets.engine import WIDGETS
from verified_docs.javascript import Engine

ANSWERS = json.loads((ROOT / "tests/data/answers.json").read_text("utf-8"))
SIZES = {
    question["id"]: question["settings"]
    for question in json.loads((ROOT / "tests/data/questions.json").read_text("utf-8"))
}
PARAMETERS = ("kernel_size", "stride", "padding", "output_padding", "dilation")


def pages_of(site: Path, language: str) -> dict[str, BeautifulSoup]:
    """What is shown of each page that answers something."""
    names = {answer["page"] for answer in ANSWERS}
    files = {name: site / language / name / "index.html" for name in names}
    return {
        name: BeautifulSoup(file.read_text("utf-8"), "lxml")
        for name, file in files.items()
    }


@pytest.mark.parametrize("language", PAGES)
def test_the_answer_to_a_question_has_its_place(site: Path, language: str) -> None:
    pages = pages_of(site, language)

    assert not [
        answer
        for answer in ANSWERS
        if pages[answer["page"]].article.find(id=answer["anchor"]) is None
    ]


def test_the_sizes_of_an_answer_stand_there_or_come_out_of_the_calculator(
    site: Path,
) -> None:
    pages = pages_of(site, "en")
    texts = {name: page.article.get_text(" ") for name, page in pages.items()}
    engine = Engine(WIDGETS / "sizes.mjs")

    for answer in ANSWERS:
        for setting in SIZES.get(answer["id"], []):
            size, shown = setting["out_size"], texts[answer["page"]]
            assert stands_in(shown, size) or size == calculated(engine, setting), (
                setting
            )


def stands_in(text: str, size: int) -> bool:
    return re.search(rf"(?<!\d){size}(?!\d)", text) is not None


def calculated(engine: Engine, setting: dict[str, Any]) -> Any:
    name = "convSize" if setting["layer"] == "Conv" else "convTransposeSize"
    given = {key: setting[key] for key in PARAMETERS if key in setting}
    return engine.ask(f"{name}({setting['in_size']}, given)", given)
