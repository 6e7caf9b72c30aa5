"""What operators do to sizes that pick elements, or make them."""

from __future__ import annotations

from typing import Any

import torch

from convarith._layers.convolution import conv_axis
from convarith._record import Record
from convarith.network.conditions import (
    Asked,
    Condition,
)
from convarith.network.evaluating import at
from convarith.network.joins import broadcast
from convarith.network.lengths import Length, Size, largest, smallest
from convarith.network.rule import (
    EVERYTHING,
    SAME,
    UNKNOWN,
    Moved,
    Rule,
    kept,
    length,
    sizes,
)
from convarith.network.traced import Part, Source


def slice_(rule: Rule) -> tuple[Part, ...]:
    """Ends are counted from the end where they are negative, and cut to what is there."""
    x = rule["self"]
    along, step = int(rule["dim"]) % x.dim(), int(length(rule["step"]))
    own = sizes(x)[along]
    start, stop = length(rule["start"]), length(rule["end"])
    start, stop = (
        _end(rule, own, 0 if start is None else start),
        _end(rule, own, own if stop is None else stop),
    )
    parts = [kept(x, n) for n in range(x.dim())]
    left = largest(stop - start, 0)
    # Every step-th of them: what a kernel of 1 with that stride gives.
    windows = conv_axis(1, step, 0, 1).record
    size = left if step == 1 else largest(_every(windows, left), 0)
    sources = (
        [Source(x, along, Moved(start))] if step == 1 else [Source(x, along, windows)]
    )
    parts[along] = Part(size if isinstance(size, Length) else None, tuple(sources))
    return tuple(parts)


def _every(windows: Record, left: Any) -> Size:
    return windows.size(left)


def _end(rule: Rule, own: Size, end: Size) -> Size:
    if isinstance(end, int):
        if end >= 2**62:
            return own
        return largest(own + end, 0) if end < 0 else smallest(end, own)
    if end is own:
        return own
    # Whether an end that depends on the input is below 0 is somebody's branch.
    known = _is_not_below_0(rule, end)
    return smallest(end, own) if known else largest(own + end, 0)


def _is_not_below_0(rule: Rule, end: Length) -> bool:
    run = rule.run
    true = at(end, run.hints) >= 0
    condition = Condition(">=" if true else "<", end)
    if not all(times > 0 for _, times in end.terms) or end.const < 0:
        run.events.append(Asked(condition))
    return bool(true)


def select(rule: Rule) -> tuple[Part, ...]:
    x = rule["self"]
    along = int(rule["dim"]) % x.dim()
    index = length(rule["index"])
    own = sizes(x)[along]
    if isinstance(own, Length) and isinstance(index, int):
        needed = index + 1 if index >= 0 else -index
        rule.must("index", (own, index), Condition(">=", own - needed))
    return tuple(kept(x, n) for n in range(x.dim()) if n != along)


def split(rule: Rule) -> list[tuple[Part, ...]]:
    """Parts of a dimension that does not depend on the input."""
    x = rule["self"]
    along = int(rule["dim"]) % x.dim()
    if isinstance(sizes(x)[along], Length):
        given = rule["split_sizes"]
        if given is None:
            raise ValueError
        wanted = [length(one) for one in given]
        rule.equal("view", sizes(x)[along], sum(wanted[1:], wanted[0]))
        start, found = 0, []
        for size in wanted:
            parts = [kept(x, n) for n in range(x.dim())]
            parts[along] = Part(
                size if isinstance(size, Length) else None,
                (Source(x, along, Moved(start)),),
            )
            found.append(tuple(parts))
            start = start + size
        return found
    out = [kept(x, n) for n in range(x.dim())]
    out[along] = Part(None)
    size = x.shape[along]
    by = rule["split_size"]
    count = len(rule["split_sizes"]) if by is None else -(-size // int(by))
    return [tuple(out)] * max(count, 1)


def unbind(rule: Rule) -> list[tuple[Part, ...]]:
    x = rule["self"]
    along = int(rule["dim"]) % x.dim()
    if isinstance(sizes(x)[along], Length):
        raise ValueError
    return [tuple(kept(x, n) for n in range(x.dim()) if n != along)] * x.shape[along]


def made(rule: Rule) -> tuple[Part, ...]:
    """zeros, ones, full, rand: the sizes are told."""
    given = rule["size"]
    return tuple(
        Part(size if isinstance(size, Length) else None) for size in map(length, given)
    )


def arange(rule: Rule) -> tuple[Part, ...]:
    start, stop, step = (length(rule[name]) for name in ("start", "end", "step"))
    start, step = start or 0, 1 if step is None else step
    if (
        not isinstance(step, int)
        or not isinstance(start, (int, Length))
        or not isinstance(stop, (int, Length))
    ):
        raise ValueError
    size = (
        -((start - stop) // step) if step > 0 else (start - stop + -step - 1) // -step
    )
    return (Part(size if isinstance(size, Length) else None),)


def linspace(rule: Rule) -> tuple[Part, ...]:
    steps = length(rule["steps"])
    return (Part(steps if isinstance(steps, Length) else None),)


def index(rule: Rule) -> tuple[Part, ...]:
    """Picked by tensors: their shape stands where they stand."""
    x, given = rule["self"], list(rule["indices"])
    picks = [one for one in given if one is not None]
    if any(one.dtype == torch.bool for one in picks):
        raise ValueError
    shape = broadcast(rule, picks)
    shape = tuple(Part(part.size) for part in shape)
    places = [n for n, one in enumerate(given) if one is not None]
    given += [None] * (x.dim() - len(given))
    rest = [kept(x, n) for n, one in enumerate(given) if one is None]
    together = places == list(range(places[0], places[-1] + 1))
    first = places[0] if together else 0
    sources = tuple(Source(x, n, EVERYTHING) for n in places)
    shape = tuple(part._replace(sources=sources) for part in shape)
    return (*rest[:first], *shape, *rest[first:])


def index_select(rule: Rule) -> tuple[Part, ...]:
    x, picks = rule["self"], rule["index"]
    along = int(rule["dim"]) % x.dim()
    parts = [kept(x, n) for n in range(x.dim())]
    parts[along] = Part(sizes(picks)[0], (Source(x, along, EVERYTHING),))
    return tuple(parts)


def gather(rule: Rule) -> tuple[Part, ...]:
    picks = rule["index"]
    return tuple(
        Part(size, (Source(rule["self"], n, EVERYTHING),))
        for n, size in enumerate(sizes(picks))
    )


def embedding(rule: Rule) -> tuple[Part, ...]:
    picks = rule["indices"]
    return (*(kept(picks, n) for n in range(picks.dim())), Part(None))


def as_strided(rule: Rule) -> tuple[Part, ...]:
    """The sizes are told, by whoever counted the frames."""
    x = rule["self"]
    wanted = [length(one) for one in rule["size"]]
    sources = tuple(Source(x, n, UNKNOWN) for n in range(x.dim()))
    return tuple(
        Part(size if isinstance(size, Length) else None, sources) for size in wanted
    )


def fft(rule: Rule) -> tuple[Part, ...]:
    """A transform reads all; to real numbers, the last size is told."""
    x = rule["self"]
    which = [int(n) % x.dim() for n in rule["dim"]]
    parts = [kept(x, n, EVERYTHING if n in which else SAME) for n in range(x.dim())]
    if rule.step.op == "_fft_c2r":
        told = length(rule["last_dim_size"])
        parts[which[-1]] = Part(
            told if isinstance(told, Length) else None, parts[which[-1]].sources
        )
    elif rule.step.op == "_fft_r2c" and rule["onesided"]:
        half = sizes(x)[which[-1]] // 2 + 1
        parts[which[-1]] = Part(
            half if isinstance(half, Length) else None, parts[which[-1]].sources
        )
    return tuple(parts)


def grid_sampler(rule: Rule) -> tuple[Part, ...]:
    x, grid = rule["input"], rule["grid"]
    spatial = (
        Part(
            size,
            (Source(x, n, EVERYTHING) for n in (2,)).__next__()
            and (Source(x, 2, EVERYTHING),),
        )
        for size in sizes(grid)[1:-1]
    )
    return (kept(x, 0), kept(x, 1), *spatial)
