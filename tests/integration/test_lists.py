"""Lists of the blog in every look, overviews, and where in the site a reader is shown to be."""

from __future__ import annotations

import gzip

import pytest

from tests.conftest import ROOT, post

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000003000000020800000000b81f39c60000000f49444154789c63602003000000240001e2a5a9660000000049454e44ae426082"
)
AUTHORS = "authors:\n  docs:\n    name: Docs team\n    description: Writes\n"
FILES = {
    "blog/.authors.yml": AUTHORS,
    "blog/posts/cover.png": PIXEL,
    "blog/posts/a.md": post(
        "# *First* post\n\nIntro of **a**.\n\n<!-- more -->\n\nRest.",
        date="2024-01-31",
        categories=["News"],
        tags=["hpc"],
        authors=["docs"],
        image={"src": "cover.png", "alt": "A cover"},
        pin=True,
    ),
    "blog/posts/b.md": post("# Second\n\nIntro.\n\n<!-- more -->\n\nRest.", date="2024-02-10", categories=["News"]),
    "blog/posts/c.md": post(
        "# Third\n\nIntro.",
        date="2023-02-10",
        categories=["News"],
        image={"src": "https://pictures.example/x.png", "alt": ""},
    ),
    "blog/category/news.md": "---\ndescription: What is new\n---\n\n# News of the node\n",
    "guide/index.md": "# Guide\n\n```{toctree}\npage\n```\n",
    "guide/page.md": "# Page\n\nText.\n",
    "index.md": "# Home\n\n```{toctree}\nguide/index\nblog/index\n```\n",
}


@pytest.fixture
def built(site):
    return site(
        FILES,
        newsroom_blog_view="cards",
        newsroom_categories_view="table",
        newsroom_archive_view="list",
        newsroom_pagination_per_page=2,
        html_sidebars={"blog/tag/**": ["sidebar-nav-bs.html"]},
    ).build()


def crumbs_of(built, url):
    return [crumb.get_text(strip=True) for crumb in built.soup(url).select(".bd-breadcrumbs li")]


def test_lists_look_as_options_say(built):
    assert built.warnings == []
    cards = built.soup("/blog/").select(".newsroom-cards > .newsroom-card.h-entry")
    assert [card.select_one("h2 a.u-url").get_text() for card in cards] == ["First post", "Second"]
    assert cards[0].select_one("h2 em").get_text() == "First"
    assert cards[0].select_one(".newsroom-pin").get_text() == "Pinned"
    assert cards[0].select_one("p.p-summary").get_text() == "Intro of a."
    rows = built.soup("/blog/category/news/").select("table.newsroom-table tbody tr.h-entry")
    assert [row.select_one("th[scope=row] a").get_text() for row in rows] == ["First post", "Second"]
    assert "Pinned" in rows[0].get_text()
    heads = [head.get_text() for head in built.soup("/blog/category/news/").select("thead th[scope=col]")]
    assert heads == ["Date", "Title", "Authors", "Categories"]
    [entry] = built.soup("/blog/archive/2023/").select(".newsroom-entries > .newsroom-entry")
    assert "Third" in entry.get_text()
    first = built.soup("/blog/archive/2024/").select_one(".newsroom-entry .newsroom-more a")
    assert first.get_text() == "Continue reading – First post"
    assert first.select_one(".newsroom-visually-hidden").get_text() == " – First post"

    # -- Covers come late, and their room is known.
    [image] = built.soup("/blog/").select(".newsroom-card img")
    assert (image["width"], image["height"], image["loading"]) == ("3", "2", "lazy")
    [remote] = built.soup("/blog/archive/2023/").select(".newsroom-entry-cover img")
    assert (remote.get("width"), remote["loading"]) == (None, "lazy")

    # -- Pages are numbered.
    pages = built.soup("/blog/page/2/").select_one("nav.newsroom-pagination")
    assert [(a.get_text(), a.get("aria-current")) for a in pages.select("a")] == [
        ("Newer posts", None),
        ("1", None),
        ("2", "page"),
    ]
    assert built.soup("/blog/page/2/").select_one(".newsroom-page-number").get_text() == "Page 2 of 2"
    [here] = built.soup("/blog/page/2/").select(".newsroom-nav [aria-current]")
    assert (here.get_text(), here["aria-current"]) == ("All posts", "true")
    # With a heading of somebody's own, too.
    assert built.soup("/blog/category/news/page/2/").select_one(".newsroom-page-number").get_text() == "Page 2 of 2"

    # -- Overviews
    [category] = built.soup("/blog/category/").select(".newsroom-term")
    assert category.get_text(" ", strip=True) == "News of the node What is new 3 posts"
    [author] = built.soup("/blog/author/").select(".newsroom-term")
    assert author.get_text(" ", strip=True) == "DT Docs team Writes 1 post"
    years = built.soup("/blog/archive/").select(".newsroom-archive > li")
    assert [year.get_text(" ", strip=True) for year in years] == [
        "2024 2 posts February 1 post Second February 10, 2024 January 1 post First post January 31, 2024",
        "2023 1 post February 1 post Third February 10, 2023",
    ]
    assert [a["href"] for a in years[0].select("a")] == ["2024/", "../2024/02/10/second/", "../2024/01/31/first-post/"]

    # -- Every page of the blog shows where it is.
    for url in sorted(url for url in built.urls() if url.startswith("blog/")):
        page = built.soup(url)
        [item] = page.select("header li.nav-item.current")
        assert item.get_text(strip=True) == "Blog", url
        crumbs = crumbs_of(built, url)
        assert crumbs[1] == "Blog", url
        assert "Blog" not in crumbs[2:], url
    assert crumbs_of(built, "/blog/category/news/") == ["", "Blog", "Categories", "News of the node"]
    assert crumbs_of(built, "/blog/2024/02/10/second/") == ["", "Blog", "Second"]
    assert crumbs_of(built, "/blog/page/2/") == ["", "Blog", "Blog – page 2"]
    assert crumbs_of(built, "/blog/archive/") == ["", "Blog", "Archive"]
    [item] = built.soup("/guide/page/").select("header li.nav-item.current")
    assert item.get_text(strip=True) == "Guide"
    # Blog pages in the sidebar of the chapter, where a site asks for it
    assert "newsroom" not in str(built.soup("/guide/page/").select_one(".bd-sidebar-primary"))


def test_in_a_sidebar_of_the_whole_site_the_index_is_the_current_entry(site):
    built = site(FILES, html_theme="furo").build()
    for url in ("blog/", "blog/category/news/", "blog/2024/02/10/second/", "blog/archive/2024/", "blog/tag/"):
        [item] = built.soup(url).select(".sidebar-tree > ul > li.current")
        assert item.select_one("a").get_text(strip=True) == "Blog", url


@pytest.mark.parametrize("edit", ["cover", "category page", "new month"])
def test_lists_in_other_looks_are_as_fresh_as_any(site, edit):
    conf = {"newsroom_blog_view": "cards", "newsroom_categories_view": "table"}
    built = site(FILES, **conf).build()
    edits = {
        "cover": {
            "blog/posts/cover.png": PIXEL.replace(
                b"\x00\x00\x00\x03\x00\x00\x00\x02", b"\x00\x00\x00\x05\x00\x00\x00\x02"
            )
        },
        "category page": {"blog/category/news.md": "---\ndescription: All of it\n---\n\n# News of the node\n"},
        "new month": {"blog/posts/d.md": post("# Fourth\n\nIntro.", date="2023-07-10")},
    }
    built.write(edits[edit]).build()
    incremental = {name: text for name, text in built.snapshot().items() if name.startswith("blog/")}
    clean = built.build(fresh=True).snapshot()
    assert [name for name, text in incremental.items() if clean[name] != text] == []
    assert incremental.keys() == {name for name in clean if name.startswith("blog/")}


@pytest.mark.parametrize(
    ("conf", "shown"),
    [
        ({}, "Node"),
        ({"html_short_title": "Short"}, "Short"),
        ({"html_title": "Own title"}, "Own title"),
        ({"html_theme_options": {"logo": {"text": "Own text"}}}, "Own text"),
    ],
)
def test_the_header_has_a_short_title(site, conf, shown):
    built = site({"blog/posts/a.md": post()}, **conf).build()
    assert built.soup("/").select_one(".navbar-brand").get_text(strip=True) == shown


def test_the_stylesheet_is_small_and_reading_needs_no_script(site):
    built = site({"blog/posts/a.md": post()}).build()
    stylesheet = built.file("_static/newsroom.css")
    assert stylesheet.read_bytes() == (ROOT / "sphinxext" / "newsroom" / "static" / "newsroom.css").read_bytes()
    assert len(gzip.compress(stylesheet.read_bytes())) < 5_000
    scripts = (ROOT / "sphinxext" / "newsroom" / "static").glob("*.js")
    assert {script.name for script in scripts if script.name in built.text("/search/")} == {"newsroom-search.js"}
    for url in ("/blog/", "/blog/2024/06/18/a-post/"):
        assert not built.soup(url).select('article script:not([type="application/ld+json"]), script[src*=newsroom]')
