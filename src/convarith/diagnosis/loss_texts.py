"""What is said of a loss that does not fit: causes and cures."""

from __future__ import annotations

from typing import NamedTuple

from convarith.diagnosis.joining import code
from convarith.diagnosis.kind import Cause
from convarith.diagnosis.pairs import CHANNELS_LAST
from convarith.diagnosis.values import Shape, Sizes, without


class Pair(NamedTuple):
    """A prediction and a target, and whose message it is."""

    first: Sizes
    second: Sizes
    framework: str

    @property
    def classes(self) -> int:
        """The axis of the prediction that holds the classes."""
        last = len(self.first) - 1
        return last if self.framework in CHANNELS_LAST else min(1, last)

    def without_classes(self) -> Sizes:
        return without(self.first, self.classes)


def both(pair: Pair) -> tuple[str, str]:
    first, second = Shape(pair.first), Shape(pair.second)
    return (
        f"The prediction is {first}, and the target is {second}.",
        f"预测是 {first}，目标是 {second}。",
    )


def squeezed(pair: Pair, name: str, at: int) -> Cause:
    first, second, framework = pair
    line = f"{name}.squeeze({at})"
    return Cause(
        f"The shapes are {first} and {second}: one has an axis of 1 too many.",
        "Remove this axis with `squeeze`.",
        f"形状是 {first} 和 {second}：其中一个多了一个大小为 1 的维度。",
        "用 `squeeze` 去掉这个维度。",
        code((line, f"keras.ops.squeeze({name}, {at})", line), framework),
    )


def class_axis(pair: Pair) -> Cause:
    en, zh = both(pair)
    at = pair.classes
    count = pair.first[at]
    return Cause(
        f"{en} Axis {at} of the prediction holds {count} classes, and the target has no such axis: it holds the numbers of the classes.",
        "Use the cross-entropy for numbers of classes, or make the target one-hot; if the last layer should return 1 channel, change that layer.",
        f"{zh}预测的维度 {at} 是 {count} 个类别，而目标没有这个维度，里面是类别编号。",
        "改用接受类别编号的交叉熵，或者把目标变成独热编码；如果最后一层本该输出 1 个通道，就改那一层。",
        code(
            (
                "nn.CrossEntropyLoss()(x, target.long())",
                'model.compile(loss="sparse_categorical_crossentropy")',
                "optax.softmax_cross_entropy_with_integer_labels(x, target)",
                "print(x.shape, target.shape)",
            ),
            pair.framework,
        ),
    )


def one_hot(pair: Pair) -> Cause:
    en, zh = both(pair)
    return Cause(
        f"{en} The target has one number for each class, and this loss expects one number for each example.",
        "Use the cross-entropy for one-hot targets, or turn the target into the numbers of the classes.",
        f"{zh}目标给每个类别一个数（独热编码），而这个损失要求每个样本一个数。",
        "改用接受独热编码的交叉熵，或者把目标变成类别编号。",
        code(
            (
                "target.argmax(-1)",
                'model.compile(loss="categorical_crossentropy")',
                "optax.softmax_cross_entropy(x, target)",
                "print(x.shape, target.shape)",
            ),
            pair.framework,
        ),
    )


def axes(pair: Pair) -> Cause:
    en, zh = both(pair)
    return Cause(
        f"{en} They have a different number of axes.",
        "Print both before the loss; the model or the data loader lost an axis, or added one.",
        f"{zh}两者的维度数不同。",
        "在算损失之前打印两者的形状；模型或数据加载少了或多了一个维度。",
        "print(x.shape, target.shape)",
    )


def other_classes(pair: Pair) -> list[Cause]:
    en, zh = both(pair)
    at, torch = pair.classes, pair.framework == "torch"
    mine, theirs = pair.first[at], pair.second[at]
    if theirs == 1:
        told = class_axis(pair)
        line = "nn.CrossEntropyLoss()(x, target.squeeze(1).long())"
        return [told._replace(instead=line) if torch else told]
    modes = mine == 1 and theirs in (3, 4) and len(pair.first) > 2
    spatial = max(1, min(3, len(pair.first) - 2))
    layer = (
        f"nn.Conv{spatial}d(in_channels, {theirs}, kernel_size=1)"
        if len(pair.first) > 2
        else f"nn.Linear(in_features, {theirs})"
    )
    keras = (
        f"keras.layers.Conv{spatial}D({theirs}, 1)"
        if len(pair.first) > 2
        else f"keras.layers.Dense({theirs})"
    )
    told = Cause(
        f"{en} Axis {at} differs: the last layer returns {mine} channels, and the target has {theirs}.",
        "Let the last layer return one channel for each class of the target.",
        f"{zh}维度 {at} 不同：最后一层输出 {mine} 个通道，而目标有 {theirs} 个。",
        "让最后一层给目标的每个类别输出一个通道。",
        code((layer, keras, "print(x.shape)"), pair.framework),
    )
    if not modes:
        return [told]
    grey = Cause(
        f"{en} The mask was read as a colour image of {theirs} channels, and the model returns 1.",
        'Read the mask as grey: `Image.open(path).convert("L")`; or keep 1 of its channels.',
        f"{zh}掩膜被读成了 {theirs} 个通道的彩色图，而模型输出 1 个通道。",
        '把掩膜读成灰度图：`Image.open(path).convert("L")`；或者只取一个通道。',
        code(
            ("target[:, :1]", "target[..., :1]", "target[..., :1]"),
            pair.framework,
        ),
    )
    return [grey, told]


def moved(pair: Pair) -> Cause:
    en, zh = both(pair)
    return Cause(
        f"{en} The target has its channels in the last axis.",
        "Move them to the axis where the prediction has them.",
        f"{zh}目标的通道在最后一维。",
        "把目标的通道挪到预测的那一维。",
        code(
            (
                "target.movedim(-1, 1)",
                "keras.ops.moveaxis(target, 1, -1)",
                "jnp.moveaxis(target, 1, -1)",
                "np.moveaxis(target, -1, 1)",
            ),
            pair.framework,
        ),
    )


def turned(pair: Pair) -> Cause:
    en, zh = both(pair)
    return Cause(
        f"{en} These are the same sizes in another order.",
        "Swap the last two axes of the target.",
        f"{zh}尺寸相同，只是顺序不同。",
        "交换目标的最后两维。",
        code(
            ("target.transpose(-1, -2)", "np.swapaxes(target, -1, -2)"),
            pair.framework,
        ),
    )


def classes_last(first: Sizes, second: Sizes) -> Cause:
    return Cause(
        f"The target should be {first}, and it is {second}. If the prediction has the axes (batch, length, classes), its length was taken for the classes, and its {first[1]} classes for the length.",
        "Move the classes to axis 1.",
        f"目标应该是 {first}，实际是 {second}。如果预测的维度是（批次、长度、类别），长度就被当成了类别，{first[1]} 个类别被当成了长度。",
        "把类别挪到维度 1。",
        "x.movedim(-1, 1)",
    )
