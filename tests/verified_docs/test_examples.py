"""A block that does not do what it shows is a falsehood with a line."""

import pytest

from verified_docs import examples
from verified_docs.blocks import Block
from verified_docs.examples import Falsehood
from verified_docs.payload import payload


def run(language: str, text: str) -> None:
    examples.check(Block(language, text, payload(language, text), 10))


def line_of_falsehood(language: str, text: str) -> int:
    with pytest.raises(Falsehood) as caught:
        run(language, text)
    return caught.value.line


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("python", "print(1)\n#> 1\n"),
        ("python", "print(1)\nprint(2)\n#> 1\n#> 2\n"),
        ("python", "print(1)\n#> 1\nx = 2\nprint(x)\n#> 2\n"),
        ("python", "for n in range(2):\n    print(n)\n#> 0\n#> 1\n"),
        ("python", "print()\nprint('a  b')\n#>\n#> a  b\n"),
        ("python", "x = 1  # silent\n"),
        ("pycon", ">>> 1 + 1\n2\n>>> 'a'\n'a'\n>>> 1, 2\n(1, 2)\n"),
        ("pycon", ">>> for n in range(2):\n...     print(n)\n0\n1\n"),
        ("pycon", ">>> x = 3\n>>> x  # why\n3\n"),
        ("console", '$ python -c "print(1)"\n1\n'),
    ],
)
def test_what_is_shown_truly_passes(language: str, text: str) -> None:
    run(language, text)


@pytest.mark.parametrize(
    ("language", "text", "line"),
    [
        pytest.param("python", "print(1)\n#> 2\n", 11, id="wrong-output"),
        pytest.param("python", "print(1)\n", 11, id="output-not-shown"),
        pytest.param("python", "x = 1\n#> 1\n", 11, id="output-never-printed"),
        pytest.param(
            "python", "print(1)\n#> 1\nprint(2)\n#> 3\n", 13, id="second-output"
        ),
        pytest.param("python", "x = 1\n\ny = 1 / 0\n", 12, id="raises"),
        pytest.param("python", "x = 1\nx = = 2\n", 11, id="syntax"),
        pytest.param(
            "python", "print(unknown)\n#> 1\n", 10, id="name-of-another-block"
        ),
        pytest.param(
            "python",
            "if True:\n    print(1)\n    #> 1\n    x = 2\n",
            12,
            id="output-inside",
        ),
        pytest.param("pycon", ">>> 1\n1\n>>> 2\n3\n", 12, id="session"),
        pytest.param("pycon", ">>> 1 / 0\n", 10, id="session-raises"),
        pytest.param("console", '$ python -c "print(1)"\n2\n', 10, id="shell"),
        pytest.param(
            "console", "$ python -c 'import sys; sys.exit(3)'\n", 10, id="shell-fails"
        ),
        pytest.param("python", "x = 1\nprint(1)  #> 1\n", 11, id="output-beside"),
        pytest.param("python", "x = 1\n# that makes 3\n", 11, id="number-in-a-comment"),
        pytest.param(
            "python", "for n in ():\n    x = n\n    #> 1\n", 12, id="output-in-a-loop"
        ),
        pytest.param("python", "# nothing\n", 10, id="no-code"),
        pytest.param("pycon", "It is 9.\n>>> 1\n1\n", 10, id="words-before-a-session"),
        pytest.param(
            "pycon", ">>> x = 1\n>>> x  # not 2\n1\n", 11, id="session-comment"
        ),
        pytest.param("py", "x = 1\n", 10, id="py"),
        pytest.param("bash", "make test\n", 10, id="language-nobody-runs"),
        pytest.param("text", "anything\n", 10, id="text"),
    ],
)
def test_what_is_shown_falsely_is_found_with_its_line(
    language: str, text: str, line: int
) -> None:
    assert line_of_falsehood(language, text) == line


def test_a_block_whose_button_copies_something_else_is_a_falsehood() -> None:
    with pytest.raises(Falsehood, match="copy button"):
        examples.check(Block("python", "x = 1\n", "x = 2\n", 1))


def test_blocks_share_nothing() -> None:
    run("python", "kept = 1\n")

    assert line_of_falsehood("python", "print(kept)\n#> 1\n") == 10


def test_a_command_that_is_known_but_not_run_does_not_count_as_run() -> None:
    block = Block("console", "$ make test\n", "make test\n", 1)

    assert examples.check(block, lambda _: None) == 0
    assert examples.check(block, lambda _: "") == 1
    with pytest.raises(Falsehood):
        examples.check(block, lambda _: "No rule to make target")
