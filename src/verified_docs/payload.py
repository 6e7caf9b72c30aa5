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
    if block.kind == "console":
        return before + "".join(f"{command}\n" for _, command, _ in commands(block))
    lines = script(block).splitlines()
    kept = [line for line in lines if not line.lstrip().startswith(OUTPUT)]
    return before + "\n".join(kept).strip("\n") + "\n"


def shown(language: str, text: str) -> str:
    """What the block says its code prints."""
    if language == "pycon":
        return "".join(
            example.want for example in doctest.DocTestParser().get_examples(text)
        )
    lines = text.splitlines()
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


def script(block: Item) -> str:
    """A block as a script, line by line: a session becomes code and `#>` lines."""
    if block.kind != "pycon":
        return block.text
    written = ""
    for part in doctest.DocTestParser().parse(block.text):
        if isinstance(part, doctest.Example):
            if part.exc_msg is not None:
                line = block.line + part.lineno
                raise Falsehood(
                    line, "a session ends in a traceback", "catch the error"
                )
            wanted = "".join(f"{OUTPUT} {line}\n" for line in part.want.splitlines())
            written += _printed(part) + wanted
        elif part.strip():
            why = f"neither code nor output: {part.strip()}"
            raise Falsehood(block.line, why, "begin each line of code with >>>")
        else:
            written += part
    return written


def _printed(example: doctest.Example) -> str:
    """A session shows a value by itself; a script has to print it."""
    try:
        body = ast.parse(example.source).body
    except SyntaxError:
        return example.source
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
