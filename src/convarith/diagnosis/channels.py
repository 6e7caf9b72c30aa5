"""Messages about the channels of input, weight and bias, and about groups."""

from __future__ import annotations

from collections.abc import Mapping

from convarith.diagnosis.kind import Kind
from convarith.diagnosis.values import Found, plain, several, sizes

# Ends alike for both layers.
EXPECTED = (
    rf"weight of size {sizes('weight')}, expected input{sizes('input')} to have "
    r"(?P<wanted>\d+) channels, but got (?P<got>\d+) channels instead"
)


def _with_dims(groups: Mapping[str, str | None]) -> Found:
    found = plain(groups)
    return {**found, "dims": max(len(several(found["weight"])) - 2, 1)}


KINDS = (
    Kind(
        "transposed-channels",
        rf"Given transposed=1, {EXPECTED}",
        "nn.ConvTranspose{dims}d({got}, out_channels, ...), whose weight is "
        "(in_channels, out_channels // groups, ...)",
        "In a transposed convolution, the first axis of the weight holds the input channels. The input has a different number of channels.",
        "Create the layer with the channels of the input as `in_channels`. If the weight comes from a convolution with `groups=1`, swap its first two axes.",
        "转置卷积的权重，第一维是输入通道，而输入的通道数与它不同。",
        "创建层时，`in_channels` 写输入的通道数。如果权重是从 `groups=1` 的卷积拿来的，就交换它的前两维。",
        here="The input has {got} channels, and the weight expects {wanted}.",
        here_zh="输入有 {got} 个通道，权重要求 {wanted} 个。",
        read=_with_dims,
    ),
    Kind(
        "channels",
        rf"Given groups=(?P<groups>\d+), {EXPECTED}",
        "nn.Conv{dims}d({got}, out_channels, ...), whose weight is "
        "(out_channels, in_channels // groups, ...)",
        "The input does not have the number of channels that the layer was created with. In a batch, the second axis counts as the channels.",
        "If the channels stand last, move them to the second axis with `permute`. Otherwise, create the layer with the number of channels that arrives.",
        "输入的通道数和创建这一层时写的不同。输入带批次时，第二维是通道。",
        "如果通道排在最后，就用 `permute` 挪到第二维；否则按实际的通道数创建这一层。",
        here="The input has {got} channels, and the layer expects {wanted}.",
        here_zh="输入有 {got} 个通道，这一层要求 {wanted} 个。",
        read=_with_dims,
    ),
    Kind(
        "groups-do-not-divide",
        r"(?P<which>in_channels|out_channels) must be divisible by groups"
        rf"|Given groups=(?P<groups>\d+), expected weight to be (?:at least \d+|divisible by \d+) at dimension 0, but got weight of size {sizes('weight')}",
        "groups that divides in_channels and out_channels, such as groups=1",
        "Every group gets the same number of channels, so `groups` must divide the input channels and the output channels.",
        "Choose a `groups` that divides both `in_channels` and `out_channels`.",
        "每组的通道一样多，所以 `groups` 必须能整除输入通道数和输出通道数。",
        "选一个能同时整除 `in_channels` 和 `out_channels` 的 `groups`。",
    ),
    Kind(
        "bias-shape",
        rf"expected bias to be 1-dimensional with (?P<wanted>\d+) elements, but got bias of size {sizes('bias')}",
        "a bias of shape ({wanted},)",
        "The bias must be 1-dimensional, with 1 element for each output channel.",
        "Create the bias with 1 element for each output channel. A transposed convolution has `weight.shape[1] * groups` of them.",
        "偏置必须是 1 维的，每个输出通道 1 个元素。",
        "创建偏置时，每个输出通道给 1 个元素。转置卷积的输出通道数是 `weight.shape[1] * groups`。",
        here="The number of output channels is {wanted}.",
        here_zh="输出通道数是 {wanted}。",
    ),
    Kind(
        "groups-not-positive",
        r"non-positive groups is not supported"
        r"|groups must be a positive integer",
        "groups=1",
        "`groups` is the number of groups that the channels are divided into, so it must be at least 1.",
        "Set `groups` to 1 or more. If it is computed, check whether a division rounded it down to 0.",
        "`groups` 是通道分成的组数，至少是 1。",
        "把 `groups` 设为 1 或更大。如果它是除出来的，看看是不是向下取整成了 0。",
    ),
    Kind(
        "no-channels",
        rf"non-empty 2D or 4D weight tensor expected, but got: {sizes('weight')}",
        "out_channels=1 or more",
        "The transposed convolution has no output channels.",
        "Create the layer with at least 1 output channel.",
        "这个转置卷积没有输出通道。",
        "创建层时，至少要有 1 个输出通道。",
        here="The shape of its weight is {weight}.",
        here_zh="权重的形状是 {weight}。",
    ),
)
