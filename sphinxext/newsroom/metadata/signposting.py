"""FAIR Signposting (https://signposting.org/FAIR/): typed links of a page, in its head and as a linkset (RFC 9264)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinxext.newsroom.models import Post

LINKSET = "application/linkset+json"
SUFFIX = ".linkset.json"
TYPES = ("https://schema.org/AboutPage", "https://schema.org/BlogPosting")


@dataclass(frozen=True, kw_only=True, slots=True)
class TypedLink:
    """A link with a relation."""

    rel: str
    href: str
    """Absolute URL."""
    type: str = ""
    """Media type."""


def typed_links(post: Post, *, license_url: str, files: Iterable[tuple[str, str]]) -> list[TypedLink]:
    """Return the typed links of a citable post.

    :param post: the post.
    :param license_url: URL of its license, or empty.
    :param files: URL and media type of each file that describes it.
    """
    doi = post.front_matter.doi
    return [
        *([TypedLink(rel="cite-as", href=f"https://doi.org/{doi}")] if doi else []),
        *(TypedLink(rel="type", href=type_) for type_ in TYPES),
        *(TypedLink(rel="author", href=author.orcid) for author in post.authors if author.orcid),
        *([TypedLink(rel="license", href=license_url)] if license_url else []),
        *(TypedLink(rel="describedby", href=url, type=media_type) for url, media_type in files if url),
    ]


def linkset(url: str, links: Sequence[TypedLink]) -> bytes:
    """Return the links of a page as a file.

    :param url: the full URL of the page.
    :param links: its links.
    """
    relations: dict[str, Any] = {"anchor": url}
    for link in links:
        target = {"href": link.href, **({"type": link.type} if link.type else {})}
        relations.setdefault(link.rel, []).append(target)
    described = [
        {"anchor": link.href, "describes": [{"href": url, "type": "text/html"}]}
        for link in links
        if link.rel == "describedby"
    ]
    return (json.dumps({"linkset": [relations, *described]}, ensure_ascii=False, indent=1) + "\n").encode()
