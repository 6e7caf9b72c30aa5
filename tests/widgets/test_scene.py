"""The picture's scene and its sentences are true of the sizes that Python counts."""

import json
import random
import time
from typing import Any

import pytest
from docs.javascript import Engine

from convarith import ConvTranspose, SizeError, Taps, conv_transpose_size, taps
from convarith.porting import keras_crop
from tests.widgets.engine import WIDGETS, plant

NAMES = ConvTranspose.__match_args__
WIDE = {"width": 1052, "most": 36, "least": 20, "gap": 70}
PHONE = {"width": 350, "most": 30, "least": 13, "gap": 39}
KINDS = {"output", "hole", "cropped", "back", "bias"}


@pytest.fixture(scope="module")
def engine() -> Engine:
    names = ("overlap", "typed", "answers", "pasted")
    return Engine(*(WIDGETS / f"{name}.mjs" for name in names))


def drawn(count: int, largest: int) -> list[tuple[int, dict[str, int], Taps]]:
    """Legal settings, and what Python says of them."""
    draw = random.Random(2026)
    found: list[tuple[int, dict[str, int], Taps]] = []
    while len(found) < count:
        stride, dilation = draw.randint(1, 7), draw.choice((1, 1, 2, 3, 4, 5))
        given = {
            "kernel_size": draw.randint(1, 9),
            "stride": stride,
            "padding": draw.choice((0, 1, 2, draw.randint(0, 14))),
            "output_padding": draw.randrange(max(stride, dilation)),
            "dilation": dilation,
        }
        in_size = draw.randint(1, largest)
        try:
            found.append((in_size, given, taps(ConvTranspose(**given), in_size)))
        except SizeError:
            continue
    return found


@pytest.mark.parametrize("room", [WIDE, PHONE])
def test_the_cells_in_sight_are_those_that_python_counts(
    engine: Engine, room: dict[str, int]
) -> None:
    settings = drawn(200, 60)
    asked = [[in_size, given, room] for in_size, given, _ in settings]
    kinds, elided = set(), 0
    for (in_size, given, at), scene in zip(
        settings, engine.ask("given.map((one) => scene(...one))", asked), strict=True
    ):
        kinds |= {column["kind"] for column in scene["columns"]}
        elided += scene["fit"]["gap"] > 0
        for column in scene["columns"]:
            right(column, in_size, given, at)
        if not scene["fit"]["gap"] and not scene["fit"]["bars"]:
            inside = [one for one in scene["columns"] if one["kind"] != "cropped"]
            assert len(inside) == len(at.counts)
            assert scene["inputs"] == list(range(in_size))
        assert scene["out_size"] == len(at.counts)

    assert kinds == KINDS
    assert 20 < elided < 200


def right(
    column: dict[str, Any], in_size: int, given: dict[str, int], at: Taps
) -> None:
    """What stands in one column, against the definition and against Python's counts."""
    place, output = column["at"], column["output"]
    for one in column["taps"]:
        assert one["input"] * given["stride"] + one["tap"] * given["dilation"] == place
        assert 0 <= one["input"] < in_size
        assert 0 <= one["tap"] < given["kernel_size"]
    if not 1 <= output <= len(at.counts):
        assert column["kind"] == "cropped"
        return
    assert len(column["taps"]) == at.counts[output - 1]
    assert (column["kind"] == "bias") == (output - 1 in at.bias_only)
    back = output > len(at.counts) - given["output_padding"]
    assert (column["kind"] in ("back", "bias")) == (back or output - 1 in at.bias_only)
    assert column["kind"] != "hole" or output - 1 in at.holes


def test_a_scene_of_any_size_is_small(engine: Engine) -> None:
    for given in (
        [10**12, 10**6, 2, 1, 0, 1],
        [10**12, 4, 2, 1, 0, 1],
        [14, 4, 10**7, 1, 0, 1],
        [1, 10**6, 1, 5 * 10**5 - 1, 0, 1],
        [10**6, 2, 1, 0, 10**6 - 1, 10**6],
        [200, 24, 1, 0, 0, 1],
    ):
        in_size, numbers = given[0], dict(zip(NAMES, given[1:], strict=True))
        scene = engine.ask("scene(...given)", [in_size, numbers, WIDE])
        bricks = sum(len(column["taps"]) for column in scene["columns"])
        assert len(scene["inputs"]) + len(scene["columns"]) + bricks <= 1700
        assert scene["out_size"] == conv_transpose_size(in_size, **numbers)
        assert sum(to - start for start, to, _ in scene["segments"]) in (
            0,
            scene["total"],
        )


# What is broken, and the function whose answer shows it.
FAULTS = [
    ("scene.mjs", "at >= full ?", "at > full ?"),
    ("scene.mjs", "at >= back ?", "at > back ?"),
    ("scene.mjs", "Math.ceil((at - extent + 1) / stride)", "Math.ceil((at - extent) / stride) + 1"),
    ("scene.mjs", "total - fit.tail, total", "total - fit.tail + 1, total"),
    ("overlap.mjs", "apart) return true;", "apart) return false;"),
    ("overlap.mjs", "piece < pieces - 1", "piece < pieces"),
    ("overlap.mjs", "Math.ceil(taps / step) - 1", "Math.ceil(taps / step) - 2"),
]  # fmt: skip


@pytest.mark.parametrize(("module", "before", "after"), FAULTS)
def test_a_fault_in_the_picture_is_found(
    monkeypatch: pytest.MonkeyPatch, module: str, before: str, after: str
) -> None:
    plant(monkeypatch, module, before, after)
    engine = Engine(WIDGETS / "overlap.mjs")
    settings = drawn(600, 9) + drawn(60, 60)
    asked = [[in_size, given] for in_size, given, _ in settings]
    found = engine.ask(
        "given.map((one) => [scene(...one, ROOM), note(...one)])".replace(
            "ROOM", json.dumps(PHONE)
        ),
        asked,
    )
    assert any(
        wrong(scene, at) or not told(at, note)
        for (_, _, at), (scene, note) in zip(settings, found, strict=True)
    )


def wrong(scene: dict[str, Any], at: Taps) -> bool:
    """Whether a column differs from what Python counts there, or is missing."""
    seen = {column["output"]: column for column in scene["columns"]}
    last = scene["out_size"]
    return (last not in seen and not scene["segments"]) or any(
        (len(column["taps"]), column["kind"] == "bias")
        != (at.counts[place - 1], place - 1 in at.bias_only)
        or (column["kind"] == "back")
        != (last - scene["given"]["output_padding"] < place <= at.bias_only.start)
        for place, column in seen.items()
        if 1 <= place <= last
    )


def told(at: Taps, note: dict[str, Any]) -> bool:
    """Whether a note is true, and speaks of holes where there are some."""
    hidden = bool(at.holes) and not at.bias_only and note["key"] != "holes"
    return NOTES[note["key"]](at, note["values"]) and not hidden


NOTES = {
    "bias": lambda at, said: len(at.bias_only) == said["n"] > 1,
    "bias1": lambda at, _: len(at.bias_only) == 1,
    "holes": lambda at, _: bool(at.holes) and not at.bias_only,
    "most": lambda at, said: max(at.counts) <= said["i"],
    "uneven": lambda at, said: {said["a"], said["b"]} <= set(at.counts),
    "even": lambda at, said: max(at.counts) == said["a"] and at.overlap == "even",
    "single": lambda at, _: set(at.counts) == {1},
    "same": lambda at, said: set(at.counts) == {said["a"]},
    "ends": lambda at, said: (min(at.counts), max(at.counts)) == (said["b"], said["a"]),
}


def test_what_the_note_says_is_true_of_short_inputs_too(engine: Engine) -> None:
    settings = drawn(1500, 9)
    asked = [[in_size, given] for in_size, given, _ in settings]
    said = set()
    for (in_size, given, at), note in zip(
        settings, engine.ask("given.map((one) => note(...one))", asked), strict=True
    ):
        said.add(note["key"])
        assert told(at, note), (in_size, given, note)

    assert said == NOTES.keys()


SIZES = {
    ("14", 2): "14",
    ("14x20", 2): "14x20",
    ("14, 20", 2): "14x20",
    ("14 × 14", 2): "14",
    ("（14，20）", 2): "14x20",
    ("[1, 64, 14, 20]", 2): "14x20",
    ("torch.Size([1, 64, 14, 14])", 2): "14",
    ("64, 100", 1): "100",
    ("14,", 2): "14",
    ("-3", 1): "-3",
}


def test_a_size_is_read_as_people_write_it(engine: Engine) -> None:
    read = "typed('in_size', given[0], given[1], 'a layer')"
    for (text, dims), wanted in SIZES.items():
        assert engine.ask(read, [text, dims]) == wanted
    for text, dims in [
        ("14x20x3", 2),
        ("14x20", 1),
        ("1e3", 1),
        ("1.5", 2),
        ("", 2),
        ("[1, 2, 3, 4, 5]", 2),
    ]:
        refused = f"(() => {{ try {{ {read}; return ''; }} catch (error) {{ return error.message; }} }})()"
        assert engine.ask(refused, [text, dims]), text


LINES = {
    "nn.ConvTranspose2d(64, 32, 4, stride=2, padding=1, bias=False)": ("ConvTranspose2d", "4 2 1 0 1"),
    "self.up = nn.ConvTranspose1d(8, 8, kernel_size=(16,), stride=(8,), padding=(16 - 8) // 2),": ("ConvTranspose1d", "16 8 4 0 1"),
    "ConvTranspose2d(3, 3, (3, 5), (2, 1), 1, (1, 0))": ("ConvTranspose2d", "3x5 2x1 1 1x0 1"),
    "(up): ConvTranspose2d(8, 4, kernel_size=(2, 2), stride=(2, 2))": ("ConvTranspose2d", "2 2 0 0 1"),
    "nn.LazyConv3d(8, 3, padding='valid')": ("Conv3d", "3 1 0 1"),
    "Conv(3, stride=2, dilation=2)": ("Conv1d", "3 2 0 2"),
    "MaxPool2d(3, 2, 1)": ("MaxPool2d", "3 2 1 1"),
    "nn.AvgPool2d(2)": ("MaxPool2d", "2 2 0 1"),
    "F.conv_transpose2d(x, w, None, 2, 1, groups=2)": ("ConvTranspose2d", " 2 1 0 1"),
    "nn.ConvTranspose1d(c, c, k, u, padding=(k-u)//2)": ("ConvTranspose1d", "   0 1"),
    "keras.layers.Conv2DTranspose(64, 4, strides=2, padding='same', activation='relu')": ("ConvTranspose2d", "4 2 1 0 1"),
}  # fmt: skip
REFUSED = (
    "nn.Conv2d(1, 2, 3, strid=2)",
    "nn.Conv2d(1, 2, 3, padding='same')",
    "Conv(3, 2)",
    "nn.Conv2d(1, 2, (3, 3, 3))",
    "nn.MaxPool2d(2, ceil_mode=True)",
    "Conv2DTranspose(64, 3, strides=2, padding='same')",
)


def test_a_pasted_line_is_read_or_refused_with_a_reason(engine: Engine) -> None:
    for line, (layer, numbers) in LINES.items():
        (read,) = engine.ask("layersIn(given)", line)
        assert (read["layer"], read["unread"]) == (layer, "")
        assert " ".join(read["values"].values()) == numbers, line
    for line in REFUSED:
        (read,) = engine.ask("layersIn(given)", line)
        assert read["unread"], line
    assert engine.ask("layersIn(given)", "hello (Conv)") == []
    several = "Sequential(nn.Conv2d(3, 8, 3), nn.ReLU(), nn.MaxPool2d(2))"
    assert len(engine.ask("layersIn(given)", several)) == 2


def test_keras_crops_as_python_says(engine: Engine) -> None:
    for kernel_size in range(1, 8):
        for stride, dilation in [(1, 1), (2, 1), (3, 1), (4, 1), (1, 2), (1, 3)]:
            for same in (True, False):
                for output_padding in (None, *range(stride)):
                    wanted = keras_crop(
                        kernel_size=kernel_size,
                        strides=stride,
                        padding="same" if same else "valid",
                        output_padding=output_padding,
                        dilation_rate=dilation,
                    )
                    given = -1 if output_padding is None else output_padding
                    asked = [kernel_size, stride, dilation, same, given]
                    assert engine.ask("crop(...given)", asked) == list(wanted)


def test_a_long_text_is_read_at_once(engine: Engine) -> None:
    texts = "conv" * 25_000, "Conv2d(" * 15_000, "(" * 100_000, "a." * 50_000
    start = time.process_time()
    for text in texts:
        assert engine.ask("layersIn(given).length < 100", text)
    engine.ask("sum(given)", "(" * 100_000)

    assert time.process_time() - start < 2
