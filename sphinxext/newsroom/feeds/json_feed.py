"""Write JSON feeds, version 1.1 (https://www.jsonfeed.org/version/1.1/).

URLs must be absolute. Without a base URL they are omitted; only links in HTML are relative.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.feeds.feed import clean, clean_url
from sphinxext.newsroom.utils.urls import is_relative

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinxext.newsroom.citation_models import Funding
    from sphinxext.newsroom.content.licenses import License
    from sphinxext.newsroom.feeds.feed import CitedWork, Entry, Feed, Person

MEDIA_TYPE = "application/feed+json"
VERSION = "https://jsonfeed.org/version/1.1"


class JsonWriter:
    """Writes feeds that share entries."""

    def __init__(self) -> None:
        """Start without entries."""
        self._entries: dict[str, Mapping[str, Any]] = {}

    def write(self, feed: Feed) -> bytes:
        """Return a feed.

        :param feed: the feed; an entry with the id of an earlier one is the same entry.
        """
        for entry in feed.entries:
            if entry.id not in self._entries:
                self._entries[entry.id] = _item(entry)
        publisher = clean(feed.publisher or feed.title or feed.page_url)
        data: dict[str, Any] = {
            "version": VERSION,
            "title": clean(feed.title) or clean(feed.page_url),
            "description": clean(feed.subtitle),
            "home_page_url": _whole_url(feed.page_url),
            "feed_url": _whole_url(feed.url),
            # The archives of RFC 5005 are the further pages of this format.
            "next_url": _whole_url(feed.older),
            "language": feed.language,
            "authors": [{"name": publisher}],
            "items": [self._entries[entry.id] for entry in feed.entries],
        }
        if feed.rights:
            # The format has no word for it, but takes what begins with a line.
            data["_rights"] = {
                "about": "https://www.rfc-editor.org/rfc/rfc4287#section-4.2.10",
                "text": clean(feed.rights),
            }
        text = json.dumps(
            {key: value for key, value in data.items() if value or key == "items"}, ensure_ascii=False, indent=1
        )
        return text.encode() + b"\n"


def _item(entry: Entry) -> Mapping[str, Any]:
    item = {
        "id": clean_url(entry.id),
        "url": _whole_url(entry.url),
        "title": clean(entry.title) or clean(entry.url),
        "summary": clean(entry.summary),
        "content_html": clean(entry.content),
        # Every item needs a content.
        "content_text": "" if entry.content else clean(entry.summary or entry.title or entry.url),
        "image": _whole_url(entry.picture.url) if entry.picture else "",
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "authors": [_author(author) for author in entry.authors],
        "tags": [clean(label.name) for label in entry.labels],
        # The format has no words for these; archives of science blogs read them by these names.
        "_doi": clean(entry.doi),
        "_version": clean(entry.version),
        "_license": _license(entry.license) if entry.doi and entry.license else None,
        "_references": [_reference(number, work) for number, work in enumerate(entry.references, start=1)],
        "_funding": [_funding(funding) for funding in entry.funding],
    }
    return {key: value for key, value in item.items() if value}


def _license(license_: License) -> Mapping[str, str]:
    return _filled({"name": clean(license_.name), "url": clean_url(license_.url)})


def _reference(number: int, work: CitedWork) -> Mapping[str, Any]:
    return _filled(
        {
            "key": f"ref{number}",
            "url": clean_url(work.url),
            "reference": clean(work.text),
            "cito": [clean(reason) for reason in work.cito],
        }
    )


def _funding(funding: Funding) -> Mapping[str, Any]:
    funder = {"name": clean(funding.funder), "ror": funding.ror, "id": funding.crossref}
    award = {"number": clean(funding.award), "title": clean(funding.title), "uri": clean_url(funding.url)}
    return _filled({"funder": _filled(funder), "award": _filled(award)})


def _filled(values: Mapping[str, Any]) -> Mapping[str, Any]:
    return {key: value for key, value in values.items() if value}


def _whole_url(url: str) -> str:
    """Return a URL, empty for a relative one."""
    return "" if is_relative(url) else clean_url(url)


def _author(author: Person) -> Mapping[str, str]:
    # There is no other place for an email.
    url = _whole_url(author.url) or (f"mailto:{author.mail}" if author.mail else "")
    data = {"name": clean(author.name), "url": _whole_url(url), "avatar": _whole_url(author.avatar)}
    return {key: value for key, value in data.items() if value}
