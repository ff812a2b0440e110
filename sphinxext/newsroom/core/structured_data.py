"""Structured data: what search engines and other programs read in a page, as JSON-LD (schema.org)."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sphinxext.newsroom.core.models import Author, Post

# Inside a script element these would end it or start a comment; JavaScript also ends lines at the last two.
ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
# No part of any text, and in no file.
LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def dump_for_script(data: Any) -> str:
    """Return data as JSON that can stand inside a ``<script>`` element.

    :param data: plain data.
    """
    text = LONE_SURROGATE.sub("\ufffd", json.dumps(data, ensure_ascii=False))
    return text.translate({ord(character): escape for character, escape in ESCAPES.items()})


def blog_posting(
    post: Post,
    *,
    headline: str,
    description: str,
    url: str,
    image: str,
    language: str,
    categories: Sequence[str],
    tags: Sequence[str],
    words: int,
    minutes: int | None,
    author_url: Callable[[Author], str],
) -> dict[str, Any]:
    """Return a post as ``BlogPosting``.

    :param post: the post.
    :param headline: its title as plain text.
    :param description: one or two sentences.
    :param url: its full URL, empty when the site has none.
    :param image: full URL of the cover, empty for none.
    :param language: such as ``en`` or ``pt-BR``.
    :param categories: names.
    :param tags: names.
    :param words: number of words.
    :param minutes: reading time.
    :param author_url: gives the full URL of an author's page, or an empty text.
    """
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "BlogPosting",
        "headline": headline,
        "description": description,
        "datePublished": post.created.isoformat(),
        "dateModified": (post.updated or post.created).isoformat(),
        "inLanguage": language,
        "author": [_person(author, author_url(author)) for author in post.authors],
        "articleSection": list(categories),
        "keywords": list(tags),
        "wordCount": words,
    }
    if minutes is not None:
        data["timeRequired"] = f"PT{minutes}M"
    if url:
        data |= {"@id": url, "url": url, "mainEntityOfPage": url}
    if image:
        data["image"] = image
    return {key: value for key, value in data.items() if value not in ("", [])}


def _person(author: Author, url: str) -> Mapping[str, Any]:
    person: dict[str, Any] = {"@type": "Person", "name": author.name}
    if url:
        person["url"] = url
    same_as = [link for _label, link in author.links]
    if author.orcid:
        person["sameAs"] = [author.orcid, *same_as]
    elif same_as:
        person["sameAs"] = same_as
    if author.affiliation:
        person["affiliation"] = {"@type": "Organization", "name": author.affiliation}
    return person
