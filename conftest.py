"""Collect every example, formula and number of the pages and docstrings."""

from pathlib import Path

from sybil import Document, Sybil
from sybil.sybil import SybilCollection

from tests.adapter import SUITE

HERE = str(Path(__file__).parent)

pytest_collect_file = SybilCollection(
    [
        Sybil([SUITE.page], path=HERE, patterns=["docs/**/*.md"], name="page"),
        Sybil([SUITE.page], path=HERE, patterns=["README*.md"], name="readme"),
        Sybil(
            [SUITE.docstrings],
            path=HERE,
            patterns=["src/convarith/*.py"],
            document_types={".py": Document},
            name="docstring",
        ),
    ]
).pytest()
