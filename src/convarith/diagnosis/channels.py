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
        "The number of input channels differs from the first axis of the weight, which holds the input channels in a transposed convolution.",
        "Create the layer with the input's channels as `in_channels`; if the weight comes from a convolution, swap its first two axes.",
        "输入的通道数和权重第一维的大小不同；转置卷积的权重，第一维是输入通道。",
        "创建层时，`in_channels` 写输入的通道数；如果权重是从卷积拿来的，就交换它的前两维。",
        here="The input has {got} channels, and the weight expects {wanted}.",
        here_zh="输入有 {got} 个通道，权重要求 {wanted} 个。",
        read=_with_dims,
    ),
    Kind(
        "channels",
        rf"Given groups=(?P<groups>\d+), {EXPECTED}",
        "nn.Conv{dims}d({got}, out_channels, ...), whose weight is "
        "(out_channels, in_channels // groups, ...)",
        "The input has another number of channels than the layer was created for; in a batch, the channels are the second axis.",
        "Move the channels to the second axis, or create the layer for the channels that arrive.",
        "输入的通道数和创建这一层时写的不同；在批次里，通道是第二维。",
        "把通道挪到第二维，或者按实际的通道数创建层。",
        here="The input has {got} channels, and the layer expects {wanted}.",
        here_zh="输入有 {got} 个通道，这一层要求 {wanted} 个。",
        read=_with_dims,
    ),
    Kind(
        "groups-do-not-divide",
        r"(?P<which>in_channels|out_channels) must be divisible by groups"
        rf"|Given groups=(?P<groups>\d+), expected weight to be (?:at least \d+|divisible by \d+) at dimension 0, but got weight of size {sizes('weight')}",
        "groups that divides in_channels and out_channels, such as groups=1",
        "Every group takes the same number of channels, so `groups` must divide them.",
        "Choose `groups` so that it divides both `in_channels` and `out_channels`.",
        "每组分到的通道一样多，所以 `groups` 必须能整除通道数。",
        "选一个能同时整除 `in_channels` 和 `out_channels` 的 `groups`。",
    ),
    Kind(
        "bias-shape",
        rf"expected bias to be 1-dimensional with (?P<wanted>\d+) elements, but got bias of size {sizes('bias')}",
        "a bias of shape ({wanted},)",
        "The bias must have exactly one element for each output channel.",
        "Give the bias that many elements; a transposed convolution has `weight.shape[1] * groups` output channels.",
        "每个输出通道，偏置必须恰好有一个元素。",
        "让偏置有这么多元素；转置卷积的输出通道数是 `weight.shape[1] * groups`。",
        here="There are {wanted} output channels.",
        here_zh="这里有 {wanted} 个输出通道。",
    ),
    Kind(
        "groups-not-positive",
        r"non-positive groups is not supported"
        r"|groups must be a positive integer",
        "groups=1",
        "`groups` is the number of groups that the channels are divided into, so it must be at least 1.",
        "Use 1 or more; a division may have rounded it down to 0.",
        "`groups` 是通道分成的组数，至少是 1。",
        "改成 1 或更大；如果它是除出来的，可能向下取整成了 0。",
    ),
    Kind(
        "no-channels",
        rf"non-empty 2D or 4D weight tensor expected, but got: {sizes('weight')}",
        "out_channels=1 or more",
        "The transposed convolution has no output channels.",
        "Create the layer with at least 1 output channel.",
        "这个转置卷积没有输出通道。",
        "创建层时，至少留 1 个输出通道。",
        here="The shape of its weight is {weight}.",
        here_zh="权重的形状是 {weight}。",
    ),
)
