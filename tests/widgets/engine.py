"""Where the widgets stand, and what of them runs without a browser."""

from pathlib import Path

import pytest
from docs.javascript import ASSETS, Engine

from tests.adapter import ROOT

WIDGETS = ASSETS / "widgets"
ARITHMETIC = (
    "record",
    "reads",
    "sizes",
    "taps",
    "ranking",
    "solver",
    "errors",
)
ASKING = (ROOT / "tests" / "widgets" / "asking.js").read_text("utf-8")


def loaded(language: str = "en") -> Engine:
    """The arithmetic, as a page of this language has it."""
    modules = [WIDGETS / f"{name}.mjs" for name in ARITHMETIC]
    engine = Engine(*modules, language=language)
    engine.context.eval(ASKING)
    return engine


def plant(
    monkeypatch: pytest.MonkeyPatch, module: str, before: str, after: str
) -> None:
    """Let every engine find a fault in a module: what follows has to notice."""
    plain = Engine.plain

    def broken(self: Engine, path: Path) -> str:
        text = plain(self, path)
        if path != WIDGETS / module:
            return text
        assert before in text
        return text.replace(before, after, 1)

    monkeypatch.setattr(Engine, "plain", broken)
