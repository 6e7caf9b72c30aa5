"""What runs on the way through a model, as a table."""

from __future__ import annotations

from typing import Any, NamedTuple

from convarith.network.evaluating import at
from convarith.network.lengths import Length
from convarith.network.paths import Path
from convarith.network.traced import Check, Step


class Row(NamedTuple):
    """One operator that changes a size, or joins two."""

    module: str
    operator: str
    before: tuple[int, ...]
    after: tuple[int, ...]


class Trace(tuple[Row, ...]):
    """Rows that print as a table; the last one may be the one that refuses."""

    __slots__ = ()

    def __str__(self) -> str:
        cells = [("module", "operator", "before", "after")]
        cells += [
            (row.module, row.operator, _shape(row.before), _shape(row.after))
            for row in self
        ]
        widths = [max(len(line[n]) for line in cells) for n in range(4)]
        return "\n".join(
            "  ".join(
                text.ljust(width) for text, width in zip(line, widths, strict=True)
            ).rstrip()
            for line in cells
        )


def trace_of(path: Path, sizes: tuple[int, ...], failed: Check | None) -> Trace:
    joins = {
        event.step.number
        for event in path.run.events
        if isinstance(event, Check) and event.kind == "join"
    }
    rows = []
    for step in path.run.steps:
        stops = failed is not None and step is failed.step
        if stops or step.number in joins or _changes(step):
            before = _at(step.before, sizes)
            after = failed.sizes if stops and failed is not None else step.after
            rows.append(Row(step.module, step.op, before, _at(after, sizes)))
        if stops:
            break
    return Trace(rows)


def _changes(step: Step) -> bool:
    one, other = (
        {s for s in sizes if isinstance(s, Length)}
        for sizes in (step.before, step.after)
    )
    return bool(one or other) and one != other


def _at(sizes: Any, inputs: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(at(size, inputs) if size is not None else 0 for size in sizes)


def _shape(sizes: tuple[int, ...]) -> str:
    return "x".join(map(str, sizes))
