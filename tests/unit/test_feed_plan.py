"""Which feeds a blog has, and that archives hold every post and never change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext.newsroom.feeds.plan import plan_feeds
from sphinxext.newsroom.models import DRAFT, Author
from tests.unit.samples import arrange, day, post

if TYPE_CHECKING:
    from sphinxext.newsroom.models import Post

DOCS = Author(id="docs", name="Docs team")


def plan(*posts: Post, **options: Any) -> dict[str, tuple[str, ...]]:
    """Return the posts of each feed by path."""
    blog, _ = arrange(*posts, **options)
    return {feed.path: tuple(key.rpartition("/")[2] for key in feed.posts) for feed in plan_feeds(blog)}


def posts(count: int) -> list[Post]:
    """Return posts called by their day."""
    return [post(str(number), f"2024-01-{number:02}") for number in range(1, count + 1)]


ALL = {"atom": "atom.xml", "rss": "rss.xml", "json": "feed.json"}


@pytest.mark.parametrize(
    ("options", "paths"),
    [
        (
            {},
            [
                "blog/atom.xml",
                "blog/category/news/atom.xml",
                "blog/author/docs/atom.xml",
                "blog/location/tartu/atom.xml",
            ],
        ),
        ({"feed": False}, []),
        ({"feed_files": {}}, []),
        ({"feed_catalogs": ()}, ["blog/atom.xml"]),
        ({"feed_catalogs": ("tag", "archive")}, ["blog/atom.xml", "blog/tag/x/atom.xml", "blog/archive/2024/atom.xml"]),
        (
            {"feed_catalogs": ("tag",), "feed_files": ALL},
            [*(f"blog/{name}" for name in ALL.values()), *(f"blog/tag/x/{name}" for name in ALL.values())],
        ),
        (
            {
                "feed_catalogs": ("tag",),
                "feed_files": {"rss": "/feed_rss_created.xml", "rss_updated": "/a/updated.xml"},
            },
            ["feed_rss_created.xml", "a/updated.xml", "blog/tag/x/feed_rss_created.xml"],
        ),
        ({"feed_catalogs": (), "blog_dir": "."}, ["atom.xml"]),
        ({"feed_catalogs": ("category",), "categories": False}, ["blog/atom.xml"]),
    ],
    ids=str,
)
def test_options_say_which_feeds_there_are(options, paths):
    one = post("a", authors=(DOCS,), categories=("News",), tags=("x",), locations=("Tartu",))
    assert list(plan(one, **options)) == paths


def test_a_page_written_for_a_label_has_the_same_feed():
    blog, _ = arrange(
        post("a", categories=("News",)), documents=["blog/category/news/index"], feed_catalogs=("category",)
    )
    assert [feed.path for feed in plan_feeds(blog)] == ["blog/atom.xml", "blog/category/news/atom.xml"]


def test_feeds_hold_the_newest_posts_pinned_or_not():
    some = [
        *posts(3),
        post("4", "2024-01-04", categories=("News",)),
        post("0", "2023-01-01", pin=True, categories=("News",)),
    ]
    assert plan(*some, feed_length=3) == {"blog/atom.xml": ("4", "3", "2"), "blog/category/news/atom.xml": ("4", "0")}


def test_feeds_never_hold_drafts():
    shown = [replace(post("a", categories=("News",)), state=DRAFT), post("b")]
    assert plan(*shown) == {"blog/atom.xml": ("b",)}
    assert plan(shown[0]) == {}


def test_the_feed_of_changes_is_in_their_order():
    some = [replace(post("a", "2024-01-01"), updated=day("2024-03-01")), post("b", "2024-02-01")]
    files = {"atom": "atom.xml", "atom_updated": "updated.xml"}
    assert plan(*some, feed_files=files) == {"blog/atom.xml": ("b", "a"), "blog/updated.xml": ("a", "b")}


def test_archives_hold_what_is_older():
    assert plan(*posts(5), feed_length=2, feed_archive=True) == {
        "blog/atom.xml": ("5", "4"),
        "blog/atom-1.xml": ("2", "1"),
        "blog/atom-2.xml": ("4", "3"),
    }
    assert list(plan(*posts(2), feed_length=2, feed_archive=True)) == ["blog/atom.xml"]


def test_archives_lead_to_each_other():
    blog, _ = arrange(*posts(7), feed_length=2, feed_archive=True)
    found = {feed.number: (feed.current, feed.older, feed.newer) for feed in plan_feeds(blog)}
    assert found == {
        0: ("", "blog/atom-3.xml", ""),
        1: ("blog/atom.xml", "", "blog/atom-2.xml"),
        2: ("blog/atom.xml", "blog/atom-1.xml", "blog/atom-3.xml"),
        3: ("blog/atom.xml", "blog/atom-2.xml", ""),
    }


def test_changes_have_no_archives():
    assert list(plan(*posts(3), feed_length=1, feed_archive=True, feed_files={"rss_updated": "x.xml"})) == [
        "blog/x.xml"
    ]


@given(count=st.integers(1, 28), length=st.integers(1, 9))
def test_every_post_is_in_a_feed_and_no_archive_changes(count, length):
    options = {"feed_length": length, "feed_archive": True}
    before = plan(*posts(count), **options)
    assert {key for keys in before.values() for key in keys} == {str(number) for number in range(1, count + 1)}
    after = plan(*posts(count + 1), **options)
    assert {path: keys for path, keys in before.items() if path != "blog/atom.xml"}.items() <= after.items()
    assert all(len(keys) == length for path, keys in after.items() if path != "blog/atom.xml")
