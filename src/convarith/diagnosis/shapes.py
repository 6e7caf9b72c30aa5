"""Messages about missing and empty axes, and about dtypes."""

from __future__ import annotations

from convarith.diagnosis.kind import Kind
from convarith.diagnosis.values import sizes

KINDS = (
    Kind(
        "input-axes",
        r"Expected (?:(?P<unbatched>\d)D \(unbatched\) or (?P<batched>\d)D \(batched\) input to (?P<function>\w+)"
        rf"|\d-dimensional input for \d-dimensional weight {sizes('weight')}), but got (?:\d-dimensional )?input of size:? {sizes('input')}",
        "x.unsqueeze(0) for a missing channel or batch axis",
        "The input must have a channel axis and the spatial axes of the layer, with or without a batch axis in front.",
        "Add the missing axis with `unsqueeze`, or use the layer for your number of axes.",
        "输入要有通道轴和这一层的空间轴，前面可以有批次轴，也可以没有。",
        "用 `unsqueeze` 补上缺的轴，或者换成维数合适的层。",
        here="The shape of the input is {input}.",
        here_zh="输入的形状是 {input}。",
    ),
    Kind(
        "dtype-differs",
        # Types of torch's own, such as torch.cuda.FloatTensor, differ in their device.
        r"expected scalar type (?P<wanted>\w+) but found (?P<got>\w+)"
        r"|Input type \((?P<input>(?!torch\.)[\w.: ]+)\) and (?:bias|weight) type \((?P<bias>(?!torch\.)[\w.: ]+)\)",
        "x.to(layer.weight.dtype)",
        "The input and the weight have different dtypes.",
        "Convert the input to the dtype of the weight.",
        "输入和权重的数据类型不同。",
        "把输入转换成权重的类型。",
    ),
    Kind(
        "dtype-not-supported",
        r"\"(?:slow_conv|compute_columns)\w*\" not implemented for '(?P<got>\w+)'",
        "x.float()",
        "PyTorch does not implement this layer for the dtype of the input or the weight.",
        "Convert input and weight to a floating-point dtype.",
        "PyTorch 的这种层不支持输入或权重的数据类型。",
        "把输入和权重转换成浮点类型。",
        here="The dtype is {got}.",
        here_zh="这个类型是 {got}。",
    ),
    Kind(
        "empty-axis",
        rf"Only zero batch or zero channel inputs are supported, but got input shape: {sizes('input')}",
        "an input with at least one element on each spatial axis",
        "A spatial axis of the input has no elements; only the batch or the channels may be empty.",
        "Find the slice or the layer that made the size 0; printing the shapes on the way finds it.",
        "输入有一个空间轴没有元素；只有批次或通道可以是空的。",
        "找出是哪个切片或哪一层把尺寸变成了 0；沿途打印形状就能找到。",
        here="The shape of the input is {input}.",
        here_zh="输入的形状是 {input}。",
    ),
    Kind(
        "weight-axes",
        r"weight should have at least three dimensions",
        "a weight of shape (in_channels, out_channels // groups, kernel_size)",
        "The weight has too few axes: its two channel axes come before the axes of the kernel.",
        "Put the missing channel axes in front of the kernel.",
        "权重的轴太少：卷积核的轴前面，还要有两个通道轴。",
        "在卷积核前面补上缺的通道轴。",
    ),
)
