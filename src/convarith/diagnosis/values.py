"""The values that a message contains: how they are caught, and how they are read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

Found = dict[str, Any]
# As they are compared; what is not known is None.
Sizes = tuple[Any, ...]
NUMBER = r"(?:np\.int64\(-?\d+\)|-?\d+|None|\?)"
SIZES = (
    r"(?:torch\.Size\()?[\[({]{1,2}(?P<%s>"
    rf"{NUMBER}(?:(?:, ?| ?x ?){NUMBER})*,?)[\])}}]{{1,3}}"
)


def node(op: str) -> str:
    """The pattern of a node of this kind, as TensorFlow 1 and 2 write it, and of its inputs."""
    return (
        rf"for (?:.{{0,200}}?\(op: '{op}'\)|'?\{{\{{node [^{{}}]{{1,200}}\}}\}} = {op}[\[(].{{0,800}}?)"
        r" with input shapes: "
    )


def sizes(name: str) -> str:
    """The pattern of a list of sizes such as [1, 3] or (4 x 5), caught by this name."""
    return SIZES % name


def plain(groups: Mapping[str, str | None]) -> Found:
    """What was caught, by name: an int, a tuple of ints, or a word."""
    return {name: _value(text) for name, text in groups.items() if text is not None}


def verbatim(groups: Mapping[str, str | None]) -> Found:
    """What was caught, as it is written."""
    return {name: text for name, text in groups.items() if text is not None}


def _value(text: str) -> Any:
    text = re.sub(r"np\.int64\((-?\d+)\)", r"\1", text, flags=re.IGNORECASE)
    if re.fullmatch(r"\s*-?\d+\s*", text):
        return int(text)
    numbers = re.findall(r"-?\d+|None|\?", text, re.IGNORECASE)
    listed = numbers and re.fullmatch(r"(?:[-\d,\sx?]|None)+", text, re.IGNORECASE)
    if not listed:
        return text
    return tuple(None if one.lower() in ("none", "?") else int(one) for one in numbers)


class Shape(tuple[Any, ...]):
    """Sizes, of which some may not be known; those are written as TensorFlow does."""

    __slots__ = ()

    def __repr__(self) -> str:
        return super().__repr__().replace("None", "?")


# The channels of an image: grey, RGB, RGBA.
IMAGE = {1, 3, 4}


def without(shape: Sizes, at: int) -> Shape:
    """The shape without one of its axes."""
    at %= max(len(shape), 1)
    return Shape((*shape[:at], *shape[at + 1 :]))


def several(value: Any) -> Shape:
    """One int, or the several ints of a list, as a tuple."""
    return Shape(value if isinstance(value, tuple) else (value,))
