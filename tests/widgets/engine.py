"""The widgets' arithmetic in a JavaScript engine, without a browser."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import quickjs

from tests.adapter import ROOT

WIDGETS = ROOT / "docs" / "theme" / "assets" / "widgets"
IMPORT = re.compile(r'^import [^;]*? from "(?P<path>[^"]+)";$', re.MULTILINE)
ALIAS = re.compile(r"^import (?P<name>\w+) from", re.MULTILINE)


@cache
def source(name: str) -> str:
    """A module and what it imports, each once, as one plain script."""
    return "\n".join(_plain(path) for path in _in_order(WIDGETS / name))


def _in_order(path: Path) -> list[Path]:
    found: list[Path] = []
    for match in IMPORT.finditer(path.read_text("utf-8")):
        for needed in _in_order((path.parent / match["path"]).resolve()):
            if needed not in found:
                found.append(needed)
    return [*found, path]


def _plain(path: Path) -> str:
    text = IMPORT.sub("", path.read_text("utf-8"))
    text = text.replace("export default", f"globalThis.{path.stem}Words =")
    # Each module keeps its own private names.
    names = re.findall(r"^export (?:const|function|class) (\w+)", text, re.MULTILINE)
    body = re.sub(r"^export ", "", text, flags=re.MULTILINE)
    shared = "; ".join(f"globalThis.{name} = {name}" for name in names)
    return f"(() => {{\n{body}\n{shared}\n}})();"


class Engine:
    """Modules of the widgets, loaded; their functions are called with JSON."""

    def __init__(self, *names: str) -> None:
        self.context = quickjs.Context()
        for name in names:
            self.context.eval(source(name))

    def ask(self, expression: str, given: object = None) -> Any:
        """What an expression says of `given`, as Python reads JSON."""
        program = f"JSON.stringify(((given) => ({expression}))({json.dumps(given)}))"
        answer = self.context.eval(program)
        return None if answer is None else json.loads(answer)
