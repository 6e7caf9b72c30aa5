"""What Python tells the pages' JavaScript, and that JavaScript without a browser.

The modules of `convarith/` stand in no folder: MkDocs makes them part of each site, in
the site's language. An engine, for checks, evaluates them like the others.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import quickjs
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from convarith import ConvTranspose
from convarith._choices import LARGEST_KERNEL, LOOKED_AT_MOST
from convarith._explain import FORMULAS, PADDING
from convarith._from_text import KEEP_SIZES, TORCH_ORDER
from convarith._legal_values import LEAST
from convarith._say import spoken
from convarith._sentences import SENTENCES
from convarith.diagnosis import KINDS
from convarith.diagnosis.kind import alternatives, literal

DOCS = Path(__file__).parent
ASSETS = DOCS / "theme" / "assets"
WORDS = DOCS / "words.toml"

PARAMETERS = ConvTranspose.__match_args__
DEFAULTS = ConvTranspose.__init__.__kwdefaults__
# What a widget says, as the library words it: with an answer, and later.
REFUSALS = (
    *("got", "because", "valid", "axis", "stop"),
    *("whole", "line:missing"),
    *("at-least", "at-least:valid", "at-least:in_size"),
    *(f"at-least:{name}" for name in PARAMETERS),
    *("kernel-fits", "kernel-fits:because", "kernel-fits:valid"),
    *("output-padding-limit", "output-padding-limit:because", "up-to", "only-zero"),
    *("nothing-left", "nothing-left:because", "padding-or-less", "no-padding"),
    *("pool-padding", "pool-padding:because", "line:axes"),
)
REASONS = (
    *("shared", "alone", "exactly", "plus", "minus", "even", "uneven", "small"),
    *("sparse", "none", "real", "empty", "unmoved", "right", "left", "more"),
    *("nothing", "never", "nowhere", "surplus", "and", "unshared"),
    *("search-many", "search-many:because", "search-many:valid"),
    *("line:no-number", "at-least:out_size"),
)

# What a widget asks for by a name that is known only when it runs, and its type.
BY_NAME = {
    **{"DEFAULTS": "number", "LEAST": "number"},
    **{"SENTENCES": "string", "TORCH_ORDER": "string", "HERO": "string"},
    **{"CURES": "string[]", "PASTED": "string", "LAYERS": "string"},
    **{"STRIP": "string", "ORDERS": "string"},
}

# What a strip says of the sizes that fit, and of a scale.
STRIPS = (
    *("fits-every", "fits-multiples", "fits-nth", "fits-some", "fits-only"),
    *("fits-none", "strip-becomes", "and"),
    *("strip-log", "strip-fit", "strip-alt"),
)

# What is said of a pasted line that cannot be read.
UNREAD = ("line:no-parameter", "line:no-number", "line:missing", "line:axes")

INSTALL = re.compile(r"^\$ (.*pip install.*)$", re.MULTILINE)
ENTRY = re.compile(r"^##+ (?P<words>.+) \{ #(?P<anchor>[a-z-]+) \}$", re.MULTILINE)
# Words that stand in headings of any kind.
COMMON = {"be", "of", "one", "to"}

IMPORT = re.compile(r'^import [^;]*? from "(?P<path>[^"]+)";$', re.MULTILINE)
EXPORT = re.compile(r"^export (?:const|function|class) (\w+)", re.MULTILINE)
DEFAULT = re.compile(r"^export \{ (\w+) as default \};$", re.MULTILINE)


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """MkDocs asks which files a site has: these, too."""
    for path, text in written(config.theme["language"]).items():
        place = f"assets/{path.relative_to(ASSETS)}"
        files.append(File.generated(config, place, content=text))
    return files


def written(language: str) -> dict[Path, str]:
    """The modules that are written, with what each of them exports."""
    said = words(language)
    modules: dict[str, dict[str, Any]] = {
        "answer": {
            "PARAMETERS": PARAMETERS,
            "DEFAULTS": DEFAULTS,
            "LEAST": least(),
            "SENTENCES": {**sentences(REFUSALS, language), **said["refusals"]},
            "LABELS": said["labels"],
        },
        "hero": {"HERO": said["hero"], "INSTALL": install()},
        "explanation": {
            "REASONS": sentences(REASONS, language),
            "FORMULAS": formulas(),
            "LARGEST_KERNEL": LARGEST_KERNEL,
            "LOOKED_AT_MOST": LOOKED_AT_MOST,
            "CARDS": said["cards"],
        },
        "tracing": {"TRACING": said["tracing"]},
        "lab": {"LAB": said["lab"], "LAYERS": said["layers"]},
        "stairs": {"STAIRS": said["stairs"]},
        "messages": {"MESSAGES": messages()},
        "pasted": {
            "PASTED": {**said["pasted"], **sentences(UNREAD, language)},
            "TORCH_ORDER": order(),
        },
        "cures": {"CURES": cures(language)},
        "strip": {
            "STRIP": {**said["strip"], **sentences(STRIPS, language)},
            "ORDERS": TORCH_ORDER,
            "KEEP_SIZES": KEEP_SIZES.pattern,
        },
    }
    return {
        ASSETS / "convarith" / f"{name}.mjs": _module(exports)
        for name, exports in modules.items()
    }


def _module(exports: dict[str, Any]) -> str:
    lines = []
    for name, value in exports.items():
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        if name in BY_NAME:
            lines.append(f"/** @type {{Record<string, {BY_NAME[name]}>}} */\n")
        lines.append(f"export const {name} = {text};\n")
    return "".join(lines)


def order() -> dict[str, str]:
    """What torch's layers that a widget reads take, in their order."""
    read = re.compile("(?:Lazy)?Conv(?:Transpose)?|(?:Max|Avg)Pool")
    return {kind: names for kind, names in TORCH_ORDER.items() if read.fullmatch(kind)}


def cures(language: str) -> dict[str, tuple[str, str]]:
    """What each known message means and what to do, by its entry."""
    return {entry: kind.cause_and_fix(language) for kind, entry in KINDS.items()}


def install() -> str:
    """The command that the first page of the guide says and a test runs."""
    guide = (DOCS / "en" / "getting-started.md").read_text("utf-8")
    (first, *_) = INSTALL.findall(guide)
    return str(first)


def least() -> dict[str, int]:
    """The smallest legal value of each number that a widget has a box for."""
    return {name: LEAST[name] for name in ("in_size", "out_size", *PARAMETERS)}


def sentences(keys: Iterable[str], language: str) -> dict[str, str]:
    """Some sentences of the library in one language."""
    return {key: SENTENCES[key][spoken(language)] for key in keys}


def words(language: str) -> dict[str, dict[str, str]]:
    """What the page itself says in one language."""
    tables = tomllib.loads(WORDS.read_text("utf-8"))
    return {
        name: {key: twins[spoken(language)] for key, twins in table.items()}
        for name, table in tables.items()
    }


def formulas() -> dict[str, list[str]]:
    """The steps of convarith.explain, for the same padding at both ends."""
    two_p, two_n, *_ = PADDING["text"]
    return {
        kind: [
            step.replace("{two_p}", two_p).replace("{two_n}", two_n)
            for step in FORMULAS[kind, "text"]
        ]
        for kind in ("window", "transposed")
    }


def messages() -> list[list[str]]:
    """How each known message is recognised, its entry, and the words of its heading.

    Behind them stand words that every text has in which the pattern is found.
    """
    words = headings()
    return [
        [
            kind.name,
            pattern.replace("(?P<", "(?<"),
            entry,
            words[entry],
            literal(pattern),
        ]
        for kind, entry in KINDS.items()
        for wording in kind.wordings()
        for pattern in alternatives(wording.pattern)
    ]


def headings() -> dict[str, str]:
    """The words of each entry, by the page and anchor that the site gives it."""
    found = {}
    for path in sorted((DOCS / "en" / "errors").glob("*.md")):
        for entry in ENTRY.finditer(path.read_text("utf-8")):
            words = [
                word
                for word in re.findall(r"\w{2,}", entry["words"].lower())
                if word not in COMMON
            ]
            found[f"errors/{path.stem}/#{entry['anchor']}"] = " ".join(words)
    return found


class Engine:
    """Modules that are loaded, and whose functions are asked with plain values.

    The engine cannot open files, so this class reads a module and what it imports,
    and evaluates them one after the other; what they export is put on `globalThis`.
    """

    def __init__(self, *modules: Path, language: str = "en") -> None:
        self.context = quickjs.Context()
        self.written = written(language)
        loaded: set[Path] = set()
        for module in modules:
            for path in self._with_imports(module.resolve()):
                if path not in loaded:
                    loaded.add(path)
                    self.context.eval(self.plain(path))

    def text(self, path: Path) -> str:
        """A module as it stands in its folder, or as it is written."""
        return self.written.get(path) or path.read_text("utf-8")

    def plain(self, path: Path) -> str:
        """A module as a script; each keeps its own private names."""
        text = DEFAULT.sub("", IMPORT.sub("", self.text(path)))
        shared = "; ".join(
            f"globalThis.{name} = {name}"
            for name in [*EXPORT.findall(text), *DEFAULT.findall(self.text(path))]
        )
        body = re.sub(r"^export ", "", text, flags=re.MULTILINE)
        return f"(() => {{\n{body}\n{shared}\n}})();"

    def ask(self, expression: str, given: object = None) -> Any:
        """What an expression says of `given`, both as JSON carries them."""
        call = f"JSON.stringify(((given) => ({expression}))({json.dumps(given)}))"
        answer = self.context.eval(call)
        return None if answer is None else json.loads(answer)

    def _with_imports(self, module: Path) -> list[Path]:
        found: list[Path] = []
        for match in IMPORT.finditer(self.text(module)):
            for needed in self._with_imports((module.parent / match["path"]).resolve()):
                if needed not in found:
                    found.append(needed)
        return [*found, module]
