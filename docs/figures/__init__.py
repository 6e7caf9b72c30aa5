"""The figures that show more than one layer on one axis, each in both languages."""

from __future__ import annotations

from convarith._svg import path, picture, rect, text

# What these figures have beside the marks of a layer.
RULES = """.cv .axis{stroke:var(--edge);stroke-width:1.5}.cv .t-ink{fill:var(--ink)}
.cv .at{stroke:var(--ink);stroke-width:1.5}.cv .dot{fill:var(--ink)}
.cv .reads{fill:none;stroke:var(--in-edge);stroke-width:2}.cv .reads-2{fill:none;stroke:var(--ker-edge);stroke-width:2}
.cv .lands{stroke:var(--out-edge);stroke-width:2}.cv .v{text-anchor:middle;font-size:14px;font-weight:600}
"""


class Figure:
    """Marks that are put down one after the other, and the words in one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.marks: list[str] = []

    def say(self, english: str, chinese: str) -> str:
        return chinese if self.language == "zh" else english

    def rect(
        self,
        kind: str,
        x: float,
        y: float,
        size: tuple[float, float],
        radius: float = 4,
    ) -> None:
        self.marks.append(rect(kind, x, y, *size, radius))

    def text(self, kind: str, x: float, y: float, words: object) -> None:
        self.marks.append(text(kind, x, y, words))

    def path(self, kind: str, line: str) -> None:
        self.marks.append(path(kind, line))

    def line(self, kind: str, x: float, y: float, end: tuple[float, float]) -> None:
        self.path(kind, f"M{x:.6g} {y:.6g}L{end[0]:.6g} {end[1]:.6g}")

    def dot(self, x: float, y: float) -> None:
        self.marks.append(f'<circle class="dot" cx="{x:.6g}" cy="{y:.6g}" r="4.5"/>')

    def cell(
        self,
        kind: str,
        x: float,
        y: float,
        size: tuple[float, float],
        words: object = "",
    ) -> None:
        """A cell between its neighbours, with what is written into it."""
        self.rect(kind, x + 1, y, (size[0] - 2, size[1]))
        if words != "":
            on = f"t-{kind[:-5]}" if kind.endswith("-soft") else f"on-{kind}"
            self.text(f"n {on}", x + size[0] / 2, y + size[1] / 2 + 4, words)

    def done(
        self, size: tuple[float, float], title: str, description: str, rules: str = ""
    ) -> str:
        return picture(
            size, title, description, self.marks, language=self.language, rules=RULES + rules
        )  # fmt: skip
