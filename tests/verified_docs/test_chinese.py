"""A line break inside Chinese text is no space; anywhere else it stays."""

import pytest

from tests.adapter import MARKDOWN


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("一句。\n两句。", "<p>一句。两句。</p>"),
        ("一句\n半句", "<p>一句半句</p>"),
        ("一句。\n`x` 是", "<p>一句。<code>x</code> 是</p>"),
        ("One.\nTwo.", "<p>One.\nTwo.</p>"),
        ("一句 PyTorch\n一句", "<p>一句 PyTorch\n一句</p>"),
    ],
)
def test_only_breaks_between_chinese_characters_are_joined(
    source: str, shown: str
) -> None:
    assert MARKDOWN.reset().convert(source) == shown


def test_code_keeps_its_lines() -> None:
    html = MARKDOWN.reset().convert("```python\nx = '一'\ny = '二'  # 注\n# 注\n```")

    assert html.count("\n") >= 3
