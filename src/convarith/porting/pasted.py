"""A pasted line of another framework, read but never run."""

from __future__ import annotations

import ast
from typing import Any, NamedTuple

from convarith._errors import SizeError
from convarith._from_text import call_of, nodes_of, unreadable, values_of
from convarith.porting.dialects import DIALECTS, NNX, Dialect


class Pasted(NamedTuple):
    """What a line says: as it is written, and what decides the crop axis by axis."""

    framework: str
    dialect: Dialect
    written: dict[str, str]
    axes: int
    own: dict[str, Any]
    # Under torch's names.
    kernel_size: tuple[int, ...]
    stride: tuple[int, ...]
    dilation: tuple[int, ...]


def pasted(framework: str, text: str) -> Pasted:
    """The line of a framework, or a refusal that shows how one looks."""
    try:
        return _pasted(framework, text)
    except SizeError as refusal:
        example = f'"{DIALECTS[framework].example}"'
        raise SizeError(refusal.rule, refusal.got, refusal.because, example) from None


def _pasted(framework: str, text: str) -> Pasted:
    call = call_of(text)
    function = ast.unparse(call.func)
    if function.endswith("d_transpose"):
        raise unreadable(
            text,
            "this line does not say how large the filters are; "
            "convarith.porting.tensorflow_crop takes their size",
        )
    nnx = framework == "flax" and function.endswith("nnx.ConvTranspose")
    dialect = NNX if nnx else DIALECTS[framework]
    nodes = nodes_of(text, call, tuple(dialect.order.split()))
    names = dialect.kernel, "strides", dialect.dilation, *dialect.others.split()
    _known(text, nodes, names)
    given = values_of(text, nodes, names)
    axes = _number_of_axes(framework, text, function, given.get(dialect.kernel))
    own = _by_axis(given, axes)
    shared = [own.get(name, (1,) * axes) for name in names[:3]]
    written = {name: ast.unparse(node) for name, node in nodes.items()}
    return Pasted(framework, dialect, written, axes, own, *shared)


def _known(text: str, nodes: dict[str, ast.expr], names: tuple[str, ...]) -> None:
    """torch's own names are refused where they mean nothing: they are easily mixed up."""
    for name in ("kernel_size", "stride", "padding", "output_padding", "dilation"):
        if name in nodes and name not in names:
            raise unreadable(text, f"{name} is none of {', '.join(names)}")


def _number_of_axes(framework: str, text: str, function: str, kernel: Any) -> int:
    """Keras names it; the kernels of the others show it."""
    name = function.rpartition(".")[2]
    digit = name.removeprefix("Conv").removesuffix("DTranspose")
    known = (
        digit in ("1", "2", "3") if framework == "keras" else name == "ConvTranspose"
    )
    if known and kernel is not None:
        if framework == "keras":
            return int(digit)
        return len(kernel) if isinstance(kernel, (tuple, list)) else 1
    raise SizeError(
        "a transposed convolution is given as a line of Python",
        {"layer": text},
        because="the size of its kernel is missing" if known else f"{name} is not one",
    )


def _by_axis(given: dict[str, Any], axes: int) -> dict[str, Any]:
    """A tuple for each argument, one value for each axis; what is None stays away."""
    own = {name: _tuple(value) for name, value in given.items() if value is not None}
    pads = own.get("pads")
    if isinstance(pads, tuple):
        # All begins come before all ends.
        own["pads"] = tuple(zip(pads[:axes], pads[axes:], strict=False))
    return {
        name: value if isinstance(value, tuple) else (value,) * axes
        for name, value in own.items()
    }


def _tuple(value: Any) -> Any:
    return tuple(map(_tuple, value)) if isinstance(value, (list, tuple)) else value
