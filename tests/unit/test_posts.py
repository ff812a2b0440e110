"""From sources to posts: visibility, authors and permalinks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from babel.core import Locale

from sphinxext.newsroom.config.options import Options
from sphinxext.newsroom.content.posts import build_posts, is_url
from sphinxext.newsroom.content.scanner import Source
from sphinxext.newsroom.content.url_registry import UrlRegistry
from sphinxext.newsroom.models import Author, Dates, FrontMatter
from sphinxext.newsroom.problems import Problem, Subtype
from sphinxext.newsroom.utils.file_names import file_order
from tests.unit.samples import EN, day

if TYPE_CHECKING:
    from sphinxext.newsroom.content.posts import PostSet

NOW = day("2024-06-18T12:00")


def source(
    path: str = "blog/posts/a.md", created: str | None = "2024-01-31", slug_title: str = "A post", **keys: Any
) -> Source:
    dates = Dates(created=day(created)) if created else None
    problems = keys.pop("problems", ())
    return Source(
        path=path,
        front_matter=FrontMatter(dates=dates, **keys),
        slug_title=slug_title,
        title=slug_title,
        has_heading=True,
        problems=problems,
    )


def make(*sources: Source, own: dict[str, str] | None = None, **given: Any) -> PostSet:
    options = {name: value for name, value in given.items() if name in Options.model_fields}
    return build_posts(
        {item.path: item for item in sources},
        own_docnames=own or {},
        options=Options(**options),
        authors=given.get("known", {}),
        authors_file="blog/.authors.yml",
        venues={},
        venues_file="blog/venues.yml",
        url_registry=UrlRegistry(given.get("taken", ["index", "blog/index"])),
        locale=given.get("locale", EN),
        now=NOW,
        show_drafts=given.get("show_drafts", False),
        locate=lambda _path, key, _item=None: {"authors": 3, "categories": 4}.get(key),
    )


def permalink_of(item: Source, **options: Any) -> str:
    [post] = make(item, **options).posts
    return post.docname


# -- URLs


@pytest.mark.parametrize(
    ("keys", "options", "docname"),
    [
        ({}, {}, "blog/2024/01/31/a-post"),
        ({"slug": "My Slug/deep"}, {}, "blog/2024/01/31/My Slug/deep"),
        ({"slug": "/x/"}, {}, "blog/2024/01/31/x"),
        ({"slug": "../x"}, {}, "blog/2024/01/x"),
        ({"slug": "index"}, {}, "blog/2024/01/31/index"),
        ({"slug": "README"}, {}, "blog/2024/01/31/index"),
        ({"slug_title": "!!!"}, {}, "blog/2024/01/31"),
        ({"slug_title": "你好\uff0c世界"}, {}, "blog/2024/01/31/你好世界"),
        ({}, {"blog_dir": "."}, "2024/01/31/a-post"),
        ({}, {"blog_dir": "docs/news"}, "docs/news/2024/01/31/a-post"),
        ({}, {"post_url_format": "{slug}"}, "blog/a-post"),
        ({}, {"post_url_format": "/{date}/"}, "blog/2024/01/31"),
        ({}, {"post_url_date_format": "yyyy"}, "blog/2024/a-post"),
        ({}, {"post_url_date_format": "long"}, "blog/January 31, 2024/a-post"),
        ({}, {"post_slugify_separator": "_"}, "blog/2024/01/31/a_post"),
        ({"path": "blog/posts/My File.md"}, {"post_url_format": "{file}"}, "blog/My File"),
        ({"path": "blog/posts/v1.2.md"}, {"post_url_format": "{file}"}, "blog/v1.2"),
        ({"path": "blog/posts/trip/README.md"}, {"post_url_format": "{date}/{file}"}, "blog/2024/01/31/index"),
        ({"categories": ("How to", "B")}, {"post_url_format": "{categories}/{slug}"}, "blog/how-to/a-post"),
        (
            {"categories": ("How to", "B", "C")},
            {"post_url_format": "{categories}/{slug}", "post_url_max_categories": 2},
            "blog/how-to/b/a-post",
        ),
        (
            {"categories": ("A",)},
            {"post_url_format": "{categories}/{slug}", "post_url_max_categories": 0},
            "blog/a-post",
        ),
        ({"categories": ("A",)}, {"post_url_format": "{categories}/{slug}", "categories": False}, "blog/a-post"),
        ({}, {"post_url_format": "{date}/{categories}/{slug}"}, "blog/2024/01/31/a-post"),
    ],
)
def test_an_address_follows_the_format(keys, options, docname):
    assert permalink_of(source(**keys), **options) == docname


def test_dates_in_addresses_follow_the_language():
    options = {"post_url_date_format": "LLLL", "locale": Locale("cs")}
    assert permalink_of(source(), **options) == "blog/leden/a-post"


def test_the_date_in_an_address_is_that_of_the_writers_time_zone():
    assert permalink_of(source(created="2023-12-30T23:30:00+02:00")) == "blog/2023/12/30/a-post"


@pytest.mark.parametrize(
    ("keys", "docname"),
    [
        ({"slug": "../../../../../x"}, "blog/2024/01/31/a"),
        ({"slug": "a\x00b"}, "blog/2024/01/31/a"),
        ({"slug": "it's", "path": "blog/posts/it's.md"}, "blog/2024/01/31/it-s"),
        ({"slug": "é" * 200}, "blog/2024/01/31/a"),
    ],
)
def test_an_address_that_cannot_be_used_is_reported_and_replaced(keys, docname):
    made = make(source(**keys))
    assert [post.docname for post in made.posts] == [docname]
    [problem] = made.problems
    assert problem.subtype is Subtype.PERMALINK
    assert f"{docname!r} is used instead" in problem.message


def test_two_posts_never_share_an_address_and_the_older_one_keeps_it():
    made = make(
        source("blog/posts/new.md", slug="x", created="2024-01-31T12:00"), source("blog/posts/old.md", slug="x")
    )
    assert {post.path: post.docname for post in made.posts} == {
        "blog/posts/old.md": "blog/2024/01/31/x",
        "blog/posts/new.md": "blog/2024/01/31/x-2",
    }
    [problem] = made.problems
    assert (problem.subtype, problem.path) == (Subtype.DUPLICATE, "blog/posts/new.md")
    assert "that of 'blog/posts/old.md' already; this post is at 'blog/2024/01/31/x-2'" in problem.message


def test_a_post_does_not_take_the_address_of_a_page():
    made = make(source(slug="About"), post_url_format="{slug}", taken=["blog/about"])
    assert [post.docname for post in made.posts] == ["blog/About-2"]
    assert [problem.subtype for problem in made.problems] == [Subtype.DUPLICATE]


def test_a_post_does_not_take_the_address_of_the_index():
    assert permalink_of(source(slug="."), post_url_format="{slug}") == "blog-2"


def test_posts_that_keep_their_own_docnames_have_them():
    made = make(source("about/news.md", slug="x"), own={"about/news.md": "about/news"})
    assert [post.docname for post in made.posts] == ["about/news"]


# -- What is shown


FUTURE, PAST = "2024-06-19", "2024-01-31"


@pytest.mark.parametrize(
    ("draft", "created", "hold_back", "state"),
    [
        (None, PAST, False, "published"),
        (None, PAST, True, "published"),
        (None, FUTURE, False, "published"),
        (None, FUTURE, True, "scheduled"),
        (False, PAST, False, "published"),
        (False, FUTURE, False, "published"),
        (False, FUTURE, True, "published"),
        (True, PAST, False, "draft"),
        (True, PAST, True, "draft"),
        (True, FUTURE, True, "draft"),
        (None, None, False, "draft"),
        (False, None, False, "draft"),
        (True, None, False, "draft"),
    ],
)
def test_drafts_and_scheduled_posts_are_seen_only_on_demand(draft, created, hold_back, state):
    item = source(draft=draft, created=created)
    made = make(item, draft_if_future_date=hold_back)
    assert (len(made.posts), set(made.unpublished)) == ((1, set()) if state == "published" else (0, {item.path}))
    shown = make(item, draft_if_future_date=hold_back, show_drafts=True)
    assert [post.state for post in shown.posts] == [state]
    assert shown.unpublished == frozenset()


@pytest.mark.parametrize(
    ("created", "state"),
    [
        ("2024-06-18T12:00:00", "published"),
        ("2024-06-18T12:00:01", "scheduled"),
        ("2024-06-18", "published"),
        ("2024-06-18T14:30:00+03:00", "published"),
        ("2024-06-18T12:30:00+00:30", "published"),
        ("2024-06-18T11:30:00-01:00", "scheduled"),
    ],
)
def test_a_post_is_held_back_until_the_very_moment(created, state):
    [post] = make(source(created=created), draft_if_future_date=True, show_drafts=True).posts
    assert post.state == state


@pytest.mark.parametrize(("created", "state"), [(FUTURE, "scheduled"), (PAST, "published"), (None, "draft")])
def test_posts_declared_ablogs_way_keep_ablogs_rules(created, state):
    item = source("a.md", created=created)
    [post] = make(item, own={"a.md": "a"}, show_drafts=True).posts
    assert post.state == state
    assert post.created == (day(created) if created else NOW)


def test_the_mistakes_of_hidden_posts_are_told_too():
    problem = Problem(subtype=Subtype.FRONT_MATTER, message="m", path="blog/posts/a.md", line=2)
    made = make(
        source(draft=True, problems=(problem,), authors=("nobody",), categories=("x",)), categories_allowed=("y",)
    )
    assert made.problems == (problem,)


# -- Authors and categories


def test_authors_are_found_in_their_order():
    known = {"t": Author(id="t", name="Training team"), "r": Author(id="r", name="Release team")}
    made = make(source(authors=("r", "t")), known=known)
    assert [author.name for author in made.posts[0].authors] == ["Release team", "Training team"]
    assert made.problems == ()


def test_an_unknown_author_is_reported_with_the_line_and_kept():
    made = make(source(authors=("trainng",)), known={"training": Author(id="training", name="Training team")})
    [problem] = made.problems
    assert (problem.subtype, problem.path, problem.line) == (Subtype.AUTHOR, "blog/posts/a.md", 3)
    assert "Did you mean 'training'?" in problem.message
    assert [author.name for author in made.posts[0].authors] == ["trainng"]


def test_without_authors_nobody_is_looked_for():
    made = make(source(authors=("nobody",)), authors=False)
    assert (made.posts[0].authors, made.problems) == ((), ())


@pytest.mark.parametrize(
    ("options", "reported"),
    [
        ({}, []),
        ({"categories_allowed": ("News", "Events")}, ["Newz"]),
        ({"categories_allowed": ("News", "Events"), "categories": False}, []),
    ],
)
def test_a_category_that_is_not_allowed_is_reported(options, reported):
    made = make(source(categories=("News", "Newz")), **options)
    assert len(made.problems) == len(reported)
    for problem, name in zip(made.problems, reported, strict=True):
        assert (problem.subtype, problem.line) == (Subtype.CATEGORY, 4)
        assert problem.message.startswith(f"category {name!r} is not allowed; ")
        assert problem.message.endswith(" Did you mean 'News'?")


def test_two_spellings_of_a_category_are_told_once():
    made = make(
        source("a.md", categories=("Foo Bar",)),
        source("b.md", categories=("foo bar", "C")),
        source("c.md", categories=("foo bar", "C++")),
        source("d.md", categories=("Foo Bar", "Foo Bar")),
        source("e.md", categories=("Foo Bar",)),
    )
    [problem] = [problem for problem in made.problems if problem.subtype is Subtype.CATEGORY]
    assert (problem.path, problem.line) == ("b.md", 4)
    assert problem.message.startswith("category 'foo bar' is the same as 'Foo Bar', which a.md has;")


# -- Order


def test_files_are_in_the_order_of_mkdocs():
    names = ["b.md", "Z/c.md", "a.md", "B2.md", "Z/README.md", "index.md", "Z/a/x.md", "a10.md", "a2.md"]
    assert sorted(names, key=file_order) == [
        "index.md",
        "B2.md",
        "a.md",
        "a10.md",
        "a2.md",
        "b.md",
        "Z/README.md",
        "Z/c.md",
        "Z/a/x.md",
    ]


@pytest.mark.parametrize(
    ("target", "is_out"),
    [("https://a.example", True), ("mailto:a@b.example", True), ("a/b.md#x", False), ("#x", False), ("../a", False)],
)
def test_links_that_leave_the_site_have_a_scheme(target, is_out):
    assert is_url(target) == is_out


def test_a_target_that_is_no_address_at_all_leads_nowhere_else():
    assert not is_url("//[bad")
