"""Channels that another axis holds: a weight of another library, an image in a row."""

from __future__ import annotations

from math import isqrt

from convarith.diagnosis.kind import Cause
from convarith.diagnosis.values import Found, Sizes, several


def of_last(found: Found) -> list[Cause]:
    """MLX has the channels last in both; one of the two may have them second."""
    shape, weight = several(found.get("input", ())), several(found.get("weight", ()))
    line = "print(x.shape, w.shape)"
    en, zh = "Compare the last axes of the two.", "对照两者的最后一维。"
    if len(shape) == len(weight) > 2 and shape[-1] != weight[-1]:
        axes = (0, *range(2, len(shape)), 1)
        for name, turned, other, told in (
            ("w", weight, shape, ("weight", "权重")),
            ("x", shape, weight, ("input", "输入")),
        ):
            if turned[1] == other[-1]:
                line = f"{name}.transpose{axes}"
                en = f"The {told[0]} has its channels on axis 1, as in PyTorch: move them to the end."
                zh = f"{told[1]}的通道在维度 1，和 PyTorch 一样：把它挪到最后。"
                break
    return [
        Cause(
            f"MLX reads the channels in the last axis of the input and of the weight. The input is {shape}, and the weight is {weight}.",
            en,
            f"MLX 从输入和权重的最后一维读取通道。输入是 {shape}，权重是 {weight}。",
            zh,
            line,
        )
    ]


def of_rows(shape: Sizes, wanted: int) -> list[Cause]:
    """PyTorch prints a batch of 1 for an input without a batch."""
    side = isqrt(shape[-1] or 0)
    if len(shape) != 4 or shape[2] != wanted or side * side != shape[-1] or side < 5:
        return []
    own = tuple(shape[1:])
    return [
        Cause(
            f"PyTorch prints a batch of 1 for an input that has none. If yours is {own}, these are {shape[1]} examples whose images are flattened: {shape[-1]} = {side} * {side}.",
            "Give every image its height and width.",
            f"输入没有批次时，PyTorch 会打印成批次为 1。如果你的输入是 {own}，那就是 {shape[1]} 个样本，图像被展平了：{shape[-1]} = {side} * {side}。",
            "把每张图像变回高和宽。",
            f"x.view(-1, {wanted}, {side}, {side})",
        )
    ]
