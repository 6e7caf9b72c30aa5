"""What layers with windows do to sizes, each by its record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch

from convarith._axes import OneAxis
from convarith._layers.convolution import conv_axis, conv_transpose_axis
from convarith._layers.pooling import pool_axis
from convarith._layers.resizing import resize_axis
from convarith.network.conditions import (
    Condition,
)
from convarith.network.lengths import Length, product
from convarith.network.rule import (
    EVERYTHING,
    NEVER,
    UNKNOWN,
    Moved,
    Rule,
    kept,
    length,
    sizes,
)
from convarith.network.traced import Check, Part, Source


# Windows.
def _spatial(
    rule: Rule, x: torch.Tensor, layers: Sequence[OneAxis], head: Sequence[Part]
) -> tuple[Part, ...]:
    """The leading dimensions, and those that a layer works on."""
    parts = list(head)
    for number, layer in enumerate(layers, x.dim() - len(layers)):
        size = sizes(x)[number]
        out = layer.record.size(size)
        if isinstance(size, Length):
            rule.step.layers[number] = layer
            rule.must("layer", (size, out), Condition(">=", out - 1))
            if layer.record.least > 1:
                rule.must(
                    "layer", (size, out), Condition(">=", size - layer.record.least)
                )
        elif out < 1:
            rule.checks.append(Check(rule.step, (NEVER,), "layer", (size, out)))
        parts.append(
            Part(
                out if isinstance(out, Length) else None,
                (Source(x, number, layer.record),),
            )
        )
    return tuple(parts)


def _each(value: Any, count: int) -> list[Any]:
    found = [
        length(one) for one in (value if isinstance(value, (list, tuple)) else [value])
    ]
    return found * count if len(found) == 1 else found


def _leading(x: torch.Tensor, spatial: int, channels: bool = False) -> list[Part]:
    """What stands before the dimensions of a window; a layer mixes the channels."""
    head = [kept(x, n) for n in range(x.dim() - spatial)]
    if channels and head:
        head[-1] = Part(None, (Source(x, x.dim() - spatial - 1, EVERYTHING),))
    return head


def convolution(rule: Rule) -> tuple[Part, ...]:
    x, weight = rule["input"], rule["weight"]
    count = weight.dim() - 2
    stride, padding, dilation, extra = (
        _each(rule[name], count)
        for name in ("stride", "padding", "dilation", "output_padding")
    )
    kernel = sizes(weight)[2:]
    rule.step.spatial, rule.step.extra = count, tuple(extra)
    layers = []
    for n in range(count):
        if rule["transposed"]:
            layers.append(
                conv_transpose_axis(
                    kernel[n], stride[n], padding[n], extra[n], dilation[n]
                )
            )
        else:
            layers.append(conv_axis(kernel[n], stride[n], padding[n], dilation[n]))
    return _spatial(rule, x, layers, _leading(x, count, channels=True))


def pool(rule: Rule) -> list[tuple[Part, ...]]:
    x = rule["self"]
    count = int(rule.step.op.split("pool")[1][0])
    kernel = _each(rule["kernel_size"], count)
    stride = _each(rule["stride"], count) if rule["stride"] else kernel
    padding, dilation = (
        _each(rule["padding"], count),
        _each(rule["dilation"] or 1, count),
    )
    layers = [
        pool_axis(kernel[n], stride[n], padding[n], dilation[n], rule["ceil_mode"])
        for n in range(count)
    ]
    out = _spatial(rule, x, layers, _leading(x, count))
    return [out, out]


def adaptive_pool(rule: Rule) -> list[tuple[Part, ...]]:
    x = rule["self"]
    wanted = [length(one) for one in rule["output_size"]]
    head = _leading(x, len(wanted))
    out = (
        *head,
        *(
            Part(size, (Source(x, n, EVERYTHING),))
            for n, size in enumerate(wanted, len(head))
        ),
    )
    return [out, out]


def upsample(rule: Rule) -> tuple[Part, ...]:
    """The operator is told the size; by a whole factor it is a layer of ours."""
    x = rule["input"] if rule["input"] is not None else rule["self"]
    wanted = [length(one) for one in rule["output_size"]]
    parts = _leading(x, len(wanted))
    for n, size in enumerate(wanted, len(parts)):
        own = sizes(x)[n]
        nearest = "nearest" in rule.step.op
        parts.append(Part(size, (Source(x, n, _resized(own, size, nearest)),)))
        rule.must("layer", (own, size), Condition(">=", size - 1))
    return tuple(parts)


def _resized(own: Any, size: Any, nearest: bool) -> Any:
    """The record, where elements are copied a whole number of times."""
    if isinstance(own, Length) and isinstance(size, Length) and len(own.terms) == 1:
        factor = size.terms[0][1] // (own.terms[0][1] or 1)
        if factor >= 1 and nearest and own * factor is size:
            return resize_axis(factor, None, "nearest").record
    return UNKNOWN


def padded(rule: Rule) -> tuple[Part, ...]:
    """torch names the last axis first; a pad below 0 crops."""
    x = rule["self"]
    pads = [length(one) for one in (rule["pad"] or rule["padding"])]
    count = len(pads) // 2
    mode = {"r": "zeros", "c": "zeros"}.get(rule.step.op[0], "zeros")
    if rule.step.op.startswith("reflection"):
        mode = "reflect"
    parts = _leading(x, count)
    for n in range(x.dim() - count, x.dim()):
        before, after = pads[2 * (x.dim() - 1 - n) : 2 * (x.dim() - 1 - n) + 2]
        own = sizes(x)[n]
        out = own + before + after
        if isinstance(out, Length) or isinstance(own, Length):
            rule.must("pad", (own, out), Condition(">=", out - 0))
        if mode == "reflect":
            for side in (before, after):
                if isinstance(side, Length) or side:
                    rule.must("reflect", (own, side), Condition(">=", own - side - 1))
        parts.append(
            Part(
                out if isinstance(out, Length) else None,
                (Source(x, n, Moved(0 - before)),),
            )
        )
    return tuple(parts)


def unfold(rule: Rule) -> tuple[Part, ...]:
    """Frames of a size, every step: the windows of a convolution."""
    x = rule["self"]
    along = int(rule["dimension"]) % x.dim()
    windows = conv_axis(
        int(length(rule["size"])), int(length(rule["step"])), 0, 1
    ).record
    own = sizes(x)[along]
    out = windows.size(own)
    rule.must("layer", (own, out), Condition(">=", out - 1))
    parts = [kept(x, n) for n in range(x.dim())]
    parts[along] = Part(
        out if isinstance(out, Length) else None, (Source(x, along, windows),)
    )
    return (*parts, Part(None))


def im2col(rule: Rule) -> tuple[Part, ...]:
    x = rule["self"]
    count: Any = 1
    for n, (k, d, p, s) in enumerate(
        zip(
            rule["kernel_size"],
            rule["dilation"],
            rule["padding"],
            rule["stride"],
            strict=True,
        )
    ):
        windows = conv_axis(int(k), int(s), int(p), int(d)).record
        own = sizes(x)[n - 2]
        out = windows.size(own)
        rule.must("layer", (own, out), Condition(">=", out - 1))
        count = product([count, out])
    sources = tuple(Source(x, n, UNKNOWN) for n in range(x.dim()))
    return (
        *(kept(x, n) for n in range(x.dim() - 3)),
        Part(None),
        Part(count if isinstance(count, Length) else None, sources),
    )


def col2im(rule: Rule) -> tuple[Part, ...]:
    x = rule["self"]
    wanted = [length(one) for one in rule["output_size"]]
    count: Any = 1
    for n, (k, d, p, s) in enumerate(
        zip(
            rule["kernel_size"],
            rule["dilation"],
            rule["padding"],
            rule["stride"],
            strict=True,
        )
    ):
        count = product(
            [count, conv_axis(int(k), int(s), int(p), int(d)).record.size(wanted[n])]
        )
    rule.equal("view", sizes(x)[-1], count)
    sources = (Source(x, x.dim() - 1, UNKNOWN),)
    return (
        *(kept(x, n) for n in range(x.dim() - 2)),
        Part(None),
        *(Part(size if isinstance(size, Length) else None, sources) for size in wanted),
    )


def pixel_shuffle(rule: Rule) -> tuple[Part, ...]:
    x = rule["self"]
    by = int(rule["upscale_factor"])
    record = resize_axis(by, None, "nearest").record
    tail = []
    for n in (x.dim() - 2, x.dim() - 1):
        size = record.size(sizes(x)[n])
        tail.append(
            Part(size if isinstance(size, Length) else None, (Source(x, n, record),))
        )
    return (*(kept(x, n) for n in range(x.dim() - 3)), Part(None), *tail)


def pixel_unshuffle(rule: Rule) -> tuple[Part, ...]:
    x = rule["self"]
    by = int(rule["downscale_factor"])
    record = conv_axis(by, by, 0, 1).record
    tail = []
    for n in (x.dim() - 2, x.dim() - 1):
        own = sizes(x)[n]
        rule.must("view", (own, by), Condition("==", own % by))
        size = record.size(own)
        tail.append(
            Part(size if isinstance(size, Length) else None, (Source(x, n, record),))
        )
    return (*(kept(x, n) for n in range(x.dim() - 3)), Part(None), *tail)
