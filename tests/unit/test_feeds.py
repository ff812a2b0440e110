"""The Atom feed: valid by RFC 4287, read as other programs read it, and stable from build to build."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import feedparser
import pytest
from lxml import etree

from sphinxext.newsroom.core.feeds import Entry, Feed, build_atom
from sphinxext.newsroom.core.models import Author
from tests.unit.samples import day

ATOM = "{http://www.w3.org/2005/Atom}"
TRAINING = Author(id="training", name="Training team", email="training@node.example")
RELEASE = Author(id="release", name="Release team")
HOSTILE = "a]]> </script> <b>&amp; \x00\x0b\ud800\ufffe \u2028 \U0001f389 Õ"
CLEAN = "a]]> </script> <b>&amp; \ufffd\ufffd\ufffd\ufffd \u2028 \U0001f389 Õ"


def entry(name: str = "a", **changes: Any) -> Entry:
    values: dict[str, Any] = {
        "id": f"https://node.example/blog/{name}/",
        "url": f"https://node.example/blog/{name}/",
        "title": f"Title {name}",
        "summary": "A summary.",
        "content": "<p>Text.</p>",
        "published": day("2024-01-31T10:00"),
        "updated": day("2024-02-01T10:00"),
        "authors": ((TRAINING, "https://node.example/author/training/"), (RELEASE, "")),
        "categories": ("News", "C++"),
    }
    return Entry(**{**values, **changes})


def feed(*entries: Entry, **changes: Any) -> bytes:
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
    return build_atom(Feed(**{**values, **changes}))


def one(element: etree._Element, name: str) -> etree._Element:
    """Return the only child of a name."""
    [child] = element.findall(ATOM + name)
    return child


def check_rfc_4287(source: bytes) -> etree._Element:
    """Assert what the RFC demands of a feed, and return its root."""
    root = etree.fromstring(source)
    assert root.tag == f"{ATOM}feed"
    entries = root.findall(f"{ATOM}entry")
    for container in (root, *entries):
        # 4.1.1, 4.1.2: exactly one id, title and updated; at most one of the others.
        for name in ("id", "title", "updated"):
            one(container, name)
        for name in ("subtitle", "rights", "generator", "published", "summary", "content", "icon", "logo"):
            assert len(container.findall(ATOM + name)) <= 1
        # 4.2.6: an id is an absolute IRI.
        assert one(container, "id").text.startswith("https://")
        # 3.3: dates are those of RFC 3339, in capitals, with a zone.
        for date in (*container.findall(f"{ATOM}updated"), *container.findall(f"{ATOM}published")):
            assert datetime.fromisoformat(str(date.text)).tzinfo is not None
            assert "T" in str(date.text)
        # 3.2: a person has one name, and the name is not empty.
        for person in container.findall(f"{ATOM}author"):
            assert one(person, "name").text
            assert len(person.findall(f"{ATOM}uri")) <= 1
            assert len(person.findall(f"{ATOM}email")) <= 1
        # 4.1.1, 4.1.2: alternate links do not repeat type and language.
        links = [dict(link.attrib) for link in container.findall(f"{ATOM}link")]
        assert all(str(link["href"]).startswith("https://") for link in links)
        alternates = [
            (link.get("type"), link.get("hreflang")) for link in links if link.get("rel", "alternate") == "alternate"
        ]
        assert len(alternates) == len(set(alternates)) == 1
        assert all(category.get("term") for category in container.findall(f"{ATOM}category"))
    # 4.1.1: authors of the feed, or of each entry.
    assert root.findall(f"{ATOM}author") or all(item.findall(f"{ATOM}author") for item in entries)
    # 4.1.1: a link to itself is recommended.
    assert [link.get("href") for link in root.findall(f"{ATOM}link") if link.get("rel") == "self"] == [
        "https://node.example/blog/atom.xml"
    ]
    # 4.1.1: no two entries of one id and one time.
    assert len({one(item, "id").text for item in entries}) == len(entries)
    # 4.1.3.3: HTML is text, not elements.
    assert all(
        one(item, "content").get("type") == "html" and not len(one(item, "content"))
        for item in entries
        if item.find(f"{ATOM}content") is not None
    )
    return root


@pytest.mark.parametrize(
    "source",
    [
        feed(entry("a"), entry("b")),
        feed(),
        feed(entry(authors=(), categories=(), summary="", content="")),
        feed(entry(title=""), title="", subtitle="", rights="", publisher=""),
        feed(
            entry(title=HOSTILE, summary=HOSTILE, content=HOSTILE, categories=(HOSTILE,)),
            title=HOSTILE,
            publisher=HOSTILE,
        ),
        feed(entry(authors=((Author(id="x", name=HOSTILE, email=HOSTILE), "https://x.example/\x00"),))),
        feed(entry(url="https://node.example/\x01", id="https://node.example/\x01")),
        feed(entry(title="x" * 100_000)),
        feed(entry(published=day("0900-01-01"), updated=day("2024-01-31T10:00:00.123456+05:30"))),
    ],
)
def test_a_feed_is_valid_whatever_it_holds(source):
    root = check_rfc_4287(source)
    parsed = feedparser.parse(source)
    assert not parsed.bozo
    assert len(parsed.entries) == len(root.findall(f"{ATOM}entry"))


def test_a_feed_says_what_it_was_given():
    parsed = feedparser.parse(feed(entry()), sanitize_html=False)
    head, [item] = parsed.feed, parsed.entries
    assert (head.title, head.subtitle, head.rights, head.author) == (
        "News of the node",
        "What is new",
        "CC BY 4.0",
        "The node",
    )
    assert (head.link, head.id, head.language) == (
        "https://node.example/blog/",
        "https://node.example/blog/atom.xml",
        "pt-BR",
    )
    assert (item.title, item.link, item.id) == (
        "Title a",
        "https://node.example/blog/a/",
        "https://node.example/blog/a/",
    )
    assert (item.published, item.updated) == ("2024-01-31T10:00:00+00:00", "2024-02-01T10:00:00+00:00")
    assert [author.get("name") for author in item.authors] == ["Training team", "Release team"]
    assert item.authors[0]["href"] == "https://node.example/author/training/"
    assert item.authors[0]["email"] == "training@node.example"
    assert [tag.term for tag in item.tags] == ["News", "C++"]
    assert (item.summary, item.content[0].value, item.content[0].type) == ("A summary.", "<p>Text.</p>", "text/html")


def test_text_is_neither_lost_nor_taken_for_markup():
    root = check_rfc_4287(feed(entry(title=HOSTILE, summary=HOSTILE, content=HOSTILE, categories=(HOSTILE,))))
    item = one(root, "entry")
    assert one(item, "title").text == CLEAN
    assert one(item, "title").get("type") in {None, "text"}
    assert one(item, "summary").text == CLEAN
    assert one(item, "content").text == CLEAN
    assert one(item, "category").get("term") == CLEAN


def test_entries_keep_their_order_and_the_newest_change_dates_the_feed():
    entries = [
        entry("b", updated=day("2024-01-01")),
        entry("a", updated=day("2024-03-01")),
        entry("c", updated=day("2024-02-01")),
    ]
    root = check_rfc_4287(feed(*entries))
    assert [one(item, "title").text for item in root.findall(f"{ATOM}entry")] == ["Title b", "Title a", "Title c"]
    assert one(root, "updated").text == "2024-03-01T00:00:00+00:00"


@pytest.mark.parametrize("entries", [(), (entry(),)])
def test_two_builds_give_the_same_bytes(entries):
    assert feed(*entries) == feed(*entries)


def test_an_entry_without_title_is_called_by_its_address():
    assert feedparser.parse(feed(entry(title=""))).entries[0].title == "https://node.example/blog/a/"
