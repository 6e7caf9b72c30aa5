"""The tables of the page on public models, from what `make test-models` has found."""

import json
from pathlib import Path
from typing import Any

FOUND = Path(__file__).parent.parent / "tests" / "data" / "networks.json"
HEADS = {
    "en": "| Model | Package | Input | Output size | Runs at | Output equals input |",
    "zh": "| 模型 | 包 | 输入 | 输出尺寸 | 能运行的尺寸 | 输出与输入一样大 |",
}
TRIED = {
    "en": "| Model | Package | Input | What is not understood |",
    "zh": "| 模型 | 包 | 输入 | 什么没有被理解 |",
}
SUM = {
    "en": "| Models | Packages | Derived | Sizes compared | Contradicted |",
    "zh": "| 模型 | 包 | 推导得出 | 比较的尺寸 | 不一致 |",
}
# What the library says in English, word by word in Chinese.
WORDS = (
    ("multiples of ", "倍数："),
    ("every size from ", "所有尺寸，从 "),
    (", from ", "，从 "),
    (", and so on every ", "，之后每隔 "),
    (", and ", "，以及"),
    ("only ", "只有 "),
    ("no size", "没有"),
)
AT_MOST = 60


def tables(language: str) -> dict[str, str]:
    """Each part of the page, as it is today."""
    rows = json.loads(FOUND.read_text("utf-8"))["models"]
    derived = [row for row in rows if row["derived"]]
    observed = [row for row in rows if not row["derived"]]
    compared = sum(row["compared"] for row in rows)
    wrong = sum(len(row["wrong"]) for row in rows)
    packages = len({row["package"] for row in rows})
    total = [len(rows), packages, len(derived), compared, wrong]
    return {
        "models": _table(HEADS[language], [_derived(row, language) for row in derived]),
        "observed": _table(TRIED[language], [_observed(row) for row in observed]),
        "compared": _table(SUM[language], [total]),
    }


def _table(head: str, rows: list[list[Any]]) -> str:
    line = "|" + " --- |" * (head.count("|") - 1)
    return "\n".join(
        [head, line, *(f"| {' | '.join(map(str, row))} |" for row in rows)]
    )


def _who(row: dict[str, Any]) -> list[str]:
    shape = [str(size) for size in row["input"]]
    shape[row["axis"]] = "in_size"
    return [row["name"], f"{row['package']} {row['version']}", f"`{' x '.join(shape)}`"]


def _derived(row: dict[str, Any], language: str) -> list[str]:
    formula = f"`{row['formula']}`" if row["formula"] else ""
    return [
        *_who(row),
        formula,
        _said(row["fitting"], language),
        _said(row["same"], language),
    ]


def _said(text: str, language: str) -> str:
    if language == "zh":
        for english, chinese in WORDS:
            text = text.replace(english, chinese)
    return text if len(text) <= AT_MOST else text[:AT_MOST].rpartition(",")[0] + ", ..."


def _observed(row: dict[str, Any]) -> list[str]:
    return [*_who(row), f"`{row['why'].partition(', /')[0]}`"]
