"""Lengths in torch's own disguise: `x.shape[-1]` is one, and remembers who asked what.

torch.SymInt stands for any node that answers its protocol (c10/core/SymNodeImpl.h).
This one answers with a Length, and with the number it has in the run at hand. Whoever
needs to know (a branch, a loop, int()) is told the number, and is written down."""

from __future__ import annotations

import math
from typing import Any

import torch
import torch.fx.experimental.sym_node  # it gives SymInt its operators

from convarith.network.asking import Asking
from convarith.network.conditions import (
    Asked,
    Condition,
    Log,
    Ratio,
    line_of_model,
)
from convarith.network.lengths import Length, Size, divided, largest, smallest


class Node(Asking):
    """A length, or a number, with the arithmetic that torch asks of it."""

    __slots__ = ()

    # Arithmetic.
    def _both(self, other: Node) -> bool:
        return self.value is not None and other.value is not None

    def _linear(self, other: Node, sign: int) -> Node:
        hint = self.hint + sign * other.hint
        if not self._both(other):
            return self._of(None, hint)
        if isinstance(self.value, Ratio):
            return self._of(self.value.plus(other.value, sign), hint)
        return self._of(self.value + sign * other.value, hint)

    def add(self, other: Node) -> Node:
        return self._linear(other, 1)

    def sub(self, other: Node) -> Node:
        return self._linear(other, -1)

    def mul(self, other: Node) -> Node:
        hint = self.hint * other.hint
        if not self._both(other):
            return self._of(None, hint)
        if isinstance(self.value, Ratio):
            return self._of(self.value.times(other.value), hint)
        return self._of(self.value * other.value, hint)

    def neg(self) -> Node:
        return (
            self.wrap_int(0).sub(self)
            if self.is_int()
            else self.wrap_float(0.0).sub(self)
        )

    def int_floordiv(self, other: Node) -> Node:
        return self._of(
            self.value // other.value if self._both(other) else None,
            self.hint // other.hint,
        )

    floordiv = int_floordiv

    def mod(self, other: Node) -> Node:
        known = self._both(other) and self.is_int()
        return self._of(
            self.value % other.value if known and type(other.value) is int else None,
            self.hint % other.hint,
        )

    def int_truediv(self, other: Node) -> Node:
        return self.sym_float().float_truediv(other.sym_float())

    def float_truediv(self, other: Node) -> Node:
        hint = self.hint / other.hint
        if not self._both(other):
            return self._of(None, hint)
        up, by = divided(
            self.value.length * other.value.by, other.value.length * self.value.by
        )
        if not isinstance(by, int):
            # On this way through the model, the one may be a multiple of the other.
            times = hint if float(hint).is_integer() else 0
            if times and self.log(up - by * int(times)):
                return self._of(Ratio(int(times)), hint)
        return self._of(Ratio(up, by) if isinstance(by, int) and by > 0 else None, hint)

    truediv = float_truediv

    def pow(self, other: Node) -> Node:
        if (
            type(other.value) is int
            and 0 <= other.value < 4
            and isinstance(self.value, Length)
        ):
            value: Any = 1
            for _ in range(other.value):
                value = self.value * value
            return self._of(value, self.hint**other.hint)
        return self._of(None, self.hint**other.hint)

    pow_by_natural = float_pow = pow

    def sym_float(self) -> Node:
        known = isinstance(self.value, (int, Length))
        return self._of(Ratio(self.value) if known else self.value, float(self.hint))

    def _whole(self, value: Ratio | None, hint: int, up: bool = False) -> Node:
        if value is None:
            return self._of(None, hint)
        length = -(-value.length // value.by) if up else value.length // value.by
        return self._of(length, hint)

    def floor(self) -> Node:
        return self if self.is_int() else self._whole(self.value, math.floor(self.hint))

    def ceil(self) -> Node:
        return (
            self
            if self.is_int()
            else self._whole(self.value, math.ceil(self.hint), up=True)
        )

    def trunc(self) -> Node:
        if self.is_int():
            return self
        known = self.value if self.hint >= 0 else None
        if known is not None and isinstance(known.length, Length):
            self.log(Asked(Condition(">=", known.length)))
        return self._whole(known, math.trunc(self.hint))

    def round(self, ndigits: Any = None) -> Node:
        if self.is_int():
            return self
        exact = self.value is not None and self.value.by == 1 and ndigits is None
        return self._whole(self.value if exact else None, round(self.hint))

    def is_integer(self) -> Node:
        if self.value is None:
            return self._of(None, float(self.hint).is_integer())
        return self._of(
            Condition("==", self.value.length % self.value.by), self.hint.is_integer()
        )

    def sym_max(self, other: Node) -> Node:
        known = self._both(other) and self.is_int()
        return self._of(
            largest(self.value, other.value) if known else None,
            max(self.hint, other.hint),
        )

    def sym_min(self, other: Node) -> Node:
        known = self._both(other) and self.is_int()
        return self._of(
            smallest(self.value, other.value) if known else None,
            min(self.hint, other.hint),
        )

    # Comparisons.
    def _compared(
        self, other: Node, relation: str, hint: bool, swapped: bool = False
    ) -> Node:
        if self.value is None or other.value is None:
            # Nothing is known of it, so nobody else may go the same way.
            self.log(Asked(Condition("==", 0), fixed=True, line=line_of_model()))
            return self._of(None, hint)
        one, two = (n.value if n.is_float() else Ratio(n.value) for n in (self, other))
        apart = one.plus(two, -1).length
        return self._of(Condition(relation, -apart if swapped else apart), hint)

    def eq(self, other: Node) -> Node:
        return self._compared(other, "==", self.hint == other.hint)

    def ne(self, other: Node) -> Node:
        return self._compared(other, "!=", self.hint != other.hint)

    def ge(self, other: Node) -> Node:
        return self._compared(other, ">=", self.hint >= other.hint)

    def lt(self, other: Node) -> Node:
        return self._compared(other, "<", self.hint < other.hint)

    def le(self, other: Node) -> Node:
        return self._compared(other, ">=", self.hint <= other.hint, swapped=True)

    def gt(self, other: Node) -> Node:
        return self._compared(other, "<", self.hint > other.hint, swapped=True)

    # Truths: whoever joins them has to know each.
    def sym_and(self, other: Node) -> Node:
        return self.wrap_bool(self.guard_bool() and other.guard_bool())

    def sym_or(self, other: Node) -> Node:
        return self.wrap_bool(self.guard_bool() or other.guard_bool())

    and_, or_ = sym_and, sym_or

    def sym_not(self) -> Node:
        known = isinstance(self.value, Condition)
        return self._of(self.value.opposite() if known else None, not self.hint)

    def sym_ite(self, then: Node, other: Node) -> Node:
        return then if self.guard_bool() else other

    # How the elements lie in memory changes no size.
    def _lies(self, *_: Any) -> Node:
        return self.wrap_bool(True)

    is_contiguous = is_non_overlapping_and_dense = _lies

    def _lies_not(self, *_: Any) -> Node:
        return self.wrap_bool(False)

    is_channels_last_contiguous_2d = is_channels_last_contiguous_3d = _lies_not
    is_channels_last_strides_2d = is_channels_last_strides_3d = _lies_not


# torch itself declares no types here.
symbol_of: Any = torch.SymInt


def symbol(length: Size, hint: int, log: Log) -> int | torch.SymInt:
    """A size as a model meets it."""
    return symbol_of(Node(length, hint, log)) if isinstance(length, Length) else length
