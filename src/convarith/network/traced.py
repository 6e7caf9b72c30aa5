"""Tensors without values, and the run that they are part of."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import torch

from convarith._say import Sentence
from convarith.network.conditions import (
    Asked,
    Condition,
)
from convarith.network.lengths import Length, Size
from convarith.network.symbols import Node, symbol, symbol_of


class Source(NamedTuple):
    """What an output dimension reads: a dimension of a tensor, and how."""

    tensor: torch.Tensor
    dim: int
    # A Record, a Moved, EVERYTHING, or None where nobody follows it.
    how: Any


class Part(NamedTuple):
    """One dimension of an output: its size, and what it reads."""

    size: Any
    sources: tuple[Source, ...] = ()


class Check(NamedTuple):
    """One of these must hold, or the operator refuses."""

    step: Step
    any_of: tuple[Condition, ...]
    kind: str
    sizes: tuple[Size, ...]


class Step:
    """One operator of the pass."""

    __slots__ = (
        "after",
        "before",
        "extra",
        "given",
        "layers",
        "module",
        "number",
        "op",
        "spatial",
        "takes",
        "unknown",
    )

    def __init__(
        self, number: int, op: str, module: str, takes: tuple[Step, ...]
    ) -> None:
        self.number, self.op, self.module, self.takes = number, op, module, takes
        self.before: tuple[Size, ...] = ()
        self.after: tuple[Size, ...] = ()
        # How many of its tensors are the model's own input.
        self.given = 0
        # The layer on each dimension that changes, where it is one.
        self.layers: dict[int, Any] = {}
        self.spatial, self.extra = 0, ()
        self.unknown = ""


class Traced(torch.Tensor):
    """A tensor without values that knows how its sizes depend on the input's."""

    # The same tensor on the meta device, or with values.
    inner: Any
    parts: tuple[Part, ...]
    step: Any
    # Later tensors have larger ones.
    serial: int
    # Whether an element reads the whole input.
    everything: bool
    __torch_function__: Any = torch._C._disabled_torch_function_impl

    @staticmethod
    def __new__(
        cls, inner: torch.Tensor, parts: tuple[Part, ...], step: Step | None, run: Run
    ) -> Traced:
        sizes = [
            symbol(part.size, hint, run.asked)
            for part, hint in zip(parts, inner.shape, strict=True)
        ]
        self: Traced = torch.Tensor._make_wrapper_subclass(
            cls,
            sizes,
            _contiguous(sizes, inner.stride(), run),
            0,
            None,
            inner.dtype,
            torch.strided,
            run.device,
            False,
            False,
        )
        self.inner, self.parts, self.step = inner, parts, step
        run.made += 1
        self.serial, self.everything = run.made, False
        return self

    @property
    def changes(self) -> bool:
        """Whether one of its sizes depends on the input."""
        return any(isinstance(part.size, Length) for part in self.parts)

    def numpy(self, *, force: bool = False) -> Any:
        return self._with_values("numpy").numpy(force=force)

    def tolist(self) -> Any:
        return self._with_values("tolist").tolist()

    def _with_values(self, asker: str) -> Any:
        """The tensor itself, for what leaves torch with it."""
        if self.inner.is_meta:
            raise NeedsValues(asker)
        return self.inner

    def __repr__(self, *, tensor_contents: Any = None) -> str:  # type: ignore[override]
        return f"a tensor of {tuple(self.inner.shape)}"

    @classmethod
    def __torch_dispatch__(cls, *_: Any) -> Any:
        return NotImplemented


def _contiguous(sizes: list[Any], strides: tuple[int, ...], run: Run) -> list[Any]:
    if not any(isinstance(size, torch.SymInt) for size in sizes):
        return list(strides)
    found: list[Any] = []
    step: Any = 1
    for size in reversed(sizes):
        found.insert(0, step)
        hint = size.node.hint if isinstance(size, torch.SymInt) else size
        value = size.node.value if isinstance(size, torch.SymInt) else size
        if isinstance(step, torch.SymInt):
            both = Node(
                value * step.node.value
                if isinstance(value, Length)
                else step.node.value * value,
                hint * step.node.hint,
                run.asked,
            )
            step = symbol_of(both)
        elif isinstance(size, torch.SymInt):
            step = symbol_of(Node(value * step, hint * step, run.asked))
        else:
            step = step * size
    return found


def _core(length: Length) -> Length:
    core = length.content()[1]
    return (
        core
        if core.terms[0][1] > 0
        else Length(-core.const, {a: -n for a, n in core.terms})
    )


class NeedsValues(Exception):
    """A model that looks at values cannot be followed by sizes alone."""


class Run:
    """One pass of the model: what ran, what was asked, how it ended."""

    def __init__(self, device: torch.device, hints: tuple[int, ...]) -> None:
        self.device, self.hints = device, hints
        self.steps: list[Step] = []
        # Asked and Check, in the order in which they came up.
        self.events: list[Asked | Check] = []
        self.modules: list[str] = []
        self.error: BaseException | None = None
        self.output: Any = None
        self.chosen: Any = None
        self.chosen_number = 0
        self.out_dims: tuple[int | None, ...] = ()
        # Whether tensors have values, for models that look at them.
        self.values = False
        # What lengths are in this run, once they have been asked.
        self.sizes: dict[Length, Any] = {}
        # Whether sizes are those of the input, or plain numbers.
        self.lengths = True
        # Why what was recorded is not what the model does.
        self.untrue: Sentence | None = None
        self.stopped_in = ""
        self.made = 0
        # The operator that raised, if one did.
        self.refused: Step | None = None
        self._busy = False
        # Lengths that are 0 on this way through the model.
        self.zeros: set[Length] = set()

    def place(self) -> tuple[str, ...]:
        """Where it ended with an error."""
        if self.refused is not None:
            return self.refused.op, self.refused.module
        return type(self.error).__name__, self.stopped_in

    def asked(self, question: Asked | Size) -> bool:
        """Write a question down; of a length, say whether it is known to be 0."""
        if not isinstance(question, Asked):
            return isinstance(question, int) or _core(question) in self.zeros
        self.learn(question.condition)
        if not self._busy:
            self.events.append(question)
        return True

    def learn(self, *conditions: Condition) -> None:
        """What must be equal on this way through the model."""
        if (
            len(conditions) == 1
            and isinstance(conditions[0].length, Length)
            and conditions[0].relation == "=="
        ):
            self.zeros.add(_core(conditions[0].length))

    @contextmanager
    def busy(self) -> Iterator[None]:
        """Whatever our own rules ask is nobody's branch."""
        before, self._busy = self._busy, True
        try:
            yield
        finally:
            self._busy = before

    @property
    def unknown(self) -> list[Step]:
        return [step for step in self.steps if step.unknown]
