"""The library against torch on a grid of settings: python -m tests.sweep asks the whole.

torch is asked by real forward passes on the CPU; only its shapes matter, so every
tensor is small and empty of meaning. Both say a size or refuse, and every
difference is kept. The work is forked over the cores after torch is imported once.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import Any

import torch
from torch.nn import functional as F

from convarith import Conv, ConvTranspose, SizeError, conv_size, conv_transpose_size

SEED = 20261123
ONE_AXIS = {"conv": F.conv1d, "transposed": F.conv_transpose1d}
OURS: dict[str, Callable[..., int]] = {
    "conv": conv_size,
    "transposed": conv_transpose_size,
}
LAYERS: dict[str, type[Conv] | type[ConvTranspose]] = {
    "conv": Conv,
    "transposed": ConvTranspose,
}
Part = tuple[str, Any]
# Every small size, and some of the larger ones.
SIZES = (*range(1, 33), *range(33, 81, 6))
FARTHER = (*range(54), *range(54, 110, 7))
INPUT = [torch.zeros(1, 1, size) for size in range(300)]


@dataclass
class Tally:
    """What was asked, what torch accepted, and where the answers differ."""

    asked: int = 0
    accepted: int = 0
    differ: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Take in what another process counted."""
        self.asked += other.asked
        self.accepted += other.accepted
        self.differ += other.differ

    def count(self, what: str, ours: Any, theirs: Any) -> None:
        """One more setting; what says which, in case the answers differ."""
        self.asked += 1
        self.accepted += theirs is not None
        if ours != theirs:
            self.differ.append(f"{what}: we say {ours}, torch says {theirs}")


def sweep(
    parts: Iterable[Part] | None = None, workers: int = os.cpu_count() or 1
) -> Tally:
    """Ask everything, on every core."""
    total = Tally()
    todo = list(all_parts() if parts is None else parts)
    with multiprocessing.get_context("fork").Pool(workers) as pool:
        for done in pool.imap_unordered(run_part, todo):
            total.add(done)
    return total


def all_parts(every: int = 1) -> Iterator[Part]:
    """The whole work in small pieces, or that of every eleventh setting, say."""
    few = min(every, 4)
    for k, s in [*product(range(1, 12), range(1, 9))][::every]:
        yield "transposed on one axis", (k, s)
        yield "conv on one axis", (k, s)
    for seed in range(0, 8, few):
        yield "several axes", SEED + seed
    yield "refusals", None
    for seed in range(0, 4, few):
        yield "default backend", SEED + seed


def run_part(part: Part) -> Tally:
    """One piece of the work, in a process of its own."""
    torch.set_num_threads(1)
    torch.set_grad_enabled(False)
    name, argument = part
    torch.backends.mkldnn.enabled = name == "default backend"
    tally = Tally()
    WORK[name](argument, tally)
    return tally


def _transposed_on_one_axis(setting: tuple[int, int], tally: Tally) -> None:
    k, s = setting
    for p, d in product(range(8), range(1, 5)):
        limit = max(s, d)
        for a in range(limit + 1):
            parameters = {"stride": s, "padding": p, "output_padding": a, "dilation": d}
            # The first illegal one is refused whatever the size is.
            sizes = SIZES if a < limit else SIZES[::20]
            _one_axis("transposed", sizes, k, parameters, tally)


def _conv_on_one_axis(setting: tuple[int, int], tally: Tally) -> None:
    k, s = setting
    for p, d in product(range(9), range(1, 13)):
        # One size that is refused by both, where there is one, and then all others.
        first = max(1, d * (k - 1) - 2 * p)
        parameters = {"stride": s, "padding": p, "dilation": d}
        _one_axis("conv", [first + more for more in FARTHER], k, parameters, tally)


def _one_axis(
    kind: str, sizes: Iterable[int], k: int, parameters: dict[str, int], tally: Tally
) -> None:
    ask, ours = ONE_AXIS[kind], OURS[kind]
    weight = torch.zeros(1, 1, k)
    values = tuple(parameters.values())
    # Positional order differs: conv_transpose has groups before dilation.
    positional = values if kind == "conv" else (*values[:-1], 1, values[-1])
    for size in sizes:
        try:
            theirs = ask(INPUT[size], weight, None, *positional).shape[2]
        except RuntimeError:
            theirs = None
        try:
            mine: int | None = ours(size, kernel_size=k, **parameters)
        except SizeError:
            mine = None
        tally.asked += 1
        tally.accepted += theirs is not None
        if mine != theirs:
            tally.differ.append(
                f"{kind} {size}, k={k}, {parameters}: {mine} not {theirs}"
            )


def _several_axes(seed: int, tally: Tally) -> None:
    """A different setting on each axis: no axis may change another's size."""
    chance = random.Random(seed)
    for _ in range(2_500):
        kind = chance.choice(["conv", "transposed"])
        axes = chance.choice([2, 3])
        setting = [_draw(kind, chance) for _ in range(axes)]
        _ask_layer(kind, setting, 1, tally)


def _default_backend(seed: int, tally: Tally) -> None:
    """What users get without choosing a kernel, on settings that leave something.

    Whether a size of 0 is refused or returned depends on the kernel: reference/
    conformance shows which. Sizes from 1 on never do.
    """
    chance = random.Random(seed)
    while tally.asked < 1_000:
        kind = chance.choice(["conv", "transposed"])
        setting = [_draw(kind, chance) for _ in range(2)]
        columns = {name: tuple(axis[name] for axis in setting) for name in setting[0]}
        sizes, kernel = columns.pop("size"), columns.pop("kernel_size")
        if _layer_size(kind, sizes, kernel, columns) is not None:
            _ask_layer(kind, setting, 2, tally)


def _draw(kind: str, chance: random.Random) -> dict[str, int]:
    setting = {
        "size": chance.randint(1, 9),
        "kernel_size": chance.randint(1, 5),
        "stride": chance.randint(1, 4),
        "padding": chance.randint(0, 3),
        "dilation": chance.randint(1, 3),
    }
    if kind == "transposed":
        setting["output_padding"] = chance.randint(0, 3)
    return setting


def _ask_layer(
    kind: str, setting: list[dict[str, int]], channels: int, tally: Tally
) -> None:
    columns = {name: tuple(axis[name] for axis in setting) for name in setting[0]}
    sizes, kernel = columns.pop("size"), columns.pop("kernel_size")
    ours = _layer_size(kind, sizes, kernel, columns)
    name = ("conv" if kind == "conv" else "conv_transpose") + f"{len(sizes)}d"
    x = torch.zeros(channels, channels, *sizes)
    weight = torch.zeros(channels, channels, *kernel)
    try:
        theirs = tuple(getattr(F, name)(x, weight, None, **columns).shape[2:])
    except RuntimeError:
        theirs = None
    tally.count(f"{kind} {sizes}, kernel {kernel}, {columns}", ours, theirs)


def _layer_size(
    kind: str, sizes: tuple[int, ...], kernel: tuple[int, ...], columns: Any
) -> tuple[int, ...] | None:
    try:
        return LAYERS[kind](kernel, **columns).out_size(sizes)
    except SizeError:
        return None


def _refusals(_: None, tally: Tally) -> None:
    """Around every limit, one axis: what is out of range must be refused by both."""
    for k, s, p, d in product(range(4), range(-1, 4), range(-2, 4), range(-1, 4)):
        conv = {"stride": s, "padding": p, "dilation": d}
        _one_axis("conv", range(5), k, conv, tally)
        for a in range(-1, 5):
            transposed = {"stride": s, "padding": p, "output_padding": a, "dilation": d}
            _one_axis("transposed", range(5), k, transposed, tally)


WORK: dict[str, Callable[[Any, Tally], None]] = {
    "transposed on one axis": _transposed_on_one_axis,
    "conv on one axis": _conv_on_one_axis,
    "several axes": _several_axes,
    "refusals": _refusals,
    "default backend": _default_backend,
}


def main() -> None:
    """Run the whole sweep and say what was asked."""
    started = time.perf_counter()
    tally = sweep()
    seconds = time.perf_counter() - started
    print(
        f"torch {torch.__version__}: {tally.asked:,} settings asked, "
        f"{tally.accepted:,} accepted by torch, {len(tally.differ)} answers differ "
        f"(seed {SEED}, {seconds:.0f} s)"
    )
    sys.exit("\n".join(tally.differ[:20]) or 0)


if __name__ == "__main__":
    main()
