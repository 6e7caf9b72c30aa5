"""One kind of message: how it is recognised, what it means, and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from convarith._say import LANGUAGES
from convarith.diagnosis.values import Found, plain

# Code, or words in both languages.
Line = str | tuple[str, str]
Instead = Line | Callable[[Found], Line]


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
        if several := self.causes(found, wording.framework):
            return several
        causes = (
            self.cause + _with(f" {self.here}", found),
            self.cause_zh + _with(self.here_zh, found),
        )
        fixes = wording.fix or self.fix, wording.fix_zh or self.fix_zh
        instead = wording.instead or self.instead
        line = instead(found) if callable(instead) else instead
        said = (causes[0].strip(), fixes[0], causes[1], fixes[1])
        return [Cause(*said, _filled(line, found))]


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
    return [*parts, pattern[start:]]


def _unescaped(pattern: str) -> str:
    """With what is escaped, or one of a set, blotted out."""
    bare = re.sub(r"\\.", "__", pattern)
    return re.sub(r"\[[^\]]*\]", lambda found: "." * len(found[0]), bare)


def literal(pattern: str) -> str:
    """The longest words that every text has in which the pattern is found."""
    bare = re.sub(r"\\([^\w])", lambda found: "\0" + found[1], pattern)
    bare = re.sub(r"\\.|(?<!\0)\[(?:[^\]\0]|\0.)*\]", ".", bare)
    while (outer := re.sub(r"(?<!\0)\((?:[^()]|\0[()])*(?<!\0)\)", ".", bare)) != bare:
        bare = outer
    bare = re.sub(r"\0?.(?:[*?]|(?<!\0)\{\d*,?\d*\})\??", "\1", bare)
    runs = re.split(r"(?<!\0)[.^$+\1]", bare)
    return max((run.replace("\0", "") for run in runs), key=len)
