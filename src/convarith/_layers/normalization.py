"""Normalization that averages over whole axes."""

from __future__ import annotations

from convarith._axes import OneAxis
from convarith._layers.layer import Layer
from convarith._no_output import nothing_is_left
from convarith._record import Record


def norm_axis() -> OneAxis:
    """The size stays, and all inputs are read, however many there are."""

    def at(in_size: int) -> OneAxis:
        reads = range(1 - in_size, in_size)
        return kept._replace(record=Record(1, 1, 0, reads))

    record = Record(1, 1, 0, range(1))
    kept = OneAxis({}, record, nothing_is_left, "kept", "reads-everything", at)
    return kept


class Norm(Layer):
    """Normalization over the whole map: InstanceNorm and GroupNorm of `torch.nn`.

    It keeps every size, and each of its outputs reads every input. BatchNorm uses
    running statistics in evaluation mode, and is passed over.

    Examples:
        >>> from convarith import Conv, Norm, Stack
        >>> net = Stack([Conv(3, padding=1), Norm()])
        >>> net.out_size(8), net.needed(slice(0, 1), 8)
        (8, slice(0, 8, None))

    Attributes:
        axes: Always 0, for it serves any number.

    Sources:
        `torch.nn.GroupNorm`.
    """

    __match_args__ = __slots__ = ()

    def __init__(self) -> None:
        self._keep(norm_axis)
