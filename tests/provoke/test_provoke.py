"""Messages that were provoked are recognised, blamed on what was broken, and cured."""

import json
from typing import Any

import pytest

from convarith import diagnose
from convarith.diagnosis import KINDS
from tests.provoke.asking import ALL_CURES, Asked, faults
from tests.provoke.blamed import KINDS as BLAMED
from tests.provoke.blamed import blames, may_blame
from tests.provoke.figures import OURS, WITNESSES, known, torch_about_sizes
from tests.provoke.pairs import drawn

# What is asked of one process.
TOGETHER = {
    "torch": ("torch", "torch-meta", "keras", "keras-symbolic"),
    "onnx": ("onnxruntime", "onnx-inference", "onnx-checker"),
    "jax": ("jax-abstract", "jax", "jax-compiled"),
}
SWEPT: dict[str, Any] = json.loads(WITNESSES.read_text("utf-8"))


@pytest.mark.slow
@pytest.mark.parametrize("frames", TOGETHER.values(), ids=TOGETHER)
def test_what_breaks_a_call_is_said_by_its_witness_and_known(
    frames: tuple[str, ...],
) -> None:
    asked = {frame: Asked.of(frame, SWEPT) for frame in frames}

    assert list(faults(asked, SWEPT)) == []


@pytest.mark.parametrize("frame", SWEPT)
def test_a_kind_names_what_was_broken(frame: str) -> None:
    for row in SWEPT[frame]["witnesses"].values():
        kind = diagnose(row["text"]).kind
        if kind != "unknown" and row["family"] != "python":
            assert blames(kind, row["broken"]), (kind, row)


def test_nothing_may_blame_a_place_that_it_does_not_name() -> None:
    assert not may_blame("stride-not-positive", ["padding", "input"])
    # Without a list of its own, what its record names in code.
    assert may_blame("output-shape-impossible", ["stride", "padding"])
    assert not may_blame("output-shape-impossible", ["dilation", "groups"])
    # Other sizes are no other number of axes.
    assert not blames("input-axes", {"input": "empty-1"})
    assert blames("input-axes", {"input": "empty-1", "weight": "axis-"})
    assert BLAMED.keys() <= {kind.name for kind in KINDS}


@pytest.mark.parametrize("frame", SWEPT)
def test_nine_of_ten_sentences_of_a_framework_are_known(frame: str) -> None:
    own, told, right = known(SWEPT[frame]["witnesses"])

    assert told >= 0.9 * own, frame
    assert right == told, frame


def test_what_torch_says_of_convolutions_and_of_maps_that_do_not_meet_is_known() -> (
    None
):
    unknown = [
        row["text"]
        for frame in ("torch", "torch-meta")
        for row in torch_about_sizes(SWEPT[frame]["witnesses"])
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


def test_each_seed_breaks_other_pairs_of_places() -> None:
    calls = drawn("torch", 1, 20)

    assert calls == drawn("torch", 1, 20) != drawn("torch", 2, 20)
    assert {one.place.count(", ") for one in calls} == {1}
