"""Sizes in, parameters out: every layer that fits, or why none does."""

from __future__ import annotations

from functools import partial
from itertools import product
from math import prod
from typing import Any, NamedTuple

from convarith._axes import Given
from convarith._choices import (
    LARGEST_KERNEL,
    Bounds,
    Choices,
    bounds_of,
    in_seconds,
    length,
    on_axis,
)
from convarith._errors import SizeError, SizeTypeError, in_the_words_of_its_call
from convarith._layers import Conv, ConvTranspose, Layer
from convarith._legal_values import at_least, plain
from convarith._say import say, shown
from convarith._settings import Setting, candidates, nearest, settings, surplus_of
from convarith._solutions import Solutions, rank_of_all

# What is one number on every axis, unless it is given as a tuple.
SHARED = ("kernel_size", "stride", "dilation")


@in_the_words_of_its_call
def solve(
    in_size: Given,
    out_size: Given,
    *,
    kernel_size: Choices = None,
    stride: Choices = None,
    padding: Choices = None,
    output_padding: Choices = None,
    dilation: Choices = None,
    kind: type[Layer] = ConvTranspose,
) -> Solutions:
    r"""Return every layer of a kind that makes `out_size` of `in_size`.

    $$
    2p - p' = (i' - 1)s + d(k - 1) + 1 - o'
    $$

    The equation is solved for each kernel, stride and dilation within the bounds.
    A parameter may be an int, or a range, list or set of values that may be used.
    On several axes one layer is found for all: kernel, stride and dilation are the
    same on each, unless they are given as a tuple with one entry for each axis.

    Args:
        in_size: Input elements, on one axis or on each, at least 1.
        out_size: Output elements that are wanted, at least 1.
        kernel_size: If not given, up to sixteen, or up to twice the scale where that
            is more; for a single input element, up to `out_size`.
        stride: If not given, the scale, rounded down and up, and the next on either
            side; for a single input element, where it changes nothing, one.
        padding: If not given, up to `dilation * (kernel_size - 1)`.
        output_padding: If not given, below `max(stride, dilation)`.
        dilation: If not given, one: no gaps.
        kind: `ConvTranspose`, or `Conv` for the convolutions that make `out_size` of
            `in_size`; its defaults are those of the way back.

    Returns:
        The layers, the one an expert would take first: no `output_padding`, a
        stride that is the scale, even overlap, no shift, little padding, a small
        kernel. Empty where nothing fits, with the reason and the nearest sizes.

    Raises:
        SizeError: A size or a value is below its minimum, no value may be used, or a
            convolution is to have an `output_padding`.
        TypeError: A value is not a whole number, or the tuples differ in length.

    Examples:
        >>> from convarith import solve
        >>> list(solve(64, 128)[:2])
        [ConvTranspose(2, stride=2), ConvTranspose(4, stride=2, padding=1)]
        >>> solve((46, 62), (368, 489), kernel_size=16, stride=8)[0]
        ConvTranspose(16, stride=8, padding=(4, 8), output_padding=(0, 1))
        >>> none = solve(28, 55, kernel_size=4, output_padding=0)
        >>> len(none), none.nearest
        (0, (54, 56))
        >>> from convarith import Conv
        >>> list(solve(56, 28, kind=Conv)[:2])
        [Conv(2, stride=2), Conv(4, stride=2, padding=1)]

    Sources:
        Dumoulin and Visin, arXiv 1603.07285, relationship 14, solved for the
        padding.
    """
    if kind not in (Conv, ConvTranspose) or (
        kind is Conv and output_padding is not None
    ):
        got = {"kind": kind, "output_padding": output_padding}
        raise SizeError.of("search-kind", got)
    choices: tuple[Any, ...] = (kernel_size, stride, padding, output_padding, dilation)
    given: dict[str, Choices] = dict(zip(Setting._fields, choices, strict=True))
    in_size, out_size = plain(in_size), plain(out_size)
    several = isinstance(in_size, tuple)
    return _solutions(_Asked(kind, _pairs(in_size, out_size), several), given)


@in_the_words_of_its_call
def scale_by(
    factor: Given,
    *,
    kernel_size: Choices = None,
    padding: Choices = None,
    output_padding: Choices = None,
    dilation: Choices = None,
) -> Solutions:
    r"""Return every transposed convolution that makes each size `factor` times larger.

    $$
    o' = si' \iff 2p - p' = d(k - 1) + 1 - s
    $$

    Its stride is the factor: what fits one input size then fits all.

    Args:
        factor: How many times larger, on one axis or on each, at least 1.
        kernel_size: If not given, up to sixteen, or up to twice the factor where
            that is more.
        padding: If not given, up to `dilation * (kernel_size - 1)`.
        output_padding: If not given, below `max(stride, dilation)`.
        dilation: If not given, one: no gaps.

    Returns:
        The layers, the one an expert would take first, as from
        [solve][convarith.solve].

    Raises:
        SizeError: The factor or a value is below its minimum.
        TypeError: A value is not a whole number, or the tuples differ in length.

    Examples:
        >>> from convarith import scale_by
        >>> list(scale_by(2)[:3])
        [ConvTranspose(2, stride=2), ConvTranspose(4, stride=2, padding=1), ConvTranspose(6, stride=2, padding=2)]
        >>> scale_by(2, kernel_size=3)[0]
        ConvTranspose(3, stride=2, padding=1, output_padding=1)

    Sources:
        Dumoulin and Visin, arXiv 1603.07285, relationship 14, with the size a
        multiple of the input.
    """
    factor = plain(factor)
    factors = factor if isinstance(factor, tuple) else (factor,)
    sizes = [(1, at_least("factor", one)) for one in factors]
    if kernel_size is None:
        largest = max([LARGEST_KERNEL, *(2 * size for _, size in sizes)])
        kernel_size = range(1, largest + 1)
    choices: tuple[Any, ...] = (kernel_size, factor, padding, output_padding, dilation)
    given: dict[str, Choices] = dict(zip(Setting._fields, choices, strict=True))
    return _solutions(_Asked(ConvTranspose, sizes, isinstance(factor, tuple)), given)


class _Asked(NamedTuple):
    """A kind of layer, and the size it takes and the one it gives on each axis."""

    kind: type[Layer]
    sizes: list[tuple[int, int]]
    several: bool

    @property
    def ascending(self) -> list[tuple[int, int]]:
        """The sizes as a transposed convolution has them: see `_settings`."""
        if self.kind is ConvTranspose:
            return self.sizes
        return [(larger, smaller) for smaller, larger in self.sizes]


def _pairs(in_size: Any, out_size: Any) -> list[tuple[int, int]]:
    ins = in_size if isinstance(in_size, tuple) else (in_size,)
    outs = out_size if isinstance(out_size, tuple) else (out_size,)
    several = isinstance(in_size, tuple)
    if several != isinstance(out_size, tuple) or len(ins) != len(outs):
        got = {"in_size": in_size, "out_size": out_size}
        raise SizeTypeError.of("search-axes", got)
    return [
        (at_least("in_size", one), at_least("out_size", other))
        for one, other in zip(ins, outs, strict=True)
    ]


def _solutions(asked: _Asked, given: dict[str, Choices]) -> Solutions:
    kind, sizes, several = asked
    ascending = asked.ascending
    if not sizes:
        raise SizeTypeError.of("search-empty", {"sizes": ()})
    axes = len(sizes) if several else 0
    bounds = [
        bounds_of(*pair, on_axis(axis, axes, given))
        for axis, pair in enumerate(ascending)
    ]
    for pair, bound in zip(ascending, bounds, strict=True):
        in_seconds(candidates(kind, *pair, bound))
    on_axes = [
        list(settings(kind, *pair, bound))
        for pair, bound in zip(ascending, bounds, strict=True)
    ]
    shared = [name for name in SHARED if not isinstance(given[name], tuple)]
    found = sorted(
        _joined(on_axes, shared),
        key=lambda joined: rank_of_all(kind, joined, ascending),
    )
    if found:
        return Solutions(kind, found, ascending, several)
    for bound in bounds:
        in_seconds(bound.windows)
    closest = tuple(
        () if own else nearest(kind, *pair, bound)
        for pair, bound, own in zip(sizes, bounds, on_axes, strict=True)
    )
    if all(on_axes):
        why = partial(_unshared, ", ".join(shared))
    else:
        axis = next(axis for axis, own in enumerate(on_axes) if not own)
        why = partial(_why_none, asked, axis, bounds[axis], closest[axis])
    near = closest if several else closest[0]
    return Solutions(kind, [], ascending, several, why, near)


def _joined(
    on_axes: list[list[Setting]], shared: list[str]
) -> list[tuple[Setting, ...]]:
    """The settings that agree in what the axes share, one for each axis."""
    if len(on_axes) == 1:
        return [(setting,) for setting in on_axes[0]]
    groups: list[dict[tuple[int, ...], list[Setting]]] = []
    for found in on_axes:
        group: dict[tuple[int, ...], list[Setting]] = {}
        for setting in found:
            key = tuple(getattr(setting, name) for name in shared)
            group.setdefault(key, []).append(setting)
        groups.append(group)
    keys = [key for key in groups[0] if all(key in group for group in groups)]
    in_seconds(sum(prod(len(g[key]) for g in groups) for key in keys))
    return [
        joined for key in keys for joined in product(*(group[key] for group in groups))
    ]


def _unshared(names: str, language: str) -> str:
    return say(language, "unshared", names=names)


def _why_none(
    asked: _Asked, axis: int, bounds: Bounds, closest: tuple[int, ...], language: str
) -> str:
    where = say(language, "axis", axis=axis) + " " if asked.several else ""
    in_size, out_size = asked.sizes[axis]
    near = say(language, "and").join(map(shown, closest))
    text = where + say(
        language, "never" if closest else "nowhere", i=in_size, o=out_size, near=near
    )
    windows = (bounds.kernel_size, bounds.stride, bounds.dilation)
    if asked.kind is Conv or any(length(values) > 1 for values in windows):
        return text
    window = [values[0] for values in windows]
    return text + say(
        language, "surplus", surplus=surplus_of(in_size, out_size, *window)
    )
