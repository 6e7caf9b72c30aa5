"""Messages about two tensors that do not fit together, and about MaxUnpool."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod

from convarith.diagnosis.apart import causes
from convarith.diagnosis.joining import skip_line, sum_line
from convarith.diagnosis.kind import Cause, Kind, Line, Wording
from convarith.diagnosis.loss_wordings import LOSSES
from convarith.diagnosis.losses import of_losses
from convarith.diagnosis.pairs import (
    broadcast,
    built,
    differing,
    in_place,
    marked,
    received,
)
from convarith.diagnosis.values import Found, node, plain, sizes
from convarith.diagnosis.whose import counts_differ, of_samples

ELEMENTWISE = r"(?!Conv|Depthwise|MatMul|BatchMatMul)\w{1,40}"


def _strictly_between(found: Found) -> Line:
    low, high = found["lowest"] + 1, found["highest"] - 1
    axis = found["axis"]
    return (
        f"output_size from {low} to {high} on axis {axis}",
        f"output_size 在维度 {axis} 上取 {low} 到 {high}",
    )


def _last_index(groups: Mapping[str, str | None]) -> Found:
    found = plain(groups)
    if "volume" in found:
        found["last"] = prod(found["volume"]) - 1
    return found


def _of_skips(found: Found, framework: str) -> list[Cause]:
    if found.get("stacked"):
        return of_samples(found)
    if "ndim" in found or "dim" in found:
        return [counts_differ(found)]
    return causes(skip_line)(found, framework)


KINDS = (
    Kind(
        "skip-does-not-fit",
        # Before 1.13, the sizes were told as "Got 23 and 24".
        r"Sizes of tensors must match except in dimension (?P<joined>\d)\. Expected size (?P<wanted>\d+) but got size (?P<got>\d+)"
        r"|Sizes of tensors must match except in dimension (?P<joined>\d)\. Got (?P<wanted>\d+) and (?P<got>\d+) in dimension (?P<axis>\d)"
        r"|Sizes of tensors must match except in dimension (?P<joined>\d)\. Expected (?P<wanted>\d+) in dimension (?P<axis>\d) but got (?P<got>\d+)"
        # 1.7 and 1.8 named the dimension that differs, and no other.
        r"|Sizes of tensors must match except in dimension (?P<axis>\d)\. Got (?P<wanted>\d+) and (?P<got>\d+)"
        r"|Sizes of tensors must match except in dimension (?P<joined>\d)"
        r"|Number of dimensions of tensors must match\. Expected (?P<ndim>\d+)-D tensors, but got (?P<other>\d+)-D"
        r"|Tensors must have same number of dimensions: got (?P<ndim>\d+) and (?P<other>\d+)"
        r"|zero-dimensional tensor \(at position \d+\) cannot be concatenated"
        r"|The expanded size of the tensor \((?P<wanted>\d+)\) must match the existing size \((?P<got>\d+)\) at non-singleton dimension (?P<axis>\d)"
        r"|the number of sizes provided \(\d+\) must be greater or equal to the number of dimensions"
        r"|Dimension out of range \(expected to be in range of \[-?\d+, (?P<highest>-?\d+)\], but got (?P<dim>-?\d+)"
        r"|Dimension out of range \(expected to be in range of"
        r"|Dimension specified as (?P<dim>-?\d+) but tensor has no dimensions",
        skip_line,
        "The tensors have different sizes in a dimension along which they are not joined. In a decoder, the usual reason is a layer with a stride that rounded its output size down and dropped the remainder.",
        "Pass the size of the skip connection to the transposed convolution: `up(x, output_size=skip.shape[-2:])`. If the decoder uses `Upsample`, replace it by `interpolate` with `size=` and the same `mode` and `align_corners`.",
        "拼接的维度之外，张量还有别的维度尺寸不同。在解码器里，多半是带步幅的层算输出尺寸时向下取整，舍掉了余数。",
        "把跳跃连接的尺寸传给转置卷积：`up(x, output_size=skip.shape[-2:])`。解码器用的是 `Upsample`，就换成带 `size=` 的 `interpolate`，并传入原来的 `mode` 和 `align_corners`。",
        read=differing,
        causes=_of_skips,
        also=(
            Wording(
                "torch",
                rf"stack expects each tensor to be equal size, but got {sizes('first')} at entry \d+ and {sizes('second')} at entry|stack expects each tensor to be equal size, but got torch\.Size\(\[[\d, ]{{0,60}}\]\) at entry 0 *$|Trying to resize storage that is not resizable",
                read=marked("stacked"),
            ),
        ),
    ),
    Kind(
        "sizes-differ",
        r"size of tensor a \((?P<wanted>\d+)\) must match the size of tensor b \((?P<got>\d+)\)(?: at non-singleton dimension (?P<axis>\d))?"
        rf"|shape mismatch: value tensor of shape {sizes('second')} cannot be broadcast to indexing result of shape {sizes('first')}",
        sum_line,
        "Two tensors are combined element by element, for example in a sum or a loss, and their sizes differ on an axis where neither size is 1.",
        "If the result of a transposed convolution without `output_padding` is too small by less than the stride, pass `output_size` to that layer. If it is too large, `output_size` does not help: give both layers the same parameters, or crop. If one size is a multiple of the other, usually a stride or an upsampling layer is missing on one side.",
        "两个张量逐元素运算，例如求和或算损失，而在某个维度上尺寸不同，又都不是 1。",
        "如果不带 `output_padding` 的转置卷积结果偏小，而且相差不到一个步幅，就给它传 `output_size`；如果偏大，`output_size` 帮不上忙，要让两层的参数相同，或者裁剪。如果一个尺寸是另一个的整数倍，多半是有一侧少了步幅或上采样。",
        read=broadcast,
        causes=causes(sum_line),
        also=(
            Wording(
                "torch",
                rf"output with shape {sizes('first')} doesn't match the broadcast shape {sizes('second')}",
                read=in_place,
            ),
            Wording(
                "torch",
                rf"Mismatching argument at index \d+ had {sizes('second')}; but expected shape should be broadcastable to {sizes('first')}",
                read=broadcast,
            ),
            Wording(
                "tensorflow",
                rf"Incompatible shapes: {sizes('first')} vs\. {sizes('second')}|required broadcastable shapes",
                "print(x.shape, y.shape)",
                read=broadcast,
            ),
            Wording(
                "tensorflow",
                rf"Dimensions must be equal, but are (?P<wanted>\d+) and (?P<got>\d+) {node(ELEMENTWISE)}{sizes('first')}, {sizes('second')}",
                "print(x.shape, y.shape)",
                read=built,
            ),
            Wording(
                "numpy",
                rf"operands could not be broadcast together with (?:remapped )?shapes (?:\[original->remapped\]: )?{sizes('first')} {sizes('second')}|non-broadcastable output operand with shape {sizes('first')} doesn't match the broadcast shape {sizes('second')}",
                "print(x.shape, y.shape)",
                read=broadcast,
            ),
            Wording(
                "numpy",
                rf"could not broadcast input array from shape {sizes('second')} into shape {sizes('first')}",
                "print(x.shape, y.shape)",
                read=received,
            ),
            Wording(
                "onnx",
                rf"cannot broadcast on dim (?P<axis>\d+) LeftShape: {sizes('first')}, RightShape: {sizes('second')}|Attempting to broadcast an axis by a dimension other than 1\. (?P<wanted>\d+) by (?P<got>\d+)",
                "print(x.shape, y.shape)",
                read=broadcast,
            ),
            Wording(
                "tensorrt",
                rf"elementwise inputs must have same dimensions or follow broadcast rules \(input dimensions were {sizes('first')} and {sizes('second')}",
                "print(x.shape, y.shape)",
                read=broadcast,
            ),
            Wording(
                "coreml",
                rf"Incompatible dim \d in shapes {sizes('first')} vs\. {sizes('second')}",
                "print(x.shape, y.shape)",
                read=broadcast,
            ),
            Wording(
                "tflite",
                rf"Given shapes, {sizes('first')} and {sizes('second')}, are not broadcastable",
                "print(x.shape, y.shape)",
                read=broadcast,
            ),
            Wording(
                "paddle",
                rf"Operands could not be broadcast together with the shape of X = {sizes('first')} and the shape of Y = {sizes('second')}",
                "paddle.nn.functional.interpolate(x, size=skip.shape[2:])",
                read=broadcast,
            ),
        ),
    ),
    Kind(
        "unpool-size-out-of-range",
        r"invalid output_size \"(?P<wanted>[^\"]*)\" \(dim (?P<axis>\d) must be between (?P<lowest>\d+) and (?P<highest>\d+)\)",
        _strictly_between,
        "`MaxUnpool` accepts only sizes between the two bounds in the message. The bounds themselves are not allowed.",
        "Pass the size that the map had before the matching pooling layer.",
        "`MaxUnpool` 只接受报错里两个界限之间的尺寸，界限本身不行。",
        "传入对应的池化层之前的尺寸。",
        here="The bounds are {lowest} and {highest}, and you asked for {wanted}.",
        here_zh="界限是 {lowest} 和 {highest}，你要的是 {wanted}。",
    ),
    Kind(
        "unpool-index",
        r"ound an invalid max index: (?P<index>\d+)(?: \(output volumes are of size (?P<volume>\d+x\d+(?:x\d+)?)\))?"
        r"|input and indices shapes do not match"
        r"|indices and input shapes do not match"
        r"|Expected shape of indices to be same as that of the input tensor"
        r"|elements in indices should be type int64",
        "unpool(x, indices, output_size=before_the_pool.shape[-2:])",
        "The indices belong to a larger map than the one that is filled, or they do not have the shape of the input.",
        "Pass the indices of the matching pooling layer, and the size before that layer as `output_size`.",
        "索引所属的特征图比现在要填的大，或者索引的形状和输入不同。",
        "传对应的池化层的索引，并把那一层之前的尺寸作为 `output_size`。",
        here="The index is {index}, and in a map of {volume}, the last one is {last}.",
        here_zh="索引是 {index}，而大小为 {volume} 的特征图，最后一个索引是 {last}。",
        read=_last_index,
        also=(
            Wording(
                "onnx",
                r"Index tensor shape should be same as that of the input",
                "print(x.shape, indices.shape)",
            ),
        ),
    ),
    Kind(
        "loss-shape",
        rf"Using a target size \({sizes('second')}\) that is different to the input size \({sizes('first')}\)"
        rf"|Target size \({sizes('second')}\) must be the same as input size \({sizes('first')}\)"
        rf"|input and target shapes do not match: input {sizes('first')}, target {sizes('second')}"
        r"|Expected input batch_size \((?P<wanted>\d+)\) to match target batch_size \((?P<got>\d+)\)"
        rf"|only batches of spatial targets supported \((?:non-empty )?3D tensors\) but got targets of size: ?:? ?{sizes('target')}"
        r"|only batches of spatial targets supported \((?:non-empty )?3D tensors\) but got targets of dimension: (?P<target_axes>\d)"
        r"|only batches of spatial targets supported"
        r"|(?:0D or 1D target tensor expected, )?multi-target not supported"
        r"|Size mismatch between tensors",
        "target.squeeze(1)",
        "The loss gets a prediction and a target of different shapes. In a batch, `cross_entropy` expects classes in axis 1 of the prediction and no such axis in the target, unless the target holds probabilities.",
        "Print both shapes. Remove an axis of 1 with `squeeze(1)`, or bring the prediction to the size of the target with `interpolate`.",
        "传给损失函数的预测和目标形状不同。带批次时，`cross_entropy` 要求预测的维度 1 是类别，而目标没有这个维度，除非目标写的是概率。",
        "打印两个形状。多出来的大小为 1 的维度用 `squeeze(1)` 去掉；尺寸不同就用 `interpolate` 把预测变成目标的尺寸。",
        read=differing,
        causes=of_losses,
        also=LOSSES,
    ),
)
