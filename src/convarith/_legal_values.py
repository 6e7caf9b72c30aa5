"""Which values are legal: each rule once, with its reason and the nearest value."""

from __future__ import annotations

import operator
from typing import Any, TypeAlias

from convarith._errors import SizeError, SizeTypeError
from convarith._say import Sentence

Padding: TypeAlias = int | tuple[int, int]

# The smallest value of each parameter; the table of sentences says why.
LEAST = {
    "in_size": 1,
    "out_size": 1,
    "kernel_size": 1,
    "stride": 1,
    "padding": 0,
    "output_padding": 0,
    "dilation": 1,
    "factor": 1,
    "downscale_factor": 1,
    "size": 1,
    "output_size": 1,
    "dims": 1,
    "position": 0,
    "axis": 0,
}


def plain(value: Any) -> Any:
    """What counts as ints, and lists as tuples; what is neither is left to be refused."""
    if type(value) is int or isinstance(value, bool):
        return value
    if isinstance(value, (tuple, list)):
        return tuple(map(plain, value))
    try:
        return operator.index(value)
    except TypeError:
        return value


def whole(name: str, value: Any) -> int:
    """The value as an int; what counts things is a whole number, and True is not."""
    number = plain(value)
    if type(number) is int:
        return number
    kind = type(value).__name__
    near = _whole_number_near(name, value)
    raise SizeTypeError.of("whole", {name: value}, name=name, kind=kind, valid=near)


def _whole_number_near(name: str, value: Any) -> Sentence:
    if isinstance(value, (tuple, list)):
        return Sentence("whole:pair" if name == "padding" else "whole:one", {})
    text = isinstance(value, str) and value.strip().isdecimal()
    number = isinstance(value, float) and value.is_integer()
    least = LEAST.get(name, 0)
    # Whether output_padding is legal depends on stride and dilation; 0 always is.
    meant = int(value) if (text or number) and name != "output_padding" else least
    return Sentence("whole:int", {"name": name, "near": max(meant, least)})


def at_least(name: str, value: Any, *, nearest: int | None = None) -> int:
    """The value as an int that is not below the smallest legal one.

    Where other parameters ask for more, they say so by `nearest`.
    """
    least = LEAST[name]
    # The common case first: this is asked for each parameter on each axis.
    if type(value) is int and value >= least:
        return value
    number = whole(name, value)
    if number >= least:
        return number
    raise SizeError.of(
        "at-least",
        {name: number},
        name=name,
        least=least,
        because=Sentence(f"at-least:{name}", {}),
        nearest=least if nearest is None else nearest,
    )


def padding_is_legal(padding: Any) -> Padding:
    """One number, or one for each end."""
    if not isinstance(padding, (tuple, list)):
        return at_least("padding", padding)
    if len(padding) != 2:
        count = len(padding)
        raise SizeTypeError.of("padding-pair", {"padding": padding}, count=count)
    return at_least("padding", padding[0]), at_least("padding", padding[1])


def ends(padding: Padding) -> tuple[int, int]:
    """Padding as (before, after); one int means the same at both ends."""
    return padding if isinstance(padding, tuple) else (padding, padding)


def shortest(padding: Padding) -> Padding:
    """One number where the ends are alike."""
    before, after = ends(padding)
    return before if before == after else padding


def output_padding_limit(stride: int, dilation: int) -> int:
    """torch refuses output_padding from here on.

    torch: aten/src/ATen/native/NaiveConvolutionTranspose2d.cpp, "output padding
    must be smaller than either stride or dilation".
    """
    return max(stride, dilation)


def output_padding_is_legal(output_padding: int, stride: int, dilation: int) -> int:
    """Its value, which is at least 0 and below the limit."""
    output_padding = at_least("output_padding", output_padding)
    limit = output_padding_limit(stride, dilation)
    if output_padding < limit:
        return output_padding
    got = {"output_padding": output_padding, "stride": stride, "dilation": dilation}
    valid = Sentence("up-to" if limit > 1 else "only-zero", {"most": limit - 1})
    raise SizeError.of("output-padding-limit", got, limit=limit, valid=valid)


def pool_padding_is_legal(padding: Padding, kernel_size: int) -> None:
    """A window of a pooling layer must hold more input than padding; in a pair, some.

    torch: aten/src/ATen/native/Pool.h, "pad should be at most half of effective
    kernel size", where torch 2.13.0 counts the kernel without its dilation. ONNX
    Runtime: core/providers/cpu/nn/pool_attributes.h, "Pad should be smaller than
    kernel".
    """
    got = {"padding": padding, "kernel_size": kernel_size}
    if isinstance(padding, tuple):
        if max(padding) >= kernel_size:
            raise SizeError.of("pool-pair", got, most=kernel_size - 1)
    elif 2 * padding > kernel_size:
        raise SizeError.of("pool-padding", got, valid=padding_up_to(kernel_size // 2))


def padding_up_to(most: int) -> Sentence:
    return Sentence("padding-or-less" if most else "no-padding", {"most": most})


def true_or_false(name: str, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise SizeTypeError.of("true-or-false", {name: value}, name=name)


def one_of(name: str, value: Any, known: tuple[str, ...]) -> str:
    """A word that PyTorch takes here."""
    if isinstance(value, str) and value in known:
        return value
    raise SizeError.of(
        "one-of", {name: value}, name=name, valid=", ".join(map(repr, known))
    )


def padding_named(
    name: str, *, kernel_size: int, stride: int, dilation: int
) -> Padding:
    """The numbers behind torch's padding="same", whose odd element is at the end.

    torch: torch/nn/modules/conv.py, _ConvNd, _reversed_padding_repeated_twice.
    """
    if name == "valid":
        return 0
    if name == "same" and stride == 1:
        total = dilation * (kernel_size - 1)
        return shortest((total // 2, total - total // 2))
    because = "padding-named:stride" if name == "same" else "padding-named:word"
    got = {"padding": name, "stride": stride}
    raise SizeError.of("padding-named", got, because=Sentence(because, {}))


# Whose pads follow from the size; an odd one is larger at the end, or at the start.
SAME = ("SAME_UPPER", "SAME_LOWER")


def same_pads(
    in_size: int, name: str, *, kernel_size: int, stride: int, dilation: int
) -> tuple[int, int]:
    """What the last window sticks out, shared between the ends.

    jax/_src/lax/lax.py, padtype_to_pads.
    """
    last = (in_size - 1) // stride * stride
    total = max(last + dilation * (kernel_size - 1) + 1 - in_size, 0)
    smaller, larger = total // 2, total - total // 2
    return (smaller, larger) if name == "SAME_UPPER" else (larger, smaller)


def same_is_of_zeros(padding: str, padding_mode: str) -> None:
    if padding_mode != "zeros":
        got = {"padding": padding, "padding_mode": padding_mode}
        raise SizeError.of("same-of-zeros", got)


def factor_is_legal(factor: Any) -> int | float:
    """A number above 0; a whole one is kept as an int, as torch takes 2.0 for 2."""
    number = float(factor) if isinstance(factor, float) else plain(factor)
    if type(number) is not int and type(number) is not float:
        kind = type(factor).__name__
        raise SizeTypeError.of("factor", {"factor": factor}, kind=kind)
    if not 0 < number < float("inf"):
        raise SizeError.of("factor-above", {"factor": number})
    return int(number) if float(number).is_integer() else number


# How torch fills the padding of a convolution, and how much shorter than the input it
# must be at each end; None where any length will do.
PADDING_MODES = {"zeros": None, "replicate": None, "reflect": 1, "circular": 0}


def smallest_filled(padding: Padding, mode: str) -> int:
    """The smallest input whose elements are enough to fill the padding.

    torch: aten/src/ATen/native/ReflectionPad.cpp, PadNd.cpp.
    """
    shorter = PADDING_MODES[one_of("padding_mode", mode, tuple(PADDING_MODES))]
    return 1 if shorter is None else max(1, max(ends(padding)) + shorter)


def padding_or_crop(padding: Any) -> Padding:
    """One number, or one for each end; below 0 it crops."""
    if not isinstance(padding, (tuple, list)):
        return whole("padding", padding)
    if len(padding) != 2:
        count = len(padding)
        raise SizeTypeError.of("padding-pair", {"padding": padding}, count=count)
    return whole("padding", padding[0]), whole("padding", padding[1])


def smallest_padded(padding: Padding, mode: str) -> int:
    """The smallest input that has what is cropped, and what fills the padding."""
    before, after = ends(padding)
    cropped = -min(before, 0) - min(after, 0)
    least = smallest_filled((max(before, 0), max(after, 0)), mode)
    if mode == "circular" and cropped and max(before, after) > 0:
        raise SizeError.of("circular-crop", {"padding": padding})
    # Only a constant is put there after the crop.
    return max(least, cropped) if mode == "zeros" else least


def padding_is_empty(own: dict[str, Any]) -> None:
    """What fills the padding is read elsewhere, which is not followed here."""
    for name in ("padding_mode", "mode"):
        if own.get(name, "zeros") not in ("zeros", "nearest", "nearest-exact"):
            raise SizeError.of("read-at-the-ends", {name: own[name]})
