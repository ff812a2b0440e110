"""Every setting of Material for MkDocs' blog plugin: what is set, where one looks, and what is there.

One site holds a blog for each row, so that all rows cost one build. What a setting refuses is in
``tests/unit/test_options.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from sphinxext.newsroom.config.options import default
from tests.conftest import Site, is_a_test, post

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

# -- The names and defaults of all of them

MATERIAL = {
    "enabled": True,
    "blog_dir": "blog",
    "blog_toc": False,
    "post_dir": "{blog}/posts",
    "post_date_format": "long",
    "post_url_date_format": "yyyy/MM/dd",
    "post_url_format": "{date}/{slug}",
    "post_url_max_categories": 1,
    "post_slugify": "pymdownx.slugs.slugify(case='lower')",
    "post_slugify_separator": "-",
    "post_excerpt": "optional",
    "post_excerpt_max_authors": 1,
    "post_excerpt_max_categories": 5,
    "post_excerpt_separator": "<!-- more -->",
    "post_readtime": True,
    "post_readtime_words_per_minute": 265,
    "archive": True,
    "archive_name": "Archive",
    "archive_date_format": "yyyy",
    "archive_url_date_format": "yyyy",
    "archive_url_format": "archive/{date}",
    "archive_pagination": None,
    "archive_pagination_per_page": None,
    "archive_toc": None,
    "categories": True,
    "categories_name": "Categories",
    "categories_url_format": "category/{slug}",
    "categories_slugify": "pymdownx.slugs.slugify(case='lower')",
    "categories_slugify_separator": "-",
    "categories_sort_by": "view_name",
    "categories_sort_reverse": False,
    "categories_allowed": [],
    "categories_pagination": None,
    "categories_pagination_per_page": None,
    "categories_toc": None,
    "authors": True,
    "authors_file": "{blog}/.authors.yml",
    "authors_profiles": False,
    "authors_profiles_name": "Authors",
    "authors_profiles_url_format": "author/{slug}",
    "authors_profiles_pagination": None,
    "authors_profiles_pagination_per_page": None,
    "authors_profiles_toc": None,
    "pagination": True,
    "pagination_per_page": 10,
    "pagination_url_format": "page/{page}",
    "pagination_format": "~2~",
    "pagination_template": "",
    "pagination_if_single_page": False,
    "pagination_keep_content": False,
    "draft": False,
    "draft_on_serve": True,
    "draft_if_future_date": False,
}
# Where ours is another: a page for each author does no harm, and the name of an author leads to it.
OTHER_DEFAULTS = {"authors_profiles": True}
# What is tested elsewhere.
ELSEWHERE = {
    "blog_dir": "tests/integration/test_several_blogs.py::test_the_blog_can_be_the_whole_site",
    "draft_on_serve": "tests/integration/test_material_behaviour.py::test_live_preview_shows_drafts_unless_it_is_told_not_to",
}

# -- The blog of a row

PEOPLE = """\
authors:
  training: {name: Training team, description: Courses, avatar: ''}
  release: {name: Release team, description: Releases, avatar: '', url: https://release.example/}
"""
FIRST = "# First post\n\nOpening.\n\n<!-- weiter -->\n\nMiddle.\n\n<!-- more -->\n\n" + "word " * 24 + "\n"
FILES = {
    "index.md": "# Journal\n\nWelcome.\n",
    ".authors.yml": PEOPLE,
    "people.yml": PEOPLE.replace("Training team", "Teachers"),
    "posts/First_File.md": post(FIRST, authors=["training", "release"], categories=["News", "How to", "Events"]),
    "posts/second.md": post("# Second post\n\nText.", date="2024-01-02", authors=["training"], categories=["News"]),
    "posts/third.md": post("# Third post\n\nText.", date="2023-05-01", categories=["How to"], readtime=7),
}
DRAFTS = {
    "posts/draft.md": post("# A draft\n\nText.", date="2022-01-01", draft=True),
    "posts/future.md": post("# The future\n\nText.", date="2030-01-01"),
}
ALL = ["First post", "Second post", "Third post"]
A_POST = "2024/06/18/first-post/"
PUBLISHED = "time.dt-published"
TITLES = ".newsroom-entry h2"
PAGER = ".newsroom-pagination a"
CONTENTS = ".sphinxsidebar a[href^='#post-']"
LABELS = ".newsroom-term a"
MINUTES = ".newsroom-minutes"
BY_COUNT = "material.plugins.blog.view_post_count"


@dataclass(frozen=True)
class Row:
    """A setting at work."""

    name: str
    options: dict[str, Any]
    url: str
    """Below the folder of the blog."""
    look: str
    """A selector, with ``@`` and an attribute if it is not the text that counts."""
    found: list[str] | None
    """None where there is no such page."""


ROWS = [
    # General
    Row("enabled", {"enabled": False}, "", TITLES, []),
    Row("enabled", {"enabled": False}, A_POST, "h1", None),
    Row("enabled", {"enabled": False}, "posts/second/", "h1", ["Second post"]),
    Row("blog_toc", {}, "", CONTENTS, []),
    Row("blog_toc", {"blog_toc": True}, "", CONTENTS, ALL),
    Row("blog_toc", {"blog_toc": True}, "archive/2024/", CONTENTS, ALL[:2]),
    # Posts
    Row("post_dir", {"post_dir": "{blog}-texts/new"}, "", TITLES, ALL),
    Row("post_date_format", {}, A_POST, PUBLISHED, ["June 18, 2024"]),
    Row("post_date_format", {"post_date_format": "short"}, A_POST, PUBLISHED, ["6/18/24"]),
    Row("post_date_format", {"post_date_format": "full"}, A_POST, PUBLISHED, ["Tuesday, June 18, 2024"]),
    Row("post_date_format", {"post_date_format": "d.M.yy HH:mm"}, A_POST, PUBLISHED, ["18.6.24 00:00"]),
    Row("post_url_date_format", {"post_url_date_format": "yyyy"}, "2024/first-post/", "h1", ["First post"]),
    Row("post_url_date_format", {"post_url_date_format": "long"}, "June 18, 2024/first-post/", "h1", ["First post"]),
    Row("post_url_format", {"post_url_format": "{slug}"}, "first-post/", "h1", ["First post"]),
    Row("post_url_format", {"post_url_format": "{date}/{file}"}, "2024/06/18/First_File/", "h1", ["First post"]),
    Row("post_url_format", {"post_url_format": "{categories}/{slug}"}, "news/first-post/", "h1", ["First post"]),
    Row(
        "post_url_max_categories",
        {"post_url_format": "{categories}/{slug}", "post_url_max_categories": 2},
        "news/how-to/first-post/",
        "h1",
        ["First post"],
    ),
    Row(
        "post_slugify",
        {"post_slugify": "pymdownx.slugs.slugify(case='none')"},
        "2024/06/18/First-post/",
        "h1",
        ["First post"],
    ),
    Row("post_slugify_separator", {"post_slugify_separator": "_"}, "2024/06/18/first_post/", "h1", ["First post"]),
    Row("post_excerpt", {"post_excerpt": "required"}, "", TITLES, ALL),
    Row("post_excerpt_max_authors", {}, "archive/2024/", ".p-author .p-name", ["Training team", "Training team"]),
    Row("post_excerpt_max_authors", {"post_excerpt_max_authors": 0}, "", ".p-author", []),
    Row(
        "post_excerpt_max_authors",
        {"post_excerpt_max_authors": 2},
        "",
        ".p-author .p-name",
        ["Training team", "Release team", "Training team"],
    ),
    Row("post_excerpt_max_categories", {}, "author/release/", ".p-category", ["News", "How to", "Events"]),
    Row("post_excerpt_max_categories", {"post_excerpt_max_categories": 0}, "", ".p-category", []),
    Row("post_excerpt_max_categories", {"post_excerpt_max_categories": 1}, "author/release/", ".p-category", ["News"]),
    Row("post_excerpt_separator", {}, "author/release/", ".newsroom-excerpt p", ["Opening.", "Middle."]),
    Row(
        "post_excerpt_separator",
        {"post_excerpt_separator": "<!-- weiter -->"},
        "author/release/",
        ".newsroom-excerpt p",
        ["Opening."],
    ),
    Row("post_readtime", {}, "", MINUTES, ["1 min read", "1 min read", "7 min read"]),
    Row("post_readtime", {"post_readtime": False}, "", MINUTES, ["7 min read"]),
    Row("post_readtime", {"post_readtime": False}, A_POST, MINUTES, []),
    Row("post_readtime", {"post_readtime": False}, "2023/05/01/third-post/", MINUTES, ["7 min read"]),
    Row("post_readtime_words_per_minute", {"post_readtime_words_per_minute": 14}, A_POST, MINUTES, ["3 min read"]),
    # Archive
    Row("archive", {}, "archive/", LABELS, ["2024", "2023"]),
    Row("archive", {"archive": False}, "archive/", LABELS, None),
    Row("archive", {"archive": False}, "archive/2024/", TITLES, None),
    Row("archive_name", {"archive_name": "When"}, "archive/", "h1", ["When"]),
    Row("archive_name", {"archive_name": "blog.archive"}, "archive/", "h1", ["Archive"]),
    Row("archive_date_format", {"archive_date_format": "MMMM yyyy"}, "archive/2024/", "h1", ["June 2024"]),
    Row(
        "archive_url_date_format",
        {"archive_date_format": "MMMM yyyy", "archive_url_date_format": "yyyy/MM"},
        "archive/2024/01/",
        "h1",
        ["January 2024"],
    ),
    Row("archive_url_format", {"archive_url_format": "{date}"}, "2024/", TITLES, ALL[:2]),
    Row("archive_pagination", {"pagination_per_page": 1}, "archive/2024/page/2/", TITLES, ["Second post"]),
    Row(
        "archive_pagination",
        {"pagination_per_page": 1, "archive_pagination": False},
        "archive/2024/",
        TITLES,
        ALL[:2],
    ),
    Row(
        "archive_pagination",
        {"pagination": False, "archive_pagination": True, "archive_pagination_per_page": 1},
        "archive/2024/",
        TITLES,
        ALL[:1],
    ),
    Row("archive_pagination_per_page", {"archive_pagination_per_page": 1}, "archive/2024/", TITLES, ALL[:1]),
    Row("archive_pagination_per_page", {"archive_pagination_per_page": 1}, "", TITLES, ALL),
    Row("archive_toc", {"archive_toc": True}, "archive/2024/", CONTENTS, ALL[:2]),
    Row("archive_toc", {"archive_toc": True}, "", CONTENTS, []),
    Row("archive_toc", {"blog_toc": True, "archive_toc": False}, "archive/2024/", CONTENTS, []),
    # Categories
    Row("categories", {}, "category/", LABELS, ["Events", "How to", "News"]),
    Row("categories", {"categories": False}, "category/", LABELS, None),
    Row("categories", {"categories": False}, A_POST, ".p-category", []),
    Row("categories_name", {"categories_name": "Topics"}, "category/", "h1", ["Topics"]),
    Row("categories_name", {"categories_name": "blog.categories"}, "category/", "h1", ["Categories"]),
    Row("categories_url_format", {"categories_url_format": "{slug}"}, "how-to/", TITLES, ["First post", "Third post"]),
    Row(
        "categories_slugify",
        {"categories_slugify": "pymdownx.slugs.slugify(case='none')"},
        "category/How-to/",
        "h1",
        ["How to"],
    ),
    Row("categories_slugify_separator", {"categories_slugify_separator": "_"}, "category/how_to/", "h1", ["How to"]),
    Row("categories_sort_by", {"categories_sort_by": BY_COUNT}, "category/", LABELS, ["Events", "How to", "News"]),
    Row(
        "categories_sort_reverse", {"categories_sort_reverse": True}, "category/", LABELS, ["News", "How to", "Events"]
    ),
    Row(
        "categories_sort_reverse",
        {"categories_sort_by": BY_COUNT, "categories_sort_reverse": True},
        "category/",
        LABELS,
        ["How to", "News", "Events"],
    ),
    Row(
        "categories_allowed",
        {"categories_allowed": ["News", "How to"]},
        "category/",
        LABELS,
        ["Events", "How to", "News"],
    ),
    Row("categories_pagination", {"pagination_per_page": 1}, "category/news/page/2/", TITLES, ["Second post"]),
    Row(
        "categories_pagination",
        {"pagination_per_page": 1, "categories_pagination": False},
        "category/news/",
        TITLES,
        ALL[:2],
    ),
    Row("categories_pagination_per_page", {"categories_pagination_per_page": 1}, "category/news/", TITLES, ALL[:1]),
    Row("categories_toc", {"categories_toc": True}, "category/news/", CONTENTS, ALL[:2]),
    Row("categories_toc", {"categories_toc": True}, "archive/2024/", CONTENTS, []),
    # Authors
    Row("authors", {"authors": False}, A_POST, ".p-author", []),
    Row("authors", {"authors": False}, "author/", LABELS, None),
    Row(
        "authors_file", {"authors_file": "{blog}/people.yml"}, A_POST, ".p-author .p-name", ["Teachers", "Release team"]
    ),
    Row(
        "authors_profiles",
        {},
        A_POST,
        ".p-author a@href",
        ["../../../../author/training/", "../../../../author/release/"],
    ),
    Row("authors_profiles", {"authors_profiles": False}, A_POST, ".p-author a@href", ["https://release.example/"]),
    Row(
        "authors_profiles", {"authors_profiles": False}, A_POST, ".p-author .p-name", ["Training team", "Release team"]
    ),
    Row("authors_profiles", {"authors_profiles": False}, "author/training/", TITLES, None),
    Row("authors_profiles", {"authors_profiles": True, "authors": False}, "author/training/", TITLES, None),
    Row("authors_profiles_name", {"authors_profiles_name": "People"}, "author/", "h1", ["People"]),
    Row("authors_profiles_name", {"authors_profiles_name": "blog.authors"}, "author/", "h1", ["Authors"]),
    Row(
        "authors_profiles_url_format",
        {"authors_profiles_url_format": "by/{slug}"},
        "by/training/",
        TITLES,
        ALL[:2],
    ),
    Row(
        "authors_profiles_url_format",
        {"authors_profiles_url_format": "by/{name}"},
        "by/Training team/",
        TITLES,
        ALL[:2],
    ),
    Row("authors_profiles_pagination", {"pagination_per_page": 1}, "author/training/page/2/", TITLES, ["Second post"]),
    Row(
        "authors_profiles_pagination",
        {"pagination_per_page": 1, "authors_profiles_pagination": False},
        "author/training/",
        TITLES,
        ALL[:2],
    ),
    Row(
        "authors_profiles_pagination_per_page",
        {"authors_profiles_pagination_per_page": 1},
        "author/training/",
        TITLES,
        ALL[:1],
    ),
    Row("authors_profiles_toc", {"authors_profiles_toc": True}, "author/training/", CONTENTS, ALL[:2]),
    # Pagination
    Row("pagination", {"pagination": False, "pagination_per_page": 1}, "", TITLES, ALL),
    Row("pagination", {"pagination": False, "pagination_per_page": 1}, "page/2/", TITLES, None),
    Row("pagination_per_page", {"pagination_per_page": 1}, "", TITLES, ["First post"]),
    Row("pagination_per_page", {"pagination_per_page": 1}, "page/3/", TITLES, ["Third post"]),
    Row("pagination_per_page", {"pagination_per_page": 1}, "page/1/", TITLES, None),
    Row(
        "pagination_url_format", {"pagination_per_page": 1, "pagination_url_format": "p{page}"}, "p2/", TITLES, ALL[1:2]
    ),
    Row(
        "pagination_format", {"pagination_per_page": 1}, "page/2/", PAGER, ["Newer posts", "1", "2", "3", "Older posts"]
    ),
    Row(
        "pagination_format",
        {"pagination_per_page": 1, "pagination_format": "~0~"},
        "",
        ".newsroom-pagination li",
        ["1", "…", "3", "Older posts"],
    ),
    Row(
        "pagination_format",
        {"pagination_per_page": 1, "pagination_format": "$page of $page_count"},
        "page/2/",
        PAGER,
        ["Newer posts", "Older posts"],
    ),
    Row(
        "pagination_template",
        {"pagination_per_page": 1, "pagination_template": "~0~"},
        "",
        ".newsroom-pagination li",
        ["1", "…", "3", "Older posts"],
    ),
    Row("pagination_if_single_page", {}, "", ".newsroom-pagination", []),
    Row("pagination_if_single_page", {"pagination_if_single_page": True}, "", PAGER, ["1"]),
    Row("pagination_keep_content", {"pagination_per_page": 1}, "page/2/", ".newsroom-list h1", ["Journal"]),
    Row("pagination_keep_content", {"pagination_per_page": 1}, "page/2/", ".newsroom-intro", []),
    Row(
        "pagination_keep_content",
        {"pagination_per_page": 1, "pagination_keep_content": True},
        "page/2/",
        ".newsroom-intro p",
        ["Welcome."],
    ),
    # Drafts, in blogs that have some
    Row("draft", {"draft": False}, "", TITLES, ["The future", *ALL]),
    Row("draft", {"draft": True}, "", TITLES, ["The future", *ALL, "A draft"]),
    Row("draft", {"draft": True}, "", ".newsroom-status", ["Draft"]),
    Row("draft_if_future_date", {"draft_if_future_date": True}, "", TITLES, ALL),
    Row(
        "draft_if_future_date",
        {"draft_if_future_date": True, "draft": True},
        "",
        ".newsroom-status",
        ["Scheduled", "Draft"],
    ),
]
# What is said, and of which file of the blog.
SAID = [
    (
        "post_excerpt",
        {"post_excerpt": "required"},
        "posts/second.md",
        "the post has no excerpt marker; expected '<!-- more -->'",
    ),
    (
        "post_excerpt",
        {"post_excerpt": "required"},
        "posts/third.md",
        "the post has no excerpt marker; expected '<!-- more -->'",
    ),
    (
        "categories_allowed",
        {"categories_allowed": ["News", "How to"]},
        "posts/First_File.md",
        "category 'Events' is not allowed; newsroom_categories_allowed has 'News', 'How to'.",
    ),
]
RENAMED = "newsroom_pagination_template is now called newsroom_pagination_format; its value is used."


def folder(options: dict[str, Any]) -> str:
    """Return the folder of the blog that has these options."""
    different = list({repr(row.options): None for row in ROWS})
    return f"b{different.index(repr(options)):02}"


def files(options: dict[str, Any]) -> dict[str, str]:
    own = FILES | (DRAFTS if any(name.startswith("draft") for name in options) else {})
    posts = options.get("post_dir", "{blog}/posts").format(blog=folder(options)) + "/"
    return {
        posts + name.removeprefix("posts/") if name.startswith("posts/") else f"{folder(options)}/{name}": text
        for name, text in own.items()
    }


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Return a site with a blog for each row."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1790000000")
        different = list({repr(row.options): row.options for row in ROWS}.values())
        conf = {
            "html_theme": "basic",
            "newsroom_feed": False,
            "newsroom_blogs": [{"blog_dir": folder(options), **options} for options in different],
            "suppress_warnings": ["toc.not_included"],
        }
        made = Site(folder=tmp_path_factory.mktemp("settings"), conf=conf)
        made.write({"conf.py": "", "index.md": "# Home\n"})
        for options in different:
            made.write(dict(files(options)))
        return made.build()


@pytest.fixture(scope="module")
def page(built):
    """Return a function that reads a page, each once."""
    read: dict[str, BeautifulSoup] = {}

    def soup(url: str) -> BeautifulSoup:
        if url not in read:
            read[url] = built.soup(url)
        return read[url]

    return soup


@pytest.mark.parametrize("row", ROWS, ids=[f"{row.name}-{number}" for number, row in enumerate(ROWS)])
def test_a_setting_does_what_it_says(built, page, row):
    url = f"{folder(row.options)}/{row.url}"
    if row.found is None:
        assert not built.file(url).is_file()
        return
    selector, _, attribute = row.look.partition("@")
    elements = page(url).select(selector)
    shown = [e[attribute] if attribute else e.get_text(" ", strip=True).removesuffix("¶").strip() for e in elements]
    assert shown == row.found


@pytest.mark.parametrize(("name", "options", "path", "words"), SAID)
def test_a_setting_that_forbids_something_says_so(built, name, options, path, words):
    assert any(f"{folder(options)}/{path}:" in warning and words in warning for warning in built.warnings), name


def test_nothing_else_is_said(built):
    assert len(built.warnings) == len(SAID) + 1
    assert any(RENAMED in warning for warning in built.warnings)


def test_every_setting_is_in_the_table():
    assert {row.name for row in ROWS} | set(ELSEWHERE) == set(MATERIAL)
    assert len(MATERIAL) == 53
    assert all(is_a_test(test) for test in ELSEWHERE.values())


@pytest.mark.parametrize("name", MATERIAL)
def test_a_default_is_that_of_material(name):
    assert default(name) == OTHER_DEFAULTS.get(name, MATERIAL[name])
