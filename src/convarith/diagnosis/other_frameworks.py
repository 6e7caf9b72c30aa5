"""Messages of Keras, TensorFlow, ONNX Runtime and converters."""

from __future__ import annotations

from collections.abc import Mapping

from convarith.diagnosis.apart import causes
from convarith.diagnosis.kind import Kind, Wording
from convarith.diagnosis.pairs import broadcast, concatenated, differing, unbatched
from convarith.diagnosis.too_small import of_gradient
from convarith.diagnosis.values import Found, node, plain, sizes, verbatim


def _with_largest(groups: Mapping[str, str | None]) -> Found:
    found = plain(groups)
    return {**found, "largest": found["stride"] - 1}


def _as_pairs(found: Found) -> str:
    return f"padding={((1, 1),) * min(max(found.get('wanted', 2), 1), 3)}"


KINDS = (
    Kind(
        "skip-does-not-fit",
        rf"`Concatenate` layer requires inputs with matching shapes except for the concat(?:enation)? axis[.:] (?:Received: )?(?:input_shape=|Got inputs shapes: )\[{sizes('first')}, {sizes('second')}(?P<rest>(?:, [\[(][^\[\]()]{{1,80}}[\])]){{0,8}})"
        rf"|mode can only merge layers with matching output shapes except for the concat axis\. Layer shapes: \[{sizes('first')}, {sizes('second')}(?P<rest>(?:, [\[(][^\[\]()]{{1,80}}[\])]){{0,8}})"
        r"|`Concatenate` layer requires inputs with matching shapes"
        r"|Cannot merge tensors with different batch sizes",
        "keras.layers.ZeroPadding2D(((0, 1), (0, 1)))(x)",
        "Two inputs of `Concatenate` have different sizes on an axis along which they are not joined. Usually a layer with a stride rounded a size that the stride does not divide.",
        "Pad the image to a size that every stride divides, and crop the result.",
        "拼接的维度之外，`Concatenate` 的两个输入还有别的维度尺寸不同。多半是某个尺寸不能被步幅整除，经过那一层时取了整。",
        "先把图像填充到每次步幅都能整除的尺寸，最后裁剪结果。",
        framework="keras",
        anchor="keras-skip-does-not-fit",
        read=concatenated,
        causes=causes(lambda _: ""),
        also=(
            Wording(
                "keras",
                rf"Inputs have incompatible shapes\. Received shapes {sizes('first')} and {sizes('second')}|Operands could not be broadcast together with shapes {sizes('first')} {sizes('second')}",
                read=unbatched,
            ),
            Wording(
                "keras",
                rf"Only layers of same output shape can be merged using \w+ mode\. Layer shapes: \[{sizes('first')}, {sizes('second')}",
                read=broadcast,
            ),
            Wording(
                "tensorflow",
                rf"ConcatOp : Dimensions? (?:of inputs should match|\d in both shapes must be equal): shape\[0\] = {sizes('first')} vs\. shape\[\d+\] = {sizes('second')}|in both shapes must be equal, but are (?P<wanted>\d+) and (?P<got>\d+)\. Shapes are .{{0,200}}?{node('Concat(?:V2)?')}{sizes('first')}, {sizes('second')}",
                "print(x.shape, skip.shape)",
                read=concatenated,
            ),
            Wording(
                "jax",
                rf"concatenating along dimension (?P<joined>\d+) for shapes {sizes('first')}, {sizes('second')}|concatenating along dimension [A-Z]\w+ for shapes {sizes('first')}, {sizes('second')}",
                read=differing,
            ),
            Wording(
                "jax",
                rf"got incompatible shapes for broadcasting: {sizes('first')}, {sizes('second')}|Incompatible shapes for broadcasting: shapes=\[{sizes('first')}, {sizes('second')}|Cannot (?:concatenate|stack) arrays with different numbers of dimensions: got {sizes('first')}, {sizes('second')}|All input arrays must have the same shape\. Got {sizes('first')}, {sizes('second')}|Cannot (?:concatenate|stack) arrays with different numbers of dimensions: got \(\)|arrays must have the same number of dimensions, got|Zero-dimensional arrays cannot be concatenated|concatenate dimension out of bounds|axis -?\d+ is out of bounds for array of dimension",
                "jnp.pad(x, ((0, 0), (0, 1), (0, 1), (0, 0)))",
                read=broadcast,
            ),
            Wording(
                "onnx",
                r"Can't merge shape info\. Both inferred and declared dimension have values but they differ\. Inferred=(?P<wanted>\d+) Declared=(?P<got>\d+) Dimension=(?P<axis>\d+)|\[ShapeInferenceError\] Incompatible dimensions|All inputs to Concat must have same rank|axis must be in \[-rank, rank|IsAxisInRange\(axis, tensor_rank\) was false|Non concat axis dimensions must match: Axis (?P<axis>\d+) has mismatched dimensions of (?P<wanted>\d+) and (?P<got>\d+)|axis (?P<axis>\d+) .{0,40}? by (?P<wanted>\d+) .{0,10}?(?P<got>\d+)",
                "np.pad(x, ((0, 0), (0, 0), (0, 1), (0, 1)))",
                read=differing,
            ),
            Wording(
                "tensorrt",
                rf"except on the concatenation axis \((?P<joined>\d+)\), but dimensions mismatched (?:at input \d+ )?at index \d+\. Input 0 shape: {sizes('first')}, Input \d+ shape: {sizes('second')}|all concat input tensors must have the same number of dimensions, but mismatch at input \d+\. Input 0 shape: {sizes('first')}, Input \d+ shape: {sizes('second')}",
                "print(x.shape, skip.shape)",
                read=differing,
            ),
            Wording(
                "coreml",
                rf"Dimension mismatch in concat \(.{{0,60}}?\): shapes {sizes('first')} vs\. {sizes('second')}",
                "print(x.shape, skip.shape)",
                read=concatenated,
            ),
            Wording(
                "numpy",
                r"must match exactly, but along dimension (?P<axis>\d+), the array at index \d+ has size (?P<wanted>\d+) and the array at index \d+ has size (?P<got>\d+)",
                "print(x.shape, skip.shape)",
                read=differing,
            ),
            Wording(
                "paddle",
                rf"dimension of input\[0\] and input\[\d+\] is expected to be equal\. ?But received input\[0\]'s shape = {sizes('first')}, input\[\d+\]'s shape = {sizes('second')}",
                "paddle.nn.functional.interpolate(x, size=skip.shape[2:])",
                read=concatenated,
            ),
            Wording(
                "caffe",
                r"top_shape\[j\] == bottom\[i\]->shape\(j\) \((?P<wanted>\d+) vs\. (?P<got>\d+)\)",
                "print(net.blobs)",
                read=differing,
            ),
            Wording(
                "tflite",
                r"t->dims->data\[d\] != t0->dims->data\[d\] \((?P<got>\d+) != (?P<wanted>\d+)\)",
                "interpreter.resize_tensor_input(0, (1, 224, 224, 3))",
                "Give the model a fixed input shape when you convert it, or call `resize_tensor_input` and `allocate_tensors` before the first call.",
                "转换模型时写死输入形状；或者第一次调用之前，先 `resize_tensor_input` 再 `allocate_tensors`。",
                read=differing,
            ),
        ),
    ),
    Kind(
        "output-shape-impossible",
        r"out_backprop doesn't match computed: actual = (?P<actual>\d+), computed = (?P<computed>\d+) spatial_dim: \d+ input: (?P<asked>\d+) filter: (?P<filter>\d+) output: \d+ stride: (?P<stride>\d+)"
        r"|out_backprop doesn't match computed: actual = (?P<actual>\d+), computed = (?P<computed>\d+)",
        "tf.nn.conv2d_transpose(x, w, output_shape=[batch, height * stride, width * stride, channels], strides=stride)",
        "TensorFlow computes a transposed convolution as the gradient of a convolution. That convolution does not turn the `output_shape` into the size of the input.",
        "Ask for an `output_shape` that the convolution turns into the size of the input, or change the stride, the kernel or `padding`.",
        "TensorFlow 把转置卷积当作卷积的梯度来算，而那个卷积不会把 `output_shape` 变成输入的尺寸。",
        "换一个能被卷积变成输入尺寸的 `output_shape`，或者改步幅、卷积核或 `padding`。",
        here="It would give {computed}, and the input has {actual}.",
        here_zh="卷积会得到 {computed}，而输入是 {actual}。",
        framework="tensorflow",
        causes=of_gradient,
    ),
    Kind(
        "output-padding-not-below-stride",
        r"`output_padding` must be strictly less than `strides` for all dimensions\. At dimension (?P<axis>\d), `output_padding` is (?P<output_padding>\d+) but `strides` is (?P<stride>\d+)"
        r"|Stride \((?P<stride>[\d, ]+)\) must be greater than output padding \((?P<output_padding>[\d, ]+)\)"
        r"|Strides must be greater than output padding"
        r"|output_padding.{0,40}must be (?:(?:strictly )?less than (?:the )?`?|< `?)strides?"
        r"|lead to a Torch output_padding \((?P<torch>\d+)\) that is greater than strides",
        'keras.layers.Conv2DTranspose(8, 3, strides=2, padding="same")',
        "In Keras, `output_padding` must be smaller than `strides`. PyTorch also accepts a value smaller than `dilation`.",
        'Make `output_padding` smaller than `strides`, or leave it out: with `padding="same"`, the layer then returns the input size times the stride.',
        "在 Keras 里，`output_padding` 必须小于 `strides`。PyTorch 里，小于 `dilation` 也可以。",
        '让 `output_padding` 小于 `strides`；或者不写它，`padding="same"` 时输出就是输入尺寸乘以步幅。',
        here="output_padding is {output_padding}, and the stride is {stride}.",
        here_zh="这里 output_padding 是 {output_padding}，步幅是 {stride}。",
        framework="keras",
        anchor="keras-output-padding-not-below-stride",
    ),
    Kind(
        "converter-refuses",
        r"does not support `?transposed=True`?"
        r"|Cannot convert ConvTranspose\dd with output_padding"
        r"|(?:no|has no|unsupported) attribute '?output_padding"
        r"|output_padding is not supported (?:in|by|for)",
        "y[..., 1:-1, 1:-1]",
        "The converter has no operator for this transposed convolution.",
        "If the converter supports no transposed convolution, insert zeros and use a convolution. If it refuses only `output_padding`, set `padding` and `output_padding` to 0 and slice the output.",
        "转换工具没有对应这个转置卷积的算子。",
        "如果转换工具完全不支持转置卷积，就先插零，再用卷积。如果只是不接受 `output_padding`，就把 `padding` 和 `output_padding` 都设为 0，再对输出切片。",
        framework="",
    ),
    Kind(
        "output-padding-not-below-stride",
        r"Computed output shape is inconsistent with input spatial dimensions\. output_padding \((?P<output_padding>\d+)\) may be too large for stride \((?P<stride>\d+)\)"
        r"|output_padding\[(?P<axis>\d)\] \((?P<output_padding>\d+)\) must be less than max\(stride, dilation\) \((?P<stride>\d+)\) for spatial dimension",
        "output_padding={largest}",
        "This version of ONNX Runtime requires `output_padding` to be smaller than the stride. PyTorch also accepts a value smaller than `dilation`, and exports it without an error.",
        "Subtract `output_padding` from the pad at the end first, at most down to 0. If what remains of `output_padding` is still not below the stride, lower it to the stride minus 1, and pad the output with zeros where it is too short.",
        "这个版本的 ONNX Runtime 要求 `output_padding` 小于步幅。PyTorch 里，小于 `dilation` 也可以，导出时不报错。",
        "先从末尾的填充里减去 `output_padding`，最多减到 0。如果 `output_padding` 余下的部分仍不小于步幅，就改成步幅减 1，输出不够长的部分补零。",
        here="output_padding is {output_padding}, and the stride is {stride}.",
        here_zh="这里 output_padding 是 {output_padding}，步幅是 {stride}。",
        read=_with_largest,
        framework="onnxruntime",
        anchor="onnxruntime-output-padding-not-below-stride",
    ),
    Kind(
        "onednn-names-no-fault",
        r"could not create (?:a )?primitive(?: descriptor)?"
        r"|could not construct a memory descriptor"
        r"|(?:^|Error: )dimensions are invalid",
        "torch.backends.mkldnn.flags(enabled=False)",
        "The library oneDNN refuses these sizes and does not say why. In PyTorch, a kernel, a dilation or an output size is 0 or less, or a number is too large; in TensorFlow, usually the convolution does not turn `output_shape` into the size of the input.",
        "In PyTorch, call the layer once with oneDNN switched off; PyTorch then prints a message that names the fault. In TensorFlow, ask for an `output_shape` that the convolution turns into the size of the input. In Keras, leave `output_padding` out.",
        "oneDNN 拒绝了这些尺寸，却没有说原因。在 PyTorch 里，是卷积核大小、空洞率或输出尺寸小于 1，或者某个数太大；在 TensorFlow 里，多半是卷积不会把 `output_shape` 变成输入的尺寸。",
        "在 PyTorch 里，关掉 oneDNN 再调用一次，PyTorch 就会打印出说明原因的报错。在 TensorFlow 里，换一个能被卷积变成输入尺寸的 `output_shape`。在 Keras 里，不写 `output_padding`。",
        framework="",
    ),
    Kind(
        "stride-with-dilation",
        r"`strides > 1` not supported in conjunction with `dilation_rate > 1`",
        "keras.layers.Conv2D(8, 3, dilation_rate=2)(x)[:, ::2, ::2]",
        "Keras accepts either a stride or a dilation above 1, not both.",
        'In a convolution, use `dilation_rate` with a stride of 1 and `padding="valid"`, and slice the result with `::strides` on each axis. For a transposed convolution, insert zeros between the inputs, and use a convolution with `dilation_rate`.',
        "Keras 里，步幅和空洞率只能有一个大于 1。",
        '卷积用步幅 1、`padding="valid"` 和 `dilation_rate`，再在每个维度上用 `::strides` 对结果切片。转置卷积就在输入之间插零，再用带 `dilation_rate` 的卷积。',
        framework="keras",
    ),
    Kind(
        "kernel-shape-twice",
        r"kernel_shape is not compatible with W shape",
        'onnx.helper.make_node("Conv", ["x", "w"], ["y"])',
        "In ONNX, `kernel_shape` repeats the spatial sizes of the weight `W`, and here the two differ.",
        "Leave `kernel_shape` out.",
        "在 ONNX 里，`kernel_shape` 要与权重 `W` 的空间尺寸相同，而这里两者不同。",
        "不写 `kernel_shape`。",
        framework="onnxruntime",
    ),
    Kind(
        "output-shape-layout",
        r"input and out_backprop must have the same batch size"
        r"|Cannot convert a partially known TensorShape to a Tensor(?:: \((?P<shape>[^)]{0,80})\))?",
        "tf.nn.conv2d_transpose(x, w, output_shape=tf.stack([tf.shape(x)[0], 40, 40, 32]), strides=2)",
        "In TensorFlow, `output_shape` holds all four numbers: batch, height, width, channels. The batch is missing, not in the first place, or not known yet.",
        "Put the batch first, and take it from the input while the graph runs.",
        "在 TensorFlow 里，`output_shape` 是四个数：批次、高、宽、通道。这里缺少批次，或者批次不在最前面，或者批次大小还不知道。",
        "批次放在最前面，并在运行时从输入取得。",
        here="The shape passed is ({shape}).",
        here_zh="传入的形状是（{shape}）。",
        read=verbatim,
        framework="tensorflow",
    ),
    Kind(
        "padding-not-pairs",
        r"padding argument to \w{1,40} should be a string or a sequence of \(low, high\) pairs"
        r"|Wrong number of explicit pads for convolution: expected (?P<wanted>\d+), got (?P<got>\d+)",
        _as_pairs,
        "In JAX, `padding` is a word such as `SAME`, or one pair of numbers for each spatial axis: the zeros at its start and the zeros at its end. Flax also accepts one int for all axes.",
        "Write one pair for each spatial axis. PyTorch's `padding=1` on two axes is `((1, 1), (1, 1))` here. If you passed a word, count the numbers in `kernel_size`, `strides` and the dilation, which is `rhs_dilation` in JAX and `kernel_dilation` in Flax: each needs one for every spatial axis.",
        "在 JAX 里，`padding` 要么是 `SAME` 这样的单词，要么每个空间维度一对数：开头补几个零，末尾补几个零。Flax 还接受一个整数，用于所有维度。",
        "每个空间维度写一对数。PyTorch 里两个维度的 `padding=1`，在这里是 `((1, 1), (1, 1))`。如果你写的是单词，就数一数 `kernel_size`、`strides` 和空洞率（JAX 里是 `rhs_dilation`，Flax 里是 `kernel_dilation`）各有几个数：每个空间维度都要有一个。",
        here="The number of pairs should be {wanted}, and it is {got}.",
        here_zh="应该是 {wanted} 对，实际是 {got} 对。",
        framework="jax",
        also=(
            Wording(
                "flax",
                r"Invalid padding format: .{1,200}?, should be str, int, or a sequence of len (?P<wanted>\d+)",
                _as_pairs,
            ),
        ),
    ),
)
