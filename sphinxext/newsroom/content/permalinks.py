"""Permalinks: what decides the URL of a post: its date, slug and categories, and the URL format of the blog."""

from __future__ import annotations

import posixpath
from dataclasses import replace
from typing import TYPE_CHECKING

from sphinxext.newsroom.problems import Problem, Subtype
from sphinxext.newsroom.utils.dates import format_date
from sphinxext.newsroom.utils.file_names import file_order
from sphinxext.newsroom.utils.slugs import load_slugify
from sphinxext.newsroom.utils.urls import PermalinkError, join_docname, safe_segment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from babel.core import Locale

    from sphinxext.newsroom.config.options import Options
    from sphinxext.newsroom.content.scanner import Source
    from sphinxext.newsroom.content.url_registry import UrlRegistry
    from sphinxext.newsroom.models import Post
    from sphinxext.newsroom.problems import Locate


def assign_permalinks(
    posts: list[Post],
    sources: Mapping[str, Source],
    *,
    options: Options,
    url_registry: UrlRegistry,
    locale: Locale,
    locate: Locate,
) -> tuple[tuple[Post, ...], list[Problem]]:
    """Assign each post its permalink, oldest first, so that a newer post never changes the URL of an older one.

    :param posts: the posts; those of ABlog have their docname already.
    :param sources: what their files say, by path.
    :param options: the options of the blog.
    :param url_registry: the URLs in use.
    :param locale: the language of names in dates.
    :param locate: finds lines.
    """
    problems: list[Problem] = []
    docnames: dict[str, str] = {post.path: post.docname for post in posts if post.docname}
    for post in sorted((p for p in posts if not p.docname), key=lambda p: (p.created, file_order(p.path))):
        try:
            wanted = permalink_for(post, sources[post.path].slug_title, options=options, locale=locale)
        except PermalinkError as error:
            wanted = _fallback_permalink(post, options=options, locale=locale)
            message = f"{error}; {wanted!r} is used instead"
            line = _line_of_permalink(post, locate)
            problems.append(Problem(subtype=Subtype.PERMALINK, message=message, path=post.path, line=line))
        owner = url_registry.owner(wanted)
        # A number at the end would not leave a reserved folder.
        free = (
            _fallback_permalink(post, options=options, locale=locale) if url_registry.reserved_for(wanted) else wanted
        )
        docname = docnames[post.path] = url_registry.reserve(free, post.path)
        if owner is not None:
            problems.append(
                Problem(
                    subtype=Subtype.DUPLICATE,
                    message=f"the URL {wanted!r} is that of {owner!r} already; this post is at {docname!r}. "
                    "Give one of them another slug or title.",
                    path=post.path,
                    line=_line_of_permalink(post, locate),
                )
            )
    return tuple(replace(post, docname=docnames[post.path]) for post in posts), problems


def _line_of_permalink(post: Post, locate: Locate) -> int | None:
    """Return the line of the key that determines the permalink."""
    keys = ("slug", "title", "date")
    return next((line for key in keys if (line := locate(post.path, key)) is not None), None)


def permalink_for(post: Post, slug_title: str, *, options: Options, locale: Locale) -> str:
    """Return the docname of a post: its permalink.

    :param post: the post.
    :param slug_title: the title for the slug.
    :param options: the options.
    :param locale: the language of names in dates.
    :raises PermalinkError: if the permalink is invalid.
    """
    slugify = load_slugify(options.post_slugify)
    categories_slugify = load_slugify(options.categories_slugify)
    separator = options.categories_slugify_separator
    categories = post.front_matter.categories[: options.post_url_max_categories] if options.categories else ()
    stem = posixpath.basename(post.path).rsplit(".", 1)[0]
    path = options.post_url_format.format(
        categories="/".join(categories_slugify(name, separator) for name in categories),
        date=format_date(post.created, options.post_url_date_format, locale),
        file="index" if stem == "README" else stem,
        slug=post.front_matter.slug or slugify(slug_title, options.post_slugify_separator),
    )
    return join_docname(options.blog_dir, path)


def _fallback_permalink(post: Post, *, options: Options, locale: Locale) -> str:
    date = format_date(post.created, "yyyy/MM/dd", locale)
    return join_docname(
        options.blog_dir, f"{date}/{safe_segment(posixpath.splitext(posixpath.basename(post.path))[0])}"
    )
