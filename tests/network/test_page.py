"""A model as a page and as a picture: it stands by itself, and its numbers are the model's."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
import torch

from convarith import cli
from convarith.network import Network
from tests.adapter import PAGES
from tests.network.small_models import CatUNet, Codec, ResizingUNet

NAME = "tests.network.small_models:CatUNet"


class Asked(HTMLParser):
    """What a page would fetch, and what it says."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.said: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = [value or "" for name, value in attrs if name in ("src", "href")]
        self.links += [tag] if tag in ("script", "link", "iframe") else named

    def handle_data(self, data: str) -> None:
        self.said.append(data.strip())


@pytest.mark.parametrize("language", PAGES)
def test_a_model_becomes_a_page_that_needs_nothing_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    file = tmp_path / "net.html"
    line = ["network", NAME, "--input", "1x2x16x64", "--size", "30"]
    assert cli.main([*line, "--html", str(file), "--lang", language]) == 1
    page = file.read_text("utf-8")
    seen, net = Asked(page), Network(CatUNet(), torch.zeros(1, 2, 16, 64))
    broken = net.broken_skip(30)

    assert (seen.links, re.findall(r"url\((?!#)", page), "@import" in page) == (
        [],
        [],
        False,
    )
    assert "{} ≠ {}".format(*broken.sizes) in seen.said
    rule = net.fitting_sizes()
    assert any(rule.text(language=language) in part for part in seen.said)
    assert broken.text(language=language).split("\n")[1] in " ".join(seen.said)
    assert str(net.trace(30)) in page
    fits = {int(said) for said in _of(page, "fits")}
    assert fits
    assert fits <= set(rule.up_to(99))


def _of(page: str, kind: str) -> list[str]:
    """The texts of one kind in a picture, in order."""
    return re.findall(rf'<text class="{kind}[^"]*"[^>]*>([^<]*)<', page)


def test_the_picture_of_a_notebook_has_the_sizes_of_the_way() -> None:
    for model, channels, size, sizes in (
        (CatUNet(), 2, 32, [32, 16, 8, 4, 8, 16, 32]),
        (ResizingUNet(), 2, 31, [31, 16, 8, 31]),
        (Codec(), 1, 31, [31, 36, 12, 3, 12, 36, 31]),
    ):
        shape = (1, channels, size) if channels == 1 else (1, channels, 16, size)
        picture = Network(model, torch.zeros(shape))._repr_html_()
        assert [int(said) for said in _of(picture, "size")] == sizes
        out = Network(model, torch.zeros(shape)).out_size(size)
        assert f"becomes {out}" in _of(picture, "verdict")


def test_a_folder_that_is_not_there_is_an_error_in_one_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    line = ["network", NAME, "--input", "1x2x16x64", "--html", "/nowhere/net.html"]

    assert cli.main(line) == 2
    assert "error" in capsys.readouterr().err.splitlines()[-1]
