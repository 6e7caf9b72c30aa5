"""Messages of a model that was built or exported for another input shape."""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import prod

from convarith.diagnosis.joining import EXPORT, code
from convarith.diagnosis.kind import Cause, Kind, Wording
from convarith.diagnosis.pairs import CHANNELS_LAST, alone, shapes
from convarith.diagnosis.values import Found, Shape, Sizes, plain, sizes

FIRST, SECOND = sizes("first"), sizes("second")
# An image has fewer.
CHANNELS = 5
INDEX = r"index: \d{1,2} Got: -?\d+ Expected: -?\d+ ?"


def _by_index(groups: Mapping[str, str | None]) -> Found:
    """What was fed and what is expected, by axis."""
    told = re.findall(
        r"index: (\d+) got: (-?\d+) expected: (-?\d+)", (groups["at"] or "").lower()
    )
    axes = {int(at): (int(wanted), int(got)) for at, got, wanted in told}
    pairs = [axes.get(at, (None, None)) for at in range(max(3, *axes) + 1)]
    first, second = zip(*pairs, strict=True)
    return {"first": first, "second": second}


def _one_axis(groups: Mapping[str, str | None]) -> Found:
    """Only one axis is told."""
    found = plain(groups)
    at = found["axis"]
    told = [
        (None,) * at + (found[name],) + (None,) * (3 - at) for name in ("wanted", "got")
    ]
    return {**found, "first": told[0], "second": told[1]}


def _of_inputs(found: Found, framework: str) -> list[Cause]:
    """The first shape is the model's, the second one what was fed."""
    first, second = shapes(found)
    if not first or not second:
        return []
    if len(first) != len(second):
        return [_axes(first, second, framework)]
    apart = [
        at
        for at, (a, b) in enumerate(zip(first, second, strict=True))
        if None not in (a, b) and a != b
    ]
    last = len(first) - 1
    if not apart:
        return []
    if len(first) > 2 and _are_turned(first, second):
        return [_moved(first, second, framework)]
    if apart == [0]:
        return [_batch(first, second)]
    channels = last if framework in CHANNELS_LAST or framework == "tflite" else 1
    if apart == [channels] and len(first) > 2:
        return [_channels(first[channels], second[channels], framework)]
    return [_resized(first, second, channels, framework)]


def _are_turned(first: Sizes, second: Sizes) -> bool:
    """Whether the few channels that the model expects are at the other end."""
    return any(
        first[a] == second[b] != first[b] and (first[a] or CHANNELS) < CHANNELS
        for a, b in ((1, -1), (-1, 1))
    )


def _both(first: Sizes, second: Sizes) -> tuple[str, str]:
    one, other = Shape(first), Shape(second)
    return (
        f"The model expects {one}, and the input is {other}.",
        f"模型要求 {one}，而输入是 {other}。",
    )


def _axes(first: Sizes, second: Sizes, framework: str) -> Cause:
    en, zh = _both(first, second)
    fewer = len(second) < len(first)
    count = prod(size or 1 for size in first[1:])
    if (
        None not in first[1:]
        and len(second) > 1
        and count == prod(size or 1 for size in second[1:])
    ):
        return _rows(first, second, framework)
    at = -1 if framework in CHANNELS_LAST and second[-1:] != first[-1:] else 0
    lines = ("x.unsqueeze(0)", f"keras.ops.expand_dims(x, {at})", "x[None]")
    less = (
        "x.squeeze(0)",
        "keras.ops.squeeze(x, 0)",
        "x.reshape(shape)",
    )
    return Cause(
        f"{en} They have a different number of axes: {'the batch or the channels are missing' if fewer else 'one of them was added twice'}.",
        "Give the input the axes of the model.",
        f"{zh}两者的维度数不同：{'缺少批次或通道' if fewer else '有一个维度加了两次'}。",
        "让输入的维度和模型相同。",
        code(lines if fewer else less, framework),
    )


def _rows(first: Sizes, second: Sizes, framework: str) -> Cause:
    en, zh = _both(first, second)
    shape = (-1, *first[1:])
    line = f"x.reshape{shape}"
    return Cause(
        f"{en} Each example has the same number of values in another shape.",
        "Reshape the input.",
        f"{zh}每个样本的数值个数相同，只是形状不同。",
        "用 reshape 改变输入的形状。",
        code((line, f"keras.ops.reshape(x, {shape})", line), framework),
    )


def _moved(first: Sizes, second: Sizes, framework: str) -> Cause:
    en, zh = _both(first, second)
    to_last = framework in CHANNELS_LAST or (first[-1] is not None and first[-1] <= 4)
    start, end = (1, -1) if to_last else (-1, 1)
    line = f"np.moveaxis(x, {start}, {end})"
    return Cause(
        f"{en} The channels are at the other end.",
        "Move the axis of the channels.",
        f"{zh}通道在另一端。",
        "挪动通道维度。",
        code((line, f"keras.ops.moveaxis(x, {start}, {end})", line), framework),
    )


def _batch(first: Sizes, second: Sizes) -> Cause:
    return Cause(
        f"The model was exported for a batch of {first[0]}, and the input has {second[0]} examples.",
        "Feed the batch that the model was exported for, one after the other, or export it again with a batch of any size.",
        f"模型导出时批次是 {first[0]}，而输入有 {second[0]} 个样本。",
        "按导出时的批次大小分批输入；或者重新导出，让批次可变。",
        EXPORT,
    )


def _channels(wanted: int, got: int, framework: str) -> Cause:
    modes = {1: ("L", "grey"), 3: ("RGB", "RGB"), 4: ("RGBA", "RGBA")}
    mode = modes.get(wanted, ("RGB", ""))[0]
    last = framework in CHANNELS_LAST or framework == "tflite"
    if wanted not in modes or got not in modes:
        line = "print(x.shape)"
    elif wanted < got:
        line = f"x[..., :{wanted}]" if last else f"x[:, :{wanted}]"
    else:
        line = f'np.asarray(Image.open(path).convert("{mode}"))'
    alpha = got == 4 and wanted == 3
    return Cause(
        f"The input has {got} channels, and the model expects {wanted}{': the image is RGBA, and its last channel is the alpha' if alpha else ''}.",
        f'Convert every image when you open it: `Image.open(path).convert("{mode}")`.'
        if wanted in modes
        else "Give the input the channels of the model.",
        f"输入有 {got} 个通道，模型要求 {wanted} 个{'：图像是 RGBA，最后一个通道是透明度' if alpha else ''}。",
        f'打开图像时统一转换：`Image.open(path).convert("{mode}")`。'
        if wanted in modes
        else "让输入的通道数和模型相同。",
        line,
    )


def _resized(first: Sizes, second: Sizes, channels: int, framework: str) -> Cause:
    spatial = [at for at in range(1, len(first)) if at != channels]
    want = [first[at] for at in spatial]
    fed = [second[at] for at in spatial]
    en, zh = _both(first, second)
    if all(size is not None for size in (*want, *fed)) and len(spatial) == 2:
        en = f"The model expects {want[0]} x {want[1]} (height x width), and the image is {fed[0]} x {fed[1]}."
        zh = (
            f"模型要求 {want[0]} x {want[1]}（高 x 宽），而图像是 {fed[0]} x {fed[1]}。"
        )
    known = [size if size is not None else "size" for size in want]
    height, width = (known * 2)[:2] if known else ("height", "width")
    lines = (
        f"F.interpolate(x, size=({height}, {width}))",
        f"keras.ops.image.resize(x, ({height}, {width}))",
        f"jax.image.resize(x, ({', '.join(map(str, known))}), 'linear')",
        f"cv2.resize(image, ({width}, {height}))",
    )
    return Cause(
        f"{en} This size is fixed in the model.",
        "Resize the image, with a border if its shape should stay, or build or export the model with axes of any size.",
        f"{zh}模型里写死了这个尺寸。",
        "缩放图像，要保持长宽比就加边；或者重新构建、导出模型，让这些维度可变。",
        code(lines, framework),
    )


KINDS = (
    Kind(
        "model-input-shape",
        rf"Got invalid dimensions for input: [\w./:-]{{1,80}} for the following indices (?P<at>(?:{INDEX}){{1,8}})",
        "print(session.get_inputs()[0].shape)",
        "The model was built or exported for another input shape than the one that was fed.",
        "Resize the input to the shape of the model, or build or export the model with axes of any size.",
        "模型构建或导出时的输入形状，和现在传入的不同。",
        "把输入缩放到模型的形状；或者重新构建、导出模型，让这些维度可变。",
        framework="onnxruntime",
        read=_by_index,
        causes=_of_inputs,
        also=(
            Wording(
                "keras",
                rf"is incompatible with (?:the )?layer(?: [\w/]{{1,60}})?: (?:: )?expected shape={FIRST}, found shape={SECOND}"
                rf"|Invalid input shape for input .{{1,200}}?\. Expected shape {FIRST}, but input has incompatible shape {SECOND}"
                rf"|was constructed with shape {FIRST} for input .{{1,400}}?, but it was called on an input with incompatible shape {SECOND}"
                rf"|Cannot feed value of shape {SECOND} for Tensor \S{{1,80}}, which has shape '?{FIRST}",
                "print(model.input_shape)",
            ),
            Wording(
                "keras",
                rf"Error when checking (?:model )?input: expected \S{{1,60}} to have shape {FIRST} but got array with shape {SECOND}",
                "print(model.input_shape)",
                read=alone,
            ),
            Wording(
                "tflite",
                r"Cannot set tensor: Dimension mismatch\. Got (?P<got>\d+) but expected (?P<wanted>\d+) for dimension (?P<axis>\d) of input",
                "print(interpreter.get_input_details())",
                read=_one_axis,
            ),
            Wording(
                "openvino",
                rf"model input \(shape=\[?{FIRST}\]?\) and the tensor \(shape=\(?{SECOND}"
                rf"|input tensor size is not equal to the model input type: got {SECOND} expecting {FIRST}",
                "print(model.input().shape)",
            ),
            Wording(
                "tensorrt",
                rf"Supplied binding dimension {SECOND} for bindings\[\d+\] exceed min ~ max range at index (?P<axis>\d), maximum dimension in profile is (?P<highest>\d+), minimum dimension in profile is (?P<lowest>\d+)"
                r"|Supplied binding dimension"
                r"|Static dimension mismatch while setting input shape",
                "print(engine.get_tensor_shape(name))",
                "Feed a shape within the profile of the engine, or build the engine with a profile that contains the shape.",
                "输入形状要在引擎的 profile 范围之内；或者用包含这个形状的 profile 重新构建引擎。",
            ),
        ),
    ),
)
