"""The formats of feeds that this extension writes; each is registered as those of other extensions are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from sphinxext.newsroom.config.feed_formats import FeedFormat

if TYPE_CHECKING:
    from sphinxext.newsroom.feeds.feed import Feed


class FeedWriter(Protocol):
    """Writes the feeds of one format. One writer writes several feeds, in which the same entries occur."""

    def write(self, feed: Feed) -> bytes:
        """Return the file of a feed.

        :param feed: the feed.
        """


# Few builds change a feed, and the libraries take time to import.


def _new_atom() -> FeedWriter:
    from sphinxext.newsroom.feeds.atom_rss import AtomWriter

    return AtomWriter()


def _new_rss() -> FeedWriter:
    from sphinxext.newsroom.feeds.atom_rss import RssWriter

    return RssWriter()


def _new_json() -> FeedWriter:
    from sphinxext.newsroom.feeds.json_feed import JsonWriter

    return JsonWriter()


_SUFFIXES = (".xml", ".atom", ".rss", ".json")
FORMATS = (
    FeedFormat(name="atom", title="Atom", media_type="application/atom+xml", suffixes=_SUFFIXES, new_writer=_new_atom),
    FeedFormat(name="rss", title="RSS", media_type="application/rss+xml", suffixes=_SUFFIXES, new_writer=_new_rss),
    FeedFormat(
        name="json", title="JSON Feed", media_type="application/feed+json", suffixes=_SUFFIXES, new_writer=_new_json
    ),
)
