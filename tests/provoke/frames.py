"""What the names in the lines mean, in each framework."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

Names = dict[str, Any]
DTYPES = ("float64", "float16", "int64", "uint8", "bool", "complex64")


class Frame(NamedTuple):
    """A way to run the lines of a framework, and whose versions it has."""

    framework: str
    names: Callable[[], Names]
    versions: tuple[str, ...]


def of_torch(device: str) -> Names:
    import torch
    from torch import nn
    from torch.nn import functional as F

    torch.set_num_threads(1)

    def ones(*sizes: int, dtype: str = "float32") -> torch.Tensor:
        return torch.ones(sizes, dtype=getattr(torch, dtype), device=device)

    def index(*sizes: int, dtype: str = "int64") -> torch.Tensor:
        return torch.zeros(sizes, dtype=getattr(torch, dtype), device=device)

    def added_to(x: torch.Tensor, other: torch.Tensor) -> torch.Tensor:
        x += other
        return x

    class On:
        """torch.nn with its layers on the device."""

        def __getattr__(self, name: str) -> Any:
            made = getattr(nn, name)
            if device == "cpu" or name.startswith(("Lazy", "Sequential")):
                return made
            return lambda *given, **named: made(*given, **named).to(device)

    return {
        **{"torch": torch, "nn": On(), "F": F, "np": np},
        **{"ones": ones, "index": index, "added_to": added_to},
        "far": lambda *sizes, **named: index(*sizes, **named) + 10**6,
        "elsewhere": lambda x: x.to("cpu" if device == "meta" else "meta"),
        "sparse": lambda x: x.to_sparse(),
        "copied_to": lambda x, other: x.copy_(other),
        "viewed": lambda x, size: x.view(size),
        "flattened": lambda x, features: On().Linear(features, 3)(torch.flatten(x, 1)),
    }


def _arrays() -> Names:
    def ones(*sizes: int, dtype: str = "float32") -> Any:
        return np.ones(sizes, dtype)

    return {"np": np, "ones": ones}


def of_keras(*, symbolic: bool) -> Names:
    os.environ["KERAS_BACKEND"] = "torch"
    import keras
    import torch
    from keras import layers, ops

    torch.set_num_threads(1)

    def called_twice(layer: Any, first: Any, second: Any) -> Any:
        layer(first)
        return layer(second)

    def input_of(*sizes: int, dtype: str = "float32") -> Any:
        return keras.KerasTensor(sizes, dtype)

    names = {"layers": layers, "ops": ops, "called_twice": called_twice}
    names["input_of"] = input_of
    return _arrays() | names | ({"ones": input_of} if symbolic else {})


def of_jax(how: str) -> Names:
    os.environ.setdefault("JAX_PLATFORMS", "cpu")
    import jax
    import jax.numpy as jnp
    from jax import lax

    def windows(x: Any, **named: Any) -> Any:
        return lax.reduce_window(x, -np.inf, lax.max, **named)

    names = {"jax": jax, "jnp": jnp, "lax": lax, "windows": windows, "np": np}
    names["ones"] = lambda *sizes, dtype="float32": jnp.ones(sizes, dtype)
    return _traced(names, how)


def of_flax(how: str) -> Names:
    os.environ.setdefault("JAX_PLATFORMS", "cpu")
    import jax
    import jax.numpy as jnp
    from flax import linen, nnx

    class Linen:
        """flax.linen, whose layers make their own parameters when they are called."""

        def __getattr__(self, name: str) -> Any:
            made = getattr(linen, name)
            if not isinstance(made, type):
                return made
            return lambda **named: lambda x, **more: called(made(**named), x, more)

    class Nnx:
        """flax.nnx, whose layers take random numbers."""

        def __getattr__(self, name: str) -> Any:
            made = getattr(nnx, name)
            return lambda **named: made(**named, rngs=nnx.Rngs(0))

    def called(layer: Any, x: Any, more: dict[str, Any]) -> Any:
        return layer.init_with_output(jax.random.key(0), x, **more)[0]

    names = {"linen": Linen(), "nnx": Nnx(), "np": np}
    names["ones"] = lambda *sizes, dtype="float32": jnp.ones(sizes, dtype)
    return _traced(names, how)


def _traced(names: Names, how: str) -> Names:
    """Runs a line as JAX does: at once, compiled, or for its shape only."""
    import jax

    if how == "eager":
        return names
    if how == "compiled":
        return {"run": lambda line: jax.jit(lambda: eval(line, names))()}
    return {"run": lambda line: jax.eval_shape(lambda: eval(line, names))}


def of_onnx(judge: str) -> Names:
    import onnx
    import onnxruntime
    from onnx import helper, numpy_helper

    kinds = dict(zip(DTYPES, (11, 10, 7, 2, 9, 14), strict=True)) | {"float32": 1}

    class Constant(np.ndarray):
        pass

    def constants(dtype: str) -> Callable[..., Any]:
        return lambda *values: np.array(values, dtype).view(Constant)

    def node(op: str, *inputs: Any, **attributes: Any) -> Any:
        names, values, constant, feed = [], [], [], {}
        for name, x in zip("ABCDE", inputs, strict=False):
            names.append("" if x is None else name)
            if isinstance(x, Constant):
                constant.append(numpy_helper.from_array(np.asarray(x), name))
            elif x is not None:
                feed[name] = np.asarray(x)
                kind = kinds[str(feed[name].dtype)]
                info = helper.make_tensor_value_info(name, kind, feed[name].shape)
                values.append(info)
        while names and not names[-1]:
            names.pop()
        given = {name: v for name, v in attributes.items() if v is not None}
        kind = values[0].type.tensor_type.elem_type if values else 1
        shape = [None] if judge == "checker" else None
        out = helper.make_tensor_value_info("Y", kind, shape)
        made = helper.make_node(op, names, ["Y"], **given)
        graph = helper.make_graph([made], "g", values, [out], constant)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 19)])
        model.ir_version = 9
        return judged[judge](model, feed)

    def inferred(model: Any, _: Any) -> Any:
        got = onnx.shape_inference.infer_shapes(model, strict_mode=True, data_prop=True)
        sizes = got.graph.output[0].type.tensor_type.shape.dim
        return np.broadcast_to(np.float32(1), [size.dim_value for size in sizes])

    def run(model: Any, feed: Any) -> Any:
        onnxruntime.set_default_logger_severity(4)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        session = onnxruntime.InferenceSession(
            model.SerializeToString(), options, providers=["CPUExecutionProvider"]
        )
        return session.run(None, feed)[0]

    judged: dict[str, Callable[[Any, Any], Any]] = {
        "checker": lambda model, _: onnx.checker.check_model(model),
        "inference": inferred,
        "runtime": run,
    }
    names = {"node": node, "f32": constants("float32"), "i64": constants("int64")}
    zeros = {"index": lambda *sizes, dtype="int64": np.zeros(sizes, dtype)}
    return _arrays() | names | zeros


FRAMES = {
    "torch": Frame("torch", lambda: of_torch("cpu"), ("torch",)),
    "torch-meta": Frame("torch", lambda: of_torch("meta"), ("torch",)),
    "keras": Frame("keras", lambda: of_keras(symbolic=False), ("keras", "torch")),
    "keras-symbolic": Frame(
        "keras", lambda: of_keras(symbolic=True), ("keras", "torch")
    ),
    "onnx-checker": Frame("onnx", lambda: of_onnx("checker"), ("onnx",)),
    "onnx-inference": Frame("onnx", lambda: of_onnx("inference"), ("onnx",)),
    "onnxruntime": Frame("onnx", lambda: of_onnx("runtime"), ("onnxruntime",)),
    "jax-abstract": Frame("jax", lambda: of_jax("abstract"), ("jax",)),
    "jax": Frame("jax", lambda: of_jax("eager"), ("jax",)),
    "jax-compiled": Frame("jax", lambda: of_jax("compiled"), ("jax",)),
    "flax-abstract": Frame("flax", lambda: of_flax("abstract"), ("flax", "jax")),
    "flax": Frame("flax", lambda: of_flax("compiled"), ("flax", "jax")),
}
