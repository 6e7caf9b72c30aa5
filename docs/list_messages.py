"""The table of messages that the pages read.

The search and the calculator know a message by the patterns of convarith.diagnosis,
and lead to its entry, which the search finds by the words of its heading.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from convarith.diagnosis import KINDS

DOCS = Path(__file__).parent
TABLE = DOCS / "theme" / "assets" / "messages.mjs"
ENTRY = re.compile(r"^##+ (?P<words>.+) \{ #(?P<anchor>[a-z-]+) \}$", re.MULTILINE)
# Words that stand in headings of any kind.
COMMON = {"be", "of", "one", "to"}
HEAD = """\
// Written by docs/tables.py: how each known message is recognised, and where
// its entry stands. The patterns are those of convarith.diagnosis.
/** @type {string[][]} the name, the pattern, the entry, and the words of its heading */
export const MESSAGES = [
"""
FOOT = """\
];

/** What is known of a message. @param {string} text */
export function known(text) {
  const line = text.slice(-100000).split(/\\s+/).join(" ");
  for (const [kind, pattern, page, words] of MESSAGES) {
    const found = RegExp(pattern).exec(line);
    if (found) return { kind, found: found.groups ?? {}, page, words };
  }
  return undefined;
}
"""


def headings() -> dict[str, str]:
    """The words of each entry, by the page and anchor that the site gives it."""
    found = {}
    for path in sorted((DOCS / "en" / "errors").glob("*.md")):
        for entry in ENTRY.finditer(path.read_text("utf-8")):
            words = [
                word
                for word in re.findall(r"\w{2,}", entry["words"].lower())
                if word not in COMMON
            ]
            found[f"errors/{path.stem}/#{entry['anchor']}"] = " ".join(words)
    return found


def table() -> str:
    """The module, as it should be."""
    words = headings()
    rows = [
        json.dumps(
            [
                kind.name,
                kind.pattern.replace("(?P<", "(?<"),
                page,
                words[page],
            ]
        )
        for kind, page in KINDS.items()
    ]
    return HEAD + "".join(f"  {row},\n" for row in rows) + FOOT
