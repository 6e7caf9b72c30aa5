"""The numbers of a message, and the call that would have been accepted."""

from __future__ import annotations

import re
from typing import Any

PLACES = ("depth", "height", "width")


def found_in(kind: str, groups: dict[str, str | None]) -> dict[str, Any]:
    """What a message contains, by name: an int, a tuple of ints, or a word."""
    # A wording that older versions used has the same values under names of its own.
    values = {
        re.sub("_(old|too)$", "", name): _value(text)
        for name, text in groups.items()
        if text is not None
    }
    if "axes" in values:
        return _axis_by_axis(str(groups["axes"]))
    axes = len(_several(values.get("weight", ()))) - 2
    if axes > 0 and "input" in values:
        values["dims"] = axes
    if "stride" in values and isinstance(values["stride"], int):
        values["largest"] = values["stride"] - 1
    return values


def _value(text: str) -> Any:
    numbers = tuple(int(number) for number in re.findall(r"-?\d+", text))
    if not re.fullmatch(r"[-\d,\s]+|[-\d\sx]+", text) or not numbers:
        return text
    return numbers[0] if re.fullmatch(r"\s*-?\d+\s*", text) else numbers


def _axis_by_axis(text: str) -> dict[str, Any]:
    """The values of each parameter, in the order of the axes; none if some are cut off."""
    values: dict[str, dict[str, int]] = {}
    for name, place, number in re.findall(r"(\w+)_([a-z]+): (-?\d+)", text):
        values.setdefault(name, {})[place] = int(number)
    own = {
        name: tuple(places[place] for place in PLACES if place in places)
        for name, places in values.items()
    }
    return own if len(own) == 3 and len(set(map(len, own.values()))) == 1 else {}


def call_for(kind: str, template: str, found: dict[str, Any]) -> str:
    """The line to write instead, computed where the message says enough."""
    if kind in COMPUTED:
        return COMPUTED[kind](found)
    return template.format(**{"dims": 2, "got": "in_channels", "wanted": "n"} | found)


def _output_padding(found: dict[str, Any]) -> str:
    if not found:
        return "output_padding=0"
    axes = zip(found["output_padding"], found["stride"], found["dilation"], strict=True)
    legal = [min(own, max(stride, dilation) - 1) for own, stride, dilation in axes]
    return f"output_padding={tuple(legal)}"


def _output_size(found: dict[str, Any]) -> str:
    nearest = [
        min(max(wanted, lowest), highest)
        for wanted, lowest, highest in zip(
            *(_several(found[name]) for name in ("wanted", "lowest", "highest")),
            strict=False,
        )
    ]
    return f"output_size={nearest}"


def _several(value: Any) -> tuple[int, ...]:
    return value if isinstance(value, tuple) else (value,)


def _kernel_that_fits(found: dict[str, Any]) -> str:
    sizes = zip(_several(found["padded"]), _several(found["extent"]), strict=False)
    missing = [max(0, -(-(extent - padded) // 2)) for padded, extent in sizes]
    return f"padding larger by {tuple(missing)}, or an input as large as the kernel"


def _unpool(found: dict[str, Any]) -> str:
    return f"a size from {found['lowest'] + 1} to {found['highest'] - 1} on that axis"


def _skip(found: dict[str, Any]) -> str:
    return "up(x, output_size=skip.shape[-2:])"


def _string_padding(found: dict[str, Any]) -> str:
    return "nn.ConvTranspose2d(..., kernel_size=4, stride=2, padding=1)"


COMPUTED = {
    "output-padding-too-large": _output_padding,
    "output-size-out-of-range": _output_size,
    "kernel-does-not-fit": _kernel_that_fits,
    "unpool-size-out-of-range": _unpool,
    "skip-does-not-fit": _skip,
    "sizes-differ": _skip,
    "transposed-string-padding": _string_padding,
}
