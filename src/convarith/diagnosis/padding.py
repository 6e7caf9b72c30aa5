"""Messages about padding, output_padding and padding_mode."""

from __future__ import annotations

from convarith.diagnosis.kind import Kind
from convarith.diagnosis.values import sizes

KINDS = (
    Kind(
        "transposed-padding-mode",
        r"Only \"zeros\" padding mode is supported for ConvTranspose(?P<dims>\d)d",
        'padding_mode="zeros"',
        "In a transposed convolution, `padding` cuts elements off the output, so there is nothing to fill.",
        "Remove `padding_mode`. To continue the input in another way than with zeros, pad the input first, and raise `padding` by `stride` for each element added at an end.",
        "转置卷积的 `padding` 是从输出里裁掉元素，没有地方要填。",
        "去掉 `padding_mode`。边缘之外不想用零，就先填充输入；每端每多填 1 个元素，`padding` 就加一个 `stride`。",
    ),
    Kind(
        "output-padding-negative",
        r"negative output_padding is not supported",
        "output_padding=0, then a slice of the output: y[..., :size]",
        "`output_padding` makes the output longer at its end, so it cannot be negative.",
        "Leave `output_padding` out, and cut off the end of the output with a slice.",
        "`output_padding` 让输出在末尾变长，所以不能是负数。",
        "不写 `output_padding`，再用切片去掉输出的末尾。",
    ),
    Kind(
        "padding-negative",
        r"negative padding is not supported",
        "padding=0, with x[..., 1:-1] before a convolution or F.pad(y, (1, 1)) after a transposed one",
        "`padding` is a number of elements: a convolution adds them at each end, a transposed convolution cuts them off. It cannot be negative.",
        "Use `padding=0`. Then slice the input of a convolution, or pad the output of a transposed convolution.",
        "`padding` 是元素的个数：卷积在两端各补上这么多，转置卷积在两端各裁掉这么多，所以不能是负数。",
        "用 `padding=0`。卷积就先对输入切片，转置卷积就再填充输出。",
    ),
    Kind(
        "same-with-stride",
        r"padding='same' is not supported for strided convolutions",
        "padding=(kernel_size - 1) // 2 for an odd kernel, which gives "
        "ceil(in_size / stride)",
        'PyTorch accepts `padding="same"` only with `stride=1`.',
        "Write `padding` as a number. With an odd `kernel_size` and without dilation, `padding=(kernel_size - 1) // 2` gives the input size divided by `stride`, rounded up.",
        'PyTorch 只在 `stride=1` 时接受 `padding="same"`。',
        "把 `padding` 写成数字。`kernel_size` 是奇数、没有空洞时，`padding=(kernel_size - 1) // 2` 得到输入尺寸除以 `stride` 再向上取整。",
    ),
    Kind(
        "padding-string-unknown",
        r"Invalid padding string:? '(?P<got>[^']*)'",
        'padding="same" or padding="valid"',
        'The only strings that a convolution accepts for `padding` are `"same"` and `"valid"`, in lower case.',
        'Write `"same"` or `"valid"` in lower case, or pass a number.',
        '卷积的 `padding` 只接受 `"same"` 和 `"valid"` 两个字符串，都是小写。',
        '改成小写的 `"same"` 或 `"valid"`，或者写数字。',
        here="The string passed is {got}.",
        here_zh="传入的字符串是 {got}。",
    ),
    Kind(
        "padding-mode-unknown",
        r"padding_mode must be one of \{[^}]{0,200}\}, but got padding_mode='(?P<got>[^']*)'",
        'padding_mode="zeros", "reflect", "replicate" or "circular"',
        'PyTorch has no `padding_mode` with this name. `"same"` and `"valid"` are values of `padding`.',
        'Use one of the names that the message lists. If you meant `"same"` or `"valid"`, set `padding` instead.',
        'PyTorch 没有这个名字的 `padding_mode`。`"same"` 和 `"valid"` 是 `padding` 的取值。',
        '用报错里列出的名字。想要的是 `"same"` 或 `"valid"`，就写在 `padding` 里。',
        here="The name passed is {got}.",
        here_zh="传入的名字是 {got}。",
    ),
    Kind(
        "reflection-too-wide",
        rf"Padding size should be less than the corresponding input dimension, but got: padding {sizes('padding')} at dimension (?P<axis>\d) of input {sizes('input')}",
        'a padding below the input size, or padding_mode="replicate"',
        "The mode `reflect` mirrors the input without repeating its edge, so `padding` must be smaller than the input size.",
        "Make `padding` smaller than the input size, or use the mode `replicate`, which does not have this limit.",
        "`reflect` 镜像输入时不重复边缘的元素，所以 `padding` 必须小于输入尺寸。",
        "让 `padding` 小于输入尺寸，或者改用 `replicate`，它没有这个限制。",
        here="The padding is {padding}, and the shape of the input is {input}.",
        here_zh="填充是 {padding}，输入的形状是 {input}。",
    ),
    Kind(
        "circular-too-wide",
        r"Padding value causes wrapping around more than once",
        "a padding of at most the input size",
        "The mode `circular` fills each end with at most one copy of the input.",
        "Make `padding` at most the input size.",
        "`circular` 在每一端最多填一遍完整的输入。",
        "让 `padding` 不超过输入尺寸。",
    ),
    Kind(
        "pool-padding-too-large",
        r"pad(?:ding)? should be (?:at most|smaller than or equal to) half of (?:effective )?kernel size(?:, but got pad(?:ding)?=(?P<padding>\d+)(?:,| and) kernel_size=(?P<kernel_size>\d+))?",
        "padding=kernel_size // 2 or less",
        "In a pooling layer, `padding` must be at most half of `kernel_size`, rounded down.",
        "Use at most `padding=kernel_size // 2`, or pad the input before the pooling layer.",
        "池化层的 `padding` 最多是 `kernel_size` 的一半，向下取整。",
        "最多用 `padding=kernel_size // 2`，或者在池化之前先填充输入。",
        here="The padding is {padding}, and kernel_size is {kernel_size}.",
        here_zh="这里 padding 是 {padding}，kernel_size 是 {kernel_size}。",
    ),
)
