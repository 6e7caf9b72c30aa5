"""A page that may keep somebody out is one of those that axe is asked about."""

from pathlib import Path

import pytest

from tests.browser import kinds

SAME = '<article><h1>A</h1><h2>B</h2><p><a href="b">c</a><img alt="d" src="e"></p></article>'


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ('alt="d" ', ""),
        ('alt="d"', 'alt=""'),
        ("h2>", "h3>"),
        (">c</a>", "></a>"),
        ("<p>", '<p class="dim">'),
        ("<p>", '<p style="color: #444">'),
        ("<p>", '<p role="list">'),
        ("<p>", '<p tabindex="3">'),
        ("<img", "<input"),
        ("p>", "blockquote>"),
    ],
)
def test_a_page_with_an_element_of_its_own_kind_is_asked(
    tmp_path: Path, was: str, becomes: str
) -> None:
    other = SAME.replace(was, becomes)
    for name, html in {"a": SAME, "b": SAME.replace("A", "F"), "c": other}.items():
        page = tmp_path / "en" / name / "index.html"
        page.parent.mkdir(parents=True)
        page.write_text(html, "utf-8")
    asked = kinds.telling(tmp_path, "en")

    assert other != SAME
    assert "en/c/" in asked
    assert "en/b/" not in asked
