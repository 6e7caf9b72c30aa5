"""Write what the blocks of the pages print behind their `#>`: python -m docs.outputs.

Only lines that are there already are written; a block that fails stays as it is.
"""

from __future__ import annotations

from tests.adapter import PROJECT, ROOT, SOURCES

from verified_docs import blocks, payload, source
from verified_docs.source import Falsehood, Item


def rewritten(text: str) -> str:
    """The page with the output of each Python block as a run gives it."""
    lines = text.splitlines(keepends=True)
    items = [item for section in source.page(text) for item in section.items]
    for block in reversed([item for item in items if item.kind == "python"]):
        try:
            found = list(blocks.groups(block, PROJECT.runner))
        except Falsehood as falsehood:
            print(f"  left as it is: {falsehood}")
            continue
        for start, end, wanted, got in reversed(found):
            if got != wanted:
                at = block.line - 1
                lines[at + start : at + end] = written(block, start, end, got, lines)
    return "".join(lines)


def written(block: Item, start: int, end: int, got: str, lines: list[str]) -> list[str]:
    """The lines between two statements, with this output in place of theirs."""
    old = lines[block.line - 1 + start : block.line - 1 + end]
    margin = next(
        (line[: line.find(payload.OUTPUT)] for line in old if payload.OUTPUT in line),
        "",
    )
    kept = [line for line in old if not line.strip().startswith(payload.OUTPUT)]
    new = [
        f"{margin}{payload.OUTPUT} {line}".rstrip() + "\n" for line in got.splitlines()
    ]
    return [*new, *kept]


def main() -> None:
    """Rewrite the pages of both languages, and say which have changed."""
    for name in (name for name in SOURCES if name.endswith(".md")):
        path = ROOT / name
        text = path.read_text("utf-8")
        if (new := rewritten(text)) != text:
            path.write_text(new, "utf-8")
            print(name)
    PROJECT.runner.close()


if __name__ == "__main__":
    main()
