"""Plan the feeds of a blog: their paths, and the posts in each."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sphinxext.newsroom.blog.taxonomies import Collection
from sphinxext.newsroom.config.types import UPDATED
from sphinxext.newsroom.models import PUBLISHED
from sphinxext.newsroom.utils.urls import join_docname, safe_segment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinxext.newsroom.blog.index import Blog
    from sphinxext.newsroom.config.options import Options
    from sphinxext.newsroom.models import Post


MENTIONS = "mentions"
"""The kind of the collection that a feed of the posts about a page or object holds."""
RELEASES = "releases"
"""The kind of the collection that the feed of releases holds."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedFeed:
    """One file."""

    format: str
    path: str
    """Its path from the root of the site."""
    page: str
    """URL of the page with the same posts."""
    posts: tuple[str, ...]
    """Keys of its posts, newest first."""
    collection: Collection | None = None
    """The label whose posts it holds; None for all posts."""
    by_update: bool = False
    """Whether entries are ordered by their last change."""
    templates: str = ""
    """The name of the templates of its entries; empty if they are created as usual."""
    copy_of: str = ""
    """The path of the feed that this is a copy of; empty if it is not a copy."""
    number: int = 0
    """The number of the archive, from the oldest, which is 1; 0 for the feed of the newest posts."""
    current: str = ""
    """For an archive, the path of the feed of the newest posts."""
    older: str = ""
    """The path of the archive before it, empty if there is none."""
    newer: str = ""
    """The path of the archive after it, empty if there is none."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _File:
    """The file name of one kind of feed, for the blog and for labels."""

    name: str
    """The name of the feed in the options."""
    path: str
    templates: str = ""


def plan_feeds(blog: Blog, templates: Sequence[str] = ()) -> Iterator[PlannedFeed]:
    """Yield every feed that the options ask for, the blog's own first.

    :param blog: the index.
    :param templates: names of templates, each of which has an Atom feed of its name.
    """
    options = blog.options
    recent = [post for post in blog.recent() if post.state == PUBLISHED]
    if not recent or not options.feed:
        return
    changed = sorted(recent, key=lambda post: post.updated or post.created, reverse=True)
    rank = {post.key: number for number, post in enumerate(recent)}
    files = _files(options, templates)
    for file in files:
        posts = tuple(post.key for post in (changed if file.name.endswith(UPDATED) else recent))
        yield from _with_archives(blog, file, file.path, posts, page=blog.index)
    yield from _of_releases(blog, recent, files)
    for taxonomy in blog.taxonomies:
        if taxonomy.kind not in options.feed_catalogs:
            continue
        for collection in taxonomy.collections:
            posts = tuple(sorted((key for key in collection.posts if key in rank), key=rank.__getitem__))
            for file in files:
                if posts and not file.name.endswith(UPDATED):
                    path = join_docname(collection.pagename.removesuffix("/index"), posixpath.basename(file.path))
                    page = collection.pagename
                    yield from _with_archives(blog, file, path, posts, page=page, collection=collection)


def _of_releases(blog: Blog, recent: Sequence[Post], files: Sequence[_File]) -> Iterator[PlannedFeed]:
    """Yield the feeds of the posts that announce releases, next to the page that lists them."""
    announcing, page = tuple(post.key for post in recent if post.front_matter.releases), blog.releases_page
    releases = Collection(kind=RELEASES, id=RELEASES, name=RELEASES, pagename=page, posts=announcing)
    for file in files:
        if page and announcing and not file.name.endswith(UPDATED):
            path = join_docname(page.removesuffix("/index"), posixpath.basename(file.path))
            yield from _with_archives(blog, file, path, announcing, page=page, collection=releases)


def plan_mentions(blog: Blog, mentioned: Collection) -> Iterator[PlannedFeed]:
    """Yield the feeds of the posts that mention a page or object, below the page that asks for them.

    :param blog: the index, whose options say how feeds are called.
    :param mentioned: the posts.
    """
    folder = mentioned.pagename.removesuffix("/index").removesuffix("index") or "."
    name = "mentions" if mentioned.id == "." else f"mentions/{safe_segment(mentioned.id)}"
    for file in _files(blog.options, ()) if mentioned.posts and blog.options.feed else ():
        if not file.name.endswith(UPDATED):
            path = join_docname(folder, f"{name}/{posixpath.basename(file.path)}")
            page = mentioned.pagename
            yield from _with_archives(blog, file, path, mentioned.posts, page=page, collection=mentioned)


def plan_copy(feed: PlannedFeed, folder: str) -> PlannedFeed:
    """Return a copy of a feed for another folder, where readers have found it until now.

    :param feed: the feed.
    :param folder: from the root of the site.
    """
    return replace(feed, path=join_docname(folder, posixpath.basename(feed.path)), copy_of=feed.path)


def plan_year(blog: Blog, year: str, page: str, like: PlannedFeed, folder: str) -> PlannedFeed:
    """Return the feed of a year, where the archive of the blog has other parts.

    :param blog: the index.
    :param year: the year.
    :param page: the page that shows its posts, among others.
    :param like: the feed of the whole blog in the same format.
    :param folder: from the root of the site.
    """
    recent = (post for post in blog.recent() if post.state == PUBLISHED)
    posts = tuple(post.key for post in recent if str(post.created.year) == year)
    collection = Collection(kind="archive", id=year, name=year, pagename=page, posts=posts)
    path = join_docname(folder, posixpath.basename(like.path))
    return replace(
        like, path=path, page=page, posts=posts[: blog.options.feed_length], collection=collection, older="", newer=""
    )


def _files(options: Options, templates: Sequence[str]) -> list[_File]:
    files: dict[tuple[str, str], _File] = {}
    for name, written in options.feed_files.items():
        path = join_docname("." if written.startswith("/") else options.blog_dir, written)
        files[name, path] = _File(name=name, path=path)
    for root in templates:
        path = join_docname(options.blog_dir, f"{root}.xml")
        files["atom", path] = _File(name="atom", path=path, templates=root)
    return list(files.values())


def _with_archives(
    blog: Blog, file: _File, path: str, posts: tuple[str, ...], *, page: str, collection: Collection | None = None
) -> Iterator[PlannedFeed]:
    """Yield a feed of the newest posts, and the archives that hold all older ones.

    An archive is filled from the oldest post on, and only made when it is full and needed, so that it never changes when
    posts are added.
    """
    length, by_update = blog.options.feed_length, file.name.endswith(UPDATED)
    archived = blog.options.feed_archive and not by_update
    count = -(-max(len(posts) - length, 0) // length) if archived else 0
    stem, suffix = posixpath.splitext(path)
    paths = ["", *(f"{stem}-{number}{suffix}" for number in range(1, count + 1)), ""]
    for number in range(count + 1):
        end = len(posts) - (number - 1) * length
        yield PlannedFeed(
            format=file.name.removesuffix(UPDATED),
            path=paths[number] or path,
            page=page,
            posts=posts[end - length : end] if number else posts[:length],
            collection=collection,
            by_update=by_update,
            templates=file.templates,
            number=number,
            current=path if number else "",
            older=paths[number - 1] if number else paths[count],
            newer=paths[number + 1] if number else "",
        )
