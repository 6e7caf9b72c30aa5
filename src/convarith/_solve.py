"""Sizes in, parameters out: every transposed convolution that fits, or why none does."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial
from itertools import product
from math import prod
from typing import TYPE_CHECKING, TypeAlias

from convarith._axes import PerAxis, sizes_given
from convarith._equation import (
    LOOKED_AT_MOST,
    Bounds,
    Setting,
    candidates,
    length,
    nearest,
    settings,
    windows,
)
from convarith._errors import (
    SizeError,
    SizeTypeError,
    in_the_words_of_its_call,
    shown,
)
from convarith._ranking import Rank, rank
from convarith._rules import at_least, plain
from convarith._sentences import say
from convarith._solutions import Solutions

if TYPE_CHECKING:
    from convarith._axes import Given

# One value, a range or a list of values that may be used, or one of these for each
# axis in a tuple.
Choice: TypeAlias = int | Collection[int]
Choices: TypeAlias = Choice | tuple[Choice, ...] | None

NAMES: tuple[str, ...] = (
    "kernel_size",
    "stride",
    "padding",
    "output_padding",
    "dilation",
)
# What is one number on every axis, unless it is given as a tuple.
SHARED = ("kernel_size", "stride", "dilation")
LARGEST_KERNEL = 16


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
) -> Solutions:
    r"""Return every transposed convolution that makes `out_size` of `in_size`.

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

    Returns:
        The layers, the one an expert would take first: no `output_padding`, a
        stride that is the scale, even overlap, no shift, little padding, a small
        kernel. Empty where nothing fits, with the reason and the nearest sizes.

    Raises:
        SizeError: A size or a value is below its minimum, or no value may be used.
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

    Sources:
        Dumoulin and Visin, arXiv 1603.07285, relationship 14, solved for the
        padding.
    """
    choices = (kernel_size, stride, padding, output_padding, dilation)
    given: dict[str, Choices] = dict(zip(NAMES, choices, strict=True))
    in_size, out_size = sizes_given(in_size), sizes_given(out_size)
    sizes = _pairs(in_size, out_size)
    return _solutions(sizes, given, isinstance(in_size, tuple))


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
    factor = sizes_given(factor)
    factors = factor if isinstance(factor, tuple) else (factor,)
    sizes = [(1, at_least("factor", one)) for one in factors]
    if kernel_size is None:
        largest = max([LARGEST_KERNEL, *(2 * size for _, size in sizes)])
        kernel_size = range(1, largest + 1)
    choices = (kernel_size, factor, padding, output_padding, dilation)
    given: dict[str, Choices] = dict(zip(NAMES, choices, strict=True))
    return _solutions(sizes, given, isinstance(factor, tuple))


def _pairs(in_size: PerAxis, out_size: PerAxis) -> list[tuple[int, int]]:
    ins = in_size if isinstance(in_size, tuple) else (in_size,)
    outs = out_size if isinstance(out_size, tuple) else (out_size,)
    if isinstance(in_size, tuple) != isinstance(out_size, tuple) or len(ins) != len(
        outs
    ):
        raise SizeTypeError(
            "in_size and out_size must speak of the same axes",
            {"in_size": in_size, "out_size": out_size},
            valid="two ints, or two tuples of one length",
        )
    return [
        (at_least("in_size", one), at_least("out_size", other))
        for one, other in zip(ins, outs, strict=True)
    ]


def _solutions(
    sizes: list[tuple[int, int]], given: dict[str, Choices], several: bool
) -> Solutions:
    axes = len(sizes)
    if not axes:
        raise SizeTypeError(
            "a tuple of sizes must have one for each axis",
            {"sizes": ()},
            because="a tuple without sizes has no axis",
            valid="an int, or a tuple such as (5, 7)",
        )
    bounds = [
        _bounds(*pair, _on(axis, axes if several else 0, given))
        for axis, pair in enumerate(sizes)
    ]
    for pair, bound in zip(sizes, bounds, strict=True):
        _is_a_search_of_seconds(candidates(*pair, bound))
    on_axes = [
        list(settings(*pair, bound)) for pair, bound in zip(sizes, bounds, strict=True)
    ]
    shared = [name for name in SHARED if not isinstance(given[name], tuple)]
    found = sorted(
        _joined(on_axes, shared), key=lambda joined: _rank_of_all(joined, sizes)
    )
    if found:
        return Solutions(found, sizes, several)
    for bound in bounds:
        _is_a_search_of_seconds(windows(bound))
    closest = tuple(
        () if on_axis else nearest(*pair, bound)
        for pair, bound, on_axis in zip(sizes, bounds, on_axes, strict=True)
    )

    if all(on_axes):
        why = partial(say, sentence="unshared", names=", ".join(shared))
    else:
        axis = next(axis for axis, on_axis in enumerate(on_axes) if not on_axis)
        why = partial(
            _why_none,
            *(*sizes[axis], bounds[axis], closest[axis]),
            axis=axis if several else None,
        )
    return Solutions([], sizes, several, why, closest if several else closest[0])


def _rank_of_all(joined: tuple[Setting, ...], sizes: list[tuple[int, int]]) -> Rank:
    """The ranks of the axes added, wish by wish."""
    if len(joined) == 1:
        return rank(joined[0], *sizes[0])
    ranks = (rank(one, *pair) for one, pair in zip(joined, sizes, strict=True))
    return tuple(map(sum, zip(*ranks, strict=True)))


def _on(axis: int, axes: int, given: dict[str, Choices]) -> dict[str, Choice | None]:
    own: dict[str, Choice | None] = {}
    for name, choice in given.items():
        if not isinstance(choice, tuple):
            own[name] = choice
            continue
        if len(choice) != axes or not axes:
            raise SizeTypeError(
                "a tuple must have one entry for each axis",
                {name: choice},
                because=f"the sizes speak of {axes or 1} "
                + ("axes" if axes > 1 else "axis"),
                valid=f"an int, or a range or list of values, for example {name}=[1, 2]",
            )
        own[name] = choice[axis]
    return own


def _bounds(in_size: int, out_size: int, own: dict[str, Choice | None]) -> Bounds:
    allowed = {name: _allowed(name, choice) for name, choice in own.items()}
    scale = out_size if in_size == 1 else -(-out_size // in_size)
    largest = max(LARGEST_KERNEL, scale if in_size == 1 else 2 * scale)
    kernels = allowed["kernel_size"] or range(1, largest + 1)
    dilations = allowed["dilation"] or range(1, 2)
    nearby = range(max(1, out_size // in_size - 1), -(-out_size // in_size) + 2)
    strides = allowed["stride"] or (nearby if in_size > 1 else range(1, 2))
    return Bounds(
        kernels, strides, allowed["padding"], allowed["output_padding"], dilations
    )


def _is_a_search_of_seconds(number: int) -> None:
    if number > LOOKED_AT_MOST:
        raise SizeError(
            f"there must be at most {LOOKED_AT_MOST} settings to look at",
            {"settings": number},
            because="with sizes this far apart, many kernels, strides and "
            "output_paddings fit",
            valid="kernel_size, stride or output_padding given, for example "
            "output_padding=[0, 1] with one kernel_size",
        )


def _allowed(name: str, choice: Choice | None) -> Sequence[int] | None:
    """The values that may be used, each legal by itself."""
    if choice is None:
        return None
    if type(plain(choice)) is int or not isinstance(choice, Collection):
        return (at_least(name, choice),)  # type: ignore[arg-type]
    if not length(choice):
        raise SizeError(
            f"{name} needs a value that may be used",
            {name: choice},
            because="nothing can be chosen from nothing",
            valid=f"an int, or a range or list of values, for example {name}=[1, 2]",
        )
    if isinstance(choice, range):
        ascending = choice if choice.step > 0 else choice[::-1]
        at_least(name, ascending[0])
        return ascending
    return sorted({at_least(name, value) for value in choice})


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
    _is_a_search_of_seconds(sum(prod(len(g[key]) for g in groups) for key in keys))
    return [
        joined for key in keys for joined in product(*(group[key] for group in groups))
    ]


def _why_none(
    in_size: int,
    out_size: int,
    bounds: Bounds,
    closest: tuple[int, ...],
    language: str,
    axis: int | None,
) -> str:
    where = "" if axis is None else say(language, "axis", axis=axis) + " "
    sizes = {"i": shown(in_size), "o": shown(out_size)}
    near = say(language, "and").join(shown(size) for size in closest)
    text = where + say(language, "never" if closest else "nowhere", **sizes, near=near)
    windows = (bounds.kernel_size, bounds.stride, bounds.dilation)
    if any(length(values) > 1 for values in windows):
        return text
    (kernel_size,), (stride,), (dilation,) = windows
    surplus = (in_size - 1) * stride + dilation * (kernel_size - 1) + 1 - out_size
    return text + say(language, "surplus", surplus=shown(surplus))
