"""Series: the order of their parts, and the parts listed in a post."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sphinxext.newsroom.blog.pagination import ListPage, build_views
from sphinxext.newsroom.blog.series import SHOWN, Series
from tests.unit.samples import arrange, post


def parts(blog, name):
    return [
        (part.series.name, part.number, part.count, list(part.shown))
        for part in Series(blog).parts(blog.posts[f"blog/{name}"])
    ]


def test_the_parts_are_counted_from_the_oldest_whatever_is_pinned_or_comes_between():
    blog, _ = arrange(
        post("c", "2024-03-01", series=("A course",)),
        post("x", "2024-02-15"),
        post("b", "2024-02-01", series=("a  COURSE",), pin=True),
        post("a", "2024-01-01", series=("A course",)),
    )
    assert parts(blog, "b") == [("A course", 2, 3, ["blog/a", "blog/b", "blog/c"])]
    assert parts(blog, "x") == []


def test_parts_of_one_day_stand_in_the_order_of_their_files():
    blog, _ = arrange(*(post(name, series=("S",)) for name in ("part-2", "part-1", "part-3")))
    assert blog.taxonomy("series").collections[0].posts == ("blog/part-1", "blog/part-2", "blog/part-3")


def test_a_post_can_be_a_part_of_two_series_in_the_order_that_it_names_them():
    blog, _ = arrange(
        post("a", "2024-01-01", series=("Zoo", "Art")),
        post("b", "2024-02-01", series=("Art",)),
    )
    assert [(name, number, count) for name, number, count, _ in parts(blog, "a")] == [("Zoo", 1, 1), ("Art", 1, 2)]


@given(st.integers(1, 30), st.data())
def test_of_a_long_series_the_parts_around_a_post_are_named(length, data):
    blog, _ = arrange(*(post(f"p{n:02}", f"2024-01-{n:02}", series=("S",)) for n in range(1, length + 1)))
    number = data.draw(st.integers(1, length))
    [part] = Series(blog).parts(blog.posts[f"blog/p{number:02}"])
    assert part.number == number
    assert len(part.shown) == min(length, SHOWN)
    numbers = list(range(part.first, part.first + len(part.shown)))
    assert list(part.shown) == [f"blog/p{n:02}" for n in numbers]
    assert number in numbers
    if numbers[0] > 1 and numbers[-1] < length:
        assert numbers.index(number) == SHOWN // 2, "as many before as after"


def test_the_page_of_a_series_begins_with_its_first_part_and_has_options_of_its_own():
    posts = [post(f"p{n}", f"2024-01-0{n}", series=("S",)) for n in range(1, 6)]
    blog, _ = arrange(*posts, series_url_format="reihe/{slug}", series_pagination_per_page=2, series_name="Reihen")
    pages = [view for view in build_views(blog, title="News") if isinstance(view, ListPage) and view.kind == "series"]
    assert [page.pagename for page in pages] == ["blog/reihe/s", "blog/reihe/s/page/2", "blog/reihe/s/page/3"]
    assert pages[0].posts == ("blog/p1", "blog/p2")
    assert (blog.taxonomy("series").title, blog.taxonomy("series").pagename) == ("Reihen", "blog/reihe/index")


def test_series_can_be_turned_off():
    blog, _ = arrange(post("a", series=("S",)), series=False)
    assert blog.taxonomy("series") is None
    assert parts(blog, "a") == []
