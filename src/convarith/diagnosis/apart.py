"""Why two sizes that should be equal differ, the most likely cause first.

A whole factor is a stride that is missing on one side, or one too many: rounding
loses less than a stride. Batch and channels have causes of their own.
"""

from __future__ import annotations

from collections.abc import Callable
from math import gcd, isqrt

from convarith.diagnosis.channels_apart import (
    channels,
    image_mode,
    joined_elsewhere,
    samples,
)
from convarith.diagnosis.joining import OUTPUT_SIZE, RESIZE, code, crop, enlarge, pad
from convarith.diagnosis.kind import Cause, Line
from convarith.diagnosis.pairs import MANY, apart_on, role, shapes
from convarith.diagnosis.rounding import kept, one_sided, rounded
from convarith.diagnosis.values import IMAGE, Found
from convarith.diagnosis.whose import (
    axes_differ,
    batch,
    fixed_at_export,
    flattened,
    folded,
    grown_in_place,
    no_size,
    nothing,
    samples_differ,
)

# A product of strides that rounded so much off is rare, and so is a ratio of so large numbers.
MUCH, FINE = 32, 16
TO_MODEL = (
    "F.interpolate(image, size=model_size)",
    "keras.ops.image.resize(image, model_size)",
    "jax.image.resize(image, (image.shape[0], *model_size, 3), 'linear')",
    "print(image.shape)",
)
RESIZED_TO = "F.interpolate(x, size=y.shape[2:])"
# Those that run what was exported.
CONVERTED = ("onnx", "tensorrt", "coreml", "tflite")


def causes(line: Callable[[Found], Line]) -> Callable[[Found, str], list[Cause]]:
    """What makes two sizes differ, with the line that joins them in this place."""

    def ranked(found: Found, framework: str) -> list[Cause]:
        first, second = shapes(found)
        if len(first) != len(second):
            return [axes_differ(found, framework)]
        if 0 in (found.get("wanted"), found.get("got")):
            return [nothing(found, framework)]
        if min((size for size in (*first, *second) if size is not None), default=1) < 0:
            return [no_size(found)]
        if "wanted" not in found or "got" not in found:
            return []
        if {"grows", "axis"} <= found.keys() and first[found["axis"]] == 1:
            return [grown_in_place(found)]
        return _ranked(found, framework, line)

    return ranked


def _ranked(found: Found, framework: str, line: Callable[[Found], Line]) -> list[Cause]:
    holds = role(found, framework)
    if holds == "batch":
        modes = {found["wanted"], found["got"]} <= IMAGE and not shapes(found)[0]
        if max(found["wanted"], found["got"]) >= MANY and len(shapes(found)[0]) < 2:
            return [flattened(found, framework)]
        large, small = (
            max(found["wanted"], found["got"]),
            min(found["wanted"], found["got"]),
        )
        told = [folded(found) if large % small == 0 else batch(found, framework)]
        return [image_mode(found), *told] if modes and framework == "torch" else told
    if holds == "channels":
        return _of_channels(found, framework)
    if holds == "features":
        told = [samples(found)]
        if found.get("axis") is None:
            told.append(_unknown_axis())
        elif "joined" in found:
            told.append(joined_elsewhere(found, framework))
        else:
            told += channels(found, framework)
        return [_tokens(found, framework), *told] if _are_tokens(found) else told
    if _are_tokens(found) and found.get("axis") == 1 and len(shapes(found)[0]) == 3:
        return [_tokens(found, framework)]
    return _of_sizes(found, framework, line)


def _of_channels(found: Found, framework: str) -> list[Cause]:
    first, _ = shapes(found)
    joined = "joined" in found or found.get("concatenates")
    images = {found["wanted"], found["got"]} <= IMAGE
    if joined and apart_on(found) in ([], [found["axis"]]):
        told = [joined_elsewhere(found, framework)]
        return [image_mode(found, framework), *told] if images else told
    told = channels(found, framework)
    return told if first or images else [*told, samples(found)]


def _of_sizes(
    found: Found, framework: str, line: Callable[[Found], Line]
) -> list[Cause]:
    rounding = rounded(found, framework)
    exported = []
    if framework in CONVERTED and found.get("broadcasts"):
        exported = [fixed_at_export(found, framework)]
    if exported and len(apart_on(found)) > 1 and not rounding:
        return exported
    small, large = sorted((found["wanted"], found["got"]))
    apart = large - small
    told = []
    if found.get("joined") == 0 and framework == "torch":
        told = [samples_differ("", "", RESIZED_TO)]
    if large % small == 0 and kept(found, framework):
        return [*told, one_sided(found, framework)]
    of_rounding = [_rounded(found, framework, line)] if rounding else []
    if large % small == 0:
        told.append(_factor(found, framework))
        return [*told, *of_rounding] if apart == 1 else told
    unpadded = _unpadded(found, framework, leads=not rounding and apart < MUCH)
    much = apart * 4 > large or rounding == "perhaps"
    if apart >= MUCH and (much or large // gcd(small, large) <= FINE):
        told.append(_scaled(found, framework))
        told += [unpadded] if much else [*of_rounding, unpadded]
    else:
        told += [unpadded, *of_rounding] if much else [*of_rounding, unpadded]
        if _has_output_size(found, framework, line) and rounding == "surely":
            told.insert(-1, _interpolated())
    told += exported
    known = found.get("axis") is not None
    return told if known else [*told, _unknown_axis()]


def _has_output_size(
    found: Found, framework: str, line: Callable[[Found], Line]
) -> bool:
    """Whether a stride of 2 offers the other size, and no layer without it is named."""
    near = abs(found["wanted"] - found["got"]) == 1
    offered = framework == "torch" and line(found) == OUTPUT_SIZE
    return near and offered and "layer" not in found


def _where(found: Found) -> tuple[str, str]:
    axis = found.get("axis")
    if axis is None:
        return "", ""
    return f" on dimension {axis}", f"在维度 {axis} 上，"


def _factor(found: Found, framework: str) -> Cause:
    small, large = sorted((found["wanted"], found["got"]))
    factor = large // small
    en, zh = _where(found)
    return Cause(
        f"{large} is {factor} times {small}{en}: a stride, a pooling or an upsampling of {factor} is missing on one side, or doubled on the other; or one of the two has a fixed size, such as a hidden state or a position embedding, and the image is not the one it was made for. Rounding loses less than a stride, so it is not rounding.",
        "Multiply the strides of the encoder, and the factors of the decoder: both products must be equal; for audio, both must be the hop length. The shortcut of a block needs the stride of the block.",
        f"{zh}{large} 是 {small} 的 {factor} 倍：有一侧少了倍数为 {factor} 的步幅、池化或上采样，或者另一侧多了一次；也可能其中一个的尺寸是固定的（例如隐藏状态、位置编码），而图像不是它要求的大小。取整损失的不到一个步幅，所以不是取整。",
        "把编码器各层的步幅相乘，再把解码器各层的倍数相乘，两个乘积必须相等；对音频来说，还要等于帧移（hop length）。残差块的捷径要用和残差块相同的步幅。",
        enlarge(found, framework, factor),
    )


def _scaled(found: Found, framework: str) -> Cause:
    small, large = sorted((found["wanted"], found["got"]))
    step = gcd(small, large)
    en, zh = _where(found)
    ratio = f"{large // step} : {small // step}"
    short = framework == "torch" and found.get("axis") == 1
    return Cause(
        f"The sizes{en} are {small} and {large}, that is {ratio}: the two were scaled by different factors, or come from images of different sizes. Rounding seldom loses so much.",
        "Make the products of the strides and of the factors equal; for audio, the product of the upsampling factors must be the hop length of the features. Otherwise, resize both inputs to one size.",
        f"{zh}两个尺寸是 {small} 和 {large}，即 {ratio}：两边缩放的倍数不同，或者来自大小不同的图像。取整很少会差这么多。",
        "让步幅的乘积和上采样倍数的乘积相等；对音频来说，上采样倍数的乘积要等于特征的帧移（hop length）。否则就把两个输入缩放到同一尺寸。",
        f"y[:, :{small}]" if short else code(RESIZE, framework),
    )


def _rounded(found: Found, framework: str, line: Callable[[Found], Line]) -> Cause:
    small, large = sorted((found["wanted"], found["got"]))
    apart = large - small
    en, zh = _where(found)
    offered = line(found)
    fix = (
        "Let the layer that enlarges the map return the size of the other one; or pad or resize the image to a multiple of the product of all strides.",
        "让放大特征图的那一层直接输出另一个的尺寸；或者先把图像填充或缩放到所有步幅乘积的倍数。",
    )
    if framework == "torch" and str(offered).startswith("y["):
        fix = (
            "Cut the longer one off at its end, or pad the input to a multiple of the product of the strides before the first layer.",
            "裁掉较长的那个的末尾；或者在第一层之前，把输入填充到步幅乘积的倍数。",
        )
    elif framework == "torch" and apart > 1:
        offered = RESIZE[0]
    if framework != "torch":
        offered = pad(found, framework)
        fix = (
            "Pad or resize the image to the next multiple of the product of all strides, and crop the result; or pad the smaller map at its end.",
            "先把图像填充或缩放到所有步幅乘积的下一个倍数，最后裁剪结果；或者在较小的特征图末尾填充。",
        )
    if framework in CONVERTED:
        fix = (
            f"{fix[0]} If the original model accepts this image, compare its sizes with these: the converter rounded one of them another way.",
            f"{fix[1]}如果原模型能处理这张图像，就对照两边的尺寸：转换工具在某一层取整的方式不同。",
        )
    return Cause(
        f"The sizes{en} are {small} and {large}, which differ by {apart}: a stride, or a product of strides, above {apart} rounded a size on one side, and not on the other.",
        fix[0],
        f"{zh}两个尺寸是 {small} 和 {large}，相差 {apart}：大于 {apart} 的步幅（或几层步幅的乘积）只在一边取了整。",
        fix[1],
        offered,
    )


def _interpolated() -> Cause:
    return Cause(
        "If an `Upsample` or `interpolate` enlarges the map, it has no `output_size`.",
        "Pass the size of the skip to `interpolate`, with the same `mode` and `align_corners`.",
        "如果放大特征图的是 `Upsample` 或 `interpolate`，它没有 `output_size`。",
        "把跳跃连接的尺寸传给 `interpolate`，`mode` 和 `align_corners` 照旧。",
        "F.interpolate(x, size=skip.shape[2:])",
    )


def _unpadded(found: Found, framework: str, *, leads: bool) -> Cause:
    small, large = sorted((found["wanted"], found["got"]))
    en, zh = _where(found)
    apart = large - small
    why = "If the larger map passed through fewer layers, the difference comes"
    why_zh = "如果较大的特征图经过的层较少，那么相差的部分"
    if leads:
        why = f"The sizes{en} are {small} and {large}, which no usual stride rounds to each other. The difference comes"
        why_zh = (
            f"{zh}两个尺寸是 {small} 和 {large}，常见的步幅取整都得不到。相差的部分"
        )
    even = framework == "torch" and apart > 2 and apart % 2 == 0
    centre = "torchvision.transforms.functional.center_crop(skip, x.shape[-2:])"
    return Cause(
        f"{why.replace('difference comes', f'difference of {apart} comes')} from convolutions without padding, or from two layers whose arguments do not match.",
        "Give the convolutions a padding that keeps the size, such as `kernel_size // 2`, or crop the larger one, in its centre if they have none; or give both layers the same kernel_size, stride and padding.",
        f"{why_zh.replace('相差的部分', f'相差的 {apart} ')}来自没有填充的卷积，或者两层的参数不匹配。",
        "给卷积加填充，让尺寸不变，例如 `kernel_size // 2`；或者裁剪较大的那个（卷积没有填充时，从中间裁）；或者让两层的 kernel_size、stride 和 padding 相同。",
        centre if even else crop(found, framework),
    )


def _unknown_axis() -> Cause:
    return Cause(
        "If both numbers are batch sizes, the two tensors come from different batches.",
        "Print both shapes; no layer changes the batch.",
        "如果这两个数是批次大小，那么两个张量来自不同的批次。",
        "打印两个形状；没有哪一层会改变批次。",
        "print(skip.shape, x.shape)",
    )


def _are_tokens(found: Found) -> bool:
    """Whether both numbers are a square of patches and one token for the class."""
    sides = [isqrt(max(found[name] - 1, 0)) for name in ("wanted", "got")]
    squares = [side * side + 1 for side in sides]
    return squares == [found["wanted"], found["got"]] and min(sides) >= 4


def _tokens(found: Found, framework: str) -> Cause:
    a, b = found["wanted"], found["got"]
    sums = " and ".join(f"{n} = {isqrt(n)} * {isqrt(n)} + 1" for n in (a, b))
    return Cause(
        f"{sums}: if these are patches and 1 token for the class, they are of images of two sizes, and the position embedding belongs to one of them.",
        "Resize the image to the size that the model was made for, or interpolate the position embedding.",
        f"{sums.replace(' and ', '，')}：如果这是图块数加上 1 个类别标记，那就来自两种大小的图像，而位置编码只属于其中一种。",
        "把图像缩放到模型要求的大小，或者对位置编码插值。",
        code(TO_MODEL, framework),
    )
