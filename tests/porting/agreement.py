"""Whether a framework's values are those that its crops and calls say."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

import numpy as np
import torch

from convarith.porting import Call, Crop
from tests.porting.frameworks import Request, Runtime
from tests.porting.windows import Case, called, finished, rests, window

CLOSE = 2e-5


class There(NamedTuple):
    """A framework's layer, and its crops; None where it must be refused."""

    mode: str
    case: Case
    crops: tuple[Crop, ...] | None
    request: Request


class Back(NamedTuple):
    """A layer of torch with its values, as calls of a framework: one for each group."""

    mode: str
    case: Case
    calls: tuple[Call, ...]
    truth: torch.Tensor
    requests: list[Request]


class Tally:
    """How many cases of each mode agreed, and how far the worst of them was off."""

    def __init__(self) -> None:
        self.count: Counter[str] = Counter()
        self.worst: defaultdict[str, float] = defaultdict(float)
        # The modes as their test names them.
        self.modes: set[str] = set()
        self.refused = 0

    def agrees(
        self, mode: str, found: np.ndarray | str, expected: torch.Tensor, what: object
    ) -> None:
        self.count[mode] += 1
        self.worst[mode] = max(self.worst[mode], off(found, expected, what))

    def told(self, title: str) -> None:
        print(f"{title}: {self.count.total()} cases, and {self.refused} refused")
        for mode, count in sorted(self.count.items()):
            print(f"  {count:5} {mode}, at most {self.worst[mode]:.1e} apart")


def off(found: np.ndarray | str, expected: torch.Tensor, what: object) -> float:
    """How far two results are apart, which is not far."""
    assert not isinstance(found, str), (found, what)
    assert found.shape == tuple(expected.shape), what
    apart = float(np.abs(found - expected.numpy()).max())
    assert apart < CLOSE, (apart, what)
    return apart


def check_there(
    runtime: Runtime, name: str, layers: Iterator[There], count: int
) -> Tally:
    """Layers give the window of the full result that their crops say."""
    fitting = (own for own in layers if own.crops is None or own.case.fits(own.crops))
    asked, tally = list(islice(fitting, count // runtime.every)), Tally()
    answers = runtime.answers(name, [layer.request for layer in asked])
    for found, (mode, case, crops, request) in zip(answers, asked, strict=True):
        what = request.arguments, case.in_size, case.window
        if crops is None:
            assert isinstance(found, str), what
            tally.refused += 1
            continue
        wanted = window(case, crops)
        values, exact = called(case, crops)
        off(values.numpy(), wanted, what)
        tally.modes.add(mode)
        mode += ", one torch call" if exact else ", a torch call and a crop"
        tally.agrees(mode, found, wanted, what)
    tally.told(name)
    return tally


def check_back(
    runtime: Runtime, name: str, layers: Iterator[Back], count: int
) -> Tally:
    """Calls, and what they leave to do, give the values of torch's layers."""
    asked, tally = list(islice(layers, count // runtime.every)), Tally()
    requests = [request for layer in asked for request in layer.requests]
    answers = iter(runtime.answers(name, requests))
    for mode, case, calls, truth, own in asked:
        parts = [next(answers) for _ in own]
        arrays = [part for part in parts if not isinstance(part, str)]
        assert len(arrays) == len(parts), parts
        values = torch.from_numpy(np.concatenate(arrays, 1))
        values = finished(values, rests(calls), case.bias)
        mode += f"{_left_to_do(calls)}, {case.groups} groups"
        tally.agrees(mode, values.numpy(), truth, calls)
    tally.told(f"torch to {name}")
    return tally


def _left_to_do(calls: Sequence[Call]) -> str:
    if all(call.exact for call in calls):
        return ""
    return ", rows of bias" if min(map(min, rests(calls))) < 0 else ", a crop"
