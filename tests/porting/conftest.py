"""One process for each family of frameworks, started when it is first asked."""

from collections.abc import Iterator

import pytest

from tests.porting.frameworks import Runtime


def _asked(**environment: str) -> Iterator[Runtime]:
    runtime = Runtime(**environment)
    yield runtime
    runtime.leave()


@pytest.fixture(scope="session")
def runtime() -> Iterator[Runtime]:
    """Keras on torch, ONNX and OpenVINO."""
    yield from _asked(KERAS_BACKEND="torch")


@pytest.fixture(scope="session")
def tensorflow() -> Iterator[Runtime]:
    """TensorFlow, and Keras on it."""
    yield from _asked(KERAS_BACKEND="tensorflow")


@pytest.fixture(scope="session")
def xla() -> Iterator[Runtime]:
    """JAX and Flax."""
    yield from _asked()
