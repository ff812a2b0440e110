"""The page for URLs that do not exist: in the look of the site, with links that work at any depth."""

from __future__ import annotations

import pytest

from sphinxext.newsroom.output.not_found_page import with_absolute_links
from tests.conftest import post

FILES = {
    "blog/posts/a.md": post("# A\n\nText.", categories=["News"]),
    "blog/posts/b.md": post("# B", date="2024-07-01"),
}
BASE = "https://node.example/en/latest/"


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_the_page_looks_like_the_site_and_searches(site, builder):
    built = site(FILES, builder=builder, html_baseurl=BASE, newsroom_title="Notes").build()
    page = built.soup("404.html")
    links = [element[name] for name in ("href", "src", "action") for element in page.select(f"[{name}]")]
    assert [link for link in links if not link.startswith(("/en/latest/", "#", "https://"))] == []
    assert page.html["data-content_root"] == "/en/latest/"
    search = page.select_one(".newsroom-search")
    assert search["action"] == ("/en/latest/search/" if builder == "dirhtml" else "/en/latest/search.html")
    assert [a.get_text() for a in page.select(".newsroom-not-found a")][-1] == "Notes"
    assert page.select_one("meta[name=robots]")["content"] == "noindex"
    assert page.select_one("link[rel=canonical]") is None
    assert page.title.get_text().startswith("Page not found")

    # It stays until something that it shows changes, and goes with its reason.
    before = built.file("404.html").stat().st_mtime_ns
    built.write({"blog/posts/c.md": post("# C", date="2024-08-01")}).build()
    assert built.file("404.html").stat().st_mtime_ns == before
    incremental = built.snapshot()["404.html"]
    assert incremental == built.build(fresh=True).snapshot()["404.html"]
    built.conf["html_baseurl"] = ""
    built.build()
    assert not built.file("404.html").exists()


def test_a_page_of_the_site_takes_precedence(site):
    built = site({**FILES, "404.md": "---\norphan: true\n---\n\n# Gone\n"}, builder="html").build()
    assert built.soup("404.html").h1.get_text().startswith("Gone")
    built.write({"404.md": None}).build()
    assert built.soup("404.html").h1.get_text() == "Page not found"


def test_only_relative_links_are_changed():
    text = '<a href="../b/"></a><a href="#c"></a><a href="/d"></a><a href="https://e.example/"></a><img src="../_static/f.svg">'
    assert with_absolute_links(text, BASE, "404/") == (
        '<a href="/en/latest/b/"></a><a href="#c"></a><a href="/d"></a><a href="https://e.example/"></a>'
        '<img src="/en/latest/_static/f.svg">'
    )
