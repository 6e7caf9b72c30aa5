"""The whole sweep: python -m tests.provoke runs every call of every frame.

It prints what diagnose() does not know, and writes each distinct sentence with a call
that raises it, and the figures, which the pages show.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from importlib.metadata import version
from typing import Any

from convarith import diagnose
from tests.provoke.breaking import Broken, broken
from tests.provoke.figures import CURES, WITNESSES
from tests.provoke.frames import DTYPES, FRAMES
from tests.provoke.lines import legal
from tests.provoke.running import DIED, run
from tests.provoke.texts import family, sentence

# Behind so many characters stand the arguments, or where it was raised.
LONG = 1200


def calls(frame: str) -> list[Broken]:
    """Every line of a frame, broken in each place."""
    return [
        call for line in legal(FRAMES[frame].framework) for call in broken(line, DTYPES)
    ]


def swept(frame: str) -> dict[str, Any]:
    """What the calls of a frame say: the figures, and a witness for each sentence."""
    asked = calls(frame)
    counts: dict[str, int] = defaultdict(int)
    witnesses: dict[str, dict[str, Any]] = {}
    for call, said in zip(asked, run(frame, [one.line for one in asked]), strict=True):
        counts["calls"] += 1
        if not said.raised or said.raised in (DIED, "SyntaxError"):
            counts["returned" if not said.raised else DIED] += 1
            continue
        counts["raised"] += 1
        new = {"line": call.line, "family": family(said.raised, said.text)}
        row = witnesses.setdefault(
            sentence(said.text), new | {"text": said.text[:LONG]}
        )
        row.setdefault("broken", {}).setdefault(call.place, call.how)
    return {"counts": counts, "witnesses": witnesses}


def main(*frames: str) -> None:
    """Sweeps the frames, or all of them, and keeps what the others said before."""
    kept = json.loads(WITNESSES.read_text("utf-8")) if WITNESSES.exists() else {}
    for frame in frames or FRAMES:
        versions = {name: version(name) for name in FRAMES[frame].versions}
        kept[frame] = {"versions": versions} | swept(frame)
        for said, row in kept[frame]["witnesses"].items():
            if row["family"] == "own" and diagnose(row["text"]).kind == "unknown":
                print(f"{frame}: {said}\n    {row['line']}")
        WITNESSES.write_text(written(kept), "utf-8")


def written(kept: dict[str, Any]) -> str:
    """As JSON with a line for each witness, so that a change shows what is new."""
    frames = []
    for frame, found in kept.items():
        rows = [
            f"{_json(said)}: {_json(row)}" for said, row in found["witnesses"].items()
        ]
        own = {name: value for name, value in found.items() if name != "witnesses"}
        head = _json(own).removesuffix("}")
        frames.append(
            f'{_json(frame)}: {head}, "witnesses": {{\n' + ",\n".join(rows) + "\n}}"
        )
    return "{\n" + ",\n".join(frames) + "\n}\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


__all__ = ["CURES", "WITNESSES", "calls"]

if __name__ == "__main__":
    main(*sys.argv[1:])
