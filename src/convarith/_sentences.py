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
    "language": (
        'language must be "en" or "zh"',
        'language 必须是 "en" 或 "zh"',
    ),
    "message": (
        "message must be text or an exception",
        "message 必须是文本或异常",
    ),
    "message:because": ("this is of type {kind}", "它的类型是 {kind}"),
    "message:valid": ("diagnose(str(error))", "diagnose(str(error))"),
    "unknown-message": ("This message is not known here.", "这里不认识这条报错。"),
    "nearest-messages": ("The nearest that are: {names}.", "最接近的有：{names}。"),
    "unshared": (
        "no {names} serves every axis; give one as a tuple",
        "没有一组 {names} 适合所有轴；请把其中一个写成元组",
    ),
}


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
