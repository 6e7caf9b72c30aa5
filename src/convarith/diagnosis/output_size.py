"""Messages about the output size: out of range, too small, or passed in a wrong way."""

from __future__ import annotations

import re
from collections.abc import Mapping

from convarith._legal_values import output_padding_limit
from convarith.diagnosis.kind import Kind
from convarith.diagnosis.values import Found, several, sizes

PARAMETERS = ("output_padding", "stride", "dilation")
PLACES = ("depth", "height", "width")


def _axis_by_axis(groups: Mapping[str, str | None]) -> Found:
    """Each parameter by axes, and on which the rule is broken; nothing if it was cut."""
    told = dict(re.findall(r"(\w+): (-?\d+)", groups["axes"] or ""))
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
    axes = zip(*(found[name] for name in PARAMETERS), strict=True)
    return f"output_padding={tuple(min(own, output_padding_limit(*two) - 1) for own, *two in axes)}"


def _output_size(found: Found) -> str:
    given = (several(found[name]) for name in ("wanted", "lowest", "highest"))
    axes = zip(*given, strict=False)
    return f"output_size={[min(max(own, low), high) for own, low, high in axes]}"


def _kernel_that_fits(found: Found) -> str:
    axes = zip(several(found["padded"]), several(found["extent"]), strict=False)
    missing = tuple(max(0, -((padded - extent) // 2)) for padded, extent in axes)
    return f"padding larger by {missing}, or an input as large as the kernel"


KINDS = (
    Kind(
        "output-padding-too-large",
        r"output padding must be smaller than either stride or dilation, but got (?P<axes>(?:(?:output_padding|stride|dilation)_\w+: -?\d+\s*)+)",
        _output_padding,
        "`output_padding` must be below `max(stride, dilation)` on each axis.",
        "Lower `output_padding`. For a larger output, lower `padding`, or enlarge `kernel_size` or `stride`.",
        "每个轴上，`output_padding` 都必须小于 `max(stride, dilation)`。",
        "减小 `output_padding`。想让输出更大，就减小 `padding`，或者加大 `kernel_size` 或 `stride`。",
        here="On axis {too_large_on} it is not: output_padding={output_padding}, stride={stride}, dilation={dilation}. For a layer on one axis, PyTorch prints an extra height in front.",
        here_zh="轴 {too_large_on} 不满足：output_padding={output_padding}，stride={stride}，dilation={dilation}。如果是一维的层，PyTorch 会在前面多印一个高度。",
        read=_axis_by_axis,
    ),
    Kind(
        "output-size-out-of-range",
        rf"requested an output size of {sizes('wanted')}, but valid sizes range from {sizes('lowest')} to {sizes('highest')} \(for an input of (?:{sizes('in_size')}|torch)",
        _output_size,
        "`output_size` only chooses `output_padding`, so each input size can give just `stride` output sizes, and not the one you asked for.",
        "Ask for a size in the range, or choose `kernel_size`, `stride` and `padding` so that the range contains your size.",
        "`output_size` 只能选择 `output_padding`，所以每个输入尺寸只有 `stride` 个输出尺寸可选，而你要的不在其中。",
        "换成范围内的尺寸，或者换一组 `kernel_size`、`stride` 和 `padding`，让范围包含你要的尺寸。",
        here="You asked for {wanted}, and the range is {lowest} to {highest}.",
        here_zh="你要的是 {wanted}，范围是 {lowest} 到 {highest}。",
    ),
    Kind(
        "output-size-not-taken",
        r"(?<![\w.])(?P<function>[\w.]+)\(\) got an unexpected keyword argument 'output_size'",
        "layer(x, output_size=size) on the nn.ConvTranspose module itself",
        "`output_size` belongs into the call of the transposed convolution module itself; `Sequential`, the functional form and the constructor have no such argument.",
        "Call the layer directly, outside `Sequential`; in the functional form, compute `output_padding`.",
        "`output_size` 要在调用转置卷积模块时传入；`Sequential`、函数形式和构造函数都没有这个参数。",
        "直接调用这一层，不要放在 `Sequential` 里；用函数形式时，自己算出 `output_padding`。",
        here="It was passed to {function}.",
        here_zh="这里把它传给了 {function}。",
    ),
    Kind(
        "output-size-length",
        r"ConvTranspose(?P<dims>\d)D: for (?P<batched>\d)D input, output_size must have (?P<few>\d) or (?P<many>\d) elements \(got (?P<got>\d+)\)",
        "output_size=skip.shape[-{dims}:]",
        "`output_size` must have one number for each spatial axis, or one for each axis of the input.",
        "Pass the spatial sizes only.",
        "`output_size` 要么每个空间轴一个数，要么输入的每个轴一个数。",
        "只传空间轴的尺寸。",
        here="It must have {few} or {many} numbers, and {got} were given.",
        here_zh="应有 {few} 或 {many} 个数，给了 {got} 个。",
    ),
    Kind(
        "output-size-is-an-int",
        r"object of type 'int' has no len\(\)",
        "output_size=[size] with one size for each axis",
        "In a transposed convolution, `output_size` must be a list; unlike `stride` or `padding`, an int is not repeated for every axis.",
        "Give a list, a tuple or a slice of a shape, with one size for each spatial axis.",
        "转置卷积的 `output_size` 必须是列表；它不像 `stride` 或 `padding`，不能用一个整数代表所有轴。",
        "写成列表、元组或形状的切片，每个空间轴一个尺寸。",
    ),
    Kind(
        "output-too-small",
        rf"Given input size per channel: {sizes('in_size')}\s*\. Calculated output size per channel: {sizes('out_size')}\s*\. Output size is too small",
        "a smaller padding, or a larger input or kernel_size",
        "`padding` crops both ends of the result, and on some axis nothing is left.",
        "Lower `padding`, or enlarge the input or `kernel_size`.",
        "`padding` 裁掉结果的两端，某个轴上什么都没剩下。",
        "减小 `padding`，或者加大输入或 `kernel_size`。",
        here="An input of {in_size} would give {out_size}. For a layer on one axis, PyTorch prints an extra height in front.",
        here_zh="输入 {in_size} 会得到 {out_size}。如果是一维的层，PyTorch 会在前面多印一个高度。",
    ),
    Kind(
        "kernel-does-not-fit",
        rf"Calculated padded input size per channel: {sizes('padded')}\s*\. Kernel size: {sizes('extent')}\s*\. Kernel size can't be greater than actual input size",
        _kernel_that_fits,
        "The padded input is shorter than the kernel with its gaps, so the kernel has no position.",
        "Enlarge the input or `padding`, or lower `kernel_size`, `dilation` or an earlier `stride`.",
        "填充后的输入比卷积核连同间隔还短，卷积核没有地方放。",
        "加大输入或 `padding`，或者减小 `kernel_size`、`dilation` 或前面某一层的 `stride`。",
        here="The padded input is {padded}, and the kernel with its gaps {extent}.",
        here_zh="填充后的输入是 {padded}，卷积核连同间隔是 {extent}。",
    ),
    Kind(
        "pool-output-too-small",
        rf"Given input size: {sizes('in_size')}\s*\. Calculated output size: {sizes('out_size')}\s*\. Output size is too small"
        r"|max_pool1d\(\) Invalid computed output size"
        r"|input image \([^)]{0,200}\) smaller than kernel size",
        "a smaller kernel_size, or one pooling layer less",
        "The pooling window is longer than the padded input, so nothing would come out.",
        "Use fewer pooling layers, a smaller `kernel_size` or a larger input.",
        "池化窗口比填充后的输入还长，什么都不会输出。",
        "减少池化层、减小 `kernel_size`，或者加大输入。",
    ),
    Kind(
        "resized-to-nothing",
        r"Input and output sizes should be greater than 0, but got input \((?P<input>[^)]{0,200})\)(?: and)? output \((?P<output>[^)]{0,200})\)",
        "size=1 or more, or a larger scale_factor",
        "The size times `scale_factor` was rounded down to 0, or `size` itself is 0.",
        "Give `size` in place of `scale_factor`, or a larger factor.",
        "尺寸乘以 `scale_factor` 后向下取整成了 0，或者 `size` 本身就是 0。",
        "不用 `scale_factor`，直接给 `size`；或者用更大的倍数。",
    ),
)
