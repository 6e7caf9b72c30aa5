"""One kind of message: how it is recognised, what it means, and what to write instead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from convarith._say import LANGUAGES
from convarith.diagnosis.values import Found, plain


class Kind(NamedTuple):
    """What is known of the messages of one kind; their entry begins with cause and fix.

    Code in these sentences stands in backticks, which a page needs and a message not.
    What may be of any length has an end in sight in the pattern, so that the time it
    takes to read a text grows with its length and no faster.
    """

    name: str
    # Of every wording; those of PyTorch are the ones of 2.13.0 if no other is named.
    pattern: str
    # What to write instead.
    instead: str | Callable[[Found], str]
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

    def cause_and_fix(self, language: str) -> tuple[str, str]:
        """What is said of every message of this kind."""
        both = (self.cause, self.fix), (self.cause_zh, self.fix_zh)
        return both[LANGUAGES.index(language)]

    def with_values(self, language: str, found: Found) -> tuple[str, str]:
        """What is said of a message with these values, without backticks."""
        cause, fix = (said.replace("`", "") for said in self.cause_and_fix(language))
        here = (self.here and f" {self.here}", self.here_zh)[LANGUAGES.index(language)]
        try:
            return cause + here.format(**found), fix
        except KeyError:
            return cause, fix

    def call(self, found: Found) -> str:
        """What to write instead of the call that raised a message with these values."""
        if isinstance(self.instead, str):
            return self.instead.format(**found)
        return self.instead(found)
