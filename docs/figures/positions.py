"""Where an output stands on the scale of the input, and where a frame does in time."""

from __future__ import annotations

from docs.figures import Figure

from convarith import ConvTranspose


def alignment(language: str) -> str:
    """Three conventions for 4 samples that become 8."""
    figure, unit, left, high, step = Figure(language), 140, 100, 24, 160
    outputs = range(8)
    rows = (
        (figure.say("half pixel", "半像素"), "(n + 0.5) / factor − 0.5", [(n + 0.5) / 2 - 0.5 for n in outputs], (-0.5, 3.5), 0.5,
         figure.say("both edges agree", "两端的外沿对齐"), "kernel_size=4, stride=2, padding=1"),
        (figure.say("align corners", "角点对齐"), "n × 3 / 7", [n * 3 / 7 for n in outputs], (0.0, 3.0), 3 / 7,
         figure.say("first and last centers agree", "第一个和最后一个中心对齐"), "align_corners=True"),
        (figure.say("asymmetric", "不对称"), "n / factor", [n / 2 for n in outputs], (0.0,), 0.5,
         figure.say("first centers agree", "第一个中心对齐"), "kernel_size=3, stride=2, padding=1, output_padding=1"),
    )  # fmt: skip
    for row, (name, formula, places, agree, wide, words, layer) in enumerate(rows):
        top = 30 + row * step
        axis, below = top + high + 29, top + high + 44
        figure.text("h", 30, top, name)
        figure.text("mono t-out", 132, top, formula)
        figure.text("mono end", 636, top, layer)
        for n in range(4):
            figure.cell("in", left + (n - 0.5) * unit, top + 14, (unit, high), n)
            figure.line(
                "reads", left + n * unit, top + 14 + high, (left + n * unit, axis)
            )
        figure.line("axis", left - 0.58 * unit, axis, (left + 3.8 * unit, axis))
        for n, place in enumerate(places):
            x = left + place * unit
            figure.line("lands", x, axis, (x, below))
            figure.cell("out", x - wide * unit / 2, below, (wide * unit, high), n)
            shown = f"{place:.2f}".rstrip("0").rstrip(".").replace("-", "−")
            figure.text("mid t-out", x, below + high + 16, shown)
        for place in agree:
            x = left + place * unit
            figure.line("at", x, top + 8, (x, top + 14))
            figure.line("at", x, top + 14 + (high if place % 1 == 0 else 0), (x, below))
            figure.dot(x, axis)
        figure.text("b t-ink", 30, below + high + 36, words)
        if row:
            figure.line("hair", 18, top - 24, (642, top - 24))
    title = figure.say(
        "4 samples to 8: where each output stands", "4 个样本变成 8 个：每个输出的位置"
    )
    description = figure.say(
        "Positions of the outputs 0 to 7 between the samples 0 to 3. Half pixel: -0.25, 0.25 to 3.25. Align corners: 0, 0.43 to 3. Asymmetric: 0, 0.5 to 3.5.",
        "输出 0 到 7 在样本 0 到 3 之间的位置。半像素：-0.25、0.25 到 3.25。角点对齐：0、0.43 到 3。不对称：0、0.5 到 3.5。",
    )
    return figure.done((660, 3 * step + 12), title, description)


def shifted(language: str) -> str:
    """Where one input lands, with a kernel that lies evenly and with one that does not."""
    figure, cell, left, in_size, source = Figure(language), 32, 96, 9, 4
    layers = (
        ConvTranspose(4, stride=2, padding=1),
        ConvTranspose(3, stride=2, padding=1, output_padding=1),
    )
    for row, layer in enumerate(layers):
        top = 30 + 136 * row
        lands = [
            n
            for n in range(layer.out_size(in_size))
            if source in layer.inputs_of(n, in_size)
        ]
        middle = (lands[0] + lands[-1]) / 2
        figure.text("h mono", 18, top, repr(layer))
        figure.text("", 18, top + 32, figure.say("input", "输入"))
        figure.text("", 18, top + 84, figure.say("output", "输出"))
        start, stop = left + 2 * source * cell, left + lands[0] * cell
        end = left + (lands[-1] + 1) * cell
        figure.path(
            "funnel",
            f"M{start + 2} {top + 40}L{stop + 1} {top + 68}H{end - 1}L{start + 2 * cell - 2} {top + 40}Z",
        )
        for n in range(in_size):
            kind = "in" if n == source else "in-soft"
            figure.cell(kind, left + 2 * n * cell, top + 16, (2 * cell, 24), n)
        for n in range(layer.out_size(in_size)):
            kind = "out" if n in lands else "out-soft"
            figure.cell(kind, left + n * cell, top + 68, (cell, 24), n)
        own, wanted = left + (middle + 0.5) * cell, left + (2 * source + 1) * cell
        figure.line("at", wanted, top + 10, (wanted, top + 16))
        figure.line("at", wanted, top + 40, (wanted, top + 68))
        figure.line("lands", own, top + 92, (own, top + 100))
        figure.text(
            "b mid t-out",
            own,
            top + 114,
            figure.say(f"middle {middle:g}", f"中点 {middle:g}"),
        )
    title = figure.say("Where input 4 lands", "输入 4 的落点")
    description = figure.say(
        "The center of input 4 of 9 lies at 8.5 on the scale of the 18 outputs. With kernel_size=4, padding=1 the input lands on the outputs 7 to 10, whose middle is 8.5; with kernel_size=3, padding=1, output_padding=1 on 7 to 9, whose middle is 8.",
        "9 个输入里的输入 4，中心在 18 个输出的刻度上是 8.5。kernel_size=4、padding=1 时，它落到输出 7 到 10，中点是 8.5；kernel_size=3、padding=1、output_padding=1 时，落到 7 到 9，中点是 8。",
    )
    return figure.done((left + 18 * cell + 18, 296), title, description)


def causal(language: str) -> str:
    """Which samples change with a frame, for three ways to crop."""
    figure, cell, left, frame, stride = Figure(language), 17, 176, 3, 5
    whole, frames = ConvTranspose(10, stride=stride), 6
    kept = frames * stride
    samples = [
        n for n in range(whole.out_size(frames)) if frame in whole.inputs_of(n, frames)
    ]
    rows = (
        (figure.say("crop at the end", "裁掉末尾"), 0),
        ("padding=3", 3),
        (figure.say("crop at the start", "裁掉开头"), whole.out_size(frames) - kept),
    )
    own = left + frame * stride * cell
    figure.text("", 18, 60, figure.say("frames", "帧"))
    for n in range(frames):
        kind = "in" if n == frame else "in-soft"
        figure.cell(kind, left + n * stride * cell, 44, (stride * cell, 24), n)
    for row, (name, cut) in enumerate(rows):
        top = 84 + 40 * row
        figure.text("mono" if "=" in name else "", 18, top + 16, name)
        for n in range(kept):
            early = n < frame * stride
            kind = ("ker" if early else "out") if n + cut in samples else "out-soft"
            figure.cell(kind, left + n * cell, top, (cell, 24))
        figure.text(
            "b",
            left + kept * cell + 10,
            top + 16,
            f"{samples[0] - cut} – {samples[-1] - cut}",
        )
    figure.line("at", own, 34, (own, 196))
    figure.text("b t-ink", own - 4, 28, figure.say("sample 15", "采样点 15"))
    title = figure.say("The samples that frame 3 changes", "第 3 帧影响哪些采样点")
    description = figure.say(
        "kernel_size=10, stride=5, 6 frames. Cropped at the end, frame 3 changes the samples 15 to 24; with padding=3 the samples 12 to 21; cropped at the start 10 to 19. Frame 3 begins at sample 15.",
        "kernel_size=10、stride=5，6 帧。裁掉末尾时，第 3 帧影响采样点 15 到 24；padding=3 时影响 12 到 21；裁掉开头时影响 10 到 19。第 3 帧从采样点 15 开始。",
    )
    return figure.done((left + kept * cell + 78, 214), title, description)


def frames(language: str) -> str:
    """The middles of the frames of a spectrogram, centered and not."""
    figure, hops, hop, left, wide = Figure(language), 10, 256, 150, 52
    n_fft = 1024
    rows = (
        ("center=True", range(0, hops * hop + 1, hop)),
        (
            figure.say("HiFi-GAN", "HiFi-GAN"),
            range(n_fft // 2 - (n_fft - hop) // 2, hops * hop, hop),
        ),
    )
    figure.text("", 18, 56, figure.say("hops of 256", "每 256 个采样点"))
    for n in range(hops):
        figure.cell("in-soft", left + n * wide, 40, (wide, 24), n)
    for row, (name, middles) in enumerate(rows):
        top = 92 + 44 * row
        figure.text("mono", 18, top + 4, name)
        figure.line("axis", left - 6, top, (left + hops * wide + 6, top))
        for middle in middles:
            figure.dot(left + middle / hop * wide, top)
        for middle in (middles[0], middles[1], middles[-1]):
            figure.text("mid", left + middle / hop * wide, top + 20, middle)
        count = figure.say(f"{len(middles)} frames", f"{len(middles)} 帧")
        figure.text("b", left + hops * wide + 18, top + 4, count)
    title = figure.say("The middles of the frames", "每一帧的中点")
    description = figure.say(
        "2560 samples are 10 hops of 256. With center=True there are 11 frames, whose middles lie at 0, 256 to 2560; with the padding of HiFi-GAN there are 10, at 128, 384 to 2432.",
        "2560 个采样点是 10 段，每段 256 个。center=True 时有 11 帧，中点在 0、256 到 2560；按 HiFi-GAN 的方式填充有 10 帧，中点在 128、384 到 2432。",
    )
    return figure.done((left + hops * wide + 96, 178), title, description)
