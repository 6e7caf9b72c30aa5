"""A server that runs scripts, each in a fork of a process that only imported things.

It imports nothing but the standard library, so that any Python can be started with it:
python run.py IMPORT... . Each line of standard input is a script, as a JSON string;
each line of standard output is the answer to it.
"""

import ast
import gc
import importlib
import json
import os
import signal
import sys
import tempfile
import traceback
from typing import Any, BinaryIO

PATIENCE = 120


def answer(code: str) -> str:
    """Run one script in a process, a folder and a namespace of its own."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        with os.fdopen(writing, "w") as pipe:
            json.dump(_inside(code), pipe)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    return said or json.dumps({"printed": [], "error": "an end without an answer"})


def _inside(code: str) -> dict[str, Any]:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.alarm(PATIENCE)
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as out:
        os.chdir(folder)
        os.dup2(out.fileno(), 1)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
        result = _script(code, out)
        os.chdir("/")
    return result


def _script(code: str, out: BinaryIO) -> dict[str, Any]:
    """What each statement printed, until one of them failed."""
    printed: list[Any] = []
    names = {"__name__": "__main__"}
    for statement in ast.parse(code).body:
        module = ast.Module([statement], [])
        start = out.seek(0, os.SEEK_END)
        try:
            exec(compile(module, "<copied>", "exec", dont_inherit=True), names)
        except BaseException as error:
            said = "".join(traceback.format_exception_only(error)).strip()
            return {"printed": printed, "error": said}
        sys.stdout.flush()
        size = os.fstat(out.fileno()).st_size
        text = os.pread(out.fileno(), size - start, start).decode("utf-8")
        printed.append(text)
    return {"printed": printed}


def main() -> None:
    """Import, then answer until there is nothing more to read."""
    # An interrupt is for whoever asks; this ends when nobody asks any more.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(1), "w")
    for name in sys.argv[1:]:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()
    for line in sys.stdin:
        answers.write(answer(json.loads(line)) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
