"""An input with an axis too many or too few: which one it is."""

from __future__ import annotations

from collections.abc import Mapping
from math import isqrt

from convarith.diagnosis.joining import code
from convarith.diagnosis.kind import Cause
from convarith.diagnosis.values import Found, Sizes, plain, several, without

Told = tuple[str, str, str]
LESS = Cause(
    "If the shape of the input is the one that you meant, the weight that you passed lacks an axis.",
    "Give the weight its two channel axes in front of the axes of the kernel.",
    "如果输入的形状没错，那就是传入的权重少了一个维度。",
    "权重的卷积核维度前面，要有两个通道维度。",
    "weight.unsqueeze(1)",
)


def with_axes(groups: Mapping[str, str | None]) -> Found:
    """How many axes the input has, if the message does not say it itself."""
    found = plain(groups)
    if "input" in found:
        found.setdefault("axes", len(several(found["input"])))
    return found


def of_target(groups: Mapping[str, str | None]) -> Found:
    """The shape is that of the target."""
    found = plain(groups)
    return {"target": several(found.pop("input")), **found}


def of_axes(found: Found, framework: str) -> list[Cause]:
    """By the shape, if the message has it, and by the weight."""
    if "target" in found:
        return [_target(found["target"], found["wanted"])]
    if "norm" in found:
        return [_by_count(found)]
    if "input" not in found:
        too_many = found.get("axes", 0) > found.get("wanted", 8)
        return [_one_too_many(found, framework)] if too_many else []
    shape: Sizes = several(found["input"])
    kernel = several(found.get("kernel", ()))
    if 0 < len(kernel) < len(shape):
        return [_more_than_kernel(shape, kernel)]
    weight = several(found.get("weight", ()))
    wanted = found.get("batched") or found.get("wanted") or len(kernel)
    if not wanted or len(shape) == wanted:
        return []
    channels = weight[1] if len(weight) > 1 and framework == "torch" else None
    if found.get("summary") == shape[1:] and len(shape) == wanted + 1:
        return [_summarized(shape)]
    if len(shape) > wanted:
        told = [_too_many(shape, wanted, channels, framework)]
        return [*told, LESS] if len(weight) == len(shape) - 1 > 2 else told
    return _too_few(shape, wanted, channels, framework)


def _one_too_many(found: Found, framework: str) -> Cause:
    lines = ("x.squeeze(0)", "keras.ops.squeeze(x, 0)", "x[0]")
    axes, wanted = found["axes"], found["wanted"]
    return Cause(
        f"The input has {axes} axes, and {wanted} are expected: usually the batch was added twice.",
        "Remove an axis of 1, or merge the first two axes.",
        f"输入有 {axes} 维，而要求 {wanted} 维：多半是批次加了两次。",
        "去掉一个大小为 1 的维度，或者合并最前面的两维。",
        code(lines, framework),
    )


def _more_than_kernel(shape: Sizes, kernel: Sizes) -> Cause:
    more = len(shape) - len(kernel)
    return Cause(
        f"The input {shape} has {len(shape)} axes, and the kernel {kernel} has {len(kernel)}: they must have the same number.",
        f"Remove {more} of the axes of the input, for example axes of 1 with `squeeze`; if the kernel is the one that lacks axes, give it those.",
        f"输入 {shape} 有 {len(shape)} 维，卷积核 {kernel} 有 {len(kernel)} 维：两者的维度数必须相同。",
        f"输入去掉 {more} 维，例如用 `squeeze` 去掉大小为 1 的维度；如果是卷积核少了维度，就给它补上。",
        "print(x.shape, kernel.shape)",
    )


def _too_many(shape: Sizes, wanted: int, channels: int | None, framework: str) -> Cause:
    ones = [at for at, size in enumerate(shape[: len(shape) - wanted + 2]) if size == 1]
    fits = [
        at for at in ones if channels is None or without(shape, at)[1:2] == (channels,)
    ]
    at = next(iter(fits or ones), None)
    en = f"The shape of the input is {shape}, with {len(shape)} axes, and the layer expects {wanted}: "
    zh = f"输入的形状是 {shape}，有 {len(shape)} 维，而这一层要求 {wanted} 维："
    if at is not None and len(shape) == wanted + 1:
        line = f"x.squeeze({at})"
        return Cause(
            f"{en}one axis of 1 is too many, usually a batch that was added twice.",
            "Remove this axis with `squeeze`, or do not add it.",
            f"{zh}多了一个大小为 1 的维度，多半是批次加了两次。",
            "用 `squeeze` 去掉这个维度，或者不要加它。",
            code((line, f"keras.ops.squeeze(x, {at})", line), framework),
        )
    merged = f"x.reshape(-1, *x.shape[{len(shape) - wanted + 1}:])"
    return Cause(
        f"{en}usually two axes in front, such as batch and frames, where one is expected.",
        "Merge the first axes before the layer, and split them after it; or use a layer for more axes.",
        f"{zh}多半是前面有两个维度（例如批次和帧），而只要求一个。",
        "在这一层之前把前面的维度合并，之后再分开；或者换成维度更多的层。",
        code(
            (
                f"x.flatten(0, {len(shape) - wanted})",
                "keras.layers.TimeDistributed(layer)(x)",
                merged,
            ),
            framework,
        ),
    )


def _target(shape: Sizes, wanted: int) -> Cause:
    mask = wanted == 4 == len(shape) + 1
    return Cause(
        f"The shape of the target is {shape}, with {len(shape)} axes, and the prediction has {wanted}{': the channels of the target are missing at the end' if mask else ''}.",
        "Add the missing axis to the target."
        if mask
        else "Print both shapes, and give the target the axes of the prediction, or flatten the map in the model.",
        f"目标的形状是 {shape}，有 {len(shape)} 维，而预测有 {wanted} 维{'：目标的末尾缺少通道' if mask else ''}。",
        "给目标补上缺少的维度。"
        if mask
        else "打印两个形状，让目标的维度和预测相同；或者在模型里展平特征图。",
        "keras.ops.expand_dims(target, -1)"
        if mask
        else "print(model.output_shape, target.shape)",
    )


def _summarized(shape: Sizes) -> Cause:
    """The summary of torchsummary, and not that of torchinfo, adds a batch."""
    asked = f"summary(model, {tuple(shape[2:])})"
    return Cause(
        f"The call asks for a summary of {tuple(shape[1:])}, and the input is {shape}: this `summary` adds a batch of {shape[0]} in front.",
        "Give it the shape of one example, without the batch.",
        f"这里按 {tuple(shape[1:])} 调用 summary，而输入是 {shape}：这个 `summary` 会在前面加上大小为 {shape[0]} 的批次。",
        "只写一个样本的形状，不带批次。",
        asked,
    )


def _too_few(
    shape: Sizes, wanted: int, channels: int | None, framework: str
) -> list[Cause]:
    if framework != "torch":
        return [_lacking(shape, wanted, _of_others(shape, wanted, framework))]
    told = [_lacking(shape, wanted, _of_torch(shape, wanted, channels))]
    flat = _flat_image(shape, wanted)
    return [_lacking(shape, wanted, flat), *told] if flat else told


def _lacking(shape: Sizes, wanted: int, told: Told) -> Cause:
    en, zh, line = told
    return Cause(
        f"The shape of the input is {shape}, with {len(shape)} axes, and the layer expects {wanted}: {en}",
        "Add the missing axis.",
        f"输入的形状是 {shape}，有 {len(shape)} 维，而这一层要求 {wanted} 维：{zh}",
        "补上缺少的维度。",
        line,
    )


def _flat_image(shape: Sizes, wanted: int) -> Told | None:
    """A batch of images that were stored as rows."""
    if len(shape) != 2 or wanted != 4 or None in shape:
        return None
    for channels in (1, 3):
        count, rest = divmod(shape[1] or 0, channels)
        side = isqrt(count)
        if not rest and side * side == count and side > 4 and shape[0] != shape[1]:
            view = f"{channels}, {side}, {side}"
            return (
                f"if each row is a flattened image, {shape[1]} = {channels} * {side} * {side}.",
                f"如果每行是一张展平的图像，{shape[1]} = {channels} * {side} * {side}。",
                f"x.view(-1, {view})",
            )
    return None


def _of_torch(shape: Sizes, wanted: int, channels: int | None) -> Told:
    missing = wanted - len(shape)
    if missing > 1:
        ones = ", ".join(["1"] * missing)
        line = f"x.reshape({ones}, *x.shape)"
        return "batch and channels are missing.", "缺少批次和通道。", line
    if channels is not None and shape[-1] == channels != shape[0]:
        order = ", ".join(map(str, (len(shape) - 1, *range(len(shape) - 1))))
        return (
            "the batch is missing, and the channels are last.",
            "缺少批次，而且通道在最后。",
            f"x.permute({order}).unsqueeze(0)",
        )
    if channels == 1 != shape[0]:
        return "the channels are missing.", "缺少通道。", "x.unsqueeze(1)"
    return "the batch is missing.", "缺少批次。", "x.unsqueeze(0)"


def _of_others(shape: Sizes, wanted: int, framework: str) -> Told:
    last, missing = shape[-1] if shape else None, wanted - len(shape)
    images = len(shape) > 2 and last is not None and last <= 4
    alone = len(shape) == 2 and shape[0] == 1
    if framework not in ("keras", "tensorflow") or images or alone or missing > 1:
        lines = ("", "keras.ops.expand_dims(x, 0)", "x[None]")
        return (
            "the batch is missing in front.",
            "最前面缺少批次。",
            code(lines, framework),
        )
    return (
        "the channels are missing at the end.",
        "末尾缺少通道。",
        "keras.ops.expand_dims(x, -1)",
    )


def _by_count(found: Found) -> Cause:
    """Batch normalization says only how many axes there are."""
    axes = found["axes"]
    n = max(1, min(3, axes - 2))
    return Cause(
        f"The input has {axes} axes, and this layer is for another number: with its batch, it belongs to `BatchNorm{n}d`. If the batch is missing, add it.",
        "Use the layer for the number of axes, or add the missing axis with `unsqueeze`.",
        f"输入有 {axes} 维，而这一层适用于别的维度数：如果批次算在内，应该用 `BatchNorm{n}d`。如果缺少批次，就补上。",
        "换成维度数合适的层，或者用 `unsqueeze` 补上缺少的维度。",
        f"nn.BatchNorm{n}d(num_features)",
    )


def of_one_value(found: Found, _framework: str) -> list[Cause]:
    """Normalization in training needs 2 values; a batch of 1 with a map of 1 has 1."""
    if "per" not in found:
        return []
    shape = several(found["input"]) if "input" in found else ""
    batch = found["per"].startswith("value")
    return [
        Cause(
            f"Normalization computes a mean and a variance, and from 1 value there is no variance: a map of 1 x 1{' in a batch of 1' if batch else ''}. The shape of the input is {shape}."
            if shape
            else "Normalization computes a mean and a variance, and from 1 value there is no variance.",
            "Drop the last batch if it has 1 example, call `model.eval()` when you do not train, or enlarge the image so that the map is larger than 1 x 1."
            if batch
            else "Enlarge the image so that the map is larger than 1 x 1, or leave out this normalization.",
            f"归一化要算均值和方差，而 1 个值没有方差：{'批次为 1，而且' if batch else ''}特征图是 1 x 1。输入的形状是 {shape}。"
            if shape
            else "归一化要算均值和方差，而 1 个值没有方差。",
            "最后一批只有 1 个样本时丢掉它；不训练时先调用 `model.eval()`；或者加大图像，让特征图大于 1 x 1。"
            if batch
            else "加大图像，让特征图大于 1 x 1；或者去掉这个归一化。",
            "DataLoader(dataset, drop_last=True)" if batch else "nn.Identity()",
        )
    ]
