"""Messages about two tensors that do not fit together, and about MaxUnpool."""

from __future__ import annotations

from convarith.diagnosis.kind import Kind
from convarith.diagnosis.values import Found


def _strictly_between(found: Found) -> str:
    return f"a size from {found['lowest'] + 1} to {found['highest'] - 1} on that axis"


KINDS = (
    Kind(
        "skip-does-not-fit",
        # Before 1.13, the sizes were told as "Got 23 and 24".
        r"Sizes of tensors must match except in dimension (?P<axis>\d)(?:\. (?:Expected size|Got) (?P<wanted>\d+) (?:but got size|and) (?P<got>\d+))?",
        "up(x, output_size=skip.shape[-2:])",
        "The tensors have different sizes on an axis along which they are not joined. A layer with a stride rounds down, so a decoder may return a smaller size than its encoder had.",
        "Pass the size of the skip connection as `output_size` to the transposed convolution, or pad and crop.",
        "除了拼接的那个轴，张量在别的轴上尺寸不同。带步幅的层会向下取整，所以解码器得到的尺寸可能比编码器的小。",
        "把跳跃连接的尺寸作为 `output_size` 传给转置卷积，或者先填充再裁剪。",
        here="The sizes are {wanted} and {got}.",
        here_zh="两个尺寸是 {wanted} 和 {got}。",
    ),
    Kind(
        "sizes-differ",
        r"size of tensor a \((?P<wanted>\d+)\) must match the size of tensor b \((?P<got>\d+)\)(?: at non-singleton dimension (?P<axis>\d))?",
        "up(x, output_size=skip.shape[-2:])",
        "Two tensors meet element by element, as in a sum or a loss, and their sizes differ on an axis. A layer with a stride rounds down, so a decoder may return a smaller size than its encoder had.",
        "Set `output_size` or `output_padding` of the transposed convolution, or cut the longer tensor off where its end does not matter.",
        "两个张量逐元素运算，例如求和或算损失，而某个轴上尺寸不同。带步幅的层会向下取整，所以解码器得到的尺寸可能比编码器的小。",
        "给转置卷积设 `output_size` 或 `output_padding`；末尾不重要时，也可以把长的那个截短。",
        here="The sizes are {wanted} and {got}.",
        here_zh="两个尺寸是 {wanted} 和 {got}。",
    ),
    Kind(
        "unpool-size-out-of-range",
        r"invalid output_size \"(?P<wanted>[^\"]*)\" \(dim (?P<axis>\d) must be between (?P<lowest>\d+) and (?P<highest>\d+)\)",
        _strictly_between,
        "The size for `MaxUnpool` must lie between the bounds in the message; the bounds themselves are excluded.",
        "Pass the size before the matching pooling layer.",
        "传给 `MaxUnpool` 的尺寸必须在报错里的两个界限之间，界限本身不算在内。",
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
        "The indices come from a larger map than the one that is filled, or from another pooling layer.",
        "Pass the size before the matching pooling layer as `output_size`, with the indices of that layer.",
        "这些索引来自比现在要填的更大的特征图，或者来自另一个池化层。",
        "把对应的池化层之前的尺寸作为 `output_size` 传入，并用那一层的索引。",
    ),
)
