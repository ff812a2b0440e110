"""The announcement: a post in the theme's banner on every page, until a given date."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.event_models import CANCELLED, POSTPONED
from sphinxext.newsroom.events.states import bounds, next_occurrence, occurrence_state
from sphinxext.newsroom.models import PUBLISHED
from sphinxext.newsroom.pages.jinja import render
from sphinxext.newsroom.utils.markup import rendered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from sphinx.application import Sphinx

    from sphinxext.newsroom.environment.blog_section import BlogSection
    from sphinxext.newsroom.environment.site import Site
    from sphinxext.newsroom.event_models import Occurrence
    from sphinxext.newsroom.models import Post
    from sphinxext.newsroom.pages.context_types import Announcement


def find_announcement(site: Site, title_of: Callable[[Post], str]) -> Announcement | None:
    """Return what the banner shows, None if there is nothing to announce.

    :param site: the site.
    :param title_of: gives the title of a post as its page shows it.
    """
    posts = [
        post
        for section in site.sections
        if section.options.announce
        for post in section.blog.posts.values()
        if post.state == PUBLISHED and (until := post.front_matter.announce_until) is not None and site.now < until
    ]
    if not posts:
        return next_event(site, title_of)
    newest = max(posts, key=lambda post: (post.created, post.key))
    return {
        "page": newest.docname,
        "anchor": newest.anchor,
        "external_link": newest.front_matter.external_link,
        "title": title_of(newest),
        "when": "",
    }


def coming_events(sections: Iterable[BlogSection], now: datetime) -> list[tuple[datetime, Post, Occurrence]]:
    """Return when the events of published posts start that run or are upcoming, the soonest first.

    :param sections: the blogs.
    :param now: the time of the build.
    """
    found = []
    for section in sections:
        for post in section.blog.posts.values():
            event = post.front_matter.event
            if event is None or post.state != PUBLISHED:
                continue
            kept = tuple(one for one in event.occurrences if one.status not in {CANCELLED, POSTPONED})
            occurrence = next_occurrence(replace(event, occurrences=kept), now, ("running", "upcoming"))
            if occurrence is not None:
                state = occurrence_state(occurrence, now)
                found.append((bounds(state.start, state.end, occurrence.zone)[0], post, occurrence))
    return sorted(found, key=lambda item: (item[0], item[1].key))


def next_event(site: Site, title_of: Callable[[Post], str]) -> Announcement | None:
    """Return the next event of the blogs that announce events, None if there is none.

    :param site: the site.
    :param title_of: returns the title of a post.
    """
    sections = [section for section in site.sections if section.options.announce_events]
    coming = coming_events(sections, site.now) if sections else []
    if not coming:
        return None
    from sphinxext.newsroom.events.texts import period_text

    _begins, post, occurrence = coming[0]
    state = occurrence_state(occurrence, site.now)
    return {
        "page": post.docname,
        "anchor": post.anchor,
        "external_link": post.front_matter.external_link,
        "title": title_of(post),
        "when": period_text(state.start, state.end, site.locale, is_short=True),
    }


def add_announcement(app: Sphinx, announcement: Announcement, context: dict[str, Any]) -> None:
    """Put the announcement into the context of a page; one that the site has set in its theme's options stays.

    :param app: the application.
    :param announcement: what the banner shows.
    :param context: the context of the page, changed in place.
    """
    html = rendered(render(app, "newsroom/partials/announcement.html", context, post=announcement).strip())
    context["newsroom_announcement"] = html
    if not context.get("theme_announcement"):
        context["theme_announcement"] = html
