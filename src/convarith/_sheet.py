"""Where a scene stands in its picture: what is in sight, and each row's height."""

from __future__ import annotations

from convarith._say import say
from convarith._scene import Scene

WIDTH, LEFT, RIGHT, TOP = 720, 106, 18, 24.0
# How wide a column is at most, at least, and where its products are no longer drawn.
WIDEST, NARROW, TINY = 36, 19, 6
STACKED_AT_MOST, BARS_AT_MOST, ROWS_AT_MOST = 24, 4, 6


class Sheet:
    """A scene with its place: all columns, or so many at either end and a gap."""

    def __init__(self, scene: Scene, language: str) -> None:
        self.scene, self.language = scene, language
        self.column, self.ends, self.gap = self._in_sight()
        self.in_bars = self.column < TINY or scene.overlap > STACKED_AT_MOST
        self.right = self.x(scene.total)
        self.cells = self._cells()
        rows = min(len(self.cells), ROWS_AT_MOST) if self.in_bars else scene.overlap
        self.brick = max(3, min(17, 92 // rows))
        self._stack(rows * self.brick)

    def say(self, sentence: str, **values: int) -> str:
        numbers = {name: grouped(value) for name, value in values.items()}
        return say(self.language, sentence, **numbers)

    def _in_sight(self) -> tuple[float, int, float]:
        """The width of a column, how many there are at either end, and the gap."""
        scene, room = self.scene, WIDTH - LEFT - RIGHT
        column, gap = min(WIDEST, room / scene.total), 0.0
        if column < NARROW:
            gap = width_of(self.say("hidden", count=scene.cells)) + 16
            # A half shows all that a cell meets, and where the next one begins.
            half = (room - gap) / 2
            elided = min(NARROW, half / (scene.extent + scene.stride))
            if elided * scene.total > room:
                return elided, int(half / elided), gap
        return column, scene.total, 0

    def _cells(self) -> tuple[int, ...]:
        """The cells that begin in sight; of bars a few that do not cover each other."""
        few, stride, total = self.scene.cells, self.scene.stride, self.scene.total
        left = range(min(few, -(-self.ends // stride)))
        right = range(max(left.stop, -(-(total - self.ends) // stride)), few)
        if not self.in_bars:
            return (*left, *right)
        kept: list[int] = []
        for cell in sorted({*left[:BARS_AT_MOST], *(right or left)[-BARS_AT_MOST:]}):
            if not kept or self.x(cell * stride) - self.x(kept[-1] * stride) > 7:
                kept.append(cell)
        return tuple(kept)

    def _stack(self, stack: float) -> None:
        """The heights: from a transposed layer's input down, or from a window's up."""
        self.height = height = min(max(self.column, 14), 30)
        if self.scene.forward:
            self.bracket = TOP + 26.0
            self.columns = self.bracket + 6
            self.product, self.step = self.columns + height + 6, self.brick
            self.far = self.product + stack + 2
            self.row = self.near = self.far + 44
            self.ruler = self.row + height + 16
            self.bottom = self.ruler + 37
        else:
            self.row, self.near = TOP, TOP + height
            self.far = self.near + 44
            self.columns = self.far + stack + 8
            self.product, self.step = self.columns - 6 - self.brick, -self.brick
            self.ruler = self.columns + height + 16
            self.bracket = self.ruler + 25
            self.bottom = self.ruler + 74

    def x(self, column: int) -> float:
        """Where a column begins; in the gap there is room for all that are hidden."""
        if column <= self.ends:
            return LEFT + column * self.column
        edge, beyond = LEFT + self.ends * self.column, self.scene.total - self.ends
        if column < beyond:
            return edge + self.gap * (column - self.ends) / (beyond - self.ends)
        return edge + self.gap + (column - beyond) * self.column

    def visible(self) -> tuple[int, ...]:
        """The columns in sight."""
        total = self.scene.total
        return (*range(self.ends), *range(max(total - self.ends, self.ends), total))

    def met(self, cell: int) -> tuple[float, float]:
        """Where the columns that a cell meets begin and end."""
        start = cell * self.scene.stride
        return self.x(start), self.x(start + self.scene.extent)


def width_of(words: str, size: float = 12) -> float:
    """About as wide as a text is, in pixels."""
    return sum(size if character > "\u2fff" else 0.6 * size for character in words)


def grouped(number: int) -> str:
    """Digits in threes for the eye, by a narrow space that breaks no line."""
    return f"{number:,}".replace(",", "\u202f") if number >= 10_000 else str(number)
