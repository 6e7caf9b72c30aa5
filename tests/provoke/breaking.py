"""A legal call, and each way to break one place of it.

A call is a line of source. Its places are its arguments; what an argument is (a map,
whole numbers, a word) is read from the line, and says what is illegal there. So the
line as it stands is a first cure, and the broken place is the true cause of what is
said.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from random import Random
from typing import NamedTuple

# What makes a map of a shape, and what makes constants, in the lines.
MAPS = {"ones", "index", "far"}
CONSTANTS = {"f32", "i64"}
# Arguments without a name have these, in their order.
UNNAMED = ("input", "weight", "bias", "more", "most")


class Place(NamedTuple):
    """An argument of a line: its name, where it stands, and what it is."""

    name: str
    start: int
    end: int
    node: ast.expr


class Broken(NamedTuple):
    """A call with one broken place, and what was done to that place."""

    line: str
    place: str
    how: str


def places(line: str) -> Iterator[Place]:
    """The arguments of the call, and of the call that made what is called."""
    call = ast.parse(line, mode="eval").body
    while isinstance(call, ast.Call):
        unnamed: list[ast.expr] = []
        for one in call.args:
            unnamed += one.elts if isinstance(one, ast.List) else [one]
        if isinstance(call.func, ast.Attribute) and _is_made(call.func.value):
            unnamed.insert(0, call.func.value)
        given = list(zip(UNNAMED, filter(_is_made, unnamed), strict=False))
        given += [(word.arg or "", word.value) for word in call.keywords]
        for name, node in given:
            yield Place(name, node.col_offset, node.end_col_offset or 0, node)
        call = call.func


def _is_made(node: ast.expr) -> bool:
    """Whether this is a map, or constants."""
    made = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    return made and node.func.id in MAPS | CONSTANTS  # type: ignore[attr-defined]


def broken(line: str, dtypes: tuple[str, ...]) -> Iterator[Broken]:
    """The line with each place broken in each way, and with one argument too many."""
    for place in places(line):
        seen = {line}
        for how, source in _ways(place.node, dtypes):
            new = _with(line, place, source)
            if new not in seen:
                seen.add(new)
                yield Broken(new, place.name, how)
    end = line.rindex(")")
    comma = "" if line[end - 1] == "(" else ", "
    for how, more in (
        ("unknown-name", "strides_=1"),
        ("output_size", "output_size=[4]"),
    ):
        yield Broken(f"{line[:end]}{comma}{more}{line[end:]}", "arguments", how)


def twice_broken(line: str, dtypes: tuple[str, ...], chance: Random) -> Broken | None:
    """The line with two of its places broken at once, as chance has it."""
    every = sorted(places(line), key=lambda place: place.start)
    if len(every) < 2:
        return None
    one, other = sorted(chance.sample(every, 2), key=lambda place: place.start)
    (how, source), (also, more) = (
        chance.choice(list(_ways(place.node, dtypes))) for place in (one, other)
    )
    new = _with(_with(line, other, more), one, source)
    return Broken(new, f"{one.name}, {other.name}", f"{how}, {also}")


def _with(line: str, place: Place, source: str) -> str:
    return line[: place.start] + source + line[place.end :]


def _ways(node: ast.expr, dtypes: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.Call):
        name = ast.unparse(node.func)
        numbers = [ast.unparse(one) for one in node.args]
        yield from (_map if name in MAPS else _constants)(name, numbers, dtypes)
        return
    value = ast.literal_eval(node)
    if isinstance(value, bool | None):
        yield from {"word": "'yes'", "int": "2", "true": "True"}.items()
    elif isinstance(value, str):
        for word in ("full", "same", "valid", "SAME", value.upper(), "causal", *WORDS):
            yield f"word-{word}", repr(word)
        yield from {"none": "None", "int": "1", "pair": "('same', 'same')"}.items()
        yield from {"empty": "''", "short": "('NHWC', 'OIHW')"}.items()
    elif isinstance(value, tuple | list):
        yield from _several(value)
    else:
        yield from ONE.items()
        yield from {"pair": "(1, 1)", "float": f"{value}.5"}.items()


WORDS = (
    *("linear", "bilinear", "bicubic", "trilinear", "nearest", "area", "cubic"),
    *("reflect", "constant", "circular", "channels_first", "align_corners"),
)
ONE = {
    "zero": "0", "minus": "-1", "three": "3", "large": "7", "much": "1000",
    "int32": "2**31", "int64": "2**63 - 1", "over": "2**64", "half": "1.5",
    "tiny": "0.01", "text": "'3'", "none": "None", "true": "True", "word": "'same'",
    "complex": "1j", "list": "[2]", "nan": "float('nan')",
}  # fmt: skip


def _map(
    name: str, sizes: list[str], dtypes: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    def made(*given: str) -> str:
        return f"{name}({', '.join(given)})"

    yield from {
        "none": "None",
        "int": "3",
        "text": "'x'",
        "list": "[[1.0, 2.0]]",
    }.items()
    yield "array", f"np.ones(({', '.join(sizes)},), 'float32')"
    yield "pair-of-maps", f"({made(*sizes)}, {made(*sizes)})"
    yield from {"axis-": made(*sizes[1:]), "axis-end": made(*sizes[:-1])}.items()
    yield from {"axes-2": made(*sizes[2:]), "axes-2end": made(*sizes[:-2])}.items()
    yield from {"axis+": made("1", *sizes), "axis+end": made(*sizes, "1")}.items()
    yield from {"axes+2": made("1", "1", *sizes), "scalar": f"{name}()"}.items()
    for at, size in enumerate(map(int, sizes)):
        for how, new in (
            *(("empty", 0), ("one", 1), ("plus", size + 1), ("minus", size - 1)),
            *(("double", 2 * size), ("half", size // 2), ("ninefold", 9 * size)),
        ):
            kept = [*sizes[:at], str(new), *sizes[at + 1 :]]
            yield f"{how}-{at}", made(*kept)
    yield "all-empty", made(*("0" for _ in sizes))
    yield "all-one", made(*("1" for _ in sizes))
    for dtype in dtypes:
        yield f"dtype-{dtype}", made(*sizes, f"dtype={dtype!r}")
    yield "device", f"elsewhere({made(*sizes)})"
    yield "sparse", f"sparse({made(*sizes)})"


def _constants(
    name: str, numbers: list[str], _: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    def made(*given: str) -> str:
        return f"{name}({', '.join(given)})"

    yield from {"short": made(*numbers[1:]), "empty": made(), "none": "None"}.items()
    yield from {"shorter": made(*numbers[2:]), "long": made(*numbers, "1")}.items()
    for how, bad in (("zero", "0"), ("minus", "-1"), ("much", "1000"), ("less", "-9")):
        yield f"{how}-last", made(*numbers[:-1], bad)
        yield f"{how}-first", made(bad, *numbers[1:])
        yield f"{how}-all", made(*(bad for _ in numbers))
    other = {"f32": "i64", "i64": "f32"}[name]
    yield "type", made(*numbers).replace(name, other)


def _several(value: tuple[object, ...] | list[object]) -> Iterator[tuple[str, str]]:
    made = type(value)
    first, count = value[0], len(value)
    yield from ONE.items()
    yield from {"empty": "()", "single": repr(made([first]))}.items()
    yield "long", repr(made([*value, first]))
    yield "short", repr(made(value[:-1]))
    yield "shorter", repr(made(value[:-2]))
    yield "double", repr(made([*value, *value]))
    yield "nested", repr((tuple(value),) * count)
    yield "pairs", repr(((1, 1),) * count)
    for how, bad in (
        *(("zero", 0), ("minus", -1), ("less", -9), ("large", 7), ("much", 1000)),
        *(
            ("over", 2**64),
            ("half", 1.5),
            ("text", "3"),
            ("none", None),
            ("true", True),
        ),
    ):
        inner = (bad, first[1]) if isinstance(first, tuple) else bad
        yield f"{how}-first", repr(made([inner, *value[1:]]))
        yield f"{how}-last", repr(made([*value[:-1], inner]))
        yield f"{how}-all", repr(made([inner] * count))
