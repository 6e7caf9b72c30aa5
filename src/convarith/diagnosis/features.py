"""What a flattened map and the linear layer after it have to do with each other."""

from __future__ import annotations

from collections.abc import Mapping
from math import isqrt, prod

from convarith.diagnosis.joining import EXPORT, FLATTEN, code
from convarith.diagnosis.kind import Cause
from convarith.diagnosis.values import Found, Sizes, plain, several

# So few channels are seldom in front of a linear layer.
FEW = 8


def features(groups: Mapping[str, str | None]) -> Found:
    """The features that the map has, and those that the layer expects."""
    found = plain(groups)
    maps, weight = several(found.get("maps", ())), several(found.get("weight", ()))
    if len(maps) == 2:
        found["got"] = maps[1]
    if len(weight) == 2:
        found["wanted"] = weight[0]
    if "asked" in found:
        found["shape"] = (-1, found["asked"])
    shape = several(found.get("shape", ()))
    if len(shape) > 1 and None not in shape and "size" in found:
        found["each"] = prod(shape[1:])
        found["times"] = found["size"] // found["each"] if found["each"] > 0 else 0
    return found


def of_features(found: Found, framework: str) -> list[Cause]:
    """Whether the flattening is missing, took the batch along, or met another size."""
    if "shape" in found and "size" in found:
        return _of_view(found, framework)
    if {"had", "needed"} <= found.keys() and framework == "onnx":
        return _of_reshape(several(found["had"]), several(found["needed"]))
    rows = several(found.get("maps", (0,)))[0]
    got, wanted = found.get("got"), found.get("wanted")
    if not (isinstance(got, int) and isinstance(wanted, int) and got and wanted):
        return []
    other = _other_features(got, wanted, framework)
    if got > wanted and got % wanted == 0:
        if rows == 1:
            return [other, _whole_batch(got, wanted, framework)]
        square = isqrt(got // wanted) ** 2 == got // wanted
        return [_other_image(got, wanted, framework)] if square else [other]
    if (
        got > 1
        and rows % wanted == 0
        and 2 * rows // wanted >= got
        and framework == "torch"
    ):
        return [_channels_second(got, wanted), other]
    each, rest = divmod(wanted, got)
    if rest or not rows or rows % max(each, 1):
        return [other]
    # An image has two equal sides, so the square of the last one divides the features.
    if rows * got == wanted and isqrt(got) ** 2 == got and each % got:
        return [_no_batch(rows, got, wanted), other]
    if each % got == 0:
        return [_not_flattened(rows, got, wanted, framework)]
    if each < FEW:
        return [other]
    return [other, _not_flattened(rows, got, wanted, framework)]


def _other_features(got: int, wanted: int, framework: str) -> Cause:
    return Cause(
        f"The map has {got} features, and the layer expects {wanted}. A flattened map has channels times height times width of them.",
        "Create the linear layer with the number of features that the map has, use `nn.LazyLinear`, or put `nn.AdaptiveAvgPool2d` in front, which returns the same size for every image.",
        f"特征图展平后有 {got} 个特征，而这一层要求 {wanted} 个。展平后的特征数是通道数乘高再乘宽。",
        "按实际的特征数创建线性层，或者用 `nn.LazyLinear`，或者在前面放 `nn.AdaptiveAvgPool2d`，让任何图像都得到相同的尺寸。",
        _created(got, framework),
    )


def _created(got: int, framework: str) -> str:
    lines = (
        f"nn.Linear({got}, out_features)",
        "keras.layers.GlobalAveragePooling2D()(x)",
        "nn.Dense(features)",
        f"np.zeros(({got}, out_features))",
    )
    return code(lines, framework)


def _not_flattened(rows: int, got: int, wanted: int, framework: str) -> Cause:
    each = wanted // got
    return Cause(
        f"If the map was not flattened, the layer met its last axis of {got}: {rows} * {got} = {rows // each} * {wanted}, which is a batch of {rows // each} with {wanted} features each.",
        "Flatten everything but the batch in front of the linear layer.",
        f"如果特征图没有展平，这一层遇到的就是大小为 {got} 的最后一维：{rows} * {got} = {rows // each} * {wanted}，即批次为 {rows // each}，每个样本 {wanted} 个特征。",
        "在线性层之前，把批次以外的维度展平。",
        code(FLATTEN, framework),
    )


def _of_reshape(had: Sizes, needed: Sizes) -> list[Cause]:
    """A reshape whose numbers were written at export."""
    known = min(*had, *needed) > 0 and had[0] != needed[0]
    if not known or prod(had) * needed[0] != prod(needed) * had[0]:
        return []
    return [
        Cause(
            f"The input of the reshape is {had}, and the shape asked for is {needed}: the model was exported for a batch of {needed[0]}, and the batch is {had[0]}.",
            "Export the model with a dynamic batch and with -1 in its `reshape`, or feed a batch of the size of the export.",
            f"reshape 的输入是 {had}，要求的形状是 {needed}：模型导出时批次是 {needed[0]}，而现在是 {had[0]}。",
            "导出时让批次可变，`reshape` 里写 -1；或者按导出时的批次大小输入。",
            EXPORT,
        )
    ]


def _no_batch(rows: int, got: int, wanted: int) -> Cause:
    return Cause(
        f"{rows} * {got} = {wanted}: these are the features of 1 example without a batch, and `Flatten` took its {rows} channels for the batch.",
        "Give the input its batch.",
        f"{rows} * {got} = {wanted}：这是 1 个不带批次的样本的特征，`Flatten` 把它的 {rows} 个通道当成了批次。",
        "给输入补上批次。",
        "x.unsqueeze(0)",
    )


def _channels_second(got: int, wanted: int) -> Cause:
    return Cause(
        f"If the map has its {wanted} channels in axis 1, the linear layer met its last axis instead, of {got}.",
        "Move the channels to the last axis, and back after the layer; or use a convolution with `kernel_size=1`.",
        f"如果特征图的 {wanted} 个通道在维度 1，线性层遇到的却是大小为 {got} 的最后一维。",
        "把通道挪到最后一维，这一层之后再挪回来；或者改用 `kernel_size=1` 的卷积。",
        "x.movedim(1, -1)",
    )


def _whole_batch(got: int, wanted: int, framework: str) -> Cause:
    times = got // wanted
    return Cause(
        f"If the batch has {times} examples, it was flattened along with them: {times} * {wanted} = {got}.",
        "Flatten everything but the batch.",
        f"如果批次里有 {times} 个样本，它也一起被展平了：{times} * {wanted} = {got}。",
        "只展平批次以外的维度。",
        code(FLATTEN, framework),
    )


def _other_image(got: int, wanted: int, framework: str) -> Cause:
    times = got // wanted
    side = isqrt(times)
    larger = f" ({side} * {side})" if side * side == times else ""
    return Cause(
        f"The map has {got} features, {times}{larger} times the {wanted} that the layer expects: the image is larger than the one that the layer was made for, or a pooling is missing.",
        "Resize the image, or create the layer with the features that the map has.",
        f"特征图有 {got} 个特征，是这一层要求的 {wanted} 的 {times} 倍{larger}：图像比建层时的大，或者少了一次池化。",
        "缩放图像，或者按实际的特征数创建这一层。",
        _created(got, framework),
    )


def _of_view(found: Found, framework: str) -> list[Cause]:
    """A view of a fixed shape: its batch or its features are not those of the map."""
    shape, size = several(found["shape"]), found["size"]
    rest = found.get("each", 0)
    if -1 in shape[1:] or rest <= 0 or not size:
        return []
    if size % rest == 0 and shape[0] != size // rest:
        return [_other_batch(shape, size, rest, framework)]
    if len(shape) > 2:
        return [_other_map(shape, size, rest, framework)]
    return [_other_view(shape, size, rest, framework)]


def _other_map(shape: Sizes, size: int, rest: int, framework: str) -> Cause:
    """A view with spatial axes: which side fits, if the batch and the channels are right."""
    whole = max(shape[0] * shape[1], 1)
    side = isqrt(size // whole)
    square = framework == "torch" and len(shape) == 4 and shape[2] == shape[3]
    fits = square and side * side * whole == size
    view = str((*shape[:2], side, side))
    return Cause(
        f"The tensor has {size} elements, and {rest} does not divide them, so the map has other sizes than the shape {shape} asks for."
        + (f" With this batch and these channels, {view} fits." if fits else ""),
        "Take the spatial sizes from the map in front of the `view`; or resize the image to the size that this number was written for.",
        f"张量有 {size} 个元素，不能被 {rest} 整除，所以特征图的尺寸和形状 {shape} 要求的不同。"
        + (f"批次和通道不变时，{view} 合适。" if fits else ""),
        "空间尺寸从 `view` 之前的特征图取得；或者把图像缩放到这个数字所对应的尺寸。",
        f"x.view{view}" if fits else "print(x.shape)",
    )


def _other_batch(shape: Sizes, size: int, rest: int, framework: str) -> Cause:
    kept = (-1, *shape[1:])
    line = f"x.reshape{kept}"
    return Cause(
        f"The tensor has {size} elements, that is {size // rest} * {rest}: the batch has {size // rest} examples, and the shape says {shape[0]}. The last batch of an epoch may be smaller.",
        "Do not write the batch size as a number: -1 takes it from the tensor.",
        f"张量有 {size} 个元素，也就是 {size // rest} * {rest}：批次里有 {size // rest} 个样本，而形状里写的是 {shape[0]}。每轮的最后一批可能不满。",
        "不要把批次大小写成数字：-1 会从张量取得。",
        code(
            (line, f"keras.ops.reshape(x, {kept})", line),
            framework,
        ),
    )


def _other_view(shape: Sizes, size: int, rest: int, framework: str) -> Cause:
    return Cause(
        f"The tensor has {size} elements, and {rest} does not divide them: the map does not have the {rest} features of each example that the shape asks for. Usually the image has another size than the one that the layer was made for.",
        "Keep the batch and let -1 count the features; then give the next layer their number.",
        f"张量有 {size} 个元素，不能被 {rest} 整除：每个样本没有形状要求的 {rest} 个特征。多半是图像的尺寸和建层时的不同。",
        "保留批次，特征数用 -1；再让下一层的特征数等于它。",
        code(FLATTEN, framework),
    )
