"""Feeds of every format: valid by their rules, read as other programs read them, and stable from build to build."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import feedparser
import pytest
from lxml import etree

from sphinxext.newsroom.content.licenses import read_license
from sphinxext.newsroom.feeds.atom_rss import AtomWriter, RssWriter
from sphinxext.newsroom.feeds.feed import Entry, Feed, Label, Person, Picture, clean_url
from sphinxext.newsroom.feeds.json_feed import JsonWriter
from tests.json_feed import mistakes
from tests.unit.samples import day

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
HISTORY = "{http://purl.org/syndication/history/1.0}"
THUMBNAIL = "{http://search.yahoo.com/mrss/}thumbnail"
TRAINING = Person(
    name="Training team",
    email="training@node.example",
    url="https://node.example/author/training/",
    avatar="https://node.example/_images/training.png",
)
CC_BY = "https://creativecommons.org/licenses/by/4.0/"
RELEASE = Person(name="Release team")
HOSTILE = "a]]> </script> <b>&amp; \"'> \x00\x0b\ud800\ufffe \u202e \u2028 \U0001f389 Õ"
CLEAN = "a]]> </script> <b>&amp; \"'> \ufffd\ufffd\ufffd\ufffd \u202e \u2028 \U0001f389 Õ"
PICTURE = Picture(url="https://node.example/_images/a.png", media_type="image/png", size=1234)


def entry(name: str = "a", **changes: Any) -> Entry:
    values: dict[str, Any] = {
        "id": f"https://node.example/blog/{name}/",
        "url": f"https://node.example/blog/{name}/",
        "title": f"Title {name}",
        "summary": "A summary.",
        "content": "<p>Text.</p>",
        "published": day("2024-01-31T10:00"),
        "updated": day("2024-02-01T10:00"),
        "authors": (TRAINING, RELEASE),
        "labels": (
            Label(term="News", name="News & more", scheme="https://node.example/category/"),
            Label(term="C++", name="C++"),
        ),
    }
    return Entry(**{**values, **changes})


def feed(*entries: Entry, **changes: Any) -> Feed:
    values: dict[str, Any] = {
        "title": "News of the node",
        "subtitle": "What is new",
        "url": "https://node.example/blog/atom.xml",
        "page_url": "https://node.example/blog/",
        "language": "pt-BR",
        "rights": "CC BY 4.0",
        "publisher": "The node",
        "entries": entries,
    }
    return Feed(**{**values, **changes})


HOSTILE_PERSON = Person(
    name=HOSTILE, email=HOSTILE, url="https://x.example/" + HOSTILE, avatar="https://x.example/" + HOSTILE
)
HOSTILE_ENTRY = entry(
    title=HOSTILE,
    summary=HOSTILE,
    content=HOSTILE,
    labels=(Label(term=HOSTILE, name=HOSTILE, scheme="https://x.example/" + HOSTILE),),
    authors=(HOSTILE_PERSON,),
    picture=Picture(url="https://x.example/" + HOSTILE, media_type="image/png"),
)
FEEDS = {
    "usual": feed(entry("a"), entry("b")),
    "without entries": feed(),
    "bare": feed(entry(authors=(), labels=(), summary="", content="")),
    "without titles": feed(entry(title=""), title="", subtitle="", rights="", publisher=""),
    "hostile": feed(HOSTILE_ENTRY, title=HOSTILE, subtitle=HOSTILE, publisher=HOSTILE, rights=HOSTILE),
    "hostile people": feed(entry(authors=(HOSTILE_PERSON, TRAINING))),
    "hostile addresses": feed(entry(url="https://node.example/\x01", id="https://node.example/\x01")),
    "long": feed(entry(title="x" * 100_000)),
    "odd dates": feed(entry(published=day("0900-01-01"), updated=day("2024-01-31T10:00:00.123456+05:30"))),
    "picture": feed(entry("a", picture=PICTURE), entry("b", picture=replace(PICTURE, media_type="", size=0))),
    "own id": feed(entry(id="urn:uuid:60a76c80-d399-11d9-b93c-0003939e0af6", authors=(TRAINING,))),
    "with archives": feed(entry(), older="https://node.example/blog/atom-2.xml"),
    "archive": feed(
        entry(),
        url="https://node.example/blog/atom-2.xml",
        current="https://node.example/blog/atom.xml",
        older="https://node.example/blog/atom-1.xml",
        newer="https://node.example/blog/atom-3.xml",
    ),
    # Where nobody knows the URL of the site, links are relative to the folder of the feed.
    "relative": feed(
        entry(
            "a",
            id="urn:uuid:60a76c80-d399-11d9-b93c-0003939e0af6",
            url="../blog/a/",
            authors=(Person(name="Docs team", url="../author/docs/", avatar="../_images/docs.png"),),
            labels=(Label(term="News", name="News", scheme="../category/"),),
            picture=replace(PICTURE, url="../_images/a.png"),
        ),
        url="../blog/atom.xml",
        page_url="../blog/",
        older="../blog/atom-1.xml",
        urn="urn:uuid:60a76c80-d399-11d9-b93c-0003939e0af7",
    ),
}
every_feed = pytest.mark.parametrize("source", FEEDS.values(), ids=FEEDS.keys())


def one(element: etree._Element, name: str) -> etree._Element:
    """Return the only child of a name."""
    [child] = element.findall(ATOM + name)
    return child


def links_of(container: etree._Element) -> dict[str, str]:
    """Return the target of each kind of link, as far as they are Atom's."""
    return {str(link.get("rel", "alternate")): str(link.get("href")) for link in container.findall(f"{ATOM}link")}


def check_rfc_4287(source: Feed) -> etree._Element:
    """Assert what the RFC demands of a feed, and return its root."""
    root = etree.fromstring(AtomWriter().write(source))
    assert root.tag == f"{ATOM}feed"
    entries = root.findall(f"{ATOM}entry")
    for container in (root, *entries):
        # 4.1.1, 4.1.2: exactly one id, title and updated; at most one of the others.
        for name in ("id", "title", "updated"):
            one(container, name)
        for name in ("subtitle", "rights", "generator", "published", "summary", "content", "icon", "logo"):
            assert len(container.findall(ATOM + name)) <= 1
        # 4.2.6: an id is an absolute IRI.
        assert urlsplit(one(container, "id").text).scheme in {"https", "urn"}
        # 3.3: dates are those of RFC 3339, in capitals, with a zone.
        for date in (*container.findall(f"{ATOM}updated"), *container.findall(f"{ATOM}published")):
            assert datetime.fromisoformat(str(date.text)).tzinfo is not None
            assert "T" in str(date.text)
        # 3.2: a person has one name, and the name is not empty.
        for person in container.findall(f"{ATOM}author"):
            assert one(person, "name").text
            assert len(person.findall(f"{ATOM}uri")) <= 1
            assert len(person.findall(f"{ATOM}email")) <= 1
            assert re.fullmatch(".+@.+", person.findtext(f"{ATOM}email", "x@node.example"))
        # 4.1.1, 4.1.2: alternate links do not repeat type and language.
        links = [dict(link.attrib) for link in container.findall(f"{ATOM}link")]
        assert all(urlsplit(str(link["href"])).scheme == "https" or source.urn for link in links)
        # Whoever puts entries of several feeds together knows schemes and thumbnails without where they were.
        schemes = [category.get("scheme", "https:") for category in container.findall(f"{ATOM}category")]
        thumbnails = [str(thumbnail.get("url")) for thumbnail in container.findall(THUMBNAIL)]
        assert all(urlsplit(url).scheme == "https" for url in (*schemes, *thumbnails))
        alternates = [
            (link.get("type"), link.get("hreflang")) for link in links if link.get("rel", "alternate") == "alternate"
        ]
        assert len(alternates) == len(set(alternates)) == 1
        assert all(category.get("term") for category in container.findall(f"{ATOM}category"))
    # 4.1.1: authors of the feed, or of each entry.
    assert root.findall(f"{ATOM}author") or all(item.findall(f"{ATOM}author") for item in entries)
    # 4.1.1: a link to itself is recommended.
    assert links_of(root)["self"] == source.url
    # 4.2.7.2: the language is that of all text.
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == source.language
    # RFC 5005, 4: an archive says so, leads to the feed of the newest posts, and shares its id.
    assert (root.find(f"{HISTORY}archive") is not None) == bool(source.current)
    wanted = {"current": source.current, "prev-archive": source.older, "next-archive": source.newer}
    assert {rel: links_of(root).get(rel, "") for rel in wanted} == wanted
    assert one(root, "id").text == (source.urn or source.current or source.url)
    # 4.1.1: no two entries of one id and one time.
    assert len({one(item, "id").text for item in entries}) == len(entries)
    # 4.1.3.3: HTML is text, not elements.
    assert all(
        one(item, "content").get("type") == "html" and not len(one(item, "content"))
        for item in entries
        if item.find(f"{ATOM}content") is not None
    )
    return root


def check_rss_2(source: Feed) -> etree._Element:
    """Assert what RSS 2.0 and the profile of the RSS Advisory Board demand, and return the channel."""
    root = etree.fromstring(RssWriter().write(source))
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    [channel] = root
    items = channel.findall("item")
    repeated = {"category", "item", CREATOR, f"{ATOM}link", THUMBNAIL}
    for container in (channel, *items):
        names = [child.tag for child in container if child.tag not in repeated]
        assert len(names) == len(set(names))
        assert all(
            child.text or child.attrib for child in container if child.tag != f"{HISTORY}archive" and not len(child)
        )
    # Channel: three elements are required, and only the document itself is linked as such.
    assert all(channel.findtext(name) for name in ("title", "link", "description"))
    # Links begin with a registered scheme; those of Atom can be relative.
    urls = [
        *(str(link.text) for link in channel.iter("link")),
        *(str(found.get("url")) for found in (*channel.iter("enclosure"), *channel.iter(THUMBNAIL))),
        *(category.get("domain", "https:") for category in channel.iter("category")),
    ]
    assert {urlsplit(url).scheme for url in urls} <= {"https", "urn"}
    assert channel.findtext("language") == source.language
    assert {link.get("rel"): link.get("href") for link in channel.findall(f"{ATOM}link")}["self"] == source.url
    assert (channel.find(f"{HISTORY}archive") is not None) == bool(source.current)
    # Items follow what is said of the channel.
    tags = [child.tag for child in channel]
    assert "item" not in tags[: len(tags) - len(items)]
    for date in (channel.find("lastBuildDate"), *(item.find("pubDate") for item in items)):
        # RFC 822 with the four digits for the year that the profile asks for.
        assert re.fullmatch(r"\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} [+-]\d{4}", str(date.text))
        assert parsedate_to_datetime(str(date.text)).tzinfo is not None
    for item in items:
        assert item.findtext("title")
        links = {link.get("rel"): link.get("href") for link in item.findall(f"{ATOM}link")}
        assert (item.findtext("link") or links["alternate"]) in {entry.url for entry in source.entries} | {
            clean_url(entry.url) for entry in source.entries
        }
        guid = item.find("guid")
        assert guid.get("isPermaLink") == ("true" if guid.text == item.findtext("link") else "false")
        # An author is an email, with the name in parentheses.
        assert re.fullmatch(r"[^@ ]+@[^@ ]+ \(.+\)", item.findtext("author", "x@node.example (x)"))
        for enclosure in item.findall("enclosure"):
            assert set(enclosure.attrib) == {"url", "length", "type"}
            assert enclosure.get("length").isdigit()
    assert len({item.findtext("guid") for item in items}) == len(items)
    return channel


def check_json_feed(source: Feed) -> dict[str, Any]:
    """Assert what JSON Feed 1.1 demands, and return the feed."""
    data: dict[str, Any] = json.loads(JsonWriter().write(source))
    assert mistakes(data) == []
    # A page of a feed never leads to itself.
    assert data.get("next_url") is None or data["next_url"] != data["feed_url"]
    assert ("feed_url" in data) == ("home_page_url" in data) == (not source.urn)
    assert len({item["id"] for item in data["items"]}) == len(data["items"])
    return data


@every_feed
def test_atom_is_valid_whatever_it_holds(source):
    root = check_rfc_4287(source)
    parsed = feedparser.parse(AtomWriter().write(source))
    assert not parsed.bozo
    assert len(parsed.entries) == len(root.findall(f"{ATOM}entry")) == len(source.entries)


@every_feed
def test_rss_is_valid_whatever_it_holds(source):
    channel = check_rss_2(source)
    parsed = feedparser.parse(RssWriter().write(source))
    assert not parsed.bozo
    assert len(parsed.entries) == len(channel.findall("item")) == len(source.entries)


@every_feed
def test_json_is_valid_whatever_it_holds(source):
    assert len(check_json_feed(source)["items"]) == len(source.entries)


@pytest.mark.parametrize("writer", [AtomWriter, RssWriter])
def test_a_feed_says_what_it_was_given(writer):
    item = entry(picture=PICTURE)
    parsed = feedparser.parse(writer().write(feed(item)), sanitize_html=False)
    head, [read] = parsed.feed, parsed.entries
    assert (head.title, head.subtitle, head.rights) == ("News of the node", "What is new", "CC BY 4.0")
    assert (head.link, head.language) == ("https://node.example/blog/", "pt-BR")
    assert (read.title, read.link, read.id) == (item.title, item.url, item.id)
    assert read.published_parsed[:5] == (2024, 1, 31, 10, 0)
    assert read.updated_parsed[:5] == (2024, 2, 1, 10, 0)
    assert [author.get("name") for author in read.authors] == ["Training team", "Release team"]
    # Some readers of RSS take a category with an attribute for no text.
    schemes = ["https://node.example/category/", None] if writer is AtomWriter else [None, None]
    assert [tag.scheme for tag in read.tags] == schemes
    assert "News & more" in {read.tags[0].term, read.tags[0].label}
    assert (read.summary, read.content[0].value, read.content[0].type) == ("A summary.", "<p>Text.</p>", "text/html")
    assert [thumbnail["url"] for thumbnail in read.media_thumbnail] == [PICTURE.url]
    assert [dict(e) for e in read.enclosures] == [
        {**dict(read.enclosures[0]), "href": PICTURE.url, "type": "image/png", "length": "1234"}
    ]


def test_atom_has_the_addresses_of_all_authors():
    root = check_rfc_4287(feed(entry()))
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "The node"
    item = one(root, "entry")
    assert [{child.tag: child.text for child in author} for author in item.findall(f"{ATOM}author")] == [
        {f"{ATOM}name": TRAINING.name, f"{ATOM}uri": TRAINING.url, f"{ATOM}email": TRAINING.email},
        {f"{ATOM}name": RELEASE.name},
    ]
    assert [(c.get("term"), c.get("label"), c.get("scheme")) for c in item.findall(f"{ATOM}category")] == [
        ("News", "News & more", "https://node.example/category/"),
        ("C++", "C++", None),
    ]


def test_what_is_no_mail_address_is_left_out():
    source = feed(entry(authors=(replace(RELEASE, email="ask (us)"),)))
    assert one(check_rfc_4287(source), "entry").find(f"{ATOM}author/{ATOM}email") is None
    assert check_rss_2(source).findtext(f"item/{CREATOR}") == "Release team"
    assert check_json_feed(source)["items"][0]["authors"] == [{"name": "Release team"}]


def test_rss_has_the_mail_address_of_a_single_author():
    [item] = check_rss_2(feed(entry(authors=(TRAINING,)))).findall("item")
    assert item.findtext("author") == "training@node.example (Training team)"
    # Archives of blogs read only this one.
    assert item.findtext(CREATOR) == "Training team"


def test_rss_shows_text_as_text():
    channel = check_rss_2(feed(entry(summary="a < b & <i>c</i>"), subtitle="x < y"))
    # The description of an item is HTML, everything else plain text.
    assert channel.findtext("description") == "x < y"
    assert channel.findtext("item/description") == "a &lt; b &amp; &lt;i&gt;c&lt;/i&gt;"


def test_rss_writes_plain_text_so_that_nobody_takes_it_for_html():
    """The profile of the RSS Advisory Board asks for hexadecimal references, which most programs understand."""
    source = feed(entry(title="a < b & c > d &amp;"), title="R&D", subtitle="<x>")
    written = RssWriter().write(source).decode()
    assert "<title>R&#x26;D</title>" in written
    assert "<description>&#x3C;x&#x3E;</description>" in written
    assert "<title>a &#x3C; b &#x26; c &#x3E; d &#x26;amp;</title>" in written
    [item] = check_rss_2(source).findall("item")
    assert item.findtext("title") == source.entries[0].title


def test_json_says_what_it_was_given():
    data = check_json_feed(feed(entry(picture=PICTURE), older="https://node.example/blog/feed-1.json"))
    [item] = data["items"]
    assert (data["title"], data["description"], data["language"]) == ("News of the node", "What is new", "pt-BR")
    assert data["next_url"] == "https://node.example/blog/feed-1.json"
    assert data["_rights"]["text"] == "CC BY 4.0"
    assert (item["title"], item["summary"], item["content_html"]) == ("Title a", "A summary.", "<p>Text.</p>")
    assert (item["date_published"], item["date_modified"]) == (
        "2024-01-31T10:00:00+00:00",
        "2024-02-01T10:00:00+00:00",
    )
    assert item["authors"] == [
        {"name": TRAINING.name, "url": TRAINING.url, "avatar": TRAINING.avatar},
        {"name": RELEASE.name},
    ]
    assert (item["tags"], item["image"]) == (["News & more", "C++"], PICTURE.url)


def test_text_is_neither_lost_nor_taken_for_markup():
    item = one(check_rfc_4287(FEEDS["hostile"]), "entry")
    assert one(item, "title").text == CLEAN
    assert one(item, "title").get("type") in {None, "text"}
    assert one(item, "summary").text == CLEAN
    assert one(item, "content").text == CLEAN
    assert one(item, "category").get("term") == CLEAN
    [item] = check_rss_2(FEEDS["hostile"]).findall("item")
    assert (item.findtext("title"), item.findtext("category")) == (CLEAN, CLEAN)
    assert item.findtext(f"{CONTENT}encoded") == CLEAN
    [read] = check_json_feed(FEEDS["hostile"])["items"]
    assert {read[key] for key in ("title", "summary", "content_html")} == {CLEAN}
    assert read["tags"] == [CLEAN]


HOST = "https://x.example/"


@pytest.mark.parametrize(
    ("written", "valid"),
    [
        (HOST + "a?b=c&d=%20#e", HOST + "a?b=c&d=%20#e"),
        (HOST + "<i> \"'|", HOST + "%3Ci%3E%20%22'%7C"),
        (HOST + "100%/%zz", HOST + "100%25/%25zz"),
        (HOST + "õ\u202e\x00\ud800", HOST + "%C3%B5%E2%80%AE%EF%BF%BD%EF%BF%BD"),
        (HOST + "a[1]", HOST + "a%5B1%5D"),
        ("http://[::1]:8000/a[1]", "http://[::1]:8000/a%5B1%5D"),
        ("mailto:a@x.example", "mailto:a@x.example"),
        ("", ""),
    ],
)
def test_addresses_are_valid_whatever_was_written(written, valid):
    assert clean_url(written) == valid


@pytest.mark.parametrize("writer", [AtomWriter, RssWriter, JsonWriter])
def test_all_addresses_in_a_feed_are_valid(writer):
    bad = HOST + "<b> õ"
    source = feed(
        entry(
            url=bad,
            authors=(Person(name="A", url=bad, avatar=bad),),
            labels=(Label(term="B", name="B", scheme=bad),),
            picture=Picture(url=bad, media_type="image/png"),
        ),
        page_url=bad,
        url=bad,
        older=bad,
    )
    written = writer().write(source).decode()
    assert len(re.findall(re.escape(HOST + "%3Cb%3E%20%C3%B5"), written)) >= 6
    assert written.count(HOST) == written.count(HOST + "%3Cb%3E%20%C3%B5")


def test_entries_keep_their_order_and_the_newest_change_dates_the_feed():
    source = feed(
        entry("b", updated=day("2024-01-01")),
        entry("a", updated=day("2024-03-01")),
        entry("c", updated=day("2024-02-01")),
    )
    titles = ["Title b", "Title a", "Title c"]
    root = check_rfc_4287(source)
    assert [one(item, "title").text for item in root.findall(f"{ATOM}entry")] == titles
    assert one(root, "updated").text == "2024-03-01T00:00:00+00:00"
    channel = check_rss_2(source)
    assert [item.findtext("title") for item in channel.findall("item")] == titles
    assert channel.findtext("lastBuildDate") == "Fri, 01 Mar 2024 00:00:00 +0000"
    assert [item["title"] for item in check_json_feed(source)["items"]] == titles


@pytest.mark.parametrize("writer", [AtomWriter, RssWriter, JsonWriter])
@every_feed
def test_a_feed_that_shares_its_entries_has_the_same_bytes(writer, source):
    alone, shared = writer().write(source), writer()
    shared.write(feed(*source.entries, title="Another", current="https://node.example/x"))
    assert shared.write(source) == shared.write(source) == alone


@pytest.mark.parametrize("writer", [AtomWriter, RssWriter])
def test_a_shared_entry_declares_no_namespace_again(writer):
    assert (
        writer().write(feed(entry("a", picture=PICTURE), entry("b", picture=PICTURE))).count(b"http://search.yahoo")
        == 1
    )


def test_an_entry_without_title_is_called_by_its_address():
    source = feed(entry(title=""))
    assert feedparser.parse(AtomWriter().write(source)).entries[0].title == "https://node.example/blog/a/"
    assert feedparser.parse(RssWriter().write(source)).entries[0].title == "https://node.example/blog/a/"
    assert check_json_feed(source)["items"][0]["title"] == "https://node.example/blog/a/"


@pytest.mark.parametrize(
    ("text", "rights", "links", "in_rss"),
    [
        ("", None, [], None),
        ("MIT & more", "MIT & more", [], "MIT & more"),
        ("CC-BY-4.0", "CC BY 4.0", [CC_BY], CC_BY),
    ],
)
def test_an_entry_names_its_license(text, rights, links, in_rss):
    written = feed(entry(license=read_license(text)))
    found = etree.fromstring(AtomWriter().write(written)).find(f"{ATOM}entry")
    assert found.findtext(f"{ATOM}rights") == rights
    assert [link.get("href") for link in found.findall(f"{ATOM}link[@rel='license']")] == links
    assert (
        etree.fromstring(RssWriter().write(written)).findtext(".//item/{http://purl.org/dc/elements/1.1/}rights")
        == in_rss
    )
