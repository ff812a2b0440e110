"""Pages of lists that share the theme's page are what the theme would have made of each."""

from __future__ import annotations

import subprocess
import sys
from types import ModuleType

import pytest

from sphinxext.newsroom.output.layout_cache import LayoutCache
from tests.conftest import DEFAULTS, post

BLOG = {
    "blog/.authors.yml": "authors:\n  training:\n    name: Training team\n  release:\n    name: Release team\n",
    "guide/index.md": "# Guide\n\nText.\n",
    "index.md": "# Home\n\n```{toctree}\nguide/index\nblog/index\n```\n",
    **{
        f"blog/posts/{number}.md": post(
            f"# Post {number}\n\nText.\n\n<!-- more -->\n\nMore.",
            date=f"20{number + 10}-01-02",
            categories=["News", "R & D", "Küla", "index"][: number % 5],
            tags=["one", "two words", "Три"],
            authors=["training", "release"],
        )
        for number in range(10)
    },
}


def snapshots(made, monkeypatch):
    """Return what is served with the theme's page made once, and made for each page; and how many share it."""
    written = []
    original = LayoutCache.write

    def write(self, view, part):
        done = original(self, view, part)
        written.append((view.pagename, done))
        return done

    monkeypatch.setattr(LayoutCache, "write", write)
    shared = made.build(fresh=True).snapshot()
    monkeypatch.setattr(LayoutCache, "write", lambda *_: False)
    return shared, made.build(fresh=True).snapshot(), dict(written)


@pytest.mark.parametrize(
    ("theme", "builder"),
    [("pydata_sphinx_theme", "dirhtml"), ("pydata_sphinx_theme", "html"), ("alabaster", "dirhtml")],
)
def test_pages_are_the_same(site, monkeypatch, theme, builder):
    made = site(BLOG, builder=builder, html_theme=theme, newsroom_pagination_per_page=3, newsroom_sidebars=[])
    shared, alone, written = snapshots(made, monkeypatch)
    assert shared.keys() == alone.keys()
    assert [name for name in shared if shared[name] != alone[name]] == []
    assert written["blog/category/news"]
    assert written["blog/tag/two-words/page/2"]
    assert written["blog/author/training/page/3"]
    # What would be written differently in different places is made on its own.
    assert not written["blog/category/r--d"]
    assert not written["blog/category/küla"]


def test_a_page_of_each_list_gives_the_theme_no_more_work(site, monkeypatch):
    made = site(BLOG, newsroom_pagination_per_page=1)
    calls = []
    monkeypatch.setattr(LayoutCache, "_make", lambda _self, pattern, *_: calls.append(pattern))
    made.build()
    assert len(calls) == len(set(calls)) < 20


@pytest.mark.parametrize(
    "conf",
    [
        {"html_sidebars": {"blog/category/news": []}},
        {"html_theme_options": {"secondary_sidebar_items": {"blog/category/news": []}}},
    ],
)
def test_a_page_that_a_setting_names_is_made_on_its_own(site, monkeypatch, conf):
    shared, alone, written = snapshots(site(BLOG, **conf), monkeypatch)
    assert shared == alone
    assert not written["blog/category/news"]
    assert written["blog/tag/one"]


def test_an_unknown_extension_with_a_part_in_each_page_is_asked_for_each(site, monkeypatch):
    def add(_app, pagename, _template, context, _doctree):
        context["metatags"] = context.get("metatags", "") + f'<meta name="page" content="{pagename}">'

    module = ModuleType("page_names")
    vars(module)["setup"] = lambda app: app.connect("html-page-context", add)
    monkeypatch.setitem(sys.modules, "page_names", module)
    made = site(BLOG, extensions=[*DEFAULTS["extensions"], "page_names"])
    shared, alone, written = snapshots(made, monkeypatch)
    assert shared == alone
    assert not any(written.values())
    assert b'<meta name="page" content="blog/tag/one">' in shared["blog/tag/one/index.html"]


def test_a_theme_that_changes_the_marks_gets_each_page(site, monkeypatch):
    layout = '{% extends "!page.html" %}{% block body %}{{ body | upper }}{% endblock %}'
    made = site({**BLOG, "_templates/page.html": layout}, templates_path=["_templates"])
    shared, alone, written = snapshots(made, monkeypatch)
    assert shared == alone
    assert not any(written.values())


def test_what_people_wrote_cannot_be_taken_for_a_mark(site, monkeypatch):
    names = (
        "from sphinxext.newsroom.output.layout_cache import BODY, HEAD, TITLE, SLUG, NUMBER; print(TITLE, NUMBER, HEAD)"
    )
    title, number, head = subprocess.check_output([sys.executable, "-c", names], text=True).split()
    files = {"blog/posts/mark.md": post(f"# {title} {number}\n\n{head}", categories=["News"])}
    shared, alone, _written = snapshots(site({**BLOG, **files}), monkeypatch)
    assert shared == alone
    assert title.encode() in shared["blog/tag/one/index.html"], "it is in the sidebar"
