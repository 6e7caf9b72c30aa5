"""Whether a block does what it shows; each distinct text is run once."""

from __future__ import annotations

import ast
import importlib
import io
import json
import re
import subprocess
import sys
import tempfile
import tokenize
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import takewhile
from pathlib import Path
from textwrap import indent
from typing import Any

from verified_docs import payload
from verified_docs.source import Falsehood, Item

SERVER = Path(__file__).with_name("run.py")
# What a command printed; None where it is known, but not run here.
Command = Callable[[str], str | None]


def in_a_shell(command: str) -> str:
    """Run a command as a reader would, in an empty folder; what it printed."""
    # What is installed beside this Python comes first, as in an activated environment.
    path = f"{Path(sys.executable).parent}:/usr/bin:/bin"
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            ["bash", "-e", "-c", command],
            cwd=folder,
            env={"PATH": path, "OMP_NUM_THREADS": "1"},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    failed = f"exit code {done.returncode}\n{done.stderr}" if done.returncode else ""
    return failed or done.stdout


@dataclass
class Runner:
    """Runs code and commands, and remembers what each distinct text answered."""

    imports: Sequence[str] = ()
    command: Command = in_a_shell
    _answers: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.command = cache(self.command)

    def run(self, code: str) -> Any:
        """What run.py answers: "printed", by statement, and the "error" at its end."""
        # Comments are in the language of their page, and change nothing.
        key = ast.dump(ast.parse(code))
        if key not in self._answers:
            self.server.stdin.write(json.dumps(code) + "\n")
            self.server.stdin.flush()
            self._answers[key] = json.loads(self.server.stdout.readline())
        return self._answers[key]

    def begin(self) -> None:
        """Let the server import what the blocks need; this process measures with it."""
        assert self.server.pid
        for name in self.imports:
            importlib.import_module(name)

    def close(self) -> None:
        """End the server, if one was started."""
        if "server" in self.__dict__:
            self.server.terminate()
            self.server.communicate()

    @cached_property
    def server(self) -> Any:
        """The process that imports what the blocks need, and then waits for them."""
        return subprocess.Popen(
            [sys.executable, SERVER, *self.imports],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )


def check(block: Item, runner: Runner) -> int:
    """Run one block; Falsehood where it does not do what it shows.

    Returns 1, or 0 for commands that are known, but not run here.
    """
    checks = {"python": _script, "pycon": _script, "console": _console}
    if block.kind not in checks:
        why = f"a block of the language {block.kind!r} is not run"
        raise Falsehood(block.line, why, f"write one of {', '.join(checks)}")
    return checks[block.kind](block, runner)


def _script(block: Item, runner: Runner) -> int:
    """`#>` lines must be exactly what was printed since the last of them."""
    for start, end, wanted, got in groups(block, runner):
        if got != wanted:
            line = block.line + start + _equal_lines(wanted, got)
            raise _another(min(line, block.line + max(end - 1, start)), wanted, got)
    return 1


def groups(block: Item, runner: Runner) -> Iterator[tuple[int, int, str, str]]:
    """The output a block shows, and what came out: its lines, and both texts."""
    code = payload.script(block)
    statements = _parse(block.line, code)
    _no_stray_words(block.line, code)
    _no_numbers(block.line, statements)
    before = payload.copied(block.before) if block.before else ""
    said = runner.run(payload.copied(block))
    printed = said["printed"][len(ast.parse(before).body) :]
    if "error" in said:
        failed = statements[min(len(printed), len(statements) - 1)]
        line = block.line + failed.lineno - 1
        advice = "run the block alone, as its copy button gives it"
        raise Falsehood(line, f"this raises {said['error']}", advice)
    lines = code.splitlines()
    ends = [statement.lineno - 1 for statement in statements[1:]] + [len(lines)]
    got = ""
    for statement, end, text in zip(statements, ends, printed, strict=True):
        got += text
        start = statement.end_lineno or 1
        wanted = payload.shown("python", "\n".join(lines[start:end]))
        if wanted or end == len(lines):
            yield start, end, wanted, got
            got = ""


def _console(block: Item, runner: Runner) -> int:
    """Each command must print the lines that follow it."""
    known = 1
    for line, command, wanted in payload.commands(block):
        got = runner.command(command)
        if (got or "") != wanted:
            same = min(_equal_lines(wanted, got or "") + 1, wanted.count("\n"))
            raise _another(line + same, wanted, got or "")
        known = 0 if got is None else known
    return known


def _parse(line: int, code: str) -> list[ast.stmt]:
    try:
        statements = ast.parse(code).body
    except SyntaxError as error:
        line += (error.lineno or 1) - 1
        why = f"this is not Python: {error.msg}"
        raise Falsehood(
            line, why, "write output behind #>, and code as it runs"
        ) from None
    if not statements:
        raise Falsehood(line, "a block without code", "write some, or delete it")
    return statements


def _no_stray_words(line: int, code: str) -> None:
    """No output that is never compared, and no number in a comment."""
    for token in tokenize.generate_tokens(io.StringIO(code).readline):
        here = line + token.start[0] - 1
        if token.type != tokenize.COMMENT:
            continue
        if token.string.startswith(payload.OUTPUT):
            if token.start[1] != 0:
                why = "#> is compared only at the start of a line"
                raise Falsehood(here, why, "put it on a line of its own")
        elif re.search(r"(?<![A-Za-z\d])\d", token.string):
            advice = "print it, or say it in the sentence before the block"
            raise Falsehood(here, "a number in a comment is not checked", advice)


def _no_numbers(line: int, statements: list[ast.stmt]) -> None:
    """A docstring is a comment, too."""
    for node in ast.walk(ast.Module(statements, [])):
        text = node.value if isinstance(node, ast.Expr) else None
        said = str(text.value) if isinstance(text, ast.Constant) else ""
        if isinstance(node, ast.Expr) and re.search(r"(?<![A-Za-z\d])\d", said):
            why = "a number in a docstring is not checked"
            advice = "say it in the sentence before the block"
            raise Falsehood(line + node.lineno - 1, why, advice)


def _equal_lines(wanted: str, got: str) -> int:
    pairs = zip(wanted.splitlines(), got.splitlines(), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _another(line: int, wanted: str, got: str) -> Falsehood:
    same = _equal_lines(wanted, got)
    first = [(text.splitlines()[same:] or ["nothing"])[0] for text in (wanted, got)]
    advice = "if the code is right, make outputs writes what it prints"
    shown, printed = (indent(text or "(nothing)\n", "    ") for text in (wanted, got))
    details = f"the page shows\n{shown}but this comes out\n{printed}"
    why = f"the page shows {first[0]!r}, but this comes out: {first[1]!r}"
    return Falsehood(line, why, advice, details)
