"""A grid of settings, and torch's own arithmetic with letters for numbers."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sympy
import torch
from torch.nn import functional as F

from tests import sweep
from tests.measurements import onednn

pytestmark = pytest.mark.slow


def test_the_library_and_torch_agree_on_a_part_of_the_grid(
    record_property: Callable[[str, Any], None],
) -> None:
    """Every stride and every kernel; the whole is asked by make exhaustive."""
    tally = sweep.sweep(sweep.all_parts(every=11))

    record_property("count", ["settings asked of torch", tally.asked])
    assert tally.differ == []
    assert tally.asked >= 125_000
    assert tally.accepted >= 100_000


@pytest.fixture
def restored() -> Iterator[None]:
    """A part of the sweep changes settings of its process, which here is this one."""
    gradients = torch.is_grad_enabled()
    with onednn(enabled=torch.backends.mkldnn.enabled):
        yield
    torch.set_grad_enabled(gradients)


@pytest.mark.usefixtures("restored")
def test_the_sweep_finds_a_torch_that_is_off_by_one_for_one_setting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def off_by_one(x: torch.Tensor, weight: torch.Tensor, *rest: Any) -> torch.Tensor:
        result = F.conv_transpose1d(x, weight, *rest)
        wrong = x.shape[2] == 17 and rest == (None, 2, 1, 1, 1, 3)
        return result[..., :-1] if wrong else result

    monkeypatch.setitem(sweep.ONE_AXIS, "transposed", off_by_one)
    tally = sweep.run_part(("transposed on one axis", (3, 2)))

    assert len(tally.differ) == 1
    assert "transposed 17, k=3" in tally.differ[0]


@pytest.mark.usefixtures("restored")
def test_the_sweep_finds_a_size_for_what_torch_refuses(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for kind in sweep.OURS:
        monkeypatch.setitem(sweep.OURS, kind, lambda *_, **__: 7)
    tally = sweep.run_part(("refusals", None))

    assert sum("not None" in differ for differ in tally.differ) > 1_000


def test_the_tally_keeps_what_only_one_of_two_refuses() -> None:
    tally = sweep.Tally()
    for ours, theirs in ((None, 7), (7, None), (7, 7), (None, None)):
        tally.count("x", ours, theirs)

    assert tally.differ == [
        "x: we say None, torch says 7",
        "x: we say 7, torch says None",
    ]


def _symbolic(*, transposed: bool) -> tuple[Any, dict[str, Any]]:
    """torch's own arithmetic, traced with a symbol for each of the six numbers."""
    from torch._dynamo.source import ConstantSource
    from torch._subclasses.fake_tensor import FakeTensorMode
    from torch.fx.experimental.symbolic_shapes import DimDynamic, ShapeEnv

    shapes = ShapeEnv()

    def symbol(letter: str, hint: int) -> Any:
        made = shapes.create_symbol(
            hint, source=ConstantSource(letter), dynamic_dim=DimDynamic.DYNAMIC
        )
        return shapes.create_symintnode(made, hint=hint)

    hints = {"i": 9, "k": 3, "s": 4, "p": 2, "d": 5, "a": 3}
    at = {letter: symbol(letter, hint) for letter, hint in hints.items()}
    given_back = at["a"] if transposed else 0
    with FakeTensorMode(shape_env=shapes):
        x, weight = torch.empty(1, 1, at["i"]), torch.empty(1, 1, at["k"])
        window = [at["s"]], [at["p"]], [at["d"]]
        result = torch.ops.aten.convolution(
            x, weight, None, *window, transposed, [given_back], 1
        )
    return result.shape[2].node.expr, {name: s.node.expr for name, s in at.items()}


def test_torchs_own_arithmetic_of_a_transposed_convolution_is_the_closed_form() -> None:
    traced, at = _symbolic(transposed=True)
    i, k, s, p, d, a = at.values()

    assert traced.free_symbols == set(at.values())
    assert sympy.expand(traced - ((i - 1) * s + d * (k - 1) + 1 - 2 * p + a)) == 0


def test_torchs_own_arithmetic_of_a_convolution_is_the_closed_form() -> None:
    traced, at = _symbolic(transposed=False)
    i, k, s, p, d, a = at.values()
    inside = i + 2 * p - d * (k - 1) - 1
    assert traced.free_symbols == set(at.values()) - {a}

    for numbers in (
        (9, 3, 4, 2, 5),
        (30, 5, 3, 1, 2),
        (7, 1, 2, 0, 1),
        (64, 4, 7, 3, 3),
    ):
        given = dict(zip((i, k, s, p, d), numbers, strict=True))
        assert int(traced.subs(given)) == int(inside.subs(given)) // numbers[2] + 1
    parts = sympy.preorder_traversal(traced)
    floors = [part for part in parts if "Floor" in type(part).__name__]
    assert [sympy.expand(part.args[0] - inside) for part in floors] == [0]
