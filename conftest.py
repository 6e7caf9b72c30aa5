"""Collect every example, formula and number of the pages and docstrings."""

from sybil import Document, Sybil
from tests.adapter import SUITE

pages = Sybil([SUITE.page], patterns=["*.md"], name="page")
docstrings = Sybil(
    [SUITE.docstrings],
    patterns=["src/convarith/*.py"],
    document_types={".py": Document},
    name="docstring",
)

pytest_collect_file = (pages + docstrings).pytest()
