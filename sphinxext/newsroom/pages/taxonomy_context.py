"""Template contexts of a taxonomy, for overviews and sidebars."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sphinxext.newsroom.blog.archive import years_of

if TYPE_CHECKING:
    from babel.core import Locale

    from sphinxext.newsroom.blog import archive
    from sphinxext.newsroom.blog.index import Blog
    from sphinxext.newsroom.blog.taxonomies import Taxonomy
    from sphinxext.newsroom.pages.author_context import AuthorContexts
    from sphinxext.newsroom.pages.context_types import OverviewTerm, Period
    from sphinxext.newsroom.pages.titles import Titles


class TaxonomyContexts:
    """Makes the contexts of taxonomies."""

    def __init__(self, blog: Blog, titles: Titles, authors: AuthorContexts, locale: Locale) -> None:
        """Use a blog whose index is complete."""
        self._blog, self._titles, self._authors, self._locale = blog, titles, authors, locale

    def terms(self, taxonomy: Taxonomy) -> list[OverviewTerm]:
        """Return the terms of a taxonomy."""
        return [
            {
                "name": self._titles.of_collection(collection),
                "page": collection.pagename,
                "count": len(collection.posts),
                "description": self._titles.list_intro(collection.pagename).description,
                "author": self._authors.summary(collection.author) if collection.author else None,
            }
            for collection in taxonomy.collections
        ]

    def years(self, taxonomy: Taxonomy) -> list[Period]:
        """Return the years of the archive."""
        created = {key: post.created for key, post in self._blog.posts.items()}
        pattern = self._blog.options.archive_url_date_format
        named = tuple(
            replace(collection, name=self._titles.of_collection(collection)) for collection in taxonomy.collections
        )
        years = years_of(replace(taxonomy, collections=named), created, pattern=pattern, locale=self._locale)
        return [_period(year) for year in years]


def _period(period: archive.Period) -> Period:
    children = [_period(part) for part in period.parts]
    return {"name": period.name, "page": period.pagename, "count": period.count, "children": children}
