"""Pages and objects that show the posts that mention them, and when these pages are written again."""

from __future__ import annotations

import re
import zlib

import pytest

from tests.conftest import Site, post

pytestmark = pytest.mark.theme("basic")

INVENTORY = b"# Sphinx inventory version 2\n# Project: Other\n# Version: 1\n# zlib\n" + zlib.compress(
    b"json.loads py:function 1 library/json.html#$ -\n"
)
GUIDE = """\
---
orphan: true
---

(install-label)=
# Guide

## Install it

Text.

```{mentions}
```
"""
API = """\
---
orphan: true
---

# API

```{py:module} tools
```

```{py:function} load(name)
Load something.
```

```{py:class} Store
A store.

:::{py:method} put(item)
Put something in.
:::
```

```{confval} cache_size
How much is cached.
```

```{glossary}
excerpt
  The beginning of a post.
```

Loading is in the news: {mentions}`py:func:json.loads`. Nothing is said of {mentions}`tools`.
"""
LISTS = """\
---
orphan: true
---

# Lists

```{mentions} tools.load
:tag: hpc
:title: Loading
:view: table
```

```{mentions} tools.Store
:empty: Not yet.
```

```{post-list}
:mentions: guide
:excerpt: none
```
"""
OPTIONS = {
    "extensions": ["myst_parser", "sphinx.ext.intersphinx", "sphinxext.newsroom"],
    "newsroom_mentions_domains": ["py", "std"],
    "html_sidebars": {"side": ["newsroom/sidebars/mentions.html"], "quiet": ["newsroom/sidebars/mentions.html"]},
    "html_theme": "alabaster",
    "intersphinx_disabled_reftypes": [],
    "myst_heading_anchors": 2,
    "myst_enable_extensions": ["colon_fence"],
}
ORPHAN = "---\norphan: true\n---\n\n"


def files():
    return {
        "guide.md": GUIDE,
        "api.md": API,
        "lists.md": LISTS,
        "side.md": f"{ORPHAN}# Side\n\nText.\n",
        "quiet.md": f"{ORPHAN}# Quiet\n\nText.\n",
        "blog/posts/a.md": post(
            "# Load *it*\n\n{py:func}`tools.load` and {term}`excerpt`, {py:func}`json.loads`.",
            date="2024-01-01",
            tags=["hpc"],
        ),
        "blog/posts/b.md": post("# Install\n\nSee {ref}`here <install-label>`.", date="2024-02-01"),
        "blog/posts/c.md": post(
            "# Section\n\nSee [it](/guide.md#install-it), [](#cache_size), [](/side.md).", date="2024-03-01"
        ),
        "blog/posts/d.md": post("# Draft\n\n{py:func}`tools.load`, [](/guide.md).", date="2024-04-01", draft=True),
        "blog/posts/e.md": post("# Loads\n\n{py:func}`tools.load` {py:func}`json.loads`.", date="2024-05-01"),
        "blog/posts/f.rst": ":date: 2024-06-01\n\nStructured\n==========\n\n:doc:`/guide` and :any:`tools.load`.\n",
    }


class MentionedSite(Site):
    """The site, with the inventory of another project."""

    def build(self, **how):
        inventory = self.folder / "objects.inv"
        inventory.write_bytes(INVENTORY)
        # Sphinx changes the mapping that it is given.
        self.conf["intersphinx_mapping"] = {"other": ("https://docs.example/", str(inventory))}
        return super().build(**how)


@pytest.fixture
def mentioned(site):
    """Return a function that makes the site; it is not built yet."""

    def make(*, builder="dirhtml", **conf):
        made = site(files(), **{**OPTIONS, **conf})
        return MentionedSite(folder=made.folder, conf=made.conf, builder=builder)

    return make


def names(tag, selector="a"):
    return [" ".join(found.get_text().split()) for found in tag.select(selector)]


def lines(page):
    """Return what the lines below objects name, by the id of the object."""
    found = {}
    for line in page.select(".newsroom-mentions"):
        holder = line.find_parent(["dd", "section"])
        place = holder.find_previous_sibling("dt") if holder.name == "dd" else line.find_previous_sibling(id=True)
        found[place["id"]] = names(line)
    return found


def test_pages_objects_and_terms_show_the_posts_that_mention_them(mentioned):
    built = mentioned().build()
    assert built.warnings == []
    [news] = built.soup("/guide/").select(".newsroom-post-list")
    assert names(news, "h3.newsroom-list-title, h2.newsroom-list-title") == ["In the news"]
    assert names(news, ".newsroom-title") == ["Structured", "Section", "Install"]
    assert names(news, "time") == ["June 1, 2024", "March 1, 2024", "February 1, 2024"]
    api = built.soup("/api/")
    assert lines(api) == {
        "tools.load": ["Structured", "Loads", "Load it"],
        "confval-cache_size": ["Section"],
        "term-excerpt": ["Load it"],
    }
    [shown] = {link.find_parent("p") for link in api.select("p > .newsroom-mention a") if not link.find_parent("dl")}
    assert names(shown) == ["Loads", "Load it"]
    table, nothing, posts = built.soup("/lists/").select("main .newsroom-post-list, .body .newsroom-post-list")
    assert names(table, ".newsroom-list-title") == ["Loading"]
    assert names(table, "tbody .p-name") == ["Load it"]
    assert nothing.get_text(strip=True) == "Not yet."
    assert names(posts, ".newsroom-title") == ["Structured", "Section", "Install"]
    assert names(built.soup("/side/").select_one(".newsroom-sidebar-mentions"), "li a") == ["Section"]
    assert not built.soup("/quiet/").select(".newsroom-sidebar-mentions")
    targets = [link["href"] for link in api.select(".newsroom-mentions a")]
    assert all(built.file(f"/api/{href}").resolve().is_file() for href in targets)
    assert "Draft" not in built.text("/api/") + built.text("/guide/") + built.text("/lists/")


LOAD_IT = "# Load *it*\n\n{py:func}`tools.load` {term}`excerpt` {py:func}`json.loads` "
EDITS = [
    ("nothing changes", {}, set()),
    (
        "new mention of a method, with -j 2",
        {
            "blog/posts/b.md": post(
                "# Install\n\nSee {ref}`here <install-label>` {py:meth}`tools.Store.put`.", date="2024-02-01"
            )
        },
        {"/api/"},
    ),
    (
        "new mention of a page that showed none",
        {"blog/posts/a.md": post(f"{LOAD_IT} [](/quiet.md)", date="2024-01-01", tags=["hpc"])},
        {"/quiet/"},
    ),
    (
        "mention of a section instead",
        {"blog/posts/a.md": post(f"{LOAD_IT} [](/guide.md#install-it)", date="2024-01-01", tags=["hpc"])},
        {"/guide/", "/lists/", "/quiet/"},
    ),
    (
        "new title",
        {
            "blog/posts/c.md": post(
                "# Part\n\nSee [it](/guide.md#install-it), [](#cache_size), [](/side.md).", date="2024-03-01"
            )
        },
        {"/guide/", "/api/", "/lists/", "/side/"},
    ),
    (
        "draft published",
        {"blog/posts/d.md": post("# Draft\n\n{py:func}`tools.load`, [](/guide.md).", date="2024-04-01")},
        {"/guide/", "/api/", "/lists/"},
    ),
    ("text without a mention", {"blog/posts/g.md": post("# New\n\nText.", date="2024-04-02")}, set()),
    (
        "post becomes a draft",
        {"blog/posts/e.md": post("# Loads\n\n{py:func}`tools.load`.", date="2024-05-01", draft=True)},
        {"/api/"},
    ),
    ("post gone", {"blog/posts/f.rst": None}, {"/api/", "/guide/", "/lists/"}),
    ("object gone", {"api.md": API.replace("{py:function} load", "{py:function} unload")}, {"/api/", "/lists/"}),
]
PAGES = ("/guide/", "/api/", "/lists/", "/side/", "/quiet/")


def test_a_change_writes_exactly_the_pages_that_show_it(mentioned):
    built = mentioned().build()
    for edit, changes, expected in EDITS:
        stamps = {url: built.file(url).stat().st_mtime_ns for url in PAGES}
        built.write(changes).build(jobs=2 if "-j 2" in edit else 1)
        written = {url for url, stamp in stamps.items() if built.file(url).stat().st_mtime_ns != stamp}
        assert (edit, written) == (edit, expected)
    incremental = {url: built.text(url) for url in PAGES}
    # Sphinx itself leaves posts as they were whose links lead to an object that is gone.
    built.build(fresh=True, jobs=2)
    assert {url: built.text(url) for url in PAGES} == incremental


def test_more_than_three_posts_are_folded(mentioned):
    more = {
        f"blog/posts/{n}.md": post(f"# More {n}\n\n{{confval}}`cache_size`", date=f"2025-01-0{n}") for n in (1, 2, 3)
    }
    folded = mentioned().write(more).build().soup("/api/").select_one("details.newsroom-mentions")
    assert folded.find_previous("dt")["id"] == "confval-cache_size"
    assert " ".join(folded.summary.get_text().split()) == "In the news 4 posts"
    assert names(folded) == ["More 3", "More 2", "More 1", "Section"]


def test_unknown_names_and_domains_are_reported_with_the_nearest(mentioned):
    page = f"{ORPHAN}# Page\n\n```{{mentions}} tools.lod\n```\n\nText {{mentions}}`cache_sise`.\n"
    built = mentioned(newsroom_mentions_domains=["pyy"]).write({"page.md": page}).build()
    domains = "c, changeset, citation, cpp, index, js, math, newsroom, py, rst, std"
    domain = f"WARNING: newsroom_mentions_domains: there is no domain 'pyy'; expected one of {domains}."
    domain += " Did you mean 'py'? [newsroom.config]"
    nowhere = "WARNING: no page, label, object or term is called"
    assert [line for line in built.warnings if "newsroom" in line] == [
        domain,
        f"page.md:7: {nowhere} 'tools.lod'. Did you mean 'tools.load'? [newsroom.list]",
        f"page.md:10: {nowhere} 'cache_sise'. Did you mean 'cache_size'? [newsroom.list]",
    ]


def test_nothing_is_resolved_where_no_page_asks(mentioned, monkeypatch):
    def fail(*_arguments):
        message = "a reference was resolved"
        raise AssertionError(message)

    monkeypatch.setattr("sphinxext.newsroom.backlinks.sphinx_targets.TargetFinder.of_reference", fail)
    silent = dict.fromkeys(("guide.md", "api.md", "lists.md"), f"{ORPHAN}# Page\n")
    mentioned(newsroom_mentions_domains=[], html_sidebars={}).write(silent).build()


def test_other_builders_show_plain_links(mentioned):
    built = mentioned(builder="text").build()
    text = built.text("/api.txt") + built.text("/guide.txt")
    assert "Loads (May 1, 2024), Load it (January 1, 2024)" in " ".join(text.split())
    assert "In the news" in text
    assert "* Section – March 1, 2024" in text


FEEDS = f"""{ORPHAN}# Feeds

```{{mentions}} tools.load
:feed:
```

```{{mentions}} py:func:json.loads
:feed:
```

```{{mentions}} tools.Store
:feed:
```
"""


def test_a_page_has_feeds_of_the_posts_that_it_asks_for(mentioned):
    feeds = {"newsroom_feed_files": {"atom": "atom.xml", "rss": "news.xml"}}
    own = {"feeds.md": FEEDS, "guide.md": GUIDE.replace("{mentions}\n", "{mentions}\n:feed:\n")}
    built = mentioned(**feeds).write(own).build()
    assert [line for line in built.warnings if "newsroom" in line] == []

    def titles(path):
        return re.findall("<title>(.*?)</title>", built.text(path))

    assert titles("/guide/mentions/atom.xml") == ["Blog: Guide", "Structured", "Section", "Install"]
    assert "https://node.example/guide/" in built.text("/guide/mentions/atom.xml")
    assert titles("/feeds/mentions/tools.load/atom.xml") == ["Blog: tools.load", "Structured", "Loads", "Load it"]
    [external] = built.out.glob("feeds/mentions/py*/news.xml")
    assert "<title>Blog: py:func:json.loads</title>" in external.read_text(encoding="utf-8")
    assert len([*built.out.rglob("mentions/**/*.xml")]) == 6, "nothing mentions the class"
    page = built.soup("/feeds/")
    links = [(link["href"], link.get_text()) for link in page.select(".newsroom-post-list .newsroom-kicker a")]
    assert links[:2] == [
        ("../feeds/mentions/tools.load/atom.xml", "Atom"),
        ("../feeds/mentions/tools.load/news.xml", "RSS"),
    ]
    announced = [link["href"] for link in page.select("link[rel=alternate]")]
    assert announced[0] == "mentions/tools.load/atom.xml"
    assert built.soup("/side/").select("link[rel=alternate]")
    assert not any("mentions" in link["href"] for link in built.soup("/side/").select("link[rel=alternate]"))

    stamps = {file: file.stat().st_mtime_ns for file in built.out.rglob("mentions/**/atom.xml")}
    more = post("# More\n\nSee {ref}`here <install-label>`.", date="2024-07-01")
    built.write({"blog/posts/g.md": more}).build(jobs=2)
    written = {
        file.parent.relative_to(built.out).as_posix() for file in stamps if file.stat().st_mtime_ns != stamps[file]
    }
    assert written == {"guide/mentions"}
    built.write({"feeds.md": f"{ORPHAN}# Feeds\n\nText.\n"}).build()
    assert not [*built.out.rglob("feeds/mentions/**/*.xml")]
    incremental = built.snapshot()
    built.build(fresh=True)
    assert built.snapshot() == incremental


def test_a_post_can_end_with_what_it_refers_to(mentioned):
    built = mentioned(newsroom_post_mentions=True).build()

    def shown(url):
        items = built.soup(url).select("[aria-labelledby=newsroom-mentioned] a")
        return [(" ".join(item.get_text().split()), item["href"], bool(item.code)) for item in items]

    root = "../../../../../"
    assert shown("/blog/2024/01/01/load-it/") == [
        ("tools.load", f"{root}api/#tools.load", True),
        ("excerpt", f"{root}api/#term-excerpt", True),
        ("json.loads", "https://docs.example/library/json.html#json.loads", True),
    ]
    assert shown("/blog/2024/03/01/section/") == [
        ("Install it", f"{root}guide/#install-it", False),
        ("cache_size", f"{root}api/#confval-cache_size", True),
        ("Side", f"{root}side/", False),
    ]
    built.write({"side.md": f"{ORPHAN}# Another <title>\n\nText.\n"}).build()
    assert shown("/blog/2024/03/01/section/")[-1][0] == "Another <title>"
