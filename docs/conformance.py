"""The tables of the conformance page: where torch's own paths disagree."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache

import torch
from tests.measurements import onednn
from torch._subclasses.fake_tensor import FakeTensorMode
from torch.nn import functional as F

from convarith import SizeError, conv_transpose_size

Setting = dict[str, int]
SEED = 20261123
DRAWN = 2_000
REFUSED = "—"

# One setting for each rule that some path does not keep.
CASES: list[Setting] = [
    {"in_size": 4, "kernel_size": 3, "stride": 2, "padding": 1, "output_padding": 1},
    {"in_size": 4, "kernel_size": 3, "stride": 2, "output_padding": 2},
    {"in_size": 4, "kernel_size": 3, "stride": 2, "dilation": 3, "output_padding": 2},
    {"in_size": 4, "kernel_size": 3, "output_padding": -1},
    {"in_size": 4, "kernel_size": 3, "padding": -1},
    {"in_size": 4, "kernel_size": 3, "stride": 0},
    {"in_size": 4, "kernel_size": 3, "dilation": 0},
    {"in_size": 1, "kernel_size": 2, "padding": 1},
    {"in_size": 1, "kernel_size": 1, "padding": 1},
    {"in_size": 0, "kernel_size": 3},
]
WORDS = {
    "en": {
        "setting": "arguments",
        "native": "own kernel",
        "default": "oneDNN",
        "empty": "empty batch",
        "meta": "meta device",
        "fake": "fake tensor",
        "path": "path",
        "sizes": "another size",
        "accepts": "accepts, library refuses",
        "refuses": "refuses, library accepts",
    },
    "zh": {
        "setting": "参数",
        "native": "自带实现",
        "default": "oneDNN",
        "empty": "空批次",
        "meta": "meta 设备",
        "fake": "假张量",
        "path": "路径",
        "sizes": "尺寸不同",
        "accepts": "它接受，库拒绝",
        "refuses": "它拒绝，库接受",
    },
}


def ours(setting: Setting) -> int | None:
    """What the library says."""
    parameters = dict(setting)
    try:
        return conv_transpose_size(parameters.pop("in_size"), **parameters)
    except SizeError:
        return None


def _ask(
    setting: Setting, batch: int, channels: int, device: str = "cpu"
) -> int | None:
    parameters = {"output_padding": 0, **setting}
    size, kernel = parameters.pop("in_size"), parameters.pop("kernel_size")
    try:
        x = torch.zeros(batch, channels, 1, size, device=device)
        weight = torch.zeros(channels, channels, 1, kernel, device=device)
        options = {
            name: _second_axis(name, value) for name, value in parameters.items()
        }
        return int(F.conv_transpose2d(x, weight, None, **options).shape[3])
    except (RuntimeError, ZeroDivisionError):
        return None


def _second_axis(name: str, value: int) -> tuple[int, int]:
    """The setting on one axis, and what changes nothing on the other."""
    return {"stride": 1, "dilation": 1}.get(name, 0), value


def _native(setting: Setting) -> int | None:
    with onednn(enabled=False):
        return _ask(setting, 1, 1)


def _default(setting: Setting) -> int | None:
    with onednn(enabled=True):
        return _ask(setting, 2, 16)


def _fake(setting: Setting) -> int | None:
    with FakeTensorMode():
        return _ask(setting, 1, 1)


PATHS: dict[str, Callable[[Setting], int | None]] = {
    "native": _native,
    "default": _default,
    "empty": lambda setting: _ask(setting, 0, 1),
    "meta": lambda setting: _ask(setting, 1, 1, "meta"),
    "fake": _fake,
}


@cache
def answers() -> list[tuple[str, list[str]]]:
    """Each case, and what the library and every path say of it."""
    found = []
    for setting in CASES:
        text = ", ".join(f"{name}={value}" for name, value in setting.items())
        said = [ours(setting), *(path(setting) for path in PATHS.values())]
        found.append((text, [REFUSED if size is None else str(size) for size in said]))
    return found


@cache
def disagreements() -> dict[str, tuple[int, int, int]]:
    """Over drawn settings, how often each path differs from the library, and how."""
    chance = random.Random(SEED)
    drawn = [_draw(chance) for _ in range(DRAWN)]
    found = {}
    for name, path in PATHS.items():
        pairs = [(ours(setting), path(setting)) for setting in drawn]
        found[name] = (
            sum(None not in pair and pair[0] != pair[1] for pair in pairs),
            sum(pair[0] is None and pair[1] is not None for pair in pairs),
            sum(pair[0] is not None and pair[1] is None for pair in pairs),
        )
    return found


def _draw(chance: random.Random) -> Setting:
    return {
        "in_size": chance.randint(0, 6),
        "kernel_size": chance.randint(1, 5),
        "stride": chance.randint(0, 4),
        "padding": chance.randint(-1, 4),
        "output_padding": chance.randint(-1, 4),
        "dilation": chance.randint(0, 3),
    }


def tables(language: str) -> dict[str, str]:
    """The tables of the page, by name."""
    words = WORDS[language]
    head = [words["setting"], "convarith", *(words[path] for path in PATHS)]
    cases = [[f"`{text}`", *said] for text, said in answers()]
    kinds = [words["path"], words["sizes"], words["accepts"], words["refuses"]]
    counts = [
        [words[name], *map(str, count)] for name, count in disagreements().items()
    ]
    return {"cases": _table(head, cases), "counts": _table(kinds, counts)}


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"
