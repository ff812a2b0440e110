"""The table of taxonomies: by what posts are grouped, and what belongs to each kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinxext.newsroom.utils.translatable import translatable

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, kw_only=True, slots=True)
class TaxonomyKind:
    """One kind of taxonomy, such as ``category``."""

    name: str
    """Its name in options, directives, roles and templates."""
    field: str = ""
    """The attribute of :class:`.FrontMatter` that has its terms; empty where they come from elsewhere."""
    key: str = ""
    """The front matter key of its terms, where an extension has registered it."""
    options: str = ""
    """Prefix of its options; empty for a taxonomy without options."""
    title: str = ""
    """The title of its overview, where no option has it."""
    url_format: str = ""
    """The URL of a term below the folder of the blog, where no option has it."""
    sidebar: str = ""
    """The name of the part of a sidebar that shows its terms; empty if there is none."""
    has_feeds: bool = True
    """Whether its terms have feeds, where the site does not choose."""
    is_topic: bool = True
    """Whether its terms say what a post is about; they are the categories of an entry in a feed."""
    is_shown: bool = True
    """Whether its terms are among the template data of a post, under its name."""
    has_short_role: bool = False
    """Whether its role can be written without the name of the domain."""


AUTHOR, ARCHIVE, CATEGORY, SERIES, TAG = "author", "archive", "category", "series", "tag"
KINDS: tuple[TaxonomyKind, ...] = (
    TaxonomyKind(name=CATEGORY, field="categories", options="categories", sidebar="categories", has_short_role=True),
    TaxonomyKind(name=TAG, field="tags", options="tags", sidebar="tags", has_feeds=False, has_short_role=True),
    TaxonomyKind(name=SERIES, field="series", options="series", is_shown=False, has_short_role=True),
    TaxonomyKind(
        name=AUTHOR,
        options="authors_profiles",
        sidebar="authors",
        is_topic=False,
        is_shown=False,
        has_short_role=True,
    ),
    TaxonomyKind(name=ARCHIVE, options="archive", sidebar="archive", has_feeds=False, is_topic=False, is_shown=False),
    TaxonomyKind(name="location", field="locations", title=translatable("Locations"), url_format="location/{slug}"),
    TaxonomyKind(name="language", field="languages", title=translatable("Languages"), url_format="language/{slug}"),
)
"""Those that every blog has, in the order of its navigation; extensions register more."""


def find_kind(name: str, kinds: Iterable[TaxonomyKind] = KINDS) -> TaxonomyKind:
    """Return the kind of a name.

    :param name: its name.
    :param kinds: the kinds that there are.
    """
    return next(kind for kind in kinds if kind.name == name)
