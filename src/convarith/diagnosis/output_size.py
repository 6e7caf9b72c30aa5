"""Messages about the output size, and about an output_padding that is too large."""

from __future__ import annotations

import re
from collections.abc import Mapping

from convarith._legal_values import output_padding_limit
from convarith.diagnosis.kind import Kind, Wording
from convarith.diagnosis.too_small import (
    kernel_that_fits,
    of_extent,
    of_resized,
    with_extent,
)
from convarith.diagnosis.values import Found, plain, several, sizes

PARAMETERS = ("output_padding", "stride", "dilation")
PLACES = ("depth", "height", "width")


def _axis_by_axis(groups: Mapping[str, str | None]) -> Found:
    """Each parameter by axes, and on which the rule is broken; nothing if it was cut."""
    told = dict(re.findall(r"(\w+): (-?\d+)", (groups["axes"] or "").lower()))
    places = [at for at in PLACES if any(name.endswith(at) for name in told)]
    if {f"{name}_{at}" for name in PARAMETERS for at in places} != told.keys():
        return {}
    found: Found = {
        name: tuple(int(told[f"{name}_{at}"]) for at in places) for name in PARAMETERS
    }
    axes = list(zip(*found.values(), strict=True))
    broken = [
        str(at)
        for at, (own, *two) in enumerate(axes)
        if own >= output_padding_limit(*two)
    ]
    if broken:
        found["too_large_on"] = ", ".join(broken)
    return found


def _output_padding(found: Found) -> str:
    if not found:
        return "output_padding=0"
    if all(
        found[name][:-1] == (least,)
        for name, least in zip(PARAMETERS, (0, 1, 1), strict=True)
    ):
        # A height that was not given is that of a layer with one axis.
        found = {name: found[name][1:] for name in PARAMETERS}
    axes = zip(*(found[name] for name in PARAMETERS), strict=True)
    return f"output_padding={tuple(min(own, output_padding_limit(*two) - 1) for own, *two in axes)}"


def _output_size(found: Found) -> str:
    lowest = found.get("lowest")
    given = [
        several(found.get(name, lowest)) for name in ("wanted", "lowest", "highest")
    ]
    axes = zip(*given, strict=False)
    return f"output_size={[min(max(own, low), high) for own, low, high in axes]}"


def _in_range(groups: Mapping[str, str | None]) -> Found:
    """Each size that can come out, if the message was not cut or filled with words."""
    found = plain(groups)
    names = ("wanted", "lowest", "highest", "in_size")
    told = [several(found.get(name, ())) for name in names]
    if len({len(one) for one in told[:3]}) != 1 or len(told[3]) != len(told[0]):
        return found
    low, high = told[1], told[2]
    # What follows: the sizes are one for each step of the stride.
    stride = tuple(most - least + 1 for least, most in zip(low, high, strict=True))
    rest = zip(low, told[3], stride, strict=True)
    found["stride"] = stride
    found["kernel_less_padding"] = tuple(
        least - (size - 1) * step for least, size, step in rest
    )
    return found


def _becomes(groups: Mapping[str, str | None]) -> Found:
    """The sizes without the channels in front of them."""
    found = plain(groups)
    pair = [several(found.get(name, ())) for name in ("in_size", "out_size")]
    if len(pair[0]) == len(pair[1]) > 1:
        before, after = (one[1:] for one in pair)
        found["before"], found["after"] = before, after
        found["axes"] = ", ".join(str(at) for at, one in enumerate(after) if one < 1)
    return found


KINDS = (
    Kind(
        "output-padding-too-large",
        r"output padding must be smaller than either stride or dilation, but got (?P<axes>(?:(?:output_padding|stride|dilation)_\w+: -?\d+\s*)+)",
        _output_padding,
        "On every axis, PyTorch requires `output_padding < max(stride, dilation)`.",
        "On every axis, make `output_padding` smaller than `stride`; with `stride=1`, that means `output_padding=0`.",
        "PyTorch 要求每个维度都满足 `output_padding < max(stride, dilation)`。",
        "让每个维度的 `output_padding` 都小于 `stride`；如果 `stride=1`，就只能取 `output_padding=0`。",
        here="It is too large on axis {too_large_on}: output_padding={output_padding}, stride={stride}, dilation={dilation}. A layer with one spatial axis prints a height that it does not have.",
        here_zh="它在维度 {too_large_on} 上太大：output_padding={output_padding}，stride={stride}，dilation={dilation}。只有一个空间维度的层，会多打印一个并不存在的高度。",
        read=_axis_by_axis,
    ),
    Kind(
        "output-size-out-of-range",
        rf"requested an output size of {sizes('wanted')}, but valid sizes range from {sizes('lowest')} to {sizes('highest')} \(for an input of (?:{sizes('in_size')}|torch)"
        rf"|requested an output size of (?:\(|\[)(?:'?\d{{1,12}}'?(?:, )?){{1,5}}(?:\)|\]), but valid sizes range from {sizes('lowest')} to {sizes('highest')} \(for an input of torch",
        _output_size,
        "`output_size` works by setting `output_padding`, so for one input size it offers only `stride` different sizes. The size you asked for is not one of them.",
        "Ask for a size in the range that the message prints. If you need another size, change `kernel_size`, `stride` or `padding`; `solve` lists the layers that fit.",
        "`output_size` 的作用是设置 `output_padding`，所以同一个输入尺寸，用它只能得到 `stride` 个不同的输出尺寸，你要的不在其中。",
        "换成报错里范围之内的尺寸。一定要别的尺寸，就改 `kernel_size`、`stride` 或 `padding`；`solve` 会列出合适的层。",
        here="You asked for {wanted}, and the range is {lowest} to {highest}. So the stride is {stride}, and the kernel extent minus 2 * padding is {kernel_less_padding}.",
        here_zh="你要的是 {wanted}，范围是 {lowest} 到 {highest}。所以步幅是 {stride}，卷积核跨度减去 2 * padding 是 {kernel_less_padding}。",
        read=_in_range,
        also=(
            Wording(
                "onnx",
                r"Explicit output_shape is inconsistent with input spatial dimensions and convolution parameters\. Expected input size (?P<expected>\d+) but got (?P<in_size>\d+) \(output_size=(?P<wanted>\d+), kernel=(?P<kernel_size>\d+), stride=(?P<stride>\d+)|Explicit output size must be positive\. Got: (?P<wanted>-?\d+)|Attribute output_shape must not contain negative values",
                "output_padding=[1, 1]",
                "Ask for a size that the convolution turns into the input size, or leave `output_shape` out and set `pads` and `output_padding`.",
                "换成能被卷积变成输入尺寸的 `output_shape`；或者不写它，改用 `pads` 和 `output_padding`。",
            ),
        ),
    ),
    Kind(
        "output-size-not-taken",
        r"(?<![\w.])(?P<function>[\w.]+)\(\) got an unexpected keyword argument 'output_size'",
        "layer(x, output_size=skip.shape[-2:])",
        "Of the layers in `torch.nn`, only a `ConvTranspose` or `MaxUnpool` module accepts `output_size`, and only when it is called. `Sequential`, the constructors and the functions for transposed convolutions do not have this argument.",
        "Pass `output_size` when you call the `ConvTranspose` module itself, outside `Sequential`. In the functional form, pass `output_padding`.",
        "在 `torch.nn` 的层里，只有调用 `ConvTranspose` 或 `MaxUnpool` 模块时才能传 `output_size`。`Sequential`、构造函数和转置卷积的函数都没有这个参数。",
        "直接调用 `ConvTranspose` 模块，在调用时传 `output_size`，不要通过 `Sequential`。用函数形式时，传 `output_padding`。",
        here="It was passed to {function}.",
        here_zh="这里把它传给了 {function}。",
    ),
    Kind(
        "output-size-length",
        r"ConvTranspose(?P<dims>\d)D: for (?P<batched>\d)D input, output_size must have (?P<few>\d) or (?P<many>\d) elements \(got (?P<got>\d+)\)"
        r"|output_size should be a sequence containing (?P<dims>\d) or (?P<many>\d) elements, but it has a length of '(?P<got>\d+)'",
        "output_size=skip.shape[-{dims}:]",
        "`output_size` must have one number for each spatial axis, or one for each axis of the input.",
        "Pass only the spatial sizes, one for each spatial axis.",
        "`output_size` 要么每个空间维度一个数，要么输入的每个维度一个数。",
        "只传空间维度的尺寸，每个空间维度一个。",
        here="It must have {few} or {many} numbers, and {got} were passed.",
        here_zh="应有 {few} 个或 {many} 个数，传了 {got} 个。",
    ),
    Kind(
        "output-size-is-an-int",
        r"object of type 'int' has no len\(\)",
        "output_size=[size]",
        "If the message comes from a `ConvTranspose` or `MaxUnpool` layer, `output_size` is an int. The layer needs a list or a tuple: unlike `stride` or `padding`, it does not repeat an int for every axis.",
        "Pass a list, a tuple or a slice of a shape, with one size for each spatial axis.",
        "如果报错来自 `ConvTranspose` 或 `MaxUnpool` 层，就是 `output_size` 传成了一个整数。它必须是列表或元组；与 `stride`、`padding` 不同，不能用一个整数代表所有维度。",
        "传列表、元组或形状的切片，每个空间维度一个尺寸。",
    ),
    Kind(
        "output-too-small",
        rf"Given input size per channel: {sizes('in_size')}\s*\. Calculated output size per channel: {sizes('out_size')}\s*\. Output size is too small",
        (
            "a smaller padding, or a larger input or kernel_size",
            "减小 padding，或者加大输入或 kernel_size",
        ),
        "`padding` cuts off so much at both ends that nothing is left on at least one axis.",
        "Lower `padding`, or enlarge the input or `kernel_size`.",
        "`padding` 在两端裁得太多，至少有一个维度什么也没剩下。",
        "减小 `padding`，或者加大输入或 `kernel_size`。",
        also=(
            Wording(
                "onnx",
                r"Computed output dimension is <= 0 for dim (?P<axis>\d+)",
                "pads=[0, 0, 0, 0]",
            ),
        ),
        here="An input of {in_size} would give {out_size}. A layer with one spatial axis prints a height that it does not have.",
        here_zh="输入 {in_size} 会得到 {out_size}。只有一个空间维度的层，会多打印一个并不存在的高度。",
    ),
    Kind(
        "kernel-does-not-fit",
        rf"Calculated (?:padded )?input size(?: per channel)?: {sizes('padded')}\s*\. Kernel size: {sizes('extent')}\s*\. Kernel size can't (?:be )?greater than (?:the )?actual input size"
        rf"|Given input with spatial size {sizes('in_size')}, kernel_size={sizes('kernel_size')}, dilation={sizes('dilation')}, padding={sizes('padding')}, calculated shape of the array of sliding blocks as"
        rf"|Given an input with spatial size {sizes('in_size')}, kernel_size={sizes('kernel_size')}, dilation={sizes('dilation')}, padding={sizes('padding')}, stride={sizes('stride')}, the calculated shape of the array of sliding blocks is"
        r"|calculated shape of the array of sliding blocks as .{1,40}?, which is too small",
        kernel_that_fits,
        "The padded input is smaller than the kernel extent (the kernel with its gaps) on at least one axis.",
        "Enlarge the input or `padding`, or lower `kernel_size` or `dilation`. If earlier layers made the map too small, use fewer of them or a smaller `stride`.",
        "至少在一个维度上，填充后的输入小于卷积核跨度（卷积核连同空隙的长度）。",
        "加大输入或 `padding`，或者减小 `kernel_size` 或 `dilation`。如果是前面的层把特征图缩得太小，就减少层数或减小它们的 `stride`。",
        here="The padded input is {padded}, and the kernel extent is {extent}: it does not fit on axis {axes}.",
        here_zh="填充后的输入是 {padded}，卷积核跨度是 {extent}：在维度 {axes} 上放不下。",
        read=with_extent,
        causes=of_extent,
        also=(
            Wording(
                "keras",
                rf"Computed output size would be zero or negative\. Received:? `inputs[ .]shape={sizes('input')}`, `kernel[ .]shape=|Negative dimension size caused by subtracting (?P<extent>\d+) from (?P<padded>-?\d+) for .{{0,300}}?with input shapes: {sizes('input')}|Negative dimension size caused by subtracting (?P<extent>\d+) from (?P<padded>-?\d+) for|in the output is <= 0 due to downsampling in \S{{1,60}}\. Consider increasing the input size\. Received input shape {sizes('input')}|Computed output size would be zero or negative\. Received:? `inputs[ .]shape=.{{0,80}}?`, `kernel[ .]shape=",
                'padding="same"',
                read=with_extent,
            ),
        ),
    ),
    Kind(
        "pool-output-too-small",
        rf"Given input size: {sizes('in_size')}\s*\. Calculated output size: {sizes('out_size')}\s*\. Output size is too small"
        r"|max_pool1d\(\) Invalid computed output size"
        r"|input image \((?P<image>[^)]{0,200})\) smaller than kernel size \((?P<window>[^)]{0,200})\)"
        r"|input image \([^)]{0,200}\) smaller than kernel size",
        (
            "a smaller kernel_size, or one pooling layer less",
            "减小 kernel_size，或者少用一层池化",
        ),
        "The pooling window is larger than the padded input (in `AvgPool3d`, than the input without padding) on at least one axis, so there is no output.",
        "Use fewer pooling layers, a smaller `kernel_size` or a larger input.",
        "至少在一个维度上，池化窗口大于填充后的输入（`AvgPool3d` 比较的是填充前的输入），所以没有输出。",
        "减少池化层、减小 `kernel_size`，或者加大输入。",
        here="Behind the channels, {before} would become {after}: nothing is left on axis {axes}.",
        here_zh="除去最前面的通道数，{before} 会变成 {after}：维度 {axes} 上什么也没剩下。",
        read=_becomes,
        causes=of_extent,
        also=(
            Wording(
                "onnx",
                r"Calculated output dimension is negative",
                'auto_pad="SAME_UPPER"',
            ),
            Wording(
                "tensorflow",
                rf"omputed output size would be negative(?:.{{0,20}}?\[\[(?:\{{\{{)?[Nn]ode:? .{{0,200}}?ksize={sizes('ksize')})?",
                "print(x.shape)",
            ),
            Wording(
                "keras",
                rf"Computed output size would be zero or negative\. Received:? `inputs[ .]shape={sizes('input')}`, `pool_size=|Computed output size would be zero or negative\. Received:? `inputs[ .]shape=.{{0,80}}?`, `pool_size=",
                'padding="same"',
            ),
        ),
    ),
    Kind(
        "resized-to-nothing",
        r"Input and output sizes should be greater than 0, but got input (?P<input>\([^)]{0,200}\))(?: and)? output (?P<output>\([^)]{0,200}\))"
        rf"|Input and output sizes should be greater than 0, but got input size {sizes('input')} and output size {sizes('output')}",
        (
            "size=1 or more, or a larger scale_factor",
            "size=1 或更大，或者更大的 scale_factor",
        ),
        "The input size times `scale_factor` was rounded down to 0, or the input or `size` is 0 already.",
        "Pass `size` instead of `scale_factor`, or use a larger factor.",
        "输入尺寸乘以 `scale_factor` 后向下取整成了 0，或者输入或 `size` 本身就是 0。",
        "不传 `scale_factor`，直接传 `size`；或者用更大的倍数。",
        here="The input is {input}, and the output would be {output}.",
        here_zh="输入是 {input}，输出会是 {output}。",
        causes=of_resized,
        also=(
            Wording(
                "keras", r"`size` must have positive height and width", "print(x.shape)"
            ),
        ),
    ),
    Kind(
        "negative-size",
        rf"Trying to create tensor with negative dimension (?P<got>-?\d+): {sizes('shape')}"
        r"|Trying to create tensor with negative dimension"
        r"|elements of output_size must be greater than or equal to 0"
        r"|output_size must contain non-negative spatial dimensions, but got output_size\[\d\]=(?P<got>-?\d+)"
        r"|invalid shape dimension -\d+"
        r"|negative dimensions are not allowed"
        r"|Output dimension is zero for \d axis",
        "print(kernel_size, in_channels, out_channels, output_size)",
        "One number of the layer is negative: `kernel_size`, the channels or `output_size`.",
        "Find the negative number in the shape that the message prints, and look where it is computed; usually a subtraction went below 0.",
        "这一层有一个参数是负数：`kernel_size`、通道数或 `output_size`。",
        "在报错打印的形状里找到负数，再看它是在哪里算出来的；多半是减法减过了头。",
        here="The shape would be {shape}.",
        here_zh="形状会是 {shape}。",
        also=(
            Wording(
                "keras",
                r"to a shape\. Negative dimensions are not allowed",
                "print(kernel_size, filters)",
            ),
            Wording(
                "jax",
                r"Dimension size after padding is not at least 0|Only non-negative indices are allowed when broadcasting static shapes, but got shape (?P<shape>\([-\d, ]{1,60}\))|broadcast_in_dim shape must have every element be nonnegative, got (?P<shape>\([-\d, ]{1,60}\))",
                "print(x.shape, padding_config)",
            ),
            Wording(
                "onnx",
                r"all elements of broadcast shape must be non-negative|tensor\.cc:\d+ CalculateTensor|Tensor shape\.Size\(\) must be >= 0",
                "print(x.shape, pads)",
            ),
        ),
    ),
)
