"""The index: order, adjacent posts and taxonomies."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext.newsroom.content.url_registry import url_key
from sphinxext.newsroom.models import Author
from sphinxext.newsroom.problems import Subtype
from tests.unit.samples import arrange, post

TRAINING = Author(id="training", name="Training team")
RELEASE = Author(id="release", name="Release team")


def pages(blog, kind):
    taxonomy = blog.taxonomy(kind)
    return {collection.name: collection.pagename for collection in taxonomy.collections} if taxonomy else {}


# -- Index


@pytest.mark.parametrize(
    ("documents", "index"),
    [((), "blog/index"), (("blog",), "blog"), (("blog/index", "blog"), "blog/index"), (("blog/about",), "blog/index")],
)
def test_a_page_beside_the_folder_heads_the_blog(documents, index):
    blog, _ = arrange(post("a", "2024-01-01"), documents=documents)
    assert blog.index == index


# -- Order


def test_pinned_posts_stand_first_and_each_group_is_newest_first():
    blog, _ = arrange(
        post("a", "2024-01-01"),
        post("b", "2025-01-01"),
        post("c", "2023-01-01", pin=True),
        post("d", "2024-05-01", pin=True),
    )
    assert list(blog.posts) == ["blog/d", "blog/c", "blog/b", "blog/a"]
    assert [item.docname for item in blog.recent()] == ["blog/b", "blog/d", "blog/a", "blog/c"]


def test_the_time_of_day_and_the_zone_count():
    blog, _ = arrange(
        post("a", "2024-01-01T10:00"), post("b", "2024-01-01T10:30+01:00"), post("c", "2024-01-01T11:00+02:00")
    )
    assert list(blog.posts) == ["blog/a", "blog/b", "blog/c"]


@given(st.permutations(["index", "B2", "a", "b", "Z/c"]))
def test_equal_dates_keep_the_order_of_files(names):
    blog, _ = arrange(*(post(name) for name in names))
    assert list(blog.posts) == ["blog/index", "blog/B2", "blog/a", "blog/b", "blog/Z/c"]


def test_neighbours_follow_the_calendar_whatever_is_pinned():
    blog, _ = arrange(post("a", "2023-01-01", pin=True), post("b", "2024-01-01"), post("c", "2025-01-01"))
    assert blog.adjacent == {
        "blog/a": (None, "blog/b"),
        "blog/b": ("blog/a", "blog/c"),
        "blog/c": ("blog/b", None),
    }


@given(st.lists(st.tuples(st.integers(1, 28), st.booleans()), max_size=12))
def test_neighbours_make_one_chain_in_which_nobody_is_lost(dates):
    items = [post(f"p{number}", f"2024-01-{day:02}", pin=pin) for number, (day, pin) in enumerate(dates)]
    blog, _ = arrange(*items)
    chain, key = [], next((key for key, (older, _) in blog.adjacent.items() if older is None), None)
    while key is not None:
        chain.append(key)
        newer = blog.adjacent[key][1]
        assert newer is None or blog.adjacent[newer][0] == key
        key = newer
    assert sorted(chain) == sorted(blog.posts)
    assert [blog.posts[key].created for key in chain] == sorted(item.created for item in items)


def test_several_posts_can_stand_on_one_page():
    first, second = post("a", docname="news"), post("b", docname="news")
    blog, _ = arrange(replace(first, anchor="one"), replace(second, anchor="two"))
    assert set(blog.posts) == {"news#one", "news#two"}
    assert blog.by_docname == {"news": ("news#one", "news#two")}


def test_a_blog_without_posts_has_an_index_and_nothing_else():
    blog, problems = arrange()
    assert (blog.index, dict(blog.posts), blog.taxonomies, problems) == ("blog/index", {}, (), ())


# -- Categories and tags


def test_names_that_differ_in_case_and_spacing_are_one_category_under_the_first_name():
    blog, problems = arrange(
        post("a", "2024-01-01", categories=("foo bar",)),
        post("b", "2024-02-01", categories=("Foo Bar", "FOO-bar")),
    )
    [collection] = blog.taxonomy("category").collections
    assert (collection.name, collection.pagename) == ("Foo Bar", "blog/category/foo-bar")
    assert collection.posts == ("blog/b", "blog/a")
    assert problems == ()


def test_categories_whose_slugs_are_equal_have_a_page_each_and_the_first_used_keeps_the_plain_one():
    blog, problems = arrange(
        post("a", "2024-01-01", categories=("C++",)),
        post("b", "2024-02-01", categories=("C",)),
        post("c", "2024-03-01", categories=("C#",)),
    )
    assert pages(blog, "category") == {"C": "blog/category/c-2", "C#": "blog/category/c-3", "C++": "blog/category/c"}
    assert problems == ()


@pytest.mark.parametrize(
    ("name", "pagename"),
    [
        ("C++ & Rust", "blog/category/c--rust"),
        ("a/b c", "blog/category/ab-c"),
        ("Õpetus", "blog/category/õpetus"),
        ("日本語", "blog/category/日本語"),
        ("readme", "blog/category/readme"),
        ("ReadMe", "blog/category/readme"),
        ("Index", None),
        ("../..", None),
        ("!!!", None),
        ("</script>", None),
    ],
)
def test_any_text_is_a_category(name, pagename):
    blog, problems = arrange(post(categories=(name,)))
    [(shown, found)] = pages(blog, "category").items()
    assert shown == name
    assert problems == ()
    assert found == pagename or (pagename is None and found.startswith("blog/category/") and found.count("/") == 2)


def test_a_slug_function_that_keeps_case_makes_no_index_file_of_a_category():
    options = {"categories_slugify": "pymdownx.slugs.slugify"}
    blog, _ = arrange(post(categories=("README", "Readme")), **options)
    [name] = pages(blog, "category").values()
    assert name not in {"blog/category/index", "blog/category/README"}
    blog, _ = arrange(post(categories=("Readme",)), **options)
    assert pages(blog, "category") == {"Readme": "blog/category/Readme"}


def test_a_category_knows_the_pages_that_its_other_spellings_would_have():
    blog, _ = arrange(
        post("a", "2024-01-01", categories=("E-Learning",)),
        post("b", "2024-02-01", categories=("E- Learning",)),
        post("c", "2024-03-01", categories=("e learning", "E- Learning")),
        post("d", "2024-04-01", categories=("E-learning",)),
    )
    [collection] = blog.taxonomy("category").collections
    assert collection.pagename == "blog/category/e-learning"
    assert collection.merged == {"blog/category/e--learning": 2}


def test_categories_and_tags_of_one_name_are_two():
    blog, _ = arrange(post(categories=("News",), tags=("News",)))
    assert pages(blog, "category") == {"News": "blog/category/news"}
    assert pages(blog, "tag") == {"News": "blog/tag/news"}


def test_labels_of_a_post_are_in_the_order_of_its_front_matter():
    blog, _ = arrange(
        post("a", categories=("B", "a c", "A"), tags=("A", "B"), authors=(RELEASE, TRAINING)),
        post("b", "2025-01-01", categories=("A", "A-C", "B"), tags=("B", "A"), authors=(TRAINING, RELEASE)),
    )
    names = {
        kind: [c.name for c in blog.collections_of(blog.posts["blog/a"], kind)]
        for kind in ("category", "tag", "author")
    }
    assert names == {"category": ["B", "A-C", "A"], "tag": ["A", "B"], "author": ["Release team", "Training team"]}


def test_a_label_is_found_by_any_spelling():
    blog, _ = arrange(post(categories=("How to",)))
    taxonomy = blog.taxonomy("category")
    assert taxonomy.find("HOW-TO") is taxonomy.collections[0]
    assert taxonomy.find("howto") is None


def length_of_name(collection):
    return len(collection.name)


SORTED = [post("a", "2024-01-01", categories=("z", "Zoo", "Ünï", "b")), post("b", "2024-02-01", categories=("z", "b"))]


@pytest.mark.parametrize(
    ("options", "order"),
    [
        ({}, ["Zoo", "b", "z", "Ünï"]),
        ({"categories_sort_reverse": True}, ["Ünï", "z", "b", "Zoo"]),
        ({"categories_sort_by": "view_post_count"}, ["Zoo", "Ünï", "b", "z"]),
        ({"categories_sort_by": "view_post_count", "categories_sort_reverse": True}, ["b", "z", "Zoo", "Ünï"]),
        ({"categories_sort_by": "material.plugins.blog.view_post_count"}, ["Zoo", "Ünï", "b", "z"]),
        ({"categories_sort_by": "tests.unit.test_blog.length_of_name"}, ["b", "z", "Zoo", "Ünï"]),
    ],
)
def test_categories_are_sorted_as_the_options_say(options, order):
    blog, _ = arrange(*SORTED, **options)
    assert list(pages(blog, "category")) == order


def fails(collection):
    return 1 / (len(collection.name) - 1)


def mixes(collection):
    return collection.name if len(collection.name) > 1 else 1


@pytest.mark.parametrize("function", ["fails", "mixes"])
def test_a_function_that_cannot_sort_is_reported(function):
    blog, problems = arrange(*SORTED, categories_sort_by=f"tests.unit.test_blog.{function}")
    assert list(pages(blog, "category")) == ["Zoo", "b", "z", "Ünï"]
    [problem] = problems
    assert problem.subtype == "config"
    assert f"'tests.unit.test_blog.{function}' cannot sort the categories" in problem.message


def test_tags_are_sorted_as_people_read_them():
    blog, _ = arrange(post(tags=("b", "C", "a")))
    assert list(pages(blog, "tag")) == ["a", "b", "C"]


# -- Archive, authors, further catalogs


def test_the_archive_is_newest_first_whatever_is_pinned():
    blog, _ = arrange(post("a", "2023-05-01", pin=True), post("b", "2025-01-01"), post("c", "2024-12-31"))
    assert pages(blog, "archive") == {
        "2025": "blog/archive/2025",
        "2024": "blog/archive/2024",
        "2023": "blog/archive/2023",
    }


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"archive_date_format": "MMMM yyyy"}, {"June 2024": "blog/archive/2024"}),
        (
            {"archive_date_format": "MMMM yyyy", "archive_url_date_format": "yyyy/MM"},
            {"June 2024": "blog/archive/2024/06", "May 2024": "blog/archive/2024/05"},
        ),
        ({"archive_url_format": "{date}"}, {"2024": "blog/2024"}),
        ({"archive_url_format": "/{date}/"}, {"2024": "blog/2024"}),
        ({"archive_url_format": "when/in-{date}"}, {"2024": "blog/when/in-2024"}),
        ({"archive": False}, {}),
    ],
)
def test_archive_pages_follow_their_formats(options, expected):
    blog, problems = arrange(post("a", "2024-05-01"), post("b", "2024-06-01"), **options)
    assert pages(blog, "archive") == expected
    assert problems == ()


def test_the_year_of_the_archive_is_that_of_the_calendar_week_or_not():
    blog, _ = arrange(post("a", "2024-12-31"), post("b", "2025-01-01"))
    assert {
        name: list(c.posts) for name, c in zip(("2025", "2024"), blog.taxonomy("archive").collections, strict=True)
    } == {
        "2025": ["blog/b"],
        "2024": ["blog/a"],
    }


@pytest.mark.parametrize(
    ("author", "options", "pagename"),
    [
        (TRAINING, {}, "blog/author/training"),
        (Author(id="t", name="T", slug="the-team"), {}, "blog/author/the-team"),
        (Author(id="t", name="T", slug="teams/one"), {}, "blog/author/teams/one"),
        (Author(id="Mixed_Case", name="T"), {}, "blog/author/Mixed_Case"),
        (TRAINING, {"authors_profiles_url_format": "{name}"}, "blog/Training team"),
        (Author(id="../../..", name="T"), {}, "blog/author/-/-/-"),
        (Author(id="it's", name="T"), {}, "blog/author/it-s"),
        (Author(id="x", name="a/b"), {"authors_profiles_url_format": "{name}"}, "blog/a-b"),
    ],
)
def test_an_author_has_a_page(author, options, pagename):
    blog, problems = arrange(post(authors=(author,)), **options)
    assert pages(blog, "author") == {author.name: pagename}
    assert problems == ()


@pytest.mark.parametrize(
    ("author", "options"),
    [(replace(TRAINING, listed=False), {}), (TRAINING, {"authors_profiles": False}), (TRAINING, {"authors": False})],
)
def test_an_author_can_go_without_a_page(author, options):
    blog, _ = arrange(post(authors=(author,)), **options)
    assert blog.taxonomy("author") is None


def test_places_and_languages_are_catalogs_too():
    blog, _ = arrange(post(locations=("Tartu",), languages=("Eesti",)))
    assert pages(blog, "location") == {"Tartu": "blog/location/tartu"}
    assert pages(blog, "language") == {"Eesti": "blog/language/eesti"}


@pytest.mark.parametrize("option", ["categories", "tags"])
def test_a_kind_that_is_off_has_no_pages(option):
    options: dict[str, Any] = {option: False}
    blog, _ = arrange(post(categories=("a",), tags=("a",)), **options)
    assert blog.taxonomy({"categories": "category", "tags": "tag"}[option]) is None


# -- URLs of lists


@pytest.mark.parametrize(
    ("url_format", "overview", "page"),
    [
        ("category/{slug}", "blog/category/index", "blog/category/news"),
        ("category/{slug}/", "blog/category/index", "blog/category/news"),
        ("/topics/of-{slug}", "blog/topics/index", "blog/topics/of-news"),
        ("{slug}", "blog/category/index", "blog/news"),
        ("topic-{slug}", "blog/category/index", "blog/topic-news"),
        ("../{slug}", "index", "news"),
    ],
)
def test_overview_and_pages_follow_the_format(url_format, overview, page):
    blog, problems = arrange(post(categories=("News",)), categories_url_format=url_format)
    assert (blog.taxonomy("category").pagename, pages(blog, "category")["News"]) == (overview, page)
    assert problems == ()


def test_a_format_that_leaves_the_site_is_reported_and_replaced():
    blog, problems = arrange(post(categories=("News",)), categories_url_format="../../{slug}")
    assert {problem.subtype for problem in problems} == {Subtype.PERMALINK}
    assert blog.taxonomy("category").pagename == "blog/category/index"
    assert pages(blog, "category")["News"].startswith("blog/category/")


def test_a_page_that_somebody_wrote_is_the_head_of_the_list():
    blog, problems = arrange(
        post(categories=("News", "How to")), documents=["blog/category/News", "blog/category/how-to/index", "index"]
    )
    assert pages(blog, "category") == {"News": "blog/category/News", "How to": "blog/category/how-to/index"}
    assert problems == ()


def test_a_written_page_is_the_head_of_one_list_only():
    blog, _ = arrange(
        post("a", "2024-01-01", categories=("C",)), post("b", categories=("C++",)), documents=["blog/category/c"]
    )
    assert pages(blog, "category") == {"C": "blog/category/c", "C++": "blog/category/c-2"}


@pytest.mark.parametrize(
    ("item", "options", "page"),
    [
        (post("news", categories=("News",)), {"categories_url_format": "{slug}"}, "blog/news-2"),
        (post("x", docname="blog/category/news/index", categories=("News",)), {}, "blog/category/news-2"),
        (post("x", categories=("2024",)), {"archive_url_format": "{date}", "categories_url_format": "{slug}"}, None),
    ],
)
def test_a_list_does_not_take_the_address_of_something_else(item, options, page):
    blog, problems = arrange(item, documents=["blog/index"], **options)
    taken = [blog.index, *blog.by_docname, *pages(blog, "category").values(), *pages(blog, "archive").values()]
    assert len({url_key(pagename) for pagename in taken}) == len(taken)
    assert page is None or list(pages(blog, "category").values()) == [page]
    assert [problem.subtype for problem in problems] == [Subtype.DUPLICATE]


LABELS = st.lists(
    st.sampled_from(["C", "C++", "c", "!!!", "???", "2024", "index", "", "a", "A b", "a-b", "page", "../x"]), max_size=4
)


@given(
    st.lists(st.tuples(LABELS, LABELS), max_size=6),
    st.sampled_from(["category/{slug}", "{slug}", "tag/{slug}", "x"]),
    st.sampled_from(["archive/{date}", "{date}", "tag/{date}"]),
)
def test_no_two_lists_share_a_page_and_every_label_has_one(labels, categories_url_format, archive_url_format):
    items = [
        post(f"p{number}", f"2024-01-{number + 1:02}", categories=tuple(categories), tags=tuple(tags))
        for number, (categories, tags) in enumerate(labels)
    ]
    blog, _ = arrange(*items, categories_url_format=categories_url_format, archive_url_format=archive_url_format)
    listed = [collection.pagename for taxonomy in blog.taxonomies for collection in taxonomy.collections]
    all_pages = [blog.index, *blog.by_docname, *(taxonomy.pagename for taxonomy in blog.taxonomies), *listed]
    assert len({url_key(pagename) for pagename in all_pages}) == len(all_pages)
    for item, kind in itertools.product(items, ("category", "tag")):
        names = item.front_matter.categories if kind == "category" else item.front_matter.tags
        shown = blog.collections_of(item, kind)
        assert all(any(blog.taxonomy(kind).find(name) is collection for collection in shown) for name in names)
        assert all(item.key in collection.posts for collection in shown)
