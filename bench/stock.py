"""The same pages as Material shows them by itself, with MathJax at the reader's."""

from __future__ import annotations

import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.utils.yaml import yaml_load

# As Material's own manual says it, but for the host that MathJax comes from.
MATHS = """window.MathJax = {
  tex: {inlineMath: [["\\\\(", "\\\\)"]], displayMath: [["\\\\[", "\\\\]"]],
        processEscapes: true, processEnvironments: true},
  options: {ignoreHtmlClass: ".*|", processHtmlClass: "arithmatex"}
};
document$.subscribe(() => {
  MathJax.startup.output?.clearCache();
  MathJax.typesetClear?.();
  MathJax.texReset?.();
  MathJax.typesetPromise?.();
});
"""


def write(root: Path, configs: dict[str, str], site: Path, work: Path) -> None:
    """Build each language into a folder of the site."""
    for language, name in configs.items():
        docs = work / language
        shutil.copytree(root / "docs" / language, docs)
        shutil.copytree(root / "docs/theme/assets/figures", docs / "assets/figures")
        shutil.copytree(_mathjax(), docs / "assets/mathjax")
        (docs / "assets/maths.js").write_text(MATHS, "utf-8")
        with (root / name).open(encoding="utf-8") as known:
            ours = yaml_load(known)
        config = load_config(
            str(root / name),
            docs_dir=str(docs),
            site_dir=str(site / language),
            strict=False,
            **_plain(ours),
        )
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
        config.plugins.on_shutdown()


def _mathjax() -> Path:
    package = find_spec("mathjax")
    assert package is not None
    assert package.submodule_search_locations
    return Path(package.submodule_search_locations[0], "static/mathjax/es5")


def _plain(ours: dict[str, Any]) -> dict[str, Any]:
    """A config without what this site adds to Material."""
    theme = {
        k: v for k, v in ours["theme"].items() if k not in ("custom_dir", "favicon")
    }
    extensions = [
        {name: options}
        for name, options in ours["markdown_extensions"].items()
        if not name.startswith("verified_docs.")
    ]
    return {
        "theme": theme,
        "hooks": [],
        "plugins": ["search", {"mkdocstrings": ours["plugins"]["mkdocstrings"]}],
        "markdown_extensions": extensions,
        "extra": {},
        "extra_css": [],
        "extra_javascript": ["assets/maths.js", "assets/mathjax/tex-mml-chtml.js"],
    }
