"""Template contexts of a taxonomy, for overviews and sidebars."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING
from unicodedata import normalize

from sphinxext.newsroom.blog.archive import years_of
from sphinxext.newsroom.utils.limits import MAX_ARCHIVE_TITLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from babel.core import Locale

    from sphinxext.newsroom.blog import archive
    from sphinxext.newsroom.blog.index import Blog
    from sphinxext.newsroom.blog.taxonomies import Taxonomy
    from sphinxext.newsroom.models import Post
    from sphinxext.newsroom.pages.author_context import AuthorContexts
    from sphinxext.newsroom.pages.context_types import Date, LetterGroup, Mention, OverviewTerm, Period
    from sphinxext.newsroom.pages.titles import Titles

MANY_TERMS = 25
"""From so many terms on, an overview is divided by letters."""


class TaxonomyContexts:
    """Makes the contexts of taxonomies."""

    def __init__(
        self, blog: Blog, titles: Titles, authors: AuthorContexts, locale: Locale, *, date_of: Callable[[Post], Date]
    ) -> None:
        """Use a blog whose index is complete."""
        self._blog, self._titles, self._authors, self._locale = blog, titles, authors, locale
        self._date_of = date_of

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
        return self._periods(years, 0)

    def _periods(self, periods: Iterable[archive.Period], before: int) -> list[Period]:
        """Return periods, those with titles first.

        :param before: number of posts in later periods.
        """
        made: list[Period] = []
        for period in periods:
            shown = period.posts if before + len(period.posts) <= MAX_ARCHIVE_TITLES else ()
            made.append(
                {
                    "name": period.name,
                    "page": period.pagename,
                    "count": period.count,
                    "posts": [self._title(self._blog.posts[key]) for key in shown],
                    "children": self._periods(period.parts, before),
                }
            )
            before += period.count
        return made

    def _title(self, post: Post) -> Mention:
        return {
            "page": post.docname,
            "anchor": post.anchor,
            "external_link": post.front_matter.external_link,
            "title": self._titles.of_post(post),
            "created": self._date_of(post),
        }


def group_by_letter(terms: list[OverviewTerm]) -> list[LetterGroup]:
    """Return terms by their first letter; empty for few terms, and for those in another order.

    :param terms: the terms of an overview, in their order.
    """
    if len(terms) < MANY_TERMS:
        return []
    groups: list[LetterGroup] = [
        {"letter": letter, "terms": list(found)}
        for letter, found in groupby(terms, key=lambda term: _letter(term["name"]))
    ]
    letters = {group["letter"] for group in groups}
    return groups if 1 < len(letters) == len(groups) else []


def _letter(name: str) -> str:
    first = normalize("NFD", name.lstrip())[:1].upper()
    if first.isdigit():
        return "0–9"
    return first if first.isalpha() else "#"
