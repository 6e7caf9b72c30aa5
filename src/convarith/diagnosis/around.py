"""What the text around a message says of the call that raised it."""

from __future__ import annotations

import re

from convarith.diagnosis.values import Found, plain

ENLARGES = re.compile(
    r"\b(?:Upsample|interpolate|ConvTranspose\dd|conv_transpose\dd)\b"
)
SUMMARY = re.compile(r"\bsummary\([^()]{0,80}\((?P<summary>\d+(?:, ?\d+){1,5})\)")


def around(text: str) -> Found:
    """The layer that enlarges a map, and the shape that a summary was asked for."""
    found: Found = {}
    if named := ENLARGES.findall(text):
        found["layer"] = named[-1]
    if called := SUMMARY.search(text):
        found |= plain(called.groupdict())
    return found
