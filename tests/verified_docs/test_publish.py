"""A mistake in a page that is being written does not take the site away."""

import logging
from pathlib import Path

import pytest

from verified_docs import publish


def test_a_new_site_takes_the_place_of_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def build(root: Path, site: Path, *, url: str, strict: bool) -> None:
        site.mkdir()
        (site / "index.html").write_text("new", "utf-8")

    monkeypatch.setattr(publish, "build_site", build)
    site = tmp_path / "site"
    site.mkdir()
    publish._replace(tmp_path, site, tmp_path / "draft", "http://localhost/")

    assert (site / "index.html").read_text("utf-8") == "new"
    assert not (tmp_path / "draft").exists()


@pytest.mark.parametrize("mistake", [ValueError("bad TeX"), SystemExit(1)])
def test_a_mistake_leaves_the_old_site_and_says_so(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    mistake: BaseException,
) -> None:
    def build(root: Path, site: Path, *, url: str, strict: bool) -> None:
        site.mkdir()
        raise mistake

    monkeypatch.setattr(publish, "build_site", build)
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("old", "utf-8")
    with caplog.at_level(logging.ERROR):
        publish._replace(tmp_path, site, tmp_path / "draft", "http://localhost/")

    assert (site / "index.html").read_text("utf-8") == "old"
    assert str(mistake) in caplog.text
