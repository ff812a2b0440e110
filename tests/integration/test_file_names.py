"""Names of files with spaces, umlauts and Chinese characters, as they are and percent-encoded, lead to the files."""

from __future__ import annotations

import struct
import zlib
from html import unescape
from posixpath import dirname, join, normpath
from urllib.parse import quote, unquote, urlsplit

import pytest
from bs4 import BeautifulSoup

from tests.conftest import INDEX, Site

NAMES = ["my pic", "ä", "图片"]


def png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 4, 3, 8, 2, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\xff\0\0" * 4) * 3)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def both(name: str) -> list[str]:
    return [name, quote(name)]


PICTURES = [spelling for name in NAMES for spelling in both(f"{name}.png")]
SLIDES = [spelling for name in NAMES for spelling in both(f"{name}.zip")]
FILES: dict[str, str | bytes | None] = {
    "conf.py": "",
    "index.md": INDEX + "\n".join(f"![p](<guide/{name}>)" for name in PICTURES),
    "blog/.authors.yml": "authors:\n"
    + "".join(f"  a{i}: {{name: A{i}, description: x, avatar: 'guide/{name}'}}\n" for i, name in enumerate(PICTURES)),
    "blog/posts/text.md": "---\ndate: 2024-01-01\nauthors: [a0, a1, a2, a3, a4, a5]\nlinks:\n"
    + "".join(f"  - guide/{name}\n" for name in SLIDES)
    + "".join(f"  - {name}\n" for name in both("blog/posts/ü ü.md"))
    + "---\n\n# Text\n\n"
    + "\n".join(f"![p](<{name}>) [s](<{slides}>)" for name, slides in zip(PICTURES, SLIDES, strict=True))
    + "\n\n```{image} my pic.png\n```\n\n{download}`d <my pic.zip>` [u](<ü ü.md>) [v](%C3%BC%20%C3%BC.md)\n",
    "blog/posts/ü ü.md": "---\ndate: 2024-01-02\n---\n\n# Other\n\n![p](<../posts/ä.png>)\n",
    "blog/posts/fields.rst": ":date: 2024-01-03\n:image: ä.png\n:image_alt: x\n\nFields\n======\n\n"
    ".. image:: my\\ pic.png\n.. image:: my%20pic.png\n.. figure:: 图片.png\n\n:download:`d <ä.zip>`\n",
    **{
        f"blog/posts/cover{i}.md": f"---\ndate: 2024-02-0{i + 1}\nimage: {{src: '{name}', alt: x, dark: '{name}'}}\n---\n\n# C{i}\n"
        for i, name in enumerate(PICTURES)
    },
    **{f"{folder}/{name}.png": png() for name in NAMES for folder in ("guide", "blog/posts")},
    **{f"{folder}/{name}.zip": b"PK" for name in NAMES for folder in ("guide", "blog/posts")},
}


@pytest.fixture(scope="module", params=["html", "dirhtml"])
def built(tmp_path_factory, request):
    conf = {"html_theme": "basic"}
    return Site(folder=tmp_path_factory.mktemp("names"), conf=conf, builder=request.param).write(FILES).build()


def links(built: Site) -> list[tuple[str, str]]:
    """Return each page and feed with the relative URLs in it, and those of the site itself."""
    found = []
    for file in [*built.out.rglob("*.html"), *built.out.rglob("*.xml")]:
        name = file.relative_to(built.out).as_posix()
        text = file.read_text(encoding="utf-8")
        soup = BeautifulSoup(unescape(text.partition("?>")[2]) if file.suffix == ".xml" else text, "html5lib")
        values = [str(node.get(key) or "") for node in soup.select("[src], [href]") for key in ("src", "href")]
        values += [str(node.get("content", "")) for node in soup.select("meta[property='og:image']")]
        found += [(name, value.replace("https://node.example/", "/")) for value in values]
    return [(name, value) for name, value in found if value and not name.startswith(("_static", "search", "genindex"))]


def test_every_link_leads_to_a_file_and_is_a_valid_url(built):
    assert built.warnings == []
    count = 0
    for page, url in links(built):
        assert url.isascii(), (page, url)
        assert " " not in url, (page, url)
        parts = urlsplit(url)
        if parts.scheme or parts.netloc or not parts.path:
            continue
        path = unquote(parts.path)
        target = built.out / normpath(path.lstrip("/") if path.startswith("/") else join(dirname(page), path))
        assert target.is_file() or (target / "index.html").is_file(), (page, url)
        count += "_images" in url
    assert count > 100


def test_covers_have_their_size_and_feeds_their_enclosure(built):
    covers = built.soup("blog" if built.builder == "dirhtml" else "blog/index.html").select("img.newsroom-cover")
    assert len(covers) >= 7
    assert {cover["width"] for cover in covers} == {"4"}
    assert 'length="0"' not in built.text("blog/atom.xml")
