"""Which feeds a blog has, where they stand, and which posts stand in each."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from sphinxext.newsroom.core.models import PUBLISHED
from sphinxext.newsroom.core.permalinks import join_address

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinxext.newsroom.core.blog import Blog
    from sphinxext.newsroom.core.catalogs import Collection


@dataclass(frozen=True, kw_only=True, slots=True)
class Format:
    """A way to write feeds."""

    name: str
    media_type: str


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "atom": Format(name="Atom", media_type="application/atom+xml"),
        "rss": Format(name="RSS", media_type="application/rss+xml"),
        "json": Format(name="JSON Feed", media_type="application/feed+json"),
    }
)
UPDATED = "_updated"
"""What the name of a feed ends with that is in the order of the last changes."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedFeed:
    """One file."""

    format: str
    path: str
    """Its path from the root of the site."""
    page: str
    """The page that shows the same to people."""
    posts: tuple[str, ...]
    """Keys of its posts, newest first."""
    collection: Collection | None = None
    """The label whose posts it holds; None for all posts."""
    by_update: bool = False
    """Whether it is in the order of the last changes."""
    number: int = 0
    """The number of the archive, from the oldest, which is 1; 0 for the feed of the newest posts."""
    current: str = ""
    """For an archive, the path of the feed of the newest posts."""
    older: str = ""
    """The path of the archive before it, empty if there is none."""
    newer: str = ""
    """The path of the archive after it, empty if there is none."""


def plan_feeds(blog: Blog) -> Iterator[PlannedFeed]:
    """Yield every feed that the options ask for, the blog's own first.

    :param blog: the index.
    """
    options = blog.options
    recent = [post for post in blog.recent() if post.state == PUBLISHED]
    if not recent or not options.feed:
        return
    changed = sorted(recent, key=lambda post: post.updated or post.created, reverse=True)
    rank = {post.key: number for number, post in enumerate(recent)}
    for name, written in options.feed_files.items():
        folder = "." if written.startswith("/") else options.blog_dir
        posts = tuple(post.key for post in (changed if name.endswith(UPDATED) else recent))
        yield from _with_archives(blog, name, join_address(folder, written), posts, page=blog.index)
    for catalog in blog.catalogs:
        if catalog.kind not in options.feed_catalogs:
            continue
        for collection in catalog.collections:
            posts = tuple(sorted((key for key in collection.posts if key in rank), key=rank.__getitem__))
            for name, written in options.feed_files.items():
                if posts and not name.endswith(UPDATED):
                    path = join_address(collection.pagename.removesuffix("/index"), posixpath.basename(written))
                    page = collection.pagename
                    yield from _with_archives(blog, name, path, posts, page=page, collection=collection)


def _with_archives(
    blog: Blog, name: str, path: str, posts: tuple[str, ...], *, page: str, collection: Collection | None = None
) -> Iterator[PlannedFeed]:
    """Yield a feed of the newest posts, and the archives that hold all older ones.

    An archive is filled from the oldest post on, and only made when it is full and needed, so that it never changes when
    posts are added.
    """
    length, by_update = blog.options.feed_length, name.endswith(UPDATED)
    archived = blog.options.feed_archive and not by_update
    count = -(-max(len(posts) - length, 0) // length) if archived else 0
    stem, suffix = posixpath.splitext(path)
    paths = ["", *(f"{stem}-{number}{suffix}" for number in range(1, count + 1)), ""]
    for number in range(count + 1):
        end = len(posts) - (number - 1) * length
        yield PlannedFeed(
            format=name.removesuffix(UPDATED),
            path=paths[number] or path,
            page=page,
            posts=posts[end - length : end] if number else posts[:length],
            collection=collection,
            by_update=by_update,
            number=number,
            current=path if number else "",
            older=paths[number - 1] if number else paths[count],
            newer=paths[number + 1] if number else "",
        )
