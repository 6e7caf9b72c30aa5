"""The messages that are known: how each is recognised, what it contains, what mends it.

A number or a list of numbers is caught by a named group; `call` is the line to write
instead, with those values put in. What may be of any length has an end in sight, so
that reading a long text takes a time that grows with its length and no faster. The texts are those of PyTorch 2.13.0 where they
begin with torch; older wordings are named where they differ.
"""

from __future__ import annotations

from typing import NamedTuple

LIST = r"(?:torch\.Size\()?[\[(]{1,2}(-?\d+(?:(?:, ?| ?x ?)-?\d+)*,?)[\])]{1,3}"


class Message(NamedTuple):
    """One message: its name, where it comes from, its pattern, its page, its cure."""

    kind: str
    framework: str
    pattern: str
    page: str
    call: str = ""


def _list(name: str) -> str:
    return LIST.replace("(-", f"(?P<{name}>-")


TORCH = (
    Message(
        "output-padding-too-large",
        "torch",
        r"output padding must be smaller than either stride or dilation, but got "
        r"(?P<axes>(?:(?:output_padding|stride|dilation)_\w+: -?\d+\s*)+)",
        "errors/output-size/#output-padding-too-large",
    ),
    Message(
        "output-padding-negative",
        "torch",
        r"negative output_padding is not supported",
        "errors/padding/#output-padding-negative",
        "output_padding=0, and a larger padding or a slice where less is wanted",
    ),
    Message(
        "padding-negative",
        "torch",
        r"negative padding is not supported",
        "errors/padding/#padding-negative",
        "padding=0, then torch.nn.functional.pad where more is wanted",
    ),
    Message(
        "stride-not-positive",
        "torch",
        r"non-positive stride is not supported|stride should be greater than zero",
        "errors/arguments/#stride-not-positive",
        "stride=1",
    ),
    Message(
        "dilation-not-positive",
        "torch",
        r"dilation should be greater than zero|non-positive dilation is not supported",
        "errors/arguments/#dilation-not-positive",
        "dilation=1",
    ),
    Message(
        "kernel-size-not-positive",
        "torch",
        r"kernel size should be greater than zero"
        r"|Trying to create tensor with negative dimension"
        r"|non-empty 5D \(n_output_plane x n_input_plane",
        "errors/arguments/#kernel-size-not-positive",
        "kernel_size=1 or more",
    ),
    Message(
        "output-too-small",
        "torch",
        rf"Given input size per channel: {_list('in_size')}\s*\. Calculated output size "
        rf"per channel: {_list('out_size')}\s*\. Output size is too small",
        "errors/output-size/#output-too-small",
        "a smaller padding, or a larger input or kernel_size",
    ),
    Message(
        "pool-output-too-small",
        "torch",
        rf"Given input size: {_list('in_size')}\s*\. Calculated output size: "
        rf"{_list('out_size')}\s*\. Output size is too small"
        r"|max_pool1d\(\) Invalid computed output size"
        r"|input image \([^)]{0,200}\) smaller than kernel size",
        "errors/output-size/#pool-output-too-small",
        "a smaller kernel_size, or one pooling layer less",
    ),
    Message(
        "kernel-does-not-fit",
        "torch",
        rf"Calculated padded input size per channel: {_list('padded')}\s*\. Kernel size: "
        rf"{_list('extent')}\s*\. Kernel size can't be greater than actual input size",
        "errors/output-size/#kernel-does-not-fit",
    ),
    Message(
        "transposed-channels",
        "torch",
        rf"Given transposed=1, weight of size {_list('weight')}, expected input"
        rf"{_list('input')} to have (?P<wanted>\d+) channels, but got "
        r"(?P<got>\d+) channels instead",
        "errors/channels/#transposed-channels",
        "nn.ConvTranspose{dims}d({got}, out_channels, ...), whose weight is "
        "(in_channels, out_channels // groups, ...)",
    ),
    Message(
        "channels",
        "torch",
        rf"Given groups=(?P<groups>\d+), weight of size {_list('weight')}, expected input"
        rf"{_list('input')} to have (?P<wanted>\d+) channels, but got "
        r"(?P<got>\d+) channels instead",
        "errors/channels/#channels",
        "nn.Conv{dims}d({got}, out_channels, ...), whose weight is "
        "(out_channels, in_channels // groups, ...)",
    ),
    Message(
        "groups-not-positive",
        "torch",
        r"non-positive groups is not supported|groups must be a positive integer",
        "errors/channels/#groups-not-positive",
        "groups=1",
    ),
    Message(
        "groups-do-not-divide",
        "torch",
        r"(?P<which>in_channels|out_channels) must be divisible by groups"
        rf"|Given groups=(?P<groups>\d+), expected weight to be (?:at least \d+|"
        rf"divisible by \d+) at dimension 0, but got weight of size {_list('weight')}",
        "errors/channels/#groups-do-not-divide",
        "groups that divides in_channels and out_channels, such as groups=1",
    ),
    Message(
        "bias-shape",
        "torch",
        rf"expected bias to be 1-dimensional with (?P<wanted>\d+) elements, but got "
        rf"bias of size {_list('bias')}",
        "errors/channels/#bias-shape",
        "a bias of shape ({wanted},)",
    ),
    Message(
        "input-axes",
        "torch",
        r"Expected (?P<unbatched>\d)D \(unbatched\) or (?P<batched>\d)D \(batched\) input"
        rf" to (?P<function>\w+), but got input of size: {_list('input')}"
        rf"|Expected (?P<batched_too>\d)-dimensional input for \d-dimensional weight "
        rf"{_list('weight')}, but got \d-dimensional input of size {_list('input_too')}",
        "errors/shapes/#input-axes",
        "x.unsqueeze(0) for a missing channel or batch axis",
    ),
    Message(
        "weight-axes",
        "torch",
        r"weight should have at least three dimensions",
        "errors/shapes/#weight-axes",
        "a weight of shape (in_channels, out_channels // groups, kernel_size)",
    ),
    Message(
        "list-length",
        "torch",
        r"expected (?P<name>stride|padding|dilation|output_padding) to be a single "
        r"integer value or a list of (?P<wanted>\d+) values to match the convolution "
        rf"dimensions, but got \w+={_list('got')}",
        "errors/arguments/#list-length",
        "{name} as one int, or as {wanted} of them",
    ),
    Message(
        "empty-axis",
        "torch",
        r"Only zero batch or zero channel inputs are supported, but got input shape: "
        rf"{_list('input')}",
        "errors/shapes/#empty-axis",
        "an input with at least one element on each spatial axis",
    ),
    Message(
        "no-channels",
        "torch",
        r"non-empty 2D or 4D weight tensor expected, but got: " + _list("weight"),
        "errors/channels/#no-channels",
        "out_channels=1 or more",
    ),
    Message(
        "transposed-string-padding",
        "torch",
        r"conv_transpose\dd\(\): argument 'padding' .{0,40}?must be tuple of ints, (?:not str|"
        r"but found element of type str)",
        "errors/arguments/#transposed-string-padding",
    ),
    Message(
        "not-an-int",
        "torch",
        r"argument '(?P<name>\w+)' (?:\(position \d+\) )?must be tuple of ints, (?:not |"
        r"but found element of type )(?P<type>float|bool|NoneType)",
        "errors/arguments/#not-an-int",
        "{name} as an int: int({name}), or // in place of /",
    ),
    Message(
        "arguments-not-understood",
        "torch",
        r"conv\w{0,40}\(\) received an invalid combination of arguments - got "
        r"\((?P<given>[^)]{0,400})\)",
        "errors/arguments/#arguments-not-understood",
        "ints, or tuples of ints, for stride, padding and dilation",
    ),
    Message(
        "transposed-padding-mode",
        "torch",
        r"Only \"zeros\" padding mode is supported for ConvTranspose(?P<dims>\d)d",
        "errors/padding/#transposed-padding-mode",
        'padding_mode="zeros"',
    ),
    Message(
        "padding-mode-unknown",
        "torch",
        r"padding_mode must be one of \{[^}]{0,200}\}, but got padding_mode='(?P<got>[^']*)'",
        "errors/padding/#padding-mode-unknown",
        'padding_mode="zeros", "reflect", "replicate" or "circular"',
    ),
    Message(
        "dtype-differs",
        "torch",
        r"expected scalar type (?P<wanted>\w+) but found (?P<got>\w+)"
        # Types of torch's own, such as torch.cuda.FloatTensor, differ in their device.
        r"|Input type \((?P<input>(?!torch\.)[\w.: ]+)\) and (?:bias|weight) type "
        r"\((?P<bias>(?!torch\.)[\w.: ]+)\)",
        "errors/shapes/#dtype-differs",
        "x.to(layer.weight.dtype)",
    ),
    Message(
        "dtype-not-supported",
        "torch",
        r"\"(?:slow_conv|compute_columns)\w*\" not implemented for '(?P<got>\w+)'",
        "errors/shapes/#dtype-not-supported",
        "x.float()",
    ),
    Message(
        "output-size-out-of-range",
        "torch",
        rf"requested an output size of {_list('wanted')}, but valid sizes range from "
        rf"{_list('lowest')} to {_list('highest')} \(for an input of "
        rf"(?:{_list('in_size')}|torch)",
        "errors/output-size/#output-size-out-of-range",
    ),
    Message(
        "output-size-length",
        "torch",
        r"ConvTranspose(?P<dims>\d)D: for (?P<batched>\d)D input, output_size must have "
        r"(?P<few>\d) or (?P<many>\d) elements \(got (?P<got>\d+)\)",
        "errors/output-size/#output-size-length",
        "output_size=skip.shape[-{dims}:]",
    ),
    Message(
        "output-size-is-an-int",
        "torch",
        r"object of type 'int' has no len\(\)",
        "errors/output-size/#output-size-is-an-int",
        "output_size=[size] with one size for each axis",
    ),
    Message(
        "output-size-not-taken",
        "torch",
        r"(?<![\w.])(?P<function>[\w.]+)\(\) got an unexpected keyword argument 'output_size'",
        "errors/output-size/#output-size-not-taken",
        "layer(x, output_size=size) on the nn.ConvTranspose module itself",
    ),
    Message(
        "same-with-stride",
        "torch",
        r"padding='same' is not supported for strided convolutions",
        "errors/padding/#same-with-stride",
        "padding=(kernel_size - 1) // 2 for an odd kernel, which gives "
        "ceil(in_size / stride)",
    ),
    Message(
        "padding-string-unknown",
        "torch",
        r"Invalid padding string:? '(?P<got>[^']*)'",
        "errors/padding/#padding-string-unknown",
        'padding="same" or padding="valid"',
    ),
    Message(
        "reflection-too-wide",
        "torch",
        r"Padding size should be less than the corresponding input dimension, but got: "
        rf"padding {_list('padding')} at dimension (?P<axis>\d) of input {_list('input')}",
        "errors/padding/#reflection-too-wide",
        'a padding below the input size, or padding_mode="replicate"',
    ),
    Message(
        "circular-too-wide",
        "torch",
        r"Padding value causes wrapping around more than once",
        "errors/padding/#circular-too-wide",
        "a padding of at most the input size",
    ),
    Message(
        "pool-padding-too-large",
        "torch",
        r"pad(?:ding)? should be (?:at most|smaller than or equal to) half of (?:effective )?"
        r"kernel size(?:, but got pad(?:ding)?=(?P<padding>\d+)(?:,| and) "
        r"kernel_size=(?P<kernel_size>\d+))?",
        "errors/padding/#pool-padding-too-large",
        "padding=kernel_size // 2 or less",
    ),
    Message(
        "unpool-size-out-of-range",
        "torch",
        r"invalid output_size \"(?P<wanted>[^\"]*)\" \(dim (?P<axis>\d) must be between "
        r"(?P<lowest>\d+) and (?P<highest>\d+)\)",
        "errors/skip-connections/#unpool-size-out-of-range",
    ),
    Message(
        "unpool-index",
        "torch",
        r"Found an invalid max index: (?P<index>\d+)"
        r"|input and indices shapes do not match"
        r"|Expected shape of indices to be same as that of the input tensor",
        "errors/skip-connections/#unpool-index",
        "unpool(x, indices, output_size=before_the_pool.shape[-2:])",
    ),
    Message(
        "resized-to-nothing",
        "torch",
        r"Input and output sizes should be greater than 0, but got input "
        r"\((?P<input>[^)]{0,200})\)(?: and)? output \((?P<output>[^)]{0,200})\)",
        "errors/output-size/#resized-to-nothing",
        "size=1 or more, or a larger scale_factor",
    ),
    Message(
        "skip-does-not-fit",
        "torch",
        r"Sizes of tensors must match except in dimension (?P<axis>\d)(?:\. "
        r"(?:Expected size (?P<wanted>\d+) but got size (?P<got>\d+)"
        r"|Got (?P<wanted_old>\d+) and (?P<got_old>\d+) in dimension \d))?",
        "errors/skip-connections/#skip-does-not-fit",
    ),
    Message(
        "sizes-differ",
        "torch",
        r"size of tensor a \((?P<wanted>\d+)\) must match the size of tensor b "
        r"\((?P<got>\d+)\)(?: at non-singleton dimension (?P<axis>\d))?",
        "errors/skip-connections/#sizes-differ",
    ),
)

OTHERS = (
    Message(
        "skip-does-not-fit",
        "keras",
        r"A `Concatenate` layer requires inputs with matching shapes",
        "errors/other-frameworks/#keras-skip-does-not-fit",
    ),
    Message(
        "output-padding-not-below-stride",
        "keras",
        r"Stride \((?P<stride>[\d, ]+)\) must be greater than output padding "
        r"\((?P<output_padding>[\d, ]+)\)"
        r"|Strides must be greater than output padding"
        r"|output_padding.{0,40}must be (?:(?:strictly )?less than (?:the )?|< `?)strides?"
        r"|lead to a Torch output_padding \((?P<torch>\d+)\) that is greater than strides",
        "errors/other-frameworks/#keras-output-padding-not-below-stride",
        "an output_padding below the stride; a whole stride more is another padding",
    ),
    Message(
        "output-shape-impossible",
        "tensorflow",
        r"out_backprop doesn't match computed: actual = (?P<actual>\d+), computed = "
        r"(?P<computed>\d+)",
        "errors/other-frameworks/#output-shape-impossible",
        "an output_shape whose convolution gives the input back",
    ),
    Message(
        "output-shape-impossible",
        "tensorflow",
        r"could not create (?:a )?primitive(?: descriptor)?",
        "errors/other-frameworks/#onednn-output-shape-impossible",
        "an output_shape whose convolution gives the input back",
    ),
    Message(
        "output-padding-not-below-stride",
        "onnxruntime",
        r"Computed output shape is inconsistent with input spatial dimensions\. "
        r"output_padding \((?P<output_padding>\d+)\) may be too large for stride "
        r"\((?P<stride>\d+)\)",
        "errors/other-frameworks/#onnxruntime-output-padding-not-below-stride",
        "output_padding={largest} or less",
    ),
    Message(
        "converter-refuses",
        "",
        r"does not support `?transposed=True`?"
        r"|Cannot convert ConvTranspose\dd with output_padding",
        "errors/other-frameworks/#converter-refuses",
        "padding=0 and output_padding=0, then a slice of the result",
    ),
)

MESSAGES = (*TORCH, *OTHERS)
