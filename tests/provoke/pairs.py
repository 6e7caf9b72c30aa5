"""Two places of a call broken at once: python -m tests.provoke.pairs SEED.

The sweep breaks one place at a time, so other seeds find other messages. Each that the
sweep has not met is printed with its call; it fails if one of them is not known, or is
blamed on what was not broken. A call whose message needs no record goes to FOUND, as it
is printed, and the next sweep keeps it.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator

from convarith import diagnose
from tests.provoke.blamed import may_blame
from tests.provoke.breaking import Broken, twice_broken
from tests.provoke.figures import WITNESSES
from tests.provoke.frames import DTYPES, FRAMES
from tests.provoke.lines import legal
from tests.provoke.running import DIED, run
from tests.provoke.texts import family, sentence

# A number without measure takes long, and wraps around.
VAST = ("int32", "int64", "over", "much", "ninefold", "sparse")
QUICK = (
    "torch",
    "torch-meta",
    "keras",
    "onnx-inference",
    "onnxruntime",
    "jax-abstract",
)
DRAWN = 1500


def drawn(frame: str, seed: int, count: int) -> list[Broken]:
    """So many calls of a frame, each with two broken places."""
    chance = random.Random(seed)
    lines = list(legal(FRAMES[frame].framework))
    found: list[Broken] = []
    while len(found) < count:
        call = twice_broken(chance.choice(lines), DTYPES, chance)
        if call and not any(how.startswith(VAST) for how in call.how.split(", ")):
            found.append(call)
    return found


def surprises(frame: str, seed: int, count: int) -> Iterator[tuple[str, bool, str]]:
    """Each new sentence of a frame: its call, whether it is answered well, its text."""
    swept = json.loads(WITNESSES.read_text("utf-8"))
    seen = {said for one in swept.values() for said in one["witnesses"]}
    calls = drawn(frame, seed, count)
    for call, said in zip(calls, run(frame, [one.line for one in calls]), strict=True):
        if not said.raised or said.raised in (DIED, "SyntaxError"):
            continue
        if family(*said) != "own" or sentence(said.text) in seen:
            continue
        seen.add(sentence(said.text))
        kind = diagnose(said.text).kind
        well = may_blame(kind, call.place.split(", "))
        yield f"{frame} | {call.place} | {call.line}", well, f"{kind}: {said.text}"


def main(seed: int, count: int = DRAWN) -> None:
    """Prints what is new in each frame; fails if something is not answered well."""
    print(f"Two places at once, with the seed {seed}")
    ill = 0
    for frame in QUICK:
        for call, well, text in surprises(frame, seed, count):
            ill += not well
            print(f"{'new' if well else 'NOT ANSWERED'}: {call}\n    {text[:400]!r}")
    sys.exit(f"{ill} messages are not answered well" if ill else 0)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
