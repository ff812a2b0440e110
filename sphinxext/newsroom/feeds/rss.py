"""Write RSS 2.0 feeds by the profile of the RSS Advisory Board, with archives (RFC 5005).

URLs in RSS elements must be absolute. Without a base URL, relative ones are written as Atom elements.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from sphinxext.newsroom.feeds.generator import new_entry, new_generator
from sphinxext.newsroom.feeds.model import clean, clean_url
from sphinxext.newsroom.utils.urls import is_relative

if TYPE_CHECKING:
    from sphinxext.newsroom.feeds.generator import SharedEntry
    from sphinxext.newsroom.feeds.model import Entry, Feed

MEDIA_TYPE = "application/rss+xml"


class RssWriter:
    """Writes feeds that share entries."""

    def __init__(self) -> None:
        """Start without entries."""
        self._entries: dict[str, SharedEntry] = {}

    def write(self, feed: Feed) -> bytes:
        """Return a feed.

        :param feed: the feed; an entry with the id of an earlier one is the same entry.
        """
        generator = new_generator(feed, media_type=MEDIA_TYPE)
        generator.description(clean(feed.subtitle or feed.title or feed.page_url))
        for entry in feed.entries:
            if entry.id not in self._entries:
                self._entries[entry.id] = _item(entry)
            generator.add_entry(self._entries[entry.id], order="append")
        return bytes(generator.rss_str(pretty=True))


def _item(entry: Entry) -> SharedEntry:
    item = new_entry(entry)
    item.guid(clean_url(entry.id), permalink=entry.id == entry.url)
    if not is_relative(entry.url):
        item.link(href=clean_url(entry.url), rel="alternate")
    if entry.summary:
        # HTML; all other elements are plain text.
        item.description(escape(clean(entry.summary), quote=False), isSummary=True)
    if entry.content:
        item.content(clean(entry.content), type="html")
    if entry.picture is not None and entry.picture.media_type and not is_relative(entry.picture.url):
        item.enclosure(clean_url(entry.picture.url), str(entry.picture.size), entry.picture.media_type)
    return item
