"""What <conv-tracing> shows is what torch computes, and from what the library says."""

import random
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
import torch
from docs.javascript import Engine
from torch.nn import functional

from convarith import Conv, ConvTranspose, SizeError, taps
from tests.widgets.engine import WIDGETS
from tests.widgets.vectors import SEED

CASES = 300
Case = dict[str, Any]
LAYERS = {True: ConvTranspose, False: Conv}
FUNCTIONS = {
    (True, 1): functional.conv_transpose1d,
    (True, 2): functional.conv_transpose2d,
    (False, 1): functional.conv1d,
    (False, 2): functional.conv2d,
}


def cases() -> Iterator[Case]:
    """Layers with numbers, on one axis and on two that differ, dilation included."""
    draw = random.Random(SEED)
    while True:
        transposed, axes = draw.random() < 0.6, draw.choice((1, 2))
        given = []
        for _ in range(axes):
            stride, dilation = draw.randint(1, 4), draw.choice((1, 1, 2, 3))
            setting = {
                "kernel_size": draw.randint(1, 4),
                "stride": stride,
                "padding": draw.randint(0, 3),
                "dilation": dilation,
            }
            if transposed:
                setting["output_padding"] = draw.randrange(max(stride, dilation))
            given.append(setting)
        ins = [draw.randint(1, 5) for _ in range(axes)]
        try:
            for in_size, setting in zip(ins, given, strict=True):
                LAYERS[transposed](**setting).out_size(in_size)
        except SizeError:
            continue
        yield {
            "transposed": transposed,
            "ins": ins,
            "given": given,
            "bias": draw.randint(-9, 9),
            "inputs": numbers(draw, ins),
            "weights": numbers(draw, [own["kernel_size"] for own in given]),
        }


def numbers(draw: random.Random, sizes: list[int]) -> list[int]:
    return [draw.randint(-99, 99) for _ in product(*map(range, sizes))]


def by_torch(case: Case, *, cropped: bool = True) -> torch.Tensor:
    """The outputs on their axes, or all of the full result."""
    given = case["given"]
    kernel = [own["kernel_size"] for own in given]
    x = torch.tensor(case["inputs"], dtype=torch.float64).reshape(1, 1, *case["ins"])
    weight = torch.tensor(case["weights"], dtype=torch.float64).reshape(1, 1, *kernel)
    names = [name for name in given[0] if name != "kernel_size"]
    settings = {name: [own[name] for own in given] for name in names}
    if not cropped:
        del settings["padding"], settings["output_padding"]
    bias = torch.tensor([float(case["bias"])], dtype=torch.float64)
    call = FUNCTIONS[case["transposed"], len(given)]
    return call(x, weight, bias, **settings)[0, 0]  # type: ignore[operator,no-any-return]


@pytest.fixture(scope="module")
def drawn() -> list[Case]:
    return [case for case, _ in zip(cases(), range(CASES), strict=False)]


@pytest.fixture(scope="module")
def traced(drawn: list[Case]) -> list[Any]:
    engine = Engine(WIDGETS / "tracing-values.mjs")
    answers: list[Any] = engine.ask("given.map(trace)", drawn)
    return answers


def outputs(answer: Any) -> Iterator[tuple[list[int], str, int]]:
    """Each cell of a figure's result: where it is, what it is, what it holds."""
    places = product(
        *([(own["first"] + at, kind) for at, kind in enumerate(own["kinds"])] for own in answer["outs"])
    )  # fmt: skip
    for place, value in zip(places, answer["values"], strict=True):
        kinds = {kind for _, kind in place}
        yield [at for at, _ in place], "cropped" if "cropped" in kinds else "", value


def test_every_number_is_the_one_that_torch_computes(
    drawn: list[Case], traced: list[Any]
) -> None:
    kinds = set()
    for case, answer in zip(drawn, traced, strict=True):
        kinds |= {kind for own in answer["outs"] for kind in own["kinds"]}
        wanted = by_torch(case)
        kept = [value for _, kind, value in outputs(answer) if kind != "cropped"]
        assert kept == wanted.flatten().tolist(), case
        if not case["transposed"]:
            continue
        full = by_torch(case, cropped=False)
        for at, _, value in outputs(answer):
            column = [
                own + setting["padding"]
                for own, setting in zip(at, case["given"], strict=True)
            ]
            within = all(
                own < size for own, size in zip(column, full.shape, strict=True)
            )
            assert value == (full[tuple(column)] if within else case["bias"]), case
    assert kinds == {"output", "hole", "cropped", "kept", "bias"}
    assert {(case["transposed"], len(case["ins"])) for case in drawn} == set(FUNCTIONS)


def test_every_output_reads_what_the_library_says_it_reads(
    drawn: list[Case], traced: list[Any]
) -> None:
    asked = 0
    for case, answer in zip(drawn, traced, strict=True):
        for axis, given in enumerate(case["given"]):
            layer, in_size = LAYERS[case["transposed"]](**given), case["ins"][axis]
            read: dict[int, set[int]] = {}
            for link in answer["links"]:
                read.setdefault(link["out"][axis], set()).add(link["input"][axis])
            # Without a product on the other axis there is none on this one.
            if not read:
                continue
            asked += 1
            for at in range(layer.out_size(in_size)):
                assert sorted(read.get(at, ())) == list(layer.inputs_of(at, in_size))
    assert asked > CASES


def test_every_output_sums_as_many_products_as_the_library_counts(
    drawn: list[Case], traced: list[Any]
) -> None:
    asked = 0
    for case, answer in zip(drawn, traced, strict=True):
        if not case["transposed"] or len(case["ins"]) > 1:
            continue
        at = taps(ConvTranspose(**case["given"][0]), case["ins"][0])
        outs = [link["out"][0] for link in answer["links"]]
        kinds = answer["outs"][0]["kinds"]
        first = answer["outs"][0]["first"]
        asked += 1
        assert tuple(outs.count(out) for out in range(len(at.counts))) == at.counts
        empty = {
            first + place: kind
            for place, kind in enumerate(kinds)
            if kind in ("hole", "kept") and first + place not in outs
        }
        assert tuple(empty) == at.holes
        assert kinds.count("hole") == [*empty.values()].count("hole")
        assert kinds.count("bias") == len(at.bias_only)
    assert asked > CASES / 5


@pytest.mark.parametrize(
    ("text", "value"),
    [("5", 5), ("-99", -99), ("\u22127", -7), ("+3", 3), ("100", None), ("abc", None), ("1.5", None), ("", None), ("-", None), ("1e1", None)],
)  # fmt: skip
def test_a_cell_takes_whole_numbers_of_two_digits_and_nothing_else(
    text: str, value: int | None
) -> None:
    assert Engine(WIDGETS / "tracing-values.mjs").ask("typed(given)", text) == value


def test_a_figure_of_any_size_is_counted_without_being_built() -> None:
    engine = Engine(WIDGETS / "tracing-values.mjs")
    setting = {"kernel_size": 10**9, "stride": 10**9, "padding": 0, "dilation": 10**9}
    asked = {
        "ins": [10**9, 10**9],
        "given": [{**setting, "output_padding": 0}] * 2,
    }

    for transposed in ("true", "false"):
        ask = f"cellsOf({transposed}, given.ins, given.given)"
        assert engine.ask(ask, asked) > 1e15
