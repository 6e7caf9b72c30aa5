"""The command line answers what the library answers, and refuses in one line."""

import io
import json
import os
import re
import runpy
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from torch import nn

import convarith
from convarith import (
    AdaptivePool,
    Conv,
    ConvTranspose,
    Fold,
    Norm,
    Pad,
    PixelUnshuffle,
    Pool,
    Resize,
    SizeError,
    Solutions,
    Stack,
    Unfold,
    Unpool,
    cli,
    diagnose,
    draw,
    explain,
    from_torch,
    scale_by,
    solve,
)
from convarith import _from_text as reading
from convarith import _torch_readers as readers
from convarith.cli import VERBS, main
from convarith.porting import port

UP = "ConvTranspose(3, stride=2)"
KERAS = "Conv2DTranspose(8, 3, strides=2, padding='same')"


def _run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    try:
        code = main(arguments)
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else 0
    out, err = capsys.readouterr()
    return code, out, err


PRINTED = [
    (("size", UP, "5"), "11\n"),
    (("size", UP, "5x7"), "11x15\n"),
    (("size", "nn.Conv2d(3, 64, 7, 2, 3)", "224x224"), "112x112\n"),
    (("trace", "8", "MaxPool2d(2)", UP), "8\n4  Pool(2)\n9  ConvTranspose(3, stride=2)\n"),
    (("solve", "4", "8", "--kernel-size", "2"), "ConvTranspose(2, stride=2)\n"),
    (("receptive-field", "Conv(10, stride=5)", UP), "size 15, stride 5/2, starts -5, 0\n"),
    (("port", "keras", KERAS, "14", "--lang", "zh"),
        "层：nn.ConvTranspose2d(in_channels, 8, 3, stride=2)\n然后：y[..., :-1, :-1]\n权重：kernel.permute(3, 2, 0, 1)\n裁剪：开头 0 个，末尾 1 个\n尺寸：28x28\n"),
]  # fmt: skip


def test_an_answer_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    for line, output in PRINTED:
        code, out, err = _run(capsys, *line)

        assert (code, err) == (0, ""), line
        assert out.startswith(output), line


def test_several_solutions_are_counted_and_all_are_shown_when_asked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _, short, _ = _run(capsys, "solve", "7", "14")
    _, long, _ = _run(capsys, "solve", "7", "14", "--all")

    assert short.endswith(f"and {len(solve(7, 14)) - 3} more\n")
    assert long.count("ConvTranspose") == len(solve(7, 14))


def test_nothing_that_fits_is_an_exit_code_of_its_own(
    capsys: pytest.CaptureFixture[str],
) -> None:
    line = ("solve", "7", "13", "--kernel-size", "4", "--output-padding", "0")
    code, out, _ = _run(capsys, *line)
    _, chinese, _ = _run(capsys, *line, "--lang", "zh")

    assert code == 1
    assert out.startswith("Nothing fits: within the bounds, no setting turns 7 into 13")
    assert chinese.startswith("没有合适的参数")


LAYERS = (UP, "Conv((3, 5), padding=(1, 2))", "Pool(2)", "Resize((2, 3))")


def _answers() -> Iterator[tuple[tuple[str, ...], Any]]:
    """Lines of a shell, and the object that Python has in each case."""
    in_size = (5, 7)
    for text in LAYERS:
        layer: Any = reading.layer(text)
        own = {"layer": repr(layer), "in_size": in_size}
        own["out_size"] = layer.out_size(in_size)
        yield ("size", text, "5x7"), own
        yield ("explain", text, "5x7"), {**own, "text": explain(layer, in_size)}
    stack: Any = Stack([reading.layer(text) for text in LAYERS])
    traced = {"layers": list(map(repr, stack)), "trace": stack.trace(in_size)}
    yield ("trace", "5x7", *LAYERS), traced
    yield ("solve", "7x8", "14x15"), _told(solve((7, 8), (14, 15)))
    nothing = solve(7, 13, kernel_size=4, output_padding=0)
    yield (
        ("solve", "7", "13", *["--kernel-size", "4", "--output-padding", "0"]),
        _told(nothing),
    )
    yield ("solve", "56", "28", "--kind", "Conv"), _told(solve(56, 28, kind=Conv))
    scaled = scale_by((2, 3), kernel_size=6)
    yield ("scale", "2x3", "--kernel-size", "6"), _told(scaled)
    message = "negative padding is not supported"
    yield ("diagnose", message), diagnose(message).to_dict()
    drawing = draw(ConvTranspose(3, stride=2), 5)
    own = {"layer": UP, "in_size": 5, "svg": drawing.svg}
    yield ("draw", UP, "5"), own
    yield ("port", "keras", KERAS, "14"), port("keras", KERAS, 14)._asdict()


def _told(found: Solutions) -> dict[str, Any]:
    rows = [
        {"layer": repr(layer), "reasons": found.reasons(n)}
        for n, layer in enumerate(found)
    ]
    return {"solutions": rows, "reason": found.reason, "nearest": found.nearest}


def test_json_is_the_python_object(capsys: pytest.CaptureFixture[str]) -> None:
    for line, answer in _answers():
        _, out, err = _run(capsys, *line, "--json")

        assert json.loads(out) == json.loads(json.dumps(answer)), line
        assert err == ""


def test_an_explanation_is_text_or_tex(capsys: pytest.CaptureFixture[str]) -> None:
    assert "= 11\n" in _run(capsys, "explain", UP, "5")[1]
    assert _run(capsys, "explain", UP, "5", "--tex")[1].startswith(r"\begin{aligned}")


def test_a_drawing_is_printed_or_written_into_a_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    line = ("draw", "Conv((3, 5), stride=2)", "9x11", "--axis", "1", "--lang", "zh")
    drawing = draw(Conv((3, 5), stride=2), (9, 11), axis=1, language="zh")
    place = tmp_path / "one.svg"

    assert _run(capsys, *line) == (0, drawing.svg, "")
    assert _run(capsys, *line, "--out", str(place)) == (
        0,
        f"{drawing.title} ({place})\n",
        "",
    )
    assert place.read_text("utf-8") == drawing.svg
    code, _, err = _run(capsys, *line, "--out", str(tmp_path / "nowhere" / "one.svg"))
    assert (code, err.count("\n")) == (2, 1)
    assert err.startswith("convarith draw: error: [Errno 2]")


def test_a_message_is_read_from_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("negative padding is not supported"))
    code, out, _ = _run(capsys, "diagnose", "--lang", "zh")
    unknown, text, _ = _run(capsys, "diagnose", "something else")

    assert code == 0
    assert "裁掉" in out
    assert unknown == 1
    assert text.startswith("unknown")


BAD: list[tuple[str, ...]] = [
    (), ("nothing",), ("size", UP), ("size", UP, "5.0"), ("size", UP, "-5"),
    ("size", UP, "5x"), ("size", UP, "٥"), ("size", UP, "9" * 5000), ("size", UP, "0"),
    ("size", "Conv(3)", "2"), ("size", "Conv(3.5)", "2"), ("size", "Conv()", "2"),
    ("size", "Conv(3, strides=2)", "9"), ("size", "Conv(3, kernel_size=2)", "9"),
    ("size", "Conv(3, 2)", "9"), ("size", "Conv(**{})", "9"),
    ("size", "Conv(open('x'))", "9"), ("size", "Linear(3)", "9"),
    ("size", "PixelShuffle2d(3)", "9"), ("size", "Conv", "9"), ("size", "Conv(3", "9"),
    ("size", "(lambda: 3)()", "9"), ("size", "nn.Conv2d(1, 1, k)", "9"),
    ("size", "nn.Conv2d(1, 1)", "9"),
    ("size", "(" * 5000, "9"),
    ("solve", "4", "8", "--stride", "a"), ("solve", "4", "8", "--stride", "3-1"),
    ("solve", "4", "8", "--lang", "fr"), ("scale", "2", "--stride", "2"),
    ("scale", "0"), ("trace", "4"), ("receptive-field",),
    ("solve", "4", "8", "--kind", "Pool"), ("receptive-field", "Conv(3.5)"),
    ("solve", "8", "4", "--kind", "Conv", "--output-padding", "0"),
    ("port", "caffe", KERAS, "4"), ("port", "keras", KERAS, "4x4x4"),
    ("port", "keras", "Conv2D(8, 3)", "4"),
    ("port", "keras", "Conv2DTranspose(8)", "4"),
    ("port", "keras", "Conv2DTranspose(8, k)", "4"),
    ("port", "keras", "Conv2DTranspose(8, 3, stride=2)", "4"),
    ("port", "keras", "Conv2DTranspose(8, 3, strides=0)", "4"),
    ("port", "keras", "Conv2DTranspose(8, (3, 3, 3))", "4"),
    ("port", "onnx", "ConvTranspose(kernel_shape=[3, 3], pads=[1, 1, 1])", "4"),
    ("port", "onnx", "ConvTranspose(kernel_shape=[3, 3], auto_pad='SAME_UPPER', pads=[0, 1, 1, 0])", "4"),
]  # fmt: skip


def test_bad_input_is_refused_with_one_line_and_exit_code_two(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for line in BAD:
        code, out, err = _run(capsys, *line)

        assert (code, out) == (2, ""), line
        assert re.fullmatch(r"convarith( [\w-]+)?: error: .+\n", err), line


READ: dict[str, Any] = {
    "nn.ConvTranspose2d(64, 32, 4, 2, 1, 1, 1, True, 3)": ConvTranspose(4, stride=2, padding=1, output_padding=1, dilation=3),
    "torch.nn.LazyConvTranspose1d(8, (4,), stride=(2,))": ConvTranspose((4,), stride=(2,)),
    "  nn.ConvTranspose2d(c, 2 * c, 3, bias=False, dtype=t),": ConvTranspose(3),
    "MaxPool2d(3, 2, 1, 1, False, True)": Pool(3, stride=2, padding=1, ceil_mode=True),
    "nn.AvgPool1d(2, ceil_mode=True)": Pool(2, ceil_mode=True),
    "nn.PixelShuffle(upscale_factor=3)": Resize(3),
    "nn.Upsample(scale_factor=2, mode='bilinear')": Resize(2, mode="bilinear"),
    "nn.Upsample(scale_factor=(2.0, 3))": Resize((2, 3)),
    "nn.Conv2d(3, 8, 3, padding='same')": Conv(3, padding=1),
    "nn.Conv1d(4, 5, kernel_size=(3,), stride=(1,), padding=same)": Conv((3,), stride=(1,), padding=(1,)),
    "nn.Conv1d(4, 5, 4, padding='same')": Conv(4, padding=((1, 2),)),
    "nn.Conv2d(4, 5, 4, padding='valid')": Conv(4),
    "Conv2d(3,64,3,1,1,1,1,False)": Conv(3, padding=1),
    "self.up = nn.ConvTranspose2d(64, 32, 4, stride=2, padding=1)": ConvTranspose(4, stride=2, padding=1),
    "(0): ConvTranspose2d(6, 3, kernel_size=(2, 2), groups=3)": ConvTranspose((2, 2)),
    "nn.ZeroPad2d((1, 2, 3, 4))": Pad(((3, 4), (1, 2))),
    "nn.ZeroPad1d((-1, 0))": Pad(((-1, 0),)),
    "nn.Upsample(size=(7, 7))": Resize(size=(7, 7)),
    "nn.Upsample(7)": Resize(size=7),
    "nn.Upsample(scale_factor=1.5, mode='bilinear')": Resize(1.5, mode="bilinear"),
    "(1): Upsample(scale_factor=(2.0, 0.6), mode='nearest')": Resize((2, 0.6)),
    "AdaptiveAvgPool2d(output_size=(1, None))": AdaptivePool((1, None)),
    "nn.AdaptiveMaxPool1d(4)": AdaptivePool(4),
    "nn.MaxUnpool2d(kernel_size=(2, 2), stride=(2, 2), padding=(0, 0))": Unpool((2, 2), stride=(2, 2), padding=(0, 0)),
    "nn.PixelUnshuffle(downscale_factor=2)": PixelUnshuffle(2),
    "PixelUnshuffle(2)": PixelUnshuffle(2),
    "nn.Unfold(3, 2, 1, 4)": Unfold(3, dilation=2, padding=1, stride=4),
    "Fold(8, kernel_size=3)": Fold(8, 3),
    "Pad(((0, -1),), mode='circular')": Pad(((0, -1),), mode="circular"),
    "Pool(2, padding='SAME_UPPER')": Pool(2, padding="SAME_UPPER"),
    "Norm()": Norm(),
    "GroupNorm(4, 8, eps=1e-05, affine=True)": Norm(),
    "nn.Conv1d(1, 1, 3, padding_mode=reflect)": Conv(3, padding_mode="reflect"),
    "nn.LPPool1d(2, 3, stride=2)": Pool(3, stride=2),
    "nn.UpsamplingNearest2d(scale_factor=2)": Resize(2),
}  # fmt: skip


def test_lines_of_torch_are_read_as_torch_reads_them() -> None:
    for line, layer in READ.items():
        assert reading.layer(line) == layer, line


def test_a_function_of_tensorflow_is_refused_with_what_reads_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    line = "tf.nn.conv2d_transpose(x, w, output_shape=[1, 5, 5, 8], strides=2, padding='SAME')"
    code, _, err = _run(capsys, "port", "keras", line, "3")

    assert code == 2
    assert "convarith.porting.tensorflow_crop takes their size" in err


PORTED = [
    ("keras", KERAS, "14",
        "layer:  nn.ConvTranspose2d(in_channels, 8, 3, stride=2)\nthen:   y[..., :-1, :-1]\nweight: kernel.permute(3, 2, 0, 1)\ncrop:   0 at the start and 1 at the end\nsize:   28x28\n"),
    ("keras", "keras.layers.Conv1DTranspose(2 * c, 4, 2, 'same', use_bias=False)", "14",
        "layer:  nn.ConvTranspose1d(in_channels, 2 * c, 4, stride=2, padding=1, bias=False)\nweight: kernel.permute(2, 1, 0)\ncrop:   1 at the start and 1 at the end\nsize:   28\n"),
    ("flax", "nn.ConvTranspose(8, (3, 4), strides=(2, 2), transpose_kernel=True)", "14x20",
        "layer:  nn.ConvTranspose2d(in_features, 8, (3, 4), stride=2, padding=(0, 1))\nthen:   y[..., :-1, :]\nweight: kernel.permute(3, 2, 0, 1)\ncrop:   0 at the start and 1 at the end; 1 at the start and 1 at the end\nsize:   28x40\n"),
    ("flax", "nnx.ConvTranspose(3, 8, 3, 2, padding=[(4, 0)], transpose_kernel=False, rngs=rngs)", "14",
        "layer:  nn.ConvTranspose1d(3, 8, 3, stride=2)\nthen:   add 2 before axis 0 that hold only the bias, then y[..., :-2]\nweight: kernel.permute(1, 2, 0).flip(2)\ncrop:   -2 at the start and 2 at the end\nsize:   29\n"),
    ("onnx", "ConvTranspose(kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 0], group=4)", "14",
        "layer:  nn.ConvTranspose2d(in_channels, out_channels, 3, stride=2, padding=1, output_padding=(0, 1), groups=4)\nweight: kernel\ncrop:   1 at the start and 1 at the end; 1 at the start and 0 at the end\nsize:   27x28\n"),
]  # fmt: skip


def test_a_line_of_another_framework_is_a_line_of_torch(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for framework, layer, in_size, text in PORTED:
        assert _run(capsys, "port", framework, layer, in_size) == (0, text, "")


def test_values_may_be_ranges_and_differ_by_axis() -> None:
    assert reading.choices("2-5") == range(2, 6)
    assert reading.choices("1x2-3") == (1, range(2, 4))
    assert reading.size("5") == 5
    with pytest.raises(SizeError, match="whole number"):
        reading.size("1_000")


def test_the_example_of_every_help_text_runs(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, summary, example, _, _ in VERBS:
        code, text, _ = _run(capsys, name, "--help")

        assert code == 0
        assert " ".join(summary.split()[:3]).lower() in " ".join(text.lower().split())
        assert f"example: {example}" in text
        assert main(shlex.split(example)[1:]) == 0
        assert capsys.readouterr().out, example


def test_the_module_is_the_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    line = [sys.executable, "-m", "convarith", "size", UP, "5"]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    monkeypatch.setattr(sys, "argv", ["convarith", *line[3:]])
    with pytest.raises(SystemExit) as left:
        runpy.run_module("convarith", run_name="__main__")

    assert (done.returncode, done.stdout, done.stderr) == (0, "11\n", "")
    assert (left.value.code, capsys.readouterr().out) == (0, "11\n")


def test_a_reader_that_stops_early_is_not_answered_with_a_traceback() -> None:
    script = f"{shlex.quote(sys.executable)} -m convarith solve 1 200 --stride 1-20 --all | head -1"
    line = ["bash", "-c", script]
    done = subprocess.run(line, capture_output=True, text=True, check=False)

    assert done.stdout.startswith("ConvTranspose(")
    assert "Traceback" not in done.stderr


def _shell(line: str, **environment: str) -> tuple[int, str, str]:
    script = line.replace("convarith", f"{shlex.quote(sys.executable)} -m convarith")
    done = subprocess.run(
        ["bash", "-c", script], capture_output=True, text=True, check=False,
        env=os.environ | environment,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


SHELL = [
    ("convarith solve 7 14 > /dev/full", 2, "", "convarith: error: [Errno 28] No space left on device\n"),
    ("convarith size 'Conv(3)' 9 >&-", 0, "", ""),
    ("convarith diagnose <&-", 2, "", "convarith diagnose: error: no message is given\n"),
    ("printf 'negative padding is not supported \\xff' | convarith diagnose | head -1", 0, "padding-negative\n", ""),
    ("convarith solve 7 13 --kernel-size 2 --output-padding 0 --lang zh", 1, r"\u6ca1\u6709", ""),
]  # fmt: skip


@pytest.mark.parametrize(("line", "code", "out", "err"), SHELL)
def test_a_stream_that_is_closed_full_or_narrow_is_no_traceback(
    line: str, code: int, out: str, err: str
) -> None:
    done = _shell(line, PYTHONIOENCODING="ascii", LC_ALL="C")

    assert (done[0], done[2]) == (code, err)
    assert done[1].startswith(out)


@pytest.mark.parametrize(("error", "code"), [(BrokenPipeError, 0), (OSError, 2)])
def test_what_cannot_be_written_is_said_once(
    monkeypatch: pytest.MonkeyPatch, error: type[OSError], code: int, tmp_path: Path
) -> None:
    class Closed(io.StringIO):
        def write(self, text: str) -> int:
            raise error

        def fileno(self) -> int:
            return file.fileno()

    said = io.StringIO()
    with (tmp_path / "out").open("w") as file:
        monkeypatch.setattr(sys, "stdout", Closed())
        monkeypatch.setattr(sys, "stderr", said)
        assert cli.main(["size", UP, "5"]) == code
    assert said.getvalue().count("\n") == bool(code)


def test_without_a_message_there_is_nothing_to_diagnose(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", None)

    assert _run(capsys, "diagnose")[0] == 2


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(capsys, "--version") == (0, f"convarith {convarith.__version__}\n", "")


def test_a_refusal_is_json_where_json_is_asked_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for line in (("size", "Conv(3)", "2"), ("size", "Conv(3)"), ("solve", "4", "x")):
        _, _, text = _run(capsys, *line)
        code, out, err = _run(capsys, *line, "--json")

        assert (code, err) == (2, "")
        assert json.loads(out) == {"error": text.strip()}


def test_long_numbers_and_lines_are_not_repeated(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for layer, size in (("Conv(3)", "9" * 5000), (f"Conv({'9' * 5000})", "9"), ("x" * 9000, "9")):  # fmt: skip
        code, _, err = _run(capsys, "size", layer, size)

        assert code == 2
        assert len(err) < 500


REFUSED_BY_TORCH = {
    "nn.Conv2d(3, 8, 3)": (3, "Conv2d has 2 axes, and not 3"),
    "nn.Conv1d(3, 8, (3, 3))": (0, "Conv1d has 1 axes, and not 2"),
    "nn.MaxPool2d(2)": (1, "MaxPool2d has 2 axes, and not 1"),
    "nn.Conv2d(3, 8, 3, groups=2)": (0, "in_channels must be divisible by groups"),
    "nn.ConvTranspose2d(4, 3, 3, groups=2)": (0, "out_channels must be divisible"),
    "nn.Conv2d(4, 4, 3, groups=0)": (0, "in_channels must be divisible by groups"),
    "nn.Conv2d(4, 4, 3, stride=2, padding='same')": (0, "only with stride=1"),
    "nn.ReLU()": (0, "it keeps every size"),
    "nn.Upsample(scale_factor=-1.5)": (0, "factor must be above 0"),
    "nn.Upsample()": (0, "either factor or size"),
    "nn.GLU()": (0, "the axis of GLU may be a spatial one"),
    "nn.Softmax(-1)": (0, "the axis of Softmax may be"),
    "nn.LayerNorm(8)": (0, "only the sizes it was made for fit LayerNorm"),
    "nn.Fold(8)": (0, "kernel_size is missing"),
    "nn.ZeroPad2d()": (0, "padding is an int, or 4 of them"),
    "nn.ZeroPad1d((1, 2, 3))": (0, "padding is an int, or 2 of them"),
}


def test_a_line_that_torch_refuses_is_refused() -> None:
    for line, (axes, words) in REFUSED_BY_TORCH.items():
        with pytest.raises((SizeError, TypeError), match=words):
            print(line, reading.layer(line, axes))


@pytest.mark.filterwarnings("ignore::FutureWarning")
def test_a_line_is_passed_over_where_its_module_would_be() -> None:
    kinds = [kind for kind in vars(nn).values() if isinstance(kind, type)]
    for kind in kinds:
        module: Any = object.__new__(kind) if issubclass(kind, nn.Module) else None
        place = kind.__module__
        kept = module is not None and readers.is_passed_over(place, kind.__name__)
        passed = reading.KEEP_SIZES.fullmatch(kind.__name__)
        assert bool(passed) == kept, kind


def test_what_print_shows_of_a_model_is_read() -> None:
    net = nn.Sequential(
        nn.ZeroPad2d((1, 2, 3, 4)), nn.Conv2d(3, 8, 4, padding="same"), nn.ReLU(),
        nn.BatchNorm2d(8), nn.Conv2d(8, 8, 3, padding="valid"), nn.MaxPool2d(2),
        nn.LPPool2d(2, 3, stride=2), nn.ReflectionPad2d(1), nn.Dropout(),
        nn.Upsample(scale_factor=2.0, mode="bilinear"), nn.PixelShuffle(2),
        nn.ConvTranspose2d(2, 4, (2, 3), stride=2, groups=2), nn.ConstantPad2d(2, 0.5),
        nn.InstanceNorm2d(4), nn.GLU(dim=1), nn.Upsample(scale_factor=1.5),
        nn.AdaptiveMaxPool2d((None, 9)), nn.MaxUnpool2d(2), nn.ZeroPad2d((0, -1, -2, 0)),
        nn.Upsample(size=(8, 10)), nn.PixelUnshuffle(2), nn.Unfold(2), nn.Fold((4, 5), 2),
    )  # fmt: skip
    lines = str(net).splitlines()[1:-1]
    read = [layer for line in lines for layer in reading.layers(line, 2)]

    assert Stack(read).trace((28, 30)) == from_torch(net).trace((28, 30))


def test_a_model_is_asked_by_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    line = ("network", "tests.network.small_models:CatUNet", "--input", "1x2x16x64")
    code, out, err = _run(capsys, *line, "--size", "32")
    broken, said, _ = _run(capsys, *line, "--size", "30", "--json")

    assert (code, out.startswith(_run(capsys, *line)[1])) == (0, True)
    assert "32 becomes 32" in out
    assert "multiples of 8, from 8" in out
    assert "running the code of tests.network.small_models:CatUNet" in err
    assert (broken, json.loads(said)["padding"]["size"]) == (1, 32)


TALKING = [
    ("network", "tests.network.small_models:CatUNet", "--input", "1x2x16x64", "--size", "30"),
    ("network", "tests.network.small_models:CatUNet", "--input", "1x2x16x64", "--size", "32"),
    ("network", "tests.network.test_answers:Odd", "--input", "1x2x64"),
    ("network", "tests.network.test_answers:Fixed", "--input", "1x2x64", "--size", "65"),
    ("trace", "10", "Conv(3, stride=2)", "Conv(9)"),
]  # fmt: skip


@pytest.mark.parametrize("line", TALKING)
def test_a_chinese_answer_about_a_model_or_a_stack_has_no_english_sentence(
    capsys: pytest.CaptureFixture[str], line: tuple[str, ...]
) -> None:
    _, out, err = _run(capsys, *line, "--lang", "zh")
    said = [one for one in (out + err).splitlines() if "  " not in one]

    assert len(said) > (0 if line[0] == "trace" else 3)
    assert not re.search(r"[a-z]{2,},? [a-z]{2,}", "\n".join(said))


def test_a_model_is_drawn_on_a_page_of_its_own(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    line = ("network", "tests.network.small_models:CatUNet", "--input", "1x2x16x64")
    page = tmp_path / "page.html"
    codes = [
        _run(capsys, *line, *size, "--html", str(place))[0]
        for size in ((), ("--size", "30"))
        for place in (page, tmp_path)
    ]

    assert codes == [0, 2, 1, 2]
    assert "<svg" in page.read_text("utf-8")


def test_without_torch_no_model_is_asked(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    code, _, err = _run(capsys, "network", "a:B", "--input", "1x2x16x64")

    assert (code, "PyTorch is not installed here" in err) == (2, True)


def test_a_model_that_cannot_be_made_is_an_error_in_one_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in ("nowhere", "nowhere:Model", "math:pi", "builtins:dict"):
        code, _, err = _run(capsys, "network", name, "--input", "1x2x16x64")

        assert (code, err.count("\n")) == (2, 1), name
        assert err.startswith("convarith network: error: "), name
