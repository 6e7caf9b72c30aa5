"""An error message in; what it means, what to write instead and where to read on, out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from convarith._errors import SizeTypeError
from convarith._sentences import spoken
from convarith.causes import CAUSES
from convarith.mending import call_for, found_in
from convarith.messages import MESSAGES, Message

# A traceback is long, a message is not; more is not read.
READ_AT_MOST = 100_000
COLOURS = r"\x1b\[[\d;]*m"
QUOTED = re.compile(r"^[ \t>|]+", re.MULTILINE)
# No size has so many digits, and Python does not read them either.
NO_SIZE = r"\d{100,}"


class Diagnosis:
    r"""What an error message means.

    Attributes:
        kind: The name of the message, or `"unknown"`.
        framework: Whose message it is; empty where several say it.
        found: The numbers and words it contains, by name.
        cause: What is true when it appears.
        fix: What to do.
        call: What to write instead.
        page: Where to read on, a page of this site and its anchor.
        nearest: The kinds that are nearest to an unknown message.

    Examples:
        >>> from convarith import diagnose
        >>> diagnosis = diagnose("requested an output size of [8, 8], but valid sizes range from [9, 9] to [10, 10] (for an input of torch.Size([4, 4]))")
        >>> diagnosis.kind, diagnosis.found["lowest"], diagnosis.call
        ('output-size-out-of-range', (9, 9), 'output_size=[9, 9]')
    """

    __slots__ = (
        "call",
        "cause",
        "fix",
        "found",
        "framework",
        "kind",
        "nearest",
        "page",
    )

    def __init__(
        self,
        kind: str,
        framework: str,
        found: Mapping[str, Any],
        cause: str,
        fix: str,
        call: str = "",
        page: str = "",
        nearest: tuple[str, ...] = (),
    ) -> None:
        self.kind, self.framework, self.found = kind, framework, dict(found)
        self.cause, self.fix, self.call, self.page = cause, fix, call, page
        self.nearest = nearest

    def to_dict(self) -> dict[str, Any]:
        """All of it, for JSON."""
        return {name: getattr(self, name) for name in self.__slots__}

    def __str__(self) -> str:
        lines = [self.kind, self.cause, self.fix, self.call, self.page]
        return "\n    ".join(line for line in lines if line)

    def __repr__(self) -> str:
        return f"Diagnosis(kind={self.kind!r}, found={self.found}, call={self.call!r})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Diagnosis):
            return NotImplemented
        return self.to_dict() == other.to_dict()


def diagnose(message: str | BaseException, *, language: str = "en") -> Diagnosis:
    r"""Return what an error message of these layers means and what mends it.

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
            output_padding must be below max(stride, dilation) on each axis, and here it is not: axis 1 (output_padding 2, stride 2, dilation 1).
            Lower output_padding there. To come out larger by a whole stride, lower padding or enlarge kernel_size instead.
            output_padding=(0, 1)
            errors/output-size/#output-padding-too-large
        >>> diagnose("the kernel size is wrong").kind
        'unknown'

    Sources:
        The messages as PyTorch 2.13.0 raises them; `messages.py` lists their
        wordings.
    """
    twin = spoken(language)
    if isinstance(message, BaseException):
        message = str(message)
    if not isinstance(message, str):
        raise SizeTypeError(
            "message must be text or an exception",
            {"message": message},
            because=f"this is of type {type(message).__name__}",
            valid="diagnose(str(error))",
        )
    texts = _texts(message[-READ_AT_MOST:])
    for text in texts:
        for known, pattern in _patterns():
            match = pattern.search(text)
            if match:
                return _known(known, match.groupdict(), twin)
    nearest = _nearest(texts[0])
    cause, fix = _sentences("unknown", twin, {"nearest": ", ".join(nearest)})
    return Diagnosis("unknown", "", {}, cause, fix if nearest else "", nearest=nearest)


def _texts(message: str) -> list[str]:
    """On one line; also as it was before a window's edge broke it inside a word."""
    bare = re.sub(NO_SIZE, "", QUOTED.sub("", re.sub(COLOURS, "", message)))
    return [" ".join(text.split()) for text in (bare, bare.replace("\n", ""))]


@cache
def _patterns() -> tuple[tuple[Message, re.Pattern[str]], ...]:
    return tuple((known, re.compile(known.pattern)) for known in MESSAGES)


def _known(known: Message, groups: dict[str, str | None], twin: int) -> Diagnosis:
    found = found_in(known.kind, groups)
    cause, fix = _sentences(known.kind, twin, _spoken_values(found, twin))
    call = call_for(known.kind, known.call, found)
    return Diagnosis(known.kind, known.framework, found, cause, fix, call, known.page)


def _sentences(kind: str, twin: int, values: dict[str, Any]) -> tuple[str, str]:
    cause, fix = CAUSES[kind][2 * twin : 2 * twin + 2]
    return cause.format(**values), fix.format(**values)


def _spoken_values(found: dict[str, Any], twin: int) -> dict[str, Any]:
    """Sizes as they are read aloud: 4 x 5, and the axes that break a rule."""
    values = {
        name: " x ".join(map(str, value)) if isinstance(value, tuple) else value
        for name, value in found.items()
    }
    pair = values.get("wanted"), values.get("got")
    between = (": {} and {}", "：{} 和 {}")[twin]
    values["sizes"] = between.format(*pair) if None not in pair else ""
    place = (" on axis {}", "（轴 {}）")[twin]
    values["where"] = place.format(found["axis"]) if "axis" in found else ""
    values["axes"] = _axes_that_break(found, twin) if "dilation" in found else ""
    return values


def _axes_that_break(found: dict[str, Any], twin: int) -> str:
    axes = list(
        zip(found["output_padding"], found["stride"], found["dilation"], strict=True)
    )
    pattern = (
        "axis {} (output_padding {}, stride {}, dilation {})",
        "轴 {}（output_padding {}、stride {}、dilation {}）",
    )[twin]
    # A layer on one axis runs with a height in front of it, which is always the same.
    alone = len(axes) == 2 and axes[0] == (0, 1, 1)
    broken = [
        pattern.format(number, *axis)
        for number, axis in enumerate(axes)
        if axis[0] >= max(axis[1:])
    ]
    note = (
        ", or the only axis of a one-dimensional layer",
        "，一维的层则是它唯一的轴",
    )[twin]
    if not broken:
        return ""
    return (
        (": ", "：")[twin] + (", ", "、")[twin].join(broken) + (note if alone else "")
    )


def _nearest(text: str) -> tuple[str, ...]:
    """Up to three kinds whose messages share the most words with the text."""
    words = set(re.findall(r"[a-z_]{3,}", text.lower()))
    shared: dict[str, float] = {}
    for known in MESSAGES:
        own = set(re.findall(r"[a-z_]{3,}", known.pattern.lower()))
        count = len(words & own)
        if count > 1:
            shared[known.kind] = max(count / len(own), shared.get(known.kind, 0))
    best = sorted(shared, key=lambda kind: -shared[kind])
    return tuple(best[:3])
