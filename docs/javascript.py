"""JavaScript modules run without a browser: for figures, and for the checks.

The engine knows no files, so a module and what it imports are read here and
evaluated one after the other; what they export stands on `globalThis`. The default
export of `words/more.en.mjs` is called `more_en`.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import quickjs

IMPORT = re.compile(r'^import [^;]*? from "(?P<path>[^"]+)";$', re.MULTILINE)
EXPORT = re.compile(r"^export (?:const|function|class) (\w+)", re.MULTILINE)


class Engine:
    """Modules that are loaded, and whose functions are asked with plain values."""

    def __init__(self, *modules: Path) -> None:
        self.context = quickjs.Context()
        loaded: set[Path] = set()
        for module in modules:
            for path in _with_imports(module.resolve()):
                if path not in loaded:
                    loaded.add(path)
                    self.context.eval(self.plain(path))

    def plain(self, path: Path) -> str:
        """A module as a script; each keeps its own private names."""
        text = IMPORT.sub("", path.read_text("utf-8"))
        default = f"globalThis.{path.stem.replace('.', '_')} ="
        text = text.replace("export default", default)
        shared = "; ".join(
            f"globalThis.{name} = {name}" for name in EXPORT.findall(text)
        )
        body = re.sub(r"^export ", "", text, flags=re.MULTILINE)
        return f"(() => {{\n{body}\n{shared}\n}})();"

    def ask(self, expression: str, given: object = None) -> Any:
        """What an expression says of `given`, both as JSON carries them."""
        call = f"JSON.stringify(((given) => ({expression}))({json.dumps(given)}))"
        answer = self.context.eval(call)
        return None if answer is None else json.loads(answer)


def _with_imports(module: Path) -> list[Path]:
    found: list[Path] = []
    for match in IMPORT.finditer(module.read_text("utf-8")):
        for needed in _with_imports((module.parent / match["path"]).resolve()):
            if needed not in found:
                found.append(needed)
    return [*found, module]
