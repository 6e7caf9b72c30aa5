"""JavaScript that is fetched together in one file: a module with all that it imports.

No name and no order is touched: a tool that rewrote more once moved a count past an
`await`, and an old answer stood under a new error.
"""

from __future__ import annotations

import posixpath
import re
from functools import cached_property
from pathlib import Path

IMPORT = re.compile(r'^import (?P<what>[^;]*?) from "(?P<path>[^"]+)";\n', re.MULTILINE)
LATER = re.compile(r'\bimport\("(?P<path>[^"]+)"\)')
EXPORT = re.compile(
    r"^export ((?:async )?(?:function\*?|const|class) (\w+))", re.MULTILINE
)
DEFAULT = re.compile(r"^export \{ (\w+) as default \};$", re.MULTILINE)
# It may speak of types, which are no imports.
COMMENT = re.compile(r"/\*.*?\*/|^\s*//.*?$", re.DOTALL | re.MULTILINE)
# A module that two files bring is still there once.
ONCE = """const $modules = globalThis.modules ??= new Map();
const $once = (name, make) =>
  $modules.get(name) ?? $modules.set(name, make()).get(name);
"""


class Module:
    """A file as it stands, and what it asks for."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.text = path.read_text("utf-8")

    @cached_property
    def needs(self) -> list[Path]:
        """What it cannot run without."""
        return [self._at(found["path"]) for found in IMPORT.finditer(self.text)]

    @cached_property
    def later(self) -> list[Path]:
        """What it asks for when somebody needs it."""
        plain = COMMENT.sub("", self.text)
        return [self._at(found["path"]) for found in LATER.finditer(plain)]

    def _at(self, path: str) -> Path:
        return Path(posixpath.normpath((self.path.parent / path).as_posix()))

    @property
    def exports(self) -> dict[str, str]:
        """What it exports, by the names that it has inside."""
        named = {name: name for _, name in EXPORT.findall(self.text)}
        return named | dict.fromkeys(DEFAULT.findall(self.text), "default")

    def inside(self, name_of: dict[Path, str]) -> str:
        """The module as the body of a function."""

        def taken(found: re.Match[str]) -> str:
            what = found["what"].replace(" as ", ": ")
            if not what.startswith("{"):
                what = f"{{ default: {what} }}"
            return f"const {what} = {name_of[self._at(found['path'])]};\n"

        body = EXPORT.sub(r"\1", DEFAULT.sub("", IMPORT.sub(taken, self.text)))
        out = ", ".join(
            name if name == inside else f"{name}: {inside}"
            for inside, name in self.exports.items()
        )
        return f"{body}\nreturn {{ {out} }};"


def join(assets: Path, entries: list[Path]) -> None:
    """Write each module that is asked for with what it needs."""
    modules: dict[Path, Module] = {}
    asked = list(entries)
    for path in asked:
        for needed in _order(path, modules):
            asked += [one for one in modules[needed].later if one not in asked]
    written = {path: _joined(path, modules, assets) for path in asked}
    for path, text in written.items():
        path.write_text(text, "utf-8")


def _order(path: Path, modules: dict[Path, Module]) -> list[Path]:
    """What a module needs, each after what it needs itself, and the module."""
    module = modules.get(path) or modules.setdefault(path, Module(path))
    found: dict[Path, None] = {}
    for needed in module.needs:
        found |= dict.fromkeys(_order(needed, modules))
    return [*found, path]


def _joined(path: Path, modules: dict[Path, Module], assets: Path) -> str:
    order = _order(path, modules)
    name_of = {
        one: "_"
        + re.sub(r"\W", "_", one.relative_to(assets).with_suffix("").as_posix())
        for one in order
    }
    parts = [
        f'const {name_of[one]} = $once("{one.relative_to(assets)}", () => {{\n'
        f"{modules[one].inside(name_of)}\n}});\n"
        for one in order
    ]
    exports = modules[path].exports
    last = ", ".join(name for name in exports.values() if name != "default")
    default = [name for name in exports.values() if name == "default"]
    parts += [f"export const {{ {last} }} = {name_of[path]};\n"] if last else []
    parts += [f"export default {name_of[path]}.default;\n"] if default else []
    return ONCE + "".join(parts)
