"""A server that runs scripts, each in a fork of a process that only imported things.

It imports nothing but the standard library, so that any Python can be started with it:
python run.py IMPORT... . Each line of standard input is a request, a JSON object with
"code" and "session"; each line of standard output is its answer.
"""

import ast
import doctest
import gc
import importlib
import io
import json
import os
import signal
import sys
import tempfile
import traceback
from typing import Any, BinaryIO

PATIENCE = 120


def answer(request: dict[str, Any]) -> str:
    """Run one request in a process, a folder and a namespace of its own."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        with os.fdopen(writing, "w") as pipe:
            json.dump(_inside(request), pipe)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    ended = {"printed": [], "error": "an end without an answer", "line": 1}
    return said or json.dumps(ended | {"wanted": "", "got": ended["error"]})


def _inside(request: dict[str, Any]) -> dict[str, Any]:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.alarm(PATIENCE)
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as out:
        os.chdir(folder)
        os.dup2(out.fileno(), 1)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
        run = _session if request["session"] else _script
        result = run(request["code"], out)
        os.chdir("/")
    return result


def _script(code: str, out: BinaryIO) -> dict[str, Any]:
    """What each statement printed, by the line it ends on."""
    printed: list[Any] = []
    names = {"__name__": "__main__"}
    for statement in ast.parse(code).body:
        module = ast.Module([statement], [])
        start = out.seek(0, os.SEEK_END)
        try:
            exec(compile(module, "<copied>", "exec", dont_inherit=True), names)
        except BaseException as error:
            said = "".join(traceback.format_exception_only(error)).strip()
            return {"printed": printed, "error": said, "line": statement.lineno}
        sys.stdout.flush()
        size = os.fstat(out.fileno()).st_size
        text = os.pread(out.fileno(), size - start, start).decode("utf-8")
        printed.append([statement.end_lineno, text])
    return {"printed": printed}


def _session(code: str, _: BinaryIO) -> dict[str, Any]:
    """The first example of a session that does not answer as shown."""
    runner = _First(verbose=False)
    parse = doctest.DocTestParser().get_doctest
    test = parse(code, {"__name__": "__main__"}, "session", None, 0)
    runner.run(test, out=io.StringIO().write)
    return runner.found


class _First(doctest.DocTestRunner):
    """doctest's own comparison, which remembers the first difference."""

    found: dict[str, Any] = {"printed": []}  # noqa: RUF012

    def report_failure(self, out: Any, test: Any, example: Any, got: str) -> None:
        if "error" not in self.found:
            said = {"wanted": example.want, "got": got, "line": example.lineno + 1}
            self.found = {"error": got, **said}

    def report_unexpected_exception(
        self, out: Any, test: Any, example: Any, exc_info: Any
    ) -> None:
        said = "".join(traceback.format_exception_only(exc_info[1])).strip()
        self.report_failure(out, test, example, said + "\n")


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
