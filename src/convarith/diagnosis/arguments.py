"""Messages about the type, the number and the least value of the arguments."""

from __future__ import annotations

from convarith.diagnosis.kind import Kind
from convarith.diagnosis.values import sizes

KINDS = (
    Kind(
        "transposed-string-padding",
        r"conv_transpose\dd\(\): argument 'padding' .{0,40}?must be tuple of ints, (?:not str|but found element of type str)",
        "nn.ConvTranspose2d(..., kernel_size=4, stride=2, padding=1)",
        "A transposed convolution accepts `padding` only as an int or a tuple of ints: how many elements to cut off at each end.",
        "Write `padding` as a number, not as a string. To multiply the size by a whole factor, use the `padding` that `scale_by` returns.",
        "转置卷积的 `padding` 只接受整数或整数元组，表示两端各裁掉多少个元素。",
        "`padding` 写成数字，不要写成字符串。想把尺寸放大整数倍，就用 `scale_by` 给出的 `padding`。",
    ),
    Kind(
        "not-an-int",
        r"argument '(?P<name>\w+)' (?:\(position \d+\) )?must be tuple of ints, (?:not |but found element of type )(?P<type>float|bool|NoneType)",
        "{name} as an int: int({name}), or // instead of /",
        "PyTorch accepts only an int or a tuple of ints here. A division with `/` returns a float, even if there is no remainder.",
        "Pass an int: divide with `//` instead of `/`, or convert the value with `int`.",
        "这里只接受整数或整数元组。用 `/` 相除得到的是浮点数，能整除时也一样。",
        "传整数：相除时用 `//`，不用 `/`；或者用 `int` 转换。",
        here="{name} received a value of type {type}.",
        here_zh="{name} 收到的值是 {type} 类型。",
    ),
    Kind(
        "arguments-not-understood",
        r"conv\w{0,40}\(\) received an invalid combination of arguments - got \((?P<given>[^)]{0,400})\)",
        "ints, or tuples of ints, for stride, padding and dilation",
        "The function does not accept this combination of types. Usually one of the numbers is a float.",
        "Write `stride`, `padding` and `dilation` as ints or tuples of ints, and divide with `//`, not with `/`.",
        "函数不接受这种类型组合，多半是其中一个数是浮点数。",
        "`stride`、`padding` 和 `dilation` 写成整数或整数元组；相除时用 `//`，不用 `/`。",
        here="The types passed are: {given}.",
        here_zh="传入的类型是：{given}。",
    ),
    Kind(
        "list-length",
        rf"expected (?P<name>stride|padding|dilation|output_padding) to be a single integer value or a list of (?P<wanted>\d+) values to match the convolution dimensions, but got \w+={sizes('got')}",
        "{name} as one int or as {wanted} values, or a weight with the missing axis",
        "The number of values differs from the number of spatial axes of the weight.",
        "Pass one int for all axes, or one value for each spatial axis. If you did not pass this argument at all, the weight has the wrong number of axes.",
        "值的个数和权重的空间维度数不同。",
        "所有维度共用一个整数，或者每个空间维度写一个值。如果你根本没有传这个参数，那就是权重的维度数不对。",
        here="{name} is {got}, and the number of spatial axes of the weight is {wanted}.",
        here_zh="{name} 是 {got}，权重的空间维度数是 {wanted}。",
    ),
    Kind(
        "stride-not-positive",
        r"non-positive stride is not supported"
        r"|stride should be greater than zero",
        "stride=1",
        "`stride` is the distance between neighbouring positions of the kernel, so it must be at least 1.",
        "Set `stride` to 1 or more. If it is computed, check whether a division rounded it down to 0.",
        "`stride` 是卷积核相邻两个位置的距离，至少是 1。",
        "把 `stride` 设为 1 或更大。如果它是除出来的，看看是不是向下取整成了 0。",
    ),
    Kind(
        "dilation-not-positive",
        r"dilation should be greater than zero"
        r"|non-positive dilation is not supported",
        "dilation=1",
        "`dilation` is the distance between neighbouring elements of the kernel, not the number of gaps, so it must be at least 1.",
        "Set `dilation` to 1 or more; `dilation=1` means a kernel without gaps.",
        "`dilation` 是卷积核相邻元素的距离，不是空隙的个数，所以至少是 1。",
        "把 `dilation` 设为 1 或更大；`dilation=1` 就是没有空隙。",
    ),
    Kind(
        "kernel-size-not-positive",
        r"kernel size should be greater than zero"
        r"|Trying to create tensor with negative dimension"
        r"|non-empty 5D \(n_output_plane x n_input_plane",
        "kernel_size=1 or more",
        "The kernel must have at least 1 element on each axis.",
        "Set `kernel_size` to 1 or more. If it is computed, check whether a subtraction or a division made it 0 or negative.",
        "卷积核在每个维度上至少要有 1 个元素。",
        "把 `kernel_size` 设为 1 或更大。如果它是算出来的，看看是不是减成或除成了 0 或负数。",
    ),
)
