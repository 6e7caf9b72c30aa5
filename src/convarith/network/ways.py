"""The ways that sizes take through a model, as far as they are known."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable
from typing import Any

import torch
from torch.utils._pytree import tree_flatten

from convarith._errors import SizeTypeError
from convarith._legal_values import at_least
from convarith._say import Sentence
from convarith.network import reading
from convarith.network.inputs import Inputs
from convarith.network.left_alone import left_alone
from convarith.network.lengths import Size
from convarith.network.paths import Map, NoRule, Path
from convarith.network.recording import record
from convarith.network.rules import rule_of
from convarith.network.traced import NeedsValues, Run, Traced

# So many ways through a model are followed, and so long.
PATHS_AT_MOST = 80
SECONDS_AT_MOST = 60.0
SILENT_SECONDS = 1.0


class Ways:
    """A model with its inputs, run once for each way through it."""

    model: torch.nn.Module
    _inputs: Inputs
    _axes: tuple[int, ...]
    _output: Callable[[Any], Any] | None
    _paths: list[Path]
    _alone: dict[tuple[int, ...], Path]
    _map: Map | None
    _why: Sentence | None

    def _path_at(self, sizes: tuple[int, ...], overrides: Any = None) -> Path:
        """The way that an input of these sizes takes; it runs if it is a new one."""
        if overrides is None:
            known = next(
                (path for path in self._paths if reading.covers(path, sizes)), None
            )
            known = known or self._alone.get(sizes)
            if known:
                return known
        run = self._recorded(sizes, overrides)
        path = Path(run, self._size_of(run))
        if overrides is None:
            if reading.is_alone(path):
                self._alone[sizes] = path
                self._why = self._why or reading.why_alone(path)
            else:
                self._paths.append(path)
        return path

    def _recorded(self, sizes: tuple[int, ...], overrides: Any = None) -> Run:
        first = next(
            one for one in self._inputs.leaves if isinstance(one, torch.Tensor)
        )
        for values in (False, True):
            run = Run(first.device, sizes)
            run.values = values
            with left_alone(self.model):
                record(self.model, self._inputs.recorded, run, rule_of, overrides)
            if not isinstance(run.error, (NeedsValues, NotImplementedError)):
                break
        if run.error is not None and not overrides:
            return self._confirmed(run)
        return run

    def _confirmed(self, run: Run) -> Run:
        """An error is the model's own if plain numbers lead to it too."""
        plain = Run(run.device, run.hints)
        plain.values, plain.lengths = run.values, False
        with left_alone(self.model):
            record(self.model, self._inputs.recorded, plain, rule_of)
        if plain.error is not None and plain.place() == run.place():
            run.error = plain.error
            return run
        first, *_ = str(run.error).strip().splitlines()
        plain.untrue = Sentence("observed-plain", {"message": first})
        return plain

    def _size_of(self, run: Run) -> tuple[Size, ...] | None:
        if run.error is not None:
            return None
        found = self._output(run.output) if self._output else run.output
        tensors = [one for one in _leaves(found) if isinstance(one, torch.Tensor)]
        if not tensors:
            run.error = SizeTypeError.of(
                "network-output", {"output": type(found).__name__}
            )
            return None
        chosen = next(
            (one for one in tensors if isinstance(one, Traced) and one.changes),
            tensors[0],
        )
        run.chosen = chosen
        run.chosen_number = next(n for n, one in enumerate(tensors) if one is chosen)
        run.out_dims = tuple(
            reading.out_dim(chosen, axis, place)
            for place, axis in enumerate(self._axes)
        )
        sizes = chosen.parts if isinstance(chosen, Traced) else None
        return tuple(
            (sizes[dim].size if sizes else chosen.shape[dim]) if dim is not None else 1
            for dim in run.out_dims
        )

    def _given(self, in_size: Any) -> tuple[int, ...]:
        several = (
            in_size
            if isinstance(in_size, (tuple, list))
            else (in_size,) * len(self._axes)
        )
        if len(several) != len(self._axes):
            raise SizeTypeError.of(
                "network-sizes", {"in_size": in_size}, axes=len(self._axes)
            )
        return tuple(at_least("in_size", size) for size in several)

    def _explored(self) -> Map | None:
        """All sizes, if every one of them goes a known way; None otherwise."""
        if self._map is not None or self._why:
            return self._map
        began, said = time.monotonic(), False
        self._path_at(self._inputs.sizes)
        try:
            while not self._why:
                found = Map(self._paths)
                left = found.uncovered
                if not len(left):
                    self._map = found
                    break
                if (
                    len(self._paths) >= PATHS_AT_MOST
                    or time.monotonic() - began > SECONDS_AT_MOST
                ):
                    count = {"count": len(self._paths)}
                    self._why = Sentence("observed-ways", count)
                    break
                if time.monotonic() - began > SILENT_SECONDS and sys.stderr.isatty():
                    said = True
                    print(
                        f"\r{len(self._paths)} ways through the model, {len(left)} sizes to go ",
                        end="",
                        file=sys.stderr,
                    )
                self._path_at((int(left[-1]),) * len(self._axes))
        except NoRule as error:
            self._why = error.args[0]
        finally:
            if said:
                print(file=sys.stderr)
        return self._map

    @property
    def sizes(self) -> tuple[int, ...]:
        """The sizes of the example, on the axes that change."""
        return self._inputs.sizes

    @property
    def leaves(self) -> tuple[Any, ...]:
        """The arguments of the example, one after the other."""
        return self._inputs.leaves

    @property
    def ran(self) -> tuple[int, ...]:
        """The sizes at which the model was run, without values, to answer so far."""
        runs = [path.run.hints for path in (*self._paths, *self._alone.values())]
        return tuple(sorted(hints[-1] for hints in runs))

    @property
    def period(self) -> int | None:
        """After how many elements of input everything repeats; None where it is not known."""
        found = self._explored()
        return found.period if found else None

    def example(self, in_size: Any) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """Return what the model is called with at a size: zeros, positional and by name."""
        return self._inputs.real(*self._given(in_size))

    def measured(self, result: Any) -> int:
        """Return the size that counts in a result of the model itself."""
        path = self._path_at(self._inputs.sizes)
        found = self._output(result) if self._output else result
        tensors = [one for one in _leaves(found) if isinstance(one, torch.Tensor)]
        dim = path.run.out_dims[-1] if path.run.out_dims else self._axes[-1]
        return int(
            tensors[path.run.chosen_number if path.run.out_dims else 0].shape[
                dim if dim is not None else -1
            ]
        )


def _leaves(found: Any) -> Iterable[Any]:
    """The tensors of a result: tuples, lists, dicts and the records of libraries."""
    for leaf in tree_flatten(found)[0]:
        if isinstance(leaf, torch.Tensor) or not hasattr(leaf, "__dict__"):
            yield leaf
        else:
            yield from tree_flatten(dict(vars(leaf)))[0]
