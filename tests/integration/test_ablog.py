"""What ABlog offers: posts declared its way, its lists, labels, sidebars and options, and none of its old mistakes."""

from __future__ import annotations

import io
import re
import sys
from types import ModuleType
from typing import Any, ClassVar
from urllib.parse import urljoin

import ablog.blog
import feedparser
import pytest
from ablog.blog import Blog as AblogBlog
from bs4 import BeautifulSoup
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from sphinxext.newsroom.ablog.index import AblogIndex
from tests.conftest import DEFAULTS, Site, post

pytestmark = pytest.mark.theme("basic")

SIDEBARS = ["recentposts", "categories", "tagcloud", "archives", "authors", "languages", "locations", "postcard"]
CONF = {
    "blog_post_pattern": ["patterns/*.md", "blog/posts/matched.md"],
    "myst_enable_extensions": ["fieldlist"],
    "html_sidebars": {"blog/**": [f"ablog/{name}.html" for name in SIDEBARS], "notes/**": ["ablog/postcard.html"]},
}
OURS = post(
    "# Ours\n\nOur *intro* with [a link](../../notes/myst.md) and {doc}`../../page`.\n\n- item\n\n<!-- more -->\n\nRest.\n",
    date="2024-06-18",
    categories=["News", "C++"],
    tags=["x"],
    authors=["docs"],
)
FILES: dict[str, str] = {
    "index.md": "# Home\n\n```{toctree}\nblog/index\nlists\nlabels\npage\n```\n",
    "page.md": "# Page\n",
    "blog/.authors.yml": "authors:\n  docs:\n    name: Docs team\n    description: Writes\n    avatar: ''\n",
    "blog/posts/ours.md": OURS,
    "notes/directive.rst": (
        "Directive\n=========\n\n.. post:: 1 Mar, 2024\n   :tags: x, y\n   :category: News\n   :author: docs\n   :location: Tartu\n"
        "   :language: en\n   :redirect: old/address\n\n   The *excerpt* of it.\n\nThe rest.\n"
    ),
    "notes/excluded.rst": (
        "Excluded\n========\n\n.. post:: 2024-03-02\n   :category: News\n   :author: docs\n   :exclude:\n\n"
        "   Only in lists, see :doc:`myst`.\n\nThe text.\n"
    ),
    "notes/myst.md": (
        "# Myst\n\n```{post} 2024-04-02\n:tags: x\n:category: News\n:author: docs\n:excerpt: 2\n```\n\nFirst.\n\nSecond.\n\nThird.\n"
    ),
    "notes/yaml.md": (
        "---\nblogpost: true\ndate: Jan 5, 2024\nauthor: docs\ncategory: [News, 'A, B']\ntags: x\nexcerpt: 1\n---\n\n# Yaml\n\n"
        "Yaml text.\n\nMore.\n"
    ),
    "notes/fields.md": ":blogpost: true\n:date: 2024-01-06\n:category: News\n:tags: x\n:author: docs\n\n# Fields\n\nField text.\n",
    "notes/rst.rst": (
        ":blogpost: true\n:date: 2024-01-07\n:category: News\n:tags: x\n:author: docs\n\nRst fields\n==========\n\nRst text.\n"
    ),
    "patterns/one.md": "---\ndate: 2024-02-01\ntags: [x]\ncategory: News\nauthor: docs\n---\n\n# Pattern\n\nPattern text.\n",
    "blog/posts/matched.md": "---\ndate: 2024-02-02\ntags: [x]\ncategory: News\nauthor: docs\n---\n\n# Matched\n\nMatched text.\n",
    "notes/several.md": (
        "---\norphan: true\n---\n\n# Several\n\n## One\n\n```{post} 2024-05-01\n:category: News\n:author: docs\n```\n\nText one.\n\n"
        "## Two\n\n```{post} 2024-05-02\n:category: News\n:author: docs\n```\n\nText two.\n"
    ),
    "notes/undated.md": "# Undated\n\n```{post}\n:category: Nowhere\n```\n\nText.\n",
    "notes/future.md": "# Future\n\n```{post} 2031-01-01\n:category: Nowhere\n```\n\nText.\n",
    "patterns/future.md": "---\ndate: 2031-02-01\ncategory: Nowhere\n---\n\n# Future too\n\nText.\n",
    "patterns/page.md": "---\norphan: true\n---\n\n# Only a page\n\nText.\n",
}
# What is shown of each: its page, its date, the beginning of its excerpt.
POSTS = {
    "Ours": ("blog/2024/06/18/ours/", "2024-06-18", "Our intro with a link and Page."),
    "Two": ("notes/several/#two", "2024-05-02", "Text two."),
    "One": ("notes/several/#one", "2024-05-01", "Text one."),
    "Myst": ("notes/myst/", "2024-04-02", "First. Second."),
    "Excluded": ("notes/excluded/", "2024-03-02", "Only in lists, see Myst."),
    "Directive": ("notes/directive/", "2024-03-01", "The excerpt of it."),
    "Matched": ("blog/posts/matched/", "2024-02-02", "Matched text."),
    "Pattern": ("patterns/one/", "2024-02-01", "Pattern text."),
    "Rst fields": ("notes/rst/", "2024-01-07", "Rst text."),
    "Fields": ("notes/fields/", "2024-01-06", "Field text."),
    "Yaml": ("notes/yaml/", "2024-01-05", "Yaml text."),
}
LISTS = {
    "": [*POSTS],
    "3": ["Ours", "Two", "One"],
    "2\n:sort:": ["Two", "Ours"],
    "\n:category: news": [*POSTS],
    "\n:category: C++": ["Ours"],
    "\n:category: News\n:tags: y": ["Directive"],
    "\n:tags: x\n:author: docs": [title for title in POSTS if title not in {"One", "Two", "Excluded"}],
    "\n:author: Docs team\n:tags: y": ["Directive"],
    "\n:location: Tartu": ["Directive"],
    "\n:language: en": ["Directive"],
}
LABELS = {
    "blog-posts": "../blog/",
    "blog-drafts": "../blog/",
    "blog-feed": "https://node.example/blog/atom.xml",
    "blog-archives": "../blog/archive/",
    "blog-tags": "../blog/tag/",
    "blog-authors": "../blog/author/",
    "blog-locations": "../blog/location/",
    "blog-languages": "../blog/language/",
    "blog-categories": "../blog/category/",
    "tag-x": "../blog/tag/x/",
    "author-docs": "../blog/author/docs/",
    "author-docs-team": "../blog/author/docs/",
    "location-tartu": "../blog/location/tartu/",
    "language-en": "../blog/language/en/",
    "category-news": "../blog/category/news/",
    "category-a-b": "../blog/category/a-b/",
    "archive-2024": "../blog/archive/2024/",
    "ours": "../blog/2024/06/18/ours/",
    "directive": "../notes/directive/",
    "yaml": "../notes/yaml/",
    "matched": "../blog/posts/matched/",
}
FILES["lists.md"] = "# Lists\n\n" + "\n\n".join(
    f"```{{container}} l{number}\n~~~{{postlist}} {options}\n~~~\n```" for number, options in enumerate(LISTS)
)
FILES["lists.md"] += (
    "\n\n```{container} full\n~~~{postlist} 1\n:format: '{title} by {author} on {date} in {category} about {tags}'\n:date: '%Y'\n"
    ":excerpts:\n:expand: Read on\n:list-style: circle\n~~~\n```\n\n```{update} 2024-09-01\nAn update.\n```\n"
)
FILES["labels.md"] = "# Labels\n\n" + "\n\n".join(f"{{ref}}`{label}`" for label in LABELS)


def broken_links(built: Site) -> list[tuple[str, str]]:
    """Return every page with a link to a file that does not exist."""
    broken = []
    for file in built.out.rglob("*.html"):
        if file.relative_to(built.out).parts[0].startswith("_"):
            continue
        soup = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")
        for element in soup.select("a[href], link[href]"):
            path = element["href"].split("#")[0].split("?")[0]
            found = (built.out if path.startswith("/") else file.parent) / path.lstrip("/")
            if path and ":" not in path and not (found.is_file() or (found / "index.html").is_file()):
                broken.append((file.relative_to(built.out).as_posix(), path))
    return broken


def served(built: Site) -> dict[str, bytes]:
    """Return the pages and the feed; without the page of labels, where titles are Sphinx's to keep up to date."""
    return {
        name: content
        for name, content in built.snapshot().items()
        if name.endswith((".html", ".xml")) and not name.startswith("labels/")
    }


def make(folder, builder="dirhtml", *, jobs=1, **conf):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1790000000")
        made = Site(folder=folder, builder=builder, conf={"html_theme": "pydata_sphinx_theme", **CONF, **conf})
        return made.write({"conf.py": "", **FILES}).build(jobs=jobs)


@pytest.fixture(scope="module")
def blog(tmp_path_factory):
    """Return a site with posts declared in every way, built once."""
    return make(tmp_path_factory.mktemp("blog"))


class TestPosts:
    def test_nothing_is_wrong_with_them(self, blog):
        assert blog.warnings == []
        assert broken_links(blog) == []

    @pytest.mark.parametrize("title", POSTS)
    def test_each_stands_in_the_list_as_its_writer_declared_it(self, blog, title):
        url, date, excerpt = POSTS[title]
        entries = [
            *blog.soup("/blog/").select(".newsroom-entry"),
            *blog.soup("/blog/page/2/").select(".newsroom-entry"),
        ]
        [entry] = [entry for entry in entries if entry.h2.get_text(strip=True) == title]
        assert urljoin("https://node.example/blog/", entry.h2.a["href"]) == f"https://node.example/{url}"
        assert entry.select_one("time")["datetime"].startswith(date)
        assert entry.select_one(".p-author a").get_text() == "Docs team"
        shown = " ".join(entry.select_one(".newsroom-excerpt").get_text(" ", strip=True).split())
        assert shown.replace(" .", ".").startswith(excerpt)

    @pytest.mark.parametrize(
        ("url", "missing"),
        [
            ("/blog/", set()),
            ("/blog/category/news/", set()),
            ("/blog/tag/x/", {"One", "Two", "Excluded"}),
            ("/blog/author/docs/", set()),
            ("/blog/archive/2024/", set()),
        ],
    )
    def test_they_stand_in_the_same_lists(self, blog, url, missing):
        expected = [title for title in POSTS if title not in missing]
        assert blog.titles(url) == expected[:10]

    def test_they_stand_in_the_feed(self, blog):
        feed = feedparser.parse(blog.text("/blog/atom.xml"))
        assert [(entry.title, entry.id, entry.published[:10]) for entry in feed.entries] == [
            (title, f"https://node.example/{url}", date) for title, (url, date, _) in POSTS.items()
        ]
        assert {author.name for entry in feed.entries for author in entry.authors} == {"Docs team"}
        assert all("News" in [tag.term for tag in entry.tags] for entry in feed.entries)

    def test_what_has_no_date_or_a_future_one_is_nowhere(self, blog):
        assert not any("nowhere" in url for url in blog.urls())
        assert "patterns/future/" not in blog.urls()
        for url in ("/blog/", "/lists/", "/blog/atom.xml", "/blog/archive/"):
            assert not re.search("Undated|Future|Only a page", blog.text(url))

    def test_a_page_that_a_wide_pattern_matches_stays_a_page(self, blog):
        assert blog.soup("/patterns/page/").h1.get_text(strip=True).startswith("Only a page")

    def test_a_page_is_shown_as_a_post(self, blog):
        page = blog.soup("/notes/directive/")
        # The sidebar of this site says when and by whom it was written.
        assert "Mar" in page.select_one(".ablog__postcard h2").get_text()
        assert not page.select(".newsroom-byline")
        assert [a.get_text() for a in page.select(".newsroom-prev-next a span:not(.newsroom-kicker)")] == [
            "Excluded",
            "Matched",
        ]
        assert "Only in lists" not in blog.soup("/notes/excluded/").select_one("article").get_text()

    def test_an_old_address_leads_to_the_post(self, blog):
        assert "../../notes/directive/" in blog.text("/old/address/")


class TestPostlist:
    @pytest.mark.parametrize("options", LISTS)
    def test_it_shows_the_posts_that_it_is_asked_for(self, blog, options):
        number = list(LISTS).index(options)
        links = blog.soup("/lists/").select(f".l{number} a")
        assert [a.get_text() for a in links] == LISTS[options]
        assert [a["href"] for a in links] == ["../" + POSTS[title][0] for title in LISTS[options]]

    def test_it_shows_what_it_is_asked_for(self, blog):
        item = blog.soup("/lists/").select_one(".full ul.postlist-style-circle li.ablog-post")
        line = item.select_one(".ablog-post-title")
        assert line.get_text() == "Ours by Docs team on 2024 in News, C++ about x"
        assert [a["href"] for a in line.select("a")] == [
            "../blog/2024/06/18/ours/",
            "../blog/author/docs/",
            "../blog/category/news/",
            "../blog/category/c/",
            "../blog/tag/x/",
        ]
        excerpts = item.select(".ablog-post-excerpt")
        assert [" ".join(element.get_text().split()) for element in excerpts] == [
            "Our intro with a link and Page.",
            "item",
        ]
        assert [a["href"] for a in excerpts[0].select("a")] == ["../notes/myst/", "../page/"]
        assert item.select_one(".ablog-post-expand a").get_text() == "Read on"
        assert "Rest" not in item.get_text()


@pytest.mark.parametrize("label", LABELS)
def test_a_label_leads_to_a_page(blog, label):
    links = {label: a["href"] for label, a in zip(LABELS, blog.soup("/labels/").select("article p a"), strict=True)}
    assert links[label] == LABELS[label]


class TestUpdate:
    def test_it_has_its_date_as_title(self, blog):
        assert blog.soup("/lists/").select_one(".update .admonition-title").get_text() == "Updated on 01 September 2024"

    @pytest.mark.parametrize(
        ("name", "head"),
        [
            ("blog/posts/a.md", "---\ndate: 2024-06-18\n---\n\n# A\n\n"),
            ("notes/a.md", "---\nblogpost: true\ndate: 2024-06-18\n---\n\n# A\n\n"),
            ("notes/a.md", "# A\n\n```{post} 2024-06-18\n```\n\n"),
        ],
    )
    def test_it_is_the_date_of_change_of_the_post(self, site, name, head):
        built = site(
            {name: head + "Text.\n\n```{update} 1 Jul, 2024\nMore.\n```\n\n```{update} 20 Jun, 2024\nMore.\n```\n"}
        ).build()
        assert built.warnings == []
        entry = built.soup("/blog/").select_one(".newsroom-entry")
        assert entry.select_one("time.dt-updated")["datetime"].startswith("2024-07-01")
        assert "<updated>2024-07-01T00:00:00+00:00</updated>" in built.text("/blog/atom.xml")
        page = built.soup(
            "/" + entry.h2.a["href"].replace("../", "", 1) if name.startswith("notes") else "/blog/2024/06/18/a/"
        )
        assert [title.get_text() for title in page.select(".update .admonition-title")] == [
            "Updated on 01 July 2024",
            "Updated on 20 June 2024",
        ]


HOSTILE = "<script>x</script> & \"q\" 'q'"


class TestSidebars:
    @pytest.mark.parametrize("builder", ["html", "dirhtml"])
    def test_their_links_lead_to_pages(self, tmp_path, blog, builder):
        built = blog if builder == "dirhtml" else make(tmp_path, builder)
        assert built.warnings == []
        assert broken_links(built) == []
        soup = (
            BeautifulSoup(
                next(file for file in built.out.rglob("*ours*") if file.suffix == ".html").read_text(), "html5lib"
            )
            if (builder == "html")
            else built.soup("/blog/2024/06/18/ours/")
        )
        sidebar = soup.select_one("#pst-primary-sidebar")
        for name, texts in {
            "recentposts": ["Recent Posts", "02 May - Two", "01 May - One"],
            "categories": ["Categories", "A, B (1)", "C++ (1)", "News (11)"],
            "tagcloud": ["Tags", "x", "y"],
            "archives": ["Archives", "2024 (11)"],
            "authors": ["Authors", "Docs team (11)"],
            "languages": ["Languages", "en (1)"],
            "locations": ["Locations", "Tartu (1)"],
            "postcard": ["Docs team", "News", "C++", "x"],
        }.items():
            links = [" ".join(a.get_text().split()) for a in sidebar.select(f".ablog__{name} a")]
            assert links[: len(texts)] == texts, name

    @pytest.mark.theme("pydata_sphinx_theme")
    def test_they_show_labels_as_they_were_written(self, site):
        front_matter = "\n".join(
            f"{key}: ['{HOSTILE.replace(chr(39), chr(39) * 2)}']"
            for key in ("categories", "tags", "location", "language")
        )
        built = site(
            {
                "blog/posts/a.md": f"---\ndate: 2024-01-01\n{front_matter}\n---\n\n# `{HOSTILE}`\n\nText.\n",
                "blog/posts/b.md": post("# B\n\nText."),
            },
            **{key: value for key, value in CONF.items() if key == "html_sidebars"},
        ).build()
        assert built.warnings == []
        sidebar = built.soup("/blog/").select_one("#pst-primary-sidebar")
        for name in ("recentposts", "categories", "tagcloud", "languages", "locations"):
            assert HOSTILE in sidebar.select_one(f".ablog__{name}").get_text(), name
        assert not any("<script>x" in file.read_text() for file in built.out.rglob("*.html"))

    @pytest.mark.theme("pydata_sphinx_theme")
    def test_they_are_empty_where_there_are_no_such_pages(self, site):
        built = site(
            {"blog/posts/a.md": OURS.replace("../../page", "/index").replace("[a link](../../notes/myst.md)", "x")},
            newsroom_archive=False,
            newsroom_tags=False,
            newsroom_categories=False,
            newsroom_authors_profiles=False,
            html_sidebars=CONF["html_sidebars"],
        ).build()
        assert broken_links(built) == []
        sidebar = built.soup("/blog/2024/06/18/ours/").select("#pst-primary-sidebar [class^=ablog] a")
        assert [a.get_text(strip=True) for a in sidebar] == ["Recent Posts"]

    def test_months_are_an_archive_too(self, site):
        built = site(
            {
                "blog/posts/a.md": post(),
                "index.md": "# Home\n\n{ref}`archive-202406`\n\n```{toctree}\nblog/index\n```\n",
            },
            newsroom_archive_url_date_format="yyyy/MM",
            newsroom_archive_date_format="MMMM yyyy",
            html_sidebars=CONF["html_sidebars"],
        ).build()
        assert built.warnings == []
        assert built.soup("/blog/").select_one(".ablog__archives li a")["href"] == "archive/2024/06/"
        assert broken_links(built) == []


class TestBuilds:
    """What went wrong when a site was built twice, in parts, or for another program."""

    @pytest.mark.theme("pydata_sphinx_theme")
    def test_labels_of_other_documents_survive(self, site):
        files = {
            "aaa.md": "(faq)=\n\n# Owner\n\n(hello)=\n\n## Hello\n\nText.\n",
            "faq.md": "# Questions\n\nSee {ref}`faq` and {ref}`hello`.\n",
            "hello.md": "# Post\n\n```{post} 2024-01-01\n```\n\nText.\n",
            "index.md": "# Home\n\n```{toctree}\nblog/index\naaa\nfaq\nzzz\n```\n",
            "zzz.md": "# Last\n\n{ref}`faq`, {ref}`hello`\n",
        }
        built = site(files).build()
        assert built.warnings == []
        for name in ("faq.md", "hello.md", "aaa.md"):
            built.write({name: files[name] + "\nMore.\n"}).build()
            assert built.warnings == []
            assert [a["href"] for a in built.soup("/zzz/").select("article p a")] == ["../aaa/#faq", "../aaa/#hello"]
        built.write({"hello.md": None}).build()
        assert built.warnings == []

    def test_one_build_knows_nothing_of_another(self, site, tmp_path, blog):
        built = site({"blog/posts/a.md": post("# Alone\n\nText.", categories=["Own"])}, blog_title="Own").build()
        assert built.titles("/blog/") == ["Alone"]
        assert {url for url in built.urls() if "category" in url} == {"blog/category/", "blog/category/own/"}
        assert "<title>Own</title>" in built.text("/blog/atom.xml")

    def test_a_build_without_a_change_reads_nothing(self, tmp_path):
        built = make(tmp_path)
        before = {file: file.stat().st_mtime_ns for file in built.out.rglob("*.html") if file.name != "genindex.html"}
        built.build()
        assert "0 added, 0 changed, 0 removed" in built.status
        assert built.warnings == []
        after = {file: file.stat().st_mtime_ns for file in before}
        assert {file.relative_to(built.out).as_posix() for file in after if after[file] != before[file]} <= {
            "search/index.html",
            "genindex/index.html",
        }

    @pytest.mark.parametrize(
        ("name", "old", "new"),
        [
            ("blog/posts/ours.md", "# Ours", "# Yours"),
            ("blog/posts/ours.md", "Our *intro*", "Another intro"),
            ("notes/directive.rst", "Directive\n=========", "Directives\n=========="),
            ("notes/directive.rst", "1 Mar, 2024", "8 May, 2024"),
            ("notes/myst.md", "First.", "Changed."),
            ("notes/yaml.md", "category: [News, 'A, B']", "category: Fresh"),
            ("notes/several.md", ":category: News", ":category: Fresh"),
            ("notes/rst.rst", None, None),
        ],
    )
    def test_lists_and_labels_follow_an_edit(self, built_site, name, old, new):
        built = built_site(FILES, **{**CONF, "html_sidebars": {}})
        source = FILES[name]
        built.write({name: source.replace(old, new) if old else None}).build()
        incremental, clean = served(built), served(built.build(fresh=True))
        assert incremental.keys() == clean.keys()
        assert [key for key in clean if clean[key] != incremental[key]] == []

    def test_several_processes_build_the_same(self, tmp_path, blog):
        parallel = make(tmp_path, jobs=2)
        assert parallel.warnings == []
        assert served(parallel) == served(blog)

    @pytest.mark.filterwarnings("ignore:'sphinxcontrib.serializinghtml")
    @pytest.mark.parametrize(
        "builder",
        [
            *("latex", "texinfo", "epub", "text", "man", "gettext", "singlehtml", "json", "pickle"),
            *("xml", "pseudoxml", "changes", "linkcheck", "dummy"),
        ],
    )
    def test_any_builder_takes_posts_and_lists(self, tmp_path, builder):
        own_theme = builder in {"json", "pickle", "epub"}
        built = make(
            tmp_path,
            builder,
            linkcheck_ignore=[".*"],
            html_sidebars={},
            epub_copyright="x",
            version="1",
            **({"html_theme": "alabaster"} if own_theme else {}),
        )
        assert [warning for warning in built.warnings if "_in_ epub" not in warning] == []
        names = {file.relative_to(built.out).as_posix() for file in built.out.rglob("*") if file.is_file()}
        assert not any(re.search("category|atom.xml|archive/", name) for name in names)
        if builder in {"text", "xml", "pseudoxml", "man"}:
            everything = "".join(
                file.read_text() for file in built.out.rglob("*") if file.is_file() and file.suffix != ".pickle"
            )
            assert "Our" in everything


class TestConfiguration:
    """ABlog's own values do what they did."""

    @pytest.mark.parametrize(
        ("conf", "url", "expected"),
        [
            ({"blog_path": "news"}, "/news/", "A post"),
            ({"blog_title": "Journal"}, "/blog/atom.xml", "<title>Journal</title>"),
            (
                {"html_baseurl": "", "blog_baseurl": "https://other.example"},
                "/blog/atom.xml",
                "https://other.example/blog/2024",
            ),
            ({"blog_feed_length": 1}, "/blog/atom.xml", 1),
            ({"blog_feed_length": None}, "/blog/atom.xml", 2),
            ({"blog_feed_fulltext": True}, "/blog/atom.xml", "Third"),
            ({"blog_feed_fulltext": False}, "/blog/atom.xml", ("Second", "Third")),
            ({"post_auto_excerpt": 2}, "/blog/atom.xml", "Second"),
            ({"blog_feed_subtitle": "All of it"}, "/blog/atom.xml", "<subtitle>All of it</subtitle>"),
            ({"post_date_format": "%d.%m.%Y"}, "/page/", "Updated on 02.01.2024"),
            ({"post_date_format_short": "%Y"}, "/page/", "2024 - <a"),
            (
                {"blog_authors": {"x": ("Xaver team", "https://x.example/")}, "blog_default_author": "x"},
                "/blog/author/x/",
                "https://x.example/",
            ),
            (
                {"blog_authors": {"x": ("Xaver team", None), "y": ("Y team", None)}, "blog_default_author": ["x", "y"]},
                "/blog/author/y/",
                "Y team",
            ),
            (
                {"blog_locations": {"t": ("Tartu", None)}, "blog_default_location": "t"},
                "/blog/location/tartu/",
                "A post",
            ),
            (
                {"blog_languages": {"et": ("Eesti", None)}, "blog_default_language": "et"},
                "/blog/language/eesti/",
                "A post",
            ),
        ],
        ids=str,
    )
    def test_it_is_heard(self, site, conf, url, expected):
        folder = conf.get("blog_path", "blog")
        files = {
            f"{folder}/posts/a.md": post(),
            "notes/b.md": "# B\n\n```{post} 02.01.2024\n```\n\nFirst.\n\nSecond.\n\nThird.\n",
            "page.md": "---\norphan: true\n---\n\n# Page\n\n```{postlist}\n```\n\n```{update} 02.01.2024\nText.\n```\n",
            "index.md": f"# Home\n\n```{{toctree}}\n{folder}/index\n```\n",
        }
        if "post_date_format" not in conf:
            files = {name: text.replace("02.01.2024", "2024-01-02") for name, text in files.items()}
        built = site(files, **conf).build()
        assert built.warnings == []
        text = built.text(url)
        if isinstance(expected, int):
            assert text.count("<entry>") == expected
        elif isinstance(expected, tuple):
            assert not any(part in text for part in expected)
        else:
            assert expected in text

    @pytest.mark.parametrize(
        ("conf", "problem"),
        [
            ({"blog_default_author": "nobody"}, "blog_default_author = 'nobody' cannot be used"),
            ({"blog_authors": {"x": "Only a name"}}, "blog_authors = {'x': 'Only a name'} cannot be used"),
            ({"blog_languages": ["en"]}, "blog_languages = ['en'] cannot be used"),
            ({"blog_post_pattern": 5}, "blog_post_pattern = 5 cannot be used"),
            ({"post_date_format": 5}, "post_date_format = 5 cannot be used"),
            ({"blog_path": "/else/where"}, None),
            ({"blog_path": "../elsewhere"}, "would leave the site"),
            ({"post_auto_excerpt": 1.5}, "post_auto_excerpt = 1.5 cannot be used"),
            ({"blog_feed_length": "x"}, "newsroom_feed_length = 'x' cannot be used"),
        ],
        ids=str,
    )
    def test_what_cannot_be_used_is_pointed_out(self, site, conf, problem):
        built = site(
            {"blog/posts/a.md": post(), "notes/b.md": "# B\n\n```{post} 2024-01-02\n```\n\nText.\n"}, **conf
        ).build()
        warnings = [warning for warning in built.warnings if "[newsroom." in warning]
        assert len(warnings) == (problem is not None)
        assert all(problem in warning for warning in warnings)
        assert "B" in built.titles("/blog/" if "blog_path" not in conf or ".." in conf["blog_path"] else "/else/where/")


@pytest.mark.parametrize("directives", [["postlist"], ["post-list"], ["postlist", "post-list"]], ids=str)
def test_a_post_with_a_list_is_not_written_without_a_reason(site, directives):
    lists = "".join(
        f"\n\n```{{{name}}}\n:excerpts:\n```\n".replace(":excerpts:\n" * (name == "post-list"), "")
        for name in directives
    )
    files = {
        "blog/posts/a.md": post(f"# A\n\nText.{lists}"),
        "notes/b.md": f"# B\n\n```{{post}} 2024-01-01\n```\n\nText.{lists}",
    }
    made = site(files).build()
    pages = {file: file.stat().st_mtime_ns for file in made.out.rglob("*.html")}
    made.write({"page.md": "---\norphan: true\n---\n\n# Page\n"}).build()
    assert made.file("/page/").is_file()
    assert {file: file.stat().st_mtime_ns for file in pages} == pages


DATED = {
    "blog/posts/a.md": post(date="2024-01-02"),
    "notes/plain.md": "# Plain\n\n```{post} 2024-01-02\n```\n\n```{update} 2024-02-01\nText.\n```\n",
    "notes/zone.md": "# Zone\n\n```{post} 2024-01-01 23:30 +0100\n```\n\nText.\n",
    "notes/fields.md": "---\nblogpost: true\ndate: 2024-01-02\n---\n\n# Fields\n\n```{update} 2024-02-01\nText.\n```\n",
}


EXTENSIONS = DEFAULTS["extensions"]


class TestItsOwnBlog:
    """ABlog's ``Blog``, which templates and extensions of a site may ask for anything."""

    FILES: ClassVar = {
        "blog/posts/a.md": post("# First\n\nText.", tags=["x"], categories=["News"]),
        "blog/posts/b.md": post("# Second\n\nText.", date="2024-07-01"),
        "_templates/layout.html": "{% extends '!layout.html' %}\n{% block docs_body %}"
        "<p id='own'>{{ ablog.posts | map(attribute='title') | join(', ') }}|{{ pagename in ablog }}|{{ ablog.blog_title }}"
        "|{{ ablog | length }}</p>{{ super() }}{% endblock %}",
    }

    @pytest.mark.theme("pydata_sphinx_theme")
    def test_a_template_finds_posts_in_it(self, site):
        built = site(self.FILES, templates_path=["_templates"], blog_title="Ours").build()
        assert built.soup("/blog/2024/06/18/first/").select_one("#own").get_text() == "Second, First|True|Ours|2"
        assert built.soup("/").select_one("#own").get_text() == "Second, First|False|Ours|2"

    def test_an_extension_finds_posts_in_it(self, site, monkeypatch):
        found = []

        def note(app, _pagename, _template, _context, _doctree):
            found.append([post.title for post in AblogBlog(app).posts])

        extension: Any = ModuleType("own_extension")
        extension.setup = lambda app: app.connect("html-page-context", note, priority=1) and {}
        monkeypatch.setitem(sys.modules, extension.__name__, extension)
        site(self.FILES, extensions=["myst_parser", "sphinxext.newsroom", extension.__name__]).build()
        assert found
        assert all(titles == ["Second", "First"] for titles in found)

    def test_an_extension_finds_options_in_it_first(self, site, monkeypatch):
        found = []

        def note(app, _pagename, _template, _context, _doctree):
            blog = AblogBlog(app)
            found.append((blog.config["blog_title"], blog.config.get("blog_path"), blog.blog_title, len(blog)))
            assert not hasattr(blog, "no_such_option")
            assert blog.config.get("no_such_option") is None

        extension: Any = ModuleType("own_extension")
        extension.setup = lambda app: app.connect("html-page-context", note, priority=1) and {}
        monkeypatch.setitem(sys.modules, extension.__name__, extension)
        site(
            self.FILES, extensions=["myst_parser", "sphinxext.newsroom", extension.__name__], blog_title="Ours"
        ).build()
        assert set(found) == {("Ours", "blog/index", "Ours", 2)}

    def test_it_is_as_it_was_after_the_build(self, site, monkeypatch):
        def fail(*_):
            raise RuntimeError

        extension: Any = ModuleType("own_extension")
        extension.setup = lambda app: app.connect("html-page-context", fail) and {}
        monkeypatch.setitem(sys.modules, extension.__name__, extension)

        def state():
            return dict(AblogBlog._dict), ablog.blog.TOMORROW, vars(AblogBlog)["_init"]

        AblogBlog._dict.update(config={"blog_title": "Another"})
        try:
            before = state()
            site({**self.FILES, "c.md": "# Third\n\n```{post} 2024-01-02\n```\n\nText.\n"}).build()
            assert state() == before
            with pytest.raises(ExtensionError):
                site(self.FILES, extensions=["myst_parser", "sphinxext.newsroom", extension.__name__]).build(fresh=True)
            assert state() == before
        finally:
            AblogBlog._dict.clear()

    def test_applications_within_each_other_have_their_own(self, site, tmp_path, monkeypatch):
        found: dict[str, set[str]] = {"Outer": set(), "Inner": set()}

        def note(app, _pagename, _template, context, _doctree):
            title = app.config.blog_title
            found[title] |= {AblogBlog(app).blog_title, context["ablog"].blog_title}
            if title == "Outer" and not found["Inner"]:
                folders = (tmp_path / "src", None, tmp_path / "inner", tmp_path / "inner-doctrees")
                settings = {**DEFAULTS, "extensions": [*EXTENSIONS, "own_extension"], "blog_title": "Inner"}
                Sphinx(*folders, "dirhtml", settings, io.StringIO(), io.StringIO()).build()

        extension: Any = ModuleType("own_extension")
        extension.setup = lambda app: app.connect("html-page-context", note) and {}
        monkeypatch.setitem(sys.modules, extension.__name__, extension)
        site(self.FILES, extensions=[*EXTENSIONS, extension.__name__], blog_title="Outer").build()
        assert found == {"Outer": {"Outer"}, "Inner": {"Inner"}}
        assert AblogBlog._dict == {}

    def test_nobody_is_asked_where_nobody_asks(self, site, monkeypatch):
        built = site({name: text for name, text in self.FILES.items() if "layout" not in name}).build()
        built.write({"blog/posts/a.md": self.FILES["blog/posts/a.md"].replace("Text", "Other words")})
        monkeypatch.setattr(AblogIndex, "_fill", lambda *_: pytest.fail("ABlog's blog is filled"))
        built.build()


class TestTimeZone:
    """Dates in directives are those of the site, as dates in front matter are."""

    @staticmethod
    def dates(built):
        entries = feedparser.parse(built.text("/blog/atom.xml")).entries
        return {entry.title: (entry.published, entry.updated) for entry in entries}

    def test_it_is_that_of_the_site(self, site):
        built = site(DATED, newsroom_timezone="Europe/Tallinn").build()
        assert built.warnings == []
        midnight = "2024-01-02T00:00:00+02:00"
        changed = (midnight, "2024-02-01T00:00:00+02:00")
        found = self.dates(built)
        assert found == {
            "A post": (midnight, midnight),
            "Plain": changed,
            "Zone": ("2024-01-02T00:30:00+02:00", "2024-01-02T00:30:00+02:00"),
            "Fields": changed,
        }
        assert "January 2, 2024" in built.text("/notes/zone/")
        built.conf["newsroom_timezone"] = "UTC"
        assert self.dates(built.build())["Zone"][0] == "2024-01-01T22:30:00+00:00"
        snapshot = built.snapshot()
        assert snapshot == built.build(fresh=True).snapshot()

    @pytest.mark.parametrize(("zone", "titles"), [("UTC", []), ("Pacific/Auckland", ["Soon"])])
    def test_a_day_begins_where_the_site_says(self, site, zone, titles):
        # The builds of tests are at 14:13 UTC on 21 September 2026: the 22nd has begun in Auckland.
        files = {"notes/soon.md": "# Soon\n\n```{post} 2026-09-22\n```\n\nText.\n"}
        assert site(files, newsroom_timezone=zone).build().titles("/blog/") == titles
