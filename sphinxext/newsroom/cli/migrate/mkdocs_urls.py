"""The URLs of a MkDocs site, as MkDocs, Material's blog and the plugins ``redirects`` and ``rss`` make them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinxext.newsroom.blog.index import build_blog
from sphinxext.newsroom.blog.pagination import page_name, posts_per_page
from sphinxext.newsroom.models import PUBLISHED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinxext.newsroom.blog.index import Blog
    from sphinxext.newsroom.cli.migrate.mkdocs_source import MkdocsSource


def mkdocs_urls(source: MkdocsSource) -> Iterator[tuple[str, str]]:
    """Yield each URL, as a path, and what keeps it.

    :param source: the site.
    """
    for page in source.pages:
        yield source.url_of_page(page), "the page at its path"
    for path in source.files:
        yield path, "the file at its path"
    for post in source.posts.values():
        if post.state == PUBLISHED:
            yield source.url(post.docname), "the permalink of the post"
    for pagename in _lists(source):
        yield source.url(pagename), "a list of the blog"
    for file in dict(source.settings.feeds.get("feed_files", {})).values():
        # Material has feeds at the root only.
        if str(file).startswith("/"):
            yield str(file).lstrip("/"), "a feed"
    for old in source.settings.redirects:
        yield source.url_of_page(old), "a redirect of the old site"


def _lists(source: MkdocsSource) -> Iterator[str]:
    if not source.has_blog:
        return
    profiles = any(entry.get("authors_profiles") is True for entry in source.settings.blogs)
    for section in source.site.sections:
        posts = [post for post in section.posts if post.state == PUBLISHED]
        options, locale = section.options, source.site.locale
        blog, _problems = build_blog(posts, options=options, locale=locale, documents=())
        yield from _pages(blog, with_authors=profiles)


def _pages(blog: Blog, *, with_authors: bool) -> Iterator[str]:
    """Yield the pagenames of the lists that Material makes."""
    kinds = {"archive", "category", *(["author"] if with_authors else [])}
    lists = [("index", blog.index, len(blog.posts))]
    for taxonomy in blog.taxonomies:
        if taxonomy.kind in kinds:
            lists += [(taxonomy.kind, found.pagename, len(found.posts)) for found in taxonomy.collections]
    for kind, pagename, count in lists:
        size = posts_per_page(blog.options, kind) or max(count, 1)
        for number in range(1, max(1, -(-count // size)) + 1):
            yield page_name(pagename, number, blog.options)
