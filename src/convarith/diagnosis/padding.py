"""Messages about padding, output_padding and padding_mode."""

from __future__ import annotations

from convarith.diagnosis.kind import Kind
from convarith.diagnosis.values import sizes

KINDS = (
    Kind(
        "transposed-padding-mode",
        r"Only \"zeros\" padding mode is supported for ConvTranspose(?P<dims>\d)d",
        'padding_mode="zeros"',
        "In a transposed convolution, `padding` crops the result, so there is nothing to fill in.",
        "Leave `padding_mode` out.",
        "转置卷积的 `padding` 裁剪的是结果，没有地方要填。",
        "去掉 `padding_mode`。",
    ),
    Kind(
        "output-padding-negative",
        r"negative output_padding is not supported",
        "output_padding=0, and a larger padding or a slice where less is wanted",
        "`output_padding` makes the output longer at its end, so it cannot be negative.",
        "Leave `output_padding` out, and cut the end off with a slice.",
        "`output_padding` 让输出在末尾变长，不能是负数。",
        "不写 `output_padding`，再用切片去掉末尾。",
    ),
    Kind(
        "padding-negative",
        r"negative padding is not supported",
        "padding=0, then torch.nn.functional.pad where more is wanted",
        "`padding` counts the elements that a convolution adds at each end and a transposed convolution cuts off, so it cannot be negative.",
        "Slice the input of a convolution, pad the result of a transposed convolution, or change `kernel_size`.",
        "`padding` 是元素的个数：卷积在两端各添上这么多，转置卷积在两端各裁掉这么多，所以不能是负数。",
        "卷积就先切输入，转置卷积就填充结果，或者换一个 `kernel_size`。",
    ),
    Kind(
        "same-with-stride",
        r"padding='same' is not supported for strided convolutions",
        "padding=(kernel_size - 1) // 2 for an odd kernel, which gives "
        "ceil(in_size / stride)",
        '`padding="same"` keeps the size, which only `stride=1` can do.',
        "Write `padding` as a number: without dilation, half of an odd `kernel_size`, rounded down, gives the input size divided by `stride`, rounded up.",
        '`padding="same"` 要保持尺寸不变，只有 `stride=1` 时做得到。',
        "把 `padding` 写成数字：没有空洞、`kernel_size` 是奇数时，取它的一半并向下取整，得到的是输入尺寸除以 `stride` 再向上取整。",
    ),
    Kind(
        "padding-string-unknown",
        r"Invalid padding string:? '(?P<got>[^']*)'",
        'padding="same" or padding="valid"',
        'The only strings for `padding` are `"same"` and `"valid"`, in lower case.',
        'Write `"same"` or `"valid"`, or give a number.',
        '`padding` 只接受 `"same"` 和 `"valid"` 两个字符串，都是小写。',
        '改成 `"same"` 或 `"valid"`，或者写数字。',
        here="The string given is {got}.",
        here_zh="这里写的是 {got}。",
    ),
    Kind(
        "padding-mode-unknown",
        r"padding_mode must be one of \{[^}]{0,200}\}, but got padding_mode='(?P<got>[^']*)'",
        'padding_mode="zeros", "reflect", "replicate" or "circular"',
        'PyTorch has no `padding_mode` of this name; `"same"` and `"valid"` are values of `padding`.',
        "Use one of the names in the message.",
        'PyTorch 没有这个名字的 `padding_mode`；`"same"` 和 `"valid"` 是 `padding` 的值。',
        "用报错里列出的名字。",
        here="The name given is {got}.",
        here_zh="这里写的是 {got}。",
    ),
    Kind(
        "reflection-too-wide",
        rf"Padding size should be less than the corresponding input dimension, but got: padding {sizes('padding')} at dimension (?P<axis>\d) of input {sizes('input')}",
        'a padding below the input size, or padding_mode="replicate"',
        "The mode `reflect` mirrors the input without its edge, so `padding` must be below the input size.",
        "Lower `padding`, or use the mode `replicate`, which has no limit.",
        "`reflect` 填充镜像输入但不含边缘，所以 `padding` 必须小于输入尺寸。",
        "减小 `padding`，或者用 `replicate`，它没有上限。",
        here="The padding is {padding}, and the input has the shape {input}.",
        here_zh="填充是 {padding}，输入的形状是 {input}。",
    ),
    Kind(
        "circular-too-wide",
        r"Padding value causes wrapping around more than once",
        "a padding of at most the input size",
        "The mode `circular` fills each end with one round of the input at most.",
        "Lower `padding` to the input size or less.",
        "`circular` 填充在每一端最多用输入填一圈。",
        "把 `padding` 减到不超过输入尺寸。",
    ),
    Kind(
        "pool-padding-too-large",
        r"pad(?:ding)? should be (?:at most|smaller than or equal to) half of (?:effective )?kernel size(?:, but got pad(?:ding)?=(?P<padding>\d+)(?:,| and) kernel_size=(?P<kernel_size>\d+))?",
        "padding=kernel_size // 2 or less",
        "The `padding` of a pooling layer must be at most half of `kernel_size`, so that no window lies in the padding alone.",
        "Lower `padding`, or pad the input with a layer of its own.",
        "池化层的 `padding` 最多是 `kernel_size` 的一半，否则会有窗口整个落在填充里。",
        "减小 `padding`，或者另用一层先填充输入。",
        here="The padding is {padding}, and kernel_size is {kernel_size}.",
        here_zh="这里 padding 是 {padding}，kernel_size 是 {kernel_size}。",
    ),
)
