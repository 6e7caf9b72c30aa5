"""All parameters for two sizes: the library, and trying everything."""

from __future__ import annotations

from itertools import product

from bench.timing import side_by_side
from convarith import ConvTranspose, solve

KERNELS, STRIDES, PADDINGS, DILATIONS = range(1, 17), range(1, 9), range(9), range(1, 5)
PAIRS = ((14, 28), (100, 200), (1, 4))
BOUNDS = {
    "kernel_size": KERNELS,
    "stride": STRIDES,
    "padding": PADDINGS,
    "dilation": DILATIONS,
}


def brute_force(in_size: int, out_size: int) -> list[tuple[int, ...]]:
    """Five loops."""
    return [
        (k, s, p, a, d)
        for k, s, p, d in product(KERNELS, STRIDES, PADDINGS, DILATIONS)
        for a in range(max(s, d))
        if (in_size - 1) * s - 2 * p + d * (k - 1) + a + 1 == out_size
    ]


def measured() -> dict[str, float]:
    """Seconds for all answers to each pair of sizes, once they are found equal."""
    calls = {}
    for i, o in PAIRS:
        layers = {
            ConvTranspose(k, stride=s, padding=p, output_padding=a, dilation=d)
            for k, s, p, a, d in brute_force(i, o)
        }
        if set(solve(i, o, **BOUNDS)) != layers:
            raise SystemExit(f"solve({i}, {o}) does not find what five loops find")
        calls[f"five loops, {i} to {o}"] = lambda i=i, o=o: brute_force(i, o)
        calls[f"solve, {i} to {o}"] = lambda i=i, o=o: solve(i, o, **BOUNDS)
    calls["list(solve(14, 28))"] = lambda: list(solve(14, 28))
    calls["solve(14, 28)[0]"] = lambda: solve(14, 28)[0]
    return side_by_side(calls)
