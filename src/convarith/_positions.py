"""Which input positions some output positions read, on one axis without ends.

Positions count from 0 at the first element; a negative one lies in the padding. A set
of them is its first position and an int whose bit n says whether first + n belongs to
it, so that all are moved at once.
"""

from __future__ import annotations

from convarith._errors import SizeError, shown
from convarith._rules import Padding, before_and_after

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

    Places: TypeAlias = tuple[int, int]

# Sets that reach further would take seconds to move, and gigabytes to list.
REACH_AT_MOST = 10_000_000


def window_sources(
    places: Places,
    *,
    kernel_size: int,
    stride: int,
    padding: Padding,
    dilation: int,
    **_: object,
) -> Places:
    """What windows read: their elements stand dilation apart, from one on.

    Dumoulin and Visin, arXiv 1603.07285, section 2.4.
    """
    first, bits = places
    spread = _spread(bits, stride)
    start = first * stride - before_and_after(padding)[0]
    return start, _moved(spread, kernel_size, dilation)


def transpose_sources(
    places: Places,
    *,
    kernel_size: int,
    stride: int,
    padding: Padding,
    dilation: int,
    **_: object,
) -> Places:
    """The inputs whose scattered kernels hit these positions.

    Input a puts kernel element t on position a * stride + t * dilation of the full
    result, of which padding crops the first ones: Dumoulin and Visin, section 4.1.
    """
    first, bits = places
    start = first + before_and_after(padding)[0] - dilation * (kernel_size - 1)
    skipped = -start % stride
    hits = _moved(bits, kernel_size, dilation) >> skipped
    every = f"{hits:b}"[::-1][::stride][::-1]
    return (start + skipped) // stride, int(every, 2)


def copied_sources(places: Places, *, factor: int, **_: object) -> Places:
    """The inputs that are copied to factor neighbours, like a kernel as long as the stride."""
    own = {"kernel_size": factor, "stride": factor, "padding": 0, "dilation": 1}
    return transpose_sources(places, **own)


def _spread(bits: int, stride: int) -> int:
    """Every member stride times as far from the first."""
    _is_near(bits.bit_length() * stride)
    return int(("0" * (stride - 1)).join(f"{bits:b}"), 2)


def _moved(bits: int, times: int, step: int) -> int:
    """The union of the set with itself moved by 0, 1, ... steps, doubled each time."""
    _is_near(bits.bit_length() + times * step)
    done = 1
    while done < times:
        more = min(done, times - done)
        bits |= bits << more * step
        done += more
    return bits


def _is_near(reach: int) -> None:
    if reach > REACH_AT_MOST:
        raise SizeError(
            f"what an output reads must lie within {REACH_AT_MOST} elements",
            {"elements": reach},
            because=f"kernels, strides and dilations reach over {shown(reach)}",
            valid="fewer layers, or smaller kernels",
        )


def window_steps(*, stride: int, **_: Any) -> tuple[int, int]:
    """A window layer answers an input moved by stride with its output moved by 1."""
    return stride, 1


def transpose_steps(*, stride: int, **_: Any) -> tuple[int, int]:
    """A transposed convolution answers an input moved by 1 with stride."""
    return 1, stride


def copied_steps(*, factor: int, **_: Any) -> tuple[int, int]:
    """Repeating answers an input moved by 1 with factor."""
    return 1, factor
