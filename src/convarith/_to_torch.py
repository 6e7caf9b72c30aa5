"""A layer written as the torch module that does what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from convarith._axes import OnAxes
from convarith._errors import SizeError, SizeTypeError
from convarith._legal_values import at_least, ends, output_padding_limit

if TYPE_CHECKING:
    from torch import nn


def to_torch(
    layer: OnAxes, family: str, dims: int | None, *channels: int, **others: Any
) -> nn.Module:
    """The module of this family of torch.nn with the layer's number of axes."""
    try:
        from torch import nn
    except ModuleNotFoundError:
        raise ModuleNotFoundError(
            "to_torch makes a module of PyTorch, which is not installed here"
        ) from None
    axes = _number_of_axes(layer, dims)
    per_axis = []
    for axis in range(axes):
        own = dict(layer._on_axis[axis if layer.axes else 0].parameters)
        try:
            per_axis.append(own | _paddings(own) | _of_family(family, own))
        except SizeError as refusal:
            where = axis if axes > 1 else None
            raise refusal.told(received=repr(layer), axis=where) from None
    # What is one word or one bool in torch, and what is one number for each axis.
    single = {
        n: value for n, value in per_axis[0].items() if type(value) in (str, bool)
    }
    several = {
        name: tuple(own[name] for own in per_axis)
        for name, value in per_axis[0].items()
        if isinstance(value, int) and name not in single
    }
    kind = getattr(nn, f"{family}{axes}d")
    return kind(*channels, **(several | single | others))  # type: ignore[no-any-return]


def _number_of_axes(layer: OnAxes, dims: int | None) -> int:
    if layer.axes and dims not in (None, layer.axes):
        raise SizeTypeError.of("dims-tuples", {"dims": dims}, axes=layer.axes)
    axes = layer.axes or dims
    if axes is None:
        raise SizeTypeError.of("dims-missing", {"dims": dims})
    if at_least("dims", axes) > 3:
        raise SizeError.of("dims-many", {"dims": axes})
    return axes


def _of_family(family: str, own: dict[str, Any]) -> dict[str, Any]:
    """What only this family takes, or lacks."""
    if family != "AvgPool":
        return {}
    if own["dilation"] > 1:
        raise SizeError.of("avg-pool", {"dilation": own["dilation"]})
    return {"dilation": None}


def _paddings(own: dict[str, Any]) -> dict[str, int]:
    """The padding torch takes: one number, and output_padding for a shorter crop.

    The result is full[before : L - after + output_padding], and torch's crop at the
    end is padding - output_padding.
    """
    before, after = ends(own["padding"])
    if before == after:
        return {"padding": before}
    if "output_padding" not in own:
        raise SizeError.of("torch-ends", {"padding": own["padding"]})
    output_padding = own["output_padding"] + before - after
    limit = output_padding_limit(own["stride"], own["dilation"])
    if 0 <= output_padding < limit:
        return {"padding": before, "output_padding": output_padding}
    raise SizeError.of(
        "torch-crop",
        {"padding": own["padding"], "output_padding": own["output_padding"]},
        before=before,
        needed=output_padding,
        most=limit - 1,
        near=min(before, after),
    )
