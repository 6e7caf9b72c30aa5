"""Where the widgets stand, and what of them runs without a browser."""

from tests.adapter import ROOT

WIDGETS = ROOT / "docs" / "theme" / "assets" / "widgets"
ARITHMETIC = [
    WIDGETS / f"{name}.mjs" for name in ("sizes", "arrangement", "reasons", "solver")
]
WORDS = [
    WIDGETS / "words" / f"{part}{language}.mjs"
    for part in ("", "more.")
    for language in ("en", "zh")
]
ASKING = (ROOT / "tests" / "widgets" / "asking.js").read_text("utf-8")
