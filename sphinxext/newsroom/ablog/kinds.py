"""What ABlog calls the taxonomies that it has as well."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from sphinxext.newsroom.config.taxonomy_kinds import ARCHIVE, KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, kw_only=True, slots=True)
class AblogKind:
    """ABlog's words for one kind of taxonomy; those for readers are in its own catalogue of translations."""

    catalog: str
    """The name of the taxonomy, and of the front matter key."""
    overview: str
    """The label of its overview."""
    title: str
    """The title of its overview."""
    header: str
    """Prefix of the name of a term."""
    has_dictionary: bool = False
    """Whether ``conf.py`` can give names by key."""


ABLOG_KINDS: Mapping[str, AblogKind] = MappingProxyType(
    {
        "category": AblogKind(catalog="category", overview="blog-categories", title="Categories", header="Posts in"),
        "tag": AblogKind(catalog="tags", overview="blog-tags", title="Tags", header="Posts tagged"),
        "author": AblogKind(catalog="author", overview="blog-authors", title="Authors", header="Posts by"),
        "archive": AblogKind(catalog="archive", overview="blog-archives", title="All posts", header="Posted in"),
        "location": AblogKind(
            catalog="location",
            overview="blog-locations",
            title="Locations",
            header="Posts from",
            has_dictionary=True,
        ),
        "language": AblogKind(
            catalog="language",
            overview="blog-languages",
            title="Languages",
            header="Posts in",
            has_dictionary=True,
        ),
    }
)
# ABlog has authors by key as well, and knows no series.
WITH_DICTIONARY = tuple(name for name, kind in ABLOG_KINDS.items() if kind.has_dictionary)
TERM_KINDS = MappingProxyType({kind.name: kind for kind in KINDS if kind.name in ABLOG_KINDS and kind.name != ARCHIVE})
"""The kinds whose terms ABlog's directives have."""
