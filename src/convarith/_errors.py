"""The errors a setting can raise: what must hold, why, and the nearest legal value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, ParamSpec, Self, TypeVar

from convarith._say import Sentence, say, shown
from convarith._sentences import SENTENCES

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


class Refusal(Exception):
    """A message in parts: see [SizeError][convarith.SizeError] for what each says."""

    def __init__(
        self,
        rule: str | Sentence,
        got: Mapping[str, object],
        because: str | Sentence = "",
        valid: str | Sentence = "",
        received: str | Sentence = "",
        axis: int | None = None,
    ) -> None:
        # All parts are passed on, so that a refusal survives pickling.
        super().__init__(rule, dict(got), because, valid, received, axis)
        self.rule, self.because, self.valid = str(rule), str(because), str(valid)
        self.got, self.received, self.axis = dict(got), str(received), axis

    @classmethod
    def of(cls, key: str, got: Mapping[str, object], /, **values: Any) -> Self:
        """The refusal that the table of sentences words under this key.

        `because` and `valid` are given only where the reason or the nearest value is
        not the same for every such refusal.
        """
        values = {**got, **values}
        parts = []
        for part in ("because", "valid"):
            own = f"{key}:{part}"
            said = Sentence(own, values) if own in SENTENCES else ""
            parts.append(values.get(part, said))
        return cls(Sentence(key, values), got, *parts)

    def __str__(self) -> str:
        return self.text()

    def text(self, language: str = "en") -> str:
        """The whole message, in a language."""
        rule, _, because, valid, received = (
            _said(part, language) for part in self.args[:5]
        )
        where = "" if self.axis is None else say(language, "axis", axis=self.axis) + " "
        parts = {"because": because, "received": received, "valid": valid}
        lines = [
            say(language, "got", axis=where, rule=rule, values=values_of(self.got))
        ]
        lines += [
            say(language, head, part=part) for head, part in parts.items() if part
        ]
        return "\n".join(lines)

    def told(
        self, *, received: str | Sentence | None = None, axis: int | None = None
    ) -> Self:
        """The same refusal, with the call or the axis that its caller knows."""
        rule, got, because, valid, own_received, own_axis = self.args
        return type(self)(
            rule,
            got,
            because,
            valid,
            own_received if received is None else received,
            own_axis if axis is None else axis,
        )


def _said(part: object, language: str) -> object:
    return part.text(language) if isinstance(part, Sentence) else part


def values_of(got: Mapping[str, object]) -> str:
    return ", ".join(f"{name}={shown(value)}" for name, value in got.items())


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
    """A value of the wrong kind, such as 2.0 where a whole number is needed."""


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
