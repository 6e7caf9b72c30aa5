"""The command line answers what the library answers, and refuses in one line."""

import io
import json
import re
import runpy
import shlex
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from convarith import (
    Conv,
    ConvTranspose,
    Pool,
    Resize,
    SizeError,
    Solutions,
    Stack,
    cli,
    diagnose,
    explain,
    reading,
    scale_by,
    solve,
)
from convarith.cli import COMMANDS, main
from convarith.porting import lines

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
    assert out.startswith("Nothing fits: within the bounds, 7 never comes out as 13")
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
        if isinstance(layer, Conv | ConvTranspose):
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
    scaled = scale_by((2, 3), kernel_size=6)
    yield ("scale", "2x3", "--kernel-size", "6"), _told(scaled)
    message = "negative padding is not supported"
    yield ("diagnose", message), diagnose(message).to_dict()
    yield ("port", "keras", KERAS, "14"), lines.port("keras", KERAS, 14)._asdict()


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
    ("scale", "0"), ("explain", "Pool(2)", "4"), ("trace", "4"),
    ("port", "caffe", KERAS, "4"), ("port", "keras", KERAS, "4x4x4"),
    ("port", "keras", "Conv2D(8, 3)", "4"),
    ("port", "keras", "Conv2DTranspose(8)", "4"),
    ("port", "keras", "Conv2DTranspose(8, k)", "4"),
    ("port", "keras", "Conv2DTranspose(8, 3, stride=2)", "4"),
    ("port", "keras", "Conv2DTranspose(8, 3, strides=0)", "4"),
    ("port", "keras", "Conv2DTranspose(8, (3, 3, 3))", "4"),
    ("port", "onnx", "ConvTranspose(kernel_shape=[3, 3], pads=[1, 1, 1])", "4"),
]  # fmt: skip


def test_bad_input_is_refused_with_one_line_and_exit_code_two(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for line in BAD:
        code, out, err = _run(capsys, *line)

        assert (code, out) == (2, ""), line
        assert re.fullmatch(r"convarith( \w+)?: error: .+\n", err), line


READ: dict[str, Any] = {
    "nn.ConvTranspose2d(64, 32, 4, 2, 1, 1, 1, True, 3)": ConvTranspose(4, stride=2, padding=1, output_padding=1, dilation=3),
    "torch.nn.LazyConvTranspose1d(8, (4,), stride=(2,))": ConvTranspose((4,), stride=(2,)),
    "  nn.ConvTranspose2d(c, 2 * c, 3, bias=False, dtype=t),": ConvTranspose(3),
    "MaxPool2d(3, 2, 1, 1, False, True)": Pool(3, stride=2, padding=1, ceil_mode=True),
    "nn.AvgPool1d(2, ceil_mode=True)": Pool(2, ceil_mode=True),
    "nn.PixelShuffle(upscale_factor=3)": Resize(3),
    "nn.Upsample(scale_factor=2, mode='bilinear')": Resize(2, mode="bilinear"),
}  # fmt: skip


def test_lines_of_torch_are_read_as_torch_reads_them() -> None:
    for line, layer in READ.items():
        assert reading.layer(line) == layer, line


PORTED = [
    ("keras", KERAS, "14",
        "layer:  nn.ConvTranspose2d(in_channels, 8, 3, stride=2)\nthen:   y[..., :-1, :-1]\nweight: kernel.permute(3, 2, 0, 1)\ncrop:   0 at the start and 1 at the end\nsize:   28x28\n"),
    ("keras", "keras.layers.Conv1DTranspose(2 * c, 4, 2, 'same', use_bias=False)", "14",
        "layer:  nn.ConvTranspose1d(in_channels, 2 * c, 4, stride=2, padding=1, bias=False)\nweight: kernel.permute(2, 1, 0)\ncrop:   1 at the start and 1 at the end\nsize:   28\n"),
    ("flax", "nn.ConvTranspose(8, (3, 4), strides=(2, 2), transpose_kernel=True)", "14x20",
        "layer:  nn.ConvTranspose2d(in_features, 8, (3, 4), stride=2, padding=(0, 1))\nthen:   y[..., :-1, :]\nweight: kernel.permute(3, 2, 0, 1)\ncrop:   0 at the start and 1 at the end; 1 at the start and 1 at the end\nsize:   28x40\n"),
    ("flax", "nnx.ConvTranspose(3, 8, 3, 2, padding=[(4, 0)], transpose_kernel=False, rngs=rngs)", "14",
        "layer:  nn.ConvTranspose1d(3, 8, 3, stride=2)\nthen:   add 2 of bias alone before axis 0, then y[..., :-2]\nweight: kernel.permute(1, 2, 0).flip(2)\ncrop:   -2 at the start and 2 at the end\nsize:   29\n"),
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
    for name, _, summary, example in COMMANDS:
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


def test_a_closed_pipe_ends_the_command_quietly(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Closed(io.StringIO):
        def write(self, text: str) -> int:
            raise BrokenPipeError

    silenced = io.StringIO()
    monkeypatch.setattr(sys, "stdout", Closed())
    monkeypatch.setattr(sys, "stderr", silenced)

    assert cli.main(["size", UP, "5"]) == 0
    assert silenced.closed
