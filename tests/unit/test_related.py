"""Related posts: what counts, how much, and that the answer depends on nothing but the posts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext.newsroom.blog.related import ENOUGH, RelatedPosts, find_related
from tests.unit.samples import arrange, post

WEIGHTS = {"tag": 100, "category": 40, "object": 80}


def related(labels, *, threshold=0, length=3, weights=None):
    """Return what finds the related posts; a label such as ``t:x`` is the tag x."""
    kinds = {"t": "tag", "c": "category", "o": "object"}
    split = {
        key: {(kinds[kind], name) for kind, _, name in (label.partition(":") for label in text.split())}
        for key, text in labels.items()
    }
    return RelatedPosts(split, weights=weights or WEIGHTS, threshold=threshold, length=length)


def test_more_that_is_shared_comes_first():
    found = related({"a": "t:x t:y t:z", "b": "t:x t:y", "c": "t:x t:y t:z", "d": "t:x", "e": "t:other"})
    assert found.of("a") == ("c", "b", "d")
    assert found.of("e") == ()


def test_a_label_that_few_have_counts_more():
    found = related(
        {"a": "t:rare t:common", "b": "t:common", "c": "t:common", "d": "t:common", "e": "t:rare"}, length=1
    )
    assert found.of("a") == ("e",)


def test_a_kind_counts_by_its_weight_and_not_at_all_without_one():
    labels = {"a": "t:x c:y o:z", "b": "c:y", "c": "t:x", "d": "o:z"}
    assert related(labels).of("a") == ("c", "d", "b")
    assert related(labels, weights={"category": 100, "tag": 40}).of("a") == ("b", "c")
    assert related(labels, weights={"category": 0, "object": 1}).of("a") == ("d",)


def test_of_equals_the_nearest_in_time_comes_first_and_of_these_the_newer():
    found = related(dict.fromkeys("abcdefg", "t:x"))
    assert found.of("d") == ("e", "c", "f")
    assert found.of("a") == ("b", "c", "d")


def test_the_threshold_is_a_share_of_what_the_post_is_about():
    labels = {"a": "t:p t:q t:r t:s", "b": "t:p", "c": "t:p t:q", "d": "t:q t:r t:s", "e": "t:r t:s"}
    assert related(labels, threshold=40).of("a") == ("d", "c", "e")
    assert related(labels, threshold=60).of("a") == ("d",)
    assert related(labels, threshold=100).of("b") == ("c", "a"), "all that b is about"


def test_a_label_of_one_post_says_nothing():
    labels = {"a": "t:x t:mine t:own", "b": "t:x"}
    assert related(labels, threshold=100).of("a") == ("b",)


def test_what_stands_beside_a_post_anyhow_is_left_out_and_others_take_its_place():
    found = related(dict.fromkeys("abcde", "t:x"))
    assert found.of("a", without={"b", "c", "gone"}) == ("d", "e")


def test_the_length_bounds_and_zero_is_none():
    labels = dict.fromkeys("abcde", "t:x")
    assert len(related(labels, length=2).of("a")) == 2
    assert related(labels, length=0).of("a") == ()


@given(
    st.dictionaries(st.text("abcdef", min_size=1), st.sets(st.sampled_from(["t:1", "t:2", "c:3", "o:4"])), max_size=9)
)
def test_the_order_of_labels_makes_no_difference_and_nobody_is_related_to_itself(labels):
    one = related({key: " ".join(sorted(found)) for key, found in labels.items()})
    other = related({key: " ".join(sorted(found, reverse=True)) for key, found in labels.items()})
    for key, found in labels.items():
        assert one.of(key) == other.of(key)
        assert key not in one.of(key)
        assert all(found & labels[theirs] for theirs in one.of(key))


def test_in_a_large_blog_few_posts_are_compared_and_the_best_are_among_them():
    labels = {f"p{n}": f"c:{n % 3} t:all t:{n * n % 307}" for n in range(3000)}
    labels["p10"], labels["p2990"] = "t:all t:pair c:0", "t:all t:pair c:0"
    found = related(labels)
    assert found.of("p10")[0] == "p2990", "however far apart in time"
    assert max(len(found._candidates(number, {number})) for number in range(0, 3000, 100)) <= 3 * ENOUGH


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, ("blog/d", "blog/b")),
        ({"related_weights": {"category": 1}}, ("blog/c",)),
        ({"related_weights": {"author": 1}}, ()),
        ({"related_length": 1}, ("blog/d",)),
        ({"tags": False, "related_weights": {"tag": 1}}, ()),
    ],
)
def test_the_options_decide(options, expected):
    blog, _ = arrange(
        post("a", "2024-01-01", tags=("x",), categories=("News",)),
        post("b", "2024-01-02", tags=("X",)),
        post("c", "2024-01-03", categories=("News",)),
        post("d", "2024-01-04"),
        related_threshold=options.pop("related_threshold", 30),
        **options,
    )
    objects = {"blog/a": ["py:f", "doc:guide"], "blog/d": ["py:f", "doc:guide"]}
    assert find_related(blog, objects).of("blog/a") == expected
