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
        "Two inputs of `Concatenate` have different sizes on an axis along which they are not joined. Usually a layer with a stride rounded a size that the stride does not divide.",
        "Pad the image to a size that every stride divides, and crop the result.",
        "拼接的维度之外，`Concatenate` 的两个输入还有别的维度尺寸不同。多半是某个尺寸不能被步幅整除，经过那一层时取了整。",
        "先把图像填充到每次步幅都能整除的尺寸，最后裁剪结果。",
        framework="keras",
        anchor="keras-skip-does-not-fit",
    ),
    Kind(
        "output-shape-impossible",
        r"out_backprop doesn't match computed: actual = (?P<actual>\d+), computed = (?P<computed>\d+)",
        "an output_shape that the convolution turns into the input size",
        "TensorFlow computes a transposed convolution as the gradient of a convolution. That convolution does not turn the `output_shape` into the size of the input.",
        "Ask for an `output_shape` that the convolution turns into the size of the input, or change the stride, the kernel or `padding`.",
        "TensorFlow 把转置卷积当作卷积的梯度来算，而那个卷积不会把 `output_shape` 变成输入的尺寸。",
        "换一个能被卷积变成输入尺寸的 `output_shape`，或者改步幅、卷积核或 `padding`。",
        here="It would give {computed}, and the input has {actual}.",
        here_zh="卷积会得到 {computed}，而输入是 {actual}。",
        framework="tensorflow",
    ),
    Kind(
        "output-padding-not-below-stride",
        r"Stride \((?P<stride>[\d, ]+)\) must be greater than output padding \((?P<output_padding>[\d, ]+)\)"
        r"|Strides must be greater than output padding"
        r"|output_padding.{0,40}must be (?:(?:strictly )?less than (?:the )?|< `?)strides?"
        r"|lead to a Torch output_padding \((?P<torch>\d+)\) that is greater than strides",
        'output_padding smaller than strides, or padding="same" without output_padding',
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
        r"|Cannot convert ConvTranspose\dd with output_padding",
        "a convolution after zero insertion; or padding=0, output_padding=0 and a slice",
        "The converter has no operator for this transposed convolution.",
        "If the converter supports no transposed convolution, insert zeros and use a convolution. If it refuses only `output_padding`, set `padding` and `output_padding` to 0 and slice the output.",
        "转换工具没有对应这个转置卷积的算子。",
        "如果转换工具完全不支持转置卷积，就先插零，再用卷积。如果只是不接受 `output_padding`，就把 `padding` 和 `output_padding` 都设为 0，再对输出切片。",
        framework="",
    ),
    Kind(
        "output-padding-not-below-stride",
        r"Computed output shape is inconsistent with input spatial dimensions\. output_padding \((?P<output_padding>\d+)\) may be too large for stride \((?P<stride>\d+)\)",
        "output_padding={largest} or less",
        "This version of ONNX Runtime requires `output_padding` to be smaller than the stride. PyTorch also accepts a value smaller than `dilation`, and exports it without an error.",
        "Make `output_padding` smaller than the stride, and pad the output with zeros where it is too short.",
        "这个版本的 ONNX Runtime 要求 `output_padding` 小于步幅。PyTorch 里，小于 `dilation` 也可以，导出时不报错。",
        "让 `output_padding` 小于步幅，不够长就用零填充输出。",
        here="output_padding is {output_padding}, and the stride is {stride}.",
        here_zh="这里 output_padding 是 {output_padding}，步幅是 {stride}。",
        read=_with_largest,
        framework="onnxruntime",
        anchor="onnxruntime-output-padding-not-below-stride",
    ),
    Kind(
        "output-shape-impossible",
        r"could not create (?:a )?primitive(?: descriptor)?",
        "an output_shape that the convolution turns into the input size",
        "The library oneDNN has no operation for these sizes. In TensorFlow, the usual reason is an `output_shape` that the convolution does not turn into the size of the input.",
        "In TensorFlow, ask for an `output_shape` that the convolution turns into the size of the input. In Keras, leave `output_padding` out.",
        "oneDNN 没有适合这些尺寸的运算。在 TensorFlow 里，多半是卷积不会把 `output_shape` 变成输入的尺寸。",
        "在 TensorFlow 里，换一个能被卷积变成输入尺寸的 `output_shape`。在 Keras 里，不写 `output_padding`。",
        framework="tensorflow",
        anchor="onednn-output-shape-impossible",
    ),
)
