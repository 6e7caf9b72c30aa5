"""Lines are run in a forked worker: a crash or a hang costs one call."""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import warnings
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from tests.provoke.frames import FRAMES, Names

# Of the processor's time, which a busy machine does not lengthen, and of the clock's.
SECONDS = 5
PATIENCE = 60
MEMORY = 6 << 30
# The compiler of JAX takes more addresses than it uses.
UNMEASURED = {"jax", "jax-compiled", "flax"}


class Said(NamedTuple):
    """What a line led to: the name of an exception and its text, or a shape."""

    raised: str
    text: str


DIED = "died"


def run(frame: str, lines: Sequence[str]) -> Iterator[Said]:
    """What each line leads to; a worker that dies is followed by another."""
    names = FRAMES[frame].names()
    start = 0
    while start < len(lines):
        read, write = os.pipe()
        child = os.fork()
        if not child:
            os.close(read)
            _work(names, lines[start:], write, 0 if frame in UNMEASURED else MEMORY)
        os.close(write)
        with os.fdopen(read, "rb") as pipe:
            for line in pipe:
                start += 1
                yield Said(*json.loads(line))
        _, status = os.waitpid(child, 0)
        if status and start < len(lines):
            start += 1
            yield Said(DIED, str(os.waitstatus_to_exitcode(status)))


def _work(names: Names, lines: Sequence[str], write: int, memory: int) -> None:
    for stream in (1, 2):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
    if memory:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for number in (signal.SIGALRM, signal.SIGPROF):
        signal.signal(number, signal.SIG_DFL)
    warnings.simplefilter("ignore")
    with os.fdopen(write, "wb", buffering=0) as pipe:
        for line in lines:
            signal.setitimer(signal.ITIMER_PROF, SECONDS)
            signal.setitimer(signal.ITIMER_REAL, PATIENCE)
            pipe.write(json.dumps(one(names, line)).encode() + b"\n")
    os._exit(0)


def one(names: Names, line: str) -> Said:
    """What one line leads to."""
    try:
        got = names["run"](line) if "run" in names else eval(line, names)
    except BaseException as error:
        return Said(type(error).__name__, str(error)[:4000])
    return Said("", _shape(got))


def _shape(got: Any) -> str:
    first = got[0] if isinstance(got, tuple | list) and got else got
    return str(tuple(getattr(first, "shape", ())))


def main() -> None:
    """Answers the lines of standard input, for a process that must not fork.

    All frames are asked of one process, which imports what they share once.
    """
    asked = json.load(sys.stdin)
    json.dump(
        {frame: list(run(frame, lines)) for frame, lines in asked.items()}, sys.stdout
    )


if __name__ == "__main__":
    main()
