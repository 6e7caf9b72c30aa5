"""What operators do to sizes that only lay the same elements out anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import torch

from convarith.network.conditions import (
    Condition,
)
from convarith.network.lengths import Length, Size, largest, product
from convarith.network.rule import (
    EVERYTHING,
    SAME,
    UNKNOWN,
    Rule,
    kept,
    length,
    sizes,
)
from convarith.network.traced import Part, Source


def view(rule: Rule) -> tuple[Part, ...]:
    """As many elements as before; torch writes -1 for what follows from the others."""
    x = rule["self"]
    given = rule["size"] if rule["size"] is not None else rule["shape"]
    wanted = [length(one) for one in given]
    own = sizes(x)
    have, need = _factors(own), _factors([n for n in wanted if n != -1])
    shared = have[1] & need[1]
    left, asked = have[1] - shared, need[1] - shared
    if -1 in wanted:
        whole = product([have[0], *left.elements()])
        if asked:
            whole = whole // product(asked.elements())
        rest = whole % need[0]
        rule.must("view", (product(own), need[0]), Condition("==", rest))
        wanted[wanted.index(-1)] = whole // need[0]
    else:
        all_of = product([have[0], *left.elements()])
        rule.equal("view", all_of, product([need[0], *asked.elements()]))
    return tuple(
        Part(size if isinstance(size, Length) else None, sources)
        for size, sources in zip(wanted, _read(x, own, wanted), strict=True)
    )


def _factors(found: Sequence[Size]) -> tuple[int, Counter[Length]]:
    """The number, and the lengths, that they multiply up to."""
    number, lengths = 1, Counter[Length]()
    for size in found:
        if isinstance(size, Length):
            by, cores = size.factors()
            lengths.update(cores)
            number *= by
        else:
            number *= size
    return number, lengths


def _read(
    x: torch.Tensor, own: list[Size], wanted: list[Size]
) -> list[tuple[Source, ...]]:
    """A dimension that is as before reads itself; others are not followed."""
    found: list[tuple[Source, ...]] = []
    taken = 0
    for place, size in enumerate(wanted):
        at = next(
            (
                n
                for n in range(taken, len(own))
                if same_size(own[n], size) and _alike(own[:n], wanted[:place])
            ),
            None,
        )
        if at is None:
            found.append(
                tuple(
                    Source(x, n, UNKNOWN)
                    for n, one in enumerate(own)
                    if isinstance(one, Length)
                )
            )
        else:
            taken = at + 1
            found.append((Source(x, at, SAME),))
    return found


def same_size(one: Size, other: Size) -> bool:
    return one is other or (isinstance(one, int) and one == other)


def _alike(before: list[Size], after: list[Size]) -> bool:
    return _factors(before) == _factors(after)


def permute(rule: Rule) -> tuple[Part, ...]:
    x = rule["self"]
    return tuple(kept(x, int(n)) for n in rule["dims"])


def transpose(rule: Rule) -> tuple[Part, ...]:
    x = rule["self"]
    order = list(range(x.dim()))
    one, other = (int(rule[name]) % x.dim() for name in ("dim0", "dim1"))
    order[one], order[other] = order[other], order[one]
    return tuple(kept(x, n) for n in order)


def turned(rule: Rule) -> tuple[Part, ...]:
    x = rule["self"]
    return tuple(kept(x, n) for n in reversed(range(x.dim())))


def unsqueeze(rule: Rule) -> tuple[Part, ...]:
    x = rule["self"]
    parts = [kept(x, n) for n in range(x.dim())]
    parts.insert(int(rule["dim"]) % (x.dim() + 1), Part(1))
    return tuple(parts)


def squeeze(rule: Rule) -> tuple[Part, ...]:
    """A dimension of 1 goes; whether it is 1 may depend on the input."""
    x = rule["self"]
    given = rule["dim"]
    which = (
        range(x.dim())
        if given is None
        else given
        if isinstance(given, (list, tuple))
        else [given]
    )
    gone = set()
    for n in (int(one) % x.dim() for one in which):
        if x.shape[n] == 1:
            gone.add(n)
        if isinstance(sizes(x)[n], Length):
            raise ValueError
    return tuple(kept(x, n) for n in range(x.dim()) if n not in gone)


def expand(rule: Rule) -> tuple[Part, ...]:
    x = rule["self"]
    wanted = [length(one) for one in rule["size"]]
    ahead = len(wanted) - x.dim()
    parts = [
        Part(size if isinstance(size, Length) else None) for size in wanted[:ahead]
    ]
    for n, size in enumerate(wanted[ahead:]):
        own = sizes(x)[n]
        if (isinstance(own, int) and own == 1) and not same_size(size, -1):
            parts.append(
                Part(
                    size if isinstance(size, Length) else None,
                    (Source(x, n, EVERYTHING),),
                )
            )
        else:
            if not same_size(size, -1):
                rule.must(
                    "view",
                    (own, size),
                    Condition("==", own - size),
                    Condition("==", own - 1),
                )
            parts.append(kept(x, n))
            if (
                not same_size(size, -1)
                and isinstance(size, (Length, int))
                and size is not own
            ):
                parts[-1] = parts[-1]._replace(size=largest(own, size))
    return tuple(parts)


def repeat(rule: Rule) -> tuple[Part, ...]:
    x = rule["self"]
    times = [length(one) for one in rule["repeats"]]
    ahead = len(times) - x.dim()
    parts = [Part(one if isinstance(one, Length) else None) for one in times[:ahead]]
    for n, by in enumerate(times[ahead:]):
        size = product([sizes(x)[n], by])
        how = SAME if isinstance(by, int) and by == 1 else UNKNOWN
        parts.append(
            Part(size if isinstance(size, Length) else None, (Source(x, n, how),))
        )
    return tuple(parts)


def real(rule: Rule) -> tuple[Part, ...]:
    x = rule["self"]
    parts = [kept(x, n) for n in range(x.dim())]
    return tuple(parts[:-1]) if rule.step.op == "view_as_complex" else (*parts, Part(2))
