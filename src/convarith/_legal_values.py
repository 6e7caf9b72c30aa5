"""Which values are legal: each rule once, with its reason and the nearest value."""

from __future__ import annotations

import operator
from typing import Any, TypeAlias

from convarith._errors import SizeError, SizeTypeError
from convarith._record import Record
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


def pool_padding_is_legal(padding: Any, kernel_size: int) -> int:
    """A window of a pooling layer must hold more input than padding.

    torch: aten/src/ATen/native/Pool.h, "pad should be at most half of effective
    kernel size", where torch 2.13.0 counts the kernel without its dilation.
    """
    number = at_least("padding", padding)
    if 2 * number <= kernel_size:
        return number
    got = {"padding": number, "kernel_size": kernel_size}
    raise SizeError.of("pool-padding", got, valid=_padding_up_to(kernel_size // 2))


def _padding_up_to(most: int) -> Sentence:
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


# How torch fills the padding of a convolution, and how much shorter than the input it
# must be at each end; None where any length will do.
PADDING_MODES = {"zeros": None, "replicate": None, "reflect": 1, "circular": 0}


def smallest_filled(padding: Padding, mode: str) -> int:
    """The smallest input whose elements are enough to fill the padding.

    torch: aten/src/ATen/native/ReflectionPad.cpp, PadNd.cpp.
    """
    shorter = PADDING_MODES[one_of("padding_mode", mode, tuple(PADDING_MODES))]
    return 1 if shorter is None else max(1, max(ends(padding)) + shorter)


def elements_are_copied(mode: str) -> None:
    """Interpolation mixes inputs, and torch alone says which."""
    if not mode.startswith("nearest"):
        raise SizeError.of("copied", {"mode": mode})


def padding_is_empty(padding_mode: str) -> None:
    """What fills the padding is read elsewhere, which is not followed here."""
    if padding_mode != "zeros":
        raise SizeError.of("read-at-the-ends", {"padding_mode": padding_mode})


# Why a size has no output. Each is asked only once its record has said so.


def window_does_not_fit(
    in_size: int,
    record: Record,
    *,
    kernel_size: int,
    padding: Padding,
    dilation: int,
    padding_mode: str = "zeros",
    **_: object,
) -> SizeError:
    """torch: aten/src/ATen/native/Convolution.cpp, check_shape_forward."""
    if record.size(in_size) >= 1:
        got: dict[str, object] = {"in_size": in_size, "padding": padding}
        return SizeError.of("filled", got, mode=padding_mode, least=record.smallest)
    before, after = ends(padding)
    got = {"in_size": in_size, "padding": shortest(padding), "kernel_size": kernel_size}
    return SizeError.of(
        "kernel-fits",
        got,
        before=before,
        after=after,
        padded=in_size + before + after,
        extent=dilation * (kernel_size - 1) + 1,
        least=record.smallest,
    )


def nothing_is_left(
    in_size: int, record: Record, *, padding: Padding, **_: object
) -> SizeError:
    """torch: NaiveConvolutionTranspose2d.cpp, "Output size is too small"."""
    before, after = ends(padding)
    out_size = record.size(in_size)
    uncropped = out_size + before + after
    valid = Sentence("nothing-left:ends", {"most": uncropped - 1})
    return SizeError.of(
        "nothing-left",
        {"padding": shortest(padding)},
        before=before,
        after=after,
        uncropped=uncropped,
        out_size=out_size,
        valid=_padding_up_to((uncropped - 1) // 2) if before == after else valid,
    )


def first_window_sticks_out(
    in_size: int, record: Record, *, kernel_size: int, stride: int, **_: object
) -> SizeError:
    """torch: aten/src/ATen/native/Pool.h, pooling_output_shape_pad_lr."""
    least = record.smallest
    got = {"in_size": in_size, "kernel_size": kernel_size, "stride": stride}
    return SizeError.of(
        "first-window", got, missing=least - in_size + stride - 1, least=least
    )


def out_of_reach(
    in_size: int, out_size: int, sizes: range, padding: Padding
) -> SizeError:
    """No output_padding gives this size; `sizes` are those that can be had."""
    smallest, largest = sizes[0], sizes[-1]
    near = min(max(out_size, smallest, 1), largest)
    if largest < 1:
        full = smallest + sum(ends(padding))
        valid: object = Sentence("without-padding", {"size": full})
    else:
        valid = Sentence("this-size", {"size": near})
    because = Sentence(
        "out-of-reach:several" if largest > smallest else "out-of-reach:one",
        {"most": largest - smallest, "smallest": smallest, "largest": largest},
    )
    got = {"out_size": out_size, "in_size": in_size}
    return SizeError.of("out-of-reach", got, because=because, valid=valid)
