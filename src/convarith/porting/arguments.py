"""What an argument of a framework may be, said in that framework's own words."""

from __future__ import annotations

from convarith import _rules as rules
from convarith._errors import SizeError, SizeTypeError, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import SupportsIndex

# The parameter of torch that an argument of another framework stands for.
MEANS = {
    "kernel_shape": "kernel_size",
    "strides": "stride",
    "dilations": "dilation",
    "dilation_rate": "dilation",
    "kernel_dilation": "dilation",
    "rhs_dilation": "dilation",
    "output_shape": "out_size",
    "pads_begin": "padding",
    "pads_end": "padding",
    "pre_padding": "padding",
    "post_padding": "padding",
    "pads": "padding",
    "pad": "padding",
}


def counts(name: str, value: SupportsIndex) -> int:
    """The value as an int that is not below the smallest one that means something."""
    number = single(name, value)
    least, reason = rules.LEAST[MEANS.get(name, name)]
    if number >= least:
        return number
    raise SizeError(
        f"{name} must be at least {least}",
        {name: number},
        because=reason,
        valid=f"{name}={least} or more",
    )


def single(name: str, value: SupportsIndex) -> int:
    """One whole number: these functions work on one axis."""
    if not isinstance(value, (tuple, list)):
        return rules.whole(name, value)
    raise SizeTypeError(
        f"{name} must be one whole number",
        {name: value},
        because="this function works on one axis",
        valid="one int; on_each_axis(function, ...) takes a tuple, one value for each axis",
    )


def pair(name: str, value: object, *, signed: bool = False) -> tuple[int, int]:
    """Both ends of one axis, in the order begin, end."""
    if not isinstance(value, (tuple, list)) or len(value) != 2:
        raise SizeTypeError(
            f"{name} on one axis must be a (begin, end) pair",
            {name: value},
            because="an axis has two ends",
            valid=f"{name}=(1, 1), for example",
        )
    begin, end = (
        single(name, side) if signed else counts(name, side) for side in value
    )
    return begin, end


def one_of(name: str, value: object, allowed: Sequence[str]) -> str:
    """A mode by its name, as this framework writes it."""
    if isinstance(value, str) and value in allowed:
        return value
    choices = " or ".join(repr(choice) for choice in allowed)
    raise SizeError(
        f"{name} must be {choices}", {name: value}, valid=f"{name}={allowed[0]!r}"
    )


def below(name: str, value: int, limit_name: str, limit: int, because: str) -> int:
    """The value, which must stay below another one."""
    if value < limit:
        return value
    raise SizeError(
        f"{name} must be below {limit_name}",
        {name: value, limit_name: limit},
        because=because,
        valid=f"{name} from 0 to {shown(limit - 1)}" if limit > 1 else f"{name}=0",
    )


def within(name: str, value: int, legal: range, because: str) -> int:
    """The value, which must be one of those that the size of the input allows."""
    if value in legal:
        return value
    raise SizeError(
        f"{name} must be a size that the forward convolution turns into in_size",
        {name: value},
        because=because,
        valid=f"{name} from {shown(legal[0])} to {shown(legal[-1])}"
        if legal
        else f"no {name}: another padding or in_size",
    )


def needed_with(name: str, value: SupportsIndex | None, other: str) -> int:
    """The value, which must be given where another argument is."""
    if value is not None:
        return counts(name, value)
    raise SizeTypeError(
        f"{name} must be given with {other}",
        {name: value},
        because=f"with {other} the crop depends on the size of the input",
        valid=f"{name} as a whole number, at least 1",
    )


def split(total: int, larger: str) -> tuple[int, int]:
    """A crop shared between the ends; an odd one gives the larger part to one end.

    What is negative is to be added, and every framework adds it at the end.
    """
    if total < 0:
        return 0, total
    smaller = total // 2
    begin = smaller if larger == "end" else total - smaller
    return begin, total - begin
