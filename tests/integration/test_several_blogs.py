"""Several blogs in one site, and a site that brings its mkdocs.yml."""

from __future__ import annotations

import pytest

from tests.conftest import post

pytestmark = pytest.mark.theme("basic")

INDEX = "# Home\n\n```{toctree}\nnews/index\ndev/blog/index\n```\n"


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_each_blog_has_its_own_posts_people_lists_and_feed(site, builder):
    people = "authors:\n  me:\n    name: {}\n    description: x\n    avatar: ''\n"
    built = site(
        {
            "index.md": INDEX,
            "news/posts/a.md": post("# News\n\nText.", authors=["me"], categories=["Shared"], date="2024-01-01"),
            "news/posts/c.md": post("# Older news\n\nText.", date="2023-01-01"),
            "dev/blog/posts/b.md": post(
                "# Code\n\nSee [news](/news/posts/a.md).", authors=["me"], categories=["Shared"], date="2024-01-02"
            ),
            "news/.authors.yml": people.format("Communication"),
            "dev/blog/.authors.yml": people.format("Developers"),
        },
        builder=builder,
        newsroom_blogs=[
            {"blog_dir": "news", "title": "News"},
            {
                "blog_dir": "dev/blog",
                "title": "Development",
                "post_url_format": "{slug}",
                "archive": False,
                "post_date_format": "yyyy",
            },
        ],
    ).build()
    assert built.warnings == []
    end = "/" if builder == "dirhtml" else ".html"
    start = "/" if builder == "dirhtml" else "/index.html"
    assert built.titles(f"news{start}") == ["News", "Older news"]
    assert built.titles(f"dev/blog{start}") == ["Code"]
    assert built.titles(f"news/category/shared{end}") == ["News"]
    assert built.titles(f"dev/blog/category/shared{end}") == ["Code"]
    news, code = built.soup(f"news/2024/01/01/news{end}"), built.soup(f"dev/blog/code{end}")
    assert news.select_one(".p-author .p-name").get_text() == "Communication"
    assert code.select_one(".p-author .p-name").get_text() == "Developers"
    assert code.select_one("time.dt-published").get_text() == "2024"
    assert code.select_one("link[rel=prev]") is None, "blogs do not lead into each other"
    assert news.select_one(".newsroom-backlink a").get_text() == "Back to News"
    assert code.select_one(".newsroom-backlink a").get_text() == "Back to Development"
    assert not built.file("dev/blog/archive").exists()
    assert "Older news" in built.text("news/atom.xml")
    assert "Older news" not in built.text("dev/blog/atom.xml")
    assert [link["title"] for link in built.soup("/index.html").select("link[type='application/atom+xml']")] == [
        "News",
        "Development",
    ]


def test_two_blogs_cannot_share_a_folder(site):
    built = site({"blog/posts/a.md": post()}, newsroom_blogs=[{"blog_dir": "blog"}, {"blog_dir": "blog"}]).build()
    assert built.warnings == [
        "WARNING: newsroom_blogs: two blogs have the blog_dir 'blog'; the second is left out. [newsroom.config]"
    ]
    assert built.titles("/blog/") == ["A post"]


MKDOCS = """\
site_name: Node
site_url: https://moved.example/
theme:
  name: material
  language: et
extra:
  tags:
    HTML5: html
plugins:
  - blog:
      blog_dir: news
      post_url_format: "{date}/{file}"
      pagination_per_page: 1
      post_slugify: !!python/name:os.system
  - redirects:
      redirect_maps:
        old/page.md: page.md
        gone.md: https://elsewhere.example/
markdown_extensions:
  - toc:
      slugify: !!python/name:os.system
"""


def test_a_mkdocs_yml_left_in_place_says_it_all(site):
    built = site(
        {
            "mkdocs.yml": MKDOCS,
            "index.md": "# Home\n\n```{toctree}\nnews/index\npage\n```\n",
            "page.md": "# Page\n",
            "news/posts/A_File.md": post(tags=["HTML5", "Other"]),
            "news/posts/B.md": post(date="2023-05-01"),
        },
        newsroom_mkdocs="mkdocs.yml",
        html_baseurl="",
    ).build()
    reason = "'os.system' is not called because mkdocs.yml names it; name it in conf.py"
    assert built.warnings == [
        f"WARNING: post_slugify: {reason}. [newsroom.config]",
        f"WARNING: toc: slugify: {reason}, in newsroom_markdown_extensions. [newsroom.config]",
    ]
    page = built.soup("/news/2024/06/18/A_File/")
    assert page.select_one("link[rel=canonical]")["href"] == "https://moved.example/news/2024/06/18/A_File/"
    assert page.select_one("time.dt-published").get_text() == "18. juuni 2024"
    assert page.html["lang"] == "et"
    assert [tag["class"][2:] for tag in page.select(".newsroom-tags a")] == [["newsroom-tag-html"], []]
    assert len(built.titles("/news/")) == 1
    assert built.soup("/old/page/").select_one("meta[http-equiv]")["content"] == "0; url=../../page/"
    assert built.soup("/gone/").select_one("meta[http-equiv]")["content"] == "0; url=https://elsewhere.example/"


def test_front_matter_is_inherited_from_folders(site):
    built = site(
        {
            "blog/posts/a.md": post("# A\n\nText."),
            "blog/posts/hidden/b.md": post("# B\n\nText."),
            "blog/posts/.meta.yml": "categories: [Common]\nhide: [toc]\n",
            "blog/posts/hidden/.meta.yml": "draft: true\n",
        }
    ).build()
    assert built.titles("/blog/category/common/") == ["A"]
    built.write({"blog/posts/.meta.yml": "categories: [Changed]\n"}).build()
    assert built.titles("/blog/category/changed/") == ["A"]
    assert not built.file("/blog/category/common/").exists()


def test_files_beside_posts_stand_where_material_put_them(site):
    built = site(
        {
            "blog/posts/2024/a.md": post("# A\n\n![x](pic.png)\n\n[slides](slides.pdf)"),
            "blog/posts/2024/pic.png": b"\x89PNG",
            "blog/posts/2024/slides.pdf": b"%PDF",
            "blog/posts/2024/data.json": b"{}",
            "blog/posts/secret/b.md": post("# B\n\nText.", draft=True),
            "blog/posts/secret/plan.pdf": b"%PDF",
        }
    ).build()
    assert (built.out / "blog/2024/pic.png").read_bytes() == b"\x89PNG"
    assert (built.out / "blog/2024/slides.pdf").is_file()
    assert (built.out / "blog/posts/2024/data.json").is_file()
    assert not (built.out / "blog/secret/plan.pdf").exists()
    built.write({"blog/posts/2024/slides.pdf": None, "blog/posts/2024/a.md": post("# A\n\nText.")}).build()
    assert not (built.out / "blog/2024/slides.pdf").exists()


def test_the_blog_can_be_the_whole_site(site):
    built = site(
        {"index.md": "# My blog\n\nWelcome.\n", "posts/a.md": post("# A\n\nText.", categories=["News"])},
        newsroom_blog_dir=".",
    ).build()
    assert built.warnings == []
    assert built.titles("/") == ["A"]
    assert built.urls() >= {"", "2024/06/18/a/", "category/news/", "archive/2024/"}
    assert built.file("/atom.xml").is_file()


@pytest.mark.parametrize(("severity", "prefix"), [("warn", "WARNING"), ("error", "ERROR"), ("ignore", None)])
def test_the_severity_of_a_kind_of_problem_can_be_set(site, severity, prefix):
    built = site(
        {"blog/posts/a.md": post(authors=["nobody"]), "blog/.authors.yml": "authors: {}\n"},
        newsroom_severity={"author": severity},
    )
    built.build()
    assert [warning.split(": ")[1] for warning in built.warnings] == ([prefix] if prefix else [])
    assert built.app.statuscode == (severity == "error")


def test_an_error_in_a_process_that_reads_ends_the_build_too(site):
    posts = {f"blog/posts/{number}.md": post(f"# {number}\n\nSee [the draft](draft.md).") for number in range(6)}
    draft = {"blog/posts/draft.md": post("# Draft", draft=True)}
    built = site(posts | draft, newsroom_severity={"link": "error"})
    built.build(jobs=2)
    assert [": ERROR: " in warning for warning in built.warnings] == [True] * len(posts)
    assert built.app.statuscode == 1


LINKS = """\
---
date: 2024-06-18
links:
  - page.md
  - Own title: page.md#a-place
  - page.md#nowhere
  - mising.md
  - https://example.org/
  - Group:
      - posts/b.md
      - Slides: blog/posts/slides.pdf
---

# A post
"""


def test_related_links_have_the_titles_of_their_targets(site):
    built = site(
        {
            "page.md": "---\norphan: true\n---\n\n# The page\n\n## A place\n\nText.\n",
            "blog/posts/a.md": LINKS.replace("posts/b.md", "blog/posts/b.md"),
            "blog/posts/b.md": post("# Other post\n\nText."),
            "blog/posts/slides.pdf": b"%PDF",
        }
    ).build()
    links = built.soup("/blog/2024/06/18/a-post/").select(".newsroom-links li")
    shown = [
        (link.contents[0].get_text() if link.a else link.get_text(), link.a and link.a["href"].split("-")[0])
        for link in links
    ]
    assert shown == [
        ("The page", "../../../../../page/"),
        ("Own title A place", "../../../../../page/#a"),
        ("The page", "../../../../../page/"),
        ("mising.md", None),
        ("https://example.org/", "https://example.org/"),
        ("Group", "../other"),
        ("Other post", "../other"),
        ("Slides", "../../../../../_images/slides"),
    ]
    place, page = built.warnings
    assert place.startswith("blog/posts/a.md:6: WARNING: the related link 'page.md#nowhere': 'page.md' has no place")
    assert page.startswith("blog/posts/a.md:7: WARNING: the related link 'mising.md' leads nowhere; expected a URL")


@pytest.mark.theme("pydata_sphinx_theme")
@pytest.mark.parametrize("conf", [{"newsroom_blog_toc": True}, {"newsroom_categories_toc": True}])
def test_titles_of_posts_can_stand_in_the_table_of_contents(site, conf):
    built = site(
        {"blog/posts/a.md": post(categories=["News"]), "blog/posts/b.md": post("# B\n\nText.")}, **conf
    ).build()
    for url, expected in {
        "/blog/": ["A post", "B"] if "newsroom_blog_toc" in conf else [],
        "/blog/category/news/": ["A post"],
    }.items():
        page = built.soup(url)
        links = page.select("#pst-secondary-sidebar .toc-entry a")
        assert [link.get_text(strip=True) for link in links] == expected
        assert all(page.select_one(link["href"]) for link in links)


BODY = """# {name}

{name} one.

{name} two.

<!-- cut here -->

{name} three.

<!-- more -->

{name} four.
"""
ALL_LISTS = """# Home

```{toctree}
news/index
dev/index
```

```{post-list}
:sort: title
```

```{postlist}
:excerpts:
```
"""


def paragraphs(texts):
    """Return which of the numbered paragraphs of each blog are in some texts."""
    words = " ".join(texts)
    return {name: [n for n in ("one", "two", "three", "four") if f"{name} {n}." in words] for name in ("News", "Code")}


@pytest.mark.parametrize("builder", ["dirhtml", "text"])
def test_every_list_cuts_excerpts_as_the_blog_of_the_post_says(site, builder):
    template = (
        "{% for post in ablog.posts %}<p>{% for node in post.excerpt %}{{ node.astext() }} {% endfor %}</p>{% endfor %}"
    )
    built = site(
        {
            "index.md": ALL_LISTS,
            "news/posts/a.md": post(BODY.format(name="News")),
            "dev/posts/b.md": post(BODY.format(name="Code").replace("<!-- more -->", "")),
            "_templates/own.html": f"<div id=own>{template}</div>",
        },
        builder=builder,
        templates_path=["_templates"],
        html_sidebars={"index": ["own.html"]},
        html_theme="alabaster",
        newsroom_blogs=[
            {"blog_dir": "news", "post_excerpt_separator": "<!-- cut here -->"},
            {"blog_dir": "dev", "post_excerpt_paragraphs": 1},
        ],
    ).build()
    expected = {"News": ["one", "two"], "Code": ["one"]}
    if builder == "text":
        own, ablogs = (built.out / "index.txt").read_text(encoding="utf-8").split("18 June", 1)[0:2]
        assert paragraphs([own + ablogs]) == expected
        return
    home = built.soup("/")
    assert paragraphs(found.get_text() for found in home.select(".newsroom-entry")) == expected
    assert paragraphs(found.get_text() for found in home.select(".postlist")) == expected
    assert paragraphs([home.select_one("#own").get_text()]) == expected
    assert paragraphs(built.soup(f"{name}/").select_one(".h-feed").get_text() for name in ("news", "dev")) == expected
