"""A MkDocs site that is to be moved: its settings, pages, posts and files."""

from __future__ import annotations

import os
import posixpath
import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.cli.config import SiteConfig
from sphinxext.newsroom.cli.errors import CommandError
from sphinxext.newsroom.cli.locate import MKDOCS, Place
from sphinxext.newsroom.cli.migrate.navigation import INDEX, README
from sphinxext.newsroom.cli.migrate.toctrees import docname_of
from sphinxext.newsroom.cli.site import StaticSite
from sphinxext.newsroom.cli.source_files import pattern_matcher
from sphinxext.newsroom.config.docs_filter import read_docs_filter
from sphinxext.newsroom.config.mkdocs import read_mkdocs
from sphinxext.newsroom.utils.files import read_bytes
from sphinxext.newsroom.utils.yaml import YamlSourceMap

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from sphinxext.newsroom.models import Post

_NOTEBOOKS = frozenset({"jupyter", "mknotebooks"})


class MkdocsSource:
    """One site."""

    def __init__(self, source: Path, theme: str) -> None:
        """Read the settings and find the pages.

        :param source: the folder of the site, or its ``mkdocs.yml``.
        :param theme: the theme of the new site.
        :raises CommandError: when there is no such site.
        """
        found = (source / name for name in MKDOCS if (source / name).is_file())
        file = source if source.is_file() else next(found, None)
        if file is None:
            raise CommandError(f"there is no {MKDOCS[0]} in {source}")
        self.file, self.root, self.theme = file.resolve(), file.resolve().parent, theme
        self.settings, problems = read_mkdocs(self.file)
        if not self.settings.values:
            raise CommandError(problems[0].message if problems else f"{file.name} is empty")
        self.docs = (self.root / (self.settings.text("docs_dir") or "docs")).resolve()
        if not self.docs.is_dir():
            raise CommandError(f"{file.name} names the folder {self.docs.name!r}, which is not there")
        config = SiteConfig(
            {
                "newsroom_mkdocs": str(self.file),
                "extensions": [self.markdown_extension],
                "html_theme": theme,
                "source_suffix": {".md": "markdown"},
            }
        )
        self.site = StaticSite(Place(source=self.docs, conf=None, mkdocs=self.file), config=config)

    @property
    def has_blog(self) -> bool:
        """Whether the site has a blog."""
        return bool(self.settings.blogs)

    @property
    def has_notebooks(self) -> bool:
        """Whether notebooks are pages."""
        return any(name.removeprefix("mkdocs-") in _NOTEBOOKS for name in self.settings.plugins)

    @property
    def markdown_extension(self) -> str:
        """The extension of Sphinx that reads its pages."""
        return "myst_nb" if self.has_notebooks else "myst_parser"

    @property
    def builder(self) -> str:
        """The builder of Sphinx that makes the same URLs."""
        return "dirhtml" if self.settings.use_directory_urls else "html"

    @cached_property
    def docs_name(self) -> str:
        """The folder of documents, relative to that of ``mkdocs.yml``."""
        return os.path.relpath(self.docs, self.root).replace(os.sep, "/")

    @cached_property
    def posts(self) -> dict[str, Post]:
        """The posts by path, drafts among them."""
        return {post.path: post for post in self.site.posts} if self.has_blog else {}

    @property
    def blog_indexes(self) -> set[str]:
        """The docnames of the lists of all posts."""
        return {section.index for section in self.site.sections} if self.has_blog else set()

    @cached_property
    def post_dirs(self) -> tuple[str, ...]:
        """The folders of posts, each with ``/`` at its end."""
        return tuple(f"{section.post_dir}/" for section in self.site.sections) if self.has_blog else ()

    @cached_property
    def pages(self) -> list[str]:
        """The pages that are no posts, relative to the folder of documents."""
        found = [path for path in self.site.files if path.endswith((".md", ".ipynb"))]
        folders = {posixpath.dirname(path) for path in found if posixpath.basename(path) == INDEX}
        return [
            path
            for path in found
            if path not in self.posts
            and not path.startswith(self.post_dirs)
            and not self._is_excluded(path)
            # MkDocs takes only one of them.
            and not (posixpath.basename(path) == README and posixpath.dirname(path) in folders)
        ]

    @cached_property
    def files(self) -> list[str]:
        """The other files that are published at their path; those in folders of posts follow rules of the blog."""
        excluded, _problems = read_docs_filter(self.settings, shows_drafts=False)
        own = {section.authors_file for section in self.site.sections} if self.has_blog else set()
        suffixes = (".md", ".markdown", *([".ipynb"] if self.has_notebooks else []))
        paths = (file.relative_to(self.docs).as_posix() for file in sorted(self.docs.rglob("*")) if file.is_file())
        return [
            path
            for path in paths
            if not path.endswith(suffixes)
            and path not in own
            and not path.startswith(self.post_dirs)
            and not excluded.excludes(path)
            and not self._is_excluded(path)
        ]

    @cached_property
    def exclude_patterns(self) -> list[str]:
        """The patterns of the plugin ``exclude``, as Sphinx has them."""
        globs = self.options("exclude").get("glob")
        patterns = globs if isinstance(globs, list) else [globs] if isinstance(globs, str) else []
        # There, * matches / as well.
        return [re.sub(r"\*+", "**", str(pattern)) for pattern in patterns]

    @cached_property
    def _matchers(self) -> list[Callable[[str], re.Match[str] | None]]:
        return [pattern_matcher(pattern) for pattern in self.exclude_patterns]

    def _is_excluded(self, path: str) -> bool:
        return any(matches(path) for matches in self._matchers)

    def options(self, plugin: str) -> Mapping[str, Any]:
        """Return the options of a plugin; none if the site does not have it.

        :param plugin: its name.
        """
        entries = self.settings.values.get("plugins")
        listed = entries if isinstance(entries, list) else [entries]
        pairs = (pair for entry in listed if isinstance(entry, dict) for pair in entry.items())
        return next((options for name, options in pairs if name == plugin and isinstance(options, dict)), {})

    def text(self, path: str) -> str:
        """Return the text of a file; empty if it cannot be read.

        :param path: relative to the folder of documents.
        """
        try:
            return read_bytes(self.docs / path).decode("utf-8-sig", errors="replace")
        except OSError:
            return ""

    def shown(self, path: str) -> str:
        """Return the path of a file relative to the folder of ``mkdocs.yml``.

        :param path: relative to the folder of documents.
        """
        return posixpath.normpath(posixpath.join(self.docs_name, path))

    def url_of_page(self, page: str) -> str:
        """Return the URL of a page, as a path below that of the site.

        :param page: its file, relative to the folder of documents.
        """
        return self.url(docname_of(page.removesuffix(".ipynb")))

    def url(self, docname: str) -> str:
        """Return the URL of a document, as a path; that of a folder ends with ``/``, the home page is empty.

        :param docname: the document.
        """
        path = self.site.path(docname, self.builder)
        return "" if docname == "index" else re.sub(r"(?<=/)index(\.html|/)$", "", path)

    def line(self, *keys: str, text: str = "") -> int | None:
        """Return the line of a setting.

        :param keys: its key path.
        :param text: a text below it; its line is returned if there is one.
        """
        content = self.file.read_text(encoding="utf-8-sig")
        first = YamlSourceMap(content).line(*keys)
        lines = enumerate(content.splitlines()[(first or 1) - 1 :], first or 1)
        return next((number for number, line in lines if text and text in line), first)
