"""The lines that make two tensors equally large, in the words of each framework."""

from __future__ import annotations

from convarith.diagnosis.kind import Line
from convarith.diagnosis.pairs import CHANNELS_LAST, apart_on, shapes
from convarith.diagnosis.values import Found

RESIZED = ("Upsample", "interpolate")
OUTPUT_SIZE = "up(x, output_size=skip.shape[2:])"
# The same line in torch, Keras, JAX and NumPy.
Lines = tuple[str, str, str, str]
RESIZE: Lines = (
    "F.interpolate(x, size=skip.shape[2:])",
    "keras.ops.image.resize(x, skip.shape[1:3])",
    "jax.image.resize(x, (*skip.shape[:-1], x.shape[-1]), 'linear')",
    "print(skip.shape, x.shape)",
)
CROP: Lines = (
    "skip[..., : x.shape[-2], : x.shape[-1]]",
    "skip[:, : x.shape[1], : x.shape[2]]",
    "skip[:, : x.shape[1], : x.shape[2]]",
    "skip[..., : x.shape[-2], : x.shape[-1]]",
)


def code(lines: Lines, framework: str) -> str:
    """The line of the framework's family."""
    family = {"torch": 0, "keras": 1, "tensorflow": 1, "jax": 2, "flax": 2}
    return lines[family.get(framework, 3)]


def crop(found: Found, framework: str) -> str:
    """What makes the larger one as large as the smaller one."""
    last = len(shapes(found)[0]) - 1
    return code(CROP, "keras" if found.get("joined") == last > 2 else framework)


def enlarge(found: Found, framework: str, factor: int) -> str:
    """What makes the smaller map as large as the other one, if a factor is missing."""
    axes = len(shapes(found)[0]) - (1 if found.get("unbatched") else 2)
    spatial = axes if 1 <= axes <= 3 else 2
    return code(
        (
            f"F.interpolate(x, scale_factor={factor})",
            f"keras.layers.UpSampling{spatial}D({factor})(x)",
            f"jnp.repeat(x, {factor}, axis={found.get('axis', 1)})",
            f"np.repeat(x, {factor}, axis={found.get('axis', 2)})",
        ),
        framework,
    )


def pad(found: Found, framework: str) -> str:
    """What makes the smaller map as large as the other one at its ends."""
    ends = _ends(found)
    if min(ends, default=0) < 0 < max(ends):
        return code(RESIZE, framework)
    ends = [abs(end) for end in ends]
    if framework in ("keras", "tensorflow"):
        inner = ends[:-1] if found.get("unbatched") else ends[1:-1]
        pads = ", ".join(f"(0, {end})" for end in inner)
        return {
            1: f"keras.layers.ZeroPadding1D({pads})(x)",
            2: f"keras.layers.ZeroPadding2D(({pads}))(x)",
            3: f"keras.layers.ZeroPadding3D(({pads}))(x)",
        }.get(len(inner), "keras.layers.ZeroPadding2D(((0, 1), (0, 1)))(x)")
    function = "jnp.pad" if framework in CHANNELS_LAST else "np.pad"
    pads = ", ".join(f"(0, {end})" for end in ends)
    if not pads and framework in CHANNELS_LAST:
        return "jnp.pad(x, ((0, 0), (0, 1), (0, 1), (0, 0)))"
    return f"{function}(x, ({pads or '(0, 0), (0, 0), (0, 1), (0, 1)'}))"


def _ends(found: Found) -> list[int]:
    """By how much the first is larger on each axis; the channels of a skip may differ."""
    first, second = shapes(found)
    apart = apart_on(found)
    if found.get("concatenates") and first:
        last = len(first) - 1
        apart = [at for at in apart if at != last or apart == [last]]
    return [
        (first[at] or 0) - (second[at] or 0) if at in apart else 0
        for at in range(min(len(first), len(second)))
    ]


def skip_line(found: Found) -> Line:
    """How a skip connection and what was enlarged become equally large."""
    if found.get("layer") in RESIZED:
        return code(RESIZE, "torch")
    return OUTPUT_SIZE


def sum_line(found: Found) -> Line:
    """How two tensors that are combined element by element become equally large."""
    if found.get("layer") in RESIZED:
        return code(RESIZE, "torch")
    if found["wanted"] >= found["got"]:
        return OUTPUT_SIZE
    colons = ":, " if found.get("axis") == 1 else "..., "
    return f"y[{colons}:{found['wanted']}]"
