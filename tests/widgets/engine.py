"""Where the widgets stand, and what of them runs without a browser."""

from docs.javascript import ASSETS, Engine

from convarith._sentences import LANGUAGES
from tests.adapter import ROOT

WIDGETS = ASSETS / "widgets"
ARITHMETIC = ("record", "sizes", "taps", "ranking", "solver", "errors")
ASKING = (ROOT / "tests" / "widgets" / "asking.js").read_text("utf-8")
WORDS = {
    language: [WIDGETS / "words" / f"{part}{language}.mjs" for part in ("", "more.")]
    for language in LANGUAGES
}


def loaded(language: str = "en") -> Engine:
    """The arithmetic with all its sentences, as a page of this language has it."""
    modules = [WIDGETS / f"{name}.mjs" for name in ARITHMETIC]
    engine = Engine(*modules, *WORDS[language], language=language)
    engine.context.eval(f"learn({language}.sentences)")
    engine.context.eval(ASKING)
    return engine
