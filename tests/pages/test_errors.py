"""The error pages: each known message has an entry, found by its words and true."""

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
from tests.convarith.test_diagnose import SAID
from verified_docs.payload import shown

# What raises nothing has no message, so its entries are named for what happens.
INDEX, SILENT = "index", "silent"
ENTRY = re.compile(r"^##+ (?P<words>.+) \{ #(?P<anchor>[a-z-]+) \}$", re.MULTILINE)
BLOCK = re.compile(r"^```python\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
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
                yield f"errors/{name}/#{found['anchor']}", found["words"]


def first_block(kind: Kind, language: str) -> tuple[str, str]:
    """What the first block behind a message's heading prints, and where it is.

    Neighbouring entries may share the block that stands behind the last of them.
    """
    path, _, anchor = KINDS[kind].partition("/#")
    source = pages(language)[path.removeprefix("errors/")]
    block = BLOCK.search(source, source.index(f"{{ #{anchor} }}"))
    assert block is not None, KINDS[kind]
    return shown("python", block["text"]), f"{path}:{block.start()}"


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
def test_an_entry_begins_with_what_its_kind_says(language: str) -> None:
    for page, heads in tables.heads_of_errors(language).items():
        path = PAGES[language] / f"{page}.md"
        text = path.read_text("utf-8")

        assert tables.filled(path, heads)[1] == text, "make tables writes it"
        for anchor in heads:
            assert f"{{ #{anchor} }}\n\n<!-- {anchor}: begin -->" in text, anchor
            other = tables.filled(path, {**heads, anchor: "- **Fix:** Use 0."})
            assert other[1] != text, anchor


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


@pytest.mark.parametrize("language", PAGES)
def test_what_a_torch_entry_prints_is_recognised_as_its_message(language: str) -> None:
    meant, printed = defaultdict(set), {}
    for kind in TORCH:
        output, place = first_block(kind, language)
        meant[place].add(kind.name)
        printed[place] = {diagnose(line).kind for line in output.splitlines()}

    assert {place: kinds - {"unknown"} for place, kinds in printed.items()} == meant


@pytest.mark.parametrize("language", PAGES)
@pytest.mark.parametrize("kind", OTHERS, ids=KINDS.get)
def test_what_another_framework_says_is_quoted_and_recognised(
    kind: Kind, language: str
) -> None:
    output, _ = first_block(kind, language)

    assert {line.split()[0] for line in output.splitlines()} == {kind.name}


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
    texts = [said for _, said in SAID] + ["hello", "the kernel size is wrong"]

    for text in texts:
        kind = engine.ask("known(given)?.kind ?? 'unknown'", text)
        assert kind == diagnose(text).kind, text
