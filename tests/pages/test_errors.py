"""The error pages: each known message has an entry, found by its words and true."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

import pytest
from docs.javascript import ASSETS, Engine

from convarith import diagnose
from convarith.messages import MESSAGES, Message
from tests.adapter import PAGES
from tests.convarith.test_diagnose import SAID
from verified_docs.payload import shown

# What raises nothing has no message, so its entries are named for what happens.
INDEX, SILENT = "index", "silent"
ENTRY = re.compile(r"^##+ (?P<words>.+) \{ #(?P<anchor>[a-z-]+) \}$", re.MULTILINE)
BLOCK = re.compile(r"^```python\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
TORCH = [message for message in MESSAGES if message.framework == "torch"]
OTHERS = [message for message in MESSAGES if message.framework != "torch"]


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


def first_block(message: Message, language: str) -> tuple[str, str]:
    """What the first block behind a message's heading prints, and where it is.

    Neighbouring entries may share the block that stands behind the last of them.
    """
    path, _, anchor = message.page.partition("/#")
    source = pages(language)[path.removeprefix("errors/")]
    block = BLOCK.search(source, source.index(f"{{ #{anchor} }}"))
    assert block is not None, message.page
    return shown("python", block["text"]), f"{path}:{block.start()}"


@pytest.mark.parametrize("language", PAGES)
def test_every_message_leads_to_an_entry_and_every_entry_is_a_message(
    language: str,
) -> None:
    written = [page for page, _ in entries(language) if f"/{SILENT}/" not in page]

    assert sorted(written) == sorted(message.page for message in MESSAGES)


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.page)
def test_an_anchor_is_the_kind_or_ends_with_it(message: Message) -> None:
    anchor = message.page.partition("#")[2]

    # Two frameworks may mean the same; then the framework stands in front.
    assert anchor == message.kind or anchor.endswith(f"-{message.kind}")


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
    for message in TORCH:
        output, place = first_block(message, language)
        meant[place].add(message.kind)
        printed[place] = {diagnose(line).kind for line in output.splitlines()}

    assert {place: kinds - {"unknown"} for place, kinds in printed.items()} == meant


@pytest.mark.parametrize("language", PAGES)
@pytest.mark.parametrize("message", OTHERS, ids=lambda message: message.page)
def test_what_another_framework_says_is_quoted_and_recognised(
    message: Message, language: str
) -> None:
    output, _ = first_block(message, language)

    assert {line.split()[0] for line in output.splitlines()} == {message.kind}


def test_a_chinese_entry_keeps_the_words_that_are_pasted() -> None:
    english, chinese = dict(entries("en")), dict(entries("zh"))

    for page, words in english.items():
        if f"/{SILENT}/" not in page:
            assert chinese[page].startswith(words), page


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.page)
def test_the_words_of_an_entry_are_those_of_its_message(message: Message) -> None:
    words = dict(entries("en"))[message.page]
    own = set(re.findall(r"[a-z]{3,}", message.pattern.lower()))
    used = set(re.findall(r"[a-z]{3,}", words.lower()))

    assert len(used & own) >= len(used) / 2, used - own


def test_the_pages_know_what_the_library_knows() -> None:
    engine = Engine(ASSETS / "known.mjs")
    texts = [said for _, said in SAID] + ["hello", "the kernel size is wrong"]

    for text in texts:
        kind = engine.ask("known(given)?.kind ?? 'unknown'", text)
        assert kind == diagnose(text).kind, text
