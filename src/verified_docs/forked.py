"""Run scripts one by one, each forked from a process that has only imported things.

Reads {"imports": [...], "scripts": [...]} from standard input and writes one
[exit code, output, errors] for each script. It imports nothing but the standard
library, so that it can be started by any Python: python -I forked.py.
"""

import importlib
import json
import os
import signal
import sys
import tempfile
import traceback
from pathlib import Path

PATIENCE = 60


def run(script: str) -> tuple[int, str, str]:
    """One script in an empty folder and an empty namespace, in a process of its own."""
    with (
        tempfile.TemporaryDirectory() as streams,
        tempfile.TemporaryDirectory() as folder,
    ):
        paths = [Path(streams, name) for name in ("out", "err")]
        child = os.fork()
        if child == 0:
            _become(script, folder, paths)
        _, status = os.waitpid(child, 0)
        code = os.waitstatus_to_exitcode(status)
        out, err = (path.read_text("utf-8") for path in paths)
    return code, out, err


def _become(script: str, folder: str, paths: list[Path]) -> None:
    """Never returns: what is left of this process is the script."""
    code = 1
    try:
        for number, path in enumerate(paths, 1):
            os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT), number)
        signal.alarm(PATIENCE)
        os.chdir(folder)
        exec(compile(script, "<copied>", "exec"), {"__name__": "__main__"})
        code = 0
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def main() -> None:
    """Import, then run every script."""
    asked = json.load(sys.stdin)
    for name in asked["imports"]:
        importlib.import_module(name)
    json.dump([run(script) for script in asked["scripts"]], sys.stdout)


if __name__ == "__main__":
    main()
