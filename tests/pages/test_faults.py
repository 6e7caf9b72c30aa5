"""A fault made on purpose is found, with its page and line: the checks can fail."""

from pathlib import Path

import pytest

from tests.adapter import MARKDOWN, ROOT, SUITE
from tests.pages import test_prose
from verified_docs import blocks, prose

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
    pytest.param(
        "docs/en/index.md", "$ convarith size", "$ convarith solve", id="command"
    ),
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


# False statements in every place where a page could make one.
PLANTED = [
    r"So $i'=4, o'=10, k=3, s=2 \Rightarrow p'=0$.",
    r"So $o'=9, p'=1, k=3, s=2 \Rightarrow i'=4$.",
    r"So $i=5, o=99, k=3, s=1 \Rightarrow p=0$.",
    r"So $i'=5, k=3, s=2, x=12 \Rightarrow o'=11$.",
    "It is always $k < s$.",
    "It reaches $d(k - 1) + 5$ elements.",
    "It has $99$ elements.",
    "So $o' = 11$.",
    "So $o' = (i' - 1)s + k - 2p$.",
    "| $i'$ | $o'$ |\n| --- | --- |\n| $5$ | $99$ |",
    "| $i'$ | $k$ | $s$ | $o'$ |\n| --- | --- | --- | --- |\n| 5 | 3 | 2 | 12 |",
    "$$\ni' = o\n$$",
    "$$\nd(k - 1) + 7\n$$",
    "$$\n\\boxed{o' = 3}\n$$",
    "$$\no' = (i' + 1)s + k - 2p + p' \\tag{3}\n$$",
    "$$\n\\begin{cases} o' = 1 \\\\ o' = 2 \\end{cases}\n$$",
    "```python\nfor n in (1,):\n    x = n\n    #> 98\n```",
    "```python\nx = 1  #> 99\n```",
    "```python\nx = 1\n# so the size is 99\n```",
    "```pycon\nIt is 99.\n>>> x = 1\n```",
    "```bash\nls\n```",
    "```text\n99\n```",
    "```py\nprint(1)\n```",
    '=== "Size 99"\n\n    Text.',
    "<div>It has 99.</div>",
    "![99 elements](assets/figures/crop.svg)",
    '![x](assets/figures/crop.svg "99")',
    "The size `5` becomes `10`.",
    "It is Python 3.11 elements wide.",
    "## Size 99 { #planted }",
    '!!! note "99 things"\n\n    Text.',
]


@pytest.mark.parametrize("statement", PLANTED)
def test_a_false_statement_is_found_where_it_is_planted(statement: str) -> None:
    name = "docs/en/derivation.md"
    place = "## References"
    text = (ROOT / name).read_text("utf-8")
    lines = range(text.count("\n", 0, text.index(place)) + 1, len(text.splitlines()))
    planted = text.replace(place, f"{statement}\n\n{place}")

    page = blocks.render(planted, MARKDOWN)
    found = [falsehood.line for falsehood in SUITE.falsehoods(SUITE.of_page(planted))]
    known = test_prose.KNOWN[name]
    found += [
        test_prose.line_of(planted, *loose)
        for loose in prose.loose_numbers(page, known)
    ]
    unexecuted = list(prose.unexecuted_code(page))
    assert found or unexecuted
    end = lines[0] + statement.count("\n")
    assert all(lines[0] <= line <= end for line in found), (found, lines[0], end)


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
