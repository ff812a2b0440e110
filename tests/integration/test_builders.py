"""Several builders with one folder of doctrees, as Read the Docs runs them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import post


@pytest.mark.filterwarnings("ignore:.*JSONHTMLBuilder")
def test_a_second_builder_has_the_index_that_nobody_wrote(site):
    built = site(
        {"blog/posts/a.md": post("# First"), "blog/posts/b.rst": ":date: 2024-01-01\n:title: B *b*\n\nText.\n"}
    )
    # pydata-sphinx-theme does not work with the builder for JSON.
    built.conf["html_theme"] = "alabaster"
    built.build()
    for builder, name in (("json", "blog/index.fjson"), ("text", "blog/index.txt"), ("epub", "blog/index.xhtml")):
        built.builder = builder
        built.build()
        assert "Blog" in (built.out / name).read_text(encoding="utf-8"), builder
    built.builder = "latex"
    built.build()
    [file] = Path(built.out).glob("*.tex")
    assert r"\chapter{Blog}" in file.read_text(encoding="utf-8")
    built.builder = "dirhtml"
    assert built.build().titles("blog") == ["First", "B *b*"]
