"""Open Graph and Twitter tags for link previews."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from babel.core import Locale, UnknownLocaleError, get_global

from sphinxext.newsroom.utils.text import collapse_whitespace

if TYPE_CHECKING:
    from collections.abc import Iterator

ARTICLE, WEBSITE, PROFILE = "article", "website", "profile"


@dataclass(frozen=True, kw_only=True, slots=True)
class Preview:
    """The preview of a page in Open Graph tags; an empty field is unknown."""

    kind: str
    """``article``, ``website`` or ``profile``."""
    title: str
    description: str = ""
    url: str = ""
    """The full URL of the page."""
    site_name: str = ""
    language: str = "en"
    image: str = ""
    """The full URL of a picture."""
    image_alt: str = ""
    image_width: int | None = None
    image_height: int | None = None
    published: str = ""
    """In ISO 8601, as the other date."""
    modified: str = ""
    authors: tuple[str, ...] = ()
    """The URL of each author's page, or the name."""
    section: str = ""
    tags: tuple[str, ...] = ()


def open_graph(preview: Preview) -> Iterator[tuple[str, str]]:
    """Yield name and value of each Open Graph property, with related ones in sequence.

    :param preview: the card.
    """
    image = bool(preview.image)
    properties: list[tuple[str, str]] = [
        ("og:type", preview.kind),
        ("og:title", preview.title),
        ("og:description", preview.description),
        ("og:url", preview.url),
        ("og:site_name", preview.site_name),
        ("og:locale", og_locale(preview.language)),
        ("og:image", preview.image),
        ("og:image:alt", preview.image_alt if image else ""),
        ("og:image:width", str(preview.image_width or "") if image else ""),
        ("og:image:height", str(preview.image_height or "") if image else ""),
    ]
    if preview.kind == ARTICLE:
        properties += [
            ("article:published_time", preview.published),
            ("article:modified_time", preview.modified),
            *(("article:author", author) for author in preview.authors),
            ("article:section", preview.section),
            *(("article:tag", tag) for tag in preview.tags),
        ]
    yield from ((name, collapse_whitespace(value)) for name, value in properties if value.strip())


def twitter_card(preview: Preview) -> str:
    """Return the kind of Twitter card; everything else on it is taken from Open Graph.

    :param preview: the card.
    """
    return "summary_large_image" if preview.image else "summary"


def og_locale(language: str) -> str:
    """Return a language with the country that Open Graph requires, empty if unknown.

    :param language: such as ``et`` or ``pt-BR``.
    """
    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return ""
    territory = locale.territory
    if territory is None:
        parts = [locale.language, locale.script] if locale.script else [locale.language]
        likely = get_global("likely_subtags")
        territory = str(likely.get("_".join(parts), likely.get(locale.language, ""))).rpartition("_")[2]
    return f"{locale.language}_{territory}" if territory else ""
