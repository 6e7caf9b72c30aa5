"""What torch asks of a number in disguise, and what is written down of it."""

from __future__ import annotations

from typing import Any, Self

from convarith.network.conditions import (
    Asked,
    Condition,
    Log,
    Ratio,
    line_of_model,
)
from convarith.network.lengths import Length


class Asking:
    """A number of the run, and what it is of the input (None: it is not known)."""

    __slots__ = ("hint", "log", "value")

    def __init__(self, value: Any, hint: Any, log: Log) -> None:
        self.value, self.hint, self.log = value, hint, log

    def _of(self, value: Any, hint: Any) -> Self:
        return type(self)(value, hint, self.log)

    # What C++ asks first.
    def is_int(self) -> bool:
        return isinstance(self.hint, int) and not isinstance(self.hint, bool)

    def is_float(self) -> bool:
        return isinstance(self.hint, float)

    def is_bool(self) -> bool:
        return isinstance(self.hint, bool)

    def is_nested_int(self) -> bool:
        return False

    def nested_int(self) -> None:
        return None

    def clone(self) -> Self:
        return self

    def has_hint(self) -> bool:
        return True

    def maybe_as_int(self) -> int | None:
        return self.value if type(self.value) is int else None

    def is_constant(self) -> bool:
        # Python is told a truth at once: much of torch takes no SymBool.
        return self.is_bool()

    def is_symbolic(self) -> bool:
        return True

    def str(self) -> str:
        return str(self.hint)

    _graph_repr = str

    def wrap_int(self, number: int) -> Self:
        return self._of(number, number)

    def wrap_float(self, number: float) -> Self:
        return self._of(Ratio.of(number), number)

    def wrap_bool(self, truth: bool) -> Self:
        return self._of(None, truth)

    # Who wants to know is written down.
    def guard_bool(self, *_: Any) -> bool:
        if isinstance(self.value, Condition):
            true = self.value if self.hint else self.value.opposite()
            if isinstance(true.length, Length):
                self.log(Asked(true))
        return bool(self.hint)

    bool_ = expect_true = guard_or_false = guard_or_true = guard_bool
    guard_size_oblivious = statically_known_true = guard_bool

    def guard_int(self, *_: Any) -> int:
        if isinstance(self.value, Length):
            self.log(
                Asked(
                    Condition("==", self.value - self.hint),
                    fixed=True,
                    line=line_of_model(),
                )
            )
        elif self.value is None:
            self.log(Asked(Condition("==", 0), fixed=True, line=line_of_model()))
        return int(self.hint)

    int_ = guard_int

    def guard_float(self, *_: Any) -> float:
        if self.value is None or isinstance(self.value.length, Length):
            self.log(Asked(Condition("==", 0), fixed=True, line=line_of_model()))
        return float(self.hint)
