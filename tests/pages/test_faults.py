"""A fault made on purpose is found, with its page and line: the checks can fail."""

from pathlib import Path

import pytest

from tests.adapter import ROOT, SUITE

FAULTS = [
    pytest.param(
        "docs/en/derivation.md",
        "#> torch.Size([1, 10, 11, 11])",
        "#> torch.Size([1, 10, 11, 12])",
        id="digit-of-an-output",
    ),
    pytest.param(
        "docs/en/derivation.md",
        "o' = (i' - 1)s + k - 2p, ",
        "o' = (i' - 1)s - k - 2p, ",
        id="sign-of-an-equation",
    ),
    pytest.param(
        "docs/en/derivation.md",
        "k=3, s=2, p=0, p'=1 \\Rightarrow o'=10$",
        "k=3, s=2, p=0, p'=1 \\Rightarrow o'=11$",
        id="number-of-a-sentence",
    ),
    pytest.param(
        "docs/en/derivation.md",
        "+ 1 - 2p + p'",
        "+ 1 - 2p + 2p'",
        id="constant-of-an-equation",
    ),
    pytest.param(
        "docs/en/derivation.md",
        "(i' - 1)s + k - 2p \\le o'",
        "(i' - 1)s + k - 2p < o'",
        id="relation",
    ),
    pytest.param(
        "docs/en/derivation.md",
        "(o' - k + 2p) \\bmod s}{s} + 1",
        "(o' - k + 2p) \\bmod s}{s} - 1",
        id="row-of-aligned-equations",
    ),
    pytest.param(
        "docs/en/derivation.md",
        "o > i \\iff i(s - 1) + d(k - 1) + 1 \\le 2p",
        "o > i \\iff i(s - 1) + d(k - 1) + 1 < 2p",
        id="equivalence",
    ),
    pytest.param("docs/en/derivation.md", "import torch\n", "", id="dropped-import"),
    pytest.param(
        "docs/zh/derivation.md",
        "        kernel_size=3,\n".strip()
        + "\n    stride=2,\n    padding=0,\n    output_padding=1",
        "kernel_size=3,\n    stride=3,\n    padding=0,\n    output_padding=1",
        id="character-of-a-chinese-block",
    ),
    pytest.param(
        "docs/zh/derivation.md",
        "print(layer(x).shape)",
        "print(layer(x),shape)",
        id="chinese-typo",
    ),
    pytest.param(
        "docs/zh/index.md",
        "| 4 | 3 | 2 | 0 | 1 | 10 |",
        "| 4 | 3 | 2 | 0 | 1 | 12 |",
        id="cell",
    ),
    pytest.param(
        "docs/zh/learn/output-padding.md",
        "#> Valid: output_padding from 0 to 1.",
        "#> Valid: output_padding from 0 to 2.",
        id="word-of-a-message",
    ),
    pytest.param("docs/en/index.md", "range(27, 29)", "range(27, 28)", id="session"),
    pytest.param("docs/en/index.md", "$ python -c", "$ python -d", id="command"),
    pytest.param("README.md", "#> (28, 40)", "#> (28, 41)", id="readme"),
    pytest.param("README.zh.md", "2p + p'", "2p - p'", id="chinese-readme"),
    pytest.param(
        "src/convarith/sizes.py",
        "    range(9, 11)\n",
        "    range(9, 12)\n",
        id="docstring",
    ),
    pytest.param(
        "src/convarith/sizes.py",
        r"{i + 2p - d(k - 1) - 1}{s}",
        r"{i + 2p - d(k - 1) + 1}{s}",
        id="equation-of-a-docstring",
    ),
]


@pytest.mark.parametrize(("name", "before", "after"), FAULTS)
def test_a_fault_is_found_in_its_line(name: str, before: str, after: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert before in text
    changed = text.replace(before, after, 1)
    find = SUITE.of_docstrings if Path(name).suffix == ".py" else SUITE.of_page

    assert list(SUITE.falsehoods(find(text))) == []
    found = list(SUITE.falsehoods(find(changed)))
    assert found
    fault = changed.count("\n", 0, text.index(before)) + 1
    around = max((i for i in find(changed) if i.line <= fault), key=lambda i: i.line)
    end = around.line + len(
        getattr(around, "text", getattr(around, "tex", "")).splitlines()
    )
    assert any(around.line <= falsehood.line <= end for falsehood in found), found
