"""An error message in; what it means, what to write instead and where to read on, out.

The modules beside this one hold the kinds, by the pages of the site's errors/.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import product
from typing import Any, NamedTuple

from convarith._errors import SizeTypeError
from convarith._say import say, spoken
from convarith.diagnosis import (
    arguments,
    calls,
    channels,
    features,
    model_inputs,
    other_frameworks,
    output_size,
    padding,
    resizing,
    saved_weights,
    shapes,
    skip_connections,
)
from convarith.diagnosis.around import around
from convarith.diagnosis.kind import Kind, Wording, alternatives, literal

# The pages of errors/, and what stands on each of them.
PAGES = {
    "arguments": (arguments, calls),
    "channels": (channels, features, saved_weights),
    "output-size": (output_size, resizing),
    "padding": (padding,),
    "shapes": (shapes,),
    "skip-connections": (skip_connections,),
    "other-frameworks": (other_frameworks, model_inputs),
}
# Each kind, and the page and the anchor of its entry.
KINDS: dict[Kind, str] = {
    kind: f"errors/{page}/#{kind.anchor or kind.name}"
    for page, modules in PAGES.items()
    for module in modules
    for kind in module.KINDS
}
# A traceback is long, a message is not; of a longer text both ends are read.
READ_AT_MOST = 50_000
READ_IN_FRONT = 10_000
# A message in another case was typed, so it is not long; to read it takes 10 times as long.
TYPED_AT_MOST = 5_000
COLOURS = r"\x1b\[[\d;]*m"
QUOTED = re.compile(r"^[ \t>|]+", re.MULTILINE)
# No size has so many digits, and Python does not read them either.
NO_SIZE = r"\d{100,}"
WORD = re.compile(r"[a-z]{3,}")
NUMBERS = re.compile(r"(?<![\w.])-?\d{1,12}(?![\w.])")
READ_BACK = 12
# What the words of a kind's name have in common with many a message.
COMMON = {"not", "too"}


class Diagnosis(NamedTuple):
    r"""What an error message means.

    Attributes:
        kind: The name of the message, or `"unknown"`.
        framework: Whose message it is; empty where several say it.
        found: The numbers and words it contains, and what follows from them, by name.
        cause: What is true when it appears.
        fix: What to do.
        call: What to write instead.
        page: Where to read on, a page of this site and its anchor.
        nearest: The kinds whose names an unknown message has in its words.
        causes: What may be true, the most likely first; the first one is `cause`.
        cures: What to write instead, for each of the causes; the first one is `call`.

    Examples:
        >>> from convarith import diagnose
        >>> diagnosis = diagnose("requested an output size of [8, 8], but valid sizes range from [9, 9] to [10, 10] (for an input of torch.Size([4, 4]))")
        >>> diagnosis.kind, diagnosis.found["lowest"], diagnosis.call
        ('output-size-out-of-range', (9, 9), 'output_size=[9, 9]')
    """

    kind: str
    framework: str
    found: dict[str, Any]
    cause: str
    fix: str
    call: str = ""
    page: str = ""
    nearest: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    cures: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """All of it, for JSON."""
        return self._asdict()

    def __str__(self) -> str:
        lines = [self.kind, self.fix, self.call, self.cause]
        for cause, cure in zip(self.causes[1:], self.cures[1:], strict=True):
            lines += [cause, cure]
        lines.append(self.page)
        return "\n    ".join(line for line in lines if line)

    def __repr__(self) -> str:
        return f"Diagnosis(kind={self.kind!r}, found={self.found}, call={self.call!r})"

    def __hash__(self) -> int:
        return hash((self.kind, self.cause, self.call, self.page))


def diagnose(message: str | BaseException, *, language: str = "en") -> Diagnosis:
    r"""Return what an error message of these layers means and how to fix it.

    The text may have a traceback around it and other numbers in it. It is read,
    never run.

    Args:
        message: What PyTorch, Keras, TensorFlow, ONNX Runtime or a converter said, or
            the exception itself.
        language: `"en"` or `"zh"`, for the sentences.

    Returns:
        The kind, what the message contains, cause, fix, the line to write instead
        and a page. A message that is not known is called so, with the kinds that
        are nearest to it.

    Raises:
        ValueError: There is no such language.
        TypeError: `message` is neither text nor an exception.

    Examples:
        >>> from convarith import diagnose
        >>> print(diagnose("RuntimeError: output padding must be smaller than either stride or dilation, but got output_padding_height: 0 output_padding_width: 2 stride_height: 2 stride_width: 2 dilation_height: 1 dilation_width: 1"))
        output-padding-too-large
            On every axis, make output_padding smaller than stride; with stride=1, that means output_padding=0.
            output_padding=(0, 1)
            On every axis, PyTorch requires output_padding < max(stride, dilation). It is too large on axis 1: output_padding=(0, 2), stride=(2, 2), dilation=(1, 1). A layer with one spatial axis prints a height that it does not have.
            errors/output-size/#output-padding-too-large
        >>> diagnose("the kernel size is wrong").kind
        'unknown'

    Sources:
        The messages as PyTorch 2.13.0 raises them; the modules of
        `convarith.diagnosis` have their wordings.
    """
    spoken(language)
    if isinstance(message, BaseException):
        message = str(message)
    if not isinstance(message, str):
        kind = type(message).__name__
        raise SizeTypeError.of("message", {"message": message}, kind=kind)
    texts = _on_one_line(_ends(message))
    # NumPy and Keras say one sentence each that differs from the other's in its case.
    for text, flags in product(texts, (0, re.IGNORECASE)):
        if flags and len(text) > TYPED_AT_MOST:
            continue
        lowered = text.lower()
        for one in _known(flags):
            if one.words in lowered and (match := one.pattern.search(text)):
                found = one.wording.read(match.groupdict())
                found |= around(text)
                return _told(one.kind, one.wording, found, language)
    return _unknown(texts[0], language)


def _ends(message: str) -> str:
    if len(message) <= READ_AT_MOST:
        return message
    end = message[READ_IN_FRONT - READ_AT_MOST :]
    return f"{message[:READ_IN_FRONT]} ... {end}"


def _on_one_line(message: str) -> list[str]:
    """On one line; also as it was before a window's edge broke it inside a word."""
    bare = re.sub(NO_SIZE, "", QUOTED.sub("", re.sub(COLOURS, "", message)))
    bare = bare.replace("×", "x")
    texts = (" ".join(text.split()) for text in (bare, bare.replace("\n", "")))
    return list(dict.fromkeys(texts))


class Known(NamedTuple):
    """One pattern, and words in lower case that are in every text in which it is found."""

    words: str
    pattern: re.Pattern[str]
    kind: Kind
    wording: Wording


@cache
def _known(flags: int = 0) -> list[Known]:
    return [
        Known(literal(pattern), re.compile(pattern, flags), kind, wording)
        for kind in KINDS
        for wording in kind.wordings()
        for pattern in alternatives(wording.pattern)
    ]


def _told(
    kind: Kind, wording: Wording, found: dict[str, Any], language: str
) -> Diagnosis:
    at = spoken(language)
    causes, cures, fixes = [], [], []
    for one in kind.told(wording, found):
        causes.append((one.cause, one.cause_zh)[at].replace("`", ""))
        fixes.append((one.fix, one.fix_zh)[at].replace("`", ""))
        line = one.instead
        cures.append(line if isinstance(line, str) else line[at])
    told = found, causes[0], fixes[0], cures[0], KINDS[kind]
    return Diagnosis(
        kind.name, wording.framework, *told, (), tuple(causes), tuple(cures)
    )


def _unknown(text: str, language: str) -> Diagnosis:
    """Reads the numbers back, and names the kinds whose names stand in the text."""
    words = set(WORD.findall(text.lower()))
    nearest = tuple(
        dict.fromkeys(kind.name for kind in KINDS if set(_words(kind.name)) <= words)
    )
    numbers = tuple(map(int, NUMBERS.findall(text)[:READ_BACK]))
    cause = say(language, "unknown-message")
    found: dict[str, Any] = {}
    if numbers:
        found["numbers"] = numbers
        read = ", ".join(map(str, numbers))
        cause += say(language, "numbers-read", numbers=read)
    fix = say(language, "nearest-messages", names=", ".join(nearest))
    return Diagnosis(
        "unknown", "", found, cause, fix if nearest else "", nearest=nearest
    )


def _words(name: str) -> list[str]:
    return [word for word in name.split("-") if word not in COMMON]
