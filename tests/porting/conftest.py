"""One process for each family of frameworks, started when it is first asked."""

from collections.abc import Iterator

import pytest

from tests.porting.frameworks import Runtime


def _asked(every: int, **environment: str) -> Iterator[Runtime]:
    runtime = Runtime(every, **environment)
    yield runtime
    runtime.leave()


@pytest.fixture(scope="session")
def runtime(every: int) -> Iterator[Runtime]:
    """Keras on torch, ONNX and OpenVINO."""
    yield from _asked(every, KERAS_BACKEND="torch")


@pytest.fixture(scope="session")
def tensorflow(every: int) -> Iterator[Runtime]:
    """TensorFlow, and Keras on it."""
    yield from _asked(every, KERAS_BACKEND="tensorflow")


@pytest.fixture(scope="session")
def paddle(every: int) -> Iterator[Runtime]:
    """Paddle."""
    yield from _asked(every)


@pytest.fixture(scope="session")
def xla(every: int) -> Iterator[Runtime]:
    """JAX and Flax."""
    yield from _asked(every)
