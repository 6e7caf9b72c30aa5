"""Run every notebook as its reader would, from the first cell to the last.

`make test` compares the cells with the blocks that were checked one by one; here they
run one after the other in one kernel, and must print what stands under them.
"""

from __future__ import annotations

import ast
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from typing import Any

import nbformat
from docs import copies
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from tests.adapter import PAGES, ROOT, page_names
from verified_docs.source import Falsehood

PATIENCE = 300


def notebooks() -> Iterator[tuple[str, Any]]:
    """Every notebook by its name; one whose code another language has is not run twice."""
    seen = set()
    for language in PAGES:
        for name in page_names(language):
            cells = copies.Page(language, name, "http://localhost:8000").notebook
            if cells is None:
                continue
            notebook = nbformat.from_dict(cells)
            nbformat.validate(notebook)
            key = tuple(ast.dump(ast.parse(cell.source)) for cell in run(notebook))
            if key not in seen:
                seen.add(key)
                yield f"{language}/{name}", notebook


def run(notebook: Any) -> list[Any]:
    """The cells that run, behind the one that installs."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"][1:]


def without_installing(notebook: Any) -> Any:
    """For another notebook that needs the same: everything is there."""
    notebook.cells = notebook.cells[1:]
    return notebook


def check(notebook: Any) -> int:
    """How many cells print what stands under them; Falsehood for one that does not."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    wanted = {cell.id: said(cell) for cell in cells}
    with tempfile.TemporaryDirectory() as folder:
        context = {"metadata": {"path": folder}}
        try:
            NotebookClient(notebook, timeout=PATIENCE, resources=context).execute()
        except CellExecutionError as error:
            raise Falsehood(1, "a cell fails", str(error).strip()) from None
    for cell in cells:
        if cell.id != "install" and said(cell) != wanted[cell.id]:
            why = f"{cell.id} prints {said(cell)!r}"
            raise Falsehood(1, why, f"its page says {wanted[cell.id]!r}")
    return len(cells)


def said(cell: Any) -> str:
    """What a cell printed; warnings go elsewhere."""
    streams = [o for o in cell.outputs if o.get("name") == "stdout"]
    return "".join(output.text for output in streams)


def from_here() -> dict[str, str]:
    """The repository's address leads to this clone: what is pushed later is installed."""
    return {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.file://{ROOT}.insteadOf",
        "GIT_CONFIG_VALUE_0": copies.REPOSITORY,
    }


def main() -> None:
    """Run all, or those whose names have one of the arguments in them."""
    os.environ |= from_here()
    # The cells have the library from their first one, not from this folder.
    os.environ.pop("PYTHONPATH", None)
    installed, total, red = set[str](), 0, 0
    for name, notebook in notebooks():
        if not any(part in name for part in sys.argv[1:] or [""]):
            continue
        packages = notebook.cells[0].source.splitlines()[1]
        if packages in installed:
            notebook = without_installing(notebook)
        installed.add(packages)
        start = time.monotonic()
        try:
            cells = check(notebook)
        except Falsehood as falsehood:
            red += 1
            print(f"{name}: {falsehood.cause}\n  {falsehood.advice}", flush=True)
        else:
            total += cells
            print(
                f"{name}: {cells} cells, {time.monotonic() - start:.0f} s", flush=True
            )
    print(f"{total} cells ran as their pages say; {red} notebooks did not")
    sys.exit(red > 0)


if __name__ == "__main__":
    main()
