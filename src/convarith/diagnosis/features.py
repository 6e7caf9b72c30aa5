"""What a flattened map and the linear layer after it have to do with each other."""

from __future__ import annotations

from collections.abc import Mapping
from math import isqrt, prod

from convarith.diagnosis.joining import EXPORT, FLATTEN, code
from convarith.diagnosis.kind import Cause, Kind, Wording
from convarith.diagnosis.values import Found, Sizes, node, plain, several, sizes
from convarith.diagnosis.views import of_view

PRODUCT = r"(?:Batch)?MatMul\w{0,4}"
# So few channels are seldom in front of a linear layer.
FEW = 8

NOT_DEFINED = Cause(
    "The sizes of the image are not known when the model is built, so the number of features is not known either.",
    "Pass `input_shape` with numbers, or put `GlobalAveragePooling2D` in place of `Flatten`: it needs no fixed size of the image.",
    "构建模型时不知道图像的尺寸，所以也不知道特征数。",
    "`input_shape` 写成具体的数；或者用 `GlobalAveragePooling2D` 代替 `Flatten`，它不要求图像尺寸固定。",
    "keras.layers.GlobalAveragePooling2D()(x)",
)


def features(groups: Mapping[str, str | None]) -> Found:
    """The features that the map has, and those that the layer expects."""
    found = plain(groups)
    maps, weight = several(found.get("maps", ())), several(found.get("weight", ()))
    if len(maps) == 2:
        found["got"] = maps[1]
    if len(weight) == 2:
        found["wanted"] = weight[0]
    if "asked" in found:
        found["each"] = found["asked"]
    shape = several(found.get("shape", ()))
    if len(shape) > 1 and None not in shape and "size" in found:
        found["each"] = prod(shape[1:])
    return found


def of_features(found: Found, framework: str) -> list[Cause]:
    """Whether the flattening is missing, took the batch along, or met another size."""
    if found.get("undefined"):
        return [NOT_DEFINED]
    if found.get("each"):
        return of_view(found, framework)
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
    flat = _not_flattened(rows, got, wanted, framework)
    return [other] if each < FEW else [other, flat]


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
    return Cause(
        f"The map has {got} features, {times} ({side} * {side}) times the {wanted} that the layer expects: the image is larger than the one that the layer was made for, a pooling is missing, or another network is in front.",
        "Resize the image, or create the layer with the features that the map has.",
        f"特征图有 {got} 个特征，是这一层要求的 {wanted} 的 {times} 倍（{side} * {side}）：图像比建层时的大，或者少了一次池化，或者前面是另一个网络。",
        "缩放图像，或者按实际的特征数创建这一层。",
        _created(got, framework),
    )


def _with_next(groups: Mapping[str, str | None]) -> Found:
    """The next multiple of what has to divide the channels."""
    found = plain(groups)
    if "kernel" in found:
        found["divisor"] = prod(several(found["kernel"]))
    if "factor" in found:
        found["divisor"] = found["factor"] ** 2
    if found.get("divisor", 0) > 0 and "got" in found:
        found["next"] = max(-(-found["got"] // found["divisor"]), 1) * found["divisor"]
    return found


KINDS = (
    Kind(
        "linear-features",
        r"mat1 and mat2 shapes cannot be multiplied \((?P<maps>\d+x\d+) and (?P<weight>\d+x\d+)\)"
        rf"|size mismatch, (?:m1: )?{sizes('maps')}, (?:m2: )?{sizes('weight')}"
        r"|mat1 dim 1 must match mat2 dim 0"
        r"|a and b must have same reduction dim, but got \[(?P<maps>\d+, \d+)\] X \[(?P<weight>\d+, \d+)\]"
        rf"|shape '{sizes('shape')}' is invalid for input of size (?P<size>\d+)",
        "x.flatten(1)",
        "The flattened map does not have the number of features that the next layer expects. The map has channels times height times width.",
        "Create the linear layer with the number of features that the map has, use `nn.LazyLinear`, or put `nn.AdaptiveAvgPool2d` in front, which returns the same size for every image.",
        "展平后的特征图，元素个数和下一层要求的不同。特征图的元素个数是通道数乘高再乘宽。",
        "按特征图的元素个数创建线性层，或者用 `nn.LazyLinear`，或者在前面放 `nn.AdaptiveAvgPool2d`，让任何图像都得到相同的尺寸。",
        read=features,
        causes=of_features,
        also=(
            Wording(
                "keras",
                rf"Matrix size-incompatible: In\[0\]: {sizes('maps')}, In\[1\]: {sizes('weight')}|Dimensions must be equal, but are \d+ and \d+ {node(PRODUCT)}{sizes('maps')}, {sizes('weight')}|Input to reshape is a tensor with (?P<size>\d+) values, but the requested shape requires a multiple of (?P<asked>\d+)|Input to reshape is a tensor with (?P<size>\d+) values, but the requested shape has|total size of new array must be unchanged",
                "keras.layers.GlobalAveragePooling2D()(x)",
                "Create the dense layer for the features that come out, or put `GlobalAveragePooling2D` in front, which needs no fixed size of the image.",
                "按实际的特征数创建全连接层；或者在前面放 `GlobalAveragePooling2D`，它不要求图像尺寸固定。",
                read=features,
            ),
            Wording(
                "keras",
                r"The shape of the input to \"Flatten\" is not fully defined|[Tt]he last dimension of the inputs to a? ?`?Dense`? (?:layer )?should be defined",
                read=lambda _: {"undefined": True},
            ),
            Wording(
                "jax",
                rf"dot_general requires contracting dimensions to have the same shape, got {sizes('had')} and {sizes('needed')}|cannot reshape array of shape {sizes('input')} \(size (?P<size>\d+)\) into shape {sizes('shape')}",
                "x.reshape(x.shape[0], -1)",
                "Flatten everything but the batch, and create the dense layer for the features that come out.",
                "只展平批次以外的维度，并按实际的特征数创建全连接层。",
                read=features,
            ),
            Wording(
                "numpy",
                rf"cannot reshape array of size (?P<size>\d+) into shape {sizes('shape')}",
                "x.reshape(x.shape[0], -1)",
                read=features,
            ),
            Wording(
                "onnx",
                rf"input tensor cannot be reshaped to the requested shape\. Input shape:{sizes('had')}, requested shape:{sizes('needed')}|input tensor cannot be reshaped to the requested shape",
                "print(session.get_inputs()[0].shape)",
                "Feed the image size and the batch that the model was exported for, or export it with dynamic axes and with -1 in its `reshape`.",
                "输入导出时所用的图像尺寸和批次大小；或者重新导出，让维度可变，`reshape` 里写 -1。",
            ),
            Wording(
                "onnx",
                r"matmul_helper\.h:\d+ .{0,80}?MatMul dimension mismatch|GEMM: Dimension mismatch, W: \{(?P<weight>\d+,\d+)\} K: (?P<got>\d+)",
                "print(x.shape)",
                "Feed an image of the size that the model was exported for, or export it with dynamic axes and without a shape that is written as numbers.",
                "输入导出时所用尺寸的图像；或者重新导出，让维度可变，形状不要写成数字。",
            ),
        ),
    ),
    Kind(
        "shuffle-channels",
        r"pixel_shuffle expects its input's 'channel' dimension to be divisible by the square of upscale_factor, but input\.size\(-3\)=(?P<got>\d+) is not divisible by (?P<divisor>\d+)"
        rf"|Expected size of input's dimension 1 to be divisible by the product of kernel_size, but got input\.size\(\d\)=(?P<got>\d+) and kernel_size={sizes('kernel')}"
        rf"|first non-batch dimension to be divisible by the product of kernel_size, but got input\.shape\[-?\d\] = (?P<got>\d+) and kernel_size={sizes('kernel')}"
        r"|Invalid input shape for pixel_shuffle: torch\.Size\(\[(?:\d+, ){0,6}(?P<got>\d+), \d+, \d+\]\) with upscale_factor = (?P<factor>\d+)"
        r"|Number of channels must be divisible by groups\. Got (?P<got>\d+) channels and (?P<divisor>\d+) groups",
        "nn.Conv2d(in_channels, {next}, kernel_size=3, padding=1)",
        "These layers move channels into space, or split them into groups: `PixelShuffle(r)` needs a multiple of r * r channels, `Fold` a multiple of the kernel's elements, `channel_shuffle` a multiple of the groups.",
        "Let the layer in front return more channels: the number that you want times r * r for `PixelShuffle(r)`, or times the number of kernel elements for `Fold`.",
        "这些层会把通道搬到空间维度，或者把通道分组：`PixelShuffle(r)` 的通道数要是 r * r 的倍数，`Fold` 要是卷积核元素个数的倍数，`channel_shuffle` 要是组数的倍数。",
        "让前一层多输出一些通道：用 `PixelShuffle(r)` 时，是想要的通道数乘以 r * r；用 `Fold` 时，是想要的通道数乘以卷积核的元素个数。",
        here="The input has {got} channels, and {divisor} does not divide them; the next multiple is {next}.",
        here_zh="实际有 {got} 个通道，不能被 {divisor} 整除；下一个倍数是 {next}。",
        read=_with_next,
        also=(
            Wording(
                "onnx",
                r"DepthToSpace requires input depth to be a multiple of \(block_size \* block_size\)",
                "blocksize=2",
            ),
        ),
    ),
)
