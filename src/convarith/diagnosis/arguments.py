"""Messages about the type, the number and the least value of the arguments."""

from __future__ import annotations

from collections.abc import Mapping

from convarith.diagnosis.kind import Cause, Kind, Line, Wording
from convarith.diagnosis.values import Found, plain, several, sizes

NAME = r"(?P<name>\w{1,40})"
# Of a tuple in a message of Keras; it says what is wrong with a value behind the tuple.
ONE = r"[^,()\[\]]{1,40}"
KERAS_LENGTHS = "|".join(
    rf"(?<!entry of )`\b{NAME}` argument must be a tuple of (?P<wanted>{count}) integers\. Received [\w ]{{1,40}}=[(\[]"
    + rf"(?:[)\]]|{fewer}{', ?'.join([ONE] * (count + 1))})"
    for count, fewer in (
        (1, ""),
        (2, rf"{ONE},?[)\]]|"),
        (3, rf"{ONE},?[)\]]|{ONE}, ?{ONE},?[)\]]|"),
    )
)
WINDOW = r"kernel_size|stride|padding|dilation"
IN_WORDS = {"one": 1, "two": 2, "three": 3}
MISSING_AXIS = Cause(
    "If you did not pass this argument as a tuple, the weight or the input has the wrong number of axes.",
    "Print the shape of the weight: it needs its two channel axes and one axis for each spatial axis of the layer.",
    "如果这个参数不是你写的元组，那就是权重或输入的维度数不对。",
    "打印权重的形状：两个通道维度之后，每个空间维度各占一维。",
    "print(weight.shape)",
)


def _counted(groups: Mapping[str, str | None]) -> Found:
    found = plain(groups)
    wanted = found.get("wanted")
    return {**found, "wanted": IN_WORDS.get(str(wanted), wanted)}


def _of_strides(groups: Mapping[str, str | None]) -> Found:
    return {**_counted(groups), "name": "window_strides"}


def _strides(found: Found) -> str:
    return f"window_strides={(1,) * min(found['wanted'], 3)}"


def _as_many(found: Found) -> Line:
    name, wanted = found.get("name"), found.get("wanted")
    got = several(found.get("got", 1))
    if not (name and isinstance(wanted, int)):
        return "one value for each spatial axis", "每个空间维度写一个值"
    first = got[0] if isinstance(got[0], int) else 1
    return f"{name}={(first,) * min(wanted, 3)}"


def _as_int(found: Found) -> Line:
    name = found.get("name", "size")
    return f"{name}=int({name})"


def _lengths(found: Found, framework: str) -> list[Cause]:
    """With more than one value, the argument may be an int that was spread out."""
    got = several(found.get("got"))
    if (
        framework != "torch"
        or not {"got", "wanted", "name"} <= found.keys()
        or len(set(got)) > 1
    ):
        return []
    wanted, name = found["wanted"], found["name"]
    own = Cause(
        f"The number of values differs from the number of spatial axes of the weight. {name} is {got}, and the number of spatial axes of the weight is {wanted}.",
        "Pass one int for all axes, or one value for each spatial axis.",
        f"值的个数和权重的空间维度数不同。{name} 是 {got}，权重的空间维度数是 {wanted}。",
        "所有维度共用一个整数，或者每个空间维度写一个值。",
        _as_many(found),
    )
    return [own, MISSING_AXIS]


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
        r"argument '(?P<name>\w+)' (?:\(position \d+\) )?must be tuple of ints, (?:not |but found element of type )(?P<type>(?!s(?:tr?)?\b)[\w.]+)"
        r"|(?<!conv_transpose\dd\(\): )argument '(?P<name>\w+)' (?:\(position \d+\) )?must be tuple of ints, (?:not |but found element of type )(?P<type>str\b)"
        r"|argument '(?!padding')(?P<name>\w+)' (?:\(position \d+\) )?must be tuple of ints, (?:not |but found element of type )(?P<type>str\b)"
        r"|argument '(?P<name>\w+)' failed to unpack the object at pos \d+ with error \"(?=[^O])"
        r"|argument '(?P<name>\w+)' (?:\(position \d+\) )?must be (?:int|bool|float), not (?P<type>[\w.]+)"
        r"|expected size to be one of int or Tuple\[int\]"
        r"|quantized::conv\w{1,40}\(\) Expected a value of type '(?:List\[int\]|int)' for argument '(?P<name>\w+)'"
        r"|argument must be a string or a real number, not '(?P<type>\w+)'",
        _as_int,
        "Only an int or a tuple of ints is accepted here. A division with `/` returns a float, even if there is no remainder.",
        "Pass an int: divide with `//` instead of `/`, or convert the value with `int`.",
        "这里只接受整数或整数元组。用 `/` 相除得到的是浮点数，能整除时也一样。",
        "传整数：相除时用 `//`，不用 `/`；或者用 `int` 转换。",
        here="{name} received a value of type {type}.",
        here_zh="{name} 收到的值是 {type} 类型。",
        also=(
            Wording(
                "keras",
                rf"`(?:\d\w\w entry of )?{NAME}` argument must be a tuple of \d integers\. Received [\w ]{{1,40}}=.{{0,80}}?including element .{{0,80}}? of type <class '(?P<type>\w+)'>|`(?:\d\w\w entry of )?{NAME}` argument must be a tuple of \d integers\. Received [\w ]{{1,40}}=(?:-?\d+\.\d|nan|None|'?[a-z]|\{{|-?\d+j)|Expected an integer value for `{NAME}`, got|to a shape\. Found invalid dimension|Shapes used to initialize variables must be fully-defined",
                "int(value)",
            ),
            Wording(
                "onnx",
                rf"Mismatched attribute type in '.{{0,30}}? : {NAME}'|Could not infer the attribute type|Expected an int, got a|storage_order must be 0|input must be a 1D \(shape: .{{0,40}}?\) tensor of type int64|is not an accepted attribute value|ParseData type mismatch for tensor",
                "int(value)",
            ),
            Wording(
                "jax",
                r"Shapes must be 1D sequences of concrete values of integer type|must have every element be an integer type|`pad_width` must be of integral type|must have __hash__ and __eq__ methods",
                "int(value)",
            ),
        ),
    ),
    Kind(
        "arguments-not-understood",
        r"(?P<function>\w{1,40})\(\) received an invalid combination of arguments - got \((?!tuple|list|numpy|NoneType|int|str)(?P<given>[^)]{0,400})\)",
        (
            "ints, or tuples of ints, for stride, padding and dilation",
            "stride、padding 和 dilation 用整数或整数元组",
        ),
        "The function does not accept this combination of types. Usually one of the numbers is a float.",
        "Write `stride`, `padding` and `dilation` as ints or tuples of ints, and divide with `//`, not with `/`.",
        "函数不接受这种类型组合，多半是其中一个数是浮点数。",
        "`stride`、`padding` 和 `dilation` 写成整数或整数元组；相除时用 `//`，不用 `/`。",
        here="The types passed are: {given}.",
        here_zh="传入的类型是：{given}。",
    ),
    Kind(
        "list-length",
        rf"expected (?P<name>stride|padding|dilation|output_padding) to be a single integer value or a list of (?P<wanted>\d+) values to match the convolution dimensions, but got \w+=(?!\[1(?:, 1){{0,2}}\])(?:{sizes('got')}|\[\])"
        rf"|expected (?P<name>padding|dilation|output_padding) to be a single integer value or a list of (?P<wanted>\d+) values to match the convolution dimensions, but got \w+={sizes('got')}"
        rf"|(?P<name>{WINDOW}) must (?:either be|be either|be) (?:omitted, )?a single int, or a tuple of (?P<wanted>two|three) ints"
        rf"|(?P<name>stride) must (?:either )?be omitted, a single int, or a tuple of (?P<wanted>two|three) ints"
        r"|max_pool1d\(\) (?P<name>\w+) must be (?:None, )?an int, list of ints,? or tuple of ints of size (?P<wanted>\d+) but got size (?P<count>\d+)"
        r"|argument '(?P<name>\w+)' should contain (?P<wanted>one) int \(got (?P<count>\d+)\)"
        r"|It is expected (?P<name>\w{1,20}) equals to (?P<wanted>\d+), but got size (?P<count>\d+)"
        r"|(?P<name>stride|padding|dilation|kernel_size) cannot broadcast to (?P<wanted>\d+) dimensions"
        r"|(?P<name>output_size)(?:\.size\(\))? must be (?P<wanted>\d+)\b"
        r"|There should be exactly (?P<wanted>two|three) elements \([a-z, ]{1,40}\) in (?P<name>\w{1,20}), but got"
        r"|(?P<name>padding|stride|dilation|output_padding) should contain (?P<wanted>\d+) elements for \dD convolution"
        r"|only (?P<wanted>\d)D (?P<name>output_size|dilation|padding|stride) supported"
        r"|only (?P<wanted>\d)D kernel supported"
        r"|Specify (?:front/)?top/left (?:output )?padding only"
        r"|Argument must have elements\.",
        _as_many,
        "The number of values differs from the number of spatial axes of the layer.",
        "Pass one int for all axes, or one value for each spatial axis. If you did not pass this argument at all, the weight has the wrong number of axes.",
        "值的个数和这一层的空间维度数不同。",
        "所有维度共用一个整数，或者每个空间维度写一个值。如果你根本没有传这个参数，那就是权重的维度数不对。",
        here="{name} needs {wanted} values.",
        here_zh="{name} 要有 {wanted} 个值。",
        read=_counted,
        causes=_lengths,
        also=(
            Wording(
                "keras",
                KERAS_LENGTHS,
                "",
                "Pass one int for all axes, or a tuple with one value for each spatial axis.",
                "所有维度共用一个整数，或者用元组给每个空间维度一个值。",
            ),
            Wording(
                "onnx",
                rf"Attribute {NAME} has incorrect size|Could not infer attribute `{NAME}` type from empty iterator|kernel_shape num_dims is not compatible|Mismatch between .{{0,40}}?strides",
                'onnx.helper.make_node("Conv", ["x", "w"], ["y"], strides=[2, 2], pads=[1, 1, 1, 1])',
                "Write one value for each spatial axis; `pads` has two, first all begins, then all ends.",
                "每个空间维度写一个值；`pads` 是两个，先写所有维度的前端，再写所有维度的后端。",
            ),
            Wording(
                "jax",
                r"different number of window dimensions than of window strides Number of window dimensions: (?P<wanted>\d+) Number of window strides: (?P<count>\d+)",
                _strides,
                "Pass a tuple with one value for each spatial axis.",
                "用元组给每个空间维度一个值。",
                read=_of_strides,
            ),
            Wording(
                "jax",
                rf"window and window_strides must have the same number of dimensions, but got (?P<wanted>\d+) and (?P<count>\d+)|reduce_window got inconsistent {NAME} and window_dimensions|reduce_window got the wrong number of window_dimensions|safe_map\(\) argument \d+ is longer than argument \d+|dimension sizes must have the same length|expects (?:base-dilation factors|window-dilation factors|window-strides) to have same dimension-size as size of window dimensions \((?P<wanted>\d+)\), but got: (?P<count>\d+)",
                "window_strides=(2, 2)",
                "Pass a tuple with one value for each spatial axis; `reduce_window` counts batch and channels too.",
                "用元组给每个空间维度一个值；`reduce_window` 连批次和通道也要算上。",
            ),
        ),
    ),
    Kind(
        "stride-not-positive",
        r"non-positive stride is not supported"
        r"|strides? should be greater than zero"
        r"|stride should not be zero"
        r"|stride must be greater than zero, but got (?P<stride>-?\d+)",
        "stride=1",
        "`stride` is the distance between neighbouring positions of the kernel, so it must be at least 1.",
        "Set `stride` to 1 or more. If it is computed, check whether a division rounded it down to 0.",
        "`stride` 是卷积核相邻两个位置的距离，至少是 1。",
        "把 `stride` 设为 1 或更大。如果它是除出来的，看看是不是向下取整成了 0。",
        also=(
            Wording(
                "keras",
                r"`strides` argument must be a tuple of \d integers\. Received strides=.{0,80}?, including values \{",
                "strides=1",
            ),
            Wording(
                "onnx",
                r"Attribute strides must only contain positive values|All stride values must be positive",
                "strides=[1, 1]",
            ),
            Wording(
                "jax",
                r"window_strides must have every element be strictly positive|expects window to have positive stride",
                "window_strides=(1, 1)",
            ),
        ),
    ),
    Kind(
        "dilation-not-positive",
        r"dilation should be greater than zero"
        r"|non-positive dilation is not supported"
        r"|dilation must be greater than zero",
        "dilation=1",
        "`dilation` is the distance between neighbouring elements of the kernel, not the number of positions between them, so it must be at least 1.",
        "Set `dilation` to 1 or more; `dilation=1` means a kernel without gaps.",
        "`dilation` 是卷积核相邻元素的距离，不是它们之间空了几格，所以至少是 1。",
        "把 `dilation` 设为 1 或更大；`dilation=1` 就是没有空隙。",
        also=(
            Wording(
                "keras",
                r"`dilation_rate` argument must be a tuple of \d integers\. Received dilation_rate=.{0,80}?, including values \{",
                "dilation_rate=1",
            ),
            Wording(
                "onnx",
                r"Attribute dilations must only contain positive values",
                "dilations=[1, 1]",
            ),
            Wording(
                "jax",
                r"All dilations must be positive|(?:base|window)_dilation must have every element be (?:strictly positive|nonnegative)",
                "rhs_dilation=(1, 1)",
            ),
        ),
    ),
    Kind(
        "kernel-size-not-positive",
        r"kernel[ _]size should be greater than zero"
        r"|kernel_size must be greater than zero"
        r"|non-empty 5D \(n_output_plane x n_input_plane",
        "kernel_size=1",
        "The kernel must have at least 1 element on each axis.",
        "Set `kernel_size` to 1 or more. If it is computed, check whether a subtraction or a division made it 0 or negative.",
        "卷积核在每个维度上至少要有 1 个元素。",
        "把 `kernel_size` 设为 1 或更大。如果它是算出来的，看看是不是减成或除成了 0 或负数。",
        also=(
            Wording(
                "keras",
                r"_size` argument must be a tuple of \d integers\. Received (?:kernel|pool)_size=.{0,80}?, including values \{",
                "kernel_size=1",
            ),
            Wording(
                "onnx",
                r"Attribute kernel_shape must only contain positive values|kernel_shape_\[dim\] > 0 was false",
                "kernel_shape=[1, 1]",
            ),
            Wording(
                "jax",
                r"window_dimensions must have every element be strictly positive|expects window to have positive value for \d+-th window dimension",
                "window_dimensions=(1, 1, 1, 1)",
            ),
        ),
    ),
)
