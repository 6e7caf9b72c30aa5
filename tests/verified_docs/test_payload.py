"""What is copied is code that runs and prints what the page shows."""

import pytest

from verified_docs.payload import PayloadError, payload


@pytest.mark.parametrize(
    ("language", "text", "copied"),
    [
        ("python", "x = 1\nprint(x)\n#> 1\n", "x = 1\nprint(x)\n"),
        ("python", "print(1)\n#> 1\n\nprint(2)\n#> 2\n", "print(1)\n\nprint(2)\n"),
        ("pycon", ">>> x = 1\n>>> x\n1\n", "x = 1\nprint(x)\n"),
        ("pycon", ">>> 'a'\n'a'\n", "print(repr('a'))\n"),
        ("pycon", ">>> 1, 2\n(1, 2)\n", "print((1, 2))\n"),
        ("pycon", ">>> x  # why\n1\n", "print(x)  # why\n"),
        ("pycon", ">>> print(1)\n1\n", "print(1)\n"),
        (
            "pycon",
            ">>> for n in (1, 2):\n...     print(n)\n1\n2\n",
            "for n in (1, 2):\n    print(n)\n",
        ),
        ("console", "$ make test\n3 passed\n$ make serve\n", "make test\nmake serve\n"),
        ("yaml", "a: 1\n", "a: 1\n"),
    ],
)
def test_the_payload_is_the_code_alone(language: str, text: str, copied: str) -> None:
    assert payload(language, text) == copied


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("pycon", "x = 1\n"),
        ("console", "make test\n"),
        (
            "pycon",
            ">>> 1 / 0\nTraceback (most recent call last):\n    ...\nZeroDivisionError: x\n",
        ),
    ],
)
def test_a_block_that_cannot_be_copied_and_run_is_refused(
    language: str, text: str
) -> None:
    with pytest.raises(PayloadError):
        payload(language, text)
