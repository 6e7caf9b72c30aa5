"""The frameworks themselves, each asked in a process of its own.

A process, because XLA's compiler can end the one it runs in, and because Keras reads
its backend once. Requests and answers are pickled lists; nothing of this repository is
imported there but this file.
"""

import os
import pickle
import subprocess
import sys
import warnings
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest

ROOT = Path(__file__).parent.parent.parent
QUIET = {
    "OMP_NUM_THREADS": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "JAX_PLATFORMS": "cpu",
    # This pass of jaxlib ends the process on some legal transposed convolutions.
    "XLA_FLAGS": "--xla_disable_hlo_passes=algsimp",
}


class Request(NamedTuple):
    """One call: the arguments as the framework takes them, all arrays as torch has them.

    The kernel alone is already in the framework's own layout.
    """

    arguments: dict[str, Any]
    x: np.ndarray
    kernel: np.ndarray
    bias: np.ndarray


def needs(*packages: str) -> None:
    """Skip where a large framework is missing."""
    for package in packages:
        if find_spec(package) is None:
            pytest.skip(f"{package} is not installed here: make test-porting runs this")


class Runtime:
    """A process that answers until it is left; several tests may ask it."""

    def __init__(self, every: int, **environment: str) -> None:
        self.every = every
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.porting.frameworks"],
            env={**os.environ, **QUIET, **environment},
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def answers(self, name: str, requests: list[Request]) -> list[np.ndarray | str]:
        """What it answers to each request: values, or what it said refusing."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        pickle.dump(
            (name, [tuple(request) for request in requests]), self._process.stdin
        )
        self._process.stdin.flush()
        found = pickle.load(self._process.stdout)
        assert len(found) == len(requests)
        return found  # type: ignore[no-any-return]

    def leave(self) -> None:
        self._process.kill()
        self._process.communicate()


def _last(x: np.ndarray) -> np.ndarray:
    return np.moveaxis(x, 1, -1)


def _first(y: Any) -> np.ndarray:
    return np.moveaxis(np.asarray(y), -1, 1)


def _keras(ask: Request) -> np.ndarray:
    import keras

    kind = getattr(keras.layers, f"Conv{ask.x.ndim - 2}DTranspose")
    layer = kind(len(ask.bias), data_format="channels_last", **ask.arguments)
    x = _last(ask.x)
    layer.build(x.shape)
    layer.set_weights([ask.kernel, ask.bias])
    values = keras.ops.convert_to_numpy(layer(x))
    assert tuple(layer.compute_output_shape(x.shape)) == values.shape
    return _first(values)


def _tensorflow(ask: Request) -> np.ndarray:
    import tensorflow as tf

    arguments = dict(ask.arguments)
    ask_for = getattr(tf.nn, f"conv{ask.x.ndim - 2}d_transpose")
    shape = (len(ask.x), *arguments.pop("output_shape"), len(ask.bias))
    return _first(ask_for(_last(ask.x), ask.kernel, shape, **arguments) + ask.bias)


def _jax(ask: Request) -> np.ndarray:
    import jax

    return _first(
        jax.lax.conv_transpose(_last(ask.x), ask.kernel, **ask.arguments) + ask.bias
    )


def _flax_linen(ask: Request) -> np.ndarray:
    import flax.linen as nn

    layer = nn.ConvTranspose(len(ask.bias), **ask.arguments)
    weights = {"params": {"kernel": ask.kernel, "bias": ask.bias}}
    return _first(layer.apply(weights, _last(ask.x)))


def _flax_nnx(ask: Request) -> np.ndarray:
    from flax import nnx

    layer = nnx.ConvTranspose(
        ask.x.shape[1], len(ask.bias), rngs=nnx.Rngs(0), **ask.arguments
    )
    layer.kernel[...] = ask.kernel
    layer.bias[...] = ask.bias
    return _first(layer(_last(ask.x)))


def _onnx_node(ask: Request) -> Any:
    from onnx import TensorProto, helper

    kinds = {"X": ask.x, "W": ask.kernel, "B": ask.bias}
    node = helper.make_node("ConvTranspose", list(kinds), ["Y"], **ask.arguments)
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, list(array.shape))
        for name, array in kinds.items()
    ]
    output = helper.make_tensor_value_info("Y", TensorProto.FLOAT, None)
    graph = helper.make_graph([node], "g", inputs, [output])
    opset = [helper.make_opsetid("", 22)]
    return helper.make_model(graph, opset_imports=opset, ir_version=10)


def _onnx_runtime(ask: Request) -> np.ndarray:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 4
    model = _onnx_node(ask).SerializeToString()
    session = onnxruntime.InferenceSession(
        model, options, providers=["CPUExecutionProvider"]
    )
    fed = {"X": ask.x, "W": ask.kernel, "B": ask.bias}
    return session.run(None, fed)[0]  # type: ignore[no-any-return]


def _onnx_reference(ask: Request) -> np.ndarray:
    from onnx.reference import ReferenceEvaluator

    fed = {"X": ask.x, "W": ask.kernel, "B": ask.bias}
    return ReferenceEvaluator(_onnx_node(ask)).run(None, fed)[0]  # type: ignore[no-any-return]


def _onnx_inference(ask: Request) -> np.ndarray:
    """The sizes that shape inference writes, as an array."""
    from onnx import shape_inference

    model = shape_inference.infer_shapes(_onnx_node(ask), strict_mode=True)
    shape = model.graph.output[0].type.tensor_type.shape
    return np.array([axis.dim_value for axis in shape.dim][2:])


def _openvino(ask: Request) -> np.ndarray:
    import openvino
    import openvino.opset13 as ops

    arguments = dict(ask.arguments)
    sizes = arguments.pop("output_shape", None)
    if sizes is not None:
        arguments["output_shape"] = ops.constant(np.array(sizes, dtype=np.int64))
    x = ops.parameter(list(ask.x.shape), np.float32)
    grouped = ask.kernel.ndim > ask.x.ndim
    make = (
        ops.group_convolution_backprop_data
        if grouped
        else ops.convolution_backprop_data
    )
    model = openvino.Model([make(x, ops.constant(ask.kernel), **arguments)], [x])
    values = openvino.Core().compile_model(model, "CPU")([ask.x])[0]
    return np.asarray(values) + ask.bias.reshape(-1, *[1] * (ask.x.ndim - 2))


def _paddle(ask: Request) -> np.ndarray:
    import paddle
    from paddle.nn import functional

    convolve = getattr(functional, f"conv{ask.x.ndim - 2}d_transpose")
    x, kernel = paddle.to_tensor(ask.x), paddle.to_tensor(ask.kernel)
    values = convolve(x, kernel, **ask.arguments).numpy()
    return values + ask.bias.reshape(-1, *[1] * (ask.x.ndim - 2))  # type: ignore[no-any-return]


RUNS: dict[str, Callable[[Request], np.ndarray]] = {
    "keras": _keras,
    "tensorflow": _tensorflow,
    "jax": _jax,
    "flax-linen": _flax_linen,
    "flax-nnx": _flax_nnx,
    "onnx-runtime": _onnx_runtime,
    "onnx-reference": _onnx_reference,
    "onnx-inference": _onnx_inference,
    "openvino": _openvino,
    "paddle": _paddle,
}


def _answered(ask: Callable[[Request], np.ndarray], request: Request) -> Any:
    try:
        return np.array(ask(request))
    except Exception as refusal:
        return f"{type(refusal).__name__}: {refusal}"


def main() -> None:
    """Answer what comes on standard input, until it ends."""
    # A framework that prints must not spoil the answers.
    stream = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    warnings.simplefilter("ignore")
    while True:
        try:
            name, requests = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        ask = RUNS[name]
        found = [_answered(ask, Request(*each)) for each in requests]
        pickle.dump(found, stream)
        stream.flush()


if __name__ == "__main__":
    main()
