"""The figures are what the library's numbers draw today."""

from convarith import ConvTranspose
from tests.pages.scripts import script


def test_every_figure_is_up_to_date_and_none_is_left_over() -> None:
    drawing = script("draw_figures")

    on_disk = {path.name: path.read_text("utf-8") for path in drawing.FIGURES.iterdir()}
    assert on_disk == drawing.figures()


def test_another_parameter_gives_another_figure() -> None:
    drawing = script("draw_figures")
    one = drawing.crop_figure(
        ConvTranspose(4, stride=2, padding=2, output_padding=1), 4
    )
    other = drawing.crop_figure(
        ConvTranspose(4, stride=2, padding=1, output_padding=1), 4
    )

    assert one != other
