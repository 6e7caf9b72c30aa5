"""Which inputs an output reads, through joins and crops."""

from __future__ import annotations

from math import lcm
from typing import Any

from convarith._errors import SizeError
from convarith._receptive_field import ReceptiveField
from convarith._record import Places, Record, members
from convarith.network.evaluating import at
from convarith.network.inputs import Inputs
from convarith.network.lengths import Length
from convarith.network.paths import NoRule, Path, repeats
from convarith.network.rule import EVERYTHING, UNKNOWN, Moved
from convarith.network.traced import Traced

PHASES_AT_MOST = 5_000


class _All(Exception):
    """An output reads the whole input."""


def field(path: Path, inputs: Inputs) -> ReceptiveField | str:
    """The field of each output position until they repeat, or "everything"."""
    run = path.run
    chosen = run.chosen
    if not isinstance(chosen, Traced) or chosen.everything:
        return EVERYTHING
    dim: Any = run.out_dims[0]
    try:
        own = repeats(chosen.parts[dim].size, {})
        period = _period(chosen, dim)
    except NoRule as error:
        raise SizeError.of("network-field", {"operator": str(error)}) from None
    times = lcm(own.period, period) // own.period
    phases, step = own.step * times, own.period * times
    if phases > PHASES_AT_MOST:
        raise SizeError.of("phases", {"period": phases}, most=PHASES_AT_MOST)
    try:
        found = tuple(
            _read(chosen, dim, position, run.hints, inputs)
            for position in range(phases)
        )
    except _All:
        return EVERYTHING
    return ReceptiveField(found, phases, step)


def _period(chosen: Traced, dim: int) -> int:
    """After how many inputs every size on the way repeats."""
    period, seen, todo = 1, set(), [(chosen, dim)]
    known: dict[Length, Any] = {}
    while todo:
        tensor, n = todo.pop()
        if (tensor.serial, n) in seen:
            continue
        seen.add((tensor.serial, n))
        size = tensor.parts[n].size
        if isinstance(size, Length):
            period = lcm(period, repeats(size, known).period)
        todo += [
            (s.tensor, s.dim)
            for s in tensor.parts[n].sources
            if isinstance(s.tensor, Traced)
        ]
    return period


def _read(
    chosen: Traced, dim: int, position: int, hints: tuple[int, ...], inputs: Inputs
) -> tuple[int, ...]:
    """The inputs that one output reads, as if the axis had no ends."""
    wanted: dict[tuple[int, int], tuple[Traced, Places]] = {
        (-chosen.serial, dim): (chosen, (position, 1))
    }
    found: Places = (0, 0)
    while wanted:
        # The latest tensor first: all that read it have been seen.
        key = min(wanted)
        tensor, places = wanted.pop(key)
        if tensor.everything:
            raise _All
        if tensor.step is None:
            # Positions are those of the inputs that grow as the first one does.
            if tensor.parts[key[1]].size is inputs.changing[0][2]:
                found = _union(found, places)
            continue
        for source in tensor.parts[key[1]].sources:
            if not isinstance(source.tensor, Traced):
                continue
            if source.tensor.everything:
                raise _All
            if not isinstance(source.tensor.parts[source.dim].size, Length):
                continue
            read = _through(source.how, places, hints, tensor)
            at_ = (-source.tensor.serial, source.dim)
            before = wanted.get(at_)
            wanted[at_] = (source.tensor, _union(before[1], read) if before else read)
    return members(found)


def _through(
    how: Any, places: Places, hints: tuple[int, ...], tensor: Traced
) -> Places:
    if isinstance(how, Record):
        return how.sources(places)
    if isinstance(how, Moved):
        return places[0] + at(how.by, hints), places[1]
    if how == EVERYTHING:
        raise _All
    assert how == UNKNOWN
    step = tensor.step
    name = f"{step.op} in {step.module or 'the model'}" if step else ""
    raise SizeError.of("network-field", {"operator": name})


def _union(one: Places, other: Places) -> Places:
    if not one[1] or not other[1]:
        return other if not one[1] else one
    first = min(one[0], other[0])
    return first, (one[1] << (one[0] - first)) | (other[1] << (other[0] - first))


def delay(found: ReceptiveField | str) -> int | str:
    """How many inputs ahead of its own place an output reads, at most."""
    if isinstance(found, str):
        return found
    ahead = [
        phase[-1] - n * found.step // found.period
        for n, phase in enumerate(found.phases)
        if phase
    ]
    return max(0, *ahead) if ahead else 0
