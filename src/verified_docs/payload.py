"""What the copy button gives, and what a block says that it prints."""

from __future__ import annotations

import ast
import doctest

from verified_docs.source import Falsehood, Item

OUTPUT = "#>"
PROMPT = "$ "


def copied(block: Item) -> str:
    """The code of a block, ready to run, with what it continues."""
    before = copied(block.before) if block.before else ""
    return before + _code(block)


def shown(language: str, text: str) -> str:
    """What the block says its code prints."""
    lines = text.splitlines()
    if language == "pycon":
        return "".join(example.want for example in session(text))
    if language == "console":
        return "".join(f"{line}\n" for line in lines if not line.startswith(PROMPT))
    output = [line[len(OUTPUT) :] for line in lines if line.startswith(OUTPUT)]
    return "".join(f"{line.removeprefix(' ')}\n" for line in output)


def commands(block: Item) -> list[tuple[int, str, str]]:
    """Each command of a console block: its line, what to run, and what it prints."""
    found: list[tuple[int, str, str]] = []
    for number, line in enumerate(block.text.splitlines(), block.line):
        if line.startswith(PROMPT):
            found.append((number, line.removeprefix(PROMPT), ""))
        elif found:
            start, command, output = found[-1]
            found[-1] = (start, command, f"{output}{line}\n")
        else:
            advice = f"begin each command with {PROMPT!r}"
            raise Falsehood(number, "a console block begins without a command", advice)
    return found


def session(text: str) -> list[doctest.Example]:
    """The examples of a session."""
    return doctest.DocTestParser().get_examples(text)


def _code(block: Item) -> str:
    if block.kind == "console":
        return "".join(f"{command}\n" for _, command, _ in commands(block))
    if block.kind == "pycon":
        return "".join(_as_script(example, block) for example in session(block.text))
    lines = block.text.splitlines()
    kept = [line for line in lines if not line.lstrip().startswith(OUTPUT)]
    return "\n".join(kept).strip("\n") + "\n"


def _as_script(example: doctest.Example, block: Item) -> str:
    """A session shows a value by itself; a script has to print it."""
    if example.exc_msg is not None:
        line = block.line + example.lineno
        raise Falsehood(line, "a session ends in a traceback", "catch the error")
    body = ast.parse(example.source).body
    if not example.want or len(body) != 1 or not isinstance(body[0], ast.Expr):
        return example.source
    value = body[0].value
    source = ast.get_source_segment(example.source, value) or ""
    if source.startswith("print("):
        return example.source
    comment = example.source.rstrip().removeprefix(source)
    code = f"({source})" if isinstance(value, ast.Tuple) else source
    said = f"repr({code})" if example.want[0] in "'\"" else code
    return f"print({said}){comment}\n"
