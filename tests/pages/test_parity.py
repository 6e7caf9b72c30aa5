"""English and Chinese are equals: the same pages, and in them the same bones."""

import pytest

from tests.adapter import MARKDOWN, PAGES, ROOT, page_names
from verified_docs import blocks, parity

READMES = [("README.md", "README.zh.md")]
PAIRS = [(f"docs/en/{name}", f"docs/zh/{name}") for name in page_names("en")] + READMES


def bones(name: str) -> parity.Bones:
    source = (ROOT / name).read_text("utf-8")
    return parity.bones(source, blocks.render(source, MARKDOWN))


def test_both_languages_have_the_same_pages() -> None:
    assert page_names("en") == page_names("zh")


@pytest.mark.parametrize(("english", "chinese"), PAIRS)
def test_a_page_has_the_same_headings_code_formulas_notes_and_links_in_both(
    english: str, chinese: str
) -> None:
    one, other = bones(english), bones(chinese)
    if (english, chinese) in READMES:
        # Each links to the other, its headings are words, and it names no ids.
        one.links.clear(), other.links.clear()
        one.headings[:] = [(level, "") for level, _ in one.headings]
        other.headings[:] = [(level, "") for level, _ in other.headings]

    out_of_step = list(parity.differences(one, other))
    assert not out_of_step, f"{english} and {chinese}: " + "; ".join(out_of_step)


@pytest.mark.parametrize("language", PAGES)
def test_every_heading_of_a_page_names_its_own_id(language: str) -> None:
    for name in page_names(language):
        source = (PAGES[language] / name).read_text("utf-8")
        page = blocks.render(source, MARKDOWN)
        for heading in page.select("h1, h2, h3, h4"):
            assert f"{{ #{heading['id']} }}" in source, f"{language}/{name}: {heading}"
            assert not heading.select(".maths"), f"{language}/{name}: {heading}"


@pytest.mark.parametrize(
    ("before", "after", "part"),
    [
        pytest.param(
            "## 起点：卷积 { #start }",
            "## 起点：卷积 { #begin }",
            "headings",
            id="anchor",
        ),
        pytest.param("stride=2,\n", "stride=3,\n", "code", id="code"),
        pytest.param("#> 7", "#> 8", "code", id="output"),
        pytest.param(
            "o' = L - p - (p - p')", "o' = L - p + (p - p')", "equations", id="equation"
        ),
        pytest.param("写成字母：$i'=5", "写成字母：$i'=6", "formulas", id="claim"),
        pytest.param("(learn/output-padding.md)", "(index.md)", "links", id="link"),
        pytest.param("## 综合起来 { #together }", "", "headings", id="missing-heading"),
        pytest.param(
            "## 综合起来", "!!! note\n\n    x\n\n## 综合起来", "notes", id="note"
        ),
        pytest.param(
            "assets/figures/crop.svg", "assets/figures/x.svg", "images", id="image"
        ),
        pytest.param(
            "| `device`、`dtype` | 权重放在哪里，用什么类型 | 无 |\n",
            "",
            "tables",
            id="row",
        ),
    ],
)
def test_a_chinese_page_out_of_step_is_found(
    before: str, after: str, part: str
) -> None:
    english = bones("docs/en/derivation.md")
    source = (PAGES["zh"] / "derivation.md").read_text("utf-8")
    assert before in source
    changed = source.replace(before, after, 1)

    chinese = parity.bones(changed, blocks.render(changed, MARKDOWN))
    assert any(found.startswith(part) for found in parity.differences(english, chinese))


def test_a_widget_out_of_step_is_found() -> None:
    one, other = (
        parity.bones(text, blocks.render(text, MARKDOWN))
        for text in (
            '<tap-map in_size="6">\n</tap-map>\n',
            '<tap-map in_size="7">\n</tap-map>\n',
        )
    )

    assert [found.split(",")[0] for found in parity.differences(one, other)] == [
        "elements"
    ]


def test_comments_in_code_may_be_in_the_language_of_the_page() -> None:
    source = "```python\nx = 1  # {}\nprint(x)\n#> 1\n```\n"
    one, other = (
        parity.bones(text, blocks.render(text, MARKDOWN))
        for text in (source.format("one"), source.format("一"))
    )

    assert list(parity.differences(one, other)) == []
