"""Messages about missing and empty axes, about dtypes and devices."""

from __future__ import annotations

from convarith.diagnosis.axes import of_axes, of_one_value, of_target, with_axes
from convarith.diagnosis.kind import Cause, Kind, Wording
from convarith.diagnosis.values import Found, sizes

INPUT = sizes("input")
# Of a list of sizes: that one of them is 0, or none.
WITH_0 = r"(?=(?:torch\.Size\()?[\[(](?:\d+, ){0,6}0[,\])])"
WITHOUT_0 = r"(?!(?:torch\.Size\()?[\[(](?:\d+, ){0,6}0[,\])])"
DTYPE = r"\w+(?:::\w+)?(?:<\w+>)?"


def _for_numpy(found: Found, _framework: str) -> list[Cause]:
    if "device" not in found:
        return []
    return [
        Cause(
            f"NumPy reads only tensors on the CPU, and this one is on {found['device']}.",
            "Copy the tensor with `cpu()` before you convert it. In a sum or a concatenation with an array, convert the array instead: `torch.from_numpy(array).to(x.device)`.",
            f"NumPy 只能读取 CPU 上的张量，而这个张量在 {found['device']} 上。",
            "先用 `cpu()` 复制张量，再转换。如果是和数组相加或拼接，就改为转换数组：`torch.from_numpy(array).to(x.device)`。",
            "x.detach().cpu().numpy()",
        )
    ]


KINDS = (
    Kind(
        "input-axes",
        rf"Expected (?P<unbatched>\d)D \(unbatched\) or (?P<batched>\d)D \(batched\) input to (?P<function>\w+), but got input of size: {INPUT}"
        r"|(?P<wanted>\d)-dimensional input for \d-dimensional weight ?[\[({]{0,2}(?P<weight>\d+(?:(?:, | x | |,)\d+){0,7})[\])}]{0,2}"
        rf", but got (?:\d-dimensional )?input of size:? {INPUT}"
        r"|Expected 2 to \d dimensions, but got (?P<axes>\d)-dimensional tensor"
        rf"|(?:^|Error: |\(\): )Expected \dD or \dD tensor, but got:? ?{INPUT}"
        r"|non-empty \dD or \dD \(batch mode\) tensor expected for input"
        r"|Input dimension should be at least \d"
        r"|(?P<norm>[Ee]xpected \dD(?: or \dD)? input) \(got (?P<axes>\d)D input\)"
        r"|Input shape must be `\(N, C"
        r"|channel_shuffle expects \dD input"
        r"|Input to max_unpooling\dd should be a \dd or \dd Tensor, but got a tensor with (?P<axes>\d) dimensions"
        r"|expects input to have at least \d dimensions, but got input with (?:(?P<axes>\d) dimension|<built-in method dim)"
        r"|Invalid input shape for pixel_shuffle: torch\.Size\(\[(?P<input>\d+(?:, \d+)?)\]\)"
        rf"|expects input with > \d dims, but got input with sizes {INPUT}"
        r"|Expecting the input tensor of rank \d"
        rf"|tensor for input with possibl[ey] 0 batch size and non-zero dimensions(?: for input)?, but got: {WITHOUT_0}{INPUT}"
        rf"|with optional 0 dim batch size for input, but got: ?{WITHOUT_0}{INPUT}"
        rf"|tensor with possibly 0 batch size and other non-zero dimensions for input, but got: {WITHOUT_0}{INPUT}",
        "x.unsqueeze(0)",
        "The input must have a channel axis and the spatial axes of the layer, with or without a batch axis in front. This input has a different number of axes.",
        "Add the missing channel or batch axis with `unsqueeze`, or use the layer for the number of axes that your input has.",
        "输入要有通道维度和这一层的空间维度，前面的批次维度可有可无。现在的维度数不对。",
        "用 `unsqueeze` 补上缺少的通道或批次维度，或者换成维度数合适的层。",
        here="The shape of the input is {input}.",
        here_zh="输入的形状是 {input}。",
        read=with_axes,
        causes=of_axes,
        also=(
            Wording(
                "keras",
                rf"is incompatible with (?:the )?layer(?: [\w/]{{1,60}})?: (?:: )?expected (?:min_)?ndim=(?P<wanted>\d), found ndim=(?P<axes>\d)\. Full shape received: {INPUT}|is incompatible with (?:the )?layer(?: [\w/]{{1,60}})?: (?:: )?expected (?:min_)?ndim=(?P<wanted>\d), found ndim=(?P<axes>\d)|Error when checking (?:model )?input: expected \S{{1,60}} to have (?P<wanted>\d) dimensions, but got array with shape {INPUT}|Inputs must have ndim=3, 4 or 5, .{{0,60}}? Received input shape: {INPUT}",
                "keras.ops.expand_dims(x, 0)",
                "Keras has no form without a batch: add the axis in front with `expand_dims`.",
                "Keras 没有不带批次的写法：用 `expand_dims` 在最前面补上批次维度。",
            ),
            Wording(
                "keras",
                rf"Error when checking (?:model )?target: expected \S{{1,60}} to have (?P<wanted>\d) dimensions, but got array with shape {INPUT}",
                "print(model.output_shape, target.shape)",
                read=of_target,
            ),
            Wording(
                "onnx",
                r"Invalid rank for input: [\w./:-]{1,80} Got: (?P<axes>\d+) Expected: (?P<wanted>\d+)|Number of spatial dimensions in the weight tensor \(\d+\) does not match the number of spatial dimensions in the input tensor|Input tensor(?: X)? must (?:have at least \d dimensions|be \d-dimensional)|Input X must have at least \d dimensions|Input tensor has no dimensions|expected input to have rank|Indices tensor I must have at least \d dimensions",
                "x[np.newaxis]",
                "ONNX has no form without a batch: add the axis in front.",
                "ONNX 没有不带批次的写法：在最前面补上批次维度。",
            ),
            Wording(
                "jax",
                rf"convolution requires lhs and rhs ndim to be equal, got (?P<axes>\d+) and (?P<wanted>\d+)|lhs and rhs must have the same number of dimensions, but got {INPUT} and {sizes('kernel')}|Convolution arguments must have same number of dimensions\. Got: \w{{1,8}}{INPUT} and \w{{1,8}}{sizes('kernel')}|Convolution arguments must have same number of dimensions",
                "x[None]",
                "JAX has no form without a batch: add the axis in front, and give input and kernel the same number of axes.",
                "JAX 没有不带批次的写法：在最前面补上批次维度，让输入和卷积核的维度数相同。",
                read=with_axes,
            ),
        ),
    ),
    Kind(
        "dtype-differs",
        # Types of torch's own, such as torch.cuda.FloatTensor, may differ in their device.
        r"expected scalar type (?P<wanted>\w+) but found (?P<got>\w+)"
        rf"|Input type \((?P<input>(?!torch\.){DTYPE}(?: \w+)?)\) and (?:bias|weight) type \((?P<bias>[\w.:<> ]+)\)"
        r"|Input type \((?P<input>torch\.(?:Double|Half|BFloat16|Float|Long|Int|Byte)Tensor)\) and (?:bias|weight) type \((?P<bias>torch\.(?:Double|Half|BFloat16|Float|Long|Int|Byte|Bool|Char|ComplexFloat)Tensor)\)"
        r"|Found dtype (?P<got>\w+) but expected (?P<wanted>\w+)"
        r"|must have the same dtype, but got (?P<got>\w+) and (?P<wanted>\w+)"
        r"|result type (?P<got>\w+) can't be cast to the desired output type (?P<wanted>\w+)"
        r"|Promotion of (?P<wanted>\w+)\.[\w/]{1,20}\((?P<got>\w+)\) in in-place ops are not possible"
        r"|mixed dtype \(CPU\)"
        r"|expected target dtype to be Long or Byte, but got (?P<got>\w+)",
        "x.to(layer.weight.dtype)",
        "The input and the parameters of the layer have different dtypes.",
        "Convert the input to the dtype of the weight: `x.to(layer.weight.dtype)`.",
        "输入和这一层参数的数据类型不同。",
        "把输入转换成权重的类型：`x.to(layer.weight.dtype)`。",
        also=(
            Wording(
                "jax",
                r"requires arguments to have the same dtypes, got (?P<got>\w+), (?P<wanted>\w+)|must be same dtype: got (?P<got>\w+) and (?P<wanted>\w+)",
                "x.astype(kernel.dtype)",
                "Convert one of the two: `lax` does not promote types.",
                "转换其中一个：`lax` 不会自动提升类型。",
            ),
            Wording(
                "onnx",
                r"bound to different types|Input type mismatch",
                "x.astype(w.dtype)",
                "Give all inputs of the node one type.",
                "让节点的所有输入类型相同。",
            ),
        ),
    ),
    Kind(
        "dtype-not-supported",
        r"\"(?P<function>slow_conv_transpose2d_out_cpu|\w+)\" not implemented for '(?:torch\.)?(?P<got>\w+)'"
        r"|(?:Subtraction|Negation), the `-` operator, (?:with|on) (?:a|two) bool tensor"
        r"|Autograd not support dtype: (?P<got>\w+)"
        r"|(?P<function>\w{1,40}) does not support automatic differentiation for outputs with (?P<got>\w+) dtype"
        r"|could not infer output dtype\. Input dtype must be either a floating point or complex dtype\. Got: (?P<got>\w+)"
        r"|maximum not implemented for complex tensors"
        r"|Promotion for Float8 Types is not supported"
        r"|Quantize only works on Float Tensor, got (?P<got>\w+)",
        "x.float()",
        "PyTorch does not implement this layer for this dtype.",
        "Convert the input and the weight to a floating-point dtype.",
        "PyTorch 的这种层不支持这个数据类型。",
        "把输入和权重转换成浮点类型。",
        here="The dtype is {got}.",
        here_zh="这个类型是 {got}。",
        also=(
            Wording(
                "onnx",
                r"Type 'tensor\((?P<got>\w+)\)' of input parameter|Could not find an implementation for|Tensor type mismatch|Unexpected (?:input )?data type|MLDataType for: tensor\((?P<got>\w+)\)",
                "x.astype(np.float32)",
                "Convert the input to float32: this operator has no code for this type.",
                "把输入转换成 float32：这个算子没有实现这个类型。",
            ),
            Wording(
                "jax",
                r"does not accept dtype (?P<got>\w+) at position|must have a number dtype, got (?P<got>\w+)",
                "x.astype(jnp.float32)",
                "Convert the input to a floating-point dtype.",
                "把输入转换成浮点类型。",
            ),
        ),
    ),
    Kind(
        "empty-axis",
        rf"Only zero batch or zero channel inputs are supported, but got input shape: {INPUT}"
        rf"|with optional 0 dim batch size for input, but got: ?{WITH_0}{INPUT}"
        rf"|tensor with possibly 0 batch size and other non-zero dimensions for input, but got: {WITH_0}{INPUT}"
        rf"|tensor for input with possibl[ey] 0 batch size and non-zero dimensions(?: for input)?, but got: {WITH_0}{INPUT}"
        rf"|to have positive length, but input has a shape of {INPUT}"
        rf"|non-zero size for non-batch dimensions, but input has sizes? {INPUT}"
        rf"|to have non-zero size for non-batch dimensions, but input has sizes {INPUT}"
        rf"|data tensor expected but got a tensor with sizes {WITH_0}{INPUT}"
        r"|Cannot compute the max of an empty tensor"
        rf"|Expected more than 1 (?P<per>value per channel|spatial element) when training, got input size (?:{INPUT}|torch)"
        r"|Expected more than 1 (?P<per>value per channel|spatial element) when training",
        "print(x.shape)",
        "An axis of the input has no elements, or too few for a layer such as batch normalization. Only the batch, and for some layers the channels, may be empty.",
        "Print the shapes before this layer, and find the slice or the layer that made the size 0.",
        "输入的某个维度没有元素，或者元素太少，批归一化这样的层用不了。只有批次可以是空的，有些层的通道也可以。",
        "打印这一层之前的形状，找出是哪个切片或哪一层把尺寸变成了 0。",
        here="The shape of the input is {input}.",
        here_zh="输入的形状是 {input}。",
        causes=of_one_value,
        also=(
            Wording(
                "onnx",
                r"Only N can be zero|Invalid input shape: \{|Input spatial dimension must be positive|Input dim is zero but required output dim is non-zero",
                "print(x.shape)",
            ),
        ),
    ),
    Kind(
        "weight-axes",
        r"weight should have at least three dimensions"
        r"|expected stride to be a single integer value or a list of (?P<wanted>\d+) values to match the convolution dimensions, but got stride=\[1(?:, 1){0,2}\]"
        r"|Weights are expected to have \d dimensions",
        "weight.unsqueeze(-1)",
        "The weight has too few or too many axes. Its two channel axes come before the axes of the kernel.",
        "Print the shape of the weight, and add the missing axes with `unsqueeze`, or use the function for its number of axes. If you passed `stride` as a tuple, give it one value for each spatial axis instead.",
        "权重的维度数不对：卷积核的维度前面，还要有两个通道维度。",
        "打印权重的形状，用 `unsqueeze` 补上缺少的维度，或者换成维度数合适的函数。如果 `stride` 是你写的元组，那就每个空间维度写一个值。",
        here="Spatial axes of the weight: {wanted}.",
        here_zh="权重的空间维度数：{wanted}。",
        also=(
            Wording(
                "keras",
                r"Kernel shape must have the same length as input",
                "keras.ops.expand_dims(kernel, 0)",
            ),
            Wording(
                "onnx",
                r"Weight tensor must have at least \d dimensions|Second input tensor has wrong dimension|Weight tensor spatial rank does not match input tensor|X num_dims does not match W num_dims",
                "print(x.shape, w.shape)",
            ),
        ),
    ),
    Kind(
        "resize-axes",
        r"Got (?P<axes>\d)D input, but (?P<mode>\w+) mode needs (?P<wanted>\d)D input"
        r"|Input Error: Only 3D, 4D and 5D input Tensors supported \(got (?P<axes>\d)D\)"
        r"|Input and (?:output|scale_factor) must have the same number of spatial dimensions, but got"
        rf"|Non-empty \dD data tensor expected but got a tensor with sizes {WITHOUT_0}{INPUT}"
        r"|input with spatial dimensions of .{0,40}? and (?:output size|scale_factor)",
        'F.interpolate(x, scale_factor=2, mode="bilinear")',
        "`interpolate` and `Upsample` need a batch and channels in front. `linear` is for one spatial axis, `bilinear` and `bicubic` are for two, `trilinear` is for three.",
        "Choose the mode for the number of spatial axes that your input has, and add a missing batch with `x[None]`. If `size` or `scale_factor` is a tuple, give it one number for each spatial axis.",
        "`interpolate` 和 `Upsample` 的输入，前两维必须是批次和通道。`linear` 用于一个空间维度，`bilinear` 和 `bicubic` 用于两个，`trilinear` 用于三个。",
        "按实际的维度数选模式，缺批次就用 `x[None]` 补上。`size` 或 `scale_factor` 写成元组时，每个空间维度写一个数。",
        here="The input has {axes} axes.",
        here_zh="输入有 {axes} 维。",
        also=(
            Wording(
                "onnx",
                r"Number of elements of input '(?:scales|sizes)'.{0,12}? must be same as rank of input|Resize: input tensor's (?:rank|dimension)",
                "np.array([1, 1, 2, 2], np.float32)",
                "Give one number for every axis: 1 for batch and channels.",
                "每个维度都要写一个数：批次和通道写 1。",
            ),
            Wording(
                "jax",
                r"shape must have length equal to the number of dimensions of x",
                'jax.image.resize(x, (*x.shape[:1], 16, 16, *x.shape[3:]), "linear")',
                "Give the whole shape, with batch and channels.",
                "写出整个形状，包括批次和通道。",
            ),
        ),
    ),
    Kind(
        "other-device",
        r"Tensor on device (?P<got>\w+) is not on the expected device (?P<wanted>\w+)"
        r"|Expected all tensors to be on the same device, but (?:found at least two devices, (?P<wanted>[\w:]+) and (?P<got>[\w:]+)|got)"
        r"|Input type \(torch\.(?:cuda|mps)\.\w+\) and (?:bias|weight) type \(torch\.(?:\w+)\)"
        r"|Input type \(torch\.\w+Tensor\) and (?:bias|weight) type \(torch\.(?:cuda|mps)\.\w+\)"
        r"|Input type \(MPSFloatType\) and weight type"
        r"|Cannot copy out of meta tensor; no data"
        r"|can't convert (?P<device>[\w:]{1,20}) device type tensor to numpy",
        "x.to(layer.weight.device)",
        "Two tensors are on different devices.",
        "Move the model and the input to one device: `model.to(device)` and `x.to(device)`.",
        "两个张量不在同一个设备上。",
        "把模型和输入放到同一个设备：`model.to(device)` 和 `x.to(device)`。",
        here="One is on {got}, the other on {wanted}.",
        here_zh="一个在 {got} 上，另一个在 {wanted} 上。",
        causes=_for_numpy,
    ),
    Kind(
        "backend-lacks-operator",
        r"Could not run '(?P<operator>[\w:.]+)' with arguments from the '(?P<backend>\w+)' backend"
        r"|(?P<operator>[\w.]{1,40})(?:\(sparse, dense\))? is (?:unsupported|not implemented|not supported)(?: for [Ss]parse [Tt]ensors|\. Use add\(dense, sparse\))"
        r"|Input type \(torch\.sparse\.\w+\) and|and (?:bias|weight) type \(torch\.sparse\.\w+\)"
        r"|and (?:bias|weight) type \(Quantized\w+\)"
        r"|Concatenating sparse tensors, but a dense tensor was found"
        r"|copy_\(\) between dense and sparse Tensors is not implemented"
        r"|memory format option is only supported by strided tensors"
        r"|The operator '(?P<operator>[\w:.]+)' is not currently (?:supported|implemented) (?:on|for) the (?P<backend>\w+) (?:backend|device)"
        r"|(?P<operator>[\w:.]{1,60}): attempted to run this operator with (?P<backend>\w+) tensors"
        r"|Output channels > \d+ not supported at the (?P<backend>\w+) device"
        r"|Copying from quantized Tensor to non-quantized Tensor is not allowed"
        r"|reshape is not implemented for sparse"
        r"|unsupported memory format option"
        r"|cannot call qscheme on UnknownQuantizer"
        r"|promoteTypes with quantized numbers is not handled"
        r"|to use channels_last(?:_3d)? format",
        "x.to_dense()",
        "This backend lacks the operator: sparse and quantized tensors, and devices such as MPS, have fewer operators than ordinary tensors on a CPU. It is a limit of the backend, not of the sizes.",
        "Convert the tensor with `to_dense` or `dequantize`, or run this layer on the CPU.",
        "这个后端没有这个算子：稀疏张量和量化张量能用的算子，还有 MPS 这样的设备上的算子，比 CPU 上普通张量的少。这是后端的限制，不是尺寸的错。",
        "用 `to_dense` 或 `dequantize` 转换张量，或者让这一层在 CPU 上运行。",
        here="The operator is {operator}, and the backend is {backend}.",
        here_zh="算子是 {operator}，后端是 {backend}。",
    ),
)
