"""The events of Sphinx with which other extensions see and change what a blog is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

POSTS_DISCOVERED = "newsroom-posts-discovered"
BLOG_READY = "newsroom-blog-ready"
POST_CONTEXT = "newsroom-post-context"
FEED_ENTRY = "newsroom-feed-entry"
EVENTS = (POSTS_DISCOVERED, BLOG_READY, POST_CONTEXT, FEED_ENTRY)


def register_events(app: Sphinx) -> None:
    """Register the events.

    :param app: the application.
    """
    for name in EVENTS:
        app.add_event(name)


def has_handlers(app: Sphinx, event: str) -> bool:
    """Return whether anybody handles an event; without, nothing of what they could change has to be compared.

    :param app: the application.
    :param event: its name.
    """
    return bool(app.events.listeners.get(event))
