"""Causes that are no arithmetic of layers: batches, axes, samples, exported sizes."""

from __future__ import annotations

from convarith.diagnosis.channels_apart import image_mode
from convarith.diagnosis.joining import code
from convarith.diagnosis.kind import Cause
from convarith.diagnosis.pairs import apart_on, shapes
from convarith.diagnosis.values import Found, Sizes


def axes_differ(found: Found, framework: str) -> Cause:
    """Broadcasting adds axes in front by itself, so there it is another one."""
    first, second = sorted(shapes(found), key=len)
    if found.get("receives") and len(shapes(found)[0]) < len(second):
        return _receives(first, second)
    places = _places(first, second) if found.get("broadcasts") else None
    if places:
        return _axes_between(first, second, places, framework)
    return Cause(
        f"The two have a different number of axes: {first} and {second}. One lacks the batch or the channels.",
        "Add the missing axis to the one that lacks it: in front if it is the batch.",
        f"两者的维度数不同：{first} 和 {second}。其中一个缺少批次或通道。",
        "给较少的那个补上缺少的维度；缺的是批次，就补在最前面。",
        code(
            ("x.unsqueeze(0)", "keras.ops.expand_dims(x, 0)", "x[None]"),
            framework,
        )
        if len(second) == len(first) + 1
        else "print(x.shape, y.shape)",
    )


def _places(short: Sizes, long: Sizes) -> list[int] | None:
    """The axes of the longer one that those of the shorter one belong to, in order."""
    places, at = [], 0
    for size in short:
        while at < len(long) and long[at] != size:
            at += 1
        places.append(at)
        at += 1
    return places if short and places[-1] < len(long) else None


def _axes_between(
    first: Sizes, second: Sizes, places: list[int], framework: str
) -> Cause:
    axes = ["1"] * len(second)
    for own, at in enumerate(places):
        axes[at] = f"y.shape[{own}]"
    line = f"y.reshape({', '.join(axes)})"
    return Cause(
        f"The shapes are {first} and {second}. Broadcasting compares the last axes, and the shorter one belongs to earlier ones.",
        "Give the shorter one an axis of 1 where it has none.",
        f"形状是 {first} 和 {second}。广播从最后一维开始比较，而较短的那个对应的是前面的维度。",
        "在较短的那个缺维度的地方补上 1。",
        code((line, f"keras.ops.reshape(y, ({', '.join(axes)}))", line), framework),
    )


def _receives(first: Sizes, second: Sizes) -> Cause:
    return Cause(
        f"The array that receives has the shape {first}, and the value has {second}, one axis more: usually a colour image, where a grey one was expected.",
        'Make the array as large as the value, or read the image as grey: `Image.open(path).convert("L")`.',
        f"接收的数组形状是 {first}，而值是 {second}，多了一个维度：多半是该用灰度图的地方用了彩色图。",
        '让数组和值一样大；或者把图像读成灰度图：`Image.open(path).convert("L")`。',
        f"np.zeros({second})",
    )


def batch(found: Found, framework: str) -> Cause:
    a, b = found["wanted"], found["got"]
    known = len(shapes(found)[0]) > 3
    lines = (
        "DataLoader(dataset, drop_last=True)",
        "dataset.batch(batch_size, drop_remainder=True)",
        "print(x.shape, y.shape)",
    )
    return Cause(
        f"{'' if known else 'If the tensors have a batch, '}{'D' if known else 'd'}imension 0 is the batch: one tensor has {a} examples, the other {b}. No layer changes this number, so the two come from different batches, or a reshape mixed the axes.",
        "Print both shapes where the batch is made; the last batch of an epoch may be smaller.",
        f"{'' if known else '如果张量带批次，'}维度 0 {'' if known else '就'}是批次：一个张量有 {a} 个样本，另一个有 {b} 个。没有哪一层会改变它，所以两者来自不同的批次，或者某次 reshape 混淆了维度。",
        "在组批次的地方打印两个形状；每轮的最后一批可能不满。",
        code(lines, framework),
    )


def folded(found: Found) -> Cause:
    """No loader explains a whole factor better than a reshape does."""
    small, large = sorted((found["wanted"], found["got"]))
    known = len(shapes(found)[0]) > 3
    en, zh = ("Dimension 0 is the batch", "维度 0 就是批次")
    if not known:
        en, zh = (
            f"If the tensors have a batch, d{en[1:]}",
            "如果张量带批次，维度 0 是批次",
        )
    return Cause(
        f"{en}: {large} is {large // small} times {small}. No layer changes this number: a reshape moved frames, heads or windows into the batch and was not undone, or the two come from different batches.",
        "Print both shapes in front of this line, and undo the reshape before it.",
        f"{zh}：{large} 是 {small} 的 {large // small} 倍。没有哪一层会改变它：某次 reshape 把帧、注意力头或窗口挪进了批次，之后没有还原；或者两者来自不同的批次。",
        "在这一行之前打印两个形状，先还原那次 reshape。",
        "print(x.shape, y.shape)",
    )


def flattened(found: Found, framework: str) -> Cause:
    a, b = found["wanted"], found["got"]
    en, zh = ("Both have one axis", "两者都只有一维")
    if not shapes(found)[0]:
        en, zh = ("If both have one axis", "如果两者都只有一维")
    link = ", and" if shapes(found)[0] else ","
    return Cause(
        f"{en}{link} {a} and {b} are no numbers of examples but of all values. Two maps were flattened, as in a Dice loss, and their sizes or channels differ.",
        "Print both shapes before they are flattened: the target needs the size and the channels of the prediction.",
        f"{zh}，{a} 和 {b} 不是样本数，而是全部数值的个数。两张图被展平了（例如在 Dice 损失里），而它们的尺寸或通道数不同。",
        "展平之前打印两个形状：目标的尺寸和通道数要和预测相同。",
        code(
            ("print(x.shape, y.shape)", "print(y_true.shape, y_pred.shape)"), framework
        ),
    )


def grown_in_place(found: Found) -> Cause:
    first, second = shapes(found)
    return Cause(
        f"An operation in place keeps the shape {first}, and the result would be {second}. With images, this is usually `Normalize` with 3 means on a grey image of 1 channel.",
        "For `Normalize`, give 1 mean and 1 standard deviation, or make the image RGB first. Otherwise, write `x = x + y` instead of `x += y`, or expand the tensor.",
        f"原地运算保持形状 {first}，而结果会是 {second}。对图像来说，多半是 `Normalize` 写了 3 个均值，而图像是 1 个通道的灰度图。",
        "用 `Normalize` 时只写 1 个均值和 1 个标准差，或者先把图像转换成 RGB。否则把 `x += y` 改成 `x = x + y`，或者先扩展张量。",
        f"x.expand({second}).clone()",
    )


def no_size(found: Found) -> Cause:
    first, second = shapes(found)
    return Cause(
        f"The shapes are {first} and {second}: a negative number is no size. The converter computed a size, usually of a pad or a resize whose numbers the model computes itself, and got it wrong.",
        "Write the numbers of the pad or the resize as constants before you convert, or take the layer out and feed an input that every stride divides; a newer converter may read it.",
        f"形状是 {first} 和 {second}：尺寸不可能是负数。转换工具推算尺寸时算错了，多半是填充或缩放的数由模型自己算出。",
        "转换之前把填充或缩放的数写成常量；或者去掉那一层，输入用每次步幅都能整除的尺寸；新版转换工具也可能支持。",
        "F.pad(x, (0, 1, 0, 1))",
    )


def counts_differ(found: Found) -> Cause:
    """Two numbers of axes, or an axis that a tensor does not have."""
    if "dim" in found:
        axes = found.get("highest", -1) + 1
        return Cause(
            f"The call names dimension {found['dim']}, and the tensor has {axes} axes: usually the batch is missing, or a squeeze removed it.",
            "Print the shape in front of the call, and add the missing axis, or name the dimension from the end.",
            f"调用里写的是维度 {found['dim']}，而张量只有 {axes} 维：多半是缺少批次，或者被 squeeze 去掉了。",
            "在调用之前打印形状，补上缺少的维度；或者从末尾数维度。",
            "x.unsqueeze(0)",
        )
    a, b = found["ndim"], found["other"]
    return Cause(
        f"One tensor has {a} axes, and another has {b}: one lacks the batch, the channels or the spatial axes.",
        "Add the missing axes to the one that has fewer: `unsqueeze(0)` for the batch, `unsqueeze(1)` for the channels, `x.reshape(*x.shape, 1, 1)` for height and width.",
        f"一个张量有 {a} 维，另一个有 {b} 维：其中一个缺少批次、通道或空间维度。",
        "给维度少的补上：批次用 `unsqueeze(0)`，通道用 `unsqueeze(1)`，高和宽用 `x.reshape(*x.shape, 1, 1)`。",
        "x.unsqueeze(0)"
        if abs(a - b) == 1
        else f"x.reshape(*x.shape{', 1' * min(abs(a - b), 3)})",
    )


def of_samples(found: Found) -> list[Cause]:
    """What a loader stacks into a batch: samples of different shapes."""
    first, second = shapes(found)
    if not (first and second):
        return [samples_differ("", "", "F.interpolate(x[None], size=(224, 224))[0]")]
    en = f" The shapes are {first} and {second}."
    zh = f"形状是 {first} 和 {second}。"
    if len(first) == len(second) > 2 and first[1:] == second[1:]:
        return [image_mode({"wanted": first[0], "got": second[0]})]
    if len(first) != len(second) or len(first) < 3:
        return [
            samples_differ(en, zh, "nn.utils.rnn.pad_sequence(batch, batch_first=True)")
        ]
    size = ", ".join(map(str, first[1:]))
    return [samples_differ(en, zh, f"F.interpolate(x[None], size=({size}))[0]")]


def samples_differ(en: str, zh: str, line: str) -> Cause:
    return Cause(
        f"Samples of different shapes are put into one batch, which is one tensor.{en}",
        "Resize, crop or pad every sample to one shape in the dataset, images with `Resize((height, width))`; or pass your own `collate_fn`.",
        f"形状不同的样本要放进同一批，而一个批次是一个张量。{zh}",
        "在数据集里把每个样本缩放、裁剪或填充成同一形状，图像用 `Resize((height, width))`；或者自己写 `collate_fn`。",
        line,
    )


def nothing(found: Found, framework: str) -> Cause:
    a, b = found["wanted"], found["got"]
    exported = framework in ("tflite", "onnx", "tensorrt", "coreml")
    resized = "interpreter.resize_tensor_input(0, (1, 224, 224, 3))"
    why = (
        (
            "a size that was not known when the model was converted became 0",
            "转换模型时还不知道的尺寸变成了 0",
        )
        if exported
        else ("a slice or a layer left nothing", "某个切片或某一层什么也没剩下")
    )
    return Cause(
        f"The sizes are {a} and {b}, and 0 is no size of a map: usually {why[0]}.",
        "Give the model a fixed input shape when you convert it, or set the input shape before the first call."
        if exported
        else "Print the shapes in front of this call, and find what made the size 0.",
        f"两个尺寸是 {a} 和 {b}，而特征图的尺寸不会是 0：多半是{why[1]}。",
        "转换模型时写死输入形状；或者第一次调用之前先设定输入形状。"
        if exported
        else "打印这里之前的形状，找出是什么把尺寸变成了 0。",
        resized if framework == "tflite" else "print(x.shape, skip.shape)",
    )


def fixed_at_export(found: Found, framework: str) -> Cause:
    first, second = shapes(found)
    pairs = [
        f"{first[at]} and {second[at]} on dimension {at}" for at in apart_on(found)
    ]
    pairs_zh = [f"维度 {at} 上是 {first[at]} 和 {second[at]}" for at in apart_on(found)]
    return Cause(
        f"The sizes are {', '.join(pairs)}. Usually a size or a grid that was computed at export stands in the model as a number, and this image has another size.",
        "Feed an image of the size that the model was exported for, or export it with dynamic axes and without sizes that are computed in Python.",
        f"尺寸：{'，'.join(pairs_zh)}。多半是导出时算出的尺寸或网格作为数字写进了模型，而这张图像的尺寸不同。",
        "输入导出时所用尺寸的图像；或者重新导出，让维度可变，模型里不要用 Python 计算尺寸。",
        "print(session.get_inputs()[0].shape)"
        if framework == "onnx"
        else "print(x.shape, y.shape)",
    )
