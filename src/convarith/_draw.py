"""A layer as a picture: what meets what on one axis, and what comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from convarith._axes import Given, OneAxis, one_for_each_axis
from convarith._errors import SizeError, SizeTypeError, in_the_words_of_its_call
from convarith._explain import sentence_of
from convarith._layers import Layer
from convarith._legal_values import at_least, ends, plain, whole
from convarith._marks import marks
from convarith._say import say, spoken
from convarith._scene import Scene, scene_of
from convarith._sheet import LEFT, Sheet, grouped, width_of
from convarith._svg import path, picture, rect, text
from convarith._value import Value

if TYPE_CHECKING:
    from os import PathLike

# Numbers that a reader can still take in; no picture shows more.
POSITIONS_BELOW = 10**15
# What is drawn with windows over its input.
WINDOWS = ("window", "ceil", "pad")


class Drawing(Value):
    """A picture that `draw` has made: a standalone SVG, shown by notebooks.

    Attributes:
        title: What it shows: the layer, and both sizes.
        svg: The whole file as text, in light and dark colours.

    Examples:
        >>> from convarith import Conv, draw
        >>> drawing = draw(Conv(3, stride=2), 9)
        >>> drawing.title
        'Conv(3, stride=2): 9 becomes 4'
        >>> str(drawing) == drawing.svg
        True
    """

    __slots__ = __match_args__ = ("title", "svg")
    title: str
    svg: str

    def __init__(self, title: str, *, svg: str) -> None:
        self._set(title=title, svg=svg)

    def __str__(self) -> str:
        return self.svg

    def __repr__(self) -> str:
        return f"<Drawing of {self.title}>"

    def _repr_svg_(self) -> str:
        return self.svg

    def save(self, path: str | PathLike[str]) -> None:
        """Write the picture into a file, which should be called `.svg`."""
        with open(path, "w", encoding="utf-8") as file:
            file.write(self.svg)


@in_the_words_of_its_call
def draw(
    layer: Layer, in_size: Given, *, axis: int | None = None, language: str = "en"
) -> Drawing:
    r"""Draw a layer on one axis: inputs, products, what is cropped, and the output.

    Large layers are drawn at both ends only, so a picture is small for any size.

    Args:
        layer: A Conv, ConvTranspose, Pool, Unfold, or a Resize by a whole factor.
        in_size: Input elements, on one axis or on each.
        axis: Which axis is drawn, the first being zero; needed where the axes differ.
        language: `"en"` or `"zh"`, for the words in the picture.

    Returns:
        The picture, which has `svg`, `save(path)`, and is shown by notebooks.

    Raises:
        SizeError: The layer refuses the size, has no such axis or no kernel,
            interpolates, or has too many positions to write their numbers.
        ValueError: There is no such language.
        TypeError: `layer` is not a layer, a size is not a whole number, or the axes
            differ and `axis` is not given.

    Examples:
        >>> from convarith import ConvTranspose, draw
        >>> drawing = draw(ConvTranspose(4, stride=2, padding=1), 14)
        >>> drawing.title, drawing.svg[:4]
        ('ConvTranspose(4, stride=2, padding=1): 14 becomes 28', '<svg')
        >>> draw(ConvTranspose((3, 4), stride=2), (5, 7), axis=1, language="zh").title
        'ConvTranspose((3, 4), stride=2)：7 变成 16'

    Sources:
        The positions are those of [inputs_of][convarith.Layer.inputs_of].
    """
    spoken(language)
    if not isinstance(layer, Layer):
        raise SizeTypeError.of("draw", {"layer": layer}, kind=type(layer).__name__)
    on_axis, size = _one_axis(layer, in_size, axis)
    out_size = on_axis.out_size(size)
    drawn = _drawn(on_axis, out_size, size)
    scene = scene_of(drawn, size, forward=on_axis.kind in WINDOWS)
    if scene.total >= POSITIONS_BELOW:
        got = {"in_size": size, **on_axis.parameters}
        raise SizeError.of("draw-long", got, below=POSITIONS_BELOW)
    title = say(language, "drawn", layer=repr(layer), in_size=size, out_size=out_size)
    told = "drawn-windows" if scene.forward else "drawn-spread"
    values = {"count": scene.cells, "stride": scene.stride, "extent": scene.extent}
    description = say(language, told, length=scene.length, **values)
    description += "\n" + sentence_of(on_axis, size, language)
    own = drawn.parameters
    return Drawing(title, svg=_svg(scene, own, title, description, language))


def _drawn(on_axis: OneAxis, out_size: int, in_size: int) -> OneAxis:
    """The layer at this size; only what has a kernel is drawn."""
    cropped = on_axis.kind == "pad" and min(ends(on_axis.parameters["padding"])) < 0
    if cropped or on_axis.kind not in (*WINDOWS, "transposed", "resize"):
        got = {"in_size": in_size, "out_size": out_size}
        raise SizeError.of("draw-kind", got)
    return on_axis.reading(in_size)


def _one_axis(layer: Layer, in_size: Any, axis: Any) -> tuple[OneAxis, int]:
    """The axis that is drawn, and its size; where axes differ it must be said which."""
    several = isinstance(in_size, (tuple, list))
    sizes = one_for_each_axis(in_size, layer.axes) if several else (in_size,)
    axes = layer.axes or (len(sizes) if several else 0)
    if axis is None:
        if not layer.alike or len(set(map(plain, sizes))) > 1:
            raise SizeTypeError.of("draw-axis", {"in_size": plain(in_size)})
        axis = 0
    axis = at_least("axis", axis)
    if axes and axis >= axes:
        raise SizeError.of("axis-number", {"axis": axis}, axes=axes, most=axes - 1)
    on_axis = layer._on_axis[axis if layer.axes else 0]
    return on_axis, whole("in_size", sizes[axis if several else 0])


def _svg(
    scene: Scene, own: dict[str, Any], title: str, description: str, language: str
) -> str:
    """The picture, and below it the sum that gives the size of a transposed layer."""
    sheet = Sheet(scene, language)
    all_marks, x, y = marks(sheet), 18.0, sheet.bottom
    for sign, kind, value, name in [] if scene.forward else _sum(scene, own):
        if sign:
            all_marks.append(text("h mid", x + 9, y + 26, sign))
            x += 24
        all_marks.append(rect(kind, x, y + 13, 14, 14, 5 if kind == "op" else 4))
        all_marks.append(text(f"big t-{kind}", x + 21, y + 28, grouped(value)))
        all_marks.append(text(f"mono t-{kind}", x, y + 48, name))
        x += max(21 + width_of(grouped(value), 28), 7.3 * len(name)) + 12
    wide = max(sheet.right + 24, LEFT + 240, x + 6)
    if not scene.forward:
        all_marks.append(path("hair", f"M18 {y:g}H{wide - 18:g}"))
        y += 64
    return picture((wide, y), title, description, all_marks, language=language)


def _sum(scene: Scene, own: dict[str, Any]) -> list[tuple[str, str, int, str]]:
    """The parts of the output size: the sign, the kind, the value and the name."""
    before, after = ends(own.get("padding", 0))
    step = "factor" if "factor" in own else "stride"
    reach = "factor" if "factor" in own else "kernel_size"
    if scene.taps.step > 1:
        reach = "dilation × (kernel_size − 1) + 1"
    parts = [
        ("", "in", (scene.cells - 1) * scene.stride, f"(in_size − 1) × {step}"),
        ("+", "ker", scene.extent, reach),
        ("−", "crop", before + after, "2 × padding" if before == after else "padding"),
        ("+", "op", own.get("output_padding", 0), "output_padding"),
        ("=", "out", scene.kept.stop - scene.kept.start, "out_size"),
    ]
    return [part for part in parts if "padding" in own or "padding" not in part[3]]
