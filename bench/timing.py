"""Times that can be compared: everything is timed in turn, and the median is kept."""

from __future__ import annotations

import gc
import subprocess
import time
from collections.abc import Callable, Sequence
from statistics import median
from typing import Any

ROUNDS = 7
SAMPLE_SECONDS = 0.02


def side_by_side(calls: dict[str, Callable[[], Any]]) -> dict[str, float]:
    """Seconds for one call of each, the cost of an empty call taken off."""
    counts = {name: _calls_in_a_sample(call) for name, call in calls.items()}
    samples: dict[str, list[float]] = {name: [] for name in [*calls, ""]}
    gc.disable()
    try:
        for _ in range(ROUNDS):
            samples[""].append(_seconds(lambda: None, 100_000))
            for name, call in calls.items():
                samples[name].append(_seconds(call, counts[name]))
    finally:
        gc.enable()
    empty = median(samples.pop(""))
    return {name: median(times) - empty for name, times in samples.items()}


def _calls_in_a_sample(call: Callable[[], Any]) -> int:
    call()
    return max(1, int(SAMPLE_SECONDS / max(_seconds(call, 3), 1e-9)))


def _seconds(call: Callable[[], Any], count: int) -> float:
    started = time.perf_counter()
    for _ in range(count):
        call()
    return (time.perf_counter() - started) / count


def starts(commands: dict[str, Sequence[str]], rounds: int = 11) -> dict[str, float]:
    """Seconds from start to end of each command, run in turn."""
    samples: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            started = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True)
            samples[name].append(time.perf_counter() - started)
    return {name: median(times) for name, times in samples.items()}
