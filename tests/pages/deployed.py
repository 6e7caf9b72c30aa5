"""The site as it is deployed: make site builds it for its address, which may be a folder.

Every link is followed in the built files, as its host would answer it, and a browser
opens some pages under that folder and asks nobody else.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup

from tests.adapter import PAGES, ROOT
from tests.browser import machine

SITE = ROOT / "site"
ADDRESS = re.search(
    '^Documentation = "(.+)"$', (ROOT / "pyproject.toml").read_text("utf-8"), re.M
)[1]  # type: ignore[index]
# What a browser fetches by itself, and not because a reader follows it.
FETCHED = {
    "link": "href", "script": "src", "img": "src", "iframe": "src", "source": "src",
    "object": "data", "use": "href", "image": "href", "video": "src", "audio": "src",
}  # fmt: skip
ONLY_NAMED = {"canonical", "alternate", "prev", "next", "license"}
STYLED = re.compile(r"""url\(\s*['"]?([^'")]+)|@import\s+['"]([^'"]+)""")


@pytest.fixture(scope="module")
def pages() -> dict[str, BeautifulSoup]:
    """Each page of the site by its address."""
    return {
        urljoin(ADDRESS, path.relative_to(SITE).as_posix().removesuffix("index.html")):
        BeautifulSoup(path.read_text("utf-8"), "html.parser")
        for path in SITE.rglob("*.html")
    }  # fmt: skip


def links(page: BeautifulSoup) -> Iterator[tuple[str, str, bool]]:
    """Every address of a page: its tag, the address, whether a browser fetches it."""
    for tag in page.find_all(True):
        fetched = FETCHED.get(tag.name)
        if tag.name == "link" and ONLY_NAMED & set(tag.get("rel", [])):
            fetched = None
        for name in ("href", "src", "data", "srcset"):
            for one in str(tag.get(name) or "").split(",") if name in tag.attrs else ():
                if one.strip():
                    address = one.split()[0] if name == "srcset" else tag[name]
                    yield tag.name, str(address), name in (fetched, "srcset")
                    break
    for style in page.find_all("style"):
        for found in map("".join, STYLED.findall(style.get_text())):
            # A style may name a pattern of the picture that a script draws.
            if not found.startswith("#"):
                yield "style", found, True


def answer(address: str) -> Path | None:
    """The file with which a host of plain files answers an address of the site."""
    path = SITE / unquote(urlsplit(address).path.removeprefix(urlsplit(ADDRESS).path))
    if path.is_dir():
        path = path / "index.html" if address.partition("#")[0].endswith("/") else path
    return path if path.is_file() else None


def ours(address: str) -> bool:
    return urldefrag(address)[0].startswith(ADDRESS)


def test_every_link_leads_to_a_page_and_a_section_that_exist(
    pages: dict[str, BeautifulSoup],
) -> None:
    broken, followed = set(), 0
    names = {
        address: {tag.get("id") or tag.get("name") for tag in page.find_all(True)}
        for address, page in pages.items()
    }
    host = urljoin(ADDRESS, "/")
    for address, page in pages.items():
        # What is missing is answered with this page, under whatever address.
        base = urljoin(ADDRESS, "en/x/y/") if address.endswith("404.html") else address
        for tag, link, _ in links(page):
            target = urljoin(base, link)
            if not target.startswith(host):
                continue
            followed += 1
            plain, fragment = urldefrag(target)
            known = names.get(plain, {unquote(fragment)}) | {""}
            there = ours(target) and answer(target) is not None
            if not there or not {fragment, unquote(fragment)} & known:
                broken.add((address, tag, link))

    assert broken == set()
    assert followed > 5_000


def test_nothing_is_fetched_from_elsewhere(pages: dict[str, BeautifulSoup]) -> None:
    foreign = {
        (address, link)
        for address, page in pages.items()
        for _, link, fetched in links(page)
        if fetched and not link.startswith("data:") and not ours(urljoin(address, link))
    }
    for path in SITE.rglob("*.css"):
        for found in STYLED.findall(path.read_text("utf-8")):
            at = urljoin(ADDRESS, path.relative_to(SITE).as_posix())
            target = urljoin(at, "".join(found))
            if not target.startswith("data:") and (
                not ours(target) or not answer(target)
            ):
                foreign.add((at, target))

    assert foreign == set()


def test_no_page_names_another_address_of_the_site() -> None:
    for path in [*SITE.rglob("*.html"), *SITE.rglob("sitemap.xml")]:
        text = path.read_text("utf-8")
        assert not re.search(
            r"(?:href|content)=\"?http://localhost|<loc>http://l", text
        )


@pytest.mark.parametrize("language", PAGES)
def test_a_browser_finds_all_it_needs_under_the_address(
    language: str, tmp_path: Path
) -> None:
    folder = urlsplit(ADDRESS).path.strip("/")
    root = tmp_path / folder
    root.parent.mkdir(parents=True, exist_ok=True)
    root.symlink_to(SITE, target_is_directory=True)
    (tmp_path / "404.html").write_text((SITE / "404.html").read_text("utf-8"), "utf-8")
    asked: list[tuple[str, int]] = []
    with machine.served(tmp_path) as host, machine.chromium() as browser:
        page = browser.new_page()
        page.on("response", lambda one: asked.append((one.url, one.status)))
        for name in ("", "derivation/", "recipes/u-net/", "reference/verification/"):
            page.goto(f"{host}/{folder}/{language}/{name}")
            machine.settled(page)
        page.goto(f"{host}/{folder}/{language}/")
        page.locator("nav a[href*='getting-started']").first.evaluate(
            "link => link.click()"
        )
        page.wait_for_url("**/getting-started/")
        machine.settled(page)

    assert [one for one in asked if not one[0].startswith(f"{host}/{folder}/")] == []
    assert [one for one in asked if one[1] >= 400] == []
    assert len(asked) > 20
