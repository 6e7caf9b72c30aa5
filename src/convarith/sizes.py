"""The public functions on one axis; the rules are in _layers.

Sizes count elements along one axis. In the formulas i and o are the input and
output size of a convolution, i' and o' those of a transposed convolution, k is
kernel_size, s stride, p padding, p' output_padding and d dilation.
"""

from __future__ import annotations

from convarith._errors import in_the_words_of_its_call
from convarith._layers.convolution import conv_axis, conv_transpose_axis
from convarith._legal_values import Padding, at_least, output_padding_limit
from convarith._no_output import out_of_reach


@in_the_words_of_its_call
def kernel_extent(kernel_size: int, *, dilation: int = 1) -> int:
    r"""Return the extent of a dilated kernel, in elements.

    $$
    o' = d(k - 1) + 1, \qquad i' = 1, p = 0, p' = 0
    $$

    Neighbouring kernel elements stand `dilation` apart, so a transposed convolution
    spreads a single element over this many places. Without dilation it is
    `kernel_size` itself.

    Args:
        kernel_size: Elements in the kernel, at least 1.
        dilation: Distance between neighbouring kernel elements, at least 1.

    Returns:
        The extent in elements, at least 1.

    Raises:
        SizeError: `kernel_size` or `dilation` is below 1.
        TypeError: A value is not a whole number (`2.0`, `True` and `"3"` are not).

    Examples:
        >>> from convarith import kernel_extent
        >>> kernel_extent(3)
        3
        >>> kernel_extent(3, dilation=2)
        5

    Sources:
        Dumoulin and Visin, arXiv 1603.07285, section 5.1.
    """
    kernel_size = at_least("kernel_size", kernel_size)
    return at_least("dilation", dilation) * (kernel_size - 1) + 1


@in_the_words_of_its_call
def conv_size(
    in_size: int,
    *,
    kernel_size: int,
    stride: int = 1,
    padding: Padding = 0,
    dilation: int = 1,
) -> int:
    r"""Return the output size of a convolution.

    $$
    o = \left\lfloor \frac{i + 2p - d(k - 1) - 1}{s} \right\rfloor + 1
    $$

    It counts the places where the kernel fits, `stride` apart. The floor drops
    what is left over at the end, so `stride` different inputs share one output:
    see [conv_input_sizes][convarith.conv_input_sizes].

    Args:
        in_size: Input elements, at least 1.
        kernel_size: Elements in the kernel, at least 1.
        stride: Steps between two positions of the kernel, at least 1.
        padding: Elements added at each end, at least 0, or a `(before, after)` pair.
        dilation: Distance between neighbouring kernel elements, at least 1.

    Returns:
        The output size in elements, at least 1.

    Raises:
        SizeError: A value is below its minimum, or the kernel does not fit into
            the padded input.
        TypeError: A value is not a whole number, or `padding` is a tuple that is
            not a pair.

    Examples:
        >>> from convarith import conv_size
        >>> conv_size(11, kernel_size=3, stride=2)
        5
        >>> conv_size(10, kernel_size=3, stride=2)
        4
        >>> conv_size(9, kernel_size=3, stride=2)  # shares its output
        4
        >>> conv_size(8, kernel_size=3, stride=2, padding=(0, 1))
        4

    Sources:
        Dumoulin and Visin, arXiv 1603.07285, relationships 6 and 15;
        `torch.nn.Conv1d`, the shape section.
    """
    return conv_axis(kernel_size, stride, padding, dilation).out_size(in_size)


@in_the_words_of_its_call
def conv_transpose_size(
    in_size: int,
    *,
    kernel_size: int,
    stride: int = 1,
    padding: Padding = 0,
    output_padding: int = 0,
    dilation: int = 1,
) -> int:
    r"""Return the output size of a transposed convolution.

    $$
    o' = (i' - 1)s + d(k - 1) + 1 - 2p + p'
    $$

    Each input element is scattered over the kernel's reach, `stride` apart;
    `padding` then crops both ends and `output_padding` then adds elements at the end.

    Args:
        in_size: Input elements, at least 1.
        kernel_size: Elements in the kernel, at least 1.
        stride: Distance between the kernels of two input elements, at least 1.
        padding: Elements cropped at each end, at least 0, or a `(before, after)`
            pair.
        output_padding: Elements added at the end after the crop, from 0 to
            `max(stride, dilation) - 1`.
        dilation: Distance between neighbouring kernel elements, at least 1.

    Returns:
        The output size in elements, at least 1.

    Raises:
        SizeError: A value is below its minimum, `output_padding` is not below
            `max(stride, dilation)`, or nothing is left after the crop.
        TypeError: A value is not a whole number, or `padding` is a tuple that is
            not a pair.

    Examples:
        >>> from convarith import conv_transpose_size
        >>> conv_transpose_size(5, kernel_size=3, stride=2)
        11
        >>> conv_transpose_size(4, kernel_size=3, stride=2, output_padding=1)
        10
        >>> conv_transpose_size(14, kernel_size=4, stride=2, padding=1)
        28

    Sources:
        Dumoulin and Visin, arXiv 1603.07285, relationship 14;
        `torch.nn.ConvTranspose1d`, the shape section.
    """
    layer = conv_transpose_axis(kernel_size, stride, padding, output_padding, dilation)
    return layer.out_size(in_size)


@in_the_words_of_its_call
def conv_input_sizes(
    out_size: int,
    *,
    kernel_size: int,
    stride: int = 1,
    padding: Padding = 0,
    dilation: int = 1,
) -> range:
    r"""Return every input size that a convolution turns into `out_size`.

    $$
    \begin{aligned}
    &(o - 1)s + d(k - 1) + 1 - 2p \le i \\
    &< os + d(k - 1) + 1 - 2p
    \end{aligned}
    $$

    These are `stride` neighbours, and fewer where the smallest would be below 1.
    Unless some were cut off at 1, `output_padding` is the index into them: member
    `[t]` is the output size of the transposed convolution with `output_padding=t`.

    Args:
        out_size: Output elements of the convolution, at least 1.
        kernel_size: Elements in the kernel, at least 1.
        stride: Steps between two positions of the kernel, at least 1.
        padding: Elements added at each end, at least 0, or a `(before, after)` pair.
        dilation: Distance between neighbouring kernel elements, at least 1.

    Returns:
        The input sizes, ascending; empty where no input has that output.

    Raises:
        SizeError: A value is below its minimum.
        TypeError: A value is not a whole number, or `padding` is a tuple that is
            not a pair.

    Examples:
        >>> from convarith import conv_input_sizes, conv_transpose_size
        >>> conv_input_sizes(4, kernel_size=3, stride=2)
        range(9, 11)
        >>> [conv_transpose_size(4, kernel_size=3, stride=2, output_padding=t) for t in (0, 1)]
        [9, 10]
        >>> conv_input_sizes(1, kernel_size=1, padding=1)  # padding alone is too much
        range(1, 1)

    Sources:
        Dumoulin and Visin, arXiv 1603.07285, section 4.6, where the members are
        counted by a.
    """
    return conv_axis(kernel_size, stride, padding, dilation).in_sizes(out_size)


@in_the_words_of_its_call
def output_padding_for(
    in_size: int,
    out_size: int,
    *,
    kernel_size: int,
    stride: int = 1,
    padding: Padding = 0,
    dilation: int = 1,
) -> int:
    r"""Return the `output_padding` that makes `in_size` come out as `out_size`.

    $$
    p' = o' - (i' - 1)s - d(k - 1) - 1 + 2p
    $$

    Args:
        in_size: Input elements of the transposed convolution, at least 1.
        out_size: The output size that is wanted, at least 1.
        kernel_size: Elements in the kernel, at least 1.
        stride: Distance between the kernels of two input elements, at least 1.
        padding: Elements cropped at each end, at least 0, or a `(before, after)`
            pair.
        dilation: Distance between neighbouring kernel elements, at least 1.

    Returns:
        The only `output_padding` that fits, from 0 to `max(stride, dilation) - 1`.

    Raises:
        SizeError: A value is below its minimum, or no `output_padding` gives that
            output size; the message names the sizes that can be had.
        TypeError: A value is not a whole number, or `padding` is a tuple that is
            not a pair.

    Examples:
        >>> from convarith import output_padding_for
        >>> output_padding_for(4, 10, kernel_size=3, stride=2)
        1
        >>> output_padding_for(5, 11, kernel_size=3, stride=2)
        0

    Sources:
        Dumoulin and Visin, arXiv 1603.07285, relationship 14, solved for a.
    """
    in_size = at_least("in_size", in_size)
    out_size = at_least("out_size", out_size)
    layer = conv_transpose_axis(kernel_size, stride, padding, 0, dilation)
    own, smallest = layer.parameters, layer.record.size(in_size)
    limit = output_padding_limit(own["stride"], own["dilation"])
    sizes = range(smallest, smallest + limit)
    if out_size in sizes:
        return out_size - smallest
    raise out_of_reach(in_size, out_size, sizes, own["padding"])
