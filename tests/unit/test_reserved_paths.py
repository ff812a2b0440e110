"""Paths that pages of a blog do not take."""

from __future__ import annotations

import pytest

from sphinxext.newsroom.blog.redirects import Redirects
from sphinxext.newsroom.content.reserved_paths import ReservedPaths
from sphinxext.newsroom.content.url_registry import UrlRegistry

RESERVED = ReservedPaths(
    {
        "objects.inv": "the inventory",
        "blog/atom.xml": "a feed",
        "about/index.html": "an extra file",
        "search.html": "search",
    },
    {"_static": "static files"},
)


@pytest.mark.parametrize(
    ("pagename", "owner"),
    [
        ("objects.inv", "the inventory"),
        ("Objects.INV", "the inventory"),
        ("objects.inv/index", "the inventory"),
        ("objects.inv/below/it", "the inventory"),
        ("blog/atom.xml", "a feed"),
        ("about", "an extra file"),
        ("about/index", "an extra file"),
        ("about.html", "an extra file"),
        ("search", "search"),
        ("search/index", "search"),
        ("_static/x/y", "static files"),
        ("_STATIC", "static files"),
        ("blog", None),
        ("blog/atom", None),
        ("_static2/x", None),
        ("index", None),
    ],
)
def test_what_stands_at_a_path_is_told(pagename, owner):
    assert RESERVED.owner(pagename) == owner


def test_more_files_can_be_added_without_changing_the_first():
    more = RESERVED.with_files(["blog/tag/x/rss.xml", "objects.inv"], "a feed of a tag")
    assert more.owner("blog/tag/x/rss.xml") == "a feed of a tag"
    assert more.owner("objects.inv") == "the inventory"
    assert RESERVED.owner("blog/tag/x/rss.xml") is None


def test_a_reserved_address_is_not_given_out():
    url_registry = UrlRegistry(reserved=RESERVED)
    assert url_registry.owner("objects.inv") == "the inventory"
    assert url_registry.reserve("objects.inv", "post") == "objects.inv-2"
    assert url_registry.reserve("objects.inv", "post") == "objects.inv-3"


@pytest.mark.parametrize(
    "written", ["blog/atom.xml", "/Blog/Atom.xml", "blog/atom.xml/x", "_static/x.html", "about/", "search.html"]
)
def test_no_redirect_takes_a_reserved_path(written):
    redirects = Redirects(["index", "blog/index"], reserved=RESERVED)
    redirects.add_pages({written: "index", "free": "index"}, find=lambda path: path, suffixes=())
    assert [redirect.pagename for redirect in redirects.found] == ["free"]
    [problem] = redirects.problems
    assert repr(written) in problem.message
    assert problem.message.endswith("no redirect is written.")
