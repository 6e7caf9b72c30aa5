"""Two tensors whose dimension 1, or last one, may hold the channels or a length."""

from __future__ import annotations

from math import gcd

from convarith.diagnosis.joining import FIRST, are_first, code
from convarith.diagnosis.kind import Cause
from convarith.diagnosis.pairs import CHANNELS_LAST, shapes
from convarith.diagnosis.values import IMAGE, Found

# So much two convolutions with an even kernel add.
EVEN = 2
# A layer seldom returns fewer.
MAP = 8


def image_mode(found: Found, framework: str = "torch") -> Cause:
    a, b, axis = found["wanted"], found["got"], found.get("axis", 0)
    last = 0 < axis == len(shapes(found)[0]) - 1
    line = 'Image.open(path).convert("RGB")'
    if {a, b} == {3, 4}:
        line = "x[..., :3]" if last else f"x[{':, ' * axis}:3]"
    elif {a, b} == {1, 3} and not axis and framework == "torch":
        line = "x.expand(3, -1, -1)"
    en, zh = "If these are images", "如果这些是图像"
    if not axis:
        en, zh = (
            "If the tensor is one image without a batch",
            "如果张量是一张不带批次的图像",
        )
    return Cause(
        f"{en}, dimension {axis} is the channels: {a} and {b}. A grey image has 1, RGB has 3, RGBA has 4{'' if axis else ', and `Normalize` needs one mean for each'}.",
        'Convert every image when you open it: `Image.open(path).convert("RGB")`. To drop the alpha of a tensor, keep its first 3 channels.',
        f"{zh}，维度 {axis} 就是通道：{a} 和 {b}。灰度图 1 个，RGB 3 个，RGBA 4 个{'' if axis else '，`Normalize` 要给每个通道一个均值'}。",
        '打开图像时统一转换：`Image.open(path).convert("RGB")`。张量要去掉透明通道，就只取前 3 个通道。',
        line,
    )


def channels(found: Found, framework: str) -> list[Cause]:
    """Of two that are combined element by element."""
    small, large = sorted((found["wanted"], found["got"]))
    if {small, large} <= IMAGE:
        return [image_mode(found, framework)]
    axis, rank = found["axis"], len(shapes(found)[0])
    spatial = rank - (1 if found.get("unbatched") else 2)
    n = spatial if 1 <= spatial <= 3 else 2
    order = FIRST if are_first(found, framework) else ""
    lines = (
        f"nn.Conv{n}d({small}, {large}, kernel_size=1)",
        f"keras.layers.Conv{n}D({large}, 1{order})(x)",
        "jnp.concatenate([x, skip], axis=-1)",
        f"np.concatenate([x, skip], axis={axis})",
    )
    en, zh = _where(axis, rank, is_map=spatial > 1, last=framework in CHANNELS_LAST)
    en += f": {small} and {large}. Strides and padding do not change them."
    zh += f"：{small} 和 {large}。步幅和填充不会改变它。"
    if small in IMAGE and large >= MAP:
        en += f" An image has {small}: if one of the two is the image itself, the sum got another map than the one that was meant."
        zh += f"图像有 {small} 个：如果其中一个就是图像本身，相加时就拿错了特征图。"
    return [
        Cause(
            en,
            f"Give both layers the same number of output channels, or bring the smaller one to {large} with a convolution of `kernel_size=1`; or join the two along the channels instead of adding them.",
            zh,
            f"让两层的输出通道数相同，或者用 `kernel_size=1` 的卷积把较小的变成 {large} 个；或者不相加，而是沿通道拼接。",
            code(lines, framework),
        )
    ]


def _where(axis: int, rank: int, *, is_map: bool, last: bool) -> tuple[str, str]:
    """A map with two spatial axes has channels; of fewer axes they may be features."""
    if is_map and axis == 1 < rank - 1 and last:
        return (
            f"If the maps have their channels first, dimension {axis} is the channels",
            f"如果特征图的通道在前面，维度 {axis} 就是通道",
        )
    if is_map:
        return f"Dimension {axis} is the channels", f"维度 {axis} 是通道"
    if rank and axis == rank - 1:
        return f"If dimension {axis} is the channels", f"如果维度 {axis} 是通道"
    return (
        f"If the tensors have the axes (batch, channels, ...), dimension {axis} is the channels",
        f"如果张量的维度是（批次、通道……），维度 {axis} 就是通道",
    )


def samples(found: Found) -> Cause:
    a, b = found["wanted"], found["got"]
    step = gcd(a, b)
    ratio = f"{a} : {b} = {a // step} : {b // step}"
    if found.get("joined", 1) > 1:
        en = f"If the tensors have the axes (batch, length, features), dimension 1 is the length, and {ratio}."
        zh = f"如果张量的维度是（批次、长度、特征），维度 1 就是长度，{ratio}。"
    else:
        en = f"If the tensors have the axes (batch, samples) or (batch, length, features), dimension 1 is the length: {a} and {b}."
        zh = f"如果张量的维度是（批次、采样点）或（批次、长度、特征），维度 1 就是长度：{a} 和 {b}。"
    if abs(a - b) <= EVEN and found.get("joined", 1) == 1:
        en += " In a residual sum, an even kernel_size with stride=1 and padding=kernel_size // 2 makes the length 1 larger in each layer."
        zh += "在残差相加中，偶数的 kernel_size 配上 stride=1 和 padding=kernel_size // 2，每一层会让长度多 1。"
    return Cause(
        en,
        "If the lengths have a simple ratio, make the product of the upsampling factors equal to the hop length. Otherwise, cut the longer one, or pad the signal to a multiple of the product of the strides before the first layer.",
        zh,
        "如果两个长度的比很简单，就让上采样倍数的乘积等于帧移（hop length）。否则裁掉较长的那个；或者在第一层之前，把信号填充到各层步幅乘积的倍数。",
        f"y[:, :{min(a, b)}]",
    )


def joined_elsewhere(found: Found, framework: str) -> Cause:
    a, b, axis = found["wanted"], found["got"], found["axis"]
    rank = len(shapes(found)[0])
    place = -1 if axis == rank - 1 else axis
    lines = (
        f"torch.cat([x, skip], dim={axis})",
        f"keras.layers.Concatenate(axis={place})([x, skip])",
        "jnp.concatenate([x, skip], axis=-1)",
        f"np.concatenate([x, skip], axis={axis})",
    )
    called = f"dimension {found['joined']}" if "joined" in found else "another one"
    called_zh = f"维度 {found['joined']}" if "joined" in found else "别的维度"
    en, zh = f"Only dimension {axis} differs", f"只有维度 {axis} 不同"
    if not rank:
        en, zh = (
            f"If the tensors have the axes (batch, channels, ...), dimension {axis} is the channels",
            f"如果张量的维度是（批次、通道……），维度 {axis} 就是通道",
        )
    fix = "Join the two along the channels.", "沿通道拼接。"
    if framework == "tensorrt":
        fix = (
            "Join the two along this dimension. With an implicit batch, TensorRT counts the dimensions without the batch, and these shapes may have it.",
            "沿这个维度拼接。隐式批次的 TensorRT 数维度时不算批次，而这些形状里可能有批次。",
        )
    return Cause(
        f"{en}: {a} and {b}. They may differ if the two are joined along it, usually the channels, and the call joins {called}.",
        fix[0],
        f"{zh}：{a} 和 {b}。沿这个维度（多半是通道）拼接时可以不同，而现在拼接的是{called_zh}。",
        fix[1],
        code(lines, framework),
    )
