"""Larger or smaller without a kernel: by a factor, to a size, or by moving elements."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, SupportsIndex, TypeAlias

from convarith import _legal_values as legal
from convarith._axes import Given, OneAxis, PerAxis
from convarith._errors import SizeError
from convarith._layers.convolution import conv_axis, conv_transpose_axis
from convarith._layers.layer import Layer
from convarith._legal_values import at_least
from convarith._no_output import no_multiple, nothing_is_left, resized_to_nothing
from convarith._rare_records import DIGITS, Fixed, Multiples, Rounded
from convarith._record import Record
from convarith._to_torch import of_any_axes

if TYPE_CHECKING:
    from torch import nn

# The modes of torch.nn.Upsample and interpolate.
RESIZE_MODES = ("nearest", "nearest-exact", "linear", "bilinear", "trilinear", "bicubic", "area")  # fmt: skip
# Products with so short a numerator are never rounded: no axis is that long.
SHORT = DIGITS - 40

GivenFactor: TypeAlias = SupportsIndex | float | Sequence[SupportsIndex | float]
Factor: TypeAlias = int | float | tuple[int | float, ...]


def resize_axis(factor: Any, size: Any, mode: str) -> OneAxis:
    """By a factor, or to a size; torch takes one of the two."""
    mode = legal.one_of("mode", mode, RESIZE_MODES)
    if (factor is None) == (size is None):
        raise SizeError.of("resize-one", {"factor": factor, "size": size})
    own: dict[str, Any] = {"factor": None, "size": None, "mode": mode}
    if size is not None:
        own["size"] = at_least("size", size)
        record = Fixed(0, 1, own["size"] - 1, range(1))
        return OneAxis(own, record, nothing_is_left, "fixed", unread="unread-factor")
    own["factor"] = legal.factor_is_legal(factor)
    if isinstance(own["factor"], float):
        return _resize_by_part(own)
    # Kernels side by side that copy each element.
    copies = conv_transpose_axis(own["factor"], own["factor"], 0, 0, 1)
    unread = "" if mode.startswith("nearest") else "copied"
    return OneAxis(own, copies.record, copies.refusal, "resize", unread=unread)


def _resize_by_part(own: dict[str, Any]) -> OneAxis:
    """torch multiplies in double precision and rounds down.

    torch: aten/src/ATen/native/UpSample.h, compute_output_size.
    """
    up, down = own["factor"].as_integer_ratio()
    kind = Record if up.bit_length() <= SHORT else Rounded
    record = kind(up, down, up - down, range(1))
    return OneAxis(own, record, resized_to_nothing, "part", unread="unread-factor")


def unshuffle_axis(downscale_factor: Any) -> OneAxis:
    """A window of each block, without a rest: what does not fit is refused."""
    factor = at_least("downscale_factor", downscale_factor)
    blocks = conv_axis(factor, factor, 0, 1)
    record = Multiples(*blocks.record)
    return OneAxis({"downscale_factor": factor}, record, no_multiple, "unshuffle")


class Resize(Layer):
    r"""Resizing by a factor or to a size: `torch.nn.Upsample`, `interpolate`.

    A whole factor is that of `torch.nn.PixelShuffle`, too.

    Args:
        factor: Output elements for each input element, positive. An int, or a float,
            which is taken as PyTorch takes `scale_factor`, in double precision; its
            `recompute_scale_factor` changes values and no size.
        size: Output elements in place of a factor, at least 1.
        mode: How values are found; `"nearest"` copies them, as `PixelShuffle` does.
            The size is the same for each mode, a receptive field needs the copy.

    Raises:
        SizeError: `factor` is not positive, `size` is below 1, both or none are given,
            or PyTorch has no such mode.
        TypeError: `factor` is not a number, or `size` is not a whole number.

    Examples:
        >>> from convarith import Resize
        >>> Resize(2).out_size(7), Resize((1, 2)).out_size((7, 7))
        (14, (7, 14))
        >>> Resize(2).in_sizes(13)
        range(7, 7)
        >>> Resize(1.5).out_size(7), Resize(0.29).out_size(100), Resize(size=7).out_size(3)
        (10, 28, 7)

    Sources:
        `torch.nn.Upsample`, `torch.nn.PixelShuffle`.
    """

    __match_args__ = ("factor", "size", "mode")
    __slots__ = __match_args__
    factor: Factor | None
    size: PerAxis | None
    mode: str

    def __init__(
        self,
        factor: GivenFactor | None = None,
        *,
        size: Given | None = None,
        mode: str = "nearest",
    ) -> None:
        self._keep(resize_axis, factor, size, mode)
        if factor is not None:
            factors = tuple(axis.parameters["factor"] for axis in self._on_axis)
            self._set(factor=factors if isinstance(self.factor, tuple) else factors[0])

    def to_torch(self, **others: Any) -> nn.Module:
        """Return the torch module with these parameters.

        Args:
            others: What else its constructor takes, such as `align_corners`.

        Returns:
            An `Upsample`, which serves any number of axes where its `mode` does.

        Examples:
            >>> from convarith import Resize
            >>> Resize(1.5).to_torch(), Resize(size=(7, 7), mode="bilinear").to_torch()
            (Upsample(scale_factor=1.5, mode='nearest'), Upsample(size=(7, 7), mode='bilinear'))

        Raises:
            ModuleNotFoundError: PyTorch is not installed.

        Sources:
            The constructors of `torch.nn` in PyTorch 2.13.0.
        """
        own = {"size": self.size, "scale_factor": self.factor, "mode": self.mode}
        return of_any_axes("Upsample", **own, **others)


class PixelUnshuffle(Layer):
    """Blocks of elements moved into the channels: `torch.nn.PixelUnshuffle`.

    Args:
        downscale_factor: Elements of a block, at least 1; it must divide the size.

    Raises:
        SizeError: `downscale_factor` is below 1.
        TypeError: `downscale_factor` is not a whole number.

    Examples:
        >>> from convarith import PixelUnshuffle
        >>> PixelUnshuffle(2).out_size((6, 8)), PixelUnshuffle(3).in_sizes(5)
        ((3, 4), range(15, 16, 3))

    Sources:
        `torch.nn.PixelUnshuffle`.
    """

    __match_args__ = __slots__ = ("downscale_factor",)
    downscale_factor: PerAxis

    def __init__(self, downscale_factor: Given) -> None:
        self._keep(unshuffle_axis, downscale_factor)

    def to_torch(self) -> nn.Module:
        """Return the torch module with this factor.

        Returns:
            A `PixelUnshuffle`.

        Raises:
            SizeError: The factors of the axes differ.

        Examples:
            >>> from convarith import PixelUnshuffle
            >>> PixelUnshuffle(2).to_torch()
            PixelUnshuffle(downscale_factor=2)

        Sources:
            The constructors of `torch.nn` in PyTorch 2.13.0.
        """
        factors = {axis.parameters["downscale_factor"] for axis in self._on_axis}
        if len(factors) > 1 or self.axes not in (0, 2):
            got = {"downscale_factor": self.downscale_factor}
            raise SizeError.of("torch-unshuffle", got).told(received=repr(self))
        return of_any_axes("PixelUnshuffle", downscale_factor=factors.pop())
