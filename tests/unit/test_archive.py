"""The archive by year: the periods below each year, for any date format."""

from __future__ import annotations

import pytest
from babel import localedata
from babel.core import Locale

from sphinxext.newsroom.blog.archive import years_of
from tests.unit.samples import EN, arrange, post

POSTS = [post(day, day) for day in ("2023-12-31", "2024-02-03", "2024-02-29", "2024-11-01", "2022-01-01")]


def years(locale=EN, **options):
    """Return each year with its parts, as (name, count, has a page)."""
    blog, _ = arrange(*POSTS, **options)
    created = {key: found.created for key, found in blog.posts.items()}
    pattern = options.get("archive_url_date_format", "yyyy")
    return [
        (*shown(year), [shown(part) for part in year.parts])
        for year in years_of(archive(blog), created, pattern=pattern, locale=locale)
    ]


def archive(blog):
    [found] = [taxonomy for taxonomy in blog.taxonomies if taxonomy.kind == "archive"]
    return found


def shown(period):
    return period.name, period.count, bool(period.pagename)


def test_years_with_pages_show_their_months():
    assert years() == [
        ("2024", 3, True, [("November", 1, False), ("February", 2, False)]),
        ("2023", 1, True, [("December", 1, False)]),
        ("2022", 1, True, [("January", 1, False)]),
    ]


def test_months_with_pages_stand_below_their_years():
    assert years(archive_date_format="MMMM yyyy", archive_url_date_format="yyyy/MM") == [
        ("2024", 3, False, [("November 2024", 1, True), ("February 2024", 2, True)]),
        ("2023", 1, False, [("December 2023", 1, True)]),
        ("2022", 1, False, [("January 2022", 1, True)]),
    ]


@pytest.mark.parametrize("pattern", ["MM", "QQQ"])
def test_pages_with_posts_of_several_years_stand_for_themselves(pattern):
    posts = [post("a", "2023-02-01"), post("b", "2024-02-01"), post("c", "2024-06-01")]
    blog, _ = arrange(*posts, archive_url_date_format=pattern, archive_date_format=pattern)
    created = {key: found.created for key, found in blog.posts.items()}
    found = years_of(archive(blog), created, pattern=pattern, locale=EN)
    assert [(period.count, period.parts, bool(period.pagename)) for period in found] == [(1, (), True), (2, (), True)]


def test_months_are_named_in_the_language_of_the_site(monkeypatch):
    # Babel 2.18 keeps the names of another language that was asked for before (the months of the "stand-alone" context are an alias).
    monkeypatch.setattr(localedata, "_cache", {})
    assert years(Locale("et"))[0][3][0][0] == "november"
    assert years(Locale("fi"))[0][3][1][0] == "helmikuu"
