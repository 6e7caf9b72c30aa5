"""The staircase shows the sizes that the library gives, however large they are."""

import random
import time
from collections.abc import Iterator
from typing import Any

import pytest
from docs.javascript import Engine

from convarith import Conv, ConvTranspose, SizeError
from tests.widgets.engine import WIDGETS, plant

Setting = dict[str, int]
Found = dict[str, Any]
WINDOW = ("kernel_size", "stride", "padding", "dilation")
# What a picture may hold: it must not grow with any number.
ELEMENTS = 90
DRAWN = """given.map((one) => {
    try {
        const stairs = stairsOf(one);
        const layout = layoutOf(stairs, 400, 330);
        const size = (tree) => Array.isArray(tree) ? 1 + tree.slice(2).reduce((sum, child) => sum + size(child), 0) : 0;
        const words = { input: "", output: "", hidden: "{count}" };
        const ways = ["forwards", "shared", "front", "choose"];
        return {
            ...stairs, choices: choicesOf(stairs), spans: layout.spans,
            treads: layout.treads.map(({ out, sizes }) => [out, sizes, stepOf(stairs.window, out)]),
            sums: ways.map((way) => sumsOf(stairs, way).map((parts) => parts.map(([text]) => text).join(""))),
            elements: Math.max(...ways.map((way) => size(pictureOf(stairs, layout, way, words)))),
        };
    } catch (error) {
        if (error instanceof SizeError) return { refused: error.message, fix: [remedy(error).name, remedy(error).value], lines: error.lines };
        throw error;
    }
})"""


def settings() -> Iterator[Setting]:
    """Every small setting of a kind, ordinary ones, and some with very large numbers."""
    draw = random.Random(1603)
    for _ in range(500):
        yield {
            "kernel_size": draw.randint(0, 7),
            "stride": draw.randint(0, 5),
            "padding": draw.randint(0, 5),
            "dilation": draw.randint(1, 4),
            "output_padding": draw.randint(0, 5),
            "out_size": draw.randint(0, 12),
        }
    for _ in range(160):
        stride = draw.choice((10**7, draw.randint(1, 10**6), draw.randint(1, 30)))
        dilation = draw.choice((1, draw.randint(1, 60)))
        given = {
            "kernel_size": draw.choice((3, 10**6)),
            "stride": stride,
            "padding": draw.choice((0, 1, draw.randint(0, 10**5))),
            "dilation": dilation,
        }
        yield given | {"in_size": draw.choice((10**12, draw.randint(1, 10**12)))}
        out, most = draw.randint(1, 10**6), max(stride, dilation) - 1
        yield given | {"out_size": out, "output_padding": draw.randint(0, most)}


def layer(given: Setting) -> tuple[Conv, ConvTranspose]:
    window = {name: given[name] for name in WINDOW}
    extra = given.get("output_padding", 0)
    return Conv(**window), ConvTranspose(**window, output_padding=extra)


def expected(given: Setting) -> tuple[int, int] | None:
    """The step and the chosen size, as the library has them; or it refuses."""
    try:
        conv, back = layer(given)
        if "in_size" in given:
            return conv.out_size(given["in_size"]), given["in_size"]
        return given["out_size"], back.out_size(given["out_size"])
    except SizeError:
        return None


@pytest.fixture(scope="module")
def asked() -> list[Setting]:
    return list(settings())


@pytest.fixture(scope="module")
def found(asked: list[Setting]) -> list[Found]:
    return drawn(asked)


def drawn(asked: list[Setting]) -> list[Found]:
    names = ("stair-picture", "stair-words", "answers")
    engine = Engine(*(WIDGETS / f"{name}.mjs" for name in names))
    found: list[Found] = engine.ask(DRAWN, asked)
    return found


def wrong(given: Setting, found: Found) -> Iterator[str]:
    """What of a staircase is not as the library has it."""
    wanted = expected(given)
    if wanted is None or "refused" in found:
        if (wanted is None) != ("refused" in found):
            yield f"refused: {found.get('refused')}, not {wanted}"
        return
    conv, _ = layer(given)
    if wanted != (found["out_size"], found["size"]):
        yield f"{found['out_size']}, {found['size']}, not {wanted}"
    if found["on"] != conv.out_size(found["size"]):
        yield f"{found['size']} stands on {found['on']}"
    for out, sizes, step in found["treads"]:
        real = conv.in_sizes(out)
        if step != [real.start, real.stop - 1]:
            yield f"step {out} is {step}"
        if any(size not in real for size in sizes):
            yield f"step {out} has {sizes}"
        if real and not {real[0], real[-1]} <= set(sizes):
            yield f"step {out} has no ends"
    yield from gaps(found)
    for text in {line for lines in found["sums"] for line in lines}:
        sum_, result = text.rsplit(" = ", 1)
        plain = sum_.replace("−", "-").replace("×", "*").replace("/", "//")
        if eval(plain.replace("floor", "")) != int(result):
            yield text


def gaps(found: Found) -> Iterator[str]:
    """The sizes in sight and those in gaps are all sizes from the first to the last."""
    spans = found["spans"]
    shown = {size for _, sizes, _ in found["treads"] for size in sizes}
    ends = [spans[0]["from"] - 1] + [span["to"] for span in spans]
    if any(span["from"] != end + 1 for span, end in zip(spans, ends, strict=False)):
        yield f"the spans {spans} leave something out"
    count = sum(span["to"] - span["from"] + 1 for span in spans if not span["gap"])
    if count != len(shown) or found["size"] not in shown:
        yield f"in sight are {shown}"


def mistakes(asked: list[Setting], found: list[Found]) -> list[Any]:
    pairs = zip(asked, found, strict=True)
    return [(given, what) for given, one in pairs for what in wrong(given, one)]


def test_the_staircase_is_the_one_of_the_library(
    asked: list[Setting], found: list[Found]
) -> None:
    assert mistakes(asked, found) == []
    refusals = {one.get("refused") for one in found}
    assert refusals > {None, "output-padding-limit", "nothing-left", "below-one"}
    assert any(one["on"] > one["out_size"] for one in found if "on" in one)


def test_what_output_padding_can_choose_is_what_the_library_accepts(
    asked: list[Setting], found: list[Found]
) -> None:
    for given, one in zip(asked, found, strict=True):
        if "refused" in one:
            continue
        least, most = one["choices"]
        tried = sorted({least - 1, least, most, most + 1})
        accepted = [value for value in tried if accepts(given, value, one["out_size"])]
        assert accepted == sorted({least, most}), given


def accepts(given: Setting, output_padding: int, out_size: int) -> bool:
    try:
        _, back = layer(given | {"output_padding": output_padding})
        back.out_size(out_size)
    except SizeError:
        return False
    return True


def test_pressing_what_fixes_a_refusal_leads_to_an_answer(
    asked: list[Setting], found: list[Found]
) -> None:
    left = asked
    for _ in (*WINDOW, "output_padding", "out_size"):
        answers = zip(left, found, strict=True)
        left = [given | dict([one["fix"]]) for given, one in answers if "fix" in one]
        found = drawn(left)

    assert left == []


def test_no_number_makes_a_picture_large_or_slow() -> None:
    large = [
        {"kernel_size": 3, "stride": 10**7, "padding": 0, "dilation": 1, "in_size": 10**12},
        {"kernel_size": 10**12, "stride": 1, "padding": 10**12, "dilation": 1, "in_size": 5},
        {"kernel_size": 2, "stride": 2, "padding": 0, "dilation": 10**9, "out_size": 4, "output_padding": 10**9 - 1},
    ]  # fmt: skip
    begun = time.perf_counter()
    found = drawn(large)
    took = time.perf_counter() - begun

    assert [one.get("refused") for one in found] == [None] * 3
    assert max(one["elements"] for one in found) < ELEMENTS
    assert took < 0.6


# What is broken, and whose answer shows it.
FAULTS = [
    ("stairs.mjs", "in_size - front", "in_size - front + 1"),
    ("stairs.mjs", "on: sizeOf(conv(window), size)", "on: out_size"),
    ("stairs.mjs", "last - width + 1)", "last - width)"),
    ("stairs.mjs", "size >= 1 || first > last", "first > last"),
    ("stair-layout.mjs", "from: next, to: from - 1", "from: next, to: from"),
    ("stair-words.mjs", "− 2 × ${padding}", "− ${padding}"),
]


@pytest.mark.parametrize(("module", "before", "after"), FAULTS)
def test_a_fault_in_the_staircase_is_found(
    monkeypatch: pytest.MonkeyPatch,
    asked: list[Setting],
    module: str,
    before: str,
    after: str,
) -> None:
    plant(monkeypatch, module, before, after)
    some = asked[::4]
    assert mistakes(some, drawn(some))
