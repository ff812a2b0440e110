"""Stylesheets and scripts have the checksums of their content."""

from __future__ import annotations

import re
import zlib

from sphinx.builders import html
from sphinx.builders.html import _assets

from sphinxext.newsroom.build.doors import opening
from tests.conftest import post

FILES = {
    "_static/own.css": "p { color: red }\r\n",
    **{f"blog/posts/{name}.md": post(f"# Post {name}\n\nText.") for name in "abc"},
}
CONF = {"html_static_path": ["_static"], "html_css_files": ["own.css", "https://node.example/other.css"]}


def test_pages_are_the_same(site, monkeypatch):
    asked = []
    original = _assets._file_checksum

    def note(folder, name):
        asked.append(name)
        return original(folder, name)

    monkeypatch.setattr(html, "_file_checksum", note)
    built = site(FILES, **CONF).build()
    ours = built.snapshot()
    assert asked.count("_static/own.css") == 1
    assert vars(html)["_file_checksum"] is note  # as it was
    monkeypatch.setattr(opening, "remember_checksums", lambda _app: None)
    assert built.build(fresh=True).snapshot() == ours
    assert asked.count("_static/own.css") > 4


def test_a_file_that_has_changed_has_another_checksum(site, monkeypatch):
    built = site(FILES, **CONF)
    for text in ("p { color: red }\n", "p { color: blue }\n"):
        # As in a new process: Sphinx remembers the content of a file as long as one lives.
        monkeypatch.setattr(_assets, "_file_checksum_inner", _assets._file_checksum_inner.__wrapped__)
        built.write({"_static/own.css": text}).build(fresh=True)
        [found] = re.findall(r"own\.css\?v=(\w+)", built.text("/blog/2024/06/18/post-a/"))
        assert found == f"{zlib.crc32(text.encode()):08x}"
        monkeypatch.undo()
