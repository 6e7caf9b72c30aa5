"""What joins the checks of the documentation with convolutions: torch, and this site."""

from pathlib import Path

from tests.measurements import Torch
from verified_docs.blocks import site_markdown
from verified_docs.suite import Suite

ROOT = Path(__file__).parent.parent
LANGUAGES = ("en", "zh")

SUITE = Suite(site_markdown(ROOT / "mkdocs.yml"), Torch())
