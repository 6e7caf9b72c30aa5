"""What is asked of a frame in every run: its cures, its witnesses, and calls by a seed."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from convarith import diagnose
from tests.provoke.__main__ import calls
from tests.provoke.figures import CURES
from tests.provoke.running import Said
from tests.provoke.texts import family, sentence

ROOT = Path(__file__).parents[2]
SEED, DRAWN = 20261127, 400
# The compiler takes long.
COMPILED = ("jax", "jax-compiled", "flax")
# What is broken so takes long, too.
SLOW = ("int3", "int6", "over", "much", "nine", "spar")


class Cure(NamedTuple):
    """A broken call and a mended one, with the size that comes out."""

    frame: str
    kind: str
    broken: str
    mended: str
    size: str


ALL_CURES = [Cure(*line.split(" | ")) for line in CURES.read_text("utf-8").splitlines()]


class Asked(NamedTuple):
    """What is asked of a frame, and its sentences in the order of their witnesses."""

    cures: list[Cure]
    sentences: list[str]
    lines: list[str]

    @classmethod
    def of(cls, frame: str, swept: dict[str, Any]) -> Asked:
        """All of it; of a frame that compiles, only what no quicker one says."""
        cures = [cure for cure in ALL_CURES if cure.frame == frame]
        told = {name: one["witnesses"] for name, one in swept.items()}
        witnesses = dict(told.pop(frame, {}))
        if frame in COMPILED:
            before = {
                said for name in told if name not in COMPILED for said in told[name]
            }
            witnesses = {k: row for k, row in witnesses.items() if k not in before}
        lines = [line for cure in cures for line in (cure.broken, cure.mended)]
        lines += [row["line"] for row in witnesses.values()]
        return cls(
            cures, [*witnesses], lines + ([] if frame in COMPILED else drawn(frame))
        )


def drawn(frame: str) -> list[str]:
    """Some broken calls, without those that take long."""
    quick = [call.line for call in calls(frame) if call.how[:4] not in SLOW]
    return random.Random(SEED).sample(quick, min(DRAWN, len(quick)))


def faults(asked: dict[str, Asked], swept: dict[str, Any]) -> Iterator[object]:
    """Cures that do not help, witnesses that say something else, and what is new."""
    answers = _answered({frame: one.lines for frame, one in asked.items()})
    for frame, one in asked.items():
        told = zip(one.lines, answers[frame], strict=True)
        for cure in one.cures:
            (_, broken), (_, mended) = next(told), next(told)
            if diagnose(broken.text).kind != cure.kind or mended != ("", cure.size):
                yield "no cure", cure, broken, mended
        for wanted, (line, said) in zip(one.sentences, told, strict=False):
            if sentence(said.text) != wanted:
                yield "another sentence", line, wanted, said
        for line, said in told:
            own = said.raised and family(*said) == "own"
            if own and sentence(said.text) not in swept[frame]["witnesses"]:
                yield "new: python -m tests.provoke", line, said


def _answered(lines: dict[str, list[str]]) -> dict[str, list[Said]]:
    """What lines lead to, asked in a process of their own, which may fork."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.provoke.running"],
        input=json.dumps(lines),
        env=os.environ | {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    told = json.loads(done.stdout)
    return {frame: [Said(*one) for one in said] for frame, said in told.items()}
