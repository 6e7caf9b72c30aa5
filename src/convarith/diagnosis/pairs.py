"""Two shapes side by side: where they differ, and what the axis is there.

Keras, TensorFlow and JAX have the channels last, the others have them second.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Literal

from convarith.diagnosis.values import Found, Sizes, plain, several

CHANNELS_LAST = ("keras", "tensorflow", "jax", "flax")
# No layer has so many channels, but a recording soon has so many samples.
MANY = 4096
Role = Literal["batch", "channels", "features", "spatial", "unknown"]


def differing(groups: Mapping[str, str | None]) -> Found:
    """The two shapes, where they first differ, the two sizes there, and how far apart."""
    return _apart(plain(groups), {})


def marked(name: str) -> Callable[[Mapping[str, str | None]], Found]:
    """The same, with what the message tells them for."""
    return lambda groups: {**differing(groups), name: True}


def alone(groups: Mapping[str, str | None]) -> Found:
    """The same of shapes that Keras 2 told without their batch."""
    found = marked("alone")(groups)
    for name in ("first", "second"):
        found[name] = (None, *several(found[name]))
    return found


def broadcast(groups: Mapping[str, str | None]) -> Found:
    """The same of two that are combined element by element: 1 fits every size."""
    return _apart(plain(groups), {"broadcasts": True})


def built(groups: Mapping[str, str | None]) -> Found:
    """The same while the graph is built: nothing has moved the axes of the model yet."""
    return _apart(plain(groups), {"broadcasts": True, "built": True})


def concatenated(groups: Mapping[str, str | None]) -> Found:
    """The same of two that are joined, along an axis that the message does not name."""
    found = plain(groups)
    others = re.findall(r"[\[(]([^\[\]()]+)[\])]", found.pop("rest", ""))
    if others and "first" in found and "second" in found:
        told = [plain({"second": text})["second"] for text in others]
        told.insert(0, found["second"])
        found["second"] = max(
            told, key=lambda one: len(apart_on({**found, "second": one}))
        )
    return _apart(found, {"concatenates": True})


def in_place(groups: Mapping[str, str | None]) -> Found:
    """The same of a tensor that has to keep its shape, and of what would come out."""
    return _apart(plain(groups), {"grows": True})


def received(groups: Mapping[str, str | None]) -> Found:
    """The same of an array that receives a value, and of the value."""
    return _apart(plain(groups), {"broadcasts": True, "receives": True})


def unbatched(groups: Mapping[str, str | None]) -> Found:
    """The same of shapes that Keras tells without their batch."""
    return _apart(plain(groups), {"broadcasts": True, "unbatched": True})


def _apart(found: Found, known: Found) -> Found:
    if "first" in found and "second" in found:
        found |= known
        _compared(found)
    small, large = sorted((found.get("wanted") or 0, found.get("got") or 0))
    if 0 < small < large:
        whole = large % small == 0
        found |= {"factor": large // small} if whole else {"apart": large - small}
    return found


def _compared(found: Found) -> None:
    axes = apart_on(found)
    if not axes or len(several(found["first"])) != len(several(found["second"])):
        return
    # The spatial axes say more than the channels, and these more than the batch;
    # axis 2 is spatial wherever the channels are.
    at = 2 if {1, 2, 3} <= set(axes) else next(filter(None, axes), axes[0])
    found["axis"] = at
    found["wanted"], found["got"] = shapes(found)[0][at], shapes(found)[1][at]


def shapes(found: Found) -> tuple[Sizes, Sizes]:
    """Both of them, or two empty ones."""
    return several(found.get("first", ())), several(found.get("second", ()))


def apart_on(found: Found) -> list[int]:
    """The axes whose sizes are known and differ, without the one that may differ."""
    pairs = list(zip(*shapes(found), strict=False))
    apart = [
        at
        for at, pair in enumerate(pairs)
        if None not in pair and pair[0] != pair[1] and at != found.get("joined")
    ]
    if found.get("broadcasts"):
        return [at for at in apart if 1 not in pairs[at]] or apart
    return apart


def role(found: Found, framework: str) -> Role:
    """What the axis on which they differ holds, as far as the message says it."""
    axis, last = found.get("axis"), len(shapes(found)[0]) - 1
    if axis is None:
        return "features" if found.get("joined") == 2 and last < 0 else "unknown"
    if axis == 0 and not found.get("unbatched"):
        return "batch" if framework != "numpy" else "spatial"
    if found.get("joined") == last > 2:
        return "spatial"
    if framework in CHANNELS_LAST or framework == "numpy":
        return "channels" if axis == channel_axis(found) != 0 else "spatial"
    return _second(found, last) if axis == 1 else "spatial"


def spatial_axes(found: Found, framework: str) -> list[int]:
    """The axes beside batch and channels, if the shapes are told."""
    last = len(shapes(found)[0]) - 1
    channels = channel_axis(found)
    if framework not in (*CHANNELS_LAST, "numpy") and found.get("joined") != last:
        channels = 1
    start = 0 if found.get("unbatched") else 1
    return [at for at in range(start, last + 1) if at != channels]


def _second(found: Found, last: int) -> Role:
    """Dimension 1 holds the channels, unless the features are last or missing."""
    sizes = found["wanted"], found["got"]
    if max(sizes) > MANY:
        return "spatial"
    if last < 3 and (found.get("joined", 1) > 1 or not all(map(_as_channels, sizes))):
        return "features"
    return "channels"


def _as_channels(size: int) -> bool:
    return size % 8 == 0 or size <= 4


def channel_axis(found: Found) -> int:
    """The last axis, unless maps that are joined have their channels in front."""
    both = shapes(found)
    last = len(both[0]) - 1
    if last < 3:
        return last
    sides = {size for shape in both for size in shape[2:]}
    square = all(None not in shape[2:] and len({*shape[2:]}) == 1 for shape in both)
    squares = square and apart_on(found) == [*range(2, last + 1)]
    if not found.get("concatenates"):
        first = squares or (apart_on(found) == [1] and len(sides) == 1)
        return 1 if first and not found.get("unbatched") else last
    if 1 not in apart_on(found):
        return 1 if squares else last
    deep = all(
        None not in shape[1:] and shape[1] > max(shape[2:]) for shape in both if shape
    )
    first = len(sides) == 1 or (deep and last in apart_on(found))
    return 1 if first else last
