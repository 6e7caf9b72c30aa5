"""Messages about padding, padding_mode and a negative output_padding.

Those about an output_padding that is too large stand in output_size.
"""

from __future__ import annotations

from convarith.diagnosis.kind import Kind, Wording
from convarith.diagnosis.too_small import by_axes, half
from convarith.diagnosis.values import sizes

KINDS = (
    Kind(
        "transposed-padding-mode",
        r"Only \"zeros\" padding mode is supported for (?:Lazy)?ConvTranspose(?P<dims>\d)d",
        'padding_mode="zeros"',
        "In a transposed convolution, `padding` cuts elements off the output, so there is nothing to fill.",
        "Remove `padding_mode`. To extend the input with values other than zeros, pad the input first. For each element that you add at both ends, raise `padding` by `stride`.",
        "转置卷积的 `padding` 是从输出里裁掉元素，没有地方要填。",
        "去掉 `padding_mode`。边缘之外不想用零，就先填充输入；每端每多填 1 个元素，`padding` 就加一个 `stride`。",
    ),
    Kind(
        "output-padding-negative",
        r"negative output_padding is not supported",
        "y[..., :size]",
        "`output_padding` makes the output longer at its end, so it cannot be negative.",
        "Leave `output_padding` out, and cut off the end of the output with a slice.",
        "`output_padding` 让输出在末尾变长，所以不能是负数。",
        "不写 `output_padding`，再用切片去掉输出的末尾。",
        also=(
            Wording(
                "keras",
                r"`output_padding` argument must be a tuple of \d integers\. Received output_padding=.{0,80}?, including values \{-",
                "y[:, :size]",
            ),
            Wording(
                "onnx",
                r"Attribute output_padding must not contain negative values",
                "output_padding=[0, 0]",
            ),
        ),
    ),
    Kind(
        "padding-negative",
        r"negative padding is not supported"
        r"|pad must be non-negative"
        r"|padding must be non-negative"
        r"|padding should be non-negative, but got"
        r"|padding should be greater than zero, but got",
        (
            "padding=0, with x[..., 1:-1] before a convolution or F.pad(y, (1, 1)) after a transposed one",
            "padding=0；卷积之前写 x[..., 1:-1]，转置卷积之后写 F.pad(y, (1, 1))",
        ),
        '`padding` is a number of elements: a convolution adds them at each end, a transposed convolution cuts them off. It can be negative only in a convolution whose `padding_mode` is not `"zeros"`.',
        "Use `padding=0`. Then slice the input of a convolution, or pad the output of a transposed convolution.",
        '`padding` 是元素的个数：卷积在两端各补上这么多，转置卷积在两端各裁掉这么多。只有 `padding_mode` 不是 `"zeros"` 的卷积，才能写负数。',
        "用 `padding=0`。卷积就先对输入切片，转置卷积就再填充输出。",
        also=(
            Wording(
                "onnx",
                r"Attribute pads must not contain negative values|padding values must be non-negative",
                "pads=[0, 0, 0, 0]",
            ),
            Wording(
                "jax",
                r"interior padding in padding_config must be nonnegative|index can't contain negative values",
                "padding_config=((0, 0, 0), (1, 1, 0))",
            ),
            Wording(
                "keras",
                r"(?:padding|cropping)` argument must be a tuple of \d integers\. Received (?:\d\w\w entry of )?(?:padding|cropping)=.{0,80}?, including values \{-|`cropping` cannot be negative",
                "padding=0",
            ),
        ),
    ),
    Kind(
        "same-with-stride",
        r"padding='same' is not supported for strided convolutions",
        "padding=(kernel_size - 1) // 2",
        'PyTorch accepts `padding="same"` only with `stride=1`.',
        "Write `padding` as a number. With an odd `kernel_size` and without dilation, `padding=(kernel_size - 1) // 2` gives the input size divided by `stride`, rounded up.",
        'PyTorch 只在 `stride=1` 时接受 `padding="same"`。',
        "把 `padding` 写成数字。`kernel_size` 是奇数、没有空洞时，`padding=(kernel_size - 1) // 2` 得到输入尺寸除以 `stride` 再向上取整。",
    ),
    Kind(
        "padding-string-unknown",
        r"Invalid padding string:? '(?P<got>[^']*)'",
        'padding="same"',
        'The only strings that a convolution accepts for `padding` are `"same"` and `"valid"`, in lower case.',
        'Write `"same"` or `"valid"` in lower case, or pass a number.',
        '卷积的 `padding` 只接受 `"same"` 和 `"valid"` 两个字符串，都是小写。',
        '改成小写的 `"same"` 或 `"valid"`，或者写数字。',
        here="The string passed is {got}.",
        here_zh="传入的字符串是 {got}。",
        also=(
            Wording(
                "keras",
                r"`padding` argument must be (?:a list/tuple or )?one of|`padding` must be either `?'valid'`? or `?'same'`?|Causal padding is only valid",
                'padding="same"',
                'Keras accepts `"valid"`, `"same"` and, in `Conv1D`, `"causal"`. For a number, put `ZeroPadding2D` in front and use `"valid"`.',
                'Keras 只接受 `"valid"`、`"same"`，`Conv1D` 还接受 `"causal"`。要用数字，就在前面放 `ZeroPadding2D`，再用 `"valid"`。',
            ),
            Wording(
                "jax",
                r"Unrecognized padding type: expected 'VALID', 'SAME', or 'SAME_LOWER', got (?P<got>\w*)",
                'padding="SAME"',
                "Write `SAME`, `SAME_LOWER` or `VALID`, or one pair of numbers for each spatial axis.",
                "写 `SAME`、`SAME_LOWER` 或 `VALID`，或者每个空间维度写一对数。",
            ),
            Wording(
                "onnx",
                r"Unknown AutoPadType|auto_pad .{0,60}?is not supported|Invalid auto_pad",
                'auto_pad="SAME_UPPER"',
                "Write `SAME_UPPER`, `SAME_LOWER`, `VALID` or `NOTSET`.",
                "写 `SAME_UPPER`、`SAME_LOWER`、`VALID` 或 `NOTSET`。",
            ),
        ),
    ),
    Kind(
        "padding-mode-unknown",
        r"padding_mode must be one of \{[^}]{0,200}\}, but got padding_mode='(?P<got>[^']*)'",
        'padding_mode="zeros"',
        'PyTorch has no `padding_mode` with this name. `"same"` and `"valid"` are values of `padding`.',
        'Use one of the names that the message lists. If you meant `"same"` or `"valid"`, set `padding` instead.',
        'PyTorch 没有这个名字的 `padding_mode`。`"same"` 和 `"valid"` 是 `padding` 的取值。',
        '用报错里列出的名字。想要的是 `"same"` 或 `"valid"`，就写在 `padding` 里。',
        here="The name passed is {got}.",
        here_zh="传入的名字是 {got}。",
        also=(
            Wording(
                "torch",
                r"Unrecognised padding mode ?(?P<got>\w*)|Padding mode \"(?P<got>\w+)\" doesn't take in value argument|Only 2D, 3D, 4D, 5D padding with non-constant padding are supported",
                'F.pad(x, (1, 1), mode="replicate")',
                "`F.pad` has the modes `constant`, `reflect`, `replicate` and `circular`; `value` belongs to `constant`.",
                "`F.pad` 的模式有 `constant`、`reflect`、`replicate` 和 `circular`；`value` 只用于 `constant`。",
            ),
            Wording(
                "onnx",
                r"Invalid 'mode' attribute value|Unexpected mode of \d",
                'onnx.helper.make_node("Pad", ["x", "pads"], ["y"], mode="reflect")',
                "`Pad` has the modes `constant`, `reflect`, `edge` and `wrap`.",
                "`Pad` 的模式有 `constant`、`reflect`、`edge` 和 `wrap`。",
            ),
            Wording(
                "jax",
                r"Unimplemented padding mode",
                'jnp.pad(x, pad_width, mode="reflect")',
                "Use one of NumPy's modes, such as `constant`, `reflect`, `edge` or `wrap`.",
                "用 NumPy 的模式，例如 `constant`、`reflect`、`edge` 或 `wrap`。",
            ),
        ),
    ),
    Kind(
        "reflection-too-wide",
        rf"Padding size should be less than the corresponding input dimension, but got: padding {sizes('padding')} at dimension (?P<axis>\d) of input {sizes('input')}",
        (
            'padding_mode="replicate" in a layer, mode="replicate" in F.pad',
            '层里写 padding_mode="replicate"，F.pad 里写 mode="replicate"',
        ),
        "The mode `reflect` mirrors the input without repeating its edge, so `padding` must be smaller than the input size.",
        "Make `padding` smaller than the input size, or use the mode `replicate`, which does not have this limit.",
        "`reflect` 镜像输入时不重复边缘的元素，所以 `padding` 必须小于输入尺寸。",
        "让 `padding` 小于输入尺寸，或者改用 `replicate`，它没有这个限制。",
        here="The padding is {padding}, and the shape of the input is {input}.",
        here_zh="填充是 {padding}，输入的形状是 {input}。",
        also=(
            Wording(
                "onnx",
                r"Pad reflect requires axis length >= 2|Cannot use '(?:reflect|edge|wrap)' mode to pad dimension with a value of 0|with zero effective input extent",
                'onnx.helper.make_node("Pad", ["x", "pads"], ["y"], mode="edge")',
            ),
            Wording(
                "jax",
                r"can't extend empty axis \d using modes|Cannot apply '\w+' padding to empty axis",
                'jnp.pad(x, pad_width, mode="constant")',
            ),
        ),
    ),
    Kind(
        "circular-too-wide",
        r"Padding value causes wrapping around more than once",
        "padding=min(padding, x.shape[-1])",
        "The mode `circular` fills each end with at most one copy of the input.",
        "Make `padding` at most the input size.",
        "`circular` 在每一端最多填一遍完整的输入。",
        "让 `padding` 不超过输入尺寸。",
    ),
    Kind(
        "pool-padding-too-large",
        r"pad(?:ding)? should be (?:at most|smaller than or equal to|smaller than) half of (?:effective )?kernel size, but got (?:padT = (?P<padT>\d+), )?padW = (?P<padW>\d+), padH = (?P<padH>\d+)(?:, kT = (?P<kT>\d+))?, kW = (?P<kW>\d+), kH = (?P<kH>\d+)"
        r"|pad(?:ding)? should be (?:at most|smaller than or equal to|smaller than) half of (?:effective )?kernel size(?:, but got pad(?:ding)?=(?P<padding>\d+)(?:,| and) kernel_size=(?P<kernel_size>\d+))?",
        half,
        "In a pooling layer, `padding` must be at most half of `kernel_size`, rounded down.",
        "Use at most `padding=kernel_size // 2`, or pad the input before the pooling layer; for max pooling, pad with `value=float('-inf')`.",
        "池化层的 `padding` 最多是 `kernel_size` 的一半，向下取整。",
        "最多用 `padding=kernel_size // 2`，或者在池化之前先填充输入；最大池化要用 `value=float('-inf')` 填充。",
        here="The padding is {padding}, and kernel_size is {kernel_size}.",
        here_zh="这里 padding 是 {padding}，kernel_size 是 {kernel_size}。",
        read=by_axes,
        also=(
            Wording(
                "onnx",
                r"Pad should be smaller than kernel",
                "pads=[1, 1, 1, 1]",
                "ONNX Runtime requires each of the `pads` of a pooling to be smaller than the kernel.",
                "ONNX Runtime 要求池化的每个 `pads` 都小于卷积核。",
            ),
        ),
    ),
    Kind(
        "pad-length",
        r"Padding length must be divisible by 2"
        r"|Padding length should be less than or equal to two times the input dimension but got padding length (?P<got>\d+) and input of dimension (?P<axes>\d+)"
        r"|Padding size (?P<got>\d+) is not supported for (?P<axes>\d)D input tensor"
        r"|padding size is expected to be (?P<wanted>\d)",
        "F.pad(x, (1, 1, 0, 0))",
        "`F.pad` takes pairs of numbers, for the start and the end of each axis, the last axis first. A mode other than `constant` must pad all axes but the first, or all but the first two.",
        "Write one pair for each spatial axis, and `0, 0` for an axis that stays as it is.",
        "`F.pad` 的数成对出现，每个维度一个开头一个末尾，从最后一维写起。`constant` 以外的模式要写满全部维度，只有最前面的一个或两个维度可以不写。",
        "每个空间维度写一对数；不填充的维度写 `0, 0`。",
        here="{got} numbers were passed for an input with {axes} axes.",
        here_zh="输入有 {axes} 维，传了 {got} 个数。",
        also=(
            Wording(
                "keras",
                r"`(?:padding|cropping)` should have (?:two|\d) elements|`(?:padding|cropping)` should be either an int, a tuple of \d ints|`\d\w\w entry of (?:padding|cropping)` argument must be a tuple of 2 integers\. Received \d\w\w entry of (?:padding|cropping)=(?:\((?:\)|-?\d+,?\)|-?\d+, -?\d+, ))",
                "keras.layers.ZeroPadding2D(((1, 1), (1, 1)))",
                "Pass an int, one int for each axis, or one pair for each axis.",
                "传一个整数，或者每个维度一个整数，或者每个维度一对数。",
            ),
            Wording(
                "onnx",
                r"Pads has incorrect number of values\. Expected .{0,20}? values\. Got (?P<got>\d+) values|Pads tensor size should be equal to twice the input dimension count|'pads' has wrong number of values|raw_pads",
                "np.array([0, 0, 1, 1, 0, 0, 1, 1])",
                "Write the begins of all axes, then the ends of all axes; batch and channels count too.",
                "先写所有维度的开头，再写所有维度的末尾；批次和通道也要算上。",
            ),
            Wording(
                "jax",
                r"length of padding_config must equal the number of axes|jnp\.pad: pad_width with nd=\d+ has unsupported shape",
                "padding=((1, 1), (1, 1))",
                "Write one pair of numbers for each spatial axis; `pad_width` and `padding_config` count batch and channels too.",
                "每个空间维度写一对数；`pad_width` 和 `padding_config` 连批次和通道也要算上。",
            ),
        ),
    ),
    Kind(
        "pad-crops-everything",
        r"The input size \d+, plus negative padding (?P<begin>-?\d+) and (?P<end>-?\d+),? resulted in a negative output size"
        r"|Negative padding value is resulting in an empty dimension"
        r"|narrow\(\): length must be non-negative"
        r"|input \([^)]{0,60}\) is too small\. Calculated output",
        "F.pad(x, (-1, -1))",
        "A negative pad crops, and more is cropped than the axis has.",
        "Crop fewer elements than the axis has; elements added at the other end do not count.",
        "负的填充就是裁剪，而裁掉的比这个维度现有的还多。",
        "裁掉的要比这个维度现有的少；另一端补上的元素不算。",
        also=(
            Wording(
                "keras",
                r"Values in `?cropping`? argument should be smaller than the corresponding|cropping.{0,60}?(?:smaller|greater) than the",
                "keras.layers.Cropping2D(1)",
            ),
            Wording(
                "onnx",
                r"Pad: (?:slic|negative)",
                "pads=[0, 0, 0, 0]",
            ),
            Wording(
                "jax",
                r"Negative padding is larger than",
                "padding=[(0, 0), (0, 0)]",
                "On every spatial axis, the size and its two pads must not come to less than 0: crop less, or add more at the other end.",
                "每个空间维度上，尺寸加上两端的填充不能小于 0：少裁一些，或者在另一端多补一些。",
            ),
        ),
    ),
    Kind(
        "padding-word-combined",
        r"Dilation not supported for AutoPadType"
        r"|cannot be used simultaneously with auto_pad"
        r"|node has both 'auto_pad' and 'pads' attributes",
        "pads=[1, 1, 1, 1]",
        "If you pass a word such as `SAME`, the framework computes the numbers itself. You cannot pass numbers as well, and here you cannot pass a dilation either.",
        "Write the pads as numbers, or keep the word, such as `SAME`, and leave out the dilation or the numbers that the message names.",
        "填充写成 `SAME` 这样的单词时，数字由框架自己算，所以不能再写数字，在这里也不能再写空洞率。",
        "把填充写成数字；或者保留 `SAME` 这样的单词，去掉报错里说的空洞率或数字。",
        framework="onnx",
        also=(
            Wording(
                "jax",
                r"String padding is not implemented for transposed convolution",
                'jax.lax.conv_transpose(x, kernel, strides=(2, 2), padding="SAME")',
                "Write the pads as pairs of numbers, or use `conv_transpose`.",
                "把填充写成一对对数字，或者用 `conv_transpose`。",
            ),
        ),
    ),
)
