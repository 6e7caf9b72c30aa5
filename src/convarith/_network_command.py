"""`convarith network`: a model by its name, asked in a shell."""

from __future__ import annotations

import argparse
import importlib
import sys
from pathlib import Path
from typing import Any

from convarith import _from_text as reading
from convarith._errors import SizeError


class Unusable(Exception):
    """What is named cannot be asked; the message is one line."""

    def __str__(self) -> str:
        return f"convarith network: error: {self.args[0]}"


# What `convarith network` takes, besides the axis.
ARGUMENTS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("model", {"metavar": "MODULE:NAME", "help": "a model, or what makes one"}),
    (
        "--input",
        {"metavar": "SHAPE", "required": True, "help": "of its input: 1x3x224x224"},
    ),
    ("--size", {"metavar": "N", "help": "the size in question"}),
    ("--html", {"metavar": "FILE", "help": "write a page with the picture"}),
)


def answer(asked: argparse.Namespace) -> tuple[str, dict[str, Any], int]:
    """What is printed, the same for JSON, and the exit code: 1 where the size is refused."""
    try:
        import torch

        from convarith.network import Network
    except ModuleNotFoundError:
        raise Unusable("PyTorch is not installed here") from None
    shape = reading.size(asked.input)
    model = _named(asked.model)
    axis = -1 if asked.axis is None else asked.axis
    print(
        f"convarith: running the code of {asked.model}, without values", file=sys.stderr
    )
    net = Network(model, torch.zeros(shape), axis=axis)
    data: dict[str, Any] = {
        "model": asked.model,
        "derived": net.derived,
        "why_observed": net.why_observed,
        "formula": net.formula,
        "fitting": str(net.fitting_sizes()),
        "same": str(net.fitting_sizes(same=True)),
    }
    lines = [
        f"derived:  {'for every size' if net.derived else 'no: ' + net.why_observed}",
        f"output:   {net.formula or 'no single formula'}",
        f"runs at:  {data['fitting']}",
        f"the same: {data['same']}",
    ]
    status = 0
    if asked.size is not None:
        text, more, status = _at_size(net, reading.size(asked.size))
        lines.append(text)
        data |= more
    if asked.html is not None:
        _write(net, asked)
    return "\n".join(lines), data, status


def _at_size(net: Any, size: Any) -> tuple[str, dict[str, Any], int]:
    data: dict[str, Any] = {"in_size": size}
    try:
        out = net.out_size(size)
    except SizeError:
        broken, padding = net.broken_skip(size), net.padding_for(size)
        data |= {"out_size": None, "broken": str(broken)}
        data["padding"] = padding and padding._asdict() | {
            "keep": padding.keep and padding.keep.stop
        }
        text = f"{net.trace(size)}\n{broken}"
        return text + (f"\nOr {padding}." if padding else ""), data, 1
    return f"{net.trace(size)}\n{size} becomes {out}", data | {"out_size": out}, 0


def _write(net: Any, asked: argparse.Namespace) -> None:
    """The page with the picture, at the size in question or at the example's."""
    from convarith.network.page import html

    size = net.sizes if asked.size is None else reading.size(asked.size)
    try:
        Path(asked.html).write_text(html(net, size, asked.lang), "utf-8")
    except OSError as error:
        raise Unusable(str(error)) from None


def _named(name: str) -> Any:
    """The model that module:name is, or makes."""
    import torch

    place, colon, attribute = name.partition(":")
    if not colon or not place or not attribute:
        raise Unusable(f"{name} is not written as package.module:Model")
    # As `python -m` does: what lies here can be imported.
    sys.path.insert(0, str(Path.cwd()))
    try:
        found: Any = importlib.import_module(place)
        for part in attribute.split("."):
            found = getattr(found, part)
        model = found if isinstance(found, torch.nn.Module) else found()
    except Exception as error:
        kind = type(error).__name__
        raise Unusable(
            f"{name} cannot be made: {kind}: {' '.join(str(error).split())}"
        ) from error
    finally:
        sys.path.pop(0)
    if not isinstance(model, torch.nn.Module):
        raise Unusable(f"{name} is a {type(model).__name__}, not a torch.nn.Module")
    return model.eval() if model is not found else model
