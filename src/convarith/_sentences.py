"""What the library says in English and in Chinese: every sentence beside its twin."""

from __future__ import annotations

from typing import Any, NamedTuple

LANGUAGES = ("en", "zh")

# A refusal has three sentences: the rule, under "<name>:because" the reason, and under
# "<name>:valid" the nearest values that are accepted.
SENTENCES = {
    "got": ("{axis}{rule}, got {values}.", "{axis}{rule}，得到的是 {values}。"),
    "because": ("Because: {part}.", "原因：{part}。"),
    "received": ("Received: {part}.", "调用：{part}。"),
    "valid": ("Valid: {part}.", "可以用：{part}。"),
    "axis": ("axis {axis}:", "轴 {axis}："),
    "stop": (".", "。"),
    "cropped": (
        "The kernels reach over {full} elements. padding crops {b} at the start and "
        "{e} at the end",
        "各个卷积核一共覆盖 {full} 个元素。padding 在开头裁掉 {b} 个，在末尾裁掉 {e} 个",
    ),
    "un-cropped": (
        "; output_padding gives {a} back at the end",
        "；output_padding 在末尾还回 {a} 个",
    ),
    "past": (
        ", and {past} of it lies past the reach and holds the bias alone",
        "，其中 {past} 个超出覆盖范围，只含偏置",
    ),
    "shared": (
        "Every input from {first} to {last} comes out as {o}.",
        "从 {first} 到 {last} 的输入尺寸，输出都是 {o}。",
    ),
    "alone": (
        "No other input than {first} comes out as {o}.",
        "只有输入尺寸 {first} 的输出是 {o}。",
    ),
    "exactly": ("exactly {s} times every input", "任何输入都正好放大到 {s} 倍"),
    "plus": ("{s} times the input, plus {more}", "输入的 {s} 倍，再加 {more}"),
    "minus": ("{s} times the input, minus {less}", "输入的 {s} 倍，再减 {less}"),
    "even": (
        "even overlap: stride {s} divides kernel_size {k}",
        "重叠均匀：kernel_size {k} 是 stride {s} 的倍数",
    ),
    "uneven": (
        "uneven overlap: stride {s} does not divide kernel_size {k}",
        "重叠不均匀：kernel_size {k} 不是 stride {s} 的倍数",
    ),
    "small": (
        "holes: kernel_size {k} is below stride {s}",
        "有空位：kernel_size {k} 小于 stride {s}",
    ),
    "sparse": (
        "holes: stride {s} and dilation {d} share a factor",
        "有空位：stride {s} 与 dilation {d} 有公因数",
    ),
    "none": ("no output_padding", "不需要 output_padding"),
    "real": (
        "output_padding {a}, all of it real output",
        "output_padding {a}，还回的全是真实输出",
    ),
    "empty": (
        "output_padding {a}, of which {past} at the end is bias alone",
        "output_padding {a}，其中末尾 {past} 个只含偏置",
    ),
    "unmoved": (
        "no shift against plain resizing",
        "与直接缩放相比没有偏移",
    ),
    "right": (
        "the first input lands {shift} to the right of plain resizing",
        "第一个输入的落点比直接缩放偏右 {shift}",
    ),
    "left": (
        "the first input lands {shift} to the left of plain resizing",
        "第一个输入的落点比直接缩放偏左 {shift}",
    ),
    "more": ("and {count} more", "另有 {count} 个"),
    "nothing": ("Nothing fits: {reason}.", "没有合适的参数：{reason}。"),
    "never": (
        "within the bounds, {i} never comes out as {o}; the nearest sizes are {near}",
        "在给定范围内，{i} 的输出不会是 {o}；最接近的尺寸是 {near}",
    ),
    "nowhere": (
        "within the bounds, {i} never comes out as {o}, nor as any size near it",
        "在给定范围内，{i} 的输出不会是 {o}，附近也没有别的尺寸",
    ),
    "surplus": (
        ", for 2 * padding - output_padding would have to be {surplus}",
        "，因为 2 * padding - output_padding 必须等于 {surplus}",
    ),
    "and": (" and ", " 和 "),
    "unshared": (
        "no {names} serves every axis; give one as a tuple",
        "没有一组 {names} 适合所有轴；请把其中一个写成元组",
    ),
    # Porting.
    "porting-from-to": ("{name} from {first} to {last}", "{name} 取 {first} 到 {last}"),
    "porting-at-least": ("{name} must be at least {least}", "{name} 至少是 {least}"),
    "porting-at-least:valid": ("{name}={least} or more", "{name}={least} 或更大"),
    "porting-one-axis": ("{name} must be one whole number", "{name} 只能是一个整数"),
    "porting-one-axis:because": ("this function works on one axis", "这个函数一次只算一个轴"),
    "porting-one-axis:valid": ("one int; on_each_axis(function, ...) takes a tuple, one value for each axis", "一个整数；on_each_axis(function, ...) 接受元组，每个轴一个值"),
    "porting-pair": ("{name} on one axis must be a (begin, end) pair", "{name} 在一个轴上要给两个数：开头和末尾"),
    "porting-pair:because": ("an axis has two ends", "一个轴有两端"),
    "porting-pair:valid": ("{name}=(1, 1), for example", "例如 {name}=(1, 1)"),
    "porting-choice": ("{name} must be one of {choices}", "{name} 只能是这些之一：{choices}"),
    "porting-below-strides": ("output_padding must be below strides", "output_padding 必须小于 strides"),
    "porting-below-strides:because": ("from strides on, no convolution with these strides turns the output size into the input size, and {framework} refuses that", "output_padding 达到 strides 时，步幅相同的卷积变不回输入尺寸，{framework} 会拒绝"),
    "porting-in-size-needed": ("in_size must be given with output_shape", "给了 output_shape，也要给 in_size"),
    "porting-in-size-needed:because": ("with output_shape the crop depends on the input size", "有 output_shape 时，裁掉多少取决于输入尺寸"),
    "porting-in-size-needed:valid": ("in_size=1 or more", "in_size=1 或更大"),
    "porting-lengths": ("the tuples must have one value for each axis", "元组里每个轴要有一个值"),
    "porting-lengths:because": ("the tuples say how many axes there are", "元组的长度就是轴的个数"),
    "porting-lengths:valid": ("tuples of one length, and values that serve every axis", "长度相同的元组；不是元组的值用于所有轴"),
    "porting-something-left": ("the output size must be at least 1", "输出尺寸至少是 1"),
    "porting-something-left:because": ("the full result has {full} elements, and {left} are left after the crop", "完整结果有 {full} 个元素，裁剪后剩下 {left} 个"),
    "porting-something-left:valid": ("begin + end of {most} or less", "begin + end 不超过 {most}"),
    "porting-keras-strides-or-dilation": ("strides and dilation_rate must not both be larger than 1", "strides 和 dilation_rate 不能都大于 1"),
    "porting-keras-strides-or-dilation:because": ("a layer of Keras accepts only one of the two", "Keras 的层只接受其中一个"),
    "porting-keras-strides-or-dilation:valid": ("strides=1 or dilation_rate=1", "strides=1 或 dilation_rate=1"),
    "porting-tensorflow-output-shape": ("output_shape must be a size that the convolution turns into in_size", "output_shape 经过卷积必须变成 in_size"),
    "porting-tensorflow-output-shape:because": ("the function is the gradient of that convolution, and output_shape is the size of the convolution's input", "这个函数就是那个卷积的梯度，output_shape 是那个卷积的输入尺寸"),
    "porting-tensorflow-no-output-shape": ("another padding or in_size, as no output_shape fits", "换一个 padding 或 in_size，现在没有合适的 output_shape"),
    "porting-flax-circular": ("padding must not be 'CIRCULAR'", "padding 不能是 'CIRCULAR'"),
    "porting-flax-circular:because": ("PyTorch has no transposed convolution that wraps around", "PyTorch 没有首尾相接的转置卷积"),
    "porting-onnx-pads-or-auto-pad": ("pads must not be given with auto_pad", "pads 和 auto_pad 不能同时给"),
    "porting-onnx-pads-or-auto-pad:because": ("ONNX allows only one of the two", "ONNX 只允许给其中一个"),
    "porting-onnx-pads-or-auto-pad:valid": ("auto_pad='NOTSET', or no pads", "auto_pad='NOTSET'，或者不给 pads"),
    "porting-onnx-output-shape": ("output_shape must be at most {most} with this in_size", "in_size 不变时，output_shape 不能超过 {most}"),
    "porting-onnx-output-shape:because": ("ONNX Runtime accepts at most strides - 1 elements past the full result", "超出完整结果的元素，ONNX Runtime 最多接受 strides - 1 个"),
    "porting-line": ("a transposed convolution is given as a line of Python", "转置卷积要写成一行 Python"),
    "porting-line-no-kernel": ("{kernel} is missing", "缺少 {kernel}"),
    "porting-line-no-filters": ("this line does not say how large the filters are; convarith.porting.{crop} takes their size", "这一行没有写出卷积核的大小；convarith.porting.{crop} 接受这个大小"),
    "porting-line-other": ("{function} is not a transposed convolution of {framework}", "{function} 不是 {framework} 的转置卷积"),
    "porting-line-unknown": ("{name} is none of {names}", "{name} 不是这些之一：{names}"),
    "porting-then": (", then ", "，然后 "),
    "porting-add-begin": ("add {count} of bias alone before axis {axis}", "在轴 {axis} 的开头添 {count} 个只有偏置的位置"),
    "porting-add-end": ("add {count} of bias alone after axis {axis}", "在轴 {axis} 的末尾添 {count} 个只有偏置的位置"),
}  # fmt: skip


class Sentence(NamedTuple):
    """One sentence of the table with its values, not yet in any language."""

    key: str
    values: dict[str, Any]

    def text(self, language: str = "en") -> str:
        return say(language, self.key, **self.values)

    def __str__(self) -> str:
        return self.text()


def spoken(language: str) -> int:
    """Which of the twins a language is."""
    if language in LANGUAGES:
        return LANGUAGES.index(language)
    raise ValueError(f'language must be "en" or "zh", got {language!r}')


def say(language: str, sentence: str, /, **values: object) -> str:
    """The sentence in a language, with its values put in; a value may be one, too."""
    said = {name: _in(language, value) for name, value in values.items()}
    return SENTENCES[sentence][spoken(language)].format(**said)


def _in(language: str, value: object) -> object:
    if isinstance(value, Sentence):
        return value.text(language)
    return shown(value) if isinstance(value, int) else value


def shown(value: object) -> str:
    """A value as Python would write it; Python itself will not write a huge int."""
    try:
        return repr(value)
    except ValueError:
        bits = isinstance(value, int) and value.bit_length()
        return f"<an int of {bits} bits>" if bits else "?"
