"""The data of a feed, independent of its format; ``Feed.updated`` is set here, and that of an entry in ``sphinx_entries``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinxext.newsroom.citation_models import Funding
    from sphinxext.newsroom.content.licenses import License

GENERATOR = "sphinxext-newsroom"
NEVER = datetime.fromtimestamp(0, UTC)
"""The ``updated`` date of a feed without entries, which is required."""
# Characters that are invalid in XML 1.0, escaped or not; in JSON they are valid but useless.
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Brackets are for IPv6 hosts alone (RFC 3986, 3.2.2).
_URL = re.compile(r"([a-z]+://\[[0-9a-f:.]+\])?(.*)", re.IGNORECASE | re.DOTALL)
_LONE_PERCENT = re.compile(r"%(?![0-9a-f]{2})", re.IGNORECASE)
_URL_MARKS = "!#$%&'()*+,/:;=?@~"
_MAIL = re.compile(r"[^@\s<>()]+@[^@\s<>()]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """An author."""

    name: str
    url: str = ""
    email: str = ""
    avatar: str = ""
    """URL of a picture."""

    @property
    def mail(self) -> str:
        """The email, empty if invalid."""
        return self.email if _MAIL.fullmatch(self.email) else ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Label:
    """A term, such as a category or tag."""

    term: str
    """The name of the term in front matter."""
    name: str
    """The name of the term on pages."""
    scheme: str = ""
    """URL of the overview of its taxonomy."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """The cover of a post."""

    url: str
    media_type: str = ""
    """Empty if unknown."""
    size: int = 0
    """In bytes; 0 if unknown."""
    width: int | None = None
    """In pixels, None if unknown."""
    height: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CitedWork:
    """A work that a post cites."""

    url: str
    """URL or DOI, empty if there is none."""
    text: str
    """The formatted reference as plain text."""
    cito: tuple[str, ...] = ()
    """Why it is cited, in terms of the Citation Typing Ontology."""


@dataclass(kw_only=True, slots=True)
class Entry:
    """A post as a feed shows it. Handlers of ``newsroom-feed-entry`` change it in place."""

    id: str
    """A permanent and unique URI."""
    url: str
    title: str
    """Plain text."""
    summary: str
    """Plain text."""
    content: str
    """HTML with absolute links."""
    published: datetime
    updated: datetime
    authors: tuple[Person, ...]
    labels: tuple[Label, ...]
    picture: Picture | None = None
    license: License | None = None
    doi: str = ""
    """Bare DOI of the post, which is not its id."""
    version: str = ""
    references: tuple[CitedWork, ...] = ()
    funding: tuple[Funding, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Feed:
    """A feed: its metadata and entries."""

    title: str
    subtitle: str
    url: str
    """The URL of the feed itself."""
    page_url: str
    """URL of the page with the same posts."""
    language: str
    rights: str
    publisher: str
    """The author of entries without one."""
    entries: Sequence[Entry]
    current: str = ""
    """URL of the feed of the newest entries, if this is an archive of it; else empty."""
    older: str = ""
    """URL of the archive of the entries before these, empty if there is none."""
    newer: str = ""
    """URL of the archive of the entries after these, empty if there is none."""
    urn: str = ""
    """Identifies the feed if its URL is relative."""

    @property
    def id(self) -> str:
        """A URI that a feed and its archives share."""
        return self.urn or self.current or self.url

    @property
    def updated(self) -> datetime:
        """When the most recently updated entry was updated."""
        return max((entry.updated for entry in self.entries), default=NEVER)


def clean(text: str) -> str:
    """Return a text with invalid characters replaced by the replacement character.

    :param text: any text.
    """
    return _NOT_TEXT.sub("\ufffd", text)


def clean_url(url: str) -> str:
    """Return a URL with characters that are invalid in a URI (RFC 3986) encoded.

    :param url: a URL, possibly raw.
    """
    host, rest = _URL.match(_LONE_PERCENT.sub("%25", clean(url))).groups("")  # type: ignore[union-attr]
    return host + quote(rest, safe=_URL_MARKS)
