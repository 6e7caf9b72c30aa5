"""The lines that make two tensors equally large, in the words of each framework."""

from __future__ import annotations

from convarith.diagnosis.kind import Line
from convarith.diagnosis.pairs import CHANNELS_LAST, apart_on, channel_axis, shapes
from convarith.diagnosis.values import Found

# Nobody pads so much: the map has another scale.
FAR = 32
RESIZED = ("Upsample", "interpolate")
FIRST = ', data_format="channels_first"'
OUTPUT_SIZE = "up(x, output_size=skip.shape[2:])"
# The same line in torch, Keras, JAX and NumPy; the last one is that of the rest, too.
RESIZE = (
    "F.interpolate(x, size=skip.shape[2:])",
    "keras.ops.image.resize(x, skip.shape[1:3])",
    "jax.image.resize(x, (*skip.shape[:-1], x.shape[-1]), 'linear')",
    "print(skip.shape, x.shape)",
)
CROP = (
    "skip[..., : x.shape[-2], : x.shape[-1]]",
    "skip[:, : x.shape[1], : x.shape[2]]",
    "skip[:, : x.shape[1], : x.shape[2]]",
    "skip[..., : x.shape[-2], : x.shape[-1]]",
)
EXPORT = 'torch.onnx.export(model, x, "model.onnx", dynamic_axes=dict(input=[0]))'
FLATTEN = (
    "x.flatten(1)",
    "keras.layers.Flatten()(x)",
    "x.reshape(x.shape[0], -1)",
)


def code(lines: tuple[str, ...], framework: str) -> str:
    """The line of the framework's family."""
    family = {"torch": 0, "keras": 1, "tensorflow": 1, "jax": 2, "flax": 2}
    return lines[min(family.get(framework, 3), len(lines) - 1)]


def crop(found: Found, framework: str) -> str:
    """What makes the larger one as large as the smaller one."""
    last = len(shapes(found)[0]) - 1
    if found.get("joined") == last > 2:
        framework = "keras"
    return code(CROP, "torch" if are_first(found, framework) else framework)


def are_first(found: Found, framework: str) -> bool:
    """Whether a model of Keras or a graph has its channels in front, which is said to each layer."""
    told = framework == "keras" or found.get("built")
    return bool(told) and channel_axis(found) == 1 < len(shapes(found)[0]) - 1


def enlarge(found: Found, framework: str, factor: int) -> str:
    """What makes the smaller map as large as the other one, if a factor is missing."""
    if framework == "torch" and found.get("axis") == 1:
        # Without an axis of channels, interpolate has nothing to work on.
        return f"x.repeat_interleave({factor}, dim=1)"
    axes = len(shapes(found)[0]) - (1 if found.get("unbatched") else 2)
    spatial = axes if 1 <= axes <= 3 else 2
    order = FIRST if are_first(found, framework) else ""
    return code(
        (
            f"F.interpolate(x, scale_factor={factor})",
            f"keras.layers.UpSampling{spatial}D({factor}{order})(x)",
            f"jnp.repeat(x, {factor}, axis={found.get('axis', 1)})",
            f"np.repeat(x, {factor}, axis={found.get('axis', 2)})",
        ),
        framework,
    )


def pad(found: Found, framework: str) -> str:
    """What makes the smaller map as large as the other one at its ends."""
    ends = _ends(found, framework)
    if min(ends) < 0 < max(ends) or max(map(abs, ends)) > FAR:
        return code(RESIZE, framework)
    pads = [f"(0, {abs(end)})" for end in ends]
    if framework not in ("keras", "tensorflow"):
        function = "jnp.pad" if framework in CHANNELS_LAST else "np.pad"
        return f"{function}(x, ({', '.join(pads)}))"
    first = channel_axis(found) == 1 and len(ends) > 2
    inner = pads[2:] if first else pads[:-1]
    if not found.get("unbatched") and not first:
        inner = inner[1:]
    inner = inner[:3] or ["(0, 1)"]
    told = inner[0] if len(inner) == 1 else f"({', '.join(inner)})"
    # TensorFlow may move the channels of a map in front where the model has them last.
    order = FIRST if first and are_first(found, framework) else ""
    return f"keras.layers.ZeroPadding{len(inner)}D({told}{order})(x)"


def _ends(found: Found, framework: str) -> list[int]:
    """By how much the first is larger on each axis; the channels of a skip may differ."""
    first, second = shapes(found)
    if not first:
        return _of_one_axis(found, framework)
    apart = apart_on(found)
    if found.get("concatenates"):
        channels = channel_axis(found)
        apart = [at for at in apart if at != channels or apart == [channels]]
    return [
        (first[at] or 0) - (second[at] or 0) if at in apart else 0
        for at in range(min(len(first), len(second)))
    ]


def _of_one_axis(found: Found, framework: str) -> list[int]:
    """Of a batch of images, if the message has no shapes."""
    apart = abs(found.get("wanted", 1) - found.get("got", 0))
    axis = found.get("axis")
    spatial = (1, 2) if framework in CHANNELS_LAST else (2, 3)
    places = spatial if axis is None else (axis,)
    return [apart if at in places else 0 for at in range(max(4, (axis or 0) + 1))]


def skip_line(found: Found) -> Line:
    """How a skip connection and what was enlarged become equally large."""
    if found.get("layer") in RESIZED:
        return code(RESIZE, "torch")
    return OUTPUT_SIZE


def sum_line(found: Found) -> Line:
    """How two tensors that are combined element by element become equally large."""
    if found.get("layer") in RESIZED:
        return code(RESIZE, "torch")
    if found.get("wanted", 0) >= found.get("got", 0):
        return OUTPUT_SIZE
    axis = found.get("axis")
    colons = "..., " if axis is None else ":, " * axis
    return f"y[{colons}:{found['wanted']}]"
