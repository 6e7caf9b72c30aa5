"""Keras layers at random, there and back, for every backend that is asked."""

import random
from collections.abc import Iterator
from typing import Any

from convarith.porting import Call, Crop, keras_call, keras_crop, on_each_axis
from convarith.porting.keras import KERAS
from tests.porting.agreement import Back, There
from tests.porting.windows import Case, drawn, laid_out, torch_layers


def there(backend: str) -> Iterator[There]:
    rnd = random.Random(1)
    while True:
        case = drawn(rnd, stride_or_dilation=True)
        padding = rnd.choice(("valid", "same"))
        given = rnd.choice((None, tuple(rnd.randrange(s) for s in case.stride)))
        own: dict[str, Any] = {"padding": padding, "output_padding": given}
        own |= case.words(KERAS)
        crops: tuple[Crop, ...] | None = on_each_axis(keras_crop, **own)
        if not case.fits(crops):
            continue
        if backend == "tensorflow" and _tensorflow_refuses(case, padding, given):
            crops = None
        kernel = laid_out(case.weight, KERAS.layout)
        mode = f"{padding}, output_padding {'None' if given is None else 'given'}"
        yield There(mode, case, crops, case.request(kernel, own))


def _tensorflow_refuses(
    case: Case, padding: str, given: tuple[int, ...] | None
) -> bool:
    """An even extent with "same" and 0: no convolution of TensorFlow leads back."""
    if padding == "valid" or given is None:
        return False
    extents = (
        d * (k - 1) + 1 for k, d in zip(case.kernel_size, case.dilation, strict=True)
    )
    return any(
        extent % 2 + more == 0 for extent, more in zip(extents, given, strict=True)
    )


def back() -> Iterator[Back]:
    drawing: dict[str, Any] = {"groups": (1, 1, 2), "stride_or_dilation": True}
    for case, crops, truth in torch_layers(random.Random(2), **drawing):
        calls = _calls(case, crops)
        padding = calls[0].arguments["padding"]
        more = tuple(call.arguments["output_padding"] for call in calls)
        own: dict[str, Any] = {"padding": padding, **case.words(KERAS)}
        own["output_padding"] = None if None in more else more
        requests = case.by_group(KERAS.layout, own)
        yield Back(padding, case, calls, truth, requests)


def _calls(case: Case, crops: tuple[Crop, ...]) -> tuple[Call, ...]:
    """The answers for all axes; a Keras layer has one mode for them."""
    own = case.words(KERAS)
    calls = on_each_axis(keras_call, crops, **own)
    if len({call.arguments["padding"] for call in calls}) == 1:
        return calls
    return on_each_axis(keras_call, crops, padding="valid", **own)
