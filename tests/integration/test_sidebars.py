"""Sidebar components and the announcement: every page shows their current state."""

from __future__ import annotations

import pytest
from sphinx.builders.html import StandaloneHTMLBuilder

from tests.conftest import post

pytestmark = pytest.mark.theme("basic")

PARTS = ["recent", "categories", "tags", "archive", "authors", "feeds"]
SIDEBARS = {"**": [f"newsroom/sidebars/{name}.html" for name in PARTS]}


def files():
    return {
        "blog/.authors.yml": "authors:\n  docs:\n    name: Docs team\n",
        **{
            f"blog/posts/{name}.md": post(
                f"# Post {name}\n\nText.", date=f"2024-0{n}-01", categories=["News"], tags=[name], authors=["docs"]
            )
            for n, name in enumerate("abc", start=1)
        },
        "guide/index.md": "---\norphan: true\n---\n\n# Guide\n\nText.\n",
        "guide/one.md": "---\norphan: true\n---\n\n# One\n\nText.\n",
    }


def part(page, name):
    return page.select_one(f".newsroom-sidebar-{name}")


EDITS = {
    "new post": {"blog/posts/d.md": post("# Post d\n\nText.", date="2025-01-01", categories=["Other"])},
    "title": {"blog/posts/b.md": post("# Post <b> & more\n\nText.", date="2024-02-01", slug="post-b")},
    "author": {"blog/.authors.yml": "authors:\n  docs:\n    name: Documentation team\n"},
    "no posts": {f"blog/posts/{name}.md": None for name in "abc"},
}


@pytest.mark.parametrize(("edit", "builder"), [*((edit, "dirhtml") for edit in EDITS), ("new post", "html")])
def test_all_pages_show_the_same_as_after_a_clean_build(built_site, edit, builder):
    built = built_site(files(), builder=builder, html_sidebars=SIDEBARS)
    stamp = built.app.env.all_docs["guide/one"]
    built.write(EDITS[edit]).build()
    assert built.app.env.all_docs["guide/one"] == stamp, "the page was not read again"
    incremental = built.snapshot()
    clean = built.build(fresh=True).snapshot()
    assert [name for name in clean if name.endswith(".html") and incremental.get(name) != clean[name]] == []
    assert built.warnings == []


def test_parts_lead_into_the_blog_from_anywhere(site):
    built = site(files(), html_sidebars=SIDEBARS).build(jobs=2)
    for url in ("/guide/one/", "/", "/search/", "/blog/category/news/", "/blog/2024/01/01/post-a/"):
        page = built.soup(url)
        links = [link for name in PARTS for link in part(page, name).select("a")]
        assert len(links) == 4 + 2 + 4 + 2 + 2 + 1
        for link in links:
            target = (built.file(url).parent / link["href"]).resolve()
            assert (target if target.is_file() else target / "index.html").is_file(), link["href"]
    page = built.soup("/guide/one/")
    assert part(page, "recent").get_text(" ", strip=True).startswith("Recent posts Post c March 1, 2024 Post b")
    assert part(page, "categories")["aria-label"] == "Categories"
    assert [li.select_one(".newsroom-visually-hidden").get_text() for li in part(page, "categories").select("li")] == [
        "3 posts"
    ]


def test_a_new_post_does_not_have_other_pages_rendered(built_site, monkeypatch):
    built = built_site(files(), html_sidebars=SIDEBARS)
    before = built.file("/guide/one/").read_bytes()
    rendered = []
    write_doc = StandaloneHTMLBuilder.write_doc

    def note(builder, docname, doctree):
        rendered.append(docname)
        write_doc(builder, docname, doctree)

    monkeypatch.setattr(StandaloneHTMLBuilder, "write_doc", note)
    built.write(EDITS["new post"]).build()
    assert "blog/2025/01/01/post-d" in rendered
    assert "guide/one" not in rendered
    assert built.file("/guide/one/").read_bytes() != before


def test_what_an_interrupted_build_wrote_is_found_again(built_site, monkeypatch):
    built = built_site(files(), html_sidebars=SIDEBARS)
    built.write(EDITS["new post"])
    with monkeypatch.context() as patch:
        patch.setattr("sphinxext.newsroom.output.site_writer.SiteWriter.finish", lambda _output: None)
        built.build()
    built.write(EDITS["title"]).build()
    incremental = built.snapshot()
    clean = built.build(fresh=True).snapshot()
    assert [name for name in clean if name.endswith(".html") and incremental.get(name) != clean[name]] == []


def test_several_blogs_have_parts_of_their_own_and_common_ones(site):
    made = {
        "news/posts/a.md": post("# A\n\nText."),
        "notes/posts/b.md": post("# B\n\nText.", date="2024-06-19"),
        "index.md": "# Home\n\n```{toctree}\nnews/index\nnotes/index\n```\n",
    }
    blogs = [{"blog_dir": "news", "title": "News"}, {"blog_dir": "notes", "title": "Notes"}]
    built = site(made, newsroom_blogs=blogs, html_sidebars={"**": ["newsroom/sidebars/recent.html"]}).build()

    def recent(url):
        return [link.get_text() for link in part(built.soup(url), "recent").select("li a")]

    assert (recent("/"), recent("/news/"), recent("/notes/archive/")) == (["B", "A"], ["A"], ["B"])
    built.write({"news/posts/c.md": post("# C\n\nText.", date="2024-07-01")}).build()
    assert (recent("/"), recent("/news/"), recent("/notes/archive/")) == (["C", "B", "A"], ["C", "A"], ["B"])


# -- The announcement


def announced(built, url):
    found = built.soup(url).select_one(".bd-header-announcement a, .announcement a")
    return None if found is None else (found.get_text(), found["href"])


@pytest.mark.theme("pydata_sphinx_theme")
def test_the_newest_post_with_an_end_is_announced_until_then(site, monkeypatch):
    made = files() | {
        "blog/posts/x.md": post("# Old\n\nText.", date="2024-05-01", announce_until="2027-01-01"),
        "blog/posts/y.md": post("# New <i>\n\nText.", date="2024-06-01", announce_until="2026-09-21"),
        "blog/posts/z.md": post("# Ended\n\nText.", date="2024-07-01", announce_until="2026-09-20"),
    }
    built = site(made, newsroom_announce=True).build()
    assert built.warnings == []
    urls = ("/guide/one/", "/", "/search/", "/blog/category/news/", "/blog/2024/01/01/post-a/")
    for url in urls:
        text, link = announced(built, url)
        assert text == "New <i>"
        assert (built.file(url).parent / link / "index.html").is_file()
    # Sphinx writes the page of the search in every build.
    stamps = {url: built.file(url).stat().st_mtime_ns for url in urls if url != "/search/"}
    built.build()
    assert {url: built.file(url).stat().st_mtime_ns for url in stamps} == stamps

    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790035200")  # 22 September 2026, midnight
    built.build()
    assert {announced(built, url)[0] for url in urls} == {"Old"}
    incremental = built.snapshot()
    clean = built.build(fresh=True).snapshot()
    assert [name for name in clean if name.endswith(".html") and incremental.get(name) != clean[name]] == []
    built.write({"blog/posts/x.md": None}).build()
    assert {announced(built, url) for url in urls} == {None}


@pytest.mark.theme("pydata_sphinx_theme")
@pytest.mark.parametrize(
    ("conf", "shown"),
    [
        ({}, None),
        ({"newsroom_announce": True, "html_theme": "furo"}, "Post a"),
        ({"newsroom_announce": True, "html_theme_options": {"announcement": "<a href='x'>Ours</a>"}}, "Ours"),
    ],
)
def test_the_banner_is_the_themes_and_the_sites_own_comes_first(site, conf, shown):
    built = site({"blog/posts/a.md": post("# Post a\n\nText.", announce_until="2027-01-01")}, **conf).build()
    found = announced(built, "/")
    assert (found and found[0]) == shown


def test_a_draft_is_not_announced(site):
    made = {"blog/posts/a.md": post("# Post a\n\nText.", announce_until="2027-01-01", draft=True)}
    assert announced(site(made, newsroom_announce=True, newsroom_draft=True).build(), "/") is None


def test_a_part_whose_earlier_text_is_damaged_is_written_again(built_site):
    built = built_site(files(), html_sidebars=SIDEBARS, html_theme="basic")
    kept = (built.folder / "_build" / "doctrees" / "newsroom").glob("*/sidebars/recent/*")
    assert [file.write_bytes(b"damaged") for file in kept]
    incremental = built.write(EDITS["new post"]).build().snapshot()
    assert incremental == built.build(fresh=True).snapshot()
