"""Whatever is passed: an answer of plain ints or a refusal, and in a moment."""

import inspect
import random
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch  # noqa: F401  # to load it takes longer than any call may

import convarith
from convarith import (
    Conv,
    ConvTranspose,
    Diagnosis,
    Layer,
    Pool,
    ReceptiveField,
    Resize,
    Stack,
    diagnose,
)
from convarith._axes import OnAxes

NAMES = {name: getattr(convarith, name) for name in convarith.__all__} | {"np": np}
# What is asserted of a stack may not hold.
REFUSALS = (convarith.SizeError, TypeError, ValueError, AssertionError)
CALLS = 20_000


class Counting:
    """What counts like an int."""

    def __init__(self, number: int) -> None:
        self.number = number

    def __index__(self) -> int:
        return self.number


class Broken:
    """What says that it counts, and does not."""

    def __index__(self) -> int:
        raise ValueError("no number")


class MyConv(Conv):
    """A layer that somebody derived from."""

    __slots__ = ()


USUAL: list[Any] = [1, 2, 3, 4, 5, 8, 28, (1, 2), (3, 4), [2, 3], ((0, 1), 2)]
ODD: list[Any] = [
    0, -1, 2**31, 2**63, 10**100, -(10**100), True, False, None, 2.0, 0.5, float("nan"),
    float("inf"), 1j, "3", "same", "", b"3", (), [], {}, set(), (1, 2, 3, 4), (1,) * 50,
    ((1, 2), (3, 4)), [[1, 2], 3], ("a", 1), range(3), range(10**30), iter([1]), object(),
    Counting(3), Counting(-3), Broken(), np.array([3, 3]), np.array(3), np.float64(2.0),
    *(kind(3) for kind in (np.int8, np.int16, np.int32, np.int64, np.uint8, np.uint16, np.uint32, np.uint64, np.bool_)),
    slice(0, 4), slice(None), slice(1, 9, 2), slice("a"), [(0, 1)], [(0, -1), (1, 2)],
    "zh", "fr", "tex", Conv, Pool, Conv(3), ConvTranspose(3, stride=2), Pool(2),
    Resize(2), Resize(2, mode="linear"), MyConv(2), Conv((3, 5)), Stack([Conv(3), Pool(2)]),
    Stack([]), int, "negative padding is not supported", ValueError("x"),
]  # fmt: skip
THINGS: list[Any] = [thing for thing in ODD if isinstance(thing, OnAxes)]
THINGS.append(ConvTranspose(3, stride=2).receptive_field())
THINGS.append(Stack([Conv(3, padding=1)]).fitting_sizes())


def _value(dice: random.Random) -> Any:
    return dice.choice(USUAL if dice.random() < 0.6 else ODD)


def _callable(dice: random.Random) -> Callable[..., Any]:
    """Any of the public functions and classes, or a method of what they make."""
    if dice.random() < 0.5:
        # Solutions are found, not made.
        names = [name for name in convarith.__all__ if name != "Solutions"]
        return NAMES[dice.choice(names)]  # type: ignore[no-any-return]
    thing = dice.choice(THINGS)
    methods = [name for name in dir(thing) if name[0] != "_" and callable(getattr(thing, name))]  # fmt: skip
    # It makes a module of torch, which takes what it likes.
    return getattr(thing, dice.choice([m for m in methods if m != "to_torch"]))  # type: ignore[no-any-return]


def _call(dice: random.Random) -> tuple[Callable[..., Any], list[Any], dict[str, Any]]:
    asked = _callable(dice)
    positional, keywords = [], {}
    for name, parameter in inspect.signature(asked).parameters.items():
        given = parameter.default is parameter.empty or dice.random() < 0.5
        if given and parameter.kind is parameter.POSITIONAL_OR_KEYWORD:
            positional.append(_value(dice))
        if given and parameter.kind is parameter.KEYWORD_ONLY:
            keywords[name] = _value(dice)
    return asked, positional, keywords


def _is_plain(answer: Any) -> bool:
    """Whether no number in it is of another type than Python's own."""
    if isinstance(answer, (tuple, list)):
        return all(map(_is_plain, answer))
    if isinstance(answer, OnAxes):
        return "np." not in repr(answer)
    return not isinstance(answer, (np.generic, np.ndarray, Counting))


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_any_call_is_answered_in_plain_ints_or_refused_in_a_moment() -> None:
    dice, answered = random.Random(5), 0
    holders = tuple(NAMES[name] for name in ("BrokenSkip", "Diagnosis", "Drawing", "FittingSizes", "ReceptiveField", "SizeError", "Taps"))  # fmt: skip
    for _ in range(CALLS):
        asked, positional, keywords = _call(dice)
        started = time.process_time()
        try:
            answer = asked(*positional, **keywords)
        except REFUSALS:
            pass
        else:
            answered += 1
            assert asked in holders or _is_plain(answer), (asked, positional, keywords)
        took = time.process_time() - started
        assert took < 1, (asked, positional, keywords)
    assert answered > CALLS / 20


def _drawn(dice: random.Random) -> Layer:
    def several(*values: int) -> Any:
        return dice.choice(values), dice.choice(values)

    number = dice.randint(1, 4)
    kernel_size: Any = dice.choice([number, several(1, 2, 3)])
    return dice.choice([
        lambda: Conv(kernel_size, stride=number, padding=dice.choice([0, 1, several(0, 1), ((0, 1), 2)]), dilation=several(1, 2)),
        lambda: Conv(kernel_size, padding=1, padding_mode=dice.choice(["reflect", "circular", "zeros"])),
        lambda: ConvTranspose(kernel_size, stride=several(2, 3), output_padding=several(0, 1), padding=((1, 0), 0)),
        lambda: Pool(number, stride=dice.choice([None, 1, 2]), padding=number // 2, ceil_mode=dice.random() < 0.5),
        lambda: Resize(kernel_size, mode=dice.choice(["nearest", "bicubic"])),
        lambda: MyConv(3, padding=dice.choice(["same", "valid"])),
    ])()  # type: ignore[no-any-return]  # fmt: skip


@pytest.mark.slow
def test_what_is_shown_makes_the_same_again() -> None:
    dice = random.Random(6)
    names = NAMES | {"MyConv": MyConv}
    for _ in range(500):
        layer = _drawn(dice)
        for thing in (layer, Stack([layer]), layer.replace()):
            again = eval(repr(thing), names)
            assert (again, hash(again), repr(again)) == (
                thing,
                hash(thing),
                repr(thing),
            )
    field: ReceptiveField = Conv(3).receptive_field()
    assert eval(repr(field), names) == field


NARROW = (np.int8, np.uint8, np.int16, np.uint16, np.int32, np.uint32, np.int64, np.uint64)  # fmt: skip


@pytest.mark.parametrize("width", NARROW)
def test_numbers_of_every_width_are_answered_as_ints_are(width: Any) -> None:
    dice = random.Random(7)
    for _ in range(200):
        k, s, p, size = (dice.randint(1, n) for n in (9, 5, 4, 120))
        for kind in (Conv, ConvTranspose, Pool):
            own = {"stride": s, "padding": min(p, k // 2)}
            layer = kind(k, **own)
            same = kind(width(k), **{name: width(value) for name, value in own.items()})
            assert repr(same) == repr(layer)
            for verb in ("out_size", "in_sizes"):
                assert _answer(same, verb, width(size)) == _answer(layer, verb, size)


def _answer(layer: Layer, verb: str, size: Any) -> str:
    try:
        return repr(getattr(layer, verb)(size))
    except convarith.SizeError as refusal:
        return refusal.rule


@pytest.mark.slow
def test_the_record_of_many_layers_is_that_of_the_layers_one_by_one() -> None:
    dice = random.Random(8)
    for _ in range(40):
        layers = []
        for _ in range(200):
            k, s = dice.randint(1, 4), dice.choice([1, 1, 1, 2, 3])
            kind = dice.choice([Conv, ConvTranspose, Pool])
            padding = dice.randint(0, k // 2)
            layers.append(kind(k, stride=s, padding=padding))
        stack = Stack(layers)
        for size in (dice.randint(1, 10**9), dice.randint(1, 10**30)):
            try:
                out_size = stack.out_size(size)
            except convarith.SizeError:
                continue
            assert out_size == stack.trace(size)[-1]
            inputs = stack.in_sizes(out_size)
            assert size in inputs
            for inside in (inputs.start, inputs.stop - 1):
                assert stack.out_size(inside) == out_size
            assert stack.out_size(inputs.stop) > out_size


def test_a_diagnosis_is_its_own_json() -> None:
    diagnosis: Diagnosis = diagnose("negative padding is not supported")

    assert Diagnosis(**diagnosis.to_dict()) == diagnosis
