"""What Python and JavaScript are both asked, drawn anew for each run from one seed.

Each vector is one call and what it gives: a size, a range of sizes, or the sentences
of the refusal.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from itertools import islice, product
from typing import Any

from convarith import (
    ConvTranspose,
    Pool,
    SizeError,
    conv_input_sizes,
    conv_size,
    conv_transpose_size,
    solve,
    taps,
)

SEED = 2016
Call = Callable[..., Any]
WINDOW = ("kernel_size", "stride", "padding", "dilation")


def answer(call: Call, sizes: list[int], given: dict[str, Any]) -> Any:
    """What Python says: a number, the ends of a range, or its sentences."""
    try:
        found = call(*sizes, **given)
    except SizeError as error:
        return str(error.told(received=""))
    if isinstance(found, range):
        return [found.start, found.stop - 1]
    return found


def covered(in_size: int, **given: Any) -> list[Any]:
    """What lands where, as plain values."""
    at = taps(ConvTranspose(**given), in_size)
    ends = [list(at.holes), at.bias_only.start, at.overlap, at.flat, str(at.shift)]
    return [list(at.counts), *ends]


def solved(in_size: int, out_size: int, **given: Any) -> list[Any]:
    """The first layers with their reasons and how many there are, or why none is."""
    found = solve(in_size, out_size, **given)
    first = [
        [
            [getattr(layer, name) for name in ConvTranspose.__slots__],
            found.reasons(index),
        ]
        for index, layer in enumerate(found[:3])
    ]
    return [len(found), first, found.reason, list(found.nearest)]


def pool_size(in_size: int, **given: int) -> int:
    """What a pooling layer makes of a size."""
    return int(Pool(**given).out_size(in_size))


CALLS: dict[str, Call] = {
    "poolSize": pool_size,
    "convSize": conv_size,
    "convTransposeSize": conv_transpose_size,
    "convInputSizes": conv_input_sizes,
    "taps": covered,
    "solve": solved,
}


def cases() -> Iterator[tuple[str, list[int], dict[str, Any]]]:
    """Every call: small settings one by one, then others drawn at random."""
    for i, k, s, p, d in product(
        (0, 1, 4, 9), (0, 1, 2, 3), (0, 1, 2, 3), (-1, 0, 1, 2), (0, 1, 2)
    ):
        window = dict(zip(WINDOW, (k, s, p, d), strict=True))
        yield "convSize", [i], window
        yield "convInputSizes", [i], window
        yield "poolSize", [i], window
        for a in (-1, 0, 1, 2):
            yield "convTransposeSize", [i], {**window, "output_padding": a}
    draw = random.Random(SEED)
    for _ in range(3600):
        window = {
            "kernel_size": draw.randint(1, 16),
            "stride": draw.randint(1, 16),
            "padding": draw.randint(0, 9),
            "dilation": draw.choice((1, 1, draw.randint(1, 5))),
        }
        size, given_back = draw.randint(1, 4096), draw.randint(0, 15)
        yield "convSize", [draw.choice((size, size % 64))], window
        yield "convInputSizes", [size], window
        legal = {**window, "output_padding": given_back % window["stride"]}
        yield "convTransposeSize", [size % 99], {**window, "output_padding": given_back}
        yield "convTransposeSize", [size % 7], legal
        if draw.random() < 0.25:
            yield "taps", [size % 9 + 1], {**legal, "padding": given_back % 4}
    for _ in range(900):
        # Larger sizes have thousands of layers, and each is ranked.
        size = draw.choice((1, draw.randint(1, 9), draw.randint(1, 60)))
        wanted = draw.choice((size * draw.randint(1, 9), draw.randint(1, 99)))
        given = {
            name: value
            for name, value in (
                ("kernel_size", draw.randint(1, 9)),
                ("stride", draw.randint(1, 5)),
                ("padding", draw.randint(0, 4)),
                ("output_padding", draw.randint(0, 2)),
                ("dilation", draw.randint(1, 3)),
            )
            if draw.random() < 0.35
        }
        yield "solve", [size, wanted], given


def drawn(step: int = 1) -> list[Any]:
    """The vectors as JSON carries them, or each so many of them."""
    asked = islice(cases(), 0, None, step)
    found = [
        [name, at, given, answer(CALLS[name], at, given)] for name, at, given in asked
    ]
    plain: list[Any] = json.loads(json.dumps(found))
    return plain
