"""What posts and pages written for Material for MkDocs do: one site, and a row for each thing to see in it.

Where Material has a defect, the row has what should be there. What needs no build is tested in ``tests/unit``;
``ELSEWHERE`` says where.
"""

from __future__ import annotations

import json
from typing import NamedTuple

import pytest

from tests.conftest import Site, is_a_test, post

PEOPLE = """\
authors:
  training: {name: Training team, description: Courses, avatar: img/team.svg}
  release: {name: Release team, description: Releases, avatar: '', url: https://release.example/}
  ghost: {name: Nobody yet, description: None, avatar: ''}
"""
FOOTNOTES = "# Notes\n\nA claim.[^1]\n\n<!-- more -->\n\nThe rest.\n\n[^1]: The source.\n"
LINKS = """\
---
date: 2024-03-01
links:
  - Start: index.md#section-a
  - about.md
---

# Linked
"""
FILES: dict[str, str | bytes | None] = {
    "conf.py": "",
    "index.md": "# Home\n\n## Section A\n\n```{toctree}\nblog/index\nabout\n```\n",
    "about.md": "---\nsubtitle: For everybody\n---\n\n# About\n",
    "img/team.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "_templates/newsroom/plain.html": "<p class='plain'>{{ view.title }}</p>\n",
    # Pages with the path of a list
    "blog/index.md": '---\ndescription: All "news"\nhide: [navigation]\n---\n\n# Journal\n\nWelcome.\n',
    "blog/category/foo.md": "---\ntitle: Food & drink\ndescription: What we eat\n---\n\nAbout it.\n",
    "blog/category/bar.md": "---\ntemplate: main.html\n---\n\n# Bars\n",
    "blog/category/unused.md": "---\norphan: true\n---\n\n# Unused\n",
    "blog/author/training.md": "# The trainers\n\nWho we are.\n",
    "blog/archive/2023.md": "---\ntemplate: newsroom/plain.html\n---\n\n# Long ago\n",
    "blog/posts-old/x.md": "---\norphan: true\n---\n\n# Old page\n",
    "blog/.authors.yml": PEOPLE,
    # Posts
    "blog/posts/title.md": post("# In the text\n\nText.", title="From above", categories=["Foo"]),
    "blog/posts/described.md": post("# Described\n\nText.", description="'Multi \"q\" <b>'"),
    "blog/posts/plain.md": post("# Plain\n\nText.", template="newsroom/plain.html"),
    "blog/posts/usual.md": post("# Usual\n\nText.", template="blog-post.html"),
    "blog/posts/misspelt.md": post("# Misspelt\n\nText.", template="newsroom/plian.html", categories=["Bar"]),
    "blog/posts/foreign.md": post("# Foreign\n\nText.", template="main.html"),
    "blog/posts/odd.md": post("# Odd\n\nText.", slug="Ünï Code"),
    "blog/posts/notes.md": post(FOOTNOTES),
    "blog/posts/code.md": post("# Code\n\n```html\n<!-- more -->\n```\n\nThe end."),
    "blog/posts/late.md": post("<!-- more -->\n\n# Late title\n\nText."),
    "blog/posts/end.md": post("# End\n\nText.\n\n<!-- more -->\n"),
    "blog/posts/two.md": post("# Two\n\nOne.\n\n# Second heading\n\nTwo."),
    "blog/posts/link.md": post("# Some [link](https://x.example/) here\n\nText."),
    "blog/posts/hiding.md": post(
        "# Hiding\n\n## Part\n\nText.", hide=["tags", "footer", "toc", "nothing"], tags=["seen"]
    ),
    "blog/posts/showing.md": post(
        "# Showing\n\n## Part\n\n### Detail\n\nText.", tags=["seen"], authors=["training", "release"]
    ),
    "blog/posts/linked.md": LINKS,
    "blog/posts/unsearched.md": post("# Unsearched\n\nXylophone.", search="{exclude: true, boost: 2}"),
    "blog/posts/draft.md": post(
        "# Draft\n\nText.", draft=True, tags=["secret"], authors=["ghost"], categories=["Never"]
    ),
    "blog/posts/leads.md": post("# Leads\n\nTo the [draft](draft.md)."),
    "blog/posts/folder/.meta.yml": "draft: true\n",
    "blog/posts/folder/inherits.md": post("# Inherits\n\nText."),
    "blog/posts/folder/overrides.md": post("# Overrides\n\nText.", draft=False),
    "blog/posts/2023/my-posts.png": b"\x89PNG",
    "blog/posts/2023/dates.md": post(
        "# Dates\n\nText.",
        date="{created: 2023-12-30 23:30:00+02:00, updated: 2024-02-01, reviewed: 2024-03-01}",
        pin=True,
    ),
}
CONF = {
    "html_title": "Node",
    "templates_path": ["_templates"],
    "newsroom_post_url_format": "{slug}",
    "newsroom_pagination_per_page": 30,
    "newsroom_archive_pagination_per_page": 5,
    "newsroom_post_excerpt_max_authors": 2,
    "newsroom_post_excerpt_max_tags": 5,
}
LIST = ".newsroom-entry h2 a"


class Row(NamedTuple):
    """Something to see."""

    part: str
    """The part of the behaviour that it belongs to."""
    what: str
    url: str
    look: str
    """A selector, with ``@`` and an attribute if it is not the text that counts."""
    found: list[str] | None
    """None where there is no such page."""


def entry(docname: str) -> str:
    """Return the selector of a post in a list."""
    return f".newsroom-entry:has([href$='{docname}'])"


ROWS = [
    # Which files are posts
    Row("posts", "a folder whose name begins alike holds no posts", "blog/posts-old/x/", "h1", ["Old page"]),
    # Front matter
    Row(
        "title",
        "the front matter makes the address and names the page",
        "blog/from-above/",
        "title",
        ["From above — Node"],
    ),
    Row(
        "title",
        "the front matter has the title of the page (in Material the heading)",
        "blog/from-above/",
        "h1",
        ["From above"],
    ),
    Row("title", "and of lists", "blog/category/foo/", LIST, ["From above"]),
    Row("title", "a link in it does not nest", "blog/", f"{entry('some-linkhttpsxexample-here/')} h2 a a", []),
    Row("description", "is escaped", "blog/described/", "meta[name=description]@content", ['Multi "q" <b>']),
    Row("template", "one of the site's own", "blog/plain/", ".plain", ["Plain"]),
    Row("template", "Material's own name of the usual one", "blog/usual/", ".newsroom-post h1", ["Usual"]),
    Row("template", "a misspelt one leaves the usual one", "blog/misspelt/", ".newsroom-post h1", ["Misspelt"]),
    Row("template", "one of the theme's leaves the usual one", "blog/foreign/", ".newsroom-post h1", ["Foreign"]),
    Row("dates", "a time zone is kept", "blog/dates/", "time.dt-published@datetime", ["2023-12-30T23:30:00+02:00"]),
    Row("dates", "the day is that of the writer", "blog/dates/", "time.dt-published", ["December 30, 2023"]),
    Row("dates", "a post tells when it was updated", "blog/dates/", "time.dt-updated", ["February 1, 2024"]),
    # URLs
    Row("addresses", "are written as URLs need them", "blog/", "a[href*=Code]@href", ["../blog/%C3%9Cn%C3%AF%20Code/"]),
    Row("addresses", "and are what was asked for on disk", "blog/Ünï Code/", "h1", ["Odd"]),
    # Excerpts
    Row("excerpt", "a marker in a code block is none", "blog/", f"{entry('code/')} .newsroom-more", []),
    Row("excerpt", "a marker in a code block is shown", "blog/", f"{entry('code/')} .highlight", ["<!-- more -->"]),
    Row("excerpt", "a marker at the end leads nowhere", "blog/", f"{entry('end/')} .newsroom-more", []),
    Row("excerpt", "a marker on top leaves the title", "blog/", f"{entry('late/')} .newsroom-excerpt", []),
    Row("excerpt", "a marker on top takes no title away", "blog/late/", "h1", ["Late title"]),
    Row(
        "excerpt",
        "further headings stand below the title",
        "blog/",
        f"{entry('two/')} .newsroom-excerpt h2",
        ["Second heading"],
    ),
    Row(
        "excerpt",
        "a footnote leads to the page of the post",
        "blog/",
        f"{entry('notes/')} .newsroom-excerpt a@href",
        ["../blog/notes/#id2"],
    ),
    Row(
        "excerpt",
        "footnotes stand behind the marker",
        "blog/",
        f"{entry('notes/')} .newsroom-excerpt p",
        ["A claim. [ 1 ]"],
    ),
    Row("excerpt", "shows the date of a change", "blog/", f"{entry('dates/')} .dt-updated", ["February 1, 2024"]),
    Row("excerpt", "shows tags", "blog/", f"{entry('showing/')} .newsroom-tags a", ["seen"]),
    Row(
        "excerpt",
        "links to continue differ",
        "blog/",
        ".newsroom-more a",
        ["Continue reading – Late title", "Continue reading – Notes"],
    ),
    # Drafts
    Row("draft", "a draft has no page", "blog/draft/", "h1", None),
    Row("draft", "its categories have no page", "blog/category/never/", "h1", None),
    Row("draft", "its authors have no page", "blog/author/ghost/", "h1", None),
    Row("draft", "is inherited from a folder", "blog/inherits/", "h1", None),
    Row("draft", "false in the post wins over its folder", "blog/overrides/", "h1", ["Overrides"]),
    # Lists
    Row("pin", "a pinned post stands first", "blog/", LIST, ["Dates"]),
    Row("pin", "and is marked in words", "blog/", ".newsroom-pin", ["Pinned"]),
    Row("pin", "but not first in time", "blog/linked/", "link[rel=prev]@href", ["../dates/"]),
    Row("archive", "is newest first whatever is pinned", "blog/archive/", ".newsroom-term a", ["2024", "Long ago"]),
    Row(
        "pages",
        "name the list and the number",
        "blog/archive/2024/page/2/",
        "title",
        ["2024 – page 2 — Node"],
    ),
    Row("pages", "lead to each other", "blog/archive/2024/page/2/", "link[rel=next]@href", ["../3/"]),
    Row(
        "pages",
        "are addresses of their own",
        "blog/archive/2024/page/2/",
        "link[rel=canonical]@href",
        ["https://node.example/blog/archive/2024/page/2/"],
    ),
    Row("pages", "page 1 stands nowhere else", "blog/archive/2024/page/1/", "h1", None),
    # Pages with the path of a list
    Row("written", "the text stands above the list", "blog/category/foo/", ".newsroom-intro p", ["About it."]),
    Row(
        "written",
        "its title is the name of the category",
        "blog/category/",
        ".newsroom-term a",
        ["Bars", "Food & drink"],
    ),
    Row("written", "on posts too", "blog/from-above/", ".p-category", ["Food & drink"]),
    Row("written", "without a heading, the title is one", "blog/category/foo/", "h1", ["Food & drink"]),
    Row("written", "it names the page", "blog/category/foo/", "title", ["Food & drink — Node"]),
    Row("written", "it describes the page", "blog/category/foo/", "meta[name=description]@content", ["What we eat"]),
    Row("written", "without a post it is an ordinary page", "blog/category/unused/", ".newsroom", []),
    Row("written", "an author's page", "blog/author/training/", ".newsroom-intro p", ["Who we are."]),
    Row("written", "an author's posts below it", "blog/author/training/", LIST, ["Showing"]),
    Row("written", "its template", "blog/archive/2023/", ".plain", ["Long ago"]),
    Row("written", "a template that is none", "blog/category/bar/", LIST, ["Misspelt"]),
    Row("written", "the index describes itself", "blog/", "meta[name=description]@content", ['All "news"']),
    # Related links
    Row(
        "links",
        "to a place on the home page",
        "blog/linked/",
        ".newsroom-links a@href",
        ["../../#section-a", "../../about/"],
    ),
    Row(
        "links",
        "show the subtitle of their target",
        "blog/linked/",
        ".newsroom-links small",
        ["Section A", "For everybody"],
    ),
    # hide
    Row("hide", "tags", "blog/hiding/", ".newsroom-tags", []),
    Row("hide", "tags are shown otherwise", "blog/showing/", ".newsroom-tags a", ["seen"]),
    Row("hide", "footer", "blog/hiding/", ".newsroom-prev-next", []),
    Row("hide", "toc", "blog/hiding/", "#pst-secondary-sidebar .page-toc", []),
    Row("hide", "toc is shown otherwise", "blog/showing/", "#pst-secondary-sidebar .toc-entry > a", ["Part", "Detail"]),
    Row("hide", "navigation, on a list", "blog/", "#pst-primary-sidebar.hide-on-wide@id", ["pst-primary-sidebar"]),
    # Files next to posts
    Row("files", "an avatar of the site", "blog/showing/", ".p-author img@src", ["../../_images/team-b23860d7.svg"]),
]
SAID = [
    (
        "blog/posts/misspelt.md:3",
        "'template' is 'newsroom/plian.html', which this site does not have; the page is made by the usual one and lacks what",
        "Did you mean 'newsroom/plain.html'?",
    ),
    (
        "blog/posts/foreign.md:3",
        "'template' is 'main.html', which this site does not have; the page is made by the usual one and lacks what",
        "Expected one that you put into a folder 'newsroom' in templates_path, or one of the blog's.",
    ),
    (
        "blog/category/bar.md:2",
        "'template' is 'main.html', which this site does not have; the page is made by the usual one and lacks what",
        "Expected one that you put into a folder 'newsroom' in templates_path, or one of the blog's.",
    ),
    ("blog/posts/leads.md:7", "the link to 'blog/posts/draft.md' is left out", "[newsroom.link]"),
]
ELSEWHERE = {
    "life cycle: nothing is written into the source folder": "tests/integration/test_blog.py::test_your_own_index_heads_the_list",
    "settings: wrong types, choices, placeholders, names": "tests/unit/test_options.py::test_a_bad_value_gives_one_message_and_the_default",
    "front matter: where it begins and ends": "tests/unit/test_front_matter.py::test_a_text_is_split_at_its_fences",
    "front matter: what each key takes": "tests/unit/test_front_matter.py::test_a_value_that_is_right_passes",
    "front matter: what each key refuses": "tests/unit/test_front_matter.py::test_a_value_that_is_not_right_is_reported_and_costs_no_other_key",
    "front matter: dates": "tests/unit/test_front_matter.py::test_without_a_usable_date_there_is_none",
    "front matter: all mistakes at once": "tests/integration/test_bad_input.py::test_a_mistake_in_a_post_is_said_with_its_place",
    "authors file: every mistake": "tests/integration/test_bad_input.py::test_a_mistake_in_the_authors_file_is_said_with_its_place",
    "authors: address of a profile": "tests/unit/test_blog.py::test_an_author_has_a_page",
    "addresses: the format": "tests/unit/test_posts.py::test_an_address_follows_the_format",
    "addresses: the title that the slug is made of": "tests/unit/test_scanner.py::test_slug_and_title_come_from_the_heading_or_the_file",
    "addresses: slugs": "tests/unit/test_permalinks.py::test_slugs_are_those_of_material",
    "addresses: dates in any language": "tests/unit/test_permalinks.py::test_dates_follow_pattern_and_language",
    "addresses: collisions": "tests/integration/test_bad_input.py::test_two_posts_with_one_address_both_stand",
    "categories: spellings are one": "tests/unit/test_blog.py::test_names_that_differ_in_case_and_spacing_are_one_category_under_the_first_name",
    "categories: spellings are told": "tests/unit/test_posts.py::test_two_spellings_of_a_category_are_told_once",
    "categories: order": "tests/unit/test_blog.py::test_categories_are_sorted_as_the_options_say",
    "files beside posts": "tests/integration/test_several_blogs.py::test_files_beside_posts_stand_where_material_put_them",
    "excerpts: where they end": "tests/unit/test_rendered_post.py::test_an_excerpt_ends_at_the_marker_and_all_that_is_open_is_closed",
    "excerpts: ids": "tests/unit/test_rendered_post.py::test_ids_of_two_posts_never_meet_and_what_refers_to_them_follows",
    "drafts: the truth table": "tests/unit/test_posts.py::test_drafts_and_scheduled_posts_are_seen_only_on_demand",
    "drafts: shown on demand": "tests/integration/test_incremental.py::test_drafts_exist_marked_where_they_are_asked_for",
    "pagination: windows": "tests/unit/test_pagination.py::test_page_numbers_around_a_page_are_those_of_material",
    "pagination: addresses": "tests/unit/test_pagination.py::test_later_pages_stand_where_material_has_them",
    "order: posts": "tests/unit/test_blog.py::test_pinned_posts_stand_first_and_each_group_is_newest_first",
    "order: ties": "tests/unit/test_blog.py::test_equal_dates_keep_the_order_of_files",
    "reading time": "tests/unit/test_rendered_post.py::test_words_are_counted_as_material_does",
    "reading time: text without spaces": "tests/unit/test_rendered_post.py::test_in_text_without_spaces_each_character_counts",
    "related links": "tests/integration/test_several_blogs.py::test_related_links_have_the_titles_of_their_targets",
    "several blogs": "tests/integration/test_several_blogs.py::test_each_blog_has_its_own_posts_people_lists_and_feed",
    "folder defaults": "tests/unit/test_front_matter.py::test_defaults_lie_under_what_the_post_says",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1790000000")
        return Site(folder=tmp_path_factory.mktemp("behaviour"), conf=CONF).write(FILES).build()


@pytest.fixture(scope="module")
def pages():
    """Keep what was read."""
    return {}


@pytest.mark.parametrize("row", ROWS, ids=[f"{row.part}: {row.what}" for row in ROWS])
def test_it_is_there(built, pages, row):
    if row.found is None:
        assert not built.file(row.url).is_file()
        return
    if row.url not in pages:
        pages[row.url] = built.soup(row.url)
    selector, _, attribute = row.look.partition("@")
    elements = pages[row.url].select(selector)
    shown = [e[attribute] if attribute else e.get_text(" ", strip=True).removesuffix(" #") for e in elements]
    # The first of many is enough.
    assert (shown[:1] if row.what == "a pinned post stands first" else shown) == row.found


def test_every_mistake_is_said_once_with_its_place(built):
    assert len(built.warnings) == len(SAID), built.warnings
    for place, words, end in SAID:
        assert any(w.startswith(f"{place}: WARNING: ") and words in w and end in w for w in built.warnings), place


def test_lists_are_not_searched_and_posts_can_be_left_out(built):
    index = json.loads((built.out / "searchindex.js").read_text().removeprefix("Search.setIndex(").removesuffix(")"))
    assert "blog/showing" in index["docnames"]
    assert "xylophon" not in index["terms"]
    assert not [name for name in index["docnames"] if name.startswith(("blog/archive/2024", "blog/tag"))]


def test_a_page_of_the_site_is_not_written_for_a_list(built):
    assert not (built.folder / "src" / "blog" / "archive" / "2024.md").exists()


@pytest.mark.parametrize("test", ELSEWHERE.values(), ids=ELSEWHERE)
def test_what_is_tested_elsewhere_is_tested_there(test):
    assert is_a_test(test)


# -- Cases that need a separate site


def test_live_preview_shows_drafts_unless_it_is_told_not_to(site, monkeypatch):
    monkeypatch.setenv("NEWSROOM_PREVIEW", "1")
    posts = {f"{blog}/posts/a.md": post("# A draft\n\nText.", draft=True) for blog in ("on", "off")}
    built = site(
        {"index.md": "# Home\n", **posts},
        html_theme="basic",
        newsroom_blogs=[{"blog_dir": "on"}, {"blog_dir": "off", "draft_on_serve": False}],
    ).build()
    assert (built.titles("/on/"), built.titles("/off/")) == (["A draft"], [])


def test_without_the_blog_its_files_are_pages(site):
    built = site(
        {"index.md": "# Home\n", "blog/posts/a.md": "---\norphan: true\ndate: 2024-01-01\n---\n\n# A page\n"},
        html_theme="basic",
        newsroom_enabled=False,
    )
    for _ in range(2):
        assert built.build().warnings == []
    assert built.urls() == {"", "blog/posts/a/", "genindex/", "search/"}


@pytest.mark.parametrize(("timezone", "titles"), [("UTC", []), ("Pacific/Auckland", ["A post"])])
def test_a_day_begins_where_the_site_says(site, timezone, titles):
    # It is 13:33 on 21 September 2026 in UTC.
    built = site(
        {"index.md": "# Home\n", "blog/posts/a.md": post(date="2026-09-22")},
        html_theme="basic",
        newsroom_timezone=timezone,
        newsroom_draft_if_future_date=True,
    ).build()
    assert (built.warnings, built.titles("/blog/")) == ([], titles)


def test_text_without_spaces_takes_time_to_read(site):
    built = site({"blog/posts/a.md": post("# 日本語\n\n" + "文字" * 600)}, html_theme="basic").build()
    page = built.soup("/blog/2024/06/18/日本語/")
    assert page.select_one(".newsroom-minutes").get_text() == "3 min read"
    assert built.graph("/blog/2024/06/18/日本語/")["BlogPosting"]["wordCount"] == 1203
