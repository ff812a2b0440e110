"""What extensions have registered with an application: taxonomies and formats of feeds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinxext.newsroom.config.taxonomy_kinds import KINDS
from sphinxext.newsroom.utils.sphinx_state import build_state

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.application import Sphinx

    from sphinxext.newsroom.config.feed_formats import FeedFormat
    from sphinxext.newsroom.config.taxonomy_kinds import TaxonomyKind


def taxonomy_kinds(app: Sphinx) -> tuple[TaxonomyKind, ...]:
    """Return the kinds of taxonomy that the blogs of an application have.

    :param app: the application.
    """
    return (*KINDS, *build_state(app).taxonomy_kinds)


def register_taxonomy_kind(app: Sphinx, kind: TaxonomyKind) -> None:
    """Add a kind of taxonomy.

    :param app: the application.
    :param kind: the kind, checked.
    """
    build_state(app).taxonomy_kinds += (kind,)


def feed_formats(app: Sphinx) -> Mapping[str, FeedFormat]:
    """Return the formats of feeds that an application can write, by name.

    :param app: the application.
    """
    return build_state(app).feed_formats


def register_feed_format(app: Sphinx, feed_format: FeedFormat) -> None:
    """Add a format of feeds.

    :param app: the application.
    :param feed_format: the format, checked.
    """
    build_state(app).feed_formats[feed_format.name] = feed_format
