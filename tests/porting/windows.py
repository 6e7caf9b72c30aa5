"""Random transposed convolutions, and what torch says of their full results."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import torch
import torch.nn.functional as F

from convarith import SizeError
from convarith.porting import Call, Crop, WeightLayout, torch_call, torch_crop

BY_DIMS = (None, F.conv_transpose1d, F.conv_transpose2d, F.conv_transpose3d)
CLOSE = 2e-5


class Case(NamedTuple):
    """A transposed convolution without its crop; the weight is as torch has it."""

    in_size: list[int]
    kernel_size: list[int]
    stride: list[int]
    dilation: list[int]
    groups: int
    x: torch.Tensor
    weight: torch.Tensor
    bias: torch.Tensor

    @property
    def dims(self) -> int:
        return len(self.in_size)

    def axes(self) -> Iterator[dict[str, int]]:
        """The parameters that every framework has, axis by axis."""
        for values in zip(
            self.in_size, self.kernel_size, self.stride, self.dilation, strict=True
        ):
            yield dict(
                zip(
                    ("in_size", "kernel_size", "stride", "dilation"),
                    values,
                    strict=True,
                )
            )

    def fits(self, crops: list[Crop]) -> bool:
        """Whether something is left on every axis."""
        try:
            for crop, axis in zip(crops, self.axes(), strict=True):
                crop.out_size(**axis)
        except SizeError:
            return False
        return True

    def by_group(self) -> Iterator[tuple[torch.Tensor, torch.Tensor, torch.Tensor]]:
        """Input, weight and bias for a framework that has no groups."""
        return zip(
            self.x.chunk(self.groups, 1),
            self.weight.chunk(self.groups, 0),
            self.bias.chunk(self.groups),
            strict=True,
        )

    def full(self, bias: torch.Tensor | None = None, **parameters: Any) -> torch.Tensor:
        convolve = BY_DIMS[self.dims]
        assert convolve is not None
        return convolve(
            self.x,
            self.weight,
            bias,
            self.stride,
            groups=self.groups,
            dilation=self.dilation,
            **parameters,
        )


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
    in_size = [rnd.randint(1, most) for _ in range(axes)]
    kernel_size = [rnd.randint(1, most + 1) for _ in range(axes)]
    generator = torch.Generator().manual_seed(rnd.randrange(2**31))

    def values(*shape: int) -> torch.Tensor:
        return torch.randn(*shape, generator=generator)

    x = values(2, ins * group, *in_size)
    weight = values(ins * group, outs, *kernel_size)
    bias = values(outs * group)
    return Case(in_size, kernel_size, stride, dilation, group, x, weight, bias)


def torch_layer(
    rnd: random.Random, case: Case
) -> tuple[list[Crop], torch.Tensor] | None:
    """A padding and output_padding for it: the crops and torch's values, or None."""
    padding = [rnd.randrange(4) for _ in case.stride]
    extra = [
        rnd.randrange(max(s, d))
        for s, d in zip(case.stride, case.dilation, strict=True)
    ]
    crops = [
        torch_crop(stride=s, padding=p, output_padding=e, dilation=d)
        for s, p, e, d in zip(case.stride, padding, extra, case.dilation, strict=True)
    ]
    if not case.fits(crops):
        return None
    return crops, case.full(case.bias, padding=padding, output_padding=extra)


def joined(parts: list[np.ndarray | str]) -> torch.Tensor:
    """The channels of all groups one after another."""
    arrays = [part for part in parts if not isinstance(part, str)]
    assert len(arrays) == len(parts), parts
    return torch.from_numpy(np.concatenate(arrays, 1))


def window(case: Case, crops: list[Crop]) -> torch.Tensor:
    """The canonical form, word by word: a window of the full result, and the bias."""
    return finished(case.full(), crops, torch.zeros_like(case.bias)) + _column(case)


def called(case: Case, crops: list[Crop]) -> tuple[torch.Tensor, bool]:
    """One call of torch and what it leaves to do; and whether that was nothing."""
    calls = [
        torch_call(crop, stride=stride, dilation=dilation)
        for crop, stride, dilation in zip(
            crops, case.stride, case.dilation, strict=True
        )
    ]
    named = {
        name: [call.arguments[name] for call in calls] for name in calls[0].arguments
    }
    result = case.full(case.bias, **named)
    return finished(result, rests(calls), case.bias), all(call.exact for call in calls)


def rests(calls: list[Call]) -> list[Crop]:
    return [call.rest for call in calls]


def finished(
    values: torch.Tensor, rest: list[Crop], bias: torch.Tensor
) -> torch.Tensor:
    """Positions that hold the bias alone are added, then others are cut off."""
    for axis, (begin, end) in enumerate(rest, 2):
        before, after = max(-begin, 0), max(-end, 0)
        rows = []
        for count in (before, after):
            shape = [*values.shape]
            shape[axis] = count
            rows.append(bias.view(1, -1, *[1] * (values.dim() - 2)).expand(shape))
        values = torch.cat([rows[0], values, rows[1]], axis)
        kept = values.shape[axis] - max(begin, 0) - max(end, 0)
        values = values.narrow(axis, max(begin, 0), kept)
    return values


def _column(case: Case) -> torch.Tensor:
    return case.bias.view(1, -1, *[1] * case.dims)


def laid_out(weight: torch.Tensor, layout: WeightLayout) -> np.ndarray:
    """torch's weight in a framework's own order."""
    dims = weight.dim() - 2
    if layout.flip:
        weight = weight.flip(*range(2, 2 + dims))
    return np.ascontiguousarray(weight.permute(layout.from_torch(dims)).numpy())


def brought_back(kernel: np.ndarray, layout: WeightLayout) -> torch.Tensor:
    """A framework's kernel in torch's order."""
    dims = kernel.ndim - 2
    weight = torch.from_numpy(kernel).permute(layout.to_torch(dims))
    return weight.flip(*range(2, 2 + dims)) if layout.flip else weight


class Tally:
    """How many cases of each mode agreed, and how far the worst of them was off."""

    def __init__(self) -> None:
        self.count: Counter[str] = Counter()
        self.worst: defaultdict[str, float] = defaultdict(float)

    def agrees(
        self,
        mode: str,
        found: np.ndarray | str,
        expected: torch.Tensor,
        what: object,
        *,
        new: bool = True,
    ) -> None:
        assert not isinstance(found, str), (mode, found, what)
        assert found.shape == tuple(expected.shape), (mode, what)
        off = float(np.abs(found - expected.numpy()).max())
        assert off < CLOSE, (mode, off, what)
        self.count[mode] += new
        self.worst[mode] = max(self.worst[mode], off)

    @staticmethod
    def done(calls: list[Call]) -> str:
        """What the calls leave to do, in words."""
        if all(call.exact for call in calls):
            return ""
        added = any(min(call.rest) < 0 for call in calls)
        return ", rows of bias" if added else ", a crop"

    def told(self, title: str) -> None:
        print(f"{title}: {self.count.total()} cases")
        for mode, count in sorted(self.count.items()):
            print(f"  {count:5} {mode}, at most {self.worst[mode]:.1e} apart")
