"""Messages about the type, the number and the least value of the arguments."""

from __future__ import annotations

from convarith.diagnosis.kind import Kind
from convarith.diagnosis.values import sizes

KINDS = (
    Kind(
        "transposed-string-padding",
        r"conv_transpose\dd\(\): argument 'padding' .{0,40}?must be tuple of ints, (?:not str|but found element of type str)",
        "nn.ConvTranspose2d(..., kernel_size=4, stride=2, padding=1)",
        "A transposed convolution takes `padding` only as a number: how many elements to cut off at each end.",
        "Write `padding` as a number; `scale_by` computes it for an exact multiple of the input size.",
        "转置卷积的 `padding` 只能是数字，表示两端各裁掉多少个元素。",
        "把 `padding` 写成数字；想得到输入尺寸的整数倍，用 `scale_by` 算出来。",
    ),
    Kind(
        "not-an-int",
        r"argument '(?P<name>\w+)' (?:\(position \d+\) )?must be tuple of ints, (?:not |but found element of type )(?P<type>float|bool|NoneType)",
        "{name} as an int: int({name}), or // in place of /",
        "The argument must be an int or a tuple of ints; a division with `/` gives a float even if nothing is left over.",
        "Divide with `//`, or convert with `int`.",
        "这个参数必须是整数或整数的元组；用 `/` 相除，即使能整除，得到的也是浮点数。",
        "用 `//` 相除，或者用 `int` 转换。",
        here="{name} was given a value of type {type}.",
        here_zh="{name} 得到的值是 {type} 类型。",
    ),
    Kind(
        "arguments-not-understood",
        r"conv\w{0,40}\(\) received an invalid combination of arguments - got \((?P<given>[^)]{0,400})\)",
        "ints, or tuples of ints, for stride, padding and dilation",
        "The function does not accept this combination of types; most often, a number in it is a float.",
        "Write `stride`, `padding` and `dilation` as ints or tuples of ints; divide with `//`, not with `/`.",
        "这个函数不接受这样的类型组合，多半是其中有浮点数。",
        "把 `stride`、`padding` 和 `dilation` 写成整数或整数的元组；相除时用 `//`，不用 `/`。",
        here="The types given are: {given}.",
        here_zh="给出的类型是：{given}。",
    ),
    Kind(
        "list-length",
        rf"expected (?P<name>stride|padding|dilation|output_padding) to be a single integer value or a list of (?P<wanted>\d+) values to match the convolution dimensions, but got \w+={sizes('got')}",
        "{name} as one int, or as {wanted} of them",
        "The argument must be a single int or have one value for each spatial axis.",
        "Give one int for all axes, or one value for each spatial axis.",
        "这个参数要么是一个整数，要么每个空间轴各有一个值。",
        "所有轴共用一个整数，或者每个空间轴各写一个值。",
        here="{name} was given as {got}, and the weight has {wanted} spatial axes.",
        here_zh="{name} 给的是 {got}，而权重有 {wanted} 个空间轴。",
    ),
    Kind(
        "stride-not-positive",
        r"non-positive stride is not supported"
        r"|stride should be greater than zero",
        "stride=1",
        "`stride` is the distance between neighbouring positions of the kernel, so it must be at least 1.",
        "Use `stride=1` or more; a division may have rounded it down to 0.",
        "`stride` 是卷积核相邻两个位置的距离，至少是 1。",
        "把 `stride` 改成 1 或更大；如果它是除出来的，可能向下取整成了 0。",
    ),
    Kind(
        "dilation-not-positive",
        r"dilation should be greater than zero"
        r"|non-positive dilation is not supported",
        "dilation=1",
        "`dilation` is the distance between neighbouring elements of the kernel, not the number of gaps, so it must be at least 1.",
        "Use `dilation=1` for a kernel without gaps.",
        "`dilation` 是卷积核相邻元素的距离，不是间隔的个数，所以至少是 1。",
        "没有间隔就写 `dilation=1`。",
    ),
    Kind(
        "kernel-size-not-positive",
        r"kernel size should be greater than zero"
        r"|Trying to create tensor with negative dimension"
        r"|non-empty 5D \(n_output_plane x n_input_plane",
        "kernel_size=1 or more",
        "The kernel must have at least 1 element on each axis.",
        "Use a `kernel_size` of 1 or more; a subtraction or a division may have made it 0 or negative.",
        "卷积核在每个轴上至少要有 1 个元素。",
        "把 `kernel_size` 改成 1 或更大；如果它是减出来或除出来的，可能成了 0 或负数。",
    ),
)
