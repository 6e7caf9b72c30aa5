"""The figures are what the library's numbers draw today."""

import importlib.util
from types import ModuleType

from convarith import ConvTranspose
from tests.adapter import ROOT


def load() -> ModuleType:
    path = ROOT / "docs" / "draw_figures.py"
    spec = importlib.util.spec_from_file_location("draw_figures", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_figure_is_up_to_date_and_none_is_left_over() -> None:
    drawing = load()

    on_disk = {path.name: path.read_text("utf-8") for path in drawing.FIGURES.iterdir()}
    assert on_disk == drawing.figures()


def test_another_parameter_gives_another_figure() -> None:
    drawing = load()
    one = drawing.crop_figure(
        ConvTranspose(4, stride=2, padding=2, output_padding=1), 4
    )
    other = drawing.crop_figure(
        ConvTranspose(4, stride=2, padding=1, output_padding=1), 4
    )

    assert one != other
