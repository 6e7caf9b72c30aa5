"""A layer of another framework, pasted as a line, and what torch does for the same."""

from __future__ import annotations

from typing import NamedTuple

from convarith._axes import PerAxis, one_for_each_axis
from convarith._layers import ConvTranspose
from convarith.porting.axes import on_each_axis
from convarith.porting.canonical import Call, Crop
from convarith.porting.pasted import Pasted, pasted
from convarith.porting.torch import torch_call
from convarith.porting.weights import WEIGHTS


class Port(NamedTuple):
    """What stands for the line in torch: the layer, the steps after it, the weight."""

    layer: str
    then: str
    weight: str
    crops: tuple[Crop, ...]
    in_size: tuple[int, ...]
    out_size: tuple[int, ...]


def port(framework: str, text: str, in_size: PerAxis) -> Port:
    """The same layer in torch, for a line of a framework and a size."""
    line = pasted(framework, text)
    sizes = one_for_each_axis(
        in_size if isinstance(in_size, tuple) else (in_size,) * line.axes, line.axes
    )
    # Of these frameworks, only ONNX can ask for a size and so depend on another.
    sized = {"in_size": sizes} if framework == "onnx" else {}
    crops = on_each_axis(line.dialect.crop, **line.own, **sized)
    steps = {"stride": line.stride, "dilation": line.dilation}
    calls = on_each_axis(torch_call, crops, **steps)
    out_size = on_each_axis(
        Crop.out_size, crops, sizes, kernel_size=line.kernel_size, **steps
    )
    return Port(
        _layer(line, calls), _then(calls), _weight(line), crops, sizes, out_size
    )


def _layer(line: Pasted, calls: tuple[Call, ...]) -> str:
    """The line of torch; channels, groups and bias are taken over as they are written."""
    dialect, written = line.dialect, line.written
    channels = ", ".join(written.get(name, name) for name in dialect.channels)
    own = repr(_parameters(line, calls)).removeprefix("ConvTranspose(")[:-1]
    if written.get(dialect.groups, "1") != "1":
        own += f", groups={written[dialect.groups]}"
    if written.get(dialect.bias) == "False":
        own += ", bias=False"
    return f"nn.ConvTranspose{line.axes}d({channels}, {own})"


def _parameters(line: Pasted, calls: tuple[Call, ...]) -> ConvTranspose:
    paddings = {
        name: _alike(tuple(call.arguments[name] for call in calls))
        for name in ("padding", "output_padding")
    }
    return ConvTranspose(
        _alike(line.kernel_size),
        stride=_alike(line.stride),
        dilation=_alike(line.dilation),
        **paddings,
    )


def _alike(values: tuple[int, ...]) -> PerAxis:
    return values[0] if len(set(values)) == 1 else values


def _then(calls: tuple[Call, ...]) -> str:
    """What is left to do, in words and in a slice; empty for nothing."""
    added = [
        f"add {-count} of bias alone {'before' if side == 'begin' else 'after'} axis {axis}"
        for axis, call in enumerate(calls)
        for side, count in call.rest._asdict().items()
        if count < 0
    ]
    slices = [f"{max(b, 0) or ''}:{-max(e, 0) or ''}" for _, (b, e) in calls]
    cut = [f"y[..., {', '.join(slices)}]"] if set(slices) != {":"} else []
    return ", then ".join(added + cut)


def _weight(line: Pasted) -> str:
    name = line.framework
    if name == "flax" and line.written.get("transpose_kernel") == "True":
        name = "flax-transpose-kernel"
    layout = WEIGHTS[name]
    order = layout.to_torch(line.axes)
    moved = "" if order == tuple(range(line.axes + 2)) else f".permute{order}"
    spatial = ", ".join(str(axis) for axis in range(2, 2 + line.axes))
    return f"kernel{moved}.flip({spatial})" if layout.flip else f"kernel{moved}"
