"""Formulas arrive typeset, readable by ear, and copyable; bad TeX stops the build."""

import re

import pytest
from bs4 import BeautifulSoup
from markdown import Markdown

from tests.adapter import MARKDOWN
from verified_docs.typesetting import TeXError


def page(source: str) -> BeautifulSoup:
    return BeautifulSoup(MARKDOWN.reset().convert(source), "html.parser")


def test_a_formula_is_a_picture_mathml_and_its_tex() -> None:
    formula = page("So $x < 2$ holds.").select_one(".maths--inline")

    assert formula is not None
    assert formula["data-tex"] == "x < 2"
    assert formula.select_one("svg[aria-hidden=true]")
    assert formula.select_one("math mo")
    tex = formula.select_one(".maths__tex")
    assert tex is not None
    assert tex.text == "$x < 2$"


def test_a_displayed_formula_has_a_button_that_copies_its_tex() -> None:
    button = page("$$\na & b\n$$".replace("&", "<")).select_one(
        ".maths--display button"
    )

    assert button is not None
    assert button["data-clipboard-text"] == "a < b"


def test_glyphs_are_defined_once_a_page_and_all_that_are_used_are_defined() -> None:
    shown = page("$x$ and $x$\n\n$$\nx + y\n$$\n")

    ids = [path["id"] for path in shown.select("path[id]")]
    used = {use["xlink:href"].removeprefix("#") for use in shown.select("use")}  # type: ignore[union-attr]
    assert len(ids) == len(set(ids))
    assert used == set(ids)


def test_docstrings_rendered_on_their_own_share_the_pages_glyphs() -> None:
    inner = Markdown(
        extensions=["pymdownx.arithmatex", "verified_docs.mathematics"],
        extension_configs={"pymdownx.arithmatex": {"generic": True}},
    ).convert("$x$")
    shown = page(f"$x$\n\n<div>{inner}</div>\n")

    assert len(shown.select(".maths")) == 2
    assert len(shown.select("path[id=mjx-I-1D465]")) == 1


@pytest.mark.parametrize("tex", [r"\fracx{1}{2}", r"\frac{1", r"x \right)", r"x^2^3"])
def test_bad_tex_is_an_error_with_its_line(tex: str) -> None:
    with pytest.raises(TeXError, match=r"line 3 .*" + re.escape(tex)):
        page(f"Text.\n\n$$\n{tex}\n$$\n".replace("$$\n", "$$", 1))


def test_search_reads_a_formula_once_as_its_tex() -> None:
    shown = page("So $x < 2$ holds.")

    for excluded in shown.select("[data-search-exclude], svg"):
        excluded.decompose()
    assert shown.get_text() == "So $x < 2$ holds."
