"""Names by which documents link to posts and lists."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sphinxext.newsroom.config.taxonomy_kinds import KINDS
from sphinxext.newsroom.models import Author
from sphinxext.newsroom.references.xref_index import build_xref_index
from tests.unit.samples import arrange, post

if TYPE_CHECKING:
    from sphinxext.newsroom.references.xref_index import XrefIndex


def names(*posts, **options) -> XrefIndex:
    blog, _problems = arrange(*posts, **options)
    return build_xref_index(blog, title_of=lambda item: item.title, name_of=lambda collection: collection.name)


def pages(found: XrefIndex, kind: str, name: str) -> list[str]:
    return [target.page + (f"#{target.anchor}" if target.anchor else "") for target in found.find(kind, name)]


@pytest.mark.parametrize("name", ["blog/2024/summer-school", "summer-school", "summer", "Summer", " summer "])
def test_a_post_is_called_by_address_slug_and_file(name):
    found = names(post("summer", docname="blog/2024/summer-school"))
    assert pages(found, "post", name) == ["blog/2024/summer-school"]


@pytest.mark.parametrize("name", ["", "summer school 2", "blog", "index", "blog/posts/summer.md"])
def test_what_nobody_is_called_is_not_found(name):
    assert pages(names(post("summer")), "post", name) == []
    assert pages(names(post("summer")), "unheard", "summer") == []


def test_a_post_in_a_folder_of_its_own_is_called_by_the_folder():
    item = replace(post("x", docname="blog/summer/index"), path="blog/posts/2024-summer/index.md")
    found = names(item)
    assert pages(found, "post", "summer") == pages(found, "post", "2024-summer") == ["blog/summer/index"]
    assert pages(found, "post", "index") == []


def test_a_post_in_a_page_is_called_by_its_place():
    found = names(replace(post("a", docname="page"), anchor="first-news"))
    assert pages(found, "post", "first-news") == pages(found, "post", "page#first-news") == ["page#first-news"]


def test_the_older_post_comes_first():
    newer, older = post("n", "2024-01-01", docname="b/2024/news"), post("n", "2023-01-01", docname="b/2023/news")
    assert pages(names(newer, older), "post", "news") == ["b/2023/news", "b/2024/news"]


def test_an_address_is_nobody_elses_name():
    found = names(post("a", "2020-01-01", docname="x/about"), post("b", "2024-01-01", docname="about"))
    assert pages(found, "post", "about") == ["about"]


def test_lists_are_called_by_their_labels():
    found = names(post(categories=("Big News",), tags=("C++", "C"), authors=(Author(id="d", name="Diana"),)))
    assert pages(found, "category", "big-news") == ["blog/category/big-news"]
    assert pages(found, "tag", "C") == ["blog/tag/c"]
    assert pages(found, "tag", "c++") == ["blog/tag/c-2"]
    assert pages(found, "author", "d") == pages(found, "author", "Diana") == ["blog/author/d"]


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("open data", "open data"), ("Call for 2024", "Call-for-2024"), ("x py:class 1 y -", "x-py:class-1-y--")],
)
def test_inventories_take_a_number_behind_a_word_for_the_end_of_a_name(tag, expected):
    objects = {(target.kind, name) for name, target in names(post(tags=(tag,))).objects(with_lists=True)}
    assert ("tag", expected) in objects


def test_lists_can_be_left_out():
    found = names(post(tags=("x",)))
    assert {target.kind for _name, target in found.objects(with_lists=False)} == {"post"}


def test_every_kind_of_catalog_is_known():
    blog, _problems = arrange(
        post(categories=("a",), tags=("b",), locations=("c",), languages=("d",), authors=(Author(id="e", name="E"),))
    )
    assert {taxonomy.kind for taxonomy in blog.taxonomies} <= {kind.name for kind in KINDS}
