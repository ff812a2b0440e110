"""Paginate lists and overviews: which pages exist, and which posts each of them shows."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from paginate import Page as Pager

from sphinxext.newsroom.config.taxonomy_kinds import KINDS
from sphinxext.newsroom.content.url_registry import UrlRegistry, url_key
from sphinxext.newsroom.utils.urls import join_docname

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from sphinxext.newsroom.blog.index import Blog
    from sphinxext.newsroom.blog.taxonomies import Collection, Taxonomy
    from sphinxext.newsroom.config.options import Options


# How posts can be shown, and what is then shown of each besides its title.
FIELDS = {
    "list": ("cover", "author", "date", "updated", "minutes", "category", "excerpt", "tag", "more"),
    "cards": ("cover", "author", "date", "category", "excerpt"),
    "table": ("date", "author", "category"),
    "month": (),
}
EVENT_FIELDS = {
    "list": ("cover", "category", "excerpt", "tag", "more"),
    "cards": ("cover", "category", "excerpt"),
    "table": ("when", "where", "registration"),
    "month": (),
}
"""What is shown of each event in a list that asks for events, whose date of publication matters less."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ListPage:
    """One page of a list of posts."""

    kind: str
    """``index``, or the taxonomy."""
    title: str
    pagename: str
    first: str
    """The first page of the list."""
    number: int
    """The number of this page, from 1."""
    count: int
    """Number of pages in the list."""
    posts: tuple[str, ...]
    """Keys of the posts on this page."""
    total: int
    """Number of posts in the whole list."""
    pattern: str
    """The number of page numbers around this one, such as ``~2~``; empty for none."""
    pagenames: tuple[str, ...]
    """Every page of the list."""
    taxonomy: Taxonomy | None = None
    collection: Collection | None = None
    has_own_list: bool = False
    """Whether the text of the page lists posts; then no list is added."""

    @property
    def window(self) -> tuple[int | None, ...]:
        """The page numbers to show, with None for gaps."""
        return _window(self.number, self.count, self.pattern) if self.pattern else ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Overview:
    """The overview of a taxonomy."""

    kind: str
    title: str
    pagename: str
    taxonomy: Taxonomy


@dataclass(frozen=True, kw_only=True, slots=True)
class SubscribePage:
    """The page that lists the feeds for readers."""

    pagename: str
    kind: str = "subscribe"


@dataclass(frozen=True, kw_only=True, slots=True)
class ReleasesPage:
    """The page that lists the releases."""

    pagename: str
    posts: tuple[str, ...]
    """Keys of the posts that announce them, newest first."""
    kind: str = "releases"


View = ListPage | Overview | SubscribePage | ReleasesPage


def build_views(
    blog: Blog,
    *,
    title: str,
    has_feeds: bool = False,
    with_own_list: AbstractSet[str] = frozenset(),
    whole: Callable[[str, str], bool] = lambda _kind, _pagename: False,
) -> Iterator[View]:
    """Yield every page of the blog except posts.

    :param blog: the index.
    :param title: the title of the list of all posts.
    :param has_feeds: whether the blog has feeds.
    :param with_own_list: documents that list posts in their text, so that no list is added.
    :param whole: whether a list is not paginated, by its kind and its first page.
    """
    options = blog.options
    per_page = options.pagination_per_page if options.pagination else None
    overviews = [taxonomy.pagename for taxonomy in blog.taxonomies]
    lists = [collection.pagename for taxonomy in blog.taxonomies for collection in taxonomy.collections]
    free = _FreePages(blog, [blog.index, *blog.by_docname, *overviews, *lists, blog.releases_page or blog.index])
    paging = _Paging(options=options, free=free, with_own_list=with_own_list, whole=whole)
    yield from _paginate("index", title, blog.index, tuple(blog.posts), per_page=per_page, paging=paging)
    for taxonomy in blog.taxonomies:
        yield Overview(kind=taxonomy.kind, title=taxonomy.title, pagename=taxonomy.pagename, taxonomy=taxonomy)
        per_page = posts_per_page(options, taxonomy.kind)
        for collection in taxonomy.collections:
            yield from _paginate(
                taxonomy.kind,
                collection.name,
                collection.pagename,
                collection.posts,
                per_page=per_page,
                paging=paging,
                taxonomy=taxonomy,
                collection=collection,
            )
    if blog.releases_page:
        announcing = tuple(post.key for post in blog.recent() if post.front_matter.releases)
        yield ReleasesPage(pagename=blog.releases_page, posts=announcing)
    if has_feeds and options.feed_page:
        yield SubscribePage(
            pagename=free.reserve(join_docname(options.blog_dir, options.feed_page), "the list of feeds")
        )


class _FreePages:
    """Assigns free URLs to the later pages of lists; a page that exists there is their introduction."""

    def __init__(self, blog: Blog, taken: Iterable[str]) -> None:
        self._url_registry = UrlRegistry(taken)
        self._written = {url_key(docname): docname for docname in blog.documents}

    def reserve(self, pagename: str, title: str) -> str:
        pagename = self._url_registry.reserve(pagename, title)
        return self._written.get(url_key(pagename), pagename)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Paging:
    """Settings for paginating the lists of a blog."""

    options: Options
    free: _FreePages
    with_own_list: AbstractSet[str]
    whole: Callable[[str, str], bool]


def has_toc(options: Options, kind: str) -> bool:
    """Return whether the titles of posts are in the table of contents of a kind of list.

    :param options: the options.
    :param kind: ``index``, or the taxonomy.
    """
    own: bool | None = _own(options, kind, "toc")
    return options.blog_toc if own is None else own


def layout_for(options: Options, kind: str) -> str:
    """Return the layout of a kind of list: a key of :data:`FIELDS`.

    :param options: the options.
    :param kind: ``index``, or the taxonomy.
    """
    return _own(options, kind, "view") or options.blog_view


def _own(options: Options, kind: str, name: str) -> Any:
    """Return what an option says of one kind of list alone, None if there is none or it leaves that to all lists'."""
    prefix = next((found.options for found in KINDS if found.name == kind), "")
    return getattr(options, f"{prefix}_{name}", None) if prefix else None


def posts_per_page(options: Options, kind: str) -> int | None:
    """Return the number of posts per page of a kind of list; None for all.

    :param options: the options.
    :param kind: the taxonomy.
    """
    paginated: bool | None = _own(options, kind, "pagination")
    if not (options.pagination if paginated is None else paginated):
        return None
    return _own(options, kind, "pagination_per_page") or options.pagination_per_page


def _paginate(
    kind: str,
    title: str,
    first: str,
    posts: tuple[str, ...],
    *,
    per_page: int | None,
    paging: _Paging,
    taxonomy: Taxonomy | None = None,
    collection: Collection | None = None,
) -> Iterator[ListPage]:
    options, free, has_own_list = paging.options, paging.free, first in paging.with_own_list
    total = len(posts)
    if has_own_list:
        posts = ()
    if paging.whole(kind, first):
        per_page = None
    size = per_page or max(len(posts), 1)
    count = max(1, -(-len(posts) // size))
    later = (page_name(first, number, options) for number in range(2, count + 1))
    is_windowed = per_page is not None and (count > 1 or options.pagination_if_single_page)
    pagenames = (first, *(free.reserve(pagename, title) for pagename in later))
    for number, pagename in enumerate(pagenames, start=1):
        yield ListPage(
            kind=kind,
            title=title,
            pagename=pagename,
            first=first,
            number=number,
            count=count,
            posts=posts[(number - 1) * size : number * size],
            total=total,
            pattern=options.pagination_format if is_windowed else "",
            pagenames=pagenames,
            taxonomy=taxonomy,
            collection=collection,
            has_own_list=has_own_list,
        )


def page_name(first: str, number: int, options: Options) -> str:
    """Return the pagename of a page of a list.

    :param first: the first page of the list.
    :param number: the page number, from 1.
    :param options: the options.
    """
    if number == 1:
        return first
    # Relative to a separate root, so that no format can leave the list.
    path = posixpath.normpath("/" + options.pagination_url_format.format(page=number)).strip("/")
    if first == "index" or first.endswith("/index"):
        return posixpath.join(posixpath.dirname(first), path, "index")
    return posixpath.join(first, path)


@cache
def _window(number: int, count: int, pattern: str) -> tuple[int | None, ...]:
    """Return the page numbers to show around a page, None for a gap."""
    match = re.search(r"~(\d+)~", pattern)
    if match is None:
        return ()
    pager = Pager([], page=number, items_per_page=1, item_count=count, url_maker=str)
    numbers = [item["number"] for item in pager.link_map(match.group(), url=str)["range_pages"]]
    first, last = numbers[0] or 1, numbers[-1] or count
    # The library returns the gaps; the first and last page are not in them.
    before = () if first == 1 and numbers[0] else (1,)
    after = () if last == count and numbers[-1] else (count,)
    return (*before, *numbers, *after)
