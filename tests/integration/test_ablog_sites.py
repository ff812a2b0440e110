"""Sites that used ABlog: no URL, page or option is lost, and no draft leaks."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

import feedparser
import pytest
from ablog.blog import Blog
from sphinx.util.inventory import InventoryFile

from tests.conftest import DEFAULTS, Site

CONF = {
    "blog_authors": {"docs": ("Docs team", "https://docs.example/"), "ops": ("Operations", None)},
    "blog_locations": {"tartu": ("Tartu linn", None)},
    "blog_languages": {"et": ("Eesti keel", None)},
    "blog_default_author": "ops",
    "blog_post_pattern": "patterns/*.md",
    "blog_title": "Journal",
    "myst_enable_extensions": ["fieldlist", "colon_fence"],
}
# Lists by the keys of ABlog's dictionaries and by names; each shows the post "Directive" alone.
BY_KEY = [
    *(
        f"postlist}}\n:{option}"
        for option in ("location: tartu", "location: Tartu linn", "language: et", "author: docs")
    ),
    *(
        f"postlist}}\n:{option}"
        for option in ("author: Docs team", "category: release notes", "tags: machine learning")
    ),
    *(f"post-list}}\n:{option}" for option in ("location: tartu", "language: ET", "author: docs")),
]
POSTS = {
    "index.md": "# Home\n\n```{toctree}\nlist\nposts/directive\n```\n",
    "list.md": "# List\n\n```{postlist}\n```\n",
    "posts/directive.rst": (
        "Directive\n=========\n\n.. post:: 1 Mar, 2024\n   :tags: C++, machine learning, São Paulo\n   :category: Release Notes\n"
        "   :author: docs\n   :location: tartu\n   :language: et\n   :redirect: old/address, older\n\nText.\n"
    ),
    "posts/myst.md": "# Myst\n\n```{post} 2023-04-02\n:author: Training Team\n:category: .NET\n```\n\nText.\n",
    "posts/yaml.md": "---\nblogpost: true\ndate: Jan 5, 2022\nauthor: Guest Writers\ntags: x, y z\n---\n\n# Yaml\n\nText.\n",
    "posts/fields.rst": ":blogpost: true\n:date: 2024-01-07\n:category: News\n\nFields\n======\n\nText.\n",
    "patterns/one.md": "---\ndate: 2021-02-01\nlanguage: English\n---\n\n# Pattern\n\nText.\n",
    "posts/several.rst": (
        "Several\n=======\n\nOne\n---\n\n.. post:: 2020-05-01\n   :location: Old Town\n\nText one.\n\n"
        "Two\n---\n\n.. post:: 2020-05-02\n   :redirect: two\n\nText two.\n"
    ),
}
MARK = "Confidential"
DRAFTS = {
    "drafts/undated.rst": f"{MARK} 1\n==============\n\n.. post::\n   :tags: secret\n\nText {MARK}.\n",
    "drafts/future.rst": f"{MARK} 2\n==============\n\n.. post::\n   2031-01-01\n   :tags: secret\n\nText {MARK}.\n",
    "drafts/myst.md": f"# {MARK} 3\n\n```{{post}} Jan 1, 2031\n:tags: secret\n```\n\nText {MARK}.\n",
    "drafts/colon.md": f"# {MARK} 4\n\n:::{{post}}\n:tags: secret\n:::\n\nText {MARK}.\n",
    "drafts/yaml.md": f"---\nblogpost: true\ntags: secret\n---\n\n# {MARK} 5\n\nText {MARK}.\n",
    "drafts/fields.rst": f":blogpost: true\n:date: 2031-01-01\n\n{MARK} 6\n==============\n\nText {MARK}.\n",
    "patterns/draft.md": f"---\ndate: 2031-02-01\ntags: secret\n---\n\n# {MARK} 7\n\nText {MARK}.\n",
    "posts/parts.md": (
        "# Parts\n\n## Shown\n\n```{post} 2024-05-01\n```\n\nText.\n\n"
        f"(hidden-label)=\n\n## {MARK} 8\n\n```{{post}}\n:tags: secret\n```\n\nText {MARK}.\n"
    ),
    "patterns/undated.md": f"---\ntags: secret\n---\n\n# {MARK} 9\n\nText {MARK}.\n",
    "posts/tops.md": (
        "# Open\n\n```{post} 2024-05-03\n```\n\nText.\n\n"
        f"# {MARK} 10\n\n:::{{post}}\n:tags: secret\n:::\n\n## {MARK} part\n\nText.\n\n# Also open\n\n```{{post}} 2024-05-04\n```\n"
    ),
    # Where the directive cannot be seen before the document is read.
    "drafts/inside.rst": f"{MARK} 11\n===============\n\n.. container:: c\n\n   .. post::\n\nText {MARK}.\n",
    "drafts/nested.md": f"# {MARK} 12\n\n::::{{note}}\n:::{{post}}\n:::\n::::\n\nText {MARK}.\n",
    "drafts/included.rst": f"{MARK} 13\n===============\n\n.. include:: declared.inc\n\nText {MARK}.\n",
    "drafts/declared.inc": ".. post::\n   :tags: secret\n",
    "drafts/only.md": f"# {MARK} 14\n\n````{{only}} html\n```{{post}} 2031-01-01\n```\n````\n\nText {MARK}.\n",
    "posts/boxes.rst": (
        "Boxes\n=====\n\nA box\n-----\n\n.. container:: c\n\n   .. post:: 2024-05-05\n\nText.\n\n"
        f"{MARK} 15\n---------------\n\n.. note::\n\n   .. post::\n      :tags: secret\n\n   {MARK}.\n"
    ),
    "posts/above.rst": (
        f".. post::\n   :tags: secret\n\n{MARK} 16\n===============\n\nText {MARK}.\n\n"
        "Below\n=====\n\n.. post:: 2024-05-06\n\nText.\n"
    ),
}


def make(folder, files, builder="dirhtml", *, jobs=1, tags=(), **conf):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1790000000")  # 21 September 2026
        made = Site(folder=folder, builder=builder, conf={"html_theme": "basic", **CONF, **conf})
        return made.write({"conf.py": "", **files}).build(jobs=jobs, tags=tags)


def output_files(built: Site) -> set[str]:
    """Return the files of pages and feeds."""
    found = (file.relative_to(built.out).as_posix() for file in built.out.rglob("*"))
    return {name for name in found if name.endswith((".html", ".xml")) and not name.startswith("_")}


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
@pytest.mark.parametrize("conf", [{}, {"blog_path": "news", "blog_feed_archives": True}], ids=str)
def test_every_address_that_ablog_gives_is_there(tmp_path, builder, conf):
    Blog._dict.clear()
    extensions = ["myst_parser", "ablog"]
    theirs = make(
        tmp_path / "theirs", POSTS, builder, extensions=extensions, blog_baseurl=DEFAULTS["html_baseurl"], **conf
    )
    Blog._dict.clear()
    ours = make(tmp_path / "ours", POSTS, builder, **conf)
    assert ours.warnings == []
    assert len(output_files(theirs)) > 40
    assert output_files(theirs) - output_files(ours) == set()
    for name in (name for name in output_files(theirs) if name.endswith(".xml")):
        feeds = [feedparser.parse(built.text(name)) for built in (theirs, ours)]
        links = [
            {urlsplit(entry.link).path.removesuffix(".html").strip("/") for entry in feed.entries} for feed in feeds
        ]
        assert links[0] == links[1], name
    for name in output_files(ours):
        for target in re.findall(r'http-equiv="refresh" content="0; url=([^"#]*)', ours.text(name)):
            file = ours.out / name / ".." / unquote(target)
            assert (file / "index.html" if target.endswith("/") else file).resolve().is_file(), (name, target)


def test_copies_of_feeds_name_the_feed_that_readers_should_follow(tmp_path):
    built = make(tmp_path, POSTS, blog_feed_archives=True, blog_feed_templates={"atom": {}, "social": {"title": "x"}})
    assert built.warnings == []
    for copy, feed in {
        "author/docs-team/": "author/docs/",
        "tag/sao-paulo/": "tag/são-paulo/",
        "2024/": "archive/2024/",
    }.items():
        for name in ("atom.xml", "social.xml"):
            [link] = [
                link for link in feedparser.parse(built.text(f"/blog/{copy}{name}")).feed.links if link.rel == "self"
            ]
            assert unquote(link.href) == f"https://node.example/blog/{feed}{name}"
            assert built.file(f"/blog/{feed}{name}").read_bytes() == built.file(f"/blog/{copy}{name}").read_bytes()
    # Pages announce the feed itself.
    heads = [link["href"] for link in built.soup("/blog/tag/são-paulo/").select("link[rel=alternate]")]
    assert not any("sao-paulo" in href for href in heads)


@pytest.mark.parametrize(
    ("conf", "is_there"),
    [
        ({"newsroom_archive_url_date_format": "yyyy-MM"}, True),
        ({"newsroom_ablog_urls": False}, False),
        ({"newsroom_feed_catalogs": ["tag"]}, False),
        ({"newsroom_feed": False}, False),
    ],
    ids=str,
)
def test_feeds_of_years_are_there_unless_they_are_switched_off(tmp_path, conf, is_there):
    built = make(tmp_path, POSTS, blog_feed_archives=True, **conf)
    file = built.file("/blog/2024/atom.xml")
    assert file.exists() == is_there
    if is_there:
        entries = feedparser.parse(file.read_text(encoding="utf-8")).entries
        assert {entry.title for entry in entries} == {"Directive", "Fields"}


def test_lists_find_posts_by_the_keys_of_dictionaries(tmp_path):
    page = "---\norphan: true\n---\n\n# By key\n\n" + "".join(f"```{{{line}\n```\n\n" for line in BY_KEY)
    built = make(tmp_path, {**POSTS, "by-key.md": page}, "text")
    assert built.warnings == []
    lines = (built.out / "by-key.txt").read_text(encoding="utf-8").splitlines()
    assert [line.rpartition(" ")[2] if "01" in line else line for line in lines if line.startswith("* ")] == (
        ["Directive"] * 7 + ["* Directive – March 1, 2024"] * 3
    )


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
@pytest.mark.parametrize(("folder", "year"), [(".", "2024"), ("news/blog", "news/blog/2024"), ("../x", "blog/2024")])
def test_any_folder_can_hold_the_blog(tmp_path, builder, folder, year):
    built = make(
        tmp_path, {"index.md": "# Home\n", "posts/a.rst": POSTS["posts/fields.rst"]}, builder, blog_path=folder
    )
    names = {name for name in output_files(built) if name.startswith(year)}
    assert names == {f"{year}.html" if builder == "html" else f"{year}/index.html"}
    assert not any(name.startswith(".") for name in output_files(built))


def test_a_page_that_somebody_wrote_keeps_its_address(tmp_path):
    page = "---\norphan: true\n---\n\n# My categories\n"
    built = make(tmp_path, {**POSTS, "blog/category.md": page, "blog/2024.md": page}, "html")
    assert built.warnings == []
    for url in ("/blog/category.html", "/blog/2024.html"):
        assert "My categories" in built.soup(url).h1.get_text()


@pytest.mark.parametrize(("conf", "is_there"), [({}, False), ({"newsroom_ablog_urls": True}, True)], ids=str)
def test_a_blog_that_ablog_never_made_has_none_of_its_addresses(site, conf, is_there):
    built = site(
        {"blog/posts/a.md": "---\ndate: 2024-06-18\ncategories: [News]\n---\n\n# A\n\nText.\n"}, **conf
    ).build()
    assert built.warnings == []
    assert ("blog/2024/" in built.urls()) == is_there
    assert "blog/category/news/" in built.urls()


def test_no_draft_leaves_a_trace(tmp_path):
    built = make(tmp_path, {**POSTS, **DRAFTS})
    assert built.warnings == []
    for name, content in built.snapshot().items():
        assert not re.search(rb"confidential|hidden-label", content.lower()), name
        assert not re.search(r"drafts/(?!index)|patterns/draft|secret", name), name
    inventory = InventoryFile.loads((built.out / "objects.inv").read_bytes(), uri="")
    names = {name for kind in ("std:doc", "std:label") for name in inventory.data[kind]}
    assert not any("draft" in name or "hidden" in name for name in names - {"blog-drafts"})
    assert {"posts/directive", "posts/parts"} <= names
    assert "drafts/undated" not in built.app.env.all_docs
    assert built.soup("/posts/parts/").find(id="shown") is not None
    assert {"posts/boxes", "posts/tops", "posts/above"} <= names
    # With several headings of the first level, each post has its place in the page.
    feed = built.text("/blog/atom.xml")
    for place in ("posts/tops/#open", "posts/tops/#also-open", "posts/boxes/#a-box", "posts/above/#below"):
        assert f"<id>https://node.example/{place}</id>" in feed


def test_drafts_are_there_where_they_are_asked_for(tmp_path):
    built = make(tmp_path, {**POSTS, **DRAFTS}, tags=("drafts",))
    titles = {title for number in ("", "page/2/", "page/3/") for title in built.titles(f"/blog/{number}")}
    assert {f"{MARK} {number}" for number in range(1, 17)} <= titles
    assert MARK not in built.text("/blog/atom.xml")
    # Without the tag they are gone again, parts of pages among them.
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1790000000")
        built.build()
        assert not any(MARK.encode() in content for content in built.snapshot().values())
        incremental = built.snapshot()
        assert built.build(fresh=True).snapshot().keys() == incremental.keys()


@pytest.mark.parametrize("name", ["drafts/undated.rst", "drafts/inside.rst"])
def test_a_draft_in_a_toctree_comes_and_goes_without_a_word(tmp_path, monkeypatch, name):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    title = re.search(rf"{MARK} \d+", DRAFTS[name]).group()
    files = {
        **POSTS,
        name: DRAFTS[name],
        "index.md": "# Home\n\n```{toctree}\nlist\nNAME\n/posts/yaml\n```\n".replace("NAME", name.removesuffix(".rst")),
    }
    built = make(tmp_path, files, numfig=True)
    assert built.warnings == []
    assert [a.get_text() for a in built.soup("/").select("[role=main] .toctree-l1 > a")] == ["List", "Yaml"]
    built.write({name: files[name].replace(".. post::", ".. post:: 2024-02-02")}).build()
    assert built.warnings == []
    entries = ["List", title, "Yaml"]
    assert [a.get_text() for a in built.soup("/").select("[role=main] .toctree-l1 > a")] == entries
    built.write({name: files[name]}).build()
    assert built.warnings == []
    assert [a.get_text() for a in built.soup("/").select("[role=main] .toctree-l1 > a")] == ["List", "Yaml"]
    assert not built.file(f"/{name.removesuffix('.rst')}/index.html").exists()
    assert MARK not in built.text("searchindex.js")


def test_a_part_of_a_page_appears_when_its_time_has_come(tmp_path, monkeypatch):
    text = "# Parts\n\n## Now\n\n```{post} 2024-05-01\n```\n\nText.\n\n## Later\n\n```{post} 2026-10-01\n```\n\nText.\n"
    built = make(tmp_path, {**POSTS, "posts/parts.md": text})
    assert built.soup("/posts/parts/").find(id="later") is None
    assert "posts/parts/#now" in built.text("/blog/atom.xml")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")  # 15 January 2027
    built.build()
    assert built.soup("/posts/parts/").find(id="later") is not None
    assert built.titles("/blog/")[0] == "Later"
    incremental = {name: text for name, text in built.snapshot().items() if name.endswith((".html", ".xml", ".inv"))}
    clean = built.build(fresh=True).snapshot()
    assert [name for name in incremental if incremental[name] != clean[name]] == []


def test_a_misspelt_date_is_reported_and_the_page_is_not_lost(tmp_path):
    built = make(tmp_path, {**POSTS, "posts/when.rst": "When\n====\n\n.. post:: soon\n\nText.\n"})
    [warning] = built.warnings
    assert "posts/when.rst:4" in warning
    assert "'soon' is not a date" in warning
    assert "When" in built.soup("/posts/when/").h1.get_text()


class TestOptions:
    """ABlog's options that change pages."""

    def test_lists_can_have_titles_only(self, tmp_path):
        built = make(tmp_path, POSTS, blog_archive_titles=True)
        assert built.warnings == []
        for url in ("/blog/", "/blog/category/news/", "/blog/archive/2024/"):
            assert "Fields" in built.titles(url)
            assert not built.soup(url).select(".newsroom-excerpt, .newsroom-more")
        assert "Text." in built.text("/blog/atom.xml")

    @pytest.mark.parametrize(("conf", "seconds"), [({}, 0), ({"post_redirect_refresh": 7}, 7)], ids=str)
    def test_redirects_wait_as_long_as_asked_for(self, tmp_path, conf, seconds):
        built = make(tmp_path, POSTS, **conf)
        assert f'content="{seconds}; url=../../posts/directive/"' in built.text("/old/address/")
        assert f'content="{seconds}; url=../posts/several/#two"' in built.text("/two/")

    def test_older_and_newer_posts_can_be_left_out(self, tmp_path):
        assert make(tmp_path / "a", POSTS).soup("/posts/myst/").select(".newsroom-prev-next")
        assert (
            not make(tmp_path / "b", POSTS, post_show_prev_next=False)
            .soup("/posts/myst/")
            .select(".newsroom-prev-next")
        )

    IMAGES = "First.\n\n{syntax}\n\nSecond.\n\n{other}\n"

    @pytest.mark.parametrize(
        ("conf", "option", "shown"),
        [({}, "", None), ({}, "1", "one"), ({}, "2", "two"), ({"post_auto_image": 2}, "", "two"), ({}, "9", None)],
        ids=str,
    )
    def test_an_image_ends_the_excerpt(self, tmp_path, conf, option, shown):
        svg = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
        text = "First.\n\n![a](one.svg)\n\nSecond.\n\n![b](two.svg)\n"
        directive = f":image: {option}\n" if option else ""
        front_matter = f"image: {option}\n" if option else ""
        files = {
            "posts/one.svg": svg,
            "posts/two.svg": svg + b"\n",
            "posts/a.md": f"# By directive\n\n```{{post}} 2025-01-01\n{directive}```\n\n{text}",
            "posts/b.md": f"---\nblogpost: true\ndate: 2025-01-02\n{front_matter}---\n\n# By front matter\n\n{text}",
            "list.md": "# List\n\n```{postlist} 2\n:excerpts:\n```\n",
        }
        built = make(tmp_path, {**POSTS, **files}, **conf)
        assert built.warnings == []
        expected = [f"{shown}.svg"] if shown else []
        entries = built.soup("/blog/").select(".newsroom-entry")[:2]
        for part in [
            *(entry.select_one(".newsroom-excerpt") for entry in entries),
            *built.soup("/list/").select(".ablog-post"),
        ]:
            assert [image["src"].rpartition("/")[2] for image in part.select("img")] == expected
            assert "Second." not in part.get_text()

    @pytest.mark.parametrize(
        ("conf", "pages"),
        [
            ({}, ["/posts/directive/"]),
            ({"disqus_pages": True}, ["/posts/directive/", "/list/"]),
            ({"html_baseurl": ""}, []),
        ],
        ids=str,
    )
    def test_comments_stand_where_they_are_asked_for(self, tmp_path, conf, pages):
        quiet = POSTS["posts/myst.md"].replace(":author", ":nocomments:\n:author")
        built = make(tmp_path, {**POSTS, "posts/myst.md": quiet}, disqus_shortname="node-example", **conf)
        assert built.warnings == []
        for url in ("/posts/directive/", "/list/", "/posts/myst/", "/blog/"):
            comments = built.soup(url).select_one(".newsroom-comments")
            assert (comments is not None) == (url in pages), url
            if comments is not None:
                assert comments.select_one("script[src]")["src"] == "https://node-example.disqus.com/embed.js"
                # What ABlog calls the thread: the comments that are there stay with the page.
                assert f'this.page.identifier = "{url}"' in comments.get_text()
                assert f'this.page.url = "https://node.example{url}"' in comments.get_text()

    def test_comments_of_drafts_are_open_only_if_asked_for(self, tmp_path):
        files = {**POSTS, "drafts/undated.rst": DRAFTS["drafts/undated.rst"]}
        for is_open in (False, True):
            conf = {"disqus_shortname": "node", "disqus_drafts": is_open, "newsroom_draft": True}
            built = make(tmp_path / str(is_open), files, **conf)
            assert bool(built.soup("/drafts/undated/").select(".newsroom-comments")) == is_open

    @pytest.mark.parametrize(
        ("conf", "expected"),
        [
            ({"disqus_shortname": '"><script>'}, "the name of the site at Disqus"),
            ({"post_redirect_refresh": 1.5}, "a number of seconds"),
            ({"post_redirect_refresh": -1}, "a number of seconds"),
        ],
        ids=str,
    )
    def test_what_cannot_be_used_is_pointed_out(self, tmp_path, conf, expected):
        [name] = conf
        built = make(tmp_path, POSTS, **conf)
        [warning] = built.warnings
        assert f"{name} = {conf[name]!r} cannot be used" in warning
        assert expected in warning
        assert "disqus" not in built.text("/posts/directive/")

    @pytest.mark.parametrize(("theme", "words"), [("alabaster", True), ("pydata_sphinx_theme", False)])
    def test_sidebars_have_icons_only_where_the_theme_brings_them(self, tmp_path, theme, words):
        sidebars = {"posts/**": ["ablog/postcard.html"]}
        built = make(tmp_path, POSTS, html_theme=theme, html_sidebars=sidebars)
        card = built.soup("/posts/directive/").select_one(".ablog__postcard")
        assert ("Author:" in card.get_text()) == words

    def test_style_sheets_of_icons_are_linked(self, tmp_path):
        conf = {"fontawesome_link_cdn": "https://icons.example/all.css", "fontawesome_css_file": "icons.css"}
        (tmp_path / "src/_static").mkdir(parents=True)
        (tmp_path / "src/_static/icons.css").write_text("")
        built = make(tmp_path, POSTS, html_static_path=["_static"], **conf)
        hrefs = [link["href"].split("?")[0] for link in built.soup("/list/").select("link[rel=stylesheet]")]
        assert {"https://icons.example/all.css", "../_static/icons.css"} <= set(hrefs)


def test_several_processes_build_the_same(tmp_path):
    serial = make(tmp_path / "serial", {**POSTS, **DRAFTS})
    parallel = make(tmp_path / "parallel", {**POSTS, **DRAFTS}, jobs=2)
    assert parallel.warnings == []
    one, other = serial.snapshot(), parallel.snapshot()
    assert one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name] and name.endswith((".html", ".xml", ".inv"))] == []


def test_other_projects_find_posts_and_lists_by_their_labels(tmp_path):
    owner = "---\norphan: true\n---\n\n(myst)=\n\n# Owner\n\n{ref}`directive`, {ref}`myst`, {ref}`category-news`\n"
    built = make(tmp_path, {**POSTS, "owner.md": owner})

    def labels() -> dict[str, str]:
        inventory = InventoryFile.loads((built.out / "objects.inv").read_bytes(), uri="")
        return {name: item.uri for name, item in inventory.data["std:label"].items()}

    expected = {
        "directive": "posts/directive/",
        "myst": "owner/#myst",
        "category-news": "blog/category/news/",
        "author-training-team": "blog/author/training-team/",
        "archive-2024": "blog/archive/2024/",
        "blog-posts": "blog/",
    }
    assert built.warnings == []
    assert expected.items() <= labels().items()
    links = [a["href"] for a in built.soup("/owner/").select("[role=main] p a")]
    assert links == ["../posts/directive/", "#myst", "../blog/category/news/"]
    # A label that a document takes over later is its own, without a word.
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1790000000")
        built.write({"owner.md": owner.replace("(myst)=", "(directive)=\n(myst)=")}).build()
    assert built.warnings == []
    assert labels()["directive"] == "owner/#directive"


def test_a_toctree_with_drafts_leaves_what_follows_it_alone(tmp_path):
    rst = (
        ":orphan:\n\n{name}\n======\n\n.. toctree::\n   :caption: Pages\n   :glob:\n\n   {drafts}\n   /drafts/*\n"
        "   A title </drafts/future>\n   /page\n   Named </page2>\n   /drafts/undated.rst\n\n"
        ".. postlist:: 1\n   :format: {{title}}\n\nBelow.\n"
    )
    myst = (
        "---\norphan: true\n---\n\n# Myst\n\n```{toctree}\n:glob:\n/page\n/drafts/*\nA title </drafts/future>\n```\n"
        "```{postlist} 1\n:format: '{title}'\n```\n\nBelow.\n"
    )
    files = {
        **POSTS,
        **{name: text for name, text in DRAFTS.items() if name.startswith("drafts/")},
        "page.md": "# Page\n",
        "page2.md": "# Second\n",
        "first.rst": rst.format(name="First", drafts="/drafts/undated"),
        "second.rst": rst.format(name="Second", drafts="/drafts/future\n   /drafts/yaml"),
        "myst.md": myst,
    }
    built = make(tmp_path, files)
    assert built.warnings == []
    for name, titles in {"first": ["Page", "Named"], "second": ["Page", "Named"], "myst": ["Page"]}.items():
        page = built.soup(f"/{name}/").select_one("[role=main]")
        assert [a.get_text() for a in page.select(".toctree-l1 > a")] == titles
        assert [item.get_text(strip=True) for item in page.select("li.ablog-post")] == ["Directive"]
        assert page.select(".field-list") == []
        assert page.get_text().rstrip().endswith("Below.")
