"""What is said of a framework in one record: everything else walks a list of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from convarith.porting.crop import Call, Crop

TORCH_AXES = ("in", "out", "*")


class WeightLayout(NamedTuple):
    """The order of a kernel's axes in one framework.

    Attributes:
        axes: The axes in order; `*` stands for the spatial ones.
        flip: Whether each spatial axis runs the other way than in torch.
        groups: Where the groups are: "in" or "out" for the axis that counts the
            channels of one group, "first" for an axis of their own in front, None
            where the framework has none and takes a layer for each group.

    Examples:
        >>> from convarith.porting import WEIGHTS
        >>> keras = WEIGHTS["keras"]
        >>> keras.axes, keras.flip, keras.groups
        (('*', 'out', 'in'), False, None)
        >>> keras.to_torch(2), keras.from_torch(2)
        ((3, 2, 0, 1), (2, 3, 1, 0))
        >>> [name for name, layout in WEIGHTS.items() if layout.flip]
        ['jax', 'flax']
        >>> [name for name, layout in WEIGHTS.items() if layout.axes == keras.axes]
        ['keras', 'tensorflow', 'jax-transpose-kernel', 'flax-transpose-kernel']
        >>> [name for name, layout in WEIGHTS.items() if layout.groups]
        ['torch', 'onnx', 'openvino', 'paddle']
    """

    axes: tuple[str, ...]
    flip: bool = False
    groups: str | None = None

    def to_torch(self, dims: int) -> tuple[int, ...]:
        """Return the axes for `permute` that bring this kernel to torch's order.

        With `flip`, the spatial axes of the result are to be flipped as well.

        Args:
            dims: The number of spatial axes.

        Examples:
            >>> from convarith.porting import WEIGHTS
            >>> WEIGHTS["jax"].to_torch(1)
            (1, 2, 0)
        """
        return _order(TORCH_AXES, self.axes, dims)

    def from_torch(self, dims: int) -> tuple[int, ...]:
        """Return the axes for `permute` that bring torch's weight to this order.

        With `flip`, the spatial axes of torch's weight are to be flipped before.

        Args:
            dims: The number of spatial axes.

        Examples:
            >>> from convarith.porting import WEIGHTS
            >>> WEIGHTS["jax"].from_torch(1)
            (2, 0, 1)
        """
        return _order(self.axes, TORCH_AXES, dims)


def _order(
    wanted: tuple[str, ...], given: tuple[str, ...], dims: int
) -> tuple[int, ...]:
    places = {name: place for place, name in enumerate(_each(given, dims))}
    return tuple(places[name] for name in _each(wanted, dims))


def _each(axes: tuple[str, ...], dims: int) -> list[str]:
    spatial = [f"*{axis}" for axis in range(dims)]
    return [name for axis in axes for name in (spatial if axis == "*" else [axis])]


class Line(NamedTuple):
    """How a framework's layer is written; an empty name is an argument it lacks."""

    # The end of the dotted name, as a pattern; its group is the number of axes.
    layer: str
    # What may stand without a name, and what decides the crop besides the kernel.
    order: str
    others: str
    # Its names for what torch takes first, or what stands for them.
    channels: tuple[str, str]
    bias: str
    groups: str
    example: str
    # Arguments that are not written axis by axis, and what makes them so.
    by_axis: Mapping[str, Callable[[Any, int], tuple[Any, ...]]] = {}
    # Whether it can ask for an output size, so that the crop depends on the input's.
    needs_in_size: bool = False


class Framework(NamedTuple):
    """One framework; the file that has its name ends in this."""

    name: str
    crop: Callable[..., Crop]
    call: Callable[..., Call] | None
    # The parameter of torch that an argument stands for, where the names differ.
    means: Mapping[str, str]
    layout: WeightLayout
    # Other layouts, by the argument that asks for each.
    layout_with: Mapping[str, WeightLayout] = {}
    lines: tuple[Line, ...] = ()
    # A function whose call does not say how large the kernel is.
    function: str = ""
