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
        "The input must have a channel axis and the spatial axes of the layer, with or without a batch axis in front. It has another number of axes.",
        "Add the missing channel or batch axis with `unsqueeze`, or use the layer for the number of axes that you have.",
        "输入要有通道维度和这一层的空间维度，前面的批次维度可有可无。现在的维度数不对。",
        "用 `unsqueeze` 补上缺少的通道或批次维度，或者换成维度数合适的层。",
        here="The shape of the input is {input}.",
        here_zh="输入的形状是 {input}。",
    ),
    Kind(
        "dtype-differs",
        # Types of torch's own, such as torch.cuda.FloatTensor, differ in their device.
        r"expected scalar type (?P<wanted>\w+) but found (?P<got>\w+)"
        r"|Input type \((?P<input>(?!torch\.)[\w.: ]+)\) and (?:bias|weight) type \((?P<bias>(?!torch\.)[\w.: ]+)\)",
        "x.to(layer.weight.dtype)",
        "The input and the parameters of the layer have different dtypes.",
        "Convert the input to the dtype of the weight: `x.to(layer.weight.dtype)`.",
        "输入和这一层参数的数据类型不同。",
        "把输入转换成权重的类型：`x.to(layer.weight.dtype)`。",
    ),
    Kind(
        "dtype-not-supported",
        r"\"(?:slow_conv|compute_columns)\w*\" not implemented for '(?P<got>\w+)'",
        "x.float()",
        "PyTorch does not implement this layer for this dtype.",
        "Convert the input and the weight to a floating-point dtype.",
        "PyTorch 的这种层不支持这个数据类型。",
        "把输入和权重转换成浮点类型。",
        here="The dtype is {got}.",
        here_zh="这个类型是 {got}。",
    ),
    Kind(
        "empty-axis",
        rf"Only zero batch or zero channel inputs are supported, but got input shape: {sizes('input')}",
        "an input with at least one element on each spatial axis",
        "A spatial axis of the input has no elements. Only the batch and the channels may be empty.",
        "Print the shapes in front of this layer, and find the slice or the layer that made the size 0.",
        "输入有一个空间维度没有元素。只有批次和通道可以是空的。",
        "打印这一层之前的形状，找出是哪个切片或哪一层把尺寸变成了 0。",
        here="The shape of the input is {input}.",
        here_zh="输入的形状是 {input}。",
    ),
    Kind(
        "weight-axes",
        r"weight should have at least three dimensions",
        "a weight of shape (in_channels, out_channels // groups, kernel_size)",
        "The weight has too few axes. Its two channel axes stand in front of the axes of the kernel.",
        "Put the missing channel axes in front of the kernel with `unsqueeze`.",
        "权重的维度太少：卷积核的维度前面，还要有两个通道维度。",
        "用 `unsqueeze` 在卷积核前面补上缺少的通道维度。",
    ),
)
