"""How each framework writes its layer: names and order of the arguments."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from convarith.porting.canonical import Crop
from convarith.porting.flax import flax_crop
from convarith.porting.keras import keras_crop
from convarith.porting.onnx import onnx_crop

if TYPE_CHECKING:
    from collections.abc import Callable


class Dialect(NamedTuple):
    """One framework's; an empty name is an argument it does not have."""

    crop: Callable[..., Crop]
    # What may stand without a name, and what else decides the crop.
    order: str
    kernel: str
    dilation: str
    others: str
    # Its names for what torch takes first, or what stands for them.
    channels: tuple[str, str]
    bias: str
    groups: str
    example: str


DIALECTS = {
    "keras": Dialect(
        keras_crop,
        order="filters kernel_size strides padding output_padding data_format "
        "dilation_rate activation use_bias",
        kernel="kernel_size",
        dilation="dilation_rate",
        others="padding output_padding",
        channels=("in_channels", "filters"),
        bias="use_bias",
        groups="",
        example="Conv2DTranspose(8, 3, strides=2, padding='same')",
    ),
    "flax": Dialect(
        flax_crop,
        order="features kernel_size strides padding kernel_dilation use_bias",
        kernel="kernel_size",
        dilation="kernel_dilation",
        others="padding",
        channels=("in_features", "features"),
        bias="use_bias",
        groups="",
        example="nn.ConvTranspose(8, (3, 3), strides=(2, 2), padding='SAME')",
    ),
    "onnx": Dialect(
        onnx_crop,
        order="",
        kernel="kernel_shape",
        dilation="dilations",
        others="auto_pad pads output_padding output_shape",
        channels=("in_channels", "out_channels"),
        bias="",
        groups="group",
        example="ConvTranspose(kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1])",
    ),
}
NNX = DIALECTS["flax"]._replace(
    order="in_features out_features kernel_size strides",
    channels=("in_features", "out_features"),
)
