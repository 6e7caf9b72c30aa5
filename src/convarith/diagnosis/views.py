"""A view of a fixed shape: its batch, channels or sizes are not those of the map."""

from __future__ import annotations

from math import isqrt, prod

from convarith.diagnosis.joining import FLATTEN, code
from convarith.diagnosis.kind import Cause
from convarith.diagnosis.values import Found, Sizes, several


def of_view(found: Found, framework: str) -> list[Cause]:
    """A view of a fixed shape: its batch or its features are not those of the map."""
    shape, size = several(found.get("shape", -1)), found["size"]
    rest = found["each"]
    if -1 in shape[1:] or rest < 0 or not size:
        return []
    if size % rest == 0 and shape[0] != size // rest:
        return [_other_batch(shape, size, rest, framework)]
    if len(shape) > 2:
        return [_other_map(shape, size, rest, framework)]
    return [_other_view(shape, size, rest, framework)]


def _other_map(shape: Sizes, size: int, rest: int, framework: str) -> Cause:
    """A view with spatial axes: for each reading that divides, what fits."""
    readings = _readings(shape, size)
    told = [f"(..., {', '.join(map(str, one[1:]))})" for one in readings]
    en = f"The tensor has {size} elements, and {rest} does not divide them, so not all sizes of the shape {shape} are those of the map."
    zh = f"张量有 {size} 个元素，不能被 {rest} 整除，所以形状 {shape} 里并非每个尺寸都和特征图相同。"
    channels = prod(shape[1:-2])
    if len(readings) == 1:
        (fits,) = readings
        own = prod(fits[1:-2])
        if own != channels:
            en += f" If the batch and the last two sizes are right, the layer in front returned {own} channels instead of {channels}."
            zh += f"如果批次和最后两个尺寸没错，那么前一层输出了 {own} 个通道，而不是 {channels} 个。"
        else:
            en += f" With this batch and {channels} channels, {fits} fits."
            zh += f"批次不变、通道为 {channels} 时，{fits} 合适。"
    elif readings:
        en += f" Several shapes fit: {', '.join(told)}."
        zh += f"几个形状都合适：{'，'.join(told)}。"
    spatial = len(readings) == 1 and prod(readings[0][1:-2]) == channels
    return Cause(
        en,
        "Print the shape in front of the `view`, and take its sizes from the map. A wrong number of channels comes from the layer in front, such as one for another number of classes; wrong spatial sizes come from another image.",
        zh,
        "打印 `view` 之前的形状，尺寸从特征图取得。通道数不对，就看前一层，例如它的类别数不同；空间尺寸不对，就是图像的尺寸不同。",
        f"x.view{readings[0]}"
        if spatial and framework == "torch"
        else "print(x.shape)",
    )


def _readings(shape: Sizes, size: int) -> list[Sizes]:
    """The shapes with as many elements in which one axis, or both sides, differ."""
    fits: list[Sizes] = []
    for at in range(1, len(shape)):
        count, left = divmod(size, max(prod(shape) // max(shape[at], 1), 1))
        if not left and shape[at] > 0 and count != shape[at]:
            fits.append((*shape[:at], count, *shape[at + 1 :]))
    side = isqrt(size // max(prod(shape[:-2]), 1))
    if shape[-2] == shape[-1] and side * side * prod(shape[:-2]) == size:
        # A map of another square is likelier than one of two sides that differ.
        fits = [one for one in fits if one[-2:] == shape[-2:]]
        fits.append((*shape[:-2], side, side))
    return fits


def _other_batch(shape: Sizes, size: int, rest: int, framework: str) -> Cause:
    kept, n = (-1, *shape[1:]), shape[0]
    lines = (f"x.reshape{kept}", f"keras.ops.reshape(x, {kept})", f"x.reshape{kept}")
    en, zh = "The last batch of an epoch may be smaller.", "每轮的最后一批可能不满。"
    if n > 0 and size > n * rest and size % n == 0:
        en = f"If the batch is right, each example has {size // n} values, and the image or the channels have another size."
        zh = f"如果批次没错，那就是每个样本有 {size // n} 个数值，图像的尺寸或通道数不同。"
    return Cause(
        f"The tensor has {size} elements, that is {size // rest} * {rest}. If each example has {rest} values, the batch has {size // rest} examples, and the shape says {n}. {en}",
        "Do not write the batch size as a number: -1 takes it from the tensor.",
        f"张量有 {size} 个元素，也就是 {size // rest} * {rest}。如果每个样本有 {rest} 个数值，批次里就有 {size // rest} 个样本，而形状里写的是 {n}。{zh}",
        "不要把批次大小写成数字：-1 会从张量取得。",
        code(lines, framework),
    )


def _other_view(shape: Sizes, size: int, rest: int, framework: str) -> Cause:
    return Cause(
        f"The tensor has {size} elements, and {rest} does not divide them: the map does not have the {rest} features of each example that the shape asks for. Usually the image has another size than the one that the layer was made for.",
        "Keep the batch and let -1 count the features; then give the next layer their number.",
        f"张量有 {size} 个元素，不能被 {rest} 整除：每个样本没有形状要求的 {rest} 个特征。多半是图像的尺寸和建层时的不同。",
        "保留批次，特征数用 -1；再让下一层的特征数等于它。",
        code(FLATTEN, framework),
    )
