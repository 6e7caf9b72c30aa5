"""torch modules read as layers, and layers written as torch modules."""

import sys
from itertools import product
from typing import Any

import pytest
import torch
from torch import nn

from convarith import (
    AdaptivePool,
    Conv,
    ConvTranspose,
    Fold,
    Norm,
    Pad,
    PixelUnshuffle,
    Pool,
    Resize,
    SizeError,
    Stack,
    Unfold,
    Unpool,
    from_torch,
)

MODULES: list[tuple[nn.Module, Any]] = [
    (nn.Conv1d(1, 1, 3, stride=2), Conv(3, stride=2)),
    (nn.Conv2d(4, 8, (3, 5), padding=(1, 2)), Conv((3, 5), padding=(1, 2))),
    (nn.Conv3d(1, 1, 3, dilation=2, padding="valid"), Conv(3, dilation=2)),
    (nn.Conv2d(1, 1, 3, padding="same"), Conv(3, padding=1)),
    (nn.Conv1d(1, 1, 4, padding="same"), Conv(4, padding=((1, 2),))),
    (nn.Conv1d(1, 1, 3, padding=2, padding_mode="circular"), Conv(3, padding=2, padding_mode="circular")),
    (
        nn.ConvTranspose2d(4, 2, 3, stride=2, padding=1, output_padding=(0, 1)),
        ConvTranspose(3, stride=2, padding=1, output_padding=(0, 1)),
    ),
    (nn.LazyConvTranspose3d(2, 4, stride=2), ConvTranspose(4, stride=2)),
    (nn.LazyConv2d(2, 3), Conv(3)),
    (nn.MaxPool2d(3, 2, 1, ceil_mode=True), Pool(3, stride=2, padding=1, ceil_mode=True)),
    (nn.MaxPool1d(3, dilation=2), Pool(3, dilation=2)),
    (nn.AvgPool1d(2), Pool(2)),
    (nn.LPPool2d(2, 3, stride=2, ceil_mode=True), Pool(3, stride=2, ceil_mode=True)),
    (nn.Upsample(scale_factor=2, mode="nearest-exact"), Resize(2, mode="nearest-exact")),
    (nn.AvgPool3d((1, 2, 2)), Pool((1, 2, 2))),
    (nn.Upsample(scale_factor=2), Resize(2)),
    (nn.Upsample(scale_factor=(2.0, 3.0), mode="bicubic"), Resize((2, 3), mode="bicubic")),
    (nn.UpsamplingNearest2d(scale_factor=2), Resize(2)),
    (nn.PixelShuffle(3), Resize(3)),
    (nn.ZeroPad2d(2), Pad(2)),
    (nn.ReflectionPad2d((1, 2, 3, 4)), Pad(((3, 4), (1, 2)), mode="reflect")),
    (nn.ConstantPad1d((0, 1), 5.0), Pad(((0, 1),))),
    (nn.ZeroPad1d((0, -1)), Pad(((0, -1),))),
    (nn.Upsample(scale_factor=(1.5, 0.6)), Resize((1.5, 0.6))),
    (nn.Upsample(size=(7, 9), mode="bicubic"), Resize(size=(7, 9), mode="bicubic")),
    (nn.UpsamplingBilinear2d(size=7), Resize(size=7, mode="bilinear")),
    (nn.AdaptiveAvgPool2d(1), AdaptivePool(1)),
    (nn.AdaptiveMaxPool3d((None, 2, 3)), AdaptivePool((None, 2, 3))),
    (nn.MaxUnpool2d(3, stride=2, padding=1), Unpool(3, stride=2, padding=1)),
    (nn.PixelUnshuffle(3), PixelUnshuffle(3)),
    (nn.Unfold(3, 2, 1, (1, 2)), Unfold(3, dilation=2, padding=1, stride=(1, 2))),
    (nn.Fold((9, 10), 3, stride=2, padding=1), Fold((9, 10), 3, stride=2, padding=1)),
    (nn.InstanceNorm2d(4), Norm()),
    (nn.BatchNorm1d(4, track_running_stats=False), Norm()),
]  # fmt: skip


def test_a_module_is_the_layer_with_its_parameters() -> None:
    for module, layer in MODULES:
        assert from_torch(module) == layer, module


def test_padding_layers_have_the_sizes_of_torch() -> None:
    names = ("ZeroPad", "ConstantPad", "ReplicationPad", "CircularPad")
    for name, axes in product(names, (1, 2, 3)):
        kind = getattr(nn, f"{name}{axes}d")
        extra = (0.0,) if name == "ConstantPad" else ()
        for ends in (1, tuple(range(2 * axes))):
            module = kind(ends, *extra)
            in_size = (7, 8, 9)[:axes]
            out = module(torch.zeros(1, 1, *in_size))

            assert from_torch(module).out_size(in_size) == tuple(out.shape[2:])


FILLED: list[tuple[Any, int]] = [
    (nn.ReflectionPad1d(2), 2), (nn.ReflectionPad1d((0, 3)), 3), (nn.CircularPad1d((5, 4)), 4),
    (nn.ReplicationPad1d(9), 0), (nn.Conv1d(1, 1, 5, padding=4, padding_mode="reflect"), 4),
    (nn.Conv1d(1, 1, 5, padding=4, padding_mode="circular"), 3),
    (nn.Conv1d(1, 1, 3, padding=0, padding_mode="reflect"), 2),
]  # fmt: skip


def test_an_input_too_short_to_fill_its_padding_is_refused_as_torch_refuses_it() -> (
    None
):
    for module, refused in FILLED:
        layer: Any = from_torch(module)
        for in_size in range(1, 12):
            x = torch.zeros(1, 1, in_size)
            if in_size > refused:
                out_size = module(x).shape[-1]
                assert layer.out_size(in_size) == out_size, (module, in_size)
                assert in_size in layer.in_sizes(out_size), (module, in_size)
            else:
                with pytest.raises(RuntimeError):
                    module(x)
                with pytest.raises(SizeError, match="or more with this padding"):
                    layer.out_size(in_size)
        reached = {size for out in range(1, 30) for size in layer.in_sizes(out)}
        assert min(reached) == refused + 1, module


def test_a_padding_mode_survives_the_way_to_torch_and_back() -> None:
    layer = Conv(3, padding=1, padding_mode="circular")

    assert from_torch(layer.to_torch(1, 1, dims=2)) == layer
    assert repr(layer) == "Conv(3, padding=1, padding_mode='circular')"


def test_a_lazy_module_is_the_same_once_it_is_built() -> None:
    module = nn.LazyConvTranspose2d(3, 4, stride=2, padding=1)
    before = from_torch(module)
    module(torch.zeros(1, 5, 8, 8))

    assert from_torch(module) == before == ConvTranspose(4, stride=2, padding=1)


def test_a_weight_that_is_not_of_the_kernel_size_is_refused() -> None:
    for module in (nn.Conv2d(1, 1, 3), nn.ConvTranspose1d(1, 1, (3,))):
        module.weight = nn.Parameter(module.weight[..., :2])
        with pytest.raises(
            SizeError, match=r"kernel_size=\(3.*weight.shape\[2:\]=\(.*2,?\)"
        ):
            from_torch(module)


def test_without_torch_it_is_said_that_torch_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    module = nn.Conv1d(1, 1, 3)
    monkeypatch.setitem(sys.modules, "torch", None)

    for call in (lambda: Conv(3).to_torch(1, 1, dims=1), lambda: from_torch(module)):
        with pytest.raises(ModuleNotFoundError, match=r"PyTorch.* not installed here"):
            call()


def test_what_keeps_sizes_is_passed_over_in_a_sequential() -> None:
    net = nn.Sequential(
        nn.Conv2d(1, 4, 3),
        nn.Sequential(nn.BatchNorm2d(4), nn.LeakyReLU(), nn.Dropout2d(), nn.Identity()),
        nn.InstanceNorm2d(4, track_running_stats=True).eval(),
        nn.GLU(dim=1),
        nn.Softmax2d(),
        nn.Tanh(),
        nn.MaxPool2d(2),
    )

    assert from_torch(net) == Stack([Conv(3), Pool(2)])
    assert from_torch(nn.Sequential(nn.ReLU())) == Stack([])


def test_a_layer_written_for_torch_and_read_again_is_the_same() -> None:
    for axes, k, s, p, d in product((1, 2, 3), (1, 4), (1, 3), (0, 2), (1, 2)):
        conv = Conv(k, stride=s, padding=p, dilation=d)
        assert from_torch(conv.to_torch(2, 3, dims=axes)) == conv
        for a in range(max(s, d)):
            layer = ConvTranspose(k, stride=s, padding=p, output_padding=a, dilation=d)
            module: Any = layer.to_torch(2, 3, dims=axes, bias=False)
            assert from_torch(module) == layer
            channels = module.in_channels, module.out_channels
            assert (module.bias, *channels) == (None, 2, 3), module


def test_the_tuples_say_how_many_axes_the_module_has() -> None:
    module = ConvTranspose((3, 4), stride=2).to_torch(1, 1)

    assert isinstance(module, nn.ConvTranspose2d)
    assert module.kernel_size == (3, 4)


def test_a_shorter_crop_at_the_end_is_output_padding() -> None:
    layer = ConvTranspose((4,), stride=2, padding=((2, 1),))
    module = layer.to_torch(1, 1)

    assert (module.padding, module.output_padding) == ((2,), (1,))
    for in_size in (2, 5):
        out = module(torch.zeros(1, 1, in_size))
        assert layer.out_size((in_size,)) == tuple(out.shape[2:])


def test_the_nearest_input_of_a_refused_pool_is_the_smallest_that_fits() -> None:
    for k, s, d in product(range(1, 7), range(1, 5), (1, 2)):
        pool = Pool(k, stride=s, dilation=d, ceil_mode=True)
        smallest = pool.in_sizes(1).start
        assert pool.out_size(smallest) == 1
        if smallest > 1:
            with pytest.raises(SizeError, match=f"in_size={smallest} or more"):
                pool.out_size(smallest - 1)


def test_pooling_written_for_torch_has_its_sizes() -> None:
    for kind, ceil_mode, k, s in product(("max", "avg"), (False, True), (2, 3), (1, 2)):
        layer = Pool(k, stride=s, padding=1, ceil_mode=ceil_mode)
        module = layer.to_torch(kind, dims=2)
        x = torch.zeros(1, 1, 9, 8)
        assert tuple(module(x).shape[2:]) == layer.out_size((9, 8)), layer
        assert from_torch(module) == layer
    assert Pool(2, dilation=2).to_torch(dims=1).dilation == (2,)
    with pytest.raises(SizeError, match="no dilation"):
        Pool(2, dilation=2).to_torch("avg", dims=1)
    assert from_torch(Pool(3).to_torch("lp", dims=3, norm_type=2)) == Pool(3)


WRITTEN: list[tuple[Any, dict[str, Any]]] = [
    (Pad(((1, -2), 3), mode="replicate"), {}), (Pad(2, mode="circular"), {"dims": 3}),
    (AdaptivePool((None, 3)), {}), (AdaptivePool(4), {"kind": "max", "dims": 1}),
    (Unpool(3, stride=2, padding=1), {"dims": 2}), (PixelUnshuffle(2), {}),
    (Resize(1.5), {}), (Resize(size=(3, 5), mode="bilinear"), {"align_corners": True}),
    (Unfold(3, stride=2, padding=1), {}), (Fold((8, 9), 3, stride=2), {}),
]  # fmt: skip


def test_the_other_layers_are_read_again_as_they_were_written() -> None:
    for layer, how in WRITTEN:
        assert from_torch(layer.to_torch(**how)) == layer, layer


class Same(nn.Conv2d):
    """What timm calls Conv2dSame: the sizes of its forward are its own."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return super().forward(nn.functional.pad(x, (0, 1, 0, 1)))


class Twice(nn.Sequential):
    """A Sequential whose forward runs it two times."""

    def forward(self, x: Any) -> Any:
        return super().forward(super().forward(x))  # type: ignore[no-untyped-call]


def _hooked(before: bool, module: nn.Module) -> nn.Module:
    if before:
        module.register_forward_pre_hook(lambda _, x: x)
    else:
        module.register_forward_hook(lambda *_: None)
    return module


def _patched(module: Any) -> nn.Module:
    module.forward = lambda x: x[..., 1:]
    return module  # type: ignore[no-any-return]


UNCERTAIN: list[tuple[nn.Module, str]] = [
    (Same(1, 1, 3, stride=2), "a forward of its own makes the sizes of Same uncertain"),
    (Twice(nn.Conv1d(1, 1, 3)), "a forward of its own makes the sizes of Twice"),
    (_patched(nn.MaxPool1d(2)), "a forward of its own makes the sizes of MaxPool1d"),
    (_patched(nn.ReLU()), "a forward of its own makes the sizes of ReLU"),
    (_hooked(True, nn.Conv1d(1, 1, 3)), "a hook may change what goes into Conv1d"),
    (_hooked(False, nn.Sequential(nn.Conv1d(1, 1, 3))), "a hook may change what goes into Sequential"),
    (nn.ModuleList([nn.Conv1d(1, 1, 3)]), "the members of ModuleList may run in any order"),
    (nn.GLU(), "the axis of GLU may be a spatial one"),
    (nn.Softmax(dim=-1), "the axis of Softmax may be a spatial one"),
    (nn.LayerNorm(8), "only the sizes it was made for fit LayerNorm"),
    (nn.Sequential(nn.Unfold(3), nn.Conv1d(9, 1, 3)), r"an Unfold puts the windows of all axes on one before 1 \(Conv1d\)"),
    (nn.Linear(2, 2), "no sizes are known here of Linear"),
]  # fmt: skip


def test_a_module_that_may_do_something_else_is_not_read() -> None:
    for module, why in UNCERTAIN:
        with pytest.raises(TypeError, match=f"Because: {why}"):
            from_torch(module)


def test_what_torch_itself_hooks_or_derives_is_read() -> None:
    with pytest.warns(FutureWarning, match="weight_norm"):
        named: Any = nn.utils.weight_norm(nn.Conv1d(1, 1, 3))
    conv = nn.utils.parametrizations.weight_norm(nn.Conv1d(1, 1, 3))
    shared = nn.MaxPool1d(2)
    net = nn.Sequential(named, conv, nn.LazyConv1d(2, 3), shared, shared)

    assert from_torch(net) == Stack([Conv(3)] * 3 + [Pool(2)] * 2)


def test_everything_that_cannot_be_read_is_named_with_its_path() -> None:
    block = nn.Sequential(nn.Conv2d(3, 8, 3), Same(8, 8, 3), nn.GLU())
    net = nn.Sequential(
        block, nn.Linear(2, 2), nn.Sequential(nn.Flatten(), Same(8, 8, 3))
    )

    with pytest.raises(TypeError) as refused:
        from_torch(net)
    assert str(refused.value) == (
        "only modules whose sizes are certain are read as layers, got module='Sequential'.\n"
        "Because: a forward of its own makes the sizes of 0.1 (Same), 2.1 (Same) "
        "uncertain and the axis of 0.2 (GLU) may be a spatial one and no sizes are known "
        "here of 1 (Linear), 2.0 (Flatten).\n"
        "Valid: what torch.nn has for convolution, pooling, padding, resizing and folding, "
        "and a Sequential of it; for every other module: from convarith.network import "
        "Network."
    )
