"""Messages about the channels of input, weight and bias, and about groups."""

from __future__ import annotations

from collections.abc import Mapping

from convarith.diagnosis.counts import (
    of_channels,
    of_groups,
    of_nodes,
    of_normalization,
    of_transposed,
    with_dims,
    with_groups,
)
from convarith.diagnosis.kind import Kind, Wording
from convarith.diagnosis.pairs import marked
from convarith.diagnosis.values import Found, node, plain, several, sizes

# Ends alike for both layers; before 1.0 the weight had no brackets.
EXPECTED = (
    r"weight(?: of size)? ?[\[({]{0,2}(?P<weight>\d+(?:(?:, | x | |,)\d+){0,5})[\])}]{0,2},(?: so)? ?"
    rf"expected input ?{sizes('input')} to have "
    r"(?P<wanted>\d+) channels, but got (?P<got>\d+) channels instead"
)

# The input of the gradient stands in another place.
CONVOLUTION = r"(?!\w*Backprop)(?:Conv|Depthwise)\w{1,40}"


def _second_axis(groups: Mapping[str, str | None]) -> Found:
    """Before 0.4, the message held the whole shape and not the channels."""
    found = plain(groups)
    return {**found, "got": (*several(found["input"]), None, None)[1]}


def _of_all_groups(groups: Mapping[str, str | None]) -> Found:
    """The weight has the channels of one group."""
    found = plain(groups)
    if "groups" in found and "wanted" in found:
        found["per_group"] = found.pop("wanted")
        found["channels"] = found["per_group"] * found["groups"]
    return found


KINDS = (
    Kind(
        "transposed-channels",
        rf"Given transposed=1, {EXPECTED}",
        (
            "nn.ConvTranspose{dims}d({got}, out_channels, ...), whose weight is (in_channels, out_channels // groups, ...)",
            "nn.ConvTranspose{dims}d({got}, out_channels, ...)，权重是 (in_channels, out_channels // groups, ...)",
        ),
        "In a transposed convolution, the first axis of the weight holds the input channels. The input has a different number of channels.",
        "Create the layer with the channels of the input as `in_channels`. If the weight comes from a convolution with `groups=1`, swap its first two axes.",
        "转置卷积的权重，第一维是输入通道，而输入的通道数与它不同。",
        "创建层时，`in_channels` 写输入的通道数。如果权重是从 `groups=1` 的卷积拿来的，就交换它的前两维。",
        here="The input has {got} channels, and the weight expects {wanted}.",
        here_zh="输入有 {got} 个通道，权重要求 {wanted} 个。",
        read=with_dims,
        causes=of_transposed,
        also=(
            Wording(
                "onnx",
                r"filter number not equal to input channel number\. filter_number: (?P<wanted>\d+) num_input_channels: (?P<got>\d+)",
                "np.swapaxes(w, 0, 1)",
            ),
        ),
    ),
    Kind(
        "channels",
        rf"Given groups=(?P<groups>\d+), {EXPECTED}",
        (
            "nn.Conv{dims}d({got}, out_channels, ...), whose weight is (out_channels, in_channels // groups, ...)",
            "nn.Conv{dims}d({got}, out_channels, ...)，权重是 (out_channels, in_channels // groups, ...)",
        ),
        "The input does not have the number of channels that the layer was created with. In a batch, the second axis counts as the channels.",
        "If the channels are last, move them to the second axis with `permute`. Otherwise, create the layer with the number of channels that the input has.",
        "输入的通道数和创建这一层时写的不同。输入带批次时，第二维是通道。",
        "如果通道排在最后，就用 `permute` 挪到第二维；否则按实际的通道数创建这一层。",
        read=with_dims,
        causes=of_channels,
        also=(
            Wording(
                "torch",
                r"(?:^|: )Invalid channel dimensions",
                "print(x.shape, weight.shape)",
            ),
            Wording(
                "torch",
                rf"Need input of dimension \d and input\.size\[1\] == (?P<wanted>\d+) but got input to be of shape: {sizes('input')}",
                "nn.Conv2d(in_channels, out_channels, kernel_size)",
                read=_second_axis,
            ),
            Wording(
                "tensorflow",
                rf"input depth must be evenly divisible by filter depth: (?P<got>\d+) vs (?P<wanted>\d+)|input and filter must have the same depth: (?P<got>\d+) vs (?P<wanted>\d+)|Computed input depth (?P<got>\d+) doesn't match filter input depth (?P<wanted>\d+)|Depth of input \((?P<got>\d+)\) is not a multiple of input depth of filter \((?P<wanted>\d+)\)|number of input channels does not match corresponding dimension of filter, (?P<got>\d+) != (?P<wanted>\d+)|Dimensions must be equal, but are (?P<got>\d+) and (?P<wanted>\d+) {node(CONVOLUTION)}{sizes('input')}",
                "keras.ops.moveaxis(x, 1, -1)",
            ),
            Wording(
                "paddle",
                rf"the input's channels is (?P<got>\d+), the input's shape is {sizes('input')}; the filter's channels is (?P<kernel_channels>\d+)",
                "paddle.nn.Conv2D(in_channels, out_channels, kernel_size)",
                read=plain,
            ),
            Wording(
                "tflite",
                r"input_channel % filter_input_channel != 0 \((?P<got>\d+) != |input->dims->data\[3\] != filter->dims->data\[3\] \((?P<got>\d+) != (?P<wanted>\d+)\)",
                "print(interpreter.get_input_details())",
            ),
            Wording(
                "keras",
                rf"expected axis (?P<axis>-?\d+) of input shape to have value (?P<wanted>\d+),? but received input with shape {sizes('input')}|The number of input channels must match the kernel's input channels\. Received: input channels=(?P<got>\d+), kernel input channels=(?P<wanted>\d+)|Input channels \((?P<got>\d+)\) must be divisible by kernel input channels \((?P<wanted>\d+)\)",
                "keras.ops.moveaxis(x, 1, -1)",
                "Keras expects the channels in the last axis, if `data_format` says nothing else, and a layer keeps the channels of its first call: move the axis, or create another layer.",
                "Keras 默认通道在最后一维（除非另写 `data_format`），而且一层会一直沿用第一次调用时的通道数：挪动维度，或者另建一层。",
            ),
            Wording(
                "jax",
                r"lhs feature dimension size divided by feature_group_count must equal the rhs input feature dimension size, but (?P<got>\d+) // (?P<groups>\d+) != (?P<wanted>\d+)|LHS feature dimension \(value (?P<got>\d+)\) to be a multiple of feature_group_count \(value (?P<groups>\d+)\), and LHS feature dimension / feature_group_count = RHS feature dimension \(value (?P<wanted>\d+)\)(?:.{0,400}?input_batch_dimension: (?P<batch_at>\d+))?",
                'dimension_numbers=("NHWC", "HWIO", "NHWC")',
                "Without `dimension_numbers`, JAX reads the input as (batch, channels, height, width) and the kernel as (out, in / groups, height, width): move the axes, or say the order.",
                "不写 `dimension_numbers` 时，JAX 把输入读作（批次、通道、高、宽），把卷积核读作（输出、输入 / 组数、高、宽）：挪动维度，或者写明顺序。",
                read=_of_all_groups,
            ),
            Wording(
                "onnx",
                r"Input channels C is not equal to kernel channels \* group\. C: (?P<got>\d+) kernel channels: (?P<kernel_channels>\d+) group: (?P<groups>-?\d+)",
                "print(x.shape, w.shape)",
                "Make the second axis of `W` the channels of `X` divided by `group`.",
                "`W` 的第二维要等于 `X` 的通道数除以 `group`。",
                read=of_nodes,
            ),
            Wording(
                "",
                r"C_in / groups = (?P<got>\d+)/(?P<groups>\d+) != weight\[\d+\] \((?P<wanted>\d+)\)",
                "weight.transpose(0, 3, 1, 2)",
                "The second axis of the weight must be the input channels divided by the groups. MLX keeps the weight as (out, height, width, in), and Core ML as (out, in, height, width).",
                "权重的第二维必须是输入通道数除以组数。MLX 的权重顺序是（输出、高、宽、输入），Core ML 是（输出、输入、高、宽）。",
                read=_of_all_groups,
            ),
            Wording(
                "",
                r"Expect the input channels in the input and weight array to match but got shapes - input: (?:\(|\[)(?P<input>[\d, ]+)(?:\)|\]) and weight: (?:\(|\[)(?P<weight>[\d, ]+)",
                "print(x.shape, w.shape)",
                "MLX expects the channels in the last axis of the input and of the weight.",
                "MLX 的输入和权重都要把通道放在最后一维。",
                read=marked("last"),
            ),
        ),
    ),
    Kind(
        "groups-do-not-divide",
        r"(?P<which>in_channels|out_channels) must be divisible by groups"
        rf"|Given groups=(?P<groups>\d+), expected weight to be (?:at least \d+|divisible by \d+) at dimension 0, but got weight of size {sizes('weight')}"
        r"|groups = (?P<groups>\d+) does not divide number of output channels = \d+",
        (
            "groups that divides in_channels and out_channels, such as groups=1",
            "groups 要能整除 in_channels 和 out_channels，例如 groups=1",
        ),
        "Every group gets the same number of channels, so `groups` must divide the input channels and the output channels.",
        "Choose a `groups` that divides both `in_channels` and `out_channels`.",
        "每组的通道一样多，所以 `groups` 必须能整除输入通道数和输出通道数。",
        "选一个能同时整除 `in_channels` 和 `out_channels` 的 `groups`。",
        read=with_groups,
        causes=of_groups,
        also=(
            Wording(
                "torch",
                rf"Expected number of channels in input to be divisible by num_groups, but got input of shape {sizes('input')} and num_groups=(?P<groups>\d+)|num_channels(?: \(\d+\))? must be divisible by num_groups",
                "nn.GroupNorm(1, num_channels)",
                "Choose a `num_groups` that divides the channels.",
                "选一个能整除通道数的 `num_groups`。",
            ),
            Wording(
                "keras", r"must be evenly divisible by the number of groups", "groups=1"
            ),
            Wording(
                "jax",
                r"_group_count must divide lhs \w+ dimension size|rhs output feature dimension size must be a multiple of (?:feature|batch)_group_count",
                "feature_group_count=1",
            ),
            Wording(
                "onnx",
                r"Output channels M is not divisible by group|Input channels C must be divisible by group|Input channels is not divisible by group",
                "group=1",
            ),
        ),
    ),
    Kind(
        "bias-shape",
        rf"expected bias to be 1-dimensional with (?P<wanted>\d+) elements, but got bias of size {sizes('bias')}"
        r"|bias should have K elements: (?P<wanted>\d+)"
        r"|bias should be a vector \(1D Tensor\)",
        ("a bias of shape ({wanted},)", "有 {wanted} 个数的偏置"),
        "The bias must be 1-dimensional, with 1 element for each output channel.",
        "Create the bias with 1 element for each output channel. A transposed convolution has `weight.shape[1] * groups` of them.",
        "偏置必须是 1 维的，每个输出通道 1 个元素。",
        "创建偏置时，每个输出通道给 1 个元素。转置卷积的输出通道数是 `weight.shape[1] * groups`。",
        here="The number of output channels is {wanted}.",
        here_zh="输出通道数是 {wanted}。",
        also=(
            Wording(
                "tensorflow",
                r"NumElements\(bias\) != SizeOfDimension\(weights, \d+\) \((?P<got>\d+) != (?P<wanted>\d+)\)",
                "bias.shape == weights.shape[:1]",
            ),
            Wording(
                "onnx",
                r"bias must be a 1D tensor of size output_channels|Bias shape is not compatible with number of output channels",
                "np.zeros(w.shape[0])",
            ),
        ),
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
        also=(
            Wording(
                "keras",
                r"number of groups must be a positive integer\. Received: groups=(?P<got>-?\d+)",
                "groups=1",
            ),
            Wording(
                "jax",
                r"(?:feature|batch)_group_count must be a positive integer, got (?P<got>-?\d+)",
                "feature_group_count=1",
            ),
            Wording(
                "onnx",
                r"Attribute group must be > 0|group_ > 0|group must be",
                "group=1",
            ),
        ),
    ),
    Kind(
        "no-channels",
        rf"non-empty 2D or 4D weight tensor expected, but got: {sizes('weight')}"
        r"|out_channels must be greater than 0, got (?P<got>-?\d+)",
        "nn.ConvTranspose2d(4, 1, kernel_size=3)",
        "The layer has no output channels.",
        "Create the layer with at least 1 output channel.",
        "这一层没有输出通道。",
        "创建层时，至少要有 1 个输出通道。",
        here="The shape of its weight is {weight}.",
        here_zh="权重的形状是 {weight}。",
        also=(
            Wording(
                "keras",
                r"Invalid value for argument `(?:filters|depth_multiplier)`\. Expected a strictly positive value",
                "filters=1",
            ),
            Wording("onnx", r"invalid channel count", "print(w.shape)"),
        ),
    ),
    Kind(
        "batchnorm-channels",
        r"(?:running_mean|running_var|weight|bias) should contain (?P<got>\d+) elements not (?P<wanted>\d+)"
        r"|Expected (?:weight|bias) to be a vector of size equal to the number of channels in input, but got (?:weight|bias) of shape \[(?P<wanted>\d+)\] and input of shape \[\d+, (?P<got>\d+)",
        "nn.BatchNorm2d({got})",
        "The map does not have the number of channels that the normalization was created with.",
        "Create the normalization with the channels of its input; after a convolution, these are its `out_channels`.",
        "特征图的通道数和创建归一化层时写的不同。",
        "创建归一化层时，写它的输入的通道数；前一层是卷积的话，就是那一层的 `out_channels`。",
        causes=of_normalization,
        also=(
            Wording(
                "torch",
                rf"Given normalized_shape={sizes('wanted_shape')}, expected input with shape .{{1,60}}?, but got input of size ?{sizes('input')}",
                "nn.GroupNorm(1, num_channels)",
                "`LayerNorm` normalizes the last axes, and a map has its channels in the second one: use `GroupNorm(1, num_channels)`, or move the channels to the end first. If the last axis is meant, create the layer with its size.",
                "`LayerNorm` 归一化的是最后几维，而特征图的通道在第二维：用 `GroupNorm(1, num_channels)`，或者先把通道挪到最后。如果要归一化的就是最后一维，就按它的大小创建这一层。",
            ),
        ),
    ),
)
