"""The directive ``post-list``: posts on any page, and when that page is written again."""

from __future__ import annotations

import pytest

from tests.conftest import post

pytestmark = pytest.mark.theme("basic")

PAGE = """\
# Page

## Section

```{post-list} 2
:category: Training
```

```{post-list}
:view: cards
:fields: date, category
:date-format: yyyy-MM
:sort: pinned
```

```{post-list}
:view: table
:tag: hpc
:excerpt: summary
```

```{post-list}
:until: 2000
:empty: Not yet.
```
"""


def files():
    return {
        "blog/.authors.yml": "authors:\n  docs:\n    name: Docs team\n",
        "blog/posts/a.md": post(
            "# *A*\n\nIntro of a, see [b](b.md).[^1]\n\n[^1]: Note.\n\n<!-- more -->\n\nRest.",
            date="2024-01-01",
            categories=["Training"],
            tags=["hpc"],
            pin=True,
        ),
        "blog/posts/b.md": post("# B\n\nIntro of b.", date="2024-02-01", categories=["Training"], authors=["docs"]),
        "blog/posts/c.md": post("# C\n\nIntro of c.", date="2024-03-01", categories=["Training"]),
        "blog/posts/d.md": post("# D\n\nIntro of d.", date="2024-04-01", categories=["Services"]),
        "sub/page.md": "---\norphan: true\n---\n\n" + PAGE,
        "other.md": "---\norphan: true\n---\n\n# Other\n\n```{post-list}\n:category: Services\n:excerpt: none\n:fields: date\n```\n",
    }


def titles(tag, selector=".newsroom-title"):
    return [found.get_text(strip=True) for found in tag.select(selector)]


def test_posts_stand_on_any_page_in_every_look(site):
    built = site(files()).build()
    assert built.warnings == []
    one, cards, table, nothing = built.soup("/sub/page/").select(".newsroom-post-list")
    assert titles(one, "h3.newsroom-title") == ["C", "B"]
    assert one.select_one(".newsroom-excerpt").get_text(strip=True) == "Intro of c."
    assert titles(cards, ".newsroom-card h3") == ["A", "D", "C", "B"]
    assert [time.get_text() for time in cards.select("time")] == ["2024-01", "2024-04", "2024-03", "2024-02"]
    assert cards.select_one(".newsroom-pin").get_text() == "Pinned"
    assert not one.select(".newsroom-pin")
    assert titles(table, "th[scope=row] .p-name") == ["A"]
    assert table.select_one(".p-summary").get_text(strip=True).startswith("Intro of a, see b.")
    assert nothing.get_text(strip=True) == "Not yet."
    assert cards.select_one("a.u-url")["href"] == "../../blog/2024/01/01/a/"
    assert cards.select_one("h3 em").get_text() == "A"
    assert built.file("/sub/" + one.select_one("a.u-url")["href"][3:]).is_file()
    ids = [tag["id"] for tag in built.soup("/sub/page/").select("[id]")]
    assert [name for name in ids if ids.count(name) > 1 and not name.startswith("pst-")] == []


def test_the_parts_of_a_series_can_stand_on_its_own_page(site):
    parts = {
        f"blog/posts/{name}.md": post(f"# {name}\n\nText.", date=f"2024-0{n}-01", series=["A course"])
        for n, name in enumerate(("One", "Two"), 1)
    }
    page = "# Course\n\n```{post-list}\n:series: a course\n:sort: oldest\n```\n\n```{post-list}\n:exclude-series: A course\n```\n"
    built = site({**files(), **parts, "course.md": f"---\norphan: true\n---\n\n{page}"}).build()
    assert built.warnings == []
    course, others = built.soup("/course/").select(".newsroom-post-list")
    assert (titles(course), titles(others)) == (["One", "Two"], ["D", "C", "B", "A"])


def test_the_words_of_a_list_are_not_found_on_its_page(site):
    built = site(files() | {"blog/posts/a.md": post("# A\n\nUnusualword.", categories=["Training"])}).build()
    index = built.text("/searchindex.js")
    assert index.count('"unusualword":') == 1


EDITS = {
    "new post": {"blog/posts/e.md": post("# E\n\nIntro of e.", date="2024-05-01", categories=["Training"])},
    "excerpt": {"blog/posts/c.md": post("# C\n\nAnother intro.", date="2024-03-01", categories=["Training"])},
    "author": {"blog/.authors.yml": "authors:\n  docs:\n    name: Documentation team\n"},
    "gone": {"blog/posts/c.md": None},
    "draft": {"blog/posts/c.md": post("# C\n\nIntro of c.", date="2024-03-01", categories=["Training"], draft=True)},
    "list": {"sub/page.md": "---\norphan: true\n---\n\n# Page\n\n```{post-list} 1\n```\n"},
    "post with a list": {
        "blog/posts/e.md": post(
            "# E\n\n```{post-list}\n:category: Training\n```", date="2024-05-01", categories=["Training"]
        )
    },
}


@pytest.mark.parametrize("edit", EDITS)
def test_the_page_is_as_fresh_as_after_a_clean_build(built_site, edit):
    built = built_site(files())
    built.write(EDITS[edit]).build()
    incremental = built.snapshot()
    clean = built.build(fresh=True).snapshot()
    assert [name for name in clean if name.endswith(".html") and incremental.get(name) != clean[name]] == []
    assert built.warnings == []


def test_a_page_is_written_again_only_if_it_shows_the_change(site):
    built = site(files()).build()
    stamps = {url: built.file(url).stat().st_mtime_ns for url in ("/sub/page/", "/other/", "/blog/2024/01/01/a/")}
    built.build()
    assert {url: built.file(url).stat().st_mtime_ns for url in stamps} == stamps
    built.write(EDITS["excerpt"]).build()
    changed = {url for url, stamp in stamps.items() if built.file(url).stat().st_mtime_ns != stamp}
    assert changed == {"/sub/page/"}


def test_posts_can_list_each_other(site):
    listing = "# {0}\n\nIntro of {0}.\n\n```{{post-list}}\n```\n"
    made = {f"blog/posts/{name}.md": post(listing.format(name), date=f"2024-0{n}-01") for n, name in enumerate("xy", 1)}
    built = site({**files(), **made}).build()
    [shown] = built.soup("/blog/2024/01/01/x/").select(
        ".e-content > section .newsroom-post-list, .e-content .newsroom-post-list"
    )
    assert titles(shown) == ["D", "C", "B", "y", "A"]
    assert [e.get_text(strip=True)[:10] for e in shown.select(".newsroom-excerpt")] == [
        "Intro of d",
        "Intro of c",
        "Intro of b",
        "Intro of a",
    ]
    first = built.snapshot()
    assert [name for name, text in built.build(jobs=2, fresh=True).snapshot().items() if first[name] != text] == []
    built.write({"blog/posts/y.md": post("# y\n\nChanged.", date="2024-02-01")}).build()
    incremental = built.snapshot()
    clean = built.build(fresh=True).snapshot()
    assert [name for name in clean if name.endswith(".html") and incremental[name] != clean[name]] == []


def test_mistakes_are_reported_with_the_nearest_valid_value(site):
    page = "# Home\n\n```{post-list} many\n:category: Trainning\n:view: crads\n:blog: blgo\n```\n\n```{toctree}\nblog/index\n```\n"
    built = site(files() | {"index.md": page}, newsroom_categories_allowed=["Training", "Services", "Agreed"]).build()
    assert sorted(warning.partition("WARNING: ")[2] for warning in built.warnings) == [
        "'count' is 'many'; expected a valid integer, unable to parse string as an integer. It is left out. [newsroom.list]",
        "'view' is 'crads'; expected 'list', 'cards', 'table' or 'month'. It is left out. Did you mean 'cards'? [newsroom.list]",
        "no blog has the blog_dir 'blgo', so posts of all are listed. Did you mean 'blog'? [newsroom.list]",
        "no post has the category 'Trainning'. Did you mean 'Training'? [newsroom.list]",
    ]
    assert all(warning.startswith("index.md:3:") for warning in built.warnings)
    assert "There are no posts yet." in built.soup("/").select_one(".newsroom-post-list").get_text()


def test_one_blog_of_several_can_be_asked_for(site):
    made = {
        "news/posts/a.md": post("# A\n\nText."),
        "notes/posts/b.md": post("# B\n\nText."),
        "index.md": "# Home\n\n```{post-list}\n:blog: notes\n```\n\n```{post-list}\n:sort: title\n```\n\n```{toctree}\nnews/index\nnotes/index\n```\n",
    }
    built = site(made, newsroom_blogs=[{"blog_dir": "news"}, {"blog_dir": "notes"}]).build()
    assert built.warnings == []
    one, both = built.soup("/").select(".newsroom-post-list")
    assert (titles(one), titles(both)) == (["B"], ["A", "B"])


@pytest.mark.parametrize("builder", ["text", "latex", "epub", "singlehtml"])
def test_other_builders_have_a_plain_list(site, builder):
    built = site(
        files() | {"index.md": "# Home\n\n```{post-list} 2\n```\n\n```{toctree}\nblog/index\n```\n"}, builder=builder
    )
    built.build()
    assert [warning for warning in built.warnings if "newsroom" in warning] == []
    suffix = {"text": ".txt", "latex": ".tex"}.get(builder, "html")
    content = "".join(file.read_text(encoding="utf-8") for file in built.out.rglob(f"*{suffix}"))
    assert "April 1, 2024" in content


def test_in_restructuredtext_as_well(site):
    text = ":orphan:\n\nPage\n====\n\n.. post-list:: 1\n   :view: cards\n"
    built = site(files() | {"rst.rst": text}).build()
    assert titles(built.soup("/rst/"), ".newsroom-card h2") == ["D"]


@pytest.mark.theme("pydata_sphinx_theme")
def test_a_page_with_a_list_of_its_own_gets_no_second_one(site):
    pages = {
        "blog/index.md": "# Blog\n\n```{postlist}\n```\n",
        "blog/category/news.md": "# News\n\n```{post-list}\n:category: News\n```\n",
        "blog/posts/a.md": post("# Apple", categories=["News"]),
        "blog/posts/b.md": post("# Zebra", categories=["News"], date="2024-06-19"),
    }
    built = site(pages, newsroom_pagination_per_page=1).build()
    assert built.warnings == []
    for page in ("/blog/", "/blog/category/news/"):
        links = [link.get_text(strip=True) for link in built.soup(page).main.select("a")]
        assert [title for title in links if title in {"Apple", "Zebra"}] == ["Zebra", "Apple"], page
        assert not built.file(f"{page}page/2/").exists(), page
    assert built.titles("/blog/archive/2024/") == ["Zebra"]
    built.write({"blog/index.md": "# Blog\n\nNo list of its own any more.\n"}).build()
    assert built.titles("/blog/") == ["Zebra"]
    assert built.titles("/blog/page/2/") == ["Apple"]
    incremental = built.snapshot()
    assert incremental == built.build(fresh=True).snapshot()


def test_lists_below_pages_can_be_left_out_or_asked_for(site):
    pages = {"blog/index.md": "# Blog\n\n```{postlist}\n```\n", "blog/posts/a.md": post("# Apple", categories=["News"])}
    shown = site(pages, newsroom_list_posts=True).build()
    assert shown.titles("/blog/") == ["Apple"]
    left_out = site({**pages, "blog/index.md": "# Blog\n"}, newsroom_list_posts=False).build(fresh=True)
    assert left_out.titles("/blog/") == []
    assert left_out.titles("/blog/category/news/") == ["Apple"]
