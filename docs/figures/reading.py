"""Which inputs an output reads: through a network, a transposed layer and in chunks."""

from __future__ import annotations

from docs.figures import Figure

from convarith import Conv, ConvTranspose, Layer, Pool, Stack

LEFT, CELL = 106, 24


def receptive_field(language: str) -> str:
    """The cone of one output, row by row."""
    figure, position, in_size = Figure(language), 7, 20
    conv = Conv(3, padding=1)
    layers: list[Layer] = [conv, conv, Pool(2), conv]
    sizes = Stack(layers).trace(in_size)
    words = [figure.say("convolution", "卷积"), figure.say("pooling", "池化")]
    names = [
        figure.say("input", "输入"),
        *(words[isinstance(one, Pool)] for one in layers),
    ]
    reads = [{position}]
    for layer, size in zip(reversed(layers), reversed(sizes[:-1]), strict=True):
        met = (layer.inputs_of(one, size) for one in reads[0])
        reads.insert(0, {place for places in met for place in places})

    def middle(row: int, place: int) -> float:
        seen = Stack(layers[:row]).receptive_field().at(place)
        return LEFT + ((seen[0] + seen[-1]) / 2 + 0.5) * CELL

    heights = [24 + 50 * row for row in range(len(sizes))]
    for row, layer in enumerate(layers, 1):
        for place in sorted(reads[row]):
            met = layer.inputs_of(place, sizes[row - 1])
            left = middle(row - 1, met[0]) - CELL / 2 + 1
            right = middle(row - 1, met[-1]) + CELL / 2 - 1
            top, low = heights[row - 1] + 24, heights[row]
            start, stop = middle(row, place) - 10, middle(row, place) + 10
            half = (top + low) / 2
            figure.path(
                "funnel",
                f"M{left:g} {top}C{left:g} {half:g} {start:g} {half:g} {start:g} {low}H{stop:g}C{stop:g} {half:g} {right:g} {half:g} {right:g} {top}Z",
            )
    for row, (name, size, high) in enumerate(zip(names, sizes, heights, strict=True)):
        kind = "out" if row == len(layers) else "in"
        figure.text("", 18, high + 16, name)
        for place in range(size):
            look = kind if place in reads[row] else f"{kind}-soft"
            left = middle(row, place) - CELL / 2
            figure.cell(look, left, high, (CELL, 24), place)
        figure.text(
            f"h t-{kind}", LEFT + in_size * CELL + 14, high + 17, len(reads[row])
        )
    title = figure.say("What output 7 reads", "输出 7 读取哪些输入")
    description = figure.say(
        "Two 3 x 3 convolutions, pooling by 2 and another convolution, on 20 inputs. Output 7 reads 3, 6, 8 and 10 positions of the rows above it: the inputs 10 to 19.",
        "20 个输入，经过两个 3 x 3 卷积、一次 2 倍池化和一个卷积。输出 7 依次读取上面各行的 3、6、8、10 个位置：输入 10 到 19。",
    )
    return figure.done(
        (LEFT + in_size * CELL + 58, heights[-1] + 44), title, description
    )


def transposed_reads(language: str) -> str:
    """Lines from the inputs to the outputs that read them."""
    figure, cell, in_size = Figure(language), 48, 4
    layer = ConvTranspose(3, stride=2)
    figure.text("", 18, 44, figure.say("input", "输入"))
    figure.text("", 18, 144, figure.say("output", "输出"))
    figure.text("", 18, 182, figure.say("inputs read", "读取个数"))
    shown = range(2, 7)
    for place in shown:
        reads = layer.inputs_of(place, in_size)
        for source in reads:
            start, stop = LEFT + (2 * source + 0.5) * cell, LEFT + (place + 0.5) * cell
            figure.path(
                "reads" if len(reads) > 1 else "reads-2",
                f"M{start:g} 54C{start:g} 90 {stop:g} 90 {stop:g} 125",
            )
        figure.text(
            "h mid t-in" if len(reads) > 1 else "h mid t-ker",
            LEFT + (place + 0.5) * cell,
            183,
            len(reads),
        )
    for source in range(in_size):
        figure.cell("in", LEFT + 2 * source * cell, 24, (cell, 30), source)
    for place in range(layer.out_size(in_size)):
        kind = "out" if place in shown else "out-soft"
        figure.cell(kind, LEFT + place * cell, 125, (cell, 30), place)
    title = figure.say(
        "Outputs read 2 inputs and 1 in turn", "输出轮流读取 2 个和 1 个输入"
    )
    description = figure.say(
        "kernel_size=3, stride=2: output 2 reads the inputs 0 and 1, output 3 the input 1, output 4 the inputs 1 and 2, output 5 the input 2, output 6 the inputs 2 and 3.",
        "kernel_size=3、stride=2：输出 2 读取输入 0 和 1，输出 3 读取输入 1，输出 4 读取输入 1 和 2，输出 5 读取输入 2，输出 6 读取输入 2 和 3。",
    )
    return figure.done((LEFT + 9 * cell + 18, 206), title, description)


def chunks(language: str) -> str:
    """A chunk of a long signal, and the frames beside it that have to be decoded too."""
    figure, cell, frames, hop = Figure(language), 15, 40, 32
    up = ConvTranspose(16, stride=8, padding=4), ConvTranspose(8, stride=4, padding=2)
    conv = Conv(7, padding=3)
    decoder = Stack([conv, up[0], Conv(7, padding=9, dilation=3), up[1], conv])
    kept = range(10, 20)
    read = decoder.needed(slice(kept.start * hop, kept.stop * hop), frames)
    assert isinstance(read, slice)
    figure.text("", 18, 58, figure.say("frames", "帧"))
    for frame in range(frames):
        inside = read.start <= frame < read.stop
        kind = "in" if frame in kept else "crop" if inside else "in-soft"
        figure.cell(kind, LEFT + frame * cell, 40, (cell, 28))
    edges = (read.start, kept.start, kept.stop - 1, read.stop - 1)
    for frame in (0, *edges, frames - 1):
        figure.text("mid", LEFT + (frame + 0.5) * cell, 31, frame)
    many, samples = read.stop - read.start, len(kept) * hop
    rows = (
        (read.start, read.stop, "b-in", "t-in", figure.say(f"decode {many} frames", f"解码 {many} 帧")),
        (kept.start, kept.stop, "b-out", "t-out", figure.say(f"keep {samples} samples", f"保留 {samples} 个采样点")),
    )  # fmt: skip
    for row, (start, stop, kind, look, words) in enumerate(rows):
        left, right, high = (
            LEFT + start * cell + 1,
            LEFT + stop * cell - 1,
            84 + 46 * row,
        )
        figure.path(kind, f"M{left} {high - 8}v8H{right}v-8")
        figure.text(f"h mid {look}", (left + right) / 2, high + 20, words)
    title = figure.say(
        "A chunk with 5 extra frames on each side", "一段，两边各多取 5 帧"
    )
    description = figure.say(
        "Of 40 frames, the chunk 10 to 19 needs the frames 5 to 24. Decode these 20 frames, and keep the 320 samples of the chunk.",
        "一共 40 帧，第 10 到 19 帧这一段需要第 5 到 24 帧。解码这 20 帧，只保留这一段的 320 个采样点。",
    )
    return figure.done((LEFT + frames * cell + 18, 168), title, description)
