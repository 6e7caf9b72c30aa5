"""Error messages raised live are recognised, read and mended."""

import random
import re
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional as F

from convarith import Diagnosis, SizeError, diagnose
from convarith.causes import CAUSES
from convarith.messages import MESSAGES
from tests.adapter import PAGES
from tests.measurements import onednn

CONV = {1: F.conv1d, 2: F.conv2d, 3: F.conv3d}
UP = {1: F.conv_transpose1d, 2: F.conv_transpose2d, 3: F.conv_transpose3d}
LAYER = {1: nn.ConvTranspose1d, 2: nn.ConvTranspose2d, 3: nn.ConvTranspose3d}
CONV_LAYER = {1: nn.Conv1d, 2: nn.Conv2d, 3: nn.Conv3d}
MAX_POOL = {1: nn.MaxPool1d, 2: nn.MaxPool2d, 3: nn.MaxPool3d}
AVG_POOL = {1: nn.AvgPool1d, 2: nn.AvgPool2d, 3: nn.AvgPool3d}


def _x(axes: int, size: int = 5, channels: int = 1, batch: int = 1) -> torch.Tensor:
    return torch.zeros(batch, channels, *(size,) * axes)


def _up(axes: int, *, size: int = 5, k: int = 3, **options: Any) -> Callable[[], Any]:
    return lambda: UP[axes](_x(axes, size), torch.ones(1, 1, *(k,) * axes), **options)


def _down(axes: int, *, size: int = 5, k: int = 3, **options: Any) -> Callable[[], Any]:
    return lambda: CONV[axes](_x(axes, size), torch.ones(1, 1, *(k,) * axes), **options)


LIVE: list[tuple[str, Callable[[], Any]]] = []
for axes in (1, 2, 3):
    n = axes
    LIVE += [
        ("output-padding-too-large", _up(n, output_padding=1)),
        ("output-padding-too-large", _up(n, output_padding=5, stride=3, dilation=2)),
        ("output-padding-negative", _up(n, output_padding=-1, stride=2)),
        ("padding-negative", _up(n, padding=-1)),
        ("padding-negative", _down(n, padding=-2)),
        ("stride-not-positive", _up(n, stride=0)),
        ("stride-not-positive", _down(n, stride=-1)),
        ("dilation-not-positive", _up(n, dilation=-1)),
        ("dilation-not-positive", _up(n, dilation=0)),
        ("dilation-not-positive", _down(n, dilation=0)),
        ("kernel-size-not-positive", _up(n, k=0)),
        ("kernel-size-not-positive", lambda n=n: LAYER[n](1, 1, -1)),
        ("output-too-small", _up(n, size=1, k=2, padding=1)),
        ("output-too-small", _up(n, size=2, k=2, stride=2, padding=4)),
        ("kernel-does-not-fit", _down(n, size=4, k=5)),
        ("kernel-does-not-fit", _down(n, size=2, k=3, dilation=4, padding=1)),
        (
            "transposed-channels",
            lambda n=n: UP[n](_x(n, channels=3), torch.ones(2, 1, *(3,) * n)),
        ),
        (
            "channels",
            lambda n=n: CONV[n](_x(n, channels=3), torch.ones(1, 2, *(3,) * n)),
        ),
        ("groups-not-positive", _up(n, groups=0)),
        ("groups-not-positive", lambda n=n: LAYER[n](1, 1, 3, groups=0)),
        ("groups-do-not-divide", lambda n=n: LAYER[n](3, 2, 3, groups=2)),
        ("groups-do-not-divide", lambda n=n: LAYER[n](2, 3, 3, groups=2)),
        (
            "groups-do-not-divide",
            lambda n=n: UP[n](_x(n, channels=2), torch.ones(2, 1, *(3,) * n), groups=4),
        ),
        (
            "groups-do-not-divide",
            lambda n=n: UP[n](_x(n, channels=3), torch.ones(3, 1, *(3,) * n), groups=2),
        ),
        ("bias-shape", _up(n, bias=torch.zeros(5))),
        ("bias-shape", _down(n, bias=torch.zeros(4))),
        (
            "input-axes",
            lambda n=n: UP[n](torch.zeros(*(4,) * n), torch.ones(1, 1, *(3,) * n)),
        ),
        (
            "input-axes",
            lambda n=n: CONV[n](torch.zeros(*(4,) * (n + 3)), torch.ones(1, 1, *(3,) * n)),
        ),
        ("list-length", _up(n, padding=(1,) * (n + 1))),
        ("list-length", _up(n, stride=(2,) * (n + 1))),
        ("list-length", _down(n, dilation=(2,) * (n + 1))),
        ("list-length", _up(n, stride=2, output_padding=(1,) * (n + 1))),
        ("empty-axis", _up(n, size=0)),
        ("transposed-string-padding", _up(n, padding="same")),
        ("transposed-string-padding", lambda n=n: LAYER[n](1, 1, 3, padding="same")(_x(n))),
        ("not-an-int", _up(n, padding=1.0)),
        ("not-an-int", _up(n, stride=True)),
        ("arguments-not-understood", _down(n, padding=(1.5,) * n)),
        ("transposed-padding-mode", lambda n=n: LAYER[n](1, 1, 3, padding_mode="reflect")),
        (
            "dtype-differs",
            lambda n=n: UP[n](_x(n).double(), torch.ones(1, 1, *(3,) * n)),
        ),
        (
            "output-size-out-of-range",
            lambda n=n: LAYER[n](1, 1, 3, stride=2)(_x(n, 4), output_size=[8] * n),
        ),
        (
            "output-size-out-of-range",
            lambda n=n: LAYER[n](1, 1, 4, stride=3, padding=1)(_x(n, 6), output_size=(40,) * n),
        ),
        (
            "output-size-length",
            lambda n=n: LAYER[n](1, 1, 3, stride=2)(_x(n, 4), output_size=[9] * (n + 1)),
        ),
        ("output-size-is-an-int", lambda n=n: LAYER[n](1, 1, 3)(_x(n), output_size=7)),
        ("output-size-not-taken", lambda n=n: UP[n](_x(n), torch.ones(1, 1, *(3,) * n), output_size=[7] * n)),
        ("output-size-not-taken", lambda n=n: nn.Sequential(LAYER[n](1, 1, 3))(_x(n), output_size=[7] * n)),
        ("same-with-stride", _down(n, padding="same", stride=2)),
        ("padding-string-unknown", _down(n, padding="SAME")),
    ]  # fmt: skip
LIVE += [
    ("weight-axes", lambda: F.conv_transpose1d(_x(1), torch.ones(3, 3))),
    ("no-channels", lambda: F.conv_transpose2d(_x(2), torch.ones(1, 0, 3, 3))),
    ("same-with-stride", lambda: nn.Conv2d(1, 1, 3, stride=2, padding="same")),
    ("padding-string-unknown", lambda: nn.Conv2d(1, 1, 3, padding="bogus")),
    ("padding-mode-unknown", lambda: nn.Conv2d(1, 1, 3, padding_mode="bogus")),
    (
        "dtype-not-supported",
        lambda: F.conv_transpose2d(_x(2).bool(), torch.ones(1, 1, 3, 3).bool()),
    ),
    (
        "reflection-too-wide",
        lambda: nn.Conv2d(1, 1, 3, padding=4, padding_mode="reflect")(_x(2, 4)),
    ),
    (
        "circular-too-wide",
        lambda: nn.Conv2d(1, 1, 3, padding=5, padding_mode="circular")(_x(2, 4)),
    ),
    ("pool-padding-too-large", lambda: F.max_pool2d(_x(2), 2, 1, 2)),
    ("pool-padding-too-large", lambda: F.max_pool1d(_x(1), 1, 1, 1)),
    ("pool-padding-too-large", lambda: F.avg_pool1d(_x(1), 1, 1, 1)),
    ("pool-output-too-small", lambda: F.max_pool2d(_x(2, 1), 2)),
    (
        "unpool-size-out-of-range",
        lambda: nn.MaxUnpool2d(2)(
            *nn.MaxPool2d(2, return_indices=True)(_x(2, 98)), output_size=(100, 100)
        ),
    ),
    (
        "unpool-index",
        lambda: nn.MaxUnpool2d(2)(*nn.MaxPool2d(2, return_indices=True)(torch.ones(1, 1, 5, 5).cumsum(2).cumsum(3))),
    ),
    ("unpool-index", lambda: nn.MaxUnpool2d(2)(_x(2, 3), torch.zeros(1, 1, 2, 2).long())),
    ("resized-to-nothing", lambda: F.interpolate(_x(1, 3), scale_factor=0.2)),
    ("skip-does-not-fit", lambda: torch.cat([_x(2, 61), _x(2, 60)], dim=1)),
    ("sizes-differ", lambda: _x(1, 1067) + _x(1, 1068)),
    ("input-axes", lambda: nn.LazyConvTranspose2d(1, 3)(torch.zeros(5, 5))),
]  # fmt: skip
# The same kinds in other words: those of a module, of a function, of so many axes.
for axes in (1, 2, 3):
    n = axes
    LIVE += [
        ("output-size-not-taken", lambda n=n: LAYER[n](1, 1, 3, output_size=[7] * n)),
        (
            "output-size-length",
            lambda n=n: LAYER[n](1, 1, 3)(_x(n)[0], output_size=[7] * (n + 2)),
        ),
        ("stride-not-positive", _up(n, stride=2**32)),
        ("dilation-not-positive", _down(n, dilation=-3)),
        ("kernel-size-not-positive", _down(n, k=0)),
        ("kernel-size-not-positive", lambda n=n: CONV_LAYER[n](1, 1, -2)),
        ("list-length", _down(n, padding=(1,) * (n + 1))),
        ("not-an-int", lambda n=n: LAYER[n](1, 1, 3, stride=4 / 2)(_x(n))),
        ("arguments-not-understood", lambda n=n: CONV_LAYER[n](1, 1, 3, stride=2.0)(_x(n))),
        ("arguments-not-understood", _down(n, dilation=2.0)),
        ("arguments-not-understood", _down(n, stride=None)),
        ("same-with-stride", lambda n=n: CONV_LAYER[n](1, 1, 3, stride=3, padding="same")),
        ("padding-string-unknown", lambda n=n: CONV_LAYER[n](1, 1, 3, padding="full")),
        ("padding-mode-unknown", lambda n=n: CONV_LAYER[n](1, 1, 3, padding_mode="same")),
        (
            "reflection-too-wide",
            lambda n=n: CONV_LAYER[n](1, 1, 3, padding=7, padding_mode="reflect")(_x(n)),
        ),
        (
            "circular-too-wide",
            lambda n=n: CONV_LAYER[n](1, 1, 3, padding=6, padding_mode="circular")(_x(n)),
        ),
        ("pool-padding-too-large", lambda n=n: MAX_POOL[n](3, padding=2)(_x(n))),
        ("pool-padding-too-large", lambda n=n: AVG_POOL[n](5, padding=3)(_x(n))),
        (
            "pool-padding-too-large",
            lambda n=n: MAX_POOL[n](3, padding=2, dilation=2)(_x(n, 9)),
        ),
    ]  # fmt: skip
LIVE += [
    (
        "output-size-out-of-range",
        lambda: LAYER[2](1, 1, 3, stride=2)(_x(2, 4)[0], output_size=[8, 9]),
    ),
    (
        "output-size-out-of-range",
        lambda: LAYER[3](1, 1, 3, stride=2)(_x(3, 4)[0], output_size=[8, 9, 9]),
    ),
    ("output-size-length", lambda: LAYER[2](1, 1, 3)(_x(2), output_size=[7])),
    ("output-size-length", lambda: LAYER[3](1, 1, 3)(_x(3), output_size=[7])),
    ("pool-output-too-small", lambda: MAX_POOL[3](4)(_x(3, 2))),
    ("pool-output-too-small", lambda: AVG_POOL[1](3)(_x(1, 2))),
    ("pool-output-too-small", lambda: AVG_POOL[2](5)(_x(2, 4))),
    ("resized-to-nothing", lambda: F.interpolate(_x(1, 2), size=0, mode="linear")),
]  # fmt: skip
for axes in (1, 2, 3):
    n = axes
    LIVE += [
        ("transposed-channels", lambda n=n: LAYER[n](4, 6, 2, groups=2)(_x(n, channels=6))),
        ("channels", lambda n=n: CONV_LAYER[n](4, 4, 3, groups=2)(_x(n, channels=3)[0])),
        ("groups-not-positive", _down(n, groups=-2)),
        (
            "groups-do-not-divide",
            lambda n=n: CONV[n](_x(n, channels=4), torch.ones(3, 2, *(3,) * n), groups=2),
        ),
        ("bias-shape", _up(n, bias=torch.zeros(1, 1))),
        (
            "bias-shape",
            lambda n=n: getattr(nn, f"LazyConvTranspose{n}d")(3, 3, groups=2)(_x(n, channels=4)),
        ),
        ("input-axes", lambda n=n: LAYER[n](2, 3, 3)(torch.zeros(*(4,) * (n + 3)))),
        ("empty-axis", lambda n=n: LAYER[n](2, 3, 3)(torch.zeros(2, *(0,) * n))),
        ("weight-axes", lambda n=n: UP[n](_x(n), torch.ones(3, 3))),
        ("weight-axes", lambda n=n: CONV[n](_x(n), torch.ones(4))),
        ("dtype-differs", lambda n=n: CONV_LAYER[n](1, 1, 3)(_x(n).double())),
        ("dtype-differs", lambda n=n: LAYER[n](1, 1, 3)(_x(n).half())),
        ("dtype-not-supported", lambda n=n: LAYER[n](1, 1, 3)(_x(n).byte())),
        ("skip-does-not-fit", lambda n=n: torch.cat([_x(n, 5), _x(n, 4), _x(n, 5)], dim=1)),
        ("sizes-differ", lambda n=n: _x(n, 9).add_(_x(n, 8))),
    ]  # fmt: skip
LIVE += [
    ("no-channels", lambda: F.conv_transpose1d(_x(1), torch.ones(1, 0, 3))),
    ("dtype-not-supported", lambda: F.conv2d(_x(2).bool(), torch.ones(1, 1, 3, 3).bool())),
    ("unpool-size-out-of-range", lambda: F.max_unpool1d(_x(1, 4), _x(1, 4).long(), 2, output_size=(6,))),
    ("unpool-size-out-of-range", lambda: F.max_unpool3d(_x(3, 2), _x(3, 2).long(), 2, output_size=(4, 4, 6))),
    ("unpool-index", lambda: F.max_unpool3d(_x(3, 2), _x(3, 2).long() + 64, 2)),
    ("unpool-index", lambda: F.max_unpool1d(_x(1, 2), _x(1, 3).long(), 2)),
    ("pool-output-too-small", lambda: nn.MaxPool1d(2)(_x(1, 1))),
    ("pool-output-too-small", lambda: nn.AvgPool3d(2)(_x(3, 1))),
    ("dtype-differs", lambda: F.conv2d(_x(2).half(), torch.ones(1, 1, 3, 3), torch.zeros(1))),
    ("dtype-differs", lambda: F.conv1d(_x(1).long(), torch.ones(1, 1, 3), torch.zeros(1))),
    ("dtype-not-supported", lambda: F.conv3d(_x(3).bool(), torch.ones(1, 1, 3, 3, 3).bool())),
    ("resized-to-nothing", lambda: F.interpolate(_x(2, 3), scale_factor=0.1)),
    ("resized-to-nothing", lambda: F.interpolate(_x(3, 3), scale_factor=0.1)),
    ("output-size-out-of-range", lambda: nn.ConvTranspose1d(1, 1, 3, stride=2)(torch.zeros(1, 4), output_size=[20])),
    ("not-an-int", lambda: F.conv_transpose2d(_x(2), torch.ones(1, 1, 3, 3), stride=None)),
]  # fmt: skip

# Verbatim texts of what does not run here, with the version that said them.
SAID = [
    # torch before 1.13
    ("skip-does-not-fit", "Sizes of tensors must match except in dimension 1. Got 23 and 24 in dimension 2"),
    # Keras 3
    ("skip-does-not-fit", "A `Concatenate` layer requires inputs with matching shapes except for the concatenation axis. Received: input_shape=[(None, 20, 20, 1), (None, 21, 21, 1)]"),
    ("output-padding-not-below-stride", "ValueError: Stride (8, 8) must be greater than output padding (8, 1)"),
    ("output-padding-not-below-stride", "Strides must be greater than output padding. Received strides=(2, 2), output_padding=(2, 2)"),
    ("output-padding-not-below-stride", "`output_padding` must be < `strides`"),
    ("output-padding-not-below-stride", "The padding arguments (padding=same) and output_padding=1) lead to a Torch output_padding (1) that is greater than strides (1). This is not supported."),
    # TensorFlow 2.21
    ("output-shape-impossible", "Conv2DCustomBackpropInput: Size of out_backprop doesn't match computed: actual = 18, computed = 15"),
    ("output-shape-impossible", "Conv2DBackpropInput: Number of rows of out_backprop doesn't match computed: actual = 7, computed = 16"),
    ("output-shape-impossible", "AbortedError: could not create primitive descriptor"),
    ("output-shape-impossible", "could not create a primitive descriptor for a deconvolution forward propagation primitive"),
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


def raised(call: Callable[[], Any]) -> str:
    with onednn(enabled=False), pytest.raises(RAISED) as caught:
        call()
    return str(caught.value)


@pytest.mark.parametrize(("kind", "call"), LIVE, ids=[kind for kind, _ in LIVE])
def test_a_message_raised_live_is_recognised_in_both_languages(
    kind: str, call: Callable[[], Any]
) -> None:
    message = raised(call)
    english, chinese = diagnose(message), diagnose(message, language="zh")

    assert english.kind == chinese.kind == kind, message
    assert english.found == chinese.found
    for sentence in (english.cause, english.fix, english.call, english.page):
        assert sentence
        assert "{" not in sentence
    for sentence in (chinese.cause, chinese.fix):
        assert re.search("[一-鿿]", sentence)
        assert "{" not in sentence


@pytest.mark.parametrize(("kind", "call"), LIVE, ids=[kind for kind, _ in LIVE])
def test_a_message_with_other_numbers_is_of_the_same_kind(
    kind: str, call: Callable[[], Any]
) -> None:
    message = raised(call)
    numbers = random.Random(message)

    for largest in (2, 9, 99, 999, 99_999):
        parts = re.split(SIZE, message)
        other = parts[0] + "".join(
            f"{numbers.randint(0, largest)}{part}" for part in parts[1:]
        )
        diagnosis = diagnose(other)
        assert diagnosis.kind == kind, other
        assert "{" not in f"{diagnosis}{diagnose(other, language='zh')}"
        assert _read_from(diagnosis) <= set(re.findall(r"\d+", other))


def _read_from(diagnosis: Diagnosis) -> set[str]:
    """The numbers that were read, without those that were computed from them."""
    read = [
        value
        for name, value in diagnosis.found.items()
        if name not in ("dims", "largest")
    ]
    return set(re.findall(r"\d+", str(read)))


@pytest.mark.parametrize(("kind", "message"), SAID, ids=[kind for kind, _ in SAID])
def test_a_message_of_another_framework_is_recognised(kind: str, message: str) -> None:
    diagnosis = diagnose(message)

    assert diagnosis.kind == kind
    assert diagnosis.call
    assert "None" not in str(diagnosis)


@pytest.mark.parametrize(("kind", "message"), SAID, ids=[kind for kind, _ in SAID])
def test_a_message_of_another_framework_with_other_numbers_is_of_the_same_kind(
    kind: str, message: str
) -> None:
    for number in (0, 7, 31, 256, 48_000):
        other = re.sub(SIZE, str(number), message)
        assert diagnose(other).kind == kind, other
        assert "{" not in f"{diagnose(other)}{diagnose(other, language='zh')}"


def test_every_known_kind_is_raised_or_quoted_here() -> None:
    tried = {kind for kind, _ in LIVE + SAID}

    assert (
        tried == {message.kind for message in MESSAGES} == CAUSES.keys() - {"unknown"}
    )


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.kind)
def test_every_page_that_is_named_is_there_in_both_languages(message: Any) -> None:
    path, _, anchor = message.page.partition("/#")
    for folder in PAGES.values():
        assert f"{{ #{anchor} }}" in (folder / f"{path}.md").read_text("utf-8")


@pytest.mark.parametrize("axes", [1, 2, 3])
@pytest.mark.parametrize(
    ("stride", "dilation", "given"), [(1, 1, 1), (2, 1, 3), (2, 3, 9)]
)
def test_the_output_padding_that_is_offered_is_accepted(
    axes: int, stride: int, dilation: int, given: int
) -> None:
    options = {"stride": stride, "dilation": dilation}
    diagnosis = diagnose(raised(_up(axes, output_padding=given, **options)))

    offered = eval(diagnosis.call.removeprefix("output_padding="))
    assert diagnosis.found["output_padding"][-1] == given
    _up(axes, output_padding=offered[-axes:], **options)()
    assert (
        f"axis {1 if axes == 1 else axes - 1} (output_padding {given}"
        in diagnosis.cause
    )


@pytest.mark.parametrize("wanted", [(1, 1), (8, 9), (12, 40)])
def test_the_output_size_that_is_offered_is_accepted(wanted: tuple[int, int]) -> None:
    layer = nn.ConvTranspose2d(1, 1, 3, stride=2)
    diagnosis = diagnose(raised(lambda: layer(_x(2, 4), output_size=list(wanted))))

    offered = eval(diagnosis.call.removeprefix("output_size="))
    assert diagnosis.found["wanted"] == wanted
    assert tuple(layer(_x(2, 4), output_size=offered).shape[2:]) == tuple(offered)


@pytest.mark.parametrize(("size", "kernel", "padding"), [(4, 5, 0), (2, 9, 1)])
def test_the_padding_that_is_offered_lets_the_kernel_fit(
    size: int, kernel: int, padding: int
) -> None:
    diagnosis = diagnose(raised(_down(2, size=size, k=kernel, padding=padding)))

    more = eval(re.findall(r"\(.*?\)", diagnosis.call)[0])
    _down(2, size=size, k=kernel, padding=padding + more[0])()
    with pytest.raises(RuntimeError):
        _down(2, size=size, k=kernel, padding=padding + more[0] - 1)()


def test_the_bounds_of_unpooling_are_excluded() -> None:
    pooled = nn.MaxPool2d(2, return_indices=True)(_x(2, 98))
    diagnosis = diagnose(
        raised(lambda: nn.MaxUnpool2d(2)(*pooled, output_size=(100, 100)))
    )
    low, high = map(int, re.findall(r"\d+", diagnosis.call))

    nn.MaxUnpool2d(2)(*pooled, output_size=(high, high))
    # Within the bounds, and yet smaller than where a maximum stood.
    message = raised(lambda: nn.MaxUnpool2d(2)(*pooled, output_size=(low, low)))
    assert diagnose(message).kind == "unpool-index"
    assert (low, high) == (97, 99)
    with pytest.raises(ValueError, match=r"must be between 96 and 100"):
        nn.MaxUnpool2d(2)(*pooled, output_size=(96, 96))


def test_the_channels_that_are_offered_are_accepted() -> None:
    diagnosis = diagnose(
        raised(lambda: nn.ConvTranspose3d(2, 4, 3)(_x(3, 5, channels=7)))
    )

    assert diagnosis.call.startswith("nn.ConvTranspose3d(7, out_channels, ...)")
    nn.ConvTranspose3d(7, 4, 3)(_x(3, 5, channels=7))


def test_a_message_is_found_in_a_traceback_with_colours_and_broken_lines() -> None:
    text = (
        'Traceback (most recent call last):\n  File "net.py", line 3, in <module>\n'
        "    y = up(x, output_size=[8])\n\x1b[31mValueError\x1b[0m: requested an output size"
        " of [8],\n but valid sizes range from [9] to [10] (for an input of torch.Size([4]))\n"
    )

    assert diagnose(text).found["wanted"] == 8
    assert diagnose(text).call == "output_size=[9]"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "CUDA out of memory. Tried to allocate",
        "the kernel size of my stride",
        "你好",
    ],
)
def test_an_unknown_message_is_called_unknown(text: str) -> None:
    diagnosis = diagnose(text)

    assert diagnosis.kind == "unknown"
    assert diagnosis.call == diagnosis.page == ""
    assert len(diagnosis.nearest) <= 3
    assert "不认识" in diagnose(text, language="zh").cause


def test_an_unknown_message_names_the_nearest() -> None:
    diagnosis = diagnose(
        "output padding must be something else than stride or dilation"
    )

    assert "output-padding-too-large" in diagnosis.nearest
    assert "output-padding-too-large" in diagnosis.fix


@pytest.mark.parametrize("filling", ["[(1, 2", "output padding ", "- x 1, ", "Given "])
def test_a_megabyte_of_anything_is_read_at_once(filling: str) -> None:
    text = filling * (1_000_000 // len(filling))
    started = time.monotonic()

    assert diagnose(text).kind == "unknown"
    assert time.monotonic() - started < 5


def test_what_is_not_text_or_no_language_is_refused() -> None:
    with pytest.raises(TypeError, match="message must be text"):
        diagnose(np.int64(3))  # type: ignore[arg-type]
    with pytest.raises(SizeError, match="language must be"):
        diagnose("negative padding is not supported", language="de")


def test_a_diagnosis_is_a_value() -> None:
    one, other = diagnose("negative padding is not supported"), diagnose("")

    assert one == diagnose("RuntimeError: negative padding is not supported")
    assert one != other
    assert one != "padding-negative"
    assert isinstance(one, Diagnosis)
    assert len({one, diagnose("negative padding is not supported"), other}) == 2
    assert one.to_dict()["kind"] == "padding-negative"
    assert repr(one).startswith("Diagnosis(kind='padding-negative', found={}")
