"""Plugins and extensions of MkDocs without a counterpart."""

from __future__ import annotations

from sphinxext.newsroom.config.markdown_extensions import parse_markdown_extensions
from sphinxext.newsroom.config.mkdocs import read_mkdocs
from sphinxext.newsroom.config.mkdocs_counterparts import EXTENSIONS, without_counterpart

PLUGINS = """\
plugins:
  - search
  - material/blog
  - tags: {}
  - rss
  - redirects
  - meta
  - autorefs
  - off: {enabled: false}
  - material/group:
      enabled: true
      plugins:
        - material/optimize
        - search
  - mkdocstrings:
      handlers: {}
  - "#hash"
markdown_extensions:
  - extra
  - pymdownx.extra
  - markdown.extensions.toc:TocExtension
  - admonition: {}
  - markdown_include.include: {base_path: docs}
"""


GROUP = "plugins: [{group: {enabled: !ENV CI, plugins: [optimize]}}]"


def found_in(folder, text):
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")
    return [(key, name) for key, name, _advice in without_counterpart(read_mkdocs(folder / "mkdocs.yml")[0])]


def test_what_has_no_counterpart_is_found(tmp_path):
    assert found_in(tmp_path, PLUGINS) == [
        ("plugins", "material/optimize"),
        ("plugins", "mkdocstrings"),
        ("plugins", "#hash"),
        ("markdown_extensions", "markdown_include.include"),
    ]


def test_a_name_that_stands_twice_is_found_once(tmp_path):
    text = "plugins: {minify: {}, 'minify ': {}}\nmarkdown_extensions: {a.b: {}}\n"
    assert found_in(tmp_path, text) == [("plugins", "minify"), ("markdown_extensions", "a.b")]


def test_bundles_and_what_is_always_on_are_read():
    listed = parse_markdown_extensions(["extra", "pymdownx.extra"])
    assert set(listed.options) <= EXTENSIONS


def test_a_group_of_plugins_is_off_unless_it_is_turned_on(tmp_path, monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    assert found_in(tmp_path, GROUP) == []
    monkeypatch.setenv("CI", "true")
    assert found_in(tmp_path, GROUP) == [("plugins", "optimize")]
