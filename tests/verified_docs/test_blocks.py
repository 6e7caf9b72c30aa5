"""However a block is spelt, what the reader sees is what is found, with its line."""

import pytest

from tests.adapter import MARKDOWN
from verified_docs import blocks
from verified_docs.blocks import UnknownSource


def found(source: str) -> list[tuple[str, str, int]]:
    page = blocks.render(source, MARKDOWN)
    return [(b.language, b.text.strip(), b.line) for b in blocks.blocks(source, page)]


@pytest.mark.parametrize(
    "fence",
    [
        "```python",
        "``` python",
        "```py",
        '```python title="x.py"',
        '```python hl_lines="1"',
        "```{.python}",
        "```{ .python .annotate }",
        "~~~python",
        "````python",
    ],
)
def test_every_spelling_of_a_python_fence_is_found(fence: str) -> None:
    mark = fence[0] * (4 if fence.startswith("````") else 3)
    source = f"Text.\n\n{fence}\nx = 1\n{mark}\n"

    # A block of the language py is refused when it is run, like any but python.
    language = "py" if fence == "```py" else "python"
    assert found(source) == [(language, "x = 1", 4)]


@pytest.mark.parametrize(
    ("source", "line"),
    [
        pytest.param(
            "!!! note\n\n    ```python\n    x = 1\n    ```\n", 4, id="admonition"
        ),
        pytest.param("??? tip\n\n    ```python\n    x = 1\n    ```\n", 4, id="details"),
        pytest.param('=== "Tab"\n\n    ```python\n    x = 1\n    ```\n', 4, id="tab"),
        pytest.param(
            '!!! note\n\n    === "Tab"\n\n        ```python\n        x = 1\n        ```\n',
            6,
            id="tab-in-admonition",
        ),
        pytest.param("- item\n\n    ```python\n    x = 1\n    ```\n", 4, id="list"),
        pytest.param("> ```python\n> x = 1\n> ```\n", 2, id="quote"),
    ],
)
def test_a_block_inside_another_element_has_its_own_line(
    source: str, line: int
) -> None:
    assert found(source) == [("python", "x = 1", line)]


def test_what_stands_in_a_comment_is_not_seen() -> None:
    assert found("<!--\n```python\nx = 1\n```\n-->\n\n```python\nx = 2\n```\n") == [
        ("python", "x = 2", 8)
    ]


def test_a_fence_inside_a_longer_fence_is_text() -> None:
    source = "````markdown\n```python\nx = 1\n```\n````\n\n```python\nx = 1\n```\n"

    assert [(language, line) for language, _, line in found(source)] == [
        ("markdown", 2),
        ("python", 8),
    ]


def test_the_same_block_twice_is_two_blocks() -> None:
    source = "```python\nx = 1\n```\n\n```python\nx = 1\n```\n"

    assert [line for _, _, line in found(source)] == [2, 6]


def test_lines_are_counted_with_the_front_matter() -> None:
    assert found("---\ntitle: x\n---\n\n```python\nx = 1\n```\n")[0][2] == 6


def test_an_indented_block_is_seen_and_refused() -> None:
    with pytest.raises(UnknownSource, match="not in the source as a fence"):
        found("Text.\n\n    x = 1\n")


def test_formulas_are_found_with_their_lines() -> None:
    source = (
        "A $x < 1$ and\n$y$.\n\n$$\na\n= b\n$$\n\n!!! note\n\n    $$\n    c\n    $$\n"
    )
    page = blocks.render(source, MARKDOWN)

    assert [(f.tex, f.display, f.line) for f in blocks.formulas(source, page)] == [
        ("x < 1", False, 1),
        ("y", False, 2),
        ("a\n= b", True, 5),
        ("c", True, 12),
    ]


def test_a_row_of_numbers_under_letters_is_a_claim() -> None:
    source = "| $a$ | $b$ |\n| --- | --- |\n| 1 | 2 |\n| 3 | 4 |\n"
    page = blocks.render(source, MARKDOWN)

    assert [(f.tex, f.line) for f in blocks.formulas(source, page)][2:] == [
        (r"a=1 \Rightarrow b=2", 3),
        (r"a=3 \Rightarrow b=4", 4),
    ]


def test_a_formula_of_a_footnote_is_found_where_it_is_written() -> None:
    source = "Text.[^1]\n\n[^1]: With $x$.\n\nThen $y$.\n"
    page = blocks.render(source, MARKDOWN)

    assert [(f.tex, f.line) for f in blocks.formulas(source, page)] == [
        ("y", 5),
        ("x", 3),
    ]
