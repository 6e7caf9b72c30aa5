"""`convarith network`: a model by its name, asked in a shell."""

from __future__ import annotations

import argparse
import importlib
import sys
from pathlib import Path
from typing import Any

from convarith import _from_text as reading
from convarith._errors import SizeError
from convarith._say import Sentence, say


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
    began = say(asked.lang, "network-running", model=asked.model)
    print(f"convarith: {began}", file=sys.stderr)
    net = Network(model, torch.zeros(shape), axis=axis)
    why = None if net.derived else net._why
    fitting, same = net.fitting_sizes(), net.fitting_sizes(same=True)
    data: dict[str, Any] = {
        "model": asked.model,
        "derived": net.derived,
        "why_observed": why.text(asked.lang) if why else "",
        "formula": net.formula,
        "fitting": fitting.text(language=asked.lang),
        "same": same.text(language=asked.lang),
    }
    lines = _of_all_sizes(data, asked.lang)
    status = 0
    if asked.size is not None:
        text, more, status = _at_size(net, reading.size(asked.size), asked.lang)
        lines.append(text)
        data |= more
    if asked.html is not None:
        _write(net, asked)
    return "\n".join(lines), data, status


def _of_all_sizes(data: dict[str, Any], language: str) -> list[str]:
    why = data["why_observed"]
    formula = data["formula"] or Sentence("network-no-formula", {})
    return [
        say(language, "network-observed" if why else "network-derived", why=why),
        say(language, "network-formula", formula=formula),
        say(language, "network-runs", sizes=data["fitting"]),
        say(language, "network-same", sizes=data["same"]),
    ]


def _at_size(net: Any, size: Any, language: str) -> tuple[str, dict[str, Any], int]:
    data: dict[str, Any] = {"in_size": size}
    try:
        out = net.out_size(size)
    except SizeError:
        broken, padding = net.broken_skip(size), net.padding_for(size)
        broken = broken.text(language=language)
        data |= {"out_size": None, "broken": broken}
        data["padding"] = padding and padding._asdict() | {
            "keep": padding.keep and padding.keep.stop
        }
        text = f"{net.trace(size)}\n{broken}"
        if padding:
            way = padding.text(language)
            text += "\n" + say(language, "network-or", padding=way)
        return text, data, 1
    becomes = say(language, "network-becomes", in_size=size, out_size=out)
    return f"{net.trace(size)}\n{becomes}", data | {"out_size": out}, 0


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
