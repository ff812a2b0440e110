"""Write Atom feeds (RFC 4287) with archives (RFC 5005)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinxext.newsroom.feeds.generator import new_entry, new_generator
from sphinxext.newsroom.feeds.model import clean, clean_url

if TYPE_CHECKING:
    from sphinxext.newsroom.feeds.generator import SharedEntry
    from sphinxext.newsroom.feeds.model import Entry, Feed

MEDIA_TYPE = "application/atom+xml"


class AtomWriter:
    """Writes feeds that share entries."""

    def __init__(self) -> None:
        """Start without entries."""
        self._entries: dict[str, SharedEntry] = {}

    def write(self, feed: Feed) -> bytes:
        """Return a feed.

        :param feed: the feed; an entry with the id of an earlier one is the same entry.
        """
        generator = new_generator(feed, media_type=MEDIA_TYPE)
        if feed.subtitle:
            generator.subtitle(clean(feed.subtitle))
        # Without an author, a feed with an anonymous entry is invalid (RFC 4287, 4.1.1).
        generator.author({"name": clean(feed.publisher or feed.title or feed.page_url)})
        for entry in feed.entries:
            if entry.id not in self._entries:
                self._entries[entry.id] = _item(entry)
            generator.add_entry(self._entries[entry.id], order="append")
        return bytes(generator.atom_str(pretty=True))


def _item(entry: Entry) -> SharedEntry:
    item = new_entry(entry)
    item.link(href=clean_url(entry.url), rel="alternate", type="text/html")
    item.published(entry.published)
    for author in entry.authors:
        person = {"name": clean(author.name), "email": clean(author.mail), "uri": clean_url(author.url)}
        item.author({key: value for key, value in person.items() if value})
    if entry.summary:
        item.summary(clean(entry.summary))
    if entry.license is not None:
        item.rights(clean(entry.license.name))
    if entry.content:
        item.content(clean(entry.content), type="html")
    return item
