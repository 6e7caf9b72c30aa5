"""The same transposed convolution in another framework, values and all.

Each framework's arguments become the crop of the full result that they stand for,
and a crop becomes the arguments of any framework.
"""

from convarith.porting.axes import on_each_axis
from convarith.porting.canonical import Call, Crop, full_size
from convarith.porting.coreml import coreml_crop
from convarith.porting.flax import flax_crop
from convarith.porting.jax import jax_call, jax_crop
from convarith.porting.keras import keras_call, keras_crop
from convarith.porting.onnx import onnx_call, onnx_crop
from convarith.porting.onnx_inference import onnx_inferred_size
from convarith.porting.openvino import openvino_call, openvino_crop
from convarith.porting.tensorflow import tensorflow_crop
from convarith.porting.tensorrt import tensorrt_crop
from convarith.porting.torch import torch_call, torch_crop
from convarith.porting.weights import WEIGHTS, WeightLayout

__all__ = [
    "WEIGHTS",
    "Call",
    "Crop",
    "WeightLayout",
    "coreml_crop",
    "flax_crop",
    "full_size",
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
    "tensorflow_crop",
    "tensorrt_crop",
    "torch_call",
    "torch_crop",
]
