"""No page of a blog and no redirect takes the place of what Sphinx, the site or another extension writes."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest

from tests.conftest import DEFAULTS, INDEX, Site, post

pytestmark = pytest.mark.theme("basic")

TAKEN = (
    *("blog/atom.xml", "objects.inv", "searchindex.js", "search", "genindex.html", "_static/basic.css", "_static/x"),
    *("_sources/index", "_images/x.gif", "robots.txt", "sitemap.xml", "extra/page", "blog/tag/a/atom.xml", "landing"),
    *("objects.inv/below", "Objects.inv", "blog/posts/slides.html", "_modules/made", "made"),
)


def another_extension() -> ModuleType:
    """Return an extension that adds a page."""
    module = ModuleType("another_extension")
    page = ("made", {"body": "made by another"}, "page.html")
    vars(module)["setup"] = lambda app: app.connect("html-collect-pages", lambda _app: [page])
    return module


@pytest.mark.parametrize("builder", ["dirhtml", "html"])
def test_what_stands_at_a_url_stays_there(tmp_path, monkeypatch, builder):
    monkeypatch.setitem(sys.modules, "another_extension", another_extension())
    conf = {
        "extensions": [*DEFAULTS["extensions"], "another_extension"],
        "html_extra_path": ["extra"],
        "html_additional_pages": {"landing": "page.html"},
        "newsroom_feed_catalogs": ("tag",),
        "newsroom_post_url_format": "{slug}",
        "newsroom_blog_dir": "blog",
    }
    site = Site(tmp_path, conf=conf, builder=builder)
    slugs = {"a": "../objects.inv", "b": "../_static/x", "c": "atom.xml", "d": "../extra/page", "e": "../objects.inv/x"}
    site.write(
        {
            "conf.py": "",
            "index.md": INDEX,
            "extra/extra/page.html": "extra page",
            "extra/robots.txt": "robots of the site",
            "blog/posts/slides.html": "slides",
            **{f"blog/posts/{name}.md": post(f"# Post {name}", slug=slug) for name, slug in slugs.items()},
            "blog/posts/odd.md": post("# Odd", redirects=[*TAKEN, "old/page"], tags=["a"]),
        }
    )
    for _ in range(2):
        site.build()
        said = "\n".join(site.warnings)
        for path in TAKEN:
            assert f"the old URL {path!r} " in said
        assert "url=" in site.text("old/page/" if builder == "dirhtml" else "old/page.html")
        for path, words in {
            "objects.inv": "# Sphinx inventory",
            "blog/atom.xml": "<feed",
            "blog/tag/a/atom.xml": "<feed",
            "robots.txt": "robots of the site",
            "extra/page.html": "extra page",
            "blog/posts/slides.html": "slides",
            "searchindex.js": "Search.setIndex",
        }.items():
            assert words in (site.out / path).read_bytes().decode(errors="replace"), path
        suffix = "/index.html" if builder == "dirhtml" else ".html"
        for page in ("search", "made", "landing"):
            assert "http-equiv" not in (site.out / f"{page}{suffix}").read_text()
        for name, slug in slugs.items():
            assert f"blog/posts/{name}.md:3: WARNING: the URL {site_path(slug)!r} is that of" in said
            assert (site.out / f"blog/2024/06/18/{name}{suffix}").is_file()


def site_path(slug: str) -> str:
    return slug.removeprefix("../") if slug.startswith("../") else f"blog/{slug}"


def test_a_redirect_takes_the_place_of_the_page_that_was_there(tmp_path):
    site = Site(tmp_path)
    site.write({"conf.py": "", "index.md": INDEX, "blog/posts/a.md": post("# One", slug="one")}).build()
    assert "One" in site.text("blog/2024/06/18/one/")
    for slug, old in (("two", "one"), ("one", "two")):
        moved = post("# One", slug=slug, redirects=[f"blog/2024/06/18/{old}"])
        site.write({"blog/posts/a.md": moved}).build()
        assert "http-equiv" in site.text(f"blog/2024/06/18/{old}/")
        assert "http-equiv" not in site.text(f"blog/2024/06/18/{slug}/")
        assert site.snapshot() == Site(tmp_path, conf=site.conf).build(fresh=True).snapshot()
