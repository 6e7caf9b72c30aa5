"""One kind of message: how it is recognised, what it means, and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from convarith._say import LANGUAGES
from convarith.diagnosis.values import Found, plain, several

# Code, or words in both languages.
Line = str | tuple[str, str]
Instead = Line | Callable[[Found], Line]
# What is kept of a pattern, and what people lose when they copy a message: quotes, a
# colon, the blank in front of a bracket.
LOSABLE = re.compile(
    r"(?P<kept>\\.|\[\^?(?:\\.|[^\]\\])+\]|\(\?<[!=](?:\\.|[^)\\])*\)|\(\?:)"
    r"|(?P<quote>['\"`])(?![?*+{])|(?P<colon>: )(?![?*+{])|(?P<blank> )(?=\\\()"
)
LOST = {"quote": "%s?", "colon": ":? ?", "blank": " ?"}


class Cause(NamedTuple):
    """One of several causes: the sign that tells it, what it is, and what helps."""

    cause: str
    fix: str
    cause_zh: str
    fix_zh: str
    instead: Line


class Wording(NamedTuple):
    """How another framework says the same, and what to write there."""

    framework: str
    pattern: str
    instead: Instead = ""
    # What to do there, where it differs.
    fix: str = ""
    fix_zh: str = ""
    read: Callable[[Mapping[str, str | None]], Found] = plain


class Kind(NamedTuple):
    """What is known of the messages of one kind; their entry begins with cause and fix.

    Code in these sentences stands in backticks, which a page needs and a message not.
    What may be of any length has an end in sight in the pattern, so that the time it
    takes to read a text grows with its length and no faster. Alternatives stand side
    by side, not in a group, and each contains some words as they are said.
    """

    name: str
    # Of every wording; those of PyTorch are the ones of 2.13.0 if no other is named.
    pattern: str
    # What to write instead.
    instead: Instead
    cause: str
    fix: str
    cause_zh: str
    fix_zh: str
    # The values of a message in a sentence, which is left out if it lacks some of them.
    here: str = ""
    here_zh: str = ""
    # From what the pattern caught to the values.
    read: Callable[[Mapping[str, str | None]], Found] = plain
    framework: str = "torch"
    # Of its entry, if that is not the name.
    anchor: str = ""
    also: tuple[Wording, ...] = ()
    # With these values, in the order of likelihood; nothing if they do not say.
    causes: Callable[[Found, str], list[Cause]] = lambda _found, _framework: []

    def wordings(self) -> Iterator[Wording]:
        """Each of them: the kind's own, and those of other frameworks."""
        yield Wording(self.framework, self.pattern, self.instead, read=self.read)
        yield from self.also

    def cause_and_fix(self, language: str) -> tuple[str, str]:
        """What is said of every message of this kind."""
        both = (self.cause, self.fix), (self.cause_zh, self.fix_zh)
        return both[LANGUAGES.index(language)]

    def told(self, wording: Wording, found: Found) -> list[Cause]:
        """What is said of a message with these values, the most likely cause first."""
        if equal := _said_to_differ(found):
            return [equal]
        if ranked := self.causes(found, wording.framework):
            return ranked
        causes = (
            self.cause + _with(f" {self.here}", found),
            self.cause_zh + _with(self.here_zh, found),
        )
        fixes = wording.fix or self.fix, wording.fix_zh or self.fix_zh
        instead = wording.instead or self.instead
        line = instead(found) if callable(instead) else instead
        said = (causes[0].strip(), fixes[0], causes[1], fixes[1])
        return [Cause(*said, _filled(line, found))]


def _said_to_differ(found: Found) -> Cause | None:
    """Two numbers that are equal, in a message that says that they do not fit."""
    if found.get("rows") or found.get("concatenates"):
        return None
    for one, other in (("wanted", "got"), ("first", "second"), ("padded", "extent")):
        a, b = several(found.get(one)), several(found.get(other))
        if len(a) != len(b) or not all(isinstance(size, int) for size in (*a, *b)):
            continue
        fits = one == "padded" and all(x >= y for x, y in zip(a, b, strict=True))
        if a == b or fits:
            told = [f"{n[0]}" if len(n) == 1 else f"{n}" for n in (a, b)]
            return Cause(
                f"The message says that {told[0]} and {told[1]} do not fit each other, and they do: one of the two was copied wrongly, or read from another place.",
                "Compare the numbers with the message on the screen, and paste the whole of it.",
                f"报错说 {told[0]} 和 {told[1]} 不相配，而它们是相配的：其中一个抄错了，或者取自别处。",
                "和屏幕上的报错对照这两个数，并粘贴完整的报错。",
                "",
            )
    return None


def _with(sentence: str, found: Found) -> str:
    try:
        return sentence.format(**found)
    except KeyError:
        return ""


def _filled(line: Line, found: Found) -> Line:
    if isinstance(line, str):
        return _with(line, found)
    return _with(line[0], found), _with(line[1], found)


def alternatives(pattern: str) -> list[str]:
    """The patterns that stand side by side in one, outside of every group."""
    depth, start, parts = 0, 0, []
    for at, sign in enumerate(_unescaped(pattern)):
        depth += (sign == "(") - (sign == ")")
        if sign == "|" and not depth:
            parts.append(pattern[start:at])
            start = at + 1
    return [LOSABLE.sub(_loose, part) for part in (*parts, pattern[start:])]


def _loose(found: re.Match[str]) -> str:
    name = found.lastgroup or "kept"
    return LOST.get(name, "%s").replace("%s", found[0])


def _unescaped(pattern: str) -> str:
    """With what is escaped, or one of a set, blotted out."""
    bare = re.sub(r"\\.", "__", pattern)
    return re.sub(r"\[[^\]]*\]", lambda found: "." * len(found[0]), bare)


def literal(pattern: str) -> str:
    """The longest words that every text has in which the pattern is found, in lower case."""
    bare = re.sub(r"\\([^\w])", lambda found: "\0" + found[1], pattern)
    bare = re.sub(r"\\.|(?<!\0)\[(?:[^\]\0]|\0.)*\]", ".", bare)
    while (outer := re.sub(r"(?<!\0)\((?:[^()]|\0[()])*(?<!\0)\)", ".", bare)) != bare:
        bare = outer
    bare = re.sub(r"\0?.(?:[*?]|(?<!\0)\{\d*,?\d*\})\??", "\1", bare)
    runs = re.split(r"(?<!\0)[.^$+\1]", bare)
    return max((run.replace("\0", "") for run in runs), key=len).lower()
