"""Messages of Keras, TensorFlow, ONNX Runtime and converters."""

from __future__ import annotations

from collections.abc import Mapping

from convarith.diagnosis.kind import Kind
from convarith.diagnosis.values import Found, plain


def _with_largest(groups: Mapping[str, str | None]) -> Found:
    found = plain(groups)
    return {**found, "largest": found["stride"] - 1}


KINDS = (
    Kind(
        "skip-does-not-fit",
        r"A `Concatenate` layer requires inputs with matching shapes",
        "keras.layers.ZeroPadding2D in front, and keras.layers.Cropping2D at the end",
        "Two inputs of `Concatenate` differ on an axis along which they are not joined; most often, a layer with a stride rounded an odd size.",
        "Use sizes that every stride divides: pad the image, and crop the result.",
        "除了拼接的那个轴，`Concatenate` 的两个输入在别的轴上尺寸不同，多半是带步幅的层给奇数尺寸取了整。",
        "用每次步幅都能整除的尺寸：先填充图像，最后裁剪结果。",
        framework="keras",
        anchor="keras-skip-does-not-fit",
    ),
    Kind(
        "output-shape-impossible",
        r"out_backprop doesn't match computed: actual = (?P<actual>\d+), computed = (?P<computed>\d+)",
        "an output_shape whose convolution gives the input back",
        "TensorFlow computes a transposed convolution as the gradient of a convolution, and that convolution would not turn the `output_shape` into the size of the input.",
        "Ask for an `output_shape` that the convolution turns into the size of the input, or change the stride, the kernel or `padding`.",
        "TensorFlow 把转置卷积当成卷积的梯度来算，而那个卷积不会把 `output_shape` 变成输入的尺寸。",
        "换一个能被卷积变成输入尺寸的 `output_shape`，或者改步幅、卷积核或 `padding`。",
        here="It would give {computed}, and the input has {actual}.",
        here_zh="它会得到 {computed}，而输入是 {actual}。",
        framework="tensorflow",
    ),
    Kind(
        "output-padding-not-below-stride",
        r"Stride \((?P<stride>[\d, ]+)\) must be greater than output padding \((?P<output_padding>[\d, ]+)\)"
        r"|Strides must be greater than output padding"
        r"|output_padding.{0,40}must be (?:(?:strictly )?less than (?:the )?|< `?)strides?"
        r"|lead to a Torch output_padding \((?P<torch>\d+)\) that is greater than strides",
        "an output_padding below the stride; a whole stride more is another padding",
        "Keras requires an `output_padding` below the stride; PyTorch also accepts one below `dilation`.",
        "Lower `output_padding`, and change `padding` for the rest; `solve` finds the values.",
        "Keras 要求 `output_padding` 小于步幅；PyTorch 里，小于 `dilation` 也可以。",
        "减小 `output_padding`，其余的用 `padding` 来调；`solve` 会算出这些值。",
        here="output_padding is {output_padding}, and the stride is {stride}.",
        here_zh="这里 output_padding 是 {output_padding}，步幅是 {stride}。",
        framework="keras",
        anchor="keras-output-padding-not-below-stride",
    ),
    Kind(
        "converter-refuses",
        r"does not support `?transposed=True`?"
        r"|Cannot convert ConvTranspose\dd with output_padding",
        "padding=0 and output_padding=0, then a slice of the result",
        "The converter has no operator for this transposed convolution.",
        "Compute the full result and slice it, or use a layer without `output_padding`.",
        "转换工具没有对应这个转置卷积的算子。",
        "先算完整结果再切片，或者换成不用 `output_padding` 的层。",
        framework="",
    ),
    Kind(
        "output-padding-not-below-stride",
        r"Computed output shape is inconsistent with input spatial dimensions\. output_padding \((?P<output_padding>\d+)\) may be too large for stride \((?P<stride>\d+)\)",
        "output_padding={largest} or less",
        "ONNX Runtime requires an `output_padding` below the stride; PyTorch also accepts one below `dilation`, and exports it without an error.",
        "Lower `output_padding` below the stride, and pad the result where it is too short.",
        "ONNX Runtime 要求 `output_padding` 小于步幅；PyTorch 里，小于 `dilation` 也可以，导出时不会报错。",
        "把 `output_padding` 改到小于步幅，不够长就填充结果。",
        here="output_padding is {output_padding}, and the stride is {stride}.",
        here_zh="这里 output_padding 是 {output_padding}，步幅是 {stride}。",
        read=_with_largest,
        framework="onnxruntime",
        anchor="onnxruntime-output-padding-not-below-stride",
    ),
    Kind(
        "output-shape-impossible",
        r"could not create (?:a )?primitive(?: descriptor)?",
        "an output_shape whose convolution gives the input back",
        "oneDNN has no operation for these sizes; in TensorFlow, most often the convolution would not turn the output into the size of the input.",
        "Leave `output_padding` out in Keras; in TensorFlow, ask for an `output_shape` that the convolution turns into the size of the input.",
        "oneDNN 没有适合这些尺寸的运算；在 TensorFlow 里，多半是卷积不会把要的输出变成输入的尺寸。",
        "在 Keras 里不写 `output_padding`；在 TensorFlow 里，换一个能被卷积变成输入尺寸的 `output_shape`。",
        framework="tensorflow",
        anchor="onednn-output-shape-impossible",
    ),
)
