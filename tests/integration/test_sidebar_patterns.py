"""Sidebars configured for ABlog's pages apply to the pages that replaced them, and highlight the current page."""

from __future__ import annotations

import pytest

from sphinxext.newsroom.pages.sidebar_patterns import sidebars_by_name
from tests.conftest import post

pytestmark = pytest.mark.theme("basic")

POSTS = {
    "index.md": "# Home\n",
    **{
        f"notes/{name}.md": post(f"# {name}\n\nText.", date=f"{year}-01-01", category=name, blogpost=True, author="Ana")
        for name, year in (("One", 2023), ("Two", 2024))
    },
}
NAMED = {
    "blog": "recentposts",
    "blog/category": "categories",
    "blog/category/two": "tagcloud",
    "blog/archive": "archives",
    "blog/202*": "archives",
    "blog/author": "authors",
    "blog/drafts": "languages",
}


def patterns(*names: str) -> dict[str, list[str]]:
    return {name: [name] for name in names}


def test_a_pattern_without_wildcards_goes_before_one_with_them():
    names = ("blog/archive/2024/index", ["blog/2024"])
    assert sidebars_by_name(patterns("**", "blog/2024"), *names) == ["blog/2024"]
    assert sidebars_by_name(patterns("blog/2024", "**"), *names) == ["blog/2024"]
    assert sidebars_by_name(patterns("blog/20*", "blog/??24"), *names) == ["blog/20*"]
    # Sphinx itself chooses where its name of the page decides.
    assert sidebars_by_name(patterns("**", "blog/archive/*"), *names) is None
    assert sidebars_by_name(patterns("docs/*"), *names) is None


def test_patterns_for_pages_of_ablog_reach_the_pages_in_their_place(site):
    sidebars = {name: [f"ablog/{template}.html"] for name, template in NAMED.items()}
    built = site(POSTS, html_sidebars=sidebars).build()
    for page, shown in {
        "blog/": "recentposts",
        "blog/category/": "categories",
        "blog/archive/": "archives",
        "blog/archive/2023/": "archives",
        "blog/archive/2024/": "archives",
        "blog/author/": "authors",
    }.items():
        found = [name for div in built.soup(page).select(".ablog-sidebar-item") for name in div["class"]]
        assert found == ["ablog-sidebar-item", f"ablog__{shown}"], page


def test_sidebars_mark_the_current_page(site):
    built = site(POSTS, html_sidebars={"blog/**": ["ablog/categories.html", "ablog/archives.html"]}).build()
    for page, name in {
        "blog/category/one/": "One (1)",
        "blog/category/two/": "Two (1)",
        "blog/archive/2023/": "2023 (1)",
    }.items():
        [current] = built.soup(page).select(".ablog-sidebar-item li a[href='#']")
        assert current.get_text(strip=True) == name, page


def test_a_theme_derived_from_pydata_has_its_icons(site):
    theme = "[theme]\ninherit = pydata_sphinx_theme\nstylesheet = styles/pydata-sphinx-theme.css\n"
    card = {"notes/*": ["ablog/postcard.html"]}
    built = site(
        {**POSTS, "_themes/ours/theme.conf": theme}, html_theme="ours", html_theme_path=["_themes"], html_sidebars=card
    ).build()
    assert built.soup("notes/One/").select(".ablog__postcard i.fa-calendar")
    built.build()
    assert "0 added, 0 changed, 0 removed" in built.status
