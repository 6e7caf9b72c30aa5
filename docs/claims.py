"""Sentences that a reviewer should read twice: python -m docs.claims [--all].

It lists the lines of this change that say always, never, only, every, refuses or
accepts, in both languages, with what the section shows for them; then the sections
whose digits or such words differ between the languages. It is a list, never red.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from verified_docs import source
from verified_docs.source import MATHS, Section, blanked

ROOT = Path(__file__).parent.parent
# The same claim in both languages; what one side says, the other should say, too.
CLAIMS = {
    "always": (r"\balways\b", "总是|始终|永远|一定"),
    "never": (r"\bnever\b", "从不|绝不|永不|从来不"),
    "only": (r"\bonly\b", "只|仅"),
    "every": (r"\bevery\b|\beach\b|\ball\b", "每|所有|全部|各|都"),
    "refuses": (r"\brefus\w+|\brejects?\b", "拒绝|不接受|报错"),
    "accepts": (r"\baccepts?\b|\baccepted\b|\ballow\w*", "接受|允许"),
}
ANY = {
    language: re.compile("|".join(pair[at] for pair in CLAIMS.values()), re.IGNORECASE)
    for at, language in enumerate(("en", "zh"))
}
HUNK = re.compile(r"^@@ -\S+ \+(\d+)(?:,(\d+))? @@")


def changed() -> dict[str, set[int]]:
    """The lines of each page that the working tree has changed since HEAD."""
    command = ["git", "diff", "--unified=0", "HEAD", "--", "docs"]
    diff = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found: dict[str, set[int]] = {}
    name = ""
    for line in diff.stdout.splitlines():
        if line.startswith("+++ b/"):
            name = line.removeprefix("+++ b/")
        elif hunk := HUNK.match(line):
            first, count = int(hunk[1]), int(hunk[2] or 1)
            found.setdefault(name, set()).update(range(first, first + count))
    return found


def pairs() -> Iterator[tuple[str, list[tuple[Section, Section]]]]:
    """Each page, and its sections in both languages."""
    for path in sorted((ROOT / "docs" / "en").rglob("*.md")):
        name = str(path.relative_to(ROOT / "docs" / "en"))
        twin = ROOT / "docs" / "zh" / name
        if twin.exists():
            both = [source.page(p.read_text("utf-8"), 3) for p in (path, twin)]
            yield name, list(zip(*both, strict=False))


def sentences(section: Section, language: str) -> Iterator[tuple[int, str]]:
    """The lines of a section that make such a claim."""
    for number, line in enumerate(section.prose.splitlines(), section.line):
        if ANY[language].search(line):
            yield number, line.strip()


def evidence(section: Section) -> str:
    """What is checked beside them."""
    kinds = Counter(item.kind for item in section.items)
    said = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    return said or "nothing in this section is checked"


def counted(section: Section, language: str) -> Counter[str]:
    """The digits of a section, and its claims."""
    bare = blanked(MATHS, blanked(source.CODE, section.prose))
    found = Counter(re.findall(r"\d+(?:\.\d+)?", bare))
    for name, pair in CLAIMS.items():
        pattern = pair[("en", "zh").index(language)]
        found[name] = len(re.findall(pattern, section.prose, re.IGNORECASE))
    return found


def main() -> None:
    """Print the list."""
    lines = None if "--all" in sys.argv else changed()
    for name, both in pairs():
        for english, chinese in both:
            sides = {"en": english, "zh": chinese}
            found = {
                language: [
                    (number, text)
                    for number, text in sentences(section, language)
                    if lines is None
                    or number in lines.get(f"docs/{language}/{name}", ())
                ]
                for language, section in sides.items()
            }
            if any(found.values()):
                print(
                    f"\n{name}#{english.name}  checked beside it: {evidence(english)}"
                )
            for language, own in found.items():
                for number, text in own:
                    print(f"  docs/{language}/{name}:{number}: {text}")
            one, other = (counted(part, lang) for lang, part in sides.items())
            if one != other and (lines is None or any(found.values())):
                more, less = dict(one - other), dict(other - one)
                print(f"  only in English {more}, only in Chinese {less}")


if __name__ == "__main__":
    main()
