"""The figures of the pages: a layer on one axis as the library draws it, and others."""

from __future__ import annotations

from pathlib import Path

from docs import draw_tracing
from docs.figures import moving, planes, positions, reading, strips

from convarith import ConvTranspose, Layer, draw

FIGURES = Path(__file__).parent / "theme" / "assets" / "figures"
# A figure in Chinese stands beside its twin.
ENDINGS = {"en": ".svg", "zh": ".zh.svg"}
LAYERS: dict[str, tuple[Layer, int]] = {
    "crop": (ConvTranspose(4, stride=2, padding=2, output_padding=1), 4),
    "answer": (ConvTranspose(4, stride=2, padding=1), 14),
}
OTHERS = {
    "alignment": positions.alignment,
    "causal": positions.causal,
    "chunks": reading.chunks,
    "frames": positions.frames,
    "matrix": planes.matrix,
    "overlap": planes.overlap,
    "receptive-field": reading.receptive_field,
    "shifted": positions.shifted,
    "sizes": planes.steps,
    "skip": moving.skip,
    "strip": strips.strip,
    "transposed-reads": reading.transposed_reads,
}


def figures() -> dict[str, str]:
    """Every figure by its file name."""
    files = {}
    for language, ending in ENDINGS.items():
        for name, (layer, in_size) in LAYERS.items():
            files[name + ending] = draw(layer, in_size, language=language).svg
        for name, figure in OTHERS.items():
            files[name + ending] = figure(language)
        files |= draw_tracing.figures(language)
    return files
