"""How each framework lays out the weights, and what brings them to torch."""

from __future__ import annotations

from typing import NamedTuple


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
        ['torch', 'onnx', 'openvino', 'coreml']
    """

    axes: tuple[str, ...]
    flip: bool
    groups: str | None

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


TORCH_AXES = ("in", "out", "*")
WEIGHTS = {
    "torch": WeightLayout(TORCH_AXES, flip=False, groups="out"),
    "keras": WeightLayout(("*", "out", "in"), flip=False, groups=None),
    "tensorflow": WeightLayout(("*", "out", "in"), flip=False, groups=None),
    "jax": WeightLayout(("*", "in", "out"), flip=True, groups=None),
    "jax-transpose-kernel": WeightLayout(("*", "out", "in"), flip=False, groups=None),
    "flax": WeightLayout(("*", "in", "out"), flip=True, groups=None),
    "flax-transpose-kernel": WeightLayout(("*", "out", "in"), flip=False, groups=None),
    "onnx": WeightLayout(TORCH_AXES, flip=False, groups="out"),
    # The grouped operator has its groups on an axis in front.
    "openvino": WeightLayout(TORCH_AXES, flip=False, groups="first"),
    "coreml": WeightLayout(TORCH_AXES, flip=False, groups="out"),
}
