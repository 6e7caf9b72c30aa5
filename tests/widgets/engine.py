"""Where the widgets stand, and what of them runs without a browser."""

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
