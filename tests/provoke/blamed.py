"""Which broken places a kind may name as the cause.

The place that was broken is the true cause, so a kind that is told for another place
is a wrong diagnosis. Where several places lead to one and the same sentence, a kind is
right if it may be told for one of them.
"""

from __future__ import annotations

import re

from convarith.diagnosis import KINDS as RECORDS

MAP = "input|weight|bias|more|target|size"
NUMBERS = "kernel_size|stride|padding|dilation|output_padding|output_size|pool_size"
OTHER_NUMBERS = (
    "strides|dilation_rate|kernel_shape|dilations|pads|output_shape|window_\\w+"
    "|[lr]hs_dilation|size|pad|cropping|pad_width|shape|scale_factor|num_features"
    "|norm_type|groups?|filters|\\w*_factor|in_channels|out_channels|divisor_override"
    "|blocksize|axis|dim|dimension|\\w+_group_count|storage_order|ceil_mode|\\w*features"
    "|depth_multiplier|value"
)
ANY_NUMBER = f"{NUMBERS}|{OTHER_NUMBERS}"
CHANNELS = f"{MAP}|in_channels|out_channels|groups?|filters|\\w*features|\\w+_group_count|\\w*kernel\\w*|dimension_numbers"
PADDING = "padding|pads?|mode|cropping|pad_width|value"
KINDS = {
    "argument-name": f"arguments|{MAP}|kernel_shape|axis|{ANY_NUMBER}|mode|value",
    "arguments-not-understood": ANY_NUMBER,
    "backend-lacks-operator": MAP,
    "batchnorm-channels": "input|num_features",
    "bias-shape": CHANNELS,
    "channels": f"{CHANNELS}|data_format",
    "circular-too-wide": f"{PADDING}|input",
    "data-format-unknown": "data_format|dimension_numbers|input|weight",
    "dilation-not-positive": r"\w*dilation\w*|strides",
    "dtype-differs": f"{MAP}|mode|scales|value",
    "dtype-not-supported": f"{MAP}|norm_type",
    "empty-axis": f"{MAP}|{ANY_NUMBER}",
    "factor-not-positive": r"\w*factor|groups|divisor_override|blocksize|size|bias|weight|more",
    "fold-windows": f"input|{NUMBERS}",
    "groups-do-not-divide": f"{CHANNELS}|depth_multiplier",
    "groups-not-positive": r"groups?|\w+_group_count|input",
    "input-axes": f"{MAP}|kernel_size|output_size|dimension_numbers|kernel_shape",
    "input-not-a-tensor": f"{MAP}|groups|pads|axis|{ANY_NUMBER}",
    "kernel-does-not-fit": f"input|weight|{ANY_NUMBER}",
    "kernel-shape-twice": "weight|kernel_shape",
    "kernel-size-not-positive": r"weight|kernel_\w+|pool_size|window_(?:dimensions|shape)",
    "linear-features": "input|features|size",
    "list-length": f"{ANY_NUMBER}|weight|input",
    "loss-shape": "input|weight|target",
    "negative-size": ANY_NUMBER + "|input|weight",
    "no-channels": f"{CHANNELS}|depth_multiplier",
    "not-an-int": f"{ANY_NUMBER}|mode|auto_pad|\\w+_mode|keep_\\w+|weight|more|dimension_numbers|kernel_shape",
    "number-too-large": f"{ANY_NUMBER}|input",
    "onednn-names-no-fault": f"{ANY_NUMBER}|{MAP}",
    "other-device": MAP,
    "output-padding-negative": "output_padding",
    "output-padding-not-below-stride": r"output_padding|\w*strides?|\w*dilations?|\w*dilation_rate|input",
    "output-padding-too-large": "output_padding|stride|dilation",
    "output-size-length": "output_size|kernel_size|input|arguments",
    "output-size-is-an-int": ANY_NUMBER,
    "output-size-not-taken": "arguments",
    "output-size-out-of-range": f"{ANY_NUMBER}|input|weight|arguments",
    "output-too-small": f"{ANY_NUMBER}|input",
    "pad-crops-everything": f"{PADDING}|input",
    "pad-length": f"{PADDING}|input|more|weight|padding_config|strides|rhs_dilation",
    "padding-mode-unknown": "padding_mode|mode|value|input|weight",
    "padding-negative": f"{PADDING}|dilation|strides",
    "padding-string-unknown": "padding|auto_pad",
    "padding-word-combined": "padding|auto_pad|pads|dilations|(?:lhs|input)_dilation",
    "pool-output-too-small": f"input|{ANY_NUMBER}",
    "pool-padding-too-large": "padding|pads|kernel_size|kernel_shape|dilation",
    "reflection-too-wide": f"{PADDING}|input|weight",
    "resize-axes": f"input|size|scale_factor|mode|scales|more|weight|shape|{MAP}",
    "resize-options": r"arguments|size|scale_factor|mode|align_corners|antialias|recompute_scale_factor|weight|bias|more|nearest_mode|coordinate_transformation_mode|keep_aspect_ratio_policy|method|interpolation",
    "resized-to-nothing": "input|size|scale_factor|recompute_scale_factor",
    "same-with-stride": "padding|stride",
    "shuffle-channels": r"input|\w*factor|groups|kernel_size|blocksize",
    "sizes-differ": f"{MAP}",
    "skip-does-not-fit": f"{MAP}|dim|axis|dimension",
    "stride-not-positive": r"\w*strides?|kernel_size",
    "stride-with-dilation": "strides|dilation_rate",
    "transposed-channels": CHANNELS,
    "transposed-padding-mode": "padding_mode",
    "transposed-string-padding": "padding",
    "unpool-index": f"{MAP}|{NUMBERS}",
    "unpool-size-out-of-range": f"{MAP}|{NUMBERS}",
    "unshuffle-size": r"input|\w*factor|blocksize",
    "weight-axes": f"weight|input|stride|kernel_size|{CHANNELS}",
}


# Other sizes, or another type, leave a map as many axes as it had.
SAME_AXES = re.compile(r"(?:empty|one|plus|minus|double|half|ninefold|dtype)-\w+")
# A number without measure wraps around, and then any place may be blamed.
VAST = {"int32", "int64", "over"}


def may_blame(kind: str, places: list[str]) -> bool:
    """Whether one of the broken places is what this kind names."""
    allowed = re.compile(KINDS.get(kind) or "|".join(named(kind)))
    return any(allowed.fullmatch(place) for place in places)


def named(kind: str) -> set[str]:
    """The arguments in what is said of a kind, which need no second list."""
    said = [one.cause + one.fix for one in RECORDS if one.name == kind]
    return {name for text in said for name in re.findall(r"`(\w+)`", text)}


def blames(kind: str, broken: dict[str, str]) -> bool:
    """Whether a kind names what was broken, and how."""
    if kind.endswith("-axes") and all(map(SAME_AXES.fullmatch, broken.values())):
        return False
    return set(broken.values()) <= VAST or may_blame(kind, list(broken))
