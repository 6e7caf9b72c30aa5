"""Messages that were provoked are recognised, blamed on what was broken, and cured."""

import json
import os
import random
import subprocess
import sys
from functools import cache
from typing import Any, NamedTuple

import pytest

from convarith import diagnose
from convarith.diagnosis import KINDS
from tests.adapter import ROOT
from tests.provoke.__main__ import CURES, WITNESSES, calls
from tests.provoke.blamed import KINDS as BLAMED
from tests.provoke.blamed import may_blame
from tests.provoke.figures import OURS, known, torch_about_sizes
from tests.provoke.running import Said
from tests.provoke.texts import family, sentence

# Those that take no compiler; the others say the same.
QUICK = ("torch", "keras", "onnx-inference", "onnxruntime", "jax-abstract")
SEED, DRAWN = 20261127, 400


class Cure(NamedTuple):
    """A broken call and a mended one, with the size that comes out."""

    frame: str
    kind: str
    broken: str
    mended: str
    size: str


ALL_CURES = [Cure(*line.split(" | ")) for line in CURES.read_text("utf-8").splitlines()]
SWEPT: dict[str, Any] = json.loads(WITNESSES.read_text("utf-8"))


@cache
def said(frame: str, lines: tuple[str, ...]) -> list[Said]:
    """What lines lead to, asked in a process of their own, which may fork."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.provoke.running", frame],
        input=json.dumps(lines),
        env=os.environ | {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [Said(*json.loads(line)) for line in done.stdout.splitlines()]


def drawn(frame: str) -> list[str]:
    """Some broken calls, without those that take long."""
    quick = [
        call.line
        for call in calls(frame)
        if call.how[:4] not in ("int3", "int6", "over", "much", "nine", "spar")
    ]
    return random.Random(SEED).sample(quick, min(DRAWN, len(quick)))


@pytest.mark.slow
@pytest.mark.parametrize("frame", [frame for frame in QUICK if frame in SWEPT])
def test_what_breaks_a_call_is_said_by_its_witness_and_known(frame: str) -> None:
    """Of one process for each frame: cures, witnesses, and calls drawn by a seed."""
    cures = [cure for cure in ALL_CURES if cure.frame.startswith(frame.split("-")[0])]
    cures = cures if frame != "onnx-inference" else []
    witnesses = SWEPT[frame]["witnesses"]
    more = drawn(frame)
    lines = [line for cure in cures for line in (cure.broken, cure.mended)]
    lines += [row["line"] for row in witnesses.values()] + more
    answers = iter(said(frame, tuple(lines)))

    for cure in cures:
        broken, mended = next(answers), next(answers)
        if frame == "jax-abstract" and not broken.raised:
            continue  # Only the compiler sees it.
        assert diagnose(broken.text).kind == cure.kind, cure
        assert not mended.raised, (cure, mended)
        assert mended.text == cure.size, cure
    for wanted, answer in zip(witnesses, answers, strict=False):
        assert sentence(answer.text) == wanted, witnesses[wanted]["line"]
    new = [
        (line, answer.text)
        for line, answer in zip(more, answers, strict=True)
        if answer.raised
        and family(*answer) == "own"
        and sentence(answer.text) not in witnesses
    ]
    assert not new, "python -m tests.provoke, for a message that is new"


@pytest.mark.parametrize("frame", SWEPT)
def test_a_kind_names_what_was_broken(frame: str) -> None:
    for row in SWEPT[frame]["witnesses"].values():
        kind = diagnose(row["text"]).kind
        if kind != "unknown" and row["family"] != "python":
            # A number without measure wraps around, and any place may be blamed.
            vast = set(row["broken"].values()) <= {"int32", "int64", "over"}
            assert vast or may_blame(kind, list(row["broken"])), (kind, row)


def test_nothing_may_blame_a_place_that_it_does_not_name() -> None:
    assert not may_blame("stride-not-positive", ["padding", "input"])
    assert BLAMED.keys() <= {kind.name for kind in KINDS}


@pytest.mark.parametrize("frame", SWEPT)
def test_nine_of_ten_sentences_of_a_framework_are_known(frame: str) -> None:
    own, count = known(SWEPT[frame]["witnesses"])

    assert count >= 0.9 * own, frame


def test_what_torch_says_of_convolutions_and_of_maps_that_do_not_meet_is_known() -> (
    None
):
    unknown = [
        row["text"]
        for row in torch_about_sizes(SWEPT["torch"]["witnesses"])
        if diagnose(row["text"]).kind == "unknown"
    ]

    assert not unknown


def test_each_kind_that_can_be_provoked_has_a_cure() -> None:
    cured = {cure.kind for cure in ALL_CURES}
    provoked = {
        diagnose(row["text"]).kind
        for frames, _ in OURS.values()
        for frame in frames
        if frame in SWEPT
        for row in SWEPT[frame]["witnesses"].values()
        if row["family"] == "own"
    }

    assert provoked - {"unknown"} <= cured
