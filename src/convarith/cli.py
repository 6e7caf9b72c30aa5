"""The library's verbs in a shell."""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, NoReturn, TypeAlias

import convarith
from convarith import _from_text as reading
from convarith._errors import Refusal
from convarith._network_command import ARGUMENTS, Unusable, answer
from convarith._say import LANGUAGES, say
from convarith.porting import port
from convarith.porting.frameworks import PORTED

SHOWN = 3
KINDS = {kind.__name__: kind for kind in (convarith.ConvTranspose, convarith.Conv)}

# What is printed, the same for JSON, and the exit code.
Answered: TypeAlias = tuple[str, Any, int]
# The name or the flag of an argument, and what argparse has to know of it.
Argument: TypeAlias = tuple[str, dict[str, Any]]


class _Misused(Exception):
    """What the command line cannot be read as."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """One line; who wants the usage asks for it."""
        raise _Misused(f"{self.prog}: error: {message}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Answer one command; 0 where there is an answer, 1 where none fits, 2 if refused."""
    # A stream that cannot say everything, or nothing, is no reason for a traceback.
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    given = sys.argv[1:] if arguments is None else arguments
    try:
        asked = _parser().parse_args(given)
        text, data, status = asked.answer(asked)
    except (Refusal, _Misused, Unusable) as refusal:
        return _refused(refusal, given)
    return _printed(_as_json(data) if asked.json else text, int(status))


def _refused(refusal: Exception, given: Sequence[str]) -> int:
    if not isinstance(refusal, Refusal):
        line = str(refusal)
    else:
        # It was parsed, so the language is one there is.
        chosen = _parser().parse_args(given).lang
        line = " ".join(f"convarith: error: {refusal.text(chosen)}".split())
    if "--json" in given:
        return _printed(_as_json({"error": line}), 2)
    print(line, file=sys.stderr)
    return 2


def _printed(text: str, status: int) -> int:
    try:
        print(text, flush=True)
    except OSError as error:
        # Python would try once more at its end, and complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        # A reader that has gone has seen enough; a full disk has not.
        if not isinstance(error, BrokenPipeError):
            print(f"convarith: error: {error}", file=sys.stderr)
            return 2
    return status


def _as_json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False)


def _size(asked: argparse.Namespace) -> Answered:
    in_size = reading.size(asked.in_size)
    layer = reading.layer(asked.layer, _axes(in_size))
    out_size = layer.out_size(in_size)
    data = {"layer": repr(layer), "in_size": in_size, "out_size": out_size}
    return _joined(out_size), data, 0


def _trace(asked: argparse.Namespace) -> Answered:
    in_size = reading.size(asked.in_size)
    axes = _axes(in_size)
    read = [one for text in asked.layers for one in reading.layers(text, axes)]
    stack = convarith.Stack(read)
    trace = stack.trace(in_size)
    width = max(len(_joined(size)) for size in trace)
    lines = [f"{_joined(trace[0]):>{width}}"]
    for size, layer in zip(trace[1:], stack, strict=True):
        lines.append(f"{_joined(size):>{width}}  {layer!r}")
    data = {"layers": [repr(layer) for layer in stack], "trace": trace}
    return "\n".join(lines), data, 0


def _solve(asked: argparse.Namespace) -> Answered:
    sizes = reading.size(asked.in_size), reading.size(asked.out_size)
    kind = KINDS[asked.kind]
    found = convarith.solve(*sizes, **_choices(asked, PARAMETERS), kind=kind)
    return _found(found, asked)


def _scale(asked: argparse.Namespace) -> Answered:
    names = [name for name in PARAMETERS if name != "stride"]
    return _found(
        convarith.scale_by(reading.size(asked.factor), **_choices(asked, names)), asked
    )


def _choices(asked: argparse.Namespace, names: Sequence[str]) -> dict[str, Any]:
    given = {name: getattr(asked, name) for name in names}
    return {
        name: None if text is None else reading.choices(text)
        for name, text in given.items()
    }


def _found(solutions: convarith.Solutions, asked: argparse.Namespace) -> Answered:
    language = asked.lang
    data = {
        "solutions": [
            {"layer": repr(layer), "reasons": solutions.reasons(n, language=language)}
            for n, layer in enumerate(solutions)
        ],
        "reason": solutions._why(language),
        "nearest": solutions.nearest,
    }
    shown = None if asked.all else SHOWN
    return solutions.text(language=language, limit=shown), data, 0 if solutions else 1


def _receptive_field(asked: argparse.Namespace) -> Answered:
    read = [one for text in asked.layers for one in reading.layers(text)]
    stack = convarith.Stack(read)
    found = stack.receptive_field()
    fields = found if isinstance(found, tuple) else (found,)
    data = [
        {name: getattr(field, name) for name in ("size", "sizes", "starts")}
        | {"stride": str(field.stride)}
        for field in fields
    ]
    lines = [
        f"size {field.size}, stride {field.stride}, starts "
        + ", ".join(map(str, field.starts))
        for field in fields
    ]
    layers = [repr(layer) for layer in stack]
    return "\n".join(lines), {"layers": layers, "fields": data}, 0


def _explain(asked: argparse.Namespace) -> Answered:
    in_size = reading.size(asked.in_size)
    layer = reading.layer(asked.layer, _axes(in_size))
    out_size = layer.out_size(in_size)
    markup = "tex" if asked.tex else "text"
    text = convarith.explain(layer, in_size, language=asked.lang, markup=markup)
    data = {"layer": repr(layer), "in_size": in_size, "out_size": out_size}
    return text, data | {"text": text}, 0


def _draw(asked: argparse.Namespace) -> Answered:
    in_size = reading.size(asked.in_size)
    layer = reading.layer(asked.layer, _axes(in_size))
    chosen = {} if asked.axis is None else {"axis": asked.axis}
    drawing = convarith.draw(layer, in_size, language=asked.lang, **chosen)
    data = {"layer": repr(layer), "in_size": in_size, "svg": drawing.svg}
    if asked.out is None:
        return drawing.svg.rstrip(), data, 0
    try:
        drawing.save(asked.out)
    except OSError as error:
        raise _Misused(f"convarith draw: error: {error}") from None
    return f"{drawing.title} ({asked.out})", data, 0


def _port(asked: argparse.Namespace) -> Answered:
    in_size = reading.size(asked.in_size)
    found = port(asked.framework, asked.layer, in_size, language=asked.lang)
    crops = found.crops[:1] if len(set(found.crops)) == 1 else found.crops
    ends = (say(asked.lang, "ported-ends", begin=b, end=e) for b, e in crops)
    lines = {"ported-layer": found.layer, "ported-then": found.then}
    lines |= {"ported-weight": found.weight}
    lines |= {"ported-crop": say(asked.lang, "ported-next").join(ends)}
    lines |= {"ported-size": _joined(found.out_size)}
    said = (say(asked.lang, key, line=line) for key, line in lines.items() if line)
    text = "\n".join(said)
    return text, found._asdict(), 0


def _diagnose(asked: argparse.Namespace) -> Answered:
    message = " ".join(asked.message) or _from_standard_input()
    diagnosis = convarith.diagnose(message, language=asked.lang)
    return str(diagnosis), diagnosis.to_dict(), 1 if diagnosis.kind == "unknown" else 0


def _from_standard_input() -> str:
    try:
        # It is None where it was closed.
        return sys.stdin.read()
    except (AttributeError, OSError):
        raise _Misused("convarith diagnose: error: no message is given") from None


def _axes(size: Any) -> int:
    return len(size) if isinstance(size, tuple) else 0


def _joined(size: Any) -> str:
    return "x".join(map(str, size)) if isinstance(size, tuple) else str(size)


class Verb(NamedTuple):
    """A command: what it is for, an example, what it takes, and its answer."""

    name: str
    summary: str
    example: str
    arguments: Sequence[Argument]
    answer: Callable[[argparse.Namespace], Answered]


SWITCH = {"action": "store_true"}
LAYER: Argument = ("layer", {"metavar": "LAYER", "help": "as in Python"})
LAYERS: Argument = (
    "layers",
    {"metavar": "LAYER", "nargs": "+", "help": "as in Python"},
)
IN_SIZE: Argument = ("in_size", {"metavar": "IN_SIZE"})
OUT_SIZE: Argument = ("out_size", {"metavar": "OUT_SIZE"})
FACTOR: Argument = ("factor", {"metavar": "FACTOR"})
FRAMEWORK: Argument = ("framework", {"choices": PORTED})
MESSAGE: Argument = ("message", {"metavar": "MESSAGE", "nargs": "*"})
KIND: Argument = ("--kind", {"choices": KINDS, "default": "ConvTranspose"})
ALL: Argument = ("--all", SWITCH | {"help": f"all, not the first {SHOWN}"})
TEX: Argument = ("--tex", SWITCH | {"help": "the formula as TeX"})
OUT: Argument = ("--out", {"metavar": "FILE", "help": "write the SVG into a file"})
AXIS: Argument = (
    "--axis",
    {"metavar": "N", "type": int, "help": "the axis to draw, from 0"},
)
PARAMETERS = ("kernel_size", "stride", "padding", "output_padding", "dilation")
SEVERAL = {"metavar": "VALUE", "help": "a number, or several as in 2-5"}
CHOICES = {name: ("--" + name.replace("_", "-"), SEVERAL) for name in PARAMETERS}
NO_STRIDE = [own for name, own in CHOICES.items() if name != "stride"]

VERBS = (
    Verb("size", "the size that comes out of a layer", 'convarith size "ConvTranspose(3, stride=2)" 5', (LAYER, IN_SIZE), _size),
    Verb("solve", "the layers that make one size of another", "convarith solve 28 55", (IN_SIZE, OUT_SIZE, *CHOICES.values(), KIND, ALL), _solve),
    Verb("scale", "the transposed convolutions that make every size so many times larger", "convarith scale 2 --kernel-size 3", (FACTOR, *NO_STRIDE, ALL), _scale),
    Verb("trace", "the sizes on the way through several layers", 'convarith trace 64 "Conv(4, stride=2)" "nn.ConvTranspose2d(64, 32, 4, stride=2)"', (IN_SIZE, LAYERS), _trace),
    Verb("receptive-field", "the inputs that an output reads through several layers", 'convarith receptive-field "Conv(10, stride=5)" "Conv(3, stride=2)"', (LAYERS,), _receptive_field),
    Verb("explain", "the formula with the numbers put in", 'convarith explain "Conv(3, stride=2)" 10', (LAYER, IN_SIZE, TEX), _explain),
    Verb("draw", "a layer as an SVG picture, from the inputs to the output", 'convarith draw "ConvTranspose2d(64, 32, 4, stride=2, padding=1)" 14', (LAYER, IN_SIZE, OUT, AXIS), _draw),
    Verb("port", "the torch layer that gives another framework's values", "convarith port keras \"Conv2DTranspose(8, 3, strides=2, padding='same')\" 14", (FRAMEWORK, LAYER, IN_SIZE), _port),
    Verb("network", "the sizes that a PyTorch model takes; this imports and runs the model's code", "convarith network torch.nn:Identity --input 1x3x224x224 --size 222", (*ARGUMENTS, AXIS), answer),
    Verb("diagnose", "what an error message means, from the command line or from standard input", 'convarith diagnose "negative padding is not supported"', (MESSAGE,), _diagnose),
)  # fmt: skip


def _parser() -> argparse.ArgumentParser:
    common = _Parser(add_help=False)
    common.add_argument("--json", action="store_true", help="answer as JSON")
    common.add_argument(
        "--lang", choices=LANGUAGES, default="en", help="language of the sentences"
    )
    parser = _Parser(
        prog="convarith",
        description="Sizes of convolutions and transposed convolutions, both ways.",
        epilog="Sizes and values for several axes are joined by x: 5x7.",
    )
    version = f"%(prog)s {convarith.__version__}"
    parser.add_argument("--version", action="version", version=version)
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for verb in VERBS:
        command = commands.add_parser(
            verb.name,
            parents=[common],
            help=verb.summary,
            description=verb.summary[0].upper() + verb.summary[1:] + ".",
            epilog=f"example: {verb.example}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.set_defaults(answer=verb.answer)
        for name, known in verb.arguments:
            command.add_argument(name, **known)
    return parser
