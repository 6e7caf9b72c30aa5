"""Which input positions one output position reads, on one axis without ends.

Positions count from 0 at the first element; a negative one lies in the padding.
"""

from __future__ import annotations

from convarith.rules import Padding, before_and_after

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def window_sources(
    position: int,
    *,
    kernel_size: int,
    stride: int,
    padding: Padding,
    dilation: int,
    **_: object,
) -> range:
    """What a window reads: its elements stand dilation apart, from one on.

    Dumoulin and Visin, arXiv 1603.07285, section 2.4.
    """
    first = position * stride - before_and_after(padding)[0]
    return range(first, first + dilation * (kernel_size - 1) + 1, dilation)


def transpose_sources(
    position: int,
    *,
    kernel_size: int,
    stride: int,
    padding: Padding,
    dilation: int,
    **_: object,
) -> tuple[int, ...]:
    """The inputs whose scattered kernels hit this position, ascending.

    Input a puts kernel element t on position a * stride + t * dilation of the full
    result, of which padding crops the first ones: Dumoulin and Visin, section 4.1.
    """
    place = position + before_and_after(padding)[0]
    hits = (place - t * dilation for t in reversed(range(kernel_size)))
    return tuple(hit // stride for hit in hits if hit % stride == 0)


def copied_source(position: int, *, factor: int, **_: object) -> tuple[int, ...]:
    """The one input that is copied to factor neighbours."""
    return (position // factor,)


def window_steps(*, stride: int, **_: Any) -> tuple[int, int]:
    """A window layer answers an input moved by stride with its output moved by 1."""
    return stride, 1


def transpose_steps(*, stride: int, **_: Any) -> tuple[int, int]:
    """A transposed convolution answers an input moved by 1 with stride."""
    return 1, stride


def copied_steps(*, factor: int, **_: Any) -> tuple[int, int]:
    """Repeating answers an input moved by 1 with factor."""
    return 1, factor
