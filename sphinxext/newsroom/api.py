"""What other extensions can use: the index of the blog, taxonomies and formats of feeds.

Import these names from ``sphinxext.newsroom``.
"""

from __future__ import annotations

import posixpath
import re
from string import Formatter
from typing import TYPE_CHECKING

from sphinx.errors import ExtensionError

from sphinxext.newsroom.blog.index import Blog
from sphinxext.newsroom.blog.query import ListOptions
from sphinxext.newsroom.blog.taxonomies import Collection, Taxonomy
from sphinxext.newsroom.config.feed_formats import FeedFormat
from sphinxext.newsroom.config.sphinx_registry import (
    feed_formats,
    register_feed_format,
    register_taxonomy_kind,
    taxonomy_kinds,
)
from sphinxext.newsroom.config.taxonomy_kinds import TaxonomyKind
from sphinxext.newsroom.config.types import UPDATED
from sphinxext.newsroom.environment.site import Site
from sphinxext.newsroom.feeds.feed import Entry, Feed
from sphinxext.newsroom.feeds.formats import FeedWriter
from sphinxext.newsroom.front_matter.schema import PostKeys
from sphinxext.newsroom.models import Author, Dates, FrontMatter, Image, Link, Post
from sphinxext.newsroom.problems import suggestion
from sphinxext.newsroom.references.domain import add_kind
from sphinxext.newsroom.utils.sphinx_state import build_state
from sphinxext.newsroom.utils.urls import PermalinkError, join_docname
from sphinxext.newsroom.validation.aliases import known_keys, misspelled

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx

__all__ = [
    "Author",
    "Blog",
    "Collection",
    "Dates",
    "Entry",
    "Feed",
    "FeedWriter",
    "FrontMatter",
    "Image",
    "Link",
    "Post",
    "Taxonomy",
    "add_feed_format",
    "add_taxonomy",
    "get_blog",
]

NAME = r"[a-z][a-z0-9_]*"
# What has such a name already in roles, sidebars, lists and options.
_TAKEN = frozenset(
    {"post", "release", "releases", "index", "subscribe", "object", "recent", "feeds", *ListOptions.model_fields}
)


def get_blog(app: Sphinx, blog_dir: str | None = None) -> Blog:
    """Return the index of the blog: its posts in order, its taxonomies and their collections.

    The index is complete when all documents have been read, from the event ``newsroom-blog-ready`` on.

    :param app: the application.
    :param blog_dir: one blog of a site with several; without, the index has the posts of all.
    :raises ~sphinx.errors.ExtensionError: when the index is not complete yet, or no blog has the folder.
    """
    site = build_state(app).site
    if not isinstance(site, Site) or not (site.is_complete or not site.options.enabled):
        message = "get_blog: the index is not complete before the event 'newsroom-blog-ready'."
        raise ExtensionError(message)
    if blog_dir is None:
        return site.blog
    sections = {section.options.blog_dir: section for section in site.sections}
    if blog_dir not in sections:
        message = f"get_blog: no blog has the blog_dir {blog_dir!r}; expected one of {', '.join(map(repr, sections))}."
        raise ExtensionError(message + suggestion(blog_dir, sections))
    return sections[blog_dir].blog


def add_taxonomy(
    app: Sphinx,
    name: str,
    *,
    title: str,
    key: str | None = None,
    url_format: str | None = None,
    has_feeds: bool = True,
    is_shown: bool = True,
) -> None:
    """Group posts by a further key of their front matter.

    The blog gets an overview of the terms, a page and feeds of each, a role and an option of ``post-list`` with the name,
    and a part of sidebars. To be called in ``setup``.

    :param app: the application.
    :param name: the name of the taxonomy in options, roles and directives, in the singular, such as ``funder``.
    :param title: the title of its overview, such as ``Funders``.
    :param key: the front matter key, which holds a term or a list of terms; without, the name.
    :param url_format: the URL of the page of a term below the folder of the blog; without, ``<name>/{slug}``.
    :param has_feeds: whether terms have feeds, unless the site sets ``newsroom_feed_catalogs``.
    :param is_shown: whether a post shows its terms above its text.
    :raises ~sphinx.errors.ExtensionError: when an argument cannot be used.
    """

    def reject(reason: str) -> ExtensionError:
        return ExtensionError(f"add_taxonomy({name!r}): {reason}")

    if _is_late(app):
        raise reject("it is too late; taxonomies are added in setup().")
    app.setup_extension("sphinxext.newsroom")
    key = name if key is None else key
    url_format = f"{name}/{{slug}}" if url_format is None else url_format
    kinds = taxonomy_kinds(app)
    taken = _TAKEN | {text for kind in kinds for text in (kind.name, kind.sidebar)}
    if not _is_text(name, NAME):
        raise reject("a name has small letters, digits and underscores, and begins with a letter.")
    if name in taken:
        raise reject("the name is taken.")
    if not _is_text(title):
        raise reject(f"the title is {title!r}; expected text such as 'Funders'.")
    if not _is_text(key) or key in known_keys(PostKeys):
        raise reject(f"the key {key!r} is not free; expected one that the blog does not read itself.")
    if other := misspelled(key, PostKeys):
        raise reject(f"the key {key!r} would be taken for a misspelling of {other!r}; choose another.")
    if any(kind.key == key for kind in kinds):
        raise reject(f"the key {key!r} belongs to another taxonomy.")
    if not _is_url_format(url_format):
        raise reject(
            f"the url_format is {url_format!r}; expected a path with {{slug}} in it, such as '{name}/{{slug}}'."
        )
    kind = TaxonomyKind(
        name=name,
        key=key,
        title=title,
        url_format=url_format,
        sidebar=name,
        has_feeds=bool(has_feeds),
        is_shown=bool(is_shown),
        has_short_role=True,
    )
    register_taxonomy_kind(app, kind)
    add_kind(app, kind)


def add_feed_format(
    app: Sphinx,
    name: str,
    *,
    title: str,
    media_type: str,
    suffix: str,
    writer: Callable[[], FeedWriter],
    version: str = "",
) -> None:
    """Let feeds be written in a further format, under the names ``<name>`` and ``<name>_updated`` of ``newsroom_feed_files``.

    To be called in ``setup``.

    :param app: the application.
    :param name: the name of the format in options, such as ``csv``.
    :param title: its name for readers.
    :param media_type: such as ``text/csv``.
    :param suffix: what its files end with, such as ``.csv``.
    :param writer: returns what writes feeds, for example a class without arguments.
    :param version: to be changed when the same posts give another file; files of other versions are written again.
    :raises ~sphinx.errors.ExtensionError: when an argument cannot be used.
    """

    def reject(reason: str) -> ExtensionError:
        return ExtensionError(f"add_feed_format({name!r}): {reason}")

    if _is_late(app):
        raise reject("it is too late; formats are added in setup().")
    app.setup_extension("sphinxext.newsroom")
    if not _is_text(name, NAME) or name.endswith(UPDATED):
        raise reject(
            "a name has small letters, digits and underscores, begins with a letter, and does not end in _updated."
        )
    if name in feed_formats(app):
        raise reject("there is a format of this name.")
    if not _is_text(title):
        raise reject(f"the title is {title!r}; expected text.")
    if not _is_text(media_type, r"[\w.+-]+/[\w.+-]+"):
        raise reject(f"the media_type is {media_type!r}; expected one such as 'text/csv'.")
    if not _is_text(suffix, r"\.[a-z0-9]+") or suffix in {".html", ".htm"}:
        raise reject(f"the suffix is {suffix!r}; expected one such as '.csv' that is not that of pages.")
    if not callable(writer):
        raise reject(f"the writer is {writer!r}; expected what returns an object with a method 'write'.")
    feed_format = FeedFormat(
        name=name,
        title=title,
        media_type=media_type,
        suffixes=(suffix,),
        new_writer=writer,
        version=str(version),
    )
    register_feed_format(app, feed_format)


def _is_late(app: Sphinx) -> bool:
    """Return whether the builder has been made, and with it what depends on the extensions."""
    return getattr(app, "builder", None) is not None


def _is_text(value: object, pattern: str = r"\s*\S.*") -> bool:
    return isinstance(value, str) and re.fullmatch(pattern, value) is not None


def _is_url_format(url_format: object) -> bool:
    """Return whether a format results in a separate URL for each term."""
    if not isinstance(url_format, str):
        return False
    try:
        parts = [(field, spec, conversion) for _, field, spec, conversion in Formatter().parse(url_format)]
        fields = [part for part in parts if part[0] is not None]
        if not fields or any(part != ("slug", "", None) for part in fields):
            return False
        path = url_format.format(slug="x")
        return join_docname(".", path) == posixpath.normpath(path)
    except (ValueError, PermalinkError):
        return False
