"""What a search engine reads of a finished site: twins, maps, and what errors mean."""

from __future__ import annotations

import gzip
import json
import re
from html import unescape
from pathlib import Path

from docs import javascript

ALTERNATE = re.compile(r'\s*<link rel="alternate" [^>]*hreflang[^>]*>')
LOCATION = re.compile(r"<loc>(?P<page>[^<]+)</loc>")
MAP = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
TAG = re.compile(r"<[^>]+>")
PERMALINK = re.compile(r'<a class="headerlink".*?</a>', re.DOTALL)


def write(site: Path, languages: list[str], url: str) -> None:
    """Say it on every page, and beside them."""
    url = f"{url.rstrip('/')}/"
    for language in languages:
        folder = site / language
        for path in folder.rglob("index.html"):
            name = path.parent.relative_to(folder).as_posix().removeprefix(".")
            twins = _twins(f"{name}/".lstrip("/"), languages, url)
            data = _errors(path, f"{name}/", language)
            html = _without(path.read_text("utf-8"))
            path.write_text(
                html.replace("</head>", f"{twins}{data}</head>", 1), "utf-8"
            )
        missing = folder / "404.html"
        missing.write_text(_without(missing.read_text("utf-8")), "utf-8")
        _map(folder / "sitemap.xml", languages, f"{url}{language}/", url)
    maps = "".join(
        f"<sitemap><loc>{url}{one}/sitemap.xml</loc></sitemap>" for one in languages
    )
    (site / "sitemap.xml").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{maps}</sitemapindex>\n',
        "utf-8",
    )
    (site / "robots.txt").write_text(
        f"User-agent: *\nAllow: /\nSitemap: {url}sitemap.xml\n", "utf-8"
    )


def _without(html: str) -> str:
    """A page without what the theme says of languages: it knows only home pages."""
    return ALTERNATE.sub("", html)


def _twins(name: str, languages: list[str], url: str) -> str:
    # The theme would fetch a map for each link whose rel is this word and nothing else.
    pages = {one: f"{url}{one}/{name}" for one in languages}
    pages["x-default"] = url if not name else pages[languages[0]]
    return "".join(
        f'<link rel="alternate " hreflang="{one}" href="{page}">\n'
        for one, page in pages.items()
    )


def _map(path: Path, languages: list[str], home: str, url: str) -> None:
    """The theme fetches a map too, so each page is said once and briefly."""

    def entry(found: re.Match[str]) -> str:
        name = found["page"].removeprefix(home)
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{one}" href="{url}{one}/{name}"/>'
            for one in languages
        )
        return f"{found[0]}{links}"

    text = LOCATION.sub(entry, path.read_text("utf-8"))
    text = text.replace(MAP, f'{MAP} xmlns:xhtml="http://www.w3.org/1999/xhtml"', 1)
    path.write_text(text, "utf-8")
    path.with_suffix(".xml.gz").write_bytes(gzip.compress(text.encode(), mtime=0))


def _errors(path: Path, name: str, language: str) -> str:
    """The entries of a page of errors, as questions with their answers."""
    known = {
        entry.partition("#")[2]: cure
        for entry, cure in javascript.cures(language).items()
        if entry.startswith(f"{name}#")
    }
    if not known:
        return ""
    html = path.read_text("utf-8")
    asked = [
        {
            "@type": "Question",
            "name": heading,
            "acceptedAnswer": {
                "@type": "Answer",
                "text": " ".join(cure).replace("`", ""),
            },
        }
        for anchor, cure in known.items()
        if (heading := _heading(html, anchor))
    ]
    data = {"@context": "https://schema.org", "@type": "FAQPage", "mainEntity": asked}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    text = text.replace("<", "\\u003c")
    return f'<script type="application/ld+json">{text}</script>\n'


def _heading(html: str, anchor: str) -> str:
    found = re.search(rf'<h(\d) id="{anchor}">(.*?)</h\1>', html, re.DOTALL)
    return unescape(TAG.sub("", PERMALINK.sub("", found[2]))).strip() if found else ""
