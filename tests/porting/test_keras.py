"""Keras gives the values that its crop says, and takes torch's layers back."""

import pytest

from tests.porting import layers_of_keras
from tests.porting.agreement import check_back, check_there
from tests.porting.frameworks import Runtime

pytestmark = pytest.mark.slow


def test_keras_crops_what_is_said(runtime: Runtime) -> None:
    tally = check_there(runtime, "keras", layers_of_keras.there("torch"), 500)

    assert len(tally.count) == 6


def test_a_layer_of_torch_is_taken_to_keras(runtime: Runtime) -> None:
    tally = check_back(runtime, "keras", layers_of_keras.back(), 250)

    assert len(tally.count) > 5
