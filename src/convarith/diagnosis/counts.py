"""A number of channels that a layer does not expect: what it is instead."""

from __future__ import annotations

from collections.abc import Mapping

from convarith.diagnosis.features import of_features
from convarith.diagnosis.joining import code
from convarith.diagnosis.kind import Cause
from convarith.diagnosis.orders import of_last, of_rows
from convarith.diagnosis.pairs import CHANNELS_LAST
from convarith.diagnosis.values import IMAGE, Found, Sizes, plain, several

# An image with a few masks has fewer.
MASKED = 12


def with_dims(groups: Mapping[str, str | None]) -> Found:
    """How many spatial axes the weight has."""
    found = plain(groups)
    return {**found, "dims": max(len(several(found["weight"])) - 2, 1)}


def of_nodes(groups: Mapping[str, str | None]) -> Found:
    """A node whose weight has the channels of one group."""
    found = plain(groups)
    return {**found, "wanted": found["kernel_channels"] * found["groups"]}


def of_channels(found: Found, framework: str) -> list[Cause]:
    """Channels that are last, an image of another mode, or a batch without channels."""
    if found.get("last"):
        return of_last(found)
    got, wanted = found.get("got"), found.get("wanted", found.get("channels"))
    shape = several(found.get("input", ()))
    last = framework in CHANNELS_LAST
    if got is None and framework == "keras" and len(shape) > 1:
        got = shape[max(found.get("axis", -1), -len(shape))]
    if framework == "keras" and len(shape) == 2 and got and wanted:
        return of_features({"got": got, "wanted": wanted}, framework)
    if not isinstance(got, int) or not isinstance(wanted, int) or got == wanted:
        return []
    if framework == "onnx" and found.get("groups", 1) < 1:
        return [_no_groups(got, found)]
    if found.get("batch_at"):
        return [_transformed(found["batch_at"])]
    if framework == "tflite" and got > wanted > 0 and got % wanted == 0:
        return [_grouped(got, wanted)]
    if framework in ("jax", ""):
        return [_other(found, got, wanted, framework)] if framework else []
    told = []
    places = [at for at in range(1, len(shape)) if shape[at] == wanted]
    if len(shape) > 2 and wanted == shape[1 if last else -1] and got > 4:
        told.append(_moved(shape, got, wanted, framework))
    elif not last and len(places) == 1 and got > 4 and len(shape) > 2:
        alone = framework == "torch" and shape[0] == 1
        told += of_rows(shape, wanted) if alone else []
        told.append(_turned(shape, got, wanted, places[0]))
    elif not last and wanted == 1 and len(shape) > 2 and shape[0] == 1 and got > 4:
        told.append(_no_channel(got, len(shape) - 2))
    elif got in IMAGE and wanted in IMAGE:
        told.append(_mode(got, wanted, framework))
    elif got - wanted == 2 and got % 3 == 0 and got <= MASKED:
        told.append(_mask(got, wanted, last))
    return [*told, _other(found, got, wanted, framework)]


def of_transposed(found: Found, _framework: str) -> list[Cause]:
    """A weight whose first two axes are in the right order: swapping them cannot help."""
    weight, got = several(found.get("weight", ())), found.get("got")
    if len(weight) < 3 or weight[1] == got:
        return []
    n, wanted = found["dims"], found["wanted"]
    functional = str(found.get("layer", "")).startswith("conv_transpose")
    line = f"nn.ConvTranspose{n}d({got}, out_channels, ...)"
    return [
        Cause(
            f"In a transposed convolution, the first axis of the weight holds the input channels. The input has {got} channels, and the weight expects {wanted}.",
            "If a layer holds the weight, create it with the channels of the input as `in_channels`. If the weight was computed from another map, look where both are computed: their sizes differ, for example because a stride or a scale does not divide the image.",
            f"转置卷积的权重，第一维是输入通道。输入有 {got} 个通道，权重要求 {wanted} 个。",
            "如果权重属于某一层，创建那一层时 `in_channels` 写输入的通道数。如果权重由另一张图算出，就检查两者是在哪里算的：它们的大小不同，例如步幅或倍数不能整除图像的尺寸。",
            "print(x.shape, w.shape)" if functional else line,
        )
    ]


def _no_groups(got: int, found: Found) -> Cause:
    kernel, groups = found.get("kernel_channels", 0), found["groups"]
    fits = kernel > 0 and got % kernel == 0
    line = f"group={got // kernel}" if fits else "print(node.attribute, w.shape)"
    return Cause(
        f"The `group` of this node is {groups}, and it must be at least 1. The input has {got} channels, and the kernel has {kernel}.",
        "Look at the `group` that the converter wrote: the channels of `X` divided by the second axis of `W`. Convert the model again with another version of the converter, or set `group` in the node.",
        f"这个节点的 `group` 是 {groups}，而它至少是 1。输入有 {got} 个通道，卷积核有 {kernel} 个。",
        "检查转换工具写入的 `group`：它等于 `X` 的通道数除以 `W` 的第二维。换一个版本的转换工具重新转换，或者在节点里改 `group`。",
        line,
    )


def _moved(shape: Sizes, got: int, wanted: int, framework: str) -> Cause:
    last = framework in CHANNELS_LAST
    en, zh = ("first", "前面") if last else ("last", "最后")
    lines = (
        f"x.movedim(-1, {1 - len(shape)})",
        "keras.ops.moveaxis(x, 1, -1)",
        "jnp.moveaxis(x, 1, -1)",
        "np.moveaxis(x, -1, 1)",
    )
    certain = wanted <= max(IMAGE) or shape.count(got) > 1
    return Cause(
        f"The shape of the input is {shape}: its {wanted} channels are {en}, and the layer took {got}, a side of the image, for the channels."
        if certain
        else f"The shape of the input is {shape}: if its {wanted} channels are {en}, the layer took another axis, of {got}, for the channels.",
        "Move the channels to the axis where the layer looks for them, for a batch of images in PyTorch with `x.permute(0, 3, 1, 2)`.",
        f"输入的形状是 {shape}：它的 {wanted} 个通道在{zh}，这一层把图像的边长 {got} 当成了通道。"
        if certain
        else f"输入的形状是 {shape}：如果它的 {wanted} 个通道在{zh}，这一层就把另一个大小为 {got} 的维度当成了通道。",
        "把通道挪到这一层要求的维度；在 PyTorch 里，一批图像用 `x.permute(0, 3, 1, 2)`。",
        code(lines, framework),
    )


def _turned(shape: Sizes, got: int, wanted: int, at: int) -> Cause:
    return Cause(
        f"The shape of the input is {shape}, and {wanted} stands on axis {at} alone: if these are its channels, the axes are in another order than the layer reads, and it took {got} for the channels.",
        "Look at the `reshape` or the `permute` in front of the layer, and move the channels to axis 1.",
        f"输入的形状是 {shape}，只有维度 {at} 是 {wanted}：如果这就是通道，那么维度的顺序和这一层读取的不同，它把 {got} 当成了通道。",
        "检查这一层之前的 `reshape` 或 `permute`，把通道挪到维度 1。",
        # From the end, since torch prints a batch of 1 for an input without a batch.
        f"x.movedim({at - len(shape)}, {1 - len(shape)})"
        if shape[0] == 1
        else f"x.movedim({at}, 1)",
    )


def _transformed(batch_at: int) -> Cause:
    return Cause(
        f"The batch stands on axis {batch_at}. If you did not write these dimension numbers, `grad` or `vmap` made this convolution out of yours, and the fault is in the rule of the library, not in a size.",
        "Run the layer without `grad` and `vmap`. If it runs, update JAX, or report the message.",
        f"批次在维度 {batch_at}。如果这些维度编号不是你写的，那么这个卷积是 `grad` 或 `vmap` 由你的卷积变换出来的，问题在库的规则里，不在尺寸。",
        "去掉 `grad` 和 `vmap` 运行这一层。能运行的话，就升级 JAX，或者报告这个错误。",
        "print(jax.__version__)",
    )


def _grouped(got: int, wanted: int) -> Cause:
    groups = got // wanted
    return Cause(
        f"The filter has {wanted} of the {got} channels: as in a convolution of {groups} groups. If the model has one, no size is at fault: this TensorFlow Lite does not run it.",
        "Update TensorFlow Lite, or convert the model with `DepthwiseConv2D` or with one convolution for each group.",
        f"滤波器只有 {got} 个通道中的 {wanted} 个，就像分成 {groups} 组的卷积。如果模型里有这样的卷积，尺寸就没有错：是这个版本的 TensorFlow Lite 不支持。",
        "升级 TensorFlow Lite；或者改用 `DepthwiseConv2D`，或者每组用一个卷积，再转换模型。",
        "keras.layers.DepthwiseConv2D(kernel_size)"
        if wanted == 1
        else "print(tf.__version__)",
    )


def _no_channel(got: int, spatial: int) -> Cause:
    return Cause(
        f"If the input has no axis for its 1 channel, its {got} examples or frames were taken for the channels.",
        "Add the axis of the channel after the batch.",
        f"如果输入没有那 1 个通道的维度，它的 {got} 个样本（或帧）就被当成了通道。",
        "在批次后面补上通道维度。",
        f"x.reshape(-1, 1, *x.shape[-{spatial}:])",
    )


def _mode(got: int, wanted: int, framework: str) -> Cause:
    names = {1: "grey", 3: "RGB", 4: "RGBA"}
    mode = {1: "L", 3: "RGB", 4: "RGBA"}[wanted]
    first = framework not in CHANNELS_LAST
    if got > wanted > 1:
        line = f"x[:, :{wanted}]" if first else f"x[..., :{wanted}]"
    elif wanted == 1:
        line = "x.mean(1, keepdim=True)" if framework == "torch" else "x[..., :1]"
    elif framework == "torch" and got == 1:
        line = f"x.repeat(1, {wanted}, *[1] * (x.ndim - 2))"
    elif got == 1:
        axis = 1 if first else -1
        name = "keras.ops" if framework in ("keras", "tensorflow") else "np"
        line = f"{name}.repeat(x, {wanted}, axis={axis})"
    else:
        line = f'Image.open(path).convert("{mode}")'
    return Cause(
        f"The input has {got} channels, and the layer expects {wanted}. For an image, {got} is {names[got]} and {wanted} is {names[wanted]}.",
        f'Convert every image when you open it: `Image.open(path).convert("{mode}")`.',
        f"输入有 {got} 个通道，这一层要求 {wanted} 个。对图像来说，灰度图 1 个，RGB 3 个，RGBA 4 个。",
        f'打开图像时统一转换：`Image.open(path).convert("{mode}")`。',
        line,
    )


def _mask(got: int, wanted: int, last: bool) -> Cause:
    return Cause(
        f"The input has {got} channels, and the layer expects {wanted}: 2 too many, as if a mask of 1 channel had been read as a colour image of 3.",
        'Read the mask as grey, `Image.open(path).convert("L")`, or keep 1 of its channels before you join it.',
        f"输入有 {got} 个通道，这一层要求 {wanted} 个：多了 2 个，就像 1 个通道的掩膜被读成了 3 个通道的彩色图。",
        '把掩膜读成灰度图：`Image.open(path).convert("L")`；或者拼接之前只取一个通道。',
        "mask[..., :1]" if last else "mask[:, :1]",
    )


def _other(found: Found, got: int, wanted: int, framework: str) -> Cause:
    n = found.get("dims", 2)
    fixes = (
        "Create the layer with the number of channels that the input has, or give it the map that it was created for.",
        "按输入的通道数创建这一层，或者传入建层时所用的那个特征图。",
    )
    lines: tuple[str, str, str, str] = (
        f"nn.Conv{n}d({got}, out_channels, kernel_size)",
        f"keras.layers.Conv{n}D(filters, kernel_size)(x)",
        'dimension_numbers=("NHWC", "HWIO", "NHWC")',
        "print(x.shape, w.shape)",
    )
    if framework in ("keras", "tensorflow"):
        fixes = (
            "Keras expects the channels in the last axis, if `data_format` says nothing else, and a layer keeps the channels of its first call: move the axis, change the image, or create another layer.",
            "Keras 默认通道在最后一维（除非另写 `data_format`），而且一层会一直沿用第一次调用时的通道数：挪动维度，改图像，或者另建一层。",
        )
    if framework == "onnx":
        fixes = (
            "Make the second axis of `W` the channels of `X` divided by `group`; if a converter wrote the model, look at the node before this one.",
            "`W` 的第二维要等于 `X` 的通道数除以 `group`；如果模型由转换工具生成，就检查前一个节点。",
        )
    return Cause(
        f"The input has {got} channels, and the layer expects {wanted}.",
        fixes[0],
        f"输入有 {got} 个通道，这一层要求 {wanted} 个。",
        fixes[1],
        code(lines, framework),
    )


def with_groups(groups: Mapping[str, str | None]) -> Found:
    """The channels that a weight reads with these groups."""
    found = plain(groups)
    weight = several(found.get("weight", ()))
    if len(weight) > 1 and "groups" in found:
        found["channels"] = found["groups"] * weight[1]
    return found


def of_groups(found: Found, framework: str) -> list[Cause]:
    """The weight that the message prints says what groups can be."""
    weight, groups = several(found.get("weight", ())), found.get("groups")
    if framework != "torch" or len(weight) < 3 or not groups or min(weight) < 1:
        return []
    outputs, own, kernel = weight[0], weight[1], weight[2:]
    n = min(len(kernel), 3)
    inputs = found["channels"]
    return [
        Cause(
            f"groups={groups} does not divide the {outputs} output channels of the weight {weight}. With these groups, the weight reads {groups} * {own} = {inputs} channels. If `groups` is taken from the input, the layer was created for an input with another number of channels.",
            f"Give the input the channels that the layer was created for, or create the layer for {inputs} channels, with out_channels a multiple of {groups}.",
            f"groups={groups} 不能整除权重 {weight} 的 {outputs} 个输出通道。按这个分组，权重读取 {groups} * {own} = {inputs} 个通道。如果 `groups` 取自输入，那就是建层时的输入通道数不同。",
            f"让输入的通道数等于建层时的通道数；或者按 {inputs} 个通道创建这一层，out_channels 取 {groups} 的倍数。",
            f"nn.Conv{n}d({inputs}, {max(-(-outputs // groups), 1) * groups}, {kernel}, groups={groups})",
        )
    ]


def of_normalization(found: Found, _framework: str) -> list[Cause]:
    """Axis 1 counts as the channels, also where it holds a length."""
    got, wanted = found.get("got"), found.get("wanted")
    if not isinstance(got, int) or not isinstance(wanted, int):
        return []
    told = [_normalized(got, wanted), _features_last(got, wanted)]
    length = got < wanted and got % 8 != 0 and wanted % 8 == 0
    return told[::-1] if length else told


def _normalized(got: int, wanted: int) -> Cause:
    return Cause(
        f"If axis 1 holds the channels, the map has {got} of them, and the normalization was created for {wanted}.",
        "Create the normalization with the channels of its input; after a convolution, these are its `out_channels`.",
        f"如果维度 1 是通道，特征图就有 {got} 个，而创建归一化层时写的是 {wanted}。",
        "创建归一化层时，写它的输入的通道数；前一层是卷积的话，就是那一层的 `out_channels`。",
        f"nn.BatchNorm2d({got})",
    )


def _features_last(got: int, wanted: int) -> Cause:
    return Cause(
        f"If the input has the axes (batch, length, features), its length of {got} was taken for the {wanted} features.",
        "Move the features to axis 1 in front of the normalization, and back after it.",
        f"如果输入的维度是（批次、长度、特征），那么长度 {got} 被当成了 {wanted} 个特征。",
        "归一化之前把特征挪到维度 1，之后再挪回来。",
        "x.transpose(1, 2)",
    )
