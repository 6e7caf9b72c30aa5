"""The matrix of a convolution, the overlap on 2 axes, and the steps of the sizes."""

from __future__ import annotations

import re
from itertools import product

from docs.figures import Figure
from docs.javascript import ASSETS

from convarith import Conv, ConvTranspose, taps
from convarith._svg import palettes

Row = list[int]


def matrix(language: str) -> str:
    """A convolution as a matrix, and the transposed matrix beside it."""
    figure, cell, top, size = Figure(language), 34, 72, 7
    layer, weights, x = Conv(3, stride=2), (1, 2, 3), [1, 0, 0, 5, 0, 50, 0]
    rows = [[0] * size for _ in range(layer.out_size(size))]
    for n, row in enumerate(rows):
        for tap, place in enumerate(layer.inputs_of(n, size)):
            row[place] = weights[tap]
    turned = [list(column) for column in zip(*rows, strict=True)]
    y = _times(rows, x)
    back = _times(turned, y)

    def vector(left: float, values: Row, kind: str, name: str) -> None:
        high = top + (size - len(values)) * cell / 2
        for n, value in enumerate(values):
            figure.rect(kind, left, high + n * cell + 1, (cell + 6, cell - 2))
            figure.text(f"mono v on-{kind}", left + 20, high + n * cell + 22, value)
        figure.text(f"mono mid t-{kind}", left + 20, high - 8, name)

    def table(left: float, values: list[Row], name: str, banded: int) -> None:
        high = top + (size - len(values)) * cell / 2
        for n, row in enumerate(values):
            for m, value in enumerate(row):
                kind = "ker-soft" if (n, m)[banded] % 2 else "ker"
                look = "t-ker" if (n, m)[banded] % 2 else "on-ker"
                x, y = left + m * cell, high + n * cell
                figure.rect(
                    kind if value else "pad", x + 1, y + 1, (cell - 2, cell - 2)
                )
                figure.text(f"mono v {look}" if value else "mid", x + 17, y + 21, value)
        words = f"{name}  {len(values)} × {len(values[0])}"
        figure.text("mono mid t-ker", left + len(values[0]) * cell / 2, high - 8, words)

    middle = top + size * cell / 2 + 6
    figure.text("h", 24, 32, figure.say("convolution", "卷积"))
    figure.text("mono", 24, 50, "y = C @ x")
    vector(24, y, "out", f"y  {len(y)}")
    figure.text("h mid", 82, middle, "=")
    table(100, rows, "C", 0)
    figure.text("h mid", 354, middle, "×")
    vector(370, x, "in", f"x  {size}")
    figure.line("hair", 428, 24, (428, top + size * cell + 4))
    figure.text("h", 446, 32, figure.say("transposed convolution", "转置卷积"))
    figure.text("mono", 446, 50, "C.T @ y")
    vector(446, back, "out", str(len(back)))
    figure.text("h mid", 502, middle, "=")
    table(518, turned, "C.T", 1)
    figure.text("h mid", 635, middle, "×")
    vector(649, y, "in", f"y  {len(y)}")
    title = figure.say(
        "A convolution as a matrix, and its transpose", "卷积写成矩阵，以及它的转置"
    )
    description = figure.say(
        "C has 3 rows and 7 columns; each row holds the weights 1, 2, 3, 2 positions further right than the row above. C.T has 7 rows and 3 columns. The size is 7 again, the values are not.",
        "C 有 3 行 7 列，每一行放着权重 1、2、3，比上一行右移 2 个位置。C.T 有 7 行 3 列。尺寸变回 7，数值没有变回来。",
    )
    return figure.done((714, top + size * cell + 20), title, description)


def _times(rows: list[Row], vector: Row) -> Row:
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in rows]


def overlap(language: str) -> str:
    """How many products each output sums on 2 axes, in the colours of the lab."""
    figure, cell, in_size, left = Figure(language), 24, 6, 20
    uneven = ConvTranspose(3, stride=2, padding=1, output_padding=1)
    layers = uneven, ConvTranspose(4, stride=2, padding=1)
    for layer in layers:
        name = f"kernel_size={layer.kernel_size}, stride={layer.stride}"
        figure.text("mono t-ink", left, 32, name)
        counts = taps(layer, in_size).counts
        for (row, above), (column, beside) in product(enumerate(counts), repeat=2):
            x, y = left + column * cell, 46 + row * cell
            figure.rect(f"heat-{above * beside}", x, y, (cell - 1, cell - 1), 3)
            figure.text("mid t-ink", x + (cell - 1) / 2, y + 16, above * beside)
        left += len(counts) * cell + 28
    sheet = (ASSETS / "widgets" / "lab.css").read_text("utf-8")
    light, dark = (
        "".join(
            f"{name}:{own};" for name, own in re.findall(r"(--heat-\d): (#\w+)", block)
        )
        for block in sheet.split("}")[:2]
    )
    heat = "".join(f".cv .heat-{n}{{fill:var(--heat-{n})}}" for n in (1, 2, 4))
    title = figure.say("How many products each output sums", "每个输出由几个乘积相加")
    description = figure.say(
        "Two maps of 12 by 12 outputs. With kernel_size=3 and stride=2, 1, 2 and 4 take turns; with kernel_size=4 and stride=2 every output has 4, and fewer only at the border.",
        "两张 12 乘 12 的图。kernel_size=3、stride=2 时，1、2、4 交替出现；kernel_size=4、stride=2 时，除边缘以外都是 4。",
    )
    rules = palettes(light, dark) + heat
    return figure.done((left - 8, 46 + 12 * cell + 18), title, description, rules)


def steps(language: str) -> str:
    """The output size of a convolution climbs one step every stride sizes."""
    figure, layer, wide, high, left, chosen = (
        Figure(language),
        Conv(3, stride=2),
        62,
        44,
        120,
        10,
    )
    low, outputs = 186, range(3, 6)
    first = layer.in_sizes(outputs[0])[0]
    for n, out in enumerate(outputs):
        sizes = layer.in_sizes(out)
        y, x = low - high * (n + 0.6), left + (sizes[0] - first) * wide
        figure.line("hair", left - 10, y, (x, y))
        figure.text("h end t-out", left - 18, y + 5, out)
        figure.path(
            "b-in",
            f"M{x} {y:g}H{x + len(sizes) * wide}" + (f"v{-high}" if n < 2 else ""),
        )
        for size in sizes:
            middle = left + (size - first + 0.5) * wide
            kind = "op" if size == chosen else "in"
            figure.line("hair", middle, y, (middle, low))
            figure.rect(kind, middle - 6, y - 6, (12, 12), 6)
            figure.text(
                "h mid t-op" if size == chosen else "h mid t-in", middle, low + 18, size
            )
    figure.line("axis", left - 10, low, (left + 6 * wide + 10, low))
    figure.text("", 18, 30, figure.say("output size", "输出尺寸"))
    figure.text(
        "end",
        left + 6 * wide + 10,
        low + 38,
        figure.say("input size of the convolution", "卷积的输入尺寸"),
    )
    title = figure.say(
        "The steps of kernel_size=3, stride=2", "kernel_size=3、stride=2 的台阶"
    )
    description = figure.say(
        "The input sizes 7 and 8 give 3, 9 and 10 give 4, 11 and 12 give 5. 10 is marked.",
        "输入尺寸 7 和 8 得到 3，9 和 10 得到 4，11 和 12 得到 5。其中的 10 被标了出来。",
    )
    return figure.done((left + 6 * wide + 30, low + 54), title, description)
