"""The strip reads what the library reads, draws what it draws, and says the same sizes."""

import random
from collections.abc import Iterator
from typing import Any

import pytest
from docs.javascript import Engine, words
from torch import nn

from convarith import SizeError, Stack, from_torch
from convarith import _from_text as reading
from convarith._fitting_sizes import FittingSizes, fitting_sizes
from convarith._strip import Bar, Join, Strip, ruler_of, scene_of
from convarith.porting import port
from tests.adapter import PAGES
from tests.widgets.engine import WIDGETS, plant

MODULES = ("strip-net", "strip-scene", "strip-change", "strip-summary")
WORDS = {"hidden": "{count} more", "log": "log"}
# A picture holds no more than this, however long the network and however large its sizes.
ELEMENTS = 700
ASK = """given.map(({ text, size, joins, pairs }) => {
    try {
        const read = networkIn(text, foreign);
        if (!read) return null;
        const joined = pairs ? { meets: "graph", pairs } : joinedIn(read, joins ?? "auto");
        const asked = askedAt(read, joined, read.only ?? size, new Map());
        const whole = asked.stopped < 0;
        return {
            ...asked, read, meets: joined.meets, said: ruleText(asked.rule),
            verdict: whole ? verdictOf(asked) : "", why: asked.first < 0 ? "" : fill(...whyOf(asked)),
            strip: whole ? stripOf(asked) : null, lines: linesFor(read, size),
        };
    } catch (error) {
        if (error instanceof Unread || error instanceof SizeError) return { refused: error.message };
        throw error;
    }
})"""
SCENE = "given.map(([strip, size, width, narrow, words]) => [sceneOf(strip, width, narrow, words), rulerOf(size, (one) => one % 3 === 0, width, narrow)])"


def engine(language: str = "en") -> Engine:
    return Engine(*(WIDGETS / f"{name}.mjs" for name in MODULES), language=language)


@pytest.fixture(scope="module")
def english() -> Engine:
    return engine()


def asked(on: Engine, text: str, size: int = 222, **more: Any) -> Any:
    (found,) = on.ask(ASK, [{"text": text, "size": size, **more}])
    return found


def line(draw: random.Random, kind: str = "") -> str:
    """One layer of PyTorch, as people write it or as it is printed."""
    if kind == "down":
        return draw.choice(("nn.MaxPool2d(2)", "Conv2d(3, 4, 3, stride=2, padding=1)"))
    if kind == "up":
        k, p, extra = draw.choice(((2, 0, 0), (4, 1, 0), (3, 1, 1), (3, 1, 0)))
        return f"nn.ConvTranspose2d(4, 2, {k}, 2, {p}, output_padding={extra})"
    k, s, p = draw.randint(1, 7), draw.randint(1, 4), draw.randint(0, 3)
    extra, dilation = draw.randint(0, s - 1), draw.choice((1, 1, 2))
    window = f"kernel_size=({k}, {k}), stride=({s}, {s}), padding=({p}, {p})"
    return draw.choice(
        (
            f"nn.Conv2d(3, 4, {k}, {s}, {p}, {dilation})",
            f"Conv2d(3, 4, {window}, dilation=({dilation}, {dilation}), bias=False)",
            f"Conv2d(3, 4, {window}, padding_mode=reflect)",
            f"Conv2d(3, 4, {k}, padding='same')",
            f"nn.ConvTranspose2d(4, 2, {k}, {s}, {p}, {extra}, 1, True, {dilation})",
            f"ConvTranspose2d(4, 2, {window}, output_padding=({extra}, {extra}))",
            f"nn.MaxPool2d({k}, {s}, padding={min(p, k // 2)}, ceil_mode=True)",
            f"MaxPool2d(kernel_size={k}, stride={s}, padding=0, dilation={dilation}, ceil_mode=False)",
            f"nn.AvgPool2d({k})",
            f"Upsample(scale_factor={s}.0, mode='nearest')",
            f"nn.Upsample(scale_factor={draw.choice((1.5, 0.5, 2.25))})",
            f"PixelShuffle(upscale_factor={s})",
            f"nn.ReflectionPad2d(({p}, {k}, 1, 1))",
            f"ZeroPad2d({p})",
            f"nn.PixelUnshuffle({s})",
            f"AdaptiveAvgPool2d(output_size=({k}, {k + 1}))",
        )
    )


def chains() -> Iterator[tuple[list[str], int, list[tuple[int, int]]]]:
    draw = random.Random(2015)
    for _ in range(120):
        depth = draw.randint(1, 4)
        downs = [line(draw, "down") for _ in range(depth)]
        ups = [line(draw, "up") for _ in range(depth)]
        pairs = [(depth - 1 - n, depth + 1 + n) for n in range(depth)]
        yield [*downs, *ups], draw.randint(1, 999), pairs
    for _ in range(200):
        lines = [line(draw) for _ in range(draw.randint(1, 6))]
        size = draw.choice((draw.randint(1, 60), draw.randint(1, 4096), 10**12))
        places = sorted(draw.sample(range(len(lines) + 1), 2))
        pairs = [(0, len(lines)), (places[0], places[1])]
        yield lines, size, sorted(set(pairs), key=lambda pair: pair[1])


def expected(lines: list[str], size: int, pairs: list[tuple[int, int]]) -> Any:
    """The sizes that the library reads in the same lines, on the last axis, and the rest."""
    try:
        stack = Stack([one for text in lines for one in reading.layers(text, 2)])
    except SizeError:
        return None
    last = stack._on_axis[-1]
    try:
        sizes = last.trace(size)
    except SizeError:
        return None, last, None
    broken = None
    if len(stack._on_axis) == 1 or stack.alike:
        broken = stack.broken_skip(size, pairs)
    return sizes, last, broken


def wrong(on: Engine) -> Iterator[str]:
    cases = list(chains())
    answers = on.ask(
        ASK,
        [
            {"text": "\n".join(lines), "size": size, "pairs": pairs}
            for lines, size, pairs in cases
        ],
    )
    for (lines, size, pairs), found in zip(cases, answers, strict=True):
        want = expected(lines, size, pairs)
        case = f"{lines} at {size}, {pairs}"
        if want is None or "refused" in found:
            # What a double cannot count is refused here alone.
            if (want is None) != ("refused" in found) and found["refused"] != "inexact":
                yield f"{case}: {found.get('refused')}, but {want}"
            continue
        sizes, last, broken = want
        if (found["sizes"] if found["stopped"] < 0 else None) != sizes:
            yield f"{case}: {found['sizes']}, not {sizes}"
        if (
            sizes
            and broken
            and found.get("cure", {}).get("extra") != (broken.output_padding)
        ):
            yield f"{case}: {found.get('cure')}, not {broken}"
        if "rule" in found:
            records = [layer.record for layer in last.layers]
            rule = fitting_sizes(records, pairs)
            if found["rule"] != {"first": [*rule.first], "period": rule.period}:
                yield f"{case}: {found['rule']}, not {rule!r}"
            if len(rule.first) < 9 and found["said"] != str(rule):
                yield f"{case}: {found['said']}, not {rule}"


def test_a_chain_has_the_sizes_and_the_rule_of_the_library(english: Engine) -> None:
    assert list(wrong(english))[:5] == []


def test_the_first_break_of_a_u_net_is_found_and_fixed_as_the_library_does(
    english: Engine,
) -> None:
    """What the pairs are is guessed here, and said there."""
    draw, cured = random.Random(1505), 0
    for _ in range(60):
        depth = draw.randint(1, 4)
        lines = [line(draw, kind) for kind in ("down", "up") for _ in range(depth)]
        text = "\n".join(f"self.l{n} = {one}" for n, one in enumerate(lines))
        size = draw.randint(40, 400)
        stack = Stack([one for own in lines for one in reading.layers(own, 2)])
        pairs = [(depth - 1 - n, depth + 1 + n) for n in range(depth)]
        broken, found = stack.broken_skip(size, pairs), asked(english, text, size)
        rule = stack.fitting_sizes(pairs)
        assert isinstance(rule, FittingSizes)
        if not rule.first:
            # The skips never meet, so they are not those of this network.
            assert found["pairs"] in ([], [[0, 2 * depth]]), text
            continue
        assert [tuple(pair) for pair in found["pairs"]] == pairs
        assert (found["near"] in rule, size in rule) == (True, broken is None)
        assert abs(found["near"] - size) <= (rule.at_least(size) or 0) - size
        if broken is None:
            assert (found["first"], found["verdict"]) == (-1, "all skips fit")
            continue
        cured += broken.layer is not None
        values = (
            (found["cure"]["number"], found["cure"]["extra"])
            if "cure" in found
            else (None, None)
        )
        assert (broken.layer, broken.output_padding) == values
        assert f"into {broken.got}, but the skip has {broken.wanted}." in found["why"]
    assert cured > 15


def test_both_draw_the_same_picture(english: Engine) -> None:
    draw, given, drawn = random.Random(2026), [], []
    for _ in range(60):
        count = draw.choice((1, 2, 5, 9, 30, 400))
        largest = draw.choice((9, 999, 10**12))
        bars = [
            Bar(draw.randint(1, largest), f"a.layer{n}", "k2 s2") for n in range(count)
        ]
        joins = [
            Join(*sorted(draw.sample(range(count), 2)), 7, 8)
            if count > 1
            else Join(0, 0, 7, 8)
            for _ in range(draw.randint(0, 9))
        ]
        strip = Strip(bars, joins, draw.randint(-1, len(joins) - 1))
        width, narrow, size = (
            draw.choice((240, 356, 900)),
            draw.random() < 0.5,
            bars[0].size,
        )
        plain = strip._asdict() | {
            "bars": [bar._asdict() for bar in bars],
            "joins": [join._asdict() for join in joins],
        }
        given.append([plain, size, width, narrow, WORDS])
        scene = scene_of(strip, width, narrow, WORDS)
        ruler = ruler_of(size, lambda one: one % 3 == 0, width, narrow)
        drawn.append((scene, ruler))
    for (scene, ruler), (there, rule) in zip(
        drawn, english.ask(SCENE, given), strict=True
    ):
        assert there["height"] == scene.height
        for ours, theirs in ((scene.marks, there["marks"]), (ruler, rule)):
            plain = [(tag, own, "".join(said)) for tag, own, *said in theirs]
            assert plain == list(ours)
            assert len(ours) < ELEMENTS


PRINTED = nn.Sequential(
    nn.Conv2d(3, 8, 3, stride=2, padding=1, padding_mode="reflect"),
    nn.Sequential(nn.BatchNorm2d(8), nn.ReLU(), nn.MaxPool2d(3, 2, 1, ceil_mode=True)),
    nn.Upsample(scale_factor=2),
    nn.ConvTranspose2d(8, 3, (3, 4), stride=2, padding=1),
)
# A paste of each kind, and the sizes that it has at 222.
PASTES: dict[str, tuple[str, list[int]]] = {
    "printed": (str(PRINTED), []),
    "code": ("model = nn.Sequential(\n    nn.Conv1d(1, 8, 7, stride=3),  # down)\n    nn.ReLU(),\n)", [222, 72]),
    "keras": (
        "x = layers.Conv2D(8, 3, strides=2, padding='same', activation='relu')(x)\n"
        "x = layers.MaxPooling2D(2)(x)\nx = layers.UpSampling2D()(x)\n"
        "x = layers.Conv2DTranspose(8, 3, strides=2, padding='same')(x)",
        [222, 111, 55, 110, 220],
    ),
    "onnx": (
        "  %1 = Conv[dilations = [1, 1], group = 1, kernel_shape = [3, 3], pads = [1, 1, 1, 1], strides = [2, 2]](%input, %w)\n"
        "  %2 = Relu(%1)\n"
        "  %3 = MaxPool[kernel_shape = [2, 2], strides = [2, 2]](%2)\n"
        "  %4 = ConvTranspose[kernel_shape = [2, 2], strides = [2, 2]](%3, %v)\n"
        "  %5 = Concat[axis = 1](%2, %4)\n",
        [222, 111, 55, 110],
    ),
    "summary": (
        "Layer (type:depth-idx)    Output Shape    Param #\n=====\n"
        "UNet                      [1, 2, 388, 388]    --\n"
        "├─DoubleConv: 1-1         [1, 64, 568, 568]   --\n"
        "│    └─Conv2d: 2-1        [1, 64, 570, 570]   1,792\n"
        "│    └─Conv2d: 2-2        [1, 64, 568, 568]   36,928\n"
        "├─MaxPool2d: 1-2          [1, 64, 284, 284]   --\n",
        [570, 568, 284],
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", PASTES)
def test_a_paste_of_each_kind_is_read(english: Engine, kind: str) -> None:
    text, sizes = PASTES[kind]
    found = asked(english, text)
    if kind == "printed":
        sizes = [size[1] for size in from_torch(PRINTED).trace((222, 222))]
    assert (found["read"]["source"], found["sizes"]) == (kind, sizes)
    assert found["read"]["unknown"] == []
    if kind == "onnx":
        assert (found["meets"], found["pairs"]) == ("graph", [[1, 3]])
        assert "but the skip has 111." in found["why"]
    if kind == "keras":
        layer = "Conv2DTranspose(8, 3, strides=2, padding='same')"
        assert port("keras", layer, 110).out_size == (sizes[-1],) * 2


# What a text cannot say is said: branches beside, unknown modules, loops.
RESIDUAL = """Net(
  (stem): Conv2d(3, 8, kernel_size=(7, 7), stride=(2, 2), padding=(3, 3), bias=False)
  (block): Block(
    (conv1): Conv2d(8, 16, kernel_size=(3, 3), stride=(2, 2), padding=(1, 1))
    (attend): Something()
    (downsample): Sequential(
      (0): Conv2d(8, 16, kernel_size=(1, 1), stride=(2, 2))
    )
  )
  (up): ParametrizedConvTranspose2d(
    16, 8, kernel_size=(4, 4), stride=(2, 2), padding=(1, 1)
    (parametrizations): ModuleDict(
      (weight): ParametrizationList(
        (0): _WeightNorm()
      )
    )
  )
)"""


def test_what_a_printed_model_cannot_say_is_named(english: Engine) -> None:
    read = asked(english, RESIDUAL)["read"]

    assert [layer["name"] for layer in read["layers"]] == ["stem", "block.conv1", "up"]
    assert (read["beside"], read["unknown"]) == (["block.downsample"], ["Something"])
    assert asked(english, "for n in range(3):\n    nn.Conv2d(3, 4, 3)")["read"]["twice"]
    assert asked(english, "no layers here (at all)") is None
    assert "stride" in asked(english, "nn.Conv2d(3, 4, 3, stride=stride)")["refused"]


def test_the_changed_line_is_read_as_the_layer_that_fits(english: Engine) -> None:
    for text, printed in (
        ("self.up = nn.ConvTranspose2d(8, 4, 2, stride=2)", False),
        ("self.up = nn.ConvTranspose2d(8, 4, 3, 2, 1, 0, bias=False)", False),
        ("(up): ConvTranspose2d(8, 4, kernel_size=(3, 3), stride=(2, 2), output_padding=(0, 0))", True),
    ):  # fmt: skip
        (layer,) = asked(english, text)["read"]["layers"]
        ask = "changed(given.text, given.printed, given.layer, { extra: 1 })"
        given = {"text": text, "printed": printed, "layer": layer}
        before, after = english.ask(ask, given)
        (was,), (own,) = reading.layers(before, 2), reading.layers(after, 2)
        assert own == was.replace(output_padding=1)


def test_the_lines_that_ask_the_model_run(capsys: pytest.CaptureFixture[str]) -> None:
    lines = asked(engine(), str(PRINTED), 64)["lines"]
    exec(lines, {"model": PRINTED})

    assert capsys.readouterr().out.count("\n") == 2


@pytest.mark.parametrize("language", PAGES)
def test_the_rule_is_said_as_the_library_says_it(language: str) -> None:
    on = engine(language)
    for first, period in (
        ((), 0),
        ((4,), 4),
        ((6,), 4),
        ((1,), 1),
        ((3, 4), 5),
        ((7,), 0),
    ):
        rule = FittingSizes(first, period)
        said = on.ask("ruleText(given)", {"first": first, "period": period})
        assert said == rule.text(language=language)
    assert words(language)["strip"]


# What is broken, and whose answer shows it.
FAULTS = [
    ("strip-sizes.mjs", "return out - 1", "return out"),
    ("strip-sizes.mjs", "high = middle;", "high = middle - 1;"),
    ("strip-layers.mjs", "2 * padding - reach + (ceil", "padding - reach + (ceil"),
    ("strip-layers.mjs", "before + after, detail", "before, detail"),
]


@pytest.mark.parametrize(("module", "before", "after"), FAULTS)
def test_a_fault_in_the_strip_is_found(
    monkeypatch: pytest.MonkeyPatch, module: str, before: str, after: str
) -> None:
    plant(monkeypatch, module, before, after)
    assert next(wrong(engine()), "")
