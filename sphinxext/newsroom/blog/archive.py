"""The archive: years, and the pages into which each year is divided."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from sphinxext.newsroom.utils.dates import format_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from babel.core import Locale

    from sphinxext.newsroom.blog.taxonomies import Collection, Taxonomy


@dataclass(frozen=True, kw_only=True, slots=True)
class Period:
    """A year, or a part of one."""

    name: str
    count: int
    """Number of posts."""
    pagename: str = ""
    """The page that lists them; empty if there is none."""
    parts: tuple[Period, ...] = ()
    posts: tuple[str, ...] = ()
    """Keys of its posts, newest first, unless its parts have them."""


def years_of(
    taxonomy: Taxonomy, created: Mapping[str, datetime], *, pattern: str, locale: Locale
) -> tuple[Period, ...]:
    """Return the years of an archive, newest first.

    Where the archive has a page for each year, the parts are months, which have none. Where its pages are finer, these
    are the parts, and the years have none.

    :param taxonomy: the archive.
    :param created: the date of each post, by key.
    :param pattern: the date pattern that posts on one page share.
    :param locale: the language of the names of months.
    """
    pages = [
        (c, Period(name=c.name, count=len(c.posts), pagename=c.pagename, posts=_newest_first(c.posts, created)))
        for c in taxonomy.collections
    ]
    spans = {collection.id: {created[key].year for key in collection.posts} for collection, _page in pages}
    if any(len(span) > 1 for span in spans.values()):
        # Longer than years, or not part of years, such as seasons: they are separate.
        return tuple(page for _collection, page in pages)
    if _is_yearly(pattern, locale):
        return tuple(replace(page, parts=_months(c, created, locale), posts=()) for c, page in pages)
    by_year: dict[int, list[Period]] = {}
    for collection, page in pages:
        by_year.setdefault(min(spans[collection.id]), []).append(page)
    return tuple(
        Period(
            name=format_date(date(year, 1, 1), "yyyy", locale),
            count=sum(page.count for page in parts),
            parts=tuple(parts),
        )
        for year, parts in by_year.items()
    )


def _is_yearly(pattern: str, locale: Locale) -> bool:
    """Return whether a date pattern is the same all through a year."""
    days = [datetime(2001, month, 15, tzinfo=UTC) for month in range(1, 13)]
    return len({format_date(day, pattern, locale) for day in days}) == 1


def _months(collection: Collection, created: Mapping[str, datetime], locale: Locale) -> tuple[Period, ...]:
    """Return the months of a year that have posts, the latest first."""
    months: dict[date, list[str]] = {}
    for key in _newest_first(collection.posts, created):
        months.setdefault(created[key].date().replace(day=1), []).append(key)
    return tuple(
        Period(name=format_date(month, "LLLL", locale), count=len(keys), posts=tuple(keys))
        for month, keys in months.items()
    )


def _newest_first(keys: Iterable[str], created: Mapping[str, datetime]) -> tuple[str, ...]:
    """Return posts in the order of their dates; pinned ones are not first in the archive."""
    return tuple(sorted(keys, key=lambda key: created[key], reverse=True))
