"""Feeds of whole sites: their contents, the links to them, and that they do not change without a reason."""

from __future__ import annotations

import json
import re

import feedparser
import pytest

from tests.conftest import post
from tests.json_feed import check

pytestmark = pytest.mark.theme("basic")

AUTHORS = """\
authors:
  docs:
    name: Docs team
    description: Writes
    avatar: team.png
    email: docs@node.example
    orcid: 0000-0002-1825-0097
  ops:
    name: Operations
    description: Runs
    avatar: ''
    url: https://ops.example/
"""
UUID = "60a76c80-d399-11d9-b93c-0003939e0af6"
TEXT = """\
# Post {0}

Intro with [a page](/page.md), [slides](slides.pdf) and a `word`.

<!-- more -->

## A part

<img src="a.png" srcset="a.png 1x, /big.png 2x" onload="x()"><button>Copy</button><script>x()</script>
"""
ALL = {"atom": "atom.xml", "rss": "rss.xml", "json": "feed.json", "rss_updated": "/changes.xml"}
FORMATS = ("application/atom+xml", "application/rss+xml", "application/feed+json")


def files() -> dict[str, str | bytes]:
    keys: list[dict[str, object]] = [
        {
            "categories": ["News", "C++"],
            "tags": ["x"],
            "authors": ["docs", "ops"],
            "image": "{src: a.png, alt: A picture}",
            "id": UUID,
        },
        {"categories": ["News"], "authors": ["ops"], "doi": "https://doi.org/10.1234/abc", "pin": True},
        {"categories": ["Rare"], "date": "{created: 2024-01-03, updated: 2024-05-01}", "description": "In short."},
        {"categories": ["News"], "draft": True},
    ]
    posts = {
        f"blog/posts/{number}.md": post(TEXT.format(number), **({"date": f"2024-01-0{number}"} | front_matter))
        for number, front_matter in enumerate(keys, start=1)
    }
    return {
        **posts,
        "blog/.authors.yml": AUTHORS,
        "blog/index.md": "---\ndescription: All that is new\n---\n\n# Journal\n",
        "blog/posts/a.png": b"\x89PNG",
        "blog/posts/slides.pdf": b"%PDF",
        "team.png": b"\x89PNG",
        "page.md": "---\norphan: true\n---\n\n# Page\n\nText.\n",
    }


def alternates(soup):
    return [(link["href"], link["type"]) for link in soup.select("link[rel=alternate]")]


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_a_site_with_everything(site, builder):
    conf = {"newsroom_feed_files": ALL, "newsroom_feed_length": 2, "newsroom_feed_archive": True, "copyright": "CC BY"}
    built = site(files(), builder=builder, **conf).build()
    assert built.warnings == []
    end = "/" if builder == "dirhtml" else ".html"
    feeds = {name: name for name in built.snapshot() if name.endswith((".xml", ".json")) and not name.startswith("_")}
    # Those of the post with a DOI.
    feeds = {name: name for name in feeds if not name.endswith((".csl.json", ".linkset.json"))}
    assert set(feeds) == {
        "changes.xml",
        *(f"blog/{name}" for name in ("atom.xml", "atom-1.xml", "rss.xml", "rss-1.xml", "feed.json", "feed-1.json")),
        *(
            f"blog/{label}/{name}"
            for label in ("category/news", "category/c", "category/rare", "author/docs", "author/ops")
            for name in ("atom.xml", "rss.xml", "feed.json")
        ),
    }

    assert check(built.out) == (7, [])
    newest, oldest = (feedparser.parse(built.text(f"/blog/{name}")) for name in ("atom.xml", "atom-1.xml"))
    assert [entry.title for entry in newest.entries] == ["Post 3", "Post 2"]
    assert [entry.title for entry in oldest.entries] == ["Post 2", "Post 1"]
    assert newest.feed.subtitle == "All that is new"
    assert [link.href for link in newest.feed.links if link.rel == "prev-archive"] == [
        "https://node.example/blog/atom-1.xml"
    ]
    third, second, first = newest.entries[0], newest.entries[1], oldest.entries[1]
    assert third.id == f"https://node.example/blog/2024/01/03/post-3{end}"
    # A DOI can come later, and readers take an entry with another id for a new one.
    assert (second.id, first.id) == (f"https://node.example/blog/2024/01/02/post-2{end}", f"urn:uuid:{UUID}")
    assert third.updated[:10] == "2024-05-01"
    assert third.summary == "In short."
    assert {author.name for author in first.authors} == {"Docs team", "Operations"}
    assert "https://orcid.org/0000-0002-1825-0097" in built.text("/blog/atom-1.xml")
    [cover] = first.media_thumbnail
    assert re.fullmatch(r"https://node\.example/_images/a-\w+\.png", cover["url"])
    assert built.file(cover["url"].removeprefix("https://node.example")).stat().st_size == 4
    assert [(enclosure.type, enclosure.length) for enclosure in first.enclosures] == [("image/png", "4")]

    content = json.loads(built.text("/blog/feed.json"))["items"][0]["content_html"]
    linked = re.findall(r'(?:href|src)="([^"]*)"', content)
    srcset = re.findall(r'srcset="([^"]*)"', content)[0].split(", ")
    linked += [candidate.split()[0] for candidate in srcset]
    assert all(link.startswith("https://node.example/") for link in linked), linked
    assert "https://node.example/big.png 2x" in srcset
    assert not re.search("headerlink|button|script|onload|<!--", content)

    changes = feedparser.parse(built.text("/changes.xml"))
    assert [entry.title for entry in changes.entries] == ["Post 3", "Post 2"]
    assert changes.feed.title == "Blog: changes"
    assert feedparser.parse(built.text("/blog/category/news/rss.xml")).feed.title == "Blog: News"

    usual = [
        *zip(("blog/atom.xml", "blog/rss.xml", "blog/feed.json"), FORMATS, strict=True),
        ("changes.xml", FORMATS[1]),
    ]
    assert alternates(built.soup("/index.html")) == usual
    label = built.soup(f"/blog/category/news{end}")
    start = "" if builder == "dirhtml" else "news/"
    assert alternates(label)[:3] == [
        (start + name, kind) for name, kind in zip(list(ALL.values()), FORMATS, strict=False)
    ]
    assert len(alternates(label)) == 7
    assert [link["href"] for link in label.select(".newsroom-feeds a")] == [
        start + name for name in list(ALL.values())[:3]
    ]
    page = built.soup(f"/blog/subscribe{end}")
    assert len(alternates(page)) == 4
    assert [heading.get_text() for heading in page.select(".newsroom-subscribe h2")] == ["Categories", "Authors"]
    assert page.select_one(".newsroom-term a")["href"] in {"../", "index.html"}
    people = built.soup("/blog/index.html").select_one(".newsroom-nav li:last-child a")
    assert people.get_text() == "Subscribe"
    listed = {link["href"] for link in page.select(".newsroom-formats a")}
    assert len(listed) == 4 + 5 * 3


def test_what_is_gone_has_no_feed_and_what_is_the_same_is_not_written_again(site):
    built = site(files(), newsroom_feed_files=ALL).build()
    paths = [file for file in built.out.rglob("*") if file.name in {"atom.xml", "rss.xml", "feed.json"}]
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in paths}
    built.build()
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in paths} == before
    built.write({"blog/posts/3.md": post("# Post 3\n\nOther.", date="2024-01-03", categories=["News"])}).build()
    assert not (built.out / "blog" / "category" / "rare").exists()
    assert "Other." in built.text("/blog/category/news/atom.xml")
    unchanged = built.out / "blog" / "category" / "c" / "atom.xml"
    assert unchanged.stat().st_mtime_ns == before[unchanged][1]
    again = {path: path.read_bytes() for path in paths if path.exists()}
    built.build(fresh=True)
    assert {path: path.read_bytes() for path in paths if path.exists()} == again


def test_a_page_can_be_written_for_those_who_subscribe(site):
    built = site({**files(), "blog/subscribe.md": "# Stay in touch\n\nWrite to us.\n"}).build()
    page = built.soup("/blog/subscribe/")
    assert [heading.get_text().removesuffix("¶").removesuffix("#") for heading in page.select("h1")] == [
        "Stay in touch"
    ]
    assert page.select(".newsroom-formats a")[0]["href"] == "../atom.xml"


def test_without_such_a_page_readers_are_led_to_the_feed(site):
    built = site(files(), newsroom_feed_page="").build()
    assert not built.file("/blog/subscribe/").exists()
    [link] = built.soup("/blog/").select(".newsroom-nav li:last-child a")
    assert (link.get_text(), link["href"], link["type"]) == ("Feed", "atom.xml", FORMATS[0])


def test_nothing_else_is_overwritten(site):
    built = site(
        {"a/posts/x.md": post(), "b/posts/y.md": post(), "extra/old.xml": "<mine/>", "index.md": "# Home\n"},
        newsroom_blogs=[{"blog_dir": "a", "title": "A"}, {"blog_dir": "b", "title": "B"}],
        newsroom_feed_files={"atom": "/feed.xml", "rss": "/old.xml"},
        html_extra_path=["extra"],
        suppress_warnings=["toc.not_included"],
    ).build()
    assert built.warnings == [
        f"WARNING: newsroom_feed_files: {path!r} is the path of {owner} already; this feed of {title!r} is not written. "
        "[newsroom.duplicate]"
        for path, owner, title in (
            ("old.xml", "a file of html_extra_path (extra)", "A"),
            ("feed.xml", "a feed of 'A'", "B"),
            ("old.xml", "a file of html_extra_path (extra)", "B"),
        )
    ]
    assert built.text("/old.xml") == "<mine/>"
    assert "<title>A</title>" in built.text("/feed.xml")


def test_two_posts_cannot_have_one_id(site):
    built = site(
        {
            "blog/posts/a.md": post("# A\n\nText.", date="2024-01-01", id="urn:x:1"),
            "blog/posts/b.md": post("# B\n\nText.", date="2024-01-02", id="urn:x:1"),
        }
    ).build()
    [warning] = built.warnings
    assert warning == (
        "blog/posts/b.md:3: WARNING: the id 'urn:x:1' is already that of blog/posts/a.md; feeds use the URL of the post "
        "instead. [newsroom.duplicate]"
    )
    ids = [entry.id for entry in feedparser.parse(built.text("/blog/atom.xml")).entries]
    assert ids == ["https://node.example/blog/2024/01/02/b/", "urn:x:1"]


def test_the_feeds_of_a_moved_site_stay_where_they_were(site):
    mkdocs = """\
site_url: https://moved.example/
site_description: What the node does
plugins:
  - blog
  - rss:
      length: 1
      feed_title: Node news
      json_feed_enabled: false
      feeds_filenames:
        rss_created: news.xml
"""
    built = site({"mkdocs.yml": mkdocs, **files()}, newsroom_mkdocs="mkdocs.yml", html_baseurl="").build()
    assert built.warnings == []
    feed = feedparser.parse(built.text("/news.xml"))
    assert (feed.feed.title, feed.feed.subtitle, feed.version) == ("Node news", "What the node does", "rss20")
    assert [entry.id for entry in feed.entries] == ["https://moved.example/blog/2024/01/03/post-3/"]
    assert feedparser.parse(built.text("/feed_rss_updated.xml")).entries[0].title == "Post 3"
    assert not list(built.out.rglob("feed_json*"))
    assert built.file("/blog/atom.xml").is_file()


@pytest.mark.parametrize(
    ("conf", "present", "absent"),
    [
        ({"blog_feed_archives": True}, ["tag/x/atom.xml", "archive/2024/atom.xml"], []),
        ({"blog_feed_archives": False}, ["atom.xml"], ["category/news/atom.xml", "author/docs/atom.xml"]),
        ({"blog_feed_titles": True}, ['<summary type="text">In short.</summary>'], ["<content"]),
    ],
    ids=str,
)
def test_options_of_ablog_are_heard(site, conf, present, absent):
    built = site(files(), **conf).build()
    known = {name.removeprefix("blog/") for name in built.snapshot()}
    text = built.text("/blog/atom.xml")
    assert all(name in known or name in text for name in present)
    assert not any(name in known or name in text for name in absent)


CANARY = "<i>canary</i>\"'&]]></script>\x0b\u202e"


def test_hostile_values_stay_text_in_every_field(site):
    text, url = json.dumps(CANARY), json.dumps("https://x.example/" + CANARY)
    keys = ["title", "description", "slug", "template", "icon"]
    front_matter = "".join(f"{key}: {text}\n" for key in keys) + (
        f"date: 2024-01-01\nauthors: [evil, {text}]\ncategories: [{text}]\ntags: [{text}]\nlocation: [{text}]\nlanguage: [{text}]\n"
        f"external_link: {url}\ncanonical_link: {url}\nimage: {{src: {url}, alt: {text}, dark: {url}}}\n"
    )
    ids = {"b": f"id: {text}\ndoi: {text}", "c": f"id: 'x:{CANARY[:4]}'", "d": "id: 'javascript:alert(1)'"}
    authors = "authors:\n  evil:\n" + "".join(
        f"    {key}: {value}\n"
        for key, value in {
            **dict.fromkeys(("name", "description", "slug", "email", "affiliation", "orcid"), text),
            "avatar": url,
            "url": url,
        }.items()
    )
    built = site(
        {
            "blog/.authors.yml": authors,
            "blog/posts/a.md": f"---\n{front_matter}---\n\nText.\n",
            **{
                f"blog/posts/{name}.md": f"---\ndate: 2024-01-02\ntitle: {'x' * 100_000 if name == 'b' else name}\n{key}\n---\n\nText.\n"
                for name, key in ids.items()
            },
        },
        newsroom_title=CANARY,
        newsroom_feed_subtitle=CANARY,
        newsroom_feed_files=ALL,
        newsroom_feed_catalogs=["category", "tag", "author", "location", "language", "archive"],
        copyright=CANARY,
        project=CANARY,
    ).build()
    feeds = [file for file in built.out.rglob("*") if file.name in {"atom.xml", "rss.xml", "feed.json", "changes.xml"}]
    assert len(feeds) > 20
    for file in feeds:
        content = file.read_text(encoding="utf-8")
        assert "javascript:" not in content, file
        if file.suffix == ".xml":
            assert not feedparser.parse(content).bozo, file
            assert "<i>canary" not in content, file
        else:
            assert all("<i>canary" not in item.get("content_html", "") for item in json.loads(content)["items"]), file
    count, wrong = check(built.out)
    assert (count > 5, wrong) == (True, [])
    feed = feedparser.parse(built.text("/blog/atom.xml"), sanitize_html=False)
    assert {entry.id.partition(":")[0] for entry in feed.entries} == {"https"}
    [evil] = [entry for entry in feed.entries if "canary" in entry.title]
    assert "<i>canary</i>" in evil.title_detail.value
