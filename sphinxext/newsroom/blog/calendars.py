"""Plan the calendars of a blog: which posts each of them holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinxext.newsroom.models import PUBLISHED
from sphinxext.newsroom.utils.urls import join_docname

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinxext.newsroom.blog.index import Blog
    from sphinxext.newsroom.blog.taxonomies import Collection
    from sphinxext.newsroom.models import Post

SUFFIX, MEDIA_TYPE = ".ics", "text/calendar"
FILE_NAME = f"calendar{SUFFIX}"


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedCalendar:
    """A calendar with the events of several posts."""

    path: str
    """Its path from the root of the site."""
    page: str
    """Pagename of the list of its posts."""
    posts: tuple[str, ...]
    """Keys of its posts."""
    collection: Collection | None = None
    """The label whose posts it holds; None for the calendar of the blog."""


def has_dates(post: Post) -> bool:
    """Return whether a post has an event with dates and a separate page.

    :param post: the post.
    """
    event = post.front_matter.event
    return event is not None and bool(event.occurrences) and not post.anchor


def plan_calendars(blog: Blog) -> Iterator[PlannedCalendar]:
    """Yield the calendar of a blog with events, and those of the taxonomies in ``calendar_catalogs``.

    :param blog: the index.
    """
    published = {key for key, post in blog.posts.items() if has_dates(post) and post.state == PUBLISHED}
    if not published:
        return
    keys = tuple(key for key in blog.posts if key in published)
    yield PlannedCalendar(path=join_docname(blog.options.blog_dir, FILE_NAME), page=blog.index, posts=keys)
    for taxonomy in blog.taxonomies:
        if taxonomy.kind not in blog.options.calendar_catalogs:
            continue
        for collection in taxonomy.collections:
            if posts := tuple(key for key in collection.posts if key in published):
                path = join_docname(collection.pagename.removesuffix("/index"), FILE_NAME)
                yield PlannedCalendar(path=path, page=collection.pagename, posts=posts, collection=collection)
