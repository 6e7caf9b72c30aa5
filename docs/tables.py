"""Everything in the pages that a program writes: python -m docs.tables.

Tables come from runs, figures from the library's numbers, fix and cause of an error
from what diagnose() says, and what the home page shares with the README stands there
once. A test compares all of it with a new run.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from docs import conformance, draw_figures, public_models, versions
from tests.provoke import figures

from convarith.diagnosis import KINDS
from verified_docs import source

ROOT = Path(__file__).parent.parent
LANGUAGES = ("en", "zh")
READMES = {"en": "README.md", "zh": "README.zh.md"}
SHARED = ("example", "trust")
LAW = re.compile(r"L\d+\. ")
PROVED = {
    "en": "{proved} of the {laws} laws below have a proof.",
    "zh": "下面 {laws} 条定理中，{proved} 条有证明。",
}
# What the entry of a message says first, and what it says below the fixed code.
HEADS = {
    "en": {"fix": "**Fix:** {}", "cause": "**Cause:** {}"},
    "zh": {"fix": "**解决办法：** {}", "cause": "**原因：** {}"},
}
# A word that goes on in lower case behind a colon, unless it is a name.
WORD = re.compile(r"(?!Keras\b)[A-Z](?=[a-z]*\b)")
# Where a sentence ends and another follows; each has its own line.
STOP = re.compile(r"(?<=\.) (?=[A-Z`])|(?<=。)(?=.)")
PROVOKED = {
    "en": "| Framework | Version | Broken calls | Messages | Known "
    "| Right cause | Fixes run |",
    "zh": "| 框架 | 版本 | 写坏的调用 | 不同的报错 | 认识的 "
    "| 原因正确 | 运行过的解法 |",
}
PLANTED = {"en": "| Planted | Number | Found |", "zh": "| 放进的错误 | 数目 | 发现 |"}


def generated() -> Iterator[tuple[Path, str]]:
    """Each file that is written, or has parts that are, and what it should be."""
    for name, picture in draw_figures.figures().items():
        yield draw_figures.FIGURES / name, picture
    for language in LANGUAGES:
        docs = ROOT / "docs" / language
        tables = conformance.tables(language) | {"versions": versions.table(language)}
        yield filled(docs / "reference" / "conformance.md", tables)
        yield filled(docs / "reference" / "laws.md", {"proved": proved(language)})
        yield filled(docs / "reference" / "models.md", public_models.tables(language))
        for page, heads in heads_of_errors(language).items():
            yield filled(docs / f"{page}.md", heads)
        yield filled(docs / "errors" / "index.md", {"provoked": provoked(language)})
        parts = {"planted": planted(language)}
        yield filled(docs / "project" / "verification.md", parts)
        readme = (ROOT / READMES[language]).read_text("utf-8")
        marks = re.compile("<!-- .* -->")
        parts = {name: marks.sub("", part(readme, name)) for name in SHARED}
        yield filled(docs / "index.md", parts)


def filled(path: Path, parts: dict[str, str]) -> tuple[Path, str]:
    """A page with its parts as they are today."""
    text = path.read_text("utf-8")
    for name, new in parts.items():
        text = text.replace(part(text, name), marked(name, f"\n\n{new.strip()}\n\n"))
    return path, text


def part(text: str, name: str) -> str:
    """What stands between the marks of a name, with its marks."""
    found = re.findall(marked(name, ".*?"), text, re.DOTALL)
    if len(found) != 1:
        raise ValueError(f"a page has {len(found)} places for {name}, not 1")
    return str(found[0])


def marked(name: str, text: str) -> str:
    """A part of a page between its marks."""
    return f"<!-- {name}: begin -->{text}<!-- {name}: end -->"


def heads_of_errors(language: str) -> dict[str, dict[str, str]]:
    """For each page, fix and cause of the messages on it, by the marks around them."""
    pages: dict[str, dict[str, str]] = {}
    for kind, entry in KINDS.items():
        page, _, anchor = entry.partition("/#")
        heads = pages.setdefault(page, {})
        cause, fix = kind.cause_and_fix(language)
        for name, said in (("fix", fix), ("cause", cause)):
            heads[f"{anchor}-{name}"] = HEADS[language][name].format(_on_a_page(said))
    return pages


def _on_a_page(said: str) -> str:
    """A sentence on each line; the first one goes on behind a colon."""
    first = said[0].lower() if WORD.match(said) else said[0]
    return STOP.sub("\n", first + said[1:])


def proved(language: str) -> str:
    """How many laws there are, and how many of them a block proves."""
    text = (ROOT / "docs" / language / "reference" / "laws.md").read_text("utf-8")
    titles = {match["id"]: match["title"] for match in source.HEADING.finditer(text)}
    laws = [one for one in source.page(text) if LAW.match(titles.get(one.name) or "")]
    done = [law for law in laws if any("prove(" in item.text for item in law.items)]
    return PROVED[language].format(laws=len(laws), proved=len(done))


def planted(language: str) -> str:
    """What of the falsehoods that were planted was found."""
    kinds = tomllib.loads((ROOT / "docs" / "planted.toml").read_text("utf-8"))["kinds"]
    lines = [PLANTED[language], "| --- | --- | --- |"]
    lines += [
        f"| {one[language]} | {one['planted']} | {one['found']} |" for one in kinds
    ]
    return "\n".join(lines)


def provoked(language: str) -> str:
    """How many of the sentences that were provoked diagnose() knows."""
    lines = [PROVOKED[language], f"|{' --- |' * 7}"]
    lines += [f"| {' | '.join(map(str, row))} |" for row in figures.rows()]
    return "\n".join(lines)


def main() -> None:
    """Write what is not as it should be."""
    for path, text in generated():
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
            print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
