"""What other extensions can use: the index, taxonomies, formats of feeds, events."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from types import ModuleType
from typing import Any

import feedparser
import pytest
from sphinx.errors import ExtensionError
from sphinx.util.inventory import InventoryFile

from sphinxext import newsroom
from tests.conftest import ROOT, post

pytestmark = pytest.mark.theme("basic")

GUIDE = ROOT / "docs" / "how-to" / "extensions.md"
POSTS = {
    "blog/posts/a.md": post("# First\n\nText.", funder="Science Foundation", date="2024-01-01"),
    "blog/posts/b.md": post("# Second\n\nText.", funder=["Science Foundation", "City"], date="2024-02-01"),
    "blog/posts/c.md": post("# Third\n\nText.", date="2024-03-01"),
}


@pytest.fixture
def extension(tmp_path_factory, monkeypatch):
    """Return a function that makes an extension of a function ``setup``, or of source text."""
    made: list[str] = []

    def make(setup):
        name = f"made_extension_{len(made)}"
        made.append(name)
        if callable(setup):
            module: Any = ModuleType(name)
            module.setup = setup
            monkeypatch.setitem(sys.modules, name, module)
        else:
            folder = tmp_path_factory.mktemp("extension")
            (folder / f"{name}.py").write_text(setup, encoding="utf-8")
            monkeypatch.syspath_prepend(folder)
        return name

    yield make
    for name in made:
        sys.modules.pop(name, None)


def build(site, name, files=POSTS, **conf):
    return site(dict(files), extensions=["myst_parser", name], **conf).build()


def shown_in_guide(number):
    """Return a block of Python of the guide."""
    blocks = GUIDE.read_text(encoding="utf-8").split("```{code-block} python\n")[1:]
    return blocks[number].split("```")[0].split("\n\n", 1)[1]


def test_the_example_of_the_guide_adds_a_taxonomy_with_pages_and_feeds(site, extension):
    source = shown_in_guide(0)
    assert len(source.splitlines()) <= 22
    page = "# Home\n\n```{toctree}\nblog/index\n```\n\n{funder}`City`\n\n```{post-list}\n:funder: science foundation\n```\n"
    files = {**POSTS, "index.md": page}
    built = build(site, extension(source), files, newsroom_feed_files={"atom": "atom.xml", "json": "feed.json"})
    assert built.warnings == []
    assert built.titles("blog/funder/science-foundation") == ["Second", "First"]
    overview = built.soup("blog/funder")
    assert [link.get_text(strip=True) for link in overview.select(".newsroom-terms li a")] == [
        "City",
        "Science Foundation",
    ]
    feed = feedparser.parse(built.text("blog/funder/city/atom.xml"))
    assert [entry.title for entry in feed.entries] == ["Second"]
    assert [tag.term for tag in feed.entries[0].tags] == ["Science Foundation", "City"]
    assert json.loads(built.text("blog/funder/city/feed.json"))["items"][0]["tags"] == ["Science Foundation", "City"]
    home = built.soup("/")
    assert home.select_one("a[href='blog/funder/city/']").get_text() == "City"
    assert [link.get_text() for link in home.select(".newsroom-title")] == ["Second", "First"]
    terms = built.soup("blog/2024/02/01/second").select_one(".newsroom-funder-terms")
    assert [link["href"] for link in terms.select("a")] == [
        "../../../../funder/science-foundation/",
        "../../../../funder/city/",
    ]
    inventory = InventoryFile.loads((built.out / "objects.inv").read_bytes(), uri="")
    assert "City" in inventory.data["newsroom:funder"]


def test_builds_with_a_registered_taxonomy_are_exact(site, extension):
    built = build(site, extension(shown_in_guide(0)))
    built.write({"blog/posts/c.md": post("# Third\n\nText.", date="2024-03-01", funder="City")}).build()
    incremental = built.snapshot()
    assert built.titles("blog/funder/city") == ["Third", "Second"]
    assert incremental == built.build(fresh=True).snapshot()
    assert incremental == built.build(fresh=True, jobs=2).snapshot()


def test_values_that_are_no_terms_are_reported_with_file_and_line(site, extension):
    files = {**POSTS, "blog/posts/d.md": "---\ndate: 2024-04-01\nfunder: [City, {a: b}]\n---\n\n# Fourth\n"}
    built = build(site, extension(shown_in_guide(0)), files)
    assert built.titles("blog/funder/city") == ["Fourth", "Second"]
    [warning] = built.warnings
    assert warning.startswith("blog/posts/d.md:3: WARNING: 'funder' has {'a': 'b'}; expected text, or a list of texts.")
    assert warning.endswith("[newsroom.front_matter]")


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("Funder",), "a name has small letters"),
        (("tag",), "the name is taken"),
        (("count",), "the name is taken"),
        (("tags",), "the name is taken"),
        (("funder", {"title": ""}), "the title is ''"),
        (("funder", {"key": "draft"}), "the key 'draft' is not free"),
        (("funder", {"key": "catagories"}), "misspelling of 'categories'"),
        (("funder", {"url_format": "funder"}), "{slug} in it"),
        (("funder", {"url_format": "../{slug}"}), "{slug} in it"),
        (("funder", {"url_format": "{slug.__class__}"}), "{slug} in it"),
    ],
)
def test_bad_use_of_add_taxonomy_is_an_error(site, extension, arguments, reason):
    name, *more = arguments

    def setup(app):
        newsroom.add_taxonomy(app, name, **{"title": "Funders", **(more[0] if more else {})})

    with pytest.raises(ExtensionError, match=r"add_taxonomy\(") as error:
        build(site, extension(setup))
    assert reason in str(error.value)


def test_two_taxonomies_cannot_share_a_key_and_none_comes_late(site, extension):
    def twice(app):
        newsroom.add_taxonomy(app, "funder", title="Funders")
        newsroom.add_taxonomy(app, "donor", title="Donors", key="funder")

    with pytest.raises(ExtensionError, match="belongs to another taxonomy"):
        build(site, extension(twice))

    def late(app):
        app.connect("env-updated", lambda app, _env: newsroom.add_taxonomy(app, "funder", title="Funders"))

    with pytest.raises(ExtensionError, match="it is too late"):
        build(site, extension(late))


# -- Formats of feeds


class CsvWriter:
    def write(self, feed):
        return "".join(f"{entry.published.date()};{entry.title}\n" for entry in feed.entries).encode()


def test_a_registered_format_is_written_and_announced(site, extension):
    def setup(app):
        newsroom.add_feed_format(app, "csv", title="CSV", media_type="text/csv", suffix=".csv", writer=CsvWriter)

    built = build(site, extension(setup), newsroom_feed_files={"csv": "posts.csv", "csv_updated": "changes.csv"})
    assert built.warnings == []
    assert built.text("blog/posts.csv") == "2024-03-01;Third\n2024-02-01;Second\n2024-01-01;First\n"
    assert (built.out / "blog" / "changes.csv").is_file()
    assert built.soup("blog").select_one("link[type='text/csv']")["href"] == "posts.csv"
    assert "CSV" in built.soup("blog/subscribe").get_text()
    built.conf["newsroom_feed_files"] = {"csv": "posts.xml", "cvs": "a.csv"}
    built.build()
    assert "expected 'atom', 'rss', 'json', 'csv'" in built.warnings[0]
    built.conf["newsroom_feed_files"] = {"csv": "posts.xml"}
    built.build()
    assert "'posts.xml' is not the path of a feed; expected one that ends in .csv" in built.warnings[0]


def test_a_writer_that_fails_costs_its_feed_and_nothing_else(site, extension):
    class Broken:
        def write(self, feed):
            raise LookupError("no rows")

    class Mute:
        def write(self, feed):
            return None

    def setup(app):
        newsroom.add_feed_format(app, "csv", title="CSV", media_type="text/csv", suffix=".csv", writer=Broken)
        newsroom.add_feed_format(app, "tsv", title="TSV", media_type="text/tsv", suffix=".tsv", writer=Mute)

    built = build(site, extension(setup), newsroom_feed_files={"csv": "a.csv", "tsv": "a.tsv", "atom": "atom.xml"})
    for _build in range(2):
        assert [warning.split("WARNING: ")[1] for warning in built.warnings] == [
            "the feed 'blog/a.csv' is not written: LookupError: no rows. [newsroom.feed]",
            "the feed 'blog/a.tsv' is not written: TypeError: its writer returned NoneType; expected bytes. [newsroom.feed]",
        ]
        assert (built.out / "blog" / "atom.xml").is_file()
        built.build()


def test_a_new_version_of_a_format_writes_its_feeds_again(site, extension):
    version = ["1"]

    class Writer:
        def write(self, feed):
            return version[0].encode()

    def setup(app):
        newsroom.add_feed_format(
            app, "csv", title="CSV", media_type="text/csv", suffix=".csv", writer=Writer, version=version[0]
        )

    built = build(site, extension(setup), newsroom_feed_files={"csv": "a.csv"})
    version[0] = "2"
    assert built.build().text("blog/a.csv") == "2"


@pytest.mark.parametrize(
    ("name", "wrong", "reason"),
    [
        ("atom", {}, "there is a format of this name"),
        ("csv_updated", {}, "does not end in _updated"),
        ("csv", {"suffix": "csv"}, "the suffix is 'csv'"),
        ("csv", {"suffix": ".html"}, "not that of pages"),
        ("csv", {"media_type": "csv"}, "the media_type is 'csv'"),
        ("csv", {"writer": None}, "the writer is None"),
        ("csv", {"title": 5}, "the title is 5"),
    ],
)
def test_bad_use_of_add_feed_format_is_an_error(site, extension, name, wrong, reason):
    def setup(app):
        usual = {"title": "CSV", "media_type": "text/csv", "suffix": ".csv", "writer": CsvWriter}
        newsroom.add_feed_format(app, name, **{**usual, **wrong})

    with pytest.raises(ExtensionError) as error:
        build(site, extension(setup))
    assert reason in str(error.value)


# -- The index, and events


def test_the_index_is_there_once_the_blog_is_ready(site, extension):
    seen: dict[str, list[str]] = {}

    def early(app):
        with pytest.raises(ExtensionError, match="not complete before the event"):
            newsroom.get_blog(app)

    def ready(app, blog):
        assert newsroom.get_blog(app) is blog
        assert newsroom.get_blog(app, "blog") is blog
        with pytest.raises(ExtensionError, match="Did you mean 'blog'"):
            newsroom.get_blog(app, "blogs")
        seen.update(titles=[found.title for found in blog.posts.values()], kinds=[t.kind for t in blog.taxonomies])
        assert isinstance(blog, newsroom.Blog)
        assert all(isinstance(found, newsroom.Post) for found in blog.posts.values())
        assert isinstance(blog.taxonomies[0].collections[0], newsroom.Collection)

    def setup(app):
        app.setup_extension("sphinxext.newsroom")
        app.connect("builder-inited", early)
        app.connect("newsroom-blog-ready", ready)

    built = build(site, extension(setup))
    assert seen == {"titles": ["Third", "Second", "First"], "kinds": ["archive"]}
    assert newsroom.get_blog(built.app).posts.keys()
    with pytest.raises(AttributeError, match="has no attribute 'get_blogs'"):
        newsroom.get_blogs  # noqa: B018


def test_a_handler_adds_changes_and_removes_posts(site, extension):
    state = {"title": "Changed"}

    def discovered(_app, posts):
        first, second, _third = posts
        assert [found.title for found in posts] == ["First", "Second", "Third"]
        front_matter = replace(second.front_matter, categories=("News",))
        added = replace(first, path="page.md", docname="page", title=state["title"])
        posts[:] = [first, replace(second, front_matter=front_matter), added]

    def setup(app):
        app.setup_extension("sphinxext.newsroom")
        app.connect("newsroom-posts-discovered", discovered)

    files = {**POSTS, "page.md": "---\norphan: true\n---\n\n# A page\n\nText.\n"}
    built = build(site, extension(setup), files)
    assert built.warnings == []
    assert sorted(built.titles("blog")) == ["A page", "First", "Second"]
    assert built.titles("blog/category/news") == ["Second"]
    assert "blog/2024/03/01/third/" not in built.urls()
    assert built.soup("page").select_one(".newsroom-post")
    state["title"] = "Other"
    incremental = built.build().snapshot()
    assert incremental == built.build(fresh=True, jobs=2).snapshot()


def test_a_handler_that_makes_unusable_posts_is_told_so(site, extension):
    makes: dict[str, Any] = {}

    def discovered(_app, posts):
        posts[:] = makes["posts"](posts)

    def setup(app):
        app.setup_extension("sphinxext.newsroom")
        app.connect("newsroom-posts-discovered", discovered)

    name = extension(setup)
    for made, reason in (
        (lambda _posts: ["a"], "the list has 'a' in it; expected posts"),
        (lambda posts: [*posts, posts[0]], "is in the list twice"),
        (lambda posts: [replace(posts[0], created=posts[0].created.replace(tzinfo=None))], "has no time zone"),
        (lambda posts: [replace(posts[0], docname="../x")], "cannot be the docname"),
    ):
        makes["posts"] = made
        with pytest.raises(ExtensionError) as error:
            build(site, name)
        assert reason in str(error.value)
    makes["posts"] = lambda posts: [
        replace(posts[0], docname="index"),
        replace(posts[1], docname="news/second"),
        replace(posts[2], path="nowhere.md"),
    ]
    built = build(site, name)
    said = "\n".join(built.warnings)
    assert "the URL 'index' was given to this post, but is that of index.md; it stays at" in said
    assert "a post of 'nowhere.md' was added, which is not a document" in said
    assert {"blog/2024/01/01/first/", "news/second/"} <= built.urls()


def test_a_handler_changes_what_templates_show_of_a_post(site, extension):
    state = {"description": "By a handler <b>"}

    def context(_app, found, data):
        if found.title == "First":
            data["description"] = state["description"]
            data["page"] = "elsewhere"
            del data["authors"]
            data["grant"] = {"dates": (found.created.date(),)}

    def setup(app):
        app.setup_extension("sphinxext.newsroom")
        app.connect("newsroom-post-context", context)

    built = build(site, extension(setup), newsroom_blog_view="cards")
    assert built.warnings == []
    assert "By a handler &lt;b&gt;" in built.text("blog")
    before = built.snapshot()
    assert built.build().snapshot() == before
    state["description"] = "Changed"
    incremental = built.build().snapshot()
    assert b"Changed" in incremental["blog/index.html"]
    assert incremental == built.build(fresh=True, jobs=2).snapshot()


def test_a_handler_changes_the_entries_of_feeds(site, extension):
    state: dict[str, Any] = {"title": "Changed <b>"}

    def entry(_app, found, data):
        if found.title == "First":
            data.title = state["title"]

    def setup(app):
        app.setup_extension("sphinxext.newsroom")
        app.connect("newsroom-feed-entry", entry)

    built = build(site, extension(setup), newsroom_feed_files={"atom": "atom.xml", "rss": "rss.xml"})
    assert built.warnings == []
    for name in ("atom.xml", "rss.xml"):
        assert feedparser.parse(built.text(f"blog/{name}")).entries[-1].title == "Changed <b>"
    state["title"] = "Another"
    incremental = built.build().snapshot()
    assert b"Another" in incremental["blog/atom.xml"]
    assert incremental == built.build(fresh=True, jobs=2).snapshot()
    for wrong in (None, 5):
        state["title"] = wrong
        with pytest.raises(ExtensionError, match="newsroom-feed-entry: the title of"):
            built.build()
