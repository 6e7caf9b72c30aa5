"""Millions of settings, and the arithmetic of torch with letters in place of numbers."""

from typing import Any

import pytest
import sympy
import torch
from torch.nn import functional as F

from tests import sweep

pytestmark = pytest.mark.slow


def test_the_library_and_torch_agree_on_two_million_settings(
    record_count: Any,
) -> None:
    tally = sweep.sweep()

    record_count("settings asked of torch", tally.asked)
    assert tally.differ == []
    assert tally.asked >= 2_000_000


def test_the_sweep_finds_a_torch_that_is_off_by_one_for_one_setting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def off_by_one(x: torch.Tensor, weight: torch.Tensor, *rest: Any) -> torch.Tensor:
        result = F.conv_transpose1d(x, weight, *rest)
        wrong = x.shape[2] == 17 and rest == (None, 2, 1, 1, 1, 3)
        return result[..., :-1] if wrong else result

    monkeypatch.setitem(sweep.ONE_AXIS, "transposed", off_by_one)
    enabled, gradients = torch.backends.mkldnn.enabled, torch.is_grad_enabled()
    try:
        tally = sweep.run_part(("transposed on one axis", (3, 2)))
    finally:
        torch.backends.mkldnn.enabled = enabled
        torch.set_grad_enabled(gradients)

    assert len(tally.differ) == 1
    assert "transposed 17, k=3" in tally.differ[0]


def _symbolic(name: str, *arguments: str) -> tuple[Any, dict[str, Any]]:
    """torch's own arithmetic, traced with a symbol for each of the six numbers."""
    from torch._dynamo.source import ConstantSource
    from torch._subclasses.fake_tensor import FakeTensorMode
    from torch.fx.experimental.symbolic_shapes import DimDynamic, ShapeEnv

    shapes = ShapeEnv()
    hints = {"i": 9, "k": 3, "s": 4, "p": 2, "d": 5, "a": 3}
    symbols = {
        letter: shapes.create_symintnode(
            shapes.create_symbol(
                hint, source=ConstantSource(letter), dynamic_dim=DimDynamic.DYNAMIC
            ),
            hint=hint,
        )
        for letter, hint in hints.items()
    }
    transposed = name == "transposed"
    with FakeTensorMode(shape_env=shapes):
        x = torch.empty(1, 1, symbols["i"])
        weight = torch.empty(1, 1, symbols["k"])
        result = torch.ops.aten.convolution(
            x,
            weight,
            None,
            [symbols["s"]],
            [symbols["p"]],
            [symbols["d"]],
            transposed,
            [symbols["a"] if transposed else 0],
            1,
        )
    expressions = {letter: symbol.node.expr for letter, symbol in symbols.items()}
    return result.shape[2].node.expr, expressions


def test_torchs_own_arithmetic_of_a_transposed_convolution_is_the_closed_form() -> None:
    traced, at = _symbolic("transposed")

    closed = (
        (at["i"] - 1) * at["s"] + at["d"] * (at["k"] - 1) + 1 - 2 * at["p"] + at["a"]
    )
    assert traced.free_symbols == set(at.values())
    assert sympy.expand(traced - closed) == 0


def test_torchs_own_arithmetic_of_a_convolution_is_the_closed_form() -> None:
    traced, at = _symbolic("conv")

    inside = at["i"] + 2 * at["p"] - at["d"] * (at["k"] - 1) - 1
    assert traced.free_symbols == set(at.values()) - {at["a"]}
    for numbers in (
        (9, 3, 4, 2, 5),
        (30, 5, 3, 1, 2),
        (7, 1, 2, 0, 1),
        (64, 4, 7, 3, 3),
    ):
        given = dict(zip((at[letter] for letter in "ikspd"), numbers, strict=True))
        value = int(inside.subs(given)) // numbers[2] + 1
        assert int(traced.subs(given)) == value
    floors = [
        part
        for part in sympy.preorder_traversal(traced)
        if "Floor" in type(part).__name__
    ]
    assert [sympy.expand(part.args[0] - inside) for part in floors] == [0]
