"""The whole sweep: python -m tests.provoke runs every call of every frame.

It prints what diagnose() does not know, and writes each distinct sentence with a call
that raises it, and the figures, which the pages show.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from convarith import diagnose
from tests.provoke.breaking import Broken, broken
from tests.provoke.figures import CURES, OURS, WITNESSES
from tests.provoke.frames import DTYPES, FRAMES
from tests.provoke.lines import legal
from tests.provoke.running import DIED, run
from tests.provoke.texts import FROM, family, sentence

SWEPT = [frame for frames, _ in OURS.values() for frame in frames]
# Calls that python -m tests.provoke.pairs found, which break two places at once.
FOUND = Path(__file__).parent / "found.txt"
# Behind so many characters stand the arguments, or where it was raised.
LONG = 1200


def calls(frame: str) -> list[Broken]:
    """Every line of a frame, broken in each place."""
    lines = legal(FRAMES[frame].framework)
    return [call for line in lines for call in broken(line, DTYPES)] + [*at_once(frame)]


def at_once(frame: str) -> Iterator[Broken]:
    """The calls of a frame that were found before."""
    for line in FOUND.read_text("utf-8").splitlines():
        name, places, call = line.split(" | ")
        if name == frame:
            yield Broken(call, places, "at once")


def installed() -> Iterator[str]:
    """The frames that are swept, as far as their frameworks are here."""
    for name in SWEPT:
        missing = [one for one in FRAMES[name].versions if find_spec(one) is None]
        if missing:
            print(f"{name}: {', '.join(missing)} is not installed here")
        else:
            yield name


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
            sentence(said.text), new | {"text": FROM.sub("", said.text)[:LONG]}
        )
        for place in call.place.split(", "):
            row.setdefault("broken", {}).setdefault(place, call.how)
    return {"counts": counts, "witnesses": witnesses}


def main(*frames: str) -> None:
    """Sweeps the frames, or those installed, and keeps what the others said before."""
    kept = json.loads(WITNESSES.read_text("utf-8")) if WITNESSES.exists() else {}
    for frame in frames or installed():
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
