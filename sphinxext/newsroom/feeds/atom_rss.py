"""Atom and RSS feeds, written by feedgen, with archives, images, and entries shared by several feeds."""

from __future__ import annotations

import re
from copy import deepcopy
from email.utils import format_datetime
from html import escape
from typing import TYPE_CHECKING, Any, ClassVar

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from sphinxext.newsroom.feeds.feed import GENERATOR, clean, clean_url
from sphinxext.newsroom.utils.urls import is_relative

if TYPE_CHECKING:
    from sphinxext.newsroom.feeds.feed import Entry, Feed

ATOM = "http://www.w3.org/2005/Atom"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
HISTORY = "http://purl.org/syndication/history/1.0"
MEDIA = "http://search.yahoo.com/mrss/"


class XmlWriter:
    """Writes feeds that share entries."""

    media_type: ClassVar[str]

    def __init__(self) -> None:
        """Start without entries."""
        self._entries: dict[str, SharedEntry] = {}

    def write(self, feed: Feed) -> bytes:
        """Return a feed.

        :param feed: the feed; an entry with the id of an earlier one is the same entry.
        """
        generator = new_generator(feed, media_type=self.media_type)
        self._describe(generator, feed)
        for entry in feed.entries:
            if entry.id not in self._entries:
                self._entries[entry.id] = item = new_entry(entry)
                self._fill(item, entry)
            generator.add_entry(self._entries[entry.id], order="append")
        return self._serialize(generator)

    def _describe(self, generator: FeedGenerator, feed: Feed) -> None:
        """Say what only this format says of a feed."""
        raise NotImplementedError

    def _fill(self, item: SharedEntry, entry: Entry) -> None:
        """Say what only this format says of an entry."""
        raise NotImplementedError

    def _serialize(self, generator: FeedGenerator) -> bytes:
        """Return the file."""
        raise NotImplementedError


class AtomWriter(XmlWriter):
    """Writes Atom."""

    media_type = "application/atom+xml"

    def _describe(self, generator: FeedGenerator, feed: Feed) -> None:
        if feed.subtitle:
            generator.subtitle(clean(feed.subtitle))
        # Without an author, a feed with an anonymous entry is invalid (RFC 4287, 4.1.1).
        generator.author({"name": clean(feed.publisher or feed.title or feed.page_url)})

    def _fill(self, item: SharedEntry, entry: Entry) -> None:
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

    def _serialize(self, generator: FeedGenerator) -> bytes:
        return bytes(generator.atom_str(pretty=True))


class RssWriter(XmlWriter):
    """Writes RSS."""

    media_type = "application/rss+xml"

    def _describe(self, generator: FeedGenerator, feed: Feed) -> None:
        generator.description(clean(feed.subtitle or feed.title or feed.page_url))

    def _fill(self, item: SharedEntry, entry: Entry) -> None:
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

    def _serialize(self, generator: FeedGenerator) -> bytes:
        return bytes(generator.rss_str(pretty=True))


def new_generator(feed: Feed, *, media_type: str) -> FeedGenerator:
    """Return a generator with everything that both formats say of a feed.

    :param feed: the feed.
    :param media_type: of the format.
    """
    generator = FeedGenerator()
    generator.id(clean_url(feed.id))
    generator.title(clean(feed.title) or clean(feed.page_url))
    generator.link(href=clean_url(feed.url), rel="self", type=media_type)
    for rel, url in (("current", feed.current), ("prev-archive", feed.older), ("next-archive", feed.newer)):
        if url:
            generator.link(href=clean_url(url), rel=rel, type=media_type)
    # The last link is that of RSS.
    generator.link(href=clean_url(feed.page_url), rel="alternate", type="text/html")
    generator.language(feed.language)
    if feed.rights:
        generator.rights(clean(feed.rights))
    generator.generator(GENERATOR)
    generator.updated(feed.updated)
    generator.register_extension("newsroom", FeedExtras, EntryExtras)
    generator.newsroom.feed = feed
    return generator


def new_entry(entry: Entry) -> SharedEntry:
    """Return everything that both formats say of an entry.

    :param entry: the entry.
    """
    item = SharedEntry()
    item.register_extension("newsroom", EntryExtras)
    item.newsroom.entry = entry
    item.id(clean_url(entry.id))
    item.title(clean(entry.title) or clean(entry.url))
    item.updated(entry.updated)
    for label in entry.labels:
        category = {"term": clean(label.term), "label": clean(label.name)}
        # A scheme identifies: a relative one would be another in each feed.
        has_scheme = label.scheme and not is_relative(label.scheme)
        item.category(category | ({"scheme": clean_url(label.scheme)} if has_scheme else {}))
    return item


class SharedEntry(FeedEntry):  # type: ignore[misc]
    """An entry that is created once, however many feeds contain it."""

    def __init__(self) -> None:
        """Start without anything."""
        super().__init__()
        self._made: dict[str, etree._Element] = {}

    def atom_entry(self, extensions: bool = True) -> etree._Element:
        """Return the element for an Atom feed."""
        if "atom" not in self._made:
            self._made["atom"] = super().atom_entry(extensions)
        return deepcopy(self._made["atom"])

    def rss_entry(self, extensions: bool = True) -> etree._Element:
        """Return the element for an RSS feed."""
        if "rss" not in self._made:
            self._made["rss"] = super().rss_entry(extensions)
        return deepcopy(self._made["rss"])


class FeedExtras(BaseExtension):  # type: ignore[misc]
    """Elements of a feed that feedgen leaves out or writes against the standards."""

    feed: Feed

    def extend_ns(self) -> dict[str, str]:
        """Return the namespaces of what is added."""
        names = {"media": MEDIA}
        return names | {"fh": HISTORY} if self.feed.current else names

    def extend_atom(self, feed: Any) -> Any:
        """Mark an archive."""
        if self.feed.current:
            etree.SubElement(feed, f"{{{HISTORY}}}archive")
        return feed

    def extend_rss(self, feed: Any) -> Any:
        """Link to the archives, and give the date with four digits for the year."""
        channel = feed[0]
        for name in ("title", "description"):
            _write_as_plain_text(channel.find(name))
        if is_relative(self.feed.page_url):
            # The element has to be there, with a whole URI.
            channel.find("link").text = clean_url(self.feed.id)
            _add_link(channel, self.feed.page_url, rel="alternate", media_type="text/html")
        channel.find("lastBuildDate").text = format_datetime(self.feed.updated)
        if self.feed.current:
            etree.SubElement(channel, f"{{{HISTORY}}}archive")
        links = {"current": self.feed.current, "prev-archive": self.feed.older, "next-archive": self.feed.newer}
        for rel, url in links.items():
            if url:
                _add_link(channel, url, rel=rel, media_type="application/rss+xml")
        return feed


class EntryExtras(BaseEntryExtension):  # type: ignore[misc]
    """Elements of an entry that feedgen leaves out or writes against the standards."""

    entry: Entry

    def extend_atom(self, entry: Any) -> Any:
        """Add the links of which feedgen would lose the kind: to the picture, and to the license (RFC 4946)."""
        for link in entry.iterchildren("link"):
            # The default, which some programs do not know: they look for it among several links.
            if link.get("rel") is None:
                link.set("rel", "alternate")
        summary = entry.find("summary")
        if summary is not None and summary.get("type") is None:
            summary.set("type", "text")
        picture = self.entry.picture
        if picture is not None and picture.media_type:
            link = etree.SubElement(
                entry, "link", href=clean_url(picture.url), rel="enclosure", type=picture.media_type
            )
            if picture.size:
                link.set("length", str(picture.size))
        if self.entry.license is not None and self.entry.license.url:
            etree.SubElement(entry, "link", href=clean_url(self.entry.license.url), rel="license")
        self._add_thumbnail(entry)
        return entry

    def extend_rss(self, item: Any) -> Any:
        """Add what RSS has no element for: authors without email, and the date of the last change."""
        _write_as_plain_text(item.find("title"))
        if is_relative(self.entry.url):
            _add_link(item, self.entry.url, rel="alternate", media_type="text/html")
        picture = self.entry.picture
        if picture is not None and picture.media_type and is_relative(picture.url):
            _add_link(item, picture.url, rel="enclosure", media_type=picture.media_type)
        authors = self.entry.authors
        if len(authors) == 1 and authors[0].mail:
            etree.SubElement(item, "author").text = clean(f"{authors[0].mail} ({authors[0].name})")
        for author in authors:
            # Also of the only author: not all programs read the other element.
            etree.SubElement(item, f"{{{DUBLIN_CORE}}}creator").text = clean(author.name)
        for category in item.iterchildren("category"):
            # With attributes, some programs take it for no text.
            category.attrib.clear()
        etree.SubElement(item, "pubDate").text = format_datetime(self.entry.published)
        if self.entry.updated != self.entry.published:
            etree.SubElement(item, f"{{{ATOM}}}updated").text = self.entry.updated.isoformat()
        if self.entry.license is not None:
            license = self.entry.license  # noqa: A001 - its name everywhere
            etree.SubElement(item, f"{{{DUBLIN_CORE}}}rights").text = clean(license.url or license.name)
        self._add_thumbnail(item)
        if picture is not None and picture.width and not is_relative(picture.url):
            content = etree.SubElement(item, f"{{{MEDIA}}}content", url=clean_url(picture.url), medium="image")
            content.set("width", str(picture.width))
            content.set("height", str(picture.height))
        return item

    def _add_thumbnail(self, parent: Any) -> None:
        if self.entry.picture is not None and not is_relative(self.entry.picture.url):
            etree.SubElement(parent, f"{{{MEDIA}}}thumbnail", url=clean_url(self.entry.picture.url))


def _add_link(parent: Any, url: str, *, rel: str, media_type: str) -> None:
    """Add a link as Atom has it, which may be relative, to an element of RSS."""
    etree.SubElement(parent, f"{{{ATOM}}}link", href=clean_url(url), rel=rel, type=media_type)


def _write_as_plain_text(element: Any) -> None:
    """Write marks with hexadecimal references: to XML all are alike, but many readers of RSS take others for HTML."""
    first, *rest = re.split("([&<>])", element.text)
    element.text = first
    for mark, text in zip(rest[::2], rest[1::2], strict=True):
        reference = etree.Entity(f"#x{ord(mark):X}")
        reference.tail = text
        element.append(reference)
