"""What a prediction and its target have to do with each other, by their shapes.

The first shape is always the prediction's, and the second one the target's.
"""

from __future__ import annotations

from convarith.diagnosis.kind import Cause
from convarith.diagnosis.loss_counts import (
    colours,
    examples,
    no_batch,
    pixels,
    reshaped,
)
from convarith.diagnosis.loss_sizes import other_sizes
from convarith.diagnosis.loss_texts import (
    Pair,
    axes,
    class_axis,
    classes_last,
    moved,
    one_hot,
    other_classes,
    squeezed,
    turned,
)
from convarith.diagnosis.pairs import CHANNELS_LAST, shapes
from convarith.diagnosis.values import Found, Sizes, without
from convarith.diagnosis.whose import batch

# More examples than this are pixels that were flattened into the batch.
PIXELS = 10_000
# A target that has an axis of classes, of any size.
CLASSES = (0, 5, 0, 0)


def of_losses(found: Found, framework: str) -> list[Cause]:
    """What may be true of these two, the most likely first."""
    if "target" in found or "target_axes" in found:
        told = [_of_target(found)]
        return told if "target" in found else [*told, _of_target({"target": CLASSES})]
    if found.get("elements"):
        return _of_elements(found["wanted"], found["got"])
    pair = Pair(*shapes(found), framework)
    if not (pair.first and pair.second):
        return _of_batches(found, framework) if "wanted" in found else []
    if found.get("alone"):
        return _of_alone(pair)
    if found.get("indices"):
        return _of_indices(pair)
    if found.get("rows"):
        return _of_rows(pair)
    if found.get("expected"):
        return _of_expected(pair)
    return _of_equals(pair)


def _of_alone(pair: Pair) -> list[Cause]:
    """Keras 2 asks a loss whose name begins with sparse for an axis of 1."""
    told = _of_equals(pair)
    if pair.first[1:] == (1,) and len(pair.second) == 2:
        return [one_hot(pair), *told]
    return told


def _of_equals(pair: Pair) -> list[Cause]:
    """Both must have one shape."""
    first, second, framework = pair
    if len(first) != len(second):
        return _axis_too_many(pair)
    if first[1:] == second[1:]:
        rows = {"wanted": first[0], "got": second[0]}
        if len(first) > 2:
            return [batch(rows, framework)]
        return _of_batches(rows, framework)
    if _same(without(first, pair.classes), without(second, pair.classes)):
        return other_classes(pair)
    if len(first) > 2 and _same(second, (*first[:1], *first[2:], first[1])):
        return [moved(pair)]
    if _are_turned(first, second):
        return [turned(pair)]
    start = 1 if framework in CHANNELS_LAST or len(first) < 3 else 2
    if len(first) == 3 and start == 2 and first[1] != second[1]:
        start = 1
    return other_sizes(pair, first[start:], second[start:], start)


def _axis_too_many(pair: Pair) -> list[Cause]:
    first, second, _ = pair
    if told := _axis_of_1(pair):
        return told
    if len(first) == len(second) + 1 and _same(pair.without_classes(), second):
        return [class_axis(pair)]
    return [axes(pair)]


def _axis_of_1(pair: Pair) -> list[Cause]:
    first, second, _ = pair
    for name, long, short in (("x", first, second), ("target", second, first)):
        ones = [at for at, size in enumerate(long) if size == 1]
        ones.sort(key=lambda at: at == 0)
        if len(long) == len(short) + 1:
            for at in ones:
                if _same(without(long, at), short):
                    return [squeezed(pair, name, at)]
    return []


def _of_indices(pair: Pair) -> list[Cause]:
    """The target must have the prediction's shape without the classes."""
    mine, second = pair.without_classes(), pair.second
    if len(mine) != len(second):
        return []
    if mine[0] != second[0] and None not in (mine[0], second[0]):
        return [batch({"wanted": mine[0], "got": second[0]}, pair.framework)]
    if _are_turned(mine, second):
        return [turned(pair)]
    return other_sizes(pair, mine[1:], second[1:], 1)


def _of_expected(pair: Pair) -> list[Cause]:
    """The first shape is the one that torch asks of the target."""
    first, second, _ = pair
    if len(first) != len(second):
        return _axis_of_1(pair)
    told = other_sizes(pair, first[1:], second[1:], 1)
    if len(first) == 2:
        told.insert(0, classes_last(first, second))
    return told


def _of_rows(pair: Pair) -> list[Cause]:
    """One row of logits for each label."""
    first, second = pair.first, pair.second
    rows, labels, classes = first[0], second[0], first[-1]
    if len(first) == len(second) or labels == (rows or 0) * (classes or 0):
        return [one_hot(pair)]
    return _of_batches({"wanted": rows, "got": labels}, pair.framework)


def _of_batches(found: Found, framework: str) -> list[Cause]:
    a, b = found["wanted"], found["got"]
    if not a or not b:
        return []
    if a == 1 and framework == "torch":
        return [no_batch(b), reshaped(a, b, framework)]
    if found.get("datasets"):
        return [examples(a, b, framework)]
    small, large = sorted((a, b))
    if small >= PIXELS:
        return [pixels(a, b, framework)]
    if large % small == 0 and large > small:
        return [reshaped(a, b, framework), batch(found, framework)]
    return [batch(found, framework)]


def _of_elements(mine: int, theirs: int) -> list[Cause]:
    """All elements are counted, not the examples: a coloured mask has 3 times as many."""
    coloured = mine >= PIXELS and theirs in (3 * mine, 4 * mine)
    return [colours(mine, theirs)] if coloured else []


def _are_turned(one: Sizes, other: Sizes) -> bool:
    """Whether the last two axes are swapped."""
    return len(one) > 2 and other == (*one[:-2], one[-1], one[-2]) != one


def _same(one: Sizes, other: Sizes) -> bool:
    """Whether they are equal, where both are known."""
    return all(a == b or None in (a, b) for a, b in zip(one, other, strict=True))


def _of_target(found: Found) -> Cause:
    """A target that has to have the axes (batch, height, width)."""
    shape = found.get("target", (0,) * (found.get("target_axes") or 4))
    shape = shape if isinstance(shape, tuple) else (shape,)
    lines = "target.argmax(1)"
    en = "one axis too many; if it is one-hot, argmax returns the classes, and if it is a coloured image, each colour has to become the number of its class"
    zh = "多了一个维度；如果是独热编码，用 argmax 取类别；如果是彩色图像，要先把每种颜色换成类别编号"
    if len(shape) < 3:
        lines = "target.unsqueeze(0)"
        en, zh = "one axis too few, the batch", "少了一个维度，也就是批次"
    elif len(shape) == 4 and shape[1] in (0, 1):
        lines = "target.squeeze(1)"
        en, zh = "one axis of 1 too many", "多了一个大小为 1 的维度"
    elif len(shape) == 4 and shape[3] == 1:
        lines = "target.squeeze(-1)"
        en, zh = "one axis of 1 too many", "多了一个大小为 1 的维度"
    elif len(shape) == 4 and 0 < shape[3] <= 4:
        lines = "target[..., 0]"
        en = "its colours in the last axis; if all of them are equal, one is enough, otherwise each colour has to become the number of its class"
        zh = (
            "最后一维是颜色；如果各通道相同，取一个就行；否则要先把每种颜色换成类别编号"
        )
    named = f" {shape}" if 0 not in shape else ""
    return Cause(
        f"The target{named} must have the axes (batch, height, width) and hold the numbers of the classes. It has {en}.",
        "Give the target this shape.",
        f"目标{named} 的维度必须是（批次、高、宽），里面是类别编号。现在{zh}。",
        "把目标变成这个形状。",
        lines,
    )
