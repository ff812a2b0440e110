"""The announcement: a post in the theme's banner on every page, until a given date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.models import PUBLISHED
from sphinxext.newsroom.pages.jinja import render
from sphinxext.newsroom.utils.markup import rendered

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx

    from sphinxext.newsroom.environment.site import Site
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
        return None
    newest = max(posts, key=lambda post: (post.created, post.key))
    return {
        "page": newest.docname,
        "anchor": newest.anchor,
        "external_link": newest.front_matter.external_link,
        "title": title_of(newest),
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
