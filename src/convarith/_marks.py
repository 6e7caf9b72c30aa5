"""The marks of a picture, from the cells to the bracket around what is kept."""

from __future__ import annotations

from collections.abc import Iterator

from convarith._scene import LONELY
from convarith._sheet import LEFT, TINY, WIDEST, Sheet, grouped, width_of
from convarith._svg import funnel, path, rect, text

# What is written on a kind of column, and how round its corners are.
ON = {"out": "on-out", "in": "on-in", "op": "on-op", "bias": "t-op i", "hole": "t-out"}
ROUND = {"op": 9, "bias": 9}
AMBER = ("ker", "ker-2")


def marks(sheet: Sheet) -> list[str]:
    """Everything, those first that others cover."""
    stack = _bars(sheet) if sheet.in_bars else _products(sheet)
    rest = () if sheet.scene.forward else _blades(sheet)
    parts = (_names(sheet), _funnels(sheet), stack, _cells(sheet), _columns(sheet))
    return [one for part in (*parts, _ruler(sheet), _kept(sheet), rest) for one in part]


def _names(sheet: Sheet) -> Iterator[str]:
    """What the rows are, beside them."""
    high = sheet.height
    middle = (sheet.far + sheet.columns + high * sheet.scene.forward) / 2
    names = (
        ("row-output", "row-windows", "row-padded")
        if sheet.scene.forward
        else ("row-input", "row-products", "row-full")
    )
    heights = sheet.row + high / 2, middle, sheet.columns + high / 2
    for name, height in zip(names, heights, strict=True):
        yield text("", 18, height + 4, sheet.say(name))
    length = sheet.scene.length
    for words in (sheet.say("row-length", count=length), grouped(length)):
        if width_of(words) < LEFT - 18:
            yield text("", 18, sheet.ruler + 14, words)
            return


def _funnels(sheet: Sheet) -> Iterator[str]:
    for cell in sheet.cells:
        start, stop = sheet.met(cell)
        far = start, stop - start, sheet.far
        yield funnel(start, sheet.near, _cell_width(sheet) + 2, far)


def _cell_width(sheet: Sheet) -> float:
    return max(min(sheet.column, 14 if sheet.in_bars else WIDEST) - 2, 5)


def _products(sheet: Sheet) -> Iterator[str]:
    """A product for each cell that a column meets, in the order of the cells."""
    wide, high = max(sheet.column - 3, 1), max(sheet.brick - 1.6, 1.4)
    for column in sheet.visible():
        kind, _ = sheet.scene.kind(column)
        for level, cell in enumerate(sheet.scene.met(column)):
            own = kind if kind in ("crop", "pad") else AMBER[cell % 2]
            y = sheet.product + level * sheet.step
            yield rect(own, sheet.x(column) + 1.5, y, wide, high, 2.5)


def _bars(sheet: Sheet) -> Iterator[str]:
    """For each cell one bar, as far as its products reach."""
    for order, cell in enumerate(sheet.cells):
        start, stop = sheet.met(cell)
        y = sheet.product + order % 6 * sheet.step
        wide = max(stop - start, 2)
        yield rect(AMBER[cell % 2], start, y, wide, sheet.brick - 1.6, 2.5)


def _cells(sheet: Sheet) -> Iterator[str]:
    kind, size = (
        "out" if sheet.scene.forward else "in",
        (_cell_width(sheet), sheet.height),
    )
    for cell in sheet.cells:
        label = "" if sheet.in_bars else str(cell + 1)
        yield _cell(kind, sheet.met(cell)[0] + 1, sheet.row, size, label)
    hidden = sheet.scene.cells - len(sheet.cells)
    middle = sheet.x(sheet.ends) + sheet.gap / 2
    if hidden:
        look, x = ("mid", middle) if sheet.gap else ("end", sheet.right)
        words = sheet.say("hidden", count=hidden)
        yield text(look, x, sheet.row + sheet.height / 2 + 4, words)
    if sheet.gap:
        low = sheet.columns + (0 if sheet.scene.forward else sheet.height)
        heights = range(round(min(sheet.near, low)) + 5, round(max(sheet.near, low)), 7)
        for side in (middle - 9, middle + 9):
            points = (f"{side + (-4) ** (n % 2):g} {y}" for n, y in enumerate(heights))
            yield path("gap", "M" + "L".join(points))


def _cell(kind: str, x: float, y: float, size: tuple[float, float], label: str) -> str:
    """A cell, with what is written into it where that fits."""
    wide, high = size
    own = rect(kind, x, y, wide, high, ROUND.get(kind, 4))
    if kind not in ON or not label or wide < max(15, width_of(label, 11) + 3):
        return own
    return own + text(f"n {ON[kind]}", x + wide / 2, y + high / 2 + 4, label)


def _columns(sheet: Sheet) -> Iterator[str]:
    scene = sheet.scene
    for column in () if sheet.in_bars else sheet.visible():
        kind, label = scene.kind(column)
        size = max(sheet.column - 2, 1.5), sheet.height
        yield _cell(kind, sheet.x(column) + 1, sheet.columns, size, label)
    for start, stop, kind, _ in scene.segments if sheet.in_bars else ():
        look = LONELY.get(kind, kind) if scene.extent < scene.stride else kind
        wide = max(sheet.x(stop) - sheet.x(start), 4)
        yield rect(look, sheet.x(start), sheet.columns, wide, sheet.height)


def _ruler(sheet: Sheet) -> Iterator[str]:
    """How the length comes about: the way to the last cell, what it meets, the rest."""
    scene = sheet.scene
    last = (scene.cells - 1) * scene.stride
    product = f"({grouped(scene.cells)} − 1) × {grouped(scene.stride)}"
    kind, reached = "out" if scene.forward else "in", last + scene.extent
    for start, stop, look, all_words in (
        (0, last, kind, (f"{product} = {grouped(last)}", grouped(last))),
        (last, reached, "ker", (grouped(scene.extent),)),
        (reached, scene.length, "", ()),
    ):
        left, right = sheet.x(start) + 1, sheet.x(stop) - 1
        if start < stop:
            colour = f"{look}-soft" if look else "crop"
            yield rect(colour, left, sheet.ruler, max(right - left, 2), 19, 5)
        for words in all_words:
            if start < stop and width_of(words) + 6 < right - left:
                middle = (left + right) / 2
                yield text(f"b mid t-{look}", middle, sheet.ruler + 14, words)
                break


def _kept(sheet: Sheet) -> Iterator[str]:
    """The bracket around the output, or around the input between its padding."""
    kept, forward = sheet.scene.kept, sheet.scene.forward
    own, way, said = ("in", -1, "kept-in") if forward else ("out", 1, "kept-out")
    left, right, y = sheet.x(kept.start) + 1, sheet.x(kept.stop) - 1, sheet.bracket
    yield path(f"b-{own}", f"M{left:.6g} {y - way:g}v{way * 8}H{right:.6g}v{-way * 8}")
    words = sheet.say(said, count=kept.stop - kept.start)
    # Beside it stand numbers; a short bracket has its own below them.
    low = 25 if right - left > width_of(words, 14) + 30 else 40
    yield text(
        f"h mid t-{own}", (left + right) / 2, y - 16 if forward else y + low, words
    )
    for added, x, look in (
        (kept.start, left - 8, "b t-crop end"),
        (sheet.scene.length - kept.stop, right + 8, "b t-crop"),
    ):
        if forward and added:
            yield text(look, x, y - 4, f"+{grouped(added)}")


def _blades(sheet: Sheet) -> Iterator[str]:
    """Where the full result is cut, and how far output_padding has moved the cut."""
    scene, kept, y = sheet.scene, sheet.scene.kept, sheet.bracket
    given = [one for one in scene.segments if one.kind in ("op", "bias")]
    moved, top = sum(one.stop - one.start for one in given), sheet.far - 14
    if moved:
        left, right = sheet.x(kept.stop - moved), sheet.x(kept.stop) - 1
        yield path("was", f"M{left:.6g} {top:g}V{y + 3:g}")
        yield path("plus", f"M{left + 1:.6g} {y + 7:g}H{right:.6g}")
        if right - left > TINY * 2:
            yield path(
                "go", f"M{left + 4:.6g} {top + 5:g}H{right - 4:.6g}m-6 -5l6 5l-6 5"
            )
        yield text("b end t-op", right - 3, y + 25, f"+{grouped(moved)}")
    for column, way, cut, look in (
        (kept.start, -1, kept.start, "b t-crop end"),
        (kept.stop, 1, scene.length - kept.stop, "b t-crop"),
    ):
        x = sheet.x(column)
        if cut > 0 or (way > 0 and moved):
            yield path("blade", f"M{x:.6g} {top:g}V{y + 5:g}")
            yield path("head", f"M{x:.6g} {top:g}h{way * 11}l{-way * 11} 12z")
        if cut > 0:
            yield text(look, x + way * 7, y + 23, f"−{grouped(cut)}")
