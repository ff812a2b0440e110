"""List pages: which exist, what each shows, and the links to the others."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext.newsroom.blog.pagination import ListPage, Overview, build_views, layout_for, page_name
from sphinxext.newsroom.config.options import Options
from sphinxext.newsroom.content.url_registry import url_key
from sphinxext.newsroom.models import Author
from tests.unit.samples import arrange, post


def views_of(blog):
    return list(build_views(blog, title="Blog"))


def lists_of(blog, kind="index"):
    return [view for view in views_of(blog) if isinstance(view, ListPage) and view.kind == kind]


def some(count, **keys):
    return [post(f"p{number:02}", f"2024-01-{number % 28 + 1:02}", **keys) for number in range(count)]


def numbers(number, count, **options):
    """Return the window of a page of so many."""
    blog, _ = arrange(*some(count), pagination_per_page=1, **options)
    return " ".join(
        ".." if n is None else f"[{n}]" if n == number else str(n) for n in lists_of(blog)[number - 1].window
    )


@pytest.mark.parametrize(
    ("number", "count", "pagination_format", "window"),
    [
        (6, 12, "~2~", "1 .. 4 5 [6] 7 8 .. 12"),
        (1, 12, "~2~", "[1] 2 3 .. 12"),
        (2, 12, "~2~", "1 [2] 3 4 .. 12"),
        (3, 12, "~2~", "1 2 [3] 4 5 .. 12"),
        (4, 12, "~2~", "1 2 3 [4] 5 6 .. 12"),
        (5, 12, "~2~", "1 .. 3 4 [5] 6 7 .. 12"),
        (9, 12, "~2~", "1 .. 7 8 [9] 10 11 12"),
        (12, 12, "~2~", "1 .. 10 11 [12]"),
        (2, 3, "~2~", "1 [2] 3"),
        (1, 2, "~2~", "[1] 2"),
        (6, 12, "~0~", "1 .. [6] .. 12"),
        (6, 12, "$link_first ~1~ $link_last", "1 .. 5 [6] 7 .. 12"),
        (6, 12, "~99~", "1 2 3 4 5 [6] 7 8 9 10 11 12"),
        (6, 12, "$page of $page_count", ""),
    ],
)
def test_page_numbers_around_a_page_are_those_of_material(number, count, pagination_format, window):
    assert numbers(number, count, pagination_format=pagination_format) == window


@given(st.integers(1, 40), st.integers(0, 5), st.data())
def test_page_numbers_rise_and_lead_to_both_ends(count, radius, data):
    number = data.draw(st.integers(1, count))
    shown = numbers(number, count, pagination_format=f"~{radius}~", pagination_if_single_page=True).split()
    plain = [int(item.strip("[]")) for item in shown if item != ".."]
    assert plain == sorted(set(plain))
    assert {1, number, count} <= set(plain)
    assert set(range(max(1, number - radius), min(count, number + radius) + 1)) <= set(plain)
    # Gaps are exactly the omitted numbers.
    gaps = sum(1 for before, after in pairwise(plain) if after - before > 1)
    assert shown.count("..") == gaps


def test_a_single_page_has_no_numbers_unless_they_are_asked_for():
    assert numbers(1, 1) == ""
    assert numbers(1, 1, pagination_if_single_page=True) == "[1]"


@pytest.mark.parametrize(
    ("first", "pagename"),
    [
        ("blog/index", "blog/page/2/index"),
        ("index", "page/2/index"),
        ("blog/archive/2024", "blog/archive/2024/page/2"),
        ("blog/category/news/index", "blog/category/news/page/2/index"),
    ],
)
def test_later_pages_stand_where_material_has_them(first, pagename):
    assert page_name(first, 1, Options()) == first
    assert page_name(first, 2, Options()) == pagename


@pytest.mark.parametrize("url_format", ["{page}", "/p/{page}/", "../../{page}", "x/../{page}", "./{page}"])
@pytest.mark.parametrize("first", ["index", "blog/index", "blog/category/news"])
def test_no_format_leads_out_of_the_list(first, url_format):
    name = page_name(first, 7, Options(pagination_url_format=url_format))
    folder = first.removesuffix("index").rstrip("/")
    assert name.startswith(folder)
    assert ".." not in name
    assert not name.startswith("/")
    assert "7" in name.split("/")


@given(st.integers(1, 35), st.integers(1, 12))
def test_every_post_stands_on_one_page_in_order(count, per_page):
    blog, _ = arrange(*some(count, categories=("News",)), pagination_per_page=per_page)
    for kind in ("index", "category", "archive"):
        pages = lists_of(blog, kind)
        shown = [key for page in pages for key in page.posts]
        assert shown == list(blog.posts)
        assert [page.number for page in pages] == list(range(1, len(pages) + 1))
        assert all(len(page.posts) == per_page for page in pages[:-1])
        assert {(page.count, page.total, page.first) for page in pages} == {(len(pages), count, pages[0].pagename)}
        assert all(page.pagenames == tuple(page.pagename for page in pages) for page in pages)


def test_an_empty_blog_has_one_empty_page():
    blog, _ = arrange()
    [view] = views_of(blog)
    assert isinstance(view, ListPage)
    assert (view.pagename, view.posts, view.count, view.window) == ("blog/index", (), 1, ())


def test_every_catalog_has_an_overview_and_a_list_for_each_label():
    author = Author(id="t", name="Training team")
    blog, _ = arrange(post(categories=("A", "B"), tags=("C",), authors=(author,)))
    found = Counter((view.kind, type(view)) for view in views_of(blog))
    assert found == {
        ("index", ListPage): 1,
        ("category", Overview): 1,
        ("category", ListPage): 2,
        ("tag", Overview): 1,
        ("tag", ListPage): 1,
        ("author", Overview): 1,
        ("author", ListPage): 1,
        ("archive", Overview): 1,
        ("archive", ListPage): 1,
    }


@pytest.mark.parametrize(
    ("options", "counts"),
    [
        ({}, {"index": 3, "category": 3, "tag": 3, "author": 3, "archive": 3}),
        ({"pagination": False}, {"index": 1, "category": 1, "tag": 1, "author": 1, "archive": 1}),
        ({"pagination_per_page": 25}, {"index": 1, "category": 1, "tag": 1, "author": 1, "archive": 1}),
        ({"archive_pagination": False}, {"index": 3, "category": 3, "tag": 3, "author": 3, "archive": 1}),
        ({"categories_pagination_per_page": 5}, {"index": 3, "category": 5, "tag": 3, "author": 3, "archive": 3}),
        (
            {"pagination": False, "authors_profiles_pagination": True, "authors_profiles_pagination_per_page": 20},
            {"index": 1, "category": 1, "tag": 1, "author": 2, "archive": 1},
        ),
        (
            {"pagination": False, "archive_pagination": True},
            {"index": 1, "category": 1, "tag": 1, "author": 1, "archive": 3},
        ),
    ],
)
def test_each_kind_of_list_can_be_paginated_in_its_own_way(options, counts):
    author = Author(id="t", name="Training team")
    blog, _ = arrange(*some(25, categories=("A",), tags=("B",), authors=(author,)), **options)
    assert {kind: len(lists_of(blog, kind)) for kind in counts} == counts


@pytest.mark.parametrize(
    ("items", "documents", "options"),
    [
        ([post("page/2"), *some(11)], [], {}),
        (some(11), ["blog/page/2"], {}),
        (
            [*some(11), post("x", categories=("2",))],
            [],
            {"categories_url_format": "{slug}", "pagination_url_format": "{page}"},
        ),
        (some(11, categories=("A",)), ["blog/category/a", "blog/Page/2"], {}),
    ],
)
def test_a_later_page_takes_no_address_from_anything_else(items, documents, options):
    blog, _ = arrange(*items, documents=documents, **options)
    names = [view.pagename for view in views_of(blog)]
    everything = {*names, *blog.by_docname, *documents}
    assert len({url_key(name) for name in everything}) == len(everything)
    assert len(set(names)) == len(names)
    assert not set(names) & set(blog.by_docname)


def test_a_page_that_somebody_wrote_is_the_head_of_a_later_page():
    blog, _ = arrange(*some(11), documents=["blog/index", "blog/page/2"])
    assert [view.pagename for view in lists_of(blog)] == ["blog/index", "blog/page/2"]


@pytest.mark.parametrize(
    ("options", "kind", "look"),
    [
        ({}, "index", "list"),
        ({"blog_view": "cards"}, "index", "cards"),
        ({"blog_view": "cards"}, "tag", "cards"),
        ({"blog_view": "cards"}, "location", "cards"),
        ({"blog_view": "cards", "tags_view": "table"}, "tag", "table"),
        ({"categories_view": "table"}, "category", "table"),
        ({"categories_view": "table"}, "index", "list"),
        ({"series_view": "cards"}, "series", "cards"),
        ({"archive_view": "cards"}, "archive", "cards"),
        ({"authors_profiles_view": "table"}, "author", "table"),
    ],
)
def test_each_kind_of_list_has_the_look_that_options_give_it(options, kind, look):
    assert layout_for(Options(**options), kind) == look
