"""Convolution arithmetic: which size comes out, and which parameters give it."""

__version__ = "0.1.0"

TYPE_CHECKING = False
if TYPE_CHECKING:
    from convarith.axes import Layer
    from convarith.diagnosis import Diagnosis, diagnose
    from convarith.errors import SizeError
    from convarith.explanation import explain
    from convarith.fitting import FittingSizes
    from convarith.interchange import from_torch
    from convarith.landing import Taps, taps
    from convarith.layers import Conv, ConvTranspose
    from convarith.pooling import Pool
    from convarith.receptive_field import ReceptiveField
    from convarith.repair import BrokenSkip
    from convarith.resize import Resize
    from convarith.sizes import (
        conv_input_sizes,
        conv_size,
        conv_transpose_size,
        kernel_extent,
        output_padding_for,
    )
    from convarith.solutions import Solutions
    from convarith.solver import scale_by, solve
    from convarith.stack import Stack

# Each name is loaded when it is first asked for: who wants a size pays for no solver.
_HOMES = {
    "axes": ("Layer",),
    "diagnosis": ("Diagnosis", "diagnose"),
    "errors": ("SizeError",),
    "explanation": ("explain",),
    "fitting": ("FittingSizes",),
    "interchange": ("from_torch",),
    "landing": ("Taps", "taps"),
    "layers": ("Conv", "ConvTranspose"),
    "pooling": ("Pool",),
    "receptive_field": ("ReceptiveField",),
    "repair": ("BrokenSkip",),
    "resize": ("Resize",),
    "sizes": (
        "conv_input_sizes",
        "conv_size",
        "conv_transpose_size",
        "kernel_extent",
        "output_padding_for",
    ),
    "solutions": ("Solutions",),
    "solver": ("scale_by", "solve"),
    "stack": ("Stack",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "BrokenSkip",
    "Conv",
    "ConvTranspose",
    "Diagnosis",
    "FittingSizes",
    "Layer",
    "Pool",
    "ReceptiveField",
    "Resize",
    "SizeError",
    "Solutions",
    "Stack",
    "Taps",
    "conv_input_sizes",
    "conv_size",
    "conv_transpose_size",
    "diagnose",
    "explain",
    "from_torch",
    "kernel_extent",
    "output_padding_for",
    "scale_by",
    "solve",
    "taps",
]


def __getattr__(name: str) -> object:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    # importlib would be a module more to load.
    home = __import__(f"{__name__}.{_HOME_OF[name]}", fromlist=[name])
    value: object = getattr(home, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
