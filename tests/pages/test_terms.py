"""One word for one thing: the glossary as data, and the Chinese as it is written."""

import ast
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
from mkdocs.utils.meta import get_data

from tests.adapter import PAGES, ROOT, page_names
from verified_docs import source

DATA = tomllib.loads((ROOT / "docs" / "terms.toml").read_text("utf-8"))
# A letter, its parameter, the link to its entry, and its other name.
ROW = re.compile(
    r"^\| (\$.*?\$) \| `?(.*?)`? \| \[(.*?)\]\(#(.*?)\) \| (.*?) \|$", re.M
)
HAN = "\u3400-\u9fff"
GLOSSARY = {
    language: (PAGES[language] / "reference" / "glossary.md").read_text("utf-8")
    for language in PAGES
}


@dataclass(frozen=True)
class Term:
    """A word of this site: its name in each language, and the entry it stands in."""

    id: str
    en: str
    zh: str
    entry: str
    parameter: str = ""
    letter: str = ""
    avoid: tuple[str, ...] = ()


def read_terms(data: dict[str, Any]) -> list[Term]:
    """The terms of the data, each with the entry that it stands in."""
    terms = []
    for name, fields in data["terms"].items():
        others = {key: fields[key] for key in fields if key not in ("avoid", "also")}
        avoid = tuple(fields.get("avoid", ()))
        terms.append(Term(**{"id": name, "entry": name, **others}, avoid=avoid))
    return terms


TERMS = read_terms(DATA)
CHINESE = [f"docs/zh/{name}" for name in page_names("zh")] + ["README.zh.md"]
ENGLISH = [f"docs/en/{name}" for name in page_names("en")]
ENGLISH += [path.name for path in ROOT.glob("*.md") if path.name != "README.zh.md"]
MODULES = [
    str(path.relative_to(ROOT))
    for path in sorted((ROOT / "src" / "convarith").rglob("*.py"))
]
WORDS = "docs/words.toml"
SOURCES = sorted({*CHINESE, *ENGLISH, *MODULES, WORDS, "mkdocs.zh.yml"})


# The glossary


@cache
def entries(glossary: str) -> dict[str, tuple[str, str]]:
    """Each entry of a glossary by its anchor: its heading, and the text below."""
    titles = {m["id"]: m["title"] for m in source.HEADING.finditer(glossary)}
    return {
        section.name: (titles[section.name].strip(), section.prose.partition("\n")[2])
        for section in source.page(glossary, deepest=3)
        if section.name in titles and f"### {titles[section.name]}" in glossary
    }


def missing(terms: list[Term], glossary: str, language: str) -> Iterator[str]:
    """What a glossary lacks of the terms."""
    other = {"en": "zh", "zh": "en"}[language]
    for term in terms:
        if term.entry not in entries(glossary):
            yield f"{term.id}: the entry #{term.entry} is missing"
            continue
        heading, text = entries(glossary)[term.entry]
        named, translated = getattr(term, language), getattr(term, other)
        whole = f"{heading}\n{text}" if term.entry != term.id else heading
        if named.lower() not in whole.lower():
            yield f"{term.id}: {named} does not stand in its entry"
        if translated.lower() not in f"{heading}\n{text}".lower():
            yield f"{term.id}: its other name {translated} does not stand in its entry"
        if (
            term.parameter
            and term.letter == ""
            and f"`{term.parameter}`" not in glossary
        ):
            yield f"{term.id}: its parameter {term.parameter} does not stand there"


@pytest.mark.parametrize("language", PAGES)
def test_every_term_has_an_entry_with_its_name_in_both_languages(
    language: str,
) -> None:
    assert list(missing(TERMS, GLOSSARY[language], language)) == []


@pytest.mark.parametrize("language", PAGES)
def test_every_entry_of_the_glossary_is_a_term(language: str) -> None:
    assert set(entries(GLOSSARY[language])) == {term.entry for term in TERMS}


@pytest.mark.parametrize("language", PAGES)
def test_every_letter_stands_in_the_table_with_its_parameter_and_names(
    language: str,
) -> None:
    table = GLOSSARY[language].replace("、$", ", $")
    rows = [match.groups() for match in ROW.finditer(table)]
    wanted = []
    for term in (term for term in TERMS if term.letter):
        mine, other = (term.en, term.zh) if language == "en" else (term.zh, term.en)
        wanted.append((term.letter, term.parameter, mine, term.entry, other))
    assert rows == wanted


def test_a_term_that_a_glossary_lacks_is_found() -> None:
    for language, (before, after) in {
        "en": ("### Stride { #stride }", "### Stride { #step }"),
        "zh": ("### 步幅 { #stride }", "### 步距 { #stride }"),
    }.items():
        changed = GLOSSARY[language].replace(before, after)
        assert changed != GLOSSARY[language]
        assert [found[:7] for found in missing(TERMS, changed, language)] == ["stride:"]


def test_a_term_without_its_other_name_is_found() -> None:
    changed = GLOSSARY["en"].replace("\n感受野。\n", "\n接受域。\n")

    assert list(missing(TERMS, changed, "en")) == [
        "receptive-field: its other name 感受野 does not stand in its entry"
    ]


# One form for each term


def clashes(terms: list[Term]) -> Iterator[str]:
    """Names that two terms share, and names that some term wants avoided."""
    for names in ([term.zh for term in terms], [term.en for term in terms]):
        for name, count in Counter(names).items():
            if count > 1:
                yield f"{name} is the name of {count} terms"
    for term in terms:
        for other in terms:
            for form in other.avoid:
                if form in term.zh or form.lower() in term.en.lower():
                    yield f"{form} is to be avoided and stands in the name of {term.id}"


def test_each_term_has_one_form_and_no_form_is_wanted_and_avoided() -> None:
    assert list(clashes(TERMS)) == []


def test_two_terms_of_one_name_and_an_avoided_name_are_found() -> None:
    one = Term("stride", "stride", "步幅", "stride", avoid=("步距",))

    same = Term("step", "step", "步幅", "step")
    avoided = Term("length", "length", "步距", "length")
    assert list(clashes([one, same])) == ["步幅 is the name of 2 terms"]
    assert list(clashes([one, avoided])) == [
        "步距 is to be avoided and stands in the name of length"
    ]


# Forms to avoid

FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
FENCED = re.compile(r"^(`{3,}).*?^\1[^\n]*$", re.MULTILINE | re.DOTALL)
DISPLAYED = re.compile(r"\$\$.*?\$\$", re.DOTALL)
AVOID = DATA["never"] | {form: term.zh for term in TERMS for form in term.avoid}


def forms_to_avoid(text: str) -> Iterator[tuple[int, str]]:
    """Each form to avoid, comments in code included, and the line it stands on."""
    for number, line in enumerate(text.splitlines(), 1):
        for form in AVOID:
            for _ in range(line.count(form)):
                yield number, form


def test_no_form_to_avoid_stands_anywhere() -> None:
    assert [
        f"{name}:{line}: {form}, write {AVOID[form]}"
        for name in SOURCES
        for line, form in forms_to_avoid((ROOT / name).read_text("utf-8"))
    ] == []


def test_a_form_to_avoid_is_found() -> None:
    for form in AVOID:
        planted = f"# Title\n\nA line with {form} in it.\n"

        assert list(forms_to_avoid(planted)) == [(3, form)]


# Chinese as it is written

# What stands for code, a formula or a value: it is set like a Latin word.
LATIN = "\ue000"
WIDE = "，。：；？！、（）“”《》"
FAULTS = {
    "a space is missing between Chinese and Latin": re.compile(
        rf"[{HAN}][A-Za-z0-9{LATIN}]|[A-Za-z0-9{LATIN}][{HAN}]"
    ),
    "a space beside full-width punctuation": re.compile(
        rf"[ \t][{WIDE}]|[{WIDE}][ \t]"
    ),
    "a space between Chinese characters": re.compile(rf"[{HAN}] +[{HAN}]"),
    "half-width punctuation in Chinese": re.compile(
        rf"[{HAN}] ?[,;:!?]|[,;:!?] ?[{HAN}]|[{HAN}{WIDE}]\.|[{HAN}] ?\(|\([{HAN}]|[{HAN}]\)"
    ),
    "a straight quote in Chinese": re.compile(rf"[{HAN}][\"']|[\"'][{HAN}]"),
    "an ellipsis of the wrong kind": re.compile(rf"[{HAN}]\.\.\.|(?<!…)[{HAN}]…(?!…)"),
    "a full-width letter or digit": re.compile(
        "[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]"
    ),
}


def faults_of(line: str) -> Iterator[str]:
    """What is wrong with a line of Chinese prose."""
    for fault, pattern in FAULTS.items():
        for match in pattern.finditer(line):
            around = line[max(match.start() - 8, 0) : match.end() + 8]
            yield f"{fault}: {around.replace(LATIN, '□')}"


@pytest.mark.parametrize("name", [n for n in CHINESE + ENGLISH if n.startswith("docs")])
def test_every_page_is_described_in_a_line_that_a_search_shows(name: str) -> None:
    """MkDocs takes front matter that it cannot read for text, and says nothing."""
    _, front_matter = get_data((ROOT / name).read_text("utf-8"))
    described = str(front_matter.get("description", ""))

    assert 20 < len(described) <= 150, described


def prose_lines(source: str) -> Iterator[tuple[int, str]]:
    """Each line of a page, without what is not prose; code and formulas are words."""
    _, front_matter = get_data(source)
    description = str(front_matter.get("description", ""))
    for part in bare(description):
        yield 2, part
    text = source
    for apart in (FRONT_MATTER, FENCED, DISPLAYED):
        text = apart.sub(blank, text)
    for number, line in enumerate(text.splitlines(), 1):
        for part in bare(line):
            yield number, part


def blank(match: re.Match[str]) -> str:
    """As many lines as were there, and nothing on them."""
    return "\n" * match[0].count("\n")


def bare(line: str) -> list[str]:
    """A line of Markdown as it is read, or the cells of one of a table."""
    line = re.sub(r"`+[^`]+`+|\$[^$]+\$|<https?:[^>]*>", LATIN, line)
    line = re.sub(r"\[\^[^]]*\]:?|\{[^}]*\}", "", line)
    line = re.sub(r"</?[a-z][^>]*>", "", line)
    line = re.sub(r"!?\[([^]]*)\](\([^)]*\)|\[[^]]*\])", r"\1", line)
    line = re.sub(r'^\s*(?:!!!|\?\?\?\+?|===)[\w ]*"(.*)"$', r"\1", line)
    line = re.sub(r"^\s*(#+|[-*+]|\d+\.|>)\s+", "", line)
    # A label in bold is set off by a space.
    line = line.replace("：** ", "：")
    # So may be a quotation without Chinese, such as a message, as Latin words are.
    line = re.sub(rf" ?(“[^”{HAN}]*”) ?", r"\1", line)
    return [cell.replace("*", "").strip() for cell in line.split("|")]


@pytest.mark.parametrize("name", CHINESE)
def test_chinese_prose_is_spaced_and_punctuated_as_chinese(name: str) -> None:
    source = (ROOT / name).read_text("utf-8")
    found = [
        f"{name}:{number}: {fault}"
        for number, line in prose_lines(source)
        for fault in faults_of(line)
    ]

    assert found == []


def sentences(name: str) -> Iterator[tuple[int, str]]:
    """Each string of a module that has Chinese in it, and its line."""
    text = (ROOT / name).read_text("utf-8")
    if name.endswith(".py"):
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.lineno, node.value
        return
    for match in re.finditer(r"\"([^\"\n]*)\"|'([^'\n]*)'", text):
        yield text.count("\n", 0, match.start()) + 1, match[1] or match[2] or ""


def filled(sentence: str) -> str:
    """A sentence with its values put in, which are set like Latin words.

    The last value of a sentence may be a clause, which brings its own punctuation.
    """
    sentence = re.sub(rf"(?<=[{HAN}])\{{\w+\}}(?=。)", "", sentence)
    sentence = re.sub(r"\{\w+\}", LATIN, sentence).strip()
    # What has the signs of code between its parentheses is code, not a remark.
    return re.sub(rf"[\w.]*\((?=[^()]*(?:_|//|=|\.\.\.))[^(){HAN}]*\)", LATIN, sentence)


@pytest.mark.parametrize("name", [*MODULES, WORDS])
def test_chinese_sentences_are_spaced_and_punctuated_as_chinese(name: str) -> None:
    found = [
        f"{name}:{number}: {fault}"
        for number, sentence in sentences(name)
        if re.search(f"[{HAN}]", sentence)
        for fault in faults_of(filled(sentence))
    ]

    assert found == []


def test_sentences_are_found_in_a_module_and_in_the_words_of_the_widgets() -> None:
    assert any("完整结果" in text for _, text in sentences(WORDS))
    assert any(
        "转置卷积" in text
        for _, text in sentences("src/convarith/diagnosis/channels.py")
    )


@pytest.mark.parametrize(
    "sentence", ["输入{size}个", "填充 {p},步幅", "裁掉 {count}个，剩下 {rest} 个"]
)
def test_a_fault_in_a_sentence_with_values_is_found(sentence: str) -> None:
    assert list(faults_of(filled(sentence)))


@pytest.mark.parametrize(
    "sentence",
    ["输入 {size} 个", "尺寸不同{sizes}。", "{rule}，收到 {got}。", "；还回 {a} 个"],
)
def test_a_right_sentence_with_values_is_no_fault(sentence: str) -> None:
    assert list(faults_of(filled(sentence))) == []


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("步幅为2时", "missing"),
        ("步幅为 2时", "missing"),
        ("这个`stride`参数", "missing"),
        ("所以$o'$更大", "missing"),
        ("见[PyTorch](x.md)的文档", "missing"),
        ("步幅 ，填充", "beside"),
        ("步幅， 填充", "beside"),
        ("这就是 “反向” 的意思", "beside"),
        ("步幅和 填充", "between"),
        ("步幅,填充", "half-width"),
        ("步幅, 填充", "half-width"),
        ("padding, 步幅", "half-width"),
        ("完整结果.", "half-width"),
        ("步幅(stride)", "half-width"),
        ("步幅 (stride)", "half-width"),
        ("结果(含两端)", "half-width"),
        ('名字"反向"', "quote"),
        ("等等...", "half-width"),
        ("等等…", "ellipsis"),
        ("步幅为２", "full-width letter"),
        ("| 步幅 | 为2 |", "missing"),
        ("- 第一,第二", "half-width"),
        ("![图,例](x.svg)", "half-width"),
    ],
)
def test_a_fault_in_chinese_prose_is_found(line: str, fault: str) -> None:
    source = f"---\ndescription: 一句话。\n---\n\n# 标题 {{ #id }}\n\n{line}\n"
    found = [
        (number, said)
        for number, text in prose_lines(source)
        for said in faults_of(text)
    ]

    assert found
    assert all(number == 7 for number, _ in found)
    assert any(fault in said for _, said in found)


@pytest.mark.parametrize(
    "line",
    [
        "步幅为 `2` 时，$o'$ 是 `11`：见 [PyTorch](x.md) 的文档（`stride=2`）。",
        "“padding 补零”，*裁剪*，arXiv 1603.07285，Conv… 或别的。",
        "| 步幅 | `stride` | 无 |",
        "1. 一篇博客：<https://example.org/a,b>",
        '!!! note "说明"',
        "- **原因：** 步幅除不尽。",
        "旧版本说 “Got 1 and 2” 或者“Got it”，以及“填充 same”。",
        "报错 unexpected keyword argument 'output_size'（不接受）",
        '<conv-lab class="步,幅">',
        "等等……还有[链接](a.md#b)，再说。",
    ],
)
def test_right_chinese_prose_is_no_fault(line: str) -> None:
    assert [fault for part in bare(line) for fault in faults_of(part)] == []


def test_code_formulas_and_addresses_are_not_prose() -> None:
    source = (
        "步幅：\n\n```python\nx = 1 # 步幅,2个\n```\n\n"
        "$$\n步幅,2\n$$\n\n<https://x.org/步幅,2>\n"
    )

    assert [fault for _, line in prose_lines(source) for fault in faults_of(line)] == []


def test_a_fault_in_the_description_of_a_page_is_found() -> None:
    source = "---\ndescription: 步幅,填充。\n---\n\n# 标题\n"
    found = [n for n, line in prose_lines(source) for _ in faults_of(line)]

    assert found == [2]
