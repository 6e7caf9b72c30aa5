"""Which skip connection breaks first, and which output_padding mends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convarith._axes import PerAxis
from convarith._layers import ConvTranspose

if TYPE_CHECKING:
    from convarith._axes import Given
    from convarith._stack import Stack


class BrokenSkip:
    r"""Two places of a trace that must have the same size and have not.

    Attributes:
        skip: The two places, counted from the start of the trace.
        wanted: The size at the earlier place.
        got: The size at the later place.
        layer: The number of the transposed convolution that can mend it; None if
            there is none.
        output_padding: What that layer needs.
        output_size: The size it then gives, for `output_size` in its call; None
            where PyTorch does not reach that size in this way.
        mended: The stack with that layer mended; None if there is none.

    Examples:
        >>> from convarith import Conv, ConvTranspose, Stack
        >>> pair = Stack([Conv(3, stride=2, padding=1), ConvTranspose(3, stride=2, padding=1)])
        >>> broken = pair.broken_skip(24)
        >>> broken.wanted, broken.got, broken.layer, broken.output_padding
        (24, 23, 1, 1)
    """

    __slots__ = (
        "got",
        "layer",
        "mended",
        "output_padding",
        "output_size",
        "skip",
        "wanted",
    )

    def __init__(
        self,
        skip: tuple[int, int],
        wanted: PerAxis,
        got: PerAxis,
        layer: int | None = None,
        output_padding: PerAxis | None = None,
        output_size: PerAxis | None = None,
        mended: Stack | None = None,
    ) -> None:
        self.skip, self.wanted, self.got = skip, wanted, got
        self.layer, self.output_padding = layer, output_padding
        self.output_size, self.mended = output_size, mended

    def __str__(self) -> str:
        first = (
            f"layer {self.skip[1] - 1} gives {self.got} where the skip from place "
            f"{self.skip[0]} has {self.wanted}.\n"
        )
        if self.layer is None:
            return first + "Mend: no output_padding can; pad or crop one of them."
        call = (
            ""
            if self.output_size is None
            else (f", or output_size={self.output_size} in its call")
        )
        return (
            f"{first}Mend: output_padding={self.output_padding} on layer "
            f"{self.layer}{call}."
        )

    def __repr__(self) -> str:
        values = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__slots__)
        return f"BrokenSkip({values})"


def broken_skip(
    stack: Stack, in_size: Given, skips: list[tuple[int, int]]
) -> BrokenSkip | None:
    """The first pair of places, in the order of the data, that do not meet."""
    trace = stack.trace(in_size)
    for skip in sorted(skips, key=lambda pair: pair[1]):
        wanted, got = (trace[place] for place in skip)
        if wanted != got:
            return _mend(stack, trace, skip) or BrokenSkip(skip, wanted, got)
    return None


def _mend(
    stack: Stack, trace: tuple[PerAxis, ...], skip: tuple[int, int]
) -> BrokenSkip | None:
    """Change the last transposed convolution between the two places, if one helps."""
    early, late = skip
    for number in reversed(range(early, late)):
        layer = stack[number]
        if not isinstance(layer, ConvTranspose):
            continue
        targets = stack[number + 1 : late].in_sizes(trace[early])
        output_padding = _output_padding(layer, trace[number + 1], targets)
        if output_padding is None:
            continue
        mended = _with(layer, output_padding)
        output_size = mended.out_size(trace[number])
        repaired = type(stack)([*stack[:number], mended, *stack[number + 1 :]])
        return BrokenSkip(
            skip,
            trace[early],
            trace[late],
            number,
            output_padding,
            output_size if _within_stride(mended) else None,
            repaired,
        )
    return None


def _output_padding(
    layer: ConvTranspose, out_size: PerAxis, targets: range | tuple[range, ...]
) -> PerAxis | None:
    """The smallest on each axis that brings the output among the targets."""
    if isinstance(out_size, int):
        return _on_axis(layer.on_axis(0), out_size, targets)  # type: ignore[arg-type]
    found = []
    for axis, (size, target) in enumerate(zip(out_size, targets, strict=True)):
        found.append(_on_axis(layer.on_axis(axis), size, target))  # type: ignore[arg-type]
    if None in found:
        return None
    return found[0] if len(set(found)) == 1 else tuple(found)  # type: ignore[arg-type]


def _on_axis(own: dict[str, int], out_size: int, targets: range) -> int | None:
    smallest = out_size - own["output_padding"]
    output_padding = max(targets.start - smallest, 0)
    legal = output_padding < max(own["stride"], own["dilation"])
    return output_padding if legal and smallest + output_padding in targets else None


def _with(layer: ConvTranspose, output_padding: PerAxis) -> ConvTranspose:
    return ConvTranspose(
        layer.kernel_size,
        stride=layer.stride,
        padding=layer.padding,
        output_padding=output_padding,
        dilation=layer.dilation,
    )


def _within_stride(layer: ConvTranspose) -> bool:
    """Whether the sizes that torch's output_size offers include this one.

    torch/nn/modules/conv.py, _output_padding: stride sizes, whatever the dilation.
    """
    axes = range(layer.axes or 1)
    return all(
        layer.on_axis(axis)["output_padding"] < layer.on_axis(axis)["stride"]
        for axis in axes
    )
