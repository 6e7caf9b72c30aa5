"""Which sizes a model takes, what comes out, and where it breaks."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import torch

from convarith._errors import SizeError, SizeTypeError, call_text
from convarith._say import Sentence
from convarith.network import mending, page, reading
from convarith.network.evaluating import at
from convarith.network.fitting import Fitting, formula_of
from convarith.network.inputs import Inputs
from convarith.network.paths import Map, Path
from convarith.network.tracing import Trace, trace_of
from convarith.network.ways import SECONDS_AT_MOST, Ways

# What is tried one by one, where nothing can be derived.
TRIED_AT_MOST = 64


class Network(Ways):
    r"""Any model of PyTorch, asked for its sizes.

    The model runs without values, once for each way through it; every operator is
    written down, whoever called it. Nothing of the model is changed, and nothing is
    downloaded.

    Args:
        model: A `torch.nn.Module`, in the mode in which you use it.
        example: What you call it with: a tensor, a tuple of positional arguments or a
            dict of keywords. Each tensor whose size on `axis` is that of the first
            tensor changes with it.
        make: In place of `example`, a function from a size to such an input.
        axis: Which dimension of the input changes; a tuple of two changes both.
        size: The size at which `make` is asked first.
        output: Which tensor of the result counts, as a function of the result; by
            default the first.

    Raises:
        SizeError: The first tensor has no such axis.
        TypeError: There is no tensor in the example.

    Examples:
        >>> import torch
        >>> from convarith.network import Network
        >>> net = Network(torch.nn.MaxPool2d(2), torch.zeros(1, 3, 64, 64))
        >>> net.out_size(7), net.formula, net.derived
        (3, 'in_size // 2', True)

    Sources:
        The operators and their arguments are those that PyTorch 2.13.0 dispatches.
    """

    def __init__(
        self,
        model: torch.nn.Module,
        example: Any = None,
        *,
        make: Callable[[int], Any] | None = None,
        axis: int | tuple[int, ...] = -1,
        size: int = 256,
        output: Callable[[Any], Any] | None = None,
    ) -> None:
        if not isinstance(model, torch.nn.Module):
            raise SizeTypeError.of("network-model", {"model": type(model).__name__})
        self.model = model
        axes = axis if isinstance(axis, tuple) else (axis,)
        if make is not None:
            self._inputs = Inputs.of_maker(make, size)
        else:
            self._inputs = Inputs.of_example(example, axes)
        self._axes, self._output = axes, output
        self._paths: list[Path] = []
        self._alone: dict[tuple[int, ...], Path] = {}
        self._map: Map | None = None
        self._why: Sentence | None = None

    @property
    def derived(self) -> bool:
        """Whether answers hold for all sizes, for every operator is understood."""
        return self._explored() is not None

    @property
    def why_observed(self) -> str:
        """Why answers are of sizes that were tried; empty where they are derived."""
        return "" if self.derived else str(self._why)

    def out_size(self, in_size: Any) -> Any:
        """Return the output's size for an input's, on the axis.

        Args:
            in_size: The input's size on the axis; an int or a tuple where 2 axes change.

        Returns:
            The output's size; of the same kind as `in_size`.

        Raises:
            SizeError: The model does not run at this size; the message names the
                module, the sizes that should be equal and the fix, and its cause is
                the model's own error.
            TypeError: A size is not a whole number.

        Examples:
            >>> import torch
            >>> from convarith.network import Network
            >>> net = Network(torch.nn.Sequential(torch.nn.MaxPool2d(2), torch.nn.Upsample(scale_factor=2)), torch.zeros(1, 3, 64, 64))
            >>> net.out_size(7), net.out_size(8)
            (6, 8)

        Sources:
            The layers' records, operator by operator.
        """
        sizes, path, check = self._run_at(in_size)
        if check is not None or path.out is None:
            error = self._own_error(path, sizes)
            raise self._refusal(path, check, in_size, sizes, error) from error
        found = tuple(at(size, sizes) for size in path.out)
        return (
            found
            if isinstance(in_size, (tuple, list)) or len(set(found)) > 1
            else found[0]
        )

    def _run_at(self, in_size: Any) -> tuple[tuple[int, ...], Path, Any]:
        """The sizes that were asked for, the way they take, and what fails on it."""
        sizes = self._given(in_size)
        path = self._path_at(sizes)
        return sizes, path, reading.fails(path, sizes)

    def _refusal(
        self,
        path: Path,
        check: Any,
        in_size: Any,
        sizes: tuple[int, ...],
        error: BaseException | None,
    ) -> SizeError:
        call = call_text(f"{self!r}.out_size", (in_size,), {})
        fitting = (
            self.fitting_sizes() if self.derived and len(set(sizes)) == 1 else None
        )
        return mending.refusal(
            path, check, sizes, error, fitting, self._fixes(sizes)
        ).told(received=call)

    def _own_error(self, path: Path, sizes: tuple[int, ...]) -> BaseException | None:
        """The model's own, at this very size."""
        if path.run.hints != sizes:
            path = Path(self._recorded(sizes), None)
        return path.run.error

    def _fixes(self, sizes: tuple[int, ...]) -> mending.Mended | None:
        return mending.mended(lambda overrides: self._path_at(sizes, overrides), sizes)

    def broken_skip(self, in_size: Any) -> Any:
        """Return what breaks at a size, and the fixes that let it pass; None where it runs.

        Args:
            in_size: The input's size on the axis, or one for each.

        Returns:
            A [BrokenJoin][convarith.network.BrokenJoin], or None where the model runs.

        Raises:
            SizeError: A size is below 1.

        Examples:
            >>> import torch
            >>> from convarith.network import Network
            >>> net = Network(torch.nn.Sequential(torch.nn.MaxPool2d(2), torch.nn.Upsample(scale_factor=2)), torch.zeros(1, 3, 64, 64))
            >>> print(net.broken_skip(1).text().splitlines()[0])
            0: max_pool2d_with_indices gets 1 and 0.

        Sources:
            The model itself, run with each fix.
        """
        sizes, path, check = self._run_at(in_size)
        if check is None and path.out is not None:
            return None
        return mending.broken(
            path, check, sizes, self._own_error(path, sizes), self._fixes(sizes)
        )

    def fitting_sizes(self, *, same: bool = False) -> Fitting:
        """Return the sizes at which the model runs; with `same`, those that come back equal.

        Args:
            same: Only the sizes at which the output is as large as the input.

        Returns:
            A rule where answers are derived; the sizes that were tried otherwise.

        Raises:
            SizeError: The model refuses to be asked at its own example.

        Examples:
            >>> import torch
            >>> from convarith.network import Network
            >>> net = Network(torch.nn.Sequential(torch.nn.MaxPool2d(2), torch.nn.Upsample(scale_factor=2)), torch.zeros(1, 3, 64, 64))
            >>> print(net.fitting_sizes(), "|", net.fitting_sizes(same=True))
            every size from 2 | multiples of 2, from 2

        Sources:
            Every size in a model repeats after the product of its strides, so that
            one period decides for all.
        """
        found = self._explored()
        if found is None:
            return self._tried(same)
        runs = found.runs()
        if same:
            runs &= found.out_sizes() == found.sizes
        return Fitting.of(found.sizes[runs].tolist(), found.start, found.period)

    def _tried(self, same: bool) -> Fitting:
        began, fitting, tried = time.monotonic(), [], 0
        for size in range(1, TRIED_AT_MOST + 1):
            sizes = (size,) * len(self._axes)
            path = self._path_at(sizes)
            if (
                path.out is not None
                and reading.fails(path, sizes) is None
                and (not same or at(path.out[-1], sizes) == size)
            ):
                fitting.append(size)
            tried = size
            if time.monotonic() - began > SECONDS_AT_MOST / 3:
                break
        return Fitting(tuple(fitting), None, tried)

    @property
    def formula(self) -> str:
        """The output's size by the input's, for every size at which the model runs."""
        found = self._explored()
        if found is None:
            return ""
        return formula_of(found)

    def trace(self, in_size: Any) -> Trace:
        """Return what runs: module, operator, sizes before and after.

        Args:
            in_size: The input's size on the axis, or one for each.

        Returns:
            The operators that change a size or join two; it prints as a table.

        Raises:
            SizeError: A size is below 1.

        Examples:
            >>> import torch
            >>> from convarith.network import Network
            >>> net = Network(torch.nn.Sequential(torch.nn.MaxPool2d(2), torch.nn.Upsample(scale_factor=2)), torch.zeros(1, 3, 64, 64))
            >>> print(net.trace(7))
            module  operator                 before    after
            0       max_pool2d_with_indices  1x3x64x7  1x3x32x3
            1       upsample_nearest2d       1x3x32x3  1x3x64x6

        Sources:
            The operators that PyTorch dispatches.
        """
        sizes, path, check = self._run_at(in_size)
        return trace_of(path, sizes, check)

    def padding_for(self, in_size: int) -> reading.Padding | None:
        """Return how much to add at each end so that the model runs, and what to keep.

        Args:
            in_size: The input's size on the axis.

        Returns:
            A [Padding][convarith.network.Padding], or None where no size from this one on fits.

        Raises:
            SizeError: The size is below 1.

        Examples:
            >>> import torch
            >>> from convarith.network import Network
            >>> net = Network(torch.nn.Sequential(torch.nn.MaxPool2d(2), torch.nn.Upsample(scale_factor=2)), torch.zeros(1, 3, 64, 64))
            >>> print(net.padding_for(7))
            pad by (0, 1) to 8; of the output, keep [..., :7]

        Sources:
            [fitting_sizes][convarith.network.Network.fitting_sizes].
        """
        (size, *_) = self._given(in_size)
        fitting = self.fitting_sizes(same=True)
        near = fitting.at_least(size)
        if near is None:
            near = self.fitting_sizes().at_least(size)
        return None if near is None else reading.padding(self, size, near)

    def receptive_field(self) -> Any:
        """Return which inputs an output reads; "everything" through attention and the like.

        Returns:
            A [ReceptiveField][convarith.ReceptiveField], or "everything" where an
            output reads the whole input, as through attention and GroupNorm.

        Raises:
            SizeError: An operator mixes neighbours in a way that is not followed.

        Examples:
            >>> import torch
            >>> from convarith.network import Network
            >>> Network(torch.nn.Conv1d(1, 1, 5), torch.zeros(1, 1, 32)).receptive_field().size
            5

        Sources:
            Dumoulin and Visin, arXiv 1603.07285, sections 2 and 4, position by position.
        """
        path = self._path_at(self._inputs.sizes)
        return reading.field(path, self._inputs)

    @property
    def hop(self) -> int | None:
        """How many samples stand for one frame: at the coarsest place of the model."""
        path = self._path_at(self._inputs.sizes)
        return reading.hop(path)

    @property
    def delay(self) -> int | str:
        """How many inputs ahead of its own place an output reads."""
        return reading.delay(self.receptive_field())

    def __repr__(self) -> str:
        return f"Network({type(self.model).__name__})"

    def _repr_html_(self) -> str:
        """What notebooks show: the strip at the example's size."""
        known = page.shown(self, self.sizes, "en")
        return page.svg(self, known, "en")
