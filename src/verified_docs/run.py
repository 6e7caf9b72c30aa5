"""A server that runs scripts, each in a fork of a process that only imported things.

It imports nothing but the standard library, so that any Python can be started with it:
python run.py IMPORT... . Each line of standard input is a script, as a JSON string;
each line of standard output is the answer to it.
"""

import ast
import contextlib
import gc
import importlib
import json
import os
import signal
import sys
import tempfile
import traceback
from collections.abc import Iterator
from itertools import takewhile
from typing import Any, BinaryIO

PATIENCE = 120
NO_ANSWER = b'{"printed": [], "error": "an end without an answer"}'


class Server:
    """Answers scripts, each in a process, a folder and a namespace of its own.

    What takes seconds to import is imported once: a script that begins with it is
    answered by a process in which the same beginning has run.
    """

    def __init__(self) -> None:
        self.begun: dict[str, tuple[BinaryIO, BinaryIO]] = {}

    def answer(self, code: str) -> bytes:
        beginning = _beginning(code)
        if not beginning:
            return answer(code)
        if beginning not in self.begun:
            self.begun[beginning] = self._begin(beginning)
        asking, answering = self.begun[beginning]
        asking.write(json.dumps(code).encode() + b"\n")
        return answering.readline() or answer(code)

    def _begin(self, beginning: str) -> tuple[BinaryIO, BinaryIO]:
        asked, asking = os.pipe()
        answering, answered = os.pipe()
        if os.fork() == 0:
            os.close(asking)
            os.close(answering)
            for others in self.begun.values():
                for end in others:
                    end.close()
            # What fails here fails again in the script, which then says so.
            with contextlib.suppress(BaseException):
                exec(beginning, {"__name__": "__main__"})
            with os.fdopen(asked, "rb") as lines, os.fdopen(answered, "wb", 0) as out:
                for line in lines:
                    out.write(answer(json.loads(line)))
            os._exit(0)
        os.close(asked)
        os.close(answered)
        return os.fdopen(asking, "wb", 0), os.fdopen(answering, "rb")


def _beginning(code: str) -> str:
    """The imports that a script begins with, if this process lacks one of them.

    What is set before an import is part of it: Keras reads its backend there.
    """
    begins = takewhile(_is_import, ast.parse(code).body)
    lines = [ast.unparse(statement) for statement in begins]
    lacking = any(name not in sys.modules for name in _modules("\n".join(lines)))
    return "\n".join(lines) if lacking else ""


def _is_import(statement: ast.stmt) -> bool:
    imports = isinstance(statement, (ast.Import, ast.ImportFrom))
    return imports or ast.unparse(statement).startswith("os.environ[")


def _modules(code: str) -> Iterator[str]:
    for statement in ast.parse(code).body:
        if isinstance(statement, ast.Import):
            yield from (name.name for name in statement.names)
        elif isinstance(statement, ast.ImportFrom):
            yield statement.module or ""


def answer(code: str) -> bytes:
    """Run one script in a fork of this process; one line."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        with os.fdopen(writing, "w") as pipe:
            json.dump(_inside(code), pipe)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    return (said or NO_ANSWER) + b"\n"


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
    answers = os.fdopen(os.dup(1), "wb", 0)
    for name in sys.argv[1:]:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()
    server = Server()
    for line in sys.stdin:
        answers.write(server.answer(json.loads(line)))


if __name__ == "__main__":
    main()
