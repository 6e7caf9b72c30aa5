"""Running what a block says, and comparing what it prints with what it shows.

Every block runs by itself in an empty namespace, because that is how a reader
runs what the copy button gave. A difference is a `Falsehood` with its line.
"""

from __future__ import annotations

import ast
import contextlib
import doctest
import io
import itertools
import re
import shlex
import subprocess
import sys
import tempfile
import tokenize
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from verified_docs.blocks import Block
from verified_docs.payload import OUTPUT, PROMPT, payload, shown_output

# What a command prints; None where it is known but not run here.
Command = Callable[[str], str | None]


class Falsehood(AssertionError):
    """The page says what is not so; `line` is counted in the file."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(line, message)
        self.line = line
        self.message = message


def check(block: Block, run_command: Command | None = None) -> int:
    """Run one block; Falsehood where it does not do what it shows.

    Returns 1, or 0 for commands that are known but not run here.
    """
    before = block.before.copied if block.before else ""
    if block.copied != before + payload(block.language, block.text):
        raise Falsehood(
            block.line, "the copy button does not give the code of the block"
        )
    if block.language == "python":
        _check_script(block)
    elif block.language == "pycon":
        _check_session(block)
    elif block.language == "console":
        return _check_shell(block, run_command or in_a_shell)
    else:
        raise Falsehood(
            block.line,
            f"a block of the language {block.language!r} cannot be run; "
            "write python, pycon or console",
        )
    return 1


def _check_script(block: Block) -> None:
    """`#>` lines must be exactly what was printed since the last of them."""
    lines = block.text.splitlines()
    namespace = _namespace(block)
    statements = _parse(block).body
    _no_stray_words(block, block.text)
    if not statements:
        raise Falsehood(block.line, "a block without code")
    ends = [statement.lineno - 1 for statement in statements[1:]] + [len(lines)]
    printed = ""
    for statement, end in zip(statements, ends, strict=True):
        printed += _execute(block, statement, namespace)
        wanted = shown_output("python", "\n".join(lines[statement.end_lineno : end]))
        if wanted or end == len(lines):
            if printed != wanted:
                line = block.line + (statement.end_lineno or 1)
                line += _equal_lines(wanted, printed)
                raise Falsehood(line, _difference(wanted, printed))
            printed = ""


def _equal_lines(wanted: str, got: str) -> int:
    """How many lines agree before the first that does not."""
    pairs = zip(wanted.splitlines(), got.splitlines(), strict=False)
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], pairs))


def _namespace(block: Block) -> dict[str, Any]:
    """Empty, but for what the block that this one continues has left behind."""
    namespace: dict[str, Any] = {"__name__": "__main__"}
    if block.before is not None:
        with _empty_folder(), contextlib.redirect_stdout(io.StringIO()):
            exec(compile(block.before.copied, "<block above>", "exec"), namespace)
    return namespace


def all_output(block: Block) -> str:
    """What the copied code prints, the block it continues included."""
    before = all_output(block.before) if block.before else ""
    return before + shown_output(block.language, block.text)


def _no_stray_words(block: Block, code: str) -> None:
    """No output that is never compared, and no number in a comment."""
    for token in tokenize.generate_tokens(io.StringIO(code).readline):
        if token.type != tokenize.COMMENT:
            continue
        line = block.line + token.start[0] - 1
        if token.string.startswith(OUTPUT):
            if token.start[1] != 0:
                raise Falsehood(
                    line, f"{OUTPUT} is compared only at the start of a line"
                )
        elif re.search(r"(?<![A-Za-z\d])\d", token.string):
            raise Falsehood(line, "a number in a comment is asked of nobody")


def _parse(block: Block) -> ast.Module:
    try:
        return ast.parse(block.text)
    except SyntaxError as error:
        line = block.line + (error.lineno or 1) - 1
        raise Falsehood(line, f"this is not Python: {error.msg}") from None


def _execute(block: Block, statement: ast.stmt, namespace: dict[str, Any]) -> str:
    module = ast.Module([statement], type_ignores=[])
    code = compile(module, "<example>", "exec", dont_inherit=True)
    printed = io.StringIO()
    with _empty_folder(), contextlib.redirect_stdout(printed):
        try:
            exec(code, namespace)
        except Exception as error:
            line = block.line + statement.lineno - 1
            raise Falsehood(line, f"raised {type(error).__name__}: {error}") from error
    return printed.getvalue()


def _check_session(block: Block) -> None:
    """A session must answer as shown, and so must the script made of it."""
    for part in doctest.DocTestParser().parse(block.text):
        if isinstance(part, str) and part.strip():
            raise Falsehood(block.line, f"neither code nor output: {part.strip()}")
        if isinstance(part, doctest.Example):
            _no_stray_words(replace(block, line=block.line + part.lineno), part.source)
    test = doctest.DocTestParser().get_doctest(
        block.text, _namespace(block), "example", None, block.line - 1
    )
    report = io.StringIO()
    runner = _FirstFailure(verbose=False)
    with _empty_folder():
        runner.run(test, out=report.write)
    if runner.line is not None:
        raise Falsehood(block.line + runner.line, report.getvalue().strip())
    script = Block("python", block.copied, block.copied, block.line)
    wanted = all_output(block)
    namespace: dict[str, Any] = {"__name__": "__main__"}
    got = "".join(
        _execute(script, statement, namespace) for statement in _parse(script).body
    )
    if got != wanted:
        raise Falsehood(
            block.line, "copied and run as a script: " + _difference(wanted, got)
        )


class _FirstFailure(doctest.DocTestRunner):
    """doctest's own comparison, remembering the line of the first difference."""

    line: int | None = None

    def report_failure(
        self, out: Any, test: doctest.DocTest, example: doctest.Example, got: str
    ) -> None:
        if self.line is None:
            self.line = example.lineno
            out(_difference(example.want, got))

    def report_unexpected_exception(
        self, out: Any, test: doctest.DocTest, example: doctest.Example, exc_info: Any
    ) -> None:
        if self.line is None:
            self.line = example.lineno
            out(f"raised {exc_info[0].__name__}: {exc_info[1]}")


def _check_shell(block: Block, run_command: Command) -> int:
    """Each command must print the lines that follow it."""
    lines = block.text.splitlines()
    starts = [n for n, line in enumerate(lines) if line.startswith(PROMPT)]
    ran = 1
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        wanted = "".join(f"{line}\n" for line in lines[start + 1 : end])
        got = run_command(lines[start].removeprefix(PROMPT))
        if (got or "") != wanted:
            raise Falsehood(block.line + start, _difference(wanted, got or ""))
        if got is None:
            ran = 0
    return ran


def in_a_shell(command: str) -> str:
    """Run one command as a reader would, in an empty folder, and return its output."""
    words = shlex.split(command)
    # What is installed beside this Python comes first, as in an activated venv.
    beside = Path(sys.executable).parent / words[0]
    if words[0] == "python":
        words[0] = sys.executable
    elif beside.exists():
        words[0] = str(beside)
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            words, cwd=folder, capture_output=True, text=True, timeout=120, check=False
        )
    if done.returncode:
        return f"exit code {done.returncode}\n{done.stderr}"
    return done.stdout


@contextlib.contextmanager
def _empty_folder() -> Any:
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(Path(folder)):
        yield


def _difference(wanted: str, got: str) -> str:
    return (
        f"the page shows\n{_indent(wanted)}but this comes out\n{_indent(got)}".rstrip()
    )


def _indent(text: str) -> str:
    return "".join(f"    {line}\n" for line in text.splitlines()) or "    (nothing)\n"
