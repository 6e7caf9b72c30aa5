"""The lab computes what torch computes, and what it says of each layer is true."""

import re
from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np
import pytest
import torch
from docs.javascript import words

from convarith import ConvTranspose, taps
from convarith._say import LANGUAGES
from tests.widgets.engine import plant
from tests.widgets.lab import (
    BORDER,
    SIDE,
    State,
    engine,
    grid,
    images,
    of_torch,
    results,
)

SETTINGS = list(product(range(2, 7), range(2, 5)))
SEEDS = (1, 2, 999_999)
STATES = [
    *(State(k, s, seed) for (k, s), seed in product(SETTINGS, SEEDS)),
    *(State(k, s, equal=True) for k, s in SETTINGS),
]


@pytest.fixture(scope="module")
def shown() -> dict[State, list[dict[str, Any]]]:
    """Every layer of every state."""
    lab = engine()
    return {state: results(lab, state) for state in STATES}


def differences(found: dict[str, Any]) -> list[str]:
    """In what a layer differs from torch."""
    wrong = []
    size = found["layer"]["in_size"]
    for image, output in zip(images(size), found["outputs"], strict=True):
        wanted = of_torch(found, image)
        got = torch.tensor(output, dtype=torch.float64).reshape(SIDE, SIDE)
        if not torch.allclose(got, wanted, rtol=0, atol=1e-13):
            wrong.append("output")
    ones = [1.0] * size**2
    plain = {**found, "kernels": np.ones_like(found["kernels"]).tolist()}
    if of_torch(plain, ones).flatten().tolist() != found["counts"]:
        wrong.append("counts")
    contrast = grid(of_torch(found, images(size)[0]), SIDE // size)
    if abs(found["contrast"] - contrast) > 1e-9:
        wrong.append("contrast")
    return wrong


def test_every_layer_gives_what_torch_gives_with_the_same_weights(
    shown: dict[State, list[dict[str, Any]]],
) -> None:
    wrong = {
        (state, number): differences(found)
        for state, layers in shown.items()
        for number, found in enumerate(layers)
    }

    assert len(wrong) == sum(state.layers for state in STATES)
    assert {key: parts for key, parts in wrong.items() if parts} == {}


@pytest.mark.parametrize(
    ("module", "before", "after", "differs"),
    [
        ("reads.mjs", "tap, input: Number", "tap: taps - 1 - tap, input: Number", "output"),
        ("lab-values.mjs", "input: input >> 1, tap }", "input: input >> 1, tap: 2 - tap }", "output"),
        ("lab-values.mjs", "2 * (row & 1) + (column & 1)", "2 * (column & 1) + (row & 1)", "output"),
        ("lab-values.mjs", "above * beside)", "above + beside)", "counts"),
        ("lab-values.mjs", "row % scale", "row % 1", "contrast"),
    ],
)  # fmt: skip
def test_a_fault_in_the_lab_is_found(
    monkeypatch: pytest.MonkeyPatch, module: str, before: str, after: str, differs: str
) -> None:
    plant(monkeypatch, module, before, after)
    assert any(differs in differences(one) for one in results(engine(), State(3, 2)))


def test_the_chosen_layer_scales_exactly_and_its_map_is_that_of_taps(
    shown: dict[State, list[dict[str, Any]]],
) -> None:
    for state, (found, *_) in shown.items():
        own = found["layer"]
        layer = ConvTranspose(
            state.kernel_size,
            stride=state.stride,
            padding=own["padding"],
            output_padding=own["output_padding"],
        )
        counts = taps(layer, own["in_size"]).counts
        assert layer.out_size(own["in_size"]) == SIDE == own["in_size"] * state.stride
        assert found["counts"] == [a * b for a in counts for b in counts]


def inside(values: list[float]) -> np.ndarray[Any, Any]:
    return np.array(values).reshape(SIDE, SIDE)[BORDER:-BORDER, BORDER:-BORDER]


def test_the_mean_brightness_stays_and_the_weights_come_from_one_stream(
    shown: dict[State, list[dict[str, Any]]],
) -> None:
    for layers in shown.values():
        for found in layers:
            assert inside(found["outputs"][0]).mean() == pytest.approx(0.4)
    for seed in SEEDS:
        kernels = [np.array(one["kernels"]) for one in shown[State(3, 2, seed)]]
        resized, shuffled, icnr = kernels[2:]
        assert (resized == icnr).all()
        assert np.ptp(shuffled[0] / resized[0]) == pytest.approx(0)
    drawn = {tuple(shown[State(3, 2, seed)][2]["kernels"][0]) for seed in SEEDS}
    assert len(drawn) == len(SEEDS)


def holds(state: State, found: dict[str, Any], equal: float, random: float) -> bool:
    """Whether the sentence of a layer is true, given its contrast with either weights."""
    key, values = found["sentence"]
    counts = inside(found["counts"])
    different = sorted(set(counts.flatten()))
    drawn = "Equal" if state.equal else "Random"
    k, s = found["layer"]["kernel_size"], found["layer"]["stride"]
    truths: dict[str, Callable[[], object]] = {
        "holes": lambda: (
            (counts == 0).mean() == values["holes"] / values["all"]
            and values["all"] == s * s
            and not inside(found["outputs"][1])[counts == 0].any()
        ),
        f"uneven{drawn}": lambda: (
            k % s
            and (values["stride"], values["kernel_size"]) == (s, k)
            and different == values["counts"]
            and equal > 0
        ),
        f"even{drawn}": lambda: different == [values["count"]] and equal == 0 < random,
        f"single{drawn}": lambda: (
            set(found["counts"]) == {values["count"]} == {1} and equal == 0 < random
        ),
        "resized": lambda: random == equal == 0,
        f"shuffled{drawn}": lambda: equal == 0 < random,
        "icnr": lambda: random == equal == 0,
    }
    return bool(truths[key]())


def test_what_is_said_of_a_layer_is_true_for_all_that_can_be_chosen(
    shown: dict[State, list[dict[str, Any]]],
) -> None:
    keys = set()
    for state, layers in shown.items():
        alike = [shown[state._replace(seed=2, equal=True)]]
        alike += [shown[state._replace(seed=seed, equal=False)] for seed in SEEDS]
        for number, found in enumerate(layers):
            equal, *random = (one[number]["contrast"] for one in alike)
            assert holds(state, found, equal, min(random)), (state, found["sentence"])
            keys.add(found["sentence"][0])
    assert keys == set(words("en")["layers"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_names_only_what_the_lab_knows(
    shown: dict[State, list[dict[str, Any]]], language: str
) -> None:
    said = words(language)["layers"]
    for layers in shown.values():
        for key, values in (found["sentence"] for found in layers):
            assert set(re.findall(r"\{(\w+)\}", said[key])) == values.keys()
