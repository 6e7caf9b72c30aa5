"""The same transposed convolution in another framework, values and all.

Each framework's arguments become the crop of the full result that they stand for,
and a crop becomes the arguments of any framework.
"""

from convarith.porting._port import Port, port
from convarith.porting.crop import Call, Crop, on_each_axis
from convarith.porting.flax import flax_crop
from convarith.porting.framework import WeightLayout
from convarith.porting.frameworks import WEIGHTS
from convarith.porting.jax import jax_call, jax_crop
from convarith.porting.keras import keras_call, keras_crop
from convarith.porting.onnx import onnx_call, onnx_crop, onnx_inferred_size
from convarith.porting.openvino import openvino_call, openvino_crop
from convarith.porting.paddle import paddle_call, paddle_crop
from convarith.porting.tensorflow import tensorflow_crop
from convarith.porting.torch import torch_call, torch_crop

__all__ = [
    "WEIGHTS",
    "Call",
    "Crop",
    "Port",
    "WeightLayout",
    "flax_crop",
    "jax_call",
    "jax_crop",
    "keras_call",
    "keras_crop",
    "on_each_axis",
    "onnx_call",
    "onnx_crop",
    "onnx_inferred_size",
    "openvino_call",
    "openvino_crop",
    "paddle_call",
    "paddle_crop",
    "port",
    "tensorflow_crop",
    "torch_call",
    "torch_crop",
]
