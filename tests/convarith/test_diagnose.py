"""Error messages raised live are recognised, read and explained."""

import ast
import json
import pickle
import random
import re
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from torch import cat, nn, ones, zeros
from torch.nn import functional as F

from convarith import Diagnosis, diagnose
from convarith.diagnosis import KINDS, _known
from tests.adapter import PAGES
from tests.convarith.test_reports import REPORTS
from tests.measurements import onednn
from tests.provoke.figures import WITNESSES

CONV = (None, F.conv1d, F.conv2d, F.conv3d)
UP = (None, F.conv_transpose1d, F.conv_transpose2d, F.conv_transpose3d)
LAYER = (None, nn.ConvTranspose1d, nn.ConvTranspose2d, nn.ConvTranspose3d)
CONV_LAYER = (None, nn.Conv1d, nn.Conv2d, nn.Conv3d)
MAX_POOL = (None, nn.MaxPool1d, nn.MaxPool2d, nn.MaxPool3d)
Calls = list[tuple[str, Callable[[int], Any]]]


def x(axes: int, size: int = 5, channels: int = 1) -> torch.Tensor:
    return zeros(1, channels, *(size,) * axes)


def w(axes: int, first: int = 1, second: int = 1, k: int = 3) -> torch.Tensor:
    return ones(first, second, *(k,) * axes)


def up(axes: int, *, size: int = 5, k: int = 3, **options: Any) -> torch.Tensor:
    return UP[axes](x(axes, size), w(axes, k=k), **options)


def down(axes: int, *, size: int = 5, k: int = 3, **options: Any) -> torch.Tensor:
    return CONV[axes](x(axes, size), w(axes, k=k), **options)


def pooled(axes: int, size: int) -> Any:
    return nn.MaxPool2d(2, return_indices=True)(x(axes, size))


# What is refused on one, two and three axes: by functions, and by modules in their words.
ON_EACH: Calls = [
    ("output-padding-too-large", lambda n: up(n, output_padding=1)),
    ("output-padding-negative", lambda n: up(n, output_padding=-1, stride=2)),
    ("padding-negative", lambda n: up(n, padding=-1)),
    ("stride-not-positive", lambda n: up(n, stride=0)),
    ("stride-not-positive", lambda n: up(n, stride=2**32)),
    ("dilation-not-positive", lambda n: up(n, dilation=-1)),
    ("dilation-not-positive", lambda n: up(n, dilation=0)),
    ("dilation-not-positive", lambda n: down(n, dilation=0)),
    ("kernel-size-not-positive", lambda n: up(n, k=0)),
    ("kernel-size-not-positive", lambda n: down(n, k=0)),
    ("negative-size", lambda n: LAYER[n](1, 1, -1)),
    ("output-too-small", lambda n: up(n, size=1, k=2, padding=1)),
    ("output-too-small", lambda n: up(n, size=2, k=2, stride=2, padding=4)),
    ("kernel-does-not-fit", lambda n: down(n, size=4, k=5)),
    ("transposed-channels", lambda n: UP[n](x(n, channels=3), w(n, 2))),
    ("channels", lambda n: CONV[n](x(n, channels=3), w(n, 1, 2))),
    ("groups-not-positive", lambda n: up(n, groups=0)),
    ("groups-not-positive", lambda n: LAYER[n](1, 1, 3, groups=0)),
    ("groups-do-not-divide", lambda n: LAYER[n](3, 2, 3, groups=2)),
    ("groups-do-not-divide", lambda n: LAYER[n](2, 3, 3, groups=2)),
    ("groups-do-not-divide", lambda n: UP[n](x(n, channels=2), w(n, 2), groups=4)),
    ("groups-do-not-divide", lambda n: UP[n](x(n, channels=3), w(n, 3), groups=2)),
    ("bias-shape", lambda n: up(n, bias=zeros(5))),
    ("bias-shape", lambda n: down(n, bias=zeros(4))),
    ("input-axes", lambda n: UP[n](zeros(*(4,) * n), w(n))),
    ("input-axes", lambda n: CONV[n](zeros(*(4,) * (n + 3)), w(n))),
    ("weight-axes", lambda n: UP[n](x(n), ones(3, 3))),
    ("list-length", lambda n: up(n, padding=(1,) * (n + 1))),
    ("list-length", lambda n: up(n, stride=(2,) * (n + 1))),
    ("list-length", lambda n: up(n, stride=2, output_padding=(1,) * (n + 1))),
    ("list-length", lambda n: down(n, dilation=(2,) * (n + 1))),
    ("empty-axis", lambda n: up(n, size=0)),
    ("transposed-string-padding", lambda n: up(n, padding="same")),
    ("transposed-string-padding", lambda n: LAYER[n](1, 1, 3, padding="same")(x(n))),
    ("not-an-int", lambda n: up(n, padding=1.0)),
    ("not-an-int", lambda n: up(n, stride=True)),
    ("not-an-int", lambda n: LAYER[n](1, 1, 3, stride=4 / 2)(x(n))),
    ("arguments-not-understood", lambda n: down(n, padding=(1.5,) * n)),
    ("arguments-not-understood", lambda n: down(n, dilation=2.0)),
    ("arguments-not-understood", lambda n: down(n, stride=None)),
    ("arguments-not-understood", lambda n: CONV_LAYER[n](1, 1, 3, stride=2.0)(x(n))),
    ("transposed-padding-mode", lambda n: LAYER[n](1, 1, 3, padding_mode="reflect")),
    ("padding-mode-unknown", lambda n: CONV_LAYER[n](1, 1, 3, padding_mode="same")),
    ("dtype-differs", lambda n: UP[n](x(n).double(), w(n))),
    ("dtype-differs", lambda n: CONV_LAYER[n](1, 1, 3)(x(n).double())),
    ("dtype-differs", lambda n: LAYER[n](1, 1, 3)(x(n).half())),
    ("dtype-not-supported", lambda n: LAYER[n](1, 1, 3)(x(n).byte())),
    ("output-size-out-of-range", lambda n: LAYER[n](1, 1, 3, stride=2)(x(n, 4), output_size=[8] * n)),
    ("output-size-out-of-range", lambda n: LAYER[n](1, 1, 4, stride=3, padding=1)(x(n, 6), output_size=(40,) * n)),
    ("output-size-length", lambda n: LAYER[n](1, 1, 3, stride=2)(x(n, 4), output_size=[9] * (n + 1))),
    ("output-size-is-an-int", lambda n: LAYER[n](1, 1, 3)(x(n), output_size=7)),
    ("output-size-not-taken", lambda n: UP[n](x(n), w(n), output_size=[7] * n)),
    ("output-size-not-taken", lambda n: nn.Sequential(LAYER[n](1, 1, 3))(x(n), output_size=[7] * n)),
    ("output-size-not-taken", lambda n: LAYER[n](1, 1, 3, output_size=[7] * n)),
    ("same-with-stride", lambda n: down(n, padding="same", stride=2)),
    ("padding-string-unknown", lambda n: down(n, padding="SAME")),
    ("padding-string-unknown", lambda n: CONV_LAYER[n](1, 1, 3, padding="full")),
    ("reflection-too-wide", lambda n: CONV_LAYER[n](1, 1, 3, padding=7, padding_mode="reflect")(x(n))),
    ("circular-too-wide", lambda n: CONV_LAYER[n](1, 1, 3, padding=6, padding_mode="circular")(x(n))),
    ("pool-padding-too-large", lambda n: MAX_POOL[n](3, padding=2)(x(n))),
    ("pool-padding-too-large", lambda n: MAX_POOL[n](3, padding=2, dilation=2)(x(n, 9))),
    ("skip-does-not-fit", lambda n: cat([x(n, 5), x(n, 4), x(n, 5)], dim=1)),
    ("sizes-differ", lambda n: x(n, 9).add_(x(n, 8))),
]  # fmt: skip
ONCE: Calls = [
    ("input-axes", lambda _: nn.LazyConvTranspose2d(1, 3)(zeros(5, 5))),
    ("no-channels", lambda _: F.conv_transpose1d(x(1), w(1, 1, 0))),
    ("not-an-int", lambda _: up(2, stride=None)),
    ("weight-axes", lambda _: F.conv2d(x(2), ones(1, 1, 3))),
    ("padding-string-unknown", lambda _: nn.Conv2d(1, 1, 3, padding="bogus")),
    ("padding-mode-unknown", lambda _: nn.Conv2d(1, 1, 3, padding_mode="bogus")),
    ("dtype-differs", lambda _: F.conv2d(x(2).half(), w(2), zeros(1))),
    ("dtype-differs", lambda _: F.conv1d(x(1).long(), w(1), zeros(1))),
    ("dtype-not-supported", lambda _: F.conv_transpose2d(x(2).bool(), w(2).bool())),
    ("dtype-not-supported", lambda _: F.conv2d(x(2).bool(), w(2).bool())),
    ("dtype-not-supported", lambda _: F.conv3d(x(3).bool(), w(3).bool())),
    ("pool-output-too-small", lambda _: F.max_pool2d(x(2, 1), 2)),
    ("pool-output-too-small", lambda _: MAX_POOL[3](4)(x(3, 2))),
    ("pool-output-too-small", lambda _: MAX_POOL[1](2)(x(1, 1))),
    ("pool-output-too-small", lambda _: nn.AvgPool3d(2)(x(3, 1))),
    ("output-size-out-of-range", lambda _: LAYER[1](1, 1, 3, stride=2)(zeros(1, 4), output_size=[20])),
    ("unpool-size-out-of-range", lambda _: nn.MaxUnpool2d(2)(*pooled(2, 98), output_size=(100, 100))),
    ("unpool-size-out-of-range", lambda _: F.max_unpool1d(x(1, 4), x(1, 4).long(), 2, output_size=(6,))),
    ("unpool-index", lambda _: nn.MaxUnpool2d(2)(x(2, 2), x(2, 2).long() + 16)),
    ("unpool-index", lambda _: nn.MaxUnpool2d(2)(x(2, 3), x(2, 2).long())),
    ("unpool-index", lambda _: F.max_unpool3d(x(3, 2), x(3, 2).long() + 64, 2)),
    ("resized-to-nothing", lambda _: F.interpolate(x(1, 3), scale_factor=0.2)),
    ("resized-to-nothing", lambda _: F.interpolate(x(2, 3), scale_factor=0.1)),
    ("resized-to-nothing", lambda _: F.interpolate(x(3, 3), scale_factor=0.1)),
]  # fmt: skip

# Verbatim texts of what does not run here, with the version that said them.
SAID = [
    # torch before 1.13
    ("skip-does-not-fit", "Sizes of tensors must match except in dimension 1. Got 23 and 24 in dimension 2"),
    ("output-too-small", "Given input size per channel: (2 x 2). Calculated output size per channel: (0 x 0). Output size is too small"),
    ("unpool-index", "input and indices shapes do not match"),
    # Shortened by those who asked
    ("skip-does-not-fit", "Sizes of tensors must match except in dimension 1"),
    ("sizes-differ", "size of tensor a (12700) must match the size of tensor b (12800)"),
    ("output-size-not-taken", "forward() got an unexpected keyword argument 'output_size'"),
    # Keras 3
    ("skip-does-not-fit", "A `Concatenate` layer requires inputs with matching shapes except for the concatenation axis. Received: input_shape=[(None, 20, 20, 1), (None, 21, 21, 1)]"),
    ("output-padding-not-below-stride", "ValueError: Stride (8, 8) must be greater than output padding (8, 1)"),
    ("output-padding-not-below-stride", "Strides must be greater than output padding. Received strides=(2, 2), output_padding=(2, 2)"),
    ("output-padding-not-below-stride", "`output_padding` must be < `strides`"),
    ("output-padding-not-below-stride", "The padding arguments (padding=same) and output_padding=1) lead to a Torch output_padding (1) that is greater than strides (1). This is not supported."),
    # TensorFlow 2.21
    ("output-shape-impossible", "Conv2DCustomBackpropInput: Size of out_backprop doesn't match computed: actual = 18, computed = 15"),
    ("output-shape-impossible", "Conv2DBackpropInput: Number of rows of out_backprop doesn't match computed: actual = 7, computed = 16"),
    ("onednn-names-no-fault", "AbortedError: could not create primitive descriptor"),
    ("onednn-names-no-fault", "could not create a primitive descriptor for a deconvolution forward propagation primitive"),
    ("output-shape-layout", "Conv2DSlowBackpropInput: input and out_backprop must have the same batch size"),
    ("output-shape-layout", "Cannot convert a partially known TensorShape to a Tensor: (?, 40, 40, 32)"),
    # PyTorch on other devices: pytorch/pytorch#152278, rosinality/stylegan2-pytorch#349, openai/CLIP#210
    ("backend-lacks-operator", "NotImplementedError: Output channels > 65536 not supported at the MPS device."),
    ("number-too-large", "RuntimeError: no valid convolution algorithms available in CuDNN"),
    ("number-too-large", "RuntimeError: Unable to find a valid cuDNN algorithm to run convolution"),
    # TensorFlow Lite 2.13: alibaba/TinyNeuralNetwork#262
    ("bias-shape", "tensorflow/lite/kernels/transpose_conv.cc:289 NumElements(bias) != SizeOfDimension(weights, 0) (3 != 1) Node number 194 (TRANSPOSE_CONV) failed to prepare."),
    # coremltools 6: apple/coremltools#1338
    ("channels", "ValueError: C_in / groups = 1/1 != weight[1] (3)"),
    # ONNX Runtime 1.32
    ("output-padding-not-below-stride", "Computed output shape is inconsistent with input spatial dimensions. output_padding (2) may be too large for stride (2). Expected input size 5 but got 4."),
    # Exporters
    ("converter-refuses", "Target aten.convolution.default does not support `transposed=True`"),
    ("converter-refuses", "Cannot convert ConvTranspose2d with output_padding != 0"),
]  # fmt: skip

# A number that may be another one: not that of conv2d, 4D or "dimension 1".
SIZE = (
    r"(?<!\w)(?<!dim )(?<!dimension )(?<!transposed=)(?<!than )(?<!have )(?<!or )"
    r"\d+(?!D)(?!-dimensional)"
)
# What torch raises when it refuses.
RAISED = (RuntimeError, ValueError, TypeError)


def raised(call: Callable[..., Any], *given: int) -> str:
    with onednn(enabled=False), pytest.raises(RAISED) as caught:
        call(*given)
    return str(caught.value)


@pytest.fixture(scope="module")
def known() -> list[tuple[str, str]]:
    return every_message()


def every_message() -> list[tuple[str, str]]:
    """Each kind with what torch says, and with what others have said."""
    calls = [(*pair, axes) for pair in ON_EACH for axes in (1, 2, 3)]
    calls += [(*pair, 0) for pair in ONCE]
    said = SAID + [(kind, text) for text, kind, *_ in REPORTS]
    said += [(kind, raised(call, axes)) for kind, call, axes in calls]
    return said + [pair for pair in provoked() if pair not in said]


def provoked() -> list[tuple[str, str]]:
    """What other calls led to; tests/provoke checks these kinds against the calls."""
    swept = json.loads(WITNESSES.read_text("utf-8"))
    rows = [row for one in swept.values() for row in one["witnesses"].values()]
    texts = dict.fromkeys(row["text"] for row in rows)
    told = [(diagnose(text).kind, text) for text in texts]
    return [(kind, text) for kind, text in told if kind != "unknown"]


def test_a_message_is_recognised_in_both_languages(
    known: list[tuple[str, str]],
) -> None:
    for kind, message in known:
        english, chinese = diagnose(message), diagnose(message, language="zh")

        assert english.kind == chinese.kind == kind, message
        assert english.found == chinese.found
        assert len(english.causes) == len(english.cures) == len(chinese.cures)
        for line, twin in zip(english.cures, chinese.cures, strict=True):
            assert is_code(line) if line == twin else HAN.search(twin), message
        assert all((english.cause, english.fix, english.call, english.page)), message
        assert not re.search(r"\{|(?<!\[)\bNone\b", str(english)), message
        for sentence in (*chinese.causes, chinese.fix):
            assert HAN.search(sentence), message
            assert "{" not in sentence, message


HAN = re.compile("[一-鿿]")


def is_code(line: str) -> bool:
    """Whether this is Python, and not a sentence."""
    try:
        ast.parse(line)
    except SyntaxError:
        return False
    return True


def test_a_message_with_other_numbers_is_of_the_same_kind(
    known: list[tuple[str, str]],
) -> None:
    chance = random.Random(20261125)
    reports = {report[0] for report in REPORTS}
    for kind, message in known[: -len(provoked())]:
        for largest in (2, 9, 99, 999, 99_999):
            other = re.sub(SIZE, lambda _: str(chance.randint(0, largest)), message)  # noqa: B023
            diagnosis = diagnose(other)

            # A stride of ones is the one that nobody passed.
            alike = ("list-length",) if kind == "weight-axes" else ()
            if message in reports:
                # Its frames and its axes have numbers too.
                alike = (*alike, "unknown")
            assert diagnosis.kind in (kind, *alike), other
            assert (
                "{" not in f"{diagnosis.causes}{diagnose(other, language='zh').causes}"
            )
            if message in reports:
                continue
            said = numbers(other)
            assert _read_from(diagnosis) <= said, other
            if (
                diagnosis.found.keys() & {"wanted", "first", "batched"}
                and len(diagnosis.causes) > 1
            ):
                continue
            told = set(re.findall(r"\d+", diagnosis.cause + diagnosis.fix))
            # Besides what was read, axes are numbered, and some rules have numbers.
            computed = set(re.findall(r"\d+", str(list(diagnosis.found.values()))))
            assert told <= said | set("012") | computed, other


def _read_from(diagnosis: Diagnosis) -> set[str]:
    """The numbers that were read, without those that were computed from them."""
    computed = (
        *("dims", "largest", "too_large_on", "stride", "kernel_less_padding", "next"),
        *("axes", "missing", "padded", "extent", "divisor", "before", "after", "axis"),
        *("factor", "apart", "channels", "each", "times", "last"),
    )
    read = {name: v for name, v in diagnosis.found.items() if name not in computed}
    return set(re.findall(r"\d+", str(list(read.values()))))


def test_no_message_is_of_two_kinds(known: list[tuple[str, str]]) -> None:
    """So it does not matter which kind is looked for first."""
    for kind, message in known:
        line = " ".join(message.split())
        kinds = {one.kind.name for one in _known() if one.pattern.search(line)}
        assert kinds == {kind}, message


def test_what_is_said_of_the_values_is_said_of_a_message(
    known: list[tuple[str, str]],
) -> None:
    read = defaultdict(list)
    for _, text in known:
        read[diagnose(text).page].append((text, diagnose(text)))
    for kind, page in KINDS.items():
        mine = [t for t, one in read[page] if not kind.causes(one.found, one.framework)]
        if not mine:
            continue
        for language, here in (("en", kind.here), ("zh", kind.here_zh)):
            general = kind.cause_and_fix(language)[0].replace("`", "")
            causes = {diagnose(text, language=language).cause for text in mine}
            assert all(cause.startswith(general) for cause in causes)
            assert any(cause > general for cause in causes) == bool(here), page


def numbers(text: str) -> set[str]:
    """The numbers that a text has in digits, and those that it has in words."""
    words = {"one": "1", "two": "2", "three": "3"}
    spelt = {words[word] for word in re.findall(r"\b(?:one|two|three)\b", text)}
    return set(re.findall(r"\d+", text)) | spelt


# How many cuts of each message are tried; None for all of them.
CUTS: int | None = 6


def test_what_is_left_of_a_message_is_of_its_kind_and_has_its_numbers(
    known: list[tuple[str, str]],
) -> None:
    chance = random.Random(20261127)
    for kind, message in known:
        words = message.split()
        cuts = range(len(words))
        for count in chance.sample(cuts, min(CUTS or len(cuts), len(cuts))):
            cut = diagnose(" ".join(words[:count]))
            assert cut.kind in (kind, "unknown"), words[:count]
            said = numbers(" ".join(words[:count]))
            assert _read_from(cut) <= said, words[:count]
            assert "{" not in f"{cut}", words[:count]
    for cut in map(diagnose, LEFT):
        assert (cut.kind, cut.found) == ("output-padding-too-large", {})
        assert cut.call == "output_padding=0"
        assert cut.cause.endswith("< max(stride, dilation).")


@pytest.mark.slow
def test_a_message_that_was_cut_inside_a_word_is_of_its_kind_and_has_its_numbers(
    known: list[tuple[str, str]],
) -> None:
    chance = random.Random(20261128)
    for kind, message in known:
        for end in chance.sample(range(len(message)), min(CUTS or 9999, len(message))):
            cut = diagnose(message[:end])
            assert cut.kind in (kind, "unknown"), message[:end]
            assert _read_from(cut) <= numbers(message[:end])


HEAD = "output padding must be smaller than either stride or dilation, but got "
HEIGHTS = "output_padding_height: 1 stride_height: 1 dilation_height: "
LEFT = (
    HEAD + "output_padding_height: 0 output_padding_width: 2 stride_width: 10",
    HEAD + "output_padding_height: 0 output_padding_width: 2 stride_height: 1",
    HEAD + HEIGHTS + "9" * 5000 + " output_padding_width: 1",
)


def test_a_message_with_shapes_that_torch_never_prints_does_no_harm() -> None:
    odd = {
        "channels": "Given groups=1, weight of size [0], expected input[1] to have 3 channels, but got 1 channels instead",
        "input-axes": "Expected 3-dimensional input for 1-dimensional weight [0], but got 2-dimensional input of size [4]",
        "kernel-does-not-fit": "Calculated padded input size per channel: (4 x 4). Kernel size: (5). Kernel size can't be greater than actual input size",
        "loss-shape": "size mismatch (got input: [4, 10], target: [4, 1])",
        "pool-output-too-small": "input image (T: 9 H: 9 W: 9) smaller than kernel size (kT: 2 kH: 7 kW: 7)",
        "linear-features": "The input tensor cannot be reshaped to the requested shape. Input shape:{4,512}, requested shape:{1,500}",
        "unknown": "requested an output size of [-, x], but valid sizes range from [9] to [9] (for an input of torch",
        "output-padding-too-large": HEAD + HEIGHTS + "2",
    }
    for kind, message in odd.items():
        assert diagnose(message).kind == kind, message


def test_an_exception_is_read_as_its_text() -> None:
    with pytest.raises(RuntimeError) as caught:
        up(2, padding=-1)

    assert diagnose(caught.value) == diagnose(str(caught.value))
    assert diagnose(caught.value).kind == "padding-negative"


def test_a_message_is_found_where_it_was_quoted_or_broken_inside_a_word() -> None:
    message = "> Sizes of tensors must match except in dimen\n> sion 1. Expected size 23 but got size 2\n> 4 for tensor"
    quoted = "> > negative padding\n> > is not supported"

    assert diagnose(message.replace("> ", "")).found["wanted"] == 23
    assert diagnose(quoted).kind == "padding-negative"


LONG = (
    "a", "a.b", "conv", "conv_transpose2d(): argument 'padding' ", "9",
    "padding_mode must be one of {", "input image (", "stride_height: 1 ", "> \n",
    "Input and output sizes should be greater than 0, but got input (", HEAD + "stride_a",
    "[(1, 2", "output padding ", "- x 1, ", "Given ",
)  # fmt: skip


def test_every_page_that_is_named_is_there_in_both_languages() -> None:
    for entry in KINDS.values():
        path, _, anchor = entry.partition("/#")
        for folder in PAGES.values():
            page = (folder / f"{path}.md").read_text("utf-8")
            assert f"{{ #{anchor} }}" in page, entry


@pytest.mark.parametrize(
    ("stride", "dilation", "given"), [(1, 1, 1), (2, 1, 3), (2, 3, 9)]
)
def test_the_output_padding_that_is_offered_is_accepted(
    stride: int, dilation: int, given: int
) -> None:
    options = {"stride": stride, "dilation": dilation}
    for axes in (1, 2, 3):
        message = raised(lambda axes=axes: up(axes, output_padding=given, **options))  # type: ignore[misc]
        diagnosis = diagnose(message)

        offered = eval(diagnosis.call.removeprefix("output_padding="))
        assert diagnosis.found["output_padding"][-1] == given
        up(axes, output_padding=offered[-axes:], **options)
        assert offered[-1] == max(stride, dilation) - 1
        wrong = diagnosis.found["too_large_on"]
        assert wrong == {1: "1", 2: "0, 1", 3: "0, 1, 2"}[axes]
        assert f"too large on axis {wrong}: output_padding=" in diagnosis.cause
        assert f"{given}), stride=" in diagnosis.cause


def test_the_output_size_that_is_offered_is_accepted() -> None:
    layer = nn.ConvTranspose2d(1, 1, 3, stride=2)
    for wanted in ((1, 1), (8, 9), (12, 40)):
        message = raised(lambda wanted=wanted: layer(x(2, 4), output_size=list(wanted)))  # type: ignore[misc]
        diagnosis = diagnose(message)

        offered = eval(diagnosis.call.removeprefix("output_size="))
        assert diagnosis.found["wanted"] == wanted
        assert tuple(layer(x(2, 4), output_size=offered).shape[2:]) == tuple(offered)


@pytest.mark.parametrize(("size", "kernel", "padding"), [(4, 5, 0), (2, 9, 1)])
def test_the_padding_that_is_offered_lets_the_kernel_fit(
    size: int, kernel: int, padding: int
) -> None:
    message = raised(lambda: down(2, size=size, k=kernel, padding=padding))

    enough = padding + eval(re.findall(r"\(.*?\)", diagnose(message).call)[0])[0]
    down(2, size=size, k=kernel, padding=enough)
    with pytest.raises(RuntimeError):
        down(2, size=size, k=kernel, padding=enough - 1)


def test_the_bounds_of_unpooling_are_excluded() -> None:
    def unpool(size: int) -> torch.Tensor:
        return nn.MaxUnpool2d(2)(*pooled(2, 98), output_size=(size, size))

    call = diagnose(raised(lambda: unpool(100))).call
    low, high = map(int, re.findall(r"\d+", call)[:2])

    unpool(high)
    # Within the bounds, and yet smaller than where a maximum stood.
    assert diagnose(raised(lambda: unpool(low))).kind == "unpool-index"
    assert (low, high) == (97, 99)
    with pytest.raises(ValueError, match=r"must be between 96 and 100"):
        unpool(96)


def test_the_channels_that_are_offered_are_accepted() -> None:
    diagnosis = diagnose(raised(lambda: LAYER[3](2, 4, 3)(x(3, channels=7))))

    assert diagnosis.call.startswith("nn.ConvTranspose3d(7, out_channels, ...)")
    LAYER[3](7, 4, 3)(x(3, channels=7))


def test_a_message_is_found_in_a_traceback_with_colours_and_broken_lines() -> None:
    text = (
        'Traceback (most recent call last):\n  File "net.py", line 3, in <module>\n'
        "    y = up(x, output_size=[8])\n\x1b[31mValueError\x1b[0m: requested an output size"
        " of [8],\n but valid sizes range from [9] to [10] (for an input of torch.Size([4]))\n"
    )

    assert diagnose(text).found["wanted"] == 8
    assert diagnose(text).call == "output_size=[9]"


def test_an_unknown_message_is_called_unknown() -> None:
    for text in ("", "   ", "CUDA out of memory. Tried to allocate", "你好"):
        diagnosis = diagnose(text)

        assert diagnosis.kind == "unknown", text
        assert diagnosis.call == diagnosis.page == ""
        assert len(diagnosis.nearest) <= 3
        assert "不认识" in diagnose(text, language="zh").cause


def test_an_unknown_message_names_the_nearest() -> None:
    text = "here the output padding is far too large for the layer"

    assert "output-padding-too-large" in diagnose(text).nearest
    assert "output-padding-too-large" in diagnose(text).fix
    assert diagnose("the kernel size of my stride").kind == "unknown"


def test_a_megabyte_of_what_messages_begin_with_is_read_in_a_moment(
    known: list[tuple[str, str]],
) -> None:
    chance = random.Random(20261127)
    texts = [text for _, text in chance.sample(known, 30)]
    begun = [text[: chance.randrange(1, len(text))] for text in texts]
    words = [one.words for one in chance.sample(_known(), 40)]

    for filling in (*LONG, *begun, *words):
        text = filling * (1_000_000 // len(filling))
        assert any(seconds(text) < 0.1 for _ in range(5)), filling


def seconds(text: str) -> float:
    started = time.process_time()
    diagnose(text)
    return time.process_time() - started


def test_both_ends_of_a_long_text_are_read() -> None:
    message = "RuntimeError: negative padding is not supported\n"
    filling = "frame #0: <unknown function>\n" * 30_000

    assert diagnose(message + filling).kind == "padding-negative"
    assert diagnose(filling + message).kind == "padding-negative"


def test_what_is_not_text_or_no_language_is_refused() -> None:
    with pytest.raises(TypeError, match="message must be text"):
        diagnose(np.int64(3))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="language must be"):
        diagnose("negative padding is not supported", language="de")


def test_a_diagnosis_is_a_value() -> None:
    one, other = diagnose("negative padding is not supported"), diagnose("")

    assert one == diagnose("RuntimeError: negative padding is not supported")
    assert one != other
    assert one != "padding-negative"
    assert isinstance(one, Diagnosis)
    assert {one: 1}[diagnose("negative padding is not supported")] == 1
    assert pickle.loads(pickle.dumps(one)) == one
    for name in ("kind", "found", "new"):
        with pytest.raises(AttributeError):
            setattr(one, name, "other")
    assert one.to_dict()["kind"] == "padding-negative"
    assert repr(one).startswith("Diagnosis(kind='padding-negative', found={}")
