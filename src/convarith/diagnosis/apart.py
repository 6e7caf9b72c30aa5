"""Why two sizes that should be equal differ, the most likely cause first.

A whole factor is a stride that is missing on one side, or one too many: rounding
loses less than a stride. Batch and channels have causes of their own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from convarith.diagnosis.kind import Cause, Line
from convarith.diagnosis.values import Found, plain, several

RESIZED = ("Upsample", "interpolate")
OUTPUT_SIZE = "up(x, output_size=skip.shape[2:])"
# No layer has so many channels, but a recording soon has so many samples.
MANY = 4096


def differing(groups: Mapping[str, str | None]) -> Found:
    """The two shapes, where they first differ, the two sizes there, and how far apart."""
    found = plain(groups)
    if "first" in found and "second" in found:
        _compared(found)
    small, large = sorted((found.get("wanted", 0), found.get("got", 0)))
    if 0 < small < large:
        whole = large % small == 0
        found |= {"factor": large // small} if whole else {"apart": large - small}
    return found


def _compared(found: Found) -> None:
    first, second = several(found["first"]), several(found["second"])
    axes = [
        at
        for at, pair in enumerate(zip(first, second, strict=False))
        if len(set(pair)) > 1
    ]
    if len(first) == len(second) and axes:
        # The spatial axes say more than the batch.
        at = next((one for one in axes if one), axes[0])
        if None not in (first[at], second[at]):
            found |= {"axis": at, "wanted": first[at], "got": second[at]}


def causes(line: Callable[[Found], Line]) -> Callable[[Found, str], list[Cause]]:
    """What makes two sizes differ, with the line that joins them in this place."""

    def ranked(found: Found, framework: str) -> list[Cause]:
        if len(several(found.get("first", ()))) != len(
            several(found.get("second", ()))
        ):
            return [_axes(found, framework)]
        if "wanted" not in found or "got" not in found:
            return []
        return list(_ranked(found, framework, line))

    return ranked


def _ranked(found: Found, framework: str, line: Callable[[Found], Line]) -> list[Cause]:
    small, large = sorted((found["wanted"], found["got"]))
    axis, last = found.get("axis"), len(several(found.get("first", ()))) - 1
    channels = last if framework in ("keras", "jax") else 1
    if axis == 0 and not (framework == "keras" and last == 2):
        return [_batch(found)]
    if axis == channels and large <= MANY:
        return [_channels(found, framework), _samples(found)][: 2 if last < 0 else 1]
    if small and large % small == 0 and large > small:
        told = [_factor(small, large, axis)]
        return [*told, _rounded(found, framework, line)] if large - small == 1 else told
    told = [_rounded(found, framework, line), _unpadded(large - small, framework)]
    if (large - small) * 4 > large:
        told.reverse()
    if (
        framework == "torch"
        and found.get("layer") is None
        and line(found) == OUTPUT_SIZE
    ):
        told.insert(1, _interpolated())
    return told if axis is not None else [*told, _unknown_axis()]


def _where(axis: int | None) -> tuple[str, str]:
    if axis is None:
        return "", ""
    return f" on dimension {axis}", f"在维度 {axis} 上，"


def _axes(found: Found, framework: str) -> Cause:
    first, second = found["first"], found["second"]
    line = {"keras": "keras.ops.expand_dims(x, 0)", "jax": "x[None]"}
    return Cause(
        f"The two have a different number of axes: {first} and {second}. One lacks the batch or the channels.",
        "Add the missing axis in front of the shorter one.",
        f"两者的维度数不同：{first} 和 {second}。其中一个缺少批次或通道。",
        "给较短的那个在前面补上缺少的维度。",
        line.get(framework, "x.unsqueeze(0)"),
    )


def _batch(found: Found) -> Cause:
    a, b = found["wanted"], found["got"]
    return Cause(
        f"Dimension 0 is the batch: one tensor has {a} examples, the other {b}. No layer changes this number, so the two come from different batches, or a reshape mixed the axes.",
        "Print both shapes where the batch is made; the last batch of an epoch may be smaller.",
        f"维度 0 是批次：一个张量有 {a} 个样本，另一个有 {b} 个。没有哪一层会改变它，所以两者来自不同的批次，或者某次 reshape 混淆了维度。",
        "在组批次的地方打印两个形状；每轮的最后一批可能不满。",
        "DataLoader(dataset, drop_last=True)",
    )


def _channels(found: Found, framework: str) -> Cause:
    a, b = found["wanted"], found["got"]
    line = {
        "keras": f"keras.layers.Conv2D({a}, 1)(x)",
        "jax": "jnp.concatenate([x, skip], axis=-1)",
    }
    axis = found["axis"]
    return Cause(
        f"Dimension {axis} is the channels: {a} and {b}. Strides and padding do not change them.",
        "Give both layers the same number of output channels, or join the two along the channels instead of adding them.",
        f"维度 {axis} 是通道：{a} 和 {b}。步幅和填充不会改变它。",
        "让两层的输出通道数相同；或者不相加，而是沿通道拼接。",
        line.get(framework, f"nn.Conv2d({b}, {a}, kernel_size=1)"),
    )


def _samples(found: Found) -> Cause:
    a, b = found["wanted"], found["got"]
    return Cause(
        f"If the tensors have the axes (batch, samples), dimension 1 is the length: {a} and {b}.",
        "Cut the longer one, or pad the signal to a multiple of the product of the strides before the first layer.",
        f"如果张量的维度是（批次、采样点），维度 1 就是长度：{a} 和 {b}。",
        "裁掉较长的那个；或者在第一层之前，把信号填充到各层步幅乘积的倍数。",
        f"y[..., :{min(a, b)}]",
    )


def _factor(small: int, large: int, axis: int | None) -> Cause:
    factor = large // small
    en, zh = _where(axis)
    return Cause(
        f"{large} is {factor} times {small}{en}: a stride or an upsampling of {factor} is missing on one side, or doubled on the other. Rounding loses less than a stride, so it is not rounding.",
        "Multiply the strides of the encoder, and the factors of the decoder: both products must be equal; for audio, both must be the hop length.",
        f"{zh}{large} 是 {small} 的 {factor} 倍：有一侧少了倍数为 {factor} 的步幅或上采样，或者另一侧多了一次。取整损失的不到一个步幅，所以不是取整。",
        "把编码器各层的步幅相乘，再把解码器各层的倍数相乘，两个乘积必须相等；对音频来说，还要等于帧移（hop length）。",
        f"F.interpolate(x, scale_factor={factor})",
    )


def _rounded(found: Found, framework: str, line: Callable[[Found], Line]) -> Cause:
    small, large = sorted((found["wanted"], found["got"]))
    apart = large - small
    en, zh = _where(found.get("axis"))
    fix = (
        "Let the layer that enlarges the map return the size of the other one.",
        "让放大特征图的那一层直接输出另一个的尺寸。",
    )
    if framework == "torch" and str(line(found)).startswith("y["):
        fix = (
            "Cut the longer one off at its end, or pad the input to a multiple of the product of the strides before the first layer.",
            "裁掉较长的那个的末尾；或者在第一层之前，把输入填充到步幅乘积的倍数。",
        )
    if framework != "torch":
        fix = (
            "Pad the image to the next multiple of the product of all strides, and crop the result; or pad the smaller map at its end.",
            "先把图像填充到所有步幅乘积的下一个倍数，最后裁剪结果；或者在较小的特征图末尾填充。",
        )
    return Cause(
        f"The sizes{en} are {small} and {large}, which differ by {apart}: a stride, or a product of strides, above {apart} rounded a size down, and the layer that enlarges the map does not know the remainder.",
        fix[0],
        f"{zh}两个尺寸是 {small} 和 {large}，相差 {apart}：大于 {apart} 的步幅（或几层步幅的乘积）让尺寸向下取整，放大时不知道舍掉了多少。",
        fix[1],
        _padded(found, framework) if framework != "torch" else line(found),
    )


def _padded(found: Found, framework: str) -> str:
    """What makes the smaller map as large as the other one."""
    first, second = several(found.get("first", ())), several(found.get("second", ()))
    ends = [abs((a or 0) - (b or 0)) for a, b in zip(first, second, strict=True)]
    if framework == "keras":
        # A layer that adds is told the shapes without the batch.
        inner = (
            ends[1:-1] if (first and first[0] is None) or len(ends) > 3 else ends[:-1]
        )
        pads = ", ".join(f"(0, {end})" for end in inner)
        return (
            f"keras.layers.ZeroPadding{len(inner)}D({f'({pads})' if len(inner) > 1 else pads})(x)"
            if inner
            else "keras.layers.ZeroPadding2D(((0, 1), (0, 1)))(x)"
        )
    pads = ", ".join(f"(0, {end})" for end in ends)
    if framework == "jax":
        return f"jnp.pad(x, ({pads}))"
    return (
        f"np.pad(x, ({pads}))"
        if pads
        else "np.pad(x, ((0, 0), (0, 0), (0, 1), (0, 1)))"
    )


def _interpolated() -> Cause:
    return Cause(
        "If an `Upsample` or `interpolate` enlarges the map, it has no `output_size`.",
        "Pass the size of the skip to `interpolate`, with the same `mode` and `align_corners`.",
        "如果放大特征图的是 `Upsample` 或 `interpolate`，它没有 `output_size`。",
        "把跳跃连接的尺寸传给 `interpolate`，`mode` 和 `align_corners` 照旧。",
        "F.interpolate(x, size=skip.shape[2:])",
    )


def _unpadded(apart: int, framework: str) -> Cause:
    line = {
        "keras": f"keras.layers.Cropping2D(((0, {apart}), (0, {apart})))(skip)",
        "jax": "skip[:, : x.shape[1], : x.shape[2]]",
    }
    return Cause(
        f"If the larger map passed through fewer layers, the difference of {apart} comes from convolutions without padding, or from two layers whose arguments do not match.",
        "Crop the larger one, pad the convolutions so that they keep the size, or give both layers the same kernel_size, stride and padding.",
        f"如果较大的特征图经过的层较少，那么相差的 {apart} 来自没有填充的卷积，或者两层的参数不匹配。",
        "裁剪较大的那个；或者给卷积加填充，让尺寸不变；或者让两层的 kernel_size、stride 和 padding 相同。",
        line.get(framework, "skip[..., : x.shape[-2], : x.shape[-1]]"),
    )


def _unknown_axis() -> Cause:
    return Cause(
        "If both numbers are batch sizes, the two tensors come from different batches.",
        "Print both shapes; no layer changes the batch.",
        "如果这两个数是批次大小，那么两个张量来自不同的批次。",
        "打印两个形状；没有哪一层会改变批次。",
        "print(skip.shape, x.shape)",
    )


LAYER = re.compile(r"\b(?:Upsample|interpolate|ConvTranspose\dd|conv_transpose\dd)\b")


def enlarging(text: str) -> str | None:
    """The layer that enlarges a map, if the text around a message names one."""
    named = LAYER.findall(text)
    return named[-1] if named else None


def skip_line(found: Found) -> Line:
    """How a skip connection and what was enlarged become equally large."""
    if found.get("layer") in RESIZED:
        return "F.interpolate(x, size=skip.shape[2:])"
    return OUTPUT_SIZE


def sum_line(found: Found) -> Line:
    """How two tensors that are combined element by element become equally large."""
    if found.get("layer") in RESIZED:
        return "F.interpolate(x, size=skip.shape[2:])"
    return (
        OUTPUT_SIZE
        if found["wanted"] >= found["got"]
        else f"y[..., :{found['wanted']}]"
    )
