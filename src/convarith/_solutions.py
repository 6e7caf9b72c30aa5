"""The layers that a search found, best first, each with its reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Any, TypeAlias, overload

from convarith._layers import Conv, ConvTranspose
from convarith._say import say, shown
from convarith._settings import Setting
from convarith._taps import EVEN, HOLES, UNEVEN, evenness, shift_times

Rank: TypeAlias = tuple[int, ...]
EVENNESS = {EVEN: 0, UNEVEN: 1, HOLES: 2}


class Solutions(Sequence[Any]):
    r"""Layers that fit, the one an expert would take first.

    Attributes:
        nearest: The nearest output sizes that can be had, below and above, where
            nothing fits; one pair for each axis where the sizes are tuples.

    Examples:
        >>> from convarith import solve
        >>> print(solve(14, 28, kernel_size=[3, 4]))
        ConvTranspose(4, stride=2, padding=1)
            exactly 2 times every input size
            even overlap: stride 2 divides kernel_size 4
            no output_padding
            no shift against plain resizing
        ConvTranspose(3, stride=2, padding=1, output_padding=1)
            exactly 2 times every input size
            uneven overlap: stride 2 does not divide kernel_size 3
            output_padding 1, and every output is computed from the input
            the first input lands 1/2 to the left of plain resizing
    """

    __slots__ = ("_found", "_kind", "_several", "_sizes", "_why", "nearest")

    def __init__(
        self,
        kind: type,
        found: Sequence[tuple[Setting, ...]],
        sizes: list[tuple[int, int]],
        several: bool,
        why: Callable[[str], str] = "".format,
        nearest: tuple[int, ...] | tuple[tuple[int, ...], ...] = (),
    ) -> None:
        self._kind, self._found, self._sizes = kind, tuple(found), sizes
        self._several, self._why, self.nearest = several, why, nearest

    @property
    def reason(self) -> str:
        """Why nothing fits; empty where something does."""
        return self._why("en")

    def reasons(self, index: int, *, language: str = "en") -> tuple[str, ...]:
        """What speaks for the layer at this place or against it."""
        phrases = [
            _reasons(self._kind, setting, *pair, language)
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
    def __getitem__(self, index: int) -> Any: ...
    @overload
    def __getitem__(self, index: slice) -> Solutions: ...
    def __getitem__(self, index: int | slice) -> Any:
        found = self._found[index]
        if not isinstance(index, slice):
            return self._layer(found)  # type: ignore[arg-type]
        own = (self._kind, found, self._sizes, self._several, self._why, self.nearest)
        return Solutions(*own)  # type: ignore[arg-type]

    def _layer(self, joined: tuple[Setting, ...]) -> Any:
        """One number for every axis where they agree."""
        values: dict[str, Any] = joined[0]._asdict()
        if len(joined) > 1:
            for name, own in zip(values, zip(*joined, strict=True), strict=True):
                values[name] = own[0] if len(set(own)) == 1 else own
        if self._kind is Conv:
            del values["output_padding"]
        return self._kind(**values)

    def __len__(self) -> int:
        return len(self._found)

    def __iter__(self) -> Iterator[Any]:
        return map(self._layer, self._found)

    def __contains__(self, layer: object) -> bool:
        return any(found == layer for found in self)

    def __repr__(self) -> str:
        if not self._found:
            return f"Solutions([], reason={self.reason!r}, nearest={self.nearest})"
        more = len(self) - 3
        ends = f", and {shown(more)} more" if more > 0 else ""
        return f"Solutions({list(self[:3])}{ends})"

    def text(self, *, language: str = "en", limit: int | None = None) -> str:
        """Each layer with its reasons, or why there is none."""
        if not self._found:
            return say(language, "nothing", reason=self._why(language))
        lines = []
        for index, layer in enumerate(self[:limit]):
            lines.append(repr(layer))
            lines += ["    " + why for why in self.reasons(index, language=language)]
        if limit is not None and len(self) > limit:
            lines.append(say(language, "more", count=len(self) - limit))
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.text()


def rank_of_all(
    kind: type, joined: tuple[Setting, ...], sizes: list[tuple[int, int]]
) -> Rank:
    """The ranks of the axes added, wish by wish."""
    if len(joined) == 1:
        return _rank(kind, joined[0], *sizes[0])
    ranks = (_rank(kind, one, *pair) for one, pair in zip(joined, sizes, strict=True))
    return tuple(map(sum, zip(*ranks, strict=True)))


def _rank(kind: type, setting: Setting, smaller: int, larger: int) -> Rank:
    """A smaller rank comes first; the order of its members is the order of wishes.

    No output_padding; a stride that is the scale; even overlap; little
    output_padding; no shift; little padding; a small kernel; no dilation. What a
    convolution leaves over at the end is no wish, and its overlap only if it skips.
    """
    kernel_size, stride, padding, output_padding, dilation = setting
    extent = dilation * (kernel_size - 1) + 1
    even = EVENNESS[evenness(kernel_size, stride, dilation)]
    set_by_hand = output_padding if kind is ConvTranspose else 0
    return (
        set_by_hand > 0,
        2 * abs(stride * smaller - larger) > smaller,
        even if kind is ConvTranspose else even == EVENNESS[HOLES],
        set_by_hand,
        # It has one denominator for all, and so stays a whole number.
        abs(shift_times(smaller, larger, extent, padding)),
        padding,
        kernel_size,
        dilation,
        stride,
    )


def _reasons(
    kind: type, setting: Setting, smaller: int, larger: int, language: str
) -> tuple[str, ...]:
    """What speaks for a setting or against it, one phrase for each wish."""
    kernel_size, stride, padding, output_padding, dilation = setting
    extent = dilation * (kernel_size - 1) + 1
    more = extent - 2 * padding + output_padding - stride
    shift = Fraction(shift_times(smaller, larger, extent, padding), 2 * smaller)
    values = {
        "k": kernel_size,
        "s": stride,
        "d": dilation,
        "a": output_padding,
        "past": output_padding - padding,
        "more": more,
        "less": -more,
        "shift": abs(shift),
        "added": stride + 2 * padding - extent,
    }
    keys = _of_conv if kind is Conv else _of_transpose
    return tuple(say(language, key, **values) for key in keys(setting, values, shift))


def _of_transpose(
    setting: Setting, values: dict[str, Any], shift: Fraction
) -> tuple[str, ...]:
    _, _, padding, output_padding, _ = setting
    given_back = "real" if output_padding <= padding else "empty"
    return (
        _of_sign(values["more"], "exactly", "plus", "minus"),
        _overlap(setting, EVEN, UNEVEN),
        given_back if output_padding else "none",
        _of_sign(shift, "unmoved", "right", "left"),
    )


def _of_conv(
    setting: Setting, values: dict[str, Any], shift: Fraction
) -> tuple[str, ...]:
    rounded = {0: "conv-down", setting.stride - 1: "conv-up"}
    return (
        rounded.get(values["added"], "conv-plus"),
        _overlap(setting, "conv-reads", "conv-reads"),
        "conv-left-over" if setting.output_padding else "conv-nothing-over",
        _of_sign(shift, "unmoved", "conv-right", "conv-left"),
    )


def _of_sign(number: int | Fraction, zero: str, above: str, below: str) -> str:
    if not number:
        return zero
    return above if number > 0 else below


def _overlap(setting: Setting, even: str, uneven: str) -> str:
    kernel_size, stride, _, _, dilation = setting
    kind = evenness(kernel_size, stride, dilation)
    if kind == HOLES:
        return "small" if kernel_size < stride else "sparse"
    return even if kind == EVEN else uneven
