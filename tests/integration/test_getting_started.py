"""What a new user has after the two lines of the README and one post."""

from __future__ import annotations

import json

import feedparser
import pytest
from bs4 import BeautifulSoup
from lxml import etree
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from tests.conftest import post
from tests.json_feed import check

pytestmark = pytest.mark.theme("basic")

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

    # In every build the same, and valid without knowing where the site will be.
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


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_whatever_a_site_has_at_its_root_comes_before_the_redirect_to_the_blog(site, builder):
    built = first_site(site, builder, html_theme="alabaster")
    home = built.out / "index.html"

    def build(**conf):
        built.conf = {"html_baseurl": "", "html_theme": "alabaster", **conf}
        built.build()
        assert [line for line in built.warnings if "newsroom.image" not in line] == []
        return home.read_text()

    to_blog = 'url=blog/"' if builder == "dirhtml" else 'url=blog/index.html"'
    assert to_blog in build()
    built.write({"index.md": "# Welcome\n\n```{toctree}\nblog/index\n```\n"})
    assert "<h1>Welcome" in build()
    built.write({"index.md": None})
    assert to_blog in build()
    built.write({"extra/index.html": "<p>Welcome</p>"})
    assert build(html_extra_path=["extra"], exclude_patterns=["extra"]) == "<p>Welcome</p>"
    assert to_blog in build(exclude_patterns=["extra"])
    guide = built.write({"guide.md": "---\norphan: true\n---\n\n# Guide\n"})
    assert "url=guide" in build(newsroom_redirects={"index.md": "guide.md"})
    template = '{% extends "layout.html" %}{% block body %}<p>Landing</p>{% endblock %}'
    guide.write({"_templates/landing.html": template})
    landing = build(html_additional_pages={"index": "landing.html"}, templates_path=["_templates"])
    assert "<p>Landing</p>" in landing
    assert to_blog in build()


def test_a_list_that_is_gone_does_not_take_the_redirect_at_its_url_with_it(site):
    built = site({"blog/posts/a.md": post(categories=["News"])}).build()
    built.write({"blog/posts/a.md": post(categories=["Events"])})
    built.conf = {"newsroom_redirects": {"blog/category/news.md": "blog/index.md"}}
    built.build()
    assert built.warnings == []
    assert 'http-equiv="refresh"' in built.text("/blog/category/news/")


def test_every_format_of_feed_is_valid_without_a_base_url(site):
    built = first_site(site, newsroom_feed_files={"atom": "atom.xml", "rss": "rss.xml", "json": "/feed.json"}).build()
    assert [line for line in built.warnings if "newsroom.image" not in line] == []
    assert check(built.out) == (3, [])
    [item] = json.loads(built.text("/feed.json"))["items"]
    assert item["id"].startswith("urn:uuid:")
    [link] = BeautifulSoup(item["content_html"], "html.parser").select("a")
    assert (built.out / link["href"]).read_bytes() == b"%PDF"
    rss = feedparser.parse(built.text("/blog/rss.xml"))
    assert not rss.bozo
    assert rss.entries[0].id == item["id"]
    assert rss.entries[0].link == "../blog/2024/06/18/the-first-post/"
    assert not rss.entries[0].guidislink
    # A feed of one category is in another folder, and its links lead to the same pages.
    of_category = feedparser.parse(built.text("/blog/category/news/rss.xml"))
    assert of_category.entries[0].id == item["id"]
    assert of_category.entries[0].link == "../../../blog/2024/06/18/the-first-post/"


def test_the_service_that_builds_a_site_is_no_reason_to_build_it_anew(site, monkeypatch, tmp_path):
    event = tmp_path / "event.json"
    event.write_text('{"repository": {"default_branch": "trunk"}}')
    for name, value in {
        "GITHUB_ACTIONS": "true",
        "GITHUB_REPOSITORY": "Node/docs",
        "GITHUB_REF_NAME": "trunk",
        "GITHUB_EVENT_PATH": str(event),
    }.items():
        monkeypatch.setenv(name, value)
    built = first_site(site, html_extra_path=["extra"], exclude_patterns=["extra"])
    built.write({"extra/CNAME": "docs.node.example\n"}).build()
    assert "<id>https://docs.node.example/blog/atom.xml</id>" in built.text("/blog/atom.xml")
    assert "no targets are out of date" in built.build().status


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
    with patch_docutils(), docutils_namespace():
        Sphinx(source, source, tmp_path / "out", tmp_path / "dt", "html", status=None, warning=None).build()
    assert "<title>News" in (tmp_path / "out/news/index.html").read_text()
    assert "name not set" not in (tmp_path / "out/news/index.html").read_text()
    assert "name not set" not in (tmp_path / "out/news/atom.xml").read_text()
