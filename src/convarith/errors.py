"""The errors a setting can raise, and the one place that words their messages."""

from __future__ import annotations

from functools import wraps

# typing alone takes longer to import than all of this library's arithmetic.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import ParamSpec, Self, TypeVar

    Asked = ParamSpec("Asked")
    Answer = TypeVar("Answer")


class Refusal(Exception):
    """What every refusal of a setting carries: the message, part by part.

    `rule` says what must hold; `got` the values that break it, by name;
    `because` why that is so, with the numbers put in; `valid` the nearest
    values that are accepted; `received` the call as its caller wrote it;
    `axis` which axis broke the rule, where there are several.
    """

    def __init__(
        self,
        rule: str,
        got: Mapping[str, object],
        because: str = "",
        valid: str = "",
        received: str = "",
        axis: int | None = None,
    ) -> None:
        # All parts are passed on, so that a refusal survives pickling.
        super().__init__(rule, got, because, valid, received, axis)
        self.rule = rule
        self.got = dict(got)
        self.because = because
        self.valid = valid
        self.received = received
        self.axis = axis

    def __str__(self) -> str:
        values = ", ".join(f"{name}={shown(value)}" for name, value in self.got.items())
        axis = "" if self.axis is None else f"axis {self.axis}: "
        lines = [f"{axis}{self.rule}, got {values}."]
        lines += [f"Because: {self.because}."] if self.because else []
        lines += [f"Received: {self.received}."] if self.received else []
        lines += [f"Valid: {self.valid}."] if self.valid else []
        return "\n".join(lines)

    def told(self, *, received: str | None = None, axis: int | None = None) -> Self:
        """The same refusal, with the call or the axis that its caller knows."""
        return type(self)(
            self.rule,
            self.got,
            self.because,
            self.valid,
            self.received if received is None else received,
            self.axis if axis is None else axis,
        )


class SizeError(Refusal, ValueError):
    r"""A setting or a size that no convolution can have.

    The message names the rule, the values received, the reason and the nearest
    values that are accepted.
    Nothing is clamped or guessed: where this error is raised, there is no size.

    Attributes:
        rule: What must hold.
        got: The values that break the rule, by parameter name.
        because: The reason, with the numbers put into the formula.
        valid: The nearest values that are accepted.
        received: The call, as its caller wrote it.
        axis: The axis that broke the rule, counted from 0; None on one axis.

    Examples:
        >>> from convarith import SizeError, conv_transpose_size
        >>> try:
        ...     conv_transpose_size(4, kernel_size=3, stride=2, output_padding=2)
        ... except SizeError as error:
        ...     print(error)
        output_padding must be below max(stride, dilation), got output_padding=2, stride=2, dilation=1.
        Because: max(2, 1) = 2, and 2 is not below it.
        Received: conv_transpose_size(4, kernel_size=3, stride=2, output_padding=2).
        Valid: output_padding from 0 to 1.

    Sources:
        The limits are those of `torch.nn.functional.conv_transpose1d` in
        PyTorch 2.13.0, asked of its CPU kernel.
    """


class SizeTypeError(Refusal, TypeError):
    """A value that is not a whole number where a whole number is needed."""


def in_the_words_of_its_call(
    function: Callable[Asked, Answer],
) -> Callable[Asked, Answer]:
    """Let a refusal name the call that the user made, not the one inside it."""

    @wraps(function)
    def checked(*args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
        try:
            return function(*args, **kwargs)
        except Refusal as refusal:
            call = call_text(function.__name__, args, kwargs)
            raise refusal.told(received=call) from None

    return checked


def call_text(
    name: str, positional: tuple[object, ...], keywords: Mapping[str, object]
) -> str:
    """A call as Python would write it."""
    arguments = [shown(value) for value in positional]
    arguments += [f"{key}={shown(value)}" for key, value in keywords.items()]
    return f"{name}({', '.join(arguments)})"


def shown(value: object) -> str:
    """A value as Python would write it; Python itself will not write a huge int."""
    try:
        return repr(value)
    except ValueError:
        return (
            f"<an int of {value.bit_length()} bits>" if isinstance(value, int) else "?"
        )
