"""Messages about two tensors that do not fit together, and about MaxUnpool."""

from __future__ import annotations

from convarith.diagnosis.kind import Kind
from convarith.diagnosis.values import Found


def _strictly_between(found: Found) -> str:
    return f"a size from {found['lowest'] + 1} to {found['highest'] - 1} on that axis"


def _for_these_sizes(found: Found) -> str:
    small, large = sorted((found["wanted"], found["got"]))
    if 0 < small < large and large % small == 0:
        return f"strides whose product is {large // small} times as large on one side"
    return "up(x, output_size=skip.shape[2:])"


KINDS = (
    Kind(
        "skip-does-not-fit",
        # Before 1.13, the sizes were told as "Got 23 and 24".
        r"Sizes of tensors must match except in dimension (?P<axis>\d)(?:\. (?:Expected size|Got) (?P<wanted>\d+) (?:but got size|and) (?P<got>\d+))?",
        "up(x, output_size=skip.shape[-2:])",
        "The tensors have different sizes in a dimension along which they are not joined. In a decoder, the usual reason is a layer with a stride that rounded its output size down and dropped the remainder.",
        "Pass the size of the skip connection to the transposed convolution: `up(x, output_size=skip.shape[-2:])`. If the decoder uses `Upsample`, replace it by `interpolate` with `size=` and the same `mode` and `align_corners`.",
        "拼接的维度之外，张量还有别的维度尺寸不同。在解码器里，多半是带步幅的层算输出尺寸时向下取整，舍掉了余数。",
        "把跳跃连接的尺寸传给转置卷积：`up(x, output_size=skip.shape[-2:])`。解码器用的是 `Upsample`，就换成带 `size=` 的 `interpolate`，并传入原来的 `mode` 和 `align_corners`。",
        here="The sizes are {wanted} and {got}.",
        here_zh="两个尺寸是 {wanted} 和 {got}。",
    ),
    Kind(
        "sizes-differ",
        r"size of tensor a \((?P<wanted>\d+)\) must match the size of tensor b \((?P<got>\d+)\)(?: at non-singleton dimension (?P<axis>\d))?",
        _for_these_sizes,
        "Two tensors are combined element by element, for example in a sum or a loss, and their sizes differ on an axis where neither size is 1.",
        "If the result of a transposed convolution is too small by less than the stride, pass `output_size` to that layer. If it is too large, `output_size` does not help: give both layers the same parameters, or crop. If one size is a multiple of the other, usually a stride or an upsampling is missing on one side.",
        "两个张量逐元素运算，例如求和或算损失，而在某个维度上尺寸不同，又都不是 1。",
        "如果转置卷积的结果偏小，而且相差不到一个步幅，就给它传 `output_size`；如果偏大，`output_size` 帮不上忙，要让两层的参数相同，或者裁剪。如果一个尺寸是另一个的整数倍，多半是有一侧少了步幅或上采样。",
        here="The sizes are {wanted} and {got}.",
        here_zh="两个尺寸是 {wanted} 和 {got}。",
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
        r"Found an invalid max index: (?P<index>\d+)"
        r"|input and indices shapes do not match"
        r"|Expected shape of indices to be same as that of the input tensor",
        "unpool(x, indices, output_size=before_the_pool.shape[-2:])",
        "The indices belong to a larger map than the one that is filled, or they do not have the shape of the input.",
        "Pass the indices of the matching pooling layer, and the size before that layer as `output_size`.",
        "索引所属的特征图比现在要填的大，或者索引的形状和输入不同。",
        "传对应的池化层的索引，并把那一层之前的尺寸作为 `output_size`。",
    ),
)
