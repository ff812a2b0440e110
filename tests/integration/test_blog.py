"""The blog as readers see it: URLs, pages, lists."""

from __future__ import annotations

from importlib.metadata import version

import mf2py
import pytest
from bs4 import BeautifulSoup
from sphinx.errors import SphinxError

from tests.conftest import INDEX, post

pytestmark = pytest.mark.theme("basic")

AUTHORS = """\
authors:
  Diana:
    name: Diana
    description: Communication
    avatar: https://example.org/diana.png
  training:
    name: Training team
    description: Courses
    avatar: img/training.svg
"""

AHM = """\
---
draft: false
date: 2024-06-18
authors:
  - Diana
categories:
  - ELIXIR

hide:
  - toc
---

# The node took part in the all-hands meeting

The [meeting](https://example.org/meeting) was a success. There was a lecture hall.

<!-- more -->

 Main topics:

* __Training and Inclusiveness:__
Emphasized teams within the nodeâ€™s platform.
* __Data Management:__ workshops.

![group photo](https://example.org/photo.jpg)
"""


@pytest.mark.theme("pydata_sphinx_theme")
def test_a_post_of_a_node_stands_where_its_reader_finds_it(site):
    built = site(
        {
            "index.md": "# Home\n\n```{toctree}\nnews/index\n```\n",
            "news/posts/2024/NODE_AHM.md": AHM,
            "news/.authors.yml": AUTHORS,
        },
        newsroom_blog_dir="news",
        newsroom_post_url_format="{date}/{file}",
    ).build()
    url = "/news/2024/06/18/NODE_AHM/"

    page = built.soup(url)
    assert page.h1.get_text(strip=True) == "The node took part in the all-hands meeting"
    assert page.select_one(".newsroom-byline .p-author .p-name").get_text() == "Diana"
    assert page.select_one(".e-content li strong").get_text() == "Training and Inclusiveness:"
    assert page.select_one("nav.page-toc") is None, "hide: [toc] leaves the contents out"
    if version("pydata-sphinx-theme") != "0.16.1":  # removes the whole sidebar with the contents
        assert page.select_one("#pst-secondary-sidebar .sourcelink a"), "and not the link to the source"

    index = built.soup("/news/")
    entry = index.select_one(".h-entry")
    assert entry.select_one("h2 a")["href"] == "../news/2024/06/18/NODE_AHM/"
    assert "The meeting was a success." in entry.get_text()
    assert "Main topics" not in entry.get_text()
    assert entry.select_one(".newsroom-more a")["href"] == "../news/2024/06/18/NODE_AHM/"
    assert built.titles("/news/category/elixir/") == ["The node took part in the all-hands meeting"]
    assert "<id>https://node.example/news/2024/06/18/NODE_AHM/</id>" in built.text("/news/atom.xml")
    [warning] = built.warnings
    assert warning.startswith("news/posts/2024/NODE_AHM.md:22: WARNING: garbled text: found 'nodeâ€™s', which was")
    assert warning.endswith("(UTF-8 read as Windows-1252) [newsroom.encoding]")


def test_two_lines_and_a_folder_make_a_blog(site):
    built = site({"blog/posts/hello.md": post("# Hello\n\nFirst.\n\n<!-- more -->\n\nSecond.")}).build()
    assert built.warnings == []
    assert built.urls() >= {"blog/", "blog/2024/06/18/hello/", "blog/archive/", "blog/archive/2024/"}
    assert built.titles("/blog/") == ["Hello"]
    assert built.soup("/").select_one("a[href='blog/']"), "the generated index can stand in a toctree"


def test_a_blog_that_is_in_no_toctree_is_no_mistake(site):
    assert site({"index.md": "# Home\n", "blog/posts/a.md": post()}).build().warnings == []


def test_every_label_has_a_page_of_its_own(site):
    labels = ["C", "C++", "C#", "News, events", "Õpetus", "日本語", "!!!"]
    quoted = [f'"{label}"' for label in labels]
    built = site({"blog/posts/a.md": post(categories=quoted, tags=quoted)}).build()
    for kind in ("category", "tag"):
        overview = built.soup(f"/blog/{kind}/")
        links = {a.get_text(): a["href"] for a in overview.select(".newsroom-term a")}
        assert set(links) == set(labels)
        assert len(set(links.values())) == len(labels)
        for label, href in links.items():
            page = built.soup(f"/blog/{kind}/{href}")
            assert page.select_one("h1").get_text(strip=True) == label
            assert built.titles(f"/blog/{kind}/{href}") == ["A post"]


def test_labels_that_differ_in_case_and_spacing_are_one(site):
    built = site(
        {
            "blog/posts/a.md": post("# A\n\nText.", categories=["Foo Bar"], date="2024-01-03"),
            "blog/posts/b.md": post("# B\n\nText.", categories=["foo  bar"], date="2024-01-02"),
            "blog/posts/c.md": post("# C\n\nText.", categories=["FOO-bar"], date="2024-01-01"),
        }
    ).build()
    assert built.titles("/blog/category/foo-bar/") == ["A", "B", "C"]
    assert built.soup("/blog/category/foo-bar/").h1.get_text(strip=True) == "Foo Bar"


def test_the_excerpt_is_what_stands_before_the_marker_as_structure(site):
    body = """\
# Title

Intro with `code` and [a link](b.md).

- one
- two <!--more--> rest of two
- three

```python
print("never here")
```
"""
    built = site({"blog/posts/a.md": post(body), "blog/posts/b.md": post("# B\n\nText.<!-- more -->\n\nMore.")}).build()
    first, second = sorted(built.soup("/blog/").select(".newsroom-entry"), key=lambda e: e.h2.get_text(), reverse=True)
    assert [li.get_text(strip=True) for li in first.select(".newsroom-excerpt li")] == ["one", "two"]
    assert "never here" not in first.get_text()
    assert first.select_one(".newsroom-excerpt a")["href"] == "../blog/2024/06/18/b/"
    assert second.select_one(".newsroom-excerpt").get_text(strip=True) == "Text."


@pytest.mark.parametrize(("paragraphs", "expected"), [(0, "OneTwoThree"), (1, "One"), (2, "OneTwo")])
def test_a_post_without_marker_is_listed_whole_or_by_paragraphs(site, paragraphs, expected):
    built = site({"blog/posts/a.md": post("# A\n\nOne\n\nTwo\n\nThree")}, newsroom_post_excerpt_paragraphs=paragraphs)
    excerpt = built.build().soup("/blog/").select_one(".newsroom-excerpt")
    assert "".join(p.get_text(strip=True) for p in excerpt.select("p")) == expected


def test_lists_are_paginated_with_real_links(site):
    files = {
        f"blog/posts/p{n:02}.md": post(f"# Post {n:02}\n\nText.", date=f"2024-01-{n:02}", categories=["News"])
        for n in range(1, 24)
    }
    built = site(files).build()
    assert built.titles("/blog/") == [f"Post {n:02}" for n in range(23, 13, -1)]
    assert built.titles("/blog/page/2/") == [f"Post {n:02}" for n in range(13, 3, -1)]
    assert built.titles("/blog/page/3/") == ["Post 03", "Post 02", "Post 01"]
    assert built.titles("/blog/category/news/page/3/") == ["Post 03", "Post 02", "Post 01"]
    pager = built.soup("/blog/page/2/").select(".newsroom-pagination a")
    assert [a.get_text() for a in pager] == ["Newer posts", "1", "2", "3", "Older posts"]
    assert [a["href"] for a in pager] == ["../../", "../../", "#", "../3/", "../3/"]
    assert pager[2]["aria-current"] == "page"


def test_your_own_index_heads_the_list(site):
    built = site({"blog/index.md": "# News of the node\n\nWhat happens here.\n", "blog/posts/a.md": post()}).build()
    index = built.soup("/blog/")
    assert index.h1.get_text(strip=True).startswith("News of the node")
    assert "What happens here." in index.get_text()
    assert built.titles("/blog/") == ["A post"]
    assert (
        built.soup("/blog/2024/06/18/a-post/").select_one(".newsroom-backlink a").get_text()
        == "Back to News of the node"
    )
    assert not (built.folder / "src" / "blog" / ".#index.md").exists()


@pytest.mark.theme("pydata_sphinx_theme")
@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_every_link_of_the_blog_leads_somewhere(site, builder):
    files = {
        f"blog/posts/p{n:02}.md": post(
            f"# Post {n}\n\nSee [next](p{n % 12 + 1:02}.md).\n\n<!-- more -->\n\nText.",
            date=f"2024-01-{n:02}",
            authors=["Diana", "training"],
            categories=["News", "C++"],
            tags=["x"],
        )
        for n in range(1, 13)
    }
    built = site(
        {**files, "blog/.authors.yml": AUTHORS, "img/training.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>"},
        builder=builder,
    )
    built.build()
    assert built.warnings == []
    broken = []
    for file in built.out.rglob("*.html"):
        if file.relative_to(built.out).parts[0].startswith("_"):
            continue
        soup = BeautifulSoup(file.read_text(encoding="utf-8"), "html5lib")
        for element in soup.select("[href], [src]"):
            target = element.get("href") or element.get("src")
            path = target.split("#")[0].split("?")[0]
            if ":" in path or not path:
                continue
            found = ((built.out if path.startswith("/") else file.parent) / path.lstrip("/")).resolve()
            if not (found.is_file() or (found / "index.html").is_file()):
                broken.append((file.relative_to(built.out).as_posix(), target))
    assert broken == []


def test_programs_read_who_wrote_what_and_when(site):
    built = site(
        {
            "blog/posts/old.md": post("# Old\n\nText.", date="2023-01-01"),
            "blog/posts/a.md": post(
                "# A *fine* post\n\nFirst.\n\n<!-- more -->\n\n" + "word " * 600,
                date="{created: 2024-06-18, updated: 2024-07-01}",
                authors=["Diana", "training"],
                categories=["News"],
                tags=["x", "y"],
            ),
            "blog/posts/new.md": post("# New\n\nText.", date="2025-01-01"),
            "blog/.authors.yml": AUTHORS,
        }
    ).build()
    url = "https://node.example/blog/2024/06/18/a-fine-post/"
    page = built.soup("/blog/2024/06/18/a-fine-post/")
    data = built.graph("/blog/2024/06/18/a-fine-post/")["BlogPosting"]
    assert data["headline"] == "A fine post"
    assert data["datePublished"] == "2024-06-18T00:00:00+00:00"
    assert data["dateModified"] == "2024-07-01T00:00:00+00:00"
    assert [person["name"] for person in data["author"]] == ["Diana", "Training team"]
    assert data["articleSection"] == ["News"]
    assert data["keywords"] == ["x", "y"]
    assert data["timeRequired"] == "PT3M"
    assert data["url"] == url
    assert page.select_one("link[rel=prev]")["href"] == "../../../../2023/01/01/old/"
    assert page.select_one("link[rel=next]")["href"] == "../../../../2025/01/01/new/"

    [entry] = [
        i
        for i in mf2py.parse(built.text("/blog/2024/06/18/a-fine-post/"), url=url, html_parser="html5lib")["items"]
        if "h-entry" in i["type"]
    ]
    properties = entry["properties"]
    assert properties["name"] == ["A fine post"]
    assert properties["published"] == ["2024-06-18T00:00:00+0000"]
    assert properties["updated"] == ["2024-07-01T00:00:00+0000"]
    assert [author["properties"]["name"][0] for author in properties["author"]] == ["Diana", "Training team"]
    assert properties["category"] == ["News", "x", "y"]
    assert properties["url"] == [url]

    [feed] = [
        i
        for i in mf2py.parse(built.text("/blog/"), url="https://node.example/blog/", html_parser="html5lib")["items"]
        if "h-feed" in i["type"]
    ]
    assert [child["properties"]["url"][0] for child in feed["children"]][1] == url


def test_a_title_comes_from_front_matter_heading_or_file(site):
    built = site(
        {
            "blog/posts/1.md": post("Text only.", title='"From *front* matter"', date="2024-01-03"),
            "blog/posts/2.md": post("# From heading\n\nText.", date="2024-01-02"),
            "blog/posts/from_file.md": post("Text only.", date="2024-01-01"),
        }
    ).build()
    assert built.titles("/blog/") == ["From *front* matter", "From heading", "From file"]
    assert built.soup("/blog/2024/01/03/from-front-matter/").h1.get_text(strip=True) == "From *front* matter"


@pytest.mark.theme("pydata_sphinx_theme")
def test_hide_navigation_leaves_the_left_column_out(site):
    files = {"blog/posts/a.md": post(hide=["navigation"]), "blog/posts/b.md": post("# B\n\nText.")}
    built = site(files, html_sidebars={"blog/**": ["ablog/recentposts.html"]}).build()
    assert "hide-on-wide" in built.soup("/blog/2024/06/18/a-post/").select_one("#pst-primary-sidebar")["class"]
    assert built.soup("/blog/2024/06/18/b/").select_one(".ablog__recentposts")


def test_the_author_page_tells_about_the_author(site):
    built = site({"blog/posts/a.md": post(authors=["training"]), "blog/.authors.yml": AUTHORS}).build()
    page = built.soup("/blog/author/training/")
    assert page.h1.get_text() == "Training team"
    assert "Courses" in page.select_one(".newsroom-profile").get_text()
    assert built.titles("/blog/author/training/") == ["A post"]


def test_an_old_address_leads_to_the_post(site):
    files = {
        "blog/posts/a.md": post(redirects=["old/a.html", "/older/", "page", "../../escape"]),
        "page.md": "---\norphan: true\n---\n\n# Page\n",
    }
    built = site(files).build()
    for url, target in {"old/a.html": "../blog/2024/06/18/a-post/", "older/": "../blog/2024/06/18/a-post/"}.items():
        page = built.soup(url)
        assert page.select_one("meta[http-equiv=refresh]")["content"] == f"0; url={target}"
        assert page.select_one("link[rel=canonical]")["href"] == "https://node.example/blog/2024/06/18/a-post/"
    assert built.soup("page/").h1.get_text(strip=True).startswith("Page"), "a page is never overwritten"
    assert all("[newsroom." in warning and "a.md:" in warning for warning in built.warnings)
    assert len(built.warnings) == 2
    assert not (built.out.parent / "escape").exists()
    built.write({"blog/posts/a.md": post()}).build()
    assert not (built.out / "old").exists()


def test_the_text_above_a_list_can_be_kept_on_later_pages(site):
    files = {f"blog/posts/{n}.md": post(f"# Post {n}\n\nText.", date=f"2024-01-0{n}") for n in range(1, 4)}
    built = site(
        {**files, "blog/index.md": "# Journal\n\nSee [home](../index.md).\n"},
        newsroom_pagination_per_page=2,
        newsroom_pagination_keep_content=True,
    ).build()
    second = built.soup("/blog/page/2/")
    assert second.h1.get_text(strip=True).startswith("Journal")
    assert second.select_one(".newsroom-intro p a")["href"] == "../../../"


def test_a_theme_keeps_its_own_sidebars_on_pages_of_the_blog(site):
    built = site(
        {"blog/posts/a.md": post(), "blog/posts/b.md": post("# B\n\nText.", hide=["navigation"])},
        html_theme="alabaster",
    )
    built.build()
    assert built.soup("/blog/2024/06/18/a-post/").select_one(".sphinxsidebar #searchbox")
    assert built.soup("/blog/").select_one(".sphinxsidebar #searchbox")
    assert not built.soup("/blog/2024/06/18/b/").select_one(".sphinxsidebar #searchbox")


def test_posts_can_be_restructuredtext(site):
    text = """\
:date: 2024-06-18
:categories: News, Courses
:authors: Diana

A course
========

Intro.

.. more

Rest with a `link <https://example.org/>`_.
"""
    titleless = ":date: 2024-06-17\n:title: Only fields\n\nText.\n"
    built = site({"blog/posts/a.rst": text, "blog/posts/b.rst": titleless, "blog/.authors.yml": AUTHORS}).build()
    assert built.warnings == []
    page = built.soup("/blog/2024/06/18/a-course/")
    assert page.h1.get_text() == "A course"
    assert [label.get_text() for label in page.select(".newsroom-meta .p-category")] == ["News", "Courses"]
    assert "Rest with a link" in page.select_one(".e-content").get_text()
    assert "Rest" not in built.soup("/blog/").select_one(".newsroom-entry").get_text()
    assert built.titles("/blog/") == ["A course", "Only fields"]


@pytest.mark.theme("pydata_sphinx_theme")
def test_the_docname_of_a_file_still_leads_to_its_post(site):
    built = site(
        {
            "index.md": INDEX + "\n{doc}`blog/posts/2024/My_Post` and {doc}`/blog/posts/b`\n",
            "blog/posts/2024/My_Post.md": post(
                "# One\n\nSee {doc}`../b` and [two](../b.md) and {doc}`/page`.", slug="one"
            ),
            "blog/posts/b.md": post("# Two\n\nText.", slug="two"),
            "page.md": "---\norphan: true\n---\n\n# Page\n",
        }
    ).build()
    assert built.warnings == []
    home = [a["href"] for a in built.soup("/").select("main a.reference.internal") if "2024" in a["href"]]
    assert home == ["blog/2024/06/18/one/", "blog/2024/06/18/two/"]
    links = [a["href"] for a in built.soup("/blog/2024/06/18/one/").select(".e-content a.internal")]
    assert links == ["../two/", "../two/", "../../../../../page/"]


@pytest.mark.theme("pydata_sphinx_theme")
def test_edit_this_page_leads_to_the_file_of_the_post(site):
    context = {"github_user": "node", "github_repo": "docs", "github_version": "main", "doc_path": "docs"}
    built = site(
        {"blog/posts/2024/My_Post.md": post()},
        html_context=context,
        html_theme_options={"use_edit_page_button": True},
    ).build()
    link = built.soup("/blog/2024/06/18/a-post/").select_one("a[href*=github]")
    assert link["href"] == "https://github.com/node/docs/edit/main/docs/blog/posts/2024/My_Post.md"
    assert built.file("_sources/blog/2024/06/18/a-post.md.txt").is_file()


def test_a_site_without_a_home_page_starts_at_the_blog(site):
    built = site({"news/posts/a.md": post(), "about.md": "# About\n"}, newsroom_blog_dir="news")
    built.write({"index.md": None}).build()
    assert built.warnings == ["about.md: WARNING: document isn't included in any toctree [toc.not_included]"]
    assert built.app.config.root_doc == "news/index"
    assert built.titles("news/") == ["A post"]
    built.build()
    assert "0 added, 0 changed, 0 removed" in built.status
    # With a home page, the site starts there.
    built.write({"index.md": "# Home\n\n```{toctree}\nnews/index\nabout\n```\n"}).build()
    assert built.warnings == []
    assert built.app.config.root_doc == "index"


def test_the_home_page_that_conf_py_names_has_to_be_there(site):
    with pytest.raises(SphinxError, match="unable to load the master document"):
        site({"blog/posts/a.md": post()}, root_doc="start").build()


def test_a_folder_without_a_blog_has_no_home_page(site):
    with pytest.raises(SphinxError, match="unable to load the master document"):
        site({"about.md": "# About\n"}).write({"index.md": None}).build()
