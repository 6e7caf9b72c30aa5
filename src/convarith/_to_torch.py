"""A layer written as the torch module that does what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from convarith._axes import OnAxes
from convarith._errors import SizeError, SizeTypeError
from convarith._legal_values import at_least, ends, output_padding_limit

if TYPE_CHECKING:
    from torch import nn

# torch's names for what stands in padding.
PADS = {
    "zeros": "ZeroPad",
    "reflect": "ReflectionPad",
    "replicate": "ReplicationPad",
    "circular": "CircularPad",
}
# What only some kinds of pooling have.
LACKING = {"AvgPool": ("dilation",), "LPPool": ("padding", "dilation")}
NONE_OF_IT = {"padding": 0, "dilation": 1}


def to_torch(
    layer: OnAxes, family: str, dims: int | None, *channels: int, **others: Any
) -> nn.Module:
    """The module of this family of torch.nn with the layer's number of axes."""
    axes = _number_of_axes(layer, dims)
    per_axis = []
    for axis in range(axes):
        own = dict(layer._on_axis[axis if layer.axes else 0].parameters)
        try:
            per_axis.append(_of_family(family, own | _paddings(own)))
        except SizeError as refusal:
            where = axis if axes > 1 else None
            raise refusal.told(received=repr(layer), axis=where) from None
    # What is one word or one bool in torch, and what is one number for each axis.
    given = {
        name: value
        if type(value) in (str, bool)
        else tuple(own[name] for own in per_axis)
        for name, value in per_axis[0].items()
    }
    return of_any_axes(f"{family}{axes}d", *channels, **(given | others))


def of_any_axes(kind: str, *channels: int, **parameters: Any) -> nn.Module:
    """A module of torch.nn by its whole name."""
    try:
        from torch import nn
    except ModuleNotFoundError:
        raise ModuleNotFoundError(
            "to_torch makes a module of PyTorch, which is not installed here"
        ) from None
    return getattr(nn, kind)(*channels, **parameters)  # type: ignore[no-any-return]


def on_two_axes(layer: OnAxes, kind: str) -> nn.Module:
    """A module that torch has for 2 axes, whose name does not say so."""
    if layer.axes not in (0, 2):
        refusal = SizeError.of("torch-two-axes", {"axes": layer.axes}, kind=kind)
        raise refusal.told(received=repr(layer))
    on_axis = [layer._on_axis[axis if layer.axes else 0] for axis in range(2)]
    names = on_axis[0].parameters
    given = {n: tuple(one.parameters[n] for one in on_axis) for n in names}
    return of_any_axes(kind, **given)


def pad_to_torch(layer: OnAxes, mode: str, dims: int | None) -> nn.Module:
    """torch names the last axis first."""
    axes = _number_of_axes(layer, dims)
    on_axis = [layer._on_axis[axis if layer.axes else 0] for axis in range(axes)]
    flat = [end for one in reversed(on_axis) for end in ends(one.parameters["padding"])]
    return of_any_axes(f"{PADS[mode]}{axes}d", padding=tuple(flat))


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
    """Without what this family lacks."""
    for name in LACKING.get(family, ()):
        value = own.pop(name)
        if value != NONE_OF_IT[name]:
            least = NONE_OF_IT[name]
            raise SizeError.of("pool-lacks", {name: value}, name=name, least=least)
    return own


def _paddings(own: dict[str, Any]) -> dict[str, int]:
    """The padding torch takes: one number, and output_padding for a shorter crop.

    The result is full[before : L - after + output_padding], and torch's crop at the
    end is padding - output_padding.
    """
    if "padding" not in own:
        return {}
    if isinstance(own["padding"], str):
        raise SizeError.of("torch-same", {"padding": own["padding"]})
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
