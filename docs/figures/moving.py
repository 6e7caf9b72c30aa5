"""The picture of the README: a decoder that returns 1 too few, and the argument it needs.

A code host shows it as an image, so it moves by its own style sheet, without a script.
It comes to rest with the fix in place, and for readers whom motion disturbs it rests from
the start.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from docs.figures import Figure

from convarith import Conv, ConvTranspose, output_padding_for
from convarith._svg import funnel, palettes

SIZE, LEFT, WIDE, HIGH = 28, 124, 20, 24
ROWS = 40, 112, 184
# When each part is in sight, in hundredths of a round; what has no end stays.
SECONDS, ROUNDS = 9, 3
SIGHT = {
    "middle": (6, 97),
    "result": (20, 97),
    "wrong": (32, 54),
    "short": (20, 54),
    "fixed": (58, 97),
}
MOVING = ("wrong", "short")


def skip(language: str) -> str:
    """28 becomes 14, and 14 becomes 27: output_padding returns the last position."""
    figure = Figure(language)
    down = Conv(3, stride=2, padding=1)
    up = ConvTranspose(3, stride=2, padding=1)
    middle = down.out_size(SIZE)
    result = up.out_size(middle)
    more = output_padding_for(middle, SIZE, kernel_size=3, stride=2, padding=1)
    top, centre, low = ROWS
    _row(figure, top, "in", figure.say("skip", "跳跃连接"), SIZE)
    with _part(figure, "middle"):
        for cell in range(middle):
            x = LEFT + cell * 2 * WIDE
            left = LEFT + max(2 * cell - 1, 0) * WIDE
            wide = x + 2 * WIDE - left
            for start, end in ((centre, top + HIGH), (centre + HIGH, low)):
                clipped = min(wide, LEFT + result * WIDE - left) if end == low else wide
                figure.marks.append(funnel(x, start, WIDE, (left, clipped, end)))
        _row(figure, centre, "ker", figure.say("encoder", "编码器"), middle, step=2)
    last = LEFT + result * WIDE
    with _part(figure, "result"):
        _row(figure, low, "out", figure.say("decoder", "解码器"), result, size=False)
        figure.rect("gap", last + 1, low, (WIDE - 2, HIGH))
    with _part(figure, "short"):
        figure.text("big t-out", 18, low + 26, result)
    with _part(figure, "fixed"):
        figure.cell("op", last, low, (WIDE, HIGH), SIZE)
        figure.text("big t-out", 18, low + 26, SIZE)
    with _part(figure, "short"):
        figure.text("mono code", LEFT, low + 60, up)
    with _part(figure, "wrong"):
        words = f"RuntimeError: Expected size {SIZE} but got size {result}"
        figure.text("mono wrong", LEFT, low + 84, words)
    with _part(figure, "fixed"):
        figure.text("mono code", LEFT, low + 60, up.replace(output_padding=more))
        words = figure.say(
            f"{SIZE} again: the skip fits", f"又是 {SIZE}：跳跃连接对上了"
        )
        figure.text("b t-op", LEFT, low + 84, words)
    title = figure.say(
        f"{SIZE} becomes {middle}, and {middle} becomes {result}; output_padding={more} makes it {SIZE}",
        f"{SIZE} 变成 {middle}，{middle} 却变成 {result}；output_padding={more} 让它变回 {SIZE}",
    )
    description = figure.say(
        f"A convolution turns {SIZE} into {middle}, the transposed convolution with the same arguments returns {result}, and the skip connection has {SIZE}. With output_padding={more} the decoder returns {SIZE}.",
        f"卷积把 {SIZE} 变成 {middle}，参数相同的转置卷积只输出 {result}，跳跃连接却是 {SIZE}。设 output_padding={more}，解码器就输出 {SIZE}。",
    )
    size = LEFT + SIZE * WIDE + 18, low + 104
    return figure.done(size, title, description, _rules())


def _row(
    figure: Figure,
    y: float,
    kind: str,
    name: str,
    count: int,
    step: int = 1,
    size: bool = True,
) -> None:
    for cell in range(count):
        figure.cell(kind, LEFT + cell * step * WIDE, y, (WIDE, HIGH), cell + 1)
    figure.text("", 18, y, name)
    if size:
        figure.text(f"big t-{kind}", 18, y + 26, count)


@contextmanager
def _part(figure: Figure, name: str) -> Iterator[None]:
    figure.marks.append(f'<g class="{name}">')
    yield
    figure.marks.append("</g>")


def _rules() -> str:
    """Still: the last state. Moving: each part in its time."""
    rules = palettes("--error:#B3261E;", "--error:#FF9384;")
    rules += ".cv .code{font-size:14px;fill:var(--ink)}.cv .wrong{fill:var(--error);font-size:13px}"
    rules += "".join(f".cv g.{name}{{opacity:0}}" for name in MOVING)
    rules += "@media(prefers-reduced-motion:no-preference){"
    for name, (begin, end) in SIGHT.items():
        rules += f".cv g.{name}{{animation:{name} {SECONDS}s {ROUNDS}}}"
        moved = "transform:translateX(24px)" if name == "fixed" else ""
        rules += f"@keyframes {name}{{0%,{begin}%{{opacity:0;{moved}}}"
        rules += f"{begin + 4}%,{end}%{{opacity:1;transform:none}}{min(end + 2, 100)}%,100%{{opacity:0}}}}"
    return rules + "}\n"
