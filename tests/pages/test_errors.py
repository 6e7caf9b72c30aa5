"""The error pages: each known message has an entry, found by its words and true."""

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator

import pytest
from docs import tables
from docs.javascript import ASSETS, Engine

from convarith import diagnose
from convarith.diagnosis import KINDS
from convarith.diagnosis.kind import Kind
from tests.adapter import PAGES
from tests.convarith.test_diagnose import SAID, provoked
from verified_docs.payload import shown

# What raises nothing has no message, so its entries are named for what happens.
INDEX, SILENT = "index", "silent"
# The last section of a page leads on to others.
NEXT = "next"
ENTRY = re.compile(r"^##+ (?P<words>.+) \{ #(?P<anchor>[a-z-]+) \}$", re.MULTILINE)
BLOCK = re.compile(r"^```python\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
# A message as it is pasted, quoted below the heading of its entry.
QUOTED = re.compile(r"^> (?P<ticks>`+) ?(?P<text>.+?) ?(?P=ticks)$", re.MULTILINE)
# Some messages list names in any order.
ANY_ORDER = re.compile(r"\{.*\}")
TORCH = [kind for kind in KINDS if kind.framework == "torch"]
OTHERS = [kind for kind in KINDS if kind.framework != "torch"]


def pages(language: str) -> dict[str, str]:
    """The error pages by name."""
    folder = PAGES[language] / "errors"
    return {path.stem: path.read_text("utf-8") for path in folder.glob("*.md")}


def entries(language: str) -> Iterator[tuple[str, str]]:
    """Each entry: its page as the site addresses it, and its words."""
    for name, source in pages(language).items():
        if name != INDEX:
            for found in ENTRY.finditer(source):
                if found["anchor"] != NEXT:
                    yield f"errors/{name}/#{found['anchor']}", found["words"]


def entry(kind: Kind, language: str) -> str:
    """What stands below the heading of a kind's entry, up to the next heading."""
    path, _, anchor = KINDS[kind].partition("/#")
    source = pages(language)[path.removeprefix("errors/")]
    start = source.index(f"{{ #{anchor} }}\n")
    return source[start : source.index("\n## ", start)]


def printed(text: str) -> list[str]:
    """The lines that the blocks of an entry print."""
    blocks = (shown("python", block["text"]) for block in BLOCK.finditer(text))
    return [line for block in blocks for line in block.splitlines()]


def quoted(text: str) -> list[str]:
    """The messages that an entry quotes below its heading."""
    head = text.partition("<!--")[0]
    return [match["text"] for match in QUOTED.finditer(head)]


@pytest.mark.parametrize("language", PAGES)
def test_every_kind_has_an_entry_and_both_stand_in_the_same_order(
    language: str,
) -> None:
    written, known = defaultdict(list), defaultdict(list)
    for entry, _ in entries(language):
        written[entry.partition("#")[0]].append(entry)
    for entry in KINDS.values():
        known[entry.partition("#")[0]].append(entry)
    del written[f"errors/{SILENT}/"]

    assert written == known


@pytest.mark.parametrize("language", PAGES)
def test_an_entry_says_what_its_kind_says(language: str) -> None:
    for page, heads in tables.heads_of_errors(language).items():
        path = PAGES[language] / f"{page}.md"
        text = path.read_text("utf-8")

        assert tables.filled(path, heads)[1] == text, "make tables writes it"
        for name in heads:
            other = tables.filled(path, {**heads, name: "**Fix:** use 0."})
            assert other[1] != text, name


@pytest.mark.parametrize("language", PAGES)
@pytest.mark.parametrize("kind", KINDS, ids=KINDS.get)
def test_an_entry_quotes_its_message_and_gives_the_fix_before_the_cause(
    kind: Kind, language: str
) -> None:
    anchor, text = KINDS[kind].partition("#")[2], entry(kind, language)
    marks = re.findall(r"<!-- ([\w-]+): begin -->|^(```python)$", text, re.MULTILINE)
    order = [mark or block for mark, block in marks]

    assert text.startswith(f"{{ #{anchor} }}\n\n> `"), anchor
    assert {diagnose(one).kind for one in quoted(text)} == {kind.name}
    assert order[:2] == [f"{anchor}-fix", "```python"], order
    assert f"{anchor}-cause" in order
    assert order[-1] == "```python", "what reproduces the message comes last"


@pytest.mark.parametrize("kind", KINDS, ids=KINDS.get)
def test_an_anchor_is_the_kind_or_ends_with_it(kind: Kind) -> None:
    anchor = KINDS[kind].partition("#")[2]

    # Two frameworks may mean the same; then the framework stands in front.
    assert anchor == kind.name or anchor.endswith(f"-{kind.name}")


@pytest.mark.parametrize("language", PAGES)
def test_the_index_links_to_each_entry_exactly_once(language: str) -> None:
    index = pages(language)[INDEX]
    linked = Counter(re.findall(r"\((?![./])([a-z-]+)\.md#([a-z-]+)\)", index))

    assert {f"errors/{name}/#{anchor}": n for (name, anchor), n in linked.items()} == {
        page: 1 for page, _ in entries(language)
    }


def elsewhere(index: str, language: str) -> Iterator[str]:
    """What the index links to an entry that does not say it."""
    linked = re.findall(r"\[`([^`\]]+)`\]\((?![./])([a-z-]+)\.md#([a-z-]+)\)", index)
    headed = dict(entries(language))
    kinds = {path: kind for kind, path in KINDS.items()}
    for words, name, anchor in linked:
        path = f"errors/{name}/#{anchor}"
        said = [headed[path], *quoted(entry(kinds[path], language))]
        in_order = ".*".join(re.findall("[A-Za-z]+", words))
        if not any(re.search(in_order, one) for one in said):
            yield words


@pytest.mark.parametrize("language", PAGES)
def test_the_index_links_a_message_to_the_entry_that_says_it(language: str) -> None:
    index = pages(language)[INDEX]
    one, other = "#output-size-out-of-range)", "#kernel-does-not-fit)"
    wrong = index.replace(one, "#").replace(other, one)

    assert list(elsewhere(index, language)) == []
    assert len(list(elsewhere(wrong, language))) == 1


def test_what_an_entry_quotes_and_prints_is_found() -> None:
    text = "\n> `One [1]`\n\n```python\nprint(2)\n#> 2\n```\n\n<!-- -->\n> `Not`\n"

    assert (quoted(text), printed(text)) == (["One [1]"], ["2"])


@pytest.mark.parametrize("language", PAGES)
@pytest.mark.parametrize("kind", KINDS, ids=KINDS.get)
def test_a_quoted_message_is_printed_by_a_block_of_its_entry(
    kind: Kind, language: str
) -> None:
    text = entry(kind, language)
    lines = {ANY_ORDER.sub("{...}", line) for line in printed(text)}

    assert {ANY_ORDER.sub("{...}", one) for one in quoted(text)} <= lines


@pytest.mark.parametrize("language", PAGES)
@pytest.mark.parametrize("kind", TORCH, ids=KINDS.get)
def test_what_a_torch_entry_prints_is_recognised_as_its_message(
    kind: Kind, language: str
) -> None:
    kinds = {diagnose(line).kind for line in printed(entry(kind, language))}

    assert kinds - {"unknown"} == {kind.name}


@pytest.mark.parametrize("language", PAGES)
@pytest.mark.parametrize("kind", OTHERS, ids=KINDS.get)
def test_what_another_framework_says_is_recognised(kind: Kind, language: str) -> None:
    lines = printed(entry(kind, language))

    kinds = {diagnose(line).kind for line in lines} - {"unknown"}
    assert kinds == {kind.name}


def test_a_chinese_entry_keeps_the_words_that_are_pasted() -> None:
    english, chinese = dict(entries("en")), dict(entries("zh"))

    for page, words in english.items():
        if f"/{SILENT}/" not in page:
            assert chinese[page].startswith(words), page


@pytest.mark.parametrize("kind", KINDS, ids=KINDS.get)
def test_the_words_of_an_entry_are_those_of_its_message(kind: Kind) -> None:
    words = dict(entries("en"))[KINDS[kind]]
    own = set(re.findall(r"[a-z]{3,}", kind.pattern.lower()))
    used = set(re.findall(r"[a-z]{3,}", words.lower()))

    assert len(used & own) >= len(used) / 2, used - own


def test_the_pages_know_what_the_library_knows() -> None:
    engine = Engine(ASSETS / "known.mjs")
    texts = [said for _, said in [*SAID, *provoked()]]
    chance = random.Random(20261128)
    cut = [text[: chance.randrange(len(text))] for text in texts[::8]]
    broken = texts[3].replace("dimension", "dimen\n> sion")
    texts += ["hello", "the kernel size is wrong", broken, *cut]
    texts += [texts[2] + "frame " * 200_000, "frame " * 200_000 + texts[2]]

    kinds = engine.ask("given.map((text) => known(text)?.kind ?? 'unknown')", texts)
    for text, kind in zip(texts, kinds, strict=True):
        assert kind == diagnose(text).kind, text[:500]
