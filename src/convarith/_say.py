"""The languages there are, and a sentence in one of them with its values put in."""

from __future__ import annotations

from typing import Any, NamedTuple

from convarith._sentences import SENTENCES

LANGUAGES = ("en", "zh")


class Sentence(NamedTuple):
    """One sentence of the table with its values, not yet in any language."""

    key: str
    values: dict[str, Any]

    def text(self, language: str = "en") -> str:
        return say(language, self.key, **self.values)

    def __str__(self) -> str:
        return self.text()


def spoken(language: str) -> int:
    """Which of the twins a language is."""
    if language in LANGUAGES:
        return LANGUAGES.index(language)
    raise ValueError(f'language must be "en" or "zh", got {language!r}')


def say(language: str, sentence: str, /, **values: object) -> str:
    """The sentence in a language, with its values put in; a value may be one, too."""
    said = {name: _in(language, value) for name, value in values.items()}
    return SENTENCES[sentence][spoken(language)].format(**said)


def _in(language: str, value: object) -> object:
    if isinstance(value, Sentence):
        return value.text(language)
    if isinstance(value, list):
        return say(language, "and").join(str(_in(language, one)) for one in value)
    return shown(value) if isinstance(value, int) else value


def shown(value: object) -> str:
    """A value as Python would write it; Python itself will not write a huge int."""
    try:
        return repr(value)
    except ValueError:
        bits = isinstance(value, int) and value.bit_length()
        return f"<an int of {bits} bits>" if bits else "?"
