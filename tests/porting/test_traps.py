"""Layers that look alike, and are not: the same size, or the same words, other values."""

import io
import warnings
from typing import Any

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
import torch.nn.functional as F

from convarith.porting import (
    WEIGHTS,
    Crop,
    flax_crop,
    jax_call,
    jax_crop,
    keras_crop,
    onnx_call,
    onnx_crop,
    torch_call,
    torch_crop,
)
from tests.porting.agreement import CLOSE
from tests.porting.frameworks import Request, Runtime
from tests.porting.windows import laid_out

pytestmark = pytest.mark.slow

GENERATOR = torch.Generator().manual_seed(0)


def _drawn(kernel_size: int, in_size: int = 5) -> tuple[torch.Tensor, torch.Tensor]:
    x = torch.randn(1, 2, in_size, generator=GENERATOR)
    return x, torch.randn(2, 3, kernel_size, generator=GENERATOR)


def _request(
    x: torch.Tensor, weight: torch.Tensor, layout: str, **arguments: Any
) -> Request:
    kernel = laid_out(weight, WEIGHTS[layout])
    return Request(arguments, x.numpy(), kernel, np.zeros(3, np.float32))


def _close(found: np.ndarray, expected: torch.Tensor) -> bool:
    return found.shape == tuple(expected.shape) and bool(
        np.abs(found - expected.numpy()).max() < CLOSE
    )


def test_same_and_torch_double_the_size_one_position_apart(runtime: Runtime) -> None:
    x, weight = _drawn(3)
    arguments = {"kernel_size": 3, "strides": 2, "padding": "same"}
    found = runtime.answers("keras", [_request(x, weight, "keras", **arguments)])[0]
    assert not isinstance(found, str)
    lookalike = F.conv_transpose1d(x, weight, stride=2, padding=1, output_padding=1)

    assert found.shape == tuple(lookalike.shape)
    assert not _close(found, lookalike)
    assert _close(found[..., 1:], lookalike[..., :-1])
    assert _close(found, F.conv_transpose1d(x, weight, stride=2)[..., :-1])
    # The crops say so: one starts a position later, and ends a position later.
    assert keras_crop(**arguments) == (0, 1)
    assert torch_crop(stride=2, padding=1, output_padding=1) == (1, 0)
    assert not torch_call(Crop(0, 1), stride=2).exact


def test_none_is_not_zero_in_keras(runtime: Runtime) -> None:
    x, weight = _drawn(4, in_size=4)
    own = {"kernel_size": 4, "strides": 2, "padding": "same"}
    given = (None, 0, 1)
    requests = [
        _request(x, weight, "keras", output_padding=value, **own) for value in given
    ]
    sizes = [
        found.shape[2]
        for found in runtime.answers("keras", requests)
        if not isinstance(found, str)
    ]

    assert sizes == [8, 6, 7]
    assert sizes == [
        keras_crop(output_padding=value, **own).out_size(4, kernel_size=4, stride=2)
        for value in given
    ]


@pytest.mark.parametrize("kernel_size", [2, 3, 4, 5])
def test_a_pad_of_jax_is_the_inputs_and_a_kernel_of_three_hides_it(
    xla: Runtime, kernel_size: int
) -> None:
    x, weight = _drawn(kernel_size)
    own = {"strides": (2,), "padding": [(1, 1)], "transpose_kernel": True}
    requests = [
        _request(
            x, weight, "jax-transpose-kernel", use_consistent_padding=consistent, **own
        )
        for consistent in (False, True)
    ]
    plain, consistent = xla.answers("jax", requests)
    truth = F.conv_transpose1d(x, weight, stride=2, padding=1)
    assert not isinstance(plain, str)
    assert not isinstance(consistent, str)

    assert _close(plain, truth) == (kernel_size == 3)
    assert _close(consistent, truth)
    crop = jax_crop(kernel_size=kernel_size, strides=2, padding=(1, 1))
    assert (crop == torch_crop(stride=2, padding=1)) == (kernel_size == 3)
    assert flax_crop(kernel_size=kernel_size, strides=2, padding=1) == crop
    assert jax_call(Crop(1, 1), kernel_size=kernel_size).arguments == {
        "padding": (kernel_size - 2, kernel_size - 2)
    }


def test_same_of_onnx_adds_nothing_where_the_kernel_is_below_the_stride(
    runtime: Runtime,
) -> None:
    x, weight = _drawn(2, in_size=3)
    node = {"kernel_shape": [2], "strides": [3], "auto_pad": "SAME_UPPER"}
    found = runtime.answers("onnx-runtime", [_request(x, weight, "onnx", **node)])[0]
    assert not isinstance(found, str)

    # Keras makes it nine, and so does ONNX by its words.
    assert found.shape[2] == 8
    assert _close(found, F.conv_transpose1d(x, weight, stride=3))
    assert onnx_crop(kernel_shape=2, strides=3, auto_pad="SAME_UPPER") == (0, 0)
    assert keras_crop(kernel_size=2, strides=3, padding="same") == (0, -1)


def test_a_layer_that_is_exported_and_then_refused() -> None:
    """torch takes output_padding from stride on where dilation is larger; ONNX does not.

    The export says nothing; the checker and shape inference have nothing against it.
    """
    layer = torch.nn.ConvTranspose1d(2, 3, 3, 2, output_padding=2, dilation=3)
    x = torch.randn(1, 2, 4, generator=GENERATOR)
    truth = layer(x).detach()
    assert truth.shape[2] == 15

    model = _exported(layer, x)
    onnx.checker.check_model(model, full_check=True)
    with pytest.raises(Exception, match=r"output_padding \(2\) may be too large"):
        _run(model, x)

    # What can be run gives all but the last position, which holds the bias alone.
    call = onnx_call(torch_crop(stride=2, dilation=3, output_padding=2), strides=2)
    assert call.rest == (0, -1)
    layer.output_padding = (call.arguments["output_padding"],)
    assert _close(_run(_exported(layer, x), x), truth[..., :-1])
    assert truth[0, :, -1].equal(layer.bias)


def _exported(layer: torch.nn.Module, x: torch.Tensor) -> onnx.ModelProto:
    file = io.BytesIO()
    with warnings.catch_warnings():
        # This exporter needs nothing more to be installed, and says that it is old.
        warnings.simplefilter("ignore")
        torch.onnx.export(layer.eval(), (x,), file, dynamo=False)
    return onnx.load_from_string(file.getvalue())


def _run(model: onnx.ModelProto, x: torch.Tensor) -> np.ndarray:
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    name = session.get_inputs()[0].name
    return session.run(None, {name: x.numpy()})[0]  # type: ignore[no-any-return]
