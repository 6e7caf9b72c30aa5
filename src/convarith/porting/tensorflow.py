"""TensorFlow: the output size is given, and the crop follows from it."""

from __future__ import annotations

from convarith._errors import SizeError, in_the_words_of_its_call
from convarith._say import Sentence
from convarith.porting.arguments import counts, one_of, pad_pair, span, window
from convarith.porting.crop import Crop, split
from convarith.porting.framework import Framework, WeightLayout
from convarith.sizes import conv_input_sizes

MEANS = {"strides": "stride", "dilations": "dilation", "output_shape": "out_size"}
MODES = ("SAME", "VALID")


@in_the_words_of_its_call
def tensorflow_crop(
    *,
    in_size: int,
    kernel_size: int,
    output_shape: int,
    strides: int,
    padding: str | tuple[int, int] = "SAME",
    dilations: int = 1,
) -> Crop:
    """Return what `tf.nn.conv2d_transpose` and its siblings crop on one axis.

    `output_shape` is one of the sizes that the convolution with these arguments turns
    into `in_size`. The layer `tf.keras.layers.Conv2DTranspose` is another matter: see
    [keras_crop][convarith.porting.keras_crop].

    Args:
        in_size: Input elements, at least 1.
        kernel_size: Elements in the kernel, at least 1.
        output_shape: Output elements, at least 1.
        strides: Distance between two input elements in the output, at least 1.
        padding: "SAME", "VALID", or the `(begin, end)` pads of that convolution.
        dilations: Distance between neighbouring kernel elements, at least 1.

    Returns:
        The crop; "SAME" crops an odd element at the end.

    Raises:
        SizeError: A value is below its minimum, the mode is unknown, or the
            convolution does not turn `output_shape` into `in_size`.
        TypeError: A value is not a whole number, or the pads are not a pair.

    Examples:
        >>> from convarith.porting import tensorflow_crop
        >>> tensorflow_crop(in_size=14, kernel_size=3, output_shape=28, strides=2)
        Crop(begin=0, end=1)
        >>> tensorflow_crop(in_size=14, kernel_size=3, output_shape=27, strides=2)
        Crop(begin=1, end=1)

    Sources:
        `tensorflow/core/framework/common_shape_fns.cc`, GetWindowedOutputSize.
    """
    own = window(MEANS, kernel_size, strides, dilations)
    in_size, output_shape = counts(MEANS, in_size=in_size, output_shape=output_shape)
    mode = one_of("padding", padding, MODES) if isinstance(padding, str) else ""
    begin, end = (0, 0) if mode else pad_pair("padding", padding)
    total = own.full_size(in_size) - output_shape
    if mode == "SAME":
        # The convolution's own "SAME" pads as much as the kernel needs, whatever its
        # size: it turns the same sizes into in_size as a kernel of one element.
        legal = conv_input_sizes(in_size, kernel_size=1, stride=own.stride)
        begin, _ = split(total, "end")
    else:
        legal = conv_input_sizes(in_size, padding=(begin, end), **own._asdict())
    if output_shape in legal:
        return Crop(begin, total - begin)
    none = Sentence("porting-tensorflow-no-output-shape", {})
    valid = span("output_shape", legal) if legal else none
    got = {"output_shape": output_shape, "in_size": in_size}
    raise SizeError.of("porting-tensorflow-output-shape", got, valid=valid)


TENSORFLOW = Framework(
    "tensorflow",
    tensorflow_crop,
    None,
    MEANS,
    layout=WeightLayout(("*", "out", "in")),
    function=r"conv[123]d_transpose",
)
