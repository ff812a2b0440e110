"""The posts of a site, and what is wrong with them, without building it.

What a build does before Sphinx reads documents is done here with the same functions; an integration test compares the
problems with those of a build.
"""

from __future__ import annotations

import glob
import os
from functools import cached_property
from pathlib import PurePath
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import quote
from zoneinfo import ZoneInfo

from sphinxext.newsroom import __version__
from sphinxext.newsroom.blog.index import build_blog
from sphinxext.newsroom.cli.conf_file import Tags
from sphinxext.newsroom.cli.config import NEEDS_ABLOG, load_config
from sphinxext.newsroom.cli.source_files import find_sources
from sphinxext.newsroom.config.options import babel_locale
from sphinxext.newsroom.config.sphinx_config import base_url, explicit_settings, fill_from_environment, read_options
from sphinxext.newsroom.config.sphinx_mkdocs_site import docs_filter, lost_settings, read_mkdocs_site
from sphinxext.newsroom.content.scanner import Scanner
from sphinxext.newsroom.content.url_registry import UrlRegistry
from sphinxext.newsroom.environment.blog_section import BlogSection
from sphinxext.newsroom.environment.output_paths import reserved_paths
from sphinxext.newsroom.environment.post_files import PostFiles
from sphinxext.newsroom.front_matter.split import source_map_of_file
from sphinxext.newsroom.utils.dates import build_time

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from sphinxext.newsroom.blog.index import Blog
    from sphinxext.newsroom.cli.config import SiteConfig
    from sphinxext.newsroom.cli.locate import Place
    from sphinxext.newsroom.config.options import Options
    from sphinxext.newsroom.front_matter.rst_outline import RstOutline
    from sphinxext.newsroom.models import Post
    from sphinxext.newsroom.problems import Problem
    from sphinxext.newsroom.validation.coerce import SourceMap

_NO_DOMAINS = SimpleNamespace(domains={}, domain_indices={})


class StaticSite:
    """A site as its files say it is, read once.

    Drafts and scheduled posts are among the posts: authors want to know about problems before a post is
    published.
    """

    def __init__(
        self,
        place: Place,
        *,
        config: SiteConfig | None = None,
        cache_folder: Path | None = None,
        now: datetime | None = None,
    ) -> None:
        """Read the configuration and the posts.

        :param place: where the site is.
        :param config: its configuration, if it is read already.
        :param cache_folder: where to keep what was read; None to keep nothing.
        :param now: the time; that of the clock or of ``SOURCE_DATE_EPOCH`` if it is not given.
        """
        self.place = place
        self.root = place.source
        self.now = now or build_time()
        self.config = config or load_config(place)
        confdir = place.conf.parent if place.conf is not None else self.root
        # The functions that read options take an application; this has as much of one as they ask for.
        self._app = cast(
            "Any",
            SimpleNamespace(
                config=self.config,
                confdir=confdir,
                srcdir=self.root,
                tags=Tags(["drafts"]),
                registry=_NO_DOMAINS,
                _init_i18n=lambda: None,
            ),
        )
        self._source_maps: dict[str, SourceMap] = {}
        self.problems: list[Problem] = []
        if NEEDS_ABLOG & explicit_settings(self._config).keys():
            from sphinxext.newsroom.ablog.settings import adjust_config, set_defaults

            set_defaults(self._config)
            self.problems += adjust_config(self._config)
        self.problems += fill_from_environment(self._app, self._config)
        self.options, of_blogs, problems = read_options(self._app)
        self.problems += problems
        self.zone = ZoneInfo(self.options.timezone)
        self.locale = babel_locale(str(self.config.language or "en"))
        self._reserved = reserved_paths(self._app, of_blogs)
        self.sections = tuple(BlogSection(options, self._empty_blog(options), show_drafts=True) for options in of_blogs)
        self._cache_folder = cache_folder
        self._discover()

    @property
    def _config(self) -> Any:
        return self.config

    def _empty_blog(self, options: Options) -> Blog:
        return build_blog((), options=options, locale=self.locale, documents=())[0]

    @property
    def base_url(self) -> str:
        """The URL of the site, ending in ``/``; empty where it is not known."""
        return base_url(self._config)

    @property
    def posts(self) -> tuple[Post, ...]:
        """The posts of all blogs, newest first."""
        found = [post for section in self.sections for post in section.posts]
        return tuple(sorted(found, key=lambda post: (post.created, post.path), reverse=True))

    def path(self, docname: str, builder: str) -> str:
        """Return the path of a document in the built site.

        :param docname: the document.
        :param builder: ``html`` or ``dirhtml``.
        """
        if builder == "dirhtml":
            return docname.removesuffix("index") if docname.endswith("/index") else f"{docname}/"
        suffix = self.config["html_link_suffix"]
        return docname + (suffix if suffix is not None else self.config["html_file_suffix"] or ".html")

    def url(self, post: Post, builder: str) -> str:
        """Return the URL of a post; without ``html_baseurl`` it begins at the root of the site.

        :param post: the post.
        :param builder: ``html`` or ``dirhtml``.
        """
        return (
            (self.base_url or "/")
            + quote(self.path(post.docname, builder))
            + (f"#{post.anchor}" if post.anchor else "")
        )

    @cached_property
    def files(self) -> tuple[str, ...]:
        """The documents of the site, relative to the source folder."""
        excludes: Any = None
        if (mkdocs := read_mkdocs_site(self._app)) is not None:
            self.problems += lost_settings(mkdocs, self._config, explicit_settings(self._config))
            excludes, problems = docs_filter(mkdocs, shows_drafts=True)
            self.problems += problems
        names = ("exclude_patterns", "templates_path", "html_static_path", "html_extra_path")
        found = find_sources(
            self.root,
            include=self.config.texts("include_patterns"),
            exclude=[pattern for name in names for pattern in self.config.texts(name)],
            suffixes=self.config.suffixes,
        )
        if mkdocs is None:
            return tuple(found)
        in_docs = {path: mkdocs.in_docs(path) for path in found}
        return tuple(
            path for path, docs_path in in_docs.items() if docs_path is None or not excludes.excludes(docs_path)
        )

    def _docname(self, path: str) -> str:
        return next((path.removesuffix(suffix) for suffix in self.config.suffixes if path.endswith(suffix)), path)

    def _matched(self) -> frozenset[str]:
        """Return the docnames that ABlog's ``blog_post_pattern`` matches, found as ABlog finds them."""
        root = os.fspath(self.root)
        return frozenset(
            PurePath(os.path.relpath(found, root)).with_suffix("").as_posix()
            for pattern in self.config.texts("blog_post_pattern")
            for found in glob.glob(os.path.join(root, pattern), recursive=True)  # noqa: PTH118, PTH207 - as ABlog does
        )

    def _discover(self) -> None:
        """Find the posts, with the steps of a build."""
        cache_folder = self._cache_folder
        for section in self.sections:
            self.problems += section.read_authors(self.root, self._known_authors(), cache_folder=cache_folder)
            self.problems += section.read_venues(self.root)
            self.problems += section.read_bibliography(self.root, cache_folder=cache_folder)
        files = PostFiles(
            {file: self._docname(file) for file in self.files},
            self.sections,
            matches=self._matched(),
            root_doc=self.config.root_doc,
        )
        scanner = Scanner(
            self.root,
            read_rst=self.read_outline,
            cache_file=cache_folder / "scan.pickle" if cache_folder is not None else None,
            timezone=self.options.timezone,
            version=__version__,
        )
        scanned, problems = files.scan(scanner, self.root)
        self.problems += problems
        stubs = files.find_stubs(scanned)
        sources = {path: source for path, source in scanned.items() if path not in stubs}
        kept = files.find_kept_docnames(sources)
        registry = UrlRegistry(reserved=self._reserved)
        pages, _without_index = files.reserve_pages(registry, sources, kept)
        _unpublished, problems_of_posts = files.build_posts(
            sources,
            kept,
            registry,
            locale=self.locale,
            now=self.now,
            locate=self.locate,
            complete=lambda post, section: self._complete(post, section, declared=post.path in kept),
        )
        self.problems += problems_of_posts
        self.problems += scanner.problems
        scanner.save()
        self._build_lists(pages - {post.docname for post in self.posts})

    def _known_authors(self) -> dict[str, Any]:
        if not self.config.blog_authors:
            return {}
        from sphinxext.newsroom.ablog.settings import configured_authors

        return configured_authors(self._config)

    def _complete(self, post: Post, section: BlogSection, *, declared: bool) -> Post:
        """Add what ABlog's options say of a post, if the site has any."""
        if not NEEDS_ABLOG & explicit_settings(self._config).keys():
            return post
        from sphinxext.newsroom.ablog.settings import complete_post

        return complete_post(post, self._config, section.authors, declared=declared)

    def _build_lists(self, documents: frozenset[str]) -> None:
        """Arrange the posts of each blog in lists."""
        of_posts = {post.docname: post.path for post in self.posts}
        for section in self.sections:
            own = {post.docname for post in section.posts}
            section.blog, problems = build_blog(
                section.posts,
                options=section.options,
                locale=self.locale,
                documents=documents,
                taken={docname: path for docname, path in of_posts.items() if docname not in own},
                reserved=self._reserved,
            )
            self.problems += problems

    @staticmethod
    def read_outline(text: str) -> RstOutline:
        """Find the title of a text in reStructuredText; Docutils is loaded only where there is one.

        :param text: the text.
        """
        from sphinxext.newsroom.front_matter.sphinx_rst_outline import read_outline

        return read_outline(text)

    def locate(self, path: str, key: str, item: str | None = None) -> int | None:
        """Return the line of a front matter key, or of an item in it.

        :param path: the file.
        :param key: the key.
        :param item: the item.
        """
        if path not in self._source_maps:
            self._source_maps[path] = source_map_of_file(self.root / path, self.read_outline)
        source_map = self._source_maps[path]
        return source_map.item_line(item, key) if item is not None else source_map.line(key)
