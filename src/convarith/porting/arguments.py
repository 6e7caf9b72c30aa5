"""What an argument of a framework may be, refused under that framework's own name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, SupportsIndex

from convarith._errors import SizeError, SizeTypeError
from convarith._legal_values import LEAST, whole
from convarith._say import Sentence, shown
from convarith.sizes import conv_transpose_size, kernel_extent


class Window(NamedTuple):
    """What every framework says of a kernel on one axis, under torch's names."""

    kernel_size: int
    stride: int
    dilation: int

    @property
    def extent(self) -> int:
        return kernel_extent(self.kernel_size, dilation=self.dilation)

    def full_size(self, in_size: int) -> int:
        """The size before any crop."""
        return conv_transpose_size(in_size, **self._asdict())


def window(means: Mapping[str, str], *values: SupportsIndex) -> Window:
    """A framework's arguments, in torch's order, as plain ints."""
    names = [named(means, parameter) for parameter in Window._fields]
    return Window(*counts(means, **dict(zip(names, values, strict=True))))


def named(means: Mapping[str, str], parameter: str) -> str:
    """What a framework calls a parameter of torch."""
    names = {meaning: name for name, meaning in means.items()}
    return names.get(parameter, parameter)


def counts(means: Mapping[str, str], **values: SupportsIndex) -> list[int]:
    """The values as ints, each as large as the parameter of torch that it stands for."""
    return [
        _count(name, value, means.get(name, name)) for name, value in values.items()
    ]


def _count(name: str, value: SupportsIndex, parameter: str) -> int:
    number = single(name, value)
    least = LEAST[parameter]
    if number >= least:
        return number
    said: dict[str, Any] = {"name": name, "least": least, "nearest": least}
    because = Sentence(f"at-least:{parameter}", {})
    raise SizeError.of("at-least", {name: number}, because=because, **said)


def single(name: str, value: SupportsIndex) -> int:
    """One whole number."""
    if isinstance(value, (tuple, list)):
        raise SizeTypeError.of("porting-one-axis", {name: value}, name=name)
    return whole(name, value)


def pair(name: str, value: object) -> tuple[int, int]:
    """Whole numbers for both ends of one axis."""
    if isinstance(value, (tuple, list)) and len(value) == 2:
        return single(name, value[0]), single(name, value[1])
    raise SizeTypeError.of("porting-pair", {name: value}, name=name)


def pad_pair(name: str, value: object) -> tuple[int, int]:
    """What is cropped at both ends of one axis."""
    begin, end = pair(name, value)
    return _count(name, begin, "padding"), _count(name, end, "padding")


def one_of(name: str, value: object, allowed: Sequence[str]) -> str:
    """A word out of several."""
    if isinstance(value, str) and value in allowed:
        return value
    words = {"name": name, "choices": ", ".join(map(repr, allowed))}
    valid = f"{name}={allowed[0]!r}"
    raise SizeError.of("porting-choice", {name: value}, valid=valid, **words)


def below_strides(framework: str, output_padding: SupportsIndex, strides: int) -> int:
    """An output_padding, where a larger dilation does not raise its limit."""
    [number] = counts({}, output_padding=output_padding)
    if number < strides:
        return number
    got = {"output_padding": number, "strides": strides}
    valid = span("output_padding", range(strides))
    raise SizeError.of("porting-below-strides", got, framework=framework, valid=valid)


def with_output_shape(in_size: SupportsIndex | None) -> int:
    """The input size, without which an output size says nothing of the crop."""
    if in_size is None:
        raise SizeTypeError.of("porting-in-size-needed", {"in_size": in_size})
    return counts({}, in_size=in_size)[0]


def span(name: str, legal: range) -> str | Sentence:
    """The values that are accepted, as a refusal names them."""
    if len(legal) == 1:
        return f"{name}={shown(legal[0])}"
    ends = {"first": legal[0], "last": legal[-1]}
    return Sentence("porting-from-to", {"name": name, **ends})
