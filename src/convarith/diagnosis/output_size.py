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
        "On every axis, PyTorch requires `output_padding < max(stride, dilation)`.",
        "On every axis, make `output_padding` smaller than `stride`; with `stride=1`, that means `output_padding=0`.",
        "PyTorch 要求每个维度都满足 `output_padding < max(stride, dilation)`。",
        "让每个维度的 `output_padding` 都小于 `stride`；如果 `stride=1`，就只能取 `output_padding=0`。",
        here="It is too large on axis {too_large_on}: output_padding={output_padding}, stride={stride}, dilation={dilation}. A layer with one spatial axis prints a height that it does not have.",
        here_zh="它在维度 {too_large_on} 上太大：output_padding={output_padding}，stride={stride}，dilation={dilation}。只有一个空间维度的层，会多印一个并不存在的高度。",
        read=_axis_by_axis,
    ),
    Kind(
        "output-size-out-of-range",
        rf"requested an output size of {sizes('wanted')}, but valid sizes range from {sizes('lowest')} to {sizes('highest')} \(for an input of (?:{sizes('in_size')}|torch)",
        _output_size,
        "`output_size` works by setting `output_padding`, so for one input size the layer can return only `stride` different sizes. The size you asked for is not one of them.",
        "Ask for a size in the range that the message prints. If you need another size, change `kernel_size`, `stride` or `padding`; `solve` lists the layers that fit.",
        "`output_size` 的作用是设置 `output_padding`，所以同一个输入尺寸只能得到 `stride` 个不同的输出尺寸，你要的不在其中。",
        "换成报错里范围之内的尺寸。一定要别的尺寸，就改 `kernel_size`、`stride` 或 `padding`；`solve` 会列出合适的层。",
        here="You asked for {wanted}, and the range is {lowest} to {highest}.",
        here_zh="你要的是 {wanted}，范围是 {lowest} 到 {highest}。",
    ),
    Kind(
        "output-size-not-taken",
        r"(?<![\w.])(?P<function>[\w.]+)\(\) got an unexpected keyword argument 'output_size'",
        "layer(x, output_size=size) on the nn.ConvTranspose module itself",
        "Of these layers, only a `ConvTranspose` or `MaxUnpool` module accepts `output_size`, and only when it is called. `Sequential`, the constructors and the functions for transposed convolutions do not have this argument.",
        "Pass `output_size` when you call the `ConvTranspose` module itself, outside `Sequential`. In the functional form, pass `output_padding`.",
        "在这些层里，只有调用 `ConvTranspose` 或 `MaxUnpool` 模块时才能传 `output_size`。`Sequential`、构造函数和转置卷积的函数都没有这个参数。",
        "直接调用 `ConvTranspose` 模块，在调用时传 `output_size`，不要通过 `Sequential`。用函数形式时，传 `output_padding`。",
        here="It was passed to {function}.",
        here_zh="这里把它传给了 {function}。",
    ),
    Kind(
        "output-size-length",
        r"ConvTranspose(?P<dims>\d)D: for (?P<batched>\d)D input, output_size must have (?P<few>\d) or (?P<many>\d) elements \(got (?P<got>\d+)\)",
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
        "output_size=[size] with one size for each axis",
        "If the message comes from a `ConvTranspose` layer, `output_size` is an int. The layer needs a list or a tuple: unlike `stride` or `padding`, it does not repeat an int for every axis.",
        "Pass a list, a tuple or a slice of a shape, with one size for each spatial axis.",
        "如果报错来自 `ConvTranspose` 层，就是 `output_size` 传成了一个整数。它必须是列表或元组；与 `stride`、`padding` 不同，不能用一个整数代表所有维度。",
        "传列表、元组或形状的切片，每个空间维度一个尺寸。",
    ),
    Kind(
        "output-too-small",
        rf"Given input size per channel: {sizes('in_size')}\s*\. Calculated output size per channel: {sizes('out_size')}\s*\. Output size is too small",
        "a smaller padding, or a larger input or kernel_size",
        "`padding` cuts off so much at both ends that nothing is left on at least one axis.",
        "Lower `padding`, or enlarge the input or `kernel_size`.",
        "`padding` 在两端裁得太多，至少有一个维度什么也没剩下。",
        "减小 `padding`，或者加大输入或 `kernel_size`。",
        here="An input of {in_size} would give {out_size}. A layer with one spatial axis prints a height that it does not have.",
        here_zh="输入 {in_size} 会得到 {out_size}。只有一个空间维度的层，会多印一个并不存在的高度。",
    ),
    Kind(
        "kernel-does-not-fit",
        rf"Calculated padded input size per channel: {sizes('padded')}\s*\. Kernel size: {sizes('extent')}\s*\. Kernel size can't be greater than actual input size",
        _kernel_that_fits,
        "The padded input is smaller than the kernel extent (the kernel with its gaps) on at least one axis.",
        "Enlarge the input or `padding`, or lower `kernel_size` or `dilation`. If earlier layers made the map too small, use fewer of them or a smaller `stride`.",
        "至少在一个维度上，填充后的输入小于卷积核跨度（卷积核连同空隙的长度）。",
        "加大输入或 `padding`，或者减小 `kernel_size` 或 `dilation`。如果是前面的层把特征图缩得太小，就减少层数或减小它们的 `stride`。",
        here="The padded input is {padded}, and the kernel extent is {extent}.",
        here_zh="填充后的输入是 {padded}，卷积核跨度是 {extent}。",
    ),
    Kind(
        "pool-output-too-small",
        rf"Given input size: {sizes('in_size')}\s*\. Calculated output size: {sizes('out_size')}\s*\. Output size is too small"
        r"|max_pool1d\(\) Invalid computed output size"
        r"|input image \([^)]{0,200}\) smaller than kernel size",
        "a smaller kernel_size, or one pooling layer less",
        "The pooling window is larger than the padded input on at least one axis, so there is no output.",
        "Use fewer pooling layers, a smaller `kernel_size` or a larger input.",
        "至少在一个维度上，池化窗口大于填充后的输入，所以没有输出。",
        "减少池化层、减小 `kernel_size`，或者加大输入。",
        here="With the channels in front, {in_size} would become {out_size}.",
        here_zh="连同最前面的通道数，{in_size} 会变成 {out_size}。",
    ),
    Kind(
        "resized-to-nothing",
        r"Input and output sizes should be greater than 0, but got input \((?P<input>[^)]{0,200})\)(?: and)? output \((?P<output>[^)]{0,200})\)",
        "size=1 or more, or a larger scale_factor",
        "The input size times `scale_factor` was rounded down to 0, or the input or `size` is 0 already.",
        "Pass `size` instead of `scale_factor`, or use a larger factor.",
        "输入尺寸乘以 `scale_factor` 后向下取整成了 0，或者输入或 `size` 本身就是 0。",
        "不传 `scale_factor`，直接传 `size`；或者用更大的倍数。",
        here="The input is ({input}), and the output would be ({output}).",
        here_zh="输入是（{input}），输出会是（{output}）。",
    ),
)
