"""Template contexts of lists and overviews, except data that requires rendered posts.

The excerpt, the title as HTML and the reading time of each entry are added by ``Renderer`` (see :mod:`.renderer`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Protocol

from sphinxext.newsroom.blog.calendars import plan_calendars
from sphinxext.newsroom.blog.pagination import ListPage, Overview, ReleasesPage, SubscribePage, has_toc
from sphinxext.newsroom.config.taxonomy_kinds import ARCHIVE, AUTHOR, TAG
from sphinxext.newsroom.i18n import gettext as _
from sphinxext.newsroom.i18n import plural
from sphinxext.newsroom.pages.taxonomy_context import group_by_letter
from sphinxext.newsroom.utils.fingerprint import fingerprint

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinxext.newsroom.blog.calendars import PlannedCalendar
    from sphinxext.newsroom.blog.index import Blog
    from sphinxext.newsroom.blog.pagination import View
    from sphinxext.newsroom.models import Post
    from sphinxext.newsroom.pages import context_types
    from sphinxext.newsroom.pages.context_builders import ContextBuilders

# The templates of these pages, unless a page asks for another.
TEMPLATES: Mapping[type, str] = {
    ListPage: "newsroom/list.html",
    Overview: "newsroom/overview.html",
    SubscribePage: "newsroom/subscribe.html",
    ReleasesPage: "newsroom/releases.html",
}


class FeedLinks(Protocol):
    """Tells which feeds a page leads to."""

    @property
    def of_blog(self) -> list[context_types.Feed]:
        """The feeds of all posts."""

    def of_page(self, pagename: str) -> list[context_types.Feed]:
        """Return the feeds that hold what a page lists."""

    def groups(self) -> list[context_types.FeedGroup]:
        """Return the feeds of collections, by taxonomy."""


class ListContexts:
    """Makes the contexts of lists, overviews and the list of feeds."""

    def __init__(self, blog: Blog, pages: ContextBuilders, *, feeds: FeedLinks) -> None:
        """Use a blog whose index is complete."""
        self._blog, self._pages, self._feeds = blog, pages, feeds
        self._entry_fingerprints: dict[str, str] = {}

    def of(self, view: View) -> context_types.ViewData:
        """Return what a page shows."""
        if isinstance(view, ListPage):
            return self.list_page(view)
        if isinstance(view, ReleasesPage):
            return self._releases_page(view)
        return self._subscribe_page(view) if isinstance(view, SubscribePage) else self._overview(view)

    def list_page(self, view: ListPage) -> context_types.ListData:
        """Return what a page of a list shows."""
        posts = [self._blog.posts[key] for key in view.posts]
        return {**self._list_page(view), "entries": [self._pages.posts.list_entry(post) for post in posts]}

    def fingerprint_inputs(self, view: View) -> Mapping[str, Any]:
        """Return plain data that differs whenever a page shows something else."""
        if not isinstance(view, ListPage):
            return self.of(view)
        posts = [self._blog.posts[key] for key in view.posts]
        return {**self._list_page(view), "entries": [self._entry_fingerprint(post) for post in posts]}

    def _entry_fingerprint(self, post: Post) -> str:
        if post.key not in self._entry_fingerprints:
            self._entry_fingerprints[post.key] = fingerprint(self._pages.posts.list_entry(post))
        return self._entry_fingerprints[post.key]

    def _list_page(self, view: ListPage) -> context_types.ListPageData:
        options, taxonomy, titles = self._blog.options, view.taxonomy, self._pages.titles
        author = view.collection.author if view.collection else None
        page = self._page(view, first=view.first, title=options.title if view.kind == "index" else view.title)
        return {
            **page,
            **self._pages.layouts.of_page(view),
            # The title of an author's page is next to the picture.
            "has_heading": page["has_heading"] and author is None,
            "author": self._pages.authors.with_bio(author) if author else None,
            "overview": {"page": taxonomy.pagename, "title": titles.of_taxonomy(taxonomy)} if taxonomy else None,
            "number": view.number,
            "count": view.count,
            "total": view.total,
            "summary": "" if view.has_own_list else self._list_summary(view),
            "window": [
                None if number is None else {"number": number, "page": view.pagenames[number - 1]}
                for number in view.window
            ],
            "newer": view.pagenames[view.number - 2] if view.number > 1 else None,
            "older": view.pagenames[view.number] if view.number < view.count else None,
            "feeds": [] if view.kind == "index" else self._feeds.of_page(view.first),
            "has_toc": has_toc(options, view.kind) and "toc" not in page["hide"] and not view.has_own_list,
            "has_own_list": view.has_own_list,
            "empty": "",
        }

    def _list_summary(self, view: ListPage) -> str:
        """Return what a list has and how much of it."""
        name = self._pages.titles.of_collection(view.collection) if view.collection else ""
        if not view.total:
            return ""
        if view.kind == AUTHOR:
            return plural("%(number)d post by %(name)s", "%(number)d posts by %(name)s", view.total, name=name)
        if view.kind == TAG:
            return plural("%(number)d post tagged %(name)s", "%(number)d posts tagged %(name)s", view.total, name=name)
        if view.kind == ARCHIVE:
            return plural("%(number)d post from %(name)s", "%(number)d posts from %(name)s", view.total, name=name)
        if view.collection:
            return plural("%(number)d post in %(name)s", "%(number)d posts in %(name)s", view.total, name=name)
        return plural("%(number)d post", "%(number)d posts", view.total)

    def _overview(self, view: Overview) -> context_types.OverviewData:
        taxonomies, taxonomy = self._pages.taxonomies, view.taxonomy
        terms = taxonomies.terms(taxonomy)
        return {
            **self._page(view, first=view.pagename, title=self._pages.titles.of_taxonomy(taxonomy)),
            "terms": terms,
            "groups": [] if view.kind == ARCHIVE else group_by_letter(terms),
            "years": taxonomies.years(taxonomy) if view.kind == "archive" else [],
        }

    def _subscribe_page(self, view: SubscribePage) -> context_types.SubscribeData:
        return {
            **self._page(view, first=view.pagename, title=_("Subscribe")),
            "feeds": self._feeds.of_blog,
            "groups": self._feeds.groups(),
            "calendars": [self._calendar(calendar) for calendar in plan_calendars(self._blog)],
        }

    def _calendar(self, calendar: PlannedCalendar) -> context_types.CalendarLink:
        titles, url = self._pages.titles, self._pages.urls.absolute(calendar.path)
        return {
            "path": calendar.path,
            "title": titles.of_collection(calendar.collection) if calendar.collection else titles.of_index(),
            "page": calendar.page,
            "webcal": re.sub(r"^https?:", "webcal:", url) if url.startswith("http") else "",
        }

    def _releases_page(self, view: ReleasesPage) -> context_types.ReleasesData:
        return {
            **self._page(view, first=view.pagename, title=self._pages.titles.of_releases(view.pagename)),
            "projects": self._pages.releases.projects(),
            "feeds": self._feeds.of_page(view.pagename),
        }

    def _page(self, view: View, *, first: str, title: str) -> context_types.PageData:
        """Return the data of all these pages; the introduction of a list takes precedence.

        :param first: the first page of the list.
        :param title: the title, unless the introduction has another.
        """
        pages, intro = self._pages, self._pages.titles.list_intro(first)
        return {
            "kind": view.kind,
            "title": intro.title or title,
            "page": view.pagename,
            "index": pages.navigation.index,
            "breadcrumbs": pages.navigation.breadcrumbs,
            "navigation": pages.navigation.items,
            "subscribe": pages.navigation.subscribe,
            "has_navigation": self._blog.options.list_navigation,
            "overview": None,
            "author": None,
            "has_heading": intro.has_heading,
            "description": intro.description,
            "hide": list(intro.hide),
            "template": pages.templates.choose(intro.template, usual=TEMPLATES[type(view)]),
            "preview_image": pages.social_image or pages.social_cards.of_blog(),
        }
