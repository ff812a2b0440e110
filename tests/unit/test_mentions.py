"""The index of mentions: which posts mention a page or what is on it."""

from __future__ import annotations

import pytest

from sphinxext.newsroom.backlinks.index import MentionIndex, Target

GUIDE, INSTALL, LOADS = Target("guide"), Target("guide", "install"), Target("api", "json.loads")
OUTSIDE = Target("https://docs.example/json.html#json.loads")


@pytest.fixture
def index():
    made = MentionIndex()
    made.add("newest", [LOADS, OUTSIDE], page="blog/newest")
    made.add("middle", [INSTALL, Target("blog/newest")], page="blog/middle")
    made.add("oldest", [GUIDE, LOADS, Target("blog/oldest", "section")], page="blog/oldest")
    return made


def test_a_page_is_mentioned_with_everything_on_it(index):
    assert index.on_page("guide") == ("middle", "oldest")
    assert index.of([GUIDE]) == ("middle", "oldest")
    assert index.on_page("blog/newest") == ("middle",)


def test_an_object_is_mentioned_by_the_posts_that_name_it(index):
    assert index.of([INSTALL]) == ("middle",)
    assert index.of([LOADS]) == ("newest", "oldest")
    assert index.of([OUTSIDE]) == ("newest",)
    assert index.of([Target("guide", "other"), Target("missing")]) == ()


def test_posts_that_mention_one_of_several_targets_keep_their_order_and_are_listed_once(index):
    assert index.of([GUIDE, LOADS]) == ("newest", "middle", "oldest")


def test_a_post_does_not_mention_its_own_page(index):
    assert index.on_page("blog/oldest") == ()
    assert Target("blog/oldest", "section") not in index.targets()
