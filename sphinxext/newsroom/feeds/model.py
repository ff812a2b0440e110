"""The data of a feed, independent of its format; ``updated`` is set here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinxext.newsroom.content.licenses import License

GENERATOR = "sphinxext-newsroom"
NEVER = datetime.fromtimestamp(0, UTC)
"""What a feed without entries says about its last change, which it has to name."""
# What XML 1.0 cannot hold, escaped or not; JSON can, but nobody can read it.
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Brackets are for IPv6 addresses alone (RFC 3986, 3.2.2).
_URL = re.compile(r"([a-z]+://\[[0-9a-f:.]+\])?(.*)", re.IGNORECASE | re.DOTALL)
_LONE_PERCENT = re.compile(r"%(?![0-9a-f]{2})", re.IGNORECASE)
_URL_MARKS = "!#$%&'()*+,/:;=?@~"
_MAIL = re.compile(r"[^@\s<>()]+@[^@\s<>()]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """Somebody who writes."""

    name: str
    url: str = ""
    email: str = ""
    avatar: str = ""
    """URL of a picture."""

    @property
    def mail(self) -> str:
        """The mail address, empty if it is none."""
        return self.email if _MAIL.fullmatch(self.email) else ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Label:
    """A category, tag or the like."""

    term: str
    """The label as posts name it."""
    name: str
    """The label as pages show it."""
    scheme: str = ""
    """URL of the page that lists the labels of its kind."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """The cover of a post."""

    url: str
    media_type: str = ""
    """Empty where it is not known."""
    size: int = 0
    """In bytes; 0 where it is not known."""


@dataclass(kw_only=True, slots=True)
class Entry:
    """A post as a feed shows it. Handlers of ``newsroom-feed-entry`` change it in place."""

    id: str
    """A URI that stays the same for ever, and that no other post has."""
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
    current: str = ""
    """URL of the feed of the newest entries, if this is an archive of it; else empty."""
    older: str = ""
    """URL of the archive of the entries before these, empty if there is none."""
    newer: str = ""
    """URL of the archive of the entries after these, empty if there is none."""
    urn: str = ""
    """What identifies the feed where its URL is relative."""

    @property
    def id(self) -> str:
        """A URI that a feed and its archives share."""
        return self.urn or self.current or self.url

    @property
    def updated(self) -> datetime:
        """When the last of the entries was changed."""
        return max((entry.updated for entry in self.entries), default=NEVER)


def clean(text: str) -> str:
    """Return a text with what no feed can hold replaced by the character that stands for such.

    :param text: any text.
    """
    return _NOT_TEXT.sub("\ufffd", text)


def clean_url(url: str) -> str:
    """Return an address with what no URI can hold (RFC 3986) encoded.

    :param url: a URL, perhaps as somebody wrote it.
    """
    host, rest = _URL.match(_LONE_PERCENT.sub("%25", clean(url))).groups("")  # type: ignore[union-attr]
    return host + quote(rest, safe=_URL_MARKS)
