"""The list of Markdown extensions, in every spelling that MkDocs takes."""

from __future__ import annotations

import pytest

from sphinxext.newsroom.config.markdown_extensions import parse_markdown_extensions


def test_names_and_mappings_are_taken_as_they_stand():
    extensions = parse_markdown_extensions(
        ["admonition", {"pymdownx.tabbed": {"alternate_style": True}}, {"toc": None}, {"a": {"b": 1}, "c": {}}]
    )
    assert "admonition" in extensions
    assert extensions.option("pymdownx.tabbed", "alternate_style") is True
    assert extensions.option("toc", "permalink", default="no") == "no"
    assert extensions.enables("nothing", "c")


@pytest.mark.parametrize(
    "name", ["markdown.extensions.admonition", "markdown.extensions.admonition:AdmonitionExtension", " admonition"]
)
def test_long_names_are_short_ones(name):
    assert "admonition" in parse_markdown_extensions([name])


@pytest.mark.parametrize(
    ("name", "members"),
    [
        ("extra", {"abbr", "attr_list", "def_list", "footnotes", "md_in_html"}),
        ("pymdownx.extra", {"pymdownx.superfences", "pymdownx.betterem", "attr_list"}),
    ],
)
def test_bundles_are_what_they_hold(name, members):
    extensions = parse_markdown_extensions([{name: {"markdown.extensions.abbr": {"x": 1}}}])
    assert members <= set(extensions.options)
    assert extensions.option("abbr", "x") == 1
    assert name not in extensions


def test_a_mapping_of_all_is_a_list_too():
    assert "admonition" in parse_markdown_extensions({"admonition": None, "attr_list": {}})


def test_nothing_enabled_is_nothing():
    assert not parse_markdown_extensions([])
    assert not parse_markdown_extensions([]).enables("toc")


def test_what_mkdocs_always_has_is_there():
    assert {"toc", "tables", "fenced_code"} <= set(parse_markdown_extensions(["admonition"]).options)


def test_unknown_names_stay():
    assert "markdown_katex" in parse_markdown_extensions(["markdown_katex"])
