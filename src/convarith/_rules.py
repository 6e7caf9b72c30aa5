"""Which values are legal: each rule once, with its reason and the nearest value."""

from __future__ import annotations

import operator

from convarith._errors import SizeError, SizeTypeError, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, SupportsIndex

Padding = int | tuple[int, int]

# The smallest value of each parameter, and what a smaller one would mean.
LEAST = {
    "in_size": (1, "an axis without elements holds nothing to convolve"),
    "out_size": (1, "an axis without elements is no output"),
    "kernel_size": (1, "a kernel needs at least one element"),
    "stride": (1, "with a smaller step the kernel would never move on"),
    "padding": (0, "padding counts elements"),
    "output_padding": (0, "output_padding counts elements"),
    "dilation": (1, "with a smaller step the kernel's elements would coincide"),
    "factor": (1, "every element must become one or more"),
    "dims": (1, "a module works on one axis or more"),
    "position": (0, "positions count from the first element on"),
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


def whole(name: str, value: SupportsIndex) -> int:
    """The value as an int; what counts things is a whole number, and True is not."""
    number = plain(value)
    if type(number) is int:
        return number
    raise SizeTypeError(
        f"{name} must be a whole number",
        {name: value},
        because=f"{name} counts elements on one axis, and this is of type "
        f"{type(value).__name__}",
        valid=_whole_number_near(name, value),
    )


def _whole_number_near(name: str, value: object) -> str:
    least = LEAST.get(name, (0,))[0]
    example = f"an int, for example {name}={least}"
    if isinstance(value, (tuple, list)):
        pair = ", or a (before, after) tuple" if name == "padding" else ""
        return (
            f"one int for this axis{pair}; for several axes a layer takes a tuple, "
            "one value for each"
        )
    if (isinstance(value, str) and value.strip().isdecimal()) or (
        isinstance(value, float) and value.is_integer()
    ):
        value = int(value)
    # Whether output_padding is legal depends on stride and dilation; 0 always is.
    fits = isinstance(value, int) and not isinstance(value, bool)
    if not fits or name == "output_padding" or value < least:  # type: ignore[operator]
        return example
    return f"an int, for example {name}={shown(value)}"


def at_least(name: str, value: SupportsIndex, *, nearest: int | None = None) -> int:
    """The value as an int that is not below the smallest legal one.

    Where other parameters ask for more, they say so by `nearest`.
    """
    least, reason = LEAST[name]
    # The common case first: this is asked five times for each size.
    if type(value) is int and value >= least:
        return value
    number = whole(name, value)
    if number >= least:
        return number
    raise SizeError(
        f"{name} must be at least {least}",
        {name: number},
        because=reason,
        valid=f"{name}={shown(least if nearest is None else nearest)} or more",
    )


def before_and_after(padding: Padding) -> tuple[int, int]:
    """Padding as (before, after); one int means the same on both sides."""
    if not isinstance(padding, (tuple, list)):
        both = at_least("padding", padding)
        return both, both
    if len(padding) != 2:
        raise SizeTypeError(
            "padding on one axis must be an int or a (before, after) pair",
            {"padding": padding},
            because=f"this tuple has {len(padding)} members",
            valid="padding=1 or padding=(1, 0), for example",
        )
    before, after = padding
    return at_least("padding", before), at_least("padding", after)


def window(
    kernel_size: int, stride: int, padding: Padding, dilation: int
) -> tuple[int, int, int, int, int]:
    """The parameters that a convolution and its transpose share, checked."""
    kernel_size = at_least("kernel_size", kernel_size)
    stride = at_least("stride", stride)
    before, after = before_and_after(padding)
    return kernel_size, stride, before, after, at_least("dilation", dilation)


def kernel_fits(
    in_size: int, before: int, after: int, kernel_size: int, extent: int
) -> None:
    """The padded input must be as long as the kernel reaches.

    torch: aten/src/ATen/native/Convolution.cpp, check_shape_forward.
    """
    padded = in_size + before + after
    if padded >= extent:
        return
    raise SizeError(
        "the kernel must fit into the padded input",
        {
            "in_size": in_size,
            "padding": _short(before, after),
            "kernel_size": kernel_size,
        },
        because=f"the padded input has {shown(in_size)} + {shown(before)} + {shown(after)} = {shown(padded)} "
        f"elements and the kernel reaches over {shown(extent)}",
        valid=f"in_size={shown(extent - before - after)} or more with this padding",
    )


def output_padding_limit(stride: int, dilation: int) -> int:
    """What torch's output_padding must stay below."""
    return max(stride, dilation)


def output_padding_is_legal(output_padding: int, stride: int, dilation: int) -> int:
    """Its value; torch refuses output_padding from max(stride, dilation) on.

    torch: aten/src/ATen/native/NaiveConvolutionTranspose2d.cpp, "output padding
    must be smaller than either stride or dilation".
    """
    output_padding = at_least("output_padding", output_padding)
    limit = output_padding_limit(stride, dilation)
    if output_padding < limit:
        return output_padding
    raise SizeError(
        "output_padding must be below max(stride, dilation)",
        {"output_padding": output_padding, "stride": stride, "dilation": dilation},
        because=f"max({shown(stride)}, {shown(dilation)}) = {shown(limit)}, and {shown(output_padding)} is not "
        "below it",
        valid=f"output_padding from 0 to {shown(limit - 1)}"
        if limit > 1
        else "output_padding=0",
    )


def pool_padding_is_legal(padding: int, kernel_size: int) -> None:
    """A window of a pooling layer must hold more input than padding.

    torch: aten/src/ATen/native/Pool.h, "pad should be at most half of effective
    kernel size", where torch 2.13.0 counts the kernel without its dilation.
    """
    if 2 * padding > kernel_size:
        raise SizeError(
            "padding of a pooling layer must be at most half of kernel_size",
            {"padding": padding, "kernel_size": kernel_size},
            because=f"2 * {shown(padding)} is more than {shown(kernel_size)}",
            valid=_at_most(kernel_size // 2),
        )


def something_is_left(uncropped: int, before: int, after: int) -> int:
    """The size after the crop; at least one element must be left.

    torch: aten/src/ATen/native/NaiveConvolutionTranspose2d.cpp, "Output size is
    too small".
    """
    out_size = uncropped - before - after
    if out_size >= 1:
        return out_size
    raise SizeError(
        "the output size must be at least 1",
        {"padding": _short(before, after)},
        because=f"padding crops {shown(before)} + {shown(after)} of the {shown(uncropped)} elements there "
        f"are, which leaves {shown(out_size)}",
        valid=_at_most((uncropped - 1) // 2)
        if before == after
        else f"(before, after) that crop {shown(uncropped - 1)} in all or less",
    )


def _at_most(padding: int) -> str:
    return f"padding={shown(padding)} or less" if padding else "padding=0"


def padding_named(name: str, **own: Any) -> Padding:
    """The numbers behind torch's padding="same", whose odd element is at the end.

    torch: torch/nn/modules/conv.py, _ConvNd, _reversed_padding_repeated_twice.
    """
    if name == "valid":
        return 0
    if name == "same" and own["stride"] == 1:
        total = own["dilation"] * (own["kernel_size"] - 1)
        return _short(total // 2, total - total // 2)
    raise SizeError(
        'padding must be a number, "valid" or, with stride=1, "same"',
        {"padding": name, "stride": own["stride"]},
        because="PyTorch refuses it with a larger stride"
        if name == "same"
        else "PyTorch knows no other word",
        valid="padding=1, for example",
    )


# How torch fills the padding of a convolution, and how much shorter than the input it
# must be at each end; None where any length will do.
PADDING_MODES = {"zeros": None, "replicate": None, "reflect": 1, "circular": 0}


def padding_mode_is_known(mode: str) -> None:
    if mode not in PADDING_MODES:
        raise SizeError(
            "padding_mode must be one that PyTorch has",
            {"padding_mode": mode},
            valid=", ".join(map(repr, PADDING_MODES)),
        )


def smallest_filled(padding: Padding, mode: str) -> int:
    """The smallest input whose elements are enough to fill the padding.

    torch: aten/src/ATen/native/ReflectionPad.cpp, PadNd.cpp.
    """
    shorter = PADDING_MODES[mode]
    return 1 if shorter is None else max(1, max(before_and_after(padding)) + shorter)


def enough_to_fill(in_size: int, padding: Padding, mode: str) -> None:
    least = smallest_filled(padding, mode)
    if in_size < least:
        raise SizeError(
            f"the input must be long enough for padding_mode={mode!r}",
            {"in_size": in_size, "padding": padding},
            because="each element of the padding is another element of the input",
            valid=f"in_size={shown(least)} or more with this padding",
        )


def alike_at_both_ends(name: str, ends: Padding) -> int:
    """The number; a pair needs a tuple that says how many axes there are."""
    if isinstance(ends, int):
        return ends
    raise SizeError(
        "padding that differs at the ends must be given for each axis",
        {"padding": name},
        because=f"it is {ends}, and the layer's ints serve any number of axes",
        valid=f"padding=({ends},) for one axis, padding=({ends}, {ends}) for two",
    )


def _short(before: int, after: int) -> Padding:
    return before if before == after else (before, after)
