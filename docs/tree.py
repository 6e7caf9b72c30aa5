"""Print what each module is for, by the first line of its docstring."""

import ast
from pathlib import Path

ROOT = Path(__file__).parent.parent


def main() -> None:
    """Folder by folder, as the modules say it themselves."""
    for folder in ("src/convarith", "src/verified_docs", "docs", "tests", "bench"):
        print(f"\n{folder}")
        for path in sorted((ROOT / folder).rglob("*.py")):
            text = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
            if text and "template" not in path.parts:
                name = path.relative_to(ROOT / folder)
                print(f"  {name!s:<32} {text.splitlines()[0]}")


if __name__ == "__main__":
    main()
