"""Whether two sizes can come from rounding, and what is no rounding and no stride."""

from __future__ import annotations

from typing import Literal

from convarith.diagnosis.kind import Cause
from convarith.diagnosis.pairs import apart_on, shapes, spatial_axes
from convarith.diagnosis.values import Found

# Products of the usual strides.
STEPS = sorted(2**n * odd for n in range(11) for odd in (1, 3, 5))
# A decoder joins the maps of each stride, so it meets a larger difference seldom.
NEAR = 4


def rounded(found: Found, framework: str) -> Literal["surely", "perhaps", ""]:
    """Whether one product of strides rounds one map to the other, on all axes."""
    pairs = [sorted((found["wanted"], found["got"]))]
    one_axis = True
    if shapes(found)[0]:
        spatial = spatial_axes(found, framework)
        axes = [at for at in apart_on(found) if at in spatial]
        first, second = shapes(found)
        pairs = [sorted((first[at], second[at])) for at in axes] or pairs
        one_axis = len(pairs) == 1
    apart = max(large - small for small, large in pairs)
    steps = [step for step in STEPS if step > apart]
    down = any(all(b // p * p == a for a, b in pairs) for p in steps)
    up = any(all(-(-a // p) * p == b for a, b in pairs) for p in steps)
    if down or (up and (apart < NEAR or not one_axis)):
        return "surely"
    return "perhaps" if up else ""


def kept(found: Found, framework: str) -> int:
    """What another spatial axis has in both, while a factor stands on this one."""
    if not shapes(found)[0] or "axis" not in found:
        return 0
    first, second = shapes(found)
    for at in spatial_axes(found, framework):
        if at != found["axis"] and first[at] == second[at] and (first[at] or 0) > 1:
            return int(first[at])
    return 0


def one_sided(found: Found, framework: str) -> Cause:
    small, large = sorted((found["wanted"], found["got"]))
    axis, size = found["axis"], kept(found, framework)
    return Cause(
        f"{large} is {large // small} times {small} on dimension {axis}, and another one has {size} in both: no square stride, pooling or upsampling does this. One of the two has its axes in another order, such as channels first among channels last, or a layer is not square.",
        "Print the shapes after each layer, and use one `data_format` for all of them; if a kernel, a stride or an upsampling is a pair of numbers, use the same pair on both sides.",
        f"维度 {axis} 上 {large} 是 {small} 的 {large // small} 倍，而另一个维度两边都是 {size}：方形的步幅、池化或上采样都做不到。其中一个的维度顺序不同（例如通道在前的混进了通道在后的），或者有一层不是方形的。",
        "逐层打印形状，所有层用同一个 `data_format`；如果卷积核、步幅或上采样写成一对数，两边就用同样的一对。",
        "print(skip.shape, x.shape)",
    )
