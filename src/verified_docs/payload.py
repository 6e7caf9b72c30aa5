"""What the copy button gives: the code alone, ready to run."""

from __future__ import annotations

import ast
import doctest
import textwrap

OUTPUT = "#>"
PROMPT = "$ "


class PayloadError(ValueError):
    """A block whose code cannot be told from its output."""


def payload(language: str, text: str) -> str:
    """The runnable part of a block, without prompts and without output."""
    if language == "pycon":
        return _from_session(text)
    if language == "console":
        return _from_shell(text)
    if language == "python":
        return _without_output(text)
    return text


def shown_output(language: str, text: str) -> str:
    """What the block says its code prints."""
    lines = text.splitlines()
    if language == "pycon":
        return "".join(example.want for example in _session(text))
    if language == "console":
        return "".join(f"{line}\n" for line in lines if not line.startswith(PROMPT))
    return "".join(
        f"{line[len(OUTPUT) :].removeprefix(' ')}\n"
        for line in lines
        if line.startswith(OUTPUT)
    )


def _without_output(text: str) -> str:
    code = [line for line in text.splitlines() if not line.lstrip().startswith(OUTPUT)]
    return "\n".join(code).strip("\n") + "\n"


def _from_shell(text: str) -> str:
    commands = [
        line.removeprefix(PROMPT)
        for line in text.splitlines()
        if line.startswith(PROMPT)
    ]
    if not commands:
        raise PayloadError(
            f"a console block without a line that starts with {PROMPT!r}"
        )
    return "\n".join(commands) + "\n"


def _session(text: str) -> list[doctest.Example]:
    return doctest.DocTestParser().get_examples(textwrap.dedent(text))


def _from_session(text: str) -> str:
    examples = _session(text)
    if not examples:
        raise PayloadError("a pycon block without a line that starts with '>>>'")
    return "".join(_as_script(example) for example in examples)


def _as_script(example: doctest.Example) -> str:
    """A session shows a value by itself; a script has to print it."""
    if example.exc_msg is not None:
        raise PayloadError(
            "a session that ends in a traceback; catch the error instead"
        )
    body = ast.parse(example.source).body
    if not example.want or len(body) != 1 or not isinstance(body[0], ast.Expr):
        return example.source
    value = body[0].value
    if _is_print(value):
        return example.source
    source = ast.get_source_segment(example.source, value) or ""
    comment = example.source.rstrip().removeprefix(source)
    # A bare tuple would become several arguments.
    code = f"({source})" if isinstance(value, ast.Tuple) else source
    shown = f"repr({code})" if example.want[0] in "'\"" else code
    return f"print({shown}){comment}\n"


def _is_print(value: ast.expr) -> bool:
    return (
        isinstance(value, ast.Call)
        and isinstance(value.func, ast.Name)
        and value.func.id == "print"
    )
