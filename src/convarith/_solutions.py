"""The layers that a search found, best first, each with its reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import overload

from convarith._equation import Setting
from convarith._errors import shown
from convarith._layers import ConvTranspose
from convarith._ranking import reasons
from convarith._sentences import say


class Solutions(Sequence[ConvTranspose]):
    r"""Transposed convolutions that fit, the one an expert would take first.

    Attributes:
        nearest: The nearest output sizes that can be had, below and above, where
            nothing fits; one pair for each axis where the sizes are tuples.

    Examples:
        >>> from convarith import solve
        >>> print(solve(14, 28, kernel_size=[3, 4]))
        ConvTranspose(4, stride=2, padding=1)
            exactly 2 times every input
            even overlap: stride 2 divides kernel_size 4
            no output_padding
            no shift against plain resizing
        ConvTranspose(3, stride=2, padding=1, output_padding=1)
            exactly 2 times every input
            uneven overlap: stride 2 does not divide kernel_size 3
            output_padding 1, all of it real output
            the first input lands 1/2 to the left of plain resizing
    """

    __slots__ = ("_found", "_several", "_sizes", "_why", "nearest")

    def __init__(
        self,
        found: list[tuple[Setting, ...]],
        sizes: list[tuple[int, int]],
        several: bool,
        why: Callable[[str], str] = "".format,
        nearest: tuple[int, ...] | tuple[tuple[int, ...], ...] = (),
    ) -> None:
        self._found, self._sizes, self._several = tuple(found), sizes, several
        self._why, self.nearest = why, nearest

    @property
    def reason(self) -> str:
        """Why nothing fits; empty where something does."""
        return self.why()

    def why(self, *, language: str = "en") -> str:
        """Why nothing fits, in a language; empty where something does."""
        return self._why(language)

    def reasons(self, index: int, *, language: str = "en") -> tuple[str, ...]:
        """What speaks for the layer at this place or against it."""
        phrases = [
            reasons(setting, *pair, language)
            for setting, pair in zip(self._found[index], self._sizes, strict=True)
        ]
        if len(set(phrases)) == 1:
            return phrases[0]
        return tuple(
            f"{say(language, 'axis', axis=axis)} {phrase}"
            for axis, own in enumerate(phrases)
            for phrase in own
        )

    @overload
    def __getitem__(self, index: int) -> ConvTranspose: ...
    @overload
    def __getitem__(self, index: slice) -> Solutions: ...
    def __getitem__(self, index: int | slice) -> ConvTranspose | Solutions:
        if isinstance(index, slice):
            found = list(self._found[index])
            return Solutions(found, self._sizes, self._several, self._why, self.nearest)
        return _layer(self._found[index])

    def __len__(self) -> int:
        return len(self._found)

    def __iter__(self) -> Iterator[ConvTranspose]:
        return map(_layer, self._found)

    def __contains__(self, layer: object) -> bool:
        return any(found == layer for found in self)

    def __repr__(self) -> str:
        if not self._found:
            return f"Solutions([], reason={self.reason!r}, nearest={self.nearest})"
        more = len(self) - 3
        ends = f", and {shown(more)} more" if more > 0 else ""
        return f"Solutions({list(self[:3])}{ends})"

    def told(self, *, language: str = "en", limit: int | None = None) -> str:
        """Each layer with its reasons, or why there is none."""
        if not self._found:
            return say(language, "nothing", reason=self.why(language=language))
        lines = []
        for index, layer in enumerate(self[:limit]):
            lines.append(repr(layer))
            lines += ["    " + why for why in self.reasons(index, language=language)]
        if limit is not None and len(self) > limit:
            lines.append(say(language, "more", count=len(self) - limit))
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.told()


def _layer(joined: tuple[Setting, ...]) -> ConvTranspose:
    """One number for every axis where they agree."""
    values = {
        name: values[0] if len(set(values)) == 1 else values
        for name, values in zip(Setting._fields, zip(*joined, strict=True), strict=True)
    }
    return ConvTranspose(**values)
