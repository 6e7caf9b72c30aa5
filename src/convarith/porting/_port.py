"""A pasted line of another framework, read but never run, and the same layer in torch."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from convarith._axes import PerAxis
from convarith._errors import SizeError, in_the_words_of_its_call
from convarith._from_text import call_of, nodes_of, unreadable, values_of
from convarith._layers import ConvTranspose
from convarith._say import say
from convarith.porting.arguments import Window, named, one_of, single
from convarith.porting.crop import Call, Crop, on_each_axis
from convarith.porting.framework import Framework, Line
from convarith.porting.frameworks import FRAMEWORKS, PORTED
from convarith.porting.torch import torch_call

# What is said where positions are missing at the begin, and at the end.
ADDED = ("porting-add-begin", "porting-add-end")


class Port(NamedTuple):
    """What stands in torch for the layer of another framework.

    Attributes:
        layer: The layer of torch; what the line does not say keeps its name.
        then: What to do with its result; empty where nothing is left to do.
        weight: What brings the framework's kernel, as a tensor, to torch's layout.
        crops: What is cropped, axis by axis.
        in_size: The input size on each axis.
        out_size: The output size on each axis.

    Examples:
        >>> from convarith.porting import port
        >>> found = port("keras", "Conv2DTranspose(8, 4, strides=2, padding='same')", 14)
        >>> found.layer
        'nn.ConvTranspose2d(in_channels, 8, 4, stride=2, padding=1)'
        >>> found.then, found.weight, found.out_size
        ('', 'kernel.permute(3, 2, 0, 1)', (28, 28))
    """

    layer: str
    then: str
    weight: str
    crops: tuple[Crop, ...]
    in_size: tuple[int, ...]
    out_size: tuple[int, ...]


class _Line(NamedTuple):
    """What a line says: as it is written, and what decides the crop axis by axis."""

    how: Line
    axes: int
    written: dict[str, str]
    own: dict[str, tuple[Any, ...]]
    # Under torch's names.
    kernel: dict[str, tuple[int, ...]]


@in_the_words_of_its_call
def port(framework: str, layer: str, in_size: PerAxis, *, language: str = "en") -> Port:
    """Return the layer of torch that gives the same values as a framework's.

    Args:
        framework: "keras", "flax" or "onnx".
        layer: The line that makes the layer, or a node as a call with its attributes.
        in_size: Input elements, at least 1: one number for all axes, or a tuple.
        language: Language of the words in `then`, "en" or "zh".

    Returns:
        The line of torch, and what it takes to have the same values.

    Raises:
        SizeError: The framework is unknown, the line is not one of its transposed
            convolutions, or the framework itself refuses a value.
        TypeError: A value is not a whole number, or there are not as many values as
            axes.

    Examples:
        >>> from convarith.porting import port
        >>> found = port("flax", "nn.ConvTranspose(8, (3, 3), strides=(2, 2))", (14, 20))
        >>> print(found.layer)
        nn.ConvTranspose2d(in_features, 8, 3, stride=2)
        >>> found.then, found.out_size
        ('y[..., :-1, :-1]', (28, 40))

    Sources:
        The functions of each framework, such as
        [keras_crop][convarith.porting.keras_crop], and
        [torch_call][convarith.porting.torch_call].
    """
    known = PORTED[one_of("framework", framework, tuple(PORTED))]
    line = _read(known, layer)
    given = in_size if isinstance(in_size, (tuple, list)) else (in_size,) * line.axes
    sizes = tuple(single("in_size", size) for size in given)
    sized = {"in_size": sizes} if line.how.needs_in_size else {}
    crops = on_each_axis(known.crop, **line.own, **sized)
    steps = {name: line.kernel[name] for name in ("stride", "dilation")}
    calls = on_each_axis(torch_call, crops, **steps)
    return Port(
        _layer(line, calls),
        _then(calls, language),
        _weight(known, line),
        crops,
        sizes,
        on_each_axis(Crop.out_size, crops, sizes, **line.kernel),
    )


def _read(known: Framework, text: str) -> _Line:
    """The line, or a refusal that shows how one looks."""
    try:
        return _of_call(known, text, call_of(text))
    except SizeError as refusal:
        _, got, because, *_ = refusal.args
        valid = f'"{known.lines[-1].example}"'
        raise SizeError.of("porting-line", got, because=because, valid=valid) from None


def _of_call(known: Framework, text: str, call: ast.Call) -> _Line:
    how, digit = _how(known, text, ast.unparse(call.func))
    nodes = nodes_of(text, call, tuple(how.order.split()))
    window = {parameter: named(known.means, parameter) for parameter in Window._fields}
    names = (*window.values(), *how.others.split())
    _refuse_names_of_torch(text, nodes, names)
    given = values_of(text, nodes, names).items()
    values = {name: _tuples(value) for name, value in given if value is not None}
    kernel = values.get(window["kernel_size"])
    if kernel is None:
        raise unreadable(text, "missing", name=window["kernel_size"])
    axes = int(digit or (len(kernel) if isinstance(kernel, tuple) else 1))
    if axes not in (1, 2, 3):
        raise unreadable(text, "no-layer-for", axes=axes)
    own = {name: _by_axis(how, name, value, axes) for name, value in values.items()}
    shared = {
        parameter: own.get(name, (1,) * axes) for parameter, name in window.items()
    }
    written = {name: ast.unparse(node) for name, node in nodes.items()}
    return _Line(how, axes, written, own, shared)


def _how(known: Framework, text: str, function: str) -> tuple[Line, str]:
    """How the layer is written, and the number of axes where its name says it."""
    for line in known.lines:
        if match := _ends_in(line.layer, function):
            return line, "".join(match.groups())
    for other in FRAMEWORKS:
        if other.function and _ends_in(other.function, function):
            raise unreadable(text, "no-filters", crop=other.crop.__name__)
    said = {"function": function, "framework": known.name}
    raise unreadable(text, "no-layer-of", **said)


def _ends_in(name: str, function: str) -> re.Match[str] | None:
    return re.search(rf"(?:^|\.)(?:{name})$", function)


def _refuse_names_of_torch(
    text: str, nodes: Iterable[str], names: tuple[str, ...]
) -> None:
    """They are easily mixed up with the framework's own."""
    for name in ("kernel_size", "stride", "padding", "output_padding", "dilation"):
        if name in nodes and name not in names:
            raise unreadable(text, "no-name-of", name=name, names=", ".join(names))


def _tuples(value: Any) -> Any:
    return tuple(map(_tuples, value)) if isinstance(value, (list, tuple)) else value


def _by_axis(how: Line, name: str, value: Any, axes: int) -> tuple[Any, ...]:
    if not isinstance(value, tuple):
        return (value,) * axes
    return how.by_axis[name](value, axes) if name in how.by_axis else value


def _layer(line: _Line, calls: tuple[Call, ...]) -> str:
    """The line of torch; channels, groups and bias are taken over as they are written."""
    how, written = line.how, line.written
    parameters = {name: _alike(values) for name, values in line.kernel.items()}
    for name in ("padding", "output_padding"):
        parameters[name] = _alike(tuple(call.arguments[name] for call in calls))
    channels = ", ".join(written.get(name, name) for name in how.channels)
    own = repr(ConvTranspose(**parameters)).removeprefix("ConvTranspose(")[:-1]
    if written.get(how.groups, "1") != "1":
        own += f", groups={written[how.groups]}"
    if written.get(how.bias) == "False":
        own += ", bias=False"
    return f"nn.ConvTranspose{line.axes}d({channels}, {own})"


def _alike(values: tuple[int, ...]) -> PerAxis:
    return values[0] if len(set(values)) == 1 else values


def _then(calls: tuple[Call, ...], language: str) -> str:
    steps = [
        say(language, key, count=-count, axis=axis)
        for axis, call in enumerate(calls)
        for key, count in zip(ADDED, call.rest, strict=True)
        if count < 0
    ]
    slices = [f"{max(b, 0) or ''}:{-max(e, 0) or ''}" for _, (b, e) in calls]
    if set(slices) != {":"}:
        steps.append(f"y[..., {', '.join(slices)}]")
    return say(language, "porting-then").join(steps)


def _weight(known: Framework, line: _Line) -> str:
    layout = known.layout
    for argument, other in known.layout_with.items():
        if line.written.get(argument) == "True":
            layout = other
    order = layout.to_torch(line.axes)
    moved = "" if order == tuple(range(line.axes + 2)) else f".permute{order}"
    spatial = ", ".join(str(axis) for axis in range(2, 2 + line.axes))
    return f"kernel{moved}.flip({spatial})" if layout.flip else f"kernel{moved}"
