"""What a new user has after the two lines of the README and one post."""

from __future__ import annotations

import feedparser
import pytest
from lxml import etree
from sphinx.application import Sphinx

from tests.conftest import post

TEXT = "# The first post\n\nIntro with [slides](slides.pdf).\n\n<!-- more -->\n\n![A](a.png)\n"
FILES = {
    "index.md": None,
    "blog/posts/first.md": post(
        TEXT, categories=["News"], authors=["docs"], image="a.png", links=["https://e.example"]
    ),
    "blog/posts/slides.pdf": b"%PDF",
    "blog/posts/a.png": b"\x89PNG",
    "blog/.authors.yml": "authors:\n  docs: {name: Docs team, description: Writes, avatar: a.png}\n",
    "a.png": b"\x89PNG",
}
ATOM = "{http://www.w3.org/2005/Atom}"


def first_site(site, builder="dirhtml", **conf):
    made = site({}, builder=builder)
    made.write({name: text for name, text in FILES.items() if text is not None} | {"index.md": None})
    made.conf = {"html_baseurl": "", **conf}
    return made


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_two_lines_give_a_home_page_and_a_feed(site, builder):
    built = first_site(site, builder).build()

    assert [line for line in built.warnings if "newsroom.image" not in line] == []
    blog = "blog/" if builder == "dirhtml" else "blog/index.html"
    home = (built.out / "index.html").read_text()
    assert f'url={blog}"' in home
    assert f'<link rel="canonical" href="{blog}">' in home
    assert (built.out / "blog" / "index.html").is_file()
    assert built.status.count("html_baseurl") == 1

    # In every build the same, and valid without knowing where the site will stand.
    feed = (built.out / "blog" / "atom.xml").read_bytes()
    parsed = feedparser.parse(feed)
    assert not parsed.bozo
    ids = [element.text for element in etree.fromstring(feed).iter(f"{ATOM}id")]
    assert all(identifier.startswith("urn:uuid:") for identifier in ids)
    assert len(ids) == len(set(ids)) == 2
    links = [element.get("href") for element in etree.fromstring(feed).iter(f"{ATOM}link")]
    for link in [*links, *[line.split('"')[1] for line in parsed.entries[0].content[0].value.split("src=")[1:]]]:
        target = (built.out / "blog" / link).resolve()
        assert target.is_relative_to(built.out)
        assert target.exists(), link
    assert built.build(fresh=True).file("blog/atom.xml").read_bytes() == feed

    page = built.soup("blog/")
    alternate = page.select_one("link[rel=alternate]")
    assert (built.out / "blog" / alternate["href"]).is_file()
    assert page.select_one("link[rel=canonical]") is None


def test_an_existing_page_at_the_root_stays(site):
    built = first_site(site, html_extra_path=["extra"])
    built.write({"extra/index.html": "<p>Welcome</p>"}).build()
    assert (built.out / "index.html").read_text() == "<p>Welcome</p>"


def test_rss_and_json_feeds_need_a_base_url(site):
    built = first_site(site, newsroom_feed_files={"atom": "atom.xml", "rss": "rss.xml", "json": "feed.json"}).build()
    [warning] = [line for line in built.warnings if "newsroom.feed" in line]
    assert "blog/rss.xml" in warning
    assert "blog/feed.json" in warning
    assert "html_baseurl" in warning
    assert [file.name for file in built.out.rglob("*") if file.suffix in {".xml", ".json"}].count("atom.xml") >= 1
    assert [file for file in built.out.rglob("*") if file.name in {"rss.xml", "feed.json"}] == []


@pytest.mark.parametrize(
    ("conf", "on_netlify", "base", "warned"),
    [
        ({"html_baseurl": "/docs/"}, False, "", ["html_baseurl"]),
        ({"html_baseurl": "/", "blog_baseurl": "https://b.example/x"}, False, "https://b.example/x/", ["html_baseurl"]),
        ({"blog_baseurl": "docs.example"}, False, "", ["blog_baseurl"]),
        ({"extensions": ["myst_parser", "sphinx.ext.githubpages", "sphinxext.newsroom"]}, True, "https://n.example/", []),
        ({}, True, "https://n.example/", []),
        ({"html_baseurl": "https://own.example"}, True, "https://own.example/", []),
    ],
    ids=["path", "path beside a URL", "host", "githubpages", "service", "own"],
)  # fmt: skip
def test_only_a_whole_url_is_a_base_url(site, monkeypatch, conf, on_netlify, base, warned):  # noqa: PLR0917 - pytest's
    for name, value in {
        "NETLIFY": str(on_netlify).lower(),
        "URL": "https://n.example",
        "CONTEXT": "production",
    }.items():
        monkeypatch.setenv(name, value)
    built = first_site(site, **conf).build()

    assert [line.split("WARNING: ")[1].split(" ")[0] for line in built.warnings if "newsroom.config" in line] == warned
    feed = built.out / "blog" / "atom.xml"
    assert feed.is_file() == bool(base)
    assert not (built.out / "CNAME").exists()
    if base:
        assert f"<id>{base}blog/atom.xml</id>" in feed.read_text()
        assert built.soup("blog/").select_one("link[rel=canonical]")["href"] == f"{base}blog/"


def test_a_site_without_a_name_is_called_like_its_blog(tmp_path):
    source = tmp_path / "src"
    (source / "news" / "posts").mkdir(parents=True)
    lines = [
        "extensions = ['myst_parser', 'sphinxext.newsroom']",
        "newsroom_title = 'News'",
        "newsroom_blog_dir = 'news'",
    ]
    (source / "conf.py").write_text("\n".join(lines))
    (source / "news/posts/a.md").write_text(post())
    app = Sphinx(source, source, tmp_path / "out", tmp_path / "dt", "html", status=None, warning=None)
    app.build()
    assert "<title>News" in (tmp_path / "out/news/index.html").read_text()
    assert "name not set" not in (tmp_path / "out/news/index.html").read_text()
    assert "name not set" not in (tmp_path / "out/news/atom.xml").read_text()
