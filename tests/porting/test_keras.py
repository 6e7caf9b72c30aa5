"""Keras gives the values that its crop says, and takes torch's layers back."""

import pytest

from tests.porting import layers_of_keras
from tests.porting.frameworks import Framework

pytestmark = pytest.mark.slow


def test_keras_crops_what_is_said(runtime: Framework) -> None:
    layers_of_keras.check_there(runtime, 500, "keras on torch")


def test_a_layer_of_torch_is_taken_to_keras(runtime: Framework) -> None:
    layers_of_keras.check_back(runtime, 250, "torch to keras on torch")
