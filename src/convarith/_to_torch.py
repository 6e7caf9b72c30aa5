"""A layer written as the torch module that does what it says."""

from __future__ import annotations

from convarith._axes import Layer
from convarith._errors import SizeError, SizeTypeError
from convarith._rules import at_least, before_and_after

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from torch import nn


def to_torch(
    layer: Layer,
    family: str,
    in_channels: int,
    out_channels: int,
    dims: int | None,
    **others: Any,
) -> nn.Module:
    """The module of this family of torch.nn with the layer's number of axes."""
    try:
        from torch import nn
    except ModuleNotFoundError:
        raise ModuleNotFoundError(
            "to_torch makes a module of PyTorch, which is not installed here"
        ) from None
    axes = _number_of_axes(layer, dims)
    per_axis = [layer.on_axis(axis) for axis in range(axes)]
    for axis, own in enumerate(per_axis):
        try:
            own.update(_paddings(own))
        except SizeError as refusal:
            where = axis if axes > 1 else None
            raise refusal.told(received=repr(layer), axis=where) from None
    names = [name for name in per_axis[0] if name not in others]
    parameters = {name: tuple(own[name] for own in per_axis) for name in names}
    kind = getattr(nn, f"{family}{axes}d")
    return kind(in_channels, out_channels, **parameters, **others)  # type: ignore[no-any-return]


def _number_of_axes(layer: Layer, dims: int | None) -> int:
    if layer.axes and dims not in (None, layer.axes):
        raise SizeTypeError(
            "dims must be the number of axes that the layer's tuples have",
            {"dims": dims},
            because=f"the tuples have {layer.axes}",
            valid=f"dims={layer.axes}, or no dims",
        )
    axes = layer.axes or dims
    if axes is None:
        raise SizeTypeError(
            "dims must say for how many axes the module is",
            {"dims": dims},
            because="the layer's ints serve any number of axes",
            valid="dims=1, dims=2 or dims=3",
        )
    if at_least("dims", axes) > 3:
        raise SizeError(
            "dims must be at most 3",
            {"dims": axes},
            because="torch.nn has modules for 1, 2 and 3 axes",
            valid="dims=1, dims=2 or dims=3",
        )
    return axes


def _paddings(own: dict[str, Any]) -> dict[str, int]:
    """The padding torch takes: one number, and output_padding for a shorter crop.

    The result is full[before : L - after + output_padding], and torch's crop at the
    end is padding - output_padding.
    """
    before, after = before_and_after(own["padding"])
    if before == after:
        return {"padding": before}
    if "output_padding" not in own:
        raise SizeError(
            "torch pads a convolution alike at both ends",
            {"padding": own["padding"]},
            because="its padding has one number for an axis",
            valid="padding=0 after torch.nn.functional.pad with this padding",
        )
    output_padding = own["output_padding"] + before - after
    limit = max(own["stride"], own["dilation"])
    if 0 <= output_padding < limit:
        return {"padding": before, "output_padding": output_padding}
    raise SizeError(
        "the two ends must differ by what output_padding can give back",
        {"padding": own["padding"], "output_padding": own["output_padding"]},
        because=f"with padding={before} it would have to be {output_padding}, "
        f"and it must be from 0 to {limit - 1}",
        valid=f"padding={min(before, after)}, and a slice of the result",
    )
