"""What runs when a model runs: every operator, with its sizes and its module."""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable
from typing import Any

import torch
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_flatten, tree_map

from convarith.network.evaluating import at
from convarith.network.lengths import Length
from convarith.network.standins import (
    int_of_lengths,
    named,
    pools_of_lengths,
    recurrences_whole,
    resizing_by_lengths,
    scripts_inlined,
)
from convarith.network.traced import NeedsValues, Part, Run, Step, Traced

READS_VALUES = (
    "_local_scalar_dense",
    "item",
    "is_nonzero",
    "equal",
    "nonzero",
    "masked_select",
)

KEPT_SHORT = ("native_batch_norm", "cudnn_batch_norm")


class Recorder(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """Runs every operator on the meta device, and asks the rules for its sizes."""

    def __init__(self, run: Run, rule_of: Callable[..., Any], owned: set[int]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.run, self.rule_of, self.owned = run, rule_of, owned
        self.metas: dict[int, tuple[Any, Any]] = {}
        # At a step, other arguments than the model gave: a fix that is tried.
        self.overrides: dict[
            str, Callable[[str, tuple[Any, ...]], tuple[Any, ...]]
        ] = {}

    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        # Nothing is compiled here, and importing the compiler takes seconds.
        return False

    def __torch_dispatch__(
        self, func: Any, types: Any, args: Any = (), kwargs: Any = None
    ) -> Any:
        kwargs = kwargs or {}
        flat, _ = tree_flatten((args, kwargs))
        ours = any(
            isinstance(one, (Traced, torch.SymInt, torch.SymFloat)) for one in flat
        )
        if not ours:
            return self._constant(func, args, kwargs)
        return self._traced(func, args, kwargs, flat)

    def _constant(self, func: Any, args: Any, kwargs: Any) -> Any:
        """Nothing of the input is in it: it runs, but changes nothing of the model's."""
        if func._schema.is_mutable and self._is_owned(args[0]):
            return args[0]
        return func(*args, **kwargs)

    def _is_owned(self, tensor: Any) -> bool:
        return (
            isinstance(tensor, torch.Tensor)
            and tensor.untyped_storage()._cdata in self.owned
        )

    def _traced(self, func: Any, args: Any, kwargs: Any, flat: Any) -> Any:
        name = func._schema.name.removeprefix("aten::")
        said = _said_at_once(name, args)
        if said is not None:
            return said
        if name in READS_VALUES and not self.run.values:
            raise NeedsValues(name)
        module = self.run.modules[-1] if self.run.modules else ""
        if module in self.overrides:
            args = self.overrides[module](name, args)
        takes = [one.step for one in flat if isinstance(one, Traced) and one.step]
        step = Step(len(self.run.steps), name, module, tuple(takes))
        step.given = sum(isinstance(one, Traced) and not one.step for one in flat)
        self.run.steps.append(step)
        with self.run.busy():
            rule = self.rule_of(func, step, args, kwargs, self.run)
        self.run.events.extend(rule.checks)
        for check in rule.checks:
            self.run.learn(*check.any_of)
        inner = tree_map(self._inner, args)
        named = tree_map(self._inner, dict(kwargs))
        if "device" in named and not self.run.values:
            named["device"] = "meta"
        try:
            if name == "view":
                # Sizes do not depend on how elements lie in memory, and ours lie anew.
                out = inner[0].reshape(inner[1])
            elif name in KEPT_SHORT and not self.run.values and not inner[5]:
                # Decomposed by torch into dozens of steps, for the same size.
                out = (
                    torch.empty_like(inner[0]),
                    torch.empty(0, device="meta"),
                    torch.empty(0, device="meta"),
                )
            else:
                out = func(*inner, **named)
        except Exception:
            self.run.refused = step
            raise
        if (
            func._schema.is_mutable
            and isinstance(args[0], Traced)
            and isinstance(out, torch.Tensor)
        ):
            step.before = step.after = tuple(p.size for p in args[0].parts)
            return args[0]
        return self._wrapped(out, rule, step)

    def _inner(self, value: Any) -> Any:
        if isinstance(value, Traced):
            return value.inner
        if isinstance(value, torch.Tensor):
            if self.run.values:
                return value
            known = self.metas.get(id(value))
            if known is None:
                known = self.metas[id(value)] = (value, value.detach().to("meta"))
            return known[1]
        if isinstance(value, (torch.SymInt, torch.SymFloat, torch.SymBool)):
            return value.node.hint
        return value

    def _wrapped(self, out: Any, rule: Any, step: Step) -> Any:
        flat = [one for one in tree_flatten(out)[0] if isinstance(one, torch.Tensor)]
        fitted = [self._fitted(one, n, rule, step) for n, one in enumerate(flat)]
        step.after = tuple(part.size for part in fitted[0].parts) if fitted else ()
        found = iter(fitted)
        return tree_map(
            lambda one: next(found) if isinstance(one, torch.Tensor) else one, out
        )

    def _fitted(
        self, inner: torch.Tensor, number: int, rule: Any, step: Step
    ) -> Traced:
        """The output with the sizes that its rule says, if they are those it has."""
        parts = rule.outputs[number] if number < len(rule.outputs) else None
        if parts is None or len(parts) != inner.dim():
            if not rule.static and inner.numel() > 1:
                step.unknown = step.unknown or step.op
            parts = tuple(Part(size) for size in inner.shape)
        fitted = []
        for part, size in zip(parts, inner.shape, strict=True):
            said = (
                at(part.size, self.run.hints, self.run.sizes)
                if isinstance(part.size, Length)
                else size
            )
            if said != size:
                step.unknown = step.unknown or step.op
                part = Part(size)
            fitted.append(part if part.size is not None else part._replace(size=size))
        found = Traced(inner, tuple(fitted), step, self.run)
        found.everything = _reads_all(found, rule.tensors)
        return found


def _reads_all(found: Traced, tensors: list[torch.Tensor]) -> bool:
    """Whether a dimension that depends on the input is read from end to end, or is gone."""
    followed = {
        (id(s.tensor), s.dim)
        for part in found.parts
        for s in part.sources
        if s.how != "everything"
    }
    for tensor in tensors:
        if isinstance(tensor, Traced):
            moving = [
                n
                for n, part in enumerate(tensor.parts)
                if isinstance(part.size, Length)
            ]
            if tensor.everything or any(
                (id(tensor), n) not in followed for n in moving
            ):
                return True
    return False


def _said_at_once(name: str, args: Any) -> Any:
    """What a tensor says of itself, without running anything."""
    if not args or not isinstance(args[0], Traced):
        return None
    if name in ("numel", "sym_numel"):
        return functools.reduce(operator.mul, args[0].shape, 1)
    if name in ("size", "sym_size"):
        return args[0].shape if len(args) == 1 else args[0].shape[args[1]]
    return None


def record(
    model: Any,
    inputs: Callable[[Run], tuple[tuple[Any, ...], dict[str, Any]]],
    run: Run,
    rule_of: Callable[..., Any],
    overrides: dict[str, Any] | None = None,
) -> Run:
    """Let the model run once; its error, if it has one, is kept."""
    owned = {
        t.untyped_storage()._cdata
        for t in (*model.parameters(), *model.buffers())
        if not torch.nn.parameter.is_lazy(t)
    }
    recorder = Recorder(run, rule_of, owned)
    recorder.overrides = overrides or {}
    args, kwargs = inputs(run)
    with (
        torch.no_grad(),
        named(model, run),
        int_of_lengths(model, run),
        scripts_inlined(),
        resizing_by_lengths(),
        recurrences_whole(),
        pools_of_lengths(),
        recorder,
    ):
        try:
            run.output = model(*args, **kwargs)
        except Exception as error:
            run.error = error
    return run
