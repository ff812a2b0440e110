"""Feeds: the newest posts for programs that follow the blog."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinxext.newsroom.core.models import Author

# What a feed without entries says about its last change, which it has to name.
NEVER = datetime.fromtimestamp(0, UTC)
# What XML 1.0 cannot hold, escaped or not.
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A post as a feed shows it."""

    id: str
    url: str
    title: str
    """Plain text."""
    summary: str
    """Plain text."""
    content: str
    """HTML with absolute links."""
    published: datetime
    updated: datetime
    authors: tuple[tuple[Author, str], ...]
    """Authors, each with the URL of a page about the author or an empty text."""
    categories: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Feed:
    """A list of entries with what a feed says about itself."""

    title: str
    subtitle: str
    url: str
    """Where the feed itself stands."""
    page_url: str
    """The page that shows the same to people."""
    language: str
    rights: str
    publisher: str
    """Stands for the author of entries that name none."""
    entries: Sequence[Entry]


def build_atom(feed: Feed) -> bytes:
    """Return a feed as Atom (RFC 4287).

    :param feed: the feed.
    """
    from feedgen.feed import FeedGenerator

    generator = FeedGenerator()
    generator.id(_clean(feed.url))
    generator.title(_clean(feed.title) or _clean(feed.page_url))
    if feed.subtitle:
        generator.subtitle(_clean(feed.subtitle))
    generator.link(href=_clean(feed.url), rel="self", type="application/atom+xml")
    generator.link(href=_clean(feed.page_url), rel="alternate", type="text/html")
    generator.language(feed.language)
    # Without an author of its own a feed with an anonymous entry is not valid (RFC 4287, 4.1.1).
    generator.author({"name": _clean(feed.publisher or feed.title or feed.page_url)})
    if feed.rights:
        generator.rights(_clean(feed.rights))
    generator.generator("sphinxext-newsroom")
    generator.updated(max((entry.updated for entry in feed.entries), default=NEVER))
    for entry in feed.entries:
        item = generator.add_entry(order="append")
        item.id(_clean(entry.id))
        item.title(_clean(entry.title) or _clean(entry.url))
        item.link(href=_clean(entry.url), rel="alternate", type="text/html")
        item.published(entry.published)
        item.updated(entry.updated)
        for author, url in entry.authors:
            person = {"name": _clean(author.name)}
            if author.email:
                person["email"] = _clean(author.email)
            if url:
                person["uri"] = _clean(url)
            item.author(person)
        for category in entry.categories:
            item.category({"term": _clean(category)})
        if entry.summary:
            item.summary(_clean(entry.summary))
        if entry.content:
            item.content(_clean(entry.content), type="html")
    return bytes(generator.atom_str(pretty=True))


def _clean(text: str) -> str:
    return NOT_XML.sub("\ufffd", text)
