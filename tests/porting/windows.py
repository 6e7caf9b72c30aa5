"""Random transposed convolutions, and what torch says of their full results."""

import random
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import torch
import torch.nn.functional as F

from convarith import SizeError
from convarith.porting import (
    Call,
    Crop,
    WeightLayout,
    on_each_axis,
    torch_call,
    torch_crop,
)
from convarith.porting.arguments import named
from convarith.porting.framework import Framework
from convarith.sizes import conv_transpose_size
from tests.porting.frameworks import Request

BY_DIMS = (None, F.conv_transpose1d, F.conv_transpose2d, F.conv_transpose3d)


class Case(NamedTuple):
    """A transposed convolution without its crop; the weight is as torch has it."""

    in_size: tuple[int, ...]
    kernel_size: tuple[int, ...]
    stride: tuple[int, ...]
    dilation: tuple[int, ...]
    groups: int
    x: torch.Tensor
    weight: torch.Tensor
    bias: torch.Tensor

    @property
    def dims(self) -> int:
        return len(self.in_size)

    @property
    def window(self) -> dict[str, tuple[int, ...]]:
        return {name: getattr(self, name) for name in ("kernel_size", *STEPS)}

    @property
    def steps(self) -> dict[str, tuple[int, ...]]:
        return {name: getattr(self, name) for name in STEPS}

    def words(self, framework: Framework) -> dict[str, tuple[int, ...]]:
        """The window under the framework's own names."""
        return {named(framework.means, name): own for name, own in self.window.items()}

    def full_size(self) -> tuple[int, ...]:
        return on_each_axis(conv_transpose_size, self.in_size, **self.window)

    def fits(self, crops: Sequence[Crop]) -> bool:
        """Whether something is left on every axis."""
        try:
            on_each_axis(Crop.out_size, crops, self.in_size, **self.window)
        except SizeError:
            return False
        return True

    def full(self, bias: torch.Tensor | None = None, **parameters: Any) -> torch.Tensor:
        convolve = BY_DIMS[self.dims]
        assert convolve is not None
        return convolve(
            self.x, self.weight, bias, groups=self.groups, **self.steps, **parameters
        )

    def request(self, kernel: np.ndarray, arguments: dict[str, Any]) -> Request:
        return Request(arguments, self.x.numpy(), kernel, self.bias.numpy())

    def by_group(
        self, layout: WeightLayout, arguments: dict[str, Any]
    ) -> list[Request]:
        """A request for each group, for a framework that has no groups."""
        parts = zip(
            self.x.chunk(self.groups, 1),
            self.weight.chunk(self.groups, 0),
            self.bias.chunk(self.groups),
            strict=True,
        )
        return [
            Request(arguments, x.numpy(), laid_out(weight, layout), bias.numpy())
            for x, weight, bias in parts
        ]


STEPS = ("stride", "dilation")


def drawn(
    rnd: random.Random,
    *,
    dims: tuple[int, ...] = (1, 1, 1, 2, 2, 3),
    groups: tuple[int, ...] = (1,),
    stride_or_dilation: bool = False,
) -> Case:
    """A case of few elements; dilation meets larger strides unless told not to."""
    axes = rnd.choice(dims)
    most = 4 if axes < 3 else 3
    stride = [rnd.randint(1, most) for _ in range(axes)]
    dilation = [rnd.choice((1, 1, 2, 3)) for _ in range(axes)]
    if stride_or_dilation:
        # TensorFlow's functions and Keras take one stride for all or no dilation.
        dilation = [1] * axes if max(stride) > 1 else dilation[:1] * axes
    group = rnd.choice(groups)
    ins, outs = rnd.randint(1, 3), rnd.randint(1, 3)
    in_size = tuple(rnd.randint(1, most) for _ in range(axes))
    kernel_size = tuple(rnd.randint(1, most + 1) for _ in range(axes))
    generator = torch.Generator().manual_seed(rnd.randrange(2**31))

    def values(*shape: int) -> torch.Tensor:
        return torch.randn(*shape, generator=generator)

    x = values(2, ins * group, *in_size)
    weight = values(ins * group, outs, *kernel_size)
    bias = values(outs * group)
    steps = tuple(stride), tuple(dilation)
    return Case(in_size, kernel_size, *steps, group, x, weight, bias)


def pairs(rnd: random.Random, case: Case, low: int, high: int) -> tuple[Any, ...]:
    """A random pad for each end of each axis."""
    return tuple((rnd.randint(low, high), rnd.randint(low, high)) for _ in case.stride)


def torch_layers(
    rnd: random.Random, **drawing: Any
) -> Iterator[tuple[Case, tuple[Crop, ...], torch.Tensor]]:
    """Cases with a padding and output_padding: the crops and torch's values."""
    while True:
        case = drawn(rnd, **drawing)
        limits = map(max, case.stride, case.dilation)
        own = {
            "padding": tuple(rnd.randrange(4) for _ in case.stride),
            "output_padding": tuple(map(rnd.randrange, limits)),
        }
        crops = on_each_axis(torch_crop, **case.steps, **own)
        if case.fits(crops):
            yield case, crops, case.full(case.bias, **own)


def window(case: Case, crops: Sequence[Crop]) -> torch.Tensor:
    """The canonical form, word by word: a window of the full result, and the bias."""
    column = case.bias.view(1, -1, *[1] * case.dims)
    return finished(case.full(), crops, torch.zeros_like(case.bias)) + column


def called(case: Case, crops: Sequence[Crop]) -> tuple[torch.Tensor, bool]:
    """One call of torch and what it leaves to do; and whether that was nothing."""
    calls = on_each_axis(torch_call, tuple(crops), **case.steps)
    together = {
        name: [call.arguments[name] for call in calls] for name in calls[0].arguments
    }
    values = finished(case.full(case.bias, **together), rests(calls), case.bias)
    return values, all(call.exact for call in calls)


def rests(calls: Sequence[Call]) -> list[Crop]:
    return [call.rest for call in calls]


def finished(
    values: torch.Tensor, rest: Sequence[Crop], bias: torch.Tensor
) -> torch.Tensor:
    """Positions that hold the bias alone are added, then others are cut off."""
    for axis, (begin, end) in enumerate(rest, 2):
        rows = []
        for count in (max(-begin, 0), max(-end, 0)):
            shape = [*values.shape]
            shape[axis] = count
            rows.append(bias.view(1, -1, *[1] * (values.dim() - 2)).expand(shape))
        values = torch.cat([rows[0], values, rows[1]], axis)
        kept = values.shape[axis] - max(begin, 0) - max(end, 0)
        values = values.narrow(axis, max(begin, 0), kept)
    return values


def laid_out(weight: torch.Tensor, layout: WeightLayout) -> np.ndarray:
    """torch's weight in a framework's own order, from which it can be had again."""
    dims = weight.dim() - 2
    spatial = range(2, 2 + dims)
    turned = weight.flip(*spatial) if layout.flip else weight
    kernel = turned.permute(layout.from_torch(dims))
    back = kernel.permute(layout.to_torch(dims))
    assert (back.flip(*spatial) if layout.flip else back).equal(weight)
    return np.ascontiguousarray(kernel.numpy())
