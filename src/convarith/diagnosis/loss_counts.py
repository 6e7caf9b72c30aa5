"""What is said of a loss that gets two numbers of examples: causes and cures."""

from __future__ import annotations

from math import gcd

from convarith.diagnosis.joining import code
from convarith.diagnosis.kind import Cause


def pixels(a: int, b: int, framework: str) -> Cause:
    step = gcd(a, b)
    return Cause(
        f"The prediction has {a} and the target {b} elements in the batch, {a // step} : {b // step}. If these are the pixels of all images, flattened into the batch, the two maps have different sizes.",
        "Bring the prediction to the size of the target before both are flattened.",
        f"批次里，预测有 {a} 个元素，目标有 {b} 个，{a // step} : {b // step}。如果这是所有图像的像素，被展平进了批次，那么两张图的尺寸不同。",
        "展平之前，先把预测缩放到目标的尺寸。",
        code(
            (
                "F.interpolate(x, size=target.shape[-2:])",
                "keras.ops.image.resize(x, target.shape[1:3])",
                "print(x.shape, target.shape)",
            ),
            framework,
        ),
    )


def reshaped(a: int, b: int, framework: str) -> Cause:
    factor = max(a, b) // min(a, b)
    which = ("prediction", "预测") if a > b else ("target", "目标")
    name = "x" if a > b else "target"
    lines = (
        f"{name}.flatten(1)",
        f"keras.layers.Flatten()({name})",
        f"{name}.reshape({name}.shape[0], -1)",
    )
    return Cause(
        f"The {which[0]} has {factor} times as many examples as the other: {a} and {b}. A `view` or `reshape` with a fixed number of features moved the factor {factor} into the batch, or a flatten is missing.",
        "Flatten everything but the batch, and give the next layer the number of features that comes out.",
        f"{which[1]}的样本数是另一个的 {factor} 倍：{a} 和 {b}。特征数写死的 `view` 或 `reshape` 把倍数 {factor} 挪进了批次，或者少了一次展平。",
        "只展平批次以外的维度，下一层的特征数写实际得到的数。",
        code(lines, framework),
    )


def examples(a: int, b: int, framework: str) -> Cause:
    return Cause(
        f"The inputs have {a} examples in their first axis, and the targets have {b}. Each example needs its own target.",
        "Print both shapes, and find where examples were left out; if one number is 1, an axis was added in front of all examples.",
        f"输入的第一维有 {a} 个样本，而目标有 {b} 个。每个样本都要有自己的目标。",
        "打印两个形状，找出漏掉样本的地方；如果其中一个数是 1，那就是在所有样本前面多加了一个维度。",
        code(("x.squeeze(0)", *("np.squeeze(x, 0)",) * 3), framework)
        if a == 1
        else "print(x.shape, y.shape)",
    )


def colours(mine: int, theirs: int) -> Cause:
    return Cause(
        f"The target has {theirs // mine} times as many elements as the prediction: {theirs} and {mine}. The mask was read as a colour image, and the model returns 1 channel.",
        'Read the mask as grey: `Image.open(path).convert("L")`; or keep 1 of its channels.',
        f"目标的元素个数是预测的 {theirs // mine} 倍：{theirs} 和 {mine}。掩膜被读成了彩色图，而模型输出 1 个通道。",
        '把掩膜读成灰度图：`Image.open(path).convert("L")`；或者只取一个通道。',
        "target[:, :1]",
    )


def no_batch(theirs: int) -> Cause:
    return Cause(
        f"If the target has no batch, its first axis of {theirs} was taken for it; the prediction has a batch of 1.",
        "Give the target its batch.",
        f"如果目标没有批次，它大小为 {theirs} 的第一维就被当成了批次；预测的批次是 1。",
        "给目标补上批次。",
        "target.unsqueeze(0)",
    )
