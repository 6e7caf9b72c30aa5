"""What is said of a prediction and a target of other sizes: causes and cures."""

from __future__ import annotations

from math import gcd

from convarith.diagnosis.joining import code
from convarith.diagnosis.kind import Cause
from convarith.diagnosis.loss_texts import Pair
from convarith.diagnosis.pairs import CHANNELS_LAST
from convarith.diagnosis.rounding import NEAR, STEPS
from convarith.diagnosis.values import Sizes

# Products of strides that round so much up are rare.
MUCH = 32


def other_sizes(pair: Pair, mine: Sizes, theirs: Sizes, start: int) -> list[Cause]:
    """The sizes from this axis of the target on."""
    size = f"target.shape[{start}:]"
    told = " x ".join(map(str, mine)), " x ".join(map(str, theirs))
    keras = pair.framework in CHANNELS_LAST
    if keras:
        told = " x ".join(map(str, mine[:-1])), " x ".join(map(str, theirs[:-1]))
    lines = (
        f"F.interpolate(x.unsqueeze(1), size={size}).squeeze(1)"
        if len(pair.first) == len(mine) + 1 == 3 and len(pair.second) == 3
        else f"F.interpolate(x, size={size})",
        "keras.ops.image.resize(x, target.shape[1:3])",
        "jax.image.resize(x, (*target.shape[:3], x.shape[-1]), 'linear')",
        "print(x.shape, target.shape)",
    )
    n = len(mine) - 1 if keras else len(mine)
    less = [(b or 0) - (a or 0) for a, b in zip(mine[:n], theirs[:n], strict=False)]
    if None in (*mine[:n], *theirs[:n]) or not any(less):
        return []
    scale = ratio(mine[:n], theirs[:n])
    if scale:
        return [_scaled(told, scale), _shrunk(code(lines, pair.framework))]
    if times := enlarged(mine[:n], theirs[:n]):
        return [_small(told, times, code(lines, pair.framework))]
    one_sided = n == 2 and 0 in less
    if one_sided and not _rounds(mine[:n], theirs[:n]):
        return [_one_axis(told)]
    if min(less) <= -MUCH:
        return []
    resized = _resized(told, code(lines, pair.framework), less)
    if all(one >= 0 and one % 2 == 0 for one in less) and not one_sided:
        return [resized, valid(less, pair.framework)]
    larger = max(less) <= 0
    return [resized, too_large(less, pair.framework)] if larger else [resized]


def ratio(mine: Sizes, theirs: Sizes) -> tuple[int, int] | None:
    """How many times too large a prediction is, where no rounding explains it."""
    pairs = list(zip(mine, theirs, strict=False))
    if any(2 * a < 3 * b or a - b < 2 or not b for a, b in pairs):
        return None
    a, b = pairs[0]
    step = gcd(a, b)
    exact = a // step, b // step
    if all(x * exact[1] == y * exact[0] for x, y in pairs) and exact[1] < 10:
        return exact
    times = {round(x / y) for x, y in pairs}
    far = min(x - y for x, y in pairs) >= MUCH
    return (times.pop(), 1) if far and len(times) == 1 else None


def enlarged(mine: Sizes, theirs: Sizes) -> int:
    """How many times too small a prediction is, if it is so on all axes."""
    times = {
        b // a if a and b % a == 0 else 0 for a, b in zip(mine, theirs, strict=True)
    }
    factor = times.pop()
    return factor if not times and factor > 1 and min(mine) > 1 else 0


def _rounds(mine: Sizes, theirs: Sizes) -> bool:
    """Whether one product of strides rounds one to the other, and keeps what is equal."""
    pairs = [sorted(pair) for pair in zip(mine, theirs, strict=True)]
    apart = max(b - a for a, b in pairs)
    return apart < NEAR or any(
        all(b // p * p == a for a, b in pairs)
        or all(-(-a // p) * p == b for a, b in pairs)
        for p in STEPS
        if p > apart
    )


def _small(told: tuple[str, str], times: int, line: str) -> Cause:
    return Cause(
        f"The prediction is {told[0]}, and the target is {told[1]}, 1 : {times}: the layers do not enlarge by as much as the target needs.",
        f"If the network has to return this size, such as one for super-resolution, give it the missing factor of {times}, or enlarge its input; for segmentation, enlarge the scores before the loss.",
        f"预测是 {told[0]}，目标是 {told[1]}，即 1 : {times}：各层放大的倍数不够。",
        f"如果网络本该输出这个尺寸（例如超分辨率），就补上缺少的倍数 {times}，或者先放大输入；如果是语义分割，就在算损失之前放大预测。",
        line,
    )


def _one_axis(told: tuple[str, str]) -> Cause:
    return Cause(
        f"The prediction is {told[0]}, and the target is {told[1]}: they differ on one axis alone. No square stride, pooling or convolution does this, so the two may belong to different images, or a layer is not square.",
        "Check that input and target are a pair, and print the shapes of both files.",
        f"预测是 {told[0]}，目标是 {told[1]}：只有一个维度不同。方形的步幅、池化和卷积都做不到，所以两者可能属于不同的图像，或者有一层不是方形的。",
        "检查输入和目标是否成对，并打印两个文件的形状。",
        "print(x.shape, target.shape)",
    )


def _scaled(told: tuple[str, str], scale: tuple[int, int]) -> Cause:
    a, b = scale
    return Cause(
        f"The prediction is {told[0]}, and the target is {told[1]}, {a} : {b} or nearly so: the layers enlarge more than they shrink, or the dataset shrinks the target.",
        "Compare the strides: an upsampling or a transposed convolution is one too many, or stands where a convolution belongs; or the image is larger than the one that the network was made for, and a stride is missing before a decoder that starts from a fixed size.",
        f"预测是 {told[0]}，目标是 {told[1]}，大约是 {a} : {b}：放大的倍数超过了缩小的倍数，或者数据集缩小了目标。",
        "对照各层的步幅：上采样或转置卷积多了一个，或者占了卷积的位置；也可能图像比网络设计时的大，而解码器从固定的尺寸开始，前面少了一个步幅。",
        "print(x.shape, target.shape)",
    )


def _shrunk(line: str) -> Cause:
    return Cause(
        "If the dataset shrinks the target, its factor is not that of the network.",
        "Shrink the target by the factor that the network shrinks the image by, or bring the prediction to the size of the target.",
        "如果数据集缩小了目标，它的倍数和网络的不同。",
        "目标缩小的倍数要和网络缩小图像的倍数相同；或者把预测缩放到目标的尺寸。",
        line,
    )


def _resized(told: tuple[str, str], line: str, less: list[int]) -> Cause:
    if max(less) > 0:
        en = "a stride or a pooling rounded a size, or the model returns a smaller map than its input"
        zh = "步幅或池化取了整，或者模型输出的图比输入小"
    elif all(one % 2 == 0 for one in less):
        en = "a stride or a pooling rounded a size up, and the layers after it enlarged the rounded size"
        zh = "步幅或池化向上取整，后面的层又放大了取整后的尺寸"
    else:
        en = "a stride or a pooling rounded a size up, or the arguments of a decoder layer do not mirror those of its encoder layer"
        zh = "步幅或池化向上取整，或者解码器某一层的参数和编码器对应的层不一致"
    return Cause(
        f"The prediction is {told[0]}, and the target is {told[1]}: {en}.",
        "Bring the prediction to the size of the target before the loss; or pad or resize image and target to a multiple of the product of the strides.",
        f"预测是 {told[0]}，目标是 {told[1]}：{zh}。",
        "算损失之前，把预测缩放到目标的尺寸；或者先把图像和目标填充或缩放到步幅乘积的倍数。",
        line,
    )


def valid(less: list[int], framework: str) -> Cause:
    each = less[0] // 2
    cut = ", ".join(f"{n // 2}:{-(n // 2)}" if n else ":" for n in less)
    pairs = ", ".join(f"({n // 2}, {n // 2})" for n in less)
    return Cause(
        f"If the convolutions have no padding, as in the first U-Net, they cut off {each} at each end.",
        "Crop the target to the middle, or pad the convolutions so that they keep the size.",
        f"如果卷积没有填充，就像最早的 U-Net，那么每一端被裁掉 {each}。",
        "从中间裁剪目标；或者给卷积加填充，让尺寸不变。",
        _cropped("target", cut, pairs, framework),
    )


def too_large(less: list[int], framework: str) -> Cause:
    cut = ", ".join(f":{n}" if n else ":" for n in less)
    pairs = ", ".join(f"(0, {-n})" for n in less)
    if all(n % 2 == 0 for n in less):
        cut = ", ".join(f"{-n // 2}:{n // 2}" if n else ":" for n in less)
        pairs = ", ".join(f"({-n // 2}, {-n // 2})" for n in less)
    return Cause(
        "If the prediction is too large because `same` pooling rounded up, its surplus may be cut off.",
        "Crop the prediction to the size of the target.",
        "如果是 `same` 池化向上取整，让预测偏大，就可以裁掉多余的部分。",
        "把预测裁剪到目标的尺寸。",
        _cropped("x", cut, pairs, framework),
    )


def _cropped(name: str, cut: str, pairs: str, framework: str) -> str:
    n = min(pairs.count("("), 3)
    ends = pairs if n == 1 else f"({pairs})"
    keras = f"keras.layers.Cropping{n}D({ends})({name})"
    return code((f"{name}[..., {cut}]", keras, f"{name}[:, {cut}]"), framework)
