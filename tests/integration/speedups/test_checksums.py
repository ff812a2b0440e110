"""Stylesheets and scripts have the checksums of their content."""

from __future__ import annotations

import re
import zlib

from sphinx.builders.html import _assets

from tests.conftest import WITH_SPEEDUPS, post

FILES = {
    "_static/own.css": "p { color: red }\r\n",
    **{f"blog/posts/{name}.md": post(f"# Post {name}\n\nText.") for name in "abc"},
}
CONF = {"html_static_path": ["_static"], "html_css_files": ["own.css", "https://node.example/other.css"]}


def test_each_file_is_looked_for_once_and_pages_are_the_same(site, monkeypatch):
    asked = []
    original = _assets._file_checksum_inner

    def note(file):
        asked.append(file.name)
        return original(file)

    monkeypatch.setattr(_assets, "_file_checksum_inner", note)
    built = site(FILES, **CONF)
    built.shares_work = False  # which includes the checksums
    built.build()
    plain, often = built.snapshot(), asked.count("own.css")
    asked.clear()
    built.conf["extensions"] = WITH_SPEEDUPS
    assert built.build(fresh=True).snapshot() == plain
    assert (asked.count("own.css"), often > 4) == (1, True)


def test_a_file_that_has_changed_has_another_checksum(site, monkeypatch):
    built = site(FILES, **CONF, extensions=WITH_SPEEDUPS)
    for text in ("p { color: red }\n", "p { color: blue }\n"):
        # As in a new process: Sphinx remembers the content of a file as long as one lives.
        monkeypatch.setattr(_assets, "_file_checksum_inner", _assets._file_checksum_inner.__wrapped__)
        built.write({"_static/own.css": text}).build(fresh=True)
        [found] = re.findall(r"/own\.css\?v=(\w+)", built.text("/blog/2024/06/18/post-a/"))
        assert found == f"{zlib.crc32(text.encode()):08x}"
        monkeypatch.undo()
