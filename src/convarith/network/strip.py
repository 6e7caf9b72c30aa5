"""What runs on the way through a model as blocks and joins, to be drawn."""

from __future__ import annotations

from convarith._strip import Bar, Join, Strip
from convarith.network.evaluating import at
from convarith.network.lengths import Length
from convarith.network.paths import Path
from convarith.network.traced import Check, Step

# What lays the same elements out anew, or makes new ones, is no step of the way.
LAID_OUT = {
    *("view", "_unsafe_view", "_reshape_alias", "reshape", "_reshape_copy"),
    *("view_copy", "permute", "transpose", "t", "unsqueeze", "squeeze", "expand"),
    *("unbind", "split", "split_with_sizes", "select", "arange", "linspace"),
    *("view_as_real", "view_as_complex", "zeros", "ones", "full", "empty", "rand"),
    *("new_zeros", "new_ones", "new_full", "new_empty", "randn", "randint"),
}
JOINING = ("cat", "add", "sub", "mul", "stack", "where")


# What is said of a layer behind its name, in this order.
SHORT = {"kernel_size": "k", "stride": "s", "padding": "p", "output_padding": "op"}


def strip_of(path: Path, sizes: tuple[int, ...], failed: Check | None) -> Strip:
    """A block for each size that is not the one before, and where two of them meet."""
    bars, broken = [Bar(sizes[-1])], -1
    joins: list[Join] = []
    # On which block each operator's result stands.
    stands: dict[int, int] = {}
    for step in path.run.steps:
        size = _size(step, sizes)
        sources = [stands[one.number] for one in step.takes if one.number in stands]
        sources = [0] * step.given + sources
        refuses = failed is not None and step is failed.step
        if failed is not None and refuses:
            join = _broken(failed, sizes, sources, bars)
            broken = len(joins) if join else -1
            joins += [join] if join else []
        if size is None:
            continue
        if size < 1:
            break
        own = [bar for bar in sources if bars[bar].size == size]
        if bars[-1].size == size:
            own.append(len(bars) - 1)
        elif not own and step.op not in LAID_OUT:
            bars.append(Bar(size, *_said(step)))
            own.append(len(bars) - 1)
        if not own:
            own = sources[-1:] or [0]
        stands[step.number] = max(own)
        # Behind the break nothing is equal any more.
        met = sorted({n for n in sources if broken >= 0 or bars[n].size == size})
        if step.op.startswith(JOINING) and len(met) > 1 and not refuses:
            join = Join(met[0], met[-1], size, size)
            joins += [join] if join not in joins else []
    return Strip(bars, joins, broken)


def _size(step: Step, sizes: tuple[int, ...]) -> int | None:
    """What an operator gives on the last dimension that depends on the input."""
    moving = [size for size in step.after if isinstance(size, Length)]
    return int(at(moving[-1], sizes)) if moving else None


def _broken(
    failed: Check, sizes: tuple[int, ...], sources: list[int], bars: list[Bar]
) -> Join | None:
    """Two sizes that differ, and the blocks on which they stand."""
    if failed.kind != "join" or len(failed.sizes) != 2:
        return None
    one, other = (int(at(size, sizes)) for size in failed.sizes)
    places = [
        max((bar for bar in sources if bars[bar].size == size), default=-1)
        for size in (one, other)
    ]
    if min(places) < 0 or places[0] == places[1]:
        return None
    (start, one), (end, other) = sorted(
        zip(places, (one, other), strict=True), key=lambda pair: pair[0]
    )
    return Join(start, end, one, other)


def _said(step: Step) -> tuple[str, str]:
    """The module or the operator, and its numbers."""
    name = step.module or step.op.removesuffix("_with_indices")
    if not step.layers:
        return name, step.op if step.module else ""
    own = step.layers[max(step.layers)].parameters
    kept = {
        short: own[name]
        for name, short in SHORT.items()
        if isinstance(own.get(name), int) and (own[name] or short in "ks")
    }
    return name, " ".join(f"{short}{value}" for short, value in kept.items())
