"""Maps that became too small, and what tells that their axes were mixed up."""

from __future__ import annotations

import re
from collections.abc import Mapping

from convarith.diagnosis.kind import Cause, Line
from convarith.diagnosis.values import Found, Sizes, plain, several

# Of an image whose channels are first: more of them are no image.
CHANNELS = 4


def with_extent(groups: Mapping[str, str | None]) -> Found:
    """The padded input and the kernel extent, and on which axes it does not fit."""
    found = plain(groups)
    if "dilation" in found:
        names = ("in_size", "padding", "kernel_size", "dilation")
        axes = list(zip(*(several(found[name]) for name in names), strict=False))
        found["padded"] = tuple(size + 2 * pad for size, pad, _, _ in axes)
        found["extent"] = tuple(step * (k - 1) + 1 for _, _, k, step in axes)
    if {"padded", "extent"} <= found.keys():
        pair = several(found["padded"]), several(found["extent"])
        short = [at for at, (a, b) in enumerate(zip(*pair, strict=False)) if a < b]
        found["axes"] = ", ".join(map(str, short))
    return found


def of_extent(found: Found, framework: str) -> list[Cause]:
    """Without a shape, nothing; else whether its channels stand in front."""
    if framework == "torch" and {"padded", "extent"} <= found.keys():
        return _nothing_but_padding(found)
    if "image" in found:
        return _window(found)
    if "ksize" in found:
        return [_without_padding(several(found["ksize"])[1:-1])]
    shape = several(found.get("input", ()))
    if framework != "keras" or len(shape) < 4:
        return []
    _, height, *rest = shape
    told = [_small(shape)]
    if height is None or height > CHANNELS or min(one or 0 for one in rest[:1]) < 8:
        return told
    if len(shape) == 4 and rest[0] == rest[1]:
        # To keep the size would hide that the axes are mixed up.
        return [_channels_first(shape, certain=True)]
    return [_channels_first(shape, certain=False), *told]


def _window(found: Found) -> list[Cause]:
    """A pooling in 3D names its axes: T: 1 H: 7 W: 7, kT: 2 kH: 7 kW: 7."""
    image = dict(re.findall(r"([THW]): (\d+)", found["image"].upper()))
    window = dict(re.findall(r"K([THW]): (\d+)", found["window"].upper()))
    short = [at for at in image if at in window and int(image[at]) < int(window[at])]
    if not short:
        return []
    told = ", ".join(f"{at}: {image[at]} < {window[at]}" for at in short)
    return [
        Cause(
            f"The pooling window is larger than the map, {told}; T is the depth, H the height, W the width.",
            "Use fewer pooling layers, a kernel_size of 1 on this axis, or a larger input.",
            f"池化窗口大于特征图，{told}；T 是深度，H 是高，W 是宽。",
            "减少池化层，或者让 kernel_size 在这个维度上取 1，或者加大输入。",
            "nn.AdaptiveAvgPool3d(1)",
        )
    ]


def _without_padding(window: Sizes) -> Cause:
    told = " x ".join(map(str, window))
    return Cause(
        f"The pooling window is {told}, and the map is smaller, so nothing would come out.",
        "Use the size of image that the network was made for, fewer pooling layers, or a pooling over the whole map.",
        f"池化窗口是 {told}，而特征图更小，所以没有输出。",
        "使用网络要求的图像尺寸，或者减少池化层，或者对整个特征图做池化。",
        "keras.layers.GlobalAveragePooling2D()(x)",
    )


def _nothing_but_padding(found: Found) -> list[Cause]:
    """An axis of 2 may be a padding of 1 at each end, and nothing between them."""
    pairs = list(zip(several(found["padded"]), several(found["extent"]), strict=False))
    empty = [at for at, (size, extent) in enumerate(pairs) if size == 2 < extent]
    if not empty or max(size for size, _ in pairs) < 8:
        return []
    at = empty[0]
    return [
        Cause(
            f"On axis {at}, the padded input is 2, and the kernel extent is {pairs[at][1]}; the other axes are larger. If the padding is 1 at each end, this axis was empty before it.",
            "Print the shape in front of this layer: a slice or a crop took everything from this axis, or the axes are in another order.",
            f"维度 {at} 上，填充后的输入是 2，而卷积核跨度是 {pairs[at][1]}；其他维度都更大。如果两端各填充 1，那么这个维度在填充之前是空的。",
            "打印这一层之前的形状：某个切片或裁剪把这个维度取空了，或者维度的顺序不对。",
            "print(x.shape)",
        )
    ]


def _channels_first(shape: Sizes, *, certain: bool) -> Cause:
    if certain:
        held = f"({shape[2]}, {shape[3]}, {shape[1]})"
        line = f"keras.Input({held})"
        return Cause(
            f"The input {shape} has its channels first: {shape[1]} was read as the height, and {shape[3]} as the channels.",
            f'Give the model `input_shape={held}` and move the axis of the data with `moveaxis(x, 1, -1)`, or pass `data_format="channels_first"` to every layer.',
            f"输入 {shape} 的通道在前面：{shape[1]} 被当成了高，{shape[3]} 被当成了通道。",
            f'模型写 `input_shape={held}`，数据用 `moveaxis(x, 1, -1)` 挪动维度；或者给每一层传 `data_format="channels_first"`。',
            line,
        )
    return Cause(
        f"If the data have their channels first, {shape[1]} is their number, and it was read as the height: the input of this layer is {shape}.",
        'Give the model (height, width, channels) and move the axis of the data, or pass `data_format="channels_first"` to every layer.',
        f"如果数据的通道在前面，{shape[1]} 就是通道数，却被当成了高：这一层的输入是 {shape}。",
        '模型写（高、宽、通道），数据也挪动维度；或者给每一层传 `data_format="channels_first"`。',
        "keras.ops.moveaxis(x, 1, -1)",
    )


def _small(shape: Sizes) -> Cause:
    return Cause(
        f"The input of this layer is {shape}, and the window is larger than the map on at least one axis.",
        'Enlarge the image, use fewer poolings and strides before this layer, or keep the size with `padding="same"`.',
        f"这一层的输入是 {shape}，窗口至少在一个维度上比特征图大。",
        '加大图像，或者减少这一层之前的池化和步幅，或者用 `padding="same"` 保持尺寸。',
        'padding="same"',
    )


def kernel_that_fits(found: Found) -> Line:
    if "extent" not in found:
        return "print(x.shape, output_size)"
    axes = zip(several(found["padded"]), several(found["extent"]), strict=False)
    missing = tuple(max(0, -((padded - extent) // 2)) for padded, extent in axes)
    return (
        f"padding larger by {missing}, or an input as large as the kernel",
        f"padding 再加 {missing}，或者让输入不小于卷积核",
    )


def by_axes(groups: Mapping[str, str | None]) -> Found:
    """What an older pooling says of each axis, such as padH = 1, kH = 2."""
    found = plain(groups)
    axes = [at for at in "THW" if f"pad{at}" in found and f"k{at}" in found]
    if axes:
        found["padding"] = tuple(found[f"pad{at}"] for at in axes)
        found["kernel_size"] = tuple(found[f"k{at}"] for at in axes)
    return found


def half(found: Found) -> str:
    """The most that a pooling accepts, on each axis."""
    if "padding" not in found:
        return "padding=kernel_size // 2"
    padding, kernel = several(found["padding"]), several(found["kernel_size"])
    most = tuple(min(a, b // 2) for a, b in zip(padding, kernel, strict=False))
    return f"padding={most[0] if len(most) == 1 else most}"


def of_gradient(found: Found, _framework: str) -> list[Cause]:
    """A transposed convolution in TensorFlow, told as the convolution that it reverses."""
    names = ("actual", "computed", "asked", "filter", "stride")
    if not set(names) <= found.keys() or min(found[name] for name in names) < 1:
        return []
    actual, computed, asked, kernel, stride = (found[name] for name in names)
    same = (actual - 1) * stride + 1, actual * stride
    valid = same[0] + kernel - 1, same[1] + kernel - 1
    without = computed == (asked - kernel) // stride + 1 != -(-asked // stride)
    size, padding = (valid[1], "VALID") if without else (same[1], "SAME")
    told = Cause(
        f"The input has {actual}, and the size asked for is {asked}, which a convolution with stride {stride} turns into {computed}. The input comes from {same[0]} to {same[1]} with `SAME`, and from {valid[0]} to {valid[1]} with `VALID`.",
        "Ask for one of these sizes, or change the stride or the kernel.",
        f"输入是 {actual}，要的尺寸是 {asked}，而步幅 {stride} 的卷积会把它变成 {computed}。能得到这个输入的尺寸：`SAME` 时 {same[0]} 到 {same[1]}，`VALID` 时 {valid[0]} 到 {valid[1]}。",
        "换成其中一个尺寸，或者改步幅或卷积核。",
        f'tf.nn.conv2d_transpose(x, w, output_shape=[batch, {size}, {size}, channels], strides={stride}, padding="{padding}")',
    )
    if asked < 4 * valid[1]:
        return [told]
    return [
        Cause(
            f"No stride of {stride} leads from {actual} to {asked}. Look whether {asked} is the number of channels: then the order of the axes, NHWC or NCHW, is not the one that the layer or the device reads.",
            "Pass the data as (batch, height, width, channels), and build the shape from the input while the graph runs; an older build for the CPU does not read NCHW.",
            f"步幅 {stride} 不可能从 {actual} 得到 {asked}。看看 {asked} 是不是通道数：如果是，那么维度顺序（NHWC 或 NCHW）和这一层或设备读取的不同。",
            "数据按（批次、高、宽、通道）传入，并在运行时从输入取得形状；旧的 CPU 版本不支持 NCHW。",
            "print(x.shape, w.shape)",
        ),
        told,
    ]


def of_resized(found: Found, _framework: str) -> list[Cause]:
    """A map that was empty before it was resized."""
    before, after = str(found.get("input", "")), str(found.get("output", ""))
    if not re.search(r"\b0\b", before) or re.search(r"\b0\b", after):
        return []
    return [
        Cause(
            f"The input is {before}, so the map is empty before this layer; the output size {after} is not at fault.",
            "Print the shape after each layer in front. Usually the image is too small for the strides and poolings, or it was not resized to the size that the model expects.",
            f"输入是 {before}，所以特征图在这一层之前就是空的；输出尺寸 {after} 没有问题。",
            "打印前面每一层之后的形状。多半是图像太小，经不起这么多步幅和池化；或者没有缩放到模型要求的尺寸。",
            "print(x.shape)",
        )
    ]
