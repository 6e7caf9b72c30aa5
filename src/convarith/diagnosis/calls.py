"""Messages about how a function is called: names and types, and numbers without measure."""

from __future__ import annotations

from convarith.diagnosis.kind import Kind, Wording

NAME = r"(?P<name>\w{1,40})"

KINDS = (
    Kind(
        "input-not-a-tensor",
        r"(?<!mul\(\): )argument '(?P<name>\w+)' (?:\(position \d+\) )?must be Tensor, not (?P<type>[\w.]+)"
        r"|(?P<function>\w{1,40})\(\) received an invalid combination of arguments - got \((?P<type>tuple|list|numpy\.ndarray|NoneType|int|str),"
        r"|expected Tensor as element \d+ in argument \d+, but got (?P<type>[\w.]+)"
        r"|Concatenation operation is not implemented for NumPy arrays"
        r"|Only torch\.q\w+ is supported for \w+ tensor"
        r"|Cannot interpret '\d' as a data type"
        r"|quantized::conv\w{1,40}\(\) Expected a value of type '(?:Optional\[)?Tensor\]?' for argument '(?P<name>\w+)' but instead found type '(?P<type>[\w.]+)'",
        "torch.from_numpy(x)",
        "The function expects a tensor and received something else. Usually the layer before returns a pair, as pooling with `return_indices=True` does, or the value is still a NumPy array.",
        "Take the tensor out of the pair, or convert the array to a tensor.",
        "应该传张量的地方，收到了别的值。多半是前一层返回了一对值，例如 `return_indices=True` 的池化；或者还是 NumPy 数组。",
        "从那一对值里取出张量，或者把数组转换成张量。",
        here="The type passed is {type}.",
        here_zh="传入的类型是 {type}。",
        also=(
            Wording(
                "keras",
                r"Only input tensors may be passed as positional arguments|Inputs to a layer should be tensors|layer should be called on|expects \d+ input\(s\), but it received \d+ input|Invalid dtype: (?:object|str)",
                "keras.ops.convert_to_tensor(x)",
                "Pass one tensor, or for a merging layer a list of tensors; convert a list of numbers first.",
                "传一个张量，合并层则传张量的列表；数字列表要先转换。",
            ),
            Wording(
                "jax",
                r"as an? (?:JAX value|abstract array)\b|requires ndarray or scalar arguments|expected ArrayLike|Operands must have the same tree structure as init_values|is not a valid value for jnp|not a valid JAX array type",
                "jnp.asarray(x)",
                "Convert the value to an array with `jnp.asarray`.",
                "先用 `jnp.asarray` 转换成数组。",
            ),
            Wording(
                "onnx",
                r"is marked single but has an empty string in the graph|expected to have type but instead is null|has input size \d+ not in range|op must have either two or three inputs|Input \d+ is out of bounds\.",
                'onnx.helper.make_node("Conv", ["x", "w"], ["y"])',
                "Name a tensor for every required input of the node.",
                "节点的每个必需输入都要写上张量的名字。",
            ),
        ),
    ),
    Kind(
        "argument-name",
        r"got an unexpected keyword argument '(?!output_size)(?P<name>\w+)'{1}"
        r"|got multiple values for argument '(?P<name>\w+)'"
        r"|missing \d+ required positional arguments?: '(?P<name>\w+)'"
        r"|missing required arguments?:? .{0,40}?'?(?P<name>\w+)'?"
        r"|takes (?:from \d+ to )?\d+ positional arguments?",
        "nn.Conv2d(3, 8, kernel_size=3, stride=2, padding=1)",
        "The call has an argument that this function does not have, or lacks one that it needs. PyTorch has `stride` and `padding`, Keras `strides`, ONNX `strides` and `pads`, and JAX `window_strides`, or `strides` in `conv_transpose`.",
        "Use the names of the framework whose function you call, and name every argument after the weight.",
        "调用里写了这个函数没有的参数，或者缺少必需的参数。PyTorch 用 `stride` 和 `padding`，Keras 用 `strides`，ONNX 用 `strides` 和 `pads`，JAX 用 `window_strides`，在 `conv_transpose` 里用 `strides`。",
        "调用哪个框架的函数，就用哪个框架的参数名；权重之后的参数都写上名字。",
        here="The argument is {name}.",
        here_zh="这个参数是 {name}。",
        also=(
            Wording(
                "keras",
                r"Unrecognized keyword arguments passed to \w+: \{'(?P<name>\w+)'|missing a required argument: '(?P<name>\w+)'",
                "keras.layers.Conv2D(8, 3, strides=2)",
            ),
            Wording(
                "onnx",
                rf"Unrecognized attribute: {NAME} for operator|Required attribute '?{NAME}'? is missing|Attribute {NAME} must be specified",
                'onnx.helper.make_node("Conv", ["x", "w"], ["y"], kernel_shape=[3, 3], strides=[2, 2])',
            ),
            Wording(
                "jax",
                r"unsupported keyword arguments for mode '\w+': \{'(?P<name>\w+)'",
                'jnp.pad(x, pad_width, mode="constant")',
            ),
        ),
    ),
    Kind(
        "factor-not-positive",
        r"pixel_(?:un)?shuffle expects a positive (?P<name>(?:up|down)scale_factor), but got (?P<got>-?\d+)"
        r"|Number of groups to divide channels in must be positive\. Value of groups:(?P<got>-?\d+)"
        r"|divisor must be not zero",
        lambda found: f"{found.get('name', 'groups')}=1",
        "A factor, a number of groups or a divisor must be at least 1.",
        "Pass 1 or more. If the number is computed, check whether a division rounded it down to 0.",
        "倍数、组数和除数至少是 1。",
        "改成 1 或更大。如果它是除出来的，看看是不是向下取整成了 0。",
        here="The value passed is {got}.",
        here_zh="传入的值是 {got}。",
        also=(
            Wording(
                "onnx",
                r"Blocksize must be positive|Scale value should be greater than 0|Scale value .{0,40}should be",
                "blocksize=2",
            ),
            Wording(
                "keras",
                r"`size` argument must be a tuple of \d integers\. Received size=.{0,80}?, including values \{|Argument `size` should be a positive integer\. Received: size=(?P<got>-?\d+)",
                "size=2",
            ),
        ),
    ),
    Kind(
        "number-too-large",
        r"value cannot be converted to type \w+ without overflow"
        r"|Overflow when unpacking long"
        r"|argument '(?P<name>\w+)' (?:\(position \d+\) )?must be .{0,40}?overflow"
        r"|DefaultCPUAllocator: can't allocate memory: you tried to allocate (?P<bytes>\d+) bytes"
        r"|alloc_cpu\(\) seems to have been called with negative number"
        r"|Storage size calculation overflowed"
        r"|cannot be represented as a SymInt"
        r"|expected padding to be at most"
        r"|Output dimension is beyond reasonable maximum"
        r"|Python int too large to convert"
        r"|cannot fit 'int' into an index-sized integer",
        ("print(x.shape, layer)", "print(x.shape, layer)"),
        "A number, or the size that follows from it, is too large for the type or for the memory.",
        "Print the arguments and the shape of the input. If they are as you meant them, the map itself is too large: use a smaller input or batch, or a larger stride.",
        "有一个数，或者由它算出的尺寸，超出了数据类型或内存的范围。",
        "打印各个参数和输入的形状。如果都是你要的值，那就是特征图本身太大：减小输入或批次，或者加大步幅。",
        here="{bytes} bytes were asked for.",
        here_zh="要的内存是 {bytes} 字节。",
        also=(
            Wording(
                "torch",
                r"Unable to find a valid cuDNN algorithm to run convolution|no valid convolution algorithms available in CuDNN",
                "print(x.shape)",
                "Usually the GPU lacks memory: try a smaller batch or input first. If it is not the memory, this build of PyTorch does not fit the GPU or its driver.",
                "多半是显存不够：先减小批次或输入。如果不是显存，那就是这个 PyTorch 版本和显卡或驱动不配。",
            ),
            Wording(
                "onnx",
                r"Failed to allocate memory for requested buffer of size (?P<bytes>\d+)|Value out of range: \d+|iterator is too large",
                "print(x.shape)",
            ),
            Wording(
                "keras",
                r"Unable to allocate .{0,40}? for an array with shape|Maximum allowed (?:size|dimension) exceeded",
                "print(x.shape)",
            ),
            Wording("jax", r"RESOURCE_EXHAUSTED", "print(x.shape)"),
        ),
    ),
    Kind(
        "data-format-unknown",
        r"convolution dimension_numbers(?:\[\d\])? (?:list/tuple |elements )?must"
        r"|convolution dimension_numbers elements must",
        'dimension_numbers=("NHWC", "HWIO", "NHWC")',
        "The order of the axes is not named as this framework names it.",
        'Keras takes `"channels_last"` or `"channels_first"`; JAX takes three strings with one letter for each axis: for the input, the kernel and the output.',
        "维度顺序没有按这个框架的写法来写。",
        'Keras 用 `"channels_last"` 或 `"channels_first"`；JAX 用三个字符串，每个维度一个字母，分别表示输入、卷积核和输出。',
        framework="jax",
        also=(
            Wording(
                "keras",
                r"`data_format` argument must be one of|Invalid data_format|data_format=.{0,40}? not recognized",
                'data_format="channels_last"',
            ),
        ),
    ),
)
