"""Sizes asserted in somebody's tests, with messages that say what to change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice, product
from typing import TYPE_CHECKING, Any, TypeAlias

from convarith import _broken_skip
from convarith._axes import Given, PerAxis
from convarith._errors import SizeError, SizeTypeError
from convarith._fitting_sizes import Skips, checked
from convarith._layers import Conv, ConvTranspose, Layer
from convarith._legal_values import plain
from convarith._say import say, spoken
from convarith._solve import solve
from convarith._stack import Stack

if TYPE_CHECKING:
    from torch import nn

# What a fix leaves as it is, and what it may change.
KEPT = ("kernel_size", "stride", "dilation")
PADDED = ("padding", "output_padding")
# So many of the sizes that a layer may give, the smallest first.
TRIED_AT_MOST = 4
Layers: TypeAlias = "Layer | Stack | nn.Module | Iterable[Layer | Stack | nn.Module]"


def assert_out_size(
    layers: Layers, in_size: Given, out_size: Given, *, language: str = "en"
) -> None:
    """Raise an AssertionError unless the layers turn one size into another.

    It is a function, so `python -O` does not leave it out.

    Args:
        layers: A layer, a stack, a list of them, or a torch module that
            [from_torch][convarith.from_torch] reads.
        in_size: Input elements, on one axis or on each, such as `x.shape[2:]`.
        out_size: Output elements that are wanted, on the same axes.
        language: `"en"` or `"zh"`, for the message.

    Returns:
        Nothing: the size is right.

    Raises:
        AssertionError: The output has another size. The message has both sizes, the
            axis, the size after each layer, and what to change: an `output_padding`
            or a `padding` that gives `out_size`, and the inputs that give it.
        SizeError: A layer refuses its input; the message names the layer.
        TypeError: A size is not a whole number, the sizes have different axes, or a
            torch module is not one of those that are read.

    Examples:
        >>> from convarith import Conv, ConvTranspose, assert_out_size
        >>> down = Conv(3, stride=2, padding=1)
        >>> assert_out_size(down, (28, 32), (14, 16))
        >>> try:
        ...     assert_out_size([down, ConvTranspose(3, stride=2, padding=1)], 28, 28)
        ... except AssertionError as error:
        ...     print(error)
        28 becomes 27, not 28.
        Fix: output_padding=1 on layer 1, or output_size=28 in its call.
        layer 0: Conv(3, stride=2, padding=1), 28 -> 14
        layer 1: ConvTranspose(3, stride=2, padding=1), 14 -> 27

    Sources:
        [Stack.trace][convarith.Stack.trace], [Stack.in_sizes][convarith.Stack.in_sizes]
        and [solve][convarith.solve].
    """
    __tracebackhide__ = True
    spoken(language)
    stack = _stack(layers)
    trace, inputs = stack.trace(in_size), stack.in_sizes(out_size)
    got, wanted = trace[-1], plain(out_size)
    if (type(got), _axes(got)) != (type(wanted), _axes(wanted)):
        raise SizeTypeError.of("search-axes", {"in_size": trace[0], "out_size": wanted})
    if got == wanted:
        return
    said = [say(language, "becomes", i=trace[0], o=got, wanted=wanted)]
    said += _by_axis(got, wanted, language)
    said += _fixes(stack, trace, inputs, wanted, language)
    raise AssertionError("\n".join(said + _passed(stack, trace, language)))


def assert_fits(
    layers: Layers,
    in_size: Given,
    skips: Skips = ((0, -1),),
    *,
    language: str = "en",
) -> None:
    """Raise an AssertionError unless the sizes at both ends of each skip are equal.

    It is a function, so `python -O` does not leave it out.

    Args:
        layers: A layer, a stack, a list of them, or a torch module that
            [from_torch][convarith.from_torch] reads.
        in_size: Input elements, on one axis or on each, such as `x.shape[2:]`.
        skips: Pairs of places in the trace that must have the same size, as in
            [Stack.fitting_sizes][convarith.Stack.fitting_sizes]. By default the
            output must be as large as the input.
        language: `"en"` or `"zh"`, for the message.

    Returns:
        Nothing: every pair has the same size.

    Raises:
        AssertionError: The sizes of a pair differ. The message has both sizes, the
            axis, the size after each layer, and what to change: an `output_padding`
            where one helps, and the next input size that fits.
        SizeError: A layer refuses its input, or a place is not in the trace.
        TypeError: A size or a place is not a whole number, or a torch module is not
            one of those that are read.

    Examples:
        >>> from convarith import ConvTranspose, Pool, Stack, assert_fits
        >>> down, up = Pool(2), ConvTranspose(2, stride=2)
        >>> unet, skips = Stack([down, down, up, up]), [(0, 4), (1, 3)]
        >>> assert_fits(unet, 224, skips)
        >>> try:
        ...     assert_fits(unet, 222, skips)
        ... except AssertionError as error:
        ...     print(error)
        layer 2 gives 110, but the skip from position 1 has 111.
        Fix: output_padding=1 on layer 2, or output_size=111 in its call.
        Or an input of 224, the next that fits.
        layer 0: Pool(2), 222 -> 111
        layer 1: Pool(2), 111 -> 55
        layer 2: ConvTranspose(2, stride=2), 55 -> 110
        layer 3: ConvTranspose(2, stride=2), 110 -> 220

    Sources:
        [Stack.broken_skip][convarith.Stack.broken_skip] and
        [Stack.fitting_sizes][convarith.Stack.fitting_sizes].
    """
    __tracebackhide__ = True
    spoken(language)
    stack = _stack(layers)
    pairs = checked(skips, len(stack))
    broken = stack.broken_skip(in_size, pairs)
    if broken is None:
        return
    first, *fix = broken.text(language=language).splitlines()
    trace = stack.trace(in_size)
    said = [first, *_by_axis(broken.got, broken.wanted, language), *fix]
    larger = _next_that_fits(stack, trace[0], pairs)
    if larger is not None:
        said.append(say(language, "fits:input", sizes=larger))
    raise AssertionError("\n".join(said + _passed(stack, trace, language)))


def _stack(layers: Layers) -> Stack:
    return Stack([layers] if isinstance(layers, Layer) else layers)


def _axes(size: PerAxis) -> int:
    return len(size) if isinstance(size, tuple) else 0


def _passed(stack: Stack, trace: Sequence[PerAxis], language: str) -> list[str]:
    """Each layer with the size before it and after it."""
    lines = []
    for n, layer in enumerate(stack):
        passed = f"{layer!r}, {trace[n]} -> {trace[n + 1]}"
        lines.append(say(language, "layer", number=n, layer=passed))
    return lines


def _by_axis(got: Any, wanted: Any, language: str) -> list[str]:
    """The axes on which two sizes differ, where there are several."""
    return [
        f"{say(language, 'axis', axis=axis)} "
        + say(language, "becomes:not", o=got[axis], wanted=wanted[axis])
        for axis in range(_axes(got))
        if got[axis] != wanted[axis]
    ]


def _fixes(
    stack: Stack, trace: Sequence[PerAxis], inputs: Any, wanted: PerAxis, language: str
) -> list[str]:
    cure = _broken_skip.cure(list(stack), trace, wanted)
    if cure is not None:
        own = {"layer": cure.number, "output_padding": cure.layer.output_padding}
        return [_broken_skip.fix(language, cure.output_size, **own)]
    said = [
        say(language, "becomes:layer", layer=repr(layer), number=number)
        for number, layer in islice(_padded_otherwise(stack, trace, wanted), 1)
    ]
    if all(_ranges(inputs)):
        sizes = ", ".join(_from_to(one, language) for one in _ranges(inputs))
        sizes = f"({sizes})" if isinstance(inputs, tuple) else sizes
        key = "becomes:input" if said else "becomes:only-input"
        said.append(say(language, key, sizes=sizes, wanted=wanted))
    return said or [say(language, "becomes:no-fix", wanted=wanted)]


def _ranges(inputs: Any) -> tuple[range, ...]:
    return inputs if isinstance(inputs, tuple) else (inputs,)


def _from_to(sizes: range, language: str) -> str:
    if len(sizes) == 1:
        return str(sizes[0])
    return say(language, "becomes:from-to", first=sizes[0], last=sizes[-1])


def _padded_otherwise(
    stack: Stack, trace: Sequence[PerAxis], wanted: PerAxis
) -> Iterator[tuple[int, Layer]]:
    """A layer with the same kernel that, alone, makes the last size this one."""
    for number in reversed(range(len(stack))):
        layer, targets = stack[number], stack[number + 1 :].in_sizes(wanted)
        if not isinstance(layer, (Conv, ConvTranspose)):
            continue
        own = {name: getattr(layer, name) for name in KEPT}
        firsts = (islice(sizes, TRIED_AT_MOST) for sizes in _ranges(targets))
        for sizes in product(*firsts):
            target = sizes if isinstance(wanted, tuple) else sizes[0]
            with suppress(SizeError):
                for found in solve(trace[number], target, kind=type(layer), **own)[:1]:
                    names = [name for name in PADDED if hasattr(found, name)]
                    other = layer.replace(**{n: getattr(found, n) for n in names})
                    # It refuses where reflected padding is longer than the input.
                    other.out_size(trace[number])
                    yield number, other


def _next_that_fits(
    stack: Stack, in_size: PerAxis, skips: list[tuple[int, int]]
) -> PerAxis | None:
    """The smallest larger input whose sizes meet; None if there is none to name."""
    try:
        fitting = stack.fitting_sizes(skips)
    except SizeError:
        return None
    sizes = in_size if isinstance(in_size, tuple) else (in_size,)
    rules = fitting if isinstance(fitting, tuple) else (fitting,) * len(sizes)
    found = [rule.at_least(size) for rule, size in zip(rules, sizes, strict=True)]
    larger = tuple(size for size in found if size is not None)
    if len(larger) < len(sizes):
        return None
    return larger if isinstance(in_size, tuple) else larger[0]
