"""What a path says of given sizes."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, NamedTuple

from convarith._say import Sentence, say
from convarith.network.conditions import HOLDS, Asked
from convarith.network.evaluating import at
from convarith.network.fields import delay, field
from convarith.network.lengths import Length
from convarith.network.paths import NoRule, Path, passes, repeats
from convarith.network.traced import Check, Step, Traced

__all__ = [
    "covers",
    "delay",
    "fails",
    "field",
    "hop",
    "is_alone",
    "out_dim",
    "padding",
    "why_alone",
]


def covers(path: Path, sizes: tuple[int, ...]) -> bool:
    """Whether these sizes go this way, up to an end that is known."""
    for event in path.events:
        if isinstance(event, Check):
            if not passes(event, sizes):
                return True
        elif not HOLDS[event.condition.relation](at(event.condition.length, sizes)):
            return False
    return not path.refused


def fails(path: Path, sizes: tuple[int, ...]) -> Check | None:
    """The check that refuses these sizes; None where none does."""
    checks = (event for event in path.events if isinstance(event, Check))
    return next((check for check in checks if not passes(check, sizes)), None)


def is_alone(path: Path) -> bool:
    """Whether a path says nothing of other sizes than its own."""
    return why_alone(path) is not None


def why_alone(path: Path) -> Sentence | None:
    run = path.run
    if run.untrue:
        return run.untrue
    if run.values:
        return Sentence("observed-values", {})
    if path.broken is not None:
        return _not_understood(path.broken.op, path.broken)
    if run.unknown:
        return _not_understood(run.unknown[0].unknown, run.unknown[0])
    for event in path.events:
        if isinstance(event, Asked) and event.fixed and not _repeats(event):
            return Sentence("observed-number", {"line": event.line})
    return None


def _not_understood(operator: str, step: Step) -> Sentence:
    module = step.module or Sentence("the-model", {})
    return Sentence("observed-operator", {"operator": operator, "module": module})


def _repeats(event: Asked) -> bool:
    length = event.condition.length
    if isinstance(length, int):
        return length != 0
    try:
        return repeats(length, {}).step == 0
    except NoRule:
        return False


def out_dim(chosen: Any, axis: int, place: int) -> int | None:
    """The output's dimension that goes with the input's axis."""
    count: int = chosen.dim()
    own = axis % count if -count <= axis < count else None
    if not isinstance(chosen, Traced):
        return own
    moving = [n for n, part in enumerate(chosen.parts) if isinstance(part.size, Length)]
    if own is not None and (own in moving or not moving):
        return own
    return moving[place] if place < len(moving) else own


class Padding(NamedTuple):
    """How much to add at each end of the axis, and what to keep of the output."""

    before: int
    after: int
    size: int
    keep: slice | None

    def text(self, language: str = "en") -> str:
        kept: Sentence | str = Sentence("strip-all", {})
        if self.keep is not None:
            kept = f"[..., :{self.keep.stop}]"
        own = {"ends": (self.before, self.after), "size": self.size, "keep": kept}
        return say(language, "network-pad", **own)

    def __str__(self) -> str:
        return self.text()


def padding(net: Any, size: int, near: int) -> Padding:
    out = net.out_size(near)
    keep = None
    if isinstance(out, int) and out % near == 0:
        keep = slice(0, out // near * size)
    return Padding(0, near - size, near, keep)


def hop(path: Path) -> int | None:
    """The product of the strides at the coarsest place, or of those that go up."""
    known: dict[Any, Any] = {}
    slopes: list[Fraction] = []
    for step in path.run.steps:
        for size in step.after:
            if isinstance(size, Length):
                try:
                    own = repeats(size, known)
                except NoRule:
                    continue
                if own.step > 0:
                    slopes.append(Fraction(own.step, own.period))
    if not slopes:
        return None
    coarsest: Fraction = min(slopes)
    finest: Fraction = max(slopes)
    found: Fraction = 1 / coarsest if coarsest < 1 else finest
    return int(found) if found.denominator == 1 else None
