"""What the buttons and the keyboard copy from a page."""

import pytest
from playwright.sync_api import Page

from tests.adapter import PROJECT
from tests.browser import machine
from verified_docs.blocks import in_a_shell

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def clipboard(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def printed(language: str, shown: str) -> str:
    """What a block says that its code prints, read as its reader would."""
    lines = shown.splitlines()
    if language == "python":
        said = [
            line.removeprefix("#>").removeprefix(" ")
            for line in lines
            if line.startswith("#>")
        ]
    else:
        said = [
            line for line in lines if line and not line.startswith((">>>", "...", "$ "))
        ]
    return "".join(f"{line}\n" for line in said)


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("en/derivation/", "python"),
        ("zh/learn/output-padding/", "python"),
        ("en/", "pycon"),
        ("zh/", "console"),
        ("en/reference/api/sizes/", "pycon"),
        ("zh/reference/api/sizes/", "pycon"),
    ],
)
def test_what_the_copy_button_gives_runs_and_prints_what_the_page_shows(
    page: Page, name: str, language: str
) -> None:
    machine.visit(page, name)
    block = page.locator(f"article .highlight.language-{language}").first
    shown = block.locator("code").first.inner_text()
    block.hover()
    block.locator(".md-code__button[data-md-type=copy]").click()
    copied = clipboard(page)

    assert not any(mark in copied for mark in (">>>", "#>", "$ "))
    run = in_a_shell if language == "console" else as_a_script
    assert run(copied) == printed(language, shown)


def as_a_script(code: str) -> str:
    said = PROJECT.runner.run(code)
    return "".join(said["printed"]) + said.get("error", "")


def test_a_formula_can_be_copied_as_tex(page: Page) -> None:
    machine.visit(page, "en/derivation/")
    formula = page.locator(".maths--display").first
    formula.hover()
    formula.locator(".maths__copy").click()

    assert clipboard(page) == "o' = (i' - 1)s + d(k - 1) + 1 - 2p + p'"


def test_a_sentence_is_copied_with_its_formulas_as_tex(page: Page) -> None:
    page.goto("en/derivation/")
    page.locator("p", has_text="In letters:").first.evaluate(
        "sentence => getSelection().selectAllChildren(sentence)"
    )
    page.keyboard.press("Control+c")

    assert clipboard(page).startswith(
        "In letters: $i'=5, k=3, s=2, p=0 \\Rightarrow o'=11$."
    )
