"""Which skip connection breaks first, and which output_padding closes the gap."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from convarith._axes import PerAxis
from convarith._layers import ConvTranspose, Layer
from convarith._legal_values import output_padding_limit
from convarith._say import say
from convarith._value import Value


class Cure(NamedTuple):
    """A layer between the two places, and the one that takes its place."""

    number: int
    layer: ConvTranspose
    out_size: PerAxis

    @property
    def output_size(self) -> PerAxis | None:
        """What its call may ask for instead, where PyTorch reaches that size so."""
        return self.out_size if within_stride(self.layer) else None


class BrokenSkip(Value):
    r"""Two positions of a trace that must have the same size and have not.

    Attributes:
        skip: The two positions, counted from the start of the trace.
        wanted: The size at the earlier position.
        got: The size at the later position.
        layer: The number of the transposed convolution that can fix it; None if
            there is none.
        output_padding: What that layer needs.
        output_size: The size it then gives, for `output_size` in its call; None
            where PyTorch does not reach that size in this way.
        fixed: The stack with that layer fixed; None if there is none.

    Examples:
        >>> from convarith import Conv, ConvTranspose, Stack
        >>> pair = Stack([Conv(3, stride=2, padding=1), ConvTranspose(3, stride=2, padding=1)])
        >>> broken = pair.broken_skip(24)
        >>> broken.wanted, broken.got, broken.layer, broken.output_padding
        (24, 23, 1, 1)
    """

    __slots__ = __match_args__ = (
        "skip",
        "wanted",
        "got",
        "layer",
        "output_padding",
        "output_size",
        "fixed",
    )
    skip: tuple[int, int]
    wanted: PerAxis
    got: PerAxis
    layer: int | None
    output_padding: PerAxis | None
    output_size: PerAxis | None
    fixed: Any

    def __init__(
        self,
        skip: tuple[int, int],
        *,
        wanted: PerAxis,
        got: PerAxis,
        layer: int | None = None,
        output_padding: PerAxis | None = None,
        output_size: PerAxis | None = None,
        fixed: Sequence[Layer] | None = None,
    ) -> None:
        self._set(skip=skip, wanted=wanted, got=got, layer=layer, fixed=fixed)
        self._set(output_padding=output_padding, output_size=output_size)

    def text(self, *, language: str = "en") -> str:
        """What differs, and what to write, in a language."""
        early, late = self.skip
        sizes = {"got": self.got, "wanted": self.wanted}
        first = say(language, "broken", layer=late - 1, place=early, **sizes)
        if self.layer is None:
            return first + say(language, "broken:no-cure")
        own = {name: getattr(self, name) for name in self.__slots__[3:6]}
        return first + fix(language, **own)

    def __str__(self) -> str:
        return self.text()


def fix(language: str, output_size: PerAxis | None, **values: Any) -> str:
    """What to write, in a language."""
    key = "broken:cure" if output_size is None else "broken:cure-or-call"
    return say(language, key, output_size=output_size, **values)


def cure(
    layers: Sequence[Layer], trace: Sequence[PerAxis], wanted: PerAxis
) -> Cure | None:
    """The last transposed convolution that makes the last size this one, if one can."""
    axes = len(trace[0]) if isinstance(trace[0], tuple) else 0
    for number in reversed(range(len(layers))):
        layer = layers[number]
        if isinstance(layer, ConvTranspose):
            found = [
                _output_padding(layers, trace, number, axis, _on(axis, wanted))
                for axis in range(axes or 1)
            ]
            if None not in found:
                several = axes and len(set(found)) > 1
                output_padding: Any = tuple(found) if several else found[0]
                cured = layer.replace(output_padding=output_padding)
                return Cure(number, cured, cured.out_size(trace[number]))
    return None


def _output_padding(
    layers: Sequence[Layer],
    trace: Sequence[PerAxis],
    number: int,
    axis: int,
    wanted: int,
) -> int | None:
    """The smallest that makes one axis of the last size the one that is wanted."""
    out_size = _on(axis, trace[number + 1])
    targets = range(wanted, wanted + 1)
    for later in reversed(layers[number + 1 :]):
        if targets:
            record = later._on_axis[axis if later.axes else 0].record
            targets = record.inputs(targets[0], targets[-1])
    own = layers[number].on_axis(axis)
    smallest = out_size - own["output_padding"]
    output_padding = max(targets.start - smallest, 0)
    legal = output_padding < output_padding_limit(own["stride"], own["dilation"])
    return output_padding if legal and smallest + output_padding in targets else None


def _on(axis: int, size: PerAxis) -> int:
    return size[axis] if isinstance(size, tuple) else size


def within_stride(layer: ConvTranspose) -> bool:
    """Whether the sizes that torch's output_size offers include this layer's.

    torch/nn/modules/conv.py, _output_padding: stride sizes, whatever the dilation.
    """
    on_axis = [layer.on_axis(axis) for axis in range(layer.axes or 1)]
    return all(own["output_padding"] < own["stride"] for own in on_axis)
