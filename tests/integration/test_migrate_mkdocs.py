"""Two whole MkDocs sites are migrated and built: every URL stays, and nothing is left to do but what the report says."""

from __future__ import annotations

import io
import os
import re
import warnings
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from sphinxext.newsroom.cli.migrate.mkdocs import plan_mkdocs
from sphinxext.newsroom.cli.migrate.report import report_text
from sphinxext.newsroom.cli.site_urls import find_lost, read_urls, urls_of_folder

if TYPE_CHECKING:
    from pathlib import Path

HANDBOOK = {
    "mkdocs.yml": """\
site_name: Node handbook
site_url: https://handbook.example/docs/
repo_url: https://github.com/node/handbook
edit_uri: edit/main/docs/
theme:
  name: material
  custom_dir: overrides
  logo: assets/logo.svg
  palette:
    - media: "(prefers-color-scheme: light)"
      scheme: default
      primary: yellow
      accent: teal
    - media: "(prefers-color-scheme: dark)"
      scheme: slate
      primary: custom
  features: [navigation.tabs, content.code.copy, content.action.edit]
nav:
  - Home: index.md
  - User guide:
      - guide/index.md
      - Install & run: guide/install.md
      - Advanced:
          - guide/advanced/one.md
          - guide/advanced/two.md
  - Services:
      - services/storage.md
      - services/compute.md
  - Blog: blog/index.md
  - Status: https://status.example/
  - Slides: files/slides.pdf
plugins:
  - search
  - macros:
      include_yaml: [data/versions.yml]
  - redirects:
      redirect_maps:
        old/page.md: guide/install.md
  - rss
  - blog
  - minify
markdown_extensions:
  - admonition
  - attr_list
  - md_in_html
  - pymdownx.superfences
  - pymdownx.tabbed: {alternate_style: true}
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
exclude_docs: |
  internal/
extra:
  release: "2.4"
  analytics: {provider: google, property: !ENV [NODE_ANALYTICS, G-1]}
  team: {mail: help@node.example, phone: "123"}
extra_css: [css/extra.css]
hooks: [hooks.py]
""",
    "data/versions.yml": "api: v3\n",
    "hooks.py": "raise SystemExit\n",
    "overrides/main.html": "{% extends 'base.html' %}",
    "overrides/assets/badge.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "docs/index.md": "---\nhide: [navigation]\n---\n\n# Welcome\n\nRelease {{ release }}, {{ team.phone }}, {{ api }}, "
    "{{ config.site_name }}.\n\n"
    '<div class="grid cards" markdown>\n\n-   **One**\n\n    ---\n\n    [Install](guide/install.md)\n\n-   **Two**\n\n</div>\n',
    "docs/guide/index.md": '# Guide\n\n=== "Linux"\n\n    apt\n\n=== "macOS"\n\n    brew\n',
    "docs/guide/install.md": "# Install\n\n```\n{{ release }}\n```\n\n!!! note\n    Read [two](advanced/two.md).\n",
    "docs/guide/advanced/one.md": "# One\n",
    "docs/guide/advanced/two.md": "# Two\n",
    "docs/services/storage.md": "# Storage\n",
    "docs/services/compute.md": "# Compute\n",
    "docs/unlisted.md": "# Unlisted\n",
    "docs/internal/plan.md": "# WORDSECRET\n",
    "docs/css/extra.css": ":root { --md-primary-fg-color: #336699; }\n",
    "docs/assets/logo.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "docs/files/slides.pdf": "%PDF",
    "docs/guide/.meta.yml": "tags: [guide]\n",
    "docs/blog/index.md": "# Blog\n",
    "docs/blog/posts/a.md": "---\ndate: 2024-01-03\ncategories: [News]\n---\n\n# A post\n\nHi.\n\n<!-- more -->\n",
    "docs/blog/posts/b.md": "---\ndate: 2023-01-03\ndraft: true\ncategories: [Secret]\n---\n\n# Draft\n",
}


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


class Migrated:
    """A site that was migrated and built."""

    def __init__(self, root: Path, *, theme: str, builder: str) -> None:
        before = {file: file.read_bytes() for file in root.rglob("*") if file.is_file()}
        self.plan = plan_mkdocs(root, theme=theme)
        assert {file: file.read_bytes() for file in root.rglob("*") if file.is_file()} == before
        assert self.plan.write() == []
        assert all(file.read_bytes() == content for file, content in before.items())
        self.root, self.out, warning = root, root / "_site", io.StringIO()
        with patch_docutils(), docutils_namespace(), warnings.catch_warnings():
            # sphinx-sitemap 2.9 asks the environment for its application (Sphinx 9); can go when it does not.
            warnings.filterwarnings("ignore", ".*BuildEnvironment.app' is deprecated")
            folders = (root / self.plan.steps[1].split()[-2], root, self.out, root / "_dt")
            self.app = Sphinx(*folders, builder, status=io.StringIO(), warning=warning)
            self.app.build()
        self.warnings = re.sub(r"\x1b\[[\d;]*m", "", warning.getvalue()).splitlines()

    def lost(self) -> list[str]:
        now = urls_of_folder(self.out)
        before = read_urls(os.fspath(self.root / "urls.txt"), base="")
        assert len(before) > 10
        return [url.path for url in find_lost(before, now, {})]

    def soup(self, page: str) -> BeautifulSoup:
        return BeautifulSoup((self.out / page).read_text(encoding="utf-8"), "html.parser")

    def includes(self, docname: str) -> list[str]:
        return list(self.app.env.toctree_includes.get(docname, ()))


@pytest.fixture(scope="module")
def handbook(tmp_path_factory):
    root = tmp_path_factory.mktemp("handbook")
    write(root, HANDBOOK)
    return Migrated(root, theme="pydata_sphinx_theme", builder="dirhtml")


def test_a_site_with_nav_and_macros_builds_without_warnings_and_keeps_every_url(handbook):
    assert handbook.warnings == []
    assert handbook.lost() == []
    urls = (handbook.root / "urls.txt").read_text(encoding="utf-8").splitlines()
    assert {"/", "/blog/2024/01/03/a-post/", "/blog/category/news/", "/files/slides.pdf", "/old/page/"} <= set(urls)
    assert not [url for url in urls if "secret" in url or "internal" in url or "2023" in url]


def test_the_navigation_is_that_of_nav(handbook):
    assert handbook.includes("index") == ["guide/index", "services/index", "blog/index"]
    assert handbook.includes("guide/index") == ["guide/install", "guide/advanced/index"]
    assert handbook.includes("services/index") == ["services/storage", "services/compute"]
    links = [link.get_text(strip=True) for link in handbook.soup("guide/install/index.html").select("nav a")]
    assert "User guide" in links
    assert "Install & run" in links
    assert "https://status.example/" in handbook.soup("index.html").decode()


def test_pages_look_as_before(handbook):
    home = handbook.soup("index.html")
    assert "Release 2.4, 123, v3, Node handbook." in home.article.get_text(" ", strip=True)
    assert home.select_one(".grid.cards li")
    assert "G-1" in home.decode()
    guide = handbook.soup("guide/index.html")
    assert {"Linux", "macOS"} <= {label.get_text(strip=True) for label in guide.select("label")}
    css = (handbook.out / "_static" / "colours.css").read_text(encoding="utf-8")
    assert '[data-theme="light"] {\n  --pst-color-primary: #847700' in css
    assert "#4785c2" in css.partition("dark")[2]
    assert "WORDSECRET" not in "".join(file.read_text() for file in handbook.out.rglob("*.html"))


def test_the_report_names_all_that_is_left_with_its_line(handbook):
    todos = {(todo.place, todo.what) for todo in handbook.plan.todos}
    assert todos == {
        ("docs/guide/install.md:4", "`{{ release }}`"),
        ("overrides/main.html", "the template is not used"),
        ("mkdocs.yml:31", "nav: `files/slides.pdf` is not in the navigation"),
        ("mkdocs.yml:41", "plugins: `minify`"),
        ("mkdocs.yml:17", "the feature `content.code.copy`"),
        ("mkdocs.yml:57", "`hooks`"),
        ("docs/guide/.meta.yml", "defaults for pages outside of the blog"),
    }
    report = report_text(handbook.plan, written=True)
    assert "| `docs/guide/install.md:4` | `{{ release }}` | write `2.4`; " in report
    assert "Nothing is written" not in report


NOTES = {
    "mkdocs.yml": """\
site_name: Notes
docs_dir: content
use_directory_urls: false
theme: readthedocs
plugins:
  search: {}
  awesome-pages: {}
  exclude: {glob: ["drafts/*"]}
  blog:
    blog_dir: news
    post_url_format: "{slug}"
markdown_extensions: [admonition, toc]
""",
    ".readthedocs.yaml": "version: 2\n",
    "content/README.md": "# Notes\n\n[Second](howto/second.md)\n",
    "content/zeta.md": "# Zeta\n",
    "content/.pages": "nav:\n  - README.md\n  - Guides: howto\n  - ...\n",
    "content/howto/README.md": "# How to\n",
    "content/howto/first.md": "# First\n\n[up](README.md)\n",
    "content/howto/second.md": "# Second\n",
    "content/howto/.pages": "order: desc\n",
    "content/plain/one.md": "# One\n",
    "content/plain/data.json": "{}",
    "content/plain/old.rst": "not a page\n",
    "content/drafts/x.md": "# WORDDRAFT\n",
    "content/news/posts/a.md": "---\ndate: 2024-01-03\n---\n\n# A post\n",
    "content/robots.txt": "User-agent: *\n",
    "content/assets/a.png": "",
}


@pytest.fixture(scope="module")
def notes(tmp_path_factory):
    root = tmp_path_factory.mktemp("notes")
    write(root, NOTES)
    return Migrated(root, theme="furo", builder="html")


def test_a_site_without_nav_and_with_readmes_builds_and_keeps_every_url(notes):
    assert notes.warnings == []
    assert notes.lost() == []
    urls = (notes.root / "urls.txt").read_text(encoding="utf-8").splitlines()
    assert {"/", "/howto/", "/plain/old.rst", "/plain/data.json", "/robots.txt", "/news/a-post.html"} <= set(urls)
    assert not [url for url in urls if "drafts" in url]


def test_its_navigation_is_that_of_the_files_of_the_plugin(notes):
    assert notes.includes("index") == ["howto/index", "zeta", "news/index", "plain/index"]
    assert notes.includes("howto/index") == ["howto/second", "howto/first"]
    assert notes.soup("howto/index.html").h1.get_text().startswith("How to")
    assert "second.html" in notes.soup("index.html").article.decode()


def test_files_that_are_there_are_not_overwritten(notes):
    assert notes.plan.conflicts == [".readthedocs.yaml"]
    assert (notes.root / ".readthedocs.yaml").read_text() == "version: 2\n"
    report = report_text(notes.plan, written=True)
    assert "## Files that are there already" in report
