"""Messages of layers that resize a map, or fold windows into one."""

from __future__ import annotations

from collections.abc import Mapping

from convarith.diagnosis.kind import Kind, Wording
from convarith.diagnosis.values import Found, plain, sizes


def _next_multiple(groups: Mapping[str, str | None]) -> Found:
    found = plain(groups)
    if found.get("factor", 0) > 0:
        found["missing"] = -found["got"] % found["factor"]
    return found


def _padded(found: Found) -> str:
    if "missing" not in found:
        return "F.pad(x, (0, -x.shape[-1] % factor, 0, -x.shape[-2] % factor))"
    ends = (
        (0, 0, 0, found["missing"])
        if found["side"] == "height"
        else (0, found["missing"])
    )
    return f"F.pad(x, {ends})"


KINDS = (
    Kind(
        "unshuffle-size",
        r"pixel_unshuffle expects (?P<side>height|width) to be divisible by downscale_factor, but input\.size\(-\d\)=(?P<got>\d+) is not divisible by (?P<factor>\d+)",
        _padded,
        "`PixelUnshuffle` moves squares of pixels into the channels, so its factor must divide the height and the width.",
        "Pad the input to the next multiple of the factor, or crop it.",
        "`PixelUnshuffle` 把小方块里的像素挪到通道里，所以它的倍数必须能整除高和宽。",
        "把输入填充到下一个倍数，或者裁剪它。",
        here="The {side} is {got}, and the factor {factor} does not divide it.",
        here_zh="{side} 是 {got}，不能被 {factor} 整除。",
        read=_next_multiple,
        also=(
            Wording(
                "onnx",
                r"SpaceToDepth requires input (?:height|width) to be a multiple of block_size",
                "np.pad(x, ((0, 0), (0, 0), (0, 1), (0, 1)))",
            ),
        ),
    ),
    Kind(
        "fold-windows",
        rf"Given output_size={sizes('output_size')}, kernel_size={sizes('kernel_size')}, dilation={sizes('dilation')}, padding={sizes('padding')}, stride={sizes('stride')}, expected size of input's dimension \d to match the calculated number of sliding blocks (?P<rows>\d+) \* (?P<columns>\d+) = (?P<wanted>\d+), but got input\.size\(\d\)=(?P<got>\d+)"
        rf"|Given output_size={sizes('output_size')}, kernel_size={sizes('kernel_size')}, dilation={sizes('dilation')}, padding={sizes('padding')}, stride={sizes('stride')}, expected input\.size\(-\d\) to be (?P<wanted>\d+) but got (?P<got>\d+)"
        r"|expected size of input's dimension \d to match the calculated number of sliding blocks",
        "F.fold(columns, output_size=x.shape[-2:], kernel_size=3)",
        "`Fold` needs one column for each position of the window. With this `output_size`, `kernel_size`, `dilation`, `padding` and `stride`, the number of positions is different.",
        "Pass the same arguments to `Fold` as to `Unfold`, and the height and width before `Unfold` as `output_size`.",
        "`Fold` 要求窗口的每个位置对应一列。按这里的 `output_size`、`kernel_size`、`dilation`、`padding` 和 `stride`，位置的个数不同。",
        "`Fold` 的参数要和 `Unfold` 相同，`output_size` 写 `Unfold` 之前的高和宽。",
        here="There are {rows} * {columns} = {wanted} positions, and {got} columns.",
        here_zh="位置有 {rows} * {columns} = {wanted} 个，列有 {got} 个。",
    ),
    Kind(
        "resize-options",
        r"only one of size or scale_factor should be defined"
        r"|either size or scale_factor should be defined"
        r"|align_corners option can only be set with the interpolating modes"
        r"|Anti-alias option is restricted to"
        r"|recompute_scale_factor is not meaningful with an explicit size",
        'F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=False)',
        "`interpolate` takes either `size` or `scale_factor`. `align_corners`, even `False`, belongs to the linear and cubic modes, and `antialias` to `bilinear`, `bicubic` and `lanczos` on two axes.",
        "Pass `size` or `scale_factor`, not both, and leave out an option that does not belong to the mode.",
        "`interpolate` 的 `size` 和 `scale_factor` 只能传一个。`align_corners`（哪怕是 `False`）只用于线性和三次插值，`antialias` 只用于二维的 `bilinear`、`bicubic` 和 `lanczos`。",
        "`size` 和 `scale_factor` 只传一个，并去掉不属于这个模式的选项。",
        also=(
            Wording(
                "onnx",
                r"Either `sizes` or `scales` must be provided|Only one of scales or sizes must be provided|Either scales or sizes MUST be provided|Unknown value for `keep_aspect_ratio_policy`|(?<!: )nearest_mode|coordinate_transform(?:ation)?_mode:? ?.{0,40}?is not supported|mode attribute is|SpaceDepth op: only|Resize: (?:unsupported|unexpected) mode|'Linear' mode only supports|'Cubic' mode only supports|Invalid coordinate_transform",
                'onnx.helper.make_node("Resize", ["x", "", "scales"], ["y"], mode="nearest")',
                "Pass `scales` or `sizes`, not both, with one number for every axis, and take `mode`, `nearest_mode` and `coordinate_transformation_mode` from the list in the ONNX operator page.",
                "`scales` 和 `sizes` 只传一个，每个维度一个数；`mode`、`nearest_mode` 和 `coordinate_transformation_mode` 的取值见 ONNX 的算子页面。",
            ),
            Wording(
                "keras",
                r"Invalid value for argument `interpolation`|Lanczos interpolation is not supported",
                'keras.layers.UpSampling2D(2, interpolation="bilinear")',
            ),
            Wording(
                "jax",
                r"Unknown resize method",
                'jax.image.resize(x, shape, method="linear")',
            ),
        ),
    ),
)
