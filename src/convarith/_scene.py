"""What stands where in the picture of one axis: a few cells, and the columns they meet.

A transposed layer spreads each input over columns of its full result; a layer with
windows joins each output to columns of its padded input. Both are one scene.
"""

from __future__ import annotations

from math import gcd
from typing import NamedTuple

from convarith._axes import OneAxis
from convarith._legal_values import ends
from convarith._record import Record, len_of

# What becomes of an output without products, and of an input without windows.
LONELY = {"out": "hole", "in": "unread"}


class Segment(NamedTuple):
    """Neighbouring columns of one kind; those that are numbered begin with `first`."""

    start: int
    stop: int
    kind: str
    first: int = 0


class Scene(NamedTuple):
    """Cell i meets the columns i * stride + t, for t in taps."""

    forward: bool
    cells: int
    stride: int
    taps: range
    # The columns that are the output of a transposed layer, or the input of another.
    kept: range
    # Columns of the full result, or of the padded input.
    length: int
    segments: tuple[Segment, ...]

    @property
    def extent(self) -> int:
        return self.taps[-1] + 1

    @property
    def total(self) -> int:
        return max(segment.stop for segment in self.segments)

    @property
    def overlap(self) -> int:
        """The most cells that a column can meet."""
        apart = self.stride // gcd(self.stride, self.taps.step)
        return min(self.cells, -(-len_of(self.taps) // apart))

    def met(self, column: int) -> range:
        """The cells that meet a column, ascending."""
        reads = range(1 - self.extent, 1, self.taps.step)
        found = Record(self.stride, 1, 0, reads).sources_of(column)
        low = -(found.start // found.step) if found.start < 0 else 0
        beyond = max((found.stop - self.cells) // found.step, 0)
        return found[low : max(len_of(found) - beyond, low)]

    def kind(self, column: int) -> tuple[str, str]:
        """What a column is, and what is written into it."""
        own = next(one for one in self.segments if one.start <= column < one.stop)
        kind = own.kind if self.met(column) else LONELY.get(own.kind, own.kind)
        if own.first:
            return kind, str(own.first + column - own.start)
        return kind, "b" if kind == "bias" else ""


def scene_of(on_axis: OneAxis, in_size: int, forward: bool) -> Scene:
    """The scene of a layer on one axis, from its record."""
    record, own = on_axis.record, on_axis.parameters
    taps = range(0, record.reads[-1] - record.reads[0] + 1, record.reads.step)
    out_size = on_axis.out_size(in_size)
    segments: tuple[Segment, ...]
    if forward:
        # With ceil_mode the last window may stick out.
        start, after = ends(own["padding"])
        cells, stride, stop = out_size, record.down, start + in_size
        length, reached = stop + after, (cells - 1) * stride + taps[-1] + 1
        segments = (
            Segment(0, start, "pad"),
            Segment(start, min(stop, reached), "in", 1),
            Segment(max(start, reached), stop, "unread"),
            Segment(stop, max(length, reached), "pad"),
        )
    else:
        start, cells, stride = record.reads[-1], in_size, record.up
        stop, length = start + out_size, (cells - 1) * stride + taps[-1] + 1
        # output_padding has moved the cut at the end from here to stop.
        moved = max(stop - own.get("output_padding", 0), start)
        segments = (
            Segment(0, start, "crop"),
            Segment(start, min(moved, length), "out", 1),
            Segment(moved, min(stop, length), "op", moved - start + 1),
            Segment(max(start, length), stop, "bias"),
            Segment(stop, length, "crop"),
        )
    kept = tuple(one for one in segments if one.start < one.stop)
    return Scene(forward, cells, stride, taps, range(start, stop), length, kept)
