"""A drawing is shown in the palette of its page, and its title is its caption."""

import re

from markdown import markdown

EXTENSIONS = ["attr_list", "md_in_html", "verified_docs.extensions.figures"]


def test_a_drawing_stands_once_for_each_palette_with_the_same_words() -> None:
    html = markdown("See ![a cell](a.svg){ loading=lazy } here", extensions=EXTENSIONS)
    images = re.findall(r"<img [^>]*>", html)

    assert [re.findall('src="([^"]*)"', image) for image in images] == [
        ["a.svg#only-light"],
        ["a.svg#only-dark"],
    ]
    assert all('alt="a cell"' in image and "lazy" in image for image in images)
    assert re.sub("<[^>]*>", "", html) == "See  here"


def test_the_title_of_a_drawing_is_its_caption() -> None:
    page = '<div markdown="1">\n\n![a cell](a.svg "1 cell")\n\n</div>'
    html = markdown(page, extensions=EXTENSIONS)

    assert "<figcaption>1 cell</figcaption>" in html
    assert html.count("<figure>") == 1
    assert "title=" not in html


def test_another_image_is_left_as_it_is() -> None:
    html = markdown('![a photo](a.png "a title")', extensions=EXTENSIONS)

    assert html == '<p><img alt="a photo" src="a.png" title="a title" /></p>'
