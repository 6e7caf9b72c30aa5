"""What Flax says of a broken call is said by its witness, known, and cured."""

import json

import pytest

from tests.porting.frameworks import needs
from tests.provoke.asking import Asked, faults
from tests.provoke.figures import WITNESSES

pytestmark = pytest.mark.slow


def test_what_breaks_a_call_of_flax_is_said_by_its_witness_and_known() -> None:
    needs("flax")
    swept = json.loads(WITNESSES.read_text("utf-8"))

    asked = {frame: Asked.of(frame, swept) for frame in ("flax-abstract", "flax")}

    assert list(faults(asked, swept)) == []
